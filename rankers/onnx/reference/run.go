package reference

import (
	"context"
	"errors"
	"fmt"
	"math"

	"candor/rankers/onnx/format"
)

// tensor is a value while one row is run: the row's own place is of size one.
type tensor struct {
	typ  format.DType
	dims []int
	f    []float32 // of float32
	i    []int64   // of whole numbers
}

func (t *tensor) float() bool { return t.typ == format.Float32 }

func size(dims []int) int {
	n := 1
	for _, d := range dims {
		n *= d
	}
	return n
}

// shaped is the tensor's content in another shape.
func (t *tensor) shaped(dims []int) *tensor { return &tensor{t.typ, dims, t.f, t.i} }

// fresh is an empty tensor of the type and shape.
func fresh(typ format.DType, dims []int) *tensor {
	t := &tensor{typ: typ, dims: dims}
	if t.float() {
		t.f = make([]float32, size(dims))
	} else {
		t.i = make([]int64, size(dims))
	}
	return t
}

// Limits of strangers' towers: what fits a transformer of six layers that are 384 wide. A row
// takes an auditor about a second. Memory is what all its values together hold; those that
// nothing reads any more are let go.
var Limits = format.Limits{Bytes: 64 << 20, Nodes: 4096, Work: 1 << 30, Memory: 1 << 23}

// Open takes a stranger's file, within the Limits.
func Open(file []byte) (*Model, error) {
	g, err := format.Parse(file, Limits)
	if err != nil {
		return nil, err
	}
	return New(g)
}

// Graph is what the file says.
func (m *Model) Graph() *format.Graph { return m.graph }

// Model is a graph, ready to be run by many at once.
type Model struct {
	graph  *format.Graph
	consts map[string]*tensor
	last   map[string]int // the node that reads a value last
}

// New takes a graph that reads int8, or float32 of the same values, and gives float32.
func New(g *format.Graph) (*Model, error) {
	if len(g.Inputs) != 1 || len(g.Outputs) != 1 {
		return nil, fmt.Errorf("the model has %d inputs and %d outputs, where one of each is run", len(g.Inputs), len(g.Outputs))
	}
	if t := g.Inputs[0].Type; t != format.Int8 && t != format.Float32 {
		return nil, fmt.Errorf("the model reads %s, where rows are int8, or float32 of the same values", t)
	}
	if t := g.Outputs[0].Type; t != format.Float32 {
		return nil, fmt.Errorf("the model gives %s, where vectors are float32", t)
	}
	m := &Model{g, map[string]*tensor{}, map[string]int{}}
	for i := range g.Consts {
		c := &g.Consts[i]
		t := &tensor{typ: c.Type, dims: rowDims(c.Dims)}
		if t.float() {
			t.f = c.Floats()
		} else {
			t.i = c.Ints()
		}
		m.consts[c.Name] = t
	}
	for i := range g.Nodes {
		if operators[g.Nodes[i].Op] == nil {
			return nil, fmt.Errorf("the operator %s is not run here", g.Nodes[i].Op)
		}
		for _, name := range g.Nodes[i].In {
			m.last[name] = i
		}
	}
	m.last[g.Outputs[0].Name] = len(g.Nodes)
	return m, nil
}

func rowDims(dims []int64) []int {
	out := make([]int, len(dims))
	for i, d := range dims {
		if out[i] = int(d); d == format.Batch {
			out[i] = 1
		}
	}
	return out
}

// Width is the number of int8 in a row.
func (m *Model) Width() int { return m.graph.Inputs[0].Row() }

// Outputs is the number of float32 for a row.
func (m *Model) Outputs() int { return m.graph.Outputs[0].Row() }

// Floats runs the rows, which stand one behind the other.
func (m *Model) Floats(ctx context.Context, rows []int8) ([]float32, error) {
	w := m.Width()
	if w == 0 || len(rows)%w != 0 {
		return nil, fmt.Errorf("%d values are no whole rows of %d", len(rows), w)
	}
	out := make([]float32, 0, len(rows)/w*m.Outputs())
	for ; len(rows) > 0; rows = rows[w:] {
		got, err := m.row(ctx, rows[:w])
		if err != nil {
			return nil, err
		}
		out = append(out, got...)
	}
	return out, nil
}

func (m *Model) row(ctx context.Context, row []int8) ([]float32, error) {
	in := m.graph.Inputs[0]
	x := fresh(in.Type, rowDims(in.Dims))
	for k, v := range row {
		if x.float() {
			x.f[k] = float32(v)
		} else {
			x.i[k] = int64(v)
		}
	}
	held := map[string]*tensor{in.Name: x}
	find := func(name string) *tensor {
		if t := held[name]; t != nil {
			return t
		}
		return m.consts[name]
	}
	for k := range m.graph.Nodes {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		n := &m.graph.Nodes[k]
		args := make([]*tensor, max(3, len(n.In))) // optional ones are nil
		for i, name := range n.In {
			if name != "" {
				args[i] = find(name)
			}
		}
		out, err := operators[n.Op](n, args)
		if err != nil {
			return nil, fmt.Errorf("operation %d, %s: %w", k+1, n.Op, err)
		}
		held[n.Out[0]] = out
		for _, name := range n.In {
			if m.last[name] == k {
				delete(held, name)
			}
		}
	}
	out := find(m.graph.Outputs[0].Name)
	if out == nil || len(out.f) != m.Outputs() {
		return nil, fmt.Errorf("the model gives no %d numbers", m.Outputs())
	}
	return out.f, nil
}

// Vectors runs the rows and turns each float32 into an int8.
func (m *Model) Vectors(ctx context.Context, rows []int8) ([]int8, error) {
	floats, err := m.Floats(ctx, rows)
	if err != nil {
		return nil, err
	}
	out := make([]int8, len(floats))
	for i, v := range floats {
		if out[i], err = Element(v); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// Element turns a number of a vector into an int8: 127·v, rounded to the nearest even, at
// most ±127. It fails for what is no number.
func Element(v float32) (int8, error) {
	if v != v {
		return 0, errors.New("the model gave a vector that is no number")
	}
	return int8(max(-127, min(math.RoundToEven(float64(v)*127), 127))), nil
}
