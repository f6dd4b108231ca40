package sumcheck

import (
	"errors"
	"fmt"
)

// ErrFalse is the answer to a statement that is not true of the model.
var ErrFalse = errors.New("the model's scores do not bear out the statement")

// prover is one proof in the making.
type prover struct {
	*public
	t *transcript
	w *Weights
	v *witness

	y   Vec // the messages
	pad Vec // their one-time pad, committed before the first of them
	out Vec // the messages under the pad

	trees []*tree
	lies  lies
}

// lies are what a dishonest prover does. Only tests have any.
type lies struct {
	witness   func(*prover)                            // before anything is committed
	secrets   func(*secrets)                           // to the masks that were drawn
	committed func(*proof)                             // to the commitments themselves
	sigma     func(*proof)                             // to the sigma protocol's first move
	leaf      func(p *prover, tree, half, at int) *F   // another denominator than the witness's
	trees     func(*prover)                            // to their nodes
	scores    func(p *prover, scores Vec)              // to the scores of the padded posts
	message   func(p *prover, first int, messages []F) // before they are sent
}

// secrets is all the randomness of one proof, drawn from one stream.
type secrets struct {
	rows          Vec // the rows' blinds
	pad, mask     Vec // of the messages: the pad, and the sigma protocol's mask
	padBlind      F
	maskBlind     F
	opened        Vec // the sigma protocol's mask of the opened row
	openedBlind   F
	square, cross F // blinds of the two quadratic remainders
}

func (l *layout) draw(m *masks) *secrets {
	return &secrets{
		rows: m.vector(l.rows), pad: m.vector(l.messages), mask: m.vector(l.messages),
		padBlind: m.element(), maskBlind: m.element(),
		opened: m.vector(l.width), openedBlind: m.element(),
		square: m.element(), cross: m.element(),
	}
}

// wipe forgets what would open the proof.
func (s *secrets) wipe() {
	for _, v := range []Vec{s.rows, s.pad, s.mask, s.opened} {
		clear(v)
	}
	for _, x := range []*F{&s.padBlind, &s.maskBlind, &s.openedBlind, &s.square, &s.cross} {
		x.SetZero()
	}
}

// Prove makes the proof of the statement, checks it as a verifier would, and
// returns its canonical bytes. The weights must be those that were registered.
// It answers ErrFalse, and nothing more, when the statement is not true, and
// ErrNothing for a run of no post.
func Prove(s *Statement, r *RegisteredModel, w *Weights) (proof []byte, err error) {
	defer recovered(&err)
	if err := s.check(r); err != nil {
		return nil, err
	}
	if err := w.opens(r); err != nil {
		return nil, err
	}
	made, err := prove(s, r, w, lies{})
	if err != nil {
		return nil, err
	}
	proof = made.encode()
	if err := Verify(s, r, proof); err != nil {
		return nil, fmt.Errorf("%w: a proof of one's own is refused", errFault)
	}
	return proof, nil
}

// opens refuses weights that are not under the registered model.
func (w *Weights) opens(r *RegisteredModel) error {
	if w == nil || w.model == nil || w.model.Shape != r.shape || w.id != r.id || len(w.c) != len(r.c) {
		return errors.New("these are not the registered model's weights")
	}
	for i := range w.c {
		if !w.c[i].Equal(&r.c[i]) {
			return errors.New("these are not the registered model's weights")
		}
	}
	return nil
}

