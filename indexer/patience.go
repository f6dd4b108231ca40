package indexer

import (
	"slices"
	"sync"
	"time"

	"candor/graph"
)

const (
	grace    = 5 * time.Millisecond  // for documents of authors who made a block wait in vain
	leastGap = 10 * time.Millisecond // between two documents of a block
	records  = 256                   // authors that are remembered
)

// patience is how long a block waits for its documents: a little longer than
// those of nearly all authors took of late, one vote an author, so that who posts
// what nobody has holds up nobody, and who serves slowly hardly anybody.
type patience struct {
	mu    sync.Mutex
	least time.Duration // a busy machine is slow, not hostile
	max   time.Duration
	blind time.Duration // while nothing ever came
	took  record[time.Duration]
	bad   record[struct{}]
}

func newPatience(least, longest time.Duration) *patience {
	return &patience{least: min(least, longest), max: longest, blind: longest}
}

// trusts reports whether the author's documents are waited for.
func (p *patience) trusts(a graph.Address) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	_, bad := p.bad.rows[a]
	return !bad
}

// came notes how long an author's document took.
func (p *patience) came(a graph.Address, d time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.took.put(a, d)
	delete(p.bad.rows, a)
}

// missed notes that an author's document made a block wait in vain.
func (p *patience) missed(a graph.Address) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.bad.put(a, struct{}{})
}

// ranOut notes that a block waited in vain.
func (p *patience) ranOut() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.blind = max(p.blind/2, p.max/32)
}

// waits is how long a block waits for its documents, and how much longer when one
// has just come.
func (p *patience) waits() (total, gap time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.took.rows) == 0 {
		return p.blind, leastGap
	}
	times := make([]time.Duration, 0, len(p.took.rows))
	for _, d := range p.took.rows {
		times = append(times, d)
	}
	slices.Sort(times)
	most := times[(len(times)*19-1)/20] // of 95 in 100 authors
	total = min(max(most+most/20, p.least), p.max)
	return total, max(total/16, leastGap)
}

// record remembers something of the authors who were heard of last.
type record[V any] struct {
	rows  map[graph.Address]V
	order []graph.Address
}

func (r *record[V]) put(a graph.Address, v V) {
	if r.rows == nil {
		r.rows = map[graph.Address]V{}
	}
	if _, known := r.rows[a]; !known {
		if r.order = append(r.order, a); len(r.order) > records {
			delete(r.rows, r.order[0])
			r.order = r.order[1:]
		}
	}
	r.rows[a] = v
}
