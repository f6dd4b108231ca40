package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"time"

	"candor/graph"
	"candor/indexer/ipfs"
	"candor/rankers/sandbox"
	"candor/web"
	"candor/zkcommit"
	registry "candor/zkcommit/chain"
	"candor/zkcommit/parts"
	"candor/zkcommit/timelock"

	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ipfs/go-cid"
	"github.com/spf13/cobra"
)

// secretRanker is the built-in ranker whose model is published with a delay. The
// others are open, and their models are served from the start.
const secretRanker = "hybrid"

// revealOptions say how long the secret ranker's model stays secret.
type revealOptions struct {
	after time.Duration
	custodyOptions
}

func (o *revealOptions) flags(c *cobra.Command) {
	c.Flags().DurationVar(&o.after, "reveal-after", 30*24*time.Hour, "how long the model of the ranker "+secretRanker+" stays secret from its first start on; 0 publishes it at once, which is the default with --rpc, where a secret costs a bond")
	o.custodyOptions.flags(c)
}

func (o revealOptions) check() error {
	if o.after < 0 || o.after > 0 && o.after < time.Second {
		return fmt.Errorf("--reveal-after %s is no delay: send 0, or some seconds at least", o.after)
	}
	return o.custodyOptions.check()
}

// revealBy is the date of a built-in ranker's model: the chain's word once it is
// committed, and before that the operator's.
func (n *node) revealBy(ctx context.Context, calls *registry.Client, slug string, commitment graph.Hash) (uint64, error) {
	id := zkcommit.PluginID(crypto.PubkeyToAddress(n.keys.publisher.PublicKey), slug)
	version, err := calls.VersionOf(ctx, id, commitment)
	if err != nil {
		return 0, err
	}
	if version != 0 {
		m, _, err := calls.Model(ctx, id, version)
		return m.RevealBy, err
	}
	if slug != secretRanker || n.revealAfter == 0 {
		return 0, nil
	}
	terms, err := calls.Terms(ctx)
	if err != nil {
		return 0, err
	}
	// The commit's block comes a few blocks later, and a burst's blocks run ahead.
	if least := time.Duration(terms.Registry.MinDelay)*time.Second + 5*time.Second; n.revealAfter < least {
		return 0, fmt.Errorf("--reveal-after %s is too short on this chain: send at least %s", n.revealAfter, least)
	}
	head, err := n.client.HeaderByNumber(ctx, nil)
	if err != nil {
		return 0, fmt.Errorf("the chain does not answer, check the RPC endpoint: %w", err)
	}
	now := time.Now()
	if t := time.Unix(int64(head.Time), 0); t.After(now) {
		now = t
	}
	// The date is a round's own, so that the lock opens on it.
	return uint64(n.dates.Time(n.dates.Round(now.Add(n.revealAfter))).Unix()), nil
}

// commitModel commits a publisher's model as its plugin's next version, unless it is one
// already, and with a date the model itself as well, locked to it, with the least bond that
// the chain takes.
func commitModel(ctx context.Context, calls *registry.Client, dates *timelock.Network, m registry.Model, secret zkcommit.Secret, k keepers) (uint32, error) {
	version, err := calls.VersionOf(ctx, m.Plugin, m.Commitment)
	if err != nil {
		return 0, err
	}
	if version != 0 || m.RevealBy == 0 {
		return calls.EnsureModel(ctx, m)
	}
	terms, err := calls.Terms(ctx)
	if err != nil {
		return 0, err
	}
	locked, err := k.lock(dates, m.RevealBy, secret)
	if err != nil {
		return 0, err
	}
	p, err := pledge(ctx, calls, terms, m, locked, k)
	if err != nil {
		return 0, err
	}
	if p.CiphertextCID.Defined() && k.own != nil { // this node keeps it, too, though its own word counts for nothing
		own := zkcommit.Custody{Plugin: m.Plugin, Commitment: m.Commitment, RevealBy: m.RevealBy}
		if _, err := k.own.KeepOwn(ctx, own, locked); err != nil {
			return 0, err
		}
	}
	return calls.EnsurePledged(ctx, m, p)
}

