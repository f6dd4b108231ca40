package rebuild

import (
	"fmt"
	"slices"
	"sort"

	"candor/graph"
	"candor/graph/fold"
)

// Snapshot is a sealed State at one block. Its answers are those of fold.Snapshot,
// in the same order, and none of its methods fails. One is for one asker at a time.
type Snapshot struct {
	// Alter, when set, changes every post that an answer shows: what would the
	// features be, had somebody else written it?
	Alter func(*graph.Post)

	s     *State
	block graph.Block
	// An answer rests on withdrawn contents: lost on a post's, unsure on what is
	// asked of all posts and people at once.
	lost, unsure bool
}

// At is the graph as it was after the block, one of those that New was told of.
func (s *State) At(block uint64) (*Snapshot, error) {
	b, ok := s.blocks[block]
	if !ok {
		return nil, fmt.Errorf("block %d was not kept: name it to New, and apply it", block)
	}
	return &Snapshot{s: s, block: b}, nil
}

// Block is the block that the snapshot shows.
func (v *Snapshot) Block() graph.Block { return v.block }

// MirrorRoot is graph.MirrorRoot over all posts up to the block, removed ones too.
func (v *Snapshot) MirrorRoot() (graph.Hash, error) { return v.s.roots[v.block.Number], nil }

// row is what lists are made of; lists are in the order of the chain.
type row interface{ position() graph.Position }

func (p *post) position() graph.Position     { return p.id }
func (r *reaction) position() graph.Position { return r.ID }
func (e *edge) position() graph.Position     { return e.ID }

// newest merges the lists from their ends on: at most limit rows up to the block
// that keep takes, newest first.
func newest[R row](lists [][]R, block uint64, limit, fallback int, keep func(R) bool) (out []R) {
	if limit <= 0 {
		limit = fallback
	}
	heap := lists[:0:0] // the list with the newest last row is on top
	newer := func(a, b []R) bool { return a[len(a)-1].position().Compare(b[len(b)-1].position()) > 0 }
	for _, l := range lists {
		if n := sort.Search(len(l), func(i int) bool { return l[i].position().Block > block }); n > 0 {
			heap = append(heap, l[:n])
		}
	}
	down := func(i int) {
		for {
			top := i
			for child := 2*i + 1; child <= 2*i+2 && child < len(heap); child++ {
				if newer(heap[child], heap[top]) {
					top = child
				}
			}
			if top == i {
				return
			}
			heap[i], heap[top] = heap[top], heap[i]
			i = top
		}
	}
	for i := len(heap)/2 - 1; i >= 0; i-- {
		down(i)
	}
	for len(heap) > 0 && len(out) < limit {
		l := heap[0]
		if last := l[len(l)-1]; keep(last) {
			out = append(out, last)
		}
		if heap[0] = l[:len(l)-1]; len(heap[0]) == 0 {
			heap[0] = heap[len(heap)-1]
			heap = heap[:len(heap)-1]
		}
		down(0)
	}
	return out
}

// set is a test for being one of the keys; any is, when there are none.
func set[K comparable](keys []K) func(K) bool {
	if len(keys) == 0 {
		return func(K) bool { return true }
	}
	m := make(map[K]bool, len(keys))
	for _, k := range keys {
		m[k] = true
	}
	return func(k K) bool { return m[k] }
}

// lists are those of the different keys, and how many rows they have together.
func lists[K comparable, R any](keys []K, of func(K) []R) (out [][]R, rows int) {
	seen := make(map[K]bool, len(keys))
	for _, k := range keys {
		if l := of(k); !seen[k] && len(l) > 0 {
			seen[k] = true
			out, rows = append(out, l), rows+len(l)
		}
	}
	return out, rows
}

// one is what the state has under the key, or an empty one.
func one[K comparable, V any](m map[K]*V, k K) *V {
	if v := m[k]; v != nil {
		return v
	}
	return new(V)
}

// show is the post as it is at the block: text only while it is present.
func (v *Snapshot) show(p *post) graph.Post {
	n := v.block.Number
	at := p.at(n)
	out := graph.Post{ID: p.id, Author: p.author.address, CID: at.cid, Time: p.time, Parent: p.parent, Quote: p.quote, Status: at.status(p.stands(n), n)}
	if at != p.versions[0] {
		out.Edited = at.at
	}
	if out.Status == graph.Present {
		if at.doc.known {
			out.Content, out.Embedding = *at.doc.post, at.embedding
		} else {
			v.lost = true
		}
	}
	if v.Alter != nil {
		v.Alter(&out)
	}
	return out
}

