package jetstream

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"time"
)

const (
	// batchSize is the most intents of a request.
	batchSize = 300
	// laterEvents is how many events may wait for a later batch before the batch
	// that is being filled goes out. Posts never overtake each other, since the
	// newest post is the one of the last position: the first post that must wait
	// ends its batch. Reactions and follows may be overtaken.
	laterEvents = 500
	// deadline is how long an intent may take to reach the chain. Development
	// chains' clocks run ahead when blocks come faster than one a second.
	deadline = 24 * time.Hour
)

// Options of an import.
type Options struct {
	Node string   // its address, such as http://127.0.0.1:8080
	Key  [32]byte // the secret from which authors' keys are made
	// NoShift keeps the times of the file; otherwise its last event is now. It is
	// fixed when an import begins.
	NoShift bool
	// StateDir is where the journal is kept, one for each file and chain. The
	// secret's folder is a good place: both must be kept.
	StateDir string
	Progress func(Progress) // after each batch; may be nil
	// Patience is how long the node may stay silent; 0 means 10 seconds.
	Patience time.Duration
}

// Import publishes the file. It goes on where an earlier import of the same file
// to the same chain ended, however that ended. The Report counts all runs.
//
// ErrSkipped means that everything else is published; after any other error,
// run Import again to go on.
func Import(ctx context.Context, r io.ReadSeeker, o Options) (Report, error) {
	start := time.Now()
	if o.Patience == 0 {
		o.Patience = 10 * time.Second
	}
	im := &importer{opts: o, now: start, authors: map[string]*author{}, posts: map[string]*post{},
		follows: map[string]string{}, blocks: map[string]string{}, people: map[string]bool{}, reacts: map[string]reaction{}, active: map[[3]string]bool{}}
	err := im.run(ctx, r)
	im.report.Took = time.Since(start)
	if err == nil {
		err = im.report.err()
	}
	return im.report, err
}

// open reads the file once, asks the node for its chain and opens the journal.
func (im *importer) open(ctx context.Context, r io.ReadSeeker) (err error) {
	if im.facts, err = scan(r); err != nil {
		return err
	}
	if _, err = r.Seek(0, io.SeekStart); err != nil {
		return err
	}
	if im.lines, err = newLines(r); err != nil {
		return err
	}
	if im.node, err = newNode(im.opts.Node, im.opts.Patience); err != nil {
		return err
	}
	if im.chain, err = im.node.chain(ctx); err != nil {
		return err
	}
	key := sha256.Sum256(append([]byte("candor/jetstream/key/v1"), im.opts.Key[:]...))
	h := header{File: hex.EncodeToString(im.facts.digest[:]), Genesis: im.chain.genesis, Key: hex.EncodeToString(key[:8])}
	if !im.opts.NoShift {
		h.Shift = im.facts.shift(im.now)
	}
	if im.journal, err = openJournal(im.opts.StateDir, h); err != nil {
		return err
	}
	im.report.Lines, im.report.Shift = im.facts.lines, im.journal.header.Shift
	im.report.Unsupported = map[string]int{}
	return nil
}

// run is the whole import: while a batch is on its way, the next one is read,
// its documents are sent and what can be signed is signed.
func (im *importer) run(ctx context.Context, r io.ReadSeeker) (err error) {
	if err := im.open(ctx, r); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, im.journal.close()) }()
	ctx, cancel := context.WithCancel(ctx)
	var out *flight
	defer func() {
		cancel()
		if out != nil {
			<-out.landed // so that nothing is sent after the journal is closed
		}
	}()
	if err := im.recover(ctx); err != nil {
		return err
	}
	for {
		batch, err := im.fill()
		if err != nil {
			return err
		}
		if batch, err = im.prepare(ctx, batch); err != nil {
			return err
		}
		if out != nil {
			<-out.landed
			landed := out
			out, im.aloft = nil, 0
			if err := im.settle(ctx, landed); err != nil {
				return err
			}
		}
		if batch, err = im.plan(batch); err != nil {
			return err
		}
		if err := im.journal.flush(); err != nil {
			return err
		}
		im.progress(len(batch))
		if len(batch) > 0 {
			if out, err = im.send(ctx, batch); err != nil {
				return err
			}
			im.aloft = im.gen
		} else if im.ended && len(im.queue) == 0 {
			return nil
		}
	}
}

func (im *importer) progress(aloft int) {
	if im.opts.Progress != nil {
		im.opts.Progress(Progress{Done: im.lines.n - len(im.queue) - aloft, Total: im.facts.lines, Resumed: im.report.Resumed})
	}
}
