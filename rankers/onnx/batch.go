package onnx

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"
)

// scorer is what a Batcher asks: a Session, or a stand-in in tests.
type scorer interface {
	Scores(ctx context.Context, rows []int8) ([]int32, error)
	Width() int
}

// BatchOptions bound a Batcher. Zero values mean those of DefaultBatch.
type BatchOptions struct {
	Rows    int           // most rows of a run, and of a request
	Queue   int           // requests that may wait
	Timeout time.Duration // of one run
}

// DefaultBatch suits a feed's requests of up to 1,024 posts.
var DefaultBatch = BatchOptions{Rows: 4096, Queue: 256, Timeout: 2 * time.Second}

// The ways in which a Batcher refuses.
var (
	ErrBusy    = errors.New("the ranker has too many requests waiting: try again")
	ErrTimeout = errors.New("the model did not answer in time")
)

type answer struct {
	scores []int32
	err    error
}

type request struct {
	ctx    context.Context
	rows   []int8
	answer chan answer // of room for one
}

// Batcher puts the requests that wait while the model runs into the next run. Nobody
// waits for company: a request that comes to an idle model runs at once.
type Batcher struct {
	model   scorer
	options BatchOptions
	queue   chan *request
	done    chan struct{}
	closing sync.Once
	idle    chan struct{} // closed when the loop has ended
}

// NewBatcher starts a batcher over a model; Close ends it, and not the model.
func NewBatcher(model scorer, o BatchOptions) *Batcher {
	if o == (BatchOptions{}) {
		o = DefaultBatch
	}
	b := &Batcher{model: model, options: o, queue: make(chan *request, o.Queue), done: make(chan struct{}), idle: make(chan struct{})}
	go b.loop()
	return b
}

// Close ends the run under way and refuses what waits.
func (b *Batcher) Close() {
	b.closing.Do(func() { close(b.done) })
	<-b.idle
}

// Scores waits for the scores of the rows, as long as ctx lets it and at most twice
// Timeout: a run that was under way and the request's own.
func (b *Batcher) Scores(ctx context.Context, rows []int8) ([]int32, error) {
	if w := b.model.Width(); len(rows)%w != 0 || len(rows)/w > b.options.Rows {
		return nil, fmt.Errorf("%d values are no whole rows of %d, or more than %d rows", len(rows), w, b.options.Rows)
	}
	if len(rows) == 0 {
		return nil, nil
	}
	ctx, cancel := context.WithTimeoutCause(ctx, 2*b.options.Timeout, ErrTimeout)
	defer cancel()
	r := &request{ctx, rows, make(chan answer, 1)}
	select {
	case <-b.done:
		return nil, errClosed
	default:
	}
	select {
	case b.queue <- r:
	default:
		return nil, ErrBusy
	}
	select {
	case a := <-r.answer:
		return a.scores, a.err
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	case <-b.idle:
		select { // it may have been answered last
		case a := <-r.answer:
			return a.scores, a.err
		default:
			return nil, errClosed
		}
	}
}

func (b *Batcher) loop() {
	defer close(b.idle)
	ctx, cancel := context.WithCancelCause(context.Background())
	defer cancel(nil)
	go func() {
		<-b.done
		cancel(errClosed)
	}()
	var held *request // did not fit the last run
	for {
		batch, rows := []*request(nil), 0
		if held == nil {
			select {
			case held = <-b.queue:
			case <-b.done:
				return
			}
		}
		for held != nil {
			if held.ctx.Err() == nil { // nobody waits for the others
				n := len(held.rows) / b.model.Width()
				if rows+n > b.options.Rows {
					break
				}
				batch, rows = append(batch, held), rows+n
			}
			held = nil
			select {
			case held = <-b.queue:
			default:
			}
		}
		b.run(ctx, batch)
	}
}

// run answers the requests of a batch. When the model fails on several together, each is
// run alone, so that one request's values cannot fail another's.
func (b *Batcher) run(closing context.Context, batch []*request) {
	if len(batch) == 0 {
		return
	}
	ctx, cancel := context.WithTimeoutCause(closing, b.options.Timeout, ErrTimeout)
	defer cancel()
	all := batch[0].rows
	if len(batch) == 1 {
		// Alone it may be given up by the one who waits.
		stop := context.AfterFunc(batch[0].ctx, cancel)
		defer stop()
	} else {
		all = make([]int8, 0, b.options.Rows*b.model.Width())
		for _, r := range batch {
			all = append(all, r.rows...)
		}
	}
	scores, err := b.model.Scores(ctx, all)
	if err == nil && len(scores) != len(all)/b.model.Width() {
		err = fmt.Errorf("the model gave %d scores for %d rows", len(scores), len(all)/b.model.Width())
	}
	if err != nil && len(batch) > 1 && ctx.Err() == nil {
		for _, r := range batch {
			b.run(closing, []*request{r})
		}
		return
	}
	for _, r := range batch {
		n := len(r.rows) / b.model.Width()
		if err != nil {
			r.answer <- answer{nil, err}
			continue
		}
		r.answer <- answer{scores[:n:n], nil}
		scores = scores[n:]
	}
}
