package zkcommit

import (
	"bytes"
	"math/rand"
	"reflect"
	"slices"
	"testing"

	"candor/graph"

	"pgregory.net/rapid"
)

// drawShape draws a valid shape, the ends of its bounds among them.
func drawShape(t *rapid.T, most int) Shape {
	width := func(label string, max int) int {
		return rapid.OneOf(rapid.IntRange(1, max), rapid.SampledFrom([]int{1, 2, 4, max})).Draw(t, label)
	}
	for {
		s := Shape{Inputs: width("inputs", min(most, MaxInputs)), Hidden: [2]int{width("hidden", min(most, MaxHidden))}}
		s.Shift[0] = uint(rapid.IntRange(MinShift, MaxShift).Draw(t, "shift"))
		if rapid.Bool().Draw(t, "two") {
			s.Hidden[1], s.Shift[1] = width("second", min(most, MaxHidden)), uint(rapid.IntRange(MinShift, MaxShift).Draw(t, "shift 2"))
		}
		if s.Validate() == nil {
			return s
		}
	}
}

func fillModel(r *rand.Rand, s Shape) *Model {
	m := NewModel(s)
	for _, l := range m.Layers {
		for i := range l.Weights {
			l.Weights[i] = int8(r.Uint32())
		}
		for i := range l.Bias {
			l.Bias[i] = int16(r.Uint32())
		}
	}
	return m
}

// Every valid shape has bytes of its own, and none begins another's.
func TestShapeBytes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := drawShape(t, 1000), drawShape(t, 1000)
		for _, tail := range [][]byte{nil, {1, 2, 3}, make([]byte, 40)} {
			got, rest, err := CutShape(append(a.Bytes(), tail...))
			if err != nil || got != a || !bytes.Equal(rest, tail) {
				t.Fatalf("%v is read as %v with %d bytes left: %v", a, got, len(rest), err)
			}
		}
		if a != b && (bytes.HasPrefix(a.Bytes(), b.Bytes()) || a.ID() == b.ID()) {
			t.Fatalf("%v and %v begin alike", a, b)
		}
		raw := a.Bytes()
		raw[rapid.IntRange(0, len(raw)-1).Draw(t, "at")] ^= byte(rapid.IntRange(1, 255).Draw(t, "by"))
		if got, rest, err := CutShape(raw); err == nil && (got == a || !bytes.Equal(append(got.Bytes(), rest...), raw)) {
			t.Fatalf("changed bytes are read as %v", got)
		}
		if _, _, err := CutShape(a.Bytes()[:len(a.Bytes())-1]); err == nil {
			t.Fatal("a shape without its end is read")
		}
	})
	for _, s := range []Shape{{}, {Inputs: 513, Hidden: [2]int{1}, Shift: [2]uint{12}}, {Inputs: 1, Hidden: [2]int{257}, Shift: [2]uint{12}}, {Inputs: 1, Hidden: [2]int{1}, Shift: [2]uint{3}},
		{Inputs: 1, Hidden: [2]int{1}, Shift: [2]uint{13}}, {Inputs: 1, Hidden: [2]int{1}, Shift: [2]uint{4, 4}}, {Inputs: 1, Hidden: [2]int{1, 1}, Shift: [2]uint{4}}, {Inputs: 512, Hidden: [2]int{1}, Shift: [2]uint{4}},
		{Inputs: -1, Hidden: [2]int{1}, Shift: [2]uint{4}}, {Inputs: 1, Hidden: [2]int{1, -1}, Shift: [2]uint{4, 4}}, {Inputs: 1, Hidden: [2]int{1, 257}, Shift: [2]uint{4, 4}}} {
		if s.Validate() == nil {
			t.Errorf("%v is valid", s)
		}
		if _, _, err := CutShape(s.Bytes()); err == nil && s.Shift != [2]uint{4, 4} { // bytes have no second shift
			t.Errorf("%v is read", s)
		}
	}
}

func TestModelBytesOfAnyShape(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := fillModel(rand.New(rand.NewSource(rapid.Int64().Draw(t, "seed"))), drawShape(t, 40))
		b := m.Bytes()
		got, err := ParseModel(b)
		if err != nil || !reflect.DeepEqual(got, m) || !bytes.Equal(got.Bytes(), b) {
			t.Fatalf("a model of shape %v does not survive its bytes: %v", m.Shape, err)
		}
		for _, bad := range [][]byte{b[:len(b)-1], append(slices.Clone(b), 0), b[:rapid.IntRange(0, len(b)-1).Draw(t, "cut")]} {
			if _, err := ParseModel(bad); err == nil {
				t.Fatalf("%d bytes of %d are read", len(bad), len(b))
			}
		}
	})
	largest := NewModel(Shape{Inputs: MaxInputs, Hidden: [2]int{MaxHidden, MaxHidden}, Shift: [2]uint{12, 12}})
	if n := len(largest.Bytes()); n != MaxModel {
		t.Errorf("the largest model has %d bytes, not %d", n, MaxModel)
	}
}

