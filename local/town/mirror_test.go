package town

import (
	"strings"
	"testing"

	"candor/graph"
	"candor/graph/embed"
	"candor/graph/fold"
)

// TestBatchesAreTheFile: a mirror takes in what the file says, event by event, and every act has an effect.
func TestBatchesAreTheFile(t *testing.T) {
	o := Options{Seed: 3, People: 60, Posts: 300}
	_, lines := build(t, o)
	batches, people, err := Batches(o)
	if err != nil || len(batches) != len(lines) || len(people) != 57 {
		t.Fatalf("%d batches for %d lines, %d people: %v", len(batches), len(lines), len(people), err)
	}
	actions := map[string]graph.Action{"actor.profile": graph.ActProfile, "graph.follow": graph.ActFollow, "feed.post": graph.ActPost,
		"feed.like": graph.ActReact, "feed.repost": graph.ActReact}
	state := fold.New(embed.Text)
	posts, parents, acts := 0, 0, 0
	for i, l := range lines {
		b := batches[i]
		e := b.Events[0]
		if e.Action != actions[strings.TrimPrefix(l.Commit.Collection, "app.bsky.")] || e.Author != address(l.DID) || b.Block.Time != uint64(l.TimeUS/second) {
			t.Fatalf("line %d is %+v, the batch %+v", i, l, e)
		}
		switch e.Action {
		case graph.ActPost:
			c, err := graph.ParsePost(b.Contents[e.CID])
			if err != nil || c.Text != l.Commit.Record.Text || (c.Link != nil) != (l.Commit.Record.Embed != nil) || len(c.Tags) != len(l.Commit.Record.Tags) {
				t.Fatalf("line %d says %q, the document %+v: %v", i, l.Commit.Record.Text, c, err)
			}
			posts++
			if l.Commit.Record.Reply != nil {
				parents++
			}
		case graph.ActReact:
			if (e.Reaction == graph.Like) != strings.HasSuffix(l.Commit.Collection, "like") {
				t.Fatalf("line %d is another reaction", i)
			}
			acts++
		}
		if _, ok, err := fold.Effective(state, e); err != nil || !ok {
			t.Fatalf("line %d changes nothing: %v", i, err)
		}
		if err := state.Apply(b); err != nil {
			t.Fatal(err)
		}
	}
	s, err := state.At(batches[len(batches)-1].Block.Number)
	if err != nil {
		t.Fatal(err)
	}
	all, err := s.Posts(graph.PostQuery{Limit: 2 * posts})
	answers := 0
	for _, p := range all {
		if p.Status != graph.Present {
			t.Errorf("%v is not shown", p.ID)
		}
		if !p.Parent.IsZero() {
			answers++
		}
	}
	likes, err2 := s.Reactions(graph.ReactionQuery{Limit: 2 * acts})
	if err != nil || err2 != nil || len(all) != posts || answers != parents || len(likes) != acts || posts == 0 || acts == 0 || parents == 0 {
		t.Errorf("%d posts of %d, %d answers of %d, %d reactions of %d: %v %v", len(all), posts, answers, parents, len(likes), acts, err, err2)
	}
}
