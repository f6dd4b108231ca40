package e2e

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"candor/zkcommit"
)

// TestDemands has one run checked in every way that there is: by its run proof in Go
// (the browser's verifiers have tests of their own), by inclusion in an anchored log,
// and as a dispute, by the contract that checks a proof of the other proof system.
func TestDemands(t *testing.T) {
	t.Parallel()
	n := town(t)
	p := n.feed(t, "ranker=latest&limit=5")
	eventually(t, 2*time.Minute, "the run is proven", func() bool {
		var v runView
		_, err := n.get("/api/v1/runs/"+p.Run.ID, &v)
		return err == nil && v.Proof == "proven" && v.LogIndex >= 0
	})
	pay := n.payer(t)
	demand := func(args ...string) (string, string, int) {
		return run(t, append(append([]string{"demand", "--node", n.URL, p.Run.ID}, args...), pay...)...)
	}
	// Before its time is over there is nothing to demand.
	inTime := func(demand func() (string, string, int)) (out, errs string, code int) {
		eventually(t, 3*time.Minute, "the promise is due", func() bool {
			out, errs, code = demand()
			return !strings.Contains(errs, "BadTime")
		})
		return out, errs, code
	}
	if out, errs, code := inTime(func() (string, string, int) { return demand("--inclusion") }); code != 0 || !strings.Contains(out, "answered") {
		t.Fatalf("inclusion: exit %d: %s%s\n%s", code, out, errs, n.out)
	}
	if out, errs, code := demand(); code != 0 || !strings.Contains(out, "answered") {
		t.Fatalf("proof: exit %d: %s%s\n%s", code, out, errs, n.out)
	}
	ticket := filepath.Join(t.TempDir(), "ticket.json")
	if err := os.WriteFile(ticket, p.Run.Ticket, 0o600); err != nil {
		t.Fatal(err)
	}
	end := append([]string{"demand", "--ticket", ticket}, pay...)
	if out, errs, code := inTime(func() (string, string, int) { return run(t, end...) }); code != 0 || !strings.Contains(out, "answered  ticket") {
		t.Fatalf("a ticket's end: exit %d: %s%s\n%s", code, out, errs, n.out)
	}
	if _, errs, code := run(t, end...); code != 2 || errs == "" {
		t.Errorf("the same ticket again: exit %d: %s", code, errs)
	}
	if out, errs, code := run(t, "audit", "--node", n.URL, "--ticket", ticket); code != 0 || !strings.Contains(out, "tickets    1 of 1") {
		t.Errorf("an audit with the ticket: exit %d: %s%s", code, out, errs)
	}
	if _, errs, code := demand(); code != 2 || errs == "" {
		t.Errorf("the same demand again: exit %d: %s", code, errs)
	}
	out, errs, code := run(t, "verify", "--json", "--node", n.URL, p.Run.ID)
	if code != 0 {
		t.Fatalf("candor verify: exit %d: %s%s", code, out, errs)
	}
	var f zkcommit.Finding
	if err := json.Unmarshal([]byte(out), &f); err != nil {
		t.Fatal(err)
	}
	checked := map[string]bool{}
	for _, c := range f.Checks {
		checked[c.Name] = c.OK
	}
	if !f.Valid || !checked["proof"] || !checked["registration"] || !checked["dispute"] {
		t.Errorf("the run's proofs were checked so: %+v", f.Checks)
	}
}
