package main

import (
	"context"

	"candor/graph"
	"candor/store/tables"
	"candor/zkcommit"
)

// runs shows the ledger to the front door.
type runs struct{ *tables.Ledger }

// RunsBefore implements web.Runs.
func (r runs) RunsBefore(ctx context.Context, before uint64, limit int) ([]zkcommit.RunRow, error) {
	return r.Runs(ctx, 0, before, limit)
}

// Proof implements web.Runs.
func (r runs) Proof(ctx context.Context, id graph.Hash) (*zkcommit.Proof, *zkcommit.BundleKey, error) {
	raw, ok, err := r.Ledger.Proof(ctx, id)
	if err != nil || !ok {
		return nil, nil, err
	}
	p, err := zkcommit.ParseProof(raw)
	if err != nil {
		return nil, nil, err
	}
	k, err := r.Key(ctx, p.Key)
	return p, k, err
}

// Key implements web.Runs.
func (r runs) Key(ctx context.Context, hash graph.Hash) (*zkcommit.BundleKey, error) {
	row, ok, err := r.Ledger.Key(ctx, hash)
	if err != nil || !ok {
		return nil, err
	}
	return &zkcommit.BundleKey{Circuit: row.Circuit, Development: row.Development, Key: row.Key}, nil
}
