package sumcheck

import "candor/zkcommit"

// witness is what the prover commits to, and what the lookups read of it.
type witness struct {
	scores    []int32     // of the padded posts
	remainder [2][]uint16 // z mod 2^Shift, a cell each
	quotient  [2][]uint16 // (z >> Shift) - least
	matrix    matrix
}

// pack lays the hidden weights out for two units a multiplication: the pair
// (w, v) as w + v·2^32.
func pack(m *zkcommit.Model) (p packed) {
	for l := range m.Shape.Layers() {
		in, layer := m.Shape.Width(l), m.Layers[l]
		units := m.Shape.Hidden[l]
		p.pairs[l] = make([]int64, (units+1)/2*in)
		for j := range units {
			for k, v := range layer.Weights[j*in : (j+1)*in] {
				p.pairs[l][j/2*in+k] += int64(v) << (32 * (j & 1))
			}
		}
	}
	for _, v := range m.Layers[m.Shape.Layers()].Weights {
		p.output = append(p.output, int32(v))
	}
	return p
}

// dot is Σ x·pair: two sums of products, the second above the first's 32 bits.
func dot(x []int8, pairs []int64) (a, b int32) {
	pairs = pairs[:len(x)]
	var s, t int64
	k := 0
	for ; k+3 < len(x); k += 4 {
		s += int64(x[k])*pairs[k] + int64(x[k+1])*pairs[k+1]
		t += int64(x[k+2])*pairs[k+2] + int64(x[k+3])*pairs[k+3]
	}
	for ; k < len(x); k++ {
		s += int64(x[k]) * pairs[k]
	}
	s += t
	a = int32(s)
	return a, int32((s - int64(a)) >> 32)
}

// evaluate runs the model on the padded rows and writes everything that the
// proof commits to but the digits and multiplicities.
func (l *layout) evaluate(w *Weights, rows []int8) *witness {
	v := &witness{scores: make([]int32, 1<<l.n), matrix: matrix{width: l.width, cells: make([]int32, l.rows*l.width)}}
	cells := v.matrix.cells
	for i := range l.shape.Layers() {
		v.remainder[i] = make([]uint16, 1<<(l.n+l.h[i]))
		v.quotient[i] = make([]uint16, 1<<(l.n+l.h[i]))
	}
	padding := make([]int8, l.shape.Inputs)
	last := l.shape.Layers()
	parallel(1<<l.n, 8, func(lo, hi int) {
		var hidden [zkcommit.MaxHidden]int8
		for i := lo; i < hi; i++ {
			x := padding
			if i < l.posts {
				x = rows[i*l.shape.Inputs : (i+1)*l.shape.Inputs]
			}
			for k := range last {
				units, in, shift := l.shape.Hidden[k], len(x), l.shape.Shift[k]
				least, _ := l.shape.Quotients(k)
				from := i << l.h[k]
				excess := cells[l.excess[k].row*l.width+from:]
				act := cells[l.act[k].row*l.width+from:]
				bias := w.model.Layers[k].Bias
				for j := 0; j < 1<<l.h[k]; j += 2 {
					var z [2]int32
					if j < units {
						z[0], z[1] = dot(x, w.pairs[k][j/2*in:])
						z[0] += int32(bias[j])
						if j+1 < units {
							z[1] += int32(bias[j+1])
						}
					}
					for b := range min(2, 1<<l.h[k]) {
						q := z[b] >> shift
						a := zkcommit.Activate(q)
						excess[j+b], act[j+b] = q-a, a
						v.remainder[k][from+j+b] = uint16(z[b] & (1<<shift - 1))
						v.quotient[k][from+j+b] = uint16(int(q) - least)
						if j+b < units {
							hidden[j+b] = int8(a)
						}
					}
				}
				x = append(x[:0:0], hidden[:units]...)
			}
			s := int32(w.model.Layers[last].Bias[0])
			for j, a := range x {
				s += int32(a) * w.output[j]
			}
			v.scores[i] = s
		}
	})
	return v
}

// count writes the digits of the differences and counts all lookups.
func (v *witness) count(l *layout, d []int32) {
	digits := v.matrix.cells[l.digits.row*l.width:][:1<<l.digits.bits]
	for i, x := range d[:l.posts] {
		for k := range differences {
			digits[i*digitPlaces+k] = x >> (8 * k) & 255
		}
	}
	if l.kind == Order {
		for k := range differences {
			digits[k*digitPlaces+digitPlaces-1] = d[l.posts] >> (8 * k) & 255
		}
	}
	counts := v.matrix.cells[l.count.row*l.width:]
	for _, x := range digits {
		counts[uint8(x)]++
	}
	for i := range l.shape.Layers() {
		remainders, quotients := counts[l.tables[1+2*i].start:], counts[l.tables[2+2*i].start:]
		for _, x := range v.remainder[i] {
			remainders[x]++
		}
		for _, x := range v.quotient[i] {
			quotients[x]++
		}
	}
}
