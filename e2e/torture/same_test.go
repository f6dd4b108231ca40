package torture

import (
	"cmp"
	"context"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"

	"candor/graph"
	"candor/graph/fold"
	"candor/indexer"
	"candor/store/storetest"

	"github.com/ipfs/go-cid"
)

// scratch is the state of one that saw only this chain, with every document at
// its block but those that nobody serves by the version.
func scratch(l *timeline, chain []indexer.Block, version int) (*fold.State, error) {
	s := fold.New(storetest.Embed)
	for _, b := range chain {
		batch := graph.Batch{Block: b.Block, Events: b.Events, Contents: map[cid.Cid][]byte{}}
		for _, e := range b.Events {
			if e.CID.Defined() && l.from[e.CID] <= version {
				batch.Contents[e.CID] = l.docs[e.CID]
			}
		}
		if err := s.Apply(batch); err != nil {
			return nil, err
		}
	}
	return s, nil
}

// same compares the mirror with the truth in everything that can be asked at the
// head, and at some earlier blocks in everything that does not depend on when a
// document came.
func same(ctx context.Context, m mirror, truth *fold.State, rng *rand.Rand) error {
	want, _ := truth.Head()
	got, ok, err := m.Head(ctx)
	if err != nil || !ok || got != want {
		return fmt.Errorf("the head is %+v (%v, %v), not %+v", got, ok, err, want)
	}
	stats, err := m.Stats(ctx)
	if err != nil || stats != truth.Stats() {
		return fmt.Errorf("the stats are %+v (%v), not %+v", stats, err, truth.Stats())
	}
	blocks := []uint64{want.Number}
	for range 3 {
		blocks = append(blocks, 1+rng.Uint64N(want.Number))
	}
	for _, n := range blocks {
		snap, err := m.Snapshot(ctx, n)
		if err != nil {
			return fmt.Errorf("block %d: %w", n, err)
		}
		true, err := truth.At(n)
		if err != nil {
			return err
		}
		if snap.Block() != true.Block() {
			return fmt.Errorf("block %d is %+v, not %+v", n, snap.Block(), true.Block())
		}
		a, err := answers(snap, n == want.Number)
		if err != nil {
			return fmt.Errorf("block %d: %w", n, err)
		}
		b, err := answers(true, n == want.Number)
		if err != nil {
			return err
		}
		for i := range a {
			if !alike(a[i].rows, b[i].rows) {
				return fmt.Errorf("at block %d of %d %s are\n%+v, not\n%+v", n, want.Number, a[i].what, a[i].rows, b[i].rows)
			}
		}
	}
	return nil
}

func alike(a, b any) bool {
	if x, y := reflect.ValueOf(a), reflect.ValueOf(b); x.Kind() == reflect.Slice && x.Len() == 0 && y.Len() == 0 {
		return true
	}
	return reflect.DeepEqual(a, b)
}

type asked struct {
	what string
	rows any
}

// answers asks everything.
func answers(s storetest.Snapshot, atHead bool) (out []asked, err error) {
	add := func(what string, rows any, e error) {
		out = append(out, asked{what, rows})
		if err == nil && e != nil {
			err = fmt.Errorf("%s: %w", what, e)
		}
	}
	posts, e := s.Posts(graph.PostQuery{Limit: 1 << 20})
	people, e2 := s.ProfilesAfter(graph.Address{}, 1<<20)
	if e != nil || e2 != nil {
		return nil, fmt.Errorf("posts: %w, people: %w", e, e2)
	}
	var ids []graph.PostID
	var who []graph.Address
	for i := range 6 {
		who = append(who, storetest.Person(i))
	}
	for i := range posts {
		ids = append(ids, posts[i].ID)
		if !atHead {
			posts[i].Status, posts[i].Content, posts[i].Embedding = 0, graph.PostContent{}, graph.Embedding{}
		}
	}
	for i := range people {
		if !atHead {
			people[i].Status, people[i].Content = 0, graph.ProfileContent{}
		}
	}
	add("posts", posts, nil)
	add("people", people, nil)
	follows, e := s.Follows(graph.FollowQuery{Limit: 1 << 20})
	add("follows", follows, e)
	requests, e := s.Requests(graph.FollowQuery{Limit: 1 << 20})
	add("requests", requests, e)
	blocks, e := s.BlockEdges(graph.FollowQuery{Limit: 1 << 20})
	add("blocks between people", blocks, e)
	policies, e := s.Policies(who)
	add("policies", policies, e)
	reactions, e := s.Reactions(graph.ReactionQuery{Limit: 1 << 20})
	add("reactions", reactions, e)
	for _, since := range []uint64{0, 1_050} {
		tallies, e := s.PostTallies(ids, since)
		add("tallies of posts", tallies, e)
	}
	paces, e := s.Paces(ids, 1_050)
	add("paces", paces, e)
	authors, e := s.AuthorTallies(who)
	add("tallies of authors", authors, e)
	if !atHead {
		return out, err
	}
	root, e := s.MirrorRoot()
	add("mirror root", root, e)
	trending, e := s.Trending(0, 50)
	add("trending", trending, e)
	for _, text := range []string{"one", "note 3", "x"} {
		v := storetest.Embed(text)
		near, e := s.Near(&v, 1000)
		add("near "+text, near, e)
	}
	return out, err
}

// whole is same for a mirror in the middle of its way: which documents are there
// is its own affair, but what is there must fit together: the rows are those of
// the chain, each text is its CID's, and the vectors are those of the texts.
func whole(ctx context.Context, m mirror, truth *fold.State) error {
	want, _ := truth.Head()
	snap, err := m.Snapshot(ctx, want.Number)
	if err != nil {
		return err
	}
	ideal, err := truth.At(want.Number)
	if err != nil {
		return err
	}
	a, err := answers(snap, false)
	if err != nil {
		return err
	}
	b, err := answers(ideal, false)
	if err != nil {
		return err
	}
	for i := range a {
		if !alike(a[i].rows, b[i].rows) {
			return fmt.Errorf("at block %d %s are\n%+v, not\n%+v", want.Number, a[i].what, a[i].rows, b[i].rows)
		}
	}
	posts, err := snap.Posts(graph.PostQuery{Limit: 1 << 20})
	if err != nil {
		return err
	}
	var near []graph.Post
	for _, p := range posts {
		if p.Status != graph.Present {
			continue
		}
		if _, c, err := p.Content.Encode(); err != nil || !c.Equals(p.CID) || p.Embedding != storetest.Embed(p.Content.Text) {
			return fmt.Errorf("post %s has the text of %s (%v), not of %s, or another's embedding", p.ID, c, err, p.CID)
		}
		if p.Embedding != (graph.Embedding{}) {
			near = append(near, p)
		}
	}
	v := storetest.Embed("one")
	slices.SortFunc(near, func(p, q graph.Post) int {
		return cmp.Or(cmp.Compare(q.Embedding.Dot(&v), p.Embedding.Dot(&v)), q.ID.Compare(p.ID))
	})
	var ids []graph.PostID
	for _, p := range near {
		ids = append(ids, p.ID)
	}
	got, err := snap.Near(&v, 1<<20)
	if err != nil || !slices.Equal(got, ids) {
		return fmt.Errorf("at block %d the vectors are of %v (%v), not of %v", want.Number, got, err, ids)
	}
	return nil
}
