package main

import (
	"context"
	"errors"
	"testing"

	"candor/graph"
	"candor/zkcommit"
	"candor/zkcommit/circuit/verifier"
)

// named are keys with a name.
type named struct{ hash graph.Hash }

func (n named) Hash() graph.Hash     { return n.hash }
func (n named) Circuit() string      { return verifier.CircuitID }
func (n named) Development() bool    { return true }
func (n named) VerifyingKey() []byte { return nil }
func (n named) Prove(context.Context, zkcommit.Statement, *zkcommit.Model, zkcommit.Salt) (p zkcommit.Proof, err error) {
	return p, errors.New("these keys are a name only")
}

// A dispute proof that was kept is an answer under its own key alone: under another one
// the contract refuses it, and the bond would be lost.
func TestKeptDisputesAreOfTheKey(t *testing.T) {
	n := &node{disputed: disputes{t.TempDir()}}
	s := &second{services: &services{node: n, plugins: &plugins{}}, keys: named{graph.Hash{2}}}
	run := graph.Hash{1} // of which no proof can be made anew
	kept := zkcommit.Proof{Version: zkcommit.DigestProof, Kind: zkcommit.KindRunOrder, Key: graph.Hash{2}, Bytes: make([]byte, 192)}
	if err := n.disputed.keep(run, kept); err != nil {
		t.Fatal(err)
	}
	if p, err := s.ours(t.Context(), run, zkcommit.Statement{}, opened{}); err != nil || p == nil || p.Key != kept.Key {
		t.Errorf("the proof that is there is not taken: %+v, %v", p, err)
	}
	s.keys = named{graph.Hash{3}}
	if p, err := s.ours(t.Context(), run, zkcommit.Statement{}, opened{}); err == nil {
		t.Errorf("a proof under %s answers for the key %s", p.Key, graph.Hash{3})
	}
}
