package evaluate

import (
	"bufio"
	"fmt"
	"io"
	"math"
	"slices"

	"candor/rankers/train"
)

// Report is what an evaluation finds.
type Report struct {
	Label        string             `json:"label"` // "points" or "likes"
	Posts        int                `json:"posts"`
	Trained      int                `json:"trained"`
	Judged       int                `json:"judged"`       // posts in full slates
	Rest         int                `json:"rest"`         // posts behind the last full slate, not judged
	Unlabelled   int                `json:"unlabelled"`   // posts without a line of points, which count as 0
	Slates       int                `json:"slates"`       // with a gain in them
	WithoutGain  int                `json:"without_gain"` // slates without any, which no measure counts
	Seed         uint64             `json:"seed"`
	Resamples    int                `json:"resamples"` // of the confidence intervals
	Rankers      map[string]*Result `json:"rankers"`
	Quantisation Quantisation       `json:"quantisation"`

	rankers []ranker
	uris    []string // of the judged posts
}

// Result is what the measures say of one ranker. What is not defined is left out.
type Result struct {
	NDCG10     *float64 `json:"ndcg10"`
	MRR        *float64 `json:"mrr,omitempty"`
	AUC        *float64 `json:"auc,omitempty"`
	Recall10   *float64 `json:"recall10,omitempty"`
	Coverage   *float64 `json:"coverage,omitempty"`
	Diversity  *float64 `json:"diversity,omitempty"`
	Fairness   *float64 `json:"fairness,omitempty"`
	Novelty    *float64 `json:"novelty,omitempty"`
	RCE        *float64 `json:"rce,omitempty"`
	OverLatest *float64 `json:"over_latest,omitempty"` // NDCG@10 gained over latest, as a share of its
	// Model is the SHA-256 of the canonical bytes of the model that a node can serve.
	Model string `json:"model,omitempty"`
	// Intervals are the middle 95 % of the measures on resampled slates.
	Intervals map[string][2]float64 `json:"intervals"`
}

// Quantisation is what hybrid's integers lose against the float model that they come from.
type Quantisation struct {
	Shape       string  `json:"shape"`
	Model       string  `json:"model"` // SHA-256 of the model's canonical bytes
	FloatNDCG10 float64 `json:"float_ndcg10"`
	NDCG10      float64 `json:"ndcg10"`
	Lost        float64 `json:"lost"`    // share of the float model's; a gain is negative
	Kendall     float64 `json:"kendall"` // of the two orders, on posts trained on that did not fit the integers
}

// places are where a Result holds the measures.
func (r *Result) places() [measures]**float64 {
	return [measures]**float64{&r.NDCG10, &r.MRR, &r.AUC, &r.Recall10, &r.Diversity, &r.Fairness, &r.Novelty, &r.RCE}
}

// Names are the rankers, best first.
func (r *Report) Names() (names []string) {
	for _, x := range r.rankers {
		names = append(names, x.name)
	}
	slices.SortStableFunc(names, func(a, b string) int {
		switch x, y := *r.Rankers[a].NDCG10, *r.Rankers[b].NDCG10; {
		case x > y:
			return -1
		case x < y:
			return 1
		}
		return 0
	})
	return names
}

// WriteScores writes all rankings as CSV of uri,slate,ranker,score: each slate's posts in
// ranked order, slates from 0.
func (r *Report) WriteScores(w io.Writer) error {
	b := bufio.NewWriter(w)
	fmt.Fprintln(b, "uri,slate,ranker,score")
	for _, x := range r.rankers {
		for s := range r.Judged / Slate {
			from := s * Slate
			for _, i := range order(x.scores[from : from+Slate]) {
				fmt.Fprintf(b, "%s,%d,%s,%d\n", r.uris[from+i], s, x.name, x.scores[from+i])
			}
		}
	}
	return b.Flush()
}

// resamples is how often the slates are drawn anew for confidence intervals.
const resamples = 2000

// draws are slates drawn with replacement, the same for all rankers and measures.
func draws(slates int, seed uint64) [][]int {
	c := train.Chance(seed ^ 0xb0075742a9)
	out := make([][]int, resamples)
	for i := range out {
		out[i] = make([]int, slates)
		for k := range out[i] {
			out[i][k] = c.Below(slates)
		}
	}
	return out
}

// mean is that of the numbers of v named by pick; NaN without any.
func mean(v []float64, pick []int) float64 {
	sum, n := 0., 0.
	for _, i := range pick {
		if !math.IsNaN(v[i]) {
			sum += v[i]
			n++
		}
	}
	return sum / n
}

// middle are the bounds of the middle 95 % of the numbers, if there are any.
func middle(v []float64) (bounds [2]float64, ok bool) {
	v = slices.DeleteFunc(slices.Clone(v), math.IsNaN)
	if len(v) == 0 {
		return bounds, false
	}
	slices.Sort(v)
	return [2]float64{v[len(v)*25/1000], v[(len(v)*975-1)/1000]}, true
}
