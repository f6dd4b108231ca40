package indexer

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"candor/graph"

	"github.com/ipfs/go-cid"
)

// Block is one block of the source with what SocialGraph did in it.
type Block struct {
	graph.Block
	Events  []graph.Event // in chain order
	Skipped int           // logs of SocialGraph that are no valid event
}

// Source reads the chain. What it gives is verified as far as the chain allows:
// a header hashes to its hash, and a block's events are all that its header
// commits to. Every error may be asked again.
type Source interface {
	// Head is the newest block.
	Head(ctx context.Context) (graph.Block, error)
	// Header is the block of that number on the chain as it is now.
	Header(ctx context.Context, number uint64) (graph.Block, error)
	// Blocks are the blocks (from, to], or as many of the first of them as are
	// read well at once, at least one.
	Blocks(ctx context.Context, from, to uint64) ([]Block, error)
	// Wait returns when the head may be another than the one given.
	Wait(ctx context.Context, head graph.Hash) error
}

// Finality is what a Source may offer besides: the newest block that the chain
// promises not to take back.
type Finality interface {
	Final(ctx context.Context) (graph.Block, error)
}

// Witness is what a Source with several places to ask may offer besides: whether
// another one has the block that the one asked last denies. Then that one is
// asked no more for a while.
type Witness interface {
	Doubt(ctx context.Context, b graph.Block) bool
}

// Fetcher gives a document by its CID: the bytes that hash to it, or an error
// when nobody serves them before ctx ends.
type Fetcher interface {
	Get(ctx context.Context, c cid.Cid) ([]byte, error)
}

// Mirror is where blocks go. Its methods may be called from several goroutines.
type Mirror interface {
	// Head is the newest committed block; false when there is none.
	Head(ctx context.Context) (graph.Block, bool, error)
	// Block is the committed block of that number; false when it is not kept.
	Block(ctx context.Context, number uint64) (graph.Block, bool, error)
	// Commit adds the block after the head, all of it or nothing.
	Commit(ctx context.Context, b graph.Batch) error
	// Rollback forgets all blocks above the number.
	Rollback(ctx context.Context, number uint64) error
	// Missing are CIDs of committed posts and profiles without content, at most
	// limit; when there are more, other calls give others.
	Missing(ctx context.Context, limit int) ([]cid.Cid, error)
}

// Bulk is what a Mirror may offer besides: many blocks in one transaction, which
// makes catching up quick.
type Bulk interface {
	CommitAll(ctx context.Context, bs []graph.Batch) error
}

// Preparer is what a Mirror may offer besides: to do ahead what it can for blocks
// that are to be committed after those that are, or are being, committed. It
// changes nothing that anybody sees, and the blocks may never come.
type Preparer interface {
	Prepare(ctx context.Context, bs []graph.Batch)
}

// Withholder is what a Mirror may offer besides: the contents that it withholds
// at its head. One that does not offer it is never told of Config.Denied.
type Withholder interface {
	Withheld(ctx context.Context) ([]cid.Cid, error)
}

// Config names what an Indexer works with. Zero durations and numbers mean their defaults.
type Config struct {
	Source  Source
	Fetcher Fetcher
	Mirror  Mirror
	Start   uint64 // the first block to index, such as the contract's; 0 is 1
	Window  uint64 // deepest reorganisation that is followed, in blocks; 256
	Log     *slog.Logger

	// Which blocks are final: all of them, as on a development chain; else those
	// with FinalDepth blocks on top; else, when that is 0, those that the Source
	// calls so, if it is a Finality.
	Instant    bool
	FinalDepth uint64

	// Denied is what the operator withholds now; nil is nothing. A change takes
	// effect with the next block.
	Denied func() []cid.Cid

	// Knock is called every RetryEvery while content that came late waits for a
	// block, so that a chain that makes blocks on demand makes one; nil does nothing.
	Knock func()

	SourcePause time.Duration // after the source failed first, doubled at each further time up to 100 of them; 50 ms
	// A block waits for its documents about as long as those of late took, but at
	// least so long; 100 ms.
	FetchPatience time.Duration
	FetchTimeout  time.Duration // longest wait for a document, and for those of a block; 2 s
	RetryEvery    time.Duration // how often missing documents are looked at; 1 s
	RetryMax      time.Duration // longest pause between two tries of one; 10 min
}

