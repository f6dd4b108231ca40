package rebuild_test

import (
	"context"
	"fmt"
	"path/filepath"
	"reflect"
	"testing"

	"candor/audit/rebuild"
	"candor/graph"
	"candor/graph/fold"
	"candor/internal/torture"
	"candor/store/scan"
	"candor/store/sqlite"
	"candor/store/storetest"
	"candor/store/tables"

	"pgregory.net/rapid"
)

// asked is what candidates, features and filters ask of a snapshot.
type asked interface {
	lists
	PostTallies(ids []graph.PostID, since uint64) (map[graph.PostID]graph.PostTally, error)
	AuthorTallies([]graph.Address) (map[graph.Address]graph.AuthorTally, error)
	Paces(ids []graph.PostID, since uint64) (map[graph.PostID]graph.Pace, error)
	Trending(since uint64, limit int) ([]graph.PostID, error)
	Near(e *graph.Embedding, limit int) ([]graph.PostID, error)
	MirrorRoot() (graph.Hash, error)
}

type lists interface {
	Posts(graph.PostQuery) ([]graph.Post, error)
	Follows(graph.FollowQuery) ([]graph.Follow, error)
	BlockEdges(graph.FollowQuery) ([]graph.Follow, error)
	Reactions(graph.ReactionQuery) ([]graph.Reaction, error)
	Profiles([]graph.Address) ([]graph.Profile, error)
}

type fataler interface {
	Helper()
	Fatalf(format string, args ...any)
}

func must[T any](t fataler) func(T, error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatalf("%v", err)
		}
		return v
	}
}

func same[T any](t fataler, what string, got, want func(asked) (T, error), a, b asked) {
	t.Helper()
	g, w := must[T](t)(got(a)), must[T](t)(want(b))
	if v := reflect.ValueOf(g); v.Kind() == reflect.Slice && v.Len() == 0 && reflect.ValueOf(w).Len() == 0 {
		return
	}
	if !reflect.DeepEqual(g, w) {
		t.Fatalf("%s:\n got %+v\nwant %+v", what, g, w)
	}
}

// draw is a source of choices: rapid's, or a fixed one.
type draw func(label string, n int) int

// compare asks both the same, of all kinds.
func compare(t fataler, pick draw, events []graph.Event, got, want asked) {
	t.Helper()
	ids := []graph.PostID{{Block: 1, Log: 999}}
	var people []graph.Address
	for _, e := range events {
		if e.Action == graph.ActPost && pick("id", 3) > 0 {
			ids = append(ids, e.ID)
		}
	}
	for _, a := range storetest.NewWorld().People {
		if pick("person", 2) > 0 {
			people = append(people, a)
		}
	}
	people = append(people, storetest.Person(77))
	since := []uint64{0, 1, 400, 900, 1_000, 1_010, 1_050}[pick("since", 7)]
	limit := pick("limit", 7)
	q := graph.PostQuery{Roots: pick("roots", 3) == 0, Limit: limit}
	if pick("ids", 3) == 0 {
		q.IDs = ids
	}
	if pick("authors", 2) == 0 {
		q.Authors = people
	}
	if pick("parents", 3) == 0 {
		q.Parents = ids
	}
	if pick("before", 3) == 0 {
		q.Before = ids[pick("which", len(ids))]
	}
	if pick("old", 3) == 0 {
		q.Since = since
	}
	f := graph.FollowQuery{Limit: limit}
	if pick("from", 2) == 0 {
		f.From = people
	}
	if pick("to", 2) == 0 {
		f.To = people
	}
	r := graph.ReactionQuery{Since: q.Since, Limit: limit}
	if pick("by", 2) == 0 {
		r.Authors = people
	}
	if pick("of", 2) == 0 {
		r.Subjects = ids
	}
	e := storetest.Embed([]string{"one", "two", "x", "mute"}[pick("near", 4)])
	both := func(what string, f func(asked) (any, error)) { t.Helper(); same(t, what, f, f, got, want) }
	both("posts", func(s asked) (any, error) { return s.Posts(q) })
	both("all posts", func(s asked) (any, error) { return s.Posts(graph.PostQuery{IDs: ids, Limit: len(ids)}) })
	both("follows", func(s asked) (any, error) { return s.Follows(f) })
	both("blocks", func(s asked) (any, error) { return s.BlockEdges(f) })
	both("reactions", func(s asked) (any, error) { return s.Reactions(r) })
	both("profiles", func(s asked) (any, error) { return s.Profiles(people) })
	both("post tallies", func(s asked) (any, error) { return s.PostTallies(ids, since) })
	both("author tallies", func(s asked) (any, error) { return s.AuthorTallies(people) })
	both("paces", func(s asked) (any, error) { return s.Paces(ids, since) })
	both("trending", func(s asked) (any, error) { return s.Trending(since, limit) })
	both("all trending", func(s asked) (any, error) { return s.Trending(0, 50) })
	both("near", func(s asked) (any, error) { return s.Near(&e, limit) })
	both("mirror root", func(s asked) (any, error) { return s.MirrorRoot() })
}

