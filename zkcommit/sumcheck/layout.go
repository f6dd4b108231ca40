package sumcheck

import "candor/zkcommit"

// digits of a difference: three bytes hold any below 2^24, and twice the largest
// score is below that. The fourth place of the posts 0, 1 and 2 holds the top's.
const (
	digitPlaces = 4
	differences = 3
)

// table is one lookup table: the entries (first + i, activation) of a layer's
// quotients, or 0 … size-1.
type table struct {
	tag   int64
	start int // of its multiplicities
	size  int
	first int  // least quotient
	pairs bool // a layer's quotients
}

// span is a polynomial's place among the rows.
type span struct{ row, rows, bits int }

// layout is all that the public sizes fix: where things stand, how many messages
// there are. It depends on kind, shape and number of posts only.
type layout struct {
	kind  Kind
	shape zkcommit.Shape
	posts int

	n      int    // bits of the padded posts
	h      [2]int // bits of the padded hidden units
	w      zkcommit.WeightLayout
	width  int // entries a row, a power of two
	tables []table

	tableBits int
	excess    [2]span // quotient minus activation
	act       [2]span
	digits    span
	count     span // multiplicities
	rows      int

	depth    []int // of each tree: the layers', then the digits'
	groups   int   // of openings
	messages int   // scalars that the prover sends
	steps    []int // in portions of so many
}

func newLayout(kind Kind, shape zkcommit.Shape, posts int) *layout {
	l := &layout{kind: kind, shape: shape, posts: posts, n: postBits(posts), w: shape.WeightLayout()}
	l.addTable(table{size: 256})
	for i := range shape.Layers() {
		l.h[i] = log2(shape.Hidden[i])
		l.depth = append(l.depth, l.n+l.h[i]+1)
		lo, hi := shape.Quotients(i)
		l.addTable(table{size: 1 << shape.Shift[i]})
		l.addTable(table{size: hi - lo + 1, first: lo, pairs: true})
	}
	l.depth = append(l.depth, l.n+2)
	last := l.tables[len(l.tables)-1]
	l.tableBits = log2(last.start + last.size)

	total := 1<<(l.n+2) + 1<<l.tableBits
	for i := range shape.Layers() {
		total += 2 << (l.n + l.h[i])
	}
	for l.width = max(64, l.w.Width); l.width < maxRow && l.width*l.width < total; {
		l.width *= 2
	}
	for i := range shape.Layers() {
		l.excess[i] = l.place(l.n + l.h[i])
		l.act[i] = l.place(l.n + l.h[i])
	}
	l.digits = l.place(l.n + 2)
	l.count = l.place(l.tableBits)

	l.groups = 4*shape.Layers() + 4 // a layer's two points, weights, biases; digits, count, output, its bias
	if kind == Order {
		l.groups++
	}
	l.replay(newTranscript(), func(n int) {
		l.messages += n
		l.steps = append(l.steps, n)
	})
	return l
}

func (l *layout) addTable(t table) {
	if n := len(l.tables); n > 0 {
		last := l.tables[n-1]
		t.start, t.tag = last.start+last.size, int64(n)
	}
	l.tables = append(l.tables, t)
}

// place gives the next rows to a polynomial of so many variables.
func (l *layout) place(bits int) span {
	s := span{row: l.rows, rows: max(1, 1<<bits/l.width), bits: bits}
	l.rows += s.rows
	return s
}

// trees is their number; all but the last belong to hidden layers.
func (l *layout) trees() int { return len(l.depth) }

// levels is the depth of the deepest tree.
func (l *layout) levels() (m int) {
	for _, d := range l.depth {
		m = max(m, d)
	}
	return m
}

// split is eq at the point in two parts: over a polynomial's rows and inside one.
func (l *layout) split(p []F) (row, inside Vec) {
	k := max(0, len(p)-log2(l.width))
	return eqTable(p[:k]), eqTable(p[k:])
}

// coins are the challenges of one proof, in the order of drawing.
type coins struct {
	gamma, beta, delta F
	table              []F   // point of the table's sumcheck
	lambda             []F   // a level
	level              [][]F // the level's point, without its new first coordinate
	next               []F   // that coordinate
	tau                F
	posts, units       []F    // points of the scores' sumchecks
	inner              [2][]F // point of the layer below, for layer 2 only
	batch              F
	column             []F
	eta                F
	zeta               F
}

// replay draws the challenges; next absorbs the next n messages.
func (l *layout) replay(t *transcript, next func(n int)) *coins {
	c := &coins{}
	c.gamma, c.beta, c.delta = t.challenge("gamma"), t.challenge("beta"), t.challenge("delta")
	rounds := func(n int) []F {
		p := make([]F, n)
		for i := range p {
			next(2)
			p[i] = t.challenge("round")
		}
		return p
	}
	for range l.trees() {
		next(3)
	}
	c.table = rounds(l.tableBits)
	next(1)
	for level := range l.levels() {
		c.lambda = append(c.lambda, F{})
		if level > 0 {
			c.lambda[level] = t.challenge("lambda")
		}
		c.level = append(c.level, rounds(level))
		for _, d := range l.depth {
			if level == d-1 {
				next(2)
			} else if level < d {
				next(4)
			}
		}
		c.next = append(c.next, t.challenge("next"))
	}
	for range l.shape.Layers() {
		next(2)
	}
	next(digitPlaces)
	if l.kind == Order {
		next(1)
	}
	c.tau = t.challenge("tau")
	c.posts = rounds(l.n)
	next(2)
	last := l.shape.Layers() - 1
	c.units = rounds(l.h[last])
	next(2)
	if last == 1 {
		next(1)
		c.inner[1] = rounds(l.h[0])
		next(2)
	}
	c.batch = t.challenge("batch")
	c.column = rounds(log2(l.width))
	next(l.groups)
	c.eta = t.challenge("eta")
	c.zeta = t.challenge("zeta")
	return c
}
