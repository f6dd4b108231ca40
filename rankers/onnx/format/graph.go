package format

import (
	"encoding/binary"
	"fmt"
	"math"
	"slices"
)

// DType is the type of a tensor's elements, as ONNX numbers them.
type DType int32

// The types that are read.
const (
	Float32 DType = 1
	Uint8   DType = 2
	Int8    DType = 3
	Int32   DType = 6
	Int64   DType = 7
)

// Size is the number of bytes of one element, 0 of a type that is not read.
func (t DType) Size() int {
	switch t {
	case Float32, Int32:
		return 4
	case Uint8, Int8:
		return 1
	case Int64:
		return 8
	}
	return 0
}

// String is the type's name.
func (t DType) String() string {
	switch t {
	case Float32:
		return "float32"
	case Uint8:
		return "uint8"
	case Int8:
		return "int8"
	case Int32:
		return "int32"
	case Int64:
		return "int64"
	}
	return fmt.Sprintf("type %d", int32(t))
}

// Batch stands for the number of rows in a shape, always in its first place.
const Batch = -1

// Value is a named input or output.
type Value struct {
	Name string
	Type DType
	Dims []int64
}

// Row is the number of elements of one row.
func (v Value) Row() int {
	n := 1
	for _, d := range v.Dims[1:] {
		n *= int(d)
	}
	return n
}

// Tensor is a constant; Raw is little-endian and of exactly the shape's length.
type Tensor struct {
	Name string
	Type DType
	Dims []int64
	Raw  []byte
}

// Floats are the elements of a float32 tensor.
func (t *Tensor) Floats() []float32 {
	f := make([]float32, len(t.Raw)/4)
	for i := range f {
		f[i] = math.Float32frombits(binary.LittleEndian.Uint32(t.Raw[4*i:]))
	}
	return f
}

// Ints are the elements of a tensor of integers.
func (t *Tensor) Ints() []int64 {
	v := make([]int64, len(t.Raw)/t.Type.Size())
	for i := range v {
		switch t.Type {
		case Int64:
			v[i] = int64(binary.LittleEndian.Uint64(t.Raw[8*i:]))
		case Int32:
			v[i] = int64(int32(binary.LittleEndian.Uint32(t.Raw[4*i:])))
		case Int8:
			v[i] = int64(int8(t.Raw[i]))
		case Uint8:
			v[i] = int64(t.Raw[i])
		}
	}
	return v
}

// Attr is an attribute; Kind says which of the others counts.
type Attr struct {
	Name string
	Kind AttrKind
	F    float32
	I    int64
	Ints []int64
}

// AttrKind is the type of an attribute, as ONNX numbers them.
type AttrKind int32

// The attribute types that are read. A tensor stands in Constant alone, which reading
// turns into a constant of the graph.
const (
	AttrFloat  AttrKind = 1
	AttrInt    AttrKind = 2
	attrTensor AttrKind = 4
	AttrInts   AttrKind = 7
)

// Node is one operation.
type Node struct {
	Op      string
	In, Out []string
	Attrs   []Attr
}

// attr finds an attribute by name.
func (n *Node) attr(name string) *Attr {
	for i := range n.Attrs {
		if n.Attrs[i].Name == name {
			return &n.Attrs[i]
		}
	}
	return nil
}

// Int is a whole number among the attributes.
func (n *Node) Int(name string, otherwise int64) int64 { return n.int(name, otherwise) }

// Float is a number among the attributes.
func (n *Node) Float(name string, otherwise float32) float32 { return n.float(name, otherwise) }

// List is a list of whole numbers among the attributes; false: it is not there.
func (n *Node) List(name string) ([]int64, bool) {
	if a := n.attr(name); a != nil {
		return a.Ints, true
	}
	return nil, false
}

func (n *Node) int(name string, otherwise int64) int64 {
	if a := n.attr(name); a != nil {
		return a.I
	}
	return otherwise
}

func (n *Node) float(name string, otherwise float32) float32 {
	if a := n.attr(name); a != nil {
		return a.F
	}
	return otherwise
}

// Graph is a model that was understood: every value has a known type and shape.
type Graph struct {
	Opset   int64
	Inputs  []Value
	Outputs []Value
	Consts  []Tensor
	Nodes   []Node

	// Work is the number of multiplications and other steps for one row, Memory that of
	// the elements of all values of one row.
	Work, Memory int64
}

// Const finds a constant by name.
func (g *Graph) Const(name string) *Tensor {
	if i := slices.IndexFunc(g.Consts, func(t Tensor) bool { return t.Name == name }); i >= 0 {
		return &g.Consts[i]
	}
	return nil
}

// Limits bound what is read. Zero values mean those of DefaultLimits.
type Limits struct {
	Bytes  int   // of the file
	Nodes  int   // operations
	Work   int64 // steps for one row
	Memory int64 // elements for one row
}

// DefaultLimits let a small transformer through and keep a batch of 1,024 rows within
// 4 GiB.
var DefaultLimits = Limits{Bytes: 256 << 20, Nodes: 4096, Work: 1 << 31, Memory: 1 << 20}
