package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync"
	"time"

	"candor/feeds"
	"candor/graph"
	"candor/rankers/evaluate"
	"candor/rankers/features"
	"candor/rankers/onnx/reference"
	"candor/rankers/publish"
	"candor/rankers/tower"
	"candor/rankers/worker"
	"candor/store/tables"
	"candor/web"
	"candor/zkcommit"
	registry "candor/zkcommit/chain"
	"candor/zkcommit/parts"

	"github.com/ipfs/go-cid"
)

const (
	towerBatch  = 64               // contents asked at once, at most
	towerWithin = 30 * time.Second // for one batch
	towerQuick  = 2 * time.Second  // a batch that takes less may be larger the next time
	towerNewest = 1024             // posts that every tower reads as they come
	towerWanted = 1 << 14          // contents that rankers lacked and that wait
	towerPause  = 500 * time.Millisecond
	towerRest   = 5 * time.Second // after a failure
)

// towers has the vectors of towers made by their workers, keeps them, and gives them to
// rankers' rows. A row at block B holds a vector if it was kept to be read from B on, so
// that all rows at a block see the same.
type towers struct {
	*services
	away *workers

	mu   sync.RWMutex
	live map[zkcommit.TowerName]*liveTower
	used uint64 // newest block of which rows were filled

	indexed []graph.Hash // towers that have a space in the index; hosting's alone
}

// liveTower is a version that is served here.
type liveTower struct {
	signed *zkcommit.SignedManifest
	cid    string
	file   string // its manifest's, among the hosted
	pool   *worker.Pool

	batch  int                   // contents asked at once: fewer where a large tower is slow
	looked graph.Hash            // newest block of which the posts were looked at
	wanted map[cid.Cid]graph.Row // tokens of contents that rows lacked
	later  map[cid.Cid]graph.Row // and of those that are wanted when no others are
	rests  time.Time
	kept   bool   // vectors, since a block was made
	said   string // why there are no vectors
}

func (s *services) newTowers(away *workers) *towers {
	return &towers{services: s, away: away, live: map[zkcommit.TowerName]*liveTower{}}
}

// towerTerms are those of a tower's manifest that was checked; nil: it is a ranker's.
func towerTerms(m *zkcommit.Manifest) *worker.TowerTerms {
	shape, err := zkcommit.ParseTowerShape(m.Shape)
	if m.Kind != "tower" || err != nil {
		return nil
	}
	return &worker.TowerTerms{Outputs: shape.Outputs, Publisher: m.Publisher}
}

// visitTower serves a tower whose manifest was handed over, as the chain lets it; unfit is
// why it does not.
func (h *hosting) visitTower(ctx context.Context, p *publish.Parcel, file string, standing error) error {
	m := &p.Signed.Manifest
	name := zkcommit.TowerName{Plugin: m.ID(), Version: m.Version}
	if standing != nil {
		if errors.As(standing, new(unfit)) || errors.As(standing, new(openError)) {
			h.tower.drop(name)
		}
		return standing
	}
	if h.tower.find(name) != nil {
		return nil
	}
	if _, err := h.ipfs.Put(ctx, p.Document()); err != nil {
		return err
	}
	h.tower.serve(name, &liveTower{signed: p.Signed, cid: p.CID.String(), file: file, pool: h.away.admit(p), batch: towerBatch, wanted: map[cid.Cid]graph.Row{}})
	h.log.Info("a tower of another publisher is served", "tower", name.Plugin, "slug", m.Slug, "version", m.Version, "publisher", m.Publisher)
	return nil
}

func (t *towers) serve(name zkcommit.TowerName, l *liveTower) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.live[name] = l
}

func (t *towers) drop(name zkcommit.TowerName) {
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.live, name)
}

// retain lets go those whose files went.
func (t *towers) retain(files map[string]bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for name, l := range t.live {
		if !files[l.file] {
			delete(t.live, name)
		}
	}
}

// index has a space for the vectors of each tower that is served, and for no other.
func (t *towers) index(ctx context.Context) error {
	t.mu.RLock()
	all := []graph.Hash{}
	for _, l := range t.live {
		all = append(all, l.signed.Manifest.Commitment)
	}
	t.mu.RUnlock()
	slices.SortFunc(all, graph.Hash.Cmp)
	if all = slices.Compact(all); t.indexed != nil && slices.Equal(all, t.indexed) {
		return nil
	}
	if err := t.mirror.Serve(ctx, t.ledger, all); err != nil {
		return err
	}
	t.indexed = all
	return nil
}

func (t *towers) find(name zkcommit.TowerName) *liveTower {
	t.mu.RLock()
	defer t.mu.RUnlock()
	return t.live[name]
}

