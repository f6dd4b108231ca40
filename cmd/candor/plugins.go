package main

import (
	"context"
	"errors"
	"fmt"
	"math/big"
	"path/filepath"
	"slices"
	"sync"

	"candor/feeds"
	"candor/graph"
	"candor/rankers"
	"candor/rankers/features"
	"candor/spamfilter"
	"candor/web"
	"candor/zkcommit"
	registry "candor/zkcommit/chain"
	"candor/zkcommit/circuit"

	"github.com/ethereum/go-ethereum/crypto"
)

// plugins are the built-in rankers and filters, published by this node's own
// publisher key: manifests on IPFS, commitments on the chain, models here.
type plugins struct {
	rankers []feeds.Ranker
	filters []feeds.Filter
	shown   web.Catalogue
	watched map[string]*rankers.Watch       // rankers by id
	prints  map[string]string               // of their models, by id
	public  map[graph.Hash]*zkcommit.Reveal // of those without a secret

	mu     sync.Mutex
	models map[graph.Hash]opened // by commitment; guests' too
}

// opened is a model with what opens its commitment.
type opened struct {
	model  *zkcommit.Model
	schema graph.Hash
	salt   zkcommit.Salt
}

// publishPlugins puts the catalogue on IPFS and the chain; what is there already stays.
func (n *node) publishPlugins(ctx context.Context) (*plugins, error) {
	p := &plugins{models: map[graph.Hash]opened{}, public: map[graph.Hash]*zkcommit.Reveal{}, watched: map[string]*rankers.Watch{}, prints: map[string]string{}}
	calls := registry.New(n.client, n.id(), n.at, n.keys.publisher)
	for _, r := range rankers.Catalogue() {
		err := n.publishRanker(ctx, p, calls, r)
		if errors.As(err, new(openError)) {
			n.log.Error("a ranker is not used, as its model would not become public on its date", "why", err)
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("publish ranker %s: %w", r.Info().ID, err)
		}
	}
	for _, f := range spamfilter.Catalogue() {
		if err := n.publishFilter(ctx, p, calls, f); err != nil {
			return nil, fmt.Errorf("publish filter %s: %w", f.Info().ID, err)
		}
	}
	return p, nil
}

func (n *node) publishRanker(ctx context.Context, p *plugins, calls *registry.Client, r *rankers.Builtin) error {
	info, model := r.Info(), r.Model()
	salt, err := n.salt(info.ID, info.Version)
	if err != nil {
		return err
	}
	commitment, err := zkcommit.Commit(model, info.Schema, salt)
	if err != nil {
		return err
	}
	date, err := n.revealBy(ctx, calls, info.ID, commitment)
	if err != nil {
		return err
	}
	m := zkcommit.Manifest{Type: zkcommit.ManifestType, RevealBy: date, Circuit: circuit.ID, Commitment: commitment, Description: info.Description,
		FeatureSchema: info.Schema, Goal: info.Goal, Kind: "ranker", Licence: "that of the repository", Name: info.Name, Parameters: info.Parameters, Personalised: info.Personalised,
		Publisher: crypto.PubkeyToAddress(n.keys.publisher.PublicKey), Rule: info.Rule, Shape: model.Shape.String(),
		ShapeID: model.Shape.ID(), Slug: info.ID, Training: info.Training, Version: info.Version}
	secret := &zkcommit.Reveal{Schema: info.Schema, Salt: salt, Model: model}
	signed, err := n.publish(ctx, calls, m, registry.Ranker, secret)
	if err != nil {
		return err
	}
	if date == 0 {
		p.public[commitment] = secret
	}
	p.models[commitment] = opened{model, info.Schema, salt}
	w := n.figures.watch(r, info.ID, info.Version)
	p.watched[info.ID], p.prints[info.ID] = w, r.Fingerprint()
	p.rankers = append(p.rankers, feeds.Ranker{ID: info.ID, Manifest: signed.SignedManifest, From: signed.from, Score: w.Agreed,
		Features: func(s feeds.Snapshot, viewer graph.Address, c []graph.Candidate) ([]graph.Row, error) {
			return features.Build(info.Schema, s, viewer, c)
		}})
	shown := show(signed, "proven")
	shown.Default = len(p.shown.Rankers) == 0
	p.shown.Rankers = append(p.shown.Rankers, shown)
	return nil
}

