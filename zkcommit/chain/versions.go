package chain

import (
	"context"

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
