package e2e

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"candor/graph"
	"candor/store/qdrant/qdranttest"
)

type foundPage struct {
	Items []struct {
		ID, Text, Name string
	}
	Cursor string
	Block  uint64
}

// seek searches; what is not found gives an empty page.
func (n *node) seek(t *testing.T, query string) (p foundPage) {
	t.Helper()
	if _, err := n.get("/api/v1/search?"+query, &p); err != nil {
		t.Fatal(err)
	}
	return p
}

// say publishes a post of the text and gives its id.
func (a *author) say(text string) string {
	a.t.Helper()
	doc, c := document(a.t, text)
	if err := a.n.post("/api/v1/blocks", "application/json", doc, &struct{ CID string }{}); err != nil {
		a.t.Fatal(err)
	}
	return a.mined(graph.Intent{Action: graph.ActPost, CID: c.Bytes()})
}

func TestSearchFindsWhatStands(t *testing.T) {
	n := town(t)
	a := newAuthor(t, n)
	id := a.say("The quokkanaut orbits Saturn, and smiles.")
	ask := func(query string) []string {
		var ids []string
		for _, i := range n.seek(t, query).Items {
			ids = append(ids, i.ID)
		}
		return ids
	}
	for _, query := range []string{"q=quokkanaut&mode=text", "q=SMILES+quokkan&mode=text", "q=quokkanaut", "q=quokkanauts+orbits+saturn&mode=near"} {
		eventually(t, 20*time.Second, query+" finds the post", func() bool {
			ids := ask(query)
			return len(ids) > 0 && ids[0] == id
		})
	}
	// The town speaks of other things, which are paged.
	first := n.seek(t, "q=the&mode=text&limit=5")
	if len(first.Items) != 5 || first.Cursor == "" {
		t.Fatalf("the town says \"the\" in %d posts, cursor %q", len(first.Items), first.Cursor)
	}
	second := n.seek(t, "q=the&mode=text&limit=5&cursor="+first.Cursor)
	if len(second.Items) == 0 || second.Items[0].ID == first.Items[0].ID || second.Block != first.Block {
		t.Errorf("the second page is %+v", second)
	}
	person := n.seek(t, "q=quokka+lover&kind=profiles")
	if len(person.Items) != 0 {
		t.Errorf("people are found that nobody knows: %+v", person)
	}

	at := must[graph.PostID](t)(graph.ParsePosition(id))
	_, c := document(t, "The quokkanaut orbits Saturn, and smiles.")
	a.mined(graph.Intent{Action: graph.ActRemove, Subject: at, SubjectCID: c.Bytes()})
	for _, query := range []string{"q=quokkanaut&mode=text", "q=quokkanaut", "q=quokkanaut&mode=near"} {
		eventually(t, 20*time.Second, query+" does not find the removed post", func() bool {
			for _, i := range ask(query) {
				if i == id {
					return false
				}
			}
			return true
		})
	}

	for _, q := range []string{`"`, `a"b`, "a OR b", "NEAR(a b)", "a*", "text:a", "^a", "(", "-a", "\x00", "a\x00b", "%", "_", "\\", "'; DROP TABLE posts;--",
		strings.Repeat("a ", 120), strings.Repeat("\"", 256), "京都", "👩‍👩‍👧‍👦", "\u202ea\u202c", strings.Repeat("a", 3_000), "a\xffb"} {
		for _, more := range []string{"", "&mode=text", "&mode=near", "&kind=profiles"} {
			res, err := http.Get(n.URL + "/api/v1/search?q=" + url.QueryEscape(q) + more)
			if err != nil {
				t.Fatal(err)
			}
			res.Body.Close()
			if res.StatusCode >= 500 || res.StatusCode != 200 && !strings.HasPrefix(res.Header.Get("Content-Type"), "application/problem+json") {
				t.Errorf("%.40q%s: %s", q, more, res.Status)
			}
		}
	}
}

// A node whose vectors are in Qdrant finds by likeness, and does so again after it
// was killed and Qdrant lost everything meanwhile.
func TestNodeOverQdrant(t *testing.T) {
	t.Parallel()
	server, err := qdranttest.Start("a key")
	if err != nil {
		t.Fatal(err)
	}
	defer server.Stop()
	dir := t.TempDir()
	open := func() *node {
		t.Helper()
		n, err := launchWith(dir, "none", []string{"--qdrant", server.URL, "--prove=false"}, "CANDOR_QDRANT_KEY=a key")
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(n.stop)
		if err := n.waitReady(60 * time.Second); err != nil {
			t.Fatal(err)
		}
		return n
	}
	n := open()
	a := newAuthor(t, n)
	id := a.say("Sourdough bread wants a very hot oven.")
	a.say("The telescope saw Saturn.")
	found := func(n *node) func() bool {
		return func() bool {
			p := n.seek(t, "q=sourdough+breads&mode=near")
			return len(p.Items) == 1 && p.Items[0].ID == id
		}
	}
	eventually(t, 20*time.Second, "Qdrant finds the post", found(n))
	if server.Calls("Query") == 0 || server.Calls("UpdateBatch") == 0 {
		t.Error("Qdrant was not asked")
	}
	n.kill()
	server.Wipe()
	n = open()
	eventually(t, 20*time.Second, "Qdrant finds the post again", found(n))
	if !strings.Contains(n.out.String(), "the index of vectors is empty and is filled from the mirror") {
		t.Errorf("the node does not say that Qdrant was empty:\n%s", n.out)
	}
}
