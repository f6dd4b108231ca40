package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"candor/graph"
	"candor/zkcommit"
	"candor/zkcommit/sumcheck"
	"candor/zkcommit/verify"
)

// orders makes run proofs of the models that it holds, without any key. It
// implements prover.Backend. A proof that it makes is worth nothing until the
// model's registration is there.
type orders map[graph.Hash]provable

type provable struct {
	weights *sumcheck.Weights
	model   *sumcheck.RegisteredModel
}

// hold takes a model, over the features of the schema and under its salt.
func (o orders) hold(m *zkcommit.Model, schema graph.Hash, salt zkcommit.Salt) (provable, error) {
	w, err := sumcheck.NewWeights(m, schema, salt)
	if err != nil {
		return provable{}, err
	}
	own, err := sumcheck.RegisterOpened(w)
	if err != nil {
		return provable{}, err
	}
	o[w.ID()] = provable{w, own}
	return o[w.ID()], nil
}

// held are the commitments of the models.
func (o orders) held() (all []graph.Hash) {
	for c := range o {
		all = append(all, c)
	}
	slices.SortFunc(all, func(a, b graph.Hash) int { return strings.Compare(a.Hex(), b.Hex()) })
	return all
}

// provable opens the models for the prover.
func (p *plugins) provable() (orders, error) {
	models := orders{}
	for _, o := range p.models {
		if _, err := models.hold(o.model, o.schema, o.salt); err != nil {
			return nil, err
		}
	}
	return models, nil
}

// Prove implements prover.Backend. The proof has been checked when it returns.
func (o orders) Prove(ctx context.Context, st zkcommit.Statement) (p zkcommit.Proof, err error) {
	m, ok := o[st.Commitment]
	if !ok {
		return p, fmt.Errorf("this node does not have the model %s", st.Commitment)
	}
	s, err := verify.Statement(st)
	if err != nil {
		return p, err
	}
	if err := ctx.Err(); err != nil {
		return p, err
	}
	b, err := sumcheck.Prove(s, m.model, m.weights)
	return zkcommit.Proof{Version: zkcommit.RunProof, Kind: zkcommit.KindRunOrder, Bytes: b}, err
}
