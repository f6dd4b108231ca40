package main

import "github.com/ipfs/go-cid"

// keptBlocks are the blocks of what a node keeps, by their hashes, each with the names of the
// files that it is part of and how often each of these is kept.
type keptBlocks map[string]map[cid.Cid]int

// add counts a file as kept, or as kept no more.
func (k keptBlocks) add(name cid.Cid, n int, blocks ...cid.Cid) {
	for _, b := range blocks {
		h := string(b.Hash())
		if k[h] == nil {
			k[h] = map[cid.Cid]int{}
		}
		if k[h][name] += n; k[h][name] <= 0 {
			delete(k[h], name)
		}
		if len(k[h]) == 0 {
			delete(k, h)
		}
	}
}

// set counts a file as kept once, however often it is said.
func (k keptBlocks) set(name cid.Cid, blocks ...cid.Cid) {
	for _, b := range blocks {
		if k[string(b.Hash())][name] == 0 {
			k.add(name, 1, b)
		}
	}
}

// needed says whether a block is part of something that is kept and not withheld.
func (k keptBlocks) needed(block cid.Cid, withheld func(cid.Cid) bool) bool {
	for name := range k[string(block.Hash())] {
		if !withheld(name) {
			return true
		}
	}
	return false
}

// withholds says whether the operator denies what has the name.
func (n *node) withholds(name cid.Cid) bool { return n.denied != nil && n.denied.Holds(name.Hash()) }
