package fold_test

import (
	"errors"
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"candor/graph"
	"candor/graph/fold"
)

func to(a graph.Action, by, target graph.Address) graph.Event {
	return graph.Event{Action: a, Author: by, Target: target}
}

// Each rule about people, one case for what it lets through and one for what it
// holds back.
func TestEffectiveBetweenPeople(t *testing.T) {
	one, own := text("one"), text("own")
	dan, eve := graph.Address{4}, graph.Address{5}
	c := newChain(t)
	c.block([]doc{one, own}, nil, // 1
		post(ann, one), post(eve, own),
		to(graph.ActBlock, ann, bob), to(graph.ActRequest, cat, dan), to(graph.ActFollow, dan, cat),
		graph.Event{Action: graph.ActReact, Author: eve, Subject: ref(at(1, 0), one), Reaction: graph.Like},
		to(graph.ActBlock, ann, eve),
		graph.Event{Action: graph.ActClosed, Author: dan})
	like := func(a graph.Action, by graph.Address, r graph.Ref, k graph.ReactionKind) graph.Event {
		return graph.Event{Action: a, Author: by, Subject: r, Reaction: k}
	}
	for _, k := range []struct {
		what string
		e    graph.Event
		ok   bool
	}{
		{"a block", to(graph.ActBlock, bob, ann), true},
		{"a second block", to(graph.ActBlock, ann, bob), false},
		{"a block of oneself", to(graph.ActBlock, cat, cat), false},
		{"an unblock", to(graph.ActUnblock, ann, bob), true},
		{"an unblock by the blocked", to(graph.ActUnblock, bob, ann), false},
		{"an unblock of a stranger", to(graph.ActUnblock, ann, cat), false},
		{"a follow of the blocked", to(graph.ActFollow, ann, bob), false},
		{"a follow by the blocked", to(graph.ActFollow, bob, ann), false},
		{"a follow of whom one asked", to(graph.ActFollow, cat, dan), true},
		{"a request", to(graph.ActRequest, ann, dan), true},
		{"a second request", to(graph.ActRequest, cat, dan), false},
		{"a request to whom one follows", to(graph.ActRequest, dan, cat), false},
		{"a request to oneself", to(graph.ActRequest, cat, cat), false},
		{"a request to the blocked", to(graph.ActRequest, ann, bob), false},
		{"a request by the blocked", to(graph.ActRequest, bob, ann), false},
		{"a withdrawal", to(graph.ActUnfollow, cat, dan), true},
		{"an unfollow", to(graph.ActUnfollow, dan, cat), true},
		{"an approval", to(graph.ActApprove, dan, cat), true},
		{"an approval by who asked", to(graph.ActApprove, cat, dan), false},
		{"an approval of nobody", to(graph.ActApprove, dan, ann), false},
		{"a refusal of a request", to(graph.ActRefuse, dan, cat), true},
		{"a refusal of a follower", to(graph.ActRefuse, cat, dan), true},
		{"a refusal of nobody", to(graph.ActRefuse, ann, cat), false},
		{"open, which it is", graph.Event{Action: graph.ActOpen, Author: ann}, false},
		{"approval", graph.Event{Action: graph.ActApproval, Author: ann}, true},
		{"closed", graph.Event{Action: graph.ActClosed, Author: ann}, true},
		{"closed again", graph.Event{Action: graph.ActClosed, Author: dan}, false},
		{"open again", graph.Event{Action: graph.ActOpen, Author: dan}, true},
		{"a like by the blocked", like(graph.ActReact, bob, ref(at(1, 0), one), graph.Like), false},
		{"a like by a stranger", like(graph.ActReact, cat, ref(at(1, 0), one), graph.Like), true},
		{"a like by who blocks", like(graph.ActReact, ann, ref(at(1, 1), own), graph.Like), true},
		{"an unlike by the blocked", like(graph.ActUnreact, eve, ref(at(1, 0), one), graph.Like), true},
		{"a post by the blocked", post(bob, one), true},
	} {
		if _, ok, err := fold.Effective(c.s, k.e); err != nil || ok != k.ok {
			t.Errorf("%s takes effect: %v, %v; want %v", k.what, ok, err, k.ok)
		}
	}
	e := post(bob, text("two"))
	e.Subject, e.Quote = ref(at(1, 0), one), ref(at(1, 1), own)
	out, _, _ := fold.Effective(c.s, e)
	same(t, "a reply to who blocks", []graph.Ref{out.Subject, out.Quote}, []graph.Ref{{}, ref(at(1, 1), own)})
	e.Subject, e.Quote = e.Quote, e.Subject
	out, _, _ = fold.Effective(c.s, e)
	same(t, "a quote of who blocks", []graph.Ref{out.Subject, out.Quote}, []graph.Ref{ref(at(1, 1), own), {}})
	e.Author = ann
	e.Quote = graph.Ref{}
	out, _, _ = fold.Effective(c.s, e)
	same(t, "a reply by who blocks", out.Subject, ref(at(1, 1), own))
}

