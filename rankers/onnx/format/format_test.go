package format

import (
	"bytes"
	"math"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"candor/zkcommit"

	"pgregory.net/rapid"
)

// rows is a shape of one number of rows and the sizes.
func rows(dims ...int64) []int64 { return append([]int64{Batch}, dims...) }

func ints(name string, v ...int64) Tensor {
	var raw []byte
	for _, x := range v {
		for i := range 8 {
			raw = append(raw, byte(x>>(8*i)))
		}
	}
	return Tensor{Name: name, Type: Int64, Dims: []int64{int64(len(v))}, Raw: raw}
}

func zeros(name string, dims ...int64) Tensor {
	n, err := elements(dims)
	if err != nil {
		panic(err)
	}
	return Tensor{Name: name, Type: Float32, Dims: dims, Raw: make([]byte, 4*n)}
}

// graph is one input x, constants and nodes whose last gives y.
func graph(x Value, consts []Tensor, nodes ...Node) *Graph {
	x.Name = "x"
	return &Graph{Opset: 17, Inputs: []Value{x}, Outputs: []Value{{Name: "y", Type: Float32, Dims: rows(1)}}, Consts: consts, Nodes: nodes}
}

func node(op string, in ...string) Node { return Node{Op: op, In: in, Out: []string{"y"}} }

func with(n Node, a ...Attr) Node { n.Attrs = a; return n }

func in(dims ...int64) Value { return Value{Type: Float32, Dims: dims} }

