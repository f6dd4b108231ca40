package year

import (
	"errors"
	"fmt"
	"slices"

	selection "candor/feeds/select"
	"candor/graph"
	"candor/rankers/features"
	"candor/zkcommit"
)

// another locks another model than the version committed to.
func another(w *World, v *version) ([]byte, error) {
	return w.beacon.Lock(w.beacon.Round(v.revealBy), w.invent(v.shape).Bytes())
}

// misorder puts a post above one that the model likes better.
func misorder(_ *World, d *draft, _ *version) {
	r := d.record
	for i := range len(r.Ranked) - 1 {
		if d.scores[i] != d.scores[i+1] {
			r.Ranked[i], r.Ranked[i+1] = r.Ranked[i+1], r.Ranked[i]
			r.Rows[i], r.Rows[i+1] = r.Rows[i+1], r.Rows[i]
			break
		}
	}
	serve(r)
}

// unranked does not rank the post that the model likes best.
func unranked(_ *World, d *draft, _ *version) {
	r := d.record
	r.Ranked, r.Rows = r.Ranked[1:], r.Rows[1:]
	serve(r)
}

// serve selects anew what the ranked order gives.
func serve(r *zkcommit.Record) {
	by := map[graph.PostID]graph.Candidate{}
	for _, c := range r.Candidates {
		by[c.Post] = c
	}
	ranked := make([]graph.Candidate, len(r.Ranked))
	for i, id := range r.Ranked {
		ranked[i] = by[id]
	}
	served, err := selection.Select(r.Rule, ranked)
	if err != nil {
		panic(err) // the rule is one of the house's
	}
	r.Served = served
}

// unproved keeps the proof back.
func unproved(_ *World, b *zkcommit.Bundle) {
	b.Proof, b.Registration, b.RegistrationKey = nil, nil, nil
}

// leaveOut leaves a candidate out before anybody judges it.
func leaveOut(w *World, c *considered) error {
	i := w.rand.IntN(len(c.pool))
	c.pool = slices.Delete(c.pool, i, i+1)
	return nil
}

// putIn puts a post in that is no candidate of the viewer: its own, or one that was removed.
func putIn(w *World, c *considered) error {
	for _, p := range slices.Backward(w.town.posts) {
		if slices.ContainsFunc(c.pool, func(x graph.Candidate) bool { return x.Post == p.ID }) {
			continue
		}
		if found, err := c.snap.Posts(graph.PostQuery{IDs: []graph.PostID{p.ID}, Limit: 1}); err != nil || len(found) == 0 {
			continue
		}
		i := w.rand.IntN(min(len(c.pool), zkcommit.K))
		c.pool = slices.Insert(c.pool, i, graph.Candidate{Post: p.ID, Author: w.town.person(p.by), Source: graph.FromNewest})
		return nil
	}
	return fmt.Errorf("every post is a candidate of %s", c.viewer)
}

// acquit leaves a verdict out.
func acquit(w *World, c *considered) error {
	for i, f := range c.verdicts {
		if n := len(f.Verdicts); n > 0 {
			k := w.rand.IntN(n)
			c.verdicts[i].Verdicts = slices.Delete(f.Verdicts, k, k+1)
			return nil
		}
	}
	return errors.New("no filter hides anything")
}

// condemn has a filter hide a post that it keeps.
func condemn(w *World, c *considered) error {
	f := &c.verdicts[0]
	for _, i := range w.rand.Perm(len(c.pool)) {
		id := c.pool[i].Post
		if !slices.ContainsFunc(f.Verdicts, func(v graph.Verdict) bool { return v.Post == id }) {
			f.Verdicts = append(f.Verdicts, graph.Verdict{Post: id, Decision: graph.Hide, Reason: "unloved"})
			return nil
		}
	}
	return errors.New("the filter hides everything")
}

// forAnother takes the features that another viewer would have.
func forAnother(w *World, c *considered) (err error) {
	mine := c.rows
	for n := range 8 {
		c.rows, err = features.Build(features.Schema(), c.snap, w.viewerOf(n*len(w.makers)), c.left)
		if err != nil || !slices.EqualFunc(mine, c.rows, func(a, b graph.Row) bool { return slices.Equal(a, b) }) {
			return err
		}
	}
	return errors.New("all viewers have the same features")
}