// fill puts the tower's vectors into the rows of candidates. A post without one keeps
// zeros, and is asked for.
func (t *towers) fill(name zkcommit.TowerName, s feeds.Snapshot, cands []graph.Candidate, rows []graph.Row) error {
	l := t.find(name)
	if l == nil {
		return fmt.Errorf("version %d of the tower %s is not served here any more", name.Version, name.Plugin)
	}
	ids := make([]graph.PostID, len(cands))
	for i, c := range cands {
		ids[i] = c.Post
	}
	posts, err := s.Posts(graph.PostQuery{IDs: ids, Limit: len(ids)})
	if err != nil {
		return err
	}
	contents := make(map[graph.PostID]graph.Post, len(posts))
	names := []cid.Cid{}
	for _, p := range posts {
		if p.Status == graph.Present {
			contents[p.ID], names = p, append(names, p.CID)
		}
	}
	has, err := t.read(l, s.Block().Number, names)
	if err != nil {
		return err
	}
	for i, c := range cands {
		p, ok := contents[c.Post]
		if !ok {
			continue
		}
		e, ok := has[p.CID]
		if !ok {
			t.want(l, p.CID, p.Content.Text)
			continue
		}
		features.Put(rows[i], &e)
	}
	return nil
}

// read are the vectors that rows at the block hold. From then on none is kept for it.
func (t *towers) read(l *liveTower, block uint64, contents []cid.Cid) (map[cid.Cid]graph.Embedding, error) {
	ctx, cancel := context.WithTimeout(context.Background(), answerWithin)
	defer cancel()
	t.mu.Lock()
	defer t.mu.Unlock()
	t.used = max(t.used, block)
	return t.has(ctx, l, block, contents)
}

// has are the vectors that count at the block.
func (t *towers) has(ctx context.Context, l *liveTower, block uint64, contents []cid.Cid) (map[cid.Cid]graph.Embedding, error) {
	all, err := t.ledger.Vectors(ctx, l.signed.Manifest.Commitment, contents)
	if err != nil {
		return nil, err
	}
	has := make(map[cid.Cid]graph.Embedding, len(all))
	for _, v := range all {
		if v.From <= block {
			has[v.Content] = tower.Pad(v.Vector)
		}
	}
	return has, nil
}

// want has a content's vector made, if there is room for it.
func (t *towers) want(l *liveTower, content cid.Cid, text string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if _, ok := l.wanted[content]; !ok && len(l.wanted) < towerWanted {
		l.wanted[content] = tower.Tokens(text)
	}
}

var errNotServed = errors.New("the tower is not served here any more")

