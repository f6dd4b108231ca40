package quantise

import (
	"encoding/binary"
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"candor/rankers/onnx/format"
	"candor/zkcommit"

	"pgregory.net/rapid"
)

// world makes rows like a node's: some features are counts in log steps, some flags, some
// similarities, some always zero.
func world(r *rand.Rand, n, d int) []int8 {
	rows := make([]int8, 0, n*d)
	for range n {
		heat := r.Float64() // what posts have in common
		for k := range d {
			var v float64
			switch k % 5 {
			case 0:
				v = 127 * math.Pow(r.Float64(), 3-2*heat)
			case 1:
				v = 127 * math.Floor(r.Float64()+heat/2)
			case 2:
				v = r.NormFloat64()*18 + 20*heat
			case 3:
				v = 8 * math.Log2(1+100*r.Float64()*heat)
			}
			rows = append(rows, int8(max(-127, min(v, 127))))
		}
	}
	return rows
}

// taste is what the trained models learn: sums, a product and a threshold.
func taste(row []int8) float64 {
	x := func(k int) float64 { return float64(row[k%len(row)]) / 127 }
	return 1.5*x(0) - x(5)*x(10) + 0.7*max(0, x(2)-0.2)*4 + 0.5*x(1) + math.Sin(3*x(3)) - 0.8*x(11)*x(3)
}

// trained is a perceptron fitted to taste by stochastic gradient descent.
func trained(r *rand.Rand, rows []int8, d int, most float64, units ...int) *format.MLP {
	m := &format.MLP{Inputs: d}
	for i, n := range append(units, 1) {
		width := d
		if i > 0 {
			width = units[i-1]
		}
		l := format.Dense{Width: width, Units: n, Weights: make([]float64, width*n), Bias: make([]float64, n), Max: most}
		for k := range l.Weights {
			l.Weights[k] = r.NormFloat64() * math.Sqrt(2/float64(width))
		}
		m.Layers = append(m.Layers, l)
	}
	n := len(rows) / d
	for epoch := range 4 {
		rate := 0.02 / float64(1+epoch)
		for range n {
			i := r.IntN(n)
			row := rows[i*d : (i+1)*d]
			in := widen(row)
			for k := range in {
				in[k] /= 127
			}
			ins, sums := [][]float64{in}, [][]float64{}
			for l := range m.Layers {
				z := m.Layers[l].Sums(ins[l])
				sums = append(sums, z)
				ins = append(ins, m.Layers[l].Activate(slices.Clone(z)))
			}
			last := len(m.Layers) - 1
			back := []float64{max(-1, min(sums[last][0]-taste(row), 1))}
			for l := last; l >= 0; l-- {
				d := &m.Layers[l]
				before := make([]float64, d.Width)
				for j, e := range back {
					if l < last && (sums[l][j] <= 0 || sums[l][j] >= d.Max) {
						continue
					}
					for k := range before {
						before[k] += e * d.Weights[j*d.Width+k]
						d.Weights[j*d.Width+k] -= rate * e * ins[l][k]
					}
					d.Bias[j] -= rate * e
				}
				back = before
			}
		}
	}
	for k := range m.Layers[0].Weights { // the rows stay as they are
		m.Layers[0].Weights[k] /= 127
	}
	return m
}

// Trained models of the three shapes lose next to nothing, also on rows that neither the
// training nor the calibration saw.
func TestLoss(t *testing.T) {
	for _, x := range []struct {
		name  string
		d     int
		most  float64
		units []int
	}{
		{"64x32x1", 64, math.Inf(1), []int{32}},
		{"64x64x32x1", 64, math.Inf(1), []int{64, 32}},
		{"64x32x1 clipped", 64, 1, []int{32}},
		{"448x64x1", 448, math.Inf(1), []int{64}},
	} {
		r := rand.New(rand.NewPCG(1, uint64(x.d)))
		rows := world(r, 1200, x.d)
		m := trained(r, rows, x.d, x.most, x.units...)
		model, loss, err := Quantise(m, rows)
		if err != nil {
			t.Fatalf("%s: %v", x.name, err)
		}
		fresh, err := Compare(m, model, world(r, 2000, x.d), nil)
		if err != nil {
			t.Fatal(err)
		}
		t.Logf("%s, shifts %v: %s", x.name, model.Shape.Shift, loss)
		t.Logf("%s on fresh rows: %s", x.name, fresh)
		for _, l := range []*Loss{loss, fresh} {
			if l.Lost() > 0.01 || l.Kendall < 0.95 || l.Ties > 0.01 {
				t.Errorf("%s loses too much: %s", x.name, l)
			}
		}
	}
}

