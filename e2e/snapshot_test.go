package e2e

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// snapshotMade is what `candor snapshot --json` says.
type snapshotMade struct {
	ID         string
	Block      uint64
	MirrorRoot string
	Counts     struct{ Posts, Follows, Profiles, Documents uint64 }
	Log        struct {
		Index uint64
		Key   string
	}
}

func takeSnapshot(t *testing.T, dir string, flags ...string) (m snapshotMade) {
	t.Helper()
	out, errs, code := run(t, append([]string{"snapshot", "--data", dir, "--json"}, flags...)...)
	if code != 0 {
		t.Fatalf("candor snapshot: %s", errs)
	}
	if err := json.Unmarshal([]byte(out), &m); err != nil {
		t.Fatalf("candor snapshot: %v: %s", err, out)
	}
	return m
}

// without copies a data directory and leaves the index out.
func without(t *testing.T, dir string) string {
	t.Helper()
	to := t.TempDir()
	if err := os.CopyFS(to, os.DirFS(dir)); err != nil {
		t.Fatal(err)
	}
	for _, f := range must[[]string](t)(filepath.Glob(filepath.Join(to, "mirror.db*"))) {
		if err := os.Remove(f); err != nil {
			t.Fatal(err)
		}
	}
	return to
}

// answers are what a node says at the block, without what differs from run to run.
func answers(t *testing.T, n *node, block uint64) (all []string) {
	t.Helper()
	for _, query := range []string{"ranker=latest", "ranker=network"} {
		for _, i := range n.feed(t, fmt.Sprintf("%s&limit=100&block=%d", query, block)).Items {
			all = append(all, query+" "+string(must[[]byte](t)(json.Marshal(i))))
		}
	}
	s := n.stats(t)
	s.Block, s.Runs, s.Proven = 0, 0, 0
	var people struct{ Items []profileView }
	if _, err := n.get("/api/v1/profiles?limit=100", &people); err != nil {
		t.Fatal(err)
	}
	return append(all, fmt.Sprint(s), fmt.Sprint(people))
}

