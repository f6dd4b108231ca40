package worker

import (
	"cmp"
	"context"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"candor/graph"
	"candor/rankers"

	"github.com/nats-io/nats.go"
)

// Terms are what a model is served under.
type Terms struct {
	Info  rankers.Info
	Model graph.Hash // its commitment
	// Replicas is how many operators are asked the same, if there are so many.
	Replicas int
	// Strict says that what one operator alone answers is no answer.
	Strict bool
	Cuts   Cuts // who was cut off
	// Rest is how long an operator that fails often is not asked, the first time; 5 s when zero.
	Rest time.Duration
	// Unregistered says that runs wait for a registration; nil: they never do.
	Unregistered func() bool
}

// Pool is a ranker whose model its workers hold.
type Pool struct {
	Terms
	hub *Hub

	mu        sync.Mutex
	operators map[string]*operator
	turn      uint64
}

var _ rankers.Ranker = (*Pool)(nil)

// operator is one hand with its processes.
type operator struct {
	name             string
	workers          map[string]*process
	open             int // questions
	answered, failed uint64
	misses           int       // in a row
	rests            time.Time // is not asked before
	why              string    // it failed last
}

type process struct {
	Hello
	last time.Time
}

const (
	maxOperators = 64 // of a model
	maxProcesses = 64 // of an operator
	// misses are how many failures in a row send an operator to rest, the first time for
	// shortRest, and twice as long each time, up to longRest.
	misses    = 3
	shortRest = 5 * time.Second
	longRest  = time.Minute
)

// The ways in which a pool has no answer.
var (
	ErrNobody   = errors.New("no worker of it is there")
	ErrDisagree = errors.New("its workers disagree, and no answer has most of them")
	ErrAlone    = errors.New("one operator's word does not count, and no other is there")
)

// Info implements rankers.Ranker.
func (p *Pool) Info() rankers.Info { return p.Terms.Info }

