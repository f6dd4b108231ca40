package format

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// operator is one that is allowed. infer gives the result's type and shape and the work
// for one row; an optional input that is not given is nil.
type operator struct {
	since       int64 // operator set
	least, most int   // inputs
	attrs       map[string]AttrKind
	infer       func(n *Node, in []*value) (*value, int64, error)
}

// operators are all that is allowed: what the provable profile, multilayer perceptrons and
// small transformers need.
var operators = map[string]operator{
	"Add": {1, 2, 2, nil, pairwise}, "Sub": {1, 2, 2, nil, pairwise},
	"Mul": {1, 2, 2, nil, pairwise}, "Div": {1, 2, 2, nil, pairwise},

	"Relu": {1, 1, 1, nil, same}, "Floor": {1, 1, 1, nil, same}, "Sigmoid": {1, 1, 1, nil, same},
	"Tanh": {1, 1, 1, nil, same}, "Sqrt": {1, 1, 1, nil, same}, "Erf": {1, 1, 1, nil, same},
	"Identity": {1, 1, 1, nil, same},
	"Clip":     {1, 1, 3, nil, clip},
	"Cast":     {1, 1, 1, map[string]AttrKind{"to": AttrInt, "saturate": AttrInt}, cast},

	"MatMul": {1, 2, 2, nil, matmul},
	"Gemm":   {1, 2, 3, map[string]AttrKind{"alpha": AttrFloat, "beta": AttrFloat, "transA": AttrInt, "transB": AttrInt}, gemm},

	"Concat":    {1, 1, maxPorts, map[string]AttrKind{"axis": AttrInt}, concat},
	"Reshape":   {1, 2, 2, map[string]AttrKind{"allowzero": AttrInt}, reshape},
	"Flatten":   {1, 1, 1, map[string]AttrKind{"axis": AttrInt}, flatten},
	"Squeeze":   {1, 2, 2, nil, squeeze},
	"Transpose": {1, 1, 1, map[string]AttrKind{"perm": AttrInts}, transpose},
	"Gather":    {1, 2, 2, map[string]AttrKind{"axis": AttrInt}, gather},

	"Softmax":    {13, 1, 1, map[string]AttrKind{"axis": AttrInt}, softmax},
	"ReduceMean": {1, 1, 2, map[string]AttrKind{"axes": AttrInts, "keepdims": AttrInt, "noop_with_empty_axes": AttrInt}, mean},
	"LayerNormalization": {17, 2, 3, map[string]AttrKind{"axis": AttrInt, "epsilon": AttrFloat, "stash_type": AttrInt},
		normalise},
}

// OperatorNames lists the operators that are allowed.
func OperatorNames() string {
	return strings.Join(slices.Sorted(maps.Keys(operators)), ", ")
}

func floats(in ...*value) error {
	for _, v := range in {
		if v != nil && v.typ != Float32 {
			return fmt.Errorf("works on float32 here, not on %s: put a Cast before it", v.typ)
		}
	}
	return nil
}

// axis turns an axis of a value into its place and refuses the rows'.
func axis(v *value, a int64) (int, error) {
	if a < 0 {
		a += int64(len(v.dims))
	}
	if a < 0 || a >= int64(len(v.dims)) || v.dims[a] == Batch {
		return 0, fmt.Errorf("the axis %d of a shape %v is not there or runs along the rows", a, v.dims)
	}
	return int(a), nil
}

// broadcast is the shape of a pairwise operation, by ONNX's rule: aligned at the end, a
// size of one repeats. Rows meet rows only.
func broadcast(a, b []int64) ([]int64, error) {
	out := make([]int64, max(len(a), len(b)))
	for i := 1; i <= len(out); i++ {
		x, y := int64(1), int64(1)
		if i <= len(a) {
			x = a[len(a)-i]
		}
		if i <= len(b) {
			y = b[len(b)-i]
		}
		switch {
		case x == y || y == 1:
			out[len(out)-i] = x
		case x == 1:
			out[len(out)-i] = y
		default:
			return nil, fmt.Errorf("the shapes %v and %v do not go together", a, b)
		}
	}
	return out, nil
}

func pairwise(_ *Node, in []*value) (*value, int64, error) {
	if err := floats(in...); err != nil {
		return nil, 0, err
	}
	dims, err := broadcast(in[0].dims, in[1].dims)
	return &value{Float32, dims, nil}, 0, err
}

func same(n *Node, in []*value) (*value, int64, error) {
	if n.Op != "Identity" {
		if err := floats(in...); err != nil {
			return nil, 0, err
		}
	}
	return &value{in[0].typ, in[0].dims, nil}, 0, nil
}

func clip(_ *Node, in []*value) (*value, int64, error) {
	for _, bound := range in[1:] {
		if bound != nil && (bound.held == nil || bound.size() != 1 || len(bound.dims) > 0) {
			return nil, 0, fmt.Errorf("its bounds must be constant single numbers")
		}
	}
	return &value{Float32, in[0].dims, nil}, 0, floats(in...)
}

