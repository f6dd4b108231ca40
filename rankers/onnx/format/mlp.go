package format

import (
	"fmt"
	"math"
	"slices"
)

// MLP is a float multilayer perceptron: dense layers, each but the last with the
// activation clamp(z, 0, Max).
type MLP struct {
	Inputs int
	Layers []Dense
}

// Dense is one layer; a unit's weights stand together.
type Dense struct {
	Width, Units  int
	Weights, Bias []float64
	Max           float64 // of the activation; infinite after a Relu, of no meaning in the last layer
}

// Sums are the layer's values before the activation.
func (d *Dense) Sums(in []float64) []float64 {
	z := slices.Clone(d.Bias)
	for j := range z {
		for k, w := range d.Weights[j*d.Width : (j+1)*d.Width] {
			z[j] += float64(w * in[k])
		}
	}
	return z
}

// Activate is the layer's activation of sums, in place.
func (d *Dense) Activate(z []float64) []float64 {
	for j, v := range z {
		z[j] = max(0, min(v, d.Max))
	}
	return z
}

// Score runs the perceptron on one row.
func (m *MLP) Score(row []int8) float64 {
	in := make([]float64, len(row))
	for k, x := range row {
		in[k] = float64(x)
	}
	last := len(m.Layers) - 1
	for l := range last {
		in = m.Layers[l].Activate(m.Layers[l].Sums(in))
	}
	return m.Layers[last].Sums(in)[0]
}

// MLP reads the graph as a perceptron of one score: MatMul or Gemm with constants, constants
// added, subtracted, multiplied and divided (a scaling of the inputs, say), Relu or Clip
// from 0 between the layers. Behind the last layer Sigmoid and Tanh may stand, which keep
// the order.
func (g *Graph) MLP() (*MLP, error) {
	if len(g.Inputs) != 1 || len(g.Outputs) != 1 || len(g.Inputs[0].Dims) != 2 || g.Outputs[0].Row() != 1 ||
		g.Inputs[0].Type != Float32 && g.Inputs[0].Type != Int8 {
		return nil, fmt.Errorf("read the model as a perceptron: it must take rows of float32 or int8 features and give one number for each")
	}
	c := &chain{mlp: &MLP{Inputs: g.Inputs[0].Row()}, at: g.Inputs[0].Name}
	c.scale = make([]float64, c.mlp.Inputs)
	c.shift = make([]float64, c.mlp.Inputs)
	for i := range c.scale {
		c.scale[i] = 1
	}
	for i := range g.Nodes {
		if err := c.node(g, &g.Nodes[i]); err != nil {
			return nil, fmt.Errorf("read the model as a perceptron: operation %d (%s): %w", i+1, g.Nodes[i].Op, err)
		}
	}
	if c.at != g.Outputs[0].Name || c.open == nil || c.open.Units != 1 {
		return nil, fmt.Errorf("read the model as a perceptron: it must end with a layer of one unit")
	}
	c.mlp.Layers = append(c.mlp.Layers, *c.open)
	for _, l := range c.mlp.Layers {
		if i := slices.IndexFunc(slices.Concat(l.Weights, l.Bias), func(v float64) bool { return math.IsNaN(v) || math.IsInf(v, 0) }); i >= 0 {
			return nil, fmt.Errorf("read the model as a perceptron: one of its weights is no finite number")
		}
	}
	return c.mlp, nil
}

// chain is a perceptron that is being read.
type chain struct {
	mlp          *MLP
	at           string    // the value that the next operation must take
	scale, shift []float64 // of the inputs, before the first layer
	open         *Dense    // a layer whose activation has not come yet
	bent         bool      // behind the Sigmoid of the last layer
}

