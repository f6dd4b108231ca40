package sumcheck

import (
	"math/bits"
	"runtime"
	"sync"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
)

// F is an element of the scalar field of BN254, Vec a vector of them.
type (
	F   = fr.Element
	Vec = fr.Vector
)

var one = fr.One()

func integer(x int64) (r F) { r.SetInt64(x); return }
func add(a, b F) (r F)      { r.Add(&a, &b); return }
func sub(a, b F) (r F)      { r.Sub(&a, &b); return }
func mul(a, b F) (r F)      { r.Mul(&a, &b); return }

// log2 is the number of bits that count to n, so the padded size is 1 << log2(n).
func log2(n int) int { return bits.Len(uint(n - 1)) }

// dots is the inner product.
func dots(a, b Vec) F { return a.InnerProduct(b) }

// eqTable is eq(point, x) for all x; the point's first coordinate is the top bit.
func eqTable(point []F) Vec {
	t := make(Vec, 1<<len(point))
	t[0] = one
	for i, size := len(point)-1, 1; i >= 0; i, size = i-1, 2*size {
		low, high := t[:size], t[size:2*size]
		high.ScalarMul(low, &point[i])
		low.Sub(low, high)
	}
	return t
}

// powers is 1, x, x², … of length n.
func powers(x F, n int) Vec {
	v := make(Vec, n)
	for i := range v {
		v[i] = one
		if i > 0 {
			v[i].Mul(&v[i-1], &x)
		}
	}
	return v
}

// quadratic evaluates at c the polynomial t0 + (d - inf)·X + inf·X².
func quadratic(t0, d, inf, c F) F {
	return add(t0, mul(c, add(sub(d, inf), mul(c, inf))))
}

// fold binds the top variable of v to c; v's upper half holds the differences.
func fold(v Vec, half int, c *F) {
	for s := 0; s < half; s += block {
		e := min(s+block, half)
		low, diff := v[s:e], v[half+s:half+e]
		diff.ScalarMul(diff, c)
		low.Add(low, diff)
	}
}

// wide is an unreduced sum of products: 320 bits, least limb first.
type wide [5]uint64

// add adds w·x on the raw limbs of w. These have 254 bits, so that 2^40 such sums
// fit when x is below 2^24.
func (a *wide) add(w *F, x uint64) {
	h0, l0 := bits.Mul64(w[0], x)
	h1, l1 := bits.Mul64(w[1], x)
	h2, l2 := bits.Mul64(w[2], x)
	h3, l3 := bits.Mul64(w[3], x)
	var c uint64
	l1, c = bits.Add64(l1, h0, 0)
	l2, c = bits.Add64(l2, h1, c)
	l3, c = bits.Add64(l3, h2, c)
	h3 += c
	a[0], c = bits.Add64(a[0], l0, 0)
	a[1], c = bits.Add64(a[1], l1, c)
	a[2], c = bits.Add64(a[2], l2, c)
	a[3], c = bits.Add64(a[3], l3, c)
	a[4] += h3 + c
}

func (a *wide) merge(b *wide) {
	var c uint64
	for i := range a {
		a[i], c = bits.Add64(a[i], b[i], c)
	}
}

// reduce is the sum in the field. Raw limbs are in Montgomery form, of which 2^256
// is the one: the top limb h stands for the field's integer h.
func (a *wide) reduce() F {
	m := modulus
	low := F{a[0], a[1], a[2], a[3]}
	for {
		var t F
		var borrow uint64
		for i := range t {
			t[i], borrow = bits.Sub64(low[i], m[i], borrow)
		}
		if borrow != 0 {
			break
		}
		low = t
	}
	var high F
	high.SetUint64(a[4])
	return add(low, high)
}

// modulus is the field's, least limb first.
var modulus = func() (m [4]uint64) {
	for i, w := range fr.Modulus().Bits() {
		m[i*bits.UintSize/64] |= uint64(w) << (i * bits.UintSize % 64)
	}
	return
}()

// combine returns Σ weights[i]·rows[i·width : (i+1)·width] for entries whose
// absolute value is below offset (at most 2^23).
func combine[T int8 | int32](rows []T, width int, weights Vec, offset int64) Vec {
	sums := make([]wide, width)
	var mu sync.Mutex
	parallel(len(weights), 4, func(lo, hi int) {
		part := make([]wide, width)
		for i := lo; i < hi; i++ {
			w := &weights[i]
			if w.IsZero() {
				continue
			}
			row := rows[i*width : (i+1)*width]
			for k, x := range row {
				part[k].add(w, uint64(int64(x)+offset))
			}
		}
		mu.Lock()
		for k := range sums {
			sums[k].merge(&part[k])
		}
		mu.Unlock()
	})
	total := weights.Sum()
	total = mul(total, integer(offset))
	out := make(Vec, width)
	for k := range out {
		out[k] = sub(sums[k].reduce(), total)
	}
	return out
}

// parallel calls f on ranges that cover 0 … n, each of at least least elements,
// on as many cores as there are. A panic in any of them is the caller's panic.
func parallel(n, least int, f func(lo, hi int)) {
	parts := min(runtime.GOMAXPROCS(0), n/max(least, 1))
	if parts < 2 {
		f(0, n)
		return
	}
	var tasks []func()
	for p := range parts {
		tasks = append(tasks, func() { f(p*n/parts, (p+1)*n/parts) })
	}
	together(tasks...)
}

// together runs the tasks side by side. A panic in any of them is the caller's.
func together(tasks ...func()) {
	var wg sync.WaitGroup
	faults := make([]any, len(tasks))
	for i, task := range tasks[1:] {
		wg.Go(func() {
			defer func() { faults[i+1] = recover() }()
			task()
		})
	}
	func() {
		defer func() { faults[0] = recover() }()
		tasks[0]()
	}()
	wg.Wait()
	for _, fault := range faults {
		if fault != nil {
			panic(fault)
		}
	}
}

// inverses replaces every element, none of them zero, by its inverse.
func inverses(v Vec) { copy(v, fr.BatchInvert(v)) }
