package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"

	"candor/audit"
	"candor/graph"
	"candor/zkcommit"
	"candor/zkcommit/timelock"
	"candor/zkcommit/tlog"
)

// promises reads the node's log of epochs, and makes its draws again.
func (s *subject) promises(ctx context.Context, r *audit.Report, anchors []audit.Anchor) (*audit.Promises, error) {
	v := tlog.Verifier{Origin: s.head.Origin + "/epochs", Key: s.log.Verifier().Key}
	log := tlog.Remote(s.logURL+"epochs/", v, nil)
	head, err := log.Checkpoint(ctx)
	if errors.Is(err, fs.ErrNotExist) {
		r.Notes = append(r.Notes, "the node serves no log of what it promised to prove: each run is held to be owed its proof")
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("the log of epochs: %w", err)
	}
	if head.Size > 0 { // witnesses are taken no empty log
		if head, err = s.witnessedHead(ctx, log, head); err != nil {
			return nil, err
		}
		r.Witnesses(audit.OfEpochs, head.Note, s.named, s.quorum)
	}
	p := &audit.Promises{Report: r}
	err = log.All(ctx, head, func(i uint64, entry []byte) error { p.Entry(i, entry); return nil })
	if errors.Is(err, tlog.ErrTree) {
		r.Find(audit.Finding{Rule: audit.RuleCheckpoint, Says: "the log of epochs: its entries are not the tree that its checkpoint signs", Evidence: head.Root.Hex()})
	} else if err != nil {
		return nil, fmt.Errorf("the log of epochs: %w", err)
	}
	if err := s.oneEpochs(ctx, r, log, head); err != nil {
		return nil, err
	}
	if p.Draws, err = s.draws(ctx, r, p, anchors); err != nil {
		return nil, err
	}
	return p, nil
}

// draws makes the draw under each anchor again: the chain gives the block's time, which
// fixes the round, and the beacon that round. What no beacon gives stays unknown, and is
// noted once for each network.
func (s *subject) draws(ctx context.Context, r *audit.Report, p *audit.Promises, anchors []audit.Anchor) (all []audit.MadeDraw, err error) {
	beacons := map[graph.Hash]*timelock.Beacon{} // nil: it does not answer
	for _, a := range anchors {
		d := zkcommit.Draw{Size: a.Size, Root: a.Root, Block: a.Block, Network: p.Network(a.Size)}
		hash, made, _, err := s.book.Header(a.Block)
		if err != nil {
			return nil, err
		}
		if d.Time = made; d.Network == (graph.Hash{}) { // as before rounds drew
			d.Beacon = hash
			all = append(all, audit.MadeDraw{Draw: d, Made: made})
			continue
		}
		b, known := beacons[d.Network]
		if !known {
			if b, err = s.beacon(ctx, d.Network); err == nil && d.Network.Hex()[2:] != timelock.Quicknet.Hash {
				r.Notes = append(r.Notes, fmt.Sprintf("runs are drawn by the beacon %s, which is not drand's quicknet: whoever has its key knows ahead what is drawn", d.Network))
			}
		}
		// A round of later than the audit's own time is unknown however often it is repeated.
		if b != nil && !b.Time(b.DrawRound(d.Time)).After(s.at) {
			if err = drawBy(ctx, b, &d); err != nil {
				b = nil // or each anchor would wait for it
			} else {
				made = uint64(b.Time(d.Round).Unix())
			}
		}
		if err != nil {
			r.Notes = append(r.Notes, fmt.Sprintf("what the beacon %s draws, from the anchor of block %d on, is not known: %v", d.Network, d.Block, err))
		}
		beacons[d.Network] = b
		all = append(all, audit.MadeDraw{Draw: d, Made: made})
	}
	return all, nil
}

// oneEpochs compares the log of epochs with its newest anchor: what was promised is the
// same for everybody, and does not change.
func (s *subject) oneEpochs(ctx context.Context, r *audit.Report, log *tlog.Reader, head tlog.Checkpoint) error {
	anchored, err := s.book.Calls().Anchors(ctx, s.address, head.Origin)
	if err != nil || len(anchored) == 0 {
		return err
	}
	a := anchored[len(anchored)-1]
	differs := func(says string, args ...any) {
		r.Find(audit.Finding{Rule: audit.RuleEquivocates, Says: fmt.Sprintf("the log of epochs: "+says, args...), Evidence: a.Root.Hex()})
	}
	if a.Size > head.Size {
		differs("the node anchored one of %d entries at block %d and shows one of %d", a.Size, a.Block, head.Size)
		return nil
	}
	path, err := log.Consistency(ctx, a.Size, head.Size)
	if err != nil {
		return fmt.Errorf("the log of epochs: %w", err)
	}
	if head.Extends(tlog.Checkpoint{Origin: head.Origin, Size: a.Size, Root: a.Root}, path) != nil {
		differs("its first %d entries are not those that the node anchored at block %d", a.Size, a.Block)
	}
	return nil
}
