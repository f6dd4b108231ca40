package train

import (
	"math"

	"candor/graph"
	"candor/rankers/onnx/format"
)

// The perceptrons: so many, each of so many hidden units, side by side in one of 32.
const nets, units = 4, 8

const (
	epochs = 15
	batch  = 64
	rate   = 0.0005 // falls to nothing over the epochs
	decay  = 1e-3
	unit   = 1. / 64 // of an input, while training
)

// net is one perceptron: weights of unit j from j·inputs, then biases, then the output's
// weights, then its bias.
type net struct{ v []float64 }

const (
	atBias = units * inputs
	atOut  = atBias + units
	atEnd  = atOut + units
)

// hidden are the activations for a row.
func (n *net) hidden(row []float64, out *[units]float64) float64 {
	s := n.v[atEnd]
	for j := range units {
		z := n.v[atBias+j]
		for k, w := range n.v[j*inputs : (j+1)*inputs] {
			z += mul(w, row[k])
		}
		out[j] = max(0, z)
		s += mul(n.v[atOut+j], out[j])
	}
	return s
}

// fitNet minimises squared errors by Adam.
func fitNet(rows [][]float64, target []float64, seed Chance) *net {
	n := &net{v: make([]float64, atEnd+1)}
	for i := range atBias {
		n.v[i] = mul(seed.symmetric(), math.Sqrt(2./inputs))
	}
	for j := range units {
		n.v[atBias+j] = 0.1
		n.v[atOut+j] = mul(seed.symmetric(), 0.3)
	}
	order := make([]int, len(rows))
	for i := range order {
		order[i] = i
	}
	slope, first, second := make([]float64, len(n.v)), make([]float64, len(n.v)), make([]float64, len(n.v))
	left1, left2 := 1., 1.
	var h [units]float64
	for e := range epochs {
		for i := len(order) - 1; i > 0; i-- {
			j := seed.Below(i + 1)
			order[i], order[j] = order[j], order[i]
		}
		speed := mul(rate, 1-float64(e)/epochs)
		for at := 0; at < len(order); at += batch {
			part := order[at:min(at+batch, len(order))]
			clear(slope)
			for _, i := range part {
				n.slopes(rows[i], (n.hidden(rows[i], &h)-target[i])/float64(len(part)), &h, slope)
			}
			left1, left2 = mul(left1, 0.9), mul(left2, 0.999)
			for k, g := range slope {
				g += mul(decay, n.v[k])
				first[k] = mul(0.9, first[k]) + mul(0.1, g)
				second[k] = mul(0.999, second[k]) + mul(0.001, mul(g, g))
				n.v[k] -= mul(speed, first[k]/(1-left1)) / (math.Sqrt(second[k]/(1-left2)) + 1e-8)
			}
		}
	}
	return n
}

// slopes adds those of one row, whose output is off by so much.
func (n *net) slopes(row []float64, off float64, h *[units]float64, slope []float64) {
	slope[atEnd] += off
	for j := range units {
		slope[atOut+j] += mul(off, h[j])
		if h[j] <= 0 {
			continue
		}
		back := mul(off, n.v[atOut+j])
		slope[atBias+j] += back
		to := slope[j*inputs : (j+1)*inputs]
		for k, x := range row {
			to[k] += mul(back, x)
		}
	}
}

// fitHead trains the perceptrons and lays them side by side: the mean of their outputs.
func fitHead(rows []graph.FeatureVector, target []float64, seed uint64) *format.MLP {
	in := make([][]float64, len(rows))
	for i := range rows {
		in[i] = make([]float64, inputs)
		for k := range in[i] {
			in[i][k] = mul(float64(rows[i][k]), unit)
		}
	}
	first := format.Dense{Width: graph.Features, Units: nets * units, Max: math.Inf(1),
		Weights: make([]float64, graph.Features*nets*units), Bias: make([]float64, nets*units)}
	last := format.Dense{Width: nets * units, Units: 1, Weights: make([]float64, nets*units), Bias: make([]float64, 1)}
	for m := range nets {
		n := fitNet(in, target, Chance(seed+uint64(m)))
		for j := range units {
			at := m*units + j
			for k, w := range n.v[j*inputs : (j+1)*inputs] {
				first.Weights[at*graph.Features+k] = mul(w, unit)
			}
			first.Bias[at] = n.v[atBias+j]
			last.Weights[at] = n.v[atOut+j] / nets
		}
		last.Bias[0] += float64(n.v[atEnd] / nets)
	}
	return &format.MLP{Inputs: graph.Features, Layers: []format.Dense{first, last}}
}
