package sumcheck

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"

	"candor/graph"
	"candor/zkcommit"
)

// Bounds of what can be proved. A shape or a run beyond them is refused before
// any work.
const (
	MaxPosts  = 16384
	MaxInputs = 512
	MaxHidden = 256
	MaxCells  = 1 << 21 // padded posts × padded hidden units, all layers
	minShift  = 4
	maxShift  = 12
	maxTable  = 1 << 16 // quotients that one layer may take
	clamp     = zkcommit.Clamp
)

// Shape is the size of a model: int8 inputs and weights, int16 biases, one or two
// hidden layers, one score. A hidden sum z becomes clamp(z >> Shift, 0, 127).
type Shape struct {
	Inputs int
	Hidden [2]int  // units of the hidden layers; the second zero: one layer only
	Shift  [2]uint // bits dropped from the sums of each hidden layer
}

// Layers is the number of hidden layers.
func (s Shape) Layers() int {
	if s.Hidden[1] == 0 {
		return 1
	}
	return 2
}

// String is the widths of the layers, such as "448x64x1".
func (s Shape) String() string {
	if s.Layers() == 1 {
		return fmt.Sprintf("%dx%dx1", s.Inputs, s.Hidden[0])
	}
	return fmt.Sprintf("%dx%dx%dx1", s.Inputs, s.Hidden[0], s.Hidden[1])
}

// Bytes holds all that fixes the arithmetic, four bytes a number, big-endian:
// the widths from inputs to the score, the shifts, the clamp.
func (s Shape) Bytes() (b []byte) {
	n := s.Layers()
	b = binary.BigEndian.AppendUint32(b, uint32(s.Inputs))
	for _, h := range s.Hidden[:n] {
		b = binary.BigEndian.AppendUint32(b, uint32(h))
	}
	b = binary.BigEndian.AppendUint32(b, 1)
	for _, k := range s.Shift[:n] {
		b = binary.BigEndian.AppendUint32(b, uint32(k))
	}
	return binary.BigEndian.AppendUint32(b, clamp)
}

// ID names the shape; for one hidden layer it is zkcommit.Shape's.
func (s Shape) ID() graph.Hash {
	return sha256.Sum256(append([]byte("candor/shape/v1"), s.Bytes()...))
}

// Validate refuses shapes outside the bounds.
func (s Shape) Validate() error {
	if s.Inputs < 1 || s.Inputs > MaxInputs {
		return fmt.Errorf("a model of %d inputs cannot be proved: use 1 to %d", s.Inputs, MaxInputs)
	}
	if s.Layers() == 1 && s.Shift[1] != 0 {
		return fmt.Errorf("a model of one hidden layer has one shift, not a second of %d", s.Shift[1])
	}
	for l := range s.Layers() {
		if h := s.Hidden[l]; h < 1 || h > MaxHidden {
			return fmt.Errorf("a hidden layer of %d units cannot be proved: use 1 to %d", h, MaxHidden)
		}
		if k := s.Shift[l]; k < minShift || k > maxShift {
			return fmt.Errorf("a shift of %d cannot be proved: use %d to %d", k, minShift, maxShift)
		}
		if lo, hi := s.quotients(l); hi-lo+1 > maxTable {
			return fmt.Errorf("the sums of hidden layer %d take %d values after a shift of %d, more than %d: use a larger shift",
				l+1, hi-lo+1, s.Shift[l], maxTable)
		}
	}
	return nil
}

// width is the number of inputs of layer l, the output layer being the last.
func (s Shape) width(l int) int {
	if l == 0 {
		return s.Inputs
	}
	return s.Hidden[l-1]
}

// bound is the largest absolute value that a sum of layer l can have.
func (s Shape) bound(l int) int {
	largest := 128 // an input
	if l > 0 {
		largest = clamp
	}
	return s.width(l)*128*largest + 1<<15
}

// quotients are the least and largest z >> Shift of hidden layer l.
func (s Shape) quotients(l int) (lo, hi int) {
	z := s.bound(l)
	return -z >> s.Shift[l], z >> s.Shift[l]
}

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

// FromModel is the model of zkcommit in this package's form.
func FromModel(m *zkcommit.Model) *Model {
	return &Model{
		Shape:  Shape{Inputs: m.Shape.Inputs, Hidden: [2]int{m.Shape.Hidden}, Shift: [2]uint{m.Shape.Shift}},
		Layers: []Layer{{m.W1, m.B1}, {m.W2, []int16{m.B2}}},
	}
}

// Validate refuses a shape outside the bounds and slices of other lengths.
func (m *Model) Validate() error {
	if err := m.Shape.Validate(); err != nil {
		return err
	}
	n := m.Shape.Layers()
	if len(m.Layers) != n+1 {
		return fmt.Errorf("a model of shape %s has %d layers of weights, not %d", m.Shape, n+1, len(m.Layers))
	}
	for l, layer := range m.Layers {
		units := 1
		if l < n {
			units = m.Shape.Hidden[l]
		}
		if len(layer.Weights) != units*m.Shape.width(l) || len(layer.Bias) != units {
			return fmt.Errorf("layer %d of a model of shape %s has %d weights and %d biases, not %d and %d",
				l+1, m.Shape, units*m.Shape.width(l), units, len(layer.Weights), len(layer.Bias))
		}
	}
	return nil
}

// Scores evaluates the model on rows of Inputs features each, one after another.
// It agrees with zkcommit.Model.Scores on every bit.
func (m *Model) Scores(rows []int8) ([]int32, error) {
	if err := m.Validate(); err != nil {
		return nil, err
	}
	if len(rows)%m.Shape.Inputs != 0 {
		return nil, fmt.Errorf("%d features are no whole rows of %d", len(rows), m.Shape.Inputs)
	}
	scores := make([]int32, len(rows)/m.Shape.Inputs)
	in := make([]int32, 0, MaxInputs)
	for i := range scores {
		in = in[:0]
		for _, x := range rows[i*m.Shape.Inputs : (i+1)*m.Shape.Inputs] {
			in = append(in, int32(x))
		}
		for l, layer := range m.Layers {
			out := make([]int32, len(layer.Bias))
			for j := range out {
				z := int32(layer.Bias[j])
				for k, w := range layer.Weights[j*len(in) : (j+1)*len(in)] {
					z += int32(w) * in[k]
				}
				if l < len(m.Layers)-1 {
					z = activate(z >> m.Shape.Shift[l])
				}
				out[j] = z
			}
			in = append(in[:0], out...)
		}
		scores[i] = in[0]
	}
	return scores, nil
}

func activate(q int32) int32 { return max(0, min(q, clamp)) }
