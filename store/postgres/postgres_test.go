package postgres_test

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"candor/graph"
	"candor/store/postgres"
	"candor/store/postgres/pgtest"
	"candor/store/scan"
	"candor/store/storetest"
	"candor/store/tables"
	"candor/store/vectors"
	"candor/zkcommit"
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

func TestLedgerConformance(t *testing.T) {
	storetest.Ledgers(t, storetest.Refusals{Gap: tables.ErrGap, Taken: tables.ErrTaken, NoRun: tables.ErrNoRun, NoTicket: tables.ErrNoTicket, Begun: tables.ErrBegun,
		Each: tables.ErrEach, Total: tables.ErrTotal, NotProving: tables.ErrNotProving, NotProved: tables.ErrNotProved},
		func(t testing.TB, dir string) storetest.Ledger {
			l, err := postgres.OpenLedger(context.Background(), server.URL(nil), prefix(dir))
			if err != nil {
				t.Fatal(err)
			}
			return l
		})
}

func TestSpacesOfTowers(t *testing.T) {
	storetest.Spaces(t, func(t testing.TB, dir string, book storetest.Book, most int) storetest.Spaced {
		spaces := map[graph.Hash]*scan.Index{}
		m, err := postgres.OpenMirror(context.Background(), server.URL(nil), prefix(dir), tables.Options{Embed: storetest.Embed, Schema: graph.Hash{1}, Vectors: scan.New(),
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

// A ledger from before towers keeps what it has, and takes vectors.
func TestOldLedgerTakesTowers(t *testing.T) {
	dir := t.TempDir()
	open := func() *tables.Ledger {
		t.Helper()
		l, err := postgres.OpenLedger(t.Context(), server.URL(nil), prefix(dir))
		if err != nil {
			t.Fatal(err)
		}
		return l
	}
	l := open()
	if err := errors.Join(storetest.Append(t.Context(), l, storetest.Run(0, 0, "")), l.Close()); err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("pgx", server.URL(nil))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	schema := prefix(dir) + "_ledger"
	for _, undo := range []string{"DROP TABLE " + schema + ".tower_vectors", "DELETE FROM " + schema + ".goose_db_version WHERE version_id >= 7"} {
		if r, err := db.Exec(undo); err != nil {
			t.Fatal(err)
		} else if n, _ := r.RowsAffected(); strings.HasPrefix(undo, "DELETE") && n < 1 {
			t.Fatalf("%d migrations were of towers", n)
		}
	}
	for range 2 { // the second time nothing is left to do
		l = open()
		if last, ok, err := l.LastRun(t.Context(), 0); err != nil || !ok || last.Seq != 0 {
			t.Fatalf("the last run is %+v, %v, %v", last, ok, err)
		}
		err := l.PutVectors(t.Context(), []zkcommit.TowerVector{{Tower: graph.Hash{1}, Content: storetest.Text("a").CID, From: 7, Vector: []int8{1, -127}}})
		if err != nil {
			t.Fatal(err)
		}
		if n, err := l.CountVectors(t.Context(), graph.Hash{1}); err != nil || n != 1 {
			t.Fatalf("%d vectors, %v", n, err)
		}
		if err := l.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// TestLostLockIsNoticed ends the connection that holds the lock, as a server's
// operator or a broken network would: nothing is written from then on.
func TestLostLockIsNoticed(t *testing.T) {
	dir := t.TempDir()
	m := openMirror(t, dir)
	first := graph.Batch{Block: graph.Block{Number: 1, Hash: graph.Hash{1}}}
	if err := m.Commit(t.Context(), first); err != nil {
		t.Fatal(err)
	}
	select {
	case err := <-m.Lost():
		t.Fatalf("lost while it is held: %v", err)
	default:
	}
	db, err := sql.Open("pgx", server.URL(nil))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	// Other tests have locks of their own: it is the one that another node would want.
	var ended int
	if err := db.QueryRow(`SELECT count(pg_terminate_backend(pid)) FROM pg_locks WHERE locktype = 'advisory' AND granted
		AND (classid::bigint << 32) | objid::bigint = $1`, postgres.LockOf(prefix(dir)+"_mirror")).Scan(&ended); err != nil || ended != 1 {
		t.Fatalf("%d connections held the lock: %v", ended, err)
	}
	select {
	case err = <-m.Lost():
	case <-time.After(10 * time.Second):
		t.Fatal("nobody noticed")
	}
	if !errors.Is(err, postgres.ErrLost) || strings.Contains(err.Error(), "\n") {
		t.Fatalf("the loss is %v", err)
	}
	second := graph.Batch{Block: graph.Block{Number: 2, Hash: graph.Hash{2}, Parent: graph.Hash{1}}}
	if err := m.Commit(t.Context(), second); !errors.Is(err, postgres.ErrLost) {
		t.Errorf("a block is committed without the lock: %v", err)
	}
	other := openMirror(t, dir) // another node has it now
	if err := m.Rollback(t.Context(), 0); !errors.Is(err, postgres.ErrLost) {
		t.Errorf("a block is taken back without the lock: %v", err)
	}
	if err := other.Commit(t.Context(), second); err != nil {
		t.Errorf("the node that has the lock cannot write: %v", err)
	}
	if err := errors.Join(m.Close(), other.Close()); err != nil {
		t.Error(err)
	}
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
