package chain

import (
	"context"

	"candor/graph"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ipfs/go-cid"
)

// Version is all that the Registry holds of one version of a plugin.
type Version struct {
	Model
	Standing
	Committed uint64 // seconds
}

// Versions are the plugin's newest versions, at most so many, the oldest first.
func (c *Client) Versions(ctx context.Context, p Plugin, most uint32) (all []Version, err error) {
	first := uint32(1)
	if p.Versions > most {
		first = p.Versions - most + 1
	}
	for n := first; n <= p.Versions; n++ {
		r, err := read(ctx, c, c.at.Registry, c.registry.PackModels(p.ID, n), c.registry.UnpackModels)
		if err != nil {
			return nil, err
		}
		v := Version{Committed: r.CommittedAt,
			Model: Model{Plugin: p.ID, Version: n, Commitment: r.Commitment, ShapeID: r.ShapeId, DataRoot: r.DataRoot,
				RevealBy: r.RevealBy, ActiveFrom: r.ActiveFrom, Withdrawn: r.WithdrawnAt},
			Standing: Standing{Bond: r.Bond, Reveal: Reveal(r.Reveal), RevealedAt: r.RevealedAt, Disputes: r.Disputes, ID: r.Id}}
		v.Manifest, _ = cid.Cast(r.ManifestCid) // what is no CID names no manifest, as in Model
		all = append(all, v)
	}
	return all, nil
}

// Audit is an auditor's report on a version, as the chain announced it. Nobody vouches
// for it but the auditor: anyone may publish one.
type Audit struct {
	At      graph.Position
	Plugin  graph.Hash
	Version uint32
	Auditor graph.Address
	Report  cid.Cid // undefined where the auditor gave what is no CID
}

// Audits are the reports from the block on up to the block last, the newest one, in the
// order of the chain.
func (c *Client) Audits(ctx context.Context, from uint64) (all []Audit, last uint64, err error) {
	topics := [][]common.Hash{{crypto.Keccak256Hash([]byte("ReportPublished(bytes32,uint32,address,bytes)"))}}
	last, err = c.historyFrom(ctx, from, c.at.Registry, topics, func(l *types.Log) error {
		e, err := c.registry.UnpackReportPublishedEvent(l)
		if err != nil {
			return err
		}
		a := Audit{At: graph.Position{Block: l.BlockNumber, Tx: uint32(l.TxIndex), Log: uint32(l.Index)},
			Plugin: e.Plugin, Version: e.Version, Auditor: e.Auditor}
		a.Report, _ = cid.Cast(e.Cid)
		all = append(all, a)
		return nil
	})
	return all, last, err
}
