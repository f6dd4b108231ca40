package chain

import (
	"context"
	"fmt"
	"math/big"

	"candor/graph"

	"github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ipfs/go-cid"
)

// Sealed is a committed model's ciphertext: the bytes, or where they are.
type Sealed struct {
	Ciphertext []byte
	CID        cid.Cid // instead of the bytes, when these are larger than MaxCiphertext; undefined when it is no CID
	Custodians []graph.Address
}

var (
	ciphertextPublished = crypto.Keccak256Hash([]byte("CiphertextPublished(bytes32,uint32,bytes)"))
	ciphertextKept      = crypto.Keccak256Hash([]byte("CiphertextKept(bytes32,uint32,bytes,address[])"))
)

// Sealed reads the ciphertext that came with a model's commit; known is false when
// none did. It asks for the events of the commit's block alone, so that it costs an
// endpoint the same whatever the chain's length.
func (c *Client) Sealed(ctx context.Context, m Model) (s Sealed, known bool, err error) {
	at := new(big.Int).SetUint64(m.ActiveFrom)
	logs, err := c.backend.FilterLogs(ctx, ethereum.FilterQuery{FromBlock: at, ToBlock: at, Addresses: []common.Address{c.at.Registry},
		Topics: [][]common.Hash{{ciphertextPublished, ciphertextKept}, {m.Plugin}, {common.BigToHash(big.NewInt(int64(m.Version)))}}})
	if err != nil {
		return s, false, fmt.Errorf("the chain does not give the events of block %d: %w", m.ActiveFrom, err)
	}
	for i := range logs {
		if s, err = c.sealed(&logs[i], m); err != nil {
			return Sealed{}, false, err
		}
		known = true
	}
	return s, known, nil
}

// sealed reads one event, which an endpoint may have made up.
func (c *Client) sealed(l *types.Log, m Model) (s Sealed, err error) {
	if len(l.Topics) == 0 {
		return s, fmt.Errorf("block %d gives another event than the one asked for: check the RPC endpoint", m.ActiveFrom)
	}
	var plugin graph.Hash
	var version uint32
	if l.Topics[0] == ciphertextPublished {
		e, err := c.registry.UnpackCiphertextPublishedEvent(l)
		if err != nil {
			return s, fmt.Errorf("the event of the ciphertext cannot be read: %w", err)
		}
		plugin, version, s.Ciphertext = e.Plugin, e.Version, e.Ciphertext
	} else {
		e, err := c.registry.UnpackCiphertextKeptEvent(l)
		if err != nil {
			return s, fmt.Errorf("the event of the ciphertext cannot be read: %w", err)
		}
		plugin, version, s.Custodians = e.Plugin, e.Version, e.Custodians
		// The contract takes any bytes. What is no CID names no ciphertext: that is its
		// publisher's fault, and no reason to see no other version any more.
		if name, err := cid.Cast(e.Cid); err == nil {
			s.CID = name
		}
	}
	if plugin != m.Plugin || version != m.Version {
		return s, fmt.Errorf("block %d gives another event than the one asked for: check the RPC endpoint", m.ActiveFrom)
	}
	return s, nil
}

// Checkable says whether the contract checks revealed models of the shape, by its bytes.
func (c *Client) Checkable(ctx context.Context, shape []byte) (bool, error) {
	return read(ctx, c, c.at.Verifier, c.verifier.PackIsCheckable(shape), c.verifier.UnpackIsCheckable)
}
