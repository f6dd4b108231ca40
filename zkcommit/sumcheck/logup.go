package sumcheck

import "sync"

// tree is a sum of fractions 1/leaf, added in pairs up to the root: node x of a
// level has the children x and x + half of the level below. The leaves and the
// level above them, most of the memory, are made again when their turn comes.
type tree struct {
	depth    int
	num, den []Vec // of the levels 0 … depth-1, the last empty until it is filled
	// leaf writes the leaves lo … of one half.
	leaf  func(half, lo int, out Vec)
	spare [2]Vec // the level taken apart last
}

const block = 512 // elements that stay in the nearest caches

// blocks calls f on ranges of at most a block that cover 0 … n.
func blocks(n int, f func(lo, hi int, tmp *[4]Vec)) {
	parallel(n, block, func(lo, hi int) {
		var tmp [4]Vec
		for i := range tmp {
			tmp[i] = make(Vec, block)
		}
		for s := lo; s < hi; s += block {
			f(s, min(s+block, hi), &tmp)
		}
	})
}

func newTree(depth int, leaf func(half, lo int, out Vec)) *tree {
	t := &tree{depth: depth, num: make([]Vec, depth), den: make([]Vec, depth), leaf: leaf}
	for level := depth - 2; level >= 0; level-- {
		half := 1 << level
		num, den := make(Vec, half), make(Vec, half)
		t.num[level], t.den[level] = num, den
		blocks(half, func(lo, hi int, tmp *[4]Vec) {
			var n0, d0, n1, d1 Vec
			if level == depth-2 {
				n0, d0, n1, d1 = tmp[0][:hi-lo], tmp[1][:hi-lo], tmp[2][:hi-lo], tmp[3][:hi-lo]
				x := num[lo:hi]
				t.pairs(lo, n0, d0, x)
				t.pairs(half+lo, n1, d1, x)
			} else {
				cn, cd := t.num[level+1], t.den[level+1]
				n0, d0, n1, d1 = cn[lo:hi], cd[lo:hi], cn[half+lo:half+hi], cd[half+lo:half+hi]
			}
			n, d, x := num[lo:hi], den[lo:hi], tmp[0][:hi-lo]
			d.Mul(d0, d1)
			n.Mul(n0, d1)
			x.Mul(n1, d0)
			n.Add(n, x)
		})
	}
	return t
}

// pairs writes the nodes lo … above the leaves; x is any memory.
func (t *tree) pairs(lo int, num, den, x Vec) {
	t.leaf(0, lo, num)
	t.leaf(1, lo, x)
	den.Mul(num, x)
	num.Add(num, x)
}

// fill makes the level above the leaves.
func (t *tree) fill() {
	level := t.depth - 1
	num, den := make(Vec, 1<<level), make(Vec, 1<<level)
	t.num[level], t.den[level] = num, den
	blocks(len(num), func(lo, hi int, tmp *[4]Vec) { t.pairs(lo, num[lo:hi], den[lo:hi], tmp[0][:hi-lo]) })
}

// level is one tree's share of a level's sumcheck: Σ eq·(a·b + c·d), or, at the
// leaves, Σ eq·(a·b - 1/lambda²)·lambda, all times the weight.
type level struct {
	a, b, c, d Vec
	leaf       bool
	weight     F
}

// split takes the children apart, in place: nobody reads them again.
func (t *tree) split(depth int, lambda, inverse F) *level {
	half := 1 << depth
	if depth == t.depth-1 {
		v := &level{a: t.spare[0], b: t.spare[1], leaf: true} // as long as the leaves' halves
		parallel(half, block, func(lo, hi int) {
			t.leaf(0, lo, v.a[lo:hi])
			t.leaf(1, lo, v.b[lo:hi])
			for x := lo; x < hi; x++ {
				v.a[x].Add(&v.a[x], &inverse)
				v.b[x].Add(&v.b[x], &inverse)
			}
		})
		return v
	}
	if depth == t.depth-2 && t.num[depth+1] == nil {
		t.fill()
	}
	n, d := t.num[depth+1], t.den[depth+1]
	t.num[depth+1], t.den[depth+1] = nil, nil
	t.spare = [2]Vec{n, d}
	v := &level{a: n[:half], b: d[half:], c: d[:half], d: n[half:]}
	blocks(half, func(lo, hi int, tmp *[4]Vec) {
		x, to := tmp[0][:hi-lo], v.d[lo:hi]
		x.ScalarMul(v.b[lo:hi], &lambda)
		to.Add(to, x)
	})
	return v
}

// ends are the children's values at the bound point: numerators, denominators.
func (v *level) ends(lambda, inverse F) [4]F {
	if v.leaf {
		return [4]F{one, one, sub(v.a[0], inverse), sub(v.b[0], inverse)}
	}
	return [4]F{v.a[0], sub(v.d[0], mul(lambda, v.b[0])), v.c[0], v.b[0]}
}

