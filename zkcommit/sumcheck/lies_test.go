package sumcheck

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"candor/internal/torture"
	"candor/zkcommit"
)

var (
	shallow = Shape{Inputs: 6, Hidden: [2]int{4}, Shift: [2]uint{8}}
	twofold = Shape{Inputs: 6, Hidden: [2]int{5, 3}, Shift: [2]uint{8, 6}}
)

// liar is a dishonest prover of one statement. It does all that it can to hide
// its lie: only the relations that the lie breaks are to be broken.
type liar struct {
	*world
	r *rand.Rand
	p *prover
	l *layout
	lies
	faithful map[[3]int]func() F // leaves that follow what was committed to
	made     []byte              // the proof that came of it
}

func (w *world) liar(r *rand.Rand) *liar {
	x := &liar{world: w, r: r, l: newLayout(w.s.Kind, w.model.Shape, len(w.s.Posts)), faithful: map[[3]int]func() F{}}
	x.lies.leaf = func(p *prover, tree, half, at int) *F {
		if f, ok := x.faithful[[3]int{tree, half, at}]; ok {
			d := f()
			return &d
		}
		return nil
	}
	return x
}

// tell proves with the lies, and returns the names of the relations that the
// prover's own messages break, and the verifier's answer.
func (x *liar) tell(t testing.TB) (broken []string, err error) {
	t.Helper()
	witness := x.lies.witness
	x.lies.witness = func(p *prover) {
		x.p = p
		if witness != nil {
			witness(p)
		}
	}
	made, err := prove(x.s, x.world.r, x.w, x.lies)
	if err != nil {
		t.Fatalf("the lie could not be told: %v", err)
	}
	a := &algebra{p: x.p.public, y: x.p.y, unit: one}
	a.run()
	linear, quads := relationNames(x.l)
	if len(linear) != len(a.linear) || len(quads) != len(a.quads) {
		t.Fatalf("%d and %d relations, but %d and %d names", len(a.linear), len(a.quads), len(linear), len(quads))
	}
	for i, v := range a.linear {
		if !v.IsZero() {
			broken = append(broken, linear[i])
		}
	}
	for i, q := range a.quads {
		if v := dots(q.a, q.b); !v.Equal(&q.c) {
			broken = append(broken, quads[i])
		}
	}
	x.made = made.encode()
	return broken, Verify(x.s, x.world.r, x.made)
}

func relationNames(l *layout) (linear, quads []string) {
	linear = []string{"counts"}
	for i := range l.shape.Layers() {
		linear = append(linear, fmt.Sprint("pairs ", i))
	}
	linear = append(linear, "digits", "chain", "columns")
	for i := range l.trees() {
		quads = append(quads, fmt.Sprint("sum ", i))
	}
	for i := range l.trees() {
		quads = append(quads, fmt.Sprint("numerator ", i), fmt.Sprint("denominator ", i))
	}
	for i := 1; i < l.levels(); i++ {
		quads = append(quads, fmt.Sprint("level ", i))
	}
	if quads = append(quads, "output"); l.shape.Layers() == 2 {
		quads = append(quads, "inner")
	}
	return linear, quads
}

// cell is a committed number.
func (x *liar) cell(s span, i int) F {
	at := s.row*x.l.width + i
	for _, o := range x.p.v.matrix.odd {
		if o.at == at {
			return o.value
		}
	}
	return integer(int64(x.p.v.matrix.cells[at]))
}

// set commits to any number.
func (x *liar) set(s span, i int, v F) {
	at := s.row*x.l.width + i
	m := &x.p.v.matrix
	m.cells[at] = 0
	m.odd = slices.DeleteFunc(m.odd, func(o oddCell) bool { return o.at == at })
	m.odd = append(m.odd, oddCell{at, v})
}

// sum is the true hidden sum of a cell.
func (x *liar) sum(layer, i int) int64 {
	least, _ := x.l.shape.Quotients(layer)
	return (int64(x.p.v.quotient[layer][i])+int64(least))<<x.l.shape.Shift[layer] + int64(x.p.v.remainder[layer][i])
}

