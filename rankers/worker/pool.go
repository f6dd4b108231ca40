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
	"candor/zkcommit"

	"github.com/ethereum/go-ethereum/common/hexutil"
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
	// Tower says that the model is a tower, whose vectors are signed; nil: it is a ranker.
	Tower *TowerTerms
	// Unregistered says that runs wait for a registration; nil: they never do.
	Unregistered func() bool
}

// TowerTerms are those of a model that gives a signed vector a row.
type TowerTerms struct {
	Outputs   int           // numbers of a vector
	Publisher graph.Address // who names its delegates
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
	alike, err := p.answers(ctx, rows)
	if err != nil {
		return nil, err
	}
	if len(alike) > 1 {
		rankers.Agree(ctx, len(alike))
	}
	return alike[0].scores, nil
}

// Vector is a tower's, with the words of the operators who gave it.
type Vector struct {
	Numbers []int8
	Words   []zkcommit.VectorWord
}

// Vectors asks a tower's workers for a vector of each row of tokens. It needs a deadline,
// and keeps it. Signatures are checked; more than one word says that operators agreed.
func (p *Pool) Vectors(ctx context.Context, rows []graph.Row) ([]Vector, error) {
	if len(rows) == 0 || p.Tower == nil {
		return nil, nil
	}
	alike, err := p.answers(ctx, rows)
	if err != nil {
		return nil, err
	}
	all := make([]Vector, len(rows))
	for i := range all {
		all[i].Numbers = alike[0].vector(i, p.Tower.Outputs)
		for _, a := range alike {
			all[i].Words = append(all[i].Words, zkcommit.VectorWord{Delegate: *a.delegate, Signature: a.signatures[i]})
		}
	}
	return all, nil
}

// answers are those that count: of one operator, or of most, which are alike.
func (p *Pool) answers(ctx context.Context, rows []graph.Row) ([]answer, error) {
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
		return p.vote(ctx, q, ops)
	case p.Strict:
		return nil, ErrAlone
	}
	one, err := p.oneOf(ctx, q, p.pick(maxOperators, len(rows)))
	return []answer{one}, err
}

// oneOf asks one operator after the other, each with its part of the time that is left.
func (p *Pool) oneOf(ctx context.Context, q *question, ops []*operator) (a answer, err error) {
	err = ErrNobody
	for i, o := range ops {
		end, _ := ctx.Deadline()
		within, cancel := context.WithTimeout(ctx, time.Until(end)/time.Duration(len(ops)-i))
		a, err = p.ask(within, q, o)
		cancel()
		if err == nil || ctx.Err() != nil {
			break
		}
	}
	return a, err
}

// question is an Ask, ready to be sent.
type question struct {
	Ask
	raw   []byte
	tower *TowerTerms
}

// row is the i-th of the question's.
func (q *Ask) row(i int) []int8 {
	n := len(q.Rows) / q.Count
	row := make([]int8, n)
	for k, b := range q.Rows[i*n : (i+1)*n] {
		row[k] = int8(b)
	}
	return row
}

// answer is what one operator gave, held to its question.
type answer struct {
	scores     []graph.Score // of a tower: the vectors' numbers, one behind the other
	delegate   *zkcommit.Delegate
	signatures []hexutil.Bytes
}

// vector is that of the i-th row.
func (a *answer) vector(i, outputs int) []int8 {
	v := make([]int8, outputs)
	for k, s := range a.scores[i*outputs : (i+1)*outputs] {
		v[k] = int8(s)
	}
	return v
}

func (p *Pool) question(ctx context.Context, rows []graph.Row) (*question, error) {
	var id [16]byte
	_, _ = rand.Read(id[:]) // never fails
	end, _ := ctx.Deadline()
	width := len(rows[0])
	if width > maxWidth {
		return nil, fmt.Errorf("rows of %d, where at most %d are asked", width, maxWidth)
	}
	q := &question{tower: p.Tower, Ask: Ask{V: Protocol, ID: hex.EncodeToString(id[:]), Model: p.Model, Version: p.Terms.Info.Version, Schema: p.Terms.Info.Schema,
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
func (p *Pool) ask(ctx context.Context, q *question, o *operator) (answer, error) {
	p.mu.Lock()
	o.open++
	p.mu.Unlock()
	a, err := p.request(ctx, q, o.name)
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
	return a, err
}

func (p *Pool) request(ctx context.Context, q *question, operator string) (a answer, err error) {
	msg, err := p.hub.nc.RequestWithContext(ctx, subject(p.hub.node, "rank", modelName(p.Model), operator), q.raw)
	switch {
	case errors.Is(err, nats.ErrNoResponders):
		return a, errors.New("its workers have gone")
	case ctx.Err() != nil:
		return a, rankers.ErrLate
	case err != nil:
		return a, err
	}
	if a, err = q.read(msg.Data); err == nil && q.tower != nil {
		err = q.signed(&a, operator)
	}
	return a, err
}

// outputs are how many numbers there are for each row.
func (q *question) outputs() int {
	if q.tower == nil {
		return 1
	}
	return q.tower.Outputs
}

// signed holds a tower's answer to the signatures that come with it.
func (q *question) signed(a *answer, operator string) error {
	if a.delegate == nil || a.delegate.Operator != operator || len(a.signatures) != q.Count {
		return errors.New("its vectors are not signed, each by a delegate of the operator's own")
	}
	for _, s := range a.scores {
		if s < -127 || s > 127 {
			return fmt.Errorf("a vector holds %d, where -127 to 127 can be", s)
		}
	}
	for i, sig := range a.signatures {
		w := zkcommit.VectorWord{Delegate: *a.delegate, Signature: sig}
		if err := w.Check(q.Model, q.tower.Publisher, q.row(i), a.vector(i, q.tower.Outputs)); err != nil {
			return err
		}
	}
	return nil
}

// read holds a reply to its question.
func (q *question) read(raw []byte) (a answer, err error) {
	most := 1<<10 + 12*q.Count
	if q.tower != nil {
		most = 2<<10 + (5*q.tower.Outputs+maxSigned)*q.Count
	}
	var r Reply
	if err := parse(raw, most, &r); err != nil {
		return a, err
	}
	switch {
	case r.V != Protocol:
		return a, fmt.Errorf("it answers in version %d of the protocol, not %d", r.V, Protocol)
	case r.ID != q.ID:
		return a, errors.New("it answers another question")
	case r.Model != q.Model || r.Version != q.Version:
		return a, fmt.Errorf("it answers by version %d of the model %s, and was asked by version %d of %s", r.Version, r.Model, q.Version, q.Model)
	case r.Error != "":
		return a, errors.New("it says: " + words(r.Error, maxText))
	case len(r.Scores) != q.Count*q.outputs():
		return a, fmt.Errorf("it gives %d scores for %d posts", len(r.Scores), q.Count)
	}
	scores := make([]graph.Score, len(r.Scores))
	for i, s := range r.Scores {
		scores[i] = graph.Score(s)
	}
	return answer{scores, r.Delegate, r.Signatures}, nil
}