// judged are the vectors, as of a block, of the posts of a history that are judged. Those
// that are not there are wanted when nothing else is.
func (t *towers) judged(ctx context.Context, name zkcommit.TowerName, h *evaluate.History, block uint64) (map[cid.Cid]graph.Embedding, error) {
	l := t.find(name)
	if l == nil {
		return nil, errNotServed
	}
	has := map[cid.Cid]graph.Embedding{}
	for some := range slices.Chunk(h.Contents[h.Cut():], towerNewest) {
		of, err := t.has(ctx, l, block, some)
		if err != nil {
			return nil, err
		}
		maps.Copy(has, of)
	}
	later := map[cid.Cid]graph.Row{}
	for i := h.Cut(); i < len(h.Posts); i++ {
		if _, ok := has[h.Contents[i]]; !ok {
			later[h.Contents[i]] = tower.Tokens(h.Posts[i].Text)
		}
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	l.later = later
	return has, nil
}

// count is how many vectors a tower made that is served here.
func (t *towers) count(ctx context.Context, name zkcommit.TowerName) (uint64, error) {
	l := t.find(name)
	if l == nil {
		return 0, errNotServed
	}
	return t.ledger.CountVectors(ctx, l.signed.Manifest.Commitment)
}

// run has vectors made until the context ends.
func (t *towers) run(ctx context.Context) {
	for ctx.Err() == nil {
		t.mu.RLock()
		all := make([]*liveTower, 0, len(t.live))
		for _, l := range t.live {
			all = append(all, l)
		}
		t.mu.RUnlock()
		for _, l := range all {
			if time.Now().Before(l.rests) {
				continue
			}
			err := t.tend(ctx, l)
			if err != nil {
				l.rests = time.Now().Add(towerRest)
			}
			t.tell(ctx, l, err)
		}
		select {
		case <-ctx.Done():
		case <-time.After(towerPause):
		}
	}
}

// tell says once why a tower gives no vectors.
func (t *towers) tell(ctx context.Context, l *liveTower, err error) {
	says := ""
	if err != nil {
		says = err.Error()
	}
	if says != l.said && ctx.Err() == nil {
		if l.said = says; says != "" {
			t.log.Warn("a tower gives no vectors, and rows hold zeros in their place", "slug", l.signed.Manifest.Slug, "version", l.signed.Manifest.Version, "why", says)
		}
	}
}

// tend looks at what is new, and asks for what is wanted.
func (t *towers) tend(ctx context.Context, l *liveTower) error {
	defer func() {
		if l.kept && t.chain != nil { // else somebody's transaction brings the block from which they count
			t.chain.Commit()
		}
		l.kept = false
	}()
	for ctx.Err() == nil {
		if err := t.look(ctx, l); err != nil { // new posts do not wait for old ones
			return err
		}
		contents, rows, err := t.lacking(ctx, l)
		if err == nil && len(contents) > 0 {
			err = t.ask(ctx, l, contents, rows)
		}
		if err != nil || len(contents) == 0 {
			return err
		}
	}
	return ctx.Err()
}

// look wants the newest posts, once a block.
func (t *towers) look(ctx context.Context, l *liveTower) error {
	head, ok, err := t.mirror.Head(ctx)
	if err != nil || !ok || head.Hash == l.looked {
		return err
	}
	s, err := t.mirror.At(ctx, head.Number)
	if err != nil {
		return err
	}
	posts, err := s.Posts(graph.PostQuery{Limit: towerNewest})
	if err != nil {
		return err
	}
	for _, p := range posts {
		if p.Status == graph.Present {
			t.want(l, p.CID, p.Content.Text)
		}
	}
	l.looked = head.Hash
	return nil
}

// lacking takes a batch of what is wanted and is not there.
func (t *towers) lacking(ctx context.Context, l *liveTower) (contents []cid.Cid, rows []graph.Row, err error) {
	for {
		t.mu.Lock()
		wanted := map[cid.Cid]graph.Row{}
		from := l.wanted
		if len(from) == 0 {
			from = l.later
		}
		for c, row := range from {
			if len(wanted) == l.batch {
				break
			}
			wanted[c] = row
		}
		t.mu.Unlock()
		if len(wanted) == 0 {
			return nil, nil, nil
		}
		names := make([]cid.Cid, 0, len(wanted))
		for c := range wanted {
			names = append(names, c)
		}
		there, err := t.ledger.Vectors(ctx, l.signed.Manifest.Commitment, names)
		if err != nil {
			return nil, nil, err
		}
		for _, v := range there {
			delete(wanted, v.Content)
			t.settle(l, v.Content)
		}
		for c, row := range wanted {
			contents, rows = append(contents, c), append(rows, row)
		}
		if len(contents) > 0 {
			return contents, rows, nil
		}
	}
}

func (t *towers) settle(l *liveTower, contents ...cid.Cid) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, c := range contents {
		delete(l.wanted, c)
		delete(l.later, c)
	}
}

// ask has the vectors of contents made, and keeps them for runs at blocks to come.
func (t *towers) ask(ctx context.Context, l *liveTower, contents []cid.Cid, rows []graph.Row) error {
	within, cancel := context.WithTimeout(ctx, towerWithin)
	defer cancel()
	began := time.Now()
	got, err := l.pool.Vectors(within, rows)
	switch n := len(rows) / 2; {
	case err == nil:
		l.batch = nextBatch(l.batch, len(rows), time.Since(began), true)
	case errors.Is(err, worker.ErrNobody) || ctx.Err() != nil:
		return err
	case n > 0: // what one content does to a tower must not keep the others' vectors away
		l.batch = nextBatch(l.batch, len(rows), time.Since(began), false)
		return errors.Join(t.ask(ctx, l, contents[:n], rows[:n]), t.ask(ctx, l, contents[n:], rows[n:]))
	default:
		t.settle(l, contents...)
		return err
	}
	vs := make([]zkcommit.TowerVector, len(got))
	for i, v := range got {
		vs[i] = zkcommit.TowerVector{Tower: l.signed.Manifest.Commitment, Content: contents[i], Vector: v.Numbers, Words: v.Words}
	}
	if err := t.keep(ctx, vs); err != nil {
		return err
	}
	t.settle(l, contents...)
	l.kept = true
	return nil
}

// nextBatch is how many contents are asked at once after so many came, or did not, in that time.
func nextBatch(batch, asked int, took time.Duration, came bool) int {
	switch {
	case !came:
		return min(batch, max(asked/2, 1))
	case asked == batch && took < towerQuick:
		return min(2*batch, towerBatch)
	}
	return batch
}

