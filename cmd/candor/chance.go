package main

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"

	"candor/graph"
	"candor/zkcommit"
	"candor/zkcommit/timelock"
)

// chance draws under anchors by the beacon that models are locked to. It implements
// prover.Beacon.
type chance struct{ *node }

// Chance implements prover.Beacon.
func (c chance) Chance(ctx context.Context, d zkcommit.Draw) (zkcommit.Draw, bool, error) {
	if (finality{c.node}).Finalized() < d.Block {
		return d, false, nil
	}
	block, ok, err := c.mirror.Block(ctx, d.Block)
	if err != nil || !ok {
		return d, false, err
	}
	d.Time = block.Time
	if d.Network == (graph.Hash{}) { // of an epoch from before rounds drew
		d.Beacon, d.Source = block.Hash, fmt.Sprintf("hash of block %d, which holds the anchor", d.Block)
		return d, true, nil
	}
	if d.Network != c.dates.Hash() {
		return d, false, fmt.Errorf("the runs' epoch names the beacon %s, and this node asks %s: name the one that was announced with --drand and --drand-network", d.Network, c.dates.Hash())
	}
	err = drawBy(ctx, c.dates, &d)
	if errors.Is(err, timelock.ErrTooEarly) {
		return d, false, nil
	}
	return d, err == nil, err
}

// drawBy asks the beacon for the round that the time of the draw's block fixes.
func drawBy(ctx context.Context, b *timelock.Beacon, d *zkcommit.Draw) error {
	d.Round = b.DrawRound(d.Time)
	signature, err := b.Signature(ctx, d.Round)
	if err != nil {
		return err
	}
	if d.Beacon, err = b.Chance(d.Round, signature); err != nil {
		return err
	}
	d.Signature = hex.EncodeToString(signature)
	d.Source = fmt.Sprintf("round %d of the beacon %s, the first more than %d s after block %d", d.Round, d.Network, timelock.DrawDelay, d.Block)
	return nil
}
