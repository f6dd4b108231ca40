package main

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

	"candor/graph"
	"candor/rankers/features"
	"candor/web"
	registry "candor/zkcommit/chain"
)

const (
	shownVersions = 64   // of a plugin, the newest
	keptPlugins   = 256  // whose record is remembered for a moment
	reorgReach    = 1024 // blocks that are read again for reports: a report in an older one stays
)

// publications are what the chain says of plugins and their versions, asked for at most
// once in a moment, however many readers ask. It implements web.Plugins.
type publications struct {
	*node
	calls   *registry.Client
	reveals *reveals
	moment  time.Duration

	mu      sync.Mutex
	plugins map[graph.Hash]remembered
	reports []registry.Report // in the order of the chain
	read    time.Time         // when they were
	next    uint64            // block from which they are read again
}

type remembered struct {
	record web.PluginRecord
	known  bool
	at     time.Time
}

func (n *node) publications(r *reveals) *publications {
	p := &publications{node: n, calls: registry.New(n.client, n.id(), n.at, nil), reveals: r, moment: 15 * time.Second, plugins: map[graph.Hash]remembered{}}
	if n.chain != nil { // its own, in this process
		p.moment = time.Second
	}
	return p
}

// Plugin implements web.Plugins.
func (p *publications) Plugin(ctx context.Context, id graph.Hash) (web.PluginRecord, bool, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if r, ok := p.plugins[id]; ok && time.Since(r.at) < p.moment {
		return r.record, r.known, nil
	}
	record, known, err := p.ask(ctx, id)
	if err != nil {
		return record, false, err
	}
	if len(p.plugins) >= keptPlugins {
		clear(p.plugins)
	}
	p.plugins[id] = remembered{record, known, time.Now()}
	return record, known, nil
}

func (p *publications) ask(ctx context.Context, id graph.Hash) (r web.PluginRecord, known bool, err error) {
	of, known, err := p.calls.Plugin(ctx, id)
	if err != nil || !known {
		return r, false, err
	}
	head, err := p.client.HeaderByNumber(ctx, nil)
	if err != nil {
		return r, false, fmt.Errorf("the chain does not answer, check the RPC endpoint: %w", err)
	}
	terms, err := p.calls.Terms(ctx)
	if err != nil {
		return r, false, err
	}
	versions, err := p.calls.Versions(ctx, of, shownVersions)
	if err != nil {
		return r, false, err
	}
	continues, continuedBy, err := p.succession(ctx, id)
	if err != nil {
		return r, false, err
	}
	r = web.PluginRecord{Continues: continues, ContinuedBy: continuedBy, ID: id, Slug: of.Slug, Publisher: of.Publisher, Block: head.Number.Uint64(), Time: head.Time, Grace: terms.Registry.Grace,
		Kind:     map[registry.Kind]string{registry.Ranker: "ranker", registry.Filter: "filter", registry.Tower: "tower"}[of.Kind],
		Versions: make([]web.Version, len(versions)), Earlier: of.Versions - uint32(len(versions))}
	for i, v := range versions {
		if r.Versions[i], err = p.version(ctx, of, v); err != nil {
			return r, false, err
		}
		if v.Withdrawn == 0 && i+1 < len(versions) {
			r.Versions[i].ActiveUntil = versions[i+1].ActiveFrom
		}
	}
	return r, true, nil
}

// succession is whom the plugin continues, and who continues it.
func (p *publications) succession(ctx context.Context, id graph.Hash) (continues, continuedBy *web.PluginName, err error) {
	before, after, err := p.calls.Continued(ctx, id)
	if err == nil {
		continues, err = p.name(ctx, before)
	}
	if err == nil {
		continuedBy, err = p.name(ctx, after)
	}
	return continues, continuedBy, err
}

func (p *publications) name(ctx context.Context, id graph.Hash) (*web.PluginName, error) {
	if id == (graph.Hash{}) {
		return nil, nil
	}
	of, _, err := p.calls.Plugin(ctx, id)
	return &web.PluginName{ID: id, Slug: of.Slug, Publisher: of.Publisher}, err
}

// version joins the chain's record with what became of the model, as far as this node knows.
func (p *publications) version(ctx context.Context, of registry.Plugin, v registry.Version) (web.Version, error) {
	r, ok, err := p.reveals.Reveal(ctx, of.ID, v.Model.Version)
	if err != nil {
		return web.Version{}, err
	}
	if !ok { // a filter, or a version that is newer than the last look
		c := committed{plugin: of, model: v.Model, standing: v.Standing}
		r = web.Reveal{ID: fmt.Sprintf("%s/%d", of.ID, v.Model.Version), Plugin: of.ID, Version: v.Model.Version, Slug: of.Slug,
			Publisher: of.Publisher, Commitment: v.Commitment, RevealBy: v.RevealBy, State: c.state(time.Now(), false), OnChain: onChain(v.Reveal)}
	}
	r.Document = nil
	out := web.Version{Reveal: r, Committed: v.Committed, ActiveFrom: v.ActiveFrom, ActiveUntil: v.Withdrawn, Withdrawn: v.Withdrawn != 0,
		RevealedAt: v.RevealedAt, Bond: v.Bond.String()}
	if v.Manifest.Defined() {
		out.Manifest = v.Manifest.String()
	}
	return out, nil
}

// Audits implements web.Plugins.
func (p *publications) Audits(ctx context.Context) ([]web.Audit, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.read.IsZero() || time.Since(p.read) >= p.moment {
		news, last, err := p.calls.ReportsFrom(ctx, graph.Hash{}, p.next)
		if err != nil {
			return nil, err
		}
		// What stood in the blocks that were read again may be gone from the chain.
		p.reports = append(slices.DeleteFunc(p.reports, func(r registry.Report) bool { return r.Block >= p.next }), news...)
		p.read, p.next = time.Now(), last-min(last, reorgReach)
	}
	out := make([]web.Audit, len(p.reports))
	for i, r := range p.reports {
		one := web.Audit{ID: graph.Position{Block: r.Block, Tx: r.Tx, Log: r.Log}, Plugin: r.Plugin, Version: r.Version, Auditor: r.Auditor}
		if r.CID.Defined() {
			one.Report = r.CID.String()
		}
		out[len(out)-1-i] = one
	}
	return out, nil
}

// schema names the places of the schema's rows, if this node makes them; nothing is said of
// reserved places at the end.
func schema(h graph.Hash) []web.Feature {
	width, err := features.Width(h)
	if err != nil {
		return nil
	}
	if width == graph.Features {
		width = features.Used
	}
	out := make([]web.Feature, width)
	for i := range out {
		switch {
		case i < features.Used:
			f := features.Table[i]
			out[i] = web.Feature{Name: f.Name, Meaning: f.Meaning, Unit: f.Unit}
		case i >= graph.Features:
			out[i] = web.Feature{Name: features.Name(i), Meaning: "a dimension of the text's embedding", Unit: "127ths of its length"}
		}
	}
	return out
}
