package chain_test

import (
	"testing"

	"candor/graph"
	"candor/zkcommit/chain"
)

func TestSuccession(t *testing.T) {
	w := bonded(t)
	old, err := w.owner.EnsurePlugin(ctx, "old", chain.Ranker)
	if err != nil {
		t.Fatal(err)
	}
	next, err := w.other.EnsurePlugin(ctx, "next", chain.Ranker)
	if err != nil {
		t.Fatal(err)
	}
	is := func(p graph.Hash, want chain.Succession) {
		t.Helper()
		if s, err := w.owner.Succession(ctx, p); err != nil || s != want {
			t.Errorf("%s: %+v, %v", p, s, err)
		}
	}
	is(old, chain.Succession{})
	agreed := func(p, before, after graph.Hash) {
		t.Helper()
		if b, a, err := w.owner.Continued(ctx, p); err != nil || b != before || a != after {
			t.Errorf("%s continues %s and is continued by %s, %v", p, b, a, err)
		}
	}
	says(t, "a hand-over unasked", w.owner.TransferPlugin(ctx, old, next), "NotClaimed")
	for range 2 { // a claim may be made anew
		if err := w.other.ClaimPlugin(ctx, next, old); err != nil {
			t.Fatal(err)
		}
	}
	is(old, chain.Succession{})
	is(next, chain.Succession{Previous: old})
	agreed(next, graph.Hash{}, graph.Hash{})
	if err := w.owner.TransferPlugin(ctx, old, next); err != nil {
		t.Fatal(err)
	}
	is(old, chain.Succession{Successor: next})
	agreed(old, graph.Hash{}, next)
	agreed(next, old, graph.Hash{})
	says(t, "a second hand-over", w.owner.TransferPlugin(ctx, old, next), "Exists")
}
