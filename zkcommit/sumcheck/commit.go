package sumcheck

import (
	"errors"
	"sync/atomic"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fp"
)

// matrix is what Hyrax commits to: rows of small integers, one Pedersen vector
// commitment each, Σ entry_k·G_k + blind·H.
type matrix struct {
	width  int
	cells  []int32 // rows × width
	blinds Vec     // one a row
	// odd entries are no small integers. Only lying provers, in tests, have any.
	odd []oddCell
}

type oddCell struct {
	at    int // index into cells, where a zero stands
	value F
}

func (m *matrix) rows() int { return len(m.cells) / m.width }

// lanes is the number of sums that a row is split into, so that one inversion
// serves more additions.
const lanes = 4

// commit returns the rows' commitments. Entries' absolute values are at most
// maxEntry; the width is a multiple of lanes.
func (m *matrix) commit() points {
	digits, blinds := shared.tables(m.width)
	out := make(points, m.rows())
	parallel(len(out), 8, func(lo, hi int) {
		sum := newSums(lanes * (hi - lo))
		sum.blind(blinds, m.blinds[lo:hi])
		for k := range m.width / lanes {
			for d, left := 0, true; left; d++ {
				left = false
				sum.begin()
				for lane := range lanes {
					column := k + lane*m.width/lanes
					multiples := digits[d][column*digitRow : (column+1)*digitRow]
					for r := range hi - lo {
						v := m.cells[(lo+r)*m.width+column]
						for range d {
							v = (v + 128) >> 8
						}
						if v == 0 {
							continue
						}
						digit := (v+128)&255 - 128
						left = left || v != digit
						if digit != 0 {
							sum.add(r*lanes+lane, &multiples[max(digit, -digit)], digit < 0)
						}
					}
				}
				sum.end()
			}
		}
		for half := lanes / 2; half > 0; half /= 2 {
			sum.begin()
			for r := range hi - lo {
				for lane := range half {
					sum.add(r*lanes+lane, &sum.acc[r*lanes+lane+half], false)
				}
			}
			sum.end()
		}
		for r := range hi - lo {
			out[lo+r] = sum.acc[r*lanes]
		}
	})
	for _, o := range m.odd {
		p := multiExp(shared.first(m.width)[o.at%m.width:][:1], Vec{o.value})
		out[o.at/m.width].Add(&out[o.at/m.width], &p)
	}
	return out
}

// combine is Σ weights[i]·row[first+i].
func (m *matrix) combine(first int, weights Vec) Vec {
	v := combine(m.cells[first*m.width:(first+len(weights))*m.width], m.width, weights, 1<<23)
	for _, o := range m.odd {
		if r := o.at/m.width - first; r >= 0 && r < len(weights) {
			v[o.at%m.width] = add(v[o.at%m.width], mul(weights[r], o.value))
		}
	}
	return v
}

// sums adds points to many sums at once, sharing one inversion in each step.
type sums struct {
	acc   points
	which []int32
	point []*point
	minus []bool
	den   []fp.Element
	pre   []fp.Element
}

func newSums(n int) *sums {
	return &sums{acc: make(points, n), which: make([]int32, 0, n), point: make([]*point, 0, n), minus: make([]bool, 0, n),
		den: make([]fp.Element, n), pre: make([]fp.Element, n+1)}
}

// blind adds value·H to the rows' sums, the digits spread over the lanes.
func (s *sums) blind(blinds *[32][256]point, values Vec) {
	bytes := make([][32]byte, len(values))
	for r := range values {
		bytes[r] = values[r].Bytes()
	}
	for d := 0; d < 32; d += lanes {
		s.begin()
		for lane := range lanes {
			for r := range bytes {
				s.add(r*lanes+lane, &blinds[d+lane][bytes[r][31-d-lane]], false)
			}
		}
		s.end()
	}
	clear(bytes)
}

func (s *sums) begin() {
	s.which, s.point, s.minus = s.which[:0], s.point[:0], s.minus[:0]
	s.pre[0].SetOne()
}

// add adds ±p to sum r, at most once between begin and end.
func (s *sums) add(r int, p *point, minus bool) {
	a := &s.acc[r]
	n := len(s.which)
	s.den[n].Sub(&p.X, &a.X)
	if p.IsInfinity() || a.IsInfinity() || s.den[n].IsZero() {
		q := *p
		if minus {
			q.Neg(p)
		}
		a.Add(a, &q)
		return
	}
	s.pre[n+1].Mul(&s.pre[n], &s.den[n])
	s.which, s.point, s.minus = append(s.which, int32(r)), append(s.point, p), append(s.minus, minus)
}

func (s *sums) end() {
	n := len(s.which)
	if n == 0 {
		return
	}
	var inverse, slope, t, x fp.Element
	inverse.Inverse(&s.pre[n])
	for i := n - 1; i >= 0; i-- {
		a, p := &s.acc[s.which[i]], s.point[i]
		slope.Mul(&inverse, &s.pre[i])
		inverse.Mul(&inverse, &s.den[i])
		if s.minus[i] {
			t.Add(&p.Y, &a.Y)
			t.Neg(&t)
		} else {
			t.Sub(&p.Y, &a.Y)
		}
		slope.Mul(&slope, &t)
		x.Square(&slope)
		x.Sub(&x, &a.X)
		x.Sub(&x, &p.X)
		t.Sub(&a.X, &x)
		t.Mul(&t, &slope)
		a.Y.Sub(&t, &a.Y)
		a.X = x
	}
}

func multiExp(p points, v Vec) (sum point) {
	if _, err := sum.MultiExp(p, v, ecc.MultiExpConfig{}); err != nil {
		panic(err) // only lengths that differ fail
	}
	return sum
}

// pedersen is Σ v_k·G_k + blind·H.
func pedersen(v Vec, blind F) (out point) {
	_, blinds := shared.tables(0)
	sum := fixed(v)
	b := blind.Bytes()
	for d := range blinds {
		sum.AddMixed(&blinds[d][b[31-d]])
	}
	out.FromJacobian(&sum)
	return out
}

const pointSize = bn254.SizeOfG1AffineCompressed

var errPoint = errors.New("a commitment is no point of the curve in canonical form")

// parsePoint reads a compressed point in its only spelling; the neutral element,
// which no honest prover sends, is refused.
func parsePoint(p *point, b []byte) error {
	if flags := b[0] >> 6; flags != 2 && flags != 3 {
		return errPoint
	}
	if n, err := p.SetBytes(b[:pointSize]); err != nil || n != pointSize || p.IsInfinity() {
		return errPoint
	}
	if p.Bytes() != [pointSize]byte(b[:pointSize]) {
		return errPoint
	}
	return nil
}

// parsePoints reads len(out) points.
func parsePoints(out points, b []byte) error {
	var bad atomic.Bool
	parallel(len(out), 32, func(lo, hi int) {
		for i := lo; i < hi && !bad.Load(); i++ {
			if parsePoint(&out[i], b[i*pointSize:]) != nil {
				bad.Store(true)
			}
		}
	})
	if bad.Load() {
		return errPoint
	}
	return nil
}

func appendPoints(b []byte, p ...point) []byte {
	for i := range p {
		x := p[i].Bytes()
		b = append(b, x[:]...)
	}
	return b
}
