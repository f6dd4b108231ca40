// Command tower writes the example's tower: a transformer of one layer that makes a vector
// of 32 of a post's tokens, as an ONNX file; or a larger one:
//
//	go run ./examples/tower -layers 6 -wide 384 -heads 6 -out 384 -to large.onnx
//
// What enters: its size; its weights are drawn from a seed, so that the file is the same
// wherever it is written. What leaves: tower.onnx beside this file. Nobody trained it:
// posts that share words get vectors near each other, as by any projection of words, and no
// more. It shows the road for one that somebody trained.
package main

import (
	"encoding/binary"
	"flag"
	"fmt"
	"math"
	"math/rand/v2"
	"os"

	"candor/rankers/onnx/format"
	"candor/rankers/onnx/reference"
	"candor/rankers/tower"
)

const seed = 27

// size is how large a tower is.
type size struct {
	layers, wide, heads int64 // wide: of a word inside
	inner               int64 // units between the two halves of a layer
	out                 int64 // of a vector
}

var small = size{layers: 1, wide: 16, heads: 2, inner: 32, out: 32}

func main() {
	s := small
	flag.Int64Var(&s.layers, "layers", s.layers, "layers")
	flag.Int64Var(&s.wide, "wide", s.wide, "numbers of a word inside: a multiple of -heads and of 4")
	flag.Int64Var(&s.heads, "heads", s.heads, "heads of a layer")
	flag.Int64Var(&s.inner, "inner", 0, "units between the two halves of a layer; 0: twice as many as -wide, from 64 on four times")
	flag.Int64Var(&s.out, "out", s.out, "numbers of a vector")
	to := flag.String("to", "examples/tower/tower.onnx", "file to write")
	flag.Parse()
	if s.inner == 0 {
		if s.inner = 2 * s.wide; s.wide >= 64 {
			s.inner = 4 * s.wide
		}
	}
	file, err := build(s)
	if err == nil {
		err = os.WriteFile(*to, file, 0o644)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "tower:", err)
		os.Exit(1)
	}
}

// graph is written node by node.
type graph struct {
	format.Graph
	size
	draw *rand.Rand
	n    int
}

func (g *graph) name() string {
	g.n++
	return fmt.Sprintf("t%d", g.n)
}

func (g *graph) op(op string, attrs []format.Attr, in ...string) string {
	to := g.name()
	g.Nodes = append(g.Nodes, format.Node{Op: op, In: in, Out: []string{to}, Attrs: attrs})
	return to
}

func number(name string, v int64) format.Attr {
	return format.Attr{Name: name, Kind: format.AttrInt, I: v}
}

func list(name string, v ...int64) format.Attr {
	return format.Attr{Name: name, Kind: format.AttrInts, Ints: v}
}

// floats is a constant; its numbers are 128ths, so that every machine writes the same.
func (g *graph) floats(by float32, dims ...int64) string {
	n := int64(1)
	for _, d := range dims {
		n *= d
	}
	t := format.Tensor{Name: g.name(), Type: format.Float32, Dims: dims}
	for range n {
		t.Raw = binary.LittleEndian.AppendUint32(t.Raw, math.Float32bits(by*float32(g.draw.IntN(257)-128)/128))
	}
	g.Consts = append(g.Consts, t)
	return t.Name
}

func (g *graph) value(v float32, dims ...int64) string {
	n := int64(1)
	for _, d := range dims {
		n *= d
	}
	t := format.Tensor{Name: g.name(), Type: format.Float32, Dims: dims}
	for range n {
		t.Raw = binary.LittleEndian.AppendUint32(t.Raw, math.Float32bits(v))
	}
	g.Consts = append(g.Consts, t)
	return t.Name
}

func (g *graph) shape(v ...int64) string {
	t := format.Tensor{Name: g.name(), Type: format.Int64, Dims: []int64{int64(len(v))}}
	for _, x := range v {
		t.Raw = binary.LittleEndian.AppendUint64(t.Raw, uint64(x))
	}
	g.Consts = append(g.Consts, t)
	return t.Name
}

// less is a power of two near the square root of how much wider something is than in the
// small tower, so that what it sums is as large as there.
func less(wide, small int64) float32 {
	by := float32(1)
	for ; wide >= 4*small; wide /= 4 {
		by *= 2
	}
	return by
}