// publishFilter publishes a filter, whose code is public: it commits to its
// version alone, and its verdicts stand in every run that used it.
func (n *node) publishFilter(ctx context.Context, p *plugins, calls *registry.Client, f spamfilter.Filter) error {
	info := f.Info()
	code := graph.Keccak([]byte("candor/filter/v1"), []byte(info.ID), big.NewInt(int64(info.Version)).FillBytes(make([]byte, 4)))
	m := zkcommit.Manifest{Type: zkcommit.ManifestType, Commitment: code, Description: info.Description, Goal: info.Goal, Kind: "filter",
		Licence: "that of the repository", Name: info.Name, Publisher: crypto.PubkeyToAddress(n.keys.publisher.PublicKey), Reasons: info.Reasons,
		Slug: info.ID, Training: "Rules written by hand; the code is public.", Version: info.Version}
	signed, err := n.publish(ctx, calls, m, registry.Filter, nil)
	if err != nil {
		return err
	}
	p.filters = append(p.filters, feeds.Filter{ID: info.ID, Version: info.Version,
		Judge: func(s feeds.Snapshot, c []graph.Candidate) ([]graph.Verdict, error) {
			o, err := spamfilter.Stack(s, c, f)
			if err != nil {
				return nil, err
			}
			return o[0].Verdicts, nil
		}})
	shown := show(signed, "replayable")
	shown.Default = info.Default
	p.shown.Filters = append(p.shown.Filters, shown)
	return nil
}

type published struct {
	*zkcommit.SignedManifest
	cid  string
	from uint64 // block from which it is active
}

// publish signs the manifest, keeps it on IPFS and commits to it on the chain; a
// model with a date goes there with its secret, locked.
func (n *node) publish(ctx context.Context, calls *registry.Client, m zkcommit.Manifest, kind registry.Kind, secret *zkcommit.Reveal) (published, error) {
	signed, err := m.Sign(n.keys.publisher)
	if err != nil {
		return published{}, err
	}
	doc, name, err := signed.Encode()
	if err != nil {
		return published{}, err
	}
	if _, err := n.ipfs.Put(ctx, doc); err != nil {
		return published{}, err
	}
	id, err := calls.EnsurePlugin(ctx, m.Slug, kind)
	if err != nil {
		return published{}, err
	}
	version, err := commitModel(ctx, calls, n.dates.Network, registry.Model{Plugin: id, Commitment: m.Commitment, ShapeID: m.ShapeID, Manifest: name, RevealBy: m.RevealBy}, secret, keepers{domain: n.registryDomain(), nodes: n.custody.others, own: n.custody})
	if err != nil {
		return published{}, err
	}
	if version != m.Version {
		return published{}, fmt.Errorf("its manifest says version %d, the chain %d: start with a fresh data directory", m.Version, version)
	}
	if err := n.usable(ctx, calls, id, version); err != nil {
		return published{}, err
	}
	record, _, err := calls.Model(ctx, id, version)
	return published{signed, name.String(), record.ActiveFrom}, err
}

// model is what opens a commitment, if this node has it.
func (p *plugins) model(commitment graph.Hash) (opened, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	o, ok := p.models[commitment]
	return o, ok
}

func (p *plugins) add(commitment graph.Hash, o opened) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.models[commitment] = o
}

// salt is the secret that hides a model behind its commitment.
func (n *node) salt(slug string, version uint32) (zkcommit.Salt, error) {
	s, err := secret(saltFile(n.dir, slug, version))
	return zkcommit.NewSalt(s), err
}

func saltFile(dir, slug string, version uint32) string {
	return filepath.Join(dir, "keys", "models", fmt.Sprintf("%s-%d.salt", slug, version))
}

func show(p published, assurance string) web.Plugin {
	m := &p.Manifest
	reasons := slices.Clone(m.Reasons)
	if reasons == nil {
		reasons = []string{}
	}
	over := ""
	if m.Tower != nil {
		over = towerID(*m.Tower)
	}
	return web.Plugin{ID: m.Slug, Tower: over, Plugin: m.ID(), Slug: m.Slug, Fallback: m.Fallback, Name: m.Name, Description: m.Description, Goal: m.Goal, Kind: m.Kind, Publisher: m.Publisher,
		Version: m.Version, Commitment: m.Commitment, Shape: m.Shape, Assurance: assurance, RevealBy: m.RevealBy,
		Personalised: m.Personalised, Reasons: reasons, Parameters: m.Parameters, Manifest: p.cid, Signed: p.SignedManifest}
}
