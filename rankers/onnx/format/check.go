package format

import (
	"fmt"
	"slices"
)

// value is what is known of a name: its type and shape, and its content if it is a constant.
type value struct {
	typ  DType
	dims []int64
	held *Tensor
}

// rows reports whether the value has one part for each row.
func (v *value) rows() bool { return len(v.dims) > 0 && v.dims[0] == Batch }

// size is the number of elements of one row.
func (v *value) size() int64 {
	n := int64(1)
	for _, d := range v.dims {
		if d != Batch {
			n *= d
		}
	}
	return n
}

// check works out every shape. What it accepts mixes no rows: Batch stands in the first
// place or nowhere, and no operator sums, sorts or moves along it.
func (g *Graph) check(l Limits) error {
	if len(g.Inputs) == 0 || len(g.Outputs) == 0 {
		return fmt.Errorf("it has %d inputs and %d outputs", len(g.Inputs), len(g.Outputs))
	}
	known := map[string]*value{}
	define := func(name string, v *value) error {
		if name == "" || known[name] != nil {
			return fmt.Errorf("the name %.40q is empty or given twice", name)
		}
		known[name] = v
		return nil
	}
	for i := range g.Consts {
		t := &g.Consts[i]
		if err := define(t.Name, &value{t.Type, t.Dims, t}); err != nil {
			return err
		}
	}
	for _, v := range g.Inputs {
		if len(v.Dims) == 0 || v.Dims[0] != Batch || slices.ContainsFunc(v.Dims[1:], func(d int64) bool { return d < 1 }) {
			return fmt.Errorf("input %.40q has the shape %v: the first size must be free (the number of rows) and the others fixed", v.Name, v.Dims)
		}
		in := &value{v.Type, v.Dims, nil}
		if err := bounded(in, l); err != nil {
			return fmt.Errorf("input %.40q: %w", v.Name, err)
		}
		if err := define(v.Name, in); err != nil {
			return err
		}
		g.Memory += in.size()
	}
	for i := range g.Nodes {
		n := &g.Nodes[i]
		out, work, err := n.infer(known, g.Opset)
		if err == nil {
			err = bounded(out, l)
		}
		if err == nil {
			g.Work += max(work, out.size())
			g.Memory += out.size()
			err = define(n.Out[0], out)
		}
		if err != nil {
			return fmt.Errorf("operation %d (%.40q): %w", i+1, n.Op, err)
		}
		if g.Work > l.Work || g.Memory > l.Memory {
			return fmt.Errorf("one row takes more than %d steps or %d elements", l.Work, l.Memory)
		}
	}
	for i := range g.Outputs {
		o := &g.Outputs[i]
		v := known[o.Name]
		if v == nil || !v.rows() {
			return fmt.Errorf("output %.40q is not computed, or not for every row", o.Name)
		}
		o.Type, o.Dims = v.typ, v.dims
	}
	return nil
}

// bounded refuses a shape that is too large, or has Batch elsewhere than in front.
func bounded(v *value, l Limits) error {
	if len(v.dims) > maxRank {
		return fmt.Errorf("a shape of %d sizes: %d are allowed", len(v.dims), maxRank)
	}
	n := int64(1)
	for i, d := range v.dims {
		if d == Batch && i == 0 {
			continue
		}
		if d < 0 {
			return fmt.Errorf("the shape %v mixes rows: the free size must stay in front", v.dims)
		}
		if n *= d; d > l.Memory || n > l.Memory {
			return fmt.Errorf("the shape %v is too large: %d elements for one row are allowed", v.dims, l.Memory)
		}
	}
	return nil
}

// infer gives a node's result and its work for one row.
func (n *Node) infer(known map[string]*value, opset int64) (*value, int64, error) {
	o, ok := operators[n.Op]
	if !ok {
		return nil, 0, fmt.Errorf("is not among the operators that are allowed: %s", OperatorNames())
	}
	if len(n.In) < o.least || len(n.In) > o.most || len(n.Out) != 1 || opset < o.since {
		return nil, 0, fmt.Errorf("has %d inputs and %d outputs in operator set %d, where it takes %d to %d and gives one since set %d",
			len(n.In), len(n.Out), opset, o.least, o.most, o.since)
	}
	for i, a := range n.Attrs {
		if kind, ok := o.attrs[a.Name]; !ok || kind != a.Kind {
			return nil, 0, fmt.Errorf("the attribute %.40q is not allowed", a.Name)
		}
		if slices.ContainsFunc(n.Attrs[:i], func(b Attr) bool { return b.Name == a.Name }) {
			return nil, 0, fmt.Errorf("the attribute %.40q is given twice", a.Name)
		}
	}
	in := make([]*value, o.most)
	for i, name := range n.In {
		if name == "" && i >= o.least {
			continue
		}
		if in[i] = known[name]; in[i] == nil {
			return nil, 0, fmt.Errorf("its input %.40q is not known before it", name)
		}
	}
	return o.infer(n, in)
}