// history is random blocks with what became of their contents.
func history(t *rapid.T, change func(*graph.Batch)) (bs []graph.Batch, events []graph.Event, truth *fold.State) {
	w := storetest.NewWorld()
	truth = fold.New(storetest.Embed)
	var head *graph.Block
	for range rapid.IntRange(1, 10).Draw(t, "blocks") {
		b := w.Batch(t, head, events)
		if change != nil {
			change(&b)
		}
		if err := truth.Apply(b); err != nil {
			t.Fatal(err)
		}
		bs, events, head = append(bs, b), append(events, b.Events...), &b.Block
	}
	return bs, events, truth
}

func blocksOf(bs []graph.Batch) (ns []uint64) {
	for _, b := range bs {
		ns = append(ns, b.Block.Number)
	}
	return ns
}

// again is the state that an auditor makes of the blocks, with the documents that
// are served and the node's words, if there are any.
func again(t fataler, bs []graph.Batch, served func(storetest.Document) bool, told []graph.Shown) *rebuild.State {
	t.Helper()
	s := rebuild.New(storetest.Embed, blocksOf(bs))
	for _, b := range bs {
		if err := s.Apply(b.Block, b.Events); err != nil {
			t.Fatalf("%v", err)
		}
	}
	docs := map[string][]byte{}
	for _, d := range storetest.NewWorld().Documents {
		if served(d) {
			docs[d.CID.KeyString()] = d.Bytes
		}
	}
	for _, c := range s.Contents() {
		if doc, ok := docs[c.KeyString()]; ok {
			if err := s.Provide(c, doc); err != nil {
				t.Fatalf("%v", err)
			}
		}
	}
	for _, w := range told {
		s.Tell(w)
	}
	s.Seal()
	return s
}

func all(storetest.Document) bool { return true }

// Whatever happened and whenever contents came, the snapshot of every block is
// the mirror's.
func TestSnapshotsAreTheMirrors(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		bs, events, truth := history(t, nil)
		s := again(t, bs, all, truth.Shown(graph.Position{}, 1<<20))
		for _, b := range bs {
			got, want := must[*rebuild.Snapshot](t)(s.At(b.Block.Number)), must[*fold.Snapshot](t)(truth.At(b.Block.Number))
			compare(t, func(label string, n int) int { return rapid.IntRange(0, n-1).Draw(t, label) }, events, got, want)
		}
	})
}

// A pace looks as far as the mirror's, and no further.
func TestPacesOfATorrent(t *testing.T) {
	bs, truth := storetest.Torrent(), fold.New(storetest.Embed)
	var ids []graph.PostID
	for _, b := range bs {
		if err := truth.Apply(b); err != nil {
			t.Fatal(err)
		}
	}
	for _, e := range bs[0].Events {
		ids = append(ids, e.ID)
	}
	s := again(t, bs, all, nil)
	for _, b := range bs {
		got, want := must[*rebuild.Snapshot](t)(s.At(b.Block.Number)), must[*fold.Snapshot](t)(truth.At(b.Block.Number))
		for _, since := range []uint64{0, 700, 1_000} {
			ask := func(a asked) (any, error) { return a.Paces(ids, since) }
			same(t, "paces", ask, ask, got, want)
		}
		first := must[map[graph.PostID]graph.Pace](t)(got.Paces(ids[:1], 0))[ids[0]]
		if first.Lately != graph.PaceLately || first.Later < 15 || first.Later > 25 {
			t.Fatalf("a torrent's first post has the pace %+v", first)
		}
	}
}

// Without a node's word, what is served now counts from its event on.
func TestWithoutAWordContentsCameInTime(t *testing.T) {
	docs := storetest.NewWorld().Documents
	rapid.Check(t, func(t *rapid.T) {
		bs, events, truth := history(t, func(b *graph.Batch) {
			b.Withhold, b.Restore, b.Late = nil, nil, nil
			for _, d := range docs {
				b.Contents[d.CID] = d.Bytes
			}
		})
		s := again(t, bs, all, nil)
		n := bs[rapid.IntRange(0, len(bs)-1).Draw(t, "at")].Block.Number
		got, want := must[*rebuild.Snapshot](t)(s.At(n)), must[*fold.Snapshot](t)(truth.At(n))
		compare(t, func(label string, n int) int { return rapid.IntRange(0, n-1).Draw(t, label) }, events, got, want)
	})
}

