package fold

import (
	"slices"

	"github.com/ipfs/go-cid"

	"candor/graph"
)

// Shown is what became of the contents that events behind the position name, in
// chain order, at most limit.
func (s *State) Shown(after graph.Position, limit int) []graph.Shown {
	var all []graph.Shown
	add := func(id graph.Position, c cid.Cid, from uint64, digest graph.Hash) {
		if id.Compare(after) <= 0 {
			return
		}
		row := graph.Shown{ID: id, From: from, Embedding: digest}
		for _, w := range s.withheld[c] {
			row.Withheld = append(row.Withheld, graph.Span{From: w.from, To: w.to})
		}
		all = append(all, row)
	}
	for _, p := range s.posts {
		for i, v := range p.versions {
			id, digest := p.ID, graph.Hash{}
			if i > 0 {
				id = v.edited
			}
			if v.present != never {
				digest = graph.EmbeddingDigest(&v.embedding)
			}
			add(id, v.cid, v.present, digest)
		}
	}
	for _, p := range s.profiles {
		add(p.ID, p.CID, p.present, graph.Hash{})
	}
	slices.SortFunc(all, func(a, b graph.Shown) int { return a.ID.Compare(b.ID) })
	return all[:min(max(limit, 0), len(all))]
}
