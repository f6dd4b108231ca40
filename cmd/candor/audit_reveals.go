package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"candor/audit"
	"candor/graph"
	"candor/zkcommit"
	"candor/zkcommit/timelock"
)

// published opens the version, or checks before its date that it will open. Nil
// without an error: there is nothing to open yet, or nobody has it.
func (s *subject) published(ctx context.Context, v committed) (zkcommit.Secret, error) {
	if v.model.RevealBy == 0 {
		if s.node == "" {
			return nil, nil
		}
		r, err := v.undated(ctx, s.node, fromGateway(s.gateway))
		if err != nil && !errors.As(err, new(openError)) {
			return nil, nil // nobody has it
		}
		return r, err
	}
	// Before the date its head says all that can be known.
	sealed, err := v.ciphertext(ctx, fromGateway(s.gateway), s.at.Before(v.date()))
	if err != nil {
		return nil, err
	}
	network, _, err := timelock.Inspect(sealed)
	if err != nil {
		return nil, v.wrong("%w: %w", timelock.ErrCiphertext, err)
	}
	b, err := s.beacon(ctx, network)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", v.name(), err)
	}
	v.sealed.Ciphertext = sealed
	if err := v.keepsPromise(ctx, b.Network, nil); err != nil || s.at.Before(v.date()) {
		return nil, err
	}
	return v.open(ctx, b, nil)
}

// beacon finds the network's, whose rounds have come that the audit's time has seen.
func (s *subject) beacon(ctx context.Context, network graph.Hash) (*timelock.Beacon, error) {
	b, err := beaconOf(ctx, network, s.beacons)
	if err == nil {
		b.Now = func() time.Time { return s.at }
	}
	return b, err
}

// committedOf is a version as the audit sees it; its model is taken if it is public.
func (s *subject) committedOf(ctx context.Context, check *audit.Runs, v committed) audit.Committed {
	c := audit.Committed{Plugin: v.plugin.ID, Version: v.model.Version, Commitment: v.model.Commitment, RevealBy: v.model.RevealBy,
		Revealed: v.standing.Reveal.Revealed(), Bond: v.standing.Bond.String()}
	r, err := s.published(ctx, v)
	switch {
	case errors.As(err, new(openError)):
		c.Wrong = err.Error()
	case err != nil:
		c.Untried = err.Error()
		check.Report.Notes = append(check.Report.Notes, err.Error())
	case r != nil:
		if r, ok := r.(*zkcommit.Reveal); ok {
			check.Models[c.Commitment] = r.Model
		}
	}
	return c
}

// ownBeacons are those that the node names for its chain, if its word is taken.
func ownBeacons(facts []byte) []string {
	var f struct{ Beacon struct{ Endpoints []string } }
	if json.Unmarshal(facts, &f) != nil {
		return nil
	}
	return f.Beacon.Endpoints
}
