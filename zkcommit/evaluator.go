package zkcommit

import (
	"cmp"
	"slices"

	"candor/graph"
)

// Scores evaluates the model on every row. This function is the reference: it
// defines what is proved, and every other implementation must agree with it on
// every bit. No sum can overflow: a hidden one stays within ±2^21, a score
// within ±2^20.
func (m *Model) Scores(rows []graph.FeatureVector) ([]graph.Score, error) {
	if err := m.Validate(); err != nil {
		return nil, err
	}
	scores := make([]graph.Score, len(rows))
	for i := range rows {
		s := int32(m.B2)
		for j, w2 := range m.W2 {
			s += int32(w2) * activate(m.hidden(&rows[i], j)>>m.Shape.Shift)
		}
		scores[i] = graph.Score(s)
	}
	return scores, nil
}

// hidden is the sum z of hidden unit j before shift and clamp.
func (m *Model) hidden(row *graph.FeatureVector, j int) int32 {
	z := int32(m.B1[j])
	for k, w := range m.W1[j*m.Shape.Inputs : (j+1)*m.Shape.Inputs] {
		z += int32(w) * int32(row[k])
	}
	return z
}

func activate(q int32) int32 { return max(0, min(q, Clamp)) }

// Hidden returns the sums of all hidden units for one row, for the prover of a
// valid model.
func (m *Model) Hidden(row *graph.FeatureVector) []int32 {
	z := make([]int32, m.Shape.Hidden)
	for j := range z {
		z[j] = m.hidden(row, j)
	}
	return z
}

// Order returns the indices of the posts in ranked order: larger scores first;
// of two posts with the same score the newer position first. The slices are of
// one length, the ids distinct.
func Order(ids []graph.PostID, scores []graph.Score) []int {
	order := make([]int, len(ids))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int {
		return cmp.Or(cmp.Compare(scores[b], scores[a]), ids[b].Compare(ids[a]))
	})
	return order
}
