package indexer

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"
	"time"

	"candor/graph"

	"github.com/ipfs/go-cid"
)

// eager is a mirror that is told of blocks ahead; committing runs before each commit.
type eager struct {
	censor
	prepared   chan graph.Batch
	preparing  func(context.Context)
	committing func(graph.Batch) error
}

func (m *eager) Prepare(ctx context.Context, bs []graph.Batch) {
	if m.preparing != nil {
		m.preparing(ctx)
	}
	for _, b := range bs {
		m.prepared <- b
	}
}

func (m *eager) Commit(ctx context.Context, b graph.Batch) error {
	if err := m.committing(b); err != nil {
		return err
	}
	return m.censor.Commit(ctx, b)
}

// next waits for the mirror to be told of the next block.
func (m *eager) next() (graph.Batch, error) {
	select {
	case b := <-m.prepared:
		return b, nil
	case <-time.After(10 * time.Second):
		return graph.Batch{}, errors.New("the next block is not prepared while one is committed")
	}
}

// A block is fetched and prepared while the one before it is committed, and what
// is denied meanwhile is not committed.
func TestTheNextGroupIsPreparedMeanwhile(t *testing.T) {
	c, s, m := newChain(), newShelf(), &eager{prepared: make(chan graph.Batch, 9)}
	c.most = 1
	var ids []cid.Cid
	for _, text := range []string{"one", "two", "three"} {
		doc, id, e := note(text)
		s.put(doc, id)
		c.extend(e)
		ids = append(ids, id)
	}
	var mu sync.Mutex
	var denied []cid.Cid
	m.committing = func(b graph.Batch) error {
		n := int(b.Block.Number)
		if n == len(ids) {
			return nil
		}
		next, err := m.next()
		if err == nil && (next.Block.Number != b.Block.Number+1 || len(next.Contents) != 1) {
			t.Errorf("while block %d is committed, %+v is prepared", n, next)
		}
		if n == 2 {
			mu.Lock()
			defer mu.Unlock()
			denied = ids[2:]
		}
		return err
	}
	x := New(Config{Source: c, Fetcher: s, Mirror: m, Denied: func() []cid.Cid {
		mu.Lock()
		defer mu.Unlock()
		return denied
	}})
	settle(t, x)
	if len(m.batches) != 3 || len(m.batches[1].Contents) != 1 {
		t.Fatalf("%+v", m.batches)
	}
	if b := m.batches[2]; len(b.Contents) != 0 || !slices.Equal(b.Withhold, ids[2:]) {
		t.Fatalf("what was denied after it was fetched is committed: %+v", b)
	}
}

// What was prepared for a block that could not be committed is given up, at once.
func TestNothingFollowsABlockThatFailed(t *testing.T) {
	c, s, m := newChain(), newShelf(), &eager{prepared: make(chan graph.Batch, 9)}
	c.most = 1
	for _, text := range []string{"one", "two"} {
		doc, id, e := note(text)
		s.put(doc, id)
		c.extend(e)
	}
	preparing := make(chan struct{})
	m.preparing = func(ctx context.Context) { // as one that waits for the block before
		close(preparing)
		<-ctx.Done()
	}
	broken := errors.New("the disk is full")
	m.committing = func(b graph.Batch) error {
		if b.Block.Number == 1 {
			<-preparing
			return broken
		}
		t.Errorf("block %d is committed", b.Block.Number)
		return nil
	}
	x := New(Config{Source: c, Fetcher: s, Mirror: m})
	done := make(chan error, 1)
	go func() { done <- x.Run(t.Context()) }()
	select {
	case err := <-done:
		if !errors.Is(err, broken) {
			t.Fatal(err)
		}
	case <-time.After(10 * time.Second):
		t.Fatal("the index waits for a block that it gave up")
	}
}