// What each operator gives, and what it refuses.
func TestShapes(t *testing.T) {
	axis := func(a int64) Attr { return Attr{Name: "axis", Kind: AttrInt, I: a} }
	perm := func(p ...int64) Attr { return Attr{Name: "perm", Kind: AttrInts, Ints: p} }
	for _, x := range []struct {
		name   string
		in     Value
		consts []Tensor
		node   Node
		want   []int64 // nil: refused
		why    string
	}{
		{"relu", in(rows(3)...), nil, node("Relu", "x"), rows(3), ""},
		{"add", in(rows(2, 3)...), []Tensor{zeros("w", 3)}, node("Add", "x", "w"), rows(2, 3), ""},
		{"add widens", in(rows(2, 1)...), []Tensor{zeros("w", 5)}, node("Add", "x", "w"), rows(2, 5), ""},
		{"add misfits", in(rows(3)...), []Tensor{zeros("w", 2)}, node("Add", "x", "w"), nil, "do not go together"},
		{"rows meet columns", in(Batch), []Tensor{zeros("w", 4, 1)}, node("Add", "x", "w"), nil, "mixes rows"},
		{"rows meet a size", in(Batch), []Tensor{zeros("w", 4)}, node("Add", "x", "w"), nil, "do not go together"},
		{"matmul", in(rows(4)...), []Tensor{zeros("w", 4, 7)}, node("MatMul", "x", "w"), rows(7), ""},
		{"matmul misfits", in(rows(4)...), []Tensor{zeros("w", 5, 7)}, node("MatMul", "x", "w"), nil, "do not multiply"},
		{"matmul sums rows", in(rows(4)...), []Tensor{zeros("w", 7, 4)}, node("MatMul", "w", "x"), nil, "do not multiply"},
		{"matmul of rows", in(rows(4, 4)...), nil, node("MatMul", "x", "x"), rows(4, 4), ""},
		{"gemm", in(rows(4)...), []Tensor{zeros("w", 7, 4), zeros("c", 7)}, with(node("Gemm", "x", "w", "c"), Attr{Name: "transB", Kind: AttrInt, I: 1}), rows(7), ""},
		{"gemm sums rows", in(rows(4)...), []Tensor{zeros("w", 7, 4)}, with(node("Gemm", "x", "w"), Attr{Name: "transA", Kind: AttrInt, I: 1}), nil, "do not multiply"},
		{"gemm's bias is too long", in(rows(4)...), []Tensor{zeros("w", 4, 7), zeros("c", 3, 7)}, node("Gemm", "x", "w", "c"), nil, "cannot be added"},
		{"reshape", in(rows(6)...), []Tensor{ints("s", -1, 2, 3)}, node("Reshape", "x", "s"), rows(2, 3), ""},
		{"reshape copies", in(rows(6)...), []Tensor{ints("s", 0, 3, -1)}, node("Reshape", "x", "s"), rows(3, 2), ""},
		{"reshape mixes", in(rows(6)...), []Tensor{ints("s", -1, 3)}, node("Reshape", "x", "s"), nil, "mixes rows"},
		{"reshape moves rows", in(rows(6)...), []Tensor{ints("s", 6, -1)}, node("Reshape", "x", "s"), nil, "mixes rows"},
		{"reshape loses", in(rows(6)...), []Tensor{ints("s", 0, 5)}, node("Reshape", "x", "s"), nil, "does not hold"},
		{"reshape overflows", in(rows(6)...), []Tensor{ints("s", 0, 1<<27, 1<<27, 1<<27)}, node("Reshape", "x", "s"), nil, "too large"},
		{"reshape to nothing", in(rows(6)...), []Tensor{ints("s", 0, 6)}, with(node("Reshape", "x", "s"), Attr{Name: "allowzero", Kind: AttrInt, I: 1}), nil, "makes nothing"},
		{"reshape without zeros", in(rows(6)...), []Tensor{ints("s", -1, 2, 3)}, with(node("Reshape", "x", "s"), Attr{Name: "allowzero", Kind: AttrInt, I: 1}), rows(2, 3), ""},
		{"reshape by a result", in(rows(6)...), nil, node("Reshape", "x", "x"), nil, "constant"},
		{"flatten", in(rows(2, 3)...), nil, node("Flatten", "x"), rows(6), ""},
		{"flatten mixes", in(rows(2, 3)...), nil, with(node("Flatten", "x"), axis(0)), nil, "axis 1"},
		{"squeeze", in(rows(2, 1)...), []Tensor{ints("a", -1)}, node("Squeeze", "x", "a"), rows(2), ""},
		{"squeeze more", in(rows(2, 1)...), []Tensor{ints("a", 1)}, node("Squeeze", "x", "a"), nil, "2 elements"},
		{"squeeze rows", in(rows(2, 1)...), []Tensor{ints("a", 0)}, node("Squeeze", "x", "a"), nil, "axes"},
		{"transpose", in(rows(2, 3)...), nil, with(node("Transpose", "x"), perm(0, 2, 1)), rows(3, 2), ""},
		{"transpose rows", in(rows(2, 3)...), nil, with(node("Transpose", "x"), perm(1, 0, 2)), nil, "mixes rows"},
		{"transpose by default", in(rows(2, 3)...), nil, node("Transpose", "x"), nil, "mixes rows"},
		{"transpose twice", in(rows(2, 3)...), nil, with(node("Transpose", "x"), perm(0, 1, 1)), nil, "order"},
		{"concat", in(rows(2)...), nil, with(node("Concat", "x", "x"), axis(1)), rows(4), ""},
		{"concat rows", in(rows(2)...), nil, with(node("Concat", "x", "x"), axis(0)), nil, "along the rows"},
		{"softmax", in(rows(2)...), nil, node("Softmax", "x"), rows(2), ""},
		{"softmax over rows", in(rows(2)...), nil, with(node("Softmax", "x"), axis(0)), nil, "along the rows"},
		{"softmax over rows from behind", in(rows(2)...), nil, with(node("Softmax", "x"), axis(-2)), nil, "along the rows"},
		{"mean", in(rows(2, 3)...), nil, with(node("ReduceMean", "x"), Attr{Name: "axes", Kind: AttrInts, Ints: []int64{1}}), rows(1, 3), ""},
		{"mean of all", in(rows(2, 3)...), nil, node("ReduceMean", "x"), nil, "must be given"},
		{"mean over rows", in(rows(2)...), nil, with(node("ReduceMean", "x"), Attr{Name: "axes", Kind: AttrInts, Ints: []int64{0}}), nil, "axes"},
		{"norm", in(rows(5)...), []Tensor{zeros("w", 5)}, node("LayerNormalization", "x", "w"), rows(5), ""},
		{"norm over rows", in(rows(5)...), []Tensor{zeros("w", 5)}, with(node("LayerNormalization", "x", "w"), axis(0)), nil, "along the rows"},
		{"gather", in(rows(5)...), []Tensor{ints("i", 4, 0)}, with(node("Gather", "x", "i"), axis(1)), rows(2), ""},
		{"gather outside", in(rows(5)...), []Tensor{ints("i", 5)}, with(node("Gather", "x", "i"), axis(1)), nil, "place 5 of 5"},
		{"gather rows", in(rows(5)...), []Tensor{ints("i", 0)}, node("Gather", "x", "i"), nil, "along the rows"},
		{"gather by floats", in(rows(5)...), []Tensor{zeros("w", 9, 4)}, node("Gather", "w", "x"), nil, "picks by"},
		{"embed", Value{Type: Int32, Dims: rows(5)}, []Tensor{zeros("w", 9, 4)}, node("Gather", "w", "x"), rows(5, 4), ""},
		{"clip by a result", in(rows(5)...), nil, node("Clip", "x", "x"), nil, "constant"},
		{"clip by many", in(rows(5)...), []Tensor{zeros("w", 5)}, node("Clip", "x", "w"), nil, "constant"},
		{"integers", Value{Type: Int8, Dims: rows(5)}, nil, node("Relu", "x"), nil, "put a Cast"},
		{"cast", Value{Type: Int8, Dims: rows(5)}, nil, with(node("Cast", "x"), Attr{Name: "to", Kind: AttrInt, I: 1}), rows(5), ""},
		{"cast to text", in(rows(5)...), nil, with(node("Cast", "x"), Attr{Name: "to", Kind: AttrInt, I: 8}), nil, "allowed"},
		{"loop", in(rows(5)...), nil, node("Loop", "x"), nil, "not among"},
		{"unknown attribute", in(rows(5)...), nil, with(node("Relu", "x"), axis(1)), nil, "not allowed"},
		{"attribute of another kind", in(rows(5)...), nil, with(node("Softmax", "x"), Attr{Name: "axis", Kind: AttrFloat}), nil, "not allowed"},
		{"attribute twice", in(rows(5)...), nil, with(node("Softmax", "x"), axis(1), axis(0)), nil, "twice"},
		{"unknown input", in(rows(5)...), nil, node("Relu", "y"), nil, "not known"},
		{"name twice", in(rows(5)...), []Tensor{zeros("x", 1)}, node("Relu", "x"), nil, "twice"},
		{"rows fixed", in(3, 5), nil, node("Relu", "x"), nil, "must be free"},
		{"free twice", in(Batch, Batch), nil, node("Relu", "x"), nil, "must be free"},
		{"too wide", in(rows(1 << 21)...), nil, node("Relu", "x"), nil, "too large"},
		{"outer product", in(rows(1<<15, 1)...), []Tensor{zeros("w", 1, 1<<15)}, node("MatMul", "x", "w"), nil, "too large"},
		{"too much work", in(rows(1<<10, 1<<9)...), []Tensor{zeros("w", 1<<9, 1<<9), zeros("v", 1<<9, 1<<9)}, node("MatMul", "x", "w"), rows(1<<10, 1<<9), ""},
		{"constant result", in(rows(5)...), []Tensor{zeros("w", 5)}, node("Relu", "w"), nil, "not for every row"},
	} {
		g := graph(x.in, x.consts, x.node)
		got, err := Parse(g.Bytes(), Limits{})
		switch {
		case x.want == nil:
			if err == nil || !strings.Contains(err.Error(), x.why) {
				t.Errorf("%s: %v, want %q", x.name, err, x.why)
			}
		case err != nil:
			t.Errorf("%s: %v", x.name, err)
		case !reflect.DeepEqual(got.Outputs[0].Dims, x.want):
			t.Errorf("%s gives %v, want %v", x.name, got.Outputs[0].Dims, x.want)
		}
	}
}

