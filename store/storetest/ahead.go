package storetest

import (
	"context"
	"maps"
	"slices"
	"sync"
	"testing"

	"github.com/ipfs/go-cid"
	"pgregory.net/rapid"

	"candor/graph"
)

// preparer is a mirror that reads ahead.
type preparer interface {
	Prepare(context.Context, []graph.Batch)
}

// ahead commits groups while the next ones are prepared, as the indexer does:
// what was prepared before a rollback, or on other contents, must not be used.
func ahead(t *testing.T, start func(testing.TB) *history) {
	rapid.Check(t, func(r *rapid.T) {
		h := start(t)
		defer h.store.Close()
		var groups [][]graph.Batch
		var head *graph.Block
		var past []graph.Event
		for range rapid.IntRange(2, 6).Draw(r, "groups") {
			var bs []graph.Batch
			for range rapid.IntRange(1, 3).Draw(r, "blocks") {
				b := h.world.Batch(r, head, past)
				bs, head, past = append(bs, b), &b.Block, slices.Concat(past, b.Events)
			}
			groups = append(groups, bs)
		}
		for i, bs := range groups {
			var wait sync.WaitGroup
			if i+1 < len(groups) {
				wait.Go(func() { h.prepare(groups[i+1]) })
			}
			h.commit(r, bs...)
			wait.Wait()
			if rapid.IntRange(0, 5).Draw(r, "undo") == 0 {
				// The same blocks come again, perhaps with other contents.
				h.rollback(r, bs[0].Block.Number-1)
				again := slices.Clone(bs)
				for j := range again {
					again[j].Contents = maps.Clone(again[j].Contents)
					for _, d := range h.world.Documents {
						if rapid.Bool().Draw(r, "gone") {
							delete(again[j].Contents, d.CID)
						}
					}
				}
				h.commit(r, again...)
			}
			h.compare(r)
		}
	})
}

// prepare tells the mirror of the group, without what the indexer adds when it
// commits it.
func (h *history) prepare(bs []graph.Batch) {
	bs = slices.Clone(bs)
	for i := range bs {
		bs[i].Late, bs[i].Withhold, bs[i].Restore = nil, nil, nil
	}
	h.store.Mirror.(preparer).Prepare(context.Background(), bs)
}

// swept: a text that is deleted while the block that brings it again is prepared.
func swept(t *testing.T, h *history) {
	ann := h.world.People[0]
	var texts []Document
	var posts []graph.Event
	for i := range 6 {
		texts = append(texts, Text(string(rune('a'+i))))
		posts = append(posts, graph.Event{Action: graph.ActPost, Author: ann, CID: texts[i].CID})
	}
	h.commit(t, with(h.block(posts...), texts...))
	removed := h.posted
	for i := range texts { // block 2, 4, …
		h.commit(t, h.block(graph.Event{Action: graph.ActRemove, Author: ann, Subject: removed[i]}))
		h.commit(t, h.block())
	}
	var empty []graph.Batch
	for at := h.head(); at.Number < graph.History+1; at = &empty[len(empty)-1].Block {
		empty = append(empty, graph.Batch{Block: h.world.Next(at, at.Time)})
	}
	h.commit(t, empty...)
	for i, d := range texts { // block graph.History + 2, + 4, … deletes the text
		sweeps := h.block()
		again := graph.Batch{Block: h.world.Next(&sweeps.Block, sweeps.Block.Time), Contents: map[cid.Cid][]byte{d.CID: d.Bytes}}
		again.Events = []graph.Event{posts[i]}
		again.Events[0].ID, again.Events[0].BlockTime = graph.Position{Block: again.Block.Number}, again.Block.Time
		var wait sync.WaitGroup
		wait.Go(func() { h.prepare([]graph.Batch{again}) })
		h.commit(t, sweeps)
		wait.Wait()
		h.commit(t, again)
	}
	s, err := h.store.At(t.Context(), h.head().Number)
	must(t, err)
	stand, err := s.Posts(graph.PostQuery{})
	must(t, err)
	if len(stand) != len(texts) {
		t.Fatalf("%d posts of %d stand", len(stand), len(texts))
	}
	for _, p := range stand {
		if p.Status != graph.Present {
			t.Errorf("post %s, whose text came again, is %s", p.ID, p.Status)
		}
	}
}
