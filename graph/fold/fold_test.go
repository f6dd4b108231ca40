package fold_test

import (
	"crypto/sha256"
	"fmt"
	"reflect"
	"testing"

	"github.com/ipfs/go-cid"
	"pgregory.net/rapid"

	"candor/graph"
	"candor/graph/fold"
)

var ann, bob, cat = graph.Address{1}, graph.Address{2}, graph.Address{3}

func embed(text string) (e graph.Embedding) {
	for i, c := range text {
		e[i%len(e)] += int8(c % 11)
	}
	return e
}

type doc struct {
	cid   cid.Cid
	bytes []byte
}

func made(b []byte, c cid.Cid, err error) doc {
	if err != nil {
		panic(err)
	}
	return doc{c, b}
}

func text(s string) doc { return made(graph.PostContent{Text: s}.Encode()) }
func name(s string) doc { return made(graph.ProfileContent{DisplayName: s}.Encode()) }

// chain builds a state block by block; event i of block n has the id n-0-i.
type chain struct {
	t  testing.TB
	s  *fold.State
	at uint64
	// What the next block withholds and restores.
	withhold, restore []cid.Cid
}

func newChain(t testing.TB) *chain { return &chain{t: t, s: fold.New(embed)} }

func (c *chain) block(contents, late []doc, events ...graph.Event) {
	c.t.Helper()
	head, _ := c.s.Head()
	c.at++
	b := graph.Batch{Block: graph.Block{Number: c.at, Time: 100 * c.at, Parent: head.Hash,
		Hash: sha256.Sum256(fmt.Append(nil, c.at))}, Contents: map[cid.Cid][]byte{}, Late: map[cid.Cid][]byte{},
		Withhold: c.withhold, Restore: c.restore}
	c.withhold, c.restore = nil, nil
	for _, d := range contents {
		b.Contents[d.cid] = d.bytes
	}
	for _, d := range late {
		b.Late[d.cid] = d.bytes
	}
	for i, e := range events {
		e.ID, e.BlockTime = graph.Position{Block: c.at, Log: uint32(i)}, b.Block.Time
		b.Events = append(b.Events, e)
	}
	if err := c.s.Apply(b); err != nil {
		c.t.Fatal(err)
	}
}

func (c *chain) snap(block uint64) *fold.Snapshot {
	c.t.Helper()
	s, err := c.s.At(block)
	if err != nil {
		c.t.Fatal(err)
	}
	return s
}

func (c *chain) post(block uint64, id graph.PostID) graph.Post {
	c.t.Helper()
	posts, _ := c.snap(block).Posts(graph.PostQuery{IDs: []graph.PostID{id}})
	if len(posts) != 1 {
		c.t.Fatalf("block %d has %d posts %s", block, len(posts), id)
	}
	return posts[0]
}

func post(by graph.Address, d doc) graph.Event {
	return graph.Event{Action: graph.ActPost, Author: by, CID: d.cid}
}

func at(block uint64, log uint32) graph.PostID { return graph.Position{Block: block, Log: log} }

func ref(id graph.PostID, d doc) graph.Ref { return graph.Ref{ID: id, CID: d.cid} }

func same(t testing.TB, what string, got, want any) {
	t.Helper()
	if !reflect.DeepEqual(got, want) {
		t.Fatalf("%s:\n got %+v\nwant %+v", what, got, want)
	}
}