func (c *chain) node(g *Graph, n *Node) error {
	i := slices.Index(n.In, c.at)
	if i < 0 {
		return fmt.Errorf("does not go on from the operation before: the layers must stand in one row")
	}
	var other []float64 // the constant operand
	var dims []int64
	if len(n.In) > 1 && n.Op != "Reshape" && n.Op != "Squeeze" && n.Op != "Clip" {
		t := g.Const(n.In[1-min(i, 1)])
		if t == nil || t.Type != Float32 {
			return fmt.Errorf("has no constant beside the values")
		}
		dims = t.Dims
		for _, v := range t.Floats() {
			other = append(other, float64(v))
		}
	}
	c.at = n.Out[0]
	if c.bent && n.Op != "Identity" && n.Op != "Reshape" && n.Op != "Squeeze" && n.Op != "Flatten" {
		return fmt.Errorf("stands behind the last layer's end")
	}
	switch n.Op {
	case "Cast":
		if n.int("to", 0) != int64(Float32) {
			return fmt.Errorf("rounds the values: only integers are cast, to float32")
		}
		return nil
	case "Identity", "Reshape", "Squeeze", "Flatten":
		return nil // the shapes were checked: a row stays a row
	case "Sigmoid", "Tanh":
		if c.open == nil || c.open.Units != 1 {
			return fmt.Errorf("may stand behind the last layer only: use Relu or Clip between layers")
		}
		c.bent = true
		return nil
	case "Add", "Sub", "Mul", "Div":
		return c.affine(n.Op, other, i)
	case "Relu":
		return c.activate(math.Inf(1))
	case "Clip":
		return c.clip(g, n)
	case "MatMul":
		if i != 0 || len(dims) != 2 {
			return fmt.Errorf("must multiply the values by constant columns")
		}
		return c.dense(other, nil, int(dims[1]), false, 1)
	case "Gemm":
		var bias []float64
		if i != 0 {
			return fmt.Errorf("must multiply the values by constant columns")
		}
		if len(n.In) == 3 {
			t := g.Const(n.In[2])
			if t == nil {
				return fmt.Errorf("adds no constant")
			}
			for _, v := range t.Floats() {
				bias = append(bias, float64(v)*float64(n.float("beta", 1)))
			}
		}
		turned := n.int("transB", 0) != 0
		units := int(dims[1])
		if turned {
			units = int(dims[0])
		}
		return c.dense(other, bias, units, turned, float64(n.float("alpha", 1)))
	}
	return fmt.Errorf("is no part of a perceptron that can be quantised: use MatMul or Gemm, Add, Relu, Clip")
}

// dense opens a layer.
func (c *chain) dense(w, bias []float64, units int, turned bool, alpha float64) error {
	if c.open != nil {
		return fmt.Errorf("follows a layer without an activation: put a Relu between them")
	}
	width := c.mlp.Inputs
	if n := len(c.mlp.Layers); n > 0 {
		width = c.mlp.Layers[n-1].Units
	}
	d := &Dense{Width: width, Units: units, Weights: make([]float64, width*units), Bias: make([]float64, units), Max: math.Inf(1)}
	for j := range units {
		for k := range width {
			v := alpha
			if turned {
				v *= w[j*width+k]
			} else {
				v *= w[k*units+j]
			}
			if len(c.mlp.Layers) == 0 { // the inputs' scaling becomes part of the weights
				d.Bias[j] += float64(v * c.shift[k])
				v *= c.scale[k]
			}
			d.Weights[j*width+k] = v
		}
		if len(bias) > 0 {
			d.Bias[j] += bias[j%len(bias)]
		}
	}
	c.open = d
	return nil
}

// affine adds or multiplies constants: to an open layer, or to the inputs.
func (c *chain) affine(op string, v []float64, place int) error {
	scale, shift, weights := c.scale, c.shift, []float64(nil)
	if c.open != nil {
		scale, shift, weights = nil, c.open.Bias, c.open.Weights
	} else if len(c.mlp.Layers) > 0 {
		return fmt.Errorf("stands between an activation and the next layer: put it into the layer's weights")
	}
	if len(v) != 1 && len(v) != len(shift) {
		return fmt.Errorf("has %d constants for %d values", len(v), len(shift))
	}
	if place != 0 && (op == "Sub" || op == "Div") {
		return fmt.Errorf("has the values behind the constant")
	}
	for j := range shift {
		x := v[j%len(v)]
		switch op {
		case "Add":
			shift[j] += x
		case "Sub":
			shift[j] -= x
		default:
			if op == "Div" {
				x = 1 / x
			}
			shift[j] *= x
			if scale != nil {
				scale[j] *= x
			}
			for k := range len(weights) / len(shift) {
				weights[j*len(weights)/len(shift)+k] *= x
			}
		}
	}
	return nil
}

// activate closes the open layer.
func (c *chain) activate(most float64) error {
	if c.open == nil {
		n := len(c.mlp.Layers)
		if n == 0 {
			return fmt.Errorf("stands before the first layer")
		}
		last := &c.mlp.Layers[n-1] // a Clip behind a Relu
		last.Max = min(last.Max, most)
		return nil
	}
	c.open.Max = most
	c.mlp.Layers = append(c.mlp.Layers, *c.open)
	c.open = nil
	return nil
}

func (c *chain) clip(g *Graph, n *Node) error {
	bound := func(i int, otherwise float64) float64 {
		if len(n.In) <= i || n.In[i] == "" {
			return otherwise
		}
		return float64(g.Const(n.In[i]).Floats()[0])
	}
	low, high := bound(1, math.Inf(-1)), bound(2, math.Inf(1))
	closed := c.open == nil && len(c.mlp.Layers) > 0 // behind a Relu any lower bound up to 0 does nothing
	if low != 0 && !(closed && low < 0) || !(high > 0) {
		return fmt.Errorf("must clip from 0 to a positive number, not from %g to %g", low, high)
	}
	return c.activate(high)
}