// follow makes a cell's two leaves what they must be, given what is committed.
func (x *liar) follow(layer, i int) {
	z, c := x.sum(layer, i), x.p.c
	x.faithful[[3]int{layer, 0, i}] = func() F {
		q := add(x.cell(x.l.excess[layer], i), x.cell(x.l.act[layer], i))
		r := sub(integer(z), mul(integer(1<<x.l.shape.Shift[layer]), q))
		return sub(c.denominator(x.l.tables[1+2*layer].tag, 0, 0), r)
	}
	x.faithful[[3]int{layer, 1, i}] = func() F {
		d := sub(c.denominator(x.l.tables[2+2*layer].tag, 0, 0), x.cell(x.l.excess[layer], i))
		return sub(d, mul(c.beta, x.cell(x.l.act[layer], i)))
	}
}

// followDigit does the same for a digit.
func (x *liar) followDigit(i int) {
	half := 1 << (x.l.n + 1)
	x.faithful[[3]int{x.l.trees() - 1, i / half, i % half}] = func() F {
		return sub(x.p.c.denominator(0, 0, 0), x.cell(x.l.digits, i))
	}
}

// recount writes digits and multiplicities anew, for scores that have changed.
func (x *liar) recount() {
	v := x.p.v
	clear(v.matrix.cells[x.l.digits.row*x.l.width : x.l.rows*x.l.width])
	d, _ := x.s.differences(v.scores, x.p.bits, scoreBound(x.l.shape))
	v.count(x.l, d)
}

// rescore computes the scores from the committed activations of the last layer,
// small integers all.
func (x *liar) rescore() {
	last := x.l.shape.Layers() - 1
	out := x.model.Layers[last+1]
	for i := range x.p.v.scores {
		s := int32(out.Bias[0])
		for j, w := range out.Weights {
			s += int32(w) * x.p.v.matrix.cells[x.l.act[last].row*x.l.width+i<<x.l.h[last]+j]
		}
		x.p.v.scores[i] = s
	}
	x.recount()
}

// number draws a hostile number: near misses, powers of the base, fractions,
// numbers that wrap, and any.
func (x *liar) number() F {
	fraction := func(d int64) F { v := integer(d); v.Inverse(&v); return v }
	switch x.r.IntN(8) {
	case 0:
		return one
	case 1:
		return integer(-1)
	case 2:
		return integer([]int64{256, -256, 1 << 16, 1 << 24, 1 << 8, -(1 << 12), 128}[x.r.IntN(7)])
	case 3:
		return fraction(int64(2 + x.r.IntN(300)))
	case 4:
		return mul(integer(int64(x.r.IntN(1<<20)-1<<19)), fraction(1<<x.l.shape.Shift[0]))
	case 5:
		return integer(x.r.Int64() - x.r.Int64())
	case 6:
		return sub(fraction(2), integer(int64(x.r.IntN(100))))
	default:
		return randomElement(x.r)
	}
}

// forgery is a way to lie and the relations that it must break, no others. None:
// only the commitments give it away.
type forgery struct {
	name   string
	layers int // 0: any
	make   func(x *liar) (breaks []string)
}

