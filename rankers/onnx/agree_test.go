//go:build cgo && !race

// The circuit is heavy under the race detector, and none of it is shared.

package onnx

import (
	"context"
	"math/rand/v2"
	"slices"
	"testing"

	"candor/graph"
	"candor/internal/torture"
	"candor/zkcommit"
	"candor/zkcommit/circuit"
	"candor/zkcommit/sumcheck"
)

// Four implementations of one arithmetic: the Go evaluator, ONNX Runtime, the run
// proof and the dispute circuit. The order that ONNX Runtime's scores give is the one
// that can be proved, whatever the model; two neighbours swapped cannot be.
func TestFourAgree(t *testing.T) {
	library(t)
	seed := torture.Seed(t)
	models, circuits := torture.Count(16, 10_000), 0
	schema := graph.Hash{3}
	for i := range models {
		r := rand.New(rand.NewPCG(seed, uint64(i)))
		s := shapes[i%len(shapes)]
		m := drawModel(r, s, i/3%kinds)
		rows := drawRows(r, m, r.IntN(kinds), 1+r.IntN(24))
		want, err := m.Evaluate(rows)
		if err != nil {
			t.Fatal(err)
		}
		session, err := OpenModel(m, Options{Threads: 1})
		if err != nil {
			t.Fatal(err)
		}
		got, err := session.Scores(context.Background(), rows)
		session.Close()
		if err != nil || !slices.Equal(got, want) {
			t.Fatalf("model %d of shape %s: ONNX Runtime differs from the evaluator (%v)", i, s, err)
		}
		salt := zkcommit.NewSalt([32]byte{byte(i), byte(i >> 8), 1})
		w, err := sumcheck.NewWeights(m, schema, salt)
		if err != nil {
			t.Fatal(err)
		}
		reg, err := sumcheck.RegisterOpened(w)
		if err != nil {
			t.Fatal(err)
		}
		st, opening := order(r, got, rows, s, reg.ID(), schema)
		proof, err := sumcheck.Prove(st, reg, w)
		if err != nil {
			t.Fatalf("model %d of shape %s: the order has no run proof: %v", i, s, err)
		}
		if err := sumcheck.Verify(st, reg, proof); err != nil {
			t.Fatal(err)
		}
		if s == zkcommit.Provable {
			circuits++
			if err := circuit.Satisfied(digested(t, st, opening), m, salt); err != nil {
				t.Fatalf("model %d: the order does not satisfy the circuit: %v", i, err)
			}
		}
		if len(st.Posts) < 2 {
			continue
		}
		swap(r, st, s.Inputs)
		if _, err := sumcheck.Prove(st, reg, w); err == nil {
			t.Fatalf("model %d of shape %s: another order has a run proof", i, s)
		}
		if s == zkcommit.Provable && circuit.Satisfied(digested(t, st, opening), m, salt) == nil {
			t.Fatalf("model %d: another order satisfies the circuit", i)
		}
	}
	torture.Say(t, "evaluator, ONNX Runtime and run proof agree on %d models and runs, the circuit on the %d of its shape", models, circuits)
}

// order is the statement that the scores give, of posts of random age.
func order(r *rand.Rand, scores []int32, rows []int8, s zkcommit.Shape, id, schema graph.Hash) (*sumcheck.Statement, graph.Hash) {
	ids, as := make([]graph.PostID, len(scores)), make([]graph.Score, len(scores))
	for i, p := range r.Perm(len(scores)) {
		ids[i], as[i] = graph.PostID{Block: uint64(p/3 + 1), Tx: uint32(p % 3)}, graph.Score(scores[i])
	}
	st := &sumcheck.Statement{Kind: sumcheck.Order, Run: &zkcommit.Run{ChainID: 7, Commitment: id, Shape: s.ID(), FeatureSchema: schema}}
	for _, i := range zkcommit.Order(ids, as) {
		st.Posts = append(st.Posts, ids[i])
		st.Rows = append(st.Rows, rows[i*s.Inputs:(i+1)*s.Inputs]...)
	}
	return st, graph.Hash{5}
}

// swap puts two neighbours in the wrong order.
func swap(r *rand.Rand, st *sumcheck.Statement, d int) {
	i := r.IntN(len(st.Posts) - 1)
	st.Posts[i], st.Posts[i+1] = st.Posts[i+1], st.Posts[i]
	first := slices.Clone(st.Rows[i*d : (i+1)*d])
	copy(st.Rows[i*d:], st.Rows[(i+1)*d:(i+2)*d])
	copy(st.Rows[(i+1)*d:], first)
}

// digested is the same statement as the dispute circuit takes it, under its digests.
func digested(t *testing.T, st *sumcheck.Statement, opening graph.Hash) zkcommit.Statement {
	t.Helper()
	rec := zkcommit.Record{Ranked: st.Posts}
	for i := range st.Posts {
		rec.Rows = append(rec.Rows, st.Rows[i*graph.Features:(i+1)*graph.Features])
	}
	run := *st.Run
	if err := rec.Seal(&run, opening); err != nil {
		t.Fatal(err)
	}
	return zkcommit.Statement{Run: run.Bytes(), RankingSalt: zkcommit.RankingSalt(opening), Commitment: run.Commitment, Ranked: rec.Ranked, Rows: rec.Rows}
}