// A second evaluator, by shifts of wide sums, agrees on all shapes.
func TestScoresOfAnyShapeAgree(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := rand.New(rand.NewSource(rapid.Int64().Draw(t, "seed")))
		s := drawShape(t, 60)
		m := fillModel(r, s)
		fill := rapid.SampledFrom([]int{0, 1, -128, 127}).Draw(t, "fill")
		rows := make([]int8, 3*s.Inputs)
		for i := range rows {
			if rows[i] = int8(fill); fill == 1 {
				rows[i] = int8(r.Uint32())
			}
		}
		got, err := m.Evaluate(rows)
		if err != nil {
			t.Fatal(err)
		}
		for i := range got {
			in := make([]int64, s.Inputs)
			for k := range in {
				in[k] = int64(rows[i*s.Inputs+k])
			}
			for l, layer := range m.Layers {
				out := make([]int64, len(layer.Bias))
				for j := range out {
					z := int64(layer.Bias[j])
					for k := range in {
						z += int64(layer.Weights[j*len(in)+k]) * in[k]
					}
					if bound := int64(s.Bound(l)); z < -bound || z > bound || bound >= 1<<24 {
						t.Fatalf("a sum of layer %d is %d, its bound %d", l, z, bound)
					}
					if l < s.Layers() {
						q, by := z, int64(1)<<s.Shift[l]
						if q %= by; q < 0 {
							q += by
						}
						if z = (z - q) / by; z < 0 {
							z = 0
						} else if z > 127 {
							z = 127
						}
					}
					out[j] = z
				}
				in = out
			}
			if int64(got[i]) != in[0] {
				t.Fatalf("%v: row %d has the score %d, want %d", s, i, got[i], in[0])
			}
		}
		if _, err := m.Evaluate(rows[1:]); err == nil && s.Inputs > 1 {
			t.Fatal("a part of a row is evaluated")
		}
		var apart []graph.Row
		for i := range got {
			apart = append(apart, rows[i*s.Inputs:(i+1)*s.Inputs])
		}
		if one, err := m.Scores(apart); err != nil || !slices.EqualFunc(one, got, func(a graph.Score, b int32) bool { return int32(a) == b }) {
			t.Fatalf("%v: rows by themselves have the scores %v, %v, want %v", s, one, err, got)
		}
		for _, n := range []int{0, s.Inputs - 1, s.Inputs + 1} {
			if _, err := m.Scores(append(apart, make(graph.Row, n))); err == nil {
				t.Fatalf("%v: a row of %d is taken", s, n)
			}
		}
	})
}

// Equal weights in another shape are another model's.
func TestCommitBindsTheShape(t *testing.T) {
	seen := map[graph.Hash]Shape{}
	for _, s := range []Shape{{Inputs: 4, Hidden: [2]int{4}, Shift: [2]uint{6}}, {Inputs: 4, Hidden: [2]int{4}, Shift: [2]uint{7}}, {Inputs: 10, Hidden: [2]int{2}, Shift: [2]uint{6}},
		{Inputs: 4, Hidden: [2]int{4, 1}, Shift: [2]uint{6, 6}}, {Inputs: 4, Hidden: [2]int{4, 1}, Shift: [2]uint{6, 7}}} {
		c, err := Commit(NewModel(s), graph.Hash{}, Salt{})
		if err != nil {
			t.Fatal(err)
		}
		if other, ok := seen[c]; ok {
			t.Errorf("%v and %v have one commitment", s, other)
		}
		seen[c] = s
	}
}

// Rows, widths and places of a weight commitment, from docs/run-proof.md.
func TestWeightLayout(t *testing.T) {
	for _, x := range []struct {
		s    Shape
		want WeightLayout
	}{
		{Provable, WeightLayout{Width: 64, Bias: [2]int{32}, Output: 33, Tail: 34, Rows: 35}},
		{Shape{Inputs: 448, Hidden: [2]int{64}}, WeightLayout{Width: 512, Bias: [2]int{64}, Output: 65, Tail: 66, Rows: 67}},
		{Shape{Inputs: 64, Hidden: [2]int{64, 32}}, WeightLayout{Width: 64, Layer: [2]int{0, 65}, Bias: [2]int{64, 97}, Output: 98, Tail: 99, Rows: 100}},
		{Shape{Inputs: 1, Hidden: [2]int{1}}, WeightLayout{Width: 4, Bias: [2]int{1}, Output: 2, Tail: 3, Rows: 4}},
		{Shape{Inputs: 3, Hidden: [2]int{2, 9}}, WeightLayout{Width: 16, Layer: [2]int{0, 3}, Bias: [2]int{2, 12}, Output: 13, Tail: 14, Rows: 15}},
	} {
		if got := x.s.WeightLayout(); got != x.want {
			t.Errorf("%v: %+v, want %+v", x.s, got, x.want)
		}
	}
}
