package e2e

import (
	"database/sql"
	"fmt"
	"strings"
	"testing"
	"time"

	"candor/graph"
	"candor/store/postgres/pgtest"

	_ "github.com/jackc/pgx/v5/stdlib"
)

// TestNodeOverPostgres keeps mirror and ledger in a real PostgreSQL: what was
// published and ranked before a kill is there after it.
func TestNodeOverPostgres(t *testing.T) {
	t.Parallel()
	if pgtest.Skip() {
		t.Skip("CANDOR_NO_POSTGRES=1 leaves PostgreSQL out")
	}
	server, err := pgtest.Start()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := server.Stop(); err != nil {
			t.Error(err)
		}
	})
	dir := t.TempDir()
	up := func() *node {
		n, err := launch(dir, "none", "CANDOR_DATABASE="+server.URL(nil))
		if err == nil {
			err = n.waitReady(60 * time.Second)
		}
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(n.stop)
		return n
	}
	n := up()
	a := newAuthor(t, n)
	text := fmt.Sprintf("Kept in PostgreSQL by %s.", a.address())
	doc, c := document(t, text)
	if err := n.post("/api/v1/blocks", "application/json", doc, &struct{}{}); err != nil {
		t.Fatal(err)
	}
	id := a.mined(graph.Intent{Action: graph.ActPost, CID: c.Bytes()})
	p := n.feed(t, "ranker=latest")
	if len(p.Items) != 1 || p.Items[0].ID != id || p.Items[0].Post.Text != text {
		t.Fatalf("the feed is %+v", p.Items)
	}
	n.kill()
	n = up()
	again := n.feed(t, fmt.Sprintf("ranker=latest&block=%d", p.Run.Block))
	if again.Run.ID != p.Run.ID || len(again.Items) != 1 || again.Items[0].Post.Text != text {
		t.Errorf("after a kill the run is %s with %+v, before it was %s", again.Run.ID, again.Items, p.Run.ID)
	}
	eventually(t, 90*time.Second, "the run is proven", func() bool {
		var v runView
		_, err := n.get("/api/v1/runs/"+p.Run.ID, &v)
		return err == nil && v.Proof == "proven"
	})

	// Whoever loses its lock stops, and says why.
	db, err := sql.Open("pgx", server.URL(nil))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	var ended int
	if err := db.QueryRow(`SELECT count(pg_terminate_backend(pid)) FROM pg_locks WHERE locktype = 'advisory' AND granted`).Scan(&ended); err != nil || ended != 1 {
		t.Fatalf("%d connections held a lock: %v", ended, err)
	}
	select {
	case <-n.done:
	case <-time.After(20 * time.Second):
		t.Fatal("a node that lost its lock goes on")
	}
	told := strings.Split(strings.TrimSpace(n.out.String()), "\n")
	last := told[len(told)-1]
	if code := n.cmd.ProcessState.ExitCode(); code != 2 || !strings.HasPrefix(last, "candor: ") || !strings.Contains(last, "the connection that holds this node's lock on the database broke, and another node may take it: start this one again") {
		t.Errorf("it ends with %d and %q", code, last)
	}
	n = up()
	if kept := n.feed(t, fmt.Sprintf("ranker=latest&block=%d", p.Run.Block)); kept.Run.ID != p.Run.ID {
		t.Errorf("started again the run is %s", kept.Run.ID)
	}
}
