package indexer

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"candor/graph"
	"candor/graph/fold"

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

// Config names what an Indexer works with. Zero durations and numbers mean their defaults.
type Config struct {
	Source  Source
	Fetcher Fetcher
	Mirror  Mirror
	Start   uint64 // the first block to index, such as the contract's; 0 is 1
	Window  uint64 // deepest reorganisation that is followed, in blocks; 256
	Log     *slog.Logger

	FetchTimeout time.Duration // longest wait for a block's documents; 2 s
	RetryEvery   time.Duration // how often missing documents are looked at; 1 s
	RetryMax     time.Duration // longest pause between two tries of one; 10 min
}

// ErrBeyondWindow means that the chain left the indexed one before the window:
// the mirror cannot follow.
var ErrBeyondWindow = errors.New("the chain was reorganised deeper than the window")

// Indexer follows one chain into one mirror. Only Run changes it; the other
// methods may be called from any goroutine.
type Indexer struct {
	cfg      Config
	patience patience
	retry    *retry

	mu       sync.Mutex
	started  bool
	tip      graph.Block // the mirror's head
	haveTip  bool
	head     graph.Block // the source's head as last seen
	ready    bool
	changed  chan struct{}
	done     error // why Run ended
	progress progress
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
	if cfg.FetchTimeout == 0 {
		cfg.FetchTimeout = 2 * time.Second
	}
	if cfg.RetryEvery == 0 {
		cfg.RetryEvery = time.Second
	}
	if cfg.RetryMax == 0 {
		cfg.RetryMax = 10 * time.Minute
	}
	return &Indexer{cfg: cfg, patience: patience{max: cfg.FetchTimeout, now: cfg.FetchTimeout},
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
			pause = min(max(2*pause, 50*time.Millisecond), 5*time.Second)
			x.cfg.Log.Warn("the chain's source failed; it is asked again", "error", err, "pause", pause)
			x.sourceFailed()
			sleep(ctx, pause)
			continue
		case err != nil:
			return err
		}
		pause = 0
		if !moved {
			if err := x.cfg.Source.Wait(ctx, x.Status().Head.Hash); err != nil && ctx.Err() == nil {
				sleep(ctx, 50*time.Millisecond) // Head will say what is wrong
			}
		}
	}
}

// step brings the mirror nearer to the head by some blocks, or back to the last
// common block; moved is false when there was nothing to do.
func (x *Indexer) step(ctx context.Context) (moved bool, err error) {
	head, err := x.cfg.Source.Head(ctx)
	if err != nil {
		return false, sourceError{fmt.Errorf("read the head: %w", err)}
	}
	tip, have, err := x.loadTip(ctx)
	if err != nil {
		return false, err
	}
	if have && head.Number <= tip.Number {
		return x.beside(ctx, head, tip)
	}
	from := x.cfg.Start - 1
	if have {
		from = tip.Number
	}
	x.saw(head)
	if head.Number <= from { // the contract's block is still to come
		return false, nil
	}
	blocks, err := x.cfg.Source.Blocks(ctx, from, head.Number)
	if err != nil {
		return false, sourceError{fmt.Errorf("read the blocks after %d: %w", from, err)}
	}
	n, err := linked(tip, have, from, blocks)
	if err != nil {
		return false, err
	}
	if n == 0 {
		return x.back(ctx, head, tip)
	}
	if err := x.ingest(ctx, blocks[:n]); err != nil {
		return false, err
	}
	return true, nil
}

// beside handles a head that is not above the tip: the same block, a source that
// lags, or a chain that changed its mind.
func (x *Indexer) beside(ctx context.Context, head, tip graph.Block) (moved bool, err error) {
	mine, kept, err := x.cfg.Mirror.Block(ctx, head.Number)
	if err != nil {
		return false, fmt.Errorf("read block %d of the mirror: %w", head.Number, err)
	}
	x.saw(head)
	if !kept || mine.Hash == head.Hash {
		// A source may lag behind one that was asked before, even behind all that
		// is indexed. It contradicts nothing, so nothing is taken back on its word.
		return false, nil
	}
	return x.back(ctx, head, tip)
}

// linked counts the blocks that follow the tip and each other. Zero means that
// the first does not follow the tip: the chain changed.
func linked(tip graph.Block, have bool, from uint64, blocks []Block) (int, error) {
	if len(blocks) == 0 {
		return 0, sourceError{fmt.Errorf("the source gave no block after %d", from)}
	}
	for i, b := range blocks {
		if b.Number != from+1+uint64(i) {
			return 0, sourceError{fmt.Errorf("the source gave block %d where %d was asked", b.Number, from+1+uint64(i))}
		}
		if (i > 0 || have) && b.Parent != tip.Hash {
			return i, nil
		}
		if err := fold.Check(nil, graph.Batch{Block: b.Block, Events: b.Events}); err != nil {
			return 0, sourceError{fmt.Errorf("the source gave an impossible block: %w", err)}
		}
		tip = b.Block
	}
	return len(blocks), nil
}

// back finds the last block that mirror and chain share and rolls back to it.
func (x *Indexer) back(ctx context.Context, head, tip graph.Block) (moved bool, err error) {
	n := min(head.Number, tip.Number)
	for ; ; n-- {
		if tip.Number-n > x.cfg.Window {
			return false, fmt.Errorf("%w: none of the last %d blocks before %d is on it: start with a fresh data directory, or allow more with a larger window",
				ErrBeyondWindow, x.cfg.Window, tip.Number)
		}
		if n < x.cfg.Start {
			break
		}
		mine, kept, err := x.cfg.Mirror.Block(ctx, n)
		if err != nil {
			return false, fmt.Errorf("read block %d of the mirror: %w", n, err)
		}
		if !kept {
			return false, fmt.Errorf("the mirror does not keep block %d, which its head %d stands on: rebuild it", n, tip.Number)
		}
		theirs, err := x.cfg.Source.Header(ctx, n)
		if err != nil {
			return false, sourceError{fmt.Errorf("read header %d: %w", n, err)}
		}
		if mine.Hash == theirs.Hash {
			break
		}
	}
	if n == tip.Number {
		// Blocks after the tip did not follow it, yet it is on the chain: the
		// source changed between two answers, or two nodes answer for it.
		return false, sourceError{fmt.Errorf("the source gave a block after %d that does not follow it", n)}
	}
	x.cfg.Log.Info("the chain was reorganised", "from", tip.Number, "to", n)
	if err := x.cfg.Mirror.Rollback(ctx, n); err != nil {
		return false, fmt.Errorf("roll the mirror back to block %d: %w", n, err)
	}
	x.retry.reset()
	x.rolledBack()
	return true, nil
}

func sleep(ctx context.Context, d time.Duration) {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
	case <-t.C:
	}
}
