package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"candor/feeds"
	"candor/graph"
	"candor/rankers"
	"candor/rankers/features"
	"candor/rankers/publish"
	"candor/web"
	"candor/zkcommit"
	registry "candor/zkcommit/chain"

	"github.com/spf13/cobra"
)

// answerWithin is how long a ranker may take for one page.
const answerWithin = 5 * time.Second

// parcels is where a data directory keeps the rankers of others that its node serves.
func parcels(dir string) string { return filepath.Join(dir, "hosted") }

const parcelSuffix = ".ranker"

// parcelFile is a version's file there.
func parcelFile(dir string, m *zkcommit.Manifest) string {
	return filepath.Join(parcels(dir), fmt.Sprintf("%s-%d%s", m.ID().Hex()[2:18], m.Version, parcelSuffix))
}

// readParcel reads a file of the publisher whom this process, a worker, serves. Others' are read by cells.
func readParcel(path string) (p *publish.Parcel, err error) {
	err = reading(path, func(r io.Reader) error {
		b, err := io.ReadAll(io.LimitReader(r, int64(publish.MaxParcel)+1))
		if err == nil {
			p, err = parseParcel(b)
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return p, nil
}

func hostFlag(c *cobra.Command, files *[]string, unsafe *bool) {
	c.Flags().StringArrayVar(files, "host", nil, "file of a ranker that its publisher handed over (candor ranker publish writes it), to serve; kept in DATA/hosted; may be repeated")
	unsafeFlag(c, unsafe)
}

func unsafeFlag(c *cobra.Command, unsafe *bool) {
	c.Flags().BoolVar(unsafe, "unsafe-host", false, "where this system cannot shut others' rankers in (candor doctor says so), take them into this process instead of refusing them")
}

// host keeps a parcel in a data directory, from where its node serves it.
func host(dir string, p *publish.Parcel) error {
	if err := os.MkdirAll(parcels(dir), 0o700); err != nil {
		return err
	}
	return writeFile(parcelFile(dir, &p.Signed.Manifest), p.Bytes())
}

// hosting serves others' rankers, whose parcels lie in the data directory: they come and
// go while the node runs. Each is compared with the chain first and, where this node
// proves, registered.
type hosting struct {
	*services
	calls *registry.Client
	prove func(context.Context, opened) error // registers a model and has its runs proved; nil: this node proves nothing
	away  *workers                            // of models that are not here
	tower *towers

	mu     sync.RWMutex
	guests map[string]*guest   // by plugin id
	said   map[string]string   // what was told last of a file
	begun  map[graph.Hash]bool // models that prove was called for
}

// guest is a ranker of another publisher.
type guest struct {
	ranker feeds.Ranker
	watch  *rankers.Watch
	print  string // of its model
	shown  web.Plugin
	file   string
	gone   bool   // it ranks no more, and its manifest explains its runs
	close  func() // its process
}

// end has it rank no more. Its process may still have a question to answer.
func (g *guest) end() {
	g.gone = true
	go g.close()
}

func (s *services) newHosting(away *workers) *hosting {
	return &hosting{services: s, away: away, tower: s.newTowers(away), calls: registry.New(s.client, s.id(), s.at, nil), guests: map[string]*guest{}, said: map[string]string{},
		begun: map[graph.Hash]bool{}}
}

// watch looks for parcels until the context ends.
func (h *hosting) watch(ctx context.Context) {
	defer h.end()
	pause := pollOutside
	if h.chain != nil {
		pause = pollInside
	}
	for {
		h.look(ctx)
		select {
		case <-ctx.Done():
			return
		case <-time.After(pause):
		}
	}
}

// end lets all guests go.
func (h *hosting) end() {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, g := range h.guests {
		g.end()
	}
}

// look takes parcels that came, and lets go those that went or were withdrawn.
func (h *hosting) look(ctx context.Context) {
	entries, err := os.ReadDir(parcels(h.dir))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		h.tell("", fmt.Sprintf("the hosted rankers cannot be read: %s", err))
		return
	}
	there := map[string]bool{}
	for _, e := range entries {
		if !strings.HasSuffix(e.Name(), parcelSuffix) || ctx.Err() != nil {
			continue
		}
		there[e.Name()] = true
		switch err := h.visit(ctx, e.Name()); {
		case err == nil:
			h.tell(e.Name(), "")
		case ctx.Err() == nil:
			h.tell(e.Name(), err.Error())
		}
	}
	h.tower.retain(there)
	if err := h.tower.index(ctx); err != nil && ctx.Err() == nil {
		h.tell(" of vectors", err.Error())
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	for id, g := range h.guests {
		if !there[g.file] && !g.gone {
			g.end()
			h.log.Info("a ranker is served no more, as its parcel was taken away", "ranker", id)
		}
	}
}

// tell says what is wrong with a file, once.
func (h *hosting) tell(file, what string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.said[file] == what {
		return
	}
	if h.said[file] = what; what != "" {
		h.log.Warn("a ranker is not served", "file", file, "why", what)
	}
}

// visit compares a parcel with the chain, and serves it if it is the plugin's version of
// the moment.
func (h *hosting) visit(ctx context.Context, file string) error {
	p, b, err := h.cells.read(ctx, filepath.Join(parcels(h.dir), file))
	if err != nil {
		return err
	}
	m := &p.Signed.Manifest
	id := m.ID().Hex()
	if p.Secret == nil {
		h.away.admit(p)
	}
	v, err := h.standing(ctx, p)
	if m.Kind == "tower" {
		return h.visitTower(ctx, p, file, err)
	}
	if err == nil && m.Tower != nil && h.tower.find(*m.Tower) == nil {
		err = fmt.Errorf("it reads version %d of the tower %s, which is not served here: host that tower's manifest first", m.Tower.Version, m.Tower.Plugin)
	}
	if err != nil {
		if errors.As(err, new(unfit)) || errors.As(err, new(openError)) {
			h.drop(id, m.Version)
		}
		return err // anything else passes
	}
	h.mu.RLock()
	g := h.guests[id]
	h.mu.RUnlock()
	if g != nil && !g.gone && g.shown.Version == m.Version {
		return nil
	}
	if _, err := h.ipfs.Put(ctx, p.Document()); err != nil {
		return err
	}
	r, print, closing, err := h.open(ctx, p, b)
	if err != nil {
		return err
	}
	next := h.guestOf(p, r, v, file)
	next.print, next.close = print, closing
	h.mu.Lock()
	defer h.mu.Unlock()
	if g != nil {
		g.end()
	}
	h.guests[id] = next
	h.log.Info("a ranker of another publisher is served", "ranker", id, "slug", m.Slug, "version", m.Version, "publisher", m.Publisher)
	return nil
}

// unfit is why the chain does not let a version be used.
type unfit struct{ error }

// standing is the parcel's version as the chain has it, if it is one that runs may use.
func (h *hosting) standing(ctx context.Context, p *publish.Parcel) (v committed, err error) {
	m := &p.Signed.Manifest
	plugin, known, err := h.calls.Plugin(ctx, m.ID())
	if err != nil {
		return v, err
	}
	if !known || plugin.Versions < m.Version {
		return v, unfit{fmt.Errorf("version %d of %s is not on the chain yet: its publisher goes on with candor ranker publish", m.Version, m.Slug)}
	}
	if v, err = readCommitted(ctx, h.calls, plugin, m.Version); err != nil {
		return v, err
	}
	switch c := v.model; {
	case plugin.Kind != kind(m):
		return v, unfit{fmt.Errorf("%s is no %s on the chain", v.name(), m.Kind)}
	case c.Commitment != m.Commitment || c.ShapeID != m.ShapeID || c.RevealBy != m.RevealBy || !c.Manifest.Equals(p.CID):
		return v, unfit{fmt.Errorf("%s is another one on the chain than in the parcel: take the parcel from its publisher again", v.name())}
	case plugin.Versions != m.Version && m.Kind != "tower": // rankers name a tower's version
		return v, unfit{fmt.Errorf("%s has been replaced by version %d: host that one", v.name(), plugin.Versions)}
	case c.Withdrawn != 0:
		return v, unfit{fmt.Errorf("%s was withdrawn by its publisher at block %d", v.name(), c.Withdrawn)}
	}
	return v, h.usable(ctx, h.calls, plugin.ID, m.Version)
}

// drop ends a guest whose version may not be used any more.
func (h *hosting) drop(id string, version uint32) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if g := h.guests[id]; g != nil && g.shown.Version == version {
		g.end()
	}
}

// open has the parcel's ranker answer, here or by its workers, until it is closed. print is
// its model's, if that is here.
func (h *hosting) open(ctx context.Context, p *publish.Parcel, b []byte) (r rankers.Ranker, print string, closing func(), err error) {
	if p.Secret == nil {
		r, err = h.away.stand(ctx, p)
		return r, "", func() {}, err
	}
	if err := h.begin(ctx, p); err != nil {
		return nil, "", nil, err
	}
	return h.cells.open(p, b)
}

// begin has the model's runs proved, before there is one.
func (h *hosting) begin(ctx context.Context, p *publish.Parcel) error {
	c := p.Signed.Manifest.Commitment
	if h.prove == nil || h.begun[c] {
		return nil
	}
	if err := h.prove(ctx, opened{p.Secret.Model, p.Secret.Schema, p.Secret.Salt}); err != nil {
		return err
	}
	h.begun[c] = true
	return nil
}

func (h *hosting) guestOf(p *publish.Parcel, r rankers.Ranker, v committed, file string) *guest {
	m := &p.Signed.Manifest
	w := h.figures.watch(r, m.ID().Hex(), m.Version)
	active := &activity{calls: h.calls, plugin: m.ID(), version: m.Version, seen: map[graph.Hash]bool{}}
	g := &guest{watch: w, file: file}
	g.ranker = feeds.Ranker{ID: m.ID().Hex(), Manifest: p.Signed, From: v.model.ActiveFrom, Score: w.Agreed, Fallback: m.Fallback,
		Features: func(s feeds.Snapshot, viewer graph.Address, c []graph.Candidate) ([]graph.Row, error) {
			if err := active.at(s.Block()); err != nil {
				return nil, err
			}
			rows, err := features.Build(m.FeatureSchema, s, viewer, c)
			if err == nil && m.Tower != nil {
				err = h.tower.fill(*m.Tower, s, c, rows)
			}
			return rows, err
		}}
	level := "proven"
	if m.Unproven() {
		level = "committed"
	}
	g.shown = show(published{p.Signed, p.CID.String(), v.model.ActiveFrom}, level)
	g.shown.ID, g.shown.Guest = m.ID().Hex(), true
	return g
}

// activity remembers at which blocks a version was the active one, as the chain says.
type activity struct {
	calls   *registry.Client
	plugin  graph.Hash
	version uint32

	mu   sync.Mutex
	seen map[graph.Hash]bool // by block hash
}

// at fails unless runs at the block must use the version.
func (a *activity) at(b graph.Block) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.seen[b.Hash] {
		return nil
	}
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	m, known, err := a.calls.Active(ctx, a.plugin, b.Number)
	if err != nil {
		return err
	}
	if !known || m.Version != a.version {
		return graph.NotFound("version %d of the ranker %s is not in use at block %d: its publisher withdrew or replaced it, choose another", a.version, a.plugin, b.Number)
	}
	if len(a.seen) > 2*graph.History {
		clear(a.seen)
	}
	a.seen[b.Hash] = true
	return nil
}

// reads is the tower whose vectors a version that is served reads.
func (h *hosting) reads(v edition) (zkcommit.TowerName, bool) {
	h.mu.RLock()
	defer h.mu.RUnlock()
	g := h.guests[v.id]
	if g == nil || g.gone || g.shown.Version != v.number || g.shown.Signed.Manifest.Tower == nil {
		return zkcommit.TowerName{}, false
	}
	return *g.shown.Signed.Manifest.Tower, true
}

// find is a guest by its plugin's id.
func (h *hosting) find(id string) (*feeds.Ranker, bool) {
	h.mu.RLock()
	defer h.mu.RUnlock()
	g := h.guests[id]
	if g == nil || g.gone {
		return nil, false
	}
	return &g.ranker, true
}
