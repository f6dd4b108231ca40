package zkcommit

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"math/bits"

	"candor/graph"
)

// Shape is the size of a model in the provable profile: int8 inputs and weights,
// int16 biases, exact integer sums; one or two hidden layers, one score.
//
// A hidden sum z becomes q = z >> Shift (arithmetic, so towards minus infinity)
// and then the activation clamp(q, 0, Clamp). With a shift of 6 a weight of 64
// is exactly one: it passes a feature of 0 … 127 on unchanged, and weights reach
// from -2 to just under 2.
type Shape struct {
	Inputs int
	Hidden [2]int  // units of the hidden layers; the second zero: one layer only
	Shift  [2]uint // bits dropped from the sums of each hidden layer
}

// Provable is the shape of the built-in rankers, and the only one for whose runs
// there is a dispute proof.
var Provable = Shape{Inputs: graph.Features, Hidden: [2]int{32}, Shift: [2]uint{6}}

// Bounds of a shape.
const (
	MaxInputs    = 512
	MaxHidden    = 256
	MinShift     = 4
	MaxShift     = 12
	MaxQuotients = 1 << 16 // values that a sum of one layer may take behind its shift

	// Clamp is the largest activation.
	Clamp = 127
)

// Layers is the number of hidden layers.
func (s Shape) Layers() int {
	if s.Hidden[1] == 0 {
		return 1
	}
	return 2
}

// String is the widths of the layers, such as "64x32x1".
func (s Shape) String() string {
	if s.Layers() == 1 {
		return fmt.Sprintf("%dx%dx1", s.Inputs, s.Hidden[0])
	}
	return fmt.Sprintf("%dx%dx%dx1", s.Inputs, s.Hidden[0], s.Hidden[1])
}

// Bytes holds all that fixes the arithmetic, four bytes a number, big-endian:
// the widths from inputs to the score, the shifts, the clamp. No valid shape's
// bytes begin another's.
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
	return binary.BigEndian.AppendUint32(b, Clamp)
}

// CutShape reads the valid shape that b begins with, and returns what follows.
func CutShape(b []byte) (s Shape, rest []byte, err error) {
	number := func(i int) int {
		if len(b) < 4*i+4 {
			return -1
		}
		return int(binary.BigEndian.Uint32(b[4*i:]))
	}
	s.Inputs, s.Hidden[0] = number(0), number(1)
	// The fourth number is a shift, at least MinShift, or the single output.
	if number(3) != 1 {
		s.Shift[0] = uint(number(3))
	} else {
		s.Hidden[1], s.Shift = number(2), [2]uint{uint(number(4)), uint(number(5))}
	}
	if err := s.Validate(); err != nil {
		return Shape{}, nil, err
	}
	head := s.Bytes()
	if !bytes.HasPrefix(b, head) {
		return Shape{}, nil, fmt.Errorf("these bytes begin with no shape of one output and a clamp of %d", Clamp)
	}
	return s, b[len(head):], nil
}

// ID names the shape: it binds widths, shifts and clamp.
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
		if k := s.Shift[l]; k < MinShift || k > MaxShift {
			return fmt.Errorf("a shift of %d cannot be proved: use %d to %d", k, MinShift, MaxShift)
		}
		if lo, hi := s.Quotients(l); hi-lo+1 > MaxQuotients {
			return fmt.Errorf("the sums of hidden layer %d take %d values after a shift of %d, more than %d: use a larger shift",
				l+1, hi-lo+1, s.Shift[l], MaxQuotients)
		}
	}
	return nil
}

// Width is the number of inputs of layer l, the output layer being the last.
func (s Shape) Width(l int) int {
	if l == 0 {
		return s.Inputs
	}
	return s.Hidden[l-1]
}

// Units is the number of units of layer l, one in the output layer.
func (s Shape) Units(l int) int {
	if l == s.Layers() {
		return 1
	}
	return s.Hidden[l]
}

// Bound is the largest absolute value that a sum of layer l can have, below 2^24.
func (s Shape) Bound(l int) int {
	largest := 128 // an input
	if l > 0 {
		largest = Clamp
	}
	return s.Width(l)*128*largest + 1<<15
}

// Quotients are the least and largest z >> Shift of hidden layer l.
func (s Shape) Quotients(l int) (lo, hi int) {
	z := s.Bound(l)
	return -z >> s.Shift[l], z >> s.Shift[l]
}

// BodySize is the length of a model's canonical bytes behind the head.
func (s Shape) BodySize() (n int) {
	for l := range s.Layers() + 1 {
		n += s.Units(l) * (s.Width(l) + 2)
	}
	return n
}

// WeightLayout says which row of a weight commitment holds what. For each hidden
// layer a row of weights a unit, then a row of the layer's biases; then the output
// layer's weights; then the tail: the output's bias and the mask.
type WeightLayout struct {
	Width  int    // entries a row, a power of two
	Layer  [2]int // first row of a hidden layer's weights
	Bias   [2]int // row of its biases
	Output int
	Tail   int
	Rows   int
}

// WeightLayout is the shape's.
func (s Shape) WeightLayout() (w WeightLayout) {
	widest := max(s.Inputs, s.Hidden[0], s.Hidden[1], 4)
	w.Width = 1 << bits.Len(uint(widest-1))
	for l := range s.Layers() {
		w.Layer[l] = w.Rows
		w.Bias[l] = w.Rows + s.Hidden[l]
		w.Rows = w.Bias[l] + 1
	}
	w.Output, w.Tail = w.Rows, w.Rows+1
	w.Rows += 2
	return w
}
