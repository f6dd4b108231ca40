package sumcheck

import (
	"errors"
	"sync/atomic"

	"candor/zkcommit"
)

// public is what verifier and prover compute from the statement and the
// challenges alone. Its parts are filled in the order in which challenges come.
type public struct {
	l    *layout
	s    *Statement
	r    *RegisteredModel
	bits []byte
	c    *coins

	denominators Vec // of the tables' entries
	weights      Vec // their inverses, zeros behind the last
	tableAt      F   // weights at the table's point

	scores   Vec // weight of each score in the chain
	constant F
	scoresAt F // scores at the posts' point

	openings []opening
	column   Vec // eq at the column point
	insideAt Vec // each opening's inside at the column point
}

// opening is a claim on committed rows: Σ_row weight(row)·<row, inside>. Rows of
// the weight commitment come behind the run's own.
type opening struct {
	parts  []part
	inside Vec
}

type part struct {
	first   int
	weights Vec
}

// denominator is gamma - delta·tag - v - beta·pair, in which a table's entry or
// a value that is looked up stands.
func (c *coins) denominator(tag, v, pair int64) F {
	d := sub(c.gamma, mul(c.delta, integer(tag)))
	return sub(sub(d, integer(v)), mul(c.beta, integer(pair)))
}

var errUnlucky = errors.New("a challenge fell on one of the few values that the protocol cannot use")

// tables fills denominators and weights once gamma, beta and delta are known.
func (p *public) tables() error {
	l := p.l
	last := l.tables[len(l.tables)-1]
	p.denominators = make(Vec, last.start+last.size)
	p.weights = make(Vec, 1<<l.tableBits)
	var zero atomic.Bool
	for _, t := range l.tables {
		base := p.c.denominator(t.tag, 0, 0)
		var steps [clamp + 1]F // of the activation
		for a := range steps {
			steps[a] = mul(p.c.beta, integer(int64(a)))
		}
		parallel(t.size, 1024, func(lo, hi int) {
			first := t.start + lo
			out := p.denominators[first : t.start+hi]
			v, last := integer(int64(t.first+lo)), int32(0) // the entry, and its activation
			if t.pairs {
				last = zkcommit.Activate(int32(t.first + lo))
				v = integer(int64(t.first + lo - int(last)))
			}
			for i := range out {
				if out[i].Sub(&base, &v); t.pairs {
					out[i].Sub(&out[i], &steps[last])
				}
				if out[i].IsZero() {
					zero.Store(true)
				}
				// The next quotient has the same activation, or the same excess.
				if next := zkcommit.Activate(int32(t.first + lo + i + 1)); !t.pairs || next == last {
					v.Add(&v, &one)
				} else {
					last = next
				}
			}
			copy(p.weights[first:], out)
			inverses(p.weights[first : t.start+hi])
		})
	}
	if zero.Load() {
		return errUnlucky
	}
	return nil
}

// rowPoint is where the polynomials of hidden layer i are opened by the lookups.
func (p *public) rowPoint(i int) []F { return p.c.level[p.l.depth[i]-1] }

// digitPoint is where the digits are opened: a point of the posts, then one of
// the four places.
func (p *public) digitPoint() (posts, place []F) {
	d := p.l.n + 2
	full := append([]F{p.c.next[d-1]}, p.c.level[d-1]...)
	return full[:p.l.n], full[p.l.n:]
}

// chain fills the weights of the scores once the digits' point and tau are known.
func (p *public) chain() {
	posts, _ := p.digitPoint()
	bound := scoreBound(p.l.shape)
	p.scores, p.constant = p.s.weighted(eqTable(posts), p.bits, bound)
	if p.l.kind == Order {
		p.scores[0].Sub(&p.scores[0], &p.c.tau)
		p.constant = add(p.constant, mul(p.c.tau, integer(int64(bound))))
	}
}

// features is Σ_i eq(posts, i)·row_i of the public features.
func (p *public) features(posts []F) Vec {
	return combine(p.s.Rows, p.l.shape.Inputs, eqTable(posts)[:p.l.posts], 128)
}

