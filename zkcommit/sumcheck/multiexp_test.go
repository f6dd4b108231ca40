package sumcheck

import (
	"math/rand/v2"
	"testing"

	"candor/internal/torture"
)

// The house's own sums of points agree with the library's.
func TestSumsOfPointsAgree(t *testing.T) {
	r := rand.New(rand.NewPCG(torture.Seed(t), 0))
	special := []F{{}, one, integer(-1), integer(128), integer(-128), integer(129), integer(255), integer(256), integer(1 << 30)}
	for i := range torture.Count(12, 1000) {
		v := make(Vec, 1+r.IntN(70))
		for k := range v {
			if v[k] = randomElement(r); i%2 == 0 || r.IntN(4) == 0 {
				v[k] = special[r.IntN(len(special))]
			}
		}
		blind := randomElement(r)
		h := shared.blind()
		want := multiExp(append(append(points{}, shared.first(len(v))...), h), append(append(Vec{}, v...), blind))
		if got := pedersen(v, blind); !got.Equal(&want) {
			t.Fatalf("a commitment to %d numbers is another than the library's", len(v))
		}
	}
	// Rows of small integers, both ends of each digit among them.
	small := []int32{0, 1, -1, 127, 128, -128, -129, 255, 256, 32767, -32768, 1 << 16, maxEntry, -maxEntry}
	for range torture.Count(6, 500) {
		m := matrix{width: 8, cells: make([]int32, 8*(1+r.IntN(40)))}
		for k := range m.cells {
			m.cells[k] = small[r.IntN(len(small))]
		}
		m.blinds = make(Vec, m.rows())
		for k := range m.blinds {
			if m.blinds[k] = randomElement(r); r.IntN(4) == 0 {
				m.blinds[k] = special[r.IntN(len(special))]
			}
		}
		for i, got := range m.commit() {
			v := make(Vec, 8)
			for k := range v {
				v[k] = integer(int64(m.cells[8*i+k]))
			}
			if want := pedersen(v, m.blinds[i]); !got.Equal(&want) {
				t.Fatalf("row %d, %v, is committed to as another", i, m.cells[8*i:8*i+8])
			}
		}
	}
}

// Sums without reduction agree with those that reduce at each step.
func TestCombine(t *testing.T) {
	r := rand.New(rand.NewPCG(torture.Seed(t), 0))
	for range torture.Count(20, 1000) {
		width, n := 1+r.IntN(5), 1+r.IntN(300)
		rows, weights := make([]int32, n*width), make(Vec, n)
		for i := range rows {
			rows[i] = int32(r.IntN(1<<24) - 1<<23)
		}
		for i := range weights {
			weights[i] = randomElement(r)
			switch r.IntN(4) {
			case 0:
				weights[i] = integer(-1)
			case 1:
				weights[i] = F{}
			}
		}
		got := combine(rows, width, weights, 1<<23)
		for k := range width {
			var want F
			for i := range weights {
				want = add(want, mul(weights[i], integer(int64(rows[i*width+k]))))
			}
			if !got[k].Equal(&want) {
				t.Fatalf("column %d of %d rows is another", k, n)
			}
		}
	}
	// The largest sum there can be.
	largest := F{}
	largest.SetInt64(-1)
	weights, rows := make(Vec, 8192), make([]int32, 8192)
	for i := range weights {
		weights[i], rows[i] = largest, 1<<23-1
	}
	want := mul(integer(8192*(1<<23-1)), largest)
	if got := combine(rows, 1, weights, 1<<23); !got[0].Equal(&want) {
		t.Error("the largest sum is another")
	}
}
