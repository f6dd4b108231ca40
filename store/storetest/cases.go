package storetest

import (
	"context"
	"fmt"
	"testing"

	"github.com/ipfs/go-cid"
	"pgregory.net/rapid"

	"candor/graph"
	"candor/graph/fold"
)

// block is the next block with these events, numbered and timed.
func (h *history) block(events ...graph.Event) graph.Batch {
	b := graph.Batch{Block: h.world.Next(h.head(), 1_000)}
	if head := h.head(); head != nil {
		b.Block.Time = head.Time + 10
	}
	for i, e := range events {
		e.ID, e.BlockTime = graph.Position{Block: b.Block.Number, Log: uint32(i)}, b.Block.Time
		b.Events = append(b.Events, e)
	}
	return b
}

func with(b graph.Batch, docs ...Document) graph.Batch {
	b.Contents = map[cid.Cid][]byte{}
	for _, d := range docs {
		b.Contents[d.CID] = d.Bytes
	}
	return b
}

func refusals(t *testing.T, h *history) {
	ctx := context.Background()
	h.commit(t, h.block())
	h.commit(t, h.block())
	good := func() graph.Batch {
		return h.block(graph.Event{Action: graph.ActPost, Author: Person(1), CID: Text("a").CID},
			graph.Event{Action: graph.ActFollow, Author: Person(1), Target: Person(2)})
	}
	for name, spoil := range map[string]func(*graph.Batch){
		"a block twice":            func(b *graph.Batch) { b.Block.Number-- },
		"a gap":                    func(b *graph.Batch) { b.Block.Number++ },
		"another parent":           func(b *graph.Batch) { b.Block.Parent[3]++ },
		"a number out of range":    func(b *graph.Batch) { b.Block.Number = 1 << 63 },
		"a time out of range":      func(b *graph.Batch) { b.Block.Time = 1 << 63 },
		"an event of another one":  func(b *graph.Batch) { b.Events[1].ID.Block++ },
		"an event of another time": func(b *graph.Batch) { b.Events[0].BlockTime++ },
		"events out of order":      func(b *graph.Batch) { b.Events[0], b.Events[1] = b.Events[1], b.Events[0] },
		"an event twice":           func(b *graph.Batch) { b.Events[1] = b.Events[0] },
	} {
		t.Run(name, func(t *testing.T) {
			b := good()
			spoil(&b)
			if h.store.CommitAll(ctx, []graph.Batch{b}) == nil {
				t.Fatal("it was taken")
			}
			if h.truth.Apply(b) == nil {
				t.Fatal("fold.State took it")
			}
			// One bad block spoils those that come with it.
			first := good()
			if h.store.CommitAll(ctx, []graph.Batch{first, b}) == nil {
				t.Fatal("it was taken behind a good one")
			}
			same(t, "stats", mustStats(t, h), h.truth.Stats())
		})
	}
	h.commit(t, good())
	same(t, "stats", mustStats(t, h), h.truth.Stats())
}

// withdrawn: what a post got from posts that are removed later goes again.
func withdrawn(t *testing.T, h *history) {
	ann, bob := h.world.People[0], h.world.People[1]
	one, two, three := Text("one"), Text("two"), Text("three")
	h.commit(t, with(h.block(graph.Event{Action: graph.ActPost, Author: ann, CID: one.CID}), one))
	subject := h.posted[0]
	h.commit(t, with(h.block(
		graph.Event{Action: graph.ActPost, Author: bob, CID: two.CID, Quote: subject},
		graph.Event{Action: graph.ActPost, Author: bob, CID: three.CID, Subject: subject}), two, three))
	rapid.Check(t, h.compare)
	h.commit(t, h.block(
		graph.Event{Action: graph.ActRemove, Author: bob, Subject: h.posted[1]},
		graph.Event{Action: graph.ActRemove, Author: bob, Subject: h.posted[2]}))
	rapid.Check(t, h.compare)
}

