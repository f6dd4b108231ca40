package worker

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"runtime"
	"strings"
	"sync"
	"time"

	"candor/graph"
	"candor/zkcommit"

	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/nats-io/nats.go"
)

// Scorer is a model at hand.
type Scorer interface {
	// Scores gives a score for each of the rows, which stand one behind the other.
	Scores(ctx context.Context, rows []int8) ([]int32, error)
	Width() int // of a row
	// Engine is what scores at this moment, in words.
	Engine() string
}

// Server is a worker's side: it serves one model on one node. All fields but Registration,
// Dispute and Told are required.
type Server struct {
	Credentials
	Scorer
	Name     string // tells this process from others of its operator
	Capacity int    // requests at once
	Log      *slog.Logger
	// Sign signs a tower's vector of a row; nil: it serves a ranker. The credentials name
	// the delegate whose key this is.
	Sign func(row []int8, vector []int32) (hexutil.Bytes, error)
	// Registration makes what proofs of the model rest on; nil: this worker cannot.
	Registration func(context.Context) (Register, error)
	// Dispute makes the dispute proof of a run of the model; nil: this worker cannot.
	Dispute func(context.Context, zkcommit.Statement) (Disputed, error)
	// ProveOnly says that it registers the model and ranks nothing.
	ProveOnly bool
	// Told hears each time how the node takes this worker; "": it is asked.
	Told func(refused string)

	nc      *nats.Conn
	hands   chan struct{}
	working sync.WaitGroup
}

// draining is how long a worker that ends may take for what it was asked.
const draining = 10 * time.Second

// Run serves until the context ends, and answers then what it was asked before.
func (s *Server) Run(ctx context.Context) (err error) {
	at, err := s.Jobs()
	if err != nil {
		return err
	}
	if s.nc, err = dial(at, "candor worker", s.Log, nats.CustomInboxPrefix(inbox(s.Model))); err != nil {
		return err
	}
	defer s.nc.Close()
	s.hands = make(chan struct{}, s.Capacity)
	node, model := nodeName(s.Node), modelName(s.Model)
	if s.ProveOnly {
		s.beat(ctx)
		return nil
	}
	sub, err := s.nc.QueueSubscribe(subject(node, "rank", model, s.Operator), Group, s.take)
	if err != nil {
		return err
	}
	s.beat(ctx)
	_, _ = s.hello(Bye, patience) // a node that does not hear it asks in vain for a few seconds
	if err := sub.Drain(); err != nil && s.nc.IsConnected() {
		s.Log.Warn("the worker's last requests may be lost", "err", err)
	}
	done := make(chan struct{})
	go func() {
		for sub.IsValid() { // until what has come is taken
			time.Sleep(shortWait / 10)
		}
		s.working.Wait()
		close(done)
	}()
	select {
	case <-done:
	case <-time.After(draining):
		return errors.New("the worker ended with requests open: they took too long")
	}
	return s.nc.FlushTimeout(patience)
}

// beat says that the worker is there until the context ends.
func (s *Server) beat(ctx context.Context) {
	var aside sync.WaitGroup
	defer aside.Wait()
	busy := make(chan struct{}, 1)
	start := func(failed string, do func() error) {
		select {
		case busy <- struct{}{}:
			aside.Go(func() {
				defer func() { <-busy }()
				if err := do(); err != nil && ctx.Err() == nil {
					s.Log.Warn(failed, "err", err)
					wait(ctx, patience)
				}
			})
		default:
		}
	}
	for said := "?"; ctx.Err() == nil; {
		state := Ready
		if s.ProveOnly {
			state = Bye
		}
		w, err := s.hello(state, Beat)
		switch {
		case err != nil:
			w.Refused = "the node does not answer"
		case w.Register && s.Registration != nil:
			start("the model is not registered yet, and it is tried again", func() error { return s.register(ctx) })
		case w.Dispute != nil && s.Dispute != nil:
			start("a dispute proof is not made yet, and it is tried again", func() error { return s.dispute(ctx, *w.Dispute) })
		}
		if w.Refused = words(w.Refused, maxText); w.Refused != said {
			if said = w.Refused; said != "" {
				s.Log.Warn("the node does not ask this worker", "why", said)
			}
			if s.Told != nil {
				s.Told(said)
			}
		}
		wait(ctx, Beat)
	}
}

func wait(ctx context.Context, d time.Duration) {
	select {
	case <-ctx.Done():
	case <-time.After(d):
	}
}

func (s *Server) hello(state string, within time.Duration) (w Welcome, err error) {
	h := Hello{V: Protocol, Worker: s.Name, Version: s.Version, Schema: s.Schema, Capacity: s.Capacity, Rows: MaxRows, State: state, Engine: s.Engine()}
	return w, s.tell("hello", h, within, MaxHello, &w)
}

// tell asks the node, and reads at most so many bytes of its answer.
func (s *Server) tell(what string, message any, within time.Duration, most int, into any) error {
	raw, err := json.Marshal(message)
	if err != nil {
		return err
	}
	msg, err := s.nc.Request(subject(nodeName(s.Node), what, modelName(s.Model), s.Operator), raw, within)
	if err != nil {
		return err
	}
	return parse(msg.Data, most, into)
}

