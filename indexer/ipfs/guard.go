package ipfs

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"github.com/ipfs/boxo/blockstore"
	blocks "github.com/ipfs/go-block-format"
	"github.com/ipfs/go-cid"
	format "github.com/ipfs/go-ipld-format"
)

var errClosed = errors.New("the IPFS node is closed: open it again")

// guard keeps peers' and readers' last requests away from a closed database,
// which would panic on them, and everybody away from what the operator denies.
type guard struct {
	blockstore.Blockstore
	deny   Denylist // nil denies nothing
	mu     sync.RWMutex
	closed bool
}

// shut waits for requests under way and refuses later ones.
func (g *guard) shut() {
	g.mu.Lock()
	g.closed = true
	g.mu.Unlock()
}

func guarded[T any](g *guard, f func() (T, error)) (zero T, _ error) {
	g.mu.RLock()
	defer g.mu.RUnlock()
	if g.closed {
		return zero, errClosed
	}
	return f()
}

// denied reports whether the operator withholds these bytes.
func (g *guard) denied(c cid.Cid) bool { return g.deny != nil && g.deny.Holds(c.Hash()) }

func (g *guard) Get(ctx context.Context, c cid.Cid) (blocks.Block, error) {
	if g.denied(c) {
		return nil, format.ErrNotFound{Cid: c}
	}
	return guarded(g, func() (blocks.Block, error) { return g.Blockstore.Get(ctx, c) })
}

func (g *guard) Has(ctx context.Context, c cid.Cid) (bool, error) {
	if g.denied(c) {
		return false, nil
	}
	return guarded(g, func() (bool, error) { return g.Blockstore.Has(ctx, c) })
}

func (g *guard) GetSize(ctx context.Context, c cid.Cid) (int, error) {
	if g.denied(c) {
		return 0, format.ErrNotFound{Cid: c}
	}
	return guarded(g, func() (int, error) { return g.Blockstore.GetSize(ctx, c) })
}

func (g *guard) Put(ctx context.Context, b blocks.Block) error {
	return g.PutMany(ctx, []blocks.Block{b})
}

func (g *guard) PutMany(ctx context.Context, bs []blocks.Block) error {
	for _, b := range bs {
		if g.denied(b.Cid()) {
			return fmt.Errorf("%w: %s", ErrWithheld, b.Cid())
		}
	}
	_, err := guarded(g, func() (struct{}, error) { return struct{}{}, g.Blockstore.PutMany(ctx, bs) })
	return err
}

func (g *guard) DeleteBlock(ctx context.Context, c cid.Cid) error {
	_, err := guarded(g, func() (struct{}, error) { return struct{}{}, g.Blockstore.DeleteBlock(ctx, c) })
	return err
}