// forgeries lie in each family of the witness and against each relation.
var forgeries = []forgery{
	{"counts: one lookup too many or a fraction", 0, func(x *liar) []string {
		k := x.r.IntN(100)
		x.lies.witness = func(p *prover) { x.set(x.l.count, k, add(x.cell(x.l.count, k), x.number())) }
		return []string{"counts"}
	}},
	{"counts: moved to another entry", 0, func(x *liar) []string {
		x.lies.witness = func(p *prover) {
			d := x.number()
			x.set(x.l.count, 3, add(x.cell(x.l.count, 3), d))
			x.set(x.l.count, 300, sub(x.cell(x.l.count, 300), d))
		}
		return []string{"counts"}
	}},
	{"counts: the sum of a tree moved along", 0, func(x *liar) []string {
		tree, k, d := x.r.IntN(x.l.trees()), x.r.IntN(100), x.number()
		x.lies.witness = func(p *prover) { x.set(x.l.count, k, add(x.cell(x.l.count, k), d)) }
		x.lies.message = func(p *prover, first int, m []F) {
			if first == 3*tree {
				m[2] = add(m[2], mul(d, p.weights[k]))
			}
		}
		return []string{fmt.Sprint("sum ", tree)}
	}},
	{"counts: the numerator of a root moved along", 0, func(x *liar) []string {
		tree, k, d := x.r.IntN(x.l.trees()), x.r.IntN(100), x.number()
		x.lies.witness = func(p *prover) { x.set(x.l.count, k, add(x.cell(x.l.count, k), d)) }
		x.lies.message = func(p *prover, first int, m []F) {
			if first == 3*tree {
				m[2] = add(m[2], mul(d, p.weights[k]))
				m[0] = mul(m[1], m[2])
			}
		}
		return []string{fmt.Sprint("numerator ", tree)}
	}},
	{"counts: the denominator of a root moved along", 0, func(x *liar) []string {
		tree, k, d := x.r.IntN(x.l.trees()), x.r.IntN(100), x.number()
		x.lies.witness = func(p *prover) { x.set(x.l.count, k, add(x.cell(x.l.count, k), d)) }
		x.lies.message = func(p *prover, first int, m []F) {
			if first == 3*tree {
				m[2] = add(m[2], mul(d, p.weights[k]))
				m[1].Inverse(&m[2])
				m[1].Mul(&m[1], &m[0])
			}
		}
		return []string{fmt.Sprint("denominator ", tree)}
	}},
	{"counts: the value told, not the committed one", 0, func(x *liar) []string {
		x.lies.witness = func(p *prover) { x.set(x.l.count, 7, add(x.cell(x.l.count, 7), x.number())) }
		x.lies.message = func(p *prover, first int, m []F) {
			if first == 3*x.l.trees()+2*x.l.tableBits {
				at := dots(p.weights, eqTable(p.c.table))
				claim := integer(0)
				for i := range x.l.trees() {
					claim = add(claim, p.y[3*i+2])
				}
				for i, r := range p.c.table {
					t := p.y[3*x.l.trees()+2*i:]
					claim = quadratic(t[0], sub(sub(claim, t[0]), t[0]), t[1], r)
				}
				at.Inverse(&at)
				m[0] = mul(claim, at)
			}
		}
		return []string{"columns"}
	}},
	{"trees: numerators that cancel above", 0, func(x *liar) []string {
		tree := x.r.IntN(x.l.trees())
		level := 1 + x.r.IntN(x.l.depth[tree]-1)
		d := x.number()
		x.lies.trees = func(p *prover) {
			if level == x.l.depth[tree]-1 {
				p.trees[tree].fill()
			}
			n, den, half := p.trees[tree].num[level], p.trees[tree].den[level], 1<<(level-1)
			n[0] = add(n[0], mul(d, den[0]))
			n[half] = sub(n[half], mul(d, den[half]))
		}
		return []string{fmt.Sprint("level ", level)}
	}},
	{"trees: denominators that cancel above", 0, func(x *liar) []string {
		tree := x.r.IntN(x.l.trees())
		level := 1 + x.r.IntN(x.l.depth[tree]-1)
		d := add(x.number(), integer(7))
		x.lies.trees = func(p *prover) {
			if level == x.l.depth[tree]-1 {
				p.trees[tree].fill()
			}
			n, den, half := p.trees[tree].num[level], p.trees[tree].den[level], 1<<(level-1)
			i := d
			i.Inverse(&d)
			for _, v := range []Vec{n, den} {
				v[0], v[half] = mul(v[0], d), mul(v[half], i)
			}
		}
		return []string{fmt.Sprint("level ", level)}
	}},
	{"activations: another one, the sum kept", 0, func(x *liar) []string {
		layer := x.l.shape.Layers() - 1
		i := x.r.IntN(x.l.posts) << x.l.h[layer]
		x.lies.witness = func(p *prover) {
			cells := p.v.matrix.cells
			e, a := x.l.excess[layer].row*x.l.width+i, x.l.act[layer].row*x.l.width+i
			d := int32(1)
			if cells[a] > 0 {
				d = -1
			}
			cells[e], cells[a] = cells[e]-d, cells[a]+d
			x.rescore()
			x.follow(layer, i)
		}
		return []string{"counts"}
	}},
	{"activations: another one, the true leaf told", 0, func(x *liar) []string {
		layer := x.l.shape.Layers() - 1
		i := x.r.IntN(x.l.posts) << x.l.h[layer]
		x.lies.witness = func(p *prover) {
			cells := p.v.matrix.cells
			e, a := x.l.excess[layer].row*x.l.width+i, x.l.act[layer].row*x.l.width+i
			d := int32(1)
			if cells[a] > 0 {
				d = -1
			}
			cells[e], cells[a] = cells[e]-d, cells[a]+d
			x.rescore()
		}
		return []string{fmt.Sprint("pairs ", layer)}
	}},
	{"activations: a lower layer's, the true leaf told", 2, func(x *liar) []string {
		i := x.r.IntN(x.l.posts) << x.l.h[0]
		d := x.number()
		x.lies.witness = func(p *prover) {
			x.set(x.l.excess[0], i, sub(x.cell(x.l.excess[0], i), d))
			x.set(x.l.act[0], i, add(x.cell(x.l.act[0], i), d))
		}
		return []string{"pairs 0", "inner"} // the layer above saw the true one
	}},
	{"quotients: shifted, the remainder out of its range", 0, func(x *liar) []string {
		layer := x.r.IntN(x.l.shape.Layers())
		i := x.r.IntN(x.l.posts) << x.l.h[layer]
		d := x.number()
		x.lies.witness = func(p *prover) {
			x.set(x.l.excess[layer], i, add(x.cell(x.l.excess[layer], i), d))
			x.follow(layer, i)
		}
		return []string{"counts"}
	}},
	{"quotients: a fraction, the remainder in its range", 0, func(x *liar) []string {
		layer := x.r.IntN(x.l.shape.Layers())
		i := x.r.IntN(x.l.posts) << x.l.h[layer]
		r := int64(x.r.IntN(1 << x.l.shape.Shift[layer]))
		x.lies.witness = func(p *prover) {
			if r == x.sum(layer, i)&(1<<x.l.shape.Shift[layer]-1) {
				r ^= 1
			}
			v := integer(1 << x.l.shape.Shift[layer])
			v.Inverse(&v)
			v = mul(v, integer(x.sum(layer, i)-r))
			x.set(x.l.excess[layer], i, sub(v, x.cell(x.l.act[layer], i)))
			x.follow(layer, i)
		}
		return []string{"counts"}
	}},
	{"remainders: a true one told, the sum wrong", 0, func(x *liar) []string {
		layer := x.r.IntN(x.l.shape.Layers())
		i := x.r.IntN(x.l.posts) << x.l.h[layer]
		x.lies.witness = func(p *prover) {
			p.v.remainder[layer][i] ^= 1 << x.r.IntN(int(x.l.shape.Shift[layer]))
			x.recount()
		}
		if layer == 0 {
			return []string{"columns"}
		}
		return []string{"inner"}
	}},
	{"sums: another cell throughout, as by other weights or biases", 0, func(x *liar) []string {
		layer := x.l.shape.Layers() - 1
		i := x.r.IntN(x.l.posts) << x.l.h[layer]
		x.lies.witness = func(p *prover) {
			least, most := x.l.shape.Quotients(layer)
			q := int32(least + x.r.IntN(most-least+1))
			if old := p.v.quotient[layer][i]; int(old)+least == int(q) {
				q = int32(least)
			}
			p.v.quotient[layer][i] = uint16(int(q) - least)
			p.v.matrix.cells[x.l.excess[layer].row*x.l.width+i] = q - zkcommit.Activate(q)
			p.v.matrix.cells[x.l.act[layer].row*x.l.width+i] = zkcommit.Activate(q)
			x.rescore()
		}
		broken := []string{"columns"}
		if layer == 1 {
			broken = []string{"inner"}
		}
		return append(broken, "may: chain") // where the order is another now
	}},
	{"limbs: out of range, their sum kept", 0, func(x *liar) []string {
		i, d := 4*x.r.IntN(x.l.posts), x.number()
		x.lies.witness = func(p *prover) {
			x.set(x.l.digits, i, add(x.cell(x.l.digits, i), mul(d, integer(256))))
			x.set(x.l.digits, i+1, sub(x.cell(x.l.digits, i+1), d))
			x.followDigit(i)
			x.followDigit(i + 1)
		}
		return []string{"counts"}
	}},
	{"limbs: out of range, true ones told", 0, func(x *liar) []string {
		i, d := 4*x.r.IntN(x.l.posts), x.number()
		x.lies.witness = func(p *prover) {
			for k := i + 1; k < i+3; k++ {
				half, v := 1<<(x.l.n+1), x.cell(x.l.digits, k)
				x.faithful[[3]int{x.l.trees() - 1, k / half, k % half}] = func() F {
					return sub(p.c.denominator(0, 0, 0), v)
				}
			}
			x.set(x.l.digits, i+1, add(x.cell(x.l.digits, i+1), mul(d, integer(256))))
			x.set(x.l.digits, i+2, sub(x.cell(x.l.digits, i+2), d))
		}
		return []string{"digits"}
	}},
	{"limbs: behind the last post", 0, func(x *liar) []string {
		x.lies.witness = func(p *prover) {
			p.v.matrix.cells[x.l.digits.row*x.l.width+4*x.l.posts] = int32(1 + x.r.IntN(255))
			counts := p.v.matrix.cells[x.l.count.row*x.l.width:]
			counts[0]--
			counts[p.v.matrix.cells[x.l.digits.row*x.l.width+4*x.l.posts]]++
		}
		return []string{"chain"}
	}},
	{"ends: the top's digits", 0, func(x *liar) []string {
		i := 4*x.r.IntN(3) + 3
		x.lies.witness = func(p *prover) {
			d := &p.v.matrix.cells[x.l.digits.row*x.l.width+i]
			counts := p.v.matrix.cells[x.l.count.row*x.l.width:]
			counts[*d]--
			*d ^= int32(1 + x.r.IntN(255))
			counts[*d]++
		}
		return []string{"chain"}
	}},
	{"ends: the top told, not the committed one", 0, func(x *liar) []string {
		i := 4*x.r.IntN(3) + 3
		var top F
		x.lies.witness = func(p *prover) {
			top = integer(int64(scoreBound(x.l.shape) - p.v.scores[0]))
			d := &p.v.matrix.cells[x.l.digits.row*x.l.width+i]
			counts := p.v.matrix.cells[x.l.count.row*x.l.width:]
			counts[*d]--
			*d ^= int32(1 + x.r.IntN(255))
			counts[*d]++
		}
		x.lies.message = func(p *prover, first int, m []F) {
			if len(m) == 1 && p.c.lambda != nil && p.c.tau.IsZero() && len(p.c.level) == x.l.levels() {
				m[0] = top
			}
		}
		return []string{"columns"}
	}},
	{"ends: the last post's", 0, func(x *liar) []string {
		i := 4*(x.l.posts-1) + x.r.IntN(3)
		x.lies.witness = func(p *prover) {
			d := &p.v.matrix.cells[x.l.digits.row*x.l.width+i]
			counts := p.v.matrix.cells[x.l.count.row*x.l.width:]
			counts[*d]--
			*d ^= int32(1 + x.r.IntN(255))
			counts[*d]++
		}
		return []string{"chain"}
	}},
	{"scores: an order of one's own, the digits in range", 0, func(x *liar) []string {
		i := x.r.IntN(x.l.posts - 1)
		x.turn(i)
		x.lies.witness = func(p *prover) {
			x.recount() // negative differences are cut to three bytes
		}
		return []string{"chain"}
	}},
	{"scores: an order of one's own, other scores told", 0, func(x *liar) []string {
		i := x.r.IntN(x.l.posts - 1)
		x.turn(i)
		x.lies.witness = func(p *prover) {
			slices.Sort(p.v.scores[:x.l.posts])
			slices.Reverse(p.v.scores[:x.l.posts])
			for k := range p.v.scores[:x.l.posts] { // no ties
				p.v.scores[k] += int32(x.l.posts - k)
			}
			x.recount()
		}
		return []string{"output"}
	}},
	{"scores: an order of one's own, a difference that wraps", 0, func(x *liar) []string {
		i := x.r.IntN(x.l.posts - 1)
		x.turn(i)
		x.lies.witness = func(p *prover) {
			x.recount()
			d := p.v.scores[i] - p.v.scores[i+1] - int32(p.bits[i])
			for k := range 3 {
				x.set(x.l.digits, 4*i+k, F{})
				x.followDigit(4*i + k)
			}
			x.set(x.l.digits, 4*i, integer(int64(d)))
		}
		return []string{"counts"}
	}},
	{"weights: others told for the output", 0, func(x *liar) []string {
		d := add(x.number(), integer(3))
		x.lies.message = func(p *prover, first int, m []F) {
			if len(m) == 2 && p.c.units != nil && p.c.inner[1] == nil && p.c.batch.IsZero() && !x.told("weights") {
				i := d
				i.Inverse(&d)
				m[0], m[1] = mul(m[0], i), mul(m[1], d)
			}
		}
		return []string{"columns"}
	}},
	{"weights: others told for the second layer", 2, func(x *liar) []string {
		d := add(x.number(), integer(3))
		x.lies.message = func(p *prover, first int, m []F) {
			if len(m) == 2 && p.c.inner[1] != nil && p.c.batch.IsZero() {
				i := d
				i.Inverse(&d)
				m[0], m[1] = mul(m[0], i), mul(m[1], d)
			}
		}
		return []string{"columns"}
	}},
	{"biases: another one told", 0, func(x *liar) []string {
		d := x.number()
		x.lies.message = func(p *prover, first int, m []F) {
			if len(m) == 2 && len(p.c.posts) == x.l.n && p.c.units == nil && !x.told("biases") {
				m[1] = add(m[1], d)
			}
		}
		return []string{"output", "columns"}
	}},
	{"columns: other ends that fit", 0, func(x *liar) []string {
		d := x.number()
		x.lies.message = func(p *prover, first int, m []F) {
			if len(m) == x.l.groups && p.c.column != nil {
				p.close()
				m[0], m[1] = add(m[0], mul(d, p.insideAt[1])), sub(m[1], mul(d, p.insideAt[0]))
			}
		}
		return nil
	}},
	{"commitments: a row to other numbers", 0, func(x *liar) []string {
		x.lies.committed = func(p *proof) {
			i := x.r.IntN(len(p.rows))
			p.rows[i].Add(&p.rows[i], &shared.first(64)[x.r.IntN(64)])
		}
		return nil
	}},
	{"commitments: a pad chosen later", 0, func(x *liar) []string {
		x.lies.committed = func(p *proof) { p.pad.Add(&p.pad, &shared.first(64)[x.r.IntN(64)]) }
		return nil
	}},
}