// prove is Prove without the checks around it.
func prove(s *Statement, r *RegisteredModel, w *Weights, lies lies) (*proof, error) {
	l := newLayout(s.Kind, r.shape, len(s.Posts))
	p := &prover{public: &public{l: l, s: s, r: r, bits: s.bits(), c: &coins{}}, t: newTranscript(), w: w, lies: lies}
	s.begin(p.t, r, p.bits)

	p.v = l.evaluate(w, s.Rows)
	d, bad := s.differences(p.v.scores, p.bits, scoreBound(r.shape))
	if bad >= 0 && lies.witness == nil {
		return nil, ErrFalse
	}
	p.v.count(l, d)

	stream, err := newMasks("proof", p.t.state[:], w.model.Bytes(), w.secrets())
	if err != nil {
		return nil, err
	}
	secret := l.draw(stream)
	stream.wipe()
	defer secret.wipe()
	if lies.secrets != nil {
		lies.secrets(secret)
	}
	if lies.witness != nil {
		lies.witness(p)
	}

	out := &proof{}
	p.v.matrix.blinds, p.pad = secret.rows, secret.pad
	together(
		func() { out.rows = p.v.matrix.commit() },
		func() {
			out.pad = pedersen(secret.pad, secret.padBlind)
			out.maskPad = pedersen(secret.mask, secret.maskBlind)
			out.maskOpened = pedersen(secret.opened, secret.openedBlind)
		},
	)
	if lies.committed != nil {
		lies.committed(out)
	}
	out.commitments(p.t)
	if err := p.interact(); err != nil {
		return nil, err
	}
	out.messages = p.out

	// One row stands for all that was opened.
	opened, openedBlind := p.opened(secret)
	p.c.zeta = p.t.challenge("zeta")

	square, cross, linear := p.remainders(secret)
	out.square, out.cross, out.linear = pedersen(Vec{square}, secret.square), pedersen(Vec{cross}, secret.cross), linear
	if lies.sigma != nil {
		lies.sigma(out)
	}
	e := out.challenge(p.t)

	answer := func(mask, value Vec) Vec {
		z := make(Vec, len(mask))
		z.ScalarMul(value, &e)
		z.Add(z, mask)
		return z
	}
	out.answers = answer(secret.mask, secret.pad)
	out.opened = answer(secret.opened, opened)
	out.blinds = [3]F{
		add(secret.maskBlind, mul(e, secret.padBlind)),
		add(secret.openedBlind, mul(e, openedBlind)),
		add(secret.square, mul(e, secret.cross)),
	}
	return out, nil
}

// send gives the verifier messages under the pad.
func (p *prover) send(v ...F) {
	n := len(p.y)
	if p.lies.message != nil {
		p.lies.message(p, n, v)
	}
	p.y = append(p.y, v...)
	masked := make(Vec, len(v))
	masked.Add(v, p.pad[n:n+len(v)])
	p.out = append(p.out, masked...)
	p.t.elements("message", masked...)
}

// interact is the protocol up to the last message.
func (p *prover) interact() error {
	c, l := p.c, p.l
	c.gamma, c.beta, c.delta = p.t.challenge("gamma"), p.t.challenge("beta"), p.t.challenge("delta")
	if err := p.tables(); err != nil {
		return err
	}
	p.plant()
	sums := make(Vec, len(p.trees))
	for i, t := range p.trees {
		sums[i] = t.den[0][0]
		if sums[i].IsZero() {
			return errUnlucky
		}
	}
	inverses(sums)
	for i, t := range p.trees {
		p.send(t.num[0][0], t.den[0][0], mul(sums[i], t.num[0][0]))
	}

	counts := make(Vec, 1<<l.tableBits)
	for i, x := range p.v.matrix.cells[l.count.row*l.width:][:len(counts)] {
		if x != 0 { // most of a small run's are
			counts[i] = integer(int64(x))
		}
	}
	for _, o := range p.v.matrix.odd {
		if i := o.at - l.count.row*l.width; i >= 0 && i < len(counts) {
			counts[i] = o.value
		}
	}
	weights := append(Vec{}, p.weights...)
	c.table = p.products(counts, weights)
	p.send(counts[0])

	if err := p.fractions(p.trees); err != nil {
		return err
	}
	p.trees = nil

	for i := range l.shape.Layers() {
		p.send(p.at(l.excess[i], p.rowPoint(i)), p.at(l.act[i], p.rowPoint(i)))
	}
	digits, top := p.digitsAt()
	p.send(digits...)
	if l.kind == Order {
		p.send(top)
	}
	c.tau = p.t.challenge("tau")

	p.scoreSums()
	p.layerSums()
	c.batch = p.t.challenge("batch")
	p.open()
	p.columns()
	c.eta = p.t.challenge("eta")
	return nil
}

