package main

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"candor/audit"
	"candor/audit/rebuild"
	"candor/graph"
	"candor/graph/embed"
)

// A node's list of contents is read page by page, and no further than the chain goes;
// one that cannot be is used in no part.
func TestToldContents(t *testing.T) {
	item := func(block int) string {
		return fmt.Sprintf(`{"id":"%d-0-0","from":%d,"embedding":"%s","withheld":[{"from":3,"to":null}]}`, block, block, graph.Hash{1}.Hex())
	}
	page := func(cursor string, items ...string) string {
		return fmt.Sprintf(`{"items":[%s],"cursor":%q}`, strings.Join(items, ","), cursor)
	}
	for name, x := range map[string]struct {
		pages map[string]string // by cursor
		most  int
		want  int // entries; -1 for an error
	}{
		"one page":              {map[string]string{"": page("", item(1), item(2))}, 9, 2},
		"nothing":               {map[string]string{"": page("")}, 9, 0},
		"two pages":             {map[string]string{"": page("2-0-0", item(1), item(2)), "2-0-0": page("", item(3))}, 9, 3},
		"beyond the last block": {map[string]string{"": page("7-0-0", item(1), item(7))}, 9, 1},
		"out of order":          {map[string]string{"": page("", item(2), item(1))}, 9, -1},
		"twice the same page":   {map[string]string{"": page("x", item(1)), "x": page("", item(1))}, 9, -1},
		"more than there are":   {map[string]string{"": page("", item(1), item(2))}, 1, -1},
		"empty pages for ever":  {map[string]string{"": page("x"), "x": page("x")}, 9, -1},
		"no JSON":               {map[string]string{"": "<html>"}, 9, -1},
		"not there":             {nil, 9, -1},
	} {
		node := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			body, ok := x.pages[r.URL.Query().Get("cursor")]
			if !ok || r.URL.Path != "/api/v1/contents" {
				w.WriteHeader(http.StatusNotFound)
			}
			fmt.Fprint(w, body)
		}))
		got, err := toldContents(t.Context(), node.URL, 6, x.most)
		node.Close()
		if (err != nil) != (x.want < 0) || err == nil && len(got) != x.want {
			t.Errorf("%s: %d entries, %v", name, len(got), err)
			continue
		}
		for i, w := range got {
			if want := (graph.Shown{ID: graph.Position{Block: uint64(i + 1)}, From: uint64(i + 1), Embedding: graph.Hash{1}, Withheld: []graph.Span{{From: 3, To: graph.NoEnd}}}); w.ID != want.ID || w.From != want.From || w.Embedding != want.Embedding || !slices.Equal(w.Withheld, want.Withheld) {
				t.Errorf("%s: %+v, want %+v", name, w, want)
			}
		}
	}
}

// Where nobody says where the graph is, the report says that it was not read.
func TestUnreadGraphsAreNoted(t *testing.T) {
	for want, o := range map[string]rebuildOptions{
		"--no-rebuild was sent":        {skip: true, graph: graph.Address{1}.Hex()},
		"nobody names the SocialGraph": {},
		"nobody names an IPFS gateway": {graph: graph.Address{1}.Hex()},
	} {
		r := &audit.Report{Block: 9}
		again, err := (&subject{}).rebuild(t.Context(), o, r, []uint64{5}, nil)
		if err != nil || again != nil || !strings.Contains(strings.Join(r.Notes, ""), want) {
			t.Errorf("%s: %v, noted %q", want, err, r.Notes)
		}
	}
	if _, err := (&subject{}).rebuild(t.Context(), rebuildOptions{graph: "0x12"}, &audit.Report{}, []uint64{5}, nil); err == nil {
		t.Error("0x12 is taken for an address")
	}
}

// A few contents at which a gateway fails stop nobody; a gateway that fails at most is none.
func TestGatewaysThatFail(t *testing.T) {
	for name, x := range map[string]struct {
		bad    int // of 12
		failed uint64
		stops  bool
	}{"good": {0, 0, false}, "one bad content": {1, 1, false}, "a bad gateway": {12, 12, true}} {
		state := rebuild.New(embed.Text, nil)
		b := graph.Block{Number: 1, Time: 5}
		docs, bad := map[string][]byte{}, map[string]bool{}
		var events []graph.Event
		for i := range 12 {
			doc, c, err := graph.PostContent{Text: fmt.Sprint("Post ", i)}.Encode()
			if err != nil {
				t.Fatal(err)
			}
			docs["/ipfs/"+c.String()], bad["/ipfs/"+c.String()] = doc, i < x.bad
			events = append(events, graph.Event{ID: graph.Position{Block: 1, Log: uint32(i)}, BlockTime: 5, Action: graph.ActPost, CID: c})
		}
		if err := state.Apply(b, events); err != nil {
			t.Fatal(err)
		}
		gateway := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if bad[r.URL.Path] {
				w.WriteHeader(http.StatusBadGateway)
				return
			}
			w.Header().Set("Content-Type", "application/vnd.ipld.raw")
			w.Write(docs[r.URL.Path])
		}))
		failed, err := readContents(t.Context(), gateway.URL, state, io.Discard)
		gateway.Close()
		if failed != x.failed || (err != nil) != x.stops {
			t.Errorf("%s: failed at %d, %v", name, failed, err)
		}
	}
}
