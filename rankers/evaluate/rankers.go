package evaluate

import (
	"math"

	"candor/rankers"
	"candor/rankers/train"
	"candor/zkcommit"
)

// micro turns a mean gain into the integer that a ranking shows.
const micro = 1_000_000

// added is how many average posts are added to an author's own in popularity.
const added = 2

// blocks is in how many parts the posts trained on are cut to say what popularity would
// have said of them.
const blocks = 4

// plain are the rankers that learn nothing but who won what.
func plain(h *History, l *Labels, seed uint64) []ranker {
	cut, n := h.Cut(), len(h.Posts)-h.Cut()
	latest, oldest, random := make([]int64, n), make([]int64, n), make([]int64, n)
	chance := train.Chance(seed)
	for i := range n {
		latest[i], oldest[i], random[i] = int64(cut+i), int64(-cut-i), int64(chance.Next()>>11)
	}
	won := gains(l.training)
	past := make([]int64, 0, cut)
	for b := range blocks {
		from, to := b*cut/blocks, (b+1)*cut/blocks
		var others []train.Post
		var theirs []float64
		others = append(append(others, h.Posts[:from]...), h.Posts[to:cut]...)
		theirs = append(append(theirs, won[:from]...), won[to:]...)
		past = append(past, popularity(others, theirs, h.Posts[from:to])...)
	}
	return []ranker{
		{name: "latest", scores: latest, model: newest()},
		{name: "chronological", scores: oldest},
		{name: "random", scores: random},
		{name: "popularity", scores: popularity(h.Posts[:cut], won, h.Posts[cut:]), past: past},
	}
}

// newest is the model of the built-in ranker latest, which gives the order of that name.
func newest() string {
	for _, b := range rankers.Catalogue() {
		if b.Info().ID == "latest" {
			return b.Fingerprint()
		}
	}
	return ""
}

// popularity is the mean gain of each author's earlier posts, with average ones added.
func popularity(earlier []train.Post, won []float64, posts []train.Post) []int64 {
	sum, count, mean := map[string]float64{}, map[string]int{}, 0.
	for i, p := range earlier {
		sum[p.Author] += won[i]
		count[p.Author]++
		mean += won[i] / float64(len(earlier))
	}
	out := make([]int64, len(posts))
	for i, p := range posts {
		v := (sum[p.Author] + float64(added*mean)) / float64(count[p.Author]+added)
		out[i] = int64(math.Round(float64(v * micro)))
	}
	return out
}

// hybrid trains a model and ranks by its integers. The float model's order comes along.
func hybrid(h *History, l *Labels, seed uint64) (*train.Trained, ranker, []float64, error) {
	cut := h.Cut()
	t, err := train.Fit(h.Posts[:cut], gains(l.training), seed)
	if err != nil {
		return nil, ranker{}, nil, err
	}
	rows := t.Rows(h.Posts[cut:])
	scores, err := t.Model.Scores(zkcommit.RowsOf(rows))
	if err != nil {
		return nil, ranker{}, nil, err
	}
	fitted, err := t.Model.Scores(zkcommit.RowsOf(t.Fitted))
	if err != nil {
		return nil, ranker{}, nil, err
	}
	r := ranker{name: "hybrid", scores: make([]int64, len(scores)), past: make([]int64, len(fitted))}
	for i, s := range scores {
		r.scores[i] = int64(s)
	}
	for i, s := range fitted {
		r.past[i] = int64(s)
	}
	floats := make([]float64, len(rows))
	for i := range rows {
		floats[i] = t.Float.Score(rows[i][:])
	}
	return t, r, floats, nil
}

// ranks turns floats into integers of the same order.
func ranks(v []float64) []int64 {
	o := make([]int64, len(v))
	for i, x := range v {
		o[i] = int64(math.Round(math.Ldexp(x, 40)))
	}
	return o
}
