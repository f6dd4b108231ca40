package reference

import (
	"math/rand/v2"
	"testing"
)

// Products of all shapes are those of one sum after the other, on every bit: blocks of rows
// and columns, whole and cut off, change nothing.
func TestProductsAreSumsInOrder(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	some := func(n int) []float32 {
		f := make([]float32, n)
		for i := range f {
			f[i] = float32(r.NormFloat64()) * float32(int(1)<<r.IntN(20))
		}
		return f
	}
	for _, rows := range []int{1, 3, 4, 5, 9} {
		for _, n := range []int{1, 7, 255, 256, 257, 600} {
			for _, k := range []int{1, 2, 65} {
				a, b, got := some(rows*k), some(k*n), make([]float32, rows*n)
				multiply(got, a, b, n, k)
				for i := range rows {
					for j := range n {
						sum := 0.
						for x := range k {
							sum += float64(float64(a[i*k+x]) * float64(b[x*n+j]))
						}
						if got[i*n+j] != float32(sum) {
							t.Fatalf("%d rows of %d by %d: place %d, %d is %g, not %g", rows, k, n, i, j, got[i*n+j], float32(sum))
						}
					}
				}
			}
		}
	}
}
