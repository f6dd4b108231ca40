package indexer

import (
	"context"
	"fmt"
	"time"

	"candor/graph"
	"candor/internal/crashpoint"
)

// back finds the last block that mirror and chain share and rolls back to it.
func (x *Indexer) back(ctx context.Context, head, tip graph.Block) (moved bool, err error) {
	n, err := x.common(ctx, head, tip)
	if err != nil {
		return false, err
	}
	x.mu.Lock()
	final := x.final
	x.mu.Unlock()
	if n < final.Number {
		x.doubt(ctx, final)
		return false, sourceError{fmt.Errorf("the source denies block %d (%s), which was final: it lies, or the chain broke its promise and this index must be made anew", final.Number, final.Hash)}
	}
	x.cfg.Log.Info("the chain was reorganised", "from", tip.Number, "to", n)
	crashpoint.Here("indexer.rollback.before")
	if err := x.cfg.Mirror.Rollback(ctx, n); err != nil {
		return false, fmt.Errorf("roll the mirror back to block %d: %w", n, err)
	}
	crashpoint.Here("indexer.rollback.after")
	x.retry.reset()
	x.rolledBack()
	return true, nil
}

// common is the last block that mirror and chain share. It looks ever further
// back and then halves the span, so that a deep fork costs few questions and one
// that fails does not begin a long walk again.
func (x *Indexer) common(ctx context.Context, head, tip graph.Block) (uint64, error) {
	top := min(head.Number, tip.Number)
	bottom := x.cfg.Start - 1 // before anything that is indexed: shared
	if tip.Number > x.cfg.Window {
		bottom = max(bottom, tip.Number-x.cfg.Window)
	}
	if top < bottom {
		return 0, x.beyond(ctx, tip, top)
	}
	var other graph.Block // the chain's block after the fork, at hi
	low, hi := top, top
	for back := uint64(1); ; back *= 2 {
		shared, theirs, err := x.shares(ctx, low)
		if err != nil {
			return 0, err
		}
		if shared {
			break
		}
		if low == bottom {
			return 0, x.beyond(ctx, tip, low)
		}
		other, hi = theirs, low
		low -= min(back, low-bottom)
	}
	if other == (graph.Block{}) {
		// What did not follow the tip, or was not the mirror's, is there no more:
		// the source changed between two answers, or two nodes answer for it.
		return 0, sourceError{fmt.Errorf("the source gave a block that does not follow %d and then denied it", top)}
	}
	for hi-low > 1 {
		middle := low + (hi-low)/2
		shared, theirs, err := x.shares(ctx, middle)
		if err != nil {
			return 0, err
		}
		if shared {
			low = middle
		} else {
			other, hi = theirs, middle
		}
	}
	if low < x.cfg.Start {
		return low, nil
	}
	// Nobody's word is needed for this: the chain's next block names its parent.
	mine, err := x.mine(ctx, low)
	if err == nil && other.Parent != mine.Hash {
		err = sourceError{fmt.Errorf("the source gave a block %d that does not follow the %d that it gave", hi, low)}
	}
	return low, err
}

// shares reports whether mirror and chain have the same block of that number.
func (x *Indexer) shares(ctx context.Context, n uint64) (shared bool, theirs graph.Block, err error) {
	if n < x.cfg.Start {
		return true, theirs, nil
	}
	mine, err := x.mine(ctx, n)
	if err != nil {
		return false, theirs, err
	}
	if theirs, err = x.cfg.Source.Header(ctx, n); err != nil {
		return false, theirs, sourceError{fmt.Errorf("read header %d: %w", n, err)}
	}
	return mine.Hash == theirs.Hash, theirs, nil
}

func (x *Indexer) mine(ctx context.Context, n uint64) (graph.Block, error) {
	mine, kept, err := x.cfg.Mirror.Block(ctx, n)
	if err != nil {
		return mine, fmt.Errorf("read block %d of the mirror: %w", n, err)
	}
	if !kept {
		return mine, fmt.Errorf("the mirror does not keep block %d, which its head stands on: rebuild it", n)
	}
	return mine, nil
}

// beyond ends the index, unless somebody else has the block that the source denies.
func (x *Indexer) beyond(ctx context.Context, tip graph.Block, n uint64) error {
	mine, err := x.mine(ctx, n)
	if err != nil {
		return err
	}
	if x.doubt(ctx, mine) {
		return sourceError{fmt.Errorf("the source denies block %d (%s), but not all of it: it is asked again", mine.Number, mine.Hash)}
	}
	return fmt.Errorf("%w: none of the last %d blocks before %d is on it: start with a fresh data directory, or allow more with a larger window",
		ErrBeyondWindow, x.cfg.Window, tip.Number)
}

func (x *Indexer) doubt(ctx context.Context, b graph.Block) bool {
	w, ok := x.cfg.Source.(Witness)
	return ok && w.Doubt(ctx, b)
}

// finalEvery is how often a source is asked what is final, while blocks come.
const finalEvery = time.Second

// finalise learns which blocks are final. What the mirror does not have on the
// way to a final block is not called so, however old it is.
func (x *Indexer) finalise(ctx context.Context, moved bool) error {
	x.mu.Lock()
	tip, have, head, known, asked := x.tip, x.haveTip, x.head, x.final, x.finalAsked
	x.mu.Unlock()
	if !have {
		return nil
	}
	var final graph.Block
	switch source, ok := x.cfg.Source.(Finality); {
	case x.cfg.Instant || x.cfg.FinalDepth > 0:
		if tip.Hash != head.Hash || tip.Number < x.cfg.FinalDepth {
			return nil // the mirror may be on a branch that lost
		}
		final.Number = tip.Number - x.cfg.FinalDepth
	case ok:
		if moved && time.Since(asked) < finalEvery {
			return nil
		}
		x.update(func() { x.finalAsked = time.Now() })
		var err error
		if final, err = source.Final(ctx); err != nil {
			x.cfg.Log.Debug("the source does not say what is final", "error", err)
			return nil
		}
	default:
		return nil
	}
	if final.Number <= known.Number || final.Number > tip.Number || final.Number < x.cfg.Start {
		return nil
	}
	mine, kept, err := x.cfg.Mirror.Block(ctx, final.Number)
	if err != nil {
		return fmt.Errorf("read block %d of the mirror: %w", final.Number, err)
	}
	if kept && (final.Hash == graph.Hash{} || final.Hash == mine.Hash) {
		x.update(func() { x.final = mine })
	}
	return nil
}