// open fills the openings once batch is known. Claims are numbered in the order
// of algebra.claims, and the claim of number k has the weight batch^k.
func (p *public) open() {
	l, c := p.l, p.c
	weight := one
	next := func() F {
		w := weight
		weight.Mul(&weight, &c.batch)
		return w
	}
	scaled := func(v Vec, w F) Vec {
		out := make(Vec, len(v))
		out.ScalarMul(v, &w)
		return out
	}
	push := func(inside Vec, parts ...part) { p.openings = append(p.openings, opening{parts, inside}) }
	last := l.shape.Layers() - 1
	for i := range l.shape.Layers() {
		row, inside := l.split(p.rowPoint(i))
		push(inside, part{l.excess[i].row, scaled(row, next())}, part{l.act[i].row, scaled(row, next())})
		row, inside = l.split(p.usePoint(i))
		push(inside, part{l.act[i].row, scaled(row, next())})
	}
	posts, _ := p.digitPoint()
	k := min(l.n, log2(l.width)-2)
	row, at := eqTable(posts[:l.n-k]), eqTable(posts[l.n-k:])
	inside := make(Vec, digitPlaces*len(at))
	for s := range digitPlaces {
		w := next()
		for i := range at {
			inside[i*digitPlaces+s] = mul(w, at[i])
		}
	}
	push(inside, part{l.digits.row, row})
	if l.kind == Order {
		top := make(Vec, digitPlaces*differences)
		for d, w := range powers(integer(256), differences) {
			top[digitPlaces*d+digitPlaces-1] = w
		}
		push(top, part{l.digits.row, Vec{next()}})
	}
	row, inside = l.split(c.table)
	push(inside, part{l.count.row, scaled(row, next())})
	for i := range l.shape.Layers() {
		at := p.rowPoint(i)
		units := eqTable(at[l.n:])[:l.shape.Hidden[i]]
		w := next()
		if i == 0 {
			push(p.features(at[:l.n]), part{l.rows + l.w.Layer[i], scaled(units, w)})
		} else {
			push(eqTable(c.inner[i])[:l.shape.Width(i)], part{l.rows + l.w.Layer[i], scaled(units, w)})
			w = next()
		}
		push(units, part{l.rows + l.w.Bias[i], Vec{w}})
	}
	push(eqTable(c.units)[:l.shape.Hidden[last]], part{l.rows + l.w.Output, Vec{next()}})
	push(Vec{one}, part{l.rows + l.w.Tail, Vec{next()}})
}

// usePoint is where the activations of hidden layer i are opened by the layer
// that reads them.
func (p *public) usePoint(i int) []F {
	posts, units := p.c.posts, p.c.units
	if i+1 < p.l.shape.Layers() {
		posts, units = p.rowPoint(i + 1)[:p.l.n], p.c.inner[i+1]
	}
	return append(append([]F{}, posts...), units...)
}

// close fills what the column point fixes.
func (p *public) close() {
	if p.column != nil { // the prover has been here
		return
	}
	p.tableAt = p.weights.InnerProduct(eqTable(p.c.table))
	p.scoresAt = p.scores.InnerProduct(eqTable(p.c.posts))
	p.column = eqTable(p.c.column)
	p.insideAt = make(Vec, len(p.openings))
	for g, o := range p.openings {
		at := p.column[:len(o.inside)]
		p.insideAt[g] = at.InnerProduct(o.inside)
	}
}

// rowWeights is the weight of every row, the weight commitment's behind the run's,
// in the one opening that eta folds all into.
func (p *public) rowWeights() Vec {
	w := make(Vec, p.l.rows+p.l.w.Rows)
	for g, eta := range powers(p.c.eta, len(p.openings)) {
		for _, part := range p.openings[g].parts {
			at := w[part.first : part.first+len(part.weights)]
			scaled := make(Vec, len(at))
			scaled.ScalarMul(part.weights, &eta)
			at.Add(at, scaled)
		}
	}
	return w
}
