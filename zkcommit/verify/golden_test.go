//go:build !js

package verify

import (
	"bytes"
	"encoding/json"
	"flag"
	"math/rand"
	"os"
	"testing"

	"candor/graph"
	"candor/zkcommit"
	"candor/zkcommit/circuit"
	"candor/zkcommit/circuit/verifier"
	"candor/zkcommit/sumcheck"

	"github.com/ethereum/go-ethereum/crypto"
)

var update = flag.Bool("update", false, "make the golden bundle anew, with its keys and proofs")

// goldenFile is a bundle with all that one can hold: run proof, registration, dispute
// proof. The browser's tests read it, too.
const goldenFile = "testdata/bundle.json"

func goldenBundle(t testing.TB) *zkcommit.Bundle {
	t.Helper()
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		doc, err := newBundle(t).Encode()
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(goldenFile, append(doc, '\n'), 0o644); err != nil {
			t.Fatal(err)
		}
		*update = false
	}
	doc, err := os.ReadFile(goldenFile)
	if err != nil {
		t.Fatal(err)
	}
	b, err := zkcommit.ParseBundle(doc)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// newBundle makes a bundle with keys of its own.
func newBundle(t testing.TB) *zkcommit.Bundle {
	t.Helper()
	circuit.Silence()
	ok := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	r := rand.New(rand.NewSource(11))
	signer, err := crypto.ToECDSA(bytes.Repeat([]byte{7}, 32))
	ok(err)
	node := crypto.PubkeyToAddress(signer.PublicKey)
	model, salt, schema := randomModel(zkcommit.Provable, r), zkcommit.NewSalt([32]byte{3, 1, 4}), graph.Hash{0xab}
	w, err := sumcheck.NewWeights(model, schema, salt)
	ok(err)

	// The registration, under a key of its own.
	dir := t.TempDir()
	rk, err := circuit.DevelopmentRegistrationKeys(dir, model.Shape, nil)
	ok(err)
	reg, alpha, err := w.Registration()
	ok(err)
	ok(rk.Register(t.Context(), reg, alpha, model, salt))
	registrationKey := &zkcommit.BundleKey{Circuit: rk.Circuit(), Development: true, Key: rk.VerifyingKey()}
	registered, err := Register(reg, registrationKey)
	ok(err)

	// The run, as a node would freeze it.
	ranked, rows := randomRun(t, model, 12, r)
	m := zkcommit.Manifest{Type: zkcommit.ManifestType, Circuit: verifier.CircuitID, Commitment: w.ID(), FeatureSchema: schema, Kind: "ranker",
		Name: "Golden", Publisher: node, Rule: "plain/v1", Shape: model.Shape.String(), ShapeID: model.Shape.ID(), Slug: "golden", Version: 1}
	signed, err := m.Sign(signer)
	ok(err)
	rec := zkcommit.Record{Viewer: graph.Address{0xa}, Ranked: ranked, Served: ranked, Rule: m.Rule, Rows: rows, Verdicts: []zkcommit.FilterVerdicts{}}
	for _, id := range ranked {
		rec.Candidates = append(rec.Candidates, graph.Candidate{Author: node, Post: id, Source: graph.FromNewest})
	}
	run := zkcommit.Run{ChainID: 1337, Genesis: graph.Hash{1}, Registry: node, Node: node, Plugin: m.ID(), Version: 1, Seq: 2, Previous: graph.Hash{9},
		Block: 30, BlockHash: graph.Hash{2}, MirrorRoot: graph.Hash{3}, Time: 1_700_000_040, FeatureSchema: schema, Commitment: w.ID(), Shape: model.Shape.ID()}
	opening := graph.Hash{5, 31: 6}
	ok(rec.Seal(&run, opening))
	receipt := zkcommit.Receipt{Run: run.ID(), Node: node, Seq: 2, Time: run.Time + 4, MergeDelay: 60}
	ok(receipt.Sign(signer))

	// Both proofs of it.
	st := zkcommit.Statement{Run: run.Bytes(), RankingSalt: zkcommit.RankingSalt(opening), Commitment: w.ID(), Ranked: ranked, Rows: rows}
	s, err := Statement(st)
	ok(err)
	proof, err := sumcheck.Prove(s, registered, w)
	ok(err)
	dk, err := circuit.DevelopmentKeys(dir, nil)
	ok(err)
	dispute, err := dk.Prove(t.Context(), st, model, salt)
	ok(err)

	record, err := json.Marshal(rec)
	ok(err)
	receiptJSON, err := json.Marshal(receipt)
	ok(err)
	row := &zkcommit.RunRow{ID: run.ID(), Run: run.Bytes(), Opening: opening, Record: record, Receipt: receiptJSON}
	b, err := zkcommit.NewBundle(row, signed, zkcommit.Evidence{
		Proof:        &zkcommit.Proof{Version: zkcommit.RunProof, Kind: zkcommit.KindRunOrder, Bytes: proof},
		Registration: reg, RegistrationKey: registrationKey,
		Dispute: &dispute, DisputeKey: &zkcommit.BundleKey{Circuit: circuit.ID, Development: true, Key: dk.VerifyingKey()}})
	ok(err)
	return b
}
