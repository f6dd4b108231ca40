package main

import (
	"context"
	"log/slog"
	"path/filepath"
	"testing"

	"candor/graph"
	"candor/graph/embed"
	"candor/store/scan"
	"candor/store/sqlite"
	"candor/store/storetest"
	"candor/store/tables"
	"candor/zkcommit"

	"github.com/ipfs/go-cid"
)

// TestRowsAtABlockSeeTheSameVectors: a vector counts from the first block of which no rows
// can have been made, so that none turns up in a block's rows between two readers.
func TestRowsAtABlockSeeTheSameVectors(t *testing.T) {
	ctx, dir, quiet := context.Background(), t.TempDir(), slog.New(slog.DiscardHandler)
	m, err := sqlite.OpenMirror(ctx, filepath.Join(dir, "mirror.db"), tables.Options{Embed: embed.Text, Schema: embed.Schema, Vectors: scan.New(), Log: quiet})
	if err != nil {
		t.Fatal(err)
	}
	defer m.Close()
	l, err := sqlite.OpenLedger(ctx, filepath.Join(dir, "ledger.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
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