// Whatever the float model, what comes out is valid, the same each time, and close; a model
// that is stretched orders as before.
func TestAnyModel(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 0))
		d, units := rapid.IntRange(4, 20).Draw(t, "inputs"), []int{rapid.IntRange(4, 10).Draw(t, "hidden")}
		if rapid.Bool().Draw(t, "two") {
			units = append(units, rapid.IntRange(4, 8).Draw(t, "second"))
		}
		rows := world(r, 240, d)
		m := &format.MLP{Inputs: d}
		scale := math.Pow(10, rapid.Float64Range(-6, 3).Draw(t, "scale"))
		width := d
		for _, n := range append(units, 1) {
			l := format.Dense{Width: width, Units: n, Weights: make([]float64, width*n), Bias: make([]float64, n), Max: math.Inf(1)}
			for k := range l.Weights {
				l.Weights[k] = r.NormFloat64() * scale
			}
			width, scale = n, 1
			m.Layers = append(m.Layers, l)
		}
		model, loss, err := Quantise(m, rows)
		if err == errFlat {
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		if err := model.Validate(); err != nil {
			t.Fatal(err)
		}
		// A chance model may give one of the 60 rows a score far from all others, which rounding
		// moves: a correlation of 0.85 was seen beside a Kendall's τ of 0.9.
		if loss.Lost() > 0.1 || loss.Correlation < 0.7 || loss.Kendall < 0.5 {
			t.Fatalf("shape %s: %s", model.Shape, loss)
		}
		if r.IntN(4) > 0 {
			return
		}
		again, _, err := Quantise(m, rows)
		if err != nil || !reflect.DeepEqual(again, model) {
			t.Fatalf("the same model comes out otherwise (%v)", err)
		}
	})
}

func TestRefused(t *testing.T) {
	layer := func(w, u int) format.Dense {
		return format.Dense{Width: w, Units: u, Weights: make([]float64, w*u), Bias: make([]float64, u), Max: math.Inf(1)}
	}
	rows := make([]int8, 300*4)
	for _, x := range []struct {
		m    *format.MLP
		rows []int8
		want string
	}{
		{&format.MLP{Inputs: 4, Layers: []format.Dense{layer(4, 1)}}, rows, "0 hidden layers"},
		{&format.MLP{Inputs: 4, Layers: []format.Dense{layer(4, 4), layer(4, 4), layer(4, 4), layer(4, 1)}}, rows, "3 hidden layers"},
		{&format.MLP{Inputs: 600, Layers: []format.Dense{layer(600, 4), layer(4, 1)}}, rows, "600 inputs"},
		{&format.MLP{Inputs: 4, Layers: []format.Dense{layer(4, 300), layer(300, 1)}}, rows, "300 units"},
		{&format.MLP{Inputs: 4, Layers: []format.Dense{layer(4, 4), layer(4, 1)}}, rows[:100], "fewer than"},
		{&format.MLP{Inputs: 4, Layers: []format.Dense{layer(4, 4), layer(4, 1)}}, rows[:1199], "no whole rows"},
		{&format.MLP{Inputs: 4, Layers: []format.Dense{layer(4, 4), layer(4, 1)}}, rows, "the same score"},
	} {
		if _, _, err := Quantise(x.m, x.rows); err == nil || !strings.Contains(err.Error(), x.want) {
			t.Errorf("%v, want %q", err, x.want)
		}
	}
}

