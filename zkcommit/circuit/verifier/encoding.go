package verifier

import (
	"bytes"
	"errors"
	"fmt"

	"github.com/consensys/gnark-crypto/ecc/bn254"
)

const keyMagic = "candor/vk-run/v1"

// Sizes in bytes. Public inputs are the rows digest, the model's tag and the bind.
const (
	PublicInputs = 3
	// KeySize holds the magic, α, β, γ, δ, one point for the constant, each public
	// input and the commitment's challenge, and the commitment's G and -σG.
	KeySize = len(keyMagic) + g1 + 3*g2 + (1+PublicInputs+1)*g1 + 2*g2
	// ProofSize holds A, B, C, the commitment and the proof that it is known.
	ProofSize = 4*g1 + g2

	g1 = bn254.SizeOfG1AffineCompressed
	g2 = bn254.SizeOfG2AffineCompressed
)

// Key is a verifying key.
type Key struct {
	Alpha              bn254.G1Affine
	Beta, Gamma, Delta bn254.G2Affine
	K                  [1 + PublicInputs + 1]bn254.G1Affine // constant, public inputs, challenge
	G, SigmaNeg        bn254.G2Affine                       // of the commitment
}

// Proof is a decoded proof.
type Proof struct {
	A                 bn254.G1Affine
	B                 bn254.G2Affine
	C                 bn254.G1Affine
	Commitment, Known bn254.G1Affine
}

// Bytes is the canonical form: compressed points in the order of the struct.
func (k *Key) Bytes() []byte {
	w := writer{*bytes.NewBufferString(keyMagic)}
	k.each(w.g1, w.g2)
	return w.Bytes()
}

// Bytes is the canonical form: compressed points in the order of the struct.
func (p *Proof) Bytes() []byte {
	var w writer
	p.each(w.g1, w.g2)
	return w.Bytes()
}

// ParseKey reads a key's canonical bytes.
func ParseKey(b []byte) (*Key, error) {
	if len(b) != KeySize || string(b[:len(keyMagic)]) != keyMagic {
		return nil, fmt.Errorf("these %d bytes are no verifying key of a run proof, which has %d", len(b), KeySize)
	}
	k, r := &Key{}, reader{b: b[len(keyMagic):]}
	k.each(r.g1, r.g2)
	if r.err != nil {
		return nil, fmt.Errorf("the verifying key is damaged: %w", r.err)
	}
	return k, nil
}

// ParseProof reads a proof's canonical bytes.
func ParseProof(b []byte) (*Proof, error) {
	if len(b) != ProofSize {
		return nil, fmt.Errorf("a run proof has %d bytes, this one %d", ProofSize, len(b))
	}
	p, r := &Proof{}, reader{b: b}
	p.each(r.g1, r.g2)
	if r.err != nil {
		return nil, fmt.Errorf("the proof is damaged: %w", r.err)
	}
	return p, nil
}

// each fixes the order of a key's points.
func (k *Key) each(one func(*bn254.G1Affine), two func(*bn254.G2Affine)) {
	one(&k.Alpha)
	two(&k.Beta)
	two(&k.Gamma)
	two(&k.Delta)
	for i := range k.K {
		one(&k.K[i])
	}
	two(&k.G)
	two(&k.SigmaNeg)
}

// each fixes the order of a proof's points.
func (p *Proof) each(one func(*bn254.G1Affine), two func(*bn254.G2Affine)) {
	one(&p.A)
	two(&p.B)
	one(&p.C)
	one(&p.Commitment)
	one(&p.Known)
}

type writer struct{ bytes.Buffer }

func (w *writer) g1(p *bn254.G1Affine) { b := p.Bytes(); w.Write(b[:]) }
func (w *writer) g2(p *bn254.G2Affine) { b := p.Bytes(); w.Write(b[:]) }

// reader takes points off b, which is long enough, until the first bad one.
type reader struct {
	b   []byte
	err error
}

// SetBytes refuses what is not reduced, not on the curve or not in the subgroup;
// a slice of the compressed length cannot hold an uncompressed point.

func (r *reader) g1(p *bn254.G1Affine) {
	_, err := p.SetBytes(r.b[:g1])
	r.note(err, p.IsInfinity())
	r.b = r.b[g1:]
}

func (r *reader) g2(p *bn254.G2Affine) {
	_, err := p.SetBytes(r.b[:g2])
	r.note(err, p.IsInfinity())
	r.b = r.b[g2:]
}

func (r *reader) note(err error, infinity bool) {
	if err == nil && infinity {
		err = errors.New("a point is at infinity")
	}
	if r.err == nil {
		r.err = err
	}
}