// told reports whether the lie of that name has been told, and notes it.
func (x *liar) told(name string) bool {
	key := [3]int{-1, len(name), 0}
	_, ok := x.faithful[key]
	x.faithful[key] = nil
	return ok
}

// turn swaps two neighbouring posts in the statement, which becomes false.
func (x *liar) turn(i int) {
	s := *x.s
	s.Posts, s.Rows = slices.Clone(s.Posts), slices.Clone(s.Rows)
	d := x.l.shape.Inputs
	s.Posts[i], s.Posts[i+1] = s.Posts[i+1], s.Posts[i]
	a, b := slices.Clone(s.Rows[i*d:(i+1)*d]), slices.Clone(s.Rows[(i+1)*d:(i+2)*d])
	copy(s.Rows[i*d:], b)
	copy(s.Rows[(i+1)*d:], a)
	x.world = &world{x.model, x.w, x.world.r, &s}
}

// distinct is a world whose posts have distinct scores, well apart.
func distinct(t testing.TB, seed uint64, s Shape, n int) *world {
	for ; ; seed++ {
		w := newWorld(t, seed, s, n)
		scores, err := w.model.Evaluate(w.s.Rows)
		if err != nil {
			t.Fatal(err)
		}
		ok := true
		for i := range n - 1 {
			ok = ok && scores[i] > scores[i+1]+300
		}
		if ok {
			return w
		}
	}
}

