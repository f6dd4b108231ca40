package tlog

import (
	"context"
	"fmt"

	"github.com/transparency-dev/tessera/api"
	"github.com/transparency-dev/tessera/api/layout"
)

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