// Torrent is the history of one who writes more than a graph.Pace looks at: a third of
// the posts are replies, and every seventh is removed.
func Torrent() []graph.Batch {
	ann, text := Person(1), Text("one")
	first := graph.Batch{Block: graph.Block{Number: 1, Hash: graph.Hash{1}, Time: 1_000}, Contents: map[cid.Cid][]byte{text.CID: text.Bytes}}
	second := graph.Batch{Block: graph.Block{Number: 2, Hash: graph.Hash{2}, Parent: first.Block.Hash, Time: 1_010}}
	for i := range uint32(graph.PaceLately + 2*graph.PaceLater) {
		e := graph.Event{ID: graph.Position{Block: 1, Log: i}, BlockTime: 1_000, Time: 400 + 2*uint64(i), Action: graph.ActPost, Author: ann, CID: text.CID}
		own := graph.Ref{ID: e.ID, CID: e.CID}
		if i%3 == 2 {
			e.Subject = graph.Ref{ID: graph.Position{Block: 1}, CID: text.CID}
		}
		first.Events = append(first.Events, e)
		if i%7 == 6 {
			second.Events = append(second.Events, graph.Event{ID: graph.Position{Block: 2, Log: i}, BlockTime: 1_010, Action: graph.ActRemove, Author: ann, Subject: own})
		}
	}
	return []graph.Batch{first, second}
}

// torrent: a pace looks no further than it says.
func torrent(t *testing.T, h *history) {
	bs := Torrent()
	h.commit(t, bs...)
	var ids []graph.PostID
	for _, e := range bs[0].Events {
		ids = append(ids, e.ID)
	}
	for _, b := range bs {
		got, err := h.store.At(context.Background(), b.Block.Number)
		must(t, err)
		want, err := h.truth.At(b.Block.Number)
		must(t, err)
		for _, since := range []uint64{0, 700, 1_000} {
			check(t, "paces", snapshots(got, want), func(s Snapshot) (map[graph.PostID]graph.Pace, error) { return s.Paces(ids, since) })
		}
	}
}

// newest: the newest reactions are those of the chain that stands, though the same was asked before.
func newest(t *testing.T, h *history) {
	one := Text("one")
	h.commit(t, with(h.block(graph.Event{Action: graph.ActPost, Author: Person(1), CID: one.CID}), one))
	for by := range 3 {
		h.commit(t, h.block(graph.Event{Action: graph.ActReact, Author: Person(2 + by), Subject: h.posted[0], Reaction: graph.Like}))
		got, err := h.store.At(context.Background(), 2)
		must(t, err)
		want, err := h.truth.At(2)
		must(t, err)
		for _, limit := range []int{0, 1, 9} {
			check(t, "newest reactions", snapshots(got, want), func(s Snapshot) ([]graph.Reaction, error) {
				return s.Reactions(graph.ReactionQuery{Limit: limit})
			})
		}
		h.rollback(t, 1)
	}
}