// between is who follows, asks and blocks whom, in one line.
func between(s *fold.Snapshot) (out string) {
	for _, q := range []struct {
		sign string
		ask  func(graph.FollowQuery) ([]graph.Follow, error)
	}{{">", s.Follows}, {"?", s.Requests}, {"x", s.BlockEdges}} {
		edges, _ := q.ask(graph.FollowQuery{})
		for _, e := range edges {
			out += fmt.Sprintf("%d%s%d@%s ", e.From[0], q.sign, e.To[0], e.ID)
		}
	}
	return out
}

func TestPeopleOverTime(t *testing.T) {
	c := newChain(t)
	c.block(nil, nil, to(graph.ActRequest, ann, bob), to(graph.ActFollow, bob, ann))                                   // 1
	c.block(nil, nil, to(graph.ActApprove, bob, ann))                                                                  // 2
	c.block(nil, nil, to(graph.ActRefuse, bob, ann), to(graph.ActRequest, ann, bob))                                   // 3
	c.block(nil, nil, to(graph.ActBlock, ann, bob), graph.Event{Action: graph.ActApproval, Author: cat})               // 4: ends both ways
	c.block(nil, nil, to(graph.ActUnblock, ann, bob), graph.Event{Action: graph.ActOpen, Author: cat})                 // 5: brings nothing back
	c.block(nil, nil, to(graph.ActRequest, ann, bob))                                                                  // 6
	c.block(nil, nil, to(graph.ActFollow, ann, bob))                                                                   // 7: ends the request
	c.block(nil, nil, to(graph.ActUnfollow, ann, bob), to(graph.ActRequest, ann, bob))                                 // 8
	c.block(nil, nil, to(graph.ActUnfollow, ann, bob), to(graph.ActRequest, ann, bob), to(graph.ActRequest, bob, ann)) // 9
	c.block(nil, nil, to(graph.ActBlock, bob, ann))                                                                    // 10: ends requests both ways
	for block, want := range []string{1: "2>1@1-0-1 1?2@1-0-0 ", 2: "1>2@2-0-0 2>1@1-0-1 ", 3: "2>1@1-0-1 1?2@3-0-1 ",
		4: "1x2@4-0-0 ", 5: "", 6: "1?2@6-0-0 ", 7: "1>2@7-0-0 ", 8: "1?2@8-0-1 ", 9: "2?1@9-0-2 1?2@9-0-1 ", 10: "2x1@10-0-0 "} {
		if block > 0 {
			same(t, fmt.Sprintf("between ann and bob at %d", block), between(c.snap(uint64(block))), want)
		}
	}
	c.block(nil, nil, to(graph.ActRequest, cat, ann)) // 11
	c.block(nil, nil, to(graph.ActRefuse, ann, cat))  // 12: ends a request
	same(t, "asked at 11", between(c.snap(11)), "3?1@11-0-0 2x1@10-0-0 ")
	same(t, "refused at 12", between(c.snap(12)), "2x1@10-0-0 ")
	only, _ := c.snap(9).Requests(graph.FollowQuery{To: []graph.Address{bob}})
	same(t, "requests to bob", only, []graph.Follow{{ID: at(9, 1), From: ann, To: bob}})
	only, _ = c.snap(10).BlockEdges(graph.FollowQuery{From: []graph.Address{ann}})
	same(t, "blocks by ann", len(only), 0)
	policies := func(block uint64) map[graph.Address]graph.Policy {
		m, _ := c.snap(block).Policies([]graph.Address{ann, cat})
		return m
	}
	same(t, "policies at 3", policies(3), map[graph.Address]graph.Policy{})
	same(t, "policies at 4", policies(4), map[graph.Address]graph.Policy{cat: graph.PolicyApproval})
	same(t, "policies at 5", policies(5), map[graph.Address]graph.Policy{})
	people, _ := c.snap(2).AuthorTallies([]graph.Address{ann})
	same(t, "an approved follower counts", people[ann], graph.AuthorTally{Followers: 1, Following: 1})
	same(t, "follows at the head", c.s.Stats().Follows, uint64(0))
}

