package qdrant

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"path/filepath"
	"testing"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"candor/graph"
	"candor/store/sqlite"
	"candor/store/storetest"
	"candor/store/tables"
	"candor/store/vectors"
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

func TestSpacesOfTowers(t *testing.T) {
	storetest.Spaces(t, func(t testing.TB, dir string, book storetest.Book, most int) storetest.Spaced {
		x, spaces := base(t, dir), map[graph.Hash]*Index{}
		m, err := sqlite.OpenMirror(context.Background(), filepath.Join(dir, "mirror.db"), tables.Options{Embed: storetest.Embed, Schema: graph.Hash{1}, Vectors: x,
			Spaces: vectors.Spaces{Most: most, Retain: x.Retain, Open: func(ctx context.Context, of graph.Hash) (vectors.Index, error) {
				s, err := x.Space(ctx, of)
				spaces[of] = s
				return s, err
			}}})
		if err != nil {
			t.Fatal(err)
		}
		return storetest.Spaced{Store: storetest.Store{Mirror: m, Stats: m.Stats, Withheld: m.Withheld, Shown: m.Shown, Close: m.Close,
			At: func(ctx context.Context, block uint64) (storetest.Snapshot, error) { return m.At(ctx, block) }},
			Hold: m.Hold, Check: m.CheckVectors,
			Serve: func(ctx context.Context, towers []graph.Hash) error { return m.Serve(ctx, book, towers) },
			Spoil: func(of graph.Hash) { storetest.Spoil(t, spaces[of]) }}
	})
}

// base is the index of the mirror in the directory: the same when that is opened again.
func base(t testing.TB, dir string) *Index {
	t.Helper()
	c := server.config
	sum := sha256.Sum256([]byte(dir))
	c.Collection = "candor_test_" + hex.EncodeToString(sum[:8])
	return opened(t, c)
}

// Collections of towers that are not served go, those too that an earlier process left, and
// nobody else's.
func TestRetain(t *testing.T) {
	x, other := fresh(t), fresh(t)
	one, two := graph.Hash{1}, graph.Hash{2}
	for _, of := range []graph.Hash{one, two} {
		s, err := x.Space(t.Context(), of)
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Follow(t.Context(), []graph.Vector{{ID: graph.PostID{Block: 1}, Embedding: graph.Embedding{int8(of[0])}, From: 1, To: graph.NoEnd}}, graph.Block{Number: 1}, 0); err != nil {
			t.Fatal(err)
		}
	}
	held := func(x *Index, of graph.Hash, want uint64) {
		t.Helper()
		s, err := x.Space(t.Context(), of)
		if err != nil {
			t.Fatal(err)
		}
		if at, err := s.Audit(t.Context()); err != nil || at.Rows != want {
			t.Errorf("the space of %d holds %d vectors, not %d: %v", of[0], at.Rows, want, err)
		}
	}
	if err := other.Retain(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	held(x, one, 1)
	held(x, two, 1)
	if err := again(t, x).Retain(t.Context(), []graph.Hash{two}); err != nil {
		t.Fatal(err)
	}
	held(x, one, 0)
	held(x, two, 1)
	if err := x.Retain(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
}
