package prover

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"slices"
	"sync"
	"testing"
	"time"

	"candor/graph"
	"candor/zkcommit"

	"github.com/prometheus/client_golang/prometheus"
)

// book is a ledger in memory, as strict as the real one.
type book struct {
	mu     sync.Mutex
	rows   []*entry
	broken error
	looks  int
	epochs []zkcommit.Epoch
	noted  []zkcommit.Draw
	drawn  []zkcommit.Draw
	settle func(id graph.Hash) // before a proof is kept
	due    []graph.Hash        // to be proved twice
	cross  map[graph.Hash]zkcommit.CrossState
}

func (b *book) Uncrossed(_ context.Context, limit int) ([]graph.Hash, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.due[:min(limit, len(b.due))], b.broken
}

func (b *book) SetCross(_ context.Context, run graph.Hash, state zkcommit.CrossState, reason string) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.cross == nil {
		b.cross = map[graph.Hash]zkcommit.CrossState{}
	}
	if b.cross[run] = state; (state == zkcommit.CrossAgrees) != (reason == "") {
		return errors.New("a reason stands where none belongs, or is missing")
	}
	b.due = slices.DeleteFunc(b.due, func(id graph.Hash) bool { return id == run })
	return b.broken
}

func (b *book) CrossFigures(context.Context) (f zkcommit.CrossFigures, err error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, s := range b.cross {
		switch s {
		case zkcommit.CrossAgrees:
			f.Agree++
		case zkcommit.CrossDiffers:
			f.Differ++
		}
	}
	f.Owed = uint64(len(b.due))
	return f, b.broken
}

type entry struct {
	zkcommit.Waiting
	row    zkcommit.RunRow
	state  zkcommit.ProofState
	proof  []byte
	reason string
	retry  uint64
	owed   bool
}

func (b *book) add(rows ...zkcommit.RunRow) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, r := range rows {
		b.rows = append(b.rows, &entry{row: r, state: zkcommit.Pending, owed: true,
			Waiting: zkcommit.Waiting{ID: r.ID, Number: uint64(len(b.rows) + 1), Ranker: r.Ranker, Run: r.Run, Time: r.Time}})
	}
}

func (b *book) entry(id graph.Hash) *entry {
	for _, e := range b.rows {
		if e.ID == id {
			return e
		}
	}
	return nil
}

func (b *book) state(id graph.Hash) (zkcommit.ProofState, string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	e := b.entry(id)
	return e.state, e.reason
}

func (b *book) Waiting(_ context.Context, now uint64, each int) (out []zkcommit.Waiting, err error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.looks++; b.broken != nil {
		return nil, b.broken
	}
	of := map[string][]zkcommit.Waiting{}
	for _, e := range b.rows {
		if e.state == zkcommit.Pending && e.owed && e.retry <= now {
			of[e.Ranker] = append(of[e.Ranker], e.Waiting)
		}
	}
	for _, ws := range of {
		seen := map[graph.Hash]bool{}
		take := func(ws []zkcommit.Waiting) {
			for _, w := range ws[:min(each, len(ws))] {
				if !seen[w.ID] {
					seen[w.ID] = true
					out = append(out, w)
				}
			}
		}
		take(ws)
		back := slices.Clone(ws)
		slices.Reverse(back)
		take(back)
		for _, kind := range []func(zkcommit.Waiting) uint64{func(w zkcommit.Waiting) uint64 { return w.Asked }, func(w zkcommit.Waiting) uint64 { return w.Due }} {
			some := slices.DeleteFunc(slices.Clone(ws), func(w zkcommit.Waiting) bool { return kind(w) == 0 })
			slices.SortFunc(some, func(a, b zkcommit.Waiting) int { return int(kind(a)) - int(kind(b)) })
			take(some)
		}
	}
	return out, nil
}

func (b *book) RunByID(_ context.Context, id graph.Hash) (zkcommit.RunRow, bool, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if e := b.entry(id); e != nil {
		return e.row, true, nil
	}
	return zkcommit.RunRow{}, false, nil
}

func (b *book) SetProof(_ context.Context, id graph.Hash, proof []byte, state zkcommit.ProofState, reason string) (bool, error) {
	if b.settle != nil {
		b.settle(id)
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.broken != nil {
		return false, b.broken
	}
	if (state == zkcommit.Proven) != (len(proof) > 0) {
		return false, errors.New("proof and state do not fit")
	}
	e := b.entry(id)
	if e.state != zkcommit.Pending {
		return false, nil
	}
	e.state, e.proof, e.reason = state, bytes.Clone(proof), reason
	return true, nil
}

func (b *book) Tried(_ context.Context, id graph.Hash, by int) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.entry(id).Tries += by
	return b.broken
}