func cast(n *Node, in []*value) (*value, int64, error) {
	to := DType(n.int("to", 0))
	if to.Size() == 0 {
		return nil, 0, fmt.Errorf("casts to %s: float32, int8, uint8, int32 and int64 are allowed", to)
	}
	return &value{to, in[0].dims, nil}, 0, nil
}

func matmul(_ *Node, in []*value) (*value, int64, error) {
	if err := floats(in...); err != nil {
		return nil, 0, err
	}
	a, b := in[0].dims, in[1].dims
	if len(a) < 2 || len(b) < 2 {
		return nil, 0, fmt.Errorf("the shapes %v and %v have no rows and columns", a, b)
	}
	m, k, n := a[len(a)-2], a[len(a)-1], b[len(b)-1]
	if k != b[len(b)-2] || k == Batch || n == Batch {
		return nil, 0, fmt.Errorf("the shapes %v and %v do not multiply", a, b)
	}
	dims, err := broadcast(a[:len(a)-2], b[:len(b)-2])
	if err != nil {
		return nil, 0, err
	}
	out := &value{Float32, append(dims, m, n), nil}
	return out, times(out, k), nil
}

// times is the work of sums of k products; a shape that is too large is refused later.
func times(out *value, k int64) int64 { return min(out.size(), 1<<32) * k }

func gemm(n *Node, in []*value) (*value, int64, error) {
	if err := floats(in...); err != nil {
		return nil, 0, err
	}
	if len(in[0].dims) != 2 || len(in[1].dims) != 2 {
		return nil, 0, fmt.Errorf("the shapes %v and %v have no rows and columns", in[0].dims, in[1].dims)
	}
	m, k := in[0].dims[0], in[0].dims[1]
	if n.int("transA", 0) != 0 {
		m, k = k, m
	}
	k2, cols := in[1].dims[0], in[1].dims[1]
	if n.int("transB", 0) != 0 {
		k2, cols = cols, k2
	}
	if k != k2 || k == Batch || cols == Batch {
		return nil, 0, fmt.Errorf("the shapes %v and %v do not multiply", in[0].dims, in[1].dims)
	}
	out := &value{Float32, []int64{m, cols}, nil}
	if in[2] != nil {
		dims, err := broadcast(out.dims, in[2].dims)
		if err != nil || !slices.Equal(dims, out.dims) {
			return nil, 0, fmt.Errorf("the shape %v cannot be added to %v", in[2].dims, out.dims)
		}
	}
	return out, times(out, k), nil
}

func concat(n *Node, in []*value) (*value, int64, error) {
	in = in[:len(n.In)]
	if n.attr("axis") == nil || slices.Contains(in, nil) {
		return nil, 0, fmt.Errorf("has no axis, or an input without a name")
	}
	at, err := axis(in[0], n.int("axis", 0))
	if err != nil {
		return nil, 0, err
	}
	out := &value{in[0].typ, slices.Clone(in[0].dims), nil}
	for _, v := range in[1:] {
		if v.typ != out.typ || len(v.dims) != len(out.dims) || v.dims[at] == Batch {
			return nil, 0, fmt.Errorf("joins %s %v to %s %v", v.typ, v.dims, out.typ, out.dims)
		}
		for i, d := range v.dims {
			if i == at {
				if out.dims[i] += d; out.dims[i] > maxDim {
					return nil, 0, fmt.Errorf("is too large")
				}
			} else if d != out.dims[i] {
				return nil, 0, fmt.Errorf("joins %v to %v", v.dims, out.dims)
			}
		}
	}
	return out, 0, nil
}

func reshape(n *Node, in []*value) (*value, int64, error) {
	shape := in[1].held
	if shape == nil || shape.Type != Int64 || len(shape.Dims) != 1 || shape.Dims[0] > maxRank {
		return nil, 0, fmt.Errorf("its shape must be a constant of int64")
	}
	x := in[0]
	dims := shape.Ints()
	if n.int("allowzero", 0) != 0 && slices.Contains(dims, 0) {
		return nil, 0, fmt.Errorf("the shape %v makes nothing of %v", dims, x.dims)
	}
	free, rest := -1, int64(1)
	for i, d := range dims {
		switch {
		case d == 0 && i < len(x.dims):
			dims[i] = x.dims[i]
		case d == -1 && free < 0:
			free = i
			continue
		case d < 1 || d > maxDim:
			return nil, 0, fmt.Errorf("a shape of %v from %v", shape.Ints(), x.dims)
		}
		if dims[i] == Batch {
			continue
		}
		if rest *= dims[i]; rest > maxDim {
			return nil, 0, fmt.Errorf("is too large")
		}
	}
	kept := len(dims) > 0 && dims[0] == Batch && free != 0 // copied by a 0
	if free >= 0 {
		switch {
		case x.rows() && !kept: // the free size must be the rows
			if free != 0 || rest != x.size() {
				return nil, 0, fmt.Errorf("the shape %v of %v mixes rows: begin with 0 or -1", shape.Ints(), x.dims)
			}
			dims[0] = Batch
		case rest == 0 || x.size()%rest != 0:
			return nil, 0, fmt.Errorf("the shape %v does not divide %v", shape.Ints(), x.dims)
		default:
			dims[free] = x.size() / rest
		}
	}
	out := &value{x.typ, dims, nil}
	if out.rows() != x.rows() || out.size() != x.size() {
		return nil, 0, fmt.Errorf("the shape %v does not hold %v", shape.Ints(), x.dims)
	}
	return out, 0, nil
}

