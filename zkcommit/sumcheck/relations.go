package sumcheck

// algebra is the verifier's arithmetic, written once. It runs on
//
//   - the messages, with the unit 1: every relation then holds, if the proof is true;
//   - the negated masks, with the unit 0;
//   - the verifier's response, with the unit e, which is e times the first plus the
//     second.
//
// Every constant is multiplied by the unit, so that linear relations stay linear.
type algebra struct {
	p    *public
	y    Vec
	unit F

	linear []F    // each is zero when it holds
	quads  []quad // each holds when Σ a·b = unit·c
	claims []F    // on the committed rows, in the order of public.open
}

type quad struct {
	a, b []F
	c    F
}

func (a *algebra) take(n int) Vec {
	v := a.y[:n:n]
	a.y = a.y[n:]
	return v
}

func (a *algebra) equal(x, y F)      { a.linear = append(a.linear, sub(x, y)) }
func (a *algebra) product(x, y, z F) { a.quads = append(a.quads, quad{[]F{x}, []F{y}, z}) }
func (a *algebra) constant(x F) F    { return mul(a.unit, x) }
func (q *quad) term(weight, x, y F)  { q.a, q.b = append(q.a, mul(weight, x)), append(q.b, y) }
func (a *algebra) claim(values ...F) { a.claims = append(a.claims, values...) }
func mix(low, high, at F) F          { return add(low, mul(at, sub(high, low))) }
func recompose(digits []F, base F) (r F) {
	for i := len(digits) - 1; i >= 0; i-- {
		r = add(mul(r, base), digits[i])
	}
	return r
}

// rounds follows a sumcheck of a product from its claim to the end.
func (a *algebra) rounds(claim F, at []F) F {
	for _, c := range at {
		m := a.take(2)
		claim = quadratic(m[0], sub(sub(claim, m[0]), m[0]), m[1], c)
	}
	return claim
}

// run collects all relations but the last, on the opened row.
func (a *algebra) run() {
	p, l, c := a.p, a.p.l, a.p.c
	trees := l.trees()

	// The sums of fractions of the trees add up to the tables'.
	num, den := make([]F, trees), make([]F, trees)
	var claim F
	for i := range trees {
		m := a.take(3)
		num[i], den[i] = m[0], m[1]
		a.product(m[2], den[i], num[i])
		claim = add(claim, m[2])
	}
	claim = a.rounds(claim, c.table)
	count := a.take(1)[0]
	a.equal(claim, mul(p.tableAt, count))

	leaves := a.fractions(num, den)

	// What is looked up: remainders, pairs of excess and activation, digits.
	layers := l.shape.Layers()
	excess, act, sum := make([]F, layers), make([]F, layers), make([]F, layers)
	for i := range layers {
		m := a.take(2)
		excess[i], act[i] = m[0], m[1]
		pair := a.constant(c.denominator(l.tables[2+2*i].tag, 0, 0))
		a.equal(leaves[i][1], sub(sub(pair, excess[i]), mul(c.beta, act[i])))
		remainder := sub(a.constant(c.denominator(l.tables[1+2*i].tag, 0, 0)), leaves[i][0])
		sum[i] = add(remainder, mul(integer(1<<l.shape.Shift[i]), add(excess[i], act[i])))
	}
	digits := a.take(digitPlaces)
	_, place := p.digitPoint()
	last := leaves[trees-1]
	looked := dots(digits, eqTable(place))
	a.equal(mix(last[0], last[1], c.next[l.n+1]), sub(a.constant(c.denominator(0, 0, 0)), looked))

	// The chain: what the digits hold is what the scores' statement says.
	claim = recompose(digits[:differences], integer(256))
	var top F
	if l.kind == Order {
		top = a.take(1)[0]
		claim = add(claim, mul(c.tau, top))
	}
	claim = a.rounds(sub(claim, a.constant(p.constant)), c.posts)
	m := a.take(2)
	score, bias := m[0], m[1]
	a.equal(claim, mul(p.scoresAt, score))
	claim = a.rounds(sub(score, bias), c.units)
	m = a.take(2)
	use, output := make([]F, layers), m[1]
	use[layers-1] = m[0]
	a.product(use[layers-1], output, claim)

	// The second hidden layer's sums are products of weights and activations; the
	// first one's are opened against the public features.
	var innerBias, inner F
	if layers == 2 {
		innerBias = a.take(1)[0]
		claim = a.rounds(sub(sum[1], innerBias), c.inner[1])
		m = a.take(2)
		use[0], inner = m[0], m[1]
		a.product(use[0], inner, claim)
	}

	for i := range layers {
		a.claim(excess[i], act[i], use[i])
	}
	a.claim(digits...)
	if l.kind == Order {
		a.claim(top)
	}
	a.claim(count, sum[0])
	if layers == 2 {
		a.claim(inner, innerBias)
	}
	a.claim(output, bias)

	// All openings are reduced to one column point.
	claim = recompose(a.claims, c.batch)
	claim = a.rounds(claim, c.column)
	ends := a.take(l.groups)
	a.equal(claim, dots(ends, p.insideAt))
	a.claims = []F{recompose(ends, c.eta)}
}

