package rankers_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"candor/graph"
	"candor/rankers"
)

// moody answers as its function does.
type moody func(ctx context.Context, rows []graph.Row) ([]graph.Score, error)

func (moody) Info() rankers.Info { return rankers.Info{ID: "moody"} }

func (m moody) Score(ctx context.Context, rows []graph.Row) ([]graph.Score, error) {
	return m(ctx, rows)
}

var rows3 = make([]graph.Row, 3)

// TestWatchCounts: answers, errors, wrong lengths and panics are told apart, and a panic
// ends nothing.
func TestWatchCounts(t *testing.T) {
	var next func() ([]graph.Score, error)
	w := rankers.NewWatch(moody(func(context.Context, []graph.Row) ([]graph.Score, error) { return next() }), time.Minute, time.Unix(7, 0))
	for i, x := range []struct {
		answer func() ([]graph.Score, error)
		ok     bool
	}{
		{func() ([]graph.Score, error) { return make([]graph.Score, 3), nil }, true},
		{func() ([]graph.Score, error) { return nil, errors.New("no") }, false},
		{func() ([]graph.Score, error) { return make([]graph.Score, 2), nil }, false},
		{func() ([]graph.Score, error) { panic("no") }, false},
		{func() ([]graph.Score, error) { return make([]graph.Score, 3), nil }, true},
	} {
		next = x.answer
		if scores, err := w.Score(t.Context(), rows3); (err == nil) != x.ok || x.ok && len(scores) != 3 {
			t.Errorf("%d: %v, %v", i, scores, err)
		}
	}
	if f := w.Figures(); f.Asked != 5 || f.Failed != 3 || !f.Since.Equal(time.Unix(7, 0)) || f.Slow < f.Median {
		t.Errorf("%+v", f)
	}
}

// TestWatchKeepsTheDeadline: one that hangs for ever, whatever its context says, costs its
// asker the deadline and no more, and few goroutines.
func TestWatchKeepsTheDeadline(t *testing.T) {
	never := make(chan struct{})
	t.Cleanup(func() { close(never) })
	w := rankers.NewWatch(moody(func(context.Context, []graph.Row) ([]graph.Score, error) {
		<-never
		return nil, nil
	}), 5*time.Millisecond, time.Now())
	done := make(chan error, 1)
	for range rankers.MaxHung + 3 {
		go func() { _, err := w.Score(t.Context(), rows3); done <- err }()
		select {
		case err := <-done:
			if !errors.Is(err, rankers.ErrLate) {
				t.Fatal(err)
			}
		case <-time.After(20 * time.Second):
			t.Fatal("its asker hangs, too")
		}
	}
	if f := w.Figures(); f.Failed != rankers.MaxHung+3 {
		t.Errorf("%+v", f)
	}
}

// TestWatchForgivesThatItsAskerWent: then nothing is counted.
func TestWatchForgivesThatItsAskerWent(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	w := rankers.NewWatch(moody(func(inner context.Context, _ []graph.Row) ([]graph.Score, error) {
		cancel()
		<-inner.Done()
		return nil, inner.Err()
	}), time.Minute, time.Now())
	if _, err := w.Score(ctx, rows3); !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	if f := w.Figures(); f.Asked != 0 {
		t.Errorf("%+v", f)
	}
}
