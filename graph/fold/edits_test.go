package fold_test

import (
	"fmt"
	"testing"

	"github.com/ipfs/go-cid"

	"candor/graph"
	"candor/graph/fold"
)

func edit(by graph.Address, what graph.Ref, d doc) graph.Event {
	return graph.Event{Action: graph.ActEdit, Author: by, Subject: what, CID: d.cid}
}

func TestEffectiveEdits(t *testing.T) {
	one, two, three := text("one"), text("two"), text("three")
	id := at(1, 0)
	c := newChain(t)
	c.block([]doc{one, two}, nil, post(ann, one), post(ann, three), edit(ann, ref(id, one), two),
		post(ann, text("gone")), graph.Event{Action: graph.ActRemove, Author: ann, Subject: ref(at(1, 3), text("gone"))})
	for _, k := range []struct {
		what string
		e    graph.Event
		ok   bool
	}{
		{"an edit of the current content", edit(ann, ref(id, two), three), true},
		{"an edit of an earlier content", edit(ann, ref(id, one), three), true},
		{"an edit back", edit(ann, ref(id, two), one), true},
		{"an edit to what it is", edit(ann, ref(id, two), two), false},
		{"an edit to what it is, naming what it was", edit(ann, ref(id, one), two), false},
		{"an edit of what it never was", edit(ann, ref(id, three), one), false},
		{"an edit by a stranger", edit(bob, ref(id, two), three), false},
		{"an edit to nothing", graph.Event{Action: graph.ActEdit, Author: ann, Subject: ref(id, two)}, false},
		{"an edit of a removed post", edit(ann, ref(at(1, 3), text("gone")), three), false},
		{"an edit of no post", edit(ann, ref(at(1, 9), two), three), false},
		{"a like of an earlier content", graph.Event{Action: graph.ActReact, Author: bob, Subject: ref(id, one), Reaction: graph.Like}, true},
		{"a removal of an earlier content", graph.Event{Action: graph.ActRemove, Author: ann, Subject: ref(id, one)}, true},
	} {
		if _, ok, err := fold.Effective(c.s, k.e); err != nil || ok != k.ok {
			t.Errorf("%s takes effect: %v, %v; want %v", k.what, ok, err, k.ok)
		}
	}
	e := post(bob, three)
	e.Subject, e.Quote = ref(id, one), ref(id, two)
	out, _, _ := fold.Effective(c.s, e)
	same(t, "references to both contents", []graph.Ref{out.Subject, out.Quote}, []graph.Ref{ref(id, one), ref(id, two)})
}

// line is a post in one line: status, text, content and last edit.
func line(p graph.Post, docs map[cid.Cid]string) string {
	if p.Embedding != embed(p.Content.Text) {
		return "an embedding of another text"
	}
	return fmt.Sprintf("%s %q %s %s", p.Status, p.Content.Text, docs[p.CID], p.Edited)
}

