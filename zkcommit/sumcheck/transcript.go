package sumcheck

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
)

// ProofVersion names statement, protocol and encoding. Any change of them changes it.
const ProofVersion = "candor/sumcheck/v1"

// transcript turns what has been said so far into challenges (Fiat-Shamir): a
// chain of SHA-256 over labelled, length-prefixed pieces.
type transcript struct {
	state [32]byte
	// heard, where a test sets it, hears all challenges and absorbed pieces.
	heard func(label string, piece []byte, challenge *F)
}

func newTranscript() *transcript {
	return &transcript{state: sha256.Sum256([]byte(ProofVersion))}
}

// absorb takes state to SHA-256(state ‖ len(label) ‖ label ‖ len(piece) ‖ piece),
// the lengths in four and eight bytes, big-endian.
func (t *transcript) absorb(label string, piece []byte) {
	if t.heard != nil {
		t.heard(label, piece, nil)
	}
	settle()
	h := sha256.New()
	h.Write(t.state[:])
	h.Write(binary.BigEndian.AppendUint32(nil, uint32(len(label))))
	h.Write([]byte(label))
	h.Write(binary.BigEndian.AppendUint64(nil, uint64(len(piece))))
	h.Write(piece)
	h.Sum(t.state[:0])
}

// settle clears the upper halves of the vector registers, as the standard library's
// search does at its end: the field's kernels leave them in use, and SHA-256 is
// then ten times slower.
func settle() bool { return bytes.IndexByte(zeros[:], 1) >= 0 }

var zeros [256]byte

func (t *transcript) elements(label string, v ...F) {
	b := make([]byte, 0, 32*len(v))
	for i := range v {
		x := v[i].Bytes()
		b = append(b, x[:]...)
	}
	t.absorb(label, b)
}

// challenge absorbs the label with no piece and reads the 64 bytes
// SHA-256(state ‖ 0) ‖ SHA-256(state ‖ 1) as one big-endian number modulo the field.
func (t *transcript) challenge(label string) (c F) {
	heard := t.heard
	t.heard = nil
	t.absorb(label, nil)
	t.heard = heard
	a := sha256.Sum256(append(t.state[:len(t.state):len(t.state)], 0))
	b := sha256.Sum256(append(t.state[:len(t.state):len(t.state)], 1))
	c.SetBytes(append(a[:], b[:]...))
	if t.heard != nil {
		t.heard(label, nil, &c)
	}
	return c
}
