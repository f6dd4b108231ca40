package reference

import (
	"errors"
	"math"

	"candor/rankers/onnx/format"
)

// operators run one node each. Their inputs' types and shapes were checked by format, but
// for the places that Gather picks.
var operators = map[string]func(n *format.Node, in []*tensor) (*tensor, error){
	"Add": pairwise(func(a, b float32) float32 { return a + b }), "Sub": pairwise(func(a, b float32) float32 { return a - b }),
	"Mul": pairwise(func(a, b float32) float32 { return a * b }), "Div": pairwise(func(a, b float32) float32 { return a / b }),

	"Relu": each(func(v float64) float64 { return max(v, 0) }), "Floor": each(math.Floor), "Tanh": each(math.Tanh), "Sqrt": each(math.Sqrt),
	"Erf": each(math.Erf), "Sigmoid": each(func(v float64) float64 { return 1 / (1 + math.Exp(-v)) }),
	"Identity": func(_ *format.Node, in []*tensor) (*tensor, error) { return in[0], nil },
	"Clip":     clip, "Cast": cast, "MatMul": matmul, "Gemm": gemm,

	"Concat": concat, "Reshape": reshape, "Flatten": flatten, "Squeeze": squeeze, "Transpose": transpose, "Gather": gather,
	"Softmax": softmax, "ReduceMean": mean, "LayerNormalization": normalise,
}

func each(f func(float64) float64) func(*format.Node, []*tensor) (*tensor, error) {
	return func(_ *format.Node, in []*tensor) (*tensor, error) {
		out := fresh(format.Float32, in[0].dims)
		for i, v := range in[0].f {
			out.f[i] = float32(f(float64(v)))
		}
		return out, nil
	}
}

// together is the shape of two by ONNX's broadcasting.
func together(a, b []int) []int {
	out := make([]int, max(len(a), len(b)))
	for i := 1; i <= len(out); i++ {
		d := 1
		if i <= len(a) {
			d = a[len(a)-i]
		}
		if i <= len(b) {
			d = max(d, b[len(b)-i])
		}
		out[len(out)-i] = d
	}
	return out
}

// strides are by how much a place of the shape moves in a tensor that is broadcast to it.
func strides(own, to []int) []int {
	out, step := make([]int, len(to)), 1
	for i := 1; i <= len(own); i++ {
		d := own[len(own)-i]
		if d > 1 {
			out[len(to)-i] = step
		}
		step *= d
	}
	return out
}

// walk calls f with the offsets in two tensors of each place of the shape, in order.
func walk(dims, a, b []int, f func(at, x, y int)) {
	place := make([]int, len(dims))
	for at, x, y, n := 0, 0, 0, size(dims); at < n; at++ {
		f(at, x, y)
		for i := len(dims) - 1; i >= 0; i-- {
			place[i]++
			x, y = x+a[i], y+b[i]
			if place[i] < dims[i] {
				break
			}
			x, y, place[i] = x-a[i]*dims[i], y-b[i]*dims[i], 0
		}
	}
}

func pairwise(f func(a, b float32) float32) func(*format.Node, []*tensor) (*tensor, error) {
	return func(_ *format.Node, in []*tensor) (*tensor, error) {
		out := fresh(format.Float32, together(in[0].dims, in[1].dims))
		walk(out.dims, strides(in[0].dims, out.dims), strides(in[1].dims, out.dims), func(at, x, y int) {
			out.f[at] = f(in[0].f[x], in[1].f[y])
		})
		return out, nil
	}
}

func clip(_ *format.Node, in []*tensor) (*tensor, error) {
	out := fresh(format.Float32, in[0].dims)
	for i, v := range in[0].f {
		if in[1] != nil {
			v = max(v, in[1].f[0])
		}
		if in[2] != nil {
			v = min(v, in[2].f[0])
		}
		out.f[i] = v
	}
	return out, nil
}

func cast(n *format.Node, in []*tensor) (*tensor, error) {
	out, x := fresh(format.DType(n.Int("to", 0)), in[0].dims), in[0]
	for k := range size(x.dims) {
		switch {
		case x.float() && out.float():
			out.f[k] = x.f[k]
		case out.float():
			out.f[k] = float32(x.i[k])
		case x.float():
			v := math.Trunc(float64(x.f[k]))
			if !(v >= -1<<31 && v < 1<<31) {
				return nil, errors.New("a number that no whole number of 32 bits holds")
			}
			out.i[k] = narrow(out.typ, int64(v))
		default:
			out.i[k] = narrow(out.typ, x.i[k])
		}
	}
	return out, nil
}

func narrow(t format.DType, v int64) int64 {
	switch t {
	case format.Int8:
		return int64(int8(v))
	case format.Uint8:
		return int64(uint8(v))
	case format.Int32:
		return int64(int32(v))
	}
	return v
}

