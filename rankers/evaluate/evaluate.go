package evaluate

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"math"
	"slices"

	"candor/graph/embed"
	"candor/rankers"
	"candor/rankers/train"
)

// Evaluate trains on the first four fifths of the posts and judges all rankers on the rest,
// guests too, which read a node's features.
func Evaluate(h *History, l *Labels, seed uint64, guests ...rankers.Ranker) (*Report, error) {
	r, slates, counted, err := cut(h, l, seed)
	if err != nil {
		return nil, err
	}
	trained, byModel, floats, err := hybrid(h, l, seed)
	if err != nil {
		return nil, err
	}
	reading, err := byFeatures(h, l, guests)
	if err != nil {
		return nil, err
	}
	r.rankers = append(append([]ranker{byModel}, plain(h, l, seed)...), reading...)

	r.judge(slates, counted, gains(l.training))
	smooth := judge(slates, ranker{scores: ranks(floats)}, nil)
	q := &r.Quantisation
	q.Shape, q.Model = trained.Model.Shape.String(), fmt.Sprintf("%x", sha256.Sum256(trained.Model.Bytes()))
	q.NDCG10 = *r.Rankers["hybrid"].NDCG10
	q.FloatNDCG10 = mean(column(smooth, counted, ndcg), every(len(counted)))
	q.Lost, q.Kendall = 1-q.NDCG10/q.FloatNDCG10, trained.Loss.Kendall
	return r, nil
}

// ErrLittle is the answer for a history in which nothing can be measured.
var ErrLittle = errors.New("too little happened in this history to measure rankers on")

// Judge measures rankers that read a node's features on the judged posts of a history, beside
// the order latest, by their ids. None is trained. One that does not answer is left out, and
// missed hears why.
func Judge(ctx context.Context, h *History, l *Labels, all []rankers.Ranker, missed func(id string, err error)) (*Report, error) {
	r, slates, counted, err := cut(h, l, 1)
	if err != nil {
		return nil, err
	}
	s, err := sheetsFor(h, l, all)
	if err != nil {
		return nil, err
	}
	r.rankers = []ranker{{name: base, scores: make([]int64, r.Judged)}} // all tie: the newest is first
	for _, x := range all {
		scores, err := s.scores(ctx, h, x)
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if err != nil {
			missed(x.Info().ID, err)
			continue
		}
		if x.Info().ID != base { // whose order is known
			r.rankers = append(r.rankers, ranker{name: x.Info().ID, scores: scores})
		}
	}
	r.judge(slates, counted, nil)
	return r, nil
}

// cut is a report to fill in, with the slates to judge, and which of them count.
func cut(h *History, l *Labels, seed uint64) (r *Report, slates []*slate, counted []int, err error) {
	first := h.Cut()
	r = &Report{Label: l.Source, Posts: len(h.Posts), Trained: first, Unlabelled: l.unlabelled, Seed: seed, Resamples: resamples,
		Rankers: map[string]*Result{}, uris: h.URIs[first:]}
	r.Judged = (len(h.Posts) - first) / Slate * Slate
	r.Rest = len(h.Posts) - first - r.Judged
	if r.Judged == 0 {
		return nil, nil, nil, fmt.Errorf("%w: there are %d posts, of which %d are judged, and a slate has %d: give at least 500 posts", ErrLittle, len(h.Posts), len(h.Posts)-first, Slate)
	}
	slates = slatesOf(h, l)
	for i, s := range slates {
		if slices.Max(s.gains) > 0 {
			counted = append(counted, i)
		}
	}
	r.Slates, r.WithoutGain = len(counted), len(slates)-len(counted)
	if r.Slates == 0 {
		return nil, nil, nil, fmt.Errorf("%w: none of the judged posts has any gain: give a history in which some have", ErrLittle)
	}
	return r, slates, counted, nil
}

// base is the ranker that all others are held against.
const base = "latest"