// The limits of a whole model hold, too.
func TestLimits(t *testing.T) {
	g := graph(in(rows(64)...), []Tensor{zeros("w", 64, 64)}, Node{Op: "MatMul", In: []string{"x", "w"}, Out: []string{"a"}}, node("MatMul", "a", "w"))
	for _, x := range []struct {
		l    Limits
		want string
	}{
		{Limits{Bytes: 1 << 20, Nodes: 10, Work: 8192, Memory: 192}, ""},
		{Limits{Bytes: 1000, Nodes: 10, Work: 8192, Memory: 192}, "bytes"},
		{Limits{Bytes: 1 << 20, Nodes: 2, Work: 8192, Memory: 192}, "operations"},
		{Limits{Bytes: 1 << 20, Nodes: 10, Work: 8191, Memory: 192}, "steps"},
		{Limits{Bytes: 1 << 20, Nodes: 10, Work: 8192, Memory: 191}, "elements"},
	} {
		got, err := Parse(g.Bytes(), x.l)
		if x.want == "" && (err != nil || got.Work != 8192 || got.Memory != 192) {
			t.Errorf("%+v: %v", x.l, err)
		}
		if x.want != "" && (err == nil || !strings.Contains(err.Error(), x.want)) {
			t.Errorf("%+v: %v, want %q", x.l, err, x.want)
		}
	}
}