// usable checks a version before this node uses it: its ciphertext must open it on
// its date. A model that is public already needs none.
func (n *node) usable(ctx context.Context, calls *registry.Client, plugin graph.Hash, version uint32) error {
	p, _, err := calls.Plugin(ctx, plugin)
	if err != nil {
		return err
	}
	v, err := readCommitted(ctx, calls, p, version)
	if err != nil || v.model.RevealBy == 0 || v.standing.Reveal.Revealed() {
		return err
	}
	return v.keepsPromise(ctx, n.dates.Network, n.blocks())
}

// blocks gets raw blocks from this node's IPFS and its peers. What others gave is kept until
// the collector comes, so that a large file is not fetched anew for its one missing block.
func (n *node) blocks() parts.Get {
	return func(ctx context.Context, c cid.Cid, limit int) ([]byte, error) {
		b, err := n.ipfs.GetBlock(ctx, c, limit)
		if err == nil {
			err = n.ipfs.PutBlock(ctx, c, b)
		}
		if errors.Is(err, ipfs.ErrNotDocument) { // proven too large
			err = fmt.Errorf("%w: %w", parts.ErrFile, err)
		}
		return b, err
	}
}

// reveals opens what is due, of any publisher, and keeps it for readers. What was
// opened once is a file under DIR/reveals.
type reveals struct {
	*node
	calls *registry.Client
	own   map[graph.Hash]*zkcommit.Reveal // of models without a secret, by commitment
	cells cells
	// submit puts a model of this node's own publisher on the chain, or its bond is lost
	// and the chain takes no new version of it; nil where this node cannot prove it.
	submit func(context.Context, committed, zkcommit.Secret) error

	mu   sync.RWMutex
	seen []*seen // in the order of the chain
	at   map[versionOf]*seen
	held keptBlocks // the documents' on IPFS, and all manifests'
}

type versionOf struct {
	plugin  graph.Hash
	version uint32
}

// seen is a version that the watch knows of.
type seen struct {
	web.Reveal
	looked time.Time
	asked  time.Time // when the chain was last asked to take it
	broken bool      // its publisher broke the promise
	tried  bool      // its ciphertext was opened in vain, which trying again does not change
	final  bool      // nothing will change any more
}

// worth says whether a look may show something new. Before the date only a reveal
// on the chain can happen.
func (s *seen) worth(now time.Time) bool {
	return s == nil || !s.final && (!now.Before(time.Unix(int64(s.RevealBy), 0)) || now.Sub(s.looked) > time.Minute)
}

// Others' endpoints are not asked as often as one's own for what is due.
const (
	pollInside  = time.Second
	pollOutside = 30 * time.Second
)

// watchReveals makes the reveals of a node that has these models.
func (n *node) watchReveals(p *plugins, c cells) *reveals {
	return &reveals{node: n, calls: registry.New(n.client, n.id(), n.at, nil), own: p.public, cells: c, at: map[versionOf]*seen{}, held: keptBlocks{}}
}

// watch opens what is due until the context ends.
func (r *reveals) watch(ctx context.Context) {
	pause := pollOutside
	if r.chain != nil {
		pause = pollInside
	}
	for warned := false; ; {
		err := r.look(ctx)
		if err != nil && ctx.Err() == nil && !warned {
			r.log.Warn("what is to be revealed cannot be seen and is asked for again", "err", err)
		}
		warned = err != nil
		select {
		case <-ctx.Done():
			return
		case <-time.After(pause):
		}
	}
}

// look asks the chain for new versions, and opens those that are due.
func (r *reveals) look(ctx context.Context) error {
	all, err := r.calls.Plugins(ctx)
	if err != nil {
		return err
	}
	for _, p := range all {
		for v := uint32(1); v <= p.Versions; v++ {
			if err := r.visit(ctx, p, v); err != nil {
				return err
			}
		}
	}
	return nil
}

