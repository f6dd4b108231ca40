package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"candor/graph"
	"candor/zkcommit"
	registry "candor/zkcommit/chain"
	"candor/zkcommit/circuit"
	"candor/zkcommit/circuit/verifier"
	"candor/zkcommit/prover"

	"github.com/ethereum/go-ethereum/crypto"
)

// disputes are the dispute proofs that were made for runs of this node, each a file
// under DIR/disputes.
type disputes struct{ dir string }

func (d disputes) path(run graph.Hash) string { return filepath.Join(d.dir, run.Hex()[2:]) }

// find is the run's dispute proof; nil when none was demanded.
func (d disputes) find(run graph.Hash) (*zkcommit.Proof, error) {
	b, err := os.ReadFile(d.path(run))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	} else if err != nil {
		return nil, err
	}
	p, err := zkcommit.ParseProof(b)
	if err == nil && p.Version != zkcommit.DigestProof {
		err = errors.New("it is of another kind")
	}
	if err != nil {
		return nil, fmt.Errorf("the dispute proof in %s is damaged, remove it: %w", d.path(run), err)
	}
	return p, nil
}

func (d disputes) keep(run graph.Hash, p zkcommit.Proof) error {
	b, err := p.Encode()
	if err == nil {
		err = os.MkdirAll(d.dir, 0o755)
	}
	if err != nil {
		return err
	}
	return writeFile(d.path(run), b)
}

// defence answers what is demanded of this node on the chain, so that it keeps its
// bond: that a run is in its log, or that the committed model ranked it.
type defence struct {
	*services
	keys *circuit.Keys // of dispute proofs, once one was demanded
	from uint64        // demands before this block are answered
}

// defend looks for demands until the context ends.
func (s *services) defend(ctx context.Context) {
	d := &defence{services: s}
	for {
		if err := d.answerAll(ctx); err != nil && ctx.Err() == nil {
			s.log.Warn("a demand on the chain is not answered yet and is tried again", "err", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(3 * time.Second):
		}
	}
}

func (d *defence) answerAll(ctx context.Context) (failed error) {
	all, last, err := d.calls.Demands(ctx, crypto.PubkeyToAddress(d.node.keys.node.PublicKey), d.from)
	if err != nil {
		return err
	}
	for _, q := range all {
		if err := d.answer(ctx, q); err != nil {
			failed = errors.Join(failed, fmt.Errorf("run %s: %w", q.ID, err))
		}
	}
	if failed == nil {
		d.from = last - min(last, graph.History) // a block may be taken back
	}
	return failed
}

func (d *defence) answer(ctx context.Context, q registry.DemandOf) error {
	w, open, err := d.calls.Waiting(ctx, q.Kind, q.ID, crypto.PubkeyToAddress(d.node.keys.node.PublicKey), q.Lane, q.Seq)
	if err != nil || !open || w.Passed {
		return err
	}
	row, ok, err := d.ledger.RunByID(ctx, q.ID)
	if err != nil {
		return err
	}
	switch {
	case q.Kind == registry.Inclusion && ok:
		return d.showIncluded(ctx, row)
	case q.Kind == registry.Proof && ok:
		return d.showProven(ctx, row)
	}
	return errors.New("this node does not know what is demanded")
}

func (d *defence) showIncluded(ctx context.Context, row zkcommit.RunRow) error {
	a, ok, err := d.calls.LatestOf(ctx, crypto.PubkeyToAddress(d.node.keys.node.PublicKey), d.origin())
	if err != nil {
		return err
	}
	if !ok || row.LogIndex < 0 || uint64(row.LogIndex) >= a.Size {
		return errors.New("the run is not under an anchored head yet")
	}
	path, err := d.runlog.Inclusion(ctx, uint64(row.LogIndex), a.Size)
	if err != nil {
		return err
	}
	if err := d.calls.AnswerInclusion(ctx, row.Run, d.origin(), a.Size, path); err != nil {
		return err
	}
	d.log.Info("a demand on the chain is answered: the run is in the log", "run", row.ID)
	return nil
}

func (d *defence) showProven(ctx context.Context, row zkcommit.RunRow) error {
	key, err := d.loaded(ctx)
	if err != nil {
		return err
	}
	p, err := d.dispute(ctx, row, key)
	if err != nil {
		return err
	}
	made, err := verifier.ParseProof(p.Bytes)
	if err != nil {
		return err
	}
	if err := d.calls.ProveRun(ctx, row.Run, registry.Groth16{Key: key, Numbers: made.Numbers()}); err != nil {
		return err
	}
	d.log.Info("a demand on the chain is answered: the run is proven", "run", row.ID)
	return nil
}

// dispute makes the run's dispute proof under the key, unless it is there. One under a
// key that the node had before would be no answer, and cost the bond.
func (d *defence) dispute(ctx context.Context, row zkcommit.RunRow, key graph.Hash) (*zkcommit.Proof, error) {
	p, err := d.disputed.find(row.ID)
	if err != nil || p != nil && p.Key == key {
		return p, err
	}
	st, err := prover.StatementOf(&row)
	if err != nil {
		return nil, err
	}
	o, ok := d.plugins.models[st.Commitment]
	if !ok {
		return nil, fmt.Errorf("this node does not have the model %s", st.Commitment)
	}
	if err := d.open(); err != nil {
		return nil, err
	}
	made, err := d.keys.Prove(ctx, st, o.model, o.salt)
	if err != nil {
		return nil, err
	}
	return &made, d.disputed.keep(row.ID, made)
}

// open makes or loads the keys of dispute proofs, which few nodes ever need.
func (d *defence) open() (err error) {
	if d.keys != nil {
		return nil
	}
	if d.keys, err = d.ceremonies.dispute(); err != nil || d.keys != nil {
		return err
	}
	if !d.development {
		return errNoKeys
	}
	d.keys, err = circuit.DevelopmentKeys(filepath.Join(d.dir, "circuit"), func(stage string) { d.log.Info(stage) })
	return err
}

// loaded sees to it that ledger, table and contract have the key of dispute proofs.
func (d *defence) loaded(ctx context.Context) (graph.Hash, error) {
	if err := d.open(); err != nil {
		return graph.Hash{}, err
	}
	raw, hash := d.keys.VerifyingKey(), d.keys.Hash()
	if err := d.ledger.PutKey(ctx, hash, d.keys.Circuit(), d.keys.Development(), raw); err != nil {
		return hash, err
	}
	if err := d.calls.EnsureKey(ctx, registry.Key{Hash: hash, Circuit: registry.CircuitID(d.keys.Circuit()), Development: d.keys.Development()}); err != nil {
		return hash, err
	}
	k, err := verifier.Digest.ParseKey(raw)
	if err != nil {
		return hash, err
	}
	return hash, d.calls.EnsureLoaded(ctx, hash, d.keys.Circuit(), d.keys.Development(), [16]byte(raw[:16]), k.Numbers())
}
