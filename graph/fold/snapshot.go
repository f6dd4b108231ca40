package fold

import (
	"cmp"
	"slices"

	"github.com/ipfs/go-cid"

	"candor/graph"
)

// How many rows a query gives when it sets no limit.
const (
	DefaultPosts = 1_000
	DefaultRows  = 10_000
)

// Snapshot is a State at one block. Its answers are what every mirror must give;
// none of its methods fails. A text in an answer is shared: do not change it.
type Snapshot struct {
	s     *State
	block graph.Block
}

// Block is the block that the snapshot shows.
func (v *Snapshot) Block() graph.Block { return v.block }

func set[K comparable](keys []K) func(K) bool {
	m := make(map[K]bool, len(keys))
	for _, k := range keys {
		m[k] = true
	}
	return func(k K) bool { return len(m) == 0 || m[k] }
}

// newest calls keep from the last row to the first, until it has given limit trues.
func newest[R any](rows []R, limit, fallback int, keep func(R) bool) {
	if limit <= 0 {
		limit = fallback
	}
	for i := len(rows) - 1; i >= 0 && limit > 0; i-- {
		if keep(rows[i]) {
			limit--
		}
	}
}

func (v *Snapshot) exists(p *post) bool { return p.ID.Block <= v.block.Number }
func (v *Snapshot) stands(p *post) bool { return v.exists(p) && p.removed > v.block.Number }

// content is the post's content at the block; at and after a removal, its last.
func (v *Snapshot) content(p *post) *version {
	at := p.versions[0]
	for _, next := range p.versions[1:] {
		if next.from <= v.block.Number {
			at = next
		}
	}
	return at
}

// status is the status at the block of what stands or not.
func (v *Snapshot) status(stands bool, c cid.Cid, present uint64) graph.Status {
	switch {
	case !stands:
		return graph.Removed
	case v.s.hidden(c, v.block.Number):
		return graph.Withheld
	case present <= v.block.Number:
		return graph.Present
	}
	return graph.Unavailable
}

// show is the post as it is at the block: text only while it is present.
func (v *Snapshot) show(p *post) graph.Post {
	out, at := p.Post, v.content(p)
	out.CID, out.Edited = at.cid, at.edited
	if out.Status = v.status(v.stands(p), at.cid, at.present); out.Status == graph.Present {
		out.Content, out.Embedding = at.content, at.embedding
	}
	return out
}

func (v *Snapshot) present(p *post) bool { return v.exists(p) && v.show(p).Status == graph.Present }

// Posts are the posts that the query asks for, newest position first. Removed
// ones are among them only when the query names IDs.
func (v *Snapshot) Posts(q graph.PostQuery) (out []graph.Post, err error) {
	ids, authors, parents := set(q.IDs), set(q.Authors), set(q.Parents)
	newest(v.s.posts, q.Limit, DefaultPosts, func(p *post) bool {
		ok := v.exists(p) && (len(q.IDs) > 0 || v.stands(p)) &&
			ids(p.ID) && authors(p.Author) && parents(p.Parent.ID) &&
			(q.Before.IsZero() || p.ID.Compare(q.Before) < 0) &&
			p.Time >= q.Since && (!q.Roots || p.Parent.IsZero())
		if ok {
			out = append(out, v.show(p))
		}
		return ok
	})
	return out, nil
}

// PostsByCID are the posts whose content this is, or was when they were removed,
// newest position first, at most limit (0 means 1,000).
func (v *Snapshot) PostsByCID(c cid.Cid, limit int) (out []graph.Post, err error) {
	newest(v.s.posts, limit, DefaultPosts, func(p *post) bool {
		ok := v.exists(p) && v.content(p).cid.Equals(c)
		if ok {
			out = append(out, v.show(p))
		}
		return ok
	})
	return out, nil
}

// Follows are the edges that the query asks for, newest position first.
func (v *Snapshot) Follows(q graph.FollowQuery) ([]graph.Follow, error) {
	return v.edges(Follows, q), nil
}

// Requests are the requests to follow that nobody has answered, newest position first.
func (v *Snapshot) Requests(q graph.FollowQuery) ([]graph.Follow, error) {
	return v.edges(Requested, q), nil
}

// BlockEdges say who blocks whom, newest position first.
func (v *Snapshot) BlockEdges(q graph.FollowQuery) ([]graph.Follow, error) {
	return v.edges(Blocks, q), nil
}

