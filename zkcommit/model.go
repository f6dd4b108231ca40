package zkcommit

import (
	"bytes"
	"encoding/binary"
	"fmt"
)

// Layer is one dense layer: a unit's weights stand together, one bias a unit.
type Layer struct {
	Weights []int8
	Bias    []int16
}

// Model is a ranker's or a filter's integers: the hidden layers, then the output
// layer of one unit.
type Model struct {
	Shape  Shape
	Layers []Layer
}

// NewModel is the model of the shape, which must be valid, whose weights are zero.
func NewModel(s Shape) *Model {
	m := &Model{Shape: s, Layers: make([]Layer, s.Layers()+1)}
	for l := range m.Layers {
		m.Layers[l] = Layer{Weights: make([]int8, s.Units(l)*s.Width(l)), Bias: make([]int16, s.Units(l))}
	}
	return m
}

// Validate refuses a shape outside the bounds and slices of other lengths.
func (m *Model) Validate() error {
	if err := m.Shape.Validate(); err != nil {
		return err
	}
	s := m.Shape
	if len(m.Layers) != s.Layers()+1 {
		return fmt.Errorf("a model of shape %s has %d layers of weights, not %d", s, s.Layers()+1, len(m.Layers))
	}
	for l, layer := range m.Layers {
		if w, b := s.Units(l)*s.Width(l), s.Units(l); len(layer.Weights) != w || len(layer.Bias) != b {
			return fmt.Errorf("layer %d of a model of shape %s has %d weights and %d biases, not %d and %d",
				l+1, s, w, b, len(layer.Weights), len(layer.Bias))
		}
	}
	return nil
}

const modelMagic = "candor/model/v1\x00"

// Bytes is the canonical form: a 16-byte magic, the shape, then Body. The model
// must be valid.
func (m *Model) Bytes() []byte {
	b := append([]byte(modelMagic), m.Shape.Bytes()...)
	return append(b, m.Body()...)
}

// Body is what the commitment packs: for each layer its weights, then its biases,
// in offset binary, which is a weight plus 128 in one byte and a bias plus 32,768
// in two, big-endian.
func (m *Model) Body() []byte {
	b := make([]byte, 0, m.Shape.BodySize())
	for _, layer := range m.Layers {
		for _, w := range layer.Weights {
			b = append(b, offset(w))
		}
		for _, v := range layer.Bias {
			b = binary.BigEndian.AppendUint16(b, uint16(v)^0x8000)
		}
	}
	return b
}

// offset writes v as v + 128.
func offset(v int8) byte { return byte(v) ^ 0x80 }

// MaxModel is the most bytes that a model has.
const MaxModel = len(modelMagic) + 28 + MaxHidden*(MaxInputs+2) + MaxHidden*(MaxHidden+2) + MaxHidden + 2

// ParseModel reads canonical bytes and nothing else. Nothing is allocated before
// the length has been compared with the shape's.
func ParseModel(b []byte) (*Model, error) {
	rest, ok := bytes.CutPrefix(b, []byte(modelMagic))
	if !ok {
		return nil, fmt.Errorf("these %d bytes are no model, which begins with %q", len(b), modelMagic[:15])
	}
	s, rest, err := CutShape(rest)
	if err != nil {
		return nil, err
	}
	if len(rest) != s.BodySize() {
		return nil, fmt.Errorf("a model of shape %s has %d bytes, not %d", s, len(b)-len(rest)+s.BodySize(), len(b))
	}
	m := NewModel(s)
	m.setBody(rest)
	return m, nil
}

// setBody reads the Body of a model of the same shape.
func (m *Model) setBody(b []byte) {
	for _, layer := range m.Layers {
		for i := range layer.Weights {
			layer.Weights[i] = int8(b[i] ^ 0x80)
		}
		b = b[len(layer.Weights):]
		for i := range layer.Bias {
			layer.Bias[i] = int16(binary.BigEndian.Uint16(b[2*i:]) ^ 0x8000)
		}
		b = b[2*len(layer.Bias):]
	}
}
