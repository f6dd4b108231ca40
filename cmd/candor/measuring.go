package main

import (
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
	served func() map[edition]*rankers.Watch

	mu      sync.Mutex
	quality map[edition]web.Quality
	missing map[edition]string // why there is none
	checked map[edition]time.Time

	at    time.Time // when quality was measured last,
	posts uint64    // and on how many
	seen  uint64    // posts at the last glance
}

func newMeasuring(s *services, served func() map[edition]*rankers.Watch) *measuring {
	return &measuring{services: s, served: served, quality: map[edition]web.Quality{}, missing: map[edition]string{}, checked: map[edition]time.Time{}}
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
	var all []rankers.Ranker
	missed := map[string]string{}
	for v, w := range served {
		if w.Info().Schema == features.Towered() {
			missed[v.id] = "it reads a tower's vectors, which old posts may not have, so that it is not measured"
			continue
		}
		all = append(all, rankers.NewWatch(w.Ranker(), answerWithin, time.Now)) // which counts elsewhere
	}
	r, err := evaluate.Judge(ctx, h, labels, all, func(id string, err error) { missed[id] = "it did not answer when it was to be measured" })
	if err != nil && !errors.Is(err, evaluate.ErrLittle) {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.quality, m.missing = map[edition]web.Quality{}, map[edition]string{}
	for v := range served {
		switch {
		case err != nil:
			m.missing[v] = fmt.Sprintf("%d posts with too few likes among them are too little to measure it on", len(h.Posts))
		case missed[v.id] != "":
			m.missing[v] = missed[v.id]
		default:
			q := r.Rankers[v.id]
			m.quality[v] = web.Quality{History: "this node's posts", Slates: r.Slates, Label: r.Label, Posts: r.Judged, Block: head.Number,
				NDCG10: *q.NDCG10, Interval: q.Intervals["ndcg10"], OverLatest: q.OverLatest}
		}
	}
	return nil
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
