package year

import (
	"context"
	"crypto/ecdsa"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"time"

	"candor/audit"
	"candor/graph"
	devchain "candor/local/chain"
	"candor/rankers/features"
	"candor/zkcommit"
	"candor/zkcommit/sumcheck"
	"candor/zkcommit/verify"

	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/crypto"
	"golang.org/x/sync/errgroup"
)

func address(k *ecdsa.PrivateKey) graph.Address { return crypto.PubkeyToAddress(k.PublicKey) }

// run is one that the node made, or an abort, which has neither version nor record.
type run struct {
	seq     uint64
	block   uint64
	version *version
	lie     *way
	id      graph.Hash
	raw     []byte
	opening graph.Hash
	record  *zkcommit.Record
	receipt zkcommit.Receipt
	owed    bool                    // its proof was promised, and drawn
	twice   bool                    // it was drawn to be proved twice
	proof   []byte                  // nil: it cannot be proved, or nobody is owed it
	second  *zkcommit.BundleDispute // nil: none was drawn, or the node lies
}

// draft is a run before it is frozen, when a lie may still change it.
type draft struct {
	zkcommit.Run
	record *zkcommit.Record
	signer *ecdsa.PrivateKey
	scores []graph.Score // of the ranked posts
}

// rank has the node make the runs of one part of the year, log and anchor them, and prove
// what was promised or drawn. Between them the town goes on.
func (w *World) rank(ctx context.Context, part int) error {
	first := len(w.runs)
	n := w.total*(part+1)/w.Size.Versions - first
	var hidden []*run // shown, while the log has something else
	for i := first; i < first+n; i++ {
		if step := (i - first) * w.Size.Days / n; i == first || step != (i-first-1)*w.Size.Days/n {
			if err := w.pass(ctx, time.Duration(part)*w.period()+w.period()*time.Duration(step)/time.Duration(w.Size.Days+1)); err != nil {
				return err
			}
			if err := w.day(ctx); err != nil {
				return err
			}
		}
		logged, shown, err := w.number(i, part)
		if err != nil {
			return err
		}
		w.runs = append(w.runs, logged)
		if shown != nil {
			hidden = append(hidden, shown)
		}
	}
	made := slices.DeleteFunc(slices.Clone(w.runs[first:]), func(r *run) bool { return r.record == nil })
	if err := w.append(ctx, part, first); err != nil {
		return err
	}
	d, err := w.draw(ctx)
	if err != nil {
		return err
	}
	both := slices.Concat(made, hidden)
	w.settle(both, d)
	if err := w.prove(ctx, both); err != nil {
		return err
	}
	for _, r := range hidden {
		w.blame(r, &Tampering{Run: r.id})
	}
	for _, r := range w.runs[first:] {
		if r.lie != nil {
			w.blame(r, &Tampering{Run: r.id, First: r.seq, Last: r.seq + r.lie.reach})
		}
	}
	for _, r := range both {
		if err := w.keep(r); err != nil {
			return err
		}
		r.record, r.proof, r.second = nil, nil, nil // their bundles are on the disk
	}
	return nil
}

// blame notes the run's lie. Who was drawn to be proved twice and lies has no second proof.
func (w *World) blame(r *run, t *Tampering) {
	w.tampered(r.lie, t)
	if r.twice {
		t.May = append(slices.Clone(t.May), audit.RuleCross)
	}
}

// number makes the log's entry i, and a run that was shown in its stead.
func (w *World) number(i, part int) (logged, shown *run, err error) {
	p, lie := w.makers[i%len(w.makers)], w.planned[i]
	v := p.versions[part]
	if lie != nil && lie.older {
		v = p.versions[part-1]
	}
	if lie != nil && lie.kept {
		if shown, err = w.freeze(i, v, lie); err != nil {
			return nil, nil, err
		}
		if lie.abort == nil {
			logged, err = w.freeze(i, v, nil)
			return logged, shown, err
		}
		logged, err = w.aborted(i, lie)
		logged.lie = nil // it is found by what was shown
		return logged, shown, err
	}
	if lie != nil && lie.abort != nil || w.aborts[i] {
		logged, err = w.aborted(i, lie)
		return logged, nil, err
	}
	logged, err = w.freeze(i, v, lie)
	if err == nil {
		err = w.ticketed(logged, lie)
	}
	return logged, nil, err
}

// freeze makes run number i on the newest block, as feeds.Hall does.
func (w *World) freeze(i int, v *version, lie *way) (*run, error) {
	block := w.town.head
	d := &draft{signer: w.node, Run: zkcommit.Run{ChainID: devchain.ID, Genesis: w.genesis, Registry: w.Registry, Node: address(w.node),
		Plugin: v.manifest.Manifest.ID(), Version: v.number, Seq: uint64(i), Previous: w.previous(i), Block: block.Number, BlockHash: block.Hash,
		MirrorRoot: w.town.root, Time: block.Time / 60 * 60, FeatureSchema: features.Schema(), Commitment: v.commitment, Shape: v.shape.ID()}}
	if err := w.fill(d, v, w.viewerOf(i), lie); err != nil {
		return nil, err
	}
	if lie != nil && lie.run != nil {
		lie.run(w, d, v)
	}
	r := &run{seq: uint64(i), block: block.Number, version: v, lie: lie, record: d.record}
	for k := range r.opening {
		r.opening[k] = byte(w.rand.Uint32())
	}
	if err := d.record.Seal(&d.Run, r.opening); err != nil {
		return nil, err
	}
	r.raw, r.id = d.Run.Bytes(), d.Run.ID()
	r.receipt = zkcommit.Receipt{Run: r.id, Node: d.Node, Seq: d.Seq, Time: block.Time, MergeDelay: 60}
	return r, r.receipt.Sign(d.signer)
}

