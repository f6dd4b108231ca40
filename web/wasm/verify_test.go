package main

import (
	"bytes"
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"

	"candor/graph"
	"candor/zkcommit"
	"candor/zkcommit/circuit/verifier"

	"github.com/ethereum/go-ethereum/crypto"
)

// bundle is right in all but its proof, which is bytes of the right length.
func bundle(t *testing.T) []byte {
	t.Helper()
	key, err := crypto.ToECDSA(bytes.Repeat([]byte{7}, 32))
	if err != nil {
		t.Fatal(err)
	}
	node := crypto.PubkeyToAddress(key.PublicKey)
	shape := zkcommit.Provable
	model := zkcommit.NewModel(shape)
	commitment, err := zkcommit.Commit(model, graph.Hash{1}, zkcommit.Salt{})
	if err != nil {
		t.Fatal(err)
	}
	m := zkcommit.Manifest{Type: zkcommit.ManifestType, Circuit: verifier.CircuitID, Commitment: commitment, FeatureSchema: graph.Hash{1}, Kind: "ranker",
		Name: "Example", Publisher: node, Rule: "plain/v1", Shape: shape.String(), ShapeID: shape.ID(), Slug: "example", Version: 1}
	signed, err := m.Sign(key)
	if err != nil {
		t.Fatal(err)
	}
	ids := []graph.PostID{{Block: 2}, {Block: 1}}
	rec := zkcommit.Record{Ranked: ids, Served: ids, Rule: m.Rule, Rows: zkcommit.RowsOf(make([]graph.FeatureVector, 2)), Verdicts: []zkcommit.FilterVerdicts{},
		Candidates: []graph.Candidate{{Post: ids[0], Source: graph.FromNewest}, {Post: ids[1], Source: graph.FromNewest}}}
	run := zkcommit.Run{ChainID: 1337, Node: node, Plugin: m.ID(), Version: 1, Block: 3, FeatureSchema: m.FeatureSchema, Commitment: commitment, Shape: shape.ID()}
	if err := rec.Seal(&run, graph.Hash{2}); err != nil {
		t.Fatal(err)
	}
	receipt := zkcommit.Receipt{Run: run.ID(), Node: node, Time: 1, MergeDelay: 2}
	if err := receipt.Sign(key); err != nil {
		t.Fatal(err)
	}
	row := &zkcommit.RunRow{ID: run.ID(), Run: run.Bytes(), Opening: graph.Hash{2}, Record: encode(t, rec), Receipt: encode(t, receipt)}
	k := &zkcommit.BundleKey{Circuit: m.Circuit, Development: true, Key: make([]byte, verifier.Digest.KeySize())}
	p := &zkcommit.Proof{Version: zkcommit.DigestProof, Kind: zkcommit.KindRunOrder, Key: k.Hash(), Bytes: make([]byte, verifier.ProofSize)}
	b, err := zkcommit.NewBundle(row, signed, zkcommit.Evidence{Dispute: p, DisputeKey: k})
	if err != nil {
		t.Fatal(err)
	}
	doc, err := b.Encode()
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// A document opens its own commitment and no other, and nothing else is a document.
func TestOpens(t *testing.T) {
	b, err := os.ReadFile("../../zkcommit/testdata/reveal.json")
	if err != nil {
		t.Fatal(err)
	}
	var golden struct{ Reveal, Commitment string }
	if err := json.Unmarshal(b, &golden); err != nil {
		t.Fatal(err)
	}
	if got := opens(golden.Reveal, golden.Commitment); got != `{"valid":true}` {
		t.Error(got)
	}
	other := golden.Commitment[:len(golden.Commitment)-1] + "4"
	for _, lie := range [][2]string{{golden.Reveal, other}, {golden.Reveal[:len(golden.Reveal)-2], golden.Commitment}, {"zz", golden.Commitment},
		{strings.Replace(golden.Reveal, "7f80", "7f81", 1), golden.Commitment}, {golden.Reveal, "0x01"}, {"", golden.Commitment}} {
		if got := opens(lie[0], lie[1]); !strings.HasPrefix(got, `{"valid":false,"error":"`) {
			t.Errorf("%.20s… under %s: %s", lie[0], lie[1], got)
		}
	}
}

// A real bundle, with all proofs that one can have, holds; and not when they change.
func TestGoldenBundle(t *testing.T) {
	doc, err := os.ReadFile("../../zkcommit/verify/testdata/bundle.json")
	if err != nil {
		t.Fatal(err)
	}
	var a answer
	if err := json.Unmarshal([]byte(verify(doc)), &a); err != nil {
		t.Fatal(err)
	}
	if !a.Valid || a.Keys != "development" || !slices.Equal(a.Proofs, []string{zkcommit.DigestProof, zkcommit.RunProof}) {
		t.Errorf("%+v", a)
	}
	var b zkcommit.Bundle
	if err := json.Unmarshal(doc, &b); err != nil {
		t.Fatal(err)
	}
	b.Proof.Bytes[900] ^= 1
	if err := json.Unmarshal([]byte(verify(encode(t, b))), &a); err != nil {
		t.Fatal(err)
	}
	if a.Valid || !slices.Equal(a.Proofs, []string{zkcommit.DigestProof}) {
		t.Errorf("a changed run proof: %+v", a)
	}
}

func encode(t *testing.T, v any) []byte {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestVerify(t *testing.T) {
	doc := bundle(t)
	for _, x := range []struct {
		name, doc string
		misfits   []string
		failed    bool // there is nothing to check
	}{
		{"a false proof", string(doc), []string{"dispute", "proof"}, false},
		{"another selection", strings.ReplaceAll(string(doc), "plain/v1", "plane/v1"), []string{"manifest", "served", "selection", "dispute", "proof"}, false},
		{"no json", "{", nil, true},
		{"no bundle", "{}", nil, true},
		{"an unknown key", strings.Replace(string(doc), `"run"`, `"extra":1,"run"`, 1), []string{"bundle"}, false},
	} {
		var a answer
		if err := json.Unmarshal([]byte(verify([]byte(x.doc))), &a); err != nil {
			t.Fatalf("%s: %v", x.name, err)
		}
		var misfits []string
		for _, c := range a.Checks {
			if !c.OK {
				misfits = append(misfits, c.Name)
			}
		}
		if a.Valid || !slices.Equal(misfits, x.misfits) || (a.Error != "") != x.failed || a.Checks == nil || a.Root != zkcommit.RootBundle {
			t.Errorf("%s: %+v", x.name, a)
		}
	}
}