// What is not served any more is still there, by the node's word, and the mirror root binds it.
func TestWithdrawnContentsAreThere(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		bs, events, truth := history(t, nil)
		gone := rapid.IntRange(0, 4).Draw(t, "gone")
		s := again(t, bs, func(d storetest.Document) bool { return d.CID != storetest.NewWorld().Documents[gone].CID }, truth.Shown(graph.Position{}, 1<<20))
		var ids []graph.PostID
		for _, e := range events {
			ids = append(ids, e.ID)
		}
		for _, b := range bs {
			got, want := must[*rebuild.Snapshot](t)(s.At(b.Block.Number)), must[*fold.Snapshot](t)(truth.At(b.Block.Number))
			if a, b := must[graph.Hash](t)(got.MirrorRoot()), must[graph.Hash](t)(want.MirrorRoot()); a != b {
				t.Fatalf("the mirror root is %s, want %s", a, b)
			}
			posts := must[[]graph.Post](t)(want.Posts(graph.PostQuery{IDs: ids, Limit: len(ids)}))
			for i, p := range must[[]graph.Post](t)(got.Posts(graph.PostQuery{IDs: ids, Limit: len(ids)})) {
				if p.ID != posts[i].ID || p.Status != posts[i].Status {
					t.Fatalf("post %s is %s, want %s %s", p.ID, p.Status, posts[i].ID, posts[i].Status)
				}
			}
		}
	})
}

// The same holds for a store, whose chain was reorganised on the way.
func TestSnapshotsAreTheStores(t *testing.T) {
	ctx := context.Background()
	for seed := range torture.Count(6, 200) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			m := must[*tables.Mirror](t)(sqlite.OpenMirror(ctx, filepath.Join(t.TempDir(), "mirror.db"),
				tables.Options{Embed: storetest.Embed, Schema: graph.Hash{1}, Vectors: scan.New()}))
			t.Cleanup(func() { m.Close() })
			first, bs := storetest.History(2*seed, 8), storetest.History(2*seed, 8)[:3]
			if err := m.CommitAll(ctx, first); err != nil {
				t.Fatal(err)
			}
			if err := m.Rollback(ctx, 3); err != nil {
				t.Fatal(err)
			}
			w, head := storetest.NewWorld(), &bs[2].Block
			for range 100 { // other hashes than those of the fork
				w.Next(nil, 0)
			}
			for _, b := range first[4:] { // what happens there without block 4
				next := w.Next(head, head.Time+7)
				b.Block = next
				b.Events = append([]graph.Event(nil), b.Events...)
				for i := range b.Events {
					b.Events[i].ID.Block, b.Events[i].BlockTime = next.Number, next.Time
				}
				if err := m.CommitAll(ctx, []graph.Batch{b}); err != nil {
					t.Fatal(err)
				}
				bs, head = append(bs, b), &next
			}
			told := must[[]graph.Shown](t)(m.Shown(ctx, graph.Position{}, 1<<20))
			s := again(t, bs, all, told)
			var events []graph.Event
			for _, b := range bs {
				events = append(events, b.Events...)
			}
			turn := uint64(seed)
			for _, b := range bs {
				got, want := must[*rebuild.Snapshot](t)(s.At(b.Block.Number)), must[*tables.Snapshot](t)(m.At(ctx, b.Block.Number))
				compare(t, func(_ string, n int) int { turn = turn*29 + 7; return int(turn / 5 % uint64(n)) }, events, got, want)
			}
		})
	}
}

func TestOnlyBlocksThatFollowAreTaken(t *testing.T) {
	bs := storetest.History(1, 3)
	s := rebuild.New(storetest.Embed, []uint64{1, 3})
	for i, b := range bs {
		if err := s.Apply(b.Block, b.Events); err != nil {
			t.Fatal(err)
		}
		if i == 0 {
			if err := s.Apply(bs[2].Block, bs[2].Events); err == nil {
				t.Error("block 3 follows block 1")
			}
		}
	}
	s.Seal()
	for n, kept := range map[uint64]bool{0: false, 1: true, 2: false, 3: true, 4: false} {
		if _, err := s.At(n); (err == nil) != kept {
			t.Errorf("block %d: %v", n, err)
		}
	}
}

// What is no post was there for nobody, whatever a node says of it.
func TestWhatIsNoPostNeverWasThere(t *testing.T) {
	docs := storetest.NewWorld().Documents
	rapid.Check(t, func(t *rapid.T) {
		bs, events, truth := history(t, nil)
		told := truth.Shown(graph.Position{}, 1<<20)
		for _, e := range events {
			for i := range told {
				if told[i].ID == e.ID && e.Action != graph.ActProfile && (e.CID == docs[5].CID || e.CID == docs[7].CID) { // a profile's, and nobody's
					told[i].From, told[i].Embedding = e.ID.Block, graph.Hash{1}
				}
			}
		}
		s := again(t, bs, all, told)
		for _, b := range bs {
			got, want := must[*rebuild.Snapshot](t)(s.At(b.Block.Number)), must[*fold.Snapshot](t)(truth.At(b.Block.Number))
			if a, b := must[graph.Hash](t)(got.MirrorRoot()), must[graph.Hash](t)(want.MirrorRoot()); a != b {
				t.Fatalf("the mirror root is %s, want %s", a, b)
			}
		}
	})
}