// Fields that ONNX has and this reader refuses, each put into a good file.
func TestRefusedFields(t *testing.T) {
	good := graph(in(rows(2)...), []Tensor{zeros("w", 2)}, node("Add", "x", "w"))
	if _, err := Parse(good.Bytes(), Limits{}); err != nil {
		t.Fatal(err)
	}
	wrap := func(graphFields message) message {
		return message(nil).int(1, irVersion).msg(7, graphFields).msg(8, message(nil).int(2, 17))
	}
	x := (&Value{"x", Float32, rows(2)}).bytes()
	base := message(nil).msg(11, x).msg(12, (&Value{"y", Float32, rows(2)}).bytes())
	relu := message(nil).str(1, "x").str(2, "y").str(4, "Relu")
	tensor := message(nil).int(1, 2).int(2, 1).str(8, "w")
	attribute := func(m message) message { return wrap(base.msg(1, relu.msg(5, m))) }
	if _, err := Parse(wrap(base.msg(1, relu)), Limits{}); err != nil {
		t.Fatal(err)
	}
	for name, b := range map[string]message{
		"nothing":              nil,
		"no graph":             message(nil).int(1, 8).msg(8, message(nil).int(2, 17)),
		"two graphs":           wrap(base.msg(1, relu)).msg(7, base),
		"no operator set":      message(nil).int(1, 8).msg(7, base.msg(1, relu)),
		"an old operator set":  message(nil).int(1, 8).msg(7, base.msg(1, relu)).msg(8, message(nil).int(2, 12)),
		"two operator sets":    wrap(base.msg(1, relu)).msg(8, message(nil).int(2, 18)),
		"training":             wrap(base.msg(1, relu)).msg(20, nil),
		"functions":            wrap(base.msg(1, relu)).msg(25, nil),
		"a sparse constant":    wrap(base.msg(1, relu).msg(15, nil)),
		"quantised constants":  wrap(base.msg(1, relu).msg(14, nil)),
		"an own domain":        wrap(base.msg(1, relu.str(7, "com.example"))),
		"an overload":          wrap(base.msg(1, relu.str(8, "o"))),
		"a subgraph":           attribute(message(nil).str(1, "body").msg(6, nil).int(20, 5)),
		"a string":             attribute(message(nil).str(1, "s").str(4, "v").int(20, 3)),
		"a referred attribute": attribute(message(nil).str(1, "s").str(21, "v").int(20, 2)),
		"a tensor attribute":   attribute(message(nil).str(1, "value").msg(5, tensor.msg(9, make([]byte, 8))).int(20, 4)),
		"external data":        wrap(base.msg(1, relu).msg(5, tensor.msg(13, message(nil).str(1, "location").str(2, "/etc/passwd")))),
		"an external place":    wrap(base.msg(1, relu).msg(5, tensor.int(14, 1).msg(9, make([]byte, 8)))),
		"a segment":            wrap(base.msg(1, relu).msg(5, tensor.msg(3, nil).msg(9, make([]byte, 8)))),
		"strings":              wrap(base.msg(1, relu).msg(5, tensor.str(6, "a").msg(9, make([]byte, 8)))),
		"doubles":              wrap(base.msg(1, relu).msg(5, message(nil).int(1, 1).int(2, 11).str(8, "w").msg(9, make([]byte, 8)))),
		"short contents":       wrap(base.msg(1, relu).msg(5, tensor.msg(9, make([]byte, 7)))),
		"two contents":         wrap(base.msg(1, relu).msg(5, tensor.msg(9, make([]byte, 8)).msg(4, make([]byte, 8)))),
		"a huge shape":         wrap(base.msg(1, relu).msg(5, message(nil).int(1, 1<<40).int(1, 1<<40).int(2, 1).str(8, "w").msg(9, nil))),
		"a negative size":      wrap(base.msg(1, relu).msg(5, message(nil).int(1, -1).int(1, -2).int(2, 1).str(8, "w").msg(9, make([]byte, 8)))),
		"integers for floats":  wrap(base.msg(1, relu).msg(5, tensor.msg(5, []byte{1, 2}))),
		"int8 of 200":          wrap(base.msg(1, relu).msg(5, message(nil).int(1, 1).int(2, 3).str(8, "w").msg(5, []byte{200, 1}))),
		"a promise of numbers": wrap(base.msg(1, relu).msg(5, message(nil).int(1, 1<<27).int(2, 7).str(8, "w").msg(7, []byte{1, 2}))),
		"a sequence":           wrap(message(nil).msg(11, message(nil).str(1, "x").msg(2, message(nil).msg(4, nil))).msg(12, x).msg(1, relu)),
		"a broken name":        wrap(base.msg(1, message(nil).str(1, "x").str(2, "y\x00").str(4, "Relu"))),
		"a long name":          wrap(base.msg(1, message(nil).str(1, "x").str(2, strings.Repeat("y", 300)).str(4, "Relu"))),
		"a group":              append(wrap(base.msg(1, relu)), 3<<3|3, 3<<3|4),
		"an end in a field":    append(wrap(base.msg(1, relu)), 2<<3|2, 200),
	} {
		if g, err := Parse(b, Limits{}); err == nil {
			t.Errorf("%s is accepted: %+v", name, g)
		}
	}
}

