package evaluate

import (
	"math"
	"slices"

	"candor/graph"
	"candor/rankers/train"
)

// slate is what the measures know of one slate, in the file's order.
type slate struct {
	gains    []float64
	relevant []bool
	authors  []string
	texts    []graph.Embedding
	popular  []bool // the author is among the popular half (evaluate.go)
	surprise []float64
}

const (
	ndcg = iota
	mrr
	auc
	recall
	diversity
	fairness
	novelty
	rce
	measures
)

var measureNames = [measures]string{"ndcg10", "mrr", "auc", "recall10", "diversity", "fairness", "novelty", "rce"}

// discount is that of a place from 0.
func discount(place int) float64 { return math.Ln2 / train.Ln(float64(place+2)) }

// relevant are the ten posts of largest gain, with all that tie with the tenth, and none
// without any gain.
func relevantOf(gains []float64) []bool {
	sorted := slices.Clone(gains)
	slices.Sort(sorted)
	least := sorted[max(0, len(sorted)-top)]
	out := make([]bool, len(gains))
	for i, g := range gains {
		out[i] = g > 0 && g >= least
	}
	return out
}

// measure judges one ranking of the slate. chance, nil for rankers that say nothing of the
// kind, is the probability that a post is relevant, and usual what it is for any post.
func (s *slate) measure(ranked []int, chance []float64, usual float64) (v [measures]float64) {
	v[ndcg] = s.ndcg(ranked)
	v[mrr], v[auc], v[recall] = s.binary(ranked)
	v[diversity], v[fairness], v[novelty] = s.shown(ranked[:min(top, len(ranked))])
	v[rce] = math.NaN()
	if chance != nil {
		v[rce] = s.entropy(chance, usual)
	}
	return v
}

func (s *slate) ndcg(ranked []int) float64 {
	ideal := slices.Clone(s.gains)
	slices.Sort(ideal)
	got, most := 0., 0.
	for place := range min(top, len(ranked)) {
		got += float64(discount(place) * s.gains[ranked[place]])
		most += float64(discount(place) * ideal[len(ideal)-1-place])
	}
	return got / most // no number when nothing has a gain
}

// binary are the measures that know relevant posts and others.
func (s *slate) binary(ranked []int) (mrr, auc, recall float64) {
	good, seen, pairs := 0., 0., 0.
	for place, i := range ranked {
		if !s.relevant[i] {
			pairs += good // those before it stand rightly
			continue
		}
		if good == 0 {
			mrr = 1 / float64(place+1)
		}
		good++
		if place < top {
			seen++
		}
	}
	bad := float64(len(ranked)) - good
	if good == 0 {
		return math.NaN(), math.NaN(), math.NaN()
	}
	return mrr, pairs / float64(good*bad), seen / good // no AUC when all are relevant
}

// shown are the measures of what the first places show.
func (s *slate) shown(first []int) (diversity, fairness, novelty float64) {
	pairs, exposure, little := 0., 0., 0.
	for place, i := range first {
		for _, j := range first[:place] {
			diversity += 1 - cosine(&s.texts[i], &s.texts[j])
			pairs++
		}
		w := discount(place)
		exposure += w
		if !s.popular[i] {
			little += w
		}
		novelty += s.surprise[i]
	}
	share := 0.
	for _, p := range s.popular {
		if !p {
			share++
		}
	}
	share /= float64(len(s.popular))
	return diversity / pairs, little / exposure / share, novelty / float64(len(first))
}

// cosine is that of the angle between two embeddings; a text without words has none, and is
// like no other.
func cosine(a, b *graph.Embedding) float64 {
	size := float64(a.Dot(a)) * float64(b.Dot(b))
	if size == 0 {
		return 0
	}
	return float64(a.Dot(b)) / math.Sqrt(size)
}

// entropy is the relative cross entropy, in per cent.
func (s *slate) entropy(chance []float64, usual float64) float64 {
	model, naive := 0., 0.
	for i, p := range chance {
		q := usual
		if !s.relevant[i] {
			p, q = 1-p, 1-q
		}
		model -= train.Ln(p)
		naive -= train.Ln(q)
	}
	return 100 * (1 - model/naive)
}
