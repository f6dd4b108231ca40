package jobs

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"strings"
	"sync"
	"time"

	"candor/graph"
	"candor/internal/pinned"
	"candor/zkcommit/prover"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

const (
	// shown is how long a job hangs on the board: the Desk puts it up anew then.
	shown = 15 * time.Second
	// unanswered is after how long a job that a worker took comes again; longer than
	// a lease, so that the Desk knows of it first.
	unanswered = 3 * time.Minute
	// places is how many jobs of one model the board takes.
	places = 64
	// patience is how long the broker may take to answer.
	patience = 5 * time.Second
	// atOnce is how many answers are checked at once.
	atOnce = 4

	maxLease  = 1 << 10
	maxAnswer = 4 << 20
)

// Desk is whom the board's workers talk to.
type Desk interface {
	Lease(ctx context.Context, commitment, run graph.Hash, worker string) (prover.Grant, error)
	Answer(ctx context.Context, commitment graph.Hash, a prover.Answer) (refused string, err error)
}

// Board is a node's board on a NATS server. It implements prover.Board.
type Board struct {
	nc   *nats.Conn
	js   jetstream.JetStream
	node string
	log  *slog.Logger

	mu    sync.Mutex
	ready map[string]bool // models whose consumer is there
}

// name is an address or a hash as a token of subjects.
func name(hexadecimal string) string { return strings.ToLower(strings.TrimPrefix(hexadecimal, "0x")) }

func model(commitment graph.Hash) string { return hex.EncodeToString(commitment[:]) }

func stream(node string) string { return "CANDOR_" + node }

func subject(node, what, model string) string { return "candor." + node + "." + what + "." + model }

// connect dials the server, and goes on trying for as long as the connection lives.
func connect(at, who string, log *slog.Logger, more ...nats.Option) (nc *nats.Conn, path string, err error) {
	u, err := url.Parse(at)
	if err != nil || u.Host == "" {
		return nil, "", errors.New("the address of the NATS server cannot be read: send one such as nats://user:password@127.0.0.1:4222")
	}
	path, u.Path = strings.Trim(u.Path, "/"), ""
	secure, err := pinned.Client(u)
	if err != nil {
		return nil, "", err
	}
	if secure != nil {
		more = append(more, nats.Secure(secure))
	}
	said := ""
	nc, err = nats.Connect(u.String(), append([]nats.Option{nats.Name(who), nats.MaxReconnects(-1), nats.ReconnectWait(shortWait), nats.ReconnectJitter(shortWait, shortWait),
		nats.RetryOnFailedConnect(true), nats.IgnoreAuthErrorAbort(), nats.Timeout(patience), nats.ReconnectBufSize(-1),
		nats.ReconnectErrHandler(func(_ *nats.Conn, err error) {
			if text := err.Error(); text != said { // the handler is called by one
				said = text
				log.Warn("the broker is not reached, and is tried again", "why", text)
			}
		}),
		nats.ErrorHandler(func(_ *nats.Conn, _ *nats.Subscription, err error) { log.Debug("the broker's connection", "err", err) })}, more...)...)
	if err != nil {
		return nil, "", fmt.Errorf("the NATS server cannot be used: check its address: %w", err)
	}
	return nc, path, nil
}

const shortWait = 200 * time.Millisecond

// Open connects a node's board. The node is its address in hexadecimal.
func Open(at, node string, log *slog.Logger, more ...nats.Option) (*Board, error) {
	nc, _, err := connect(at, "candor node", log, more...)
	if err != nil {
		return nil, err
	}
	js, err := jetstream.New(nc)
	if err != nil {
		nc.Close()
		return nil, err
	}
	return &Board{nc: nc, js: js, node: name(node), log: log, ready: map[string]bool{}}, nil
}

// Close ends the connection.
func (b *Board) Close() { b.nc.Close() }

// Put implements prover.Board. What the server has lost is made anew.
func (b *Board) Put(ctx context.Context, commitment, run graph.Hash) error {
	ctx, done := context.WithTimeout(ctx, patience)
	defer done()
	m := model(commitment)
	if err := b.prepare(ctx, m); err != nil {
		return err
	}
	_, err := b.js.Publish(ctx, subject(b.node, "job", m), run[:], jetstream.WithExpectStream(stream(b.node)), jetstream.WithRetryAttempts(0))
	var refused *jetstream.APIError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &refused) && refused.ErrorCode == fullCode && strings.Contains(refused.Description, full):
		return prover.ErrFull
	}
	b.mu.Lock()
	b.ready = map[string]bool{} // whatever it is: look at everything again
	b.mu.Unlock()
	return fmt.Errorf("the broker takes no job: %w", err)
}

// fullCode and full are how the server says that a subject has no place.
// Source: nats-server, JSStreamStoreFailedF with ErrMaxMsgsPerSubject.
const (
	fullCode = 10077
	full     = "maximum messages per subject exceeded"
)

