package relay

import (
	"sync"
	"time"

	"candor/graph"
)

// Quota decides what a relay still pays for. Both calls count when they allow.
type Quota interface {
	// TakeIntent asks for one intent of an author whose signature is checked.
	TakeIntent(author graph.Address) bool
	// TakeBlock asks for one document of so many bytes.
	TakeBlock(size int) bool
}

// Unlimited allows everything; it is for development chains, where gas is free.
type Unlimited struct{}

// TakeIntent allows.
func (Unlimited) TakeIntent(graph.Address) bool { return true }

// TakeBlock allows.
func (Unlimited) TakeBlock(int) bool { return true }

// Hourly counts in memory, in windows of an hour from its first use; a restart
// forgets the counts. All of an hour's intents are bounded too, since keys cost
// nothing: that also bounds the memory. Fields must not change while it is in use.
type Hourly struct {
	PerAuthor  int // intents of one author
	Intents    int // intents of all
	BlockBytes int // documents of all

	mu      sync.Mutex
	until   time.Time
	authors map[graph.Address]int
	intents int
	bytes   int
}

// NewHourly is the quota of a relay on a chain where gas costs: 120 intents an
// author, 20,000 intents and 64 MiB of documents in all, an hour.
func NewHourly() *Hourly { return &Hourly{PerAuthor: 120, Intents: 20_000, BlockBytes: 64 << 20} }

// TakeIntent allows while the author and all together are under their limits.
func (h *Hourly) TakeIntent(author graph.Address) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.turn()
	if h.authors[author] >= h.PerAuthor || h.intents >= h.Intents {
		return false
	}
	h.authors[author]++
	h.intents++
	return true
}

// TakeBlock allows while the hour's documents are under their limit.
func (h *Hourly) TakeBlock(size int) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.turn()
	if h.bytes+size > h.BlockBytes {
		return false
	}
	h.bytes += size
	return true
}

func (h *Hourly) turn() {
	if now := time.Now(); now.After(h.until) {
		h.until, h.authors, h.intents, h.bytes = now.Add(time.Hour), map[graph.Address]int{}, 0, 0
	}
}
