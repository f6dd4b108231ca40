package fold

import (
	"errors"
	"fmt"
	"math"

	"github.com/ipfs/go-cid"

	"candor/graph"
)

// MaxNumber bounds block numbers and times, so that a store may keep them in
// signed 64-bit columns and still have a value above all of them.
const MaxNumber = math.MaxInt64 - 1

// Check says whether the batch is the block that follows head (nil: any block may
// be first), with its events inside it and in chain order. A mirror calls it
// before it takes a batch; the error names what does not fit.
func Check(head *graph.Block, b graph.Batch) error {
	n := b.Block.Number
	switch {
	case n == 0 || n > MaxNumber || b.Block.Time > MaxNumber:
		return fmt.Errorf("block %d at time %d is out of range: send a number from 1 and a time in seconds", n, b.Block.Time)
	case head != nil && n != head.Number+1:
		return fmt.Errorf("block %d does not follow the mirror's head %d: send block %d", n, head.Number, head.Number+1)
	case head != nil && b.Block.Parent != head.Hash:
		return fmt.Errorf("block %d has parent %s and the mirror's head is %s: roll back to their common ancestor first", n, b.Block.Parent, head.Hash)
	}
	var last graph.Position
	for _, e := range b.Events {
		switch {
		case e.ID.Block != n:
			return fmt.Errorf("event %s is not of block %d: send each event with its own block", e.ID, n)
		case e.BlockTime != b.Block.Time:
			return fmt.Errorf("event %s has block time %d and its block has %d: send the block's", e.ID, e.BlockTime, b.Block.Time)
		case e.ID.Compare(last) <= 0:
			return fmt.Errorf("event %s comes after %s: send events in chain order, each once", e.ID, last)
		}
		last = e.ID
	}
	return checkWithheld(b.Withhold, b.Restore)
}

// checkWithheld says whether the operator's word on each content is one.
func checkWithheld(withhold, restore []cid.Cid) error {
	said := make(map[cid.Cid]bool, len(withhold)+len(restore))
	for _, list := range [][]cid.Cid{withhold, restore} {
		for _, c := range list {
			switch {
			case !c.Defined():
				return errors.New("a content to withhold or restore has no CID: name it")
			case said[c]:
				return fmt.Errorf("content %s is withheld or restored twice in one block: name it once", c)
			}
			said[c] = true
		}
	}
	return nil
}
