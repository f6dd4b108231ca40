package main

import (
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"candor/graph"
	"candor/rankers"
)

type silent struct{}

func (silent) Info() rankers.Info { return rankers.Info{ID: "silent"} }

func (silent) Score(_ context.Context, rows []graph.Row) ([]graph.Score, error) {
	return make([]graph.Score, len(rows)), nil
}

// TestFiguresOutliveTheirNode: what was counted of a version goes on after a restart, and when
// it is taken up again meanwhile; another version begins at nothing, and so do all when the
// file is damaged, which is told.
func TestFiguresOutliveTheirNode(t *testing.T) {
	path := filepath.Join(t.TempDir(), "rankers.json")
	var said strings.Builder
	open := func() *figures { return openFigures(path, slog.New(slog.NewTextHandler(&said, nil))) }
	f := open()
	ask := func(w *rankers.Watch) {
		t.Helper()
		if _, err := w.Score(t.Context(), make([]graph.Row, 2)); err != nil {
			t.Fatal(err)
		}
	}
	w := f.watch(silent{}, "0xaa", 1)
	ask(w)
	f.paged("0xaa", 1)
	f.paged("0xbb", 1) // which nobody watches
	ask(f.watch(silent{}, "0xaa", 1))
	if err := f.save(); err != nil {
		t.Fatal(err)
	}
	w = open().watch(silent{}, "0xaa", 1)
	if x := w.Figures(); x.Asked != 2 || x.Pages != 1 || x.Answers != 2 {
		t.Errorf("after a restart: %+v", x)
	}
	if x := open().watch(silent{}, "0xaa", 2).Figures(); x != (rankers.Figures{}) {
		t.Errorf("a new version has %+v", x)
	}
	g := open() // serves it no more, and keeps what it had
	if err := g.save(); err != nil {
		t.Fatal(err)
	}
	if x := open().watch(silent{}, "0xaa", 1).Figures(); x.Asked != 2 {
		t.Errorf("after a restart without it: %+v", x)
	}
	if said.Len() > 0 {
		t.Errorf("told: %s", said.String())
	}
	if err := os.WriteFile(path, []byte(`{"1 0xaa":{"hours":[{"began":`), 0o600); err != nil {
		t.Fatal(err)
	}
	if x := open().watch(silent{}, "0xaa", 1).Figures(); x != (rankers.Figures{}) || !strings.Contains(said.String(), "counted anew") {
		t.Errorf("of a damaged file: %+v, %s", x, said.String())
	}
}
