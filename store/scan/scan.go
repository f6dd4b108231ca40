package scan

import (
	"context"
	"sync"
	"sync/atomic"

	"candor/graph"
)

const (
	dim = graph.EmbeddingDim
	// pageRows is how many vectors a page holds.
	pageRows = 1 << 10
	// spread is how many vectors make a second goroutine worth its start.
	spread = 4_096
)

// Index holds the vectors in pages, in the order in which they were put. It may
// be used by many at once: a question reads the rows that were there when it was
// asked, and holds up no change.
type Index struct {
	mu    sync.RWMutex
	pages []*page
	rows  int                  // used ones, dead ones too
	dead  int                  // rows that nothing is near to any more
	last  map[graph.PostID]int // the newest row of each post
	ended []int                // rows with an end that may be taken back or dropped

	at     graph.Block
	floor  uint64
	digest graph.VectorDigest
}

// page is rows beside each other. Once a row is used, its to alone changes.
type page struct {
	vecs [pageRows * dim]int8
	rows [pageRows]row
}

type row struct {
	id   graph.PostID
	from uint64
	to   atomic.Uint64 // valid at blocks [from, to); 0: dead
	prev int           // the row before of the same post, or -1
}

// New is an empty index.
func New() *Index { return &Index{last: map[graph.PostID]int{}} }

// Len is how many vectors the index holds, ended ones too.
func (x *Index) Len() int {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return x.rows - x.dead
}

func (x *Index) row(i int) *row { return &x.pages[i/pageRows].rows[i%pageRows] }
func (x *Index) vec(i int) *[dim]int8 {
	return (*[dim]int8)(x.pages[i/pageRows].vecs[i%pageRows*dim:])
}

func (x *Index) entry(i int) graph.VectorEntry {
	r := x.row(i)
	return graph.VectorEntry{ID: r.id, From: r.from, To: r.to.Load(), Embedding: graph.EmbeddingDigest((*graph.Embedding)(x.vec(i)))}
}

// Follow implements vectors.Index.
func (x *Index) Follow(_ context.Context, vs []graph.Vector, at graph.Block, floor uint64) error {
	x.mu.Lock()
	defer x.mu.Unlock()
	for i := range vs {
		x.put(&vs[i])
	}
	if at.Number == 0 {
		return nil
	}
	x.at, x.floor = at, floor
	keep := x.ended[:0]
	for _, i := range x.ended {
		switch to := x.row(i).to.Load(); {
		case to == 0 || to == graph.NoEnd: // dropped or taken back since
		case to <= floor:
			x.drop(i)
		default:
			keep = append(keep, i)
		}
	}
	x.ended = keep
	x.compact()
	return nil
}

func (x *Index) put(v *graph.Vector) {
	for i := x.newest(v.ID); i >= 0; i = x.row(i).prev {
		r := x.row(i)
		switch to := r.to.Load(); {
		case to == 0:
		case r.from == v.From:
			x.drop(i)
		case r.from < v.From && to == graph.NoEnd:
			x.end(i, v.From)
		}
	}
	if v.Embedding == (graph.Embedding{}) || v.From >= v.To {
		return
	}
	i := x.rows
	if i == len(x.pages)*pageRows {
		x.pages = append(x.pages, new(page))
	}
	x.rows++
	r := x.row(i)
	r.id, r.from, r.prev = v.ID, v.From, x.newest(v.ID)
	r.to.Store(v.To)
	*x.vec(i) = v.Embedding
	x.last[v.ID] = i
	x.digest.Add(x.entry(i))
	if v.To != graph.NoEnd {
		x.ended = append(x.ended, i)
	}
}

func (x *Index) newest(id graph.PostID) int {
	if i, ok := x.last[id]; ok {
		return i
	}
	return -1
}

// end gives a row another end.
func (x *Index) end(i int, to uint64) {
	x.digest.Remove(x.entry(i))
	x.row(i).to.Store(to)
	x.digest.Add(x.entry(i))
	if to != graph.NoEnd {
		x.ended = append(x.ended, i)
	}
}

// drop makes a row dead: it stays where it is, so that questions under way do
// not see it change.
func (x *Index) drop(i int) {
	x.digest.Remove(x.entry(i))
	x.row(i).to.Store(0)
	x.dead++
}

// compact copies the living rows into new pages once dead ones are many.
func (x *Index) compact() {
	if x.dead < pageRows || x.dead < x.rows/8 {
		return
	}
	y := New()
	for i := range x.rows {
		if r := x.row(i); r.to.Load() != 0 {
			j := y.rows
			if j == len(y.pages)*pageRows {
				y.pages = append(y.pages, new(page))
			}
			y.rows++
			s := y.row(j)
			s.id, s.from, s.prev = r.id, r.from, y.newest(r.id)
			s.to.Store(r.to.Load())
			*y.vec(j) = *x.vec(i)
			y.last[r.id] = j
			if r.to.Load() != graph.NoEnd {
				y.ended = append(y.ended, j)
			}
		}
	}
	x.pages, x.rows, x.dead, x.last, x.ended = y.pages, y.rows, 0, y.last, y.ended
}

// Rollback implements vectors.Index.
func (x *Index) Rollback(_ context.Context, to graph.Block) error {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.at = to
	for i := range x.rows {
		r := x.row(i)
		switch end := r.to.Load(); {
		case end == 0:
		case r.from > to.Number:
			x.drop(i)
		case end > to.Number && end != graph.NoEnd:
			x.end(i, graph.NoEnd)
		}
	}
	x.compact()
	return nil
}

// Clear implements vectors.Index.
func (x *Index) Clear(context.Context) error {
	y := New()
	x.mu.Lock()
	defer x.mu.Unlock()
	x.pages, x.rows, x.dead, x.last, x.ended = nil, 0, 0, y.last, nil
	x.at, x.floor, x.digest = y.at, y.floor, y.digest
	return nil
}

// Audit implements vectors.Index.
func (x *Index) Audit(context.Context) (graph.VectorState, error) {
	x.mu.RLock()
	defer x.mu.RUnlock()
	var d graph.VectorDigest
	for i := range x.rows {
		if x.row(i).to.Load() != 0 {
			d.Add(x.entry(i))
		}
	}
	return graph.VectorState{Block: x.at.Number, Hash: x.at.Hash, Floor: x.floor, Held: d.Sum(), Noted: x.digest.Sum(), Rows: d.Rows()}, nil
}

// Near implements vectors.Index.
func (x *Index) Near(_ context.Context, e *graph.Embedding, limit int, block uint64) ([]graph.PostID, error) {
	if limit <= 0 || *e == (graph.Embedding{}) {
		return nil, nil
	}
	x.mu.RLock()
	pages, rows := x.pages, x.rows
	x.mu.RUnlock()
	best := newNearest(limit, rows)
	if rows < spread {
		search(pages, e, 0, rows, block, best)
		return best.ids(), nil
	}
	other := newNearest(limit, rows)
	done := make(chan struct{})
	go func() {
		defer close(done)
		search(pages, e, rows/2, rows, block, other)
	}()
	search(pages, e, 0, rows/2, block, best)
	<-done
	for _, h := range other.hits {
		best.offer(h)
	}
	return best.ids(), nil
}
