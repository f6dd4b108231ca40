package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"sync"

	"candor/graph"
	"candor/zkcommit"
	registry "candor/zkcommit/chain"
	"candor/zkcommit/circuit"
	"candor/zkcommit/circuit/verifier"
	"candor/zkcommit/prover"
	"candor/zkcommit/verify"
)

// disputeKeys make dispute proofs.
type disputeKeys interface {
	Hash() graph.Hash
	Circuit() string
	Development() bool
	VerifyingKey() []byte
	Prove(context.Context, zkcommit.Statement, *zkcommit.Model, zkcommit.Salt) (zkcommit.Proof, error)
}

// second is the second proof system: it makes dispute proofs of this node's runs, or has
// workers make them that hold the model, for demands on the chain and for cross-checks. It
// implements prover.Second.
type second struct {
	*services
	away awayProofs
	mu   sync.Mutex  // one proof at a time: each takes all cores and 100 MB
	keys disputeKeys // nil until a proof is to be made
}

// able says why this node cannot prove what is drawn to be proved twice; nil: it can.
func (s *second) able() error {
	if _, sealed := s.ceremonies[circuit.ID]; !sealed && !s.development {
		return errNoKeys
	}
	for _, r := range s.plugins.rankers {
		if _, held := s.plugins.model(r.Manifest.Manifest.Commitment); !held {
			return fmt.Errorf("it does not hold the model of ranker %s", r.ID)
		}
	}
	return nil
}

// open makes or loads the keys, which many nodes never need, and sees to it that the
// ledger and the chain's table have the verifying one.
func (s *second) open(ctx context.Context) (disputeKeys, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.keys != nil {
		return s.keys, nil
	}
	keys, err := s.ceremonies.dispute()
	if keys == nil && err == nil {
		if !s.development {
			return nil, errNoKeys
		}
		keys, err = circuit.DevelopmentKeys(filepath.Join(s.dir, "circuit"), func(stage string) { s.log.Info(stage) })
	}
	if err != nil {
		return nil, err
	}
	if err := s.ledger.PutKey(ctx, keys.Hash(), keys.Circuit(), keys.Development(), keys.VerifyingKey()); err != nil {
		return nil, err
	}
	if err := s.calls.EnsureKey(ctx, registry.Key{Hash: keys.Hash(), Circuit: registry.CircuitID(keys.Circuit()), Development: keys.Development()}); err != nil {
		return nil, err
	}
	s.keys = keys
	return keys, nil
}

// falseProof says that a run has no dispute proof under its own model.
type falseProof struct{ error }

// dispute makes the run's dispute proof, unless it is there. Without the model it asks for
// it and answers errAwaited until a worker has brought it. A proof under a key that the node
// had before would be no answer to a demand, and cost the bond.
func (s *second) dispute(ctx context.Context, row zkcommit.RunRow) (*zkcommit.Proof, error) {
	st, err := prover.StatementOf(&row)
	if err != nil {
		return nil, err
	}
	o, held := s.plugins.model(st.Commitment)
	if !held {
		return s.fromAway(ctx, row.ID, st)
	}
	return s.ours(ctx, row.ID, st, o)
}

// ours is the proof under a model that this node holds.
func (s *second) ours(ctx context.Context, run graph.Hash, st zkcommit.Statement, o opened) (*zkcommit.Proof, error) {
	keys, err := s.open(ctx)
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	p, err := s.disputed.find(run)
	if err != nil || p != nil && p.Key == keys.Hash() {
		return p, err
	}
	made, err := keys.Prove(ctx, st, o.model, o.salt)
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	if err != nil {
		return nil, falseProof{err}
	}
	return &made, s.disputed.keep(run, made)
}

// Cross implements prover.Second.
func (s *second) Cross(ctx context.Context, id graph.Hash) error {
	row, ok, err := s.ledger.RunByID(ctx, id)
	if err != nil || !ok {
		return errors.Join(err, fmt.Errorf("the ledger has no run %s", id))
	}
	st, err := prover.StatementOf(&row)
	if err != nil {
		return err
	}
	if err := s.takes(st); err != nil {
		return err
	}
	raw, ok, err := s.ledger.Proof(ctx, id)
	if err != nil || !ok {
		return errors.Join(err, fmt.Errorf("the ledger has no proof of run %s", id))
	}
	first, err := zkcommit.ParseProof(raw)
	if err == nil {
		if m := s.registered.model(st.Commitment); m == nil {
			return fmt.Errorf("the model %s is not registered yet", st.Commitment)
		}
		err = checks{s.registered}.Check(ctx, st, *first)
	}
	if err != nil {
		return fmt.Errorf("%w: the run proof that was kept does not hold: %w", prover.ErrDiffers, err)
	}
	p, err := s.dispute(ctx, row)
	if errors.Is(err, errAwaited) {
		p, err = s.await(ctx, row, st)
	}
	if no := (falseProof{}); errors.As(err, &no) {
		return fmt.Errorf("%w: there is a run proof, and no dispute proof can be made: %w", prover.ErrDiffers, err)
	} else if err != nil {
		return err
	}
	key, err := s.runs().Key(ctx, p.Key)
	if err != nil || key == nil {
		return errors.Join(err, fmt.Errorf("the ledger lost the key %s", p.Key))
	}
	if err := verify.Dispute(key, st, *p); err != nil {
		return fmt.Errorf("%w: the run proof holds, the dispute proof does not: %w", prover.ErrDiffers, err)
	}
	return nil
}

// takes fails with ErrUnfit for a run that the dispute circuit is not for, or whose model
// neither this node nor a worker of it has.
func (s *second) takes(st zkcommit.Statement) error {
	run, err := zkcommit.ParseRun(st.Run)
	if err != nil {
		return err
	}
	if n := len(st.Ranked); run.Shape != zkcommit.Provable.ID() || n == 0 || n > zkcommit.K {
		return fmt.Errorf("%w: the circuit %s takes 1 to %d posts under a model of %s", prover.ErrUnfit, verifier.CircuitID, zkcommit.K, zkcommit.Provable)
	}
	if _, ok := s.plugins.model(st.Commitment); !ok && !s.away.serves(st.Commitment) {
		return fmt.Errorf("%w: this node does not have the model %s", prover.ErrUnfit, st.Commitment)
	}
	return nil
}
