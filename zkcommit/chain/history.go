package chain

import (
	"context"
	"crypto/ecdsa"
	"fmt"
	"math/big"

	"candor/contracts"
	"candor/graph"

	"github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"
)

// span is how many blocks are asked for at once: endpoints refuse more.
const span = 10_000

// Anchors are all anchors of one of the node's logs, in the order of the chain.
func (c *Client) Anchors(ctx context.Context, node graph.Address, origin string) (all []Anchor, err error) {
	topics := [][]common.Hash{{crypto.Keccak256Hash([]byte("Anchored(address,bytes32,uint64,bytes32,bytes32)"))},
		{common.BytesToHash(node[:])}, {originHash(origin)}}
	err = c.history(ctx, c.at.RunLog, topics, func(l *types.Log) error {
		e, err := c.runLog.UnpackAnchoredEvent(l)
		if err != nil {
			return err
		}
		all = append(all, Anchor{OriginHash: e.OriginHash, Size: e.Size, Root: e.Root, Block: l.BlockNumber, BlockHash: e.BlockHash})
		return nil
	})
	return all, err
}

// history gives the contract's events that match, in their order.
func (c *Client) history(ctx context.Context, at graph.Address, topics [][]common.Hash, each func(*types.Log) error) error {
	_, err := c.historyFrom(ctx, 0, at, topics, each)
	return err
}

// historyFrom gives those from the block on, and says up to which: the client's or the head.
func (c *Client) historyFrom(ctx context.Context, from uint64, at graph.Address, topics [][]common.Hash, each func(*types.Log) error) (last uint64, err error) {
	head, err := c.backend.HeaderByNumber(ctx, c.block)
	if err != nil {
		return 0, fmt.Errorf("the chain does not answer, check the RPC endpoint: %w", err)
	}
	last = head.Number.Uint64()
	for ; from <= last; from += span {
		to := min(from+span-1, last)
		logs, err := c.backend.FilterLogs(ctx, ethereum.FilterQuery{FromBlock: new(big.Int).SetUint64(from), ToBlock: new(big.Int).SetUint64(to),
			Addresses: []common.Address{at}, Topics: topics})
		if err != nil {
			return 0, fmt.Errorf("the chain does not give the events of blocks %d to %d: %w", from, to, err)
		}
		for i := range logs {
			if err := each(&logs[i]); err != nil {
				return 0, fmt.Errorf("an event of the contract at %s cannot be read: %w", at, err)
			}
		}
	}
	return last, nil
}

// Auditing asks a chain all that an audit must know.
type Auditing struct {
	Trust *Trust
	Calls *Client
}

// OpenAuditing connects as OpenTrust does. The Registry names the RunLog.
func OpenAuditing(ctx context.Context, url string, registry graph.Address) (*Auditing, error) {
	t, err := OpenTrust(ctx, url, registry)
	if err != nil {
		return nil, err
	}
	at := contracts.Addresses{Registry: registry}
	id := new(big.Int).SetUint64(t.chainID)
	c := New(t.rpc, id, at, nil)
	if at.RunLog, err = read(ctx, c, registry, c.registry.PackRunLog(), c.registry.UnpackRunLog); err != nil {
		t.Close()
		return nil, err
	}
	return &Auditing{t, New(t.rpc, id, at, nil)}, nil
}

// Head is the newest block's number and time in seconds.
func (a *Auditing) Head(ctx context.Context) (number, seconds uint64, err error) {
	h, err := a.Trust.rpc.HeaderByNumber(ctx, nil)
	if err != nil {
		return 0, 0, fmt.Errorf("the chain does not answer, check the RPC endpoint: %w", err)
	}
	return h.Number.Uint64(), h.Time, nil
}

// DemandOf is a demand as the chain announced it.
type DemandOf struct {
	Kind     Demanded
	ID       graph.Hash // of the run, or of the ticket
	Lane     uint32
	Seq      uint64
	Deadline uint64 // the last block in which it can be answered
	Block    uint64 // in which it was made
}

// Demands are all that were made of the node from the block on up to the block last,
// the newest one, answered or not.
func (c *Client) Demands(ctx context.Context, node graph.Address, from uint64) (all []DemandOf, last uint64, err error) {
	topics := [][]common.Hash{{crypto.Keccak256Hash([]byte("Demanded(uint8,bytes32,address,address,uint32,uint64,uint64)"))},
		nil, nil, {common.BytesToHash(node[:])}}
	last, err = c.historyFrom(ctx, from, c.at.RunLog, topics, func(l *types.Log) error {
		e, err := c.runLog.UnpackDemandedEvent(l)
		if err != nil {
			return err
		}
		all = append(all, DemandOf{Kind: Demanded(e.Kind), ID: e.Id, Lane: e.Lane, Seq: e.Seq, Deadline: e.Deadline, Block: l.BlockNumber})
		return nil
	})
	return all, last, err
}

// As calls the same contracts over the same connection, as the key's account.
func (a *Auditing) As(key *ecdsa.PrivateKey) *Client {
	return New(a.Trust.rpc, new(big.Int).SetUint64(a.Trust.chainID), a.Calls.at, key)
}