// round is t(1) and the leading coefficient of the round's polynomial t; upper
// halves are replaced by the differences.
func (v *level) round(eq Vec, half int, lambda, inverse F) (at1, lead F) {
	var mu sync.Mutex
	parallel(half, block, func(lo, hi int) {
		t, u := make(Vec, block), make(Vec, block)
		var one, top F
		for s := lo; s < hi; s += block {
			e := min(s+block, hi)
			t, u, q := t[:e-s], u[:e-s], eq[s:e]
			a, b := v.a[half+s:half+e], v.b[half+s:half+e]
			t.Mul(a, b)
			a.Sub(a, v.a[s:e])
			b.Sub(b, v.b[s:e])
			if !v.leaf {
				c, d := v.c[half+s:half+e], v.d[half+s:half+e]
				u.Mul(c, d)
				t.Add(t, u)
				c.Sub(c, v.c[s:e])
				d.Sub(d, v.d[s:e])
			}
			x := t.InnerProduct(q)
			one.Add(&one, &x)
			t.Mul(a, b)
			if !v.leaf {
				u.Mul(v.c[half+s:half+e], v.d[half+s:half+e])
				t.Add(t, u)
			}
			x = t.InnerProduct(q)
			top.Add(&top, &x)
		}
		mu.Lock()
		at1.Add(&at1, &one)
		lead.Add(&lead, &top)
		mu.Unlock()
	})
	if v.leaf {
		at1 = sub(mul(at1, lambda), inverse)
		lead = mul(lead, lambda)
	}
	return mul(at1, v.weight), mul(lead, v.weight)
}

func (v *level) bind(c F, half int) {
	parallel(half, block, func(lo, hi int) {
		for s := lo; s < hi; s += block {
			e := min(s+block, hi)
			for _, w := range []Vec{v.a, v.b, v.c, v.d} {
				if w == nil {
					continue
				}
				low, diff := w[s:e], w[half+s:half+e]
				diff.ScalarMul(diff, &c)
				low.Add(low, diff)
			}
		}
	})
}

// fractions proves the trees level by level, from the roots to the leaves, all
// trees of a level under one sumcheck.
func (p *prover) fractions(trees []*tree) error {
	num, den := make([]F, len(trees)), make([]F, len(trees))
	for i, t := range trees {
		num[i], den[i] = t.num[0][0], t.den[0][0]
	}
	c := p.c
	for depth := range p.l.levels() {
		var lambda, inverse F
		if depth > 0 {
			lambda = p.t.challenge("lambda")
			if lambda.IsZero() {
				return errUnlucky
			}
			inverse.Inverse(&lambda)
		}
		c.lambda = append(c.lambda, lambda)
		var active []*level
		var which []int
		var claim F
		weight := one
		for i, t := range trees {
			if depth < t.depth {
				v := t.split(depth, lambda, inverse)
				v.weight = weight
				active, which = append(active, v), append(which, i)
				claim = add(claim, mul(weight, add(num[i], mul(lambda, den[i]))))
				weight = mul(weight, mul(lambda, lambda))
			}
		}
		at, err := p.level(active, depth, claim, lambda, inverse)
		if err != nil {
			return err
		}
		c.level = append(c.level, at)
		ends := make([][4]F, len(active))
		for k, v := range active {
			e := v.ends(lambda, inverse)
			if ends[k] = e; v.leaf {
				p.send(e[2:]...)
			} else {
				p.send(e[:]...)
			}
		}
		s := p.t.challenge("next")
		c.next = append(c.next, s)
		for k, i := range which {
			num[i], den[i] = mix(ends[k][0], ends[k][1], s), mix(ends[k][2], ends[k][3], s)
		}
	}
	return nil
}

// level runs the sumcheck of one level and returns its point.
func (p *prover) level(active []*level, depth int, claim, lambda, inverse F) ([]F, error) {
	if depth == 0 {
		return nil, nil
	}
	before := append([]F{p.c.next[depth-1]}, p.c.level[depth-1]...)
	scale := make(Vec, depth) // 1 / (1 - w)
	for k, w := range before {
		if scale[k] = sub(one, w); scale[k].IsZero() {
			return nil, errUnlucky
		}
	}
	inverses(scale)
	eq := eqTable(before[1:])
	at := make([]F, depth)
	for k := range depth {
		half := 1 << (depth - 1 - k)
		if k > 0 {
			low := eq[:half]
			low.Add(low, eq[half:2*half])
		}
		var at1, lead F
		for _, v := range active {
			x, y := v.round(eq, half, lambda, inverse)
			at1, lead = add(at1, x), add(lead, y)
		}
		at0 := mul(sub(claim, mul(before[k], at1)), scale[k])
		d := sub(at1, at0)
		p.send(d, lead)
		at[k] = p.t.challenge("round")
		claim = quadratic(at0, d, lead, at[k])
		for _, v := range active {
			v.bind(at[k], half)
		}
	}
	return at, nil
}