func (b *book) Missed(_ context.Context, id graph.Hash, reason string, retry uint64) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	e := b.entry(id)
	e.Fails++
	e.reason, e.retry = reason, retry
	return b.broken
}

func (b *book) ProofFigures(context.Context) ([]zkcommit.ProofFigures, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	var f zkcommit.ProofFigures
	for _, e := range b.rows {
		f.Runs++
		switch {
		case e.state == zkcommit.Proven:
			f.Proven++
		case e.state == zkcommit.Failed:
			f.Failed++
		case e.state == zkcommit.Pending && e.owed:
			f.Owed++
		}
	}
	return []zkcommit.ProofFigures{f}, b.broken
}

func (b *book) ProofFailures(context.Context, int) ([]zkcommit.ProofFailure, error) { return nil, nil }

func (b *book) Late(_ context.Context, now uint64) (n int, err error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, e := range b.rows {
		if e.state == zkcommit.Pending && e.Due != 0 && e.Due < now {
			e.state, e.reason = zkcommit.Failed, "late"
			n++
		}
	}
	return n, b.broken
}

func (b *book) NextTicket(context.Context, uint32) (uint64, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return uint64(len(b.rows)), nil
}

func (b *book) Epochs(_ context.Context, _ uint32, limit int) ([]zkcommit.Epoch, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	es := slices.Clone(b.epochs)
	slices.Reverse(es)
	return es[:min(limit, len(es))], nil
}

func (b *book) AddEpoch(_ context.Context, e zkcommit.Epoch) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if err := e.Check(); err != nil {
		return err
	}
	if n := len(b.epochs); n > 0 && b.epochs[n-1].First >= e.First {
		return errors.New("it has begun")
	}
	if n := len(b.rows); n > 0 && b.rows[n-1].row.Seq >= e.First {
		return errors.New("it has begun")
	}
	b.epochs = append(b.epochs, e)
	return nil
}

func (b *book) NoteAnchor(_ context.Context, d zkcommit.Draw) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, n := range b.noted {
		if n.Size == d.Size {
			return nil
		}
	}
	b.noted = append(b.noted, d)
	return nil
}

func (b *book) Undrawn(context.Context, uint32) (out []zkcommit.Draw, err error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, n := range b.noted {
		if !slices.ContainsFunc(b.drawn, func(d zkcommit.Draw) bool { return d.Size == n.Size }) {
			out = append(out, n)
		}
	}
	return out, nil
}

func (b *book) Draws(context.Context, uint32, int) ([]zkcommit.Draw, error) { return nil, nil }

func (b *book) Draw(_ context.Context, d zkcommit.Draw, _ uint64) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.drawn = append(b.drawn, d)
	return nil
}

// wall is a board in memory, and a worker's queue before it.
type wall struct {
	mu   sync.Mutex
	jobs []Job
	most int
	gone bool // it takes nothing and has lost everything
	desk *Desk
	acks map[graph.Hash]func() // hear of jobs that are taken off
}

func (w *wall) Put(_ context.Context, commitment, run graph.Hash) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.gone {
		return errors.New("there is no board")
	}
	if w.most > 0 && len(w.jobs) >= w.most {
		return ErrFull
	}
	w.jobs = append(w.jobs, Job{Commitment: commitment, Run: run})
	return nil
}

func (w *wall) take() (j Job, ok bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if len(w.jobs) == 0 {
		return j, false
	}
	j, w.jobs = w.jobs[0], w.jobs[1:]
	return j, true
}

func (w *wall) Next(ctx context.Context) (Job, error) {
	for {
		if j, ok := w.take(); ok {
			j.Done = func() error {
				if f := w.acks[j.Run]; f != nil {
					f()
				}
				return nil
			}
			j.Again = func(after time.Duration) error {
				time.AfterFunc(after, func() {
					w.mu.Lock()
					defer w.mu.Unlock()
					w.jobs = append(w.jobs, j)
				})
				return nil
			}
			return j, nil
		}
		select {
		case <-ctx.Done():
			return Job{}, ctx.Err()
		case <-time.After(50 * time.Millisecond):
		}
	}
}

