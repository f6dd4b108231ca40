package web

import (
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"candor/graph"
	"candor/graph/embed/embedtest"
)

type foundPage struct {
	Items []struct {
		ID   string `json:"id"`
		Text string `json:"text"`
		Name string `json:"name"`
	} `json:"items"`
	Cursor string `json:"cursor"`
	Block  uint64 `json:"block"`
}

// seek asks a server that shows the world.
func seek(t *testing.T, s *Server, query string) (p foundPage) {
	t.Helper()
	status, body, _ := ask(t, s, "GET", "/api/v1/search?"+query, "", "")
	if err := json.Unmarshal([]byte(body), &p); err != nil || status != 200 {
		t.Fatalf("%s: %d %s", query, status, body)
	}
	return p
}

func showing(t *testing.T, w *embedtest.World) *Server {
	s := server(t, nil)
	s.Mirror = mirror{w.Snapshot()}
	return s
}

func texts(p foundPage) string {
	var out []string
	for _, i := range p.Items {
		out = append(out, i.Text+i.Name)
	}
	return strings.Join(out, " | ")
}

func TestSearch(t *testing.T) {
	w := embedtest.New(t)
	w.Post(1, "Sourdough bread wants a hot oven.")
	gone := w.Post(1, "Sourdough is a secret.")
	w.Post(2, "My Café bakes bread each day.")
	w.Post(3, "The telescope saw Saturn.")
	w.Missing(3)
	w.Publish(2, graph.PostContent{Text: "Look at this", Tags: []string{"Baking"}, Link: &graph.Link{Title: "Rye", URI: "https://e.org"}}, graph.PostID{}, graph.PostID{})
	w.Remove(1, gone)
	w.Profile(1, graph.ProfileContent{DisplayName: "Ada Baker", Description: "I bake."})
	w.Profile(2, graph.ProfileContent{DisplayName: "Bob", Description: "Was a baker."})
	w.Profile(2, graph.ProfileContent{DisplayName: "Bob", Description: "Now I sail."})
	s := showing(t, w)
	for query, want := range map[string]string{
		"q=bread&mode=text":           "My Café bakes bread each day. | Sourdough bread wants a hot oven.",
		"q=BREAD+sourdough&mode=text": "Sourdough bread wants a hot oven.",
		"q=cafe+day&mode=text":        "My Café bakes bread each day.",
		"q=caf&mode=text":             "My Café bakes bread each day.",
		"q=caf+&mode=text":            "", // a space behind it: the word is whole
		"q=c&mode=text":               "", // one letter is no beginning
		"q=oven+hot+hot&mode=text":    "Sourdough bread wants a hot oven.",
		"q=hot+ov&mode=text":          "Sourdough bread wants a hot oven.",
		"q=ov+hot&mode=text":          "", // only the last may go on
		"q=baking&mode=text":          "Look at this",
		"q=rye&mode=text":             "Look at this",
		"q=secret&mode=text":          "",
		"q=lost&mode=text":            "",
		"q=telescopes&mode=text":      "",
		"q=telescopes&mode=near":      "The telescope saw Saturn.",
		"q=telescopes":                "The telescope saw Saturn.",
		"q=unrelatedness&mode=near":   "",
		"q=baker&kind=profiles":       "Ada Baker",
		"q=now+sail&kind=profiles":    "Bob",
		"q=bread&kind=profiles":       "",
		"q=" + url.QueryEscape(`"bread" OR 1=1`) + "&mode=text": "",
	} {
		if got := texts(seek(t, s, query)); got != want {
			t.Errorf("%s: %q, want %q", query, got, want)
		}
	}
	// Both: what has the words and is near is before what is one of them.
	if got := texts(seek(t, s, "q=sourdough+bread")); !strings.HasPrefix(got, "Sourdough bread wants a hot oven.") {
		t.Errorf("both: %q", got)
	}
	status, body, _ := ask(t, s, "GET", "/api/v1/search?q=nothinglikeit", "", "")
	if !strings.HasPrefix(body, `{"items":[],"cursor":"","block":`) || status != 200 {
		t.Errorf("nothing found: %d %s", status, body)
	}
}

// Pages join to one list without gaps or doubles, as of the first one's block.
func TestSearchIsPaged(t *testing.T) {
	w := embedtest.New(t)
	for i := range 25 {
		w.Post(i%3, fmt.Sprintf("Bread number %d", i))
		w.Profile(i, graph.ProfileContent{DisplayName: fmt.Sprintf("Bread %d", i)})
	}
	s := showing(t, w)
	for _, query := range []string{"q=bread&mode=text", "q=bread&mode=near", "q=bread", "q=bread&kind=profiles"} {
		whole := seek(t, s, query+"&limit=100")
		if whole.Cursor != "" || len(whole.Items) != 25 {
			t.Fatalf("%s: %d items, cursor %q", query, len(whole.Items), whole.Cursor)
		}
		var joined []string
		for cursor := ""; ; {
			p := seek(t, s, query+"&limit=7&cursor="+cursor)
			if p.Block != whole.Block {
				t.Fatalf("%s: a page of block %d", query, p.Block)
			}
			for _, i := range p.Items {
				joined = append(joined, i.ID)
			}
			if cursor = p.Cursor; cursor == "" {
				break
			}
		}
		var want []string
		for _, i := range whole.Items {
			want = append(want, i.ID)
		}
		if !slices.Equal(joined, want) {
			t.Errorf("%s: pages give %v, want %v", query, joined, want)
		}
	}
}

// Whatever is asked, the node answers or says what to send: it never fails.
func TestHostileSearches(t *testing.T) {
	w := embedtest.New(t)
	w.Post(1, "a b c NEAR 京都")
	s := showing(t, w)
	rapid.Check(t, func(r *rapid.T) {
		q := rapid.OneOf(rapid.String(), rapid.StringMatching(`[a-c"'*:^(){}+\-\x00 %_\\京]{1,40}`),
			rapid.SampledFrom([]string{`"`, `a" OR "b`, `text:a`, `a NEAR/2 b`, `a*`, `^a`, "a\x00b", `a -b`, `(`, `a AND`, `%`, `'; DROP TABLE posts; --`, strings.Repeat("京", 90)})).Draw(r, "q")
		v := url.Values{"q": {q}, "mode": {rapid.SampledFrom([]string{"text", "near", "both"}).Draw(r, "mode")}}
		if rapid.Bool().Draw(r, "people") {
			v = url.Values{"q": {q}, "kind": {"profiles"}}
		}
		if status, body, _ := ask(t, s, "GET", "/api/v1/search?"+v.Encode(), "", ""); status != 200 && status != 400 {
			r.Fatalf("%q: %d %s", q, status, body)
		}
	})
}

func TestFuse(t *testing.T) {
	id := func(n uint64) graph.PostID { return graph.PostID{Block: n} }
	got := fuse([]graph.PostID{id(1), id(2), id(3)}, []graph.PostID{id(4), id(3), id(5)})
	// 3 is on both lists; 4 and 1 are first on theirs, 4 the newer; 2 and 5 follow.
	if want := []graph.PostID{id(3), id(4), id(1), id(2), id(5)}; !slices.Equal(got, want) {
		t.Errorf("fused: %v, want %v", got, want)
	}
	if got := fuse([]graph.PostID{id(1), id(9), id(2)}, nil); !slices.Equal(got, []graph.PostID{id(1), id(9), id(2)}) {
		t.Errorf("one list alone: %v", got)
	}
}
