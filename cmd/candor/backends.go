package main

import (
	"context"

	"candor/zkcommit"
	"candor/zkcommit/circuit"
)

// digests makes dispute proofs of runs of this node's models. It implements
// prover.Backend.
type digests struct {
	keys   *circuit.Keys
	models *plugins
}

func (d digests) Prove(ctx context.Context, st zkcommit.Statement) (zkcommit.Proof, error) {
	o, err := d.models.open(st.Commitment)
	if err != nil {
		return zkcommit.Proof{}, err
	}
	return d.keys.Prove(ctx, st, o.model, o.salt)
}
