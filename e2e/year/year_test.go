package year

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"candor/audit"
	"candor/internal/torture"
	"candor/zkcommit"
	"candor/zkcommit/circuit"
)

// binary is candor as this run built it.
func build(t *testing.T) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "candor")
	cmd := exec.Command("go", "build", "-o", name, "./cmd/candor")
	cmd.Dir, cmd.Stderr = "../..", os.Stderr
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	if err := cmd.Run(); err != nil {
		t.Fatal(err)
	}
	return name
}

// size of the year: a sample of few and small models, or the whole one.
func size() Size {
	if torture.Full() {
		return Size{Publishers: 10, Versions: 20, Runs: 10_000, Posts: 50, Shape: zkcommit.Provable, Permille: 10}
	}
	return Size{Publishers: 5, Versions: 4, Runs: 240, Posts: 50, Shape: zkcommit.Shape{Inputs: 16, Hidden: [2]int{4}, Shift: [2]uint{6}}, Permille: 10}
}

// TestYear lets a year go by in which the rules are broken in each way, and audits it:
// each lie is found under its name, nothing else is, and a model that does not become
// what was committed is named within two blocks of its date.
func TestYear(t *testing.T) {
	circuit.Silence()
	w, err := Open(t.Context(), t.TempDir(), size(), torture.Seed(t))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := w.Close(); err != nil {
			t.Error(err)
		}
	})
	binary := build(t)
	if err := w.Live(t.Context(), func(s string) { t.Log(s) }); err != nil {
		t.Fatal(err)
	}
	a, err := w.Audit(t.Context(), binary, w.Receipts()...)
	if err != nil {
		t.Fatal(err)
	}
	found, alarms := w.Judge(&a.Report)
	for _, f := range alarms {
		t.Errorf("a false alarm: %s: %s %+v", f.Rule, f.Says, f)
	}
	for _, x := range w.Tampered {
		if !x.Found {
			t.Errorf("%s was not found under %s: %+v", x.Way, x.Rule, x)
		}
	}
	seen := map[string]int{}
	for _, x := range w.Tampered {
		seen[x.Way]++
	}
	for _, x := range ways {
		if seen[x.Name] == 0 {
			t.Errorf("nobody lied by %s", x.Name)
		}
	}
	shares := a.Shares
	if n := uint64(w.Size.Runs); shares["entries"] != (audit.Share{Checked: n, Of: n}) || shares["proofs"].Checked < n*3/4 || shares["replays"].Checked < n/4 {
		t.Errorf("the audit checked %+v", shares)
	}
	blocks, err := w.Lateness(t.Context(), binary, 2)
	if err != nil {
		t.Error(err)
	}
	torture.Say(t, "a year of %d publishers, %d versions and %d runs audited in %.1f s with %.0f MiB: %d of %d lies found, %d false alarms, lateness after %d blocks",
		w.Size.Publishers, w.Size.Publishers*w.Size.Versions, w.Size.Runs, a.Seconds, a.RSSMiB, found, len(w.Tampered), len(alarms), blocks)
}