func TestEdits(t *testing.T) {
	a, b, d := text("a"), text("b"), text("d")
	names := map[cid.Cid]string{a.cid: "a", b.cid: "b", d.cid: "d"}
	id := at(1, 0)
	c := newChain(t)
	c.block([]doc{a}, nil, post(ann, a), post(bob, a))                                                                  // 1
	c.block(nil, nil, edit(ann, ref(id, a), b))                                                                         // 2: b is nowhere yet
	c.block(nil, []doc{b})                                                                                              // 3: b comes late
	c.block(nil, nil, edit(ann, ref(id, b), a))                                                                         // 4: a stands beside its twin
	c.block([]doc{d}, nil, edit(ann, ref(id, a), b), edit(ann, ref(id, b), d))                                          // 5: b is never seen
	c.block(nil, nil, edit(ann, ref(id, d), b))                                                                         // 6: b's text went with its last version
	c.block(nil, nil, edit(ann, ref(id, b), a), graph.Event{Action: graph.ActRemove, Author: ann, Subject: ref(id, d)}) // 7
	for block, want := range []string{1: `present "a" a 0-0-0`, 2: `unavailable "" b 2-0-0`, 3: `present "b" b 2-0-0`,
		4: `present "a" a 4-0-0`, 5: `present "d" d 5-0-1`, 6: `unavailable "" b 6-0-0`, 7: `removed "" a 7-0-0`} {
		if block > 0 {
			p := c.post(uint64(block), id)
			same(t, fmt.Sprintf("the post at %d", block), line(p, names), want)
			if p.Time != 0 || p.Author != ann || p.ID != id {
				t.Errorf("at %d an edit moved the post: %+v", block, p)
			}
		}
	}
	byCID := func(block uint64, d doc) (out []graph.PostID) {
		posts, _ := c.snap(block).PostsByCID(d.cid, 0)
		for _, p := range posts {
			out = append(out, p.ID)
		}
		return out
	}
	same(t, "posts of a at 1", byCID(1, a), []graph.PostID{at(1, 1), id})
	same(t, "posts of a at 3", byCID(3, a), []graph.PostID{at(1, 1)})
	same(t, "posts of a at 4, each once", byCID(4, a), []graph.PostID{at(1, 1), id})
	same(t, "posts of b at 5", len(byCID(5, b)), 0)
	near, _ := c.snap(2).Near(&graph.Embedding{1}, 9)
	same(t, "an edited post is not near to what it was", near, []graph.PostID{at(1, 1)})
	if at2, at1 := root(c.snap(2)), root(c.snap(1)); at2 == at1 {
		t.Error("an edit leaves the mirror's root")
	}
}

func root(s *fold.Snapshot) graph.Hash {
	h, _ := s.MirrorRoot()
	return h
}

func TestEditsLeaveTallies(t *testing.T) {
	a, b := text("a"), text("b")
	c := newChain(t)
	reply := post(bob, a)
	reply.Subject = ref(at(1, 0), a)
	c.block([]doc{a, b}, nil, post(ann, a), reply,
		graph.Event{Action: graph.ActReact, Author: cat, Subject: ref(at(1, 0), a), Reaction: graph.Like})
	c.block([]doc{b}, nil, edit(ann, ref(at(1, 0), a), b))
	c.block(nil, nil, graph.Event{Action: graph.ActReact, Author: bob, Subject: ref(at(1, 0), a), Reaction: graph.Repost})
	tally, _ := c.snap(3).PostTallies([]graph.PostID{at(1, 0)}, 0)
	same(t, "the tally", tally[at(1, 0)], graph.PostTally{Likes: 1, Reposts: 1, Replies: 1})
	ids, _ := c.snap(3).Trending(0, 5)
	same(t, "trending", ids, []graph.PostID{at(1, 0)})
	same(t, "stats", c.s.Stats(), graph.Stats{Block: 3, Posts: 2, Replies: 1, Reactions: 2})
	c.block([]doc{a}, nil, edit(ann, ref(at(1, 0), b), text("nowhere")))
	same(t, "unavailable", c.s.Stats().Unavailable, uint64(1))
}

