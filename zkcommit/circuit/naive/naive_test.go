package naive

import (
	"math/rand/v2"
	"slices"
	"testing"

	"candor/zkcommit"
)

// run is a random model with rows in its order, the scores all different.
func run(t *testing.T, s zkcommit.Shape, posts int) (*zkcommit.Model, [][]int8) {
	t.Helper()
	r := rand.New(rand.NewPCG(7, 7))
	m := zkcommit.NewModel(s)
	for _, l := range m.Layers {
		for i := range l.Weights {
			l.Weights[i] = int8(r.Uint32())
		}
		for i := range l.Bias {
			l.Bias[i] = int16(r.Uint32())
		}
	}
	score := func(row []int8) int32 {
		v, err := m.Evaluate(row)
		if err != nil {
			t.Fatal(err)
		}
		return v[0]
	}
	var rows [][]int8
	for len(rows) < posts {
		row := make([]int8, s.Inputs)
		for i := range row {
			row[i] = int8(r.Uint32())
		}
		if !slices.ContainsFunc(rows, func(o []int8) bool { return score(o) == score(row) }) {
			rows = append(rows, row)
		}
	}
	slices.SortFunc(rows, func(a, b []int8) int { return int(score(b) - score(a)) })
	return m, rows
}

func TestMeasure(t *testing.T) {
	for _, s := range []zkcommit.Shape{
		{Inputs: 4, Hidden: [2]int{3}, Shift: [2]uint{6}},
		{Inputs: 4, Hidden: [2]int{4, 3}, Shift: [2]uint{5, 7}},
	} {
		m, rows := run(t, s, 4)
		f, err := Measure(m, slices.Concat(rows...))
		if err != nil {
			t.Fatalf("%s: %v", s, err)
		}
		if f.Constraints == 0 || f.Prove == 0 || f.ProofBytes < 192 {
			t.Errorf("%s: %+v", s, f)
		}
		rows[1], rows[2] = rows[2], rows[1]
		if _, err := Measure(m, slices.Concat(rows...)); err == nil {
			t.Errorf("%s: a wrong order is proved", s)
		}
	}
}
