package e2e

import (
	"bytes"
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

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

// TestVerifyAsksForTheMirror has candor verify ask for proofs, of the node and of
// ones that stand before it and lie.
func TestVerifyAsksForTheMirror(t *testing.T) {
	n := town(t)
	p := n.feed(t, "ranker=hybrid&limit=5")
	eventually(t, 2*time.Minute, "the run is proven", func() bool {
		var v runView
		_, err := n.get("/api/v1/runs/"+p.Run.ID, &v)
		return err == nil && v.Proof == "proven"
	})
	lying := func(lie func(path string, body []byte) (int, []byte)) string {
		return before(t, n, func(path string, body []byte) (int, []byte) {
			if !strings.HasPrefix(path, "/api/v1/mirror/") {
				return http.StatusOK, body
			}
			return lie(path, body)
		})
	}
	swap := func(old, new string) string {
		return lying(func(_ string, b []byte) (int, []byte) {
			if !bytes.Contains(b, []byte(old)) {
				t.Errorf("%s is not in %s", old, b)
			}
			return 200, bytes.Replace(b, []byte(old), []byte(new), 1)
		})
	}
	var first []byte // another post's proof
	other := lying(func(_ string, b []byte) (int, []byte) {
		if first == nil {
			first = b
		}
		return 200, first
	})
	for name, c := range map[string]struct {
		url  string
		code int
		says string
	}{
		"honest":       {n.URL, 0, "ok      mirror"},
		"other status": {swap(`"status":"present"`, `"status":"withheld"`), 1, "MISFIT  mirror"},
		"no status":    {swap(`"status":"present"`, `"status":"fine"`), 1, "MISFIT  mirror"},
		"other digest": {lying(func(_ string, b []byte) (int, []byte) {
			b[bytes.Index(b, []byte(`"embedding":"0x`))+20] ^= 1 // another hexadecimal digit, whichever it is
			return 200, b
		}), 1, "MISFIT  mirror"},
		"other post": {other, 1, "MISFIT  mirror"},
		"nothing":    {lying(func(string, []byte) (int, []byte) { return 404, []byte(`{"detail":"too old"}`) }), 2, "the node says: too old"},
		"noise":      {lying(func(string, []byte) (int, []byte) { return 200, []byte(`[]`) }), 1, "MISFIT  mirror"},
	} {
		out, errs, code := run(t, "verify", "--node", c.url, p.Run.ID, "--opening", p.Run.Opening, "--mirror", "12")
		if code != c.code || !strings.Contains(out+errs, c.says) {
			t.Errorf("%s: exit status %d\n%s%s", name, code, out, errs)
		}
		if code == 0 && !regexp.MustCompile(`12 of \d+ candidates, drawn by chance, are under the run's mirror root, 12 present; their texts were not compared`).MatchString(out) {
			t.Errorf("it says of the mirror:\n%s", out)
		}
	}
	if _, errs, code := run(t, "verify", "nothing.json", "--mirror", "3"); code != 2 {
		t.Errorf("without a node it ends with %d: %s", code, errs)
	}
}
