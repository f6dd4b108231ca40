package sumcheck

import (
	"errors"
	"fmt"
	"slices"

	"github.com/consensys/gnark-crypto/ecc/bn254"
)

var errRefused = errors.New("the proof does not prove this statement of this model")

// Verify checks that the proof proves the statement for the registered model. It
// reads hostile bytes: nil means proved, any error means not.
func Verify(s *Statement, r *RegisteredModel, proof []byte) (err error) {
	defer recovered(&err)
	e, err := equation(newTranscript(), s, r, proof)
	if err != nil {
		return err
	}
	return e.check()
}

// Claim is one proof of a batch.
type Claim struct {
	Statement *Statement
	Model     *RegisteredModel
	Proof     []byte
}

// VerifyBatch checks many proofs with one multi-exponentiation. When one is
// refused, it says which.
func VerifyBatch(claims []Claim) (err error) {
	defer recovered(&err)
	if len(claims) == 0 {
		return nil
	}
	parts := make([]*equations, len(claims))
	bad := make([]error, len(claims))
	parallel(len(claims), 1, func(lo, hi int) {
		sum := &equations{}
		for i := lo; i < hi; i++ {
			c := claims[i]
			e, err := equation(newTranscript(), c.Statement, c.Model, c.Proof)
			if err == nil {
				err = sum.add(e)
			}
			bad[i] = err
		}
		parts[lo] = sum
	})
	sum := &equations{}
	for i, err := range bad {
		if err != nil {
			return fmt.Errorf("proof %d: %w", i, err)
		}
		if p := parts[i]; p != nil { // each proof in it is under its own coin
			sum.vector(p.generator, p.blind)
			sum.points, sum.scalars = append(sum.points, p.points...), append(sum.scalars, p.scalars...)
		}
	}
	if sum.check() == nil {
		return nil
	}
	for i, c := range claims {
		if err := Verify(c.Statement, c.Model, c.Proof); err != nil {
			return fmt.Errorf("proof %d: %w", i, err)
		}
	}
	return fmt.Errorf("%w: the batch is refused, but each proof holds", errFault)
}

// equations says that Σ generator·G + blind·H + Σ scalars·points is neutral.
type equations struct {
	generator Vec
	blind     F
	scalars   Vec
	points    points
}

// add adds another one under a fresh coin.
func (e *equations) add(o *equations) error {
	x, err := coin()
	if err != nil {
		return err
	}
	for i := range o.generator {
		o.generator[i].Mul(&o.generator[i], &x)
	}
	e.vector(o.generator, mul(o.blind, x))
	for i := range o.scalars {
		e.term(o.points[i], mul(o.scalars[i], x))
	}
	return nil
}

func (e *equations) vector(v Vec, blind F) {
	if n := len(v) - len(e.generator); n > 0 {
		e.generator = append(e.generator, make(Vec, n)...)
	}
	low := e.generator[:len(v)]
	low.Add(low, v)
	e.blind.Add(&e.blind, &blind)
}

func (e *equations) term(p point, x F) {
	e.points, e.scalars = append(e.points, p), append(e.scalars, x)
}

func (e *equations) check() error {
	all, x := e.points, e.scalars
	var sum bn254.G1Jac
	if shared.prepared(len(e.generator)) { // by a prover: it is faster so
		sum = fixed(e.generator)
	} else {
		all, x = append(slices.Clone(shared.first(len(e.generator))), all...), append(slices.Clone(e.generator), x...)
	}
	rest := multiExp(append([]point{shared.blind()}, all...), append(Vec{e.blind}, x...))
	if sum.AddMixed(&rest); !sum.Z.IsZero() {
		return errRefused
	}
	return nil
}

// equation checks all of the proof but the group's part, which it returns.
func equation(t *transcript, s *Statement, r *RegisteredModel, encoded []byte) (*equations, error) {
	if err := s.check(r); err != nil {
		return nil, err
	}
	l := newLayout(s.Kind, r.shape, len(s.Posts))
	pr, err := l.decode(encoded)
	if err != nil {
		return nil, err
	}
	p := &public{l: l, s: s, r: r, bits: s.bits()}
	s.begin(t, r, p.bits)
	p.c = pr.replay(t, l)
	if err := p.tables(); err != nil {
		return nil, err
	}
	p.chain()
	p.open()
	p.close()
	e := pr.challenge(t)

	// e·message - answer is e·(what was sent) - mask.
	y := make(Vec, l.messages)
	y.ScalarMul(pr.messages, &e)
	y.Sub(y, pr.answers)
	a := &algebra{p: p, y: y, unit: e}
	a.run()
	linear, quadratic := a.weigh(pr.opened)
	if !linear.Equal(&pr.linear) {
		return nil, errRefused
	}

	// Three group equations under the verifier's own coins.
	var coins [2]F
	for i := range coins {
		if coins[i], err = coin(); err != nil {
			return nil, err
		}
	}
	eq := &equations{}
	with := func(coin F, v Vec, blind F, mask point, value *point) {
		scaled := make(Vec, len(v))
		scaled.ScalarMul(v, &coin)
		eq.vector(scaled, mul(coin, blind))
		minus := sub(F{}, coin)
		eq.term(mask, minus)
		if value != nil {
			eq.term(*value, mul(minus, e))
		}
	}
	with(one, pr.answers, pr.blinds[0], pr.maskPad, &pr.pad)
	with(coins[0], pr.opened, pr.blinds[1], pr.maskOpened, nil)
	with(coins[1], Vec{quadratic}, pr.blinds[2], pr.square, &pr.cross)
	weight := sub(F{}, mul(coins[0], e))
	rows := p.rowWeights()
	rows.ScalarMul(rows, &weight)
	for i := range rows {
		if i < l.rows {
			eq.term(pr.rows[i], rows[i])
		} else {
			eq.term(r.c[i-l.rows], rows[i])
		}
	}
	return eq, nil
}
