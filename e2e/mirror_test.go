package e2e

import (
	"fmt"
	"testing"

	"candor/graph"
	"candor/zkcommit"

	"github.com/ethereum/go-ethereum/common/hexutil"
)

// TestMirrorProofs goes the auditor's way: from a run's bundle to the proof that
// the mirror held a ranked post, under the root that the run names.
func TestMirrorProofs(t *testing.T) {
	n := town(t)
	p := n.feed(t, "ranker=latest&limit=5")
	var bundle struct{ Run hexutil.Bytes }
	if _, err := n.get("/api/v1/runs/"+p.Run.ID+"/bundle?opening="+p.Run.Opening, &bundle); err != nil {
		t.Fatal(err)
	}
	run, err := zkcommit.ParseRun(bundle.Run)
	if err != nil {
		t.Fatal(err)
	}
	for _, item := range p.Items {
		var a struct {
			Block     uint64
			BlockHash graph.Hash
			Root      graph.Hash
			Count     uint64
			Index     uint64
			Entry     struct {
				ID        graph.PostID
				Status    string
				Embedding graph.Hash
			}
			Proof []graph.Hash
		}
		if _, err := n.get(fmt.Sprintf("/api/v1/mirror/%d/%s", run.Block, item.ID), &a); err != nil {
			t.Fatal(err)
		}
		if a.Entry.ID.String() != item.ID || a.Entry.Status != "present" || a.BlockHash != run.BlockHash {
			t.Fatalf("the proof of %s is of %+v at block %s", item.ID, a.Entry, a.BlockHash)
		}
		proof := graph.MirrorProof{Entry: graph.MirrorEntry{ID: a.Entry.ID, Status: graph.Present, Embedding: a.Entry.Embedding},
			Index: a.Index, Entries: a.Count, Path: a.Proof}
		if err := proof.Verify(run.MirrorRoot); err != nil {
			t.Errorf("%s is not under the run's mirror root: %v", item.ID, err)
		}
		proof.Entry.Status = graph.Withheld
		if proof.Verify(run.MirrorRoot) == nil {
			t.Errorf("%s passes with another status", item.ID)
		}
	}
}