// hear takes a worker's hello.
func (p *Pool) hear(name string, h Hello, now time.Time) error {
	h.Worker, h.Engine = words(h.Worker, maxName), words(h.Engine, maxName)
	switch {
	case h.V != Protocol:
		return fmt.Errorf("this node speaks version %d of the protocol, not %d", Protocol, h.V)
	case h.Worker == "":
		return errors.New("a worker without a name")
	case h.Version != p.Terms.Info.Version:
		return fmt.Errorf("the model is that of version %d, not %d", p.Terms.Info.Version, h.Version)
	case h.Schema != p.Terms.Info.Schema:
		return fmt.Errorf("this node makes features of the schema %s: another cannot be served", p.Terms.Info.Schema)
	case h.Capacity < 1 || h.Capacity > maxCapacity:
		return fmt.Errorf("a capacity of %d, where 1 to %d can be", h.Capacity, maxCapacity)
	case h.Rows < 1 || h.Rows > MaxRows:
		return fmt.Errorf("%d rows at once, where 1 to %d can be", h.Rows, MaxRows)
	case h.State != Ready && h.State != Bye:
		return fmt.Errorf("a worker is %s or says %s, not %.20q", Ready, Bye, h.State)
	}
	if why, cut := p.Cuts.All(p.Model)[name]; cut {
		return fmt.Errorf("this operator is cut off: %s", why)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	o := p.operators[name]
	if o == nil {
		if len(p.operators) >= maxOperators {
			return fmt.Errorf("the model has %d operators, and no more", maxOperators)
		}
		o = &operator{name: name, workers: map[string]*process{}}
		p.operators[name] = o
	}
	if h.State == Bye {
		delete(o.workers, h.Worker)
		return nil
	}
	o.live(now) // forgets the dead
	if o.workers[h.Worker] == nil && len(o.workers) >= maxProcesses {
		return fmt.Errorf("the operator has %d workers, and no more", maxProcesses)
	}
	o.workers[h.Worker] = &process{h, now}
	return nil
}

// live are the processes that were heard of late.
func (o *operator) live(now time.Time) (all []*process) {
	for name, w := range o.workers {
		if now.Sub(w.last) > silence*Beat {
			delete(o.workers, name)
			continue
		}
		all = append(all, w)
	}
	return all
}

// Live says whether an operator is there that may be asked.
func (p *Pool) Live() bool { return len(p.pick(1, 1)) > 0 }

// pick chooses up to n operators that may be asked for so many rows: those with the fewest
// open questions, in turns.
func (p *Pool) pick(n, rows int) []*operator {
	now, cuts := time.Now(), p.Cuts.All(p.Model)
	p.mu.Lock()
	defer p.mu.Unlock()
	var able []*operator
	for name, o := range p.operators {
		room := -o.open
		for _, w := range o.live(now) {
			if w.Rows >= rows {
				room += w.Capacity
			}
		}
		if _, cut := cuts[name]; !cut && room > 0 && !now.Before(o.rests) {
			able = append(able, o)
		}
	}
	slices.SortFunc(able, func(a, b *operator) int { return cmp.Compare(a.name, b.name) })
	if len(able) > 0 {
		p.turn++
		k := int(p.turn % uint64(len(able)))
		able = slices.Concat(able[k:], able[:k])
	}
	slices.SortStableFunc(able, func(a, b *operator) int { return cmp.Compare(a.open, b.open) })
	return able[:min(n, len(able))]
}

// Score implements rankers.Ranker. It needs a deadline, and keeps it.
func (p *Pool) Score(ctx context.Context, rows []graph.Row) ([]graph.Score, error) {
	if len(rows) == 0 {
		return nil, nil
	}
	if len(rows) > MaxRows {
		return nil, fmt.Errorf("%d rows, where at most %d are asked at once", len(rows), MaxRows)
	}
	ctx, cancel := context.WithTimeout(ctx, longest)
	defer cancel()
	q, err := p.question(ctx, rows)
	if err != nil {
		return nil, err
	}
	switch ops := p.pick(max(p.Replicas, 1), len(rows)); {
	case len(ops) == 0:
		return nil, ErrNobody
	case len(ops) > 1:
		scores, agreed, err := p.vote(ctx, q, ops)
		rankers.Agree(ctx, agreed)
		return scores, err
	case p.Strict:
		return nil, ErrAlone
	}
	return p.oneOf(ctx, q, p.pick(maxOperators, len(rows)))
}

// oneOf asks one operator after the other, each with its part of the time that is left.
func (p *Pool) oneOf(ctx context.Context, q *question, ops []*operator) (scores []graph.Score, err error) {
	err = ErrNobody
	for i, o := range ops {
		end, _ := ctx.Deadline()
		within, cancel := context.WithTimeout(ctx, time.Until(end)/time.Duration(len(ops)-i))
		scores, err = p.ask(within, q, o)
		cancel()
		if err == nil || ctx.Err() != nil {
			break
		}
	}
	return scores, err
}

// question is an Ask, ready to be sent.
type question struct {
	Ask
	raw []byte
}

func (p *Pool) question(ctx context.Context, rows []graph.Row) (*question, error) {
	var id [16]byte
	_, _ = rand.Read(id[:]) // never fails
	end, _ := ctx.Deadline()
	width := len(rows[0])
	if width > maxWidth {
		return nil, fmt.Errorf("rows of %d, where at most %d are asked", width, maxWidth)
	}
	q := &question{Ask: Ask{V: Protocol, ID: hex.EncodeToString(id[:]), Model: p.Model, Version: p.Terms.Info.Version, Schema: p.Terms.Info.Schema,
		Count: len(rows), Rows: make([]byte, 0, len(rows)*width), Within: max(time.Until(end).Milliseconds(), 1)}}
	for _, row := range rows {
		if len(row) != width {
			return nil, errors.New("rows of different widths")
		}
		for _, v := range row {
			q.Rows = append(q.Rows, byte(v))
		}
	}
	var err error
	q.raw, err = json.Marshal(q.Ask)
	return q, err
}

// ask asks one operator. What fails counts against it, unless who asks went away.
func (p *Pool) ask(ctx context.Context, q *question, o *operator) ([]graph.Score, error) {
	p.mu.Lock()
	o.open++
	p.mu.Unlock()
	scores, err := p.request(ctx, q, o.name)
	p.mu.Lock()
	defer p.mu.Unlock()
	o.open--
	switch {
	case err == nil:
		o.answered, o.misses = o.answered+1, 0
	case errors.Is(ctx.Err(), context.Canceled):
	default:
		err = fmt.Errorf("operator %s: %w", o.name, err)
		o.failed, o.misses, o.why = o.failed+1, o.misses+1, words(err.Error(), maxText)
		if over := o.misses - misses; over >= 0 {
			o.rests = time.Now().Add(min(cmp.Or(p.Rest, shortRest)<<min(over, 16), longRest))
		}
	}
	return scores, err
}

func (p *Pool) request(ctx context.Context, q *question, operator string) ([]graph.Score, error) {
	msg, err := p.hub.nc.RequestWithContext(ctx, subject(p.hub.node, "rank", modelName(p.Model), operator), q.raw)
	switch {
	case errors.Is(err, nats.ErrNoResponders):
		return nil, errors.New("its workers have gone")
	case ctx.Err() != nil:
		return nil, rankers.ErrLate
	case err != nil:
		return nil, err
	}
	return q.read(msg.Data)
}

// read holds a reply to its question.
func (q *question) read(raw []byte) ([]graph.Score, error) {
	var r Reply
	if err := parse(raw, 1<<10+12*q.Count, &r); err != nil {
		return nil, err
	}
	switch {
	case r.V != Protocol:
		return nil, fmt.Errorf("it answers in version %d of the protocol, not %d", r.V, Protocol)
	case r.ID != q.ID:
		return nil, errors.New("it answers another question")
	case r.Model != q.Model || r.Version != q.Version:
		return nil, fmt.Errorf("it answers by version %d of the model %s, and was asked by version %d of %s", r.Version, r.Model, q.Version, q.Model)
	case r.Error != "":
		return nil, errors.New("it says: " + words(r.Error, maxText))
	case len(r.Scores) != q.Count:
		return nil, fmt.Errorf("it gives %d scores for %d posts", len(r.Scores), q.Count)
	}
	scores := make([]graph.Score, len(r.Scores))
	for i, s := range r.Scores {
		scores[i] = graph.Score(s)
	}
	return scores, nil
}
