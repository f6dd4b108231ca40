package main

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"candor/graph"
	"candor/rankers/worker"
	"candor/zkcommit"
	registry "candor/zkcommit/chain"
	"candor/zkcommit/prover"
	"candor/zkcommit/verify"
)

// awayProofs are the dispute proofs that workers are to make.
type awayProofs struct {
	serves func(model graph.Hash) bool // whether workers of the model may come

	mu     sync.Mutex
	wanted map[graph.Hash]map[graph.Hash]*wantedProof // by model and run
}

type wantedProof struct {
	statement zkcommit.Statement
	lent      time.Time // to a worker
	why       string    // one had none
	there     chan struct{}
}

const (
	// lentFor is how long a worker may take for a dispute proof, with making its keys.
	lentFor = 2 * time.Minute
	// crossWithin is how long a cross-check waits for a worker: others wait behind it.
	crossWithin = 5 * time.Minute
)

// errAwaited says that a dispute proof is a worker's to make.
var errAwaited = errors.New("its dispute proof is awaited from a worker of its ranker")

// fromAway is the proof that a worker brought, if it counts still; else one is wanted.
func (s *second) fromAway(ctx context.Context, run graph.Hash, st zkcommit.Statement) (*zkcommit.Proof, error) {
	p, err := s.disputed.find(run)
	if err != nil {
		return nil, err
	}
	if p != nil {
		key, err := s.runs().Key(ctx, p.Key)
		if err != nil {
			return nil, err
		}
		if key != nil && s.counts(key) == nil {
			return p, nil
		}
	}
	if !s.away.serves(st.Commitment) {
		return nil, fmt.Errorf("this node does not have the model %s, and no worker of it may come", st.Commitment)
	}
	if why := s.away.want(run, st).why; why != "" {
		return nil, fmt.Errorf("%w, which says: %s", errAwaited, why)
	}
	return nil, errAwaited
}

// await has a worker make the proof for a cross-check, which is none if that takes too long:
// a worker that makes no second proof is not shown to have made a false first one.
func (s *second) await(ctx context.Context, row zkcommit.RunRow, st zkcommit.Statement) (*zkcommit.Proof, error) {
	w := s.away.want(row.ID, st)
	select {
	case <-w.there:
	case <-ctx.Done():
		return nil, ctx.Err()
	case <-time.After(crossWithin):
	}
	p, err := s.dispute(ctx, row)
	if errors.Is(err, errAwaited) {
		s.away.forget(st.Commitment, row.ID)
		s.log.Warn("a run that was drawn is not proved twice", "run", row.ID, "why", err)
		return nil, fmt.Errorf("%w: after %s %w", prover.ErrUnfit, crossWithin, err)
	}
	return p, err
}

// counts says whether a worker's dispute proofs under the key count: under the ceremony's
// alone where this node knows one, else on development chains under any for development.
func (s *second) counts(key *zkcommit.BundleKey) error {
	sealed, err := s.ceremonies.dispute()
	switch {
	case err != nil:
		return err
	case sealed != nil && sealed.Hash() != key.Hash():
		return errors.New("this node takes dispute proofs under its ceremony's key alone: name that ceremony with --ceremony")
	case sealed == nil && (!key.Development || !s.development):
		return errors.New("this node knows no ceremony for dispute proofs, and development keys count on development chains alone")
	}
	return nil
}

// want asks workers for a run's dispute proof. A demand asks again until it is there.
func (a *awayProofs) want(run graph.Hash, st zkcommit.Statement) wantedProof {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.wanted == nil {
		a.wanted = map[graph.Hash]map[graph.Hash]*wantedProof{}
	}
	if a.wanted[st.Commitment] == nil {
		a.wanted[st.Commitment] = map[graph.Hash]*wantedProof{}
	}
	w := a.wanted[st.Commitment][run]
	if w == nil {
		w = &wantedProof{statement: st, there: make(chan struct{})}
		a.wanted[st.Commitment][run] = w
	}
	return *w
}

// forget wants the proof no more.
func (a *awayProofs) forget(model, run graph.Hash) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if w := a.wanted[model][run]; w != nil {
		close(w.there)
		delete(a.wanted[model], run)
	}
}

// Wanted implements worker.Second.
func (s *second) Wanted(model graph.Hash) (graph.Hash, bool) {
	s.away.mu.Lock()
	defer s.away.mu.Unlock()
	for run, w := range s.away.wanted[model] {
		if time.Since(w.lent) > lentFor {
			return run, true
		}
	}
	return graph.Hash{}, false
}

// errUnwanted answers who brings, or asks for, what nobody waits for.
var errUnwanted = errors.New("nobody waits for a dispute proof of that run")

// Task implements worker.Second.
func (s *second) Task(model, run graph.Hash) (*zkcommit.Statement, error) {
	s.away.mu.Lock()
	defer s.away.mu.Unlock()
	w := s.away.wanted[model][run]
	switch {
	case w == nil:
		return nil, errUnwanted
	case time.Since(w.lent) <= lentFor:
		return nil, nil
	}
	w.lent = time.Now()
	return &w.statement, nil
}

// Take implements worker.Second.
func (s *second) Take(ctx context.Context, model graph.Hash, d worker.Disputed) error {
	s.away.mu.Lock()
	w := s.away.wanted[model][d.Run]
	if w != nil && d.Error != "" {
		w.why = d.Error
	}
	s.away.mu.Unlock()
	switch {
	case w == nil:
		return errUnwanted
	case d.Error != "":
		s.log.Warn("a worker makes no dispute proof of a run", "run", d.Run, "why", d.Error)
		return nil
	}
	p, err := zkcommit.ParseProof(d.Proof)
	if err != nil {
		return err
	}
	key := &zkcommit.BundleKey{Circuit: d.Circuit, Development: d.Development, Key: d.Key}
	if p.Key != key.Hash() {
		return errors.New("the proof is under another key than the one beside it")
	}
	if err := s.counts(key); err != nil {
		return err
	}
	if err := verify.Dispute(key, w.statement, *p); err != nil {
		return fmt.Errorf("the proof does not hold: %w", err)
	}
	if err := s.ledger.PutKey(ctx, key.Hash(), key.Circuit, key.Development, key.Key); err != nil {
		return err
	}
	if err := s.calls.EnsureKey(ctx, registry.Key{Hash: key.Hash(), Circuit: registry.CircuitID(key.Circuit), Development: key.Development}); err != nil {
		return err
	}
	if err := s.disputed.keep(d.Run, *p); err != nil {
		return err
	}
	s.away.forget(model, d.Run)
	return nil
}
