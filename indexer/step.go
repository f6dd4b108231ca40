package indexer

import (
	"context"
	"fmt"

	"candor/graph"
	"candor/graph/fold"
)

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
	x.agrees()
	if err := x.ingest(ctx, blocks[:n], head.Number); err != nil {
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
	if kept && mine.Hash == head.Hash {
		x.agrees()
	}
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