func randomModel(r *rand.Rand, s zkcommit.Shape) *zkcommit.Model {
	m := zkcommit.NewModel(s)
	for _, layer := range m.Layers {
		for i := range layer.Weights {
			layer.Weights[i] = int8(r.Uint32())
		}
		for i := range layer.Bias {
			layer.Bias[i] = int16(r.Uint32())
		}
	}
	return m
}

// An exported model is read as it was written, and what is written again is the same.
func TestExportIsRead(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := zkcommit.Shape{Inputs: rapid.IntRange(1, 512).Draw(t, "inputs"), Hidden: [2]int{rapid.IntRange(1, 64).Draw(t, "hidden")}, Shift: [2]uint{12}}
		if rapid.Bool().Draw(t, "two") {
			s.Hidden[1], s.Shift[1] = rapid.IntRange(1, 64).Draw(t, "second"), 12
		}
		g, err := Export(randomModel(rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 0)), s))
		if err != nil {
			t.Fatal(err)
		}
		b := g.Bytes()
		got, err := Parse(b, Limits{})
		if err != nil || !bytes.Equal(got.Bytes(), b) || got.Work != g.Work || got.Memory != g.Memory {
			t.Fatalf("shape %s: %v", s, err)
		}
	})
}

// The largest model stays below 2^24; a wider one is refused.
func TestExportStaysExact(t *testing.T) {
	s := zkcommit.Shape{Inputs: zkcommit.MaxInputs, Hidden: [2]int{1}, Shift: [2]uint{12}}
	m := zkcommit.NewModel(s)
	for _, layer := range m.Layers {
		for i := range layer.Weights {
			layer.Weights[i] = -128
		}
		layer.Bias[0] = -1 << 15
	}
	if most := largest(&m.Layers[0], s.Inputs, true); most != 1<<23+1<<15 {
		t.Errorf("the largest sum is %d", most)
	}
	if _, err := Export(m); err != nil {
		t.Error(err)
	}
	wide := zkcommit.Layer{Weights: bytesOf(-128, 1024), Bias: []int16{0}}
	if most := largest(&wide, 1024, true); most < exact {
		t.Errorf("a layer of 1,024 inputs reaches %d only", most)
	}
}