func flatten(n *Node, in []*value) (*value, int64, error) {
	if n.int("axis", 1) != 1 || len(in[0].dims) == 0 {
		return nil, 0, fmt.Errorf("must have the axis 1")
	}
	return &value{in[0].typ, []int64{in[0].dims[0], (&value{dims: in[0].dims[1:]}).size()}, nil}, 0, nil
}

// axes reads a constant list of axes.
func axes(x *value, list []int64) (map[int]bool, error) {
	set := map[int]bool{}
	for _, a := range list {
		at, err := axis(x, a)
		if err != nil || set[at] {
			return nil, fmt.Errorf("the axes %v of %v", list, x.dims)
		}
		set[at] = true
	}
	if len(set) == 0 {
		return nil, fmt.Errorf("its axes must be given")
	}
	return set, nil
}

func constAxes(v *value) ([]int64, error) {
	if v.held == nil || v.held.Type != Int64 || len(v.dims) != 1 || v.dims[0] > maxRank {
		return nil, fmt.Errorf("its axes must be a constant list of int64")
	}
	return v.held.Ints(), nil
}

func squeeze(_ *Node, in []*value) (*value, int64, error) {
	list, err := constAxes(in[1])
	if err != nil {
		return nil, 0, err
	}
	set, err := axes(in[0], list)
	if err != nil {
		return nil, 0, err
	}
	out := &value{in[0].typ, nil, nil}
	for i, d := range in[0].dims {
		if !set[i] {
			out.dims = append(out.dims, d)
		} else if d != 1 {
			return nil, 0, fmt.Errorf("the axis %d has %d elements", i, d)
		}
	}
	return out, 0, nil
}

func transpose(n *Node, in []*value) (*value, int64, error) {
	x := in[0]
	perm := make([]int64, len(x.dims))
	for i := range perm {
		perm[i] = int64(len(perm) - 1 - i)
	}
	if a := n.attr("perm"); a != nil {
		perm = a.Ints
	}
	sorted := slices.Sorted(slices.Values(perm))
	out := &value{x.typ, make([]int64, len(x.dims)), nil}
	for i := range x.dims {
		if len(sorted) != len(x.dims) || sorted[i] != int64(i) {
			return nil, 0, fmt.Errorf("%v does not order %v", perm, x.dims)
		}
	}
	for i, p := range perm {
		out.dims[i] = x.dims[p]
	}
	return out, 0, nil
}

// gather picks along an axis: rows of a constant table, or parts of each row.
func gather(n *Node, in []*value) (*value, int64, error) {
	x, picked := in[0], in[1]
	at, err := axis(x, n.int("axis", 0))
	if err != nil {
		return nil, 0, err
	}
	if picked.typ != Int32 && picked.typ != Int64 || picked.rows() && (x.rows() || at != 0) {
		return nil, 0, fmt.Errorf("picks by %s %v from %v", picked.typ, picked.dims, x.dims)
	}
	if picked.held != nil {
		for _, i := range picked.held.Ints() {
			if i < -x.dims[at] || i >= x.dims[at] {
				return nil, 0, fmt.Errorf("picks the place %d of %d", i, x.dims[at])
			}
		}
	}
	return &value{x.typ, slices.Concat(x.dims[:at], picked.dims, x.dims[at+1:]), nil}, 0, nil
}

func softmax(n *Node, in []*value) (*value, int64, error) {
	if _, err := axis(in[0], n.int("axis", -1)); err != nil {
		return nil, 0, err
	}
	return &value{Float32, in[0].dims, nil}, 4 * min(in[0].size(), 1<<32), floats(in[0])
}

func mean(n *Node, in []*value) (*value, int64, error) {
	var list []int64
	var err error
	if a := n.attr("axes"); a != nil && in[1] == nil {
		list = a.Ints
	} else if in[1] != nil && a == nil {
		list, err = constAxes(in[1])
	}
	if err != nil {
		return nil, 0, err
	}
	set, err := axes(in[0], list)
	if err != nil {
		return nil, 0, err
	}
	out := &value{Float32, nil, nil}
	for i, d := range in[0].dims {
		if !set[i] {
			out.dims = append(out.dims, d)
		} else if n.int("keepdims", 1) != 0 {
			out.dims = append(out.dims, 1)
		}
	}
	return out, min(in[0].size(), 1<<32), floats(in[0])
}

func normalise(n *Node, in []*value) (*value, int64, error) {
	at, err := axis(in[0], n.int("axis", -1))
	if err != nil {
		return nil, 0, err
	}
	for _, v := range in[1:] {
		if v != nil && !slices.Equal(v.dims, in[0].dims[at:]) {
			return nil, 0, fmt.Errorf("the shape %v does not scale %v", v.dims, in[0].dims)
		}
	}
	return &value{Float32, in[0].dims, nil}, 4 * min(in[0].size(), 1<<32), floats(in...)
}
