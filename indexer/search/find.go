package search

import (
	"cmp"
	"slices"
	"strings"

	"github.com/ipfs/go-cid"

	"candor/graph"
)

// errFilling is what readers get while the index is filled.
var errFilling = graph.Later("the words of what was said before are still being read: ask again in a moment")

// limits on the work of one question.
const (
	most     = 1_000 // answers by default
	lookedUp = 200   // of those that have the words, at once
)

// Posts are the posts present in the snapshot that have all the words, newest first.
func (x *Index) Posts(snap Snapshot, q graph.TextQuery) (out []graph.PostID, err error) {
	type named struct {
		id  graph.PostID
		cid cid.Cid
	}
	var all []named
	err = x.each(q, func(d *document) {
		for _, id := range d.posts {
			all = append(all, named{id, d.cid})
		}
	})
	if err != nil {
		return nil, err
	}
	slices.SortFunc(all, func(a, b named) int { return b.id.Compare(a.id) })
	limit := cmp.Or(max(q.Limit, 0), most)
	for len(all) > 0 && len(out) < limit {
		some := all[:min(lookedUp, len(all))]
		all = all[len(some):]
		ids := make([]graph.PostID, len(some))
		for i, s := range some {
			ids[i] = s.id
		}
		posts, err := snap.Posts(graph.PostQuery{IDs: ids, Limit: len(ids)})
		if err != nil {
			return nil, err
		}
		is := make(map[graph.PostID]cid.Cid, len(posts))
		for _, p := range posts {
			if p.Status == graph.Present {
				is[p.ID] = p.CID
			}
		}
		for _, s := range some {
			if c, ok := is[s.id]; ok && c.Equals(s.cid) && len(out) < limit {
				out = append(out, s.id)
			}
		}
	}
	return out, nil
}

// People are the people whose profile, present in the snapshot, has all the words,
// the newest profile first.
func (x *Index) People(snap Snapshot, q graph.TextQuery) ([]graph.Address, error) {
	contents := map[cid.Cid]bool{}
	var who []graph.Address
	err := x.each(q, func(d *document) {
		contents[d.cid] = len(d.people) > 0
		who = append(who, d.people...)
	})
	if err != nil {
		return nil, err
	}
	slices.SortFunc(who, graph.Address.Cmp)
	people, err := snap.Profiles(slices.Compact(who))
	if err != nil {
		return nil, err
	}
	people = slices.DeleteFunc(people, func(p graph.Profile) bool { return p.Status != graph.Present || !contents[p.CID] })
	slices.SortFunc(people, func(a, b graph.Profile) int { return b.ID.Compare(a.ID) })
	people = people[:min(len(people), cmp.Or(max(q.Limit, 0), most))]
	out := make([]graph.Address, len(people))
	for i, p := range people {
		out[i] = p.Address
	}
	return out, nil
}

// each gives the documents that have all the words.
func (x *Index) each(q graph.TextQuery, take func(*document)) error {
	x.mu.RLock()
	defer x.mu.RUnlock()
	if !x.filled {
		return errFilling
	}
	if len(q.Words) == 0 {
		return nil
	}
	lists := make([][]uint32, len(q.Words))
	for i, w := range q.Words {
		if q.Prefix && i == len(q.Words)-1 {
			lists[i] = x.beginning(w)
		} else if t := x.terms[w]; t != nil {
			lists[i] = t.docs
		}
		if len(lists[i]) == 0 {
			return nil
		}
	}
	slices.SortFunc(lists, func(a, b []uint32) int { return len(a) - len(b) })
	for _, n := range lists[0] {
		if !slices.ContainsFunc(lists[1:], func(l []uint32) bool { _, there := slices.BinarySearch(l, n); return !there }) {
			take(x.docs[n])
		}
	}
	return nil
}

// beginning are the documents with a word that begins so, ascending.
func (x *Index) beginning(prefix string) []uint32 {
	seen := make([]bool, len(x.docs))
	n := 0
	for w, t := range x.terms {
		if !strings.HasPrefix(w, prefix) {
			continue
		}
		for _, d := range t.docs {
			if !seen[d] {
				seen[d] = true
				n++
			}
		}
	}
	out := make([]uint32, 0, n)
	for d, is := range seen {
		if is {
			out = append(out, uint32(d))
		}
	}
	return out
}
