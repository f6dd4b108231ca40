package year

import (
	"context"
	"crypto/ecdsa"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"

	selection "candor/feeds/select"
	"candor/graph"
	devchain "candor/local/chain"
	"candor/zkcommit"
	"candor/zkcommit/sumcheck"
	"candor/zkcommit/verify"

	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/crypto"
	"golang.org/x/sync/errgroup"
)

func address(k *ecdsa.PrivateKey) graph.Address { return crypto.PubkeyToAddress(k.PublicKey) }

// run is one that the node made.
type run struct {
	version *version
	lie     *way
	id      graph.Hash
	raw     []byte
	opening graph.Hash
	record  *zkcommit.Record
	receipt zkcommit.Receipt
	proof   []byte // nil: it cannot be proved
}

// draft is a run before it is frozen, when a lie may still change it.
type draft struct {
	zkcommit.Run
	record *zkcommit.Record
	signer *ecdsa.PrivateKey
	scores []graph.Score // of the ranked posts
}

// rank has the node make the runs of one part of the year, prove them, log and anchor them.
func (w *World) rank(ctx context.Context, part int) error {
	first := len(w.runs)
	until := w.Size.Runs * (part + 1) / w.Size.Versions
	head, err := w.chain.Client().HeaderByNumber(ctx, nil)
	if err != nil {
		return err
	}
	block := graph.Block{Number: head.Number.Uint64(), Hash: head.Hash(), Time: head.Time}
	var hidden []*run
	for i := first; i < until; i++ {
		v, lie := w.makers[i%len(w.makers)].versions[part], w.planned[i]
		if lie != nil && lie.older {
			v = w.makers[i%len(w.makers)].versions[part-1]
		}
		r, err := w.freeze(i, v, block, lie)
		if err == nil && lie != nil && lie.kept { // it was shown, and another one is logged
			hidden = append(hidden, r)
			r, err = w.freeze(i, v, block, nil)
		}
		if err != nil {
			return err
		}
		w.runs = append(w.runs, r)
	}
	made := w.runs[first:]
	if err := w.prove(ctx, slices.Concat(made, hidden)); err != nil {
		return err
	}
	for _, r := range hidden {
		w.tampered(r.lie, &Tampering{Run: r.id})
		if err := w.keep(r); err != nil {
			return err
		}
	}
	for _, r := range made {
		if err := w.keep(r); err != nil {
			return err
		}
	}
	entries := w.entries(first, made)
	for _, r := range made {
		r.record, r.proof = nil, nil // their bundles are on the disk
	}
	return w.append(ctx, part, first, entries)
}

// freeze makes run number i, as feeds.Hall does, of invented posts.
func (w *World) freeze(i int, v *version, block graph.Block, lie *way) (*run, error) {
	now := block.Time
	d := &draft{signer: w.node, Run: zkcommit.Run{ChainID: devchain.ID, Genesis: w.genesis, Registry: w.Registry, Node: address(w.node),
		Plugin: v.manifest.Manifest.ID(), Version: v.number, Seq: uint64(i), Block: block.Number, BlockHash: block.Hash, MirrorRoot: graph.Hash{1},
		Time: now / 60 * 60, FeatureSchema: schema, Commitment: v.commitment, Shape: w.Size.Shape.ID()}}
	if i > 0 {
		d.Previous = w.runs[i-1].id
	}
	if err := w.fill(d, v); err != nil {
		return nil, err
	}
	if lie != nil && lie.run != nil {
		lie.run(w, d, v)
	}
	r := &run{version: v, lie: lie, record: d.record}
	for k := range r.opening {
		r.opening[k] = byte(w.rand.Uint32())
	}
	if err := d.record.Seal(&d.Run, r.opening); err != nil {
		return nil, err
	}
	r.raw, r.id = d.Run.Bytes(), d.Run.ID()
	r.receipt = zkcommit.Receipt{Run: r.id, Node: d.Node, Seq: d.Seq, Time: now, MergeDelay: 60}
	return r, r.receipt.Sign(d.signer)
}