// What the operator withholds is not shown, whoever posts it, until it is restored.
func TestWithholding(t *testing.T) {
	a, b, n := text("a"), text("b"), name("n")
	names := map[cid.Cid]string{a.cid: "a", b.cid: "b"}
	c := newChain(t)
	c.block([]doc{a, b, n}, nil, post(ann, a), post(ann, b), graph.Event{Action: graph.ActProfile, Author: ann, CID: n.cid},
		graph.Event{Action: graph.ActReact, Author: cat, Subject: ref(at(1, 0), a), Reaction: graph.Like}) // 1
	c.withhold = []cid.Cid{a.cid, n.cid}
	c.block(nil, nil, post(bob, a)) // 2: one that stands and a new one
	c.withhold = []cid.Cid{text("later").cid}
	c.block([]doc{n}, nil, graph.Event{Action: graph.ActProfile, Author: bob, CID: n.cid}, edit(ann, ref(at(1, 1), b), a))                     // 3
	c.block([]doc{text("later")}, nil, post(cat, text("later")), graph.Event{Action: graph.ActRemove, Author: bob, Subject: ref(at(2, 0), a)}) // 4
	c.withhold, c.restore = []cid.Cid{a.cid, b.cid}, []cid.Cid{n.cid, text("later").cid, text("never").cid}
	c.block(nil, nil) // 5
	c.restore = []cid.Cid{a.cid}
	c.block(nil, nil, edit(ann, ref(at(1, 1), a), b)) // 6
	for _, k := range []struct {
		block uint64
		id    graph.PostID
		want  string
	}{
		{1, at(1, 0), `present "a" a 0-0-0`},
		{2, at(1, 0), `withheld "" a 0-0-0`},
		{2, at(1, 1), `present "b" b 0-0-0`},
		{2, at(2, 0), `withheld "" a 0-0-0`},
		{3, at(1, 1), `withheld "" a 3-0-1`},
		{4, at(2, 0), `removed "" a 0-0-0`},
		{4, at(4, 0), `withheld ""  0-0-0`},
		{5, at(4, 0), `present "later"  0-0-0`}, // what came while withheld is known
		{5, at(1, 0), `withheld "" a 0-0-0`},
		{6, at(1, 0), `present "a" a 0-0-0`},
		{6, at(1, 1), `withheld "" b 6-0-0`},
	} {
		same(t, fmt.Sprintf("%s at %d", k.id, k.block), line(c.post(k.block, k.id), names), k.want)
	}
	people := func(block uint64) (out []string) {
		ps, _ := c.snap(block).Profiles([]graph.Address{ann, bob})
		for _, p := range ps {
			out = append(out, fmt.Sprintf("%s %q", p.Status, p.Content.DisplayName))
		}
		return out
	}
	same(t, "profiles at 3", people(3), []string{`withheld ""`, `withheld ""`})
	same(t, "profiles at 5", people(5), []string{`present "n"`, `present "n"`})
	trends, _ := c.snap(2).Trending(0, 9)
	same(t, "what is withheld does not trend", len(trends), 0)
	near, _ := c.snap(2).Near(&graph.Embedding{1}, 9)
	same(t, "what is withheld is near to nothing", near, []graph.PostID{at(1, 1)})
	same(t, "withheld at the head", c.s.Withheld(), []cid.Cid{b.cid})
	same(t, "stats", c.s.Stats(), graph.Stats{Block: 6, Profiles: 2, Posts: 3, Reactions: 1})
	withheld, _ := graph.MirrorRoot([]graph.MirrorEntry{{ID: at(1, 0), Status: graph.Withheld},
		{ID: at(1, 1), Status: graph.Present, Embedding: digest("b")}, {ID: at(2, 0), Status: graph.Withheld}}), 0
	same(t, "the mirror's root says withheld", root(c.snap(2)), withheld)
	c.withhold = []cid.Cid{a.cid} // a second time, and
	c.block(nil, nil)             // 7
	c.restore = []cid.Cid{a.cid}
	c.block(nil, nil) // 8
	same(t, "withheld again", line(c.post(7, at(1, 0)), names), `withheld "" a 0-0-0`)
	same(t, "restored again", line(c.post(8, at(1, 0)), names), `present "a" a 0-0-0`)
	same(t, "what was withheld before stays so", line(c.post(5, at(1, 0)), names), `withheld "" a 0-0-0`)
	c.withhold = []cid.Cid{text("nobody has it").cid}
	c.block(nil, nil, post(ann, text("nobody has it")), post(ann, text("nor this")))
	same(t, "unavailable", c.s.Stats().Unavailable, uint64(1))
}

func digest(text string) graph.Hash {
	e := embed(text)
	return graph.EmbeddingDigest(&e)
}