// ErrBeyondWindow means that the chain left the indexed one before the window:
// the mirror cannot follow.
var ErrBeyondWindow = errors.New("the chain was reorganised deeper than the window")

// Indexer follows one chain into one mirror. Only Run changes it; the other
// methods may be called from any goroutine.
type Indexer struct {
	cfg      Config
	patience *patience
	retry    *retry

	mu      sync.Mutex
	started bool
	tip     graph.Block // the mirror's head
	haveTip bool
	head    graph.Block // the source's head as last seen
	final   graph.Block // the newest one known

	finalAsked time.Time
	ready      bool
	compared   bool // the mirror's head was seen on the chain
	changed    chan struct{}
	done       error // why Run ended
	progress   progress
}

// New makes an Indexer; nothing happens before Run.
func New(cfg Config) *Indexer {
	cfg.Start = max(cfg.Start, 1) // the genesis has no logs
	if cfg.Window == 0 {
		cfg.Window = 256
	}
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	if cfg.SourcePause == 0 {
		cfg.SourcePause = 50 * time.Millisecond
	}
	if cfg.FetchPatience == 0 {
		cfg.FetchPatience = 100 * time.Millisecond
	}
	if cfg.FetchTimeout == 0 {
		cfg.FetchTimeout = 2 * time.Second
	}
	if cfg.RetryEvery == 0 {
		cfg.RetryEvery = time.Second
	}
	if cfg.RetryMax == 0 {
		cfg.RetryMax = 10 * time.Minute
	}
	return &Indexer{cfg: cfg, patience: newPatience(cfg.FetchPatience, cfg.FetchTimeout),
		retry: newRetry(cfg), changed: make(chan struct{})}
}

// sourceError marks what may pass: the source is asked again.
type sourceError struct{ error }

func (e sourceError) Unwrap() error { return e.error }

// Run follows the chain until ctx ends (nil) or it cannot go on: the mirror
// failed, or ErrBeyondWindow. Errors of the source are logged and tried again.
// It may be called once.
func (x *Indexer) Run(ctx context.Context) (err error) {
	x.mu.Lock()
	if x.started {
		x.mu.Unlock()
		return errors.New("the indexer runs already: make another with New")
	}
	x.started = true
	x.progress.sample(time.Now())
	x.mu.Unlock()
	ctx, cancel := context.WithCancel(ctx)
	var background sync.WaitGroup
	background.Go(func() { x.retry.run(ctx) })
	defer func() {
		cancel()
		background.Wait()
		x.retry.working.Wait()
		x.finish(err)
	}()
	pause := time.Duration(0)
	for {
		moved, err := x.step(ctx)
		if ctx.Err() != nil {
			return nil
		}
		var passing sourceError
		switch {
		case errors.As(err, &passing):
			pause = min(max(2*pause, x.cfg.SourcePause), 100*x.cfg.SourcePause)
			x.cfg.Log.Warn("the chain's source failed; it is asked again", "error", err, "pause", pause)
			x.sourceFailed()
			sleep(ctx, pause)
			continue
		case err != nil:
			return err
		}
		pause = 0
		if err := x.finalise(ctx, moved); err != nil {
			return err
		}
		if !moved {
			if err := x.cfg.Source.Wait(ctx, x.Status().Head.Hash); err != nil && ctx.Err() == nil {
				sleep(ctx, x.cfg.SourcePause) // Head will say what is wrong
			}
		}
	}
}

func sleep(ctx context.Context, d time.Duration) {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
	case <-t.C:
	}
}
