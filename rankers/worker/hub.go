package worker

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"time"

	"candor/graph"
	"candor/zkcommit"

	"github.com/nats-io/nats.go"
)

// Registrar checks what proofs of a model are to rest on, and keeps it.
type Registrar interface {
	// Register fails with a sentence for the worker when the registration does not hold.
	Register(ctx context.Context, model graph.Hash, r Register) error
}

// Second has workers make dispute proofs of runs whose models they alone hold. What it
// refuses it says in a sentence for the worker.
type Second interface {
	// Wanted is a run of the model that waits for its proof.
	Wanted(model graph.Hash) (run graph.Hash, ok bool)
	// Task lends what is to be proved to one worker for a while; nil: another has it.
	Task(model, run graph.Hash) (*zkcommit.Statement, error)
	// Take checks what a worker made, and keeps it.
	Take(ctx context.Context, model graph.Hash, d Disputed) error
}

// Hub is a node's side: it hears workers, and asks them.
type Hub struct {
	Second Second // set before Serve; nil: no dispute proof is asked for

	nc        *nats.Conn
	node      string
	registrar Registrar
	log       *slog.Logger

	mu    sync.Mutex
	pools map[graph.Hash]*Pool
}

// Open connects a node's hub. The registrar may be nil: then no registration is taken.
func Open(at string, node graph.Address, r Registrar, log *slog.Logger, more ...nats.Option) (*Hub, error) {
	nc, err := dial(at, "candor node, workers", log, more...)
	if err != nil {
		return nil, err
	}
	return &Hub{nc: nc, node: nodeName(node), registrar: r, log: log, pools: map[graph.Hash]*Pool{}}, nil
}

// Close ends the connection.
func (h *Hub) Close() { h.nc.Close() }

// atOnce is how many hellos and registrations are looked at at once.
const atOnce = 4

// Serve hears workers until the context ends.
func (h *Hub) Serve(ctx context.Context) error {
	hands := make(chan struct{}, atOnce)
	var all sync.WaitGroup
	defer all.Wait()
	for what, hear := range map[string]func(context.Context, *nats.Msg) any{"hello": h.hello, "register": h.register, "dispute": h.dispute, "disputed": h.disputed} {
		sub, err := h.nc.Subscribe(subject(h.node, what, "*", "*"), func(msg *nats.Msg) {
			select {
			case hands <- struct{}{}:
			case <-ctx.Done():
				return
			}
			all.Go(func() {
				defer func() { <-hands }()
				raw, err := json.Marshal(hear(ctx, msg))
				if err == nil {
					err = msg.Respond(raw)
				}
				if err != nil && ctx.Err() == nil {
					h.log.Warn("a worker gets no answer", "asked", what, "err", err)
				}
			})
		})
		if err != nil {
			return err
		}
		defer sub.Unsubscribe()
	}
	<-ctx.Done()
	return nil
}

