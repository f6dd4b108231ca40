package postgres_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"flag"
	"fmt"
	"os"
	"testing"

	"candor/graph"
	"candor/store/postgres"
	"candor/store/postgres/pgtest"
	"candor/store/scan"
	"candor/store/storetest"
	"candor/store/tables"
)

var server *pgtest.Server

func TestMain(m *testing.M) {
	flag.Parse()
	asked := false
	flag.Visit(func(f *flag.Flag) { asked = asked || f.Name == "rapid.checks" })
	if !asked { // every history makes schemas anew, and waits for the disk
		if err := flag.Set("rapid.checks", "12"); err != nil {
			panic(err)
		}
	}
	if pgtest.Skip() {
		fmt.Println("CANDOR_NO_POSTGRES=1: the tests of store/postgres are left out")
		os.Exit(0)
	}
	var err error
	if server, err = pgtest.Start(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	code := m.Run()
	if err := server.Stop(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		code = 1
	}
	os.Exit(code)
}

// prefix names the schemas that stand for the directory.
func prefix(dir string) string {
	sum := sha256.Sum256([]byte(dir))
	return "t" + hex.EncodeToString(sum[:8])
}

func openMirror(t testing.TB, dir string) *tables.Mirror {
	t.Helper()
	m, err := postgres.OpenMirror(context.Background(), server.URL(nil), prefix(dir),
		tables.Options{Embed: storetest.Embed, Schema: graph.Hash{1}, Vectors: scan.New()})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func openStore(t testing.TB, dir string) storetest.Store { return storeOf(openMirror(t, dir)) }

func storeOf(m *tables.Mirror) storetest.Store {
	return storetest.Store{Mirror: m, Stats: m.Stats, Withheld: m.Withheld, Close: m.Close,
		At: func(ctx context.Context, block uint64) (storetest.Snapshot, error) { return m.At(ctx, block) }}
}

func TestMirrorConformance(t *testing.T) { storetest.Mirrors(t, openStore) }

func TestSnapshotConformance(t *testing.T) {
	storetest.Snapshots(t, func(t testing.TB, dir string) (storetest.Store, storetest.Exporter) {
		m := openMirror(t, dir)
		return storeOf(m), m
	})
}

func TestLedgerConformance(t *testing.T) {
	storetest.Ledgers(t, storetest.Refusals{Gap: tables.ErrGap, Taken: tables.ErrTaken, NoRun: tables.ErrNoRun, Begun: tables.ErrBegun,
		Each: tables.ErrEach, Total: tables.ErrTotal, NotProving: tables.ErrNotProving, NotProved: tables.ErrNotProved},
		func(t testing.TB, dir string) storetest.Ledger {
			l, err := postgres.OpenLedger(context.Background(), server.URL(nil), prefix(dir))
			if err != nil {
				t.Fatal(err)
			}
			return l
		})
}

func TestOneMirrorOneNode(t *testing.T) {
	dir := t.TempDir()
	m := openMirror(t, dir)
	_, err := postgres.OpenMirror(t.Context(), server.URL(nil), prefix(dir), tables.Options{Embed: storetest.Embed, Schema: graph.Hash{1}, Vectors: scan.New()})
	if !errors.Is(err, postgres.ErrInUse) {
		t.Fatalf("a second node opens the mirror: %v", err)
	}
	if err := m.Close(); err != nil {
		t.Fatal(err)
	}
	if err := openMirror(t, dir).Close(); err != nil {
		t.Fatal(err)
	}
}