// plant builds the trees of what is looked up.
func (p *prover) plant() {
	l, v := p.l, p.v
	for i := range l.shape.Layers() {
		remainders, quotients := p.denominators[l.tables[1+2*i].start:], p.denominators[l.tables[2+2*i].start:]
		p.tree(func(half, lo int, out Vec) {
			if half == 0 {
				for k, x := range v.remainder[i][lo : lo+len(out)] {
					out[k] = remainders[x]
				}
			} else {
				for k, x := range v.quotient[i][lo : lo+len(out)] {
					out[k] = quotients[x]
				}
			}
		})
	}
	digits := v.matrix.cells[l.digits.row*l.width:][:1<<l.digits.bits]
	p.tree(func(half, lo int, out Vec) {
		from := half*len(digits)/2 + lo
		for k, x := range digits[from : from+len(out)] {
			out[k] = p.denominators[uint8(x)]
		}
	})
	if p.lies.trees != nil {
		p.lies.trees(p)
	}
}

func (p *prover) tree(leaf func(half, lo int, out Vec)) {
	if n := len(p.trees); p.lies.leaf != nil {
		honest := leaf
		leaf = func(half, lo int, out Vec) {
			honest(half, lo, out)
			for k := range out {
				if d := p.lies.leaf(p, n, half, lo+k); d != nil {
					out[k] = *d
				}
			}
		}
	}
	p.trees = append(p.trees, newTree(p.l.depth[len(p.trees)], leaf))
}

// products proves Σ a·b, round by round, and returns the point; a and b end as
// their values there.
func (p *prover) products(a, b Vec) (at []F) {
	for half := len(a) / 2; half >= 1; half /= 2 {
		low, diff := a[:half], a[half:2*half]
		low2, diff2 := b[:half], b[half:2*half]
		t0 := low.InnerProduct(low2)
		diff.Sub(diff, low)
		diff2.Sub(diff2, low2)
		p.send(t0, diff.InnerProduct(diff2))
		c := p.t.challenge("round")
		fold(a, half, &c)
		fold(b, half, &c)
		at = append(at, c)
	}
	return at
}

// at evaluates a committed polynomial.
func (p *prover) at(s span, at []F) F {
	row, inside := p.l.split(at)
	v := p.v.matrix.combine(s.row, row)
	return inside.InnerProduct(v[:len(inside)])
}

// digitsAt evaluates the four places of the digits at the posts' point, and
// recomposes the top's.
func (p *prover) digitsAt() (places []F, top F) {
	posts, _ := p.digitPoint()
	k := min(p.l.n, log2(p.l.width)-2)
	v := p.v.matrix.combine(p.l.digits.row, eqTable(posts[:p.l.n-k]))
	places = make([]F, digitPlaces)
	for i, w := range eqTable(posts[p.l.n-k:]) {
		for s := range places {
			places[s] = add(places[s], mul(w, v[i*digitPlaces+s]))
		}
	}
	row := p.v.matrix.combine(p.l.digits.row, Vec{one})
	return places, recompose([]F{row[3], row[7], row[11]}, integer(256))
}

// scoreSums proves the chain of scores, and the scores from the last hidden layer.
func (p *prover) scoreSums() {
	l, c := p.l, p.c
	p.chain()
	last := l.shape.Layers() - 1
	scores := make(Vec, 1<<l.n)
	for i, s := range p.v.scores {
		scores[i] = integer(int64(s))
	}
	if p.lies.scores != nil {
		p.lies.scores(p, scores)
	}
	c.posts = p.products(append(Vec{}, p.scores...), scores)
	p.send(scores[0], p.weightRow(l.w.Tail)[0])
	act := p.unitsAt(last, c.posts)
	weights := make(Vec, 1<<l.h[last])
	copy(weights, p.weightRow(l.w.Output)[:l.shape.Hidden[last]])
	c.units = p.products(act, weights)
	p.send(act[0], weights[0])
}

// layerSums proves the second hidden layer's sums from the first one's activations.
func (p *prover) layerSums() {
	l, c := p.l, p.c
	if l.shape.Layers() == 1 {
		return
	}
	at := p.rowPoint(1)
	units := eqTable(at[l.n:])[:l.shape.Hidden[1]]
	biases := p.weightRow(l.w.Bias[1])[:len(units)]
	p.send(biases.InnerProduct(units))
	act := p.unitsAt(0, at[:l.n])
	weights := make(Vec, 1<<l.h[0])
	copy(weights, p.w.rows.combine(l.w.Layer[1], units)[:l.shape.Hidden[0]])
	c.inner[1] = p.products(act, weights)
	p.send(act[0], weights[0])
}

