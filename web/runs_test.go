package web

import (
	"context"
	"strings"
	"testing"

	"candor/graph"
	"candor/zkcommit"
)

// shows is a run that the ledger calls proven, with what the node can show for it.
type shows struct {
	counts
	e zkcommit.Evidence
}

func (s shows) Evidence(context.Context, graph.Hash) (zkcommit.Evidence, error) { return s.e, nil }

// A run proof is worth nothing without the registration of its model and that one's
// key, so nobody reads "proven" without both.
func TestProvenNeedsARegistration(t *testing.T) {
	run := zkcommit.Run{Seq: 1, Previous: graph.Hash{1}, Block: 5}
	row := &zkcommit.RunRow{ID: run.ID(), Run: run.Bytes(), Public: true, ProofState: zkcommit.Proven, Record: []byte(`{"ranked":[]}`)}
	proof, dispute := &zkcommit.Proof{Version: zkcommit.RunProof}, &zkcommit.Proof{Version: zkcommit.DigestProof}
	registration, key, dev := &zkcommit.Registration{}, &zkcommit.BundleKey{}, &zkcommit.BundleKey{Development: true}
	for name, x := range map[string]struct {
		e    zkcommit.Evidence
		want string
	}{
		"all":               {zkcommit.Evidence{Proof: proof, Registration: registration, RegistrationKey: key}, `"proof":"proven","proofKind":"candor/sumcheck/v1","keys":""`},
		"development":       {zkcommit.Evidence{Proof: proof, Registration: registration, RegistrationKey: dev}, `"proof":"proven","proofKind":"candor/sumcheck/v1","keys":"development"`},
		"no registration":   {zkcommit.Evidence{Proof: proof}, `"proof":"pending","proofKind":""`},
		"no key":            {zkcommit.Evidence{Proof: proof, Registration: registration}, `"proof":"pending","proofKind":""`},
		"nothing":           {zkcommit.Evidence{}, `"proof":"pending","proofKind":""`},
		"a dispute":         {zkcommit.Evidence{Dispute: dispute, DisputeKey: dev}, `"proof":"proven","proofKind":"candor/digest-groth16/v1","keys":"development"`},
		"a keyless dispute": {zkcommit.Evidence{Dispute: dispute}, `"proof":"pending","proofKind":""`},
	} {
		s := server(t, func(graph.Request) (*graph.Page, error) {
			return &graph.Page{Run: graph.RunSummary{ID: row.ID, Proof: "proven"}}, nil
		})
		s.Runs, s.Proofs = counts{row: row}, shows{e: x.e}
		status, body, _ := ask(t, s, "GET", "/api/v1/runs/"+row.ID.Hex(), "", "")
		if status != 200 || !strings.Contains(body, x.want) {
			t.Errorf("%s: %d %s, want %s", name, status, body, x.want)
		}
		if _, body, _ := ask(t, s, "GET", "/api/v1/feed", "", ""); !strings.Contains(body, x.want[:len(`"proof":"pending"`)-1]) {
			t.Errorf("%s: in a feed %s, want %s", name, body, x.want)
		}
	}
}
