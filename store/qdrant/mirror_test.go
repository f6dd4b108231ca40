package qdrant

import (
	"context"
	"errors"
	"path/filepath"
	"testing"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"candor/graph"
	"candor/store/sqlite"
	"candor/store/storetest"
	"candor/store/tables"
)

func openStore(t testing.TB, dir string, x *Index) storetest.Store {
	t.Helper()
	m, err := sqlite.OpenMirror(context.Background(), filepath.Join(dir, "mirror.db"),
		tables.Options{Embed: storetest.Embed, Schema: graph.Hash{1}, Vectors: x})
	if err != nil {
		t.Fatal(err)
	}
	return storetest.Store{Mirror: m, Stats: m.Stats, Withheld: m.Withheld, Shown: m.Shown, Close: m.Close,
		At: func(ctx context.Context, block uint64) (storetest.Snapshot, error) { return m.At(ctx, block) }}
}

// A mirror whose vectors are in Qdrant says at every block what a plain one says:
// after a restart, after a rollback, after Qdrant lost all, and after it was away
// while blocks came.
func TestMirror(t *testing.T) {
	const blocks, back = 12, 7
	dir, x, history := t.TempDir(), fresh(t), storetest.History(1, blocks)
	s := openStore(t, dir, x)
	t.Cleanup(func() { s.Close() })
	commit := func(from, to int) {
		t.Helper()
		if err := s.CommitAll(t.Context(), history[from:to]); err != nil {
			t.Fatal(err)
		}
	}
	commit(0, blocks)
	storetest.Compare(t, s, history)
	if err := s.Rollback(t.Context(), back); err != nil {
		t.Fatal(err)
	}
	storetest.Compare(t, s, history[:back])

	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{x.name, x.marks()} {
		if err := x.c.DeleteCollection(t.Context(), name); err != nil {
			t.Fatal(err)
		}
	}
	s = openStore(t, dir, again(t, x))
	storetest.Compare(t, s, history[:back])

	if server.fake == nil {
		return // a real server does not go away on demand
	}
	server.fake.Fault(func(string) error { return status.Error(codes.Internal, "away") })
	defer server.fake.Fault(nil)
	commit(back, back+1)
	snap, err := s.At(t.Context(), back+1)
	if err != nil {
		t.Fatal(err)
	}
	var ask *graph.ErrAsk
	if _, err := snap.Near(&graph.Embedding{1}, 1); !errors.As(err, &ask) || !ask.Passing {
		t.Fatalf("an index that is away answers: %v", err)
	}
	server.fake.Fault(nil)
	checked, ok := s.Mirror.(interface{ CheckVectors(context.Context) error })
	if !ok {
		t.Fatal("the mirror's vectors cannot be checked")
	}
	if err := checked.CheckVectors(t.Context()); err != nil {
		t.Fatal(err)
	}
	commit(back+1, blocks)
	storetest.Compare(t, s, history)
	server.fake.Wipe()
	if err := checked.CheckVectors(t.Context()); err != nil {
		t.Fatal(err)
	}
	storetest.Compare(t, s, history)
}