// fractions follows the trees of fractions from their roots to the leaves: it
// returns the denominators of each tree's two halves of leaves.
func (a *algebra) fractions(num, den []F) (leaves [][2]F) {
	l, c := a.p.l, a.p.c
	leaves = make([][2]F, l.trees())
	for level := range l.levels() {
		lambda := c.lambda[level]
		var claim F
		weight := one
		if level > 0 {
			for i, d := range l.depth {
				if level < d {
					claim = add(claim, mul(weight, add(num[i], mul(lambda, den[i]))))
					weight = mul(weight, mul(lambda, lambda))
				}
			}
			// The point of the level above: its new coordinate, then its point.
			before := append([]F{c.next[level-1]}, c.level[level-1]...)
			for k, r := range c.level[level] {
				m := a.take(2) // t(1) - t(0) and the leading coefficient
				claim = quadratic(sub(claim, mul(before[k], m[0])), m[0], m[1], r)
			}
		}
		q := quad{c: claim}
		weight = one
		for i, d := range l.depth {
			if level >= d {
				continue
			}
			n0, n1 := a.unit, a.unit
			var d0, d1 F
			leaf := level == d-1
			if leaf {
				m := a.take(2)
				d0, d1 = m[0], m[1]
				leaves[i] = [2]F{d0, d1}
			} else {
				m := a.take(4)
				n0, n1, d0, d1 = m[0], m[1], m[2], m[3]
			}
			switch {
			case level == 0:
				a.quads = append(a.quads, quad{[]F{n0, n1}, []F{d1, d0}, num[i]})
				a.product(d0, d1, den[i])
			case leaf: // d0 + d1 + lambda·d0·d1
				q.term(mul(weight, lambda), d0, d1)
				q.c = sub(q.c, mul(weight, add(d0, d1)))
			default: // n0·d1 + d0·(n1 + lambda·d1)
				q.term(weight, n0, d1)
				q.term(weight, d0, add(n1, mul(lambda, d1)))
			}
			num[i], den[i] = mix(n0, n1, c.next[level]), mix(d0, d1, c.next[level])
			weight = mul(weight, mul(lambda, lambda))
		}
		if level > 0 {
			a.quads = append(a.quads, q)
		}
	}
	return leaves
}

// weigh sums with the powers of zeta: the linear relations, the last of them the
// opened row's, and the quadratic ones at the unit.
func (a *algebra) weigh(opened Vec) (linear, quadratic F) {
	a.equal(dots(opened, a.p.column), a.claims[0])
	linear = recompose(a.linear, a.p.c.zeta)
	residues := make([]F, len(a.quads))
	for i, q := range a.quads {
		residues[i] = sub(dots(q.a, q.b), mul(a.unit, q.c))
	}
	return linear, recompose(residues, a.p.c.zeta)
}
