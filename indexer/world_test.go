package indexer

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"maps"
	"sync"
	"testing"
	"time"

	"candor/graph"

	"github.com/ipfs/go-cid"
)

// chain is a Source whose chain tests may extend, fork and disturb.
type chain struct {
	mu     sync.Mutex
	blocks []Block // blocks[i] has number i
	salt   uint64
	fails  int    // so many answers fail before one succeeds
	lag    uint64 // Head is so many blocks behind
	most   int    // blocks in one answer; 0 is all
	before func() // runs once, between the next Head and Blocks
	wake   chan struct{}
}

func newChain() *chain {
	c := &chain{wake: make(chan struct{})}
	c.blocks = []Block{{Block: graph.Block{Hash: graph.Hash{1}, Time: 1000}}}
	return c
}

// extend adds a block with the events, whose positions and times it sets.
func (c *chain) extend(events ...graph.Event) Block {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.salt++
	last := c.blocks[len(c.blocks)-1]
	b := Block{Block: graph.Block{Number: last.Number + 1, Parent: last.Hash, Time: last.Time + 2}}
	b.Hash = sha256.Sum256(binary.BigEndian.AppendUint64(last.Hash[:], c.salt))
	for i, e := range events {
		e.ID = graph.Position{Block: b.Number, Log: uint32(i)}
		e.BlockTime, e.Time = b.Time, b.Time
		b.Events = append(b.Events, e)
	}
	c.blocks = append(c.blocks, b)
	close(c.wake)
	c.wake = make(chan struct{})
	return b
}

// fork forgets the newest depth blocks.
func (c *chain) fork(depth int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.blocks = c.blocks[:max(len(c.blocks)-depth, 1):max(len(c.blocks)-depth, 1)]
}

func (c *chain) height() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.blocks) - 1
}

var errFlaky = errors.New("the endpoint is moody")

func (c *chain) answer() error {
	if c.fails > 0 {
		c.fails--
		return errFlaky
	}
	return nil
}

func (c *chain) Head(context.Context) (graph.Block, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	n := uint64(len(c.blocks) - 1)
	return c.blocks[n-min(c.lag, n)].Block, c.answer()
}

func (c *chain) Header(_ context.Context, n uint64) (graph.Block, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if n >= uint64(len(c.blocks)) {
		return graph.Block{}, fmt.Errorf("no block %d", n)
	}
	return c.blocks[n].Block, c.answer()
}

func (c *chain) Blocks(_ context.Context, from, to uint64) ([]Block, error) {
	c.mu.Lock()
	f := c.before
	c.before = nil
	c.mu.Unlock()
	if f != nil {
		f()
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	to = min(to, uint64(len(c.blocks)-1))
	if c.most > 0 {
		to = min(to, from+uint64(c.most))
	}
	if to <= from {
		return nil, fmt.Errorf("no blocks after %d", from)
	}
	return append([]Block(nil), c.blocks[from+1:to+1]...), c.answer()
}

func (c *chain) Wait(ctx context.Context, head graph.Hash) error {
	c.mu.Lock()
	wake, now := c.wake, c.blocks[len(c.blocks)-1].Hash
	c.mu.Unlock()
	if now != head {
		return nil
	}
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-wake:
	case <-time.After(20 * time.Millisecond):
	}
	return nil
}

// shelf is a Fetcher. What it lacks is refused at once, or, when it hangs, never.
type shelf struct {
	mu    sync.Mutex
	docs  map[cid.Cid][]byte
	asked map[cid.Cid]int
	hangs bool
}

func newShelf() *shelf { return &shelf{docs: map[cid.Cid][]byte{}, asked: map[cid.Cid]int{}} }

func (s *shelf) put(doc []byte, c cid.Cid) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.docs[c] = doc
}

func (s *shelf) Get(ctx context.Context, c cid.Cid) ([]byte, error) {
	s.mu.Lock()
	s.asked[c]++
	doc, ok, hangs := s.docs[c], s.docs[c] != nil, s.hangs
	s.mu.Unlock()
	if ok {
		return doc, nil
	}
	if hangs {
		<-ctx.Done()
		return nil, ctx.Err()
	}
	return nil, errors.New("nobody has it")
}

