package year

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"candor/audit"
	"candor/graph"
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

// size of the year: a sample of few and small models, in which second proofs are made by
// liars only, or the whole one.
func size(t *testing.T) Size {
	t.Helper()
	if torture.Full() {
		return Whole(10_000)
	}
	doc, err := os.ReadFile("../../zkcommit/verify/testdata/bundle.json")
	if err != nil {
		t.Fatal(err)
	}
	foreign, err := zkcommit.ParseBundle(doc)
	if err != nil {
		t.Fatal(err)
	}
	small := zkcommit.Shape{Inputs: graph.Features, Hidden: [2]int{2}, Shift: [2]uint{6}}
	return Size{Publishers: 5, Versions: 4, Runs: 300, People: 12, Days: 2, Shapes: []zkcommit.Shape{zkcommit.Provable, small, small, small, small},
		Permille: 3, Cross: 5000, Foreign: foreign}
}

// TestYear lets a year go by in which the rules are broken in each way, and audits it:
// each lie is found under its name, nothing else is, and a model that does not become
// what was committed is named within two blocks of its date.
func TestYear(t *testing.T) {
	circuit.Silence()
	w, err := Open(t.Context(), t.TempDir(), size(t), torture.Seed(t))
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
	a, err := w.Audit(t.Context(), binary, w.Known()...)
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
	n, runs := w.Head.Size, uint64(w.Size.Runs)
	for what, least := range map[string]audit.Share{"entries": {Checked: n, Of: n}, "anchors": {Checked: uint64(w.Size.Versions)}, "proofs": {Checked: runs / 2},
		"replays": {Checked: runs / 4}, "rebuilt": {Checked: runs * 3 / 4}, "tickets": {Checked: runs / 20, Of: uint64(len(w.Tickets))},
		"aborts": {Checked: 3}, audit.OfRuns: {Checked: 2, Of: 3}, audit.OfEpochs: {Checked: 3, Of: 3}, "contents": {Checked: 50}} {
		if got := a.Shares[what]; got.Checked < least.Checked || least.Of > 0 && got.Of != least.Of {
			t.Errorf("%s: the audit checked %+v, want %+v at least", what, got, least)
		}
	}
	blocks, err := w.Lateness(t.Context(), binary, 2)
	if err != nil {
		t.Error(err)
	}
	ms, err := w.Rebuilds(t.Context(), torture.Count(40, 3000))
	if err != nil {
		t.Error(err)
	}
	torture.Say(t, "a year of %d publishers, %d versions and %d runs audited in %.1f s (%.1f s of processor time) with %.0f MiB: %d of %d lies found, %d false alarms, lateness after %d blocks; %.1f ms to make a run's inputs again",
		w.Size.Publishers, w.Size.Publishers*w.Size.Versions, w.Size.Runs, a.Seconds, a.CPU, a.RSSMiB, found, len(w.Tampered), len(alarms), blocks, ms)
}