func TestEffective(t *testing.T) {
	one := text("one")
	id := at(1, 0)
	c := newChain(t)
	c.block([]doc{one}, nil,
		post(ann, one),
		graph.Event{Action: graph.ActFollow, Author: ann, Target: bob},
		graph.Event{Action: graph.ActReact, Author: bob, Subject: ref(id, one), Reaction: graph.Like},
		post(ann, text("gone")),
		graph.Event{Action: graph.ActRemove, Author: ann, Subject: ref(at(1, 3), text("gone"))})
	on := func(a graph.Action, r graph.Ref, k graph.ReactionKind) graph.Event {
		return graph.Event{Action: a, Author: bob, Subject: r, Reaction: k}
	}
	for _, k := range []struct {
		what string
		e    graph.Event
		ok   bool
	}{
		{"a follow", graph.Event{Action: graph.ActFollow, Author: bob, Target: ann}, true},
		{"a second follow", graph.Event{Action: graph.ActFollow, Author: ann, Target: bob}, false},
		{"a follow of oneself", graph.Event{Action: graph.ActFollow, Author: ann, Target: ann}, false},
		{"an unfollow", graph.Event{Action: graph.ActUnfollow, Author: ann, Target: bob}, true},
		{"an unfollow of a stranger", graph.Event{Action: graph.ActUnfollow, Author: bob, Target: ann}, false},
		{"an unfollow of oneself", graph.Event{Action: graph.ActUnfollow, Author: ann, Target: ann}, false},
		{"another kind of reaction", on(graph.ActReact, ref(id, one), graph.Repost), true},
		{"a second like", on(graph.ActReact, ref(id, one), graph.Like), false},
		{"an unknown reaction", on(graph.ActReact, ref(id, one), 3), false},
		{"no reaction", on(graph.ActReact, ref(id, one), 0), false},
		{"a like of other content", on(graph.ActReact, ref(id, text("two")), graph.Repost), false},
		{"a like of no content", on(graph.ActReact, graph.Ref{ID: id}, graph.Repost), false},
		{"a like of no post", on(graph.ActReact, ref(at(1, 9), one), graph.Repost), false},
		{"a like of a removed post", on(graph.ActReact, ref(at(1, 3), text("gone")), graph.Like), false},
		{"an unlike", on(graph.ActUnreact, ref(id, one), graph.Like), true},
		{"an unlike of what was not liked", on(graph.ActUnreact, ref(id, one), graph.Repost), false},
		{"a removal by a stranger", on(graph.ActRemove, ref(id, one), 0), false},
		{"a removal", graph.Event{Action: graph.ActRemove, Author: ann, Subject: ref(id, one)}, true},
		{"a removal of other content", graph.Event{Action: graph.ActRemove, Author: ann, Subject: ref(id, text("two"))}, false},
		{"a second removal", graph.Event{Action: graph.ActRemove, Author: ann, Subject: ref(at(1, 3), text("gone"))}, false},
		{"a post", post(bob, one), true},
		{"a post of nothing", graph.Event{Action: graph.ActPost, Author: bob}, false},
		{"a profile", graph.Event{Action: graph.ActProfile, Author: bob, CID: name("b").cid}, true},
		{"a profile of nothing", graph.Event{Action: graph.ActProfile, Author: bob}, false},
		{"an unknown action", graph.Event{Action: 17, Author: bob}, false},
		{"no action", graph.Event{Author: bob}, false},
	} {
		k.e.Time, k.e.BlockTime = 900, 300
		out, ok, err := fold.Effective(c.s, k.e)
		if err != nil || ok != k.ok {
			t.Errorf("%s takes effect: %v, %v; want %v", k.what, ok, err, k.ok)
		}
		if ok && out.Time != 300 {
			t.Errorf("%s happened at %d, after its block", k.what, out.Time)
		}
	}
	e := post(bob, text("three"))
	e.Subject, e.Quote = ref(id, text("two")), ref(id, one)
	out, _, _ := fold.Effective(c.s, e)
	same(t, "references", []graph.Ref{out.Subject, out.Quote}, []graph.Ref{{}, ref(id, one)})
}

