package rankers

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"candor/graph"
)

// ErrLate is the answer for a ranker that did not answer by its deadline.
var ErrLate = errors.New("the ranker did not answer in time")

// recent is how many answers the figures of time are taken from.
const recent = 512

// Watch asks a ranker with a deadline and counts what comes of it. It keeps the deadline
// whatever the ranker does; one that hangs costs a goroutine each time, and no more than
// MaxHung of them at once.
type Watch struct {
	ranker Ranker
	within time.Duration
	hung   chan struct{}

	mu      sync.Mutex
	figures Figures
	took    []time.Duration // the last recent ones
	next    int
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

// Figures say how a ranker answers, since it is watched.
type Figures struct {
	Since  time.Time
	Asked  uint64
	Failed uint64        // with an error, or not in time
	Median time.Duration // of the last answers
	Slow   time.Duration // of them, that which 99 in 100 take at most
}

// NewWatch watches a ranker from now on.
func NewWatch(r Ranker, within time.Duration, now time.Time) *Watch {
	return &Watch{ranker: r, within: within, hung: make(chan struct{}, MaxHung), figures: Figures{Since: now}}
}

// Info implements Ranker.
func (w *Watch) Info() Info { return w.ranker.Info() }

// Score implements Ranker. Who asks and goes away is no failure of the ranker's.
func (w *Watch) Score(ctx context.Context, rows []graph.Row) ([]graph.Score, error) {
	select {
	case w.hung <- struct{}{}:
	default:
		w.note(0, ErrLate)
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
	w.note(time.Since(began), a.err)
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

func (w *Watch) note(took time.Duration, err error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.figures.Asked++
	if err != nil {
		w.figures.Failed++
		return
	}
	if len(w.took) < recent {
		w.took = append(w.took, took)
		return
	}
	w.took[w.next] = took
	w.next = (w.next + 1) % recent
}

// Figures are those of this moment.
func (w *Watch) Figures() Figures {
	w.mu.Lock()
	f, took := w.figures, slices.Clone(w.took)
	w.mu.Unlock()
	if n := len(took); n > 0 {
		slices.Sort(took)
		f.Median, f.Slow = took[n/2], took[(n*99-1)/100]
	}
	return f
}
