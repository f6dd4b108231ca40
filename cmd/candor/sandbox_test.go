package main

import (
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"candor/graph"
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
	none := func(*slog.Logger) (*sandbox.Box, error) { return nil, sandbox.ErrNone }
	if _, _, err := newCells(none, false, log).read(t.Context(), good); !errors.Is(err, sandbox.ErrNone) || !strings.Contains(err.Error(), "--unsafe-host") {
		t.Fatalf("without a sandbox: %v", err)
	}
	row := make(graph.Row, graph.Features)
	for i := range row {
		row[i] = int8(i)
	}
	var scores [][]graph.Score
	for _, c := range []cells{newCells(none, true, log), newCells(sandbox.New, false, log)} {
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
