package scan

import (
	"container/heap"

	"candor/graph"
)

// search offers the rows [from, to) that are valid at the block.
func search(pages []*page, e *graph.Embedding, from, to int, block uint64, best *nearest) {
	wide := e.Widen()
	for from < to {
		p := pages[from/pageRows]
		end := min(to-from/pageRows*pageRows, pageRows)
		for i := from % pageRows; i < end; i++ {
			r := &p.rows[i]
			if r.from > block || r.to.Load() <= block {
				continue
			}
			if d := wide.Dot((*graph.Embedding)(p.vecs[i*dim:])); d >= best.least {
				best.offer(hit{d, r.id})
			}
		}
		from += pageRows - from%pageRows
	}
}

type hit struct {
	dot int32
	id  graph.PostID
}

func (h hit) before(o hit) bool {
	return h.dot > o.dot || h.dot == o.dot && h.id.Compare(o.id) > 0
}

// nearest is the best hits so far, a heap whose root is the worst of them.
type nearest struct {
	hits  []hit
	limit int
	least int32 // a hit below it is none
}

func newNearest(limit, rows int) *nearest {
	limit = min(limit, rows)
	return &nearest{hits: make([]hit, 0, limit), limit: limit, least: -1 << 31}
}

// Len, Less, Swap, Push and Pop are heap.Interface.
func (n *nearest) Len() int           { return len(n.hits) }
func (n *nearest) Less(i, j int) bool { return n.hits[j].before(n.hits[i]) }
func (n *nearest) Swap(i, j int)      { n.hits[i], n.hits[j] = n.hits[j], n.hits[i] }
func (n *nearest) Push(h any)         { n.hits = append(n.hits, h.(hit)) }
func (n *nearest) Pop() any {
	last := len(n.hits) - 1
	h := n.hits[last]
	n.hits = n.hits[:last]
	return h
}

func (n *nearest) offer(h hit) {
	switch {
	case len(n.hits) < n.limit:
		heap.Push(n, h)
	case len(n.hits) > 0 && h.before(n.hits[0]):
		n.hits[0] = h
		heap.Fix(n, 0)
	}
	if len(n.hits) == n.limit && n.limit > 0 {
		n.least = n.hits[0].dot
	}
}

// ids empties the heap, best first.
func (n *nearest) ids() []graph.PostID {
	out := make([]graph.PostID, len(n.hits))
	for i := len(out) - 1; i >= 0; i-- {
		out[i] = heap.Pop(n).(hit).id
	}
	return out
}