// Posts are the posts that the query asks for, newest position first. Removed
// ones are among them only when the query names IDs.
func (v *Snapshot) Posts(q graph.PostQuery) ([]graph.Post, error) {
	var from [][]*post
	switch {
	case len(q.IDs) > 0:
		var named []*post
		for _, id := range q.IDs {
			if p := v.s.postAt[id]; p != nil {
				named = append(named, p)
			}
		}
		slices.SortFunc(named, func(a, b *post) int { return a.place - b.place })
		from = [][]*post{slices.Compact(named)}
	case len(q.Authors) > 0:
		from, _ = lists(q.Authors, func(a graph.Address) []*post { return one(v.s.people, a).posts })
	case len(q.Parents) > 0: // of what only quotes them, nothing is kept below
		var answers []*post
		found, _ := lists(q.Parents, func(id graph.PostID) []*post { return one(v.s.postAt, id).answers })
		for _, l := range found {
			answers = append(answers, l...)
		}
		slices.SortFunc(answers, func(a, b *post) int { return a.place - b.place })
		from = [][]*post{slices.Compact(answers)}
	default:
		from = [][]*post{v.s.posts}
	}
	authors, parents, n := set(q.Authors), set(q.Parents), v.block.Number
	found := newest(from, n, q.Limit, fold.DefaultPosts, func(p *post) bool {
		return (len(q.IDs) > 0 || p.stands(n)) && authors(p.author.address) && parents(p.parent.ID) &&
			(q.Before.IsZero() || p.id.Compare(q.Before) < 0) && p.time >= q.Since && (!q.Roots || p.parent.IsZero())
	})
	out := make([]graph.Post, len(found))
	for i, p := range found {
		out[i] = v.show(p)
	}
	return out, nil
}

// Follows are the edges that the query asks for, newest position first.
func (v *Snapshot) Follows(q graph.FollowQuery) ([]graph.Follow, error) {
	return v.edges(fold.Follows, q), nil
}

// BlockEdges say who blocks whom, newest position first.
func (v *Snapshot) BlockEdges(q graph.FollowQuery) ([]graph.Follow, error) {
	return v.edges(fold.Blocks, q), nil
}

func (v *Snapshot) edges(kind fold.Edge, q graph.FollowQuery) []graph.Follow {
	out := func(a graph.Address) []*edge { return one(v.s.people, a).out[kind] }
	in := func(a graph.Address) []*edge { return one(v.s.people, a).in[kind] }
	from, rows := lists(q.From, out)
	if to, fewer := lists(q.To, in); len(q.From) == 0 || len(q.To) > 0 && fewer < rows {
		from = to
	}
	if len(q.From)+len(q.To) == 0 {
		for a := range v.s.people {
			from = append(from, out(a))
		}
	}
	by, of, n := set(q.From), set(q.To), v.block.Number
	found := newest(from, n, q.Limit, fold.DefaultRows, func(e *edge) bool { return e.Has(n) && by(e.Follow.From) && of(e.Follow.To) })
	follows := make([]graph.Follow, len(found))
	for i, e := range found {
		follows[i] = e.Follow
	}
	return follows
}

// Reactions are the reactions that the query asks for, newest position first.
func (v *Snapshot) Reactions(q graph.ReactionQuery) ([]graph.Reaction, error) {
	from, rows := lists(q.Authors, func(a graph.Address) []*reaction { return one(v.s.people, a).reactions })
	if of, fewer := lists(q.Subjects, func(id graph.PostID) []*reaction { return one(v.s.postAt, id).reactions }); len(q.Authors) == 0 || len(q.Subjects) > 0 && fewer < rows {
		from = of
	}
	if len(q.Authors)+len(q.Subjects) == 0 {
		from = [][]*reaction{v.s.reactions}
	}
	by, of, n := set(q.Authors), set(q.Subjects), v.block.Number
	found := newest(from, n, q.Limit, fold.DefaultRows, func(r *reaction) bool {
		return r.Has(n) && by(r.Author) && of(r.Reaction.Subject) && r.Time >= q.Since
	})
	out := make([]graph.Reaction, len(found))
	for i, r := range found {
		out[i] = r.Reaction
	}
	return out, nil
}

// Profiles are the profiles of those of the addresses that have one, in address order.
func (v *Snapshot) Profiles(addresses []graph.Address) (out []graph.Profile, err error) {
	n := v.block.Number
	addresses = slices.Clone(addresses)
	slices.SortFunc(addresses, graph.Address.Cmp)
	for _, a := range slices.Compact(addresses) {
		who := one(v.s.people, a)
		for i, p := range who.profiles {
			if !p.Has(n) {
				continue
			}
			shown := graph.Profile{Address: a, ID: p.at, CID: p.cid, Imported: who.imported[i], Status: p.status(true, n)}
			if shown.Status == graph.Present {
				if p.doc.known {
					shown.Content = *p.doc.profile
				} else {
					v.unsure = true // it may ask to be hidden
				}
			}
			out = append(out, shown)
		}
	}
	return out, nil
}