func matmul(_ *format.Node, in []*tensor) (*tensor, error) {
	a, b := in[0], in[1]
	ad, bd := a.dims[:len(a.dims)-2], b.dims[:len(b.dims)-2]
	m, k, n := a.dims[len(a.dims)-2], a.dims[len(a.dims)-1], b.dims[len(b.dims)-1]
	outer := together(ad, bd)
	out := fresh(format.Float32, append(append([]int{}, outer...), m, n))
	walk(outer, strides(ad, outer), strides(bd, outer), func(at, x, y int) {
		multiply(out.f[at*m*n:(at+1)*m*n], a.f[x*m*k:(x+1)*m*k], b.f[y*k*n:(y+1)*k*n], n, k)
	})
	return out, nil
}

// A block of a product: so many rows share each number that is read, and the sums of so many
// columns stay in the cache.
const (
	blockRows    = 4
	blockColumns = 256
)

// multiply is a product of rows of k and n columns. Each sum is taken in the order of k,
// whatever the blocks are.
func multiply(out, a, b []float32, n, k int) {
	var sums [blockRows][blockColumns]float64
	var of [blockRows][]float32
	none := make([]float32, k) // stands for rows that are not there
	rows := len(out) / n
	for c := 0; c < n; c += blockColumns {
		w := min(blockColumns, n-c)
		for r := 0; r < rows; r += blockRows {
			for x := range of {
				if of[x] = none; r+x < rows {
					of[x] = a[(r+x)*k : (r+x+1)*k]
				}
				clear(sums[x][:w])
			}
			s0, s1, s2, s3 := sums[0][:w], sums[1][:w], sums[2][:w], sums[3][:w]
			for i := range k {
				v0, v1, v2, v3 := float64(of[0][i]), float64(of[1][i]), float64(of[2][i]), float64(of[3][i])
				line := b[i*n+c : i*n+c+w]
				s0, s1, s2, s3 = s0[:len(line)], s1[:len(line)], s2[:len(line)], s3[:len(line)]
				for j, y := range line {
					z := float64(y)
					s0[j] += v0 * z
					s1[j] += v1 * z
					s2[j] += v2 * z
					s3[j] += v3 * z
				}
			}
			for x := range min(blockRows, rows-r) {
				for j, s := range sums[x][:w] {
					out[(r+x)*n+c+j] = float32(s)
				}
			}
		}
	}
}

func gemm(n *format.Node, in []*tensor) (*tensor, error) {
	a, b := in[0], in[1]
	if n.Int("transA", 0) != 0 {
		a = turned(a, []int{1, 0})
	}
	if n.Int("transB", 0) != 0 {
		b = turned(b, []int{1, 0})
	}
	out := fresh(format.Float32, []int{a.dims[0], b.dims[1]})
	multiply(out.f, a.f, b.f, b.dims[1], a.dims[1])
	alpha, beta := float64(n.Float("alpha", 1)), float64(n.Float("beta", 1))
	if in[2] == nil {
		in[2] = fresh(format.Float32, nil)
	}
	walk(out.dims, strides(out.dims, out.dims), strides(in[2].dims, out.dims), func(at, _, y int) {
		out.f[at] = float32(float64(alpha*float64(out.f[at])) + float64(beta*float64(in[2].f[y])))
	})
	return out, nil
}

// axisOf is an axis of the tensor, counted from the end when it is negative.
func axisOf(t *tensor, a int64) int {
	if a < 0 {
		a += int64(len(t.dims))
	}
	return int(a)
}

// around are how many elements stand before and behind an axis.
func around(dims []int, at int) (before, behind int) { return size(dims[:at]), size(dims[at+1:]) }

// move copies the n elements at y of one tensor to x of another.
func move(to *tensor, x int, from *tensor, y, n int) {
	if to.float() {
		copy(to.f[x:x+n], from.f[y:y+n])
	} else {
		copy(to.i[x:x+n], from.i[y:y+n])
	}
}

func concat(n *format.Node, in []*tensor) (*tensor, error) {
	in = in[:len(n.In)]
	at := axisOf(in[0], n.Int("axis", 0))
	dims := append([]int{}, in[0].dims...)
	for _, t := range in[1:] {
		dims[at] += t.dims[at]
	}
	out := fresh(in[0].typ, dims)
	before, behind := around(dims, at)
	x := 0
	for b := range before {
		for _, t := range in {
			part := t.dims[at] * behind
			move(out, x, t, b*part, part)
			x += part
		}
	}
	return out, nil
}

func reshape(_ *format.Node, in []*tensor) (*tensor, error) {
	dims, free, rest := make([]int, len(in[1].i)), -1, 1
	for i, d := range in[1].i {
		switch dims[i] = int(d); d {
		case 0:
			dims[i] = in[0].dims[i]
		case -1:
			free = i
			continue
		}
		rest *= dims[i]
	}
	if free >= 0 {
		dims[free] = size(in[0].dims) / rest
	}
	if size(dims) != size(in[0].dims) {
		return nil, errors.New("a shape that does not hold its row")
	}
	return in[0].shaped(dims), nil
}

