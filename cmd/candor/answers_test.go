package main

import (
	"testing"

	"candor/graph"
	"candor/zkcommit"
)

// A dispute proof that was kept is an answer under its own key alone: under another one
// the contract refuses it, and the bond would be lost.
func TestKeptDisputesAreOfTheKey(t *testing.T) {
	n := &node{disputed: disputes{t.TempDir()}}
	d := &defence{services: &services{node: n}}
	row := zkcommit.RunRow{ID: graph.Hash{1}} // of which no proof can be made anew
	kept := zkcommit.Proof{Version: zkcommit.DigestProof, Kind: zkcommit.KindRunOrder, Key: graph.Hash{2}, Bytes: make([]byte, 192)}
	if err := n.disputed.keep(row.ID, kept); err != nil {
		t.Fatal(err)
	}
	if p, err := d.dispute(t.Context(), row, kept.Key); err != nil || p == nil || p.Key != kept.Key {
		t.Errorf("the proof that is there is not taken: %+v, %v", p, err)
	}
	if p, err := d.dispute(t.Context(), row, graph.Hash{3}); err == nil {
		t.Errorf("a proof under %s answers for the key %s", p.Key, graph.Hash{3})
	}
}