func (p *prover) weightRow(i int) Vec { return p.w.rows.combine(i, Vec{one}) }

// unitsAt is Σ_i eq(posts, i)·activation(i, j) for all units j of hidden layer k.
func (p *prover) unitsAt(k int, posts []F) Vec {
	l, span := p.l, p.l.act[k]
	width := 1 << l.h[k]
	perRow := log2(l.width) - l.h[k]
	cut := max(0, l.n-perRow)
	v := p.v.matrix.combine(span.row, eqTable(posts[:cut]))
	out := make(Vec, width)
	tmp := make(Vec, width)
	for i, w := range eqTable(posts[cut:]) {
		tmp.ScalarMul(v[i*width:(i+1)*width], &w)
		out.Add(out, tmp)
	}
	return out
}

// columns reduces all openings to one column point.
func (p *prover) columns() {
	l, c := p.l, p.c
	n := len(p.openings)
	rows, inside := make([]Vec, n), make([]Vec, n)
	for g, o := range p.openings {
		rows[g] = make(Vec, l.width)
		for _, part := range o.parts {
			rows[g].Add(rows[g], p.combine(part))
		}
		inside[g] = make(Vec, l.width)
		copy(inside[g], o.inside)
	}
	for half := l.width / 2; half >= 1; half /= 2 {
		var at0, lead F
		for g := range n {
			low, diff := rows[g][:half], rows[g][half:2*half]
			low2, diff2 := inside[g][:half], inside[g][half:2*half]
			at0 = add(at0, low.InnerProduct(low2))
			diff.Sub(diff, low)
			diff2.Sub(diff2, low2)
			lead = add(lead, diff.InnerProduct(diff2))
		}
		p.send(at0, lead)
		r := p.t.challenge("round")
		c.column = append(c.column, r)
		for g := range n {
			fold(rows[g], half, &r)
			fold(inside[g], half, &r)
		}
	}
	ends := make([]F, n)
	for g := range n {
		ends[g] = rows[g][0]
	}
	p.send(ends...)
}

// combine is a part's weighted sum of rows, the run's or the weights'.
func (p *prover) combine(part part) Vec {
	if part.first < p.l.rows {
		return p.v.matrix.combine(part.first, part.weights)
	}
	v := p.w.rows.combine(part.first-p.l.rows, part.weights)
	return append(v, make(Vec, p.l.width-len(v))...)
}

// opened is the row that eta folds all openings into, and its blind.
func (p *prover) opened(secret *secrets) (Vec, F) {
	weights := p.rowWeights()
	own, theirs := weights[:p.l.rows], weights[p.l.rows:]
	row := p.v.matrix.combine(0, own)
	low := row[:p.l.w.Width]
	low.Add(low, p.w.rows.combine(0, theirs))
	return row, add(own.InnerProduct(secret.rows), theirs.InnerProduct(p.w.rows.blinds))
}

// remainders are what the algebra leaves on the masks: in the quadratic relations
// the terms without e and with it, and in the linear ones the constant.
func (p *prover) remainders(secret *secrets) (square, cross, linear F) {
	p.close()
	real := &algebra{p: p.public, y: p.y, unit: one}
	real.run()
	minus := make(Vec, len(secret.mask))
	minus.Sub(minus, secret.mask)
	mask := &algebra{p: p.public, y: minus}
	mask.run()
	squares, crosses := make([]F, len(mask.quads)), make([]F, len(mask.quads))
	for i, m := range mask.quads {
		q := real.quads[i]
		squares[i] = dots(m.a, m.b)
		crosses[i] = sub(add(dots(m.a, q.b), dots(q.a, m.b)), m.c)
	}
	linear, _ = mask.weigh(secret.opened)
	return recompose(squares, p.c.zeta), recompose(crosses, p.c.zeta), linear
}
