package sqlite_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"candor/graph"
	"candor/store/sqlite"
	"candor/store/storetest"
	"candor/store/tables"
)

func openLedger(t testing.TB, dir string) *tables.Ledger {
	t.Helper()
	l, err := sqlite.OpenLedger(context.Background(), filepath.Join(dir, "ledger ?&%.db"))
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func TestLedgerConformance(t *testing.T) {
	storetest.Ledgers(t, storetest.Refusals{Gap: tables.ErrGap, Taken: tables.ErrTaken, NoRun: tables.ErrNoRun, NoTicket: tables.ErrNoTicket, Begun: tables.ErrBegun,
		Each: tables.ErrEach, Total: tables.ErrTotal, NotProving: tables.ErrNotProving, NotProved: tables.ErrNotProved},
		func(t testing.TB, dir string) storetest.Ledger { return openLedger(t, dir) })
}

func TestLedgerIsPrivate(t *testing.T) {
	dir := t.TempDir()
	l := openLedger(t, dir)
	defer l.Close()
	files, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no files: %v", err)
	}
	for _, f := range files {
		if st, err := os.Stat(f); err != nil || st.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s has mode %v, %v: openings are the owner's alone", filepath.Base(f), st.Mode(), err)
		}
	}
}

func TestKeys(t *testing.T) {
	ctx, dir := context.Background(), t.TempDir()
	l := openLedger(t, dir)
	a, b := graph.Hash{2}, graph.Hash{1}
	put := func(h graph.Hash, key string) error {
		return l.PutKey(ctx, h, "candor/digest/v1", true, []byte(key))
	}
	for _, err := range []error{put(a, "key a"), put(b, "key b"), put(a, "key a")} {
		if err != nil {
			t.Fatal(err)
		}
	}
	if put(a, "other bytes") == nil {
		t.Fatal("a key changed its bytes")
	}
	if l.PutKey(ctx, a, "candor/digest/v1", false, []byte("key a")) == nil {
		t.Fatal("a development key became a real one")
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	l = openLedger(t, dir)
	defer l.Close()
	got, ok, err := l.Key(ctx, a)
	want := tables.KeyRow{Hash: a, Circuit: "candor/digest/v1", Development: true, Key: []byte("key a")}
	if err != nil || !ok || !reflect.DeepEqual(got, want) {
		t.Fatalf("got %+v, %v, %v", got, ok, err)
	}
	if _, ok, err := l.Key(ctx, graph.Hash{3}); ok || err != nil {
		t.Fatalf("a key nobody put: %v, %v", ok, err)
	}
	list, err := l.ListKeys(ctx)
	if err != nil || len(list) != 2 || list[0].Hash != a || list[1].Hash != b || list[0].Key != nil {
		t.Fatalf("got %+v, %v", list, err)
	}
}

// A removed text is nowhere in the files once the Window has passed over it.
func TestRemovedTextLeavesTheFile(t *testing.T) {
	dir := t.TempDir()
	text := "a text that nobody shall find again"
	storetest.Withdraw(t, openStore, dir, text, tables.Window)
	files, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no files: %v", err)
	}
	for _, f := range files {
		raw, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		if bytes.Contains(raw, []byte(text)) {
			t.Errorf("%s still holds the text", filepath.Base(f))
		}
	}
}