// Whatever a prover lies about, in whatever way, is refused; and each lie breaks
// the relation that it is aimed at and no other one, so that no other check can
// stand in for the one that catches it.
func TestLyingProvers(t *testing.T) {
	seed := torture.Seed(t)
	each := torture.Count(2, 1000)
	worlds := map[int]*world{1: distinct(t, seed, shallow, 5), 2: distinct(t, seed, twofold, 6)}
	told := 0
	for _, f := range forgeries {
		for i := range each {
			layers := 1 + i%2
			if f.layers != 0 {
				layers = f.layers
			}
			x := worlds[layers].liar(rand.New(rand.NewPCG(seed, uint64(i))))
			want := f.make(x)
			broken, err := x.tell(t)
			told++
			if err == nil {
				t.Errorf("%s, number %d: accepted", f.name, i)
			} else if !errors.Is(err, errRefused) {
				t.Errorf("%s, number %d: not refused as a proof: %v", f.name, i, err)
			}
			if n := len(want); n > 0 && want[n-1][:4] == "may:" {
				may := want[n-1][5:]
				want = want[:n-1]
				broken = slices.DeleteFunc(broken, func(b string) bool { return b == may })
			}
			slices.Sort(broken)
			slices.Sort(want)
			if !slices.Equal(broken, want) {
				t.Errorf("%s, number %d, %d layers: breaks %v, not %v", f.name, i, layers, broken, want)
			}
		}
	}
	torture.Say(t, "%d lies of %d kinds told, none believed", told, len(forgeries))
}

