package zkcommit

import (
	"bytes"
	"errors"
	"fmt"

	"candor/graph"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
)

// Registration shows, once a model, what the proofs of its runs rest on: that the
// persistent weight commitment holds weights in range, and those under the model's
// commitment. It tells nothing else about them.
type Registration struct {
	Shape      Shape
	Schema     graph.Hash // of the features that the model reads
	Commitment graph.Hash // Commit of the model, its id
	Key        graph.Hash // KeyHash of the proof's verifying key
	Weights    []byte     // the weight commitment: 32 bytes a row of the shape's WeightLayout
	Link       []byte     // shows the weight commitment's value at a random point
	Proof      []byte     // shows that the committed model has the same value there
}

const registrationMagic = "candor/registration/v1\x00\x00"

const (
	// RegistrationProof is the length of the proof inside.
	RegistrationProof = 192
	// linkNumbers is what a link holds besides its magic and an answer a column: the
	// value, the mask's commitment and value, and a blind.
	linkNumbers = 4
)

// WeightsSize and LinkSize are the lengths of what a registration of the shape holds.
func (s Shape) WeightsSize() int { return 32 * s.WeightLayout().Rows }

// LinkSize is the link's.
func (s Shape) LinkSize() int { return 16 + 32*(s.WeightLayout().Width+linkNumbers) }

// Bytes is the canonical form: a 24-byte magic, the shape, then every field in the
// order of the struct. The lengths must be the shape's.
func (r *Registration) Bytes() []byte {
	return bytes.Join([][]byte{[]byte(registrationMagic), r.Shape.Bytes(), r.Schema[:], r.Commitment[:], r.Key[:], r.Weights, r.Link, r.Proof}, nil)
}

// Validate refuses an invalid shape and fields of other lengths than the shape's.
func (r *Registration) Validate() error {
	if err := r.Shape.Validate(); err != nil {
		return err
	}
	if w, l := r.Shape.WeightsSize(), r.Shape.LinkSize(); len(r.Weights) != w || len(r.Link) != l || len(r.Proof) != RegistrationProof {
		return fmt.Errorf("a registration of shape %s holds %d, %d and %d bytes, not %d, %d and %d",
			r.Shape, w, l, RegistrationProof, len(r.Weights), len(r.Link), len(r.Proof))
	}
	return nil
}

// ParseRegistration reads canonical bytes and nothing else. What the parts say is
// for their verifiers to check.
func ParseRegistration(b []byte) (*Registration, error) {
	rest, ok := bytes.CutPrefix(b, []byte(registrationMagic))
	if !ok {
		return nil, fmt.Errorf("these %d bytes are no registration, which begins with %q", len(b), registrationMagic[:22])
	}
	s, rest, err := CutShape(rest)
	if err != nil {
		return nil, err
	}
	if want := 3*32 + s.WeightsSize() + s.LinkSize() + RegistrationProof; len(rest) != want {
		return nil, fmt.Errorf("a registration of shape %s has %d bytes behind its shape, not %d", s, want, len(rest))
	}
	r := &Registration{Shape: s}
	take := func(n int) []byte { p := rest[:n:n]; rest = rest[n:]; return bytes.Clone(p) }
	for _, h := range []*graph.Hash{&r.Schema, &r.Commitment, &r.Key} {
		*h = graph.Hash(take(32))
	}
	r.Weights, r.Link, r.Proof = take(s.WeightsSize()), take(s.LinkSize()), take(RegistrationProof)
	return r, nil
}

// Mask is the number that stands beside the weights in the weight commitment and
// hides the value that a registration shows: the sponge over salt and commitment,
// under a tag of its own. So the commitment fixes it, and no two models share one,
// even under one salt.
func Mask(salt Salt, commitment graph.Hash) (fr.Element, error) {
	s, err := element(graph.Hash(salt))
	if err != nil {
		return s, fmt.Errorf("the salt %w", err)
	}
	c, err := element(commitment)
	if err != nil {
		return c, fmt.Errorf("the commitment %w", err)
	}
	return Sponge(MaskTag(), []fr.Element{s, c}), nil
}

// MaskTag is the tag of masks.
func MaskTag() fr.Element { return tag("candor/mask/v1", 2) }

// ValueAt is the polynomial at alpha whose coefficients are the entries of the
// model's weight commitment, row by row: entry k of row j is that of the power
// j·width + k. The mask stands behind the output's bias. The model must be valid.
func (m *Model) ValueAt(alpha, mask fr.Element) fr.Element {
	w := m.Shape.WeightLayout()
	power := fr.One() // becomes alpha^width
	for range w.Width {
		power.Mul(&power, &alpha)
	}
	// Horner's rule, from the last row to the first.
	var sum fr.Element
	row := func(entries ...fr.Element) {
		var at fr.Element
		for i := len(entries) - 1; i >= 0; i-- {
			at.Mul(&at, &alpha).Add(&at, &entries[i])
		}
		sum.Mul(&sum, &power).Add(&sum, &at)
	}
	last := m.Layers[m.Shape.Layers()]
	row(elements(last.Bias)[0], mask)
	row(elements(last.Weights)...)
	for l := m.Shape.Layers() - 1; l >= 0; l-- {
		layer, in := m.Layers[l], m.Shape.Width(l)
		row(elements(layer.Bias)...)
		for j := len(layer.Bias) - 1; j >= 0; j-- {
			row(elements(layer.Weights[j*in : (j+1)*in])...)
		}
	}
	return sum
}

func elements[T int8 | int16](v []T) []fr.Element {
	e := make([]fr.Element, len(v))
	for i, x := range v {
		e[i].SetInt64(int64(x))
	}
	return e
}

// ErrOpening is the answer when model and salt are not those of a commitment.
var ErrOpening = errors.New("the model and the salt at hand do not open the commitment")