func (v *Snapshot) edges(kind Edge, q graph.FollowQuery) (out []graph.Follow) {
	from, to := set(q.From), set(q.To)
	newest(v.s.edges[kind], q.Limit, DefaultRows, func(r *edge) bool {
		ok := r.has(v.block.Number) && from(r.From) && to(r.To)
		if ok {
			out = append(out, r.Follow)
		}
		return ok
	})
	return out
}

// Policies are the policies of those of the addresses that are not open.
func (v *Snapshot) Policies(addresses []graph.Address) (map[graph.Address]graph.Policy, error) {
	out := map[graph.Address]graph.Policy{}
	for _, a := range addresses {
		now := graph.PolicyOpen
		for _, p := range v.s.policies[a] {
			if p.id.Block <= v.block.Number {
				now = p.Policy
			}
		}
		if now != graph.PolicyOpen {
			out[a] = now
		}
	}
	return out, nil
}

// Reactions are the reactions that the query asks for, newest position first.
func (v *Snapshot) Reactions(q graph.ReactionQuery) (out []graph.Reaction, err error) {
	authors, subjects := set(q.Authors), set(q.Subjects)
	newest(v.s.reactions, q.Limit, DefaultRows, func(r *reaction) bool {
		ok := r.has(v.block.Number) && authors(r.Author) && subjects(r.Subject) && r.Time >= q.Since
		if ok {
			out = append(out, r.Reaction)
		}
		return ok
	})
	return out, nil
}

func (v *Snapshot) profilesWhere(keep func(graph.Address) bool) (out []graph.Profile) {
	for _, p := range v.s.profiles {
		if !p.has(v.block.Number) || !keep(p.Address) {
			continue
		}
		shown := p.Profile
		if shown.Status = v.status(true, p.CID, p.present); shown.Status != graph.Present {
			shown.Content = graph.ProfileContent{}
		}
		out = append(out, shown)
	}
	slices.SortFunc(out, func(a, b graph.Profile) int { return a.Address.Cmp(b.Address) })
	return out
}

// Profiles are the profiles of those of the addresses that have one, in address order.
func (v *Snapshot) Profiles(addresses []graph.Address) ([]graph.Profile, error) {
	if len(addresses) == 0 {
		return nil, nil
	}
	return v.profilesWhere(set(addresses)), nil
}

// ProfilesAfter pages through all profiles in address order: at most limit (0
// means 1,000) of those behind the address.
func (v *Snapshot) ProfilesAfter(after graph.Address, limit int) ([]graph.Profile, error) {
	if limit <= 0 {
		limit = DefaultPosts
	}
	all := v.profilesWhere(func(a graph.Address) bool { return a.Cmp(after) > 0 })
	return all[:min(limit, len(all))], nil
}

// PostTallies counts, for each of the posts, the standing reactions, replies and
// quotes with Time ≥ since. Every id asked for has an entry.
func (v *Snapshot) PostTallies(ids []graph.PostID, since uint64) (map[graph.PostID]graph.PostTally, error) {
	all := v.tallies(since)
	out := make(map[graph.PostID]graph.PostTally, len(ids))
	for _, id := range ids {
		out[id] = all[id]
	}
	return out, nil
}

func (v *Snapshot) tallies(since uint64) map[graph.PostID]graph.PostTally {
	m := map[graph.PostID]graph.PostTally{}
	for _, r := range v.s.reactions {
		if !r.has(v.block.Number) || r.Time < since {
			continue
		}
		t := m[r.Subject]
		if r.Kind == graph.Like {
			t.Likes++
		} else {
			t.Reposts++
		}
		m[r.Subject] = t
	}
	for _, p := range v.s.posts {
		if !v.stands(p) || p.Time < since {
			continue
		}
		if id := p.Parent.ID; !id.IsZero() {
			t := m[id]
			t.Replies++
			m[id] = t
		}
		if id := p.Quote.ID; !id.IsZero() {
			t := m[id]
			t.Quotes++
			m[id] = t
		}
	}
	return m
}

// AuthorTallies counts what each of the addresses has. Every address asked for
// has an entry; FirstSeen is 0 for one that never did anything. Likes count
// whether or not the liked post still stands.
func (v *Snapshot) AuthorTallies(addresses []graph.Address) (map[graph.Address]graph.AuthorTally, error) {
	all := map[graph.Address]*graph.AuthorTally{}
	for _, a := range addresses {
		all[a] = &graph.AuthorTally{}
		if f, ok := v.s.seen[a]; ok && f.id.Block <= v.block.Number {
			all[a].FirstSeen = f.time
		}
	}
	for _, f := range v.s.edges[Follows] {
		if !f.has(v.block.Number) {
			continue
		}
		if t := all[f.To]; t != nil {
			t.Followers++
		}
		if t := all[f.From]; t != nil {
			t.Following++
		}
	}
	for _, p := range v.s.posts {
		if t := all[p.Author]; t != nil && v.stands(p) {
			t.Posts++
		}
	}
	for _, r := range v.s.reactions {
		if t := all[r.receiver]; t != nil && r.Kind == graph.Like && r.has(v.block.Number) {
			t.LikesReceived++
		}
	}
	out := make(map[graph.Address]graph.AuthorTally, len(all))
	for a, t := range all {
		out[a] = *t
	}
	return out, nil
}