// undone: a block that ends something of everything, taken back and done otherwise.
func undone(t *testing.T, h *history) {
	ann, bob, cat := h.world.People[0], h.world.People[1], h.world.People[2]
	text, other, plain, edited, name := Text("one"), Text("two"), Text("three"), Text("four"), Name("Ada")
	h.commit(t, with(h.block(
		graph.Event{Action: graph.ActPost, Author: ann, CID: text.CID},
		graph.Event{Action: graph.ActPost, Author: bob, CID: other.CID},
		graph.Event{Action: graph.ActProfile, Author: ann, CID: name.CID},
		graph.Event{Action: graph.ActFollow, Author: bob, Target: ann},
		graph.Event{Action: graph.ActApproval, Author: bob},
		graph.Event{Action: graph.ActRequest, Author: cat, Target: bob},
		graph.Event{Action: graph.ActBlock, Author: ann, Target: cat},
		graph.Event{Action: graph.ActPost, Author: bob, CID: plain.CID},
		graph.Event{Action: graph.ActPost, Author: bob, CID: plain.CID},
		graph.Event{Action: graph.ActPost, Author: bob, CID: plain.CID}), text, name, plain))
	first, second, third := h.posted[0], h.posted[1], h.posted[2]
	begin := with(h.block(
		graph.Event{Action: graph.ActReact, Author: bob, Subject: first, Reaction: graph.Like},
		graph.Event{Action: graph.ActReact, Author: cat, Subject: second, Reaction: graph.Repost},
		graph.Event{Action: graph.ActEdit, Author: bob, Subject: third, CID: edited.CID},
		graph.Event{Action: graph.ActEdit, Author: bob, Subject: h.posted[3], CID: other.CID}), edited)
	begin.Withhold = []cid.Cid{name.CID}
	h.commit(t, begin)
	rapid.Check(t, h.compare)
	end := h.block(
		graph.Event{Action: graph.ActUnreact, Author: bob, Subject: first, Reaction: graph.Like},
		graph.Event{Action: graph.ActUnfollow, Author: bob, Target: ann},
		graph.Event{Action: graph.ActProfile, Author: ann, CID: Name("Bob").CID},
		graph.Event{Action: graph.ActRemove, Author: ann, Subject: first},
		graph.Event{Action: graph.ActEdit, Author: bob, Subject: third, CID: plain.CID},
		graph.Event{Action: graph.ActEdit, Author: bob, Subject: h.posted[4], CID: edited.CID},
		graph.Event{Action: graph.ActOpen, Author: bob},
		graph.Event{Action: graph.ActApprove, Author: bob, Target: cat},
		graph.Event{Action: graph.ActUnblock, Author: ann, Target: cat},
		// The present twins of these have just gone.
		graph.Event{Action: graph.ActPost, Author: cat, CID: text.CID},
		graph.Event{Action: graph.ActProfile, Author: cat, CID: name.CID})
	end.Late = map[cid.Cid][]byte{other.CID: other.Bytes}
	end.Withhold, end.Restore = []cid.Cid{text.CID}, []cid.Cid{name.CID}
	h.commit(t, end)
	rapid.Check(t, h.compare)
	h.rollback(t, 2)
	rapid.Check(t, h.compare)
	h.commit(t, h.block(graph.Event{Action: graph.ActReact, Author: ann, Subject: first, Reaction: graph.Repost}))
	rapid.Check(t, h.compare)
}

// beyond: a rollback to before a removal whose text is deleted leaves the post
// standing and unavailable until its text comes again.
func beyond(t *testing.T, h *history) {
	ctx, lost := context.Background(), Text("lost")
	h.commit(t, with(h.block(graph.Event{Action: graph.ActPost, Author: Person(1), CID: lost.CID}), lost))
	h.commit(t, h.block(graph.Event{Action: graph.ActRemove, Author: Person(1), Subject: h.posted[0]}))
	h.empty(t, 300)
	h.rollback(t, 1)
	status := func() graph.Status {
		s, err := h.store.At(ctx, h.head().Number)
		must(t, err)
		posts, err := s.Posts(graph.PostQuery{})
		must(t, err)
		if len(posts) != 1 {
			t.Fatalf("%d posts stand", len(posts))
		}
		return posts[0].Status
	}
	same(t, "status", status(), graph.Unavailable)
	cs, err := h.store.Missing(ctx, 9)
	must(t, err)
	same(t, "missing", cs, []cid.Cid{lost.CID})
	late := h.block()
	late.Late = map[cid.Cid][]byte{lost.CID: lost.Bytes}
	h.commit(t, late)
	same(t, "status", status(), graph.Present)
}

func mustStats(t failer, h *history) graph.Stats {
	t.Helper()
	s, err := h.store.Stats(context.Background())
	must(t, err)
	return s
}

