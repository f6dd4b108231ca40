package e2e

import (
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// testHandedOn: a ranker is continued by a stranger's once both publishers said so, and
// the pages of both say it.
func testHandedOn(t *testing.T, n *node, dir, old string) {
	heir := filepath.Join(t.TempDir(), "ember")
	draft(t, heir, "ember", "Who has seen the light?")
	var next struct{ Plugin string }
	ranker(t, &next, "publish", heir, "--node", n.URL, "--fund", filepath.Join(n.Dir, "keys", "publisher.key"), "--json")
	to := []string{"ranker", "transfer", dir, "--to", next.Plugin, "--node", n.URL}
	refused := func(why string, args ...string) {
		t.Helper()
		if _, errs, code := run(t, args...); code == 0 || !strings.Contains(errs, why) {
			t.Errorf("%v exits %d: %s", args, code, errs)
		}
	}
	refused("--yes", to...)
	to = append(to, "--yes")
	refused("has not asked for it", to...)
	refused("no plugin's id", "ranker", "transfer", heir, "--from", "kindling", "--node", n.URL)
	refused("does not continue itself", "ranker", "transfer", heir, "--from", next.Plugin, "--node", n.URL)

	type named struct{ ID, Slug, Publisher string }
	type record struct{ Continues, ContinuedBy *named }
	says := func(id string) (r record) {
		if _, err := n.get("/api/v1/plugins/"+id, &r); err != nil {
			t.Fatal(err)
		}
		return r
	}
	if out, errs, code := run(t, "ranker", "transfer", heir, "--from", old, "--node", n.URL); code != 0 || !strings.Contains(out, next.Plugin) {
		t.Fatal(out, errs)
	}
	time.Sleep(2 * time.Second) // the node remembers what the chain said for a second
	if r := says(next.Plugin); r.Continues != nil {
		t.Error("who asked continues it, though its publisher has not agreed")
	}
	for range 2 { // twice is once
		var made struct{ Successor string }
		ranker(t, &made, append(to[1:], "--json")...)
		if made.Successor != next.Plugin {
			t.Fatalf("%+v", made)
		}
	}
	eventually(t, 10*time.Second, "both pages say it", func() bool {
		before, after := says(old).ContinuedBy, says(next.Plugin).Continues
		return before != nil && before.ID == next.Plugin && before.Slug == "ember" && after != nil && after.ID == old && before.Publisher != after.Publisher
	})
}
