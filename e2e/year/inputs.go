package year

import (
	"fmt"
	"slices"

	"candor/feeds/candidates"
	selection "candor/feeds/select"
	"candor/graph"
	"candor/graph/fold"
	"candor/rankers/features"
	"candor/spamfilter"
	"candor/zkcommit"
)

// considered is what a run is made of before a model sees it. A lie may change it at each
// of the steps, and all that follows is then made of what it left.
type considered struct {
	snap     *fold.Snapshot
	viewer   graph.Address
	pool     []graph.Candidate
	verdicts []zkcommit.FilterVerdicts
	left     []graph.Candidate // those that no filter hides, as many as a run takes
	rows     []graph.Row
}

// consider makes the inputs of a run for the viewer on the node's newest block, by the
// packages that the node runs. What was considered honestly serves every ranker.
func (w *World) consider(viewer graph.Address, lie *way) (c *considered, err error) {
	if lie == nil {
		lie = &way{}
	}
	honest := lie.pool == nil && lie.judged == nil && lie.rows == nil
	if c := w.seen[viewer]; c != nil && honest {
		return c, nil
	}
	c = &considered{viewer: viewer}
	if c.snap, err = w.town.mirror.At(w.town.head.Number); err != nil {
		return nil, err
	}
	if c.pool, err = candidates.Gather(c.snap, viewer, candidates.Default()); err != nil {
		return nil, err
	}
	lied := func(lie func(*World, *considered) error) {
		if lie != nil && err == nil {
			err = lie(w, c)
		}
	}
	lied(lie.pool)
	for _, f := range spamfilter.Catalogue() {
		all, err := f.Judge(c.snap, c.pool)
		if err != nil {
			return nil, err
		}
		hides := slices.DeleteFunc(all, func(v graph.Verdict) bool { return v.Decision == graph.Keep })
		if hides == nil {
			hides = []graph.Verdict{}
		}
		c.verdicts = append(c.verdicts, zkcommit.FilterVerdicts{Filter: f.Info().ID, Version: f.Info().Version, Verdicts: hides})
	}
	lied(lie.judged)
	if err != nil {
		return nil, err
	}
	r := zkcommit.Record{Candidates: c.pool, Verdicts: c.verdicts}
	survive := map[graph.PostID]bool{}
	for _, id := range r.Survivors() {
		survive[id] = true
	}
	for _, x := range c.pool {
		if survive[x.Post] {
			c.left = append(c.left, x)
		}
	}
	if len(c.left) < 2 {
		return nil, fmt.Errorf("the town has %d posts for %s, too few to rank", len(c.left), viewer)
	}
	if c.rows, err = features.Build(features.Schema(), c.snap, viewer, c.left); err != nil {
		return nil, err
	}
	lied(lie.rows)
	if err == nil && honest {
		w.seen[viewer] = c
	}
	return c, err
}

// fill ranks what is considered by the version's model.
func (w *World) fill(d *draft, v *version, viewer graph.Address, lie *way) error {
	c, err := w.consider(viewer, lie)
	if err != nil {
		return err
	}
	var flat []int8
	ids := make([]graph.PostID, len(c.left))
	for i, row := range c.rows {
		ids[i], flat = c.left[i].Post, append(flat, row...)
	}
	values, err := v.secret.Model.Evaluate(flat)
	if err != nil {
		return err
	}
	scores := make([]graph.Score, len(values))
	for i, s := range values {
		scores[i] = graph.Score(s)
	}
	d.record = &zkcommit.Record{Viewer: viewer, Candidates: c.pool, Verdicts: c.verdicts, Rule: selection.Diverse}
	ranked := []graph.Candidate{}
	for _, i := range zkcommit.Order(ids, scores) {
		ranked = append(ranked, c.left[i])
		d.record.Ranked = append(d.record.Ranked, ids[i])
		d.record.Rows = append(d.record.Rows, c.rows[i])
		d.scores = append(d.scores, scores[i])
	}
	w.made, w.ranked = w.made+1, w.ranked+len(ranked)
	d.record.Served, err = selection.Select(d.record.Rule, ranked)
	return err
}

// viewerOf is for whom run i is made: readers ask every ranker before the next one comes,
// and one in eight is anonymous.
func (w *World) viewerOf(i int) graph.Address {
	if n := i / len(w.makers) % 8; n > 0 {
		return w.town.person(n)
	}
	return graph.Address{}
}

// Posts is how many posts the runs rank, on average.
func (w *World) Posts() float64 { return float64(w.ranked) / float64(max(w.made, 1)) }
