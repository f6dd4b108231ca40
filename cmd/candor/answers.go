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
	"candor/zkcommit/circuit/verifier"

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
// bond: that a run or a ticket's end is in its log, or that the committed model ranked it.
type defence struct {
	*services
	second *second
	from   uint64 // demands before this block are answered
}

// defend looks for demands until the context ends.
func (s *services) defend(ctx context.Context, second *second) {
	d := &defence{services: s, second: second}
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
			failed = errors.Join(failed, fmt.Errorf("run or ticket %s: %w", q.ID, err))
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
	if q.Kind == registry.TicketEnd {
		return d.showEnd(ctx, q.ID)
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
	size, path, err := d.anchored(ctx, row.LogIndex)
	if err != nil {
		return err
	}
	if err := d.calls.AnswerInclusion(ctx, row.Run, d.origin(), size, path); err != nil {
		return err
	}
	d.log.Info("a demand on the chain is answered: the run is in the log", "run", row.ID)
	return nil
}

// showEnd shows the run or the abort with which the ticket ended.
func (d *defence) showEnd(ctx context.Context, id graph.Hash) error {
	end, ok, err := d.ledger.TicketByID(ctx, id)
	if err != nil {
		return err
	}
	if !ok {
		return errors.New("this node does not know what is demanded")
	}
	t, err := zkcommit.ParseTicket(end.Ticket)
	if err != nil {
		return err
	}
	size, path, err := d.anchored(ctx, end.LogIndex)
	if err != nil {
		return err
	}
	if err := d.calls.AnswerTicket(ctx, t, end.Entry, d.origin(), size, path); err != nil {
		return err
	}
	d.log.Info("a demand on the chain is answered: the ticket's end is in the log", "ticket", id, "entry", end.EntryID)
	return nil
}

// anchored is the path of the entry of that index to the newest anchored head, and
// that one's size.
func (d *defence) anchored(ctx context.Context, index int64) (size uint64, path [][]byte, err error) {
	a, ok, err := d.calls.LatestOf(ctx, crypto.PubkeyToAddress(d.node.keys.node.PublicKey), d.origin())
	if err != nil {
		return 0, nil, err
	}
	if !ok || index < 0 || uint64(index) >= a.Size {
		return 0, nil, errors.New("it is not under an anchored head yet")
	}
	path, err = d.runlog.Inclusion(ctx, uint64(index), a.Size)
	return a.Size, path, err
}

func (d *defence) showProven(ctx context.Context, row zkcommit.RunRow) error {
	p, err := d.second.dispute(ctx, row)
	if err != nil {
		return err
	}
	if err := d.loaded(ctx, p.Key); err != nil {
		return err
	}
	made, err := verifier.ParseProof(p.Bytes)
	if err != nil {
		return err
	}
	if err := d.calls.ProveRun(ctx, row.Run, registry.Groth16{Key: p.Key, Numbers: made.Numbers()}); err != nil {
		return err
	}
	d.log.Info("a demand on the chain is answered: the run is proven", "run", row.ID)
	return nil
}

// loaded sees to it that the contract has the key, which ledger and table have.
func (d *defence) loaded(ctx context.Context, hash graph.Hash) error {
	key, err := d.runs().Key(ctx, hash)
	if err != nil || key == nil {
		return errors.Join(err, fmt.Errorf("the ledger lost the key %s", hash))
	}
	k, err := verifier.Digest.ParseKey(key.Key)
	if err != nil {
		return err
	}
	return d.calls.EnsureLoaded(ctx, hash, key.Circuit, key.Development, [16]byte(key.Key[:16]), k.Numbers())
}
