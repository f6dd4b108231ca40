package sumcheck

import (
	"errors"
	"fmt"

	"candor/zkcommit"
)

// proof is a proof taken apart.
type proof struct {
	rows     points // the run's commitments
	pad      point  // to the messages' one-time pad
	messages Vec    // under the pad

	maskPad, maskOpened point // the sigma protocol's first move
	square, cross       point
	linear              F

	answers Vec  // mask + e·pad
	opened  Vec  // mask + e·row
	blinds  [3]F // of answers, opened, and the quadratic relations
}

// magic begins every proof.
const magic = "candor/csp/v1\x00\x00\x00"

// MaxProof is the most bytes that a proof of any statement has.
const MaxProof = 512 << 10

// size is the length of the proof in bytes, fixed by the statement's sizes.
func (l *layout) size() int {
	return len(magic) + pointSize*(l.rows+5) + 32*(2*l.messages+l.width+4)
}

// Size is the number of bytes that a proof has for so many posts.
func Size(kind Kind, s zkcommit.Shape, posts int) (int, error) {
	if err := s.Validate(); err != nil {
		return 0, err
	}
	if posts < 1 || posts > MaxPosts || cells(s, posts) > MaxCells || kind != Order && kind != Verdict {
		return 0, fmt.Errorf("%d posts under a model of shape %s cannot be proved", posts, s)
	}
	return newLayout(kind, s, posts).size(), nil
}

func appendElements(b []byte, v ...F) []byte {
	for i := range v {
		x := v[i].Bytes()
		b = append(b, x[:]...)
	}
	return b
}

// encode is the canonical form, in the order of docs/run-proof.md.
func (p *proof) encode() []byte {
	b := appendPoints([]byte(magic), p.rows...)
	b = appendPoints(b, p.pad)
	b = appendElements(b, p.messages...)
	b = appendPoints(b, p.maskPad, p.maskOpened, p.square, p.cross)
	b = appendElements(b, p.linear)
	b = appendElements(b, p.answers...)
	b = appendElements(b, p.opened...)
	return appendElements(b, p.blinds[:]...)
}

var errScalar = errors.New("a number of the proof is not below the field's modulus")

// decode reads a proof of exactly the layout's size; nothing is allocated before
// the length has been checked.
func (l *layout) decode(b []byte) (*proof, error) {
	if len(b) != l.size() {
		return nil, fmt.Errorf("a proof of this statement has %d bytes, not %d", l.size(), len(b))
	}
	if string(b[:len(magic)]) != magic {
		return nil, fmt.Errorf("this is no proof of version %s", ProofVersion)
	}
	b = b[len(magic):]
	p := &proof{rows: make(points, l.rows), messages: make(Vec, l.messages), answers: make(Vec, l.messages), opened: make(Vec, l.width)}
	var bad error
	curve := func(out points) {
		if err := parsePoints(out, b[:len(out)*pointSize]); err != nil {
			bad = err
		}
		b = b[len(out)*pointSize:]
	}
	single := func(out ...*point) {
		for _, o := range out {
			if err := parsePoint(o, b); err != nil {
				bad = err
			}
			b = b[pointSize:]
		}
	}
	scalars := func(out Vec) {
		for i := range out {
			if err := out[i].SetBytesCanonical(b[:32]); err != nil {
				bad = errScalar
			}
			b = b[32:]
		}
	}
	curve(p.rows)
	single(&p.pad)
	scalars(p.messages)
	single(&p.maskPad, &p.maskOpened, &p.square, &p.cross)
	linear := make(Vec, 1)
	scalars(linear)
	p.linear = linear[0]
	scalars(p.answers)
	scalars(p.opened)
	scalars(p.blinds[:])
	if bad != nil {
		return nil, bad
	}
	return p, nil
}

// commitments absorbs what is committed before the first challenge.
func (p *proof) commitments(t *transcript) {
	t.absorb("rows", appendPoints(nil, p.rows...))
	t.absorb("pad", appendPoints(nil, p.pad))
}

// replay absorbs commitments and messages and draws all challenges but the last.
func (p *proof) replay(t *transcript, l *layout) *coins {
	p.commitments(t)
	rest := p.messages
	return l.replay(t, func(n int) {
		t.elements("message", rest[:n]...)
		rest = rest[n:]
	})
}

// challenge absorbs the sigma protocol's first move and draws its challenge.
func (p *proof) challenge(t *transcript) F {
	t.absorb("sigma", appendPoints(nil, p.maskPad, p.maskOpened, p.square, p.cross))
	t.elements("linear", p.linear)
	return t.challenge("e")
}