func (g *graph) dense(x string, from, to int64, by float32) string {
	by /= less(from, small.wide)
	return g.op("Add", nil, g.op("MatMul", nil, x, g.floats(by, from, to)), g.floats(0.125, to))
}

func (g *graph) normalised(x string) string {
	return g.op("LayerNormalization", []format.Attr{number("axis", -1)}, x, g.value(1, g.wide))
}

func (g *graph) mean(x string, axis, keep int64) string {
	return g.op("ReduceMean", []format.Attr{list("axes", axis), number("keepdims", keep)}, x)
}

// words are the posts' words, [posts, words, wide], and 1 where there is one, else 0.
func (g *graph) words() (x, there string) {
	ids := g.op("Cast", []format.Attr{number("to", int64(format.Int32))}, "tokens")
	x = g.op("Gather", []format.Attr{number("axis", 0)}, g.floats(1, 128, g.wide/tower.Parts), ids)
	x = g.op("Reshape", nil, x, g.shape(-1, tower.Count, g.wide))
	there = g.op("Clip", nil, g.op("Cast", []format.Attr{number("to", int64(format.Float32))}, "tokens"), g.value(0), g.value(1))
	there = g.mean(g.op("Reshape", nil, there, g.shape(-1, tower.Count, tower.Parts)), 2, 1)
	return x, there
}

// layer is a transformer's: words look at each other, then each is thought over.
func (g *graph) layer(x, there string) string {
	h := g.normalised(x)
	head := func(p ...int64) string {
		y := g.op("Reshape", nil, g.dense(h, g.wide, g.wide, 0.5), g.shape(0, tower.Count, g.heads, g.wide/g.heads))
		return g.op("Transpose", []format.Attr{list("perm", p...)}, y)
	}
	q, k, v := head(0, 2, 1, 3), head(0, 2, 3, 1), head(0, 2, 1, 3)
	look := g.op("Mul", nil, g.op("MatMul", nil, q, k), g.value(0.25/less(g.wide/g.heads, small.wide/small.heads)))
	// Places without a word are looked at by nobody.
	void := g.op("Mul", nil, g.op("Sub", nil, g.op("Reshape", nil, there, g.shape(-1, 1, 1, tower.Count)), g.value(1)), g.value(64))
	look = g.op("Softmax", []format.Attr{number("axis", -1)}, g.op("Add", nil, look, void))
	seen := g.op("Transpose", []format.Attr{list("perm", 0, 2, 1, 3)}, g.op("MatMul", nil, look, v))
	x = g.op("Add", nil, x, g.dense(g.op("Reshape", nil, seen, g.shape(0, tower.Count, g.wide)), g.wide, g.wide, 0.5))
	return g.op("Add", nil, x, g.dense(g.op("Relu", nil, g.dense(g.normalised(x), g.wide, g.inner, 0.5)), g.inner, g.wide, 0.25))
}

// build is the file.
func build(s size) ([]byte, error) {
	if s.layers < 1 || s.heads < 1 || s.wide < 1 || s.inner < 1 || s.wide%s.heads != 0 || s.wide%tower.Parts != 0 {
		return nil, fmt.Errorf("%d layers, %d wide, of %d heads: send others", s.layers, s.wide, s.heads)
	}
	g := &graph{size: s, draw: rand.New(rand.NewPCG(seed, seed)), Graph: format.Graph{Opset: 17,
		Inputs:  []format.Value{{Name: "tokens", Type: format.Int8, Dims: []int64{format.Batch, tower.Width}}},
		Outputs: []format.Value{{Name: "vectors", Type: format.Float32, Dims: []int64{format.Batch, s.out}}}}}
	x, there := g.words()
	for range s.layers {
		x = g.layer(x, there)
	}
	sum := g.mean(g.op("Mul", nil, x, there), 1, 0)
	share := g.op("Add", nil, g.mean(there, 1, 0), g.value(1./64))
	x = g.dense(g.op("Div", nil, sum, share), s.wide, s.out, 0.5/less(s.layers*s.layers, 1))
	g.Nodes = append(g.Nodes, format.Node{Op: "Tanh", In: []string{x}, Out: []string{"vectors"}})
	read, err := reference.Open(g.Bytes()) // as a stranger's
	if err != nil {
		return nil, err
	}
	return read.Graph().Bytes(), nil
}
