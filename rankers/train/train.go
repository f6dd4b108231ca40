package train

import (
	"errors"
	"fmt"
	"math"
	"slices"

	"candor/graph"
	"candor/rankers/onnx/format"
	"candor/rankers/quantise"
	"candor/zkcommit"
)

// MinPosts is the least number of posts to train on.
const MinPosts = 400

// Trained is a ranker that was fitted to the first of a row of posts.
type Trained struct {
	Float  *format.MLP
	Model  *zkcommit.Model
	Loss   *quantise.Loss        // of the integers against the float model, on rows that did not fit them
	Posts  int                   // trained on
	Fitted []graph.FeatureVector // their rows, each made without what became of its block

	posts []*looks
	past  *past
	prior *Prior
}

// Fit trains on posts in their order, and on the gain of each, which is not negative.
func Fit(posts []Post, gains []float64, seed uint64) (*Trained, error) {
	if len(posts) < MinPosts || len(gains) != len(posts) {
		return nil, fmt.Errorf("%d posts with %d gains cannot be trained on: give at least %d, and a gain for each", len(posts), len(gains), MinPosts)
	}
	target, err := deviations(gains)
	if err != nil {
		return nil, err
	}
	t := &Trained{Posts: len(posts), posts: lookAll(posts)}
	if t.prior, err = ParsePrior(shipped); err != nil {
		return nil, err
	}
	t.Fitted = surface(t.posts)
	t.prior.fill(t.Fitted, t.posts)
	crosswise(t.Fitted, t.posts, target)
	t.past = learn(t.posts, target)
	t.Float = fitHead(t.Fitted, target, seed)
	t.Model, t.Loss, err = quantise.Quantise(t.Float, flat(t.Fitted))
	return t, err
}

// deviations are gains less their mean, in standard deviations.
func deviations(gains []float64) ([]float64, error) {
	mean, spread := 0., 0.
	for _, g := range gains {
		if !(g >= 0) || math.IsInf(g, 0) {
			return nil, fmt.Errorf("a gain of %g is none: give finite numbers from 0", g)
		}
		mean += g
	}
	mean /= float64(len(gains))
	out := make([]float64, len(gains))
	for i, g := range gains {
		out[i] = g - mean
		spread += mul(out[i], out[i])
	}
	if slices.Min(gains) == slices.Max(gains) {
		return nil, errors.New("all posts trained on have the same gain: there is nothing to learn from them")
	}
	spread = math.Sqrt(spread / float64(len(gains)))
	for i := range out {
		out[i] /= spread
	}
	return out, nil
}

func lookAll(posts []Post) []*looks {
	out := make([]*looks, len(posts))
	for i, p := range posts {
		out[i] = look(p)
	}
	return out
}

func flat(rows []graph.FeatureVector) []int8 {
	out := make([]int8, 0, len(rows)*graph.Features)
	for i := range rows {
		out = append(out, rows[i][:]...)
	}
	return out
}

// Rows are those of posts that follow the ones trained on, in their order.
func (t *Trained) Rows(later []Post) []graph.FeatureVector {
	next := lookAll(later)
	all := append(append([]*looks(nil), t.posts...), next...)
	rows := surface(all)
	t.prior.fill(rows, all)
	rows = rows[t.Posts:]
	for i, l := range next {
		t.past.fill(&rows[i], l)
	}
	return rows
}