func (s *Server) register(ctx context.Context) error {
	r, err := s.Registration(ctx)
	if err != nil {
		return err
	}
	r.V = Protocol
	var got Registered
	if err := s.tell("register", r, longest, MaxHello, &got); err != nil {
		return err
	}
	if got.Refused != "" {
		return fmt.Errorf("the node does not take it: %s", words(got.Refused, maxText))
	}
	return nil
}

// dispute makes the dispute proof of a run, if no other worker does, and brings it.
func (s *Server) dispute(ctx context.Context, run graph.Hash) error {
	var task Task
	if err := s.tell("dispute", Dispute{Protocol, run}, patience, maxTask, &task); err != nil {
		return err
	}
	st := task.Statement
	switch {
	case task.Refused != "":
		return fmt.Errorf("the node does not say what is to be proved: %s", words(task.Refused, maxText))
	case st == nil:
		return nil // another worker has it
	}
	d := Disputed{}
	named, err := zkcommit.ParseRun(st.Run)
	switch {
	case err != nil:
	case named.ID() != run || st.Commitment != s.Model:
		err = errors.New("the node's statement is of another run or model")
	default:
		d, err = s.Dispute(ctx, *st)
	}
	if ctx.Err() != nil {
		return ctx.Err() // another worker gets it after a while
	}
	if err != nil {
		d = Disputed{Error: words(err.Error(), maxText)}
	}
	d.V, d.Run = Protocol, run
	var got Registered
	if err := errors.Join(err, s.tell("disputed", d, longest, MaxHello, &got)); err != nil {
		return err
	}
	if got.Refused != "" {
		return fmt.Errorf("the node does not take it: %s", words(got.Refused, maxText))
	}
	return nil
}

// take answers a request, at once when there is no hand for it.
func (s *Server) take(msg *nats.Msg) {
	select {
	case s.hands <- struct{}{}:
	default:
		s.answer(msg, Reply{Error: fmt.Sprintf("%d requests are open, which is all that this worker takes", s.Capacity)})
		return
	}
	s.working.Go(func() {
		defer func() { <-s.hands }()
		s.answer(msg, s.score(msg.Data))
	})
}

// idOf is the question's id, for the answer to one that is refused.
func idOf(raw []byte) string {
	var q struct {
		ID string `json:"id"`
	}
	if len(raw) > maxAsk || json.Unmarshal(raw, &q) != nil {
		return ""
	}
	return words(q.ID, maxName)
}

func (s *Server) answer(msg *nats.Msg, r Reply) {
	if r.V, r.Model, r.Version = Protocol, s.Model, s.Version; r.ID == "" {
		r.ID = idOf(msg.Data)
	}
	raw, err := json.Marshal(r)
	if err == nil {
		err = msg.Respond(raw)
	}
	if err != nil {
		s.Log.Warn("an answer is lost", "err", err)
	}
}

func (s *Server) score(raw []byte) (r Reply) {
	scores, q, err := s.scores(raw)
	r.ID = q.ID
	if err == nil && s.Sign != nil {
		r.Delegate = s.Delegate
		r.Signatures, err = s.signed(&q, scores)
	}
	if err != nil {
		return Reply{ID: q.ID, Error: words(err.Error(), maxText)}
	}
	r.Scores = scores
	return r
}

// signed are a tower's signatures of its vectors, one a row.
func (s *Server) signed(q *Ask, scores []int32) (all []hexutil.Bytes, err error) {
	all = make([]hexutil.Bytes, q.Count)
	n := len(scores) / q.Count
	for i := range all {
		if all[i], err = s.Sign(q.row(i), scores[i*n:(i+1)*n]); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// scores does what a request asks. A model that panics costs one request, not the worker.
func (s *Server) scores(raw []byte) (scores []int32, q Ask, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = errors.New("the model cannot be run")
			s.Log.Error("the model panicked", "panic", p)
		}
	}()
	if err := parse(raw, maxAsk, &q); err != nil {
		return nil, q, err
	}
	switch {
	case q.V != Protocol:
		return nil, q, fmt.Errorf("this worker speaks version %d of the protocol, not %d", Protocol, q.V)
	case q.Model != s.Model || q.Version != s.Version:
		return nil, q, fmt.Errorf("this worker has version %d of the model %s", s.Version, s.Model)
	case q.Schema != s.Schema:
		return nil, q, fmt.Errorf("the model reads features of the schema %s", s.Schema)
	case q.Count < 1 || q.Count > MaxRows || len(q.Rows) != q.Count*s.Width():
		return nil, q, fmt.Errorf("%d bytes are not %d rows of %d, of which at most %d are taken", len(q.Rows), q.Count, s.Width(), MaxRows)
	case q.Within < 1:
		return nil, q, errors.New("the question's time is over")
	}
	ctx, cancel := context.WithTimeout(context.Background(), min(time.Duration(q.Within)*time.Millisecond, longest))
	defer cancel()
	rows := make([]int8, len(q.Rows))
	for i, b := range q.Rows {
		rows[i] = int8(b)
	}
	scores, err = s.Scores(ctx, rows)
	return scores, q, err
}

// NameOf makes a process's name of its machine's and its number.
func NameOf(host string, pid int) string {
	host, _, _ = strings.Cut(host, ".")
	return fmt.Sprintf("%.40s-%d", words(host, 40), pid)
}

// DefaultCapacity is as many requests as there are processors, twice.
func DefaultCapacity() int { return 2 * runtime.GOMAXPROCS(0) }
