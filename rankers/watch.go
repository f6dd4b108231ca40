package rankers

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"candor/graph"
)

// ErrLate is the answer for a ranker that did not answer by its deadline.
var ErrLate = errors.New("the ranker did not answer in time")

// Watch asks a ranker with a deadline and counts what comes of it. It keeps the deadline
// whatever the ranker does; one that hangs costs a goroutine each time, and no more than
// MaxHung of them at once.
type Watch struct {
	ranker Ranker
	within time.Duration
	clock  func() time.Time
	hung   chan struct{}

	mu     sync.Mutex
	record Record
}

// MaxHung is how many questions to one ranker may be open at once.
const MaxHung = 64

type agreed struct{}

// WithAgreed has a ranker say how many independent workers gave the same answer, in n.
func WithAgreed(ctx context.Context, n *int) context.Context {
	return context.WithValue(ctx, agreed{}, n)
}

// Agree is a ranker's word for WithAgreed, before it returns.
func Agree(ctx context.Context, workers int) {
	if n, ok := ctx.Value(agreed{}).(*int); ok {
		*n = workers
	}
}

// NewWatch watches a ranker from now on.
func NewWatch(r Ranker, within time.Duration, clock func() time.Time) *Watch {
	return &Watch{ranker: r, within: within, clock: clock, hung: make(chan struct{}, MaxHung)}
}

// Resume counts on from what was kept of the same ranker. Call it first.
func (w *Watch) Resume(kept Record) { w.record = kept.clone() }

// Info implements Ranker.
func (w *Watch) Info() Info { return w.ranker.Info() }

// Score implements Ranker, for readers. Who asks and goes away is no failure of the ranker's.
func (w *Watch) Score(ctx context.Context, rows []graph.Row) ([]graph.Score, error) {
	return w.ask(ctx, rows, (*Hour).asked)
}

// Ranker is what is watched.
func (w *Watch) Ranker() Ranker { return w.ranker }

// Checked is the ranker as its node asks it of its own accord: such a question counts for
// how often it is up, not among those of readers.
func (w *Watch) Checked() Ranker { return checked{w} }

type checked struct{ *Watch }

// Score implements Ranker.
func (c checked) Score(ctx context.Context, rows []graph.Row) ([]graph.Score, error) {
	return c.ask(ctx, rows, (*Hour).checked)
}

func (w *Watch) ask(ctx context.Context, rows []graph.Row, count func(*Hour, error)) ([]graph.Score, error) {
	select {
	case w.hung <- struct{}{}:
	default:
		w.note(count, 0, ErrLate)
		return nil, fmt.Errorf("%w: %d questions to it are open", ErrLate, MaxHung)
	}
	began := time.Now()
	inner, cancel := context.WithTimeout(ctx, w.within)
	defer cancel()
	type answer struct {
		scores []graph.Score
		err    error
	}
	done := make(chan answer, 1)
	go func() {
		defer func() { <-w.hung }()
		defer func() {
			if p := recover(); p != nil {
				done <- answer{nil, fmt.Errorf("the ranker panicked: %v", p)}
			}
		}()
		scores, err := w.ranker.Score(inner, rows)
		if err == nil && len(scores) != len(rows) {
			err = fmt.Errorf("the ranker gave %d scores for %d posts", len(scores), len(rows))
		}
		done <- answer{scores, err}
	}()
	var a answer
	select {
	case a = <-done:
	case <-inner.Done():
		a.err = ErrLate
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	w.note(count, time.Since(began), a.err)
	if a.err != nil {
		return nil, a.err
	}
	return a.scores, nil
}

// Agreed is Score, with how many independent workers gave the answer; 0: it was one, or
// the ranker asks none.
func (w *Watch) Agreed(ctx context.Context, rows []graph.Row) (scores []graph.Score, workers int, err error) {
	scores, err = w.Score(WithAgreed(ctx, &workers), rows)
	if err != nil {
		return nil, 0, err // workers may be written yet
	}
	return scores, workers, nil
}

// Paged counts a page that a reader got of the ranker.
func (w *Watch) Paged() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.record.hour(w.clock()).Pages++
}

func (w *Watch) note(count func(*Hour, error), took time.Duration, err error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	count(w.record.hour(w.clock()), err)
	if err == nil {
		w.record.Took = append(w.record.Took[max(0, len(w.record.Took)-recent+1):], took)
	}
}

// Figures are those of this moment.
func (w *Watch) Figures() Figures {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.record.figures(w.clock())
}

// Record is what to keep, for a later Watch of the same ranker.
func (w *Watch) Record() Record {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.record.forget(w.clock())
	return w.record.clone()
}
