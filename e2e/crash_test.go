package e2e

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"candor/graph"
	"candor/zkcommit"
	"candor/zkcommit/tlog"
)

// points are the places between steps 0 and 9 of the data's way at which the
// node is killed, in the order of the way.
var points = []string{
	"relay.block.before-put", "relay.block.after-put", "relay.intents.before-send", "relay.intents.after-send",
	"indexer.block.fetched", "indexer.contents.fetched", "store.commit.before", "store.commit.after", "vectors.after",
	"feeds.request", "ticket.before", "ticket.after", "abort.before", "abort.after", "feeds.candidates", "feeds.verdicts", "feeds.scores", "ledger.before", "ledger.after", "page.before-send",
	"log.before-append", "log.after-append", "anchor.before-send", "anchor.after-send",
	"prover.put", "prover.before", "prover.made", "prover.stored", "prover.answered",
}

// history writes a small Jetstream file: one new author with a profile, two
// posts, a reply, a like and a follow.
func history(t *testing.T, path string, i int) {
	t.Helper()
	var b bytes.Buffer
	at := int64(1_700_000_000_000_000) + int64(i)*1_000_000_000
	did := fmt.Sprintf("did:example:crash%d", i)
	n := 0
	event := func(collection string, record map[string]any) string {
		n++
		us := at + int64(n)*1_000_000
		rkey := fmt.Sprintf("3crash%03d%02d", i, n)
		record["$type"], record["createdAt"] = collection, time.UnixMicro(us).UTC().Format("2006-01-02T15:04:05.000Z")
		line, err := json.Marshal(map[string]any{"did": did, "time_us": us, "kind": "commit", "commit": map[string]any{
			"rev": rkey, "operation": "create", "collection": collection, "rkey": rkey, "record": record,
			"cid": "bafyreieesytczmq4qerjxdighp2plxp3r34ba2upveud6yhigywr5bzlwy"}})
		if err != nil {
			t.Fatal(err)
		}
		b.Write(append(line, '\n'))
		return "at://" + did + "/" + collection + "/" + rkey
	}
	ref := func(uri string) map[string]any {
		return map[string]any{"uri": uri, "cid": "bafyreieesytczmq4qerjxdighp2plxp3r34ba2upveud6yhigywr5bzlwy"}
	}
	event("app.bsky.actor.profile", map[string]any{"displayName": fmt.Sprintf("Crash %d", i)})
	first := event("app.bsky.feed.post", map[string]any{"text": fmt.Sprintf("The power went out for the %d. time today.", i)})
	event("app.bsky.feed.post", map[string]any{"text": fmt.Sprintf("And it came back, number %d.", i)})
	event("app.bsky.feed.post", map[string]any{"text": "Nothing was lost.", "reply": map[string]any{"root": ref(first), "parent": ref(first)}})
	event("app.bsky.feed.like", map[string]any{"subject": ref(first)})
	event("app.bsky.graph.follow", map[string]any{"subject": "did:example:crash0"})
	if err := os.WriteFile(path, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
}

// TestCrashPoints kills the node at each point of the data's way, one after the
// other on one data directory (on two, side by side), starts it again, and checks that nothing that was
// acknowledged is lost and nothing is there twice.
func TestCrashPoints(t *testing.T) {
	t.Parallel()
	half := slices.Index(points, "feeds.candidates")
	for name, some := range map[string][]string{"until the tickets": points[:half], "from the candidates on": points[half:]} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			crashAt(t, some)
		})
	}
}

