package web

import (
	"context"
	"encoding/json"
	"testing"

	"candor/graph"
)

type finality uint64

func (f finality) Finalized() uint64                              { return uint64(f) }
func (f finality) Holds(context.Context, uint64, graph.Hash) bool { return true }

func TestPostsAreLabelledAsFinal(t *testing.T) {
	edit := graph.PostID{Block: 9}
	page := &graph.Page{Items: []graph.PageItem{{Post: graph.PostView{ID: graph.PostID{Block: 5}}}, {Post: graph.PostView{ID: graph.PostID{Block: 6}}},
		{Post: graph.PostView{ID: graph.PostID{Block: 4}, Edited: &edit}}}}
	for _, c := range []struct {
		final Finality
		want  [3]bool
	}{{nil, [3]bool{}}, {finality(4), [3]bool{}}, {finality(5), [3]bool{true}}, {finality(8), [3]bool{true, true}}, {finality(9), [3]bool{true, true, true}}} {
		s := server(t, func(graph.Request) (*graph.Page, error) { return page, nil })
		s.Final = c.final
		status, body, _ := ask(t, s, "GET", "/api/v1/feed?ranker=a", "", "")
		var got graph.Page
		if err := json.Unmarshal([]byte(body), &got); err != nil || status != 200 {
			t.Fatal(status, err, body)
		}
		for i, item := range got.Items {
			if item.Post.Final != c.want[i] {
				t.Errorf("with %v final, post %d is called final: %v", c.final, i, item.Post.Final)
			}
		}
	}
}