// TestSnapshot writes one, and starts nodes from it: from its CID, after a kill in
// the middle, and from a CAR file. All answer as the first, and write the same
// snapshot; so does one that indexes the chain again.
func TestSnapshot(t *testing.T) {
	t.Parallel()
	work := t.TempDir()
	var seed bytes.Buffer
	for i := range 4 {
		path := filepath.Join(work, "h.jsonl")
		history(t, path, i)
		seed.Write(must[[]byte](t)(os.ReadFile(path)))
	}
	file := filepath.Join(work, "all.jsonl")
	if err := os.WriteFile(file, seed.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	quick := []string{"--prove=false"}
	start := func(dir, seed string, flags ...string) *node {
		t.Helper()
		n, err := launchWith(dir, seed, append(flags, quick...))
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(n.stop)
		if err := n.waitReady(60 * time.Second); err != nil {
			t.Fatal(err)
		}
		return n
	}
	// ends starts a node that does not become one, and gives its words.
	ends := func(dir string, flags []string, env ...string) string {
		t.Helper()
		n, err := launchWith(dir, "none", append(flags, quick...), env...)
		if err != nil {
			t.Fatal(err)
		}
		defer n.stop()
		select {
		case <-n.done:
		case <-time.After(60 * time.Second):
			t.Errorf("a node with %v runs", flags)
		}
		return n.out.String()
	}

	dir := t.TempDir()
	first := start(dir, file)
	if err := first.waitSeeded(time.Minute); err != nil {
		t.Fatal(err)
	}
	car := filepath.Join(work, "snapshot.car")
	made := takeSnapshot(t, dir, "--out", car)
	if made.Counts.Posts == 0 || made.Counts.Profiles == 0 || made.Counts.Documents == 0 || made.Block == 0 {
		t.Fatalf("the snapshot is empty: %+v", made)
	}
	if again := takeSnapshot(t, dir, "--block", fmt.Sprint(made.Block)); again.ID != made.ID || again.Log != made.Log {
		t.Errorf("the second snapshot of block %d is %+v, want %+v", made.Block, again, made)
	}
	var list struct{ Items []struct{ ID string } }
	if _, err := first.get("/api/v1/snapshots", &list); err != nil || len(list.Items) != 1 || list.Items[0].ID != made.ID {
		t.Errorf("the list of snapshots is %+v, %v", list, err)
	}
	want := answers(t, first, made.Block)
	first.stop()
	if _, errs, code := run(t, "snapshot", "--data", dir); code != 2 || !strings.Contains(errs, "start it with candor up") {
		t.Errorf("candor snapshot of a stopped node ends with %d: %s", code, errs)
	}

	fresh, fromCAR, scratch := without(t, dir), without(t, dir), without(t, dir)
	first = start(dir, "none") // whose log the others ask
	var chain struct{ SnapshotLog, SnapshotLogKey string }
	if _, err := first.get("/api/v1/chain", &chain); err != nil || chain.SnapshotLogKey != made.Log.Key {
		t.Fatalf("the node says %+v of its log, %v", chain, err)
	}
	same := func(n *node, dir string) {
		t.Helper()
		got := answers(t, n, made.Block)
		if len(got) != len(want) {
			t.Errorf("the node in %s gives %d answers, want %d", dir, len(got), len(want))
		}
		for i := range min(len(got), len(want)) {
			if got[i] != want[i] {
				t.Errorf("the node in %s answers\n%s\nwant\n%s", dir, got[i], want[i])
				break
			}
		}
		if got := takeSnapshot(t, dir, "--block", fmt.Sprint(made.Block)); got.ID != made.ID {
			t.Errorf("the node in %s writes %s, want %s", dir, got.ID, made.ID)
		}
	}

	from := []string{"--from-snapshot", made.ID, "--snapshot-log", chain.SnapshotLog, "--snapshot-log-key", chain.SnapshotLogKey}
	if out := ends(fresh, from, "CANDOR_CRASH=store.import.before"); !strings.Contains(out, "the log holds the snapshot") {
		t.Errorf("the node that is killed says:\n%s", out)
	}
	n := start(fresh, "none", from...)
	if !strings.Contains(n.out.String(), "the index starts from a snapshot") {
		t.Errorf("after the kill the index does not start from the snapshot:\n%s", n.out)
	}
	same(n, fresh)
	n.stop()
	n = start(fresh, "none", from...) // goes on, and says so
	if !strings.Contains(n.out.String(), "is passed over") {
		t.Errorf("the index that is there does not go on:\n%s", n.out)
	}
	same(n, fresh)
	n.stop()

	spoilt := must[[]byte](t)(os.ReadFile(car))
	at := bytes.Index(spoilt, []byte("The power went out"))
	if at < 0 {
		t.Fatal("the snapshot holds no text")
	}
	spoilt[at] = 't'
	bad := filepath.Join(work, "spoilt.car")
	if err := os.WriteFile(bad, spoilt, 0o600); err != nil {
		t.Fatal(err)
	}
	other := "candor.local/0x0000000000000000000000000000000000000000/snapshots" + made.Log.Key[strings.Index(made.Log.Key, "+"):]
	for _, c := range []struct {
		flags []string
		want  string
	}{
		{[]string{"--from-snapshot", bad}, "are others"},
		{[]string{"--from-snapshot", filepath.Join(work, "nothing.car")}, "neither a CID nor a CAR file"},
		{[]string{"--from-snapshot", car, "--snapshot-log", chain.SnapshotLog, "--snapshot-log-key", other}, "is no log's key"},
		{[]string{"--from-snapshot", car, "--snapshot-log", first.URL + "/log/", "--snapshot-log-key", chain.SnapshotLogKey}, "is not signed by"},
		{[]string{"--from-snapshot", car, "--snapshot-log", chain.SnapshotLog}, "go together"},
		{[]string{"--snapshot-log", chain.SnapshotLog, "--snapshot-log-key", chain.SnapshotLogKey}, "goes with --from-snapshot"},
	} {
		if out := ends(fromCAR, c.flags); !strings.Contains(out, c.want) {
			t.Errorf("a node with %v says:\n%s\nwant %q", c.flags, out, c.want)
		}
	}
	if out := ends(t.TempDir(), []string{"--from-snapshot", car}); !strings.Contains(out, "is refused: it is of") {
		t.Errorf("a node on another chain says:\n%s", out)
	}
	n = start(fromCAR, "none", "--from-snapshot", car)
	if !strings.Contains(n.out.String(), "checked against no log") {
		t.Errorf("a snapshot that no log was asked for is taken without a word:\n%s", n.out)
	}
	same(n, fromCAR)
	n.stop()

	n = start(scratch, "none")
	same(n, scratch)
}
