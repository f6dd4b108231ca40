package sqlite_test

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/ipfs/go-cid"

	"candor/graph"
	"candor/graph/embed"
	"candor/graph/snapshot"
	"candor/internal/torture"
	"candor/store/scan"
	"candor/store/sqlite"
	"candor/store/storetest"
	"candor/store/tables"
)

// importHistory starts an empty mirror from the snapshot of the history.
func importHistory(dir string) {
	m := openMirror(&testing.T{}, dir)
	_, reader := storetest.Written(storetest.History(1, blocks))
	die(m.Import(context.Background(), reader()))
	die(m.Close())
}

// A kill -9 in an import leaves an empty mirror, or the whole snapshot.
func TestKilledImport(t *testing.T) {
	name, _ := storetest.Written(storetest.History(1, blocks))
	for point, kept := range map[string]bool{"store.import.rows:1": false, "store.import.before": false, "store.import.after": true} {
		t.Run(point, func(t *testing.T) {
			dir := t.TempDir()
			if out, err := child(t, "import", dir, "CANDOR_CRASH="+point).CombinedOutput(); !killed(err) {
				t.Fatalf("the child was not killed: %v\n%s", err, out)
			}
			m := openMirror(t, dir)
			if _, ok, err := m.Head(t.Context()); err != nil || ok != kept {
				t.Fatalf("there is a head: %v, %v; want %v", ok, err, kept)
			}
			if err := m.Close(); err != nil {
				t.Fatal(err)
			}
			if !kept {
				if out, err := child(t, "import", dir).CombinedOutput(); err != nil {
					t.Fatalf("the child could not begin again: %v\n%s", err, out)
				}
			}
			m = openMirror(t, dir)
			defer m.Close()
			if got := storetest.Exported(t, m, blocks); !got.Equals(name) {
				t.Errorf("the mirror that began from %s writes %s", name, got)
			}
		})
	}
}

// TestSnapshotFigures measures a snapshot of texts as people write them.
func TestSnapshotFigures(t *testing.T) {
	posts := torture.Count(1_000, 10_000)
	ctx, rng := t.Context(), rand.New(rand.NewPCG(1, 2))
	open := func(file string) *tables.Mirror {
		m, err := sqlite.OpenMirror(ctx, file, tables.Options{Embed: embed.Text, Schema: embed.Schema, Vectors: scan.New()})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { m.Close() })
		return m
	}
	from := open(filepath.Join(t.TempDir(), "mirror.db"))
	words := strings.Fields("the bread that she baked this morning was gone before anyone had come down from the hill to ask for it again")
	var bs []graph.Batch
	var head *graph.Block
	world := storetest.NewWorld()
	for n := 0; n < posts; {
		b := graph.Batch{Block: world.Next(head, 1_000_000+uint64(n)), Contents: map[cid.Cid][]byte{}}
		for i := range 200 {
			e := graph.Event{ID: graph.Position{Block: b.Block.Number, Log: uint32(i)}, Author: storetest.Person(rng.IntN(500)),
				Target: storetest.Person(rng.IntN(500)), BlockTime: b.Block.Time, Action: graph.ActFollow}
			if i%2 == 0 {
				text := fmt.Sprint(n)
				for range 20 + rng.IntN(20) {
					text += " " + words[rng.IntN(len(words))]
				}
				doc, c, err := graph.PostContent{Text: text, Langs: []string{"en"}}.Encode()
				if err != nil {
					t.Fatal(err)
				}
				e.Action, e.CID, b.Contents[c], n = graph.ActPost, c, doc, n+1
			}
			b.Events = append(b.Events, e)
		}
		bs, head = append(bs, b), &b.Block
	}
	began := time.Now()
	if err := from.CommitAll(ctx, bs); err != nil {
		t.Fatal(err)
	}
	indexed := time.Since(began)
	held := map[cid.Cid][]byte{}
	began = time.Now()
	root, _, err := snapshot.Write(snapshot.Of{}, *head, embed.Text, func(take func(snapshot.Row) error) error { return from.Export(ctx, head.Number, take) },
		func(c cid.Cid, b []byte) error { held[c] = bytes.Clone(b); return nil })
	if err != nil {
		t.Fatal(err)
	}
	wrote := time.Since(began)
	file := filepath.Join(t.TempDir(), "mirror.db")
	to := open(file)
	began = time.Now()
	if err := to.Import(ctx, snapshot.NewReader(root, embed.Text, func(c cid.Cid) ([]byte, error) { return held[c], nil })); err != nil {
		t.Fatal(err)
	}
	took := time.Since(began)
	if err := to.Close(); err != nil { // which brings all of it into the one file
		t.Fatal(err)
	}
	info, err := os.Stat(file)
	if err != nil {
		t.Fatal(err)
	}
	if root.Counts.Posts != uint64(posts) {
		t.Errorf("the snapshot has %d posts, want %d", root.Counts.Posts, posts)
	}
	per := func(d time.Duration) int64 { return d.Milliseconds() * 10_000 / int64(posts) }
	torture.Say(t, "for 10,000 posts: %d ms to write (indexing them: %d ms), %d ms to start from, %d KiB of rows, %d KiB of database; %d rows",
		per(wrote), per(indexed), per(took), root.Size*10_000/uint64(posts)>>10, info.Size()*10_000/int64(posts)>>10,
		root.Counts.Posts+root.Counts.Follows+root.Counts.Documents+root.Counts.Accounts)
}