func crashAt(t *testing.T, points []string) {
	dir, work := t.TempDir(), t.TempDir()
	keys := filepath.Join(work, "importer.key")
	prepare(t, dir, work, keys)
	var kept []string // runs whose page a reader got
	for i, point := range points {
		file := filepath.Join(work, fmt.Sprintf("h%d.jsonl", i+1))
		history(t, file, i+1)
		if strings.HasPrefix(point, "abort.") {
			leaveTicket(t, dir)
		}
		n, err := launch(dir, "none", "CANDOR_CRASH="+point)
		if err != nil {
			t.Fatal(err)
		}
		imported := make(chan struct{})
		go func() {
			defer close(imported)
			if n.waitReady(60*time.Second) == nil {
				run(t, "import", "jetstream", file, "--node", n.URL, "--key", keys) // may fail: the node dies on the way
			}
		}()
		end := time.Now().Add(90 * time.Second)
		for !n.dead() && time.Now().Before(end) {
			var p page
			if _, err := n.get("/api/v1/feed?ranker=latest&filter=burst&limit=5", &p); err == nil && p.Run.ID != "" && !slices.Contains(kept, p.Run.ID) {
				kept = append(kept, p.Run.ID)
			}
			time.Sleep(100 * time.Millisecond)
		}
		if !n.dead() {
			n.kill()
			t.Fatalf("%s was never reached:\n%s", point, n.out)
		}
		if code := n.cmd.ProcessState.String(); !strings.Contains(code, "killed") {
			t.Fatalf("at %s the node ended by itself (%s):\n%s", point, code, n.out)
		}
		<-imported
		kept = recovered(t, dir, file, keys, point, i+1, kept)
		if t.Failed() {
			return
		}
	}
	t.Logf("%d points, %d pages kept", len(points), len(kept))
}

// leaveTicket kills the node behind a ticket, which the next start has to abort.
func leaveTicket(t *testing.T, dir string) {
	t.Helper()
	n, err := launch(dir, "none", "CANDOR_CRASH=ticket.after")
	if err != nil {
		t.Fatal(err)
	}
	eventually(t, time.Minute, "the node is killed behind a ticket", func() bool {
		_, _ = n.get(fmt.Sprintf("/api/v1/feed?ranker=latest&viewer=0x%040x&limit=5", time.Now().UnixNano()), &page{}) // it may be dead
		return n.dead()
	})
}

// prepare makes the data directory with its proving keys, and the author whom
// the others follow.
func prepare(t *testing.T, dir, work, keys string) {
	t.Helper()
	n := up(t, dir, "none")
	file := filepath.Join(work, "h0.jsonl")
	history(t, file, 0)
	if _, errs, code := run(t, "import", "jetstream", file, "--node", n.URL, "--key", keys); code != 0 {
		t.Fatalf("import exits %d: %s", code, errs)
	}
	n.feed(t, "ranker=latest")
	eventually(t, 3*time.Minute, "the first run is proven", func() bool { return n.stats(t).Proven > 0 })
	n.stop()
}

// recovered starts the node again and checks all that was promised so far.
func recovered(t *testing.T, dir, file, keys, point string, files int, kept []string) []string {
	t.Helper()
	n, err := launch(dir, "none")
	if err != nil {
		t.Fatal(err)
	}
	defer n.kill()
	if err := n.waitReady(15 * time.Second); err != nil { // a later start has 15 s
		t.Fatalf("after %s: %v", point, err)
	}
	if out, errs, code := run(t, "import", "jetstream", file, "--node", n.URL, "--key", keys); code != 0 {
		t.Fatalf("after %s the import exits %d:\n%s%s", point, code, out, errs)
	}
	want := uint64(files + 1)
	s := n.stats(t)
	// crash0 does not follow itself.
	if s.Profiles != want || s.Posts != 3*want || s.Replies != want || s.Reactions != want || s.Follows != want-1 || s.Unavailable != 0 {
		t.Errorf("after %s: %+v for %d authors", point, s, want)
	}
	p := n.feed(t, "ranker=latest&filter=burst&limit=5")
	if !slices.Contains(kept, p.Run.ID) {
		kept = append(kept, p.Run.ID)
	}
	texts := map[string]bool{}
	for _, item := range n.feed(t, "ranker=latest&limit=100").Items {
		if key := item.Post.Author + item.Post.Text; texts[key] {
			t.Errorf("after %s post %q is there twice", point, item.Post.Text)
		} else {
			texts[key] = true
		}
	}
	for _, id := range kept {
		if code, err := n.get("/api/v1/runs/"+id, &runView{}); err != nil {
			t.Errorf("after %s a run whose page was served is gone (%d): %v", point, code, err)
		}
	}
	checkLedger(t, n, point)
	return kept
}