// Whatever happens among people, nobody follows or asks across a block, nobody
// both follows and asks, and each edge is there once.
func TestPeopleAlways(t *testing.T) {
	people := []graph.Address{ann, bob, cat}
	acts := []graph.Action{graph.ActFollow, graph.ActFollow, graph.ActRequest, graph.ActRequest, graph.ActUnfollow, graph.ActBlock,
		graph.ActUnblock, graph.ActApprove, graph.ActRefuse}
	rapid.Check(t, func(t *rapid.T) {
		c := newChain(noTB{t: t})
		for range rapid.IntRange(1, 8).Draw(t, "blocks") {
			var events []graph.Event
			for range rapid.IntRange(0, 6).Draw(t, "events") {
				events = append(events, to(rapid.SampledFrom(acts).Draw(t, "act"),
					rapid.SampledFrom(people).Draw(t, "by"), rapid.SampledFrom(people).Draw(t, "target")))
			}
			c.block(nil, nil, events...)
		}
		for n := uint64(1); n <= c.at; n++ {
			s := c.snap(n)
			seen := map[[2]graph.Address]string{}
			blocks, _ := s.BlockEdges(graph.FollowQuery{})
			for _, b := range blocks {
				seen[[2]graph.Address{b.From, b.To}] += "blocks "
			}
			follows, _ := s.Follows(graph.FollowQuery{})
			requests, _ := s.Requests(graph.FollowQuery{})
			for _, f := range append(follows, requests...) {
				pair, back := [2]graph.Address{f.From, f.To}, [2]graph.Address{f.To, f.From}
				if f.From == f.To || seen[pair] != "" || len(seen[back]) > 0 && seen[back][0] == 'b' {
					t.Fatalf("at block %d %s is beside %q and %q", n, f.ID, seen[pair], seen[back])
				}
				seen[pair] = "follows "
			}
		}
	})
}

// A view that fails ends the decision: no event takes effect on a guess.
func TestFailingViews(t *testing.T) {
	one := text("one")
	c := newChain(t)
	c.block([]doc{one}, nil, post(ann, one), to(graph.ActRequest, bob, cat), to(graph.ActBlock, ann, cat),
		graph.Event{Action: graph.ActEdit, Author: ann, Subject: ref(at(1, 0), one), CID: text("two").cid})
	answer := post(bob, one)
	answer.Subject = ref(at(1, 0), one)
	for _, e := range []graph.Event{to(graph.ActFollow, bob, ann), to(graph.ActRequest, bob, ann), to(graph.ActUnfollow, bob, cat),
		to(graph.ActApprove, cat, bob), to(graph.ActRefuse, cat, bob), to(graph.ActBlock, bob, ann), to(graph.ActUnblock, ann, cat),
		{Action: graph.ActClosed, Author: ann}, answer, {Action: graph.ActReact, Author: bob, Subject: answer.Subject, Reaction: graph.Like},
		{Action: graph.ActEdit, Author: ann, Subject: answer.Subject, CID: one.cid}, {Action: graph.ActRemove, Author: ann, Subject: answer.Subject}} {
		asked := 0
		if _, ok, err := fold.Effective(&failing{State: c.s, asked: &asked}, e); err != nil || !ok {
			t.Fatalf("%s takes no effect (%v), so this test would see nothing", e.Action, err)
		}
		if asked == 0 {
			t.Fatalf("%s asks nothing", e.Action)
		}
		for n := 1; n <= asked; n++ {
			count := 0
			if _, ok, err := fold.Effective(&failing{State: c.s, asked: &count, at: n}, e); err == nil || ok {
				t.Errorf("%s takes effect (%v) though question %d failed: %v", e.Action, ok, n, err)
			}
		}
	}
}

// failing is a view whose at-th answer is an error.
type failing struct {
	*fold.State
	asked *int
	at    int
}

func (f *failing) fails() error {
	if *f.asked++; *f.asked == f.at {
		return errors.New("the view fails")
	}
	return nil
}

func (f *failing) Post(id graph.PostID) (graph.Address, string, bool, error) {
	author, content, ok, _ := f.State.Post(id)
	return author, content, ok, f.fails()
}

func (f *failing) Earlier(id graph.PostID, contentID string) (bool, error) {
	ok, _ := f.State.Earlier(id, contentID)
	return ok, f.fails()
}

func (f *failing) Edge(kind fold.Edge, from, to graph.Address) (bool, error) {
	on, _ := f.State.Edge(kind, from, to)
	return on, f.fails()
}

func (f *failing) Reacted(author graph.Address, subject graph.PostID, kind graph.ReactionKind) (bool, error) {
	on, _ := f.State.Reacted(author, subject, kind)
	return on, f.fails()
}

func (f *failing) Policy(of graph.Address) (graph.Policy, error) {
	p, _ := f.State.Policy(of)
	return p, f.fails()
}
