package sqlite_test

import (
	"context"
	"path/filepath"
	"strings"
	"testing"

	"candor/graph"
	"candor/store/scan"
	"candor/store/sqlite"
	"candor/store/storetest"
	"candor/store/tables"
	"candor/store/vectors"
)

func openMirror(t testing.TB, dir string) *tables.Mirror {
	t.Helper()
	m, err := sqlite.OpenMirror(context.Background(), filepath.Join(dir, "mirror.db"),
		tables.Options{Embed: storetest.Embed, Schema: graph.Hash{1}, Vectors: scan.New()})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func openStore(t testing.TB, dir string) storetest.Store { return storeOf(openMirror(t, dir)) }

func storeOf(m *tables.Mirror) storetest.Store {
	return storetest.Store{Mirror: m, Stats: m.Stats, Withheld: m.Withheld, Shown: m.Shown, Close: m.Close,
		At: func(ctx context.Context, block uint64) (storetest.Snapshot, error) { return m.At(ctx, block) }}
}

func TestMirrorConformance(t *testing.T) { storetest.Mirrors(t, openStore) }

func TestSnapshotConformance(t *testing.T) {
	storetest.Snapshots(t, func(t testing.TB, dir string) (storetest.Store, storetest.Exporter) {
		m := openMirror(t, dir)
		return storeOf(m), m
	})
}

// Embeddings of another schema and blocks of another chain must not mix with
// those that are there.
func TestWhatAMirrorIsMadeOfIsKept(t *testing.T) {
	dir := t.TempDir()
	if err := openMirror(t, dir).Close(); err != nil {
		t.Fatal(err)
	}
	for name, o := range map[string]tables.Options{"schema": {Schema: graph.Hash{2}}, "chain": {Schema: graph.Hash{1}, Genesis: graph.Hash{2}}} {
		o.Embed, o.Vectors = storetest.Embed, scan.New()
		_, err := sqlite.OpenMirror(context.Background(), filepath.Join(dir, "mirror.db"), o)
		if err == nil || !strings.Contains(err.Error(), "delete the mirror's file") {
			t.Errorf("a mirror of another %s opens: %v", name, err)
		}
	}
	if err := openMirror(t, dir).Close(); err != nil {
		t.Fatal(err)
	}
}

func TestSpacesOfTowers(t *testing.T) {
	storetest.Spaces(t, func(t testing.TB, dir string, book storetest.Book, most int) storetest.Spaced {
		spaces := map[graph.Hash]*scan.Index{}
		m, err := sqlite.OpenMirror(context.Background(), filepath.Join(dir, "mirror.db"), tables.Options{Embed: storetest.Embed, Schema: graph.Hash{1}, Vectors: scan.New(),
			Spaces: vectors.Spaces{Most: most, Open: func(_ context.Context, of graph.Hash) (vectors.Index, error) {
				spaces[of] = scan.New()
				return spaces[of], nil
			}}})
		if err != nil {
			t.Fatal(err)
		}
		return storetest.Spaced{Store: storeOf(m), Hold: m.Hold, Check: m.CheckVectors,
			Serve: func(ctx context.Context, towers []graph.Hash) error { return m.Serve(ctx, book, towers) },
			Spoil: func(of graph.Hash) { storetest.Spoil(t, spaces[of]) }}
	})
}
