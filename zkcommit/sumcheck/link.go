package sumcheck

import (
	"errors"
	"fmt"

	"candor/graph"
	"candor/zkcommit"
)

// Link ties a weight commitment to a model commitment: the value at alpha of the
// polynomial whose coefficients are all entries of the weight commitment, row by
// row, with a proof that it is that. alpha is a hash of both commitments. The
// mask among the entries makes the value uniform, so it tells nothing. The
// registration proof shows the other half: that the same value comes from weights
// in range, and the same mask, under the model commitment.
type Link struct {
	Value F
	proof linkProof
}

type linkProof struct {
	mask   point // commitment to the sigma protocol's mask
	masked F     // the mask's value at alpha
	answer Vec
	blind  F
}

// Registrar checks the other half of a registration.
type Registrar interface {
	// Registered answers nil when the registration's proof, under a key that the
	// registrar trusts, says that the model commitment holds weights of the shape
	// over the schema, in range, and a mask that it fixes, whose polynomial has the
	// value at alpha.
	Registered(r *zkcommit.Registration, alpha, value F) error
}

// linkTranscript absorbs what alpha depends on, and draws it.
func linkTranscript(id graph.Hash, s zkcommit.Shape, c points) (*transcript, F) {
	t := newTranscript()
	t.absorb("link", id[:])
	t.absorb("shape", s.Bytes())
	t.absorb("weights", appendPoints(nil, c...))
	return t, t.challenge("alpha")
}

// linkWeights are the weights of the rows, and of the entries inside one.
func linkWeights(s zkcommit.Shape, alpha F) (rows, inside Vec) {
	w := s.WeightLayout()
	inside = powers(alpha, w.Width)
	return powers(mul(inside[w.Width-1], alpha), w.Rows), inside
}

func (l *linkProof) challenge(t *transcript, value F) F {
	t.elements("value", value)
	t.absorb("sigma", appendPoints(nil, l.mask))
	t.elements("masked", l.masked)
	return t.challenge("e")
}

// Link evaluates the weights at alpha.
func (w *Weights) Link() (out *Link, err error) {
	defer recovered(&err)
	t, alpha := linkTranscript(w.id, w.model.Shape, w.c)
	rows, inside := linkWeights(w.model.Shape, alpha)
	row := w.rows.combine(0, rows)
	stream, err := newMasks("link", t.state[:], w.model.Bytes(), w.secrets())
	if err != nil {
		return nil, err
	}
	mask, blind := stream.vector(len(row)), stream.element()
	stream.wipe()
	out = &Link{Value: dots(row, inside)}
	out.proof.mask, out.proof.masked = pedersen(mask, blind), dots(mask, inside)
	e := out.proof.challenge(t, out.Value)
	row.ScalarMul(row, &e)
	row.Add(row, mask)
	out.proof.answer = row
	out.proof.blind = add(blind, mul(e, dots(rows, w.rows.blinds)))
	clear(mask)
	if err := out.check(w.id, w.model.Shape, w.c); err != nil {
		return nil, fmt.Errorf("%w: a link of one's own is refused", errFault)
	}
	return out, nil
}

var errLink = errors.New("the value at alpha is not that of the weight commitment")

func (l *Link) check(id graph.Hash, s zkcommit.Shape, c points) error {
	t, alpha := linkTranscript(id, s, c)
	rows, inside := linkWeights(s, alpha)
	if len(l.proof.answer) != len(inside) || len(c) != len(rows) {
		return errLink
	}
	e := l.proof.challenge(t, l.Value)
	if got, want := dots(l.proof.answer, inside), add(l.proof.masked, mul(e, l.Value)); !got.Equal(&want) {
		return errLink
	}
	eq := &equations{}
	eq.vector(l.proof.answer, l.proof.blind)
	eq.term(l.proof.mask, integer(-1))
	for i := range rows {
		eq.term(c[i], sub(F{}, mul(e, rows[i])))
	}
	if eq.check() != nil {
		return errLink
	}
	return nil
}

// Registration is the registration without key and proof, which the circuit's
// prover makes for the point alpha.
func (w *Weights) Registration() (r *zkcommit.Registration, alpha F, err error) {
	link, err := w.Link()
	if err != nil {
		return nil, alpha, err
	}
	_, alpha = linkTranscript(w.id, w.model.Shape, w.c)
	return &zkcommit.Registration{Shape: w.model.Shape, Schema: w.schema, Commitment: w.id, Weights: w.Commitment(), Link: link.Bytes()}, alpha, nil
}

// Register registers a secret model: the link ties its weight commitment to the
// value, and the registrar says what else has that value.
func Register(reg *zkcommit.Registration, registrar Registrar) (r *RegisteredModel, err error) {
	defer recovered(&err)
	if reg == nil || registrar == nil {
		return nil, errors.New("a model is registered by its registration and a registrar")
	}
	if err := reg.Validate(); err != nil {
		return nil, err
	}
	s, id := reg.Shape, reg.Commitment
	c := make(points, s.WeightLayout().Rows)
	if err := parsePoints(c, reg.Weights); err != nil {
		return nil, err
	}
	link, err := ParseLink(s, reg.Link)
	if err != nil {
		return nil, err
	}
	if err := link.check(id, s, c); err != nil {
		return nil, err
	}
	_, alpha := linkTranscript(id, s, c)
	if err := registrar.Registered(reg, alpha, link.Value); err != nil {
		return nil, fmt.Errorf("the model is not registered: %w", err)
	}
	return newRegistered(s, reg.Schema, id, c), nil
}

const linkMagic = "candor/link/v1\x00\x00"

// Bytes is the link's canonical form: a 16-byte magic, the value, the mask's
// commitment and its value, the answer, the blind.
func (l *Link) Bytes() []byte {
	b := appendElements([]byte(linkMagic), l.Value)
	b = appendPoints(b, l.proof.mask)
	b = appendElements(b, l.proof.masked)
	b = appendElements(b, l.proof.answer...)
	return appendElements(b, l.proof.blind)
}

// ParseLink reads canonical bytes of a link for the shape, and nothing else.
func ParseLink(s zkcommit.Shape, b []byte) (*Link, error) {
	if err := s.Validate(); err != nil {
		return nil, err
	}
	n := s.WeightLayout().Width
	if len(b) != s.LinkSize() || string(b[:len(linkMagic)]) != linkMagic {
		return nil, fmt.Errorf("these %d bytes are no link for shape %s", len(b), s)
	}
	b = b[len(linkMagic):]
	v := make(Vec, n+3)
	l := &Link{}
	if err := parsePoint(&l.proof.mask, b[32:]); err != nil {
		return nil, err
	}
	b = append(b[:32:32], b[32+pointSize:]...)
	for i := range v {
		if err := v[i].SetBytesCanonical(b[32*i : 32*i+32]); err != nil {
			return nil, errScalar
		}
	}
	l.Value, l.proof.masked, l.proof.answer, l.proof.blind = v[0], v[1], v[2:n+2], v[n+2]
	return l, nil
}
