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
	now := time.Unix(1_000_000_000, 0)
	var next func() ([]graph.Score, error)
	w := rankers.NewWatch(moody(func(context.Context, []graph.Row) ([]graph.Score, error) { return next() }), time.Minute, func() time.Time { return now })
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
	if f := w.Figures(); f.Asked != 5 || f.Failed != 3 || !f.Since.Equal(now.Truncate(time.Hour)) || f.Answers != 2 || f.Slow < f.Median {
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
	}), 5*time.Millisecond, time.Now)
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
	}), time.Minute, time.Now)
	if _, err := w.Score(ctx, rows3); !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	if f := w.Figures(); f.Asked != 0 {
		t.Errorf("%+v", f)
	}
}

// TestFiguresOfAWeek: what readers asked and what the node asked itself are told apart,
// hours that are over a week old count no more, and what was kept is counted on from.
func TestFiguresOfAWeek(t *testing.T) {
	now := time.Unix(1_000_000_000, 0).Truncate(time.Hour)
	clock := func() time.Time { return now }
	fails := false
	fresh := func() *rankers.Watch {
		return rankers.NewWatch(moody(func(context.Context, []graph.Row) ([]graph.Score, error) {
			if fails {
				return nil, errors.New("no")
			}
			return make([]graph.Score, 3), nil
		}), time.Minute, clock)
	}
	w := fresh()
	if f := w.Figures(); f != (rankers.Figures{}) {
		t.Errorf("nothing happened: %+v", f)
	}
	if _, err := w.Score(t.Context(), rows3); err != nil {
		t.Fatal(err)
	}
	w.Paged()
	now = now.Add(6 * 24 * time.Hour)
	for _, fails = range []bool{false, true, false, false} {
		if scores, err := w.Checked().Score(t.Context(), rows3); (err != nil) != fails || !fails && len(scores) != 3 {
			t.Fatal(scores, err)
		}
	}
	want := rankers.Figures{Since: now.Add(-6 * 24 * time.Hour), Pages: 1, Asked: 1, Checked: 4, Missed: 1, Answers: 4}
	same := func(what string, f rankers.Figures) {
		t.Helper()
		if f.Median, f.Slow = 0, 0; f != want {
			t.Errorf("%s: %+v, not %+v", what, f, want)
		}
	}
	same("as counted", w.Figures())
	kept := w.Record()
	w = fresh()
	w.Resume(kept)
	same("taken up again", w.Figures())
	now = now.Add(2 * 24 * time.Hour)
	want.Since, want.Pages, want.Asked = now.Add(-2*24*time.Hour), 0, 0
	same("two days later", w.Figures())
	if n := len(w.Record().Hours); n != 1 {
		t.Errorf("%d hours are kept", n)
	}
	w.Paged()
	if len(kept.Hours) != 2 || kept.Hours[1].Pages != 0 {
		t.Errorf("what was handed out changed: %+v", kept.Hours)
	}
}