// fill invents posts and ranks them by the version's model.
func (w *World) fill(d *draft, v *version) error {
	n, inputs := w.Size.Posts, w.Size.Shape.Inputs
	ids, rows, cands := make([]graph.PostID, n), make([]int8, n*inputs), make([]graph.Candidate, n)
	for i, place := range w.rand.Perm(n) {
		ids[i] = graph.PostID{Block: uint64(place/5 + 1), Tx: uint32(place % 5)}
		cands[i] = graph.Candidate{Post: ids[i], Author: graph.Address{byte(w.rand.Uint32N(20) + 1)}, Source: graph.FromTrending}
	}
	for i := range rows {
		rows[i] = int8(w.rand.Uint32())
	}
	values, err := v.secret.Model.Evaluate(rows)
	if err != nil {
		return err
	}
	scores := make([]graph.Score, n)
	for i, s := range values {
		scores[i] = graph.Score(s)
	}
	d.record = &zkcommit.Record{Candidates: cands, Verdicts: []zkcommit.FilterVerdicts{}, Rule: selection.Diverse}
	ranked := []graph.Candidate{}
	for _, i := range zkcommit.Order(ids, scores) {
		ranked = append(ranked, cands[i])
		d.record.Ranked = append(d.record.Ranked, ids[i])
		d.record.Rows = append(d.record.Rows, rows[i*inputs:(i+1)*inputs])
		d.scores = append(d.scores, scores[i])
	}
	d.record.Served, err = selection.Select(d.record.Rule, ranked)
	return err
}

// prove proves the runs, as many at once as there are cores. What is not the model's order
// has no proof.
func (w *World) prove(ctx context.Context, runs []*run) error {
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(runtime.GOMAXPROCS(0))
	for _, r := range runs {
		if r.lie != nil && r.lie.unprovable {
			continue
		}
		g.Go(func() (err error) {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			st, err := verify.Statement(zkcommit.Statement{Run: r.raw, Opening: r.opening, Commitment: r.version.commitment, Ranked: r.record.Ranked, Rows: r.record.Rows})
			if err != nil {
				return err
			}
			r.proof, err = sumcheck.Prove(st, r.version.checked, r.version.weights)
			return err
		})
	}
	return g.Wait()
}

// keep writes the run's bundle, as it is served.
func (w *World) keep(r *run) error {
	b := w.bundle(r)
	if r.lie != nil && r.lie.bundle != nil {
		r.lie.bundle(w, b)
	} else if r.lie == nil {
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
		b.Registration, b.RegistrationKey = r.version.registration.Bytes(), w.bundleKey()
	}
	return b
}

// entries are what the log gets of the runs, and what the node did to them.
func (w *World) entries(first int, runs []*run) [][]byte {
	entries := make([][]byte, len(runs))
	for i, r := range runs {
		entries[i] = r.raw
	}
	for i, r := range runs {
		if r.lie == nil {
			continue
		}
		at := uint64(first + i)
		t := &Tampering{Run: r.id, First: at, Last: at + r.lie.reach}
		if r.lie.log != nil {
			r.lie.log(entries, i)
		}
		w.tampered(r.lie, t)
	}
	return entries
}

// append logs the entries with the promise to prove them, and anchors the log.
func (w *World) append(ctx context.Context, part, first int, entries [][]byte) error {
	for e := (first + zkcommit.EpochRuns - 1) / zkcommit.EpochRuns * zkcommit.EpochRuns; e < first+len(entries); e += zkcommit.EpochRuns {
		promise := zkcommit.Epoch{First: uint64(e), Mode: zkcommit.ProveAll, Rate: zkcommit.WholeRate, Due: 600}
		if _, err := w.epochs.Append(ctx, promise.Bytes(devchain.ID, w.genesis, address(w.node))); err != nil {
			return err
		}
	}
	if _, err := w.log.Append(ctx, entries...); err != nil {
		return err
	}
	size := uint64(first + len(entries))
	head, err := w.log.Published(ctx, size)
	if err != nil {
		return err
	}
	w.heads = append(w.heads, head)
	root := head.Root
	if lie := w.forks[part]; lie != nil { // others are shown another log
		root = graph.Keccak(root[:])
		w.tampered(lie, &Tampering{Root: root})
	}
	return w.owner.Anchor(ctx, head.Origin, size, root)
}
