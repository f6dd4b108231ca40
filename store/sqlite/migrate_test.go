package sqlite_test

import (
	"database/sql"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"candor/graph"
	"candor/store/sqlite"
	"candor/store/storetest"
	"candor/store/tables"
)

// old makes a file as the Candors made it that counted in user_version: by the
// first migration alone.
func old(t *testing.T, kind, path string, more ...string) {
	t.Helper()
	text, err := os.ReadFile("migrations/" + kind + "/00001_" + kind + ".sql")
	if err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, s := range append([]string{string(text), "PRAGMA user_version = 1"}, more...) {
		if _, err := db.Exec(s); err != nil {
			t.Fatalf("%v in %s", err, s)
		}
	}
}

// A ledger of the old layout keeps its runs, proofs and keys, and goes on.
func TestOldLedgerIsKept(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "ledger ?&%.db")
	plain := filepath.Join(dir, "old.db")
	h := func(n string) string { return "x'" + strings.Repeat(n, 32) + "'" }
	old(t, "ledger", plain,
		`INSERT INTO runs (n, id, lane, seq, key, block, ranker, time, run, opening, public, receipt, proof, log_index, asked) VALUES
			(1, `+h("01")+`, 0, 0, `+h("02")+`, 7, 'latest', 9, x'aa', `+h("03")+`, 1, x'bb', 'proven', 5, NULL),
			(2, `+h("04")+`, 0, 1, `+h("05")+`, 8, 'latest', 9, x'ab', `+h("06")+`, 0, x'bc', 'pending', -1, 1)`,
		`INSERT INTO records (n, record) VALUES (1, x'cc'), (2, x'cd')`,
		`INSERT INTO proofs (n, proof) VALUES (1, x'dd')`,
		`INSERT INTO keys (hash, circuit, development, key) VALUES (`+h("09")+`, 'second by hash, first by coming', 1, x'01'), (`+h("08")+`, 'c', 0, x'02')`)
	if err := os.Rename(plain, path); err != nil {
		t.Fatal(err)
	}
	for range 2 { // the second time nothing is left to do
		l := openLedger(t, dir)
		last, ok, err := l.LastRun(t.Context(), 0)
		if err != nil || !ok || last.Seq != 1 || string(last.Record) != "\xcd" || last.ID != graph.Hash([]byte(strings.Repeat("\x04", 32))) || last.LogIndex != -1 {
			t.Fatalf("the last run is %+v, %v, %v", last, ok, err)
		}
		proof, ok, err := l.Proof(t.Context(), graph.Hash([]byte(strings.Repeat("\x01", 32))))
		if err != nil || !ok || string(proof) != "\xdd" {
			t.Fatalf("the proof is %x, %v, %v", proof, ok, err)
		}
		keys, err := l.ListKeys(t.Context())
		if err != nil || len(keys) != 2 || keys[0].Hash[0] != 9 || !keys[0].Development || keys[1].Hash[0] != 8 || keys[1].Development {
			t.Fatalf("the keys are %+v, %v", keys, err)
		}
		if err := l.Close(); err != nil {
			t.Fatal(err)
		}
	}
	l := openLedger(t, dir)
	defer l.Close()
	if err := storetest.Append(t.Context(), l, storetest.Run(0, 2, "")); err != nil {
		t.Fatal(err)
	}
}

// A mirror of the old layout opens empty, to be indexed again.
func TestOldMirrorIsEmptied(t *testing.T) {
	dir := t.TempDir()
	old(t, "mirror", filepath.Join(dir, "mirror.db"), `INSERT INTO blocks (number, hash, parent, time) VALUES (1, x'00', x'00', 1)`)
	m := openMirror(t, dir)
	defer m.Close()
	if _, ok, err := m.Head(t.Context()); ok || err != nil {
		t.Fatalf("it has a head: %v, %v", ok, err)
	}
	blocks := storetest.History(1, 3)
	if err := m.CommitAll(t.Context(), blocks); err != nil {
		t.Fatal(err)
	}
}

// A file of a Candor to come is refused, not spoilt.
func TestNewerFilesAreRefused(t *testing.T) {
	dir := t.TempDir()
	if err := openMirror(t, dir).Close(); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "mirror.db")
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.Exec(`INSERT INTO goose_db_version (version_id, is_applied) VALUES (99, 1)`); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	_, err = sqlite.OpenMirror(t.Context(), path, tables.Options{Embed: storetest.Embed})
	if err == nil || !strings.Contains(err.Error(), "newer Candor") {
		t.Fatalf("it opens: %v", err)
	}
}
