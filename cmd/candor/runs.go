package main

import (
	"context"

	"candor/graph"
	"candor/store/tables"
	"candor/zkcommit"
)

// runs shows the ledger to the front door, and what proves its runs.
type runs struct {
	*tables.Ledger
	registered *registrations
	disputed   disputes
}

// RunsBefore implements web.Runs.
func (r runs) RunsBefore(ctx context.Context, before uint64, limit int) ([]zkcommit.RunRow, error) {
	return r.Runs(ctx, 0, before, limit)
}

// Evidence implements web.Proofs.
func (r runs) Evidence(ctx context.Context, id graph.Hash) (e zkcommit.Evidence, err error) {
	raw, ok, err := r.Ledger.Proof(ctx, id)
	if err != nil || !ok {
		return e, err
	}
	p, err := zkcommit.ParseProof(raw)
	if err != nil {
		return e, err
	}
	if p.Version == zkcommit.DigestProof { // of a ledger from before the run proof
		e.Dispute = p
		e.DisputeKey, err = r.Key(ctx, p.Key)
		return e, err
	}
	row, _, err := r.RunByID(ctx, id)
	if err != nil {
		return e, err
	}
	run, err := zkcommit.ParseRun(row.Run)
	if err != nil {
		return e, err
	}
	e.Proof = p
	if e.Registration, err = r.Registration(ctx, run.Commitment); err != nil || e.Registration == nil {
		return e, err
	}
	if e.RegistrationKey, err = r.Key(ctx, e.Registration.Key); err != nil {
		return e, err
	}
	if e.Dispute, err = r.disputed.find(id); err == nil && e.Dispute != nil {
		e.DisputeKey, err = r.Key(ctx, e.Dispute.Key)
	}
	return e, err
}

// Registration implements web.Proofs.
func (r runs) Registration(_ context.Context, commitment graph.Hash) (*zkcommit.Registration, error) {
	return r.registered.find(commitment)
}

// Key implements web.Proofs.
func (r runs) Key(ctx context.Context, hash graph.Hash) (*zkcommit.BundleKey, error) {
	row, ok, err := r.Ledger.Key(ctx, hash)
	if err != nil || !ok {
		return nil, err
	}
	return &zkcommit.BundleKey{Circuit: row.Circuit, Development: row.Development, Key: row.Key}, nil
}
