package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"candor/graph"
	"candor/rankers"
	"candor/rankers/evaluate"
	"candor/rankers/features"
	"candor/web"
	"candor/zkcommit"

	"github.com/ipfs/go-cid"
)

const (
	glance     = 3 * time.Second  // how often it is looked whether there is something to do
	checkEvery = time.Minute      // how often each ranker is asked whether it answers
	judgeEvery = time.Hour        // how often the quality of all is measured again,
	judgeSoon  = 20 * time.Second // and after what pause once posts or rankers came
	judged     = 5000             // the newest posts that are read for it: a fifth is judged
)

// measuring asks every ranker that the node serves, of its own accord: each minute whether
// it answers, and now and then for the order of this node's posts, to hold it against what
// people liked. Rankers whose models are elsewhere are asked as any.
type measuring struct {
	*services
	served  func() map[edition]*rankers.Watch
	reads   func(edition) (zkcommit.TowerName, bool) // whose vectors it reads
	vectors *towers

	mu      sync.Mutex
	quality map[edition]web.Quality
	missing map[edition]string            // why there is none
	lacking map[zkcommit.TowerName]uint64 // towers with too few vectors to measure by, and how many may do
	checked map[edition]time.Time

	at    time.Time // when quality was measured last,
	posts uint64    // and on how many
	seen  uint64    // posts at the last glance
}

func newMeasuring(s *services, h *hosting) *measuring {
	return &measuring{services: s, served: func() map[edition]*rankers.Watch { return s.watched(h) }, reads: h.reads, vectors: h.tower, quality: map[edition]web.Quality{}, missing: map[edition]string{}, checked: map[edition]time.Time{}}
}

// run goes on until the context ends.
func (m *measuring) run(ctx context.Context) {
	defer func() {
		if err := m.figures.save(); err != nil {
			m.log.Error("how rankers answered is not kept", "err", err)
		}
	}()
	var asked sync.WaitGroup
	defer asked.Wait()
	saved := time.Now()
	for {
		now, served := time.Now(), m.served()
		for v, w := range served {
			if now.Sub(m.checked[v]) >= checkEvery {
				m.checked[v] = now
				asked.Go(func() { m.check(ctx, w) })
			}
		}
		if m.due(ctx, now, served) {
			if err := m.judge(ctx, served); err != nil && ctx.Err() == nil {
				m.log.Warn("the quality of rankers is not measured and is tried again", "err", err)
			}
		}
		if now.Sub(saved) >= checkEvery {
			saved = now
			if err := m.figures.save(); err != nil {
				m.log.Warn("how rankers answered is not kept and is tried again", "err", err)
			}
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(glance):
		}
	}
}

// check asks a ranker for a page that nobody reads; what comes of it is counted by w.
func (m *measuring) check(ctx context.Context, w *rankers.Watch) {
	width, err := features.Width(w.Info().Schema)
	if err != nil {
		return // no page of it can be made either
	}
	rows := make([]graph.Row, zkcommit.K)
	for i := range rows {
		rows[i] = make(graph.Row, width)
		for k := range rows[i] {
			rows[i][k] = int8((i*31 + k*17) % 128)
		}
	}
	_, _ = w.Checked().Score(ctx, rows)
}

