package scan

import (
	"container/heap"
	"sync"

	"candor/graph"
)

const (
	dim   = graph.EmbeddingDim
	never = ^uint64(0)
	// spread is how many vectors make a second goroutine worth its start.
	spread = 2_048
)

// Index holds the vectors in one block of memory, a row of 384 bytes each, in
// the order in which they were put. It may be used by many at once.
type Index struct {
	mu   sync.RWMutex
	vecs []int8
	rows []row
	at   map[graph.PostID]int // the row of each post
}

type row struct {
	id       graph.PostID
	from, to uint64 // valid at blocks [from, to)
}

// New is an empty index.
func New() *Index { return &Index{at: map[graph.PostID]int{}} }

// Len is how many vectors the index holds, ended ones too.
func (x *Index) Len() int {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return len(x.rows)
}

// Put adds a post's embedding, valid from the block on; it takes the place of one
// that was there. A zero embedding is near to nothing and is not kept.
func (x *Index) Put(id graph.PostID, e *graph.Embedding, from uint64) error {
	x.mu.Lock()
	defer x.mu.Unlock()
	i, ok := x.at[id]
	if *e == (graph.Embedding{}) {
		if ok {
			x.keep(func(r row) bool { return r.id != id })
		}
		return nil
	}
	if ok {
		copy(x.vecs[i*dim:], e[:])
		x.rows[i] = row{id, from, never}
		return nil
	}
	x.at[id] = len(x.rows)
	x.rows = append(x.rows, row{id, from, never})
	x.vecs = append(x.vecs, e[:]...)
	return nil
}

// End makes the post's embedding invalid from the block on. A post without one
// has nothing to end.
func (x *Index) End(id graph.PostID, at uint64) error {
	x.mu.Lock()
	defer x.mu.Unlock()
	if i, ok := x.at[id]; ok {
		x.rows[i].to = at
	}
	return nil
}

// Rollback forgets all that was said of blocks above the one given.
func (x *Index) Rollback(block uint64) error {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.keep(func(r row) bool { return r.from <= block })
	for i := range x.rows {
		if x.rows[i].to > block {
			x.rows[i].to = never
		}
	}
	return nil
}

// Forget drops what ended at or before the block.
func (x *Index) Forget(block uint64) error {
	x.mu.Lock()
	defer x.mu.Unlock()
	for _, r := range x.rows {
		if r.to <= block {
			x.keep(func(r row) bool { return r.to > block })
			break
		}
	}
	return nil
}

// keep drops the rows that are not wanted, in place.
func (x *Index) keep(wanted func(row) bool) {
	n := 0
	for i, r := range x.rows {
		if !wanted(r) {
			delete(x.at, r.id)
			continue
		}
		if n != i {
			x.rows[n] = r
			copy(x.vecs[n*dim:(n+1)*dim], x.vecs[i*dim:(i+1)*dim])
			x.at[r.id] = n
		}
		n++
	}
	x.rows, x.vecs = x.rows[:n], x.vecs[:n*dim]
}

// Near gives the posts valid at the block with the largest inner products with
// e, then newest first; at most limit. A zero embedding is near to nothing.
func (x *Index) Near(e *graph.Embedding, limit int, block uint64) ([]graph.PostID, error) {
	if limit <= 0 || *e == (graph.Embedding{}) {
		return nil, nil
	}
	x.mu.RLock()
	defer x.mu.RUnlock()
	n := len(x.rows)
	best := newNearest(limit, n)
	if n < spread {
		x.search(e, 0, n, block, best)
		return best.ids(), nil
	}
	other := newNearest(limit, n)
	done := make(chan struct{})
	go func() {
		defer close(done)
		x.search(e, n/2, n, block, other)
	}()
	x.search(e, 0, n/2, block, best)
	<-done
	for _, h := range other.hits {
		best.offer(h)
	}
	return best.ids(), nil
}

func (x *Index) search(e *graph.Embedding, from, to int, block uint64, best *nearest) {
	// The query once as int32, so that the inner loop widens one side only.
	var q [dim]int32
	for i, v := range e {
		q[i] = int32(v)
	}
	for i := from; i < to; i++ {
		r := &x.rows[i]
		if r.from > block || r.to <= block {
			continue
		}
		best.offer(hit{dot(&q, (*[dim]int8)(x.vecs[i*dim:])), r.id})
	}
}

// dot is the exact inner product: four sums that do not wait for each other, over
// arrays of constant size, so that no bounds are checked.
func dot(q *[dim]int32, v *[dim]int8) int32 {
	var a, b, c, d int32
	for i := 0; i < dim; i += 8 {
		a += q[i]*int32(v[i]) + q[i+4]*int32(v[i+4])
		b += q[i+1]*int32(v[i+1]) + q[i+5]*int32(v[i+5])
		c += q[i+2]*int32(v[i+2]) + q[i+6]*int32(v[i+6])
		d += q[i+3]*int32(v[i+3]) + q[i+7]*int32(v[i+7])
	}
	return a + b + c + d
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
}

func newNearest(limit, rows int) *nearest {
	limit = min(limit, rows)
	return &nearest{hits: make([]hit, 0, limit), limit: limit}
}

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
}

// ids empties the heap, best first.
func (n *nearest) ids() []graph.PostID {
	out := make([]graph.PostID, len(n.hits))
	for i := len(out) - 1; i >= 0; i-- {
		out[i] = heap.Pop(n).(hit).id
	}
	return out
}
