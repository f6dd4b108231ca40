package sumcheck

import (
	"github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fp"
)

// shiftCount is the number of base-256 digits of a scalar.
const shiftCount = 32

// shifted returns 256^j·G_k at 32k + j, for the first n generators: 2 KiB each.
func (s *generators) shifted(n int) points {
	s.mu.Lock()
	defer s.mu.Unlock()
	g := s.grow(n)
	if have := len(s.shifts) / shiftCount; have < n {
		more := make([]bn254.G1Jac, (n-have)*shiftCount)
		parallel(n-have, 4, func(lo, hi int) {
			for i := lo; i < hi; i++ {
				row := more[i*shiftCount : (i+1)*shiftCount]
				row[0].FromAffine(&g[have+i])
				for j := 1; j < shiftCount; j++ {
					row[j] = row[j-1]
					for range 8 {
						row[j].DoubleAssign()
					}
				}
			}
		})
		s.shifts = append(s.shifts, bn254.BatchJacobianToAffineG1(more)...)
	}
	return s.shifts[: n*shiftCount : n*shiftCount]
}

// prepared reports whether the first n generators have been shifted already.
func (s *generators) prepared(n int) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.shifts) >= n*shiftCount
}

// fixed is Σ v_k·G_k by the shifted generators: all digits go into one set of
// buckets, whose points are added in pairs, sharing inversions.
func fixed(v Vec) (sum bn254.G1Jac) {
	shifts := shared.shifted(len(v))
	const parts = 2
	var half [parts]bn254.G1Jac
	var tasks []func()
	for p := range parts {
		lo, hi := p*len(v)/parts, (p+1)*len(v)/parts
		tasks = append(tasks, func() { half[p] = buckets(v[lo:hi], shifts[lo*shiftCount:]) })
	}
	together(tasks...)
	sum.Set(&half[0])
	sum.AddAssign(&half[1])
	return sum
}

const bucketCount = 129 // absolute values of a signed digit

func buckets(v Vec, shifts points) (sum bn254.G1Jac) {
	// Signed digits, and how many there are of each size.
	digits := make([]int16, len(v)*shiftCount)
	var size, at [bucketCount]int
	for k := range v {
		b := v[k].Bytes()
		carry := int16(0)
		for j := range shiftCount {
			d := int16(b[31-j]) + carry
			carry = 0
			if d > 128 {
				d, carry = d-256, 1
			}
			digits[k*shiftCount+j] = d
			size[max(d, -d)]++
		}
	}
	for b := 2; b < bucketCount; b++ {
		at[b] = at[b-1] + size[b-1]
	}
	all := make(points, len(digits)-size[0])
	next := at
	for i, d := range digits {
		switch {
		case d > 0:
			all[next[d]] = shifts[i]
			next[d]++
		case d < 0:
			all[next[-d]].Neg(&shifts[i])
			next[-d]++
		}
	}
	clear(digits)
	inverse, before := make([]fp.Element, len(all)/2+1), make([]fp.Element, len(all)/2+2)
	for more := true; more; {
		more = false
		n := 0
		before[0].SetOne()
		for b := 1; b < bucketCount; b++ {
			for i := at[b]; i+1 < at[b]+size[b]; i += 2 {
				d := &inverse[n]
				if d.Sub(&all[i+1].X, &all[i].X); d.IsZero() || all[i].IsInfinity() || all[i+1].IsInfinity() {
					d.SetOne()
				}
				before[n+1].Mul(&before[n], d)
				n++
			}
		}
		if n == 0 {
			break
		}
		var rest fp.Element
		rest.Inverse(&before[n])
		for i := n - 1; i >= 0; i-- {
			var x fp.Element
			x.Mul(&rest, &before[i])
			rest.Mul(&rest, &inverse[i])
			inverse[i] = x
		}
		n = 0
		for b := 1; b < bucketCount; b++ {
			to := at[b]
			for i := at[b]; i+1 < at[b]+size[b]; i += 2 {
				join(&all[to], &all[i], &all[i+1], &inverse[n])
				n++
				to++
			}
			if size[b]%2 == 1 {
				all[to] = all[at[b]+size[b]-1]
				to++
			}
			size[b] = to - at[b]
			more = more || size[b] > 1
		}
	}
	var run bn254.G1Jac
	for b := bucketCount - 1; b > 0; b-- {
		if size[b] > 0 {
			run.AddMixed(&all[at[b]])
		}
		sum.AddAssign(&run)
	}
	return sum
}

// join is r = p + q, given the inverse of their x coordinates' difference.
func join(r, p, q *point, inverse *fp.Element) {
	var d fp.Element
	if d.Sub(&q.X, &p.X); d.IsZero() || p.IsInfinity() || q.IsInfinity() {
		var sum point
		sum.Add(p, q)
		*r = sum
		return
	}
	var slope, x, y fp.Element
	slope.Sub(&q.Y, &p.Y)
	slope.Mul(&slope, inverse)
	x.Square(&slope)
	x.Sub(&x, &p.X)
	x.Sub(&x, &q.X)
	y.Sub(&p.X, &x)
	y.Mul(&y, &slope)
	r.Y.Sub(&y, &p.Y)
	r.X = x
}