// Paces says of each of the posts how it stands among those of its author: Lately
// are those with Time ≥ since. Every id asked for has an entry, that of no post is zero.
func (v *Snapshot) Paces(ids []graph.PostID, since uint64) (map[graph.PostID]graph.Pace, error) {
	by := map[graph.Address][]*post{} // standing ones, oldest first
	author := map[graph.PostID]graph.Address{}
	for _, p := range v.s.posts {
		if v.exists(p) {
			author[p.ID] = p.Author
		}
		if v.stands(p) {
			by[p.Author] = append(by[p.Author], p)
		}
	}
	out := make(map[graph.PostID]graph.Pace, len(ids))
	for _, id := range ids {
		var pace graph.Pace
		own, later := by[author[id]], 0
		for i, p := range own {
			if len(own)-i <= graph.PaceLately && p.Time >= since {
				pace.Lately++
			}
			if p.ID.Compare(id) <= 0 {
				continue
			}
			if later++; later <= graph.PaceLater && p.Parent.IsZero() {
				pace.Later++
			}
		}
		out[id] = pace
	}
	return out, nil
}

type ranked[K cmp.Ordered] struct {
	id  graph.PostID
	key K
}

// top is the ids by key descending, then newest first, at most limit.
func top[K cmp.Ordered](rows []ranked[K], limit int) (ids []graph.PostID) {
	slices.SortFunc(rows, func(a, b ranked[K]) int {
		return cmp.Or(cmp.Compare(b.key, a.key), b.id.Compare(a.id))
	})
	for _, r := range rows[:min(max(limit, 0), len(rows))] {
		ids = append(ids, r.id)
	}
	return ids
}

// Trending are the present root posts with any engagement by actions with
// Time ≥ since: most engagement first, then newest.
func (v *Snapshot) Trending(since uint64, limit int) ([]graph.PostID, error) {
	tallies := v.tallies(since)
	var rows []ranked[uint32]
	for _, p := range v.s.posts {
		if n := tallies[p.ID].Engagement(); n > 0 && v.present(p) && p.Parent.IsZero() {
			rows = append(rows, ranked[uint32]{p.ID, n})
		}
	}
	return top(rows, limit), nil
}

// Near are the present posts whose embedding has the largest inner product with
// e, then newest first. A zero embedding is near to nothing.
func (v *Snapshot) Near(e *graph.Embedding, limit int) ([]graph.PostID, error) {
	var zero graph.Embedding
	if *e == zero {
		return nil, nil
	}
	var rows []ranked[int32]
	for _, p := range v.s.posts {
		if at := v.content(p); v.present(p) && at.embedding != zero {
			rows = append(rows, ranked[int32]{p.ID, e.Dot(&at.embedding)})
		}
	}
	return top(rows, limit), nil
}

// MirrorRoot is graph.MirrorRoot over all posts up to the block, removed ones too.
func (v *Snapshot) MirrorRoot() (graph.Hash, error) {
	return graph.MirrorRoot(v.entries()), nil
}

// MirrorProof shows that the post is under MirrorRoot, and with what status.
func (v *Snapshot) MirrorProof(id graph.PostID) (graph.MirrorProof, error) {
	entries := v.entries()
	i, ok := slices.BinarySearchFunc(entries, id, func(e graph.MirrorEntry, id graph.PostID) int { return e.ID.Compare(id) })
	if !ok {
		return graph.MirrorProof{}, graph.NotFound("block %d has no post %s: ask for one that was published by then", v.Block().Number, id)
	}
	return *graph.ProveMirror(entries, uint64(i)), nil
}

func (v *Snapshot) entries() (entries []graph.MirrorEntry) {
	for _, p := range v.s.posts {
		if !v.exists(p) {
			break
		}
		shown := v.show(p)
		entry := graph.MirrorEntry{ID: p.ID, Status: shown.Status}
		if entry.Status == graph.Present {
			entry.Embedding = graph.EmbeddingDigest(&shown.Embedding)
		}
		entries = append(entries, entry)
	}
	return entries
}
