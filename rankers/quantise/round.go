package quantise

import (
	"math"

	"candor/zkcommit"
)

// gram holds the inner products of what goes into a layer, over the rows that fit.
type gram struct {
	n int
	v []float64 // n × n
}

// newGram adds a little to the diagonal, so that an input that was the same on all rows
// keeps its nearest weight.
func newGram(in [][]float64) *gram {
	n := len(in[0])
	g := &gram{n: n, v: make([]float64, n*n)}
	for _, row := range in {
		for a, x := range row {
			if x == 0 {
				continue
			}
			line := g.v[a*n : (a+1)*n]
			for b, y := range row {
				line[b] += float64(x * y)
			}
		}
	}
	trace := 0.
	for a := range n {
		trace += g.v[a*n+a]
	}
	for a := range n {
		g.v[a*n+a] += 0.01*trace/float64(n) + 1e-9
	}
	return g
}

// round rounds the weights. With a gram it then steps single weights up and down as long as
// that brings the sums nearer to the exact ones.
func round(w []int8, exact []float64, g *gram) {
	for k, v := range exact {
		w[k] = cut8(v)
	}
	if g == nil {
		return
	}
	pull := make([]float64, g.n) // gram times what is too much
	for k, v := range exact {
		if over := float64(w[k]) - v; over != 0 {
			for b, x := range g.v[k*g.n : (k+1)*g.n] {
				pull[b] += float64(over * x)
			}
		}
	}
	for range 4 {
		moved := false
		for k := range w {
			step := -math.Copysign(1, pull[k])
			to := float64(w[k]) + step
			if to < -127 || to > 127 || float64(2*step*pull[k])+g.v[k*g.n+k] >= 0 {
				continue
			}
			w[k] = int8(to)
			moved = true
			for b, x := range g.v[k*g.n : (k+1)*g.n] {
				pull[b] += float64(step * x)
			}
		}
		if !moved {
			return
		}
	}
}

func cut8(v float64) int8 { return int8(max(-127, min(math.Round(v), 127))) }

// output fits the last layer to the activations that the integers give: least squares, then
// rounding together. Its scale is free, since only the order counts, and so is its bias.
func (q *quantiser) output(m *zkcommit.Model, in [][]float64) {
	n := len(in[0])
	target := make([]float64, len(in))
	mean, means := 0., make([]float64, n)
	for i, row := range in {
		target[i] = q.sums[len(q.mlp.Layers)-1][i][0]
		mean += target[i] / float64(len(in))
		for k, x := range row {
			means[k] += x / float64(len(in))
		}
	}
	centred := make([][]float64, len(in))
	right := make([]float64, n)
	for i, row := range in {
		centred[i] = make([]float64, n)
		for k, x := range row {
			centred[i][k] = x - means[k]
			right[k] += float64(centred[i][k] * (target[i] - mean))
		}
	}
	g := newGram(centred)
	exact := solve(g, right)
	widest := 0.
	for _, v := range exact {
		widest = max(widest, math.Abs(v))
	}
	if widest == 0 {
		return
	}
	for k := range exact {
		exact[k] *= 127 / widest
	}
	last := &m.Layers[len(m.Layers)-1]
	round(last.Weights, exact, g)
	bias := mean * 127 / widest
	for k, w := range last.Weights {
		bias -= float64(float64(w) * means[k])
	}
	last.Bias[0] = cut16(bias)
}

// solve solves the symmetric system by Cholesky's method.
func solve(g *gram, right []float64) []float64 {
	n := g.n
	l := make([]float64, n*n)
	x := make([]float64, n)
	for i := range n {
		for j := range i + 1 {
			s := g.v[i*n+j]
			if i == j { // the ridge of one per mille of what stands there keeps it positive
				s *= 1.001
			}
			for k := range j {
				s -= float64(l[i*n+k] * l[j*n+k])
			}
			if i == j {
				l[i*n+i] = math.Sqrt(max(s, 1e-12))
			} else {
				l[i*n+j] = s / l[j*n+j]
			}
		}
	}
	for i := range n {
		s := right[i]
		for k := range i {
			s -= float64(l[i*n+k] * x[k])
		}
		x[i] = s / l[i*n+i]
	}
	for i := n - 1; i >= 0; i-- {
		s := x[i]
		for k := i + 1; k < n; k++ {
			s -= float64(l[k*n+i] * x[k])
		}
		x[i] = s / l[i*n+i]
	}
	return x
}