// What Export writes computes the model: its few operators worked out in float32, one
// after the other, without any runtime.
func TestExportComputesTheModel(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := zkcommit.Shape{Inputs: rapid.IntRange(1, 100).Draw(t, "inputs"), Hidden: [2]int{rapid.IntRange(1, 12).Draw(t, "hidden")}, Shift: [2]uint{uint(rapid.IntRange(6, 12).Draw(t, "shift"))}}
		if rapid.Bool().Draw(t, "two") {
			s.Hidden[1], s.Shift[1] = rapid.IntRange(1, 12).Draw(t, "second"), uint(rapid.IntRange(6, 12).Draw(t, "shift 2"))
		}
		r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 0))
		m := randomModel(r, s)
		if rapid.Bool().Draw(t, "small") { // so that activations lie between their ends
			for _, layer := range m.Layers {
				for i := range layer.Weights {
					layer.Weights[i] /= 16
				}
			}
		}
		g, err := Export(m)
		if err != nil {
			t.Fatal(err)
		}
		row := make([]int8, s.Inputs)
		for i := range row {
			row[i] = int8(r.Uint32())
		}
		want, err := m.Plain(row)
		if err != nil {
			t.Fatal(err)
		}
		if got := compute(t, g, row); len(got) != 1 || int32(got[0]) != want[0] {
			t.Fatalf("shape %s: the graph gives %v, the model %d", s, got, want)
		}
	})
}

// compute runs an exported graph on one row.
func compute(t *rapid.T, g *Graph, row []int8) []float32 {
	known := map[string][]float32{}
	for _, c := range g.Consts {
		known[c.Name] = c.Floats()
	}
	for _, x := range row {
		known[ProfileInput] = append(known[ProfileInput], float32(x))
	}
	for _, n := range g.Nodes {
		var in [3][]float32
		for i, name := range n.In {
			in[i] = known[name]
		}
		var out []float32
		each := func(f func(x, y float32) float32) {
			for i, x := range in[0] {
				y := float32(0)
				if len(in[1]) > 0 {
					y = in[1][i%len(in[1])]
				}
				out = append(out, f(x, y))
			}
		}
		switch n.Op {
		case "Cast":
			out = in[0]
		case "Add":
			each(func(x, y float32) float32 { return x + y })
		case "Mul":
			each(func(x, y float32) float32 { return x * y })
		case "Floor":
			each(func(x, _ float32) float32 { return float32(math.Floor(float64(x))) })
		case "Clip":
			each(func(x, low float32) float32 { return max(low, min(x, in[2][0])) })
		case "MatMul":
			out = make([]float32, len(in[1])/len(in[0]))
			for k, x := range in[0] {
				for j := range out {
					out[j] += x * in[1][k*len(out)+j]
				}
			}
		default:
			t.Fatalf("Export writes %s", n.Op)
		}
		known[n.Out[0]] = out
	}
	return known[ProfileOutput]
}

