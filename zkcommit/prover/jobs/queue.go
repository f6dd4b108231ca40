package jobs

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"candor/graph"
	"candor/zkcommit/prover"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// maxGrant is the most bytes of a lease with its statement that a worker reads.
const maxGrant = 16 << 20

// Queue is a worker's end. It implements prover.Queue.
type Queue struct {
	nc   *nats.Conn
	js   jetstream.JetStream
	node string
	log  *slog.Logger
	jobs chan prover.Job
	end  context.CancelFunc
	all  sync.WaitGroup

	mu  sync.Mutex
	cut chan struct{} // closed when the connection is cut: no answer comes over it any more
}

// Join connects a worker that holds the models. The address ends with the node's,
// as in nats://MODEL:PASSWORD@127.0.0.1:4222/NODE; the server may know the worker as
// one model's or as the node's own.
func Join(at string, models []graph.Hash, log *slog.Logger, more ...nats.Option) (*Queue, error) {
	if len(models) == 0 {
		return nil, errors.New("a worker that holds no model has nothing to prove")
	}
	q := &Queue{cut: make(chan struct{}), log: log, jobs: make(chan prover.Job)}
	more = append(more, nats.CustomInboxPrefix("_INBOX_"+model(models[0])), nats.DisconnectErrHandler(func(*nats.Conn, error) {
		q.mu.Lock()
		defer q.mu.Unlock()
		close(q.cut)
		q.cut = make(chan struct{})
	}))
	nc, node, err := connect(at, "candor prover", log, more...)
	if err != nil {
		return nil, err
	}
	if node == "" {
		nc.Close()
		return nil, errors.New("the address of the NATS server does not name the node: send one that ends with its address, such as nats://127.0.0.1:4222/0xabc…")
	}
	js, err := jetstream.New(nc)
	if err != nil {
		nc.Close()
		return nil, err
	}
	ctx, end := context.WithCancel(context.Background())
	q.nc, q.js, q.node, q.end = nc, js, name(node), end
	for _, m := range models {
		q.all.Go(func() { q.pull(ctx, m) })
	}
	return q, nil
}

// Close ends the connection.
func (q *Queue) Close() {
	q.end()
	q.all.Wait()
	q.nc.Close()
}

// pull takes one job of the model after the other off the board.
func (q *Queue) pull(ctx context.Context, commitment graph.Hash) {
	m := model(commitment)
	for ctx.Err() == nil {
		if err := q.take(ctx, commitment, m); err != nil && ctx.Err() == nil {
			q.log.Debug("the board cannot be read and is tried again", "model", commitment, "err", err)
			select {
			case <-ctx.Done():
			case <-time.After(2 * shortWait):
			}
		}
	}
}

func (q *Queue) take(ctx context.Context, commitment graph.Hash, m string) error {
	look, done := context.WithTimeout(ctx, patience)
	defer done()
	c, err := q.js.Consumer(look, stream(q.node), m)
	if err != nil {
		return err
	}
	for {
		wait, done := context.WithTimeout(ctx, patience)
		msgs, err := c.Fetch(1, jetstream.FetchContext(wait))
		if err != nil {
			done()
			return err
		}
		for msg := range msgs.Messages() {
			raw := msg.Data()
			if len(raw) != len(graph.Hash{}) {
				_ = msg.Term()
				continue
			}
			j := prover.Job{Commitment: commitment, Run: graph.Hash(raw), Done: msg.Ack,
				Again: func(after time.Duration) error { return msg.NakWithDelay(after) }}
			select {
			case q.jobs <- j:
			case <-ctx.Done():
				_ = msg.Nak()
				done()
				return nil
			}
		}
		done()
		if err := msgs.Error(); err != nil && !errors.Is(err, context.DeadlineExceeded) && !errors.Is(err, nats.ErrTimeout) {
			return err
		}
		if ctx.Err() != nil {
			return nil
		}
	}
}

// Next implements prover.Queue.
func (q *Queue) Next(ctx context.Context) (prover.Job, error) {
	select {
	case j := <-q.jobs:
		return j, nil
	case <-ctx.Done():
		return prover.Job{}, ctx.Err()
	}
}

// Lease implements prover.Queue.
func (q *Queue) Lease(ctx context.Context, commitment, run graph.Hash, worker string) (g prover.Grant, err error) {
	err = q.ask(ctx, subject(q.node, "lease", model(commitment)), leaseRequest{run, worker}, maxGrant, &g)
	return g, err
}

// Answer implements prover.Queue.
func (q *Queue) Answer(ctx context.Context, commitment graph.Hash, a prover.Answer) (refused string, err error) {
	var r answerReply
	if err := q.ask(ctx, subject(q.node, "answer", model(commitment)), a, maxLease, &r); err != nil {
		return "", err
	}
	if r.Error != "" {
		return r.Refused, errors.New(r.Error)
	}
	return r.Refused, nil
}

func (q *Queue) ask(ctx context.Context, to string, what any, most int, reply any) error {
	raw, err := json.Marshal(what)
	if err != nil {
		return err
	}
	ctx, done := context.WithTimeout(ctx, 4*patience)
	defer done()
	q.mu.Lock()
	cut := q.cut
	q.mu.Unlock()
	go func() {
		select {
		case <-cut:
			done()
		case <-ctx.Done():
		}
	}()
	msg, err := q.nc.RequestWithContext(ctx, to, raw)
	if err != nil {
		return fmt.Errorf("the node does not answer: %w", err)
	}
	if len(msg.Data) > most {
		return fmt.Errorf("the node answers %d bytes, at most %d are read", len(msg.Data), most)
	}
	if err := json.Unmarshal(msg.Data, reply); err != nil {
		return fmt.Errorf("the node's answer cannot be read: %w", err)
	}
	return nil
}
