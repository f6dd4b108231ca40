package chain_test

import (
	"bytes"
	"math/big"
	"testing"
	"time"

	"candor/contracts"
	"candor/graph"
	"candor/zkcommit/chain"

	"github.com/ethereum/go-ethereum/accounts/abi/bind/v2"
)

// A version's ciphertext is found from the chain alone, and no other version's.
func TestCiphertextsAreFound(t *testing.T) {
	w := newWorld(t, true)
	plugin, err := w.owner.EnsurePlugin(ctx, "secret", chain.Ranker)
	if err != nil {
		t.Fatal(err)
	}
	head, err := w.dev.Client().HeaderByNumber(ctx, nil)
	if err != nil {
		t.Fatal(err)
	}
	by := max(head.Time, uint64(time.Now().Unix())) + 3600
	for v := byte(1); v <= 2; v++ {
		m := chain.Model{Plugin: plugin, Commitment: graph.Hash{v}, ShapeID: graph.Hash{9}, Manifest: document("m"), RevealBy: by}
		if got, err := w.owner.EnsurePledged(ctx, m, chain.Pledge{Bond: new(big.Int), Ciphertext: bytes.Repeat([]byte{v}, 5000)}); err != nil || got != uint32(v) {
			t.Fatalf("version %d, not %d: %v", got, v, err)
		}
	}
	if v, err := w.owner.EnsureModel(ctx, chain.Model{Plugin: plugin, Commitment: graph.Hash{3}, ShapeID: graph.Hash{9}, Manifest: document("m")}); err != nil || v != 3 {
		t.Fatalf("an open version: %d %v", v, err)
	}
	for v := byte(1); v <= 3; v++ {
		m, _, err := w.other.Model(ctx, plugin, uint32(v))
		if err != nil {
			t.Fatal(err)
		}
		s, known, err := w.other.Sealed(ctx, m)
		if err != nil || known != (v < 3) || known && !bytes.Equal(s.Ciphertext, bytes.Repeat([]byte{v}, 5000)) {
			t.Errorf("version %d: %d bytes, known %v, %v", v, len(s.Ciphertext), known, err)
		}
	}
}

// Bytes of a publisher that name nothing stop nobody from reading on.
func TestUnreadableNamesStopNobody(t *testing.T) {
	w := newWorld(t, true)
	plugin, err := w.owner.EnsurePlugin(ctx, "hostile", chain.Ranker)
	if err != nil {
		t.Fatal(err)
	}
	r := contracts.NewRegistry()
	commit := r.PackCommitModel(contracts.RegistryCommit{Plugin: plugin, Commitment: graph.Hash{1}, ShapeId: graph.Hash{9}, ManifestCid: []byte("no CID"),
		RevealBy: max(w.now(t), uint64(time.Now().Unix())) + 3600, CiphertextCid: []byte("nor this")})
	tx, err := bind.Transact(r.Instance(w.dev.Client(), w.at.Registry), bind.NewKeyedTransactor(key("owner"), chainID), commit)
	if err == nil {
		_, err = bind.WaitMined(ctx, w.dev.Client(), tx.Hash())
	}
	if err != nil {
		t.Fatal(err)
	}
	m, known, err := w.other.Model(ctx, plugin, 1)
	if err != nil || !known || m.Manifest.Defined() || m.Commitment != (graph.Hash{1}) {
		t.Fatalf("%+v, known %v: %v", m, known, err)
	}
	if s, known, err := w.other.Sealed(ctx, m); err != nil || !known || s.CID.Defined() || s.Ciphertext != nil {
		t.Errorf("%+v, known %v: %v", s, known, err)
	}
}