func bytesOf(v int8, n int) []int8 {
	b := make([]int8, n)
	for i := range b {
		b[i] = v
	}
	return b
}

// What cannot be quantised is refused with a word on why.
func TestNoPerceptron(t *testing.T) {
	w, v := zeros("w", 2, 2), zeros("v", 2, 1)
	out := func(op string, to string, in ...string) Node { return Node{Op: op, In: in, Out: []string{to}} }
	first := []Node{out("MatMul", "a", "x", "w"), out("Relu", "b", "a")}
	inf := float("inf", nil, float32(math.Inf(1)))
	for _, x := range []struct {
		name   string
		consts []Tensor
		nodes  []Node
		want   string
	}{
		{"good", []Tensor{w, v}, append(first[:2:2], node("MatMul", "b", "v")), ""},
		{"branches", []Tensor{w, v}, append(first[:2:2], out("Add", "c", "a", "x"), node("MatMul", "c", "v")), "in one row"},
		{"no activation", []Tensor{w, v}, append(first[:1:1], node("MatMul", "a", "v")), "without an activation"},
		{"rounds", []Tensor{w, v}, append(first[:2:2], with(out("Cast", "c", "b"), Attr{Name: "to", Kind: AttrInt, I: 6}), with(out("Cast", "d", "c"), Attr{Name: "to", Kind: AttrInt, I: 1}), node("MatMul", "d", "v")), "rounds"},
		{"clips below zero", []Tensor{w, v, float("l", nil, -1)}, append(first[:1:1], out("Clip", "b", "a", "l"), node("MatMul", "b", "v")), "must clip from 0"},
		{"scales an activation", []Tensor{w, v, float("s", nil, 2)}, append(first[:2:2], out("Mul", "c", "b", "s"), node("MatMul", "c", "v")), "between an activation"},
		{"divides by the values", []Tensor{w, v, float("s", nil, 2)}, append(first[:1:1], out("Div", "c", "s", "a"), out("Relu", "b", "c"), node("MatMul", "b", "v")), "behind the constant"},
		{"squares", []Tensor{w, v}, append(first[:1:1], out("Mul", "c", "a", "a"), out("Relu", "b", "c"), node("MatMul", "b", "v")), "no constant"},
		{"another activation", []Tensor{w, v}, []Node{out("MatMul", "a", "x", "w"), out("Tanh", "b", "a"), node("MatMul", "b", "v")}, "last layer only"},
		{"softmax", []Tensor{w, v}, append(first[:2:2], out("Softmax", "c", "b"), node("MatMul", "c", "v")), "no part of a perceptron"},
		{"ends bent", []Tensor{w, v, float("s", nil, 2)}, append(first[:2:2], out("MatMul", "c", "b", "v"), out("Sigmoid", "d", "c"), node("Mul", "d", "s")), "behind the last"},
		{"infinite", []Tensor{w, v, inf}, append(first[:2:2], out("MatMul", "c", "b", "v"), node("Add", "c", "inf")), "no finite number"},
		{"no layer at the end", []Tensor{v}, []Node{out("MatMul", "c", "x", "v"), node("Relu", "c")}, "end with a layer"},
	} {
		g, err := Parse(graph(in(rows(2)...), x.consts, x.nodes...).Bytes(), Limits{})
		if err != nil {
			t.Errorf("%s: %v", x.name, err)
			continue
		}
		m, err := g.MLP()
		if x.want == "" && (err != nil || len(m.Layers) != 2) || x.want != "" && (err == nil || !strings.Contains(err.Error(), x.want)) {
			t.Errorf("%s: %v, want %q", x.name, err, x.want)
		}
	}
}