// judge fills in what the measures say of the report's rankers.
func (r *Report) judge(slates []*slate, counted []int, training []float64) {
	found := map[string][][measures]float64{}
	for _, x := range r.rankers {
		found[x.name] = judge(slates, x, training)
	}
	drawn := draws(len(counted), r.Seed)
	usual := column(found[base], counted, ndcg)
	for _, x := range r.rankers {
		res := summarise(found[x.name], counted, usual, drawn)
		res.Coverage, res.Model = coverage(slates, x), x.model
		r.Rankers[x.name] = res
	}
}

// slatesOf cuts the judged posts.
func slatesOf(h *History, l *Labels) (out []*slate) {
	cut := h.Cut()
	won, count := map[string]float64{}, map[string]int{}
	for i, g := range gains(l.training) {
		won[h.Posts[i].Author] += g
		count[h.Posts[i].Author]++
	}
	judged, all := h.Posts[cut:], gains(l.judged)
	fame := make([]float64, len(judged))
	for i, p := range judged {
		fame[i] = won[p.Author]
	}
	slices.Sort(fame)
	half := fame[len(fame)/2]
	for from := 0; from+Slate <= len(judged); from += Slate {
		s := &slate{gains: all[from : from+Slate]}
		s.relevant = relevantOf(s.gains)
		for _, p := range judged[from : from+Slate] {
			s.authors = append(s.authors, p.Author)
			s.texts = append(s.texts, embed.Text(p.Text))
			s.popular = append(s.popular, won[p.Author] > half)
			s.surprise = append(s.surprise, train.Ln(float64(cut+len(count)+1)/float64(count[p.Author]+1))/math.Ln2)
		}
		out = append(out, s)
	}
	return out
}

// judge measures a ranker on every slate. training are the gains of the posts trained on.
func judge(slates []*slate, x ranker, training []float64) [][measures]float64 {
	var c *calibration
	if x.past != nil {
		c = calibrate(x.past, training)
	}
	out := make([][measures]float64, len(slates))
	for i, s := range slates {
		scores := x.scores[i*Slate : (i+1)*Slate]
		var chance []float64
		usual := 0.
		if c != nil {
			chance, usual = c.of(scores), c.usual
		}
		out[i] = s.measure(order(scores), chance, usual)
	}
	return out
}

// column is one measure on the slates that count.
func column(found [][measures]float64, counted []int, m int) []float64 {
	out := make([]float64, len(counted))
	for k, i := range counted {
		out[k] = found[i][m]
	}
	return out
}

func every(n int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = i
	}
	return out
}

// summarise takes means over the slates that count, and their spread over the draws. usual is
// latest's NDCG@10.
func summarise(found [][measures]float64, counted []int, usual []float64, drawn [][]int) *Result {
	res := &Result{Intervals: map[string][2]float64{}}
	spread := make([]float64, len(drawn))
	for m, place := range res.places() {
		v := column(found, counted, m)
		if x := mean(v, every(len(v))); !math.IsNaN(x) {
			*place = &x
		}
		for i, pick := range drawn {
			spread[i] = mean(v, pick)
		}
		if bounds, ok := middle(spread); ok {
			res.Intervals[measureNames[m]] = bounds
		}
	}
	v := column(found, counted, ndcg)
	over := func(pick []int) float64 { return mean(v, pick)/mean(usual, pick) - 1 }
	if x := over(every(len(v))); !math.IsNaN(x) && !math.IsInf(x, 0) {
		res.OverLatest = &x
		for i, pick := range drawn {
			if spread[i] = over(pick); math.IsInf(spread[i], 0) {
				spread[i] = math.NaN() // latest won nothing in these slates
			}
		}
		if bounds, ok := middle(spread); ok {
			res.Intervals["over_latest"] = bounds
		}
	}
	return res
}

// coverage is the share of the judged posts' authors whom a ranker shows among the first ten.
func coverage(slates []*slate, x ranker) *float64 {
	there, shown := map[string]bool{}, map[string]bool{}
	for i, s := range slates {
		for _, a := range s.authors {
			there[a] = true
		}
		for _, p := range order(x.scores[i*Slate : (i+1)*Slate])[:top] {
			shown[s.authors[p]] = true
		}
	}
	share := float64(len(shown)) / float64(len(there))
	return &share
}
