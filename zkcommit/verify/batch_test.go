//go:build !js

package verify

import (
	"math/rand"
	"slices"
	"testing"

	"candor/graph"
	"candor/zkcommit"
	"candor/zkcommit/sumcheck"
)

// A batch takes true proofs, names the runs of the others and no more, and is empty then.
// A registration is remembered with its key, and for no other.
func TestBatchesNameTheirRuns(t *testing.T) {
	r := rand.New(rand.NewSource(5))
	m, w, reg := registeredOpen(t, zkcommit.Shape{Inputs: 8, Hidden: [2]int{4}, Shift: [2]uint{6}}, r)
	b := &Batch{Models: &Models{}}
	want := map[graph.Hash]bool{} // of the runs whose proofs do not hold
	for i := range 5 {
		ranked, rows := randomRun(t, m, 6, r)
		run := zkcommit.Run{Seq: uint64(i), Commitment: w.ID(), FeatureSchema: graph.Hash{1}, Shape: m.Shape.ID()}
		rec := zkcommit.Record{Ranked: ranked, Rows: rows}
		if err := rec.Seal(&run, graph.Hash{3}); err != nil {
			t.Fatal(err)
		}
		st := zkcommit.Statement{Run: run.Bytes(), RankingSalt: zkcommit.RankingSalt(graph.Hash{3}), Commitment: w.ID(), Ranked: ranked, Rows: rows}
		x, err := Statement(st)
		if err != nil {
			t.Fatal(err)
		}
		proof, err := sumcheck.Prove(x, reg, w)
		if err != nil {
			t.Fatal(err)
		}
		if i == 1 || i == 3 {
			proof = slices.Clone(proof)
			proof[len(proof)/2] ^= 1
			want[run.ID()] = true
		}
		if err := b.take(reg, st, zkcommit.Proof{Version: zkcommit.RunProof, Kind: zkcommit.KindRunOrder, Bytes: proof}); err != nil {
			t.Fatal(err)
		}
		if i == 0 && len(b.Settle()) != 0 {
			t.Fatal("a true proof is refused")
		}
	}
	refused := b.Settle()
	for id, why := range refused {
		if !want[id] || why == nil {
			t.Errorf("run %s is refused: %v", id, why)
		}
	}
	if len(refused) != len(want) || len(b.Settle()) != 0 {
		t.Errorf("%d runs are refused, not %d, or the batch is not empty", len(refused), len(want))
	}
	if err := b.take(reg, zkcommit.Statement{Run: (&zkcommit.Run{}).Bytes()}, zkcommit.Proof{Version: "another"}); err == nil {
		t.Error("what is no run proof is taken")
	}

	// The golden registration holds; one with another weight commitment under the same key does not.
	bundle := goldenBundle(t)
	good, err := zkcommit.ParseRegistration(bundle.Registration)
	if err != nil {
		t.Fatal(err)
	}
	bad := *good
	bad.Weights = slices.Clone(good.Weights)
	bad.Weights[0] ^= 1
	for range 2 {
		if _, err := b.Models.Register(good, bundle.RegistrationKey); err != nil {
			t.Errorf("a registration that holds: %v", err)
		}
		if _, err := b.Models.Register(&bad, bundle.RegistrationKey); err == nil {
			t.Error("another registration under the same key is taken for it")
		}
	}
}
