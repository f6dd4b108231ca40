package zkcommit

import (
	"fmt"
	"math/rand"
	"testing"

	"pgregory.net/rapid"
)

// The packed evaluator agrees with the reference on every bit: at the ends of what weights
// and inputs can be, where lanes could run over, and in between, where activations differ.
func TestPackedIsTheReference(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawShape(t, 200)
		r := rand.New(rand.NewSource(rapid.Int64().Draw(t, "seed")))
		value := func(kind int) func() int8 {
			return func() int8 {
				switch kind {
				case 0:
					return int8(r.Uint32())
				case 1:
					return -128
				case 2:
					return 127
				case 3:
					return []int8{-128, 127}[r.Intn(2)]
				}
				return int8(r.Intn(7) - 3)
			}
		}
		m := NewModel(s)
		for l, layer := range m.Layers {
			weight := value(rapid.IntRange(0, 4).Draw(t, fmt.Sprint("weights ", l)))
			for i := range layer.Weights {
				layer.Weights[i] = weight()
			}
			for i := range layer.Bias {
				layer.Bias[i] = int16(r.Uint32()) >> r.Intn(16)
			}
		}
		input := value(rapid.IntRange(0, 4).Draw(t, "rows"))
		e, p := m.evaluator(), m.packed()
		for range 8 {
			row := make([]int8, s.Inputs)
			for i := range row {
				row[i] = input()
			}
			if want, got := e.score(row), p.score(row); got != want {
				t.Fatalf("shape %s: the packed evaluator gives %d, the reference %d", s, got, want)
			}
		}
	})
}

func BenchmarkScores(b *testing.B) {
	for _, s := range []Shape{
		{Inputs: 64, Hidden: [2]int{32}, Shift: [2]uint{6}},
		{Inputs: 64, Hidden: [2]int{64, 32}, Shift: [2]uint{7, 7}},
		{Inputs: 448, Hidden: [2]int{64}, Shift: [2]uint{9}},
	} {
		m := fillModel(rand.New(rand.NewSource(1)), s)
		rows := make([]int8, 1000*s.Inputs)
		for i := range rows {
			rows[i] = int8(rand.Int())
		}
		scores := make([]int32, 1000)
		b.Run(s.String()+"/reference", func(b *testing.B) {
			for b.Loop() {
				e := m.evaluator()
				for i := range scores {
					scores[i] = e.score(rows[i*s.Inputs : (i+1)*s.Inputs])
				}
			}
		})
		b.Run(s.String()+"/packed", func(b *testing.B) {
			for b.Loop() {
				e := m.packed()
				for i := range scores {
					scores[i] = e.score(rows[i*s.Inputs : (i+1)*s.Inputs])
				}
			}
		})
	}
}
