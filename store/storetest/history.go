package storetest

import (
	"testing"

	"pgregory.net/rapid"

	"candor/graph"
	"candor/graph/fold"
)

// History is n blocks of one world, the same for the same seed in every process.
func History(seed, n int) []graph.Batch {
	return rapid.Custom(func(t *rapid.T) (bs []graph.Batch) {
		h := &history{world: NewWorld()}
		for range n {
			b := h.world.Batch(t, h.head(), h.past)
			h.remember(b)
		}
		return h.batches
	}).Example(seed)
}

// Compare asks an open store that took these blocks, and no others, all kinds of
// questions at all kinds of blocks.
func Compare(t *testing.T, store Store, blocks []graph.Batch) {
	t.Helper()
	h := &history{store: store, world: NewWorld(), truth: fold.New(Embed)}
	for _, b := range blocks {
		must(t, h.truth.Apply(b))
		h.remember(b)
	}
	rapid.Check(t, h.compare)
}