func flatten(_ *format.Node, in []*tensor) (*tensor, error) {
	return in[0].shaped([]int{in[0].dims[0], size(in[0].dims[1:])}), nil
}

func marked(t *tensor, axes []int64) map[int]bool {
	set := map[int]bool{}
	for _, a := range axes {
		set[axisOf(t, a)] = true
	}
	return set
}

func squeeze(_ *format.Node, in []*tensor) (*tensor, error) {
	set, dims := marked(in[0], in[1].i), []int{}
	for i, d := range in[0].dims {
		if !set[i] {
			dims = append(dims, d)
		}
	}
	return in[0].shaped(dims), nil
}

// turned has the axes in another order.
func turned(t *tensor, perm []int) *tensor {
	own, step := make([]int, len(t.dims)), 1
	for i := len(t.dims) - 1; i >= 0; i-- {
		own[i], step = step, step*t.dims[i]
	}
	dims, by := make([]int, len(perm)), make([]int, len(perm))
	for i, p := range perm {
		dims[i], by[i] = t.dims[p], own[p]
	}
	out := fresh(t.typ, dims)
	walk(dims, by, by, func(at, x, _ int) { move(out, at, t, x, 1) })
	return out
}

func transpose(n *format.Node, in []*tensor) (*tensor, error) {
	perm := make([]int, len(in[0].dims))
	for i := range perm {
		perm[i] = len(perm) - 1 - i
	}
	if list, ok := n.List("perm"); ok {
		for i, p := range list {
			perm[i] = int(p)
		}
	}
	return turned(in[0], perm), nil
}

func gather(n *format.Node, in []*tensor) (*tensor, error) {
	x, picked := in[0], in[1]
	at := axisOf(x, n.Int("axis", 0))
	before, behind := around(x.dims, at)
	out := fresh(x.typ, append(append(append([]int{}, x.dims[:at]...), picked.dims...), x.dims[at+1:]...))
	to := 0
	for b := range before {
		for _, p := range picked.i {
			if p < 0 {
				p += int64(x.dims[at])
			}
			if p < 0 || p >= int64(x.dims[at]) {
				return nil, errors.New("picks a place that is not there")
			}
			move(out, to, x, (b*x.dims[at]+int(p))*behind, behind)
			to += behind
		}
	}
	return out, nil
}

func softmax(n *format.Node, in []*tensor) (*tensor, error) {
	x := in[0]
	at := axisOf(x, n.Int("axis", -1))
	before, behind := around(x.dims, at)
	out, powers := fresh(format.Float32, x.dims), make([]float64, x.dims[at])
	for b := range before {
		for e := range behind {
			place := func(k int) int { return (b*x.dims[at]+k)*behind + e }
			most, sum := math.Inf(-1), 0.
			for k := range powers {
				most = max(most, float64(x.f[place(k)]))
			}
			for k := range powers {
				powers[k] = math.Exp(float64(x.f[place(k)]) - most)
				sum += powers[k]
			}
			for k, p := range powers {
				out.f[place(k)] = float32(p / sum)
			}
		}
	}
	return out, nil
}

func mean(n *format.Node, in []*tensor) (*tensor, error) {
	x := in[0]
	list, ok := n.List("axes")
	if !ok {
		list = in[1].i
	}
	set := marked(x, list)
	kept, dims := append([]int{}, x.dims...), []int{}
	for i := range x.dims {
		if set[i] {
			kept[i] = 1
		}
		if !set[i] || n.Int("keepdims", 1) != 0 {
			dims = append(dims, kept[i])
		}
	}
	sums := make([]float64, size(kept))
	walk(x.dims, strides(x.dims, x.dims), strides(kept, x.dims), func(at, _, y int) { sums[y] += float64(x.f[at]) })
	out := fresh(format.Float32, dims)
	for i, s := range sums {
		out.f[i] = float32(s / float64(len(x.f)/len(sums)))
	}
	return out, nil
}

func normalise(n *format.Node, in []*tensor) (*tensor, error) {
	x := in[0]
	part := size(x.dims[axisOf(x, n.Int("axis", -1)):])
	out := fresh(format.Float32, x.dims)
	for at := 0; at < len(x.f); at += part {
		row := x.f[at : at+part]
		sum, squares := 0., 0.
		for _, v := range row {
			sum += float64(v)
		}
		m := sum / float64(part)
		for _, v := range row {
			d := float64(v) - m
			squares += float64(d * d)
		}
		by := 1 / math.Sqrt(squares/float64(part)+float64(n.Float("epsilon", 1e-5)))
		for k, v := range row {
			y := float64((float64(v)-m)*by) * float64(in[1].f[k])
			if in[2] != nil {
				y = float64(y) + float64(in[2].f[k])
			}
			out.f[at+k] = float32(y)
		}
	}
	return out, nil
}
