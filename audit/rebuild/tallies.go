package rebuild

import (
	"cmp"
	"slices"
	"sort"

	"candor/graph"
	"candor/graph/fold"
)

// PostTallies counts, for each of the posts, the standing reactions, replies and
// quotes with Time ≥ since. Every id asked for has an entry.
func (v *Snapshot) PostTallies(ids []graph.PostID, since uint64) (map[graph.PostID]graph.PostTally, error) {
	n := v.block.Number
	out := make(map[graph.PostID]graph.PostTally, len(ids))
	for _, id := range ids {
		var t graph.PostTally
		about := one(v.s.postAt, id)
		for _, r := range about.reactions {
			switch {
			case !r.Has(n) || r.Time < since:
			case r.Kind == graph.Like:
				t.Likes++
			default:
				t.Reposts++
			}
		}
		for _, p := range about.answers {
			if !p.stands(n) || p.time < since {
				continue
			}
			if p.parent.ID == id {
				t.Replies++
			}
			if p.quote.ID == id {
				t.Quotes++
			}
		}
		out[id] = t
	}
	return out, nil
}

// AuthorTallies counts what each of the addresses has. Every address asked for has
// an entry; FirstSeen is 0 for one that never did anything.
func (v *Snapshot) AuthorTallies(addresses []graph.Address) (map[graph.Address]graph.AuthorTally, error) {
	n := v.block.Number
	out := make(map[graph.Address]graph.AuthorTally, len(addresses))
	for _, a := range addresses {
		who := one(v.s.people, a)
		t := graph.AuthorTally{
			Followers:     count(who.in[fold.Follows], func(e *edge) bool { return e.Has(n) }),
			Following:     count(who.out[fold.Follows], func(e *edge) bool { return e.Has(n) }),
			Posts:         count(who.posts, func(p *post) bool { return p.stands(n) }),
			LikesReceived: count(who.liked, func(r *reaction) bool { return r.Has(n) }),
		}
		if who.first > 0 && who.first <= n {
			t.FirstSeen = who.firstTime
		}
		out[a] = t
	}
	return out, nil
}

// Paces says of each of the posts how it stands among those of its author. Every id
// asked for has an entry, that of no post is zero.
func (v *Snapshot) Paces(ids []graph.PostID, since uint64) (map[graph.PostID]graph.Pace, error) {
	n := v.block.Number
	out := make(map[graph.PostID]graph.Pace, len(ids))
	for _, id := range ids {
		var pace graph.Pace
		if p := v.s.postAt[id]; p != nil && p.id.Block <= n {
			own := p.author.posts
			for i, left := len(own)-1, graph.PaceLately; i >= 0 && left > 0; i-- {
				if own[i].stands(n) {
					left--
					pace.Lately += count(own[i:i+1], func(p *post) bool { return p.time >= since })
				}
			}
			from := sort.Search(len(own), func(i int) bool { return own[i].id.Compare(id) > 0 })
			for i, left := from, graph.PaceLater; i < len(own) && left > 0; i++ {
				if own[i].stands(n) {
					left--
					pace.Later += count(own[i:i+1], func(p *post) bool { return p.parent.IsZero() })
				}
			}
		}
		out[id] = pace
	}
	return out, nil
}

func count[R any](rows []R, is func(R) bool) (n uint32) {
	for _, r := range rows {
		if is(r) {
			n++
		}
	}
	return n
}

// Trending are the present root posts with any engagement by actions with
// Time ≥ since: most engagement first, then newest.
func (v *Snapshot) Trending(since uint64, limit int) ([]graph.PostID, error) {
	n := v.block.Number
	sums := make([]uint32, len(v.s.posts))
	first := sort.Search(len(v.s.acts), func(i int) bool { return v.s.acts[i].time >= since })
	for i := range v.s.acts[first:] {
		if a := &v.s.acts[first+i]; a.Has(n) {
			sums[a.about.place] += a.weight
		}
	}
	best := leaders[uint32]{limit: limit}
	for place, sum := range sums {
		if sum == 0 || !best.takes(sum) {
			continue
		}
		if p := v.s.posts[place]; p.parent.IsZero() && p.at(n).status(p.stands(n), n) == graph.Present {
			best.put(sum, p)
		}
	}
	return best.ids(), nil
}

// Near are the present posts whose embedding has the largest inner product with
// e, then newest first. A zero embedding is near to nothing.
func (v *Snapshot) Near(e *graph.Embedding, limit int) ([]graph.PostID, error) {
	if *e == (graph.Embedding{}) {
		return nil, nil
	}
	n, wide := v.block.Number, e.Widen()
	best := leaders[int32]{limit: limit}
	for i := range v.s.shown {
		d := &v.s.shown[i]
		if !d.Has(n) || d.veiled && d.content.hidden(n) {
			continue
		}
		if dot := wide.Dot(d.embedding); best.takes(dot) {
			best.put(dot, d.of)
		}
	}
	for _, l := range v.s.lost {
		if l.present <= n && l.Has(n) && !l.hidden(n) {
			v.unsure = true // it may have been nearer
		}
	}
	return best.ids(), nil
}

// leaders are the posts with the largest keys so far, the newest first among
// equals. Twice as many as asked for are held before the lesser half is dropped.
type leaders[K cmp.Ordered] struct {
	limit int
	rows  []leader[K]
	least K // once full: what is less does not lead
	full  bool
}

type leader[K cmp.Ordered] struct {
	key K
	of  *post
}

func (l *leaders[K]) takes(key K) bool { return l.limit > 0 && (!l.full || key >= l.least) }

func (l *leaders[K]) put(key K, p *post) {
	if l.rows = append(l.rows, leader[K]{key, p}); len(l.rows) >= 2*l.limit {
		l.cut()
	}
}

func (l *leaders[K]) cut() {
	slices.SortFunc(l.rows, func(a, b leader[K]) int { return cmp.Or(cmp.Compare(b.key, a.key), b.of.place-a.of.place) })
	if len(l.rows) >= l.limit && l.limit > 0 {
		l.rows = l.rows[:l.limit]
		l.least, l.full = l.rows[l.limit-1].key, true
	}
}

func (l *leaders[K]) ids() (ids []graph.PostID) {
	l.cut()
	for _, r := range l.rows {
		ids = append(ids, r.of.id)
	}
	return ids
}