func (w *World) previous(i int) (id graph.Hash) {
	if i > 0 {
		id = w.runs[i-1].id
	}
	return id
}

// prove proves the runs, as many at once as there are cores. What is not the model's order
// has no proof, and what a sampled epoch did not draw needs none.
func (w *World) prove(ctx context.Context, runs []*run) error {
	g, working := errgroup.WithContext(ctx)
	g.SetLimit(runtime.GOMAXPROCS(0))
	for _, r := range runs {
		if r.lie == nil && !r.owed || r.lie != nil && r.lie.unprovable {
			continue
		}
		g.Go(func() (err error) {
			if working.Err() != nil {
				return working.Err()
			}
			st, err := verify.Statement(r.statement())
			if err != nil {
				return err
			}
			r.proof, err = sumcheck.Prove(st, r.version.checked, r.version.weights)
			return err
		})
	}
	if err := g.Wait(); err != nil {
		return err
	}
	for _, r := range runs {
		if r.twice && r.lie == nil && r.proof != nil {
			if err := w.again(ctx, r); err != nil {
				return fmt.Errorf("a second proof of run %d: %w", r.seq, err)
			}
		}
	}
	return nil
}

// keep writes the run's bundle, as it is served.
func (w *World) keep(r *run) error {
	b := w.bundle(r)
	if r.lie != nil && r.lie.bundle != nil {
		r.lie.bundle(w, b)
	} else if r.lie == nil && r.proof != nil && r.second == nil {
		w.spare = w.bundle(r)
	}
	doc, err := b.Encode()
	if err != nil {
		return err
	}
	if r.lie != nil && r.lie.kept {
		name := filepath.Join(w.dir, fmt.Sprintf("kept-%d.json", len(w.Kept)))
		w.Kept = append(w.Kept, name)
		return os.WriteFile(name, doc, 0o644)
	}
	return os.WriteFile(w.file(r.id), doc, 0o644)
}

func (w *World) file(id graph.Hash) string { return filepath.Join(w.dir, "bundles", id.Hex()) }

func (w *World) bundle(r *run) *zkcommit.Bundle {
	b := &zkcommit.Bundle{Version: zkcommit.BundleVersion, Run: r.raw, Opening: r.opening, Viewer: r.record.Viewer, Manifest: *r.version.manifest,
		Candidates: slices.Clone(r.record.Candidates), Verdicts: r.record.Verdicts, Ranked: slices.Clone(r.record.Ranked), Served: slices.Clone(r.record.Served),
		Features: []hexutil.Bytes{}, Receipt: r.receipt}
	for _, row := range r.record.Rows {
		line := make([]byte, len(row))
		for k, x := range row {
			line[k] = byte(x)
		}
		b.Features = append(b.Features, line)
	}
	if r.proof != nil {
		b.Proof = &zkcommit.BundleProof{Version: zkcommit.RunProof, Kind: zkcommit.KindRunOrder, Bytes: slices.Clone(r.proof)}
		b.Registration, b.RegistrationKey = r.version.registration.Bytes(), w.bundleKey(r.version.shape)
	}
	if r.second != nil {
		b.Dispute, b.DisputeKey = r.second, w.secondKey()
	}
	return b
}

// append logs the part's entries, as its lies have them, behind the promises to prove
// them; anchors the log; and takes its head to the witnesses.
func (w *World) append(ctx context.Context, part, first int) error {
	made := w.runs[first:]
	entries := make([][]byte, len(made))
	for i, r := range made {
		entries[i] = r.raw
	}
	for i, r := range made {
		if r.lie != nil && r.lie.log != nil {
			r.lie.log(entries, i)
		}
	}
	if err := w.announce(ctx, first, len(entries)); err != nil {
		return err
	}
	if _, err := w.log.Append(ctx, entries...); err != nil {
		return err
	}
	size := uint64(len(w.runs))
	head, err := w.log.Published(ctx, size)
	if err != nil {
		return err
	}
	w.heads = append(w.heads, head)
	if err := w.witnessed(ctx); err != nil {
		return err
	}
	root := head.Root
	if lie := w.forks[part]; lie != nil { // others are shown another log
		root = graph.Keccak(root[:])
		w.tampered(lie, &Tampering{Evidence: root.Hex()})
	}
	return w.owner.Anchor(ctx, head.Origin, size, root)
}

func inHex(b []byte) string { return hex.EncodeToString(b) }