// visit looks at a version, unless nothing can have changed since it last did.
func (r *reveals) visit(ctx context.Context, p registry.Plugin, version uint32) error {
	key, now := versionOf{p.ID, version}, time.Now()
	r.mu.RLock()
	old := r.at[key]
	r.mu.RUnlock()
	if !old.worth(now) {
		return nil
	}
	v, err := readCommitted(ctx, r.calls, p, version)
	if err != nil {
		return err
	}
	if v.model.Manifest.Defined() { // a publisher's manifest is what readers and auditors go by
		r.mu.Lock()
		r.held.set(v.model.Manifest, v.model.Manifest)
		r.mu.Unlock()
	}
	if v.model.ShapeID == (graph.Hash{}) { // a filter: its code is public and it has no model
		r.note(key, &seen{final: true})
		return nil
	}
	s := &seen{looked: now, Reveal: web.Reveal{ID: fmt.Sprintf("%s/%d", p.ID, version), Plugin: p.ID, Version: version, Slug: p.Slug, Publisher: p.Publisher,
		Commitment: v.model.Commitment, RevealBy: v.model.RevealBy, OnChain: onChain(v.standing.Reveal)}}
	if old != nil && (old.CID != "" || old.tried) {
		s.CID, s.Says, s.broken, s.tried, s.asked = old.CID, old.Says, old.broken, old.tried, old.asked
	} else if err := r.open(ctx, v, s); err != nil {
		return err
	}
	if r.mustSubmit(v, s) {
		s.asked = now
		if err := r.submitKept(ctx, v); err != nil {
			r.log.Warn("this node's own model is public and not on the chain yet, which is tried again: its publisher loses its bond for it", "model", v.name(), "err", err)
		} else if v.standing, _, err = r.calls.Standing(ctx, p.ID, version); err != nil {
			return err
		}
		s.OnChain = onChain(v.standing.Reveal)
	}
	if s.State = v.state(now, s.CID != ""); s.State != "public" && s.broken {
		s.State = "broken"
	}
	s.final = v.standing.Reveal != registry.RevealDue && (s.CID != "" || s.tried || v.model.RevealBy == 0)
	if old == nil || old.State != s.State || old.Says != s.Says {
		r.tell(v, s)
	}
	r.note(key, s)
	return nil
}

// mustSubmit says whether the chain waits for this node to reveal the version.
func (r *reveals) mustSubmit(v committed, s *seen) bool {
	return r.submit != nil && s.CID != "" && v.standing.Reveal == registry.RevealDue && s.looked.Sub(s.asked) > time.Minute &&
		v.plugin.Publisher == crypto.PubkeyToAddress(r.keys.publisher.PublicKey)
}

func (r *reveals) submitKept(ctx context.Context, v committed) error {
	b, err := os.ReadFile(r.path(v))
	if err != nil {
		return err
	}
	opened, err := v.read(b)
	if err != nil {
		return err
	}
	if err := r.submit(ctx, v, opened); err != nil {
		return err
	}
	r.log.Info("a model of this node's publisher is revealed on the chain", "model", v.name())
	return nil
}

// submitOwn reveals a model on the chain as its publisher.
func (s *services) submitOwn(ctx context.Context, v committed, r zkcommit.Secret) error {
	calls := registry.New(s.client, s.id(), s.at, s.keys.publisher)
	owner := func() (*registry.Client, func(), error) { return s.calls, func() {}, nil }
	return v.submit(ctx, calls, r, owner, filepath.Join(s.dir, "circuit"))
}

// open finds a version's document and keeps it; what is wrong with it stands in s.
func (r *reveals) open(ctx context.Context, v committed, s *seen) error {
	document, err := r.find(ctx, v, s.looked)
	if err != nil {
		s.Says = err.Error()
		s.broken = errors.As(err, new(openError))
		s.tried = s.broken && !s.looked.Before(v.date())
		return nil
	}
	if document == nil {
		return nil
	}
	name, err := r.keep(ctx, v, document)
	s.CID = name.String()
	return err
}

func (r *reveals) tell(v committed, s *seen) {
	switch {
	case s.State == "broken":
		r.log.Warn("a model does not become public as promised", "why", s.Says)
	case s.State == "public" && s.CID != "":
		r.log.Info("a model is public", "model", v.name(), "document", s.CID)
	case s.Says != "":
		r.log.Warn("a model that is due is not open yet and is tried again", "why", s.Says)
	}
}

