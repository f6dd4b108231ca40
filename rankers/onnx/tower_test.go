package onnx

import (
	"encoding/binary"
	"fmt"
	"math"
	"math/rand/v2"

	"candor/rankers/onnx/format"
)

// The tower of the tests: 16 tokens of 24 int8, as a transformer's encoder with four heads
// makes them into a vector of 64.
const (
	towerTokens, towerIn = 16, 24
	towerWide            = 128
	towerHeads           = 4
	towerOut             = 64
)

// builder writes a graph node by node.
type builder struct {
	r *rand.Rand
	g *format.Graph
	n int
}

func (b *builder) name() string {
	b.n++
	return fmt.Sprintf("t%d", b.n)
}

func (b *builder) op(op string, attrs []format.Attr, in ...string) string {
	out := b.name()
	b.g.Nodes = append(b.g.Nodes, format.Node{Op: op, In: in, Out: []string{out}, Attrs: attrs})
	return out
}

func (b *builder) floats(dims []int64, v func(i int) float32) string {
	n := int64(1)
	for _, d := range dims {
		n *= d
	}
	t := format.Tensor{Name: b.name(), Type: format.Float32, Dims: dims}
	for i := range int(n) {
		t.Raw = binary.LittleEndian.AppendUint32(t.Raw, math.Float32bits(v(i)))
	}
	b.g.Consts = append(b.g.Consts, t)
	return t.Name
}

func (b *builder) ints(v ...int64) string {
	t := format.Tensor{Name: b.name(), Type: format.Int64, Dims: []int64{int64(len(v))}}
	for _, x := range v {
		t.Raw = binary.LittleEndian.AppendUint64(t.Raw, uint64(x))
	}
	b.g.Consts = append(b.g.Consts, t)
	return t.Name
}

// dense is x·W + c of random weights.
func (b *builder) dense(x string, in, out int64) string {
	s := 1 / math.Sqrt(float64(in))
	w := b.floats([]int64{in, out}, func(int) float32 { return float32(b.r.NormFloat64() * s) })
	c := b.floats([]int64{out}, func(int) float32 { return float32(b.r.NormFloat64() * 0.1) })
	return b.op("Add", nil, b.op("MatMul", nil, x, w), c)
}

func (b *builder) normalised(x string) string {
	one := b.floats([]int64{towerWide}, func(int) float32 { return 1 })
	return b.op("LayerNormalization", []format.Attr{{Name: "axis", Kind: format.AttrInt, I: -1}}, x, one)
}

// tower is a transformer of random weights.
func tower(r *rand.Rand, layers int) (*format.Graph, error) {
	b := &builder{r: r, g: &format.Graph{Opset: 17,
		Inputs:  []format.Value{{Name: "posts", Type: format.Int8, Dims: []int64{format.Batch, towerTokens * towerIn}}},
		Outputs: []format.Value{{Name: "vectors", Type: format.Float32, Dims: []int64{format.Batch, towerOut}}}}}
	perm := func(p ...int64) []format.Attr { return []format.Attr{{Name: "perm", Kind: format.AttrInts, Ints: p}} }
	x := b.op("Cast", []format.Attr{{Name: "to", Kind: format.AttrInt, I: int64(format.Float32)}}, "posts")
	x = b.op("Mul", nil, x, b.floats(nil, func(int) float32 { return 1. / 64 }))
	x = b.dense(b.op("Reshape", nil, x, b.ints(-1, towerTokens, towerIn)), towerIn, towerWide)
	for range layers {
		h := b.normalised(x)
		head := func(p ...int64) string {
			y := b.op("Reshape", nil, b.dense(h, towerWide, towerWide), b.ints(0, towerTokens, towerHeads, towerWide/towerHeads))
			return b.op("Transpose", perm(p...), y)
		}
		q, k, v := head(0, 2, 1, 3), head(0, 2, 3, 1), head(0, 2, 1, 3)
		a := b.op("Mul", nil, b.op("MatMul", nil, q, k), b.floats(nil, func(int) float32 { return float32(math.Sqrt(towerHeads / float64(towerWide))) }))
		a = b.op("MatMul", nil, b.op("Softmax", []format.Attr{{Name: "axis", Kind: format.AttrInt, I: -1}}, a), v)
		a = b.op("Reshape", nil, b.op("Transpose", perm(0, 2, 1, 3), a), b.ints(0, towerTokens, towerWide))
		x = b.op("Add", nil, x, b.dense(a, towerWide, towerWide))
		f := b.op("Relu", nil, b.dense(b.normalised(x), towerWide, 4*towerWide))
		x = b.op("Add", nil, x, b.dense(f, 4*towerWide, towerWide))
	}
	x = b.op("ReduceMean", []format.Attr{{Name: "axes", Kind: format.AttrInts, Ints: []int64{1}}, {Name: "keepdims", Kind: format.AttrInt}}, b.normalised(x))
	b.g.Nodes = append(b.g.Nodes, format.Node{Op: "Tanh", In: []string{b.dense(x, towerWide, towerOut)}, Out: []string{"vectors"}})
	// As a stranger's: written and read again.
	return format.Parse(b.g.Bytes(), format.Limits{})
}