// seeds are files for the fuzzer: small, and each with other parts.
func seeds() (all [][]byte) {
	s := zkcommit.Shape{Inputs: 3, Hidden: [2]int{2, 2}, Shift: [2]uint{4, 4}}
	g, err := Export(randomModel(rand.New(rand.NewPCG(1, 1)), s))
	if err != nil {
		panic(err)
	}
	axis := Attr{Name: "axis", Kind: AttrInt, I: 1}
	more := graph(in(rows(6)...), []Tensor{ints("s", 0, 2, 3), zeros("w", 3, 1), ints("a", 2)},
		Node{Op: "Reshape", In: []string{"x", "s"}, Out: []string{"r"}},
		Node{Op: "Softmax", In: []string{"r"}, Out: []string{"p"}, Attrs: []Attr{{Name: "axis", Kind: AttrInt, I: -1}}},
		Node{Op: "MatMul", In: []string{"p", "w"}, Out: []string{"m"}},
		Node{Op: "Squeeze", In: []string{"m", "a"}, Out: []string{"q"}},
		with(node("Concat", "q", "q"), axis))
	return [][]byte{g.Bytes(), more.Bytes()}
}

// understood checks what must hold of every file that is accepted.
func understood(t interface{ Fatalf(string, ...any) }, b []byte) {
	g, err := Parse(b, DefaultLimits)
	if err != nil {
		if s := err.Error(); len(s) > 2000 || strings.Contains(s, "\n") {
			t.Fatalf("an error of %d bytes: %.200q", len(s), s)
		}
		return
	}
	if g.Memory > DefaultLimits.Memory || g.Work > DefaultLimits.Work || g.Memory < 1 {
		t.Fatalf("%d steps on %d elements are accepted", g.Work, g.Memory)
	}
	if m, err := g.MLP(); err == nil && (m.Inputs < 1 || len(m.Layers) == 0) {
		t.Fatalf("a perceptron of nothing")
	}
	again, err := Parse(g.Bytes(), Limits{Bytes: 1 << 30, Nodes: DefaultLimits.Nodes, Work: DefaultLimits.Work, Memory: DefaultLimits.Memory})
	if err != nil || !bytes.Equal(again.Bytes(), g.Bytes()) {
		t.Fatalf("what was written is not read as it was: %v", err)
	}
}

// Files with a few changed, lost or doubled bytes.
func TestMutatedFiles(t *testing.T) {
	all := seeds()
	for _, b := range all {
		if _, err := Parse(b, Limits{}); err != nil {
			t.Fatal(err)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		b := bytes.Clone(rapid.SampledFrom(all).Draw(t, "file"))
		for range rapid.IntRange(1, 6).Draw(t, "changes") {
			at := rapid.IntRange(0, len(b)-1).Draw(t, "at")
			switch rapid.IntRange(0, 3).Draw(t, "how") {
			case 0:
				b[at] = rapid.Byte().Draw(t, "byte")
			case 1:
				b[at] ^= 1 << rapid.IntRange(0, 7).Draw(t, "bit")
			case 2:
				b = append(b[:at:at], b[min(len(b), at+rapid.IntRange(1, 20).Draw(t, "lost")):]...)
			case 3:
				end := min(len(b), at+rapid.IntRange(1, 40).Draw(t, "doubled"))
				b = append(append(b[:end:end], b[at:end]...), b[end:]...)
			}
			if len(b) == 0 {
				return
			}
		}
		understood(t, b)
	})
}

func FuzzParse(f *testing.F) {
	for _, b := range seeds() {
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, b []byte) { understood(t, b) })
}