// find is a version's document: kept, this node's own without a secret, or opened now.
// Before its date it only checks the promise.
func (r *reveals) find(ctx context.Context, v committed, now time.Time) ([]byte, error) {
	if b, err := os.ReadFile(r.path(v)); err == nil {
		if _, err := v.read(b); err == nil {
			return b, nil
		}
		r.log.Warn("a kept reveal is damaged and is opened anew", "file", r.path(v))
	} else if !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	if v.model.RevealBy == 0 {
		if own := r.own[v.model.Commitment]; own != nil {
			return own.Bytes(), nil
		}
		return nil, nil // its publisher serves it
	}
	if now.Before(v.date()) {
		return nil, v.keepsPromise(ctx, r.dates.Network, r.blocks())
	}
	plain, err := v.unlock(ctx, r.dates, r.blocks())
	if err != nil {
		return nil, err
	}
	switch err := r.cells.unlocked(ctx, plain); {
	case errors.As(err, new(sandbox.Refusal)):
		return nil, v.wrong("what it holds is no model: %w", err)
	case err != nil:
		return nil, fmt.Errorf("%s: %w", v.name(), err)
	}
	if _, err := v.read(plain); err != nil {
		return nil, err
	}
	return plain, nil
}

func (r *reveals) path(v committed) string {
	return filepath.Join(r.dir, "reveals", fmt.Sprintf("%s-%d", v.plugin.ID.Hex()[2:], v.model.Version))
}

// keep puts a document on the disk and on IPFS.
func (r *reveals) keep(ctx context.Context, v committed, document []byte) (cid.Cid, error) {
	f, blocks, err := parts.Cut(document)
	if err != nil {
		return cid.Undef, err
	}
	name := f.Name
	if err := os.MkdirAll(filepath.Dir(r.path(v)), 0o755); err != nil {
		return name, err
	}
	if old, err := os.ReadFile(r.path(v)); err != nil || !bytes.Equal(old, document) {
		if err := writeFile(r.path(v), document); err != nil {
			return name, err
		}
	}
	r.mu.Lock()
	r.held.set(name, append(f.Parts, name)...)
	r.mu.Unlock()
	if err := putParts(ctx, r.ipfs, f, func(i int) ([]byte, error) { return blocks[i], nil }); err != nil && !errors.Is(err, ipfs.ErrWithheld) {
		return name, err
	}
	return name, nil
}

func (r *reveals) note(key versionOf, s *seen) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if old := r.at[key]; old != nil {
		*old = *s
		return
	}
	r.at[key] = s
	if s.Plugin != (graph.Hash{}) {
		r.seen = append(r.seen, s)
	}
}

// Reveals implements web.Reveals.
func (r *reveals) Reveals(context.Context) ([]web.Reveal, error) {
	r.mu.RLock()
	defer r.mu.RUnlock()
	out := make([]web.Reveal, len(r.seen))
	for i, s := range r.seen {
		out[i] = s.Reveal
		r.handed(&out[i])
	}
	return out, nil
}

// handed names the document of what has no date, if its publisher handed it over.
func (r *reveals) handed(v *web.Reveal) {
	if v.CID == "" && v.RevealBy == 0 && r.custody != nil {
		if name, ok := r.custody.public(v.Plugin, v.Commitment); ok {
			v.CID = name.String()
		}
	}
}

// Reveal implements web.Reveals. A document of more than one block is on IPFS alone.
func (r *reveals) Reveal(ctx context.Context, plugin graph.Hash, version uint32) (out web.Reveal, ok bool, err error) {
	r.mu.RLock()
	s := r.at[versionOf{plugin, version}]
	if s != nil {
		out = s.Reveal
	}
	r.mu.RUnlock()
	if s == nil || out.Plugin == (graph.Hash{}) {
		return out, false, nil
	}
	r.handed(&out)
	if name, err := cid.Decode(out.CID); err == nil && name.Prefix().Codec == cid.Raw {
		if out.Document, err = r.ipfs.Kept(ctx, name); err != nil && !errors.Is(err, ipfs.ErrWithheld) {
			return out, true, err
		}
	}
	return out, true, nil
}

// keptNames tells the collector of content of reveals, ciphertexts and reports, too.
type keptNames struct {
	names
	reveals *reveals
	reports *reports
}

// Named implements ipfs.Names.
func (k keptNames) Named(ctx context.Context, docs []cid.Cid) (needed, withdrawn []cid.Cid, err error) {
	if needed, withdrawn, err = k.names.Named(ctx, docs); err != nil {
		return nil, nil, err
	}
	k.reveals.mu.RLock()
	defer k.reveals.mu.RUnlock()
	for _, c := range docs {
		if k.reveals.held.needed(c, k.reveals.withholds) || k.reveals.custody.names(c) || k.reports.names(c) {
			needed = append(needed, c)
		}
	}
	return needed, withdrawn, nil
}
