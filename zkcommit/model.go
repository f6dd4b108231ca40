package zkcommit

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"fmt"

	"candor/graph"
)

// Shape is the size of a model in the provable profile: int8 inputs and weights,
// int16 biases, exact integer sums; one hidden layer, one score.
//
// A hidden sum z becomes q = z >> Shift (arithmetic, so towards minus infinity)
// and then the activation clamp(q, 0, Clamp). With the shift of 6 a weight of 64
// is exactly one: it passes a feature of 0 … 127 on unchanged, and weights reach
// from -2 to just under 2.
type Shape struct {
	Inputs, Hidden int
	Shift          uint // bits dropped from a hidden sum
}

// Provable is the only class of models that can be proved.
var Provable = Shape{Inputs: graph.Features, Hidden: 32, Shift: 6}

// Clamp is the largest activation.
const Clamp = 127

// String is the widths of the layers, such as "64x32x1".
func (s Shape) String() string { return fmt.Sprintf("%dx%dx1", s.Inputs, s.Hidden) }

// ID names the shape: it binds widths, shift and clamp.
func (s Shape) ID() graph.Hash {
	return sha256.Sum256(append([]byte("candor/shape/v1"), s.bytes()...))
}

// bytes holds all that fixes the arithmetic, four bytes a number.
func (s Shape) bytes() []byte {
	var b []byte
	for _, v := range []uint32{uint32(s.Inputs), uint32(s.Hidden), 1, uint32(s.Shift), Clamp} {
		b = binary.BigEndian.AppendUint32(b, v)
	}
	return b
}

// weights is the length of a model's canonical bytes behind the head.
func (s Shape) weights() int { return s.Inputs*s.Hidden + 2*s.Hidden + s.Hidden + 2 }

func (s Shape) validate() error {
	if s != Provable {
		return fmt.Errorf("a model of shape %s with shift %d cannot be proved: use %s with shift %d", s, s.Shift, Provable, Provable.Shift)
	}
	return nil
}

// Model is a ranker's integers.
type Model struct {
	Shape Shape
	W1    []int8  // Hidden × Inputs, a hidden unit's weights together
	B1    []int16 // one a hidden unit
	W2    []int8  // one a hidden unit
	B2    int16
}

// Validate refuses a shape that is not provable and slices of other lengths.
func (m *Model) Validate() error {
	if err := m.Shape.validate(); err != nil {
		return err
	}
	s := m.Shape
	if len(m.W1) != s.Inputs*s.Hidden || len(m.B1) != s.Hidden || len(m.W2) != s.Hidden {
		return fmt.Errorf("a model of shape %s has %d + %d weights and %d biases in the hidden layer, not %d + %d and %d",
			s, s.Inputs*s.Hidden, s.Hidden, s.Hidden, len(m.W1), len(m.W2), len(m.B1))
	}
	return nil
}

const modelMagic = "candor/model/v1\x00"

// Bytes is the canonical form: a 16-byte magic, the shape (20 bytes), then W1,
// B1, W2 and B2 in offset binary, which is a weight plus 128 in one byte and a
// bias plus 32,768 in two, big-endian. The model must be valid.
func (m *Model) Bytes() []byte {
	b := append([]byte(modelMagic), m.Shape.bytes()...)
	return append(b, m.body()...)
}

func (m *Model) body() []byte {
	b := make([]byte, 0, m.Shape.weights())
	for _, w := range m.W1 {
		b = append(b, offset(w))
	}
	for _, v := range m.B1 {
		b = binary.BigEndian.AppendUint16(b, uint16(v)^0x8000)
	}
	for _, w := range m.W2 {
		b = append(b, offset(w))
	}
	return binary.BigEndian.AppendUint16(b, uint16(m.B2)^0x8000)
}

// offset writes v as v + 128.
func offset(v int8) byte { return byte(v) ^ 0x80 }

// ParseModel reads canonical bytes and nothing else.
func ParseModel(b []byte) (*Model, error) {
	m := &Model{Shape: Provable}
	head := append([]byte(modelMagic), Provable.bytes()...)
	if len(b) != len(head)+Provable.weights() || !bytes.HasPrefix(b, head) {
		return nil, fmt.Errorf("these %d bytes are no model of shape %s with shift %d, which has %d bytes",
			len(b), Provable, Provable.Shift, len(head)+Provable.weights())
	}
	b = b[len(head):]
	weights := func(n int) []int8 {
		w := make([]int8, n)
		for i := range w {
			w[i] = int8(b[i] ^ 0x80)
		}
		b = b[n:]
		return w
	}
	bias := func() int16 {
		v := int16(binary.BigEndian.Uint16(b) ^ 0x8000)
		b = b[2:]
		return v
	}
	m.W1 = weights(Provable.Inputs * Provable.Hidden)
	m.B1 = make([]int16, Provable.Hidden)
	for i := range m.B1 {
		m.B1[i] = bias()
	}
	m.W2 = weights(Provable.Hidden)
	m.B2 = bias()
	return m, nil
}