func TestContentsComeAndGo(t *testing.T) {
	a, b, bad := text("a"), text("b"), name("no post")
	c := newChain(t)
	c.block([]doc{a, bad}, nil, post(ann, a), post(ann, b), post(ann, bad)) // 1: b is nowhere
	c.block(nil, nil, post(bob, a))                                         // 2: its twin is present
	c.block(nil, []doc{b}, post(bob, b))                                    // 3: b arrives late
	c.block(nil, nil, graph.Event{Action: graph.ActRemove, Author: ann, Subject: ref(at(1, 0), a)},
		graph.Event{Action: graph.ActRemove, Author: bob, Subject: ref(at(2, 0), a)}, post(cat, a)) // 4: no twin is left
	for _, k := range []struct {
		block  uint64
		id     graph.PostID
		status graph.Status
		text   string
	}{
		{1, at(1, 0), graph.Present, "a"},
		{1, at(1, 1), graph.Unavailable, ""},
		{2, at(1, 1), graph.Unavailable, ""},
		{3, at(1, 1), graph.Present, "b"},
		{4, at(1, 1), graph.Present, "b"},
		{4, at(1, 2), graph.Unavailable, ""},
		{2, at(2, 0), graph.Present, "a"},
		{3, at(3, 0), graph.Present, "b"},
		{3, at(1, 0), graph.Present, "a"},
		{4, at(1, 0), graph.Removed, ""},
		{4, at(4, 2), graph.Unavailable, ""},
	} {
		p := c.post(k.block, k.id)
		if p.Status != k.status || p.Content.Text != k.text || p.Embedding != embed(k.text) {
			t.Errorf("at block %d post %s is %s with %q: want %s with %q", k.block, k.id, p.Status, p.Content.Text, k.status, k.text)
		}
	}
	all, _ := c.snap(4).Posts(graph.PostQuery{})
	var ids []graph.PostID
	for _, p := range all {
		ids = append(ids, p.ID)
	}
	same(t, "standing posts, newest first", ids, []graph.PostID{at(4, 2), at(3, 0), at(1, 2), at(1, 1)})
	twins, _ := c.snap(4).PostsByCID(a.cid, 0)
	if len(twins) != 3 || twins[0].ID != at(4, 2) || twins[2].Status != graph.Removed {
		t.Fatalf("posts of one content: %+v", twins)
	}
	same(t, "stats", c.s.Stats(), graph.Stats{Block: 4, Posts: 4, Unavailable: 2})
}

func TestProfiles(t *testing.T) {
	first, second := name("first"), name("second")
	c := newChain(t)
	set := func(by graph.Address, d doc) graph.Event {
		return graph.Event{Action: graph.ActProfile, Author: by, CID: d.cid, Imported: true}
	}
	c.block(nil, nil, set(bob, first), set(ann, second), set(ann, first)) // 1
	c.block(nil, []doc{first})                                            // 2
	c.block([]doc{second}, nil, set(bob, second))                         // 3
	names := func(block uint64) (out []string) {
		ps, _ := c.snap(block).Profiles([]graph.Address{bob, ann, cat})
		for _, p := range ps {
			out = append(out, fmt.Sprintf("%d %s %s %q", p.Address[0], p.ID, p.Status, p.Content.DisplayName))
		}
		return out
	}
	same(t, "at 1", names(1), []string{`1 1-0-2 unavailable ""`, `2 1-0-0 unavailable ""`})
	same(t, "at 2", names(2), []string{`1 1-0-2 present "first"`, `2 1-0-0 present "first"`})
	same(t, "at 3", names(3), []string{`1 1-0-2 present "first"`, `2 3-0-0 present "second"`})
	page, _ := c.snap(3).ProfilesAfter(ann, 5)
	if len(page) != 1 || page[0].Address != bob {
		t.Fatalf("behind ann come %+v", page)
	}
	if none, _ := c.snap(3).Profiles(nil); len(none) != 0 {
		t.Fatalf("nobody was asked for and %d came", len(none))
	}
}

