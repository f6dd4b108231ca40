package year

import (
	"context"
	"math/big"
	"slices"
	"time"

	"candor/graph"
	devchain "candor/local/chain"
	"candor/zkcommit"
	"candor/zkcommit/circuit"
)

const (
	sampledOf   = 8     // of so many epochs one, the second, is sampled
	sampledRate = 7_000 // of 10,000 runs of it are drawn
	promised    = 600   // seconds after which a proof is late
)

// epoch is the promise about the run's proof.
func (w *World) epoch(seq uint64) zkcommit.Epoch {
	e := zkcommit.Epoch{First: seq / zkcommit.EpochRuns * zkcommit.EpochRuns, Mode: zkcommit.ProveAll, Rate: zkcommit.WholeRate, Due: promised,
		Network: w.beacon.Hash(), Cross: w.Size.Cross}
	if e.First/zkcommit.EpochRuns%sampledOf == 1 {
		e.Mode, e.Rate = zkcommit.ProveSampled, sampledRate
	}
	return e
}

// announce logs the epochs that begin with the next n entries.
func (w *World) announce(ctx context.Context, first, n int) error {
	for e := (first + zkcommit.EpochRuns - 1) / zkcommit.EpochRuns * zkcommit.EpochRuns; e < first+n; e += zkcommit.EpochRuns {
		p := w.epoch(uint64(e))
		if _, err := w.epochs.Append(ctx, p.Bytes(devchain.ID, w.genesis, address(w.node))); err != nil {
			return err
		}
	}
	return nil
}

// drawn is the chance under an anchor, and what a node would draw that chose its round.
type drawn struct{ fair, own zkcommit.Draw }

// draw waits for the round that nobody chooses after the newest anchor.
func (w *World) draw(ctx context.Context) (d drawn, err error) {
	a, _, err := w.owner.LatestOf(ctx, address(w.node), w.log.Verifier().Origin)
	if err != nil {
		return d, err
	}
	block, err := w.chain.Client().HeaderByNumber(ctx, new(big.Int).SetUint64(a.Block))
	if err != nil {
		return d, err
	}
	d.fair = zkcommit.Draw{Size: a.Size, Root: a.Root, Block: a.Block, Time: block.Time, Network: w.beacon.Hash(), Round: w.beacon.DrawRound(block.Time)}
	d.own = d.fair
	d.own.Round++
	if err := w.until(w.beacon.Time(d.own.Round).Sub(w.start) + time.Second); err != nil {
		return d, err
	}
	for _, x := range []*zkcommit.Draw{&d.fair, &d.own} {
		signature, err := w.beacon.Signature(x.Round)
		if err != nil {
			return d, err
		}
		if x.Beacon, err = w.beacon.Chance(x.Round, signature); err != nil {
			return d, err
		}
	}
	return d, nil
}

// settle says of each run what the draw asks of the node, and which of its lies answers
// to that. A run that tells another lie already has no second proof either.
func (w *World) settle(runs []*run, d drawn) {
	for _, r := range runs {
		e := w.epoch(r.seq)
		r.owed = d.fair.Drawn(r.seq, e.Rate)
		r.twice = r.version.shape == zkcommit.Provable && d.fair.Crossed(r.seq, e.Cross)
		if r.lie != nil {
			continue
		}
		may := func(x *way) bool { return w.unsaid[x] > 0 && x.drawn(w, r, &d, e) }
		if at := slices.IndexFunc(drawnWays, may); at >= 0 {
			r.lie = drawnWays[at]
			w.unsaid[r.lie]--
		} else if r.twice && r.owed && w.second == nil { // who has no second proof system lies whenever one is drawn
			r.lie = drawnWays[0]
		}
	}
}

// again proves the run by the second proof system.
func (w *World) again(ctx context.Context, r *run) error {
	p, err := w.second.Prove(ctx, r.statement(), r.version.secret.Model, r.version.secret.Salt)
	if err != nil {
		return err
	}
	r.second = &zkcommit.BundleDispute{Version: p.Version, Kind: p.Kind, Key: p.Key, Bytes: p.Bytes}
	w.foreign = &zkcommit.Bundle{Dispute: r.second, DisputeKey: w.secondKey()}
	return nil
}

func (w *World) secondKey() *zkcommit.BundleKey {
	return &zkcommit.BundleKey{Circuit: circuit.ID, Development: true, Key: w.second.VerifyingKey()}
}

func (r *run) statement() zkcommit.Statement {
	return zkcommit.Statement{Run: r.raw, RankingSalt: zkcommit.RankingSalt(r.opening), Commitment: r.version.commitment, Ranked: r.record.Ranked, Rows: r.record.Rows}
}

// recant has the node announce once more what it had promised, as if it had promised
// nothing, and show others another log of promises.
func (w *World) recant(ctx context.Context) error {
	for range w.share(w.total / zkcommit.EpochRuns) {
		e := zkcommit.Epoch{First: 0, Mode: zkcommit.ProveOff, Due: promised}
		if n := w.total / zkcommit.EpochRuns; n > 0 {
			e.First = uint64(w.rand.IntN(n)) * zkcommit.EpochRuns
		}
		entry := e.Bytes(devchain.ID, w.genesis, address(w.node))
		if _, err := w.epochs.Append(ctx, entry); err != nil {
			return err
		}
		w.tampered(takenBack, &Tampering{Evidence: inHex(entry)})
	}
	size, err := w.epochs.Size(ctx)
	if err != nil {
		return err
	}
	head, err := w.epochs.Published(ctx, size)
	if err != nil {
		return err
	}
	root := graph.Keccak(head.Root[:])
	w.tampered(forked, &Tampering{Evidence: root.Hex()})
	return w.owner.Anchor(ctx, head.Origin, size, root)
}