// Gains of readers decide where they are given.
func TestCompareByGains(t *testing.T) {
	r := rand.New(rand.NewPCG(2, 2))
	rows := world(r, 400, 10)
	m := trained(r, rows, 10, math.Inf(1), 8)
	model, _, err := Quantise(m, rows)
	if err != nil {
		t.Fatal(err)
	}
	good, bad := make([]float64, 400), make([]float64, 400)
	for i := range good {
		good[i] = math.Exp(m.Score(rows[i*10 : (i+1)*10]))
		bad[i] = 1 / good[i]
	}
	a, err := Compare(m, model, rows, good)
	if err != nil || math.Abs(a.FloatNDCG10-1) > 1e-9 || a.Lost() > 0.02 {
		t.Errorf("by what the float model likes: %v (%v)", a, err)
	}
	b, err := Compare(m, model, rows, bad)
	if err != nil || b.FloatNDCG10 > 0.5 {
		t.Errorf("by what it dislikes: %v (%v)", b, err)
	}
	if _, err := Compare(m, model, rows, good[:3]); err == nil {
		t.Error("three gains are taken")
	}
	// A model with nothing but ties is no good one.
	zero, err := Compare(m, zkcommit.NewModel(model.Shape), rows, nil)
	if err != nil || zero.Ties != 1 || zero.Kendall != 0 || zero.Lost() < 0.1 {
		t.Errorf("the zero model: %v (%v)", zero, err)
	}
}

// From an ONNX file as PyTorch writes one, scaled inputs and all, to the model.
func TestFromONNX(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 3))
	const d = 12
	rows := world(r, 600, d)
	want := trained(r, rows, d, math.Inf(1), 16)
	g := &format.Graph{Opset: 17, Inputs: []format.Value{{Name: "x", Type: format.Float32, Dims: []int64{format.Batch, d}}},
		Outputs: []format.Value{{Name: "y", Type: format.Float32, Dims: []int64{format.Batch, 1}}}}
	constant := func(name string, dims []int64, v []float64) {
		t := format.Tensor{Name: name, Type: format.Float32, Dims: dims}
		for _, x := range v {
			t.Raw = binary.LittleEndian.AppendUint32(t.Raw, math.Float32bits(float32(x)))
		}
		g.Consts = append(g.Consts, t)
	}
	first, last := want.Layers[0], want.Layers[1]
	scaled := slices.Clone(first.Weights)
	for k := range scaled {
		scaled[k] *= 127
	}
	turned := make([]float64, d)
	for k := range turned {
		turned[k] = 127
	}
	middle := make([]float64, d)
	for k := range middle {
		middle[k] = float64(r.IntN(40))
	}
	constant("m", []int64{d}, middle)
	constant("s", []int64{d}, turned)
	constant("w1", []int64{16, d}, scaled)
	constant("b1", []int64{16}, first.Bias)
	for j := range first.Bias { // what the inputs' middle takes away
		for k, v := range middle {
			first.Bias[j] -= first.Weights[j*d+k] * v
		}
	}
	constant("w2", []int64{16, 1}, last.Weights)
	constant("b2", []int64{1}, last.Bias)
	node := func(op, out string, attrs []format.Attr, in ...string) {
		g.Nodes = append(g.Nodes, format.Node{Op: op, In: in, Out: []string{out}, Attrs: attrs})
	}
	node("Sub", "c", nil, "x", "m")
	node("Div", "n", nil, "c", "s")
	node("Gemm", "z", []format.Attr{{Name: "transB", Kind: format.AttrInt, I: 1}}, "n", "w1", "b1")
	node("Relu", "a", nil, "z")
	node("MatMul", "p", nil, "a", "w2")
	node("Add", "q", nil, "b2", "p")
	node("Sigmoid", "y", nil, "q")
	read, err := format.Parse(g.Bytes(), format.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	m, err := read.MLP()
	if err != nil {
		t.Fatal(err)
	}
	for i := range 50 {
		row := rows[i*d : (i+1)*d]
		if a, b := m.Score(row), want.Score(row); math.Abs(a-b) > 1e-4 {
			t.Fatalf("row %d scores %g, was %g", i, a, b)
		}
	}
	_, loss, err := Quantise(m, rows)
	if err != nil || loss.Lost() > 0.01 {
		t.Errorf("%v (%v)", loss, err)
	}
}