// prepare makes stream and consumer, once a connection.
func (b *Board) prepare(ctx context.Context, m string) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.ready[m] {
		return nil
	}
	err := b.make(ctx, m)
	if api := (*jetstream.APIError)(nil); errors.As(err, &api) {
		// What the server cannot use it gets anew: the ledger puts its jobs up again.
		b.log.Warn("the broker's jobs cannot be used and are thrown away", "err", err)
		_ = b.js.DeleteStream(ctx, stream(b.node)) // else the next line says what is wrong
		err = b.make(ctx, m)
	}
	if err != nil {
		return fmt.Errorf("the broker does not keep jobs: %w", err)
	}
	b.ready[m] = true
	return nil
}

func (b *Board) make(ctx context.Context, m string) error {
	_, err := b.js.CreateOrUpdateStream(ctx, jetstream.StreamConfig{Name: stream(b.node), Subjects: []string{subject(b.node, "job", "*")},
		Retention: jetstream.WorkQueuePolicy, Storage: jetstream.FileStorage, MaxAge: shown, MaxMsgSize: maxLease, MaxMsgsPerSubject: places,
		Discard: jetstream.DiscardNew, DiscardNewPerSubject: true})
	if err == nil {
		_, err = b.js.CreateOrUpdateConsumer(ctx, stream(b.node), jetstream.ConsumerConfig{Durable: m, FilterSubject: subject(b.node, "job", m),
			AckPolicy: jetstream.AckExplicitPolicy, AckWait: unanswered, MaxDeliver: -1})
	}
	return err
}

type leaseRequest struct {
	Run    graph.Hash `json:"run"`
	Worker string     `json:"worker"`
}

type answerReply struct {
	Refused string `json:"refused"`
	Error   string `json:"error"`
}

// Serve answers workers until the context ends.
func (b *Board) Serve(ctx context.Context, d Desk) error {
	hands := make(chan struct{}, atOnce)
	var all sync.WaitGroup
	defer all.Wait()
	for what, serve := range map[string]func(context.Context, Desk, graph.Hash, []byte) (any, error){"lease": b.lease, "answer": b.answer} {
		sub, err := b.nc.QueueSubscribe(subject(b.node, what, "*"), "desk", func(msg *nats.Msg) {
			commitment, ok := commitmentOf(msg.Subject)
			if !ok || ctx.Err() != nil {
				return
			}
			select {
			case hands <- struct{}{}:
			case <-ctx.Done():
				return
			}
			all.Go(func() {
				defer func() { <-hands }()
				reply, err := serve(ctx, d, commitment, msg.Data)
				if err == nil {
					err = b.reply(msg, reply)
				}
				if err != nil {
					b.log.Warn("a worker gets no answer", "asked", what, "err", err)
				}
			})
		})
		if err != nil {
			return fmt.Errorf("the broker does not listen: %w", err)
		}
		defer sub.Unsubscribe()
	}
	<-ctx.Done()
	return nil
}

func commitmentOf(subject string) (c graph.Hash, ok bool) {
	b, err := hex.DecodeString(subject[strings.LastIndexByte(subject, '.')+1:])
	if err != nil || len(b) != len(c) {
		return c, false
	}
	return graph.Hash(b), true
}

func (b *Board) reply(msg *nats.Msg, what any) error {
	raw, err := json.Marshal(what)
	if err != nil {
		return err
	}
	if most := b.nc.MaxPayload(); int64(len(raw)) > most {
		return fmt.Errorf("the statement has %d bytes, the NATS server takes %d: raise its max_payload", len(raw), most)
	}
	return msg.Respond(raw)
}

func (b *Board) lease(ctx context.Context, d Desk, commitment graph.Hash, raw []byte) (any, error) {
	var r leaseRequest
	if len(raw) > maxLease {
		return nil, errors.New("a request for a lease is too long")
	}
	if err := json.Unmarshal(raw, &r); err != nil {
		return nil, fmt.Errorf("a request for a lease cannot be read: %w", err)
	}
	return d.Lease(ctx, commitment, r.Run, r.Worker)
}

func (b *Board) answer(ctx context.Context, d Desk, commitment graph.Hash, raw []byte) (any, error) {
	var a prover.Answer
	if len(raw) > maxAnswer {
		return answerReply{Refused: fmt.Sprintf("the answer has %d bytes, at most %d are read", len(raw), maxAnswer)}, nil
	}
	if err := json.Unmarshal(raw, &a); err != nil {
		return answerReply{Refused: "the answer cannot be read"}, nil
	}
	refused, err := d.Answer(ctx, commitment, a)
	if err != nil {
		b.log.Warn("an answer cannot be kept", "run", a.Run, "err", err)
		return answerReply{Refused: refused, Error: "the node cannot keep it now: bring it again"}, nil
	}
	return answerReply{Refused: refused}, nil
}