// checkLedger walks the whole log: entry n is the lane's run or abort of number n, each
// naming the one before; all that the node counts is there, exactly once.
func checkLedger(t *testing.T, n *node, point string) {
	t.Helper()
	var chain struct{ Log, LogKey string }
	if _, err := n.get("/api/v1/chain", &chain); err != nil {
		t.Fatal(err)
	}
	log := tlog.Remote(chain.Log, must[tlog.Verifier](t)(tlog.ParseVerifier(chain.LogKey)), nil)
	var s stats
	var head tlog.Checkpoint
	eventually(t, 30*time.Second, "all entries are in the log after "+point, func() bool {
		var err error
		s = n.stats(t)
		head, err = log.Checkpoint(t.Context())
		return err == nil && head.Size == s.Runs+s.Aborts.Count
	})
	ids := map[string]uint64{}
	var previous graph.Hash
	aborts, tickets := map[string]uint64{}, map[graph.Hash]bool{}
	err := log.Entries(t.Context(), head.Size, func(i uint64, entry []byte) error {
		run, abort, err := zkcommit.ParseEntry(entry)
		if err != nil {
			return err
		}
		var seq uint64
		var named graph.Hash
		if run != nil {
			seq, named = run.Seq, run.Previous
			ids[run.ID().Hex()] = i
		} else {
			seq, named = abort.Seq, abort.Previous
			aborts[abort.Reason.String()]++
			if tickets[abort.Ticket] {
				t.Errorf("after %s ticket %s is aborted twice", point, abort.Ticket)
			}
			tickets[abort.Ticket] = true
		}
		if seq != i || named != previous {
			t.Errorf("after %s entry %d has number %d and follows %s", point, i, seq, named)
		}
		previous = sha256.Sum256(entry)
		return nil
	})
	if err != nil {
		t.Fatalf("after %s: %v", point, err)
	}
	if uint64(len(ids)) != s.Runs || !maps.Equal(aborts, s.Aborts.Reasons) {
		t.Errorf("after %s the log has %d runs and aborts %v, the node counts %d and %v", point, len(ids), aborts, s.Runs, s.Aborts.Reasons)
	}
	if aborts["crashed"] != s.Aborts.Count {
		t.Errorf("after %s aborts are not all of crashes: %v", point, aborts)
	}
	var runs []runView
	eventually(t, 30*time.Second, "all runs are marked as logged after "+point, func() bool {
		runs = allRuns(t, n)
		return !slices.ContainsFunc(runs, func(r runView) bool { return r.LogIndex < 0 })
	})
	for _, r := range runs {
		if at, ok := ids[r.ID]; !ok || at != r.Seq || int64(at) != r.LogIndex {
			t.Errorf("after %s run %s of number %d is listed at log index %d, and stands at %d", point, r.ID, r.Seq, r.LogIndex, at)
		}
		delete(ids, r.ID)
	}
	if len(ids) > 0 {
		t.Errorf("after %s the log has runs that the node does not list: %v", point, ids)
	}
}

// allRuns lists all runs of the node.
func allRuns(t *testing.T, n *node) (runs []runView) {
	t.Helper()
	for cursor := ""; ; {
		var list struct {
			Items  []runView
			Cursor string
		}
		if _, err := n.get("/api/v1/runs?limit=100&cursor="+cursor, &list); err != nil {
			t.Fatal(err)
		}
		runs = append(runs, list.Items...)
		if cursor = list.Cursor; cursor == "" {
			return runs
		}
	}
}