func (w *wall) Lease(ctx context.Context, commitment, run graph.Hash, worker string) (Grant, error) {
	return w.desk.Lease(ctx, commitment, run, worker)
}

func (w *wall) Answer(ctx context.Context, commitment graph.Hash, a Answer) (string, error) {
	return w.desk.Answer(ctx, commitment, a)
}

// maker is an honest proof system, and the check of its proofs: a proof is the
// digest of the statement's run.
type maker struct {
	took  time.Duration
	fault func(st zkcommit.Statement) error
}

func digest(st zkcommit.Statement) []byte {
	h := graph.Keccak(st.Run)
	return h[:]
}

func (m maker) Prove(ctx context.Context, st zkcommit.Statement) (zkcommit.Proof, error) {
	select {
	case <-time.After(m.took):
	case <-ctx.Done():
		return zkcommit.Proof{}, ctx.Err()
	}
	if m.fault != nil {
		if err := m.fault(st); err != nil {
			return zkcommit.Proof{}, err
		}
	}
	return zkcommit.Proof{Version: zkcommit.RunProof, Kind: zkcommit.KindRunOrder, Bytes: digest(st)}, nil
}

func (maker) Check(_ context.Context, st zkcommit.Statement, p zkcommit.Proof) error {
	if string(p.Bytes) == "panic" {
		panic("index out of range")
	}
	if !bytes.Equal(p.Bytes, digest(st)) {
		return errors.New("the proof is not of this statement")
	}
	return nil
}

type failer interface {
	Helper()
	Fatal(...any)
}

// row is a run of n posts under the model.
func row(t failer, model graph.Hash, ranker string, seq uint64, n int) zkcommit.RunRow {
	t.Helper()
	rec := zkcommit.Record{}
	for i := range n {
		rec.Ranked = append(rec.Ranked, graph.PostID{Block: uint64(i + 1)})
		rec.Rows = append(rec.Rows, []int8{int8(i)})
	}
	run := zkcommit.Run{Seq: seq, Commitment: model}
	opening := graph.Hash{byte(seq), byte(seq >> 8), 7}
	if err := rec.Seal(&run, opening); err != nil {
		t.Fatal(err)
	}
	b, err := json.Marshal(rec)
	if err != nil {
		t.Fatal(err)
	}
	return zkcommit.RunRow{ID: run.ID(), Ranker: ranker, Seq: seq, Run: run.Bytes(), Opening: opening, Record: b}
}

var model = graph.Hash{1}

// house is a service with its ledger, its board and an honest worker's parts.
func house(b *book, w *wall, terms Terms) *Service {
	s := New(Config{Ledger: b, Figures: b, Board: w, Check: maker{}, Announcer: &Announcer{Promises: b, Runs: b, Dial: Dial{zkcommit.ProveAll, zkcommit.WholeRate}},
		Sampler: &Sampler{Promises: b, Anchors: noAnchors{}}, Crosses: b, Metrics: prometheus.NewRegistry(), Logger: slog.New(slog.DiscardHandler), Terms: terms})
	w.desk = s.Desk
	return s
}

type noAnchors struct{}

func (noAnchors) Newest(context.Context) (a Anchor, ok bool, err error) { return a, false, nil }

// honest is a worker in the house.
func honest(w *wall, name string, b Backend) *Worker {
	return &Worker{Name: name, Queue: w, Backend: b, Logger: slog.New(slog.DiscardHandler)}
}

// lease sweeps, and takes the next job that is not gone as the worker.
func lease(t testing.TB, s *Service, w *wall, worker string) (Job, Grant) {
	t.Helper()
	if _, err := s.Sweep(t.Context()); err != nil {
		t.Fatal(err)
	}
	for {
		j, ok := w.take()
		if !ok {
			t.Fatal("there is no job")
		}
		g, err := s.Lease(t.Context(), j.Commitment, j.Run, worker)
		if err != nil {
			t.Fatal(err)
		}
		if g.Standing != Gone {
			return j, g
		}
	}
}

// proofOf is an honest answer.
func proofOf(t testing.TB, j Job, g Grant, worker string) Answer {
	t.Helper()
	p, err := maker{}.Prove(t.Context(), g.Statement)
	if err != nil {
		t.Fatal(err)
	}
	raw, err := p.Encode()
	if err != nil {
		t.Fatal(err)
	}
	return Answer{Lease: g.Lease, Run: j.Run, Worker: worker, Proof: raw}
}
