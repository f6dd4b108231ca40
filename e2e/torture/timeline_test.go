package torture

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"

	"candor/graph"
	"candor/indexer"
	"candor/store/storetest"

	"github.com/ipfs/go-cid"
	"pgregory.net/rapid"
)

// deepest is the deepest fork of a timeline, and window what the indexer is told.
const deepest, window = 12, 48

// timeline is all that happens to a chain: its versions, each a fork of the one
// before it, and the documents with the version from which somebody serves them.
// It is the same for the same seed in every process.
type timeline struct {
	versions [][]indexer.Block // of each version the block number n stands at n-1
	docs     map[cid.Cid][]byte
	from     map[cid.Cid]int // the version at which it is first served
}

// never is the version at which documents come that nobody ever serves.
const never = 1 << 30

func newTimeline(seed uint64, versions int) *timeline {
	return rapid.Custom(func(t *rapid.T) *timeline {
		w := storetest.NewWorld()
		l := &timeline{docs: map[cid.Cid][]byte{}, from: map[cid.Cid]int{}}
		for i := range 24 {
			w.Documents = append(w.Documents, storetest.Text(fmt.Sprint("note ", i)))
		}
		for _, d := range w.Documents {
			l.docs[d.CID] = d.Bytes
			switch rapid.IntRange(0, 9).Draw(t, "served") {
			case 0, 1, 2:
				l.from[d.CID] = rapid.IntRange(1, versions-1).Draw(t, "late")
			case 3:
				l.from[d.CID] = never
			}
		}
		var now []indexer.Block
		for range versions {
			now = append([]indexer.Block(nil), now[:len(now)-min(len(now), rapid.IntRange(0, deepest).Draw(t, "fork"))]...)
			for range rapid.IntRange(1, 2*deepest).Draw(t, "growth") {
				var head *graph.Block
				var past []graph.Event
				for i := range now {
					head, past = &now[i].Block, append(past, now[i].Events...)
				}
				b := w.Batch(t, head, past)
				now = append(now, indexer.Block{Block: b.Block, Events: b.Events})
			}
			l.versions = append(l.versions, now)
		}
		return l
	}).Example(int(seed))
}

// end is the last version, which goes on for as many empty blocks as it takes.
func (l *timeline) end() int { return len(l.versions) - 1 }

// extended is the version's chain, the last one's made longer up to the number.
func (l *timeline) extended(version int, to uint64) []indexer.Block {
	chain := l.versions[version]
	for version == l.end() && uint64(len(chain)) < to {
		last := chain[len(chain)-1].Block
		b := graph.Block{Number: last.Number + 1, Parent: last.Hash, Time: last.Time + 2}
		b.Hash = sha256.Sum256(binary.BigEndian.AppendUint64(append([]byte("empty"), last.Hash[:]...), b.Number))
		chain = append(chain[:len(chain):len(chain)], indexer.Block{Block: b})
	}
	return chain
}

// source is the timeline as it goes by: it moves on when its reader has reached
// the head, and now and then in the middle of an answer.
type source struct {
	*timeline
	mu    sync.Mutex
	rng   *rand.Rand
	at    int             // the version
	chain []indexer.Block // of that version, with the empty blocks of the end
	moved func(version int)
	after func() bool // called at the end of all versions; true: one more empty block
	over  chan struct{}
}

func newSource(l *timeline, at int, seed uint64) *source {
	return &source{timeline: l, rng: rand.New(rand.NewPCG(seed, 3)), at: at, chain: l.versions[at], over: make(chan struct{})}
}

func (s *source) move() {
	if s.at < s.end() {
		s.at++
		s.chain = s.versions[s.at]
		s.moved(s.at)
	}
}

func (s *source) head() graph.Block { return s.chain[len(s.chain)-1].Block }

func (s *source) Head(context.Context) (graph.Block, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.head(), nil
}

func (s *source) Header(_ context.Context, n uint64) (graph.Block, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if n == 0 || n > uint64(len(s.chain)) {
		return graph.Block{}, fmt.Errorf("the chain has no block %d", n)
	}
	return s.chain[n-1].Block, nil
}

func (s *source) Blocks(_ context.Context, from, to uint64) ([]indexer.Block, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.rng.IntN(10) == 0 {
		s.move()
	}
	to = min(to, from+1+s.rng.Uint64N(4), uint64(len(s.chain)))
	if from >= to {
		return nil, fmt.Errorf("the chain has no blocks after %d", from)
	}
	return s.chain[from:to:to], nil
}

func (s *source) Wait(ctx context.Context, seen graph.Hash) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.head().Hash != seen {
		return nil
	}
	if s.at < s.end() {
		s.move()
		return nil
	}
	if s.after() {
		s.chain = s.extended(s.at, uint64(len(s.chain))+1)
		return nil
	}
	select {
	case <-s.over:
	default:
		close(s.over)
	}
	<-ctx.Done()
	return ctx.Err()
}

var errNobody = errors.New("nobody serves it")

func (s *source) Get(_ context.Context, c cid.Cid) ([]byte, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.from[c] > s.at {
		return nil, errNobody
	}
	return s.docs[c], nil
}
