package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"

	"candor/audit"
	"candor/zkcommit"
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
	for _, a := range anchors {
		// The beacon is the hash of the block that holds the anchor.
		hash, made, _, err := s.book.Header(a.Block)
		if err != nil {
			return nil, err
		}
		p.Draws = append(p.Draws, audit.MadeDraw{Draw: zkcommit.Draw{Size: a.Size, Root: a.Root, Block: a.Block, Beacon: hash}, Made: made})
	}
	return p, nil
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
