package main

import (
	"bytes"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"candor/graph"
	"candor/rankers/publish"
	"candor/rankers/sandbox"
	"candor/rankers/sandbox/hostile"
)

// The test's own binary is the sandbox.
func TestMain(m *testing.M) {
	if sandbox.Called() {
		os.Exit(sandbox.Serve(loadGuest))
	}
	os.Exit(m.Run())
}

// noBox is a system without sandboxes.
func noBox(*slog.Logger) (*sandbox.Box, error) { return nil, sandbox.ErrNone }

// TestNoSandboxNoGuests: where strangers' models cannot be shut in, no file of theirs is
// taken, unless the operator said so; where they can, a model scores the same inside.
func TestNoSandboxNoGuests(t *testing.T) {
	m, err := hostile.New(1)
	if err != nil {
		t.Fatal(err)
	}
	file, _, err := m.Mutated(0)
	if err != nil {
		t.Fatal(err)
	}
	good := filepath.Join(t.TempDir(), "good.ranker")
	bad := filepath.Join(t.TempDir(), "bad.ranker")
	for path, b := range map[string][]byte{good: file, bad: file[:len(file)-1]} {
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	log := slog.New(slog.DiscardHandler)
	if _, _, err := newCells(noBox, false, log).read(t.Context(), good); !errors.Is(err, sandbox.ErrNone) || !strings.Contains(err.Error(), "--unsafe-host") {
		t.Fatalf("without a sandbox: %v", err)
	}
	row := make(graph.Row, graph.Features)
	for i := range row {
		row[i] = int8(i)
	}
	var scores [][]graph.Score
	for _, c := range []cells{newCells(noBox, true, log), newCells(sandbox.New, false, log)} {
		if _, _, err := c.read(t.Context(), bad); err == nil || errors.Is(err, sandbox.ErrNone) {
			t.Fatalf("a file that is cut off: %v", err)
		}
		p, b, err := c.read(t.Context(), good)
		if err != nil {
			t.Fatal(err)
		}
		r, _, closing, err := c.open(p, b)
		if err != nil {
			t.Fatal(err)
		}
		time.Sleep(1500 * time.Millisecond) // libraries that do something every second have done it
		s, err := r.Score(t.Context(), []graph.Row{row, make(graph.Row, graph.Features)})
		closing()
		if err != nil {
			t.Fatal(err)
		}
		scores = append(scores, s)
	}
	if !slices.Equal(scores[0], scores[1]) {
		t.Errorf("in the sandbox it scores %v, outside %v", scores[1], scores[0])
	}
}

// TestProverReadsInASandbox: candor prover takes others' models by way of a sandbox alone, and
// one that is refused ends the proofs of no other.
func TestProverReadsInASandbox(t *testing.T) {
	t.Parallel()
	m, err := hostile.New(1)
	if err != nil {
		t.Fatal(err)
	}
	good, _, err := m.Mutated(0)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := os.MkdirAll(parcels(dir), 0o700); err != nil {
		t.Fatal(err)
	}
	for name, b := range map[string][]byte{"a-bad": good[:len(good)-1], "b-good": good, "c-noise": good[100:]} {
		if err := os.WriteFile(filepath.Join(parcels(dir), name+parcelSuffix), b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	var said bytes.Buffer
	log := slog.New(slog.NewTextHandler(&said, nil))
	shut := newCells(sandbox.New, false, log)
	p, err := heldModels(t.Context(), dir, nil, shut, log)
	if err != nil || p == nil {
		t.Fatalf("one refused model ended it all: %v", err)
	}
	if len(p.models) != 1 || strings.Count(said.String(), "not proved here") != 2 || !strings.Contains(said.String(), "a-bad") || !strings.Contains(said.String(), "c-noise") {
		t.Errorf("%d models: %s", len(p.models), said.String())
	}
	if n := shut.judged.Len(); n != 3 {
		t.Errorf("a sandbox read %d of 3 files", n)
	}
	if _, err := heldModels(t.Context(), dir, nil, newCells(noBox, false, log), log); err == nil || !strings.Contains(said.String(), "--unsafe-host") {
		t.Errorf("without a sandbox: %v, %s", err, said.String())
	}
	if p, err := heldModels(t.Context(), dir, nil, newCells(noBox, true, log), log); err != nil || len(p.models) != 1 {
		t.Errorf("where the operator says so: %v", err)
	}
	if _, err := heldModels(t.Context(), dir, []string{"0x00"}, shut, log); err == nil {
		t.Error("a ranker whose file is not there is proved")
	}
}

// A node that is handed a tower's own parcel reads no more of it than parcels of rankers
// have, which is enough to refuse it.
func TestTowersStayWithTheirWorkers(t *testing.T) {
	path := filepath.Join(t.TempDir(), "tower.ranker")
	f, err := os.Create(path)
	if err == nil {
		err = errors.Join(f.Truncate(int64(publish.MaxParcel)), f.Close())
	}
	if err != nil {
		t.Fatal(err)
	}
	c := newCells(noBox, true, slog.New(slog.DiscardHandler))
	if _, b, err := c.read(t.Context(), path); err == nil || !strings.Contains(err.Error(), fmt.Sprintf("more than %d bytes", publish.MaxHosted)) || !strings.Contains(err.Error(), "hand over the manifest alone") || len(b) > 0 {
		t.Errorf("%d bytes: %v", len(b), err)
	}
}
