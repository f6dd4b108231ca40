package web

import (
	"context"
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"candor/graph"
	"candor/graph/embed/embedtest"
)

type history func(after graph.Position, limit int) []graph.Shown

func (h history) Shown(_ context.Context, after graph.Position, limit int) ([]graph.Shown, error) {
	return h(after, limit), nil
}

// read is what an item says.
func (c content) read() graph.Shown {
	block := func(n *uint64) uint64 {
		if n == nil {
			return graph.NoEnd
		}
		return *n
	}
	s := graph.Shown{ID: c.ID, From: block(c.From), Embedding: c.Embedding}
	for _, w := range c.Withheld {
		s.Withheld = append(s.Withheld, graph.Span{From: w.From, To: block(w.To)})
	}
	return s
}

// Page by page, the list says of each content what the mirror does, once and in order.
func TestContents(t *testing.T) {
	w := embedtest.New(t)
	var ids []graph.PostID
	for i := range 5 {
		ids = append(ids, w.Post(i, strings.Repeat("Hello. ", i+1)))
	}
	w.Missing(1)
	w.Profile(2, graph.ProfileContent{DisplayName: "Ann"})
	w.Edit(3, ids[3], "Good bye.")
	w.Withhold(ids[2], false)
	w.Withhold(ids[2], true)
	w.Withhold(ids[1], false)
	w.Remove(4, ids[4])
	s := server(t, nil)
	s.History = history(w.Shown)
	want := w.Shown(graph.Position{}, 100)
	if len(want) != 8 {
		t.Fatalf("%d contents", len(want))
	}
	for limit := 1; limit <= 9; limit++ {
		var got []graph.Shown
		for cursor := ""; ; {
			path := fmt.Sprintf("/api/v1/contents?limit=%d", limit)
			if cursor != "" {
				path += "&cursor=" + cursor
			}
			status, body, _ := ask(t, s, "GET", path, "", "")
			var page struct {
				Items  []content
				Cursor string
			}
			d := json.NewDecoder(strings.NewReader(body))
			d.DisallowUnknownFields()
			if err := d.Decode(&page); err != nil || status != 200 || len(page.Items) > limit {
				t.Fatalf("%s: %d %s", path, status, body)
			}
			if strings.Contains(body, ":null") != (strings.Contains(body, `"from":null`) || strings.Contains(body, `"to":null`)) {
				t.Errorf("%s has a list that is null: %s", path, body)
			}
			for _, c := range page.Items {
				got = append(got, c.read())
			}
			if cursor = page.Cursor; cursor == "" {
				break
			}
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("in pages of %d:\n got %+v\nwant %+v", limit, got, want)
		}
	}
}
