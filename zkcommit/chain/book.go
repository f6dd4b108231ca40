package chain

import (
	"context"
	"fmt"
	"math/big"

	"candor/graph"
)

// Book is a chain as it stood at one block, for an audit.
type Book struct {
	*Trust
	Block uint64
}

// Book opens the chain as it stood at the block, or at the newest one for nil.
func (a *Auditing) Book(ctx context.Context, at *uint64) (*Book, error) {
	var number *big.Int
	if at != nil {
		number = new(big.Int).SetUint64(*at)
	}
	t := a.Trust
	h, err := t.rpc.HeaderByNumber(ctx, number)
	if err != nil && at != nil {
		return nil, fmt.Errorf("the chain does not give block %d, at which the audit is to stand: %w", *at, err)
	} else if err != nil {
		return nil, fmt.Errorf("the chain does not answer, check the RPC endpoint: %w", err)
	}
	calls := New(t.rpc, new(big.Int).SetUint64(t.chainID), a.Calls.at, nil)
	calls.block = h.Number
	return &Book{Block: h.Number.Uint64(), Trust: &Trust{ctx: t.ctx, rpc: t.rpc, client: calls, newest: t.newest, chainID: t.chainID, genesis: t.genesis, registry: t.registry}}, nil
}

// Calls reads the contracts as they stood at the block.
func (b *Book) Calls() *Client { return b.client }

// BlockHash is the hash of the block of that number; known is false beyond Block.
func (b *Book) BlockHash(number uint64) (hash graph.Hash, known bool, err error) {
	hash, _, known, err = b.Header(number)
	return hash, known, err
}

// Active is what the version of the plugin that is active at the block committed to.
func (b *Book) Active(plugin graph.Hash, block uint64) (version uint32, commitment, shape graph.Hash, known bool, err error) {
	m, known, err := b.active(plugin, block)
	if !known {
		m = Model{}
	}
	return m.Version, m.Commitment, m.ShapeID, known, err
}
