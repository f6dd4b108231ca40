package tables

import (
	"crypto/sha256"
	"fmt"
	"math/bits"
	"slices"
	"sort"
	"sync"

	"candor/graph"
)

// tree is the mirror's Merkle tree in memory (80 bytes a post), with what every
// block of the Window changed in it, so that it gives paths as of any of those
// and can go back. A change costs the height of the tree, not its width.
type tree struct {
	mu      sync.RWMutex
	ids     []graph.PostID // in chain order
	levels  [][]graph.Hash // levels[k][i] stands over the leaves [i<<k, (i+1)<<k)
	past    map[node][]old // what nodes were, oldest first
	journal []step         // what blocks did, oldest first
	base    uint64         // the block that the journal begins behind
}

// node is a place in the tree.
type node struct {
	level int
	index uint64
}

// old is what a node was until a block changed it.
type old struct {
	block uint64
	hash  graph.Hash
}

// step is what a block did.
type step struct {
	block   uint64
	before  uint64 // how many leaves there were
	changed []node
}

// leaf is a post's leaf as a block leaves it.
type leaf struct {
	id   graph.PostID
	hash graph.Hash
}

// newTree is the tree over the leaves as they are after the block.
func newTree(block uint64, leaves []leaf) *tree {
	t := &tree{past: map[node][]old{}, base: block}
	for _, l := range leaves {
		t.append(l)
	}
	return t
}

func (t *tree) append(l leaf) {
	t.ids = append(t.ids, l.id)
	h := l.hash
	for k := 0; ; k++ {
		if k == len(t.levels) {
			t.levels = append(t.levels, nil)
		}
		t.levels[k] = append(t.levels[k], h)
		n := len(t.levels[k])
		if n%2 == 1 {
			return
		}
		h = graph.MirrorNode(t.levels[k][n-2], h)
	}
}

// apply takes a block's leaves, in chain order, and gives the root after it.
func (t *tree) apply(block uint64, changes []leaf) (graph.Hash, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	s := step{block: block, before: uint64(len(t.ids))}
	for _, l := range changes {
		i, there := slices.BinarySearchFunc(t.ids[:s.before], l.id, graph.Position.Compare)
		switch {
		case there:
			t.set(&s, uint64(i), l.hash)
		case uint64(i) == s.before && (len(t.ids) == 0 || t.ids[len(t.ids)-1].Compare(l.id) < 0):
			t.append(l)
		default:
			return graph.Hash{}, fmt.Errorf("post %s comes late into the mirror's tree: delete the mirror, it is indexed again", l.id)
		}
	}
	t.journal = append(t.journal, s)
	return graph.SealMirror(uint64(len(t.ids)), t.over(0, uint64(len(t.ids)), never)), nil
}

// root is the root over all that is there.
func (t *tree) root() graph.Hash {
	t.mu.RLock()
	defer t.mu.RUnlock()
	return graph.SealMirror(uint64(len(t.ids)), t.over(0, uint64(len(t.ids)), never))
}

// set changes a leaf and what is above it.
func (t *tree) set(s *step, i uint64, h graph.Hash) {
	for k := 0; k < len(t.levels) && i < uint64(len(t.levels[k])); k++ {
		at := node{k, i}
		if past := t.past[at]; len(past) == 0 || past[len(past)-1].block != s.block {
			t.past[at] = append(past, old{s.block, t.levels[k][i]})
			s.changed = append(s.changed, at)
		}
		t.levels[k][i] = h
		if i|1 >= uint64(len(t.levels[k])) {
			return
		}
		h = graph.MirrorNode(t.levels[k][i&^1], t.levels[k][i|1])
		i >>= 1
	}
}

// at is the node as it was after the block.
func (t *tree) at(n node, block uint64) graph.Hash {
	past := t.past[n]
	if i := sort.Search(len(past), func(i int) bool { return past[i].block > block }); i < len(past) {
		return past[i].hash
	}
	return t.levels[n.level][n.index]
}

// over is the tree hash of the leaves [from, to) as they were after the block,
// where from is a place at which RFC 6962 cuts a tree.
func (t *tree) over(from, to, block uint64) graph.Hash {
	switch n := to - from; {
	case n == 0:
		return sha256.Sum256(nil)
	case n&(n-1) == 0:
		k := bits.TrailingZeros64(n)
		return t.at(node{k, from >> k}, block)
	default:
		cut := from + 1<<(bits.Len64(n)-1)
		return graph.MirrorNode(t.over(from, cut, block), t.over(cut, to, block))
	}
}

// size is how many leaves there were after the block.
func (t *tree) size(block uint64) uint64 {
	for _, s := range t.journal {
		if s.block > block {
			return s.before
		}
	}
	return uint64(len(t.ids))
}

// proof is the path of the post's leaf as of the block; ok is false when the tree
// does not reach back so far.
func (t *tree) proof(id graph.PostID, block uint64) (p graph.MirrorProof, ok bool, err error) {
	t.mu.RLock()
	defer t.mu.RUnlock()
	if block < t.base {
		return p, false, nil
	}
	n := t.size(block)
	i, there := slices.BinarySearchFunc(t.ids[:n], id, graph.Position.Compare)
	if !there {
		return p, true, graph.NotFound("block %d of the index has no post %s: ask for one that was published by then", block, id)
	}
	p.Index, p.Entries = uint64(i), n
	p.Path = t.path(uint64(i), 0, n, block)
	return p, true, nil
}

func (t *tree) path(i, from, to, block uint64) []graph.Hash {
	n := to - from
	if n <= 1 {
		return nil
	}
	cut := from + 1<<(bits.Len64(n-1)-1)
	if i < cut {
		return append(t.path(i, from, cut, block), t.over(cut, to, block))
	}
	return append(t.path(i, cut, to, block), t.over(from, cut, block))
}

// undo goes back to what was after the block; false when it does not reach.
func (t *tree) undo(block uint64) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	if block < t.base {
		return false
	}
	for len(t.journal) > 0 {
		s := t.journal[len(t.journal)-1]
		if s.block <= block {
			break
		}
		for _, n := range s.changed {
			past := t.past[n]
			t.levels[n.level][n.index] = past[len(past)-1].hash
			if t.past[n] = past[:len(past)-1]; len(past) == 1 {
				delete(t.past, n)
			}
		}
		t.ids = t.ids[:s.before]
		for k := range t.levels {
			t.levels[k] = t.levels[k][:s.before>>k]
		}
		t.journal = t.journal[:len(t.journal)-1]
	}
	return true
}

// forget drops what is needed for blocks before the one given only.
func (t *tree) forget(block uint64) {
	t.mu.Lock()
	defer t.mu.Unlock()
	done := 0
	for _, s := range t.journal {
		if s.block > block {
			break
		}
		for _, n := range s.changed {
			past := t.past[n]
			if past = past[1:]; len(past) == 0 {
				delete(t.past, n)
			} else {
				t.past[n] = past
			}
		}
		t.base = s.block
		done++
	}
	t.journal = slices.Delete(t.journal, 0, done)
}
