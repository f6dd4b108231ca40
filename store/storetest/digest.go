package storetest

import (
	"context"
	"testing"

	"pgregory.net/rapid"

	"candor/graph"
)

// digester is a mirror that says what it holds.
type digester interface {
	Digest(context.Context) (graph.Hash, error)
}

func digestOf(t failer, s Store) graph.Hash {
	t.Helper()
	d, err := s.Mirror.(digester).Digest(context.Background())
	must(t, err)
	return d
}

// golden is the digest after History(7, 12), the same in every database.
const golden = "0xab6393e8ecffa05b0032f9e58914b4c902bf99de051e43e702064cc74950ae70"

// digest: a mirror that went astray and back, in groups and with restarts, holds
// what one holds that took the blocks one by one; every block changes the digest.
func digest(t *testing.T, start func(testing.TB) *history) {
	straight := start(t)
	seen := map[graph.Hash]bool{digestOf(t, straight.store): true}
	for _, b := range History(7, 12) {
		straight.commit(t, b)
		d := digestOf(t, straight.store)
		if seen[d] {
			t.Fatalf("block %d does not change the digest", b.Block.Number)
		}
		seen[d] = true
	}
	same(t, "digest of a known history", digestOf(t, straight.store).Hex(), golden)
	rapid.Check(t, func(r *rapid.T) {
		h := start(t)
		defer h.store.Close()
		keep := rapid.IntRange(0, 10).Draw(r, "kept")
		h.commit(r, straight.batches[:keep]...)
		for range rapid.IntRange(1, 4).Draw(r, "stray") {
			h.commit(r, h.world.Batch(r, h.head(), h.past))
		}
		h.rollback(r, uint64(keep))
		if rapid.Bool().Draw(r, "restart") {
			h.reopen(r)
		}
		same(r, "digest after a rollback", len(h.batches), keep)
		h.commit(r, straight.batches[keep:]...)
		same(r, "digest", digestOf(r, h.store), digestOf(r, straight.store))
	})
}