// window: a removed text is gone at once from the head on, is there for the
// snapshots that readers may still name, and then is nowhere; the root stays.
func window(t *testing.T, h *history) {
	ctx := context.Background()
	secret, shared, name := Text("secret"), Text("shared"), Name("shared")
	by := Person(1)
	h.commit(t, with(h.block(
		graph.Event{Action: graph.ActPost, Author: by, CID: secret.CID},
		graph.Event{Action: graph.ActPost, Author: by, CID: shared.CID},
		graph.Event{Action: graph.ActPost, Author: Person(2), CID: shared.CID},
		graph.Event{Action: graph.ActProfile, Author: by, CID: name.CID},
		graph.Event{Action: graph.ActProfile, Author: Person(2), CID: name.CID},
	), secret, shared, name))
	ids := []graph.PostID{h.posted[0].ID, h.posted[1].ID, h.posted[2].ID}
	h.commit(t, h.block(
		graph.Event{Action: graph.ActRemove, Author: by, Subject: h.posted[0]},
		graph.Event{Action: graph.ActRemove, Author: by, Subject: h.posted[1]},
		graph.Event{Action: graph.ActProfile, Author: by, CID: Name("new").CID}))
	people := func(n uint64) (statuses string) {
		s, err := h.store.At(ctx, n)
		must(t, err)
		for _, who := range []graph.Address{by, Person(2)} {
			ps, err := s.Profiles([]graph.Address{who})
			must(t, err)
			statuses += fmt.Sprintf("%s %q ", ps[0].Status, ps[0].Content.DisplayName)
		}
		return statuses
	}
	read := func(n uint64) (statuses string) {
		s, err := h.store.At(ctx, n)
		must(t, err)
		truth, err := h.truth.At(n)
		must(t, err)
		check(t, "mirror root", snapshots(s, truth), func(s Snapshot) (graph.Hash, error) { return s.MirrorRoot() })
		posts, err := s.Posts(graph.PostQuery{IDs: ids})
		must(t, err)
		for i := len(posts) - 1; i >= 0; i-- {
			p := posts[i]
			if (p.Status == graph.Present) != (p.Content.Text != "") {
				t.Fatalf("at block %d post %s is %s with the text %q", n, p.ID, p.Status, p.Content.Text)
			}
			statuses += p.Status.String() + " "
		}
		near, err := s.Near(ptr(Embed("secret")), 10)
		must(t, err)
		return statuses + fmt.Sprint(len(near))
	}
	same(t, "at the removal", read(2), "removed removed present 1")
	same(t, "before the removal", read(1), "present present present 3")
	h.empty(t, 255) // the head is 257: the last 256 blocks begin behind block 1
	h.reopen(t)
	same(t, "at the window's end", read(1), "present present present 3")
	same(t, "people at the window's end", people(1), `present "shared" present "shared" `)
	h.empty(t, 1)
	same(t, "beyond the window", read(1), "removed removed present 1")
	h.reopen(t)
	same(t, "beyond the window, opened again", read(1), "removed removed present 1")
	same(t, "at the head", read(258), "removed removed present 1")
	same(t, "people beyond the window", people(1), `removed "" present "shared" `)
	same(t, "people at the head", people(258), `unavailable "" present "shared" `)

	// The same text may come back, as another post.
	h.commit(t, with(h.block(graph.Event{Action: graph.ActPost, Author: by, CID: secret.CID}), secret))
	ids = append(ids, h.posted[3].ID)
	same(t, "posted again", read(259), "removed removed present present 2")
}

func ptr[T any](v T) *T { return &v }

// outlive: a snapshot stays what it was when blocks come, and fails when its own goes.
func outlive(t *testing.T, h *history) {
	ctx := context.Background()
	post := func(text string) graph.Batch {
		return with(h.block(graph.Event{Action: graph.ActPost, Author: Person(1), CID: Text(text).CID}), Text(text))
	}
	h.commit(t, post("a"))
	h.commit(t, post("b"))
	one, err := h.store.At(ctx, 1)
	must(t, err)
	two, err := h.store.At(ctx, 2)
	must(t, err)
	truthOne, err := h.truth.At(1)
	must(t, err)
	root, err := two.MirrorRoot()
	must(t, err)
	h.commit(t, post("c"))
	again, err := two.MirrorRoot()
	must(t, err)
	same(t, "root", again, root)
	h.rollback(t, 1)
	h.commit(t, post("d"))
	for what, question := range map[string]func(s Snapshot) error{
		"posts":     func(s Snapshot) error { _, err := s.Posts(graph.PostQuery{}); return err },
		"near":      func(s Snapshot) error { _, err := s.Near(ptr(Embed("b")), 1); return err },
		"trending":  func(s Snapshot) error { _, err := s.Trending(0, 1); return err },
		"root":      func(s Snapshot) error { _, err := s.MirrorRoot(); return err },
		"reactions": func(s Snapshot) error { _, err := s.Reactions(graph.ReactionQuery{}); return err },
	} {
		if err := question(two); err == nil {
			t.Errorf("%s: a snapshot of a block that was rolled back answers", what)
		}
		if err := question(one); err != nil {
			t.Errorf("%s: a snapshot below the rollback fails: %v", what, err)
		}
	}
	check(t, "posts", snapshots(one, truthOne), func(s Snapshot) ([]graph.Post, error) { return s.Posts(graph.PostQuery{}) })
	check(t, "trending", snapshots(one, truthOne), func(s Snapshot) ([]graph.PostID, error) { return s.Trending(0, 9) })
	now, err := h.store.At(ctx, 2)
	must(t, err)
	if other, err := now.MirrorRoot(); err != nil || other == root {
		t.Fatalf("the other block 2 has the root %s, %v", other, err)
	}
	if _, err := now.Trending(0, 1); err != nil {
		t.Fatal(err)
	}
	// The kept answers are the other block's now.
	if _, err := two.MirrorRoot(); err == nil {
		t.Error("a snapshot of a block that was rolled back gives the new block's root")
	}
	if _, err := two.Trending(0, 1); err == nil {
		t.Error("a snapshot of a block that was rolled back gives the new block's trends")
	}
	for _, n := range []uint64{0, 3, 1 << 63} {
		if _, err := h.store.At(ctx, n); err == nil {
			t.Errorf("there is a snapshot of block %d", n)
		}
	}
}

