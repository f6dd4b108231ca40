package prover

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"candor/graph"
	"candor/zkcommit"

	"github.com/prometheus/client_golang/prometheus"
)

// answers is a second proof system that says what it is told to.
type answers map[graph.Hash]error

func (a answers) Cross(_ context.Context, run graph.Hash) error { return a[run] }

// Both proofs of a drawn run agree, or it is said loudly; what cannot be done now is
// tried again, and keeps its place.
func TestCrossChecks(t *testing.T) {
	fine, wrong, unfit, late := graph.Hash{1}, graph.Hash{2}, graph.Hash{3}, graph.Hash{4}
	b := &book{due: []graph.Hash{fine, wrong, unfit, late}}
	second := answers{wrong: fmt.Errorf("%w: of this run", ErrDiffers), unfit: fmt.Errorf("%w: of 65 posts", ErrUnfit), late: errors.New("no keys yet")}
	var log bytes.Buffer
	c := &CrossChecker{Book: b, Second: second, Logger: slog.New(slog.NewTextHandler(&log, nil))}
	for range 3 {
		if did, err := c.Step(t.Context()); !did || err != nil {
			t.Fatalf("no cross-check is made: %v", err)
		}
	}
	for range 2 {
		if did, err := c.Step(t.Context()); did || err == nil {
			t.Fatal("what cannot be done now is done")
		}
	}
	delete(second, late)
	if did, err := c.Step(t.Context()); !did || err != nil {
		t.Fatalf("it is not tried again: %v", err)
	}
	if did, err := c.Step(t.Context()); did || err != nil {
		t.Fatalf("one is made where none is due: %v", err)
	}
	for run, want := range map[graph.Hash]zkcommit.CrossState{fine: zkcommit.CrossAgrees, wrong: zkcommit.CrossDiffers, unfit: zkcommit.CrossUnfit, late: zkcommit.CrossAgrees} {
		if b.cross[run] != want {
			t.Errorf("run %s is %q, want %q", run, b.cross[run], want)
		}
	}
	if loud := log.String(); strings.Count(loud, "level=ERROR") != 1 || !strings.Contains(loud, "DIFFER") {
		t.Errorf("it is not said loudly: %s", loud)
	}
	s := house(b, &wall{}, Terms{})
	if err := s.Prepare(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := s.Status().Crosses; got != (zkcommit.CrossFigures{Agree: 2, Differ: 1}) {
		t.Errorf("the status says %+v", got)
	}
	all, err := s.Metrics.(*prometheus.Registry).Gather()
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range all {
		if m.GetName() == "candor_cross_checks_differ" && m.Metric[0].GetGauge().GetValue() == 1 {
			return
		}
	}
	t.Error("the metrics do not say that a run differs")
}