// keep keeps vectors for the first block of which no rows can have been made yet, before
// that block comes.
func (t *towers) keep(ctx context.Context, vs []zkcommit.TowerVector) error {
	return t.mirror.Hold(ctx, func(head graph.Block) error {
		t.mu.Lock()
		defer t.mu.Unlock()
		for i := range vs {
			vs[i].From = max(head.Number, t.used) + 1
		}
		return t.ledger.PutVectors(ctx, vs)
	})
}

// Near implements web.Towers.
func (t *towers) Near(ctx context.Context, of zkcommit.TowerName, p graph.Post, block uint64, limit int) ([]graph.PostID, error) {
	l := t.find(of)
	if l == nil {
		return nil, tables.ErrNoSpace
	}
	made, err := t.has(ctx, l, block, []cid.Cid{p.CID})
	if err != nil {
		return nil, err
	}
	e, ok := made[p.CID]
	if !ok {
		t.want(l, p.CID, p.Content.Text)
		return nil, graph.NotFound("the tower %s has made no vector of post %s yet: ask again in a minute", l.signed.Manifest.Slug, p.ID)
	}
	s, err := t.mirror.Mirror.At(ctx, block)
	if err != nil {
		return nil, err
	}
	return s.NearBy(l.signed.Manifest.Commitment, &e, limit)
}

// Towers implements web.Towers.
func (t *towers) Towers(ctx context.Context) ([]web.Tower, error) {
	t.mu.RLock()
	all := maps.Clone(t.live)
	t.mu.RUnlock()
	out := []web.Tower{}
	for name, l := range all {
		m := &l.signed.Manifest
		x := web.Tower{ID: towerID(name), Signed: l.signed, Slug: m.Slug, Name: m.Name, Description: m.Description, Publisher: m.Publisher, Commitment: m.Commitment, Shape: m.Shape,
			RevealBy: m.RevealBy, Assurance: "committed", Manifest: l.cid, Workers: []web.Worker{}}
		ready := 0
		for _, w := range l.pool.Standings(time.Now()) {
			if w.State == worker.Ready {
				ready++
			}
			x.Workers = append(x.Workers, web.Worker(w))
		}
		if min(ready, t.options.workers.replicas) > 1 {
			x.Assurance = "replicated"
		}
		var err error
		if x.Vectors, err = t.ledger.CountVectors(ctx, m.Commitment); err != nil {
			return nil, err
		}
		out = append(out, x)
	}
	slices.SortFunc(out, func(a, b web.Tower) int {
		x, y := &a.Signed.Manifest, &b.Signed.Manifest
		return cmp.Or(x.ID().Cmp(y.ID()), cmp.Compare(x.Version, y.Version))
	})
	return out, nil
}

// towerID is how the API names a version of a tower.
func towerID(n zkcommit.TowerName) string { return fmt.Sprintf("%s/%d", n.Plugin, n.Version) }

// Vectors implements web.Towers.
func (t *towers) Vectors(ctx context.Context, of zkcommit.TowerName, after uint64, limit int) ([]zkcommit.TowerVector, bool, error) {
	l := t.find(of)
	if l == nil {
		return nil, false, nil
	}
	vs, err := t.ledger.VectorsAfter(ctx, l.signed.Manifest.Commitment, after, limit)
	return vs, true, err
}

// Made implements web.Towers.
func (t *towers) Made(ctx context.Context, of zkcommit.TowerName, contents []cid.Cid) ([]zkcommit.TowerVector, bool, error) {
	l := t.find(of)
	if l == nil {
		return nil, false, nil
	}
	vs, err := t.ledger.Vectors(ctx, l.signed.Manifest.Commitment, contents)
	return vs, true, err
}

// readTower takes a document for a tower's file, if it is that.
func (v committed) readTower(document []byte) (zkcommit.Secret, error) {
	s, err := zkcommit.ParseTower(document)
	if err != nil {
		return nil, v.wrong("what it holds is no tower: %w", err)
	}
	if err := s.Opens(v.model.Commitment); err != nil {
		return nil, v.wrong("what it holds is another tower than the committed one: %w", err)
	}
	return s, nil
}

// submitTower says on the chain where a tower's file is, which no contract can check.
func (v committed) submitTower(ctx context.Context, calls *registry.Client, s zkcommit.Secret) error {
	t, ok := s.(*zkcommit.Tower)
	if !ok {
		return errors.New("what was opened is neither a model nor a tower")
	}
	m, err := reference.Open(t.File)
	if err != nil {
		return v.wrong("what it holds cannot be run: %w", err)
	}
	shape := zkcommit.TowerShape{Inputs: m.Width(), Outputs: m.Outputs()}
	name, err := parts.Name(s.Bytes())
	if err != nil {
		return err
	}
	return calls.RevealUnchecked(ctx, v.plugin.ID, v.model.Version, shape.Bytes(), name)
}