func (h *Hub) pool(of string) (*Pool, string) {
	model, operator, ok := parts(of)
	if !ok {
		return nil, ""
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.pools[model], operator
}

func (h *Hub) hello(_ context.Context, msg *nats.Msg) any {
	w := Welcome{V: Protocol}
	p, operator := h.pool(msg.Subject)
	if p == nil {
		w.Refused = "this node does not serve that model through workers"
		return w
	}
	var said Hello
	err := parse(msg.Data, MaxHello, &said)
	if err == nil {
		err = p.hear(operator, said, time.Now())
	}
	if err != nil {
		w.Refused = words(err.Error(), maxText)
	}
	w.Register = p.Unregistered != nil && p.Unregistered()
	if h.Second != nil {
		if run, ok := h.Second.Wanted(p.Model); ok {
			w.Dispute = &run
		}
	}
	return w
}

func (h *Hub) register(ctx context.Context, msg *nats.Msg) any {
	var r Register
	p, operator := h.pool(msg.Subject)
	switch err := parse(msg.Data, MaxRegister, &r); {
	case p == nil || h.registrar == nil:
		return Registered{Protocol, "this node takes no registration of that model"}
	case err != nil:
		return Registered{Protocol, words(err.Error(), maxText)}
	}
	ctx, cancel := context.WithTimeout(ctx, longest)
	defer cancel()
	if err := h.registrar.Register(ctx, p.Model, r); err != nil {
		h.log.Warn("a worker's registration is not taken", "model", p.Model, "operator", operator, "err", err)
		return Registered{Protocol, words(err.Error(), maxText)}
	}
	h.log.Info("a model is registered by its worker", "model", p.Model, "operator", operator)
	return Registered{V: Protocol}
}

// errNoSecond is the answer where no dispute proof is asked for.
const errNoSecond = "this node waits for no dispute proof of that model"

func (h *Hub) dispute(_ context.Context, msg *nats.Msg) any {
	t := Task{V: Protocol}
	var d Dispute
	p, _ := h.pool(msg.Subject)
	err := parse(msg.Data, MaxHello, &d)
	switch {
	case p == nil || h.Second == nil:
		t.Refused = errNoSecond
		return t
	case err == nil:
		t.Statement, err = h.Second.Task(p.Model, d.Run)
	}
	if err != nil {
		t.Refused = words(err.Error(), maxText)
	}
	return t
}

func (h *Hub) disputed(ctx context.Context, msg *nats.Msg) any {
	var d Disputed
	p, operator := h.pool(msg.Subject)
	switch err := parse(msg.Data, maxDisputed, &d); {
	case p == nil || h.Second == nil:
		return Registered{Protocol, errNoSecond}
	case err != nil:
		return Registered{Protocol, words(err.Error(), maxText)}
	case d.V != Protocol:
		return Registered{Protocol, fmt.Sprintf("this node speaks version %d of the protocol, not %d", Protocol, d.V)}
	}
	d.Error = words(d.Error, maxText)
	ctx, cancel := context.WithTimeout(ctx, longest)
	defer cancel()
	if err := h.Second.Take(ctx, p.Model, d); err != nil {
		h.log.Warn("a worker's dispute proof is not taken", "run", d.Run, "operator", operator, "err", err)
		return Registered{Protocol, words(err.Error(), maxText)}
	}
	h.log.Info("a worker answered for a dispute proof", "run", d.Run, "operator", operator, "made", d.Error == "")
	return Registered{V: Protocol}
}

// Pool serves a model through its workers from now on. A pool of the model that was there
// is forgotten.
func (h *Hub) Pool(t Terms) *Pool {
	p := &Pool{Terms: t, hub: h, operators: map[string]*operator{}}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.pools[t.Model] = p
	return p
}

// Forget ends what Pool began.
func (h *Hub) Forget(p *Pool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.pools[p.Model] == p {
		delete(h.pools, p.Model)
	}
}

// Standing is how an operator's workers stand, for people.
type Standing struct {
	Operator string   `json:"operator"`
	State    string   `json:"state"` // ready, silent, resting (it failed often of late), cut-off
	Why      string   `json:"why,omitempty"`
	Workers  []string `json:"workers"` // processes that are there, with their engines
	Capacity int      `json:"capacity"`
	Answered uint64   `json:"answered"`
	Failed   uint64   `json:"failed"`
}

// Standings are those of all operators who were ever heard or cut off, by name.
func (p *Pool) Standings(now time.Time) []Standing {
	cuts := p.Cuts.All(p.Model)
	p.mu.Lock()
	defer p.mu.Unlock()
	names := map[string]bool{}
	for name := range cuts {
		names[name] = true
	}
	for name := range p.operators {
		names[name] = true
	}
	out := []Standing{}
	for name := range names {
		s := Standing{Operator: name, State: "silent", Workers: []string{}}
		if o := p.operators[name]; o != nil {
			s.Answered, s.Failed = o.answered, o.failed
			for _, w := range o.live(now) {
				s.State = Ready
				s.Workers = append(s.Workers, w.Worker+" ("+w.Engine+")")
				s.Capacity += w.Capacity
			}
			if s.State == Ready && now.Before(o.rests) {
				s.State, s.Why = "resting", o.why
			}
		}
		if why, cut := cuts[name]; cut {
			s.State, s.Why = "cut-off", why
		}
		slices.Sort(s.Workers)
		out = append(out, s)
	}
	slices.SortFunc(out, func(a, b Standing) int { return strings.Compare(a.Operator, b.Operator) })
	return out
}
