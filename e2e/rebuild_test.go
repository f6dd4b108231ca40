package e2e

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"candor/audit"
)

// TestAuditRebuildsRuns has an auditor make the inputs of a node's runs again, of all
// its rankers, with filters and for viewers, and holds a node to what it says of its contents.
func TestAuditRebuildsRuns(t *testing.T) {
	n := town(t)
	var people struct{ Items []profileView }
	if _, err := n.get("/api/v1/profiles?limit=5", &people); err != nil || len(people.Items) == 0 {
		t.Fatalf("the town has no people: %v", err)
	}
	var seen []string
	for _, ranker := range rankers {
		for _, p := range people.Items {
			seen = append(seen, n.feed(t, "limit=5&ranker="+ranker+"&filter=flood&filter=burst&viewer="+p.ID).Run.ID)
		}
		seen = append(seen, n.feed(t, "limit=5&ranker="+ranker).Run.ID)
	}
	eventually(t, time.Minute, "the runs are logged", func() bool {
		var r runView
		_, err := n.get("/api/v1/runs/"+seen[len(seen)-1], &r)
		return err == nil && r.LogIndex >= 0
	})
	var facts chainFacts
	if _, err := n.get("/api/v1/chain", &facts); err != nil {
		t.Fatal(err)
	}
	own := []string{"--rpc", facts.RPC, "--registry", facts.Contracts.Registry.Hex(), "--graph", facts.Contracts.SocialGraph.Hex(), "--ipfs", facts.IPFS}
	r, code := audited(t, append(own, "--log", n.URL+"/log/")...)
	if code != 0 || !r.Clean() {
		t.Fatalf("an honest node is found at fault: %+v", r.Findings)
	}
	if s := r.Shares["rebuilt"]; s.Checked < uint64(len(seen)) || s.Of != r.Shares["openings"].Checked {
		t.Errorf("of %d runs and more, %d of %d were made again: %s", len(seen), s.Checked, s.Of, s.Why)
	}
	if s := r.Shares["contents"]; s.Checked == 0 || s.Checked > s.Of {
		t.Errorf("of %d posts %d had contents", s.Of, s.Checked)
	}

	// What it says of its contents must give the mirror roots that its runs name.
	r, code = audited(t, append(own, "--node", before(t, n, func(path string, body []byte) (int, []byte) {
		if path != "/api/v1/contents" {
			return 200, body
		}
		var page struct {
			Items  []map[string]any `json:"items"`
			Cursor string           `json:"cursor"`
		}
		if err := json.Unmarshal(body, &page); err != nil || len(page.Items) == 0 {
			t.Errorf("the list of contents: %v: %s", err, body)
			return 200, body
		}
		for _, x := range page.Items {
			x["from"] = nil
		}
		return 200, must[[]byte](t)(json.Marshal(page))
	}))...)
	if rules := r.Rules(); code != 1 || len(rules) != 1 || rules[0] != audit.RuleMirrorRoot {
		t.Errorf("a node that says it had nothing: exit %d, found %v", code, rules)
	}
	// One that says nothing is not believed to have lied.
	r, code = audited(t, append(own, "--node", before(t, n, func(path string, body []byte) (int, []byte) {
		if path == "/api/v1/contents" {
			return 404, nil
		}
		return 200, body
	}))...)
	if code != 0 || r.Shares["rebuilt"].Of == 0 || !strings.Contains(strings.Join(r.Notes, ""), "does not say when it had") {
		t.Errorf("a node that says nothing: exit %d, %+v, %q", code, r.Findings, r.Notes)
	}
	// Without the graph nothing is claimed of it.
	r, code = audited(t, append(own, "--log", n.URL+"/log/", "--no-rebuild")...)
	if _, claimed := r.Shares["rebuilt"]; code != 0 || claimed || !strings.Contains(strings.Join(r.Notes, ""), "not made again") {
		t.Errorf("without the graph: exit %d, %+v, %q", code, r.Shares, r.Notes)
	}
}
