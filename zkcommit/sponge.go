package zkcommit

import (
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"

	"candor/graph"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr/poseidon2"
)

// Parameters of the Poseidon2 sponge over the scalar field of BN254: 15 elements
// of rate and one of capacity, which gives 127 bits against collisions.
// Source: https://eprint.iacr.org/2023/323
const (
	SpongeWidth   = 16
	FullRounds    = 8
	PartialRounds = 57
	// PackBytes is how many bytes go into one field element, big-endian, the
	// last one filled up with zeros on the right.
	PackBytes = 31
)

var permutation = poseidon2.NewPermutation(SpongeWidth, FullRounds, PartialRounds)

// Sponge absorbs the elements into a state whose capacity begins as the tag and
// returns the first element of the rate. The tag must bind the number of
// elements, since the last block is filled up with zeros.
func Sponge(tag fr.Element, in []fr.Element) fr.Element {
	var state [SpongeWidth]fr.Element
	state[0] = tag
	for len(in) > 0 {
		n := min(len(in), SpongeWidth-1)
		for j := range n {
			state[1+j].Add(&state[1+j], &in[j])
		}
		in = in[n:]
		// The only error is a state of another width.
		if err := permutation.Permutation(state[:]); err != nil {
			panic(err)
		}
	}
	return state[1]
}

// tag is a field element that separates domains: 248 bits of SHA-256.
func tag(domain string, elements int, parts ...[]byte) fr.Element {
	h := sha256.New()
	h.Write([]byte(domain))
	for _, p := range parts {
		h.Write(p)
	}
	h.Write(binary.BigEndian.AppendUint32(nil, uint32(elements)))
	var e fr.Element
	e.SetBytes(h.Sum(nil)[:PackBytes])
	return e
}

// pack puts 31 bytes into each element.
func pack(b []byte) []fr.Element {
	out := make([]fr.Element, 0, (len(b)+PackBytes-1)/PackBytes)
	for len(b) > 0 {
		var chunk [PackBytes]byte
		n := copy(chunk[:], b)
		b = b[n:]
		var e fr.Element
		e.SetBytes(chunk[:])
		out = append(out, e)
	}
	return out
}

// Salt hides a model's commitment: a field element in 32 bytes, big-endian.
// NewSalt makes one; any other bytes below the field's modulus serve as well,
// larger ones are refused, so that a salt has one spelling.
type Salt [32]byte

// NewSalt turns 32 random bytes into a salt: its three highest bits become zero,
// which leaves 253 random bits and a number below the modulus.
func NewSalt(random [32]byte) Salt {
	random[0] &= 0x1f
	return Salt(random)
}

// Commit is the hiding and binding commitment to a model: the Poseidon2 sponge
// over salt and packed weights. Its tag binds the domain "candor/model/v1", the
// true widths, shift, clamp and the feature schema that the model reads.
func Commit(m *Model, schema graph.Hash, salt Salt) (graph.Hash, error) {
	in, err := ModelElements(m, salt)
	if err != nil {
		return graph.Hash{}, err
	}
	h := Sponge(ModelTag(m.Shape, schema), in)
	return h.Bytes(), nil
}

// ModelElements is what Commit absorbs: the salt, then the packed weights.
func ModelElements(m *Model, salt Salt) ([]fr.Element, error) {
	if err := m.Validate(); err != nil {
		return nil, err
	}
	s, err := element(graph.Hash(salt))
	if err != nil {
		return nil, fmt.Errorf("the salt %w", err)
	}
	return append([]fr.Element{s}, pack(m.Body())...), nil
}

// ModelTag is the tag of the commitments to models of the shape over the schema.
func ModelTag(s Shape, schema graph.Hash) fr.Element {
	elements := 1 + (s.BodySize()+PackBytes-1)/PackBytes
	return tag("candor/model/v1", elements, s.Bytes(), schema[:])
}

// element reads a field element in its only spelling.
func element(h graph.Hash) (e fr.Element, err error) {
	if err := e.SetBytesCanonical(h[:]); err != nil {
		return e, errors.New("is no field element: its 32 bytes are not below the modulus of BN254")
	}
	return e, nil
}
