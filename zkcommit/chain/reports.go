package chain

import (
	"context"
	"fmt"
	"math/big"

	"candor/graph"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ipfs/go-cid"
)

// Report is an auditor's report on a version, by its name. Anyone publishes them: what
// one is worth depends on who did.
type Report struct {
	Plugin  graph.Hash    `json:"plugin"`
	Version uint32        `json:"version"`
	Auditor graph.Address `json:"auditor"`
	CID     cid.Cid       `json:"cid"` // undefined when its auditor gave what is no CID
	Block   uint64        `json:"block"`
	Tx      uint32        `json:"tx"`  // its transaction's index in the block
	Log     uint32        `json:"log"` // its event's
}

// PublishReport puts the name of an auditor's report on the chain.
func (c *Client) PublishReport(ctx context.Context, plugin graph.Hash, version uint32, report cid.Cid) error {
	if err := c.mayWrite(); err != nil {
		return err
	}
	return c.transact(ctx, c.at.Registry, c.registry.PackPublishReport(plugin, version, report.Bytes()))
}

// Reports are those on a plugin, or on all for the zero id, in the order of the chain.
func (c *Client) Reports(ctx context.Context, plugin graph.Hash) ([]Report, error) {
	all, _, err := c.ReportsFrom(ctx, plugin, 0)
	return all, err
}

// ReportsFrom are those from the block on up to the block last, the newest one.
func (c *Client) ReportsFrom(ctx context.Context, plugin graph.Hash, from uint64) (all []Report, last uint64, err error) {
	topics := [][]common.Hash{{crypto.Keccak256Hash([]byte("ReportPublished(bytes32,uint32,address,bytes)"))}}
	if plugin != (graph.Hash{}) {
		topics = append(topics, []common.Hash{plugin})
	}
	last, err = c.historyFrom(ctx, from, c.at.Registry, topics, func(l *types.Log) error {
		e, err := c.registry.UnpackReportPublishedEvent(l)
		if err != nil {
			return err
		}
		r := Report{Plugin: e.Plugin, Version: e.Version, Auditor: e.Auditor, Block: l.BlockNumber, Tx: uint32(l.TxIndex), Log: uint32(l.Index)}
		if name, err := cid.Cast(e.Cid); err == nil { // the contract takes any bytes
			r.CID = name
		}
		all = append(all, r)
		return nil
	})
	return all, last, err
}

// EnsureRegistered says on the chain where a version's registration proof is, unless it
// says so already.
func (c *Client) EnsureRegistered(ctx context.Context, m Model, registration cid.Cid) error {
	if err := c.mayWrite(); err != nil {
		return err
	}
	old, _, err := c.Registered(ctx, m)
	if err != nil || old.Equals(registration) {
		return err
	}
	return c.transact(ctx, c.at.Registry, c.registry.PackRegisterModel(m.Plugin, m.Version, registration.Bytes()))
}

// Registered is where a version's publisher says that its registration proof is, the
// newest word; it is undefined when that is no CID. Known is false when there is none.
func (c *Client) Registered(ctx context.Context, m Model) (name cid.Cid, known bool, err error) {
	topics := [][]common.Hash{{crypto.Keccak256Hash([]byte("ModelRegistered(bytes32,uint32,bytes)"))},
		{m.Plugin}, {common.BigToHash(big.NewInt(int64(m.Version)))}}
	_, err = c.historyFrom(ctx, m.ActiveFrom, c.at.Registry, topics, func(l *types.Log) error {
		e, err := c.registry.UnpackModelRegisteredEvent(l)
		if err != nil {
			return err
		}
		if e.Plugin != m.Plugin || e.Version != m.Version {
			return fmt.Errorf("block %d gives another event than the one asked for: check the RPC endpoint", l.BlockNumber)
		}
		if name, err = cid.Cast(e.Cid); err != nil {
			name = cid.Undef
		}
		known = true
		return nil
	})
	return name, known, err
}
