package verifier

import (
	"bytes"
	"errors"
	"fmt"

	"candor/graph"
	"candor/zkcommit"

	"github.com/consensys/gnark-crypto/ecc/bn254"
)

// Circuit is what a verifier knows of one circuit.
type Circuit struct {
	ID     string // as manifests and the chain's key table name it
	Inputs int    // public ones
	magic  string // of its keys' bytes
}

// Digest is the circuit of dispute proofs. Its public inputs are the rows digest,
// the model's tag and the bind.
var Digest = Circuit{ID: CircuitID, Inputs: 3, magic: "candor/vk-run/v1"}

// Registration is the circuit of registrations for models of the shape's widths;
// the shifts stand in the tag alone. Its public inputs are the model commitment,
// the model's tag, the point alpha and the value there.
func Registration(s zkcommit.Shape) Circuit {
	return Circuit{ID: "registration-" + s.String() + "/v1", Inputs: 4, magic: "candor/vk-reg/v1"}
}

// Sizes in bytes.
const (
	// ProofSize holds A, B, C, the commitment and the proof that it is known.
	ProofSize = 4*g1 + g2

	g1 = bn254.SizeOfG1AffineCompressed
	g2 = bn254.SizeOfG2AffineCompressed
)

// KeySize holds the magic, α, β, γ, δ, one point for the constant, each public
// input and the commitment's challenge, and the commitment's G and -σG.
func (c Circuit) KeySize() int { return len(c.magic) + g1 + 3*g2 + (1+c.Inputs+1)*g1 + 2*g2 }

// named tells whether the hash is the key's, as a development key or another.
func (c Circuit) named(hash graph.Hash, key []byte) bool {
	return len(key) == c.KeySize() && (hash == zkcommit.KeyHash(c.ID, true, key) || hash == zkcommit.KeyHash(c.ID, false, key))
}

// Key is a verifying key.
type Key struct {
	Circuit            Circuit
	Alpha              bn254.G1Affine
	Beta, Gamma, Delta bn254.G2Affine
	K                  []bn254.G1Affine // constant, public inputs, challenge
	G, SigmaNeg        bn254.G2Affine   // of the commitment
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
	w := writer{*bytes.NewBufferString(k.Circuit.magic)}
	k.each(w.g1, w.g2)
	return w.Bytes()
}

// Bytes is the canonical form: compressed points in the order of the struct.
func (p *Proof) Bytes() []byte {
	var w writer
	p.each(w.g1, w.g2)
	return w.Bytes()
}

// ParseKey reads the canonical bytes of a key of the circuit.
func (c Circuit) ParseKey(b []byte) (*Key, error) {
	if len(b) != c.KeySize() || string(b[:len(c.magic)]) != c.magic {
		return nil, fmt.Errorf("these %d bytes are no verifying key of circuit %s, which has %d", len(b), c.ID, c.KeySize())
	}
	k, r := &Key{Circuit: c, K: make([]bn254.G1Affine, 1+c.Inputs+1)}, reader{b: b[len(c.magic):]}
	k.each(r.g1, r.g2)
	if r.err != nil {
		return nil, fmt.Errorf("the verifying key is damaged: %w", r.err)
	}
	return k, nil
}

// ParseProof reads a proof's canonical bytes.
func ParseProof(b []byte) (*Proof, error) {
	if len(b) != ProofSize {
		return nil, fmt.Errorf("a proof has %d bytes, this one %d", ProofSize, len(b))
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