// missing: small questions get to every lost content in turn, invalid ones are
// not asked for, and a late one is asked for no more.
func missing(t *testing.T, h *history) {
	ctx := context.Background()
	var events []graph.Event
	for i := range 7 {
		events = append(events, graph.Event{Action: graph.ActPost, Author: Person(1), CID: Text(fmt.Sprint("lost", i)).CID})
	}
	bad := Broken("8")
	events = append(events, graph.Event{Action: graph.ActPost, Author: Person(1), CID: bad.CID},
		graph.Event{Action: graph.ActProfile, Author: Person(1), CID: Name("lost").CID})
	h.commit(t, with(h.block(events...), bad))
	round := func(calls int) map[cid.Cid]bool {
		seen := map[cid.Cid]bool{}
		for range calls {
			cs, err := h.store.Missing(ctx, 3)
			must(t, err)
			for _, c := range cs {
				seen[c] = true
			}
		}
		return seen
	}
	if got := round(3); len(got) != 8 || got[bad.CID] {
		t.Fatalf("three calls name %d contents: %v", len(got), got)
	}
	late := h.block()
	late.Late = map[cid.Cid][]byte{Text("lost3").CID: Text("lost3").Bytes, Name("lost").CID: Name("lost").Bytes}
	h.commit(t, late)
	if got := round(4); len(got) != 6 || got[Text("lost3").CID] || got[Name("lost").CID] {
		t.Fatalf("after the late ones came, calls name %d contents: %v", len(got), got)
	}
	same(t, "stats", mustStats(t, h), h.truth.Stats())
}

// Withdraw posts the text into the mirror in dir and makes it a profile's name,
// withdraws both, lets so many blocks pass and closes the mirror.
func Withdraw(t *testing.T, open func(t testing.TB, dir string) Store, dir, text string, blocks int) {
	h := &history{dir: dir, world: NewWorld(), truth: fold.New(Embed), store: open(t, dir)}
	doc, name := Text(text), Name(text)
	h.commit(t, with(h.block(graph.Event{Action: graph.ActPost, Author: Person(1), CID: doc.CID},
		graph.Event{Action: graph.ActProfile, Author: Person(1), CID: name.CID}), doc, name))
	h.commit(t, h.block(graph.Event{Action: graph.ActRemove, Author: Person(1), Subject: h.posted[0]},
		graph.Event{Action: graph.ActProfile, Author: Person(1), CID: Name("another").CID}))
	h.empty(t, blocks)
	must(t, h.store.Close())
}

// empty commits so many blocks without events.
func (h *history) empty(t failer, n int) {
	t.Helper()
	var bs []graph.Batch
	head := h.head()
	for range n {
		b := graph.Batch{Block: h.world.Next(head, head.Time+1)}
		bs, head = append(bs, b), &b.Block
	}
	h.commit(t, bs...)
}