// due says whether quality is to be measured: what was is an hour old, or posts or rankers
// came and few come at the moment.
func (m *measuring) due(ctx context.Context, now time.Time, served map[edition]*rankers.Watch) bool {
	stats, err := m.mirror.Stats(ctx)
	if err != nil {
		return false
	}
	came := stats.Posts - min(m.seen, stats.Posts)
	m.seen = stats.Posts
	if age := now.Sub(m.at); age >= judgeEvery || age < judgeSoon || came >= evaluate.Slate {
		return age >= judgeEvery
	}
	for name, enough := range m.lacking { // what measures alone reads and writes it
		if n, err := m.vectors.count(ctx, name); err == nil && n >= enough {
			return true
		}
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	for v := range served {
		if _, known := m.quality[v]; !known && m.missing[v] == "" {
			return true
		}
	}
	return m.seen >= m.posts+max(evaluate.Slate, m.posts/10)
}

// judge measures how well the rankers order this node's newest posts.
func (m *measuring) judge(ctx context.Context, served map[edition]*rankers.Watch) error {
	m.at, m.posts = time.Now(), m.seen
	head, ok, err := m.mirror.Head(ctx)
	if err != nil || !ok {
		return err
	}
	snap, err := m.mirror.At(ctx, head.Number)
	if err != nil {
		return err
	}
	h, labels, err := evaluate.ReadMirror(snap, judged)
	if err != nil {
		return err
	}
	quality, missing := map[edition]web.Quality{}, map[edition]string{}
	lacking := map[zkcommit.TowerName]uint64{}
	for _, g := range m.groups(ctx, h, labels, head.Number, served, lacking) {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		missed := map[string]string{}
		var r *evaluate.Report
		if g.why == "" {
			r, err = evaluate.Judge(ctx, g.history, g.labels, g.rankers, func(id string, err error) { missed[id] = "it did not answer when it was to be measured" })
			switch {
			case errors.Is(err, evaluate.ErrLittle):
				g.why = fmt.Sprintf("%d posts with too few likes among them are too little to measure it on", len(g.history.Posts))
			case err != nil:
				return err
			}
		}
		for _, v := range g.versions {
			if missing[v] = cmp.Or(g.why, missed[v.id]); missing[v] != "" {
				continue
			}
			q := r.Rankers[v.id]
			quality[v] = web.Quality{History: "this node's posts", Slates: r.Slates, Label: r.Label, Posts: r.Judged, Block: head.Number,
				NDCG10: *q.NDCG10, Interval: q.Intervals["ndcg10"], OverLatest: q.OverLatest}
		}
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.quality, m.missing, m.lacking = quality, missing, lacking
	return nil
}

// group is rankers that are judged on the same posts.
type group struct {
	history  *evaluate.History
	labels   *evaluate.Labels
	rankers  []rankers.Ranker
	versions []edition
	why      string // they are not
}

// groups are the rankers that read no tower, and those of each tower. The latter are judged
// on the posts of which there is a vector, if those are nearly all, and never on zeros in a
// vector's place; the others are asked for. lacking is set of towers with too few.
func (m *measuring) groups(ctx context.Context, h *evaluate.History, l *evaluate.Labels, block uint64, served map[edition]*rankers.Watch, lacking map[zkcommit.TowerName]uint64) (all []*group) {
	own := &group{history: h, labels: l}
	over := map[zkcommit.TowerName]*group{}
	for v, w := range served {
		g := own
		if w.Info().Schema == features.Towered() {
			name, ok := m.reads(v)
			if !ok {
				continue // it went meanwhile
			}
			if g = over[name]; g == nil {
				g = m.over(ctx, name, h, l, block, lacking)
				over[name] = g
				all = append(all, g)
			}
		}
		g.rankers = append(g.rankers, rankers.NewWatch(w.Ranker(), answerWithin, time.Now)) // which counts elsewhere
		g.versions = append(g.versions, v)
		if g != own {
			g.history.Over[v.id] = g.history.Over[""]
		}
	}
	return append(all, own)
}

// over is what rankers over the tower are judged on.
func (m *measuring) over(ctx context.Context, name zkcommit.TowerName, h *evaluate.History, l *evaluate.Labels, block uint64, lacking map[zkcommit.TowerName]uint64) *group {
	cut := h.Cut()
	made, err := m.vectors.count(ctx, name)
	var has map[cid.Cid]graph.Embedding
	if err == nil {
		has, err = m.vectors.judged(ctx, name, h, block)
	}
	if err != nil {
		m.log.Warn("rankers over a tower are not measured", "tower", name.Plugin, "version", name.Version, "err", err)
		return &group{history: &evaluate.History{Over: map[string]evaluate.Vectors{}}, why: "the vectors of its tower could not be read when it was to be measured"}
	}
	var vs []graph.Embedding
	some, labels := h.Keep(l, func(i int) bool {
		v, ok := has[h.Contents[i]]
		if ok {
			vs = append(vs, v)
		}
		return ok
	})
	some.Over = map[string]evaluate.Vectors{"": func(i int) (graph.Embedding, error) { return vs[i-cut], nil }}
	g := &group{history: some, labels: labels}
	if all := len(h.Posts) - cut; len(vs)*10 < all*9 {
		lacking[name] = made + uint64((all*9+9)/10-len(vs))
		g.why = fmt.Sprintf("its tower has made vectors of %d of the %d posts that would be judged, and is asked for the others", len(vs), all)
	}
	return g
}

// of is the quality of a version on this node, or why there is none.
func (m *measuring) of(v edition) (*web.Quality, string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if q, ok := m.quality[v]; ok {
		return &q, ""
	}
	if why, ok := m.missing[v]; ok {
		return nil, why
	}
	return nil, "it is not measured yet"
}