func TestTallies(t *testing.T) {
	a, b := text("a"), text("b")
	c := newChain(t)
	like := func(by graph.Address, r graph.Ref, k graph.ReactionKind, time uint64) graph.Event {
		return graph.Event{Action: graph.ActReact, Author: by, Subject: r, Reaction: k, Time: time}
	}
	root := ref(at(1, 0), a)
	reply := post(bob, b)
	reply.Subject, reply.Time = root, 150
	quote := post(cat, b)
	quote.Quote, quote.Time = root, 250
	c.block([]doc{a, b}, nil, post(ann, a), post(ann, b)) // 1
	c.block(nil, nil, reply, like(bob, root, graph.Like, 120), like(cat, root, graph.Repost, 199),
		graph.Event{Action: graph.ActFollow, Author: bob, Target: ann}) // 2
	c.block(nil, nil, quote, like(cat, ref(at(1, 1), b), graph.Like, 300)) // 3
	c.block(nil, nil, graph.Event{Action: graph.ActRemove, Author: bob, Subject: ref(at(2, 0), b)},
		graph.Event{Action: graph.ActUnreact, Author: bob, Subject: root, Reaction: graph.Like}) // 4
	tally := func(block, since uint64) graph.PostTally {
		m, _ := c.snap(block).PostTallies([]graph.PostID{root.ID}, since)
		return m[root.ID]
	}
	same(t, "at 1", tally(1, 0), graph.PostTally{})
	same(t, "at 2", tally(2, 0), graph.PostTally{Likes: 1, Reposts: 1, Replies: 1})
	same(t, "at 3", tally(3, 0), graph.PostTally{Likes: 1, Reposts: 1, Replies: 1, Quotes: 1})
	same(t, "at 3, lately", tally(3, 151), graph.PostTally{Reposts: 1, Quotes: 1})
	same(t, "at 4", tally(4, 0), graph.PostTally{Reposts: 1, Quotes: 1})
	people, _ := c.snap(3).AuthorTallies([]graph.Address{ann, bob, {9}})
	same(t, "people", people, map[graph.Address]graph.AuthorTally{
		ann: {Followers: 1, Posts: 2, LikesReceived: 2, FirstSeen: 0},
		bob: {Following: 1, Posts: 1, FirstSeen: 150},
		{9}: {}})
	pace := func(block uint64, id graph.PostID, since uint64) graph.Pace {
		m, _ := c.snap(block).Paces([]graph.PostID{id}, since)
		return m[id]
	}
	same(t, "pace", pace(1, root.ID, 0), graph.Pace{Lately: 2, Later: 1})
	same(t, "pace, lately", pace(3, at(3, 0), 251), graph.Pace{})
	same(t, "pace, replies among others", pace(2, at(2, 0), 150), graph.Pace{Lately: 1})
	same(t, "pace of no post", pace(1, at(9, 9), 0), graph.Pace{})
	same(t, "pace of a removed one", pace(4, at(2, 0), 0), graph.Pace{})
	trends := func(block, since uint64, limit int) []graph.PostID {
		ids, _ := c.snap(block).Trending(since, limit)
		return ids
	}
	same(t, "trending", trends(3, 0, 9), []graph.PostID{at(1, 0), at(1, 1)})
	same(t, "trending, one", trends(3, 0, 1), []graph.PostID{at(1, 0)})
	same(t, "trending, lately", trends(3, 251, 9), []graph.PostID{at(1, 1)})
	near, _ := c.snap(4).Near(&graph.Embedding{1}, 9)
	same(t, "near, ties by newest", near, []graph.PostID{at(3, 0), at(1, 1), at(1, 0)})
}

// What a snapshot says does not depend on what came after it.
func TestSnapshotsStay(t *testing.T) {
	docs := []doc{text("a"), text("b"), text("c"), name("n")}
	people := []graph.Address{ann, bob, cat}
	rapid.Check(t, func(t *rapid.T) {
		long := fold.New(embed)
		var short []*fold.State
		var batches []graph.Batch
		for n := range rapid.IntRange(1, 6).Draw(t, "blocks") {
			b := graph.Batch{Block: graph.Block{Number: uint64(n + 1), Time: uint64(100 * n), Hash: graph.Hash{byte(n + 1)}},
				Contents: map[cid.Cid][]byte{}, Late: map[cid.Cid][]byte{}}
			if n > 0 {
				b.Block.Parent = graph.Hash{byte(n)}
			}
			for i := range rapid.IntRange(0, 5).Draw(t, "events") {
				subject := ref(at(rapid.Uint64Range(1, uint64(n+1)).Draw(t, "b"), rapid.Uint32Range(0, 4).Draw(t, "l")),
					rapid.SampledFrom(docs).Draw(t, "subject"))
				b.Events = append(b.Events, graph.Event{ID: at(uint64(n+1), uint32(i)), BlockTime: b.Block.Time,
					Action: graph.Action(rapid.Uint8Range(1, 16).Draw(t, "action")), Author: rapid.SampledFrom(people).Draw(t, "by"),
					Target: rapid.SampledFrom(people).Draw(t, "target"), CID: rapid.SampledFrom(docs).Draw(t, "cid").cid,
					Subject: subject, Reaction: graph.ReactionKind(rapid.Uint8Range(1, 2).Draw(t, "kind")),
					Time: rapid.Uint64Range(0, 600).Draw(t, "time")})
			}
			for _, d := range docs {
				if rapid.Bool().Draw(t, "served") {
					b.Late[d.cid] = d.bytes
				}
				switch rapid.IntRange(0, 9).Draw(t, "curtain") {
				case 0:
					b.Withhold = append(b.Withhold, d.cid)
				case 1:
					b.Restore = append(b.Restore, d.cid)
				}
			}
			batches = append(batches, b)
			short = append(short, fold.New(embed))
			for _, s := range short[n:] {
				for _, b := range batches {
					if err := s.Apply(b); err != nil {
						t.Fatal(err)
					}
				}
			}
			if err := long.Apply(b); err != nil {
				t.Fatal(err)
			}
		}
		for n, s := range short {
			was, err := s.At(uint64(n + 1))
			if err != nil {
				t.Fatal(err)
			}
			is, err := long.At(uint64(n + 1))
			if err != nil {
				t.Fatal(err)
			}
			same(noTB{t: t}, "answers", answers(is, people), answers(was, people))
		}
	})
}

