package tlog

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"sync"
	"time"

	"github.com/transparency-dev/tessera"
	"github.com/transparency-dev/tessera/storage/posix"
	"golang.org/x/mod/sumdb/note"
	"k8s.io/klog/v2"
)

// MaxEntry is the most bytes that an entry may have.
const MaxEntry = tessera.DefaultEntrySizeLimit

const (
	// batch is how many entries go to the tree in one go.
	batch = 256
	// batchAge is how long a batch waits for more. Append adds a batch at once, so
	// this is the latency of a lone entry.
	batchAge = 100 * time.Millisecond
	// publishEvery is how long after integration a checkpoint follows, at most.
	publishEvery = 200 * time.Millisecond
)

// Options say whose log it is.
type Options struct {
	Origin string        // the log's name, a schema-less URL such as "candor.example/log"
	Seed   [32]byte      // of the Ed25519 key that signs checkpoints
	Also   []note.Signer // sign checkpoints beside the log's key, under its name
	Logger *slog.Logger  // for failures that concern no caller; nil discards them
}

// Log is a log that this process appends to. Its methods may be called from
// several goroutines; two processes must not open one directory.
type Log struct {
	*Reader
	dir   *os.Root
	add   tessera.AddFn
	tree  tessera.LogReader
	stop  func(context.Context) error
	close context.CancelFunc

	mu sync.Mutex // one Append at a time: entries are in order
}

// Open opens the log in the directory, or makes it. It fails when the directory
// holds a log of another origin or key, or one that lost entries that its
// checkpoint commits to. Close must be called.
func Open(ctx context.Context, dir string, o Options) (*Log, error) {
	s, v, err := Signer(o.Origin, o.Seed)
	if err != nil {
		return nil, err
	}
	quiet(o.Logger)
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, fmt.Errorf("the log's directory cannot be made: %w", err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, fmt.Errorf("the log's directory cannot be opened: %w", err)
	}
	l := &Log{Reader: &Reader{src: local{root}, v: v}, dir: root}
	old, err := l.Checkpoint(ctx)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		root.Close()
		return nil, fmt.Errorf("%s holds a log that is not this one, give another directory or its own key: %w", dir, err)
	}
	driver, err := posix.New(ctx, posix.Config{Path: dir})
	if err != nil {
		root.Close()
		return nil, fmt.Errorf("the log in %s cannot be opened: %w", dir, err)
	}
	opts := tessera.NewAppendOptions().WithCheckpointSigner(s, o.Also...).WithBatching(batch, batchAge).
		WithCheckpointInterval(publishEvery).WithCheckpointRepublishInterval(0)
	// The caller's context bounds the opening, not the life of the log.
	run, cancel := context.WithCancel(context.WithoutCancel(ctx))
	a, stop, tree, err := tessera.NewAppender(run, driver, opts)
	if err != nil {
		cancel()
		root.Close()
		return nil, fmt.Errorf("the log in %s cannot be opened: %w", dir, err)
	}
	l.add, l.tree, l.stop, l.close = a.Add, tree, stop, cancel
	if size, err := l.Size(ctx); err != nil || size < old.Size {
		l.Close(ctx)
		return nil, errors.Join(fmt.Errorf("the log in %s has %d entries but signed a checkpoint of %d: restore its directory as a whole", dir, size, old.Size), err)
	}
	return l, nil
}

// Size is the number of entries in the tree: the index of the next one. A
// checkpoint of that size may still be on its way.
func (l *Log) Size(ctx context.Context) (uint64, error) {
	n, err := l.tree.IntegratedSize(ctx)
	if err != nil {
		return 0, fmt.Errorf("the log's size cannot be read: %w", err)
	}
	return n, nil
}

// Append adds the entries in their order and returns the index of the first once
// all of them are durable and part of the tree. After an error some of them may
// be there: ask Size.
func (l *Log) Append(ctx context.Context, entries ...[]byte) (first uint64, err error) {
	for _, e := range entries {
		if len(e) == 0 || len(e) > MaxEntry {
			return 0, fmt.Errorf("an entry has %d bytes: append 1 to %d", len(e), MaxEntry)
		}
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if first, err = l.Size(ctx); err != nil {
		return 0, err
	}
	for at := 0; at < len(entries); {
		if err := ctx.Err(); err != nil {
			return first, err
		}
		n, err := l.appendBatch(first+uint64(at), entries[at:])
		if err != nil {
			return first, err
		}
		at += n
	}
	return first, nil
}

// appendBatch adds entries that become one write of the tree, and says how many.
// If a batch could fail and the next one succeed, entries would be missing in the
// middle for good; so nothing is added while a batch is in flight, and a batch
// that was slow to fill is cut before its time is up.
func (l *Log) appendBatch(next uint64, entries [][]byte) (n int, err error) {
	var futures []tessera.IndexFuture
	start := time.Now()
	for _, e := range entries[:min(len(entries), batch)] {
		// The context is the log's: an entry once queued must be waited for.
		futures = append(futures, l.add(context.Background(), tessera.NewEntry(bytes.Clone(e))))
		if time.Since(start) > batchAge/2 {
			break
		}
	}
	for i, f := range futures {
		ix, ferr := f()
		if ferr != nil {
			err = fmt.Errorf("the log could not take entry %d: %w", next+uint64(i), ferr)
		} else if ix.Index != next+uint64(i) && err == nil {
			err = fmt.Errorf("%w: entry %d was put at %d", ErrForked, next+uint64(i), ix.Index)
		}
	}
	return len(futures), err
}

// Published waits until a checkpoint covers that many entries and returns it.
func (l *Log) Published(ctx context.Context, size uint64) (Checkpoint, error) {
	for {
		cp, err := l.Checkpoint(ctx)
		if err == nil && cp.Size >= size {
			return cp, nil
		}
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return Checkpoint{}, err
		}
		select {
		case <-ctx.Done():
			return Checkpoint{}, fmt.Errorf("no checkpoint of %d entries was published: %w", size, ctx.Err())
		case <-time.After(publishEvery / 8):
		}
	}
}

// Close waits for an Append that is under way, publishes a checkpoint of all that
// was appended and stops the log.
func (l *Log) Close(ctx context.Context) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	err := l.stop(ctx)
	l.close()
	return errors.Join(err, l.dir.Close())
}

var quietOnce sync.Once

// quiet takes tessera's own logging, which is global to the process and chatty,
// off standard error; only its errors go on.
func quiet(to *slog.Logger) {
	quietOnce.Do(func() {
		h := slog.DiscardHandler
		if to != nil {
			h = to.Handler()
		}
		klog.SetSlogLogger(slog.New(errorsOnly{h}))
	})
}

type errorsOnly struct{ slog.Handler }

func (h errorsOnly) Enabled(ctx context.Context, level slog.Level) bool {
	return level >= slog.LevelError && h.Handler.Enabled(ctx, level)
}