func (s *shelf) asks(c cid.Cid) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.asked[c]
}

// pages is a Mirror: the committed batches, one a block. It refuses what does
// not follow its head.
type pages struct {
	mu        sync.Mutex
	batches   []graph.Batch
	rollbacks int
	broken    error
}

func (p *pages) Head(context.Context) (graph.Block, bool, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.batches) == 0 {
		return graph.Block{}, false, nil
	}
	return p.batches[len(p.batches)-1].Block, true, nil
}

func (p *pages) Block(_ context.Context, n uint64) (graph.Block, bool, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, b := range p.batches {
		if b.Block.Number == n {
			return b.Block, true, nil
		}
	}
	return graph.Block{}, false, nil
}

func (p *pages) Commit(_ context.Context, b graph.Batch) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.broken != nil {
		return p.broken
	}
	if n := len(p.batches); n > 0 {
		if head := p.batches[n-1].Block; b.Block.Parent != head.Hash || b.Block.Number != head.Number+1 {
			return fmt.Errorf("block %d does not follow %d", b.Block.Number, head.Number)
		}
	}
	for c, doc := range b.Contents {
		if got, _ := graph.DocumentCID(doc); !got.Equals(c) {
			return fmt.Errorf("the bytes of %s are others", c)
		}
	}
	p.batches = append(p.batches, b)
	return nil
}

func (p *pages) Rollback(_ context.Context, n uint64) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.rollbacks++
	for len(p.batches) > 0 && p.batches[len(p.batches)-1].Block.Number > n {
		p.batches = p.batches[:len(p.batches)-1]
	}
	return nil
}

func (p *pages) Missing(_ context.Context, limit int) (out []cid.Cid, _ error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	lack := map[cid.Cid]bool{}
	for _, b := range p.batches {
		for c := range b.Late {
			delete(lack, c)
		}
		for _, e := range b.Events {
			if _, ok := b.Contents[e.CID]; !ok && e.CID.Defined() {
				lack[e.CID] = true
			}
		}
	}
	for c := range maps.Keys(lack) {
		if len(out) < limit {
			out = append(out, c)
		}
	}
	return out, nil
}

// bulk is pages with many blocks in one transaction.
type bulk struct {
	pages
	calls int
}

func (b *bulk) CommitAll(ctx context.Context, bs []graph.Batch) error {
	b.calls++
	for _, x := range bs {
		if err := b.Commit(ctx, x); err != nil {
			return err
		}
	}
	return nil
}

// settle steps until there is nothing to do, passing over what the source may fail at.
func settle(t interface {
	Helper()
	Fatal(...any)
}, x *Indexer) {
	t.Helper()
	for range 10_000 {
		moved, err := x.step(context.Background())
		var passing sourceError
		if err != nil && !errors.As(err, &passing) {
			t.Fatal(err)
		}
		if err == nil && !moved {
			return
		}
	}
	t.Fatal("the indexer does not settle")
}

func note(text string) ([]byte, cid.Cid, graph.Event) {
	doc, c, err := graph.PostContent{Text: text}.Encode()
	if err != nil {
		panic(err)
	}
	return doc, c, graph.Event{Action: graph.ActPost, Author: graph.Address{1}, CID: c}
}

func sameBatches(a, b []graph.Batch) error {
	if len(a) != len(b) {
		return fmt.Errorf("%d blocks, not %d", len(a), len(b))
	}
	for i := range a {
		if a[i].Block != b[i].Block || len(a[i].Events) != len(b[i].Events) || !sameDocs(a[i].Contents, b[i].Contents) {
			return fmt.Errorf("block %d is %+v, not %+v", i, a[i], b[i])
		}
		for j := range a[i].Events {
			if !bytes.Equal(a[i].Events[j].Bytes(), b[i].Events[j].Bytes()) {
				return fmt.Errorf("event %s differs", a[i].Events[j].ID)
			}
		}
	}
	return nil
}

func sameDocs(a, b map[cid.Cid][]byte) bool { return maps.EqualFunc(a, b, bytes.Equal) }

func begin(t *testing.T, x *Indexer) (stop func() error) {
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- x.Run(ctx) }()
	return sync.OnceValue(func() error { cancel(); return <-done })
}
