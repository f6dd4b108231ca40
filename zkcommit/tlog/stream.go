package tlog

import (
	"bytes"
	"context"
	"errors"
	"fmt"

	"github.com/transparency-dev/merkle/compact"
	"github.com/transparency-dev/merkle/rfc6962"
	"github.com/transparency-dev/tessera/api"
	"github.com/transparency-dev/tessera/api/layout"
)

// ErrTree says that a log's entries are not the tree that its checkpoint signs.
var ErrTree = errors.New("the log's entries are not the tree that its checkpoint signs")

// All reads the entries under a checkpoint in their order, and fails with ErrTree when
// they are not those that it commits to; what each got is worth nothing then.
func (r *Reader) All(ctx context.Context, head Checkpoint, each func(index uint64, entry []byte) error) error {
	tree := (&compact.RangeFactory{Hash: rfc6962.DefaultHasher.HashChildren}).NewEmptyRange(0)
	err := r.Entries(ctx, head.Size, func(i uint64, entry []byte) error {
		if err := tree.Append(rfc6962.DefaultHasher.HashLeaf(entry), nil); err != nil {
			return err
		}
		return each(i, entry)
	})
	if err != nil {
		return err
	}
	root := rfc6962.DefaultHasher.EmptyRoot()
	if head.Size > 0 {
		if root, err = tree.GetRootHash(nil); err != nil {
			return err
		}
	}
	if !bytes.Equal(root, head.Root[:]) {
		return ErrTree
	}
	return nil
}

// Entries reads the first size entries in their order, a bundle at a time. They are
// unchecked: whoever reads them all computes the root from them.
func (r *Reader) Entries(ctx context.Context, size uint64, each func(index uint64, entry []byte) error) error {
	for first := uint64(0); first < size; first += layout.EntryBundleWidth {
		n := first / layout.EntryBundleWidth
		raw, err := r.tile(ctx, layout.EntriesPath, n, layout.PartialTileSize(0, n, size))
		if err != nil {
			return fmt.Errorf("the entries from %d on could not be read: %w", first, err)
		}
		var b api.EntryBundle
		if err := b.UnmarshalText(raw); err != nil {
			return fmt.Errorf("the entry bundle of entry %d is damaged: %w", first, err)
		}
		want := min(size-first, layout.EntryBundleWidth)
		if uint64(len(b.Entries)) < want {
			return fmt.Errorf("the entry bundle of entry %d ends before entry %d", first, first+want-1)
		}
		for i, e := range b.Entries[:want] {
			if err := each(first+uint64(i), e); err != nil {
				return err
			}
		}
	}
	return nil
}
