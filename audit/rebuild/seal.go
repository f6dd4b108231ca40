package rebuild

import (
	"cmp"
	"maps"
	"slices"

	"candor/graph"
)

// sealed is what a State works out once it has everything.
type sealed struct {
	acts    []act
	shown   []display  // of posts with an embedding
	lost    []*version // withdrawn ones
	roots   map[uint64]graph.Hash
	rootOf  map[graph.Hash]uint64 // the first block with this root
	pools   pools
	misread *version // the first whose embedding the node says wrongly
}

// act is what made a post trend: a reaction to it, a reply, a quote.
type act struct {
	graph.Span
	time   uint64
	about  *post
	weight uint32
}

// display is a post's content while it is there to be near to something.
type display struct {
	graph.Span
	of        *post
	content   *content
	veiled    bool             // it was withheld at times
	embedding *graph.Embedding // the content's
}

// Seal ends the filling: from here on the state changes no more.
func (s *State) Seal() {
	for _, v := range s.naming {
		s.settle(v)
	}
	s.settleActs()
	for _, p := range s.posts {
		for _, v := range p.versions {
			switch {
			case v.present >= v.To:
			case !v.doc.known:
				s.lost = append(s.lost, v)
			case v.embedding != graph.Embedding{}:
				s.shown = append(s.shown, display{graph.Span{From: max(v.From, v.present), To: v.To}, p, v.content, len(v.withheld) > 0, &v.embedding})
			}
		}
	}
	s.settleRoots()
}

// settle decides from when the content is there. Without a node's word it was
// there from its event on, if it can be had now. What is no document of its kind
// never was, whoever says otherwise.
func (s *State) settle(v *version) {
	fits := v.doc.post != nil
	if v.profile {
		fits = v.doc.profile != nil
	}
	if !s.told && fits {
		v.present = v.From
	}
	if v.doc.known && !fits {
		v.present = never
	}
	if v.doc.known && !v.profile {
		mine := graph.EmbeddingDigest(&v.embedding)
		if v.digest != (graph.Hash{}) && (v.digest != mine || !fits) && (s.misread == nil || v.at.Compare(s.misread.at) < 0) {
			s.misread = v
		}
		v.digest = mine
	}
}

func (s *State) settleActs() {
	for _, r := range s.reactions {
		weight := uint32(1)
		if r.Kind != graph.Like {
			weight = 2
		}
		s.acts = append(s.acts, act{r.Span, r.Time, r.subject, weight})
	}
	for _, p := range s.posts {
		for _, r := range []graph.Ref{p.parent, p.quote} {
			if about := s.postAt[r.ID]; about != nil {
				s.acts = append(s.acts, act{graph.Span{From: p.id.Block, To: p.removed}, p.time, about, 2})
			}
		}
	}
	slices.SortFunc(s.acts, func(a, b act) int { return cmp.Compare(a.time, b.time) })
}

// hidden reports whether the operator withheld the content at the block.
func (c *content) hidden(block uint64) bool {
	return slices.ContainsFunc(c.withheld, func(w graph.Span) bool { return w.Has(block) })
}

// at is the post's content at the block; at and after a removal, its last.
func (p *post) at(block uint64) *version {
	v := p.versions[0]
	for _, next := range p.versions[1:] {
		if next.From <= block {
			v = next
		}
	}
	return v
}

func (p *post) stands(block uint64) bool { return p.id.Block <= block && p.removed > block }

// status is the status at the block of what stands or not.
func (v *version) status(stands bool, block uint64) graph.Status {
	switch {
	case !stands:
		return graph.Removed
	case v.hidden(block):
		return graph.Withheld
	case v.present <= block:
		return graph.Present
	}
	return graph.Unavailable
}

// entry is what the mirror states of the post at the block.
func (p *post) entry(block uint64) graph.MirrorEntry {
	v := p.at(block)
	e := graph.MirrorEntry{ID: p.id, Status: v.status(p.stands(block), block)}
	if e.Status == graph.Present {
		e.Embedding = v.digest
	}
	return e
}

// turns are the blocks at which the post's entry may become another.
func (p *post) turns() (blocks []uint64) {
	for _, v := range p.versions {
		blocks = append(blocks, v.From)
		within := func(n uint64) {
			if v.From < n && n < v.To {
				blocks = append(blocks, n)
			}
		}
		within(v.present)
		for _, w := range v.withheld {
			within(w.From)
			within(w.To)
		}
	}
	if p.removed != never {
		blocks = append(blocks, p.removed)
	}
	return blocks
}

// settleRoots makes the mirror root after each block that changed something.
func (s *State) settleRoots() {
	s.roots, s.rootOf = map[uint64]graph.Hash{}, map[graph.Hash]uint64{}
	type turn struct {
		block uint64
		of    *post
	}
	var turns []turn
	for _, p := range s.posts {
		for _, n := range p.turns() {
			turns = append(turns, turn{n, p})
		}
	}
	slices.SortFunc(turns, func(a, b turn) int { return cmp.Or(cmp.Compare(a.block, b.block), cmp.Compare(a.of.place, b.of.place)) })
	turns = slices.Compact(turns)
	t := &tree{}
	root := t.root()
	for _, n := range slices.Sorted(maps.Keys(s.blocks)) {
		for len(turns) > 0 && turns[0].block <= n {
			block := turns[0].block
			for ; len(turns) > 0 && turns[0].block == block; turns = turns[1:] {
				t.put(turns[0].of.place, turns[0].of.entry(block).Leaf())
			}
			root = t.root()
			if _, known := s.rootOf[root]; !known {
				s.rootOf[root] = block
			}
		}
		s.roots[n] = root
	}
}

// tree is the mirror's Merkle tree: levels[k][i] stands over the leaves [i<<k, (i+1)<<k).
type tree struct{ levels [][]graph.Hash }

// put sets the i-th leaf, or appends it, and what is above it.
func (t *tree) put(i int, h graph.Hash) {
	for k := 0; ; k++ {
		if k == len(t.levels) {
			t.levels = append(t.levels, nil)
		}
		if i == len(t.levels[k]) {
			t.levels[k] = append(t.levels[k], h)
		}
		row := t.levels[k]
		row[i] = h
		if i|1 >= len(row) {
			return
		}
		h, i = graph.MirrorNode(row[i&^1], row[i|1]), i>>1
	}
}

// root is graph.MirrorRoot over the leaves.
func (t *tree) root() graph.Hash {
	if len(t.levels) == 0 {
		return graph.MirrorRoot(nil)
	}
	var h graph.Hash
	n := len(t.levels[0])
	for k, right := 0, false; n>>k > 0; k++ {
		if n>>k&1 == 0 {
			continue
		}
		whole := t.levels[k][n>>k-1] // the rightmost that is complete
		if right {
			whole = graph.MirrorNode(whole, h)
		}
		h, right = whole, true
	}
	return graph.SealMirror(uint64(n), h)
}
