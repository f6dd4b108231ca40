package zkcommit

import (
	"cmp"
	"fmt"
	"slices"

	"candor/graph"
)

// Scores evaluates the model on every row.
func (m *Model) Scores(rows []graph.Row) ([]graph.Score, error) {
	if err := m.Validate(); err != nil {
		return nil, err
	}
	scores := make([]graph.Score, len(rows))
	score := m.scorer(len(rows))
	for i, row := range rows {
		if len(row) != m.Shape.Inputs {
			return nil, fmt.Errorf("a model of shape %s does not read rows of %d", m.Shape, len(row))
		}
		scores[i] = graph.Score(score(row))
	}
	return scores, nil
}

// Evaluate is the same on rows of Inputs features each, one after another.
func (m *Model) Evaluate(rows []int8) ([]int32, error) {
	return m.evaluate(rows, (*Model).scorer)
}

// Plain is Evaluate by the reference alone, for whoever wants to compare.
func (m *Model) Plain(rows []int8) ([]int32, error) {
	return m.evaluate(rows, func(m *Model, _ int) func([]int8) int32 { return m.evaluator().score })
}

func (m *Model) evaluate(rows []int8, scorer func(m *Model, rows int) func([]int8) int32) ([]int32, error) {
	if err := m.Validate(); err != nil {
		return nil, err
	}
	d := m.Shape.Inputs
	if len(rows)%d != 0 {
		return nil, fmt.Errorf("%d features are no whole rows of %d", len(rows), d)
	}
	scores := make([]int32, len(rows)/d)
	score := scorer(m, len(scores))
	for i := range scores {
		scores[i] = score(rows[i*d : (i+1)*d])
	}
	return scores, nil
}

// scorer scores a valid model's rows one by one: by the reference, or packed (packed.go)
// where there are enough rows to pay for the packing.
func (m *Model) scorer(rows int) func(row []int8) int32 {
	if rows < 4 {
		return m.evaluator().score
	}
	return m.packed().score
}

// evaluator is a valid model with room for what its layers give. It is the
// reference: it defines what is proved, and every other implementation must agree
// with it on every bit. No sum overflows: all stay within ±2^24.
type evaluator struct {
	model *Model
	out   [2][]int32
}

func (m *Model) evaluator() *evaluator {
	e := &evaluator{model: m}
	for l := range m.Shape.Layers() {
		e.out[l] = make([]int32, m.Shape.Hidden[l])
	}
	return e
}

func (e *evaluator) score(row []int8) int32 {
	first := &e.model.Layers[0]
	for j := range e.out[0] {
		z := int32(first.Bias[j])
		w := first.Weights[j*len(row) : (j+1)*len(row)]
		for k, x := range row {
			z += int32(w[k]) * int32(x)
		}
		e.out[0][j] = Activate(z >> e.model.Shape.Shift[0])
	}
	last := 0
	if e.model.Shape.Layers() == 2 {
		for j := range e.out[1] {
			e.out[1][j] = Activate(e.model.Layers[1].sum(j, e.out[0]) >> e.model.Shape.Shift[1])
		}
		last = 1
	}
	return e.model.Layers[last+1].sum(0, e.out[last])
}

// sum is that of unit j before shift and clamp.
func (l *Layer) sum(j int, in []int32) int32 {
	z := int32(l.Bias[j])
	w := l.Weights[j*len(in) : (j+1)*len(in)]
	for k, x := range in {
		z += int32(w[k]) * x
	}
	return z
}

// Activate is clamp(q, 0, Clamp).
func Activate(q int32) int32 { return max(0, min(q, Clamp)) }

// Hidden returns the sums of all units of the first layer for one row, for the
// prover of a valid model.
func (m *Model) Hidden(row []int8) []int32 {
	in := make([]int32, len(row))
	for k, x := range row {
		in[k] = int32(x)
	}
	z := make([]int32, m.Shape.Hidden[0])
	for j := range z {
		z[j] = m.Layers[0].sum(j, in)
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