// Every relation has a lie that breaks it alone.
func TestEveryRelationIsNeeded(t *testing.T) {
	seed := torture.Seed(t)
	for layers, s := range []Shape{1: shallow, 2: twofold} {
		if layers == 0 {
			continue
		}
		w := distinct(t, seed, s, 5)
		linear, quads := relationNames(newLayout(Order, s, 5))
		alone := map[string]bool{}
		for i := range 100 * len(forgeries) {
			f := forgeries[i%len(forgeries)]
			if f.layers != 0 && f.layers != layers {
				continue
			}
			x := w.liar(rand.New(rand.NewPCG(seed, uint64(i))))
			if want := f.make(x); len(want) == 1 {
				alone[want[0]] = true
			}
		}
		for _, name := range append(linear, quads...) {
			if !alone[name] && name != "pairs 0" { // of a layer below another, with "inner" only
				t.Errorf("%d layers: no lie breaks %q alone", layers, name)
			}
		}
	}
}

// A prover whose statement is true of other weights than the registered ones.
func TestOtherWeights(t *testing.T) {
	seed := torture.Seed(t)
	r := rand.New(rand.NewPCG(seed, 0))
	w := newWorld(t, seed, twofold, 5)
	for i := range torture.Count(12, 1000) {
		m := &Model{Shape: w.model.Shape}
		for _, l := range w.model.Layers {
			m.Layers = append(m.Layers, Layer{Weights: slices.Clone(l.Weights), Bias: slices.Clone(l.Bias)})
		}
		layer := m.Layers[r.IntN(3)]
		if i%2 == 0 {
			layer.Weights[r.IntN(len(layer.Weights))] += int8(1 + r.IntN(255))
		} else {
			layer.Bias[r.IntN(len(layer.Bias))] += int16(1 + r.IntN(1<<16-1))
		}
		other := &Weights{model: m, schema: schema, id: w.w.id, rows: layOut(m, w.w.mask), mask: w.w.mask, c: w.w.c, packed: pack(m)}
		other.rows.blinds = w.w.rows.blinds
		st := ranked(t, r, m, w.r, w.s.Rows)
		made, err := prove(st, w.r, other, lies{})
		if err != nil {
			t.Fatal(err)
		}
		if err := Verify(st, w.r, made.encode()); err != errRefused {
			t.Errorf("number %d: other weights: %v", i, err)
		}
		if b, err := Prove(st, w.r, other); b != nil || !errors.Is(err, errFault) {
			t.Errorf("number %d: a proof that would be refused is handed out: %v", i, err)
		}
		if _, err := RegisterOpened(other); err == nil {
			t.Errorf("number %d: registered under another's commitment", i)
		}
	}
}

// Ties: of two posts with one score only the newer may come first, and a verdict
// needs a score above the threshold, not at it.
func TestTiesAndThresholds(t *testing.T) {
	seed := torture.Seed(t)
	r := rand.New(rand.NewPCG(seed, 0))
	m := randomModel(r, shallow)
	clear(m.Layers[1].Weights)
	w, reg := register(t, m)
	for i := range torture.Count(6, 1000) {
		st := ranked(t, r, m, reg, randomRows(r, 4, 6))
		k := r.IntN(3)
		st.Posts[k], st.Posts[k+1] = st.Posts[k+1], st.Posts[k]
		if i%2 == 0 {
			st.Kind, st.Threshold, st.Above = Verdict, int32(m.Layers[1].Bias[0]), make([]bool, 4)
			st.Above[k] = true
		}
		x := (&world{m, w, reg, st}).liar(r)
		x.lies.witness = func(p *prover) { x.recount() }
		if broken, err := x.tell(t); err != errRefused || !slices.Equal(broken, []string{"chain"}) {
			t.Errorf("number %d: %v, %v", i, broken, err)
		}
	}
}
