package main

import (
	"context"
	"errors"
	"log/slog"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"candor/graph"
	"candor/graph/embed"
	"candor/store/scan"
	"candor/store/sqlite"
	"candor/store/storetest"
	"candor/store/tables"
	"candor/store/vectors"
	"candor/zkcommit"

	"github.com/ipfs/go-cid"
)

// TestRowsAtABlockSeeTheSameVectors: a vector counts from the first block of which no rows
// can have been made, so that none turns up in a block's rows between two readers.
func TestRowsAtABlockSeeTheSameVectors(t *testing.T) {
	ctx, quiet := context.Background(), slog.New(slog.DiscardHandler)
	m, l := openBoth(t, vectors.Spaces{})
	b := graph.Block{Number: 1, Hash: graph.Hash{1}, Time: 100}
	if err := m.CommitAll(ctx, []graph.Batch{{Block: b}}); err != nil {
		t.Fatal(err)
	}
	w := &towers{services: &services{node: &node{ledger: l, mirror: mirror{spoken: newSpoken(m, quiet)}}}}
	live := &liveTower{signed: &zkcommit.SignedManifest{Manifest: zkcommit.Manifest{Commitment: graph.Hash{9}}}}
	early, late := storetest.Text("early").CID, storetest.Text("late").CID
	sees := func(block uint64, want int) {
		t.Helper()
		has, err := w.read(live, block, []cid.Cid{early, late})
		if err != nil || len(has) != want {
			t.Errorf("rows at block %d see %d vectors, not %d: %v", block, len(has), want, err)
		}
	}
	keep := func(c cid.Cid) {
		t.Helper()
		if err := w.keep(ctx, []zkcommit.TowerVector{{Tower: graph.Hash{9}, Content: c, Vector: []int8{1}}}); err != nil {
			t.Fatal(err)
		}
	}
	keep(early) // at the head, of which rows may have been made before a restart
	sees(1, 0)
	sees(2, 1)
	sees(5, 1)
	keep(late) // rows at 5 are made
	sees(5, 1)
	sees(6, 2)
	sees(1, 0)
}

// TestNearByATower: what a tower finds near to a post is seen from the block on from which its
// vectors count, and no longer than the posts stand; a tower that is not served finds nothing.
func TestNearByATower(t *testing.T) {
	ctx, quiet := context.Background(), slog.New(slog.DiscardHandler)
	m, l := openBoth(t, vectors.Spaces{Open: func(context.Context, graph.Hash) (vectors.Index, error) { return scan.New(), nil }})
	spoken := newSpoken(m, quiet)
	w := &towers{services: &services{node: &node{ledger: l, log: quiet, mirror: mirror{spoken: spoken}}}, live: map[zkcommit.TowerName]*liveTower{}}
	name := zkcommit.TowerName{Plugin: graph.Hash{5}, Version: 1}
	of := &zkcommit.SignedManifest{Manifest: zkcommit.Manifest{Slug: "spire", Commitment: graph.Hash{9}}}
	w.serve(name, &liveTower{signed: of, file: "spire", wanted: map[cid.Cid]graph.Row{}})
	if err := w.index(ctx); err != nil {
		t.Fatal(err)
	}
	one, two := storetest.Text("one"), storetest.Text("two")
	block := func(n uint64, events ...graph.Event) {
		t.Helper()
		b := graph.Batch{Block: graph.Block{Number: n, Hash: graph.Hash{byte(n)}, Parent: graph.Hash{byte(n - 1)}, Time: n}, Contents: map[cid.Cid][]byte{one.CID: one.Bytes, two.CID: two.Bytes}}
		if n == 1 {
			b.Block.Parent = graph.Hash{}
		}
		for i := range events {
			events[i].ID, events[i].BlockTime = graph.PostID{Block: n, Log: uint32(i)}, n
		}
		b.Events = events
		if err := spoken.Commit(ctx, b); err != nil {
			t.Fatal(err)
		}
	}
	block(1, graph.Event{Action: graph.ActPost, Author: storetest.Person(1), CID: one.CID}, graph.Event{Action: graph.ActPost, Author: storetest.Person(2), CID: two.CID})
	first, second := graph.Post{ID: graph.PostID{Block: 1}, CID: one.CID}, graph.PostID{Block: 1, Log: 1}
	near := func(at uint64, want ...graph.PostID) {
		t.Helper()
		ids, err := w.Near(ctx, name, first, at, 9)
		if len(want) == 0 && errors.As(err, new(*graph.ErrAsk)) {
			return
		}
		if err != nil || !slices.Equal(ids, want) {
			t.Errorf("at block %d %v are near, not %v: %v", at, ids, want, err)
		}
	}
	near(1)
	if len(w.find(name).wanted) != 1 {
		t.Error("a vector that somebody asked for is not wanted")
	}
	if err := w.keep(ctx, []zkcommit.TowerVector{{Tower: graph.Hash{9}, Content: one.CID, Vector: []int8{3}}, {Tower: graph.Hash{9}, Content: two.CID, Vector: []int8{2}},
		{Tower: graph.Hash{8}, Content: two.CID, Vector: []int8{127}}}); err != nil {
		t.Fatal(err)
	}
	near(1)
	block(2)
	near(2, first.ID, second)
	near(1)
	block(3, graph.Event{Action: graph.ActRemove, Author: storetest.Person(2), Subject: graph.Ref{ID: second, CID: two.CID}})
	near(3, first.ID)
	near(2, first.ID, second)
	w.retain(nil)
	if err := w.index(ctx); err != nil {
		t.Fatal(err)
	}
	near(3)
	if s, err := m.At(ctx, 3); err != nil {
		t.Fatal(err)
	} else if _, err := s.NearBy(graph.Hash{9}, &graph.Embedding{1}, 9); !errors.Is(err, tables.ErrNoSpace) {
		t.Errorf("the space of a tower that went answers: %v", err)
	}
}

// A tower that is slow is asked for fewer contents at once, and for more when it is quick.
func TestSlowTowersAreAskedForLess(t *testing.T) {
	batch := towerBatch
	for i, x := range []struct {
		asked int
		took  time.Duration
		came  bool
		want  int
	}{
		{64, towerWithin, false, 32}, {32, towerWithin, false, 16}, {16, 9 * time.Second, true, 16}, {16, time.Second, true, 32},
		{3, time.Millisecond, true, 32}, {2, time.Second, false, 1}, {1, time.Second, false, 1}, {1, time.Second, true, 2}, {64, time.Second, true, 2},
	} {
		if batch = nextBatch(batch, x.asked, x.took, x.came); batch != x.want {
			t.Fatalf("step %d: %d at once, not %d", i, batch, x.want)
		}
	}
	if nextBatch(towerBatch, towerBatch, 0, true) != towerBatch {
		t.Error("more than the most are asked at once")
	}
}

// openBoth are a new mirror and a new ledger, until the test ends.
func openBoth(t *testing.T, spaces vectors.Spaces) (*tables.Mirror, *tables.Ledger) {
	t.Helper()
	ctx, dir := context.Background(), t.TempDir()
	m, err := sqlite.OpenMirror(ctx, filepath.Join(dir, "mirror.db"), tables.Options{Embed: embed.Text, Schema: embed.Schema, Vectors: scan.New(), Spaces: spaces, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { m.Close() })
	l, err := sqlite.OpenLedger(ctx, filepath.Join(dir, "ledger.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	return m, l
}
