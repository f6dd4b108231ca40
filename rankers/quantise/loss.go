package quantise

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"slices"

	"candor/rankers/onnx/format"
	"candor/zkcommit"
)

// Slate is the number of consecutive rows that are ordered against each other, as by
// `candor eval`.
const Slate = 100

// Loss says how nearly integers order rows as floats do.
type Loss struct {
	Rows int
	// NDCG10 is that of the integers' order and FloatNDCG10 that of the float model's, by
	// the gains given; without gains a row's gain is its float score within the slate, from
	// 0 to 1, so that FloatNDCG10 is one.
	NDCG10, FloatNDCG10 float64
	Correlation         float64 // of the scores
	Kendall             float64 // of the order of pairs within slates; equal scores count half
	Ties                float64 // share of those pairs to which the integers give one score, and the floats two
}

// Lost is the share of the float model's NDCG@10 that is lost; a gain is negative.
func (l *Loss) Lost() float64 { return (l.FloatNDCG10 - l.NDCG10) / l.FloatNDCG10 }

// String is the loss in one line.
func (l *Loss) String() string {
	return fmt.Sprintf("%.2f %% of NDCG@10 lost (%.4f for %.4f), Kendall τ %.3f, correlation %.4f, %.2f %% new ties, on %d rows",
		100*l.Lost(), l.NDCG10, l.FloatNDCG10, l.Kendall, l.Correlation, 100*l.Ties, l.Rows)
}

// Compare measures a model against the float one on rows, in slates of 100 and a rest of at
// least 20. gains, one a row and none negative, may be nil.
func Compare(m *format.MLP, model *zkcommit.Model, rows []int8, gains []float64) (*Loss, error) {
	if model.Shape.Inputs != m.Inputs {
		return nil, fmt.Errorf("compare a model of %d inputs with one of %d", model.Shape.Inputs, m.Inputs)
	}
	scores, err := model.Evaluate(rows)
	if err != nil {
		return nil, err
	}
	n := len(scores)
	if gains != nil && len(gains) != n {
		return nil, fmt.Errorf("%d gains for %d rows", len(gains), n)
	}
	ints, floats := make([]float64, n), make([]float64, n)
	for i, s := range scores {
		ints[i], floats[i] = float64(s), m.Score(rows[i*m.Inputs:(i+1)*m.Inputs])
	}
	l := &Loss{Rows: n, Correlation: correlation(ints, floats)}
	slates, pairs, agree, ties := 0., 0., 0., 0.
	for from := 0; from < n; from += Slate {
		to := min(n, from+Slate)
		if to-from < 20 {
			break
		}
		a, b := ints[from:to], floats[from:to]
		var g []float64
		if gains != nil {
			g = gains[from:to]
		} else if g = within(b); g == nil {
			continue // all equal
		}
		x, y := ndcg(a, g), ndcg(b, g)
		if math.IsNaN(x) {
			continue // no gain in it
		}
		slates, l.NDCG10, l.FloatNDCG10 = slates+1, l.NDCG10+x, l.FloatNDCG10+y
		for i := range a {
			for j := range i {
				if b[i] == b[j] {
					continue
				}
				pairs++
				switch {
				case a[i] == a[j]:
					ties++
					agree += 0.5
				case (a[i] < a[j]) == (b[i] < b[j]):
					agree++
				}
			}
		}
	}
	if slates == 0 || pairs == 0 {
		return nil, errFlat
	}
	l.NDCG10, l.FloatNDCG10 = l.NDCG10/slates, l.FloatNDCG10/slates
	l.Kendall, l.Ties = 2*agree/pairs-1, ties/pairs
	if l.FloatNDCG10 == 0 {
		return nil, errors.New("the float model puts nothing of any gain among the first ten")
	}
	return l, nil
}

// within maps values to 0 … 1.
func within(v []float64) []float64 {
	low, high := slices.Min(v), slices.Max(v)
	if !(high > low) {
		return nil
	}
	g := make([]float64, len(v))
	for i, x := range v {
		g[i] = (x - low) / (high - low)
	}
	return g
}

// ndcg is the NDCG@10 of the order by score; of equal scores the later row stands first.
func ndcg(scores, gains []float64) float64 {
	order := make([]int, len(scores))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Or(cmp.Compare(scores[b], scores[a]), b-a) })
	best := slices.Clone(gains)
	slices.Sort(best)
	got, most := 0., 0.
	for i := range min(10, len(order)) {
		weight := 1 / math.Log2(float64(i+2))
		got += float64(weight * gains[order[i]])
		most += float64(weight * best[len(best)-1-i])
	}
	return got / most // no number without any gain
}

// correlation is Pearson's; 0 when one side does not vary.
func correlation(a, b []float64) float64 {
	var ma, mb, aa, bb, ab float64
	for i := range a {
		ma += a[i] / float64(len(a))
		mb += b[i] / float64(len(b))
	}
	for i := range a {
		x, y := a[i]-ma, b[i]-mb
		aa, bb, ab = aa+float64(x*x), bb+float64(y*y), ab+float64(x*y)
	}
	if aa == 0 || bb == 0 {
		return 0
	}
	return ab / math.Sqrt(aa*bb)
}