// noTB lets a rapid.T stand where a helper wants a testing.TB.
type noTB struct {
	testing.TB
	t *rapid.T
}

func (n noTB) Helper()                           {}
func (n noTB) Fatal(args ...any)                 { n.t.Fatal(args...) }
func (n noTB) Fatalf(format string, args ...any) { n.t.Fatalf(format, args...) }

func answers(s *fold.Snapshot, people []graph.Address) (out []any) {
	add := func(v any, err error) { out = append(out, v, err) }
	posts, _ := s.Posts(graph.PostQuery{})
	var ids []graph.PostID
	for b := range uint64(7) {
		for l := range uint32(5) {
			ids = append(ids, at(b, l))
		}
	}
	out = append(out, posts)
	add(wrap(s.Posts(graph.PostQuery{IDs: ids})))
	add(wrap(s.Follows(graph.FollowQuery{})))
	add(wrap(s.Requests(graph.FollowQuery{})))
	add(wrap(s.BlockEdges(graph.FollowQuery{})))
	add(wrap(s.Policies(people)))
	add(wrap(s.Reactions(graph.ReactionQuery{})))
	add(wrap(s.Profiles(people)))
	add(wrap(s.PostTallies(ids, 0)))
	add(wrap(s.AuthorTallies(people)))
	add(wrap(s.Paces(ids, 0)))
	add(wrap(s.Trending(0, 9)))
	add(wrap(s.Near(&graph.Embedding{1, 2}, 9)))
	add(wrap(s.MirrorRoot()))
	return out
}

func wrap[T any](v T, err error) (any, error) { return v, err }

func TestCheckRefuses(t *testing.T) {
	head := graph.Block{Number: 5, Hash: graph.Hash{5}}
	good := func() graph.Batch {
		return graph.Batch{Block: graph.Block{Number: 6, Parent: head.Hash, Time: 60},
			Events: []graph.Event{{ID: at(6, 1), BlockTime: 60}, {ID: at(6, 2), BlockTime: 60}}}
	}
	if err := fold.Check(&head, good()); err != nil {
		t.Fatal(err)
	}
	if err := fold.Check(nil, good()); err != nil {
		t.Fatal(err)
	}
	for what, spoil := range map[string]func(*graph.Batch){
		"the head again":      func(b *graph.Batch) { b.Block.Number, b.Events = 5, nil },
		"a gap":               func(b *graph.Batch) { b.Block.Number, b.Events = 7, nil },
		"block 0":             func(b *graph.Batch) { b.Block.Number = 0 },
		"a huge number":       func(b *graph.Batch) { b.Block.Number = 1 << 63 },
		"a huge time":         func(b *graph.Batch) { b.Block.Time = 1 << 63 },
		"another parent":      func(b *graph.Batch) { b.Block.Parent = graph.Hash{4} },
		"a stranger's event":  func(b *graph.Batch) { b.Events[0].ID.Block = 5 },
		"an event's own time": func(b *graph.Batch) { b.Events[1].BlockTime = 61 },
		"a content withheld and restored": func(b *graph.Batch) {
			b.Withhold, b.Restore = []cid.Cid{text("a").cid}, []cid.Cid{text("a").cid}
		},
		"nothing withheld": func(b *graph.Batch) { b.Withhold = []cid.Cid{cid.Undef} },
		"one event twice":  func(b *graph.Batch) { b.Events[0] = b.Events[1] },
		"events the other way": func(b *graph.Batch) {
			b.Events[0], b.Events[1] = b.Events[1], b.Events[0]
		},
	} {
		b := good()
		spoil(&b)
		if fold.Check(&head, b) == nil {
			t.Errorf("%s is taken", what)
		}
	}
}
