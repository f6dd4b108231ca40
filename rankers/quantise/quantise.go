package quantise

import (
	"errors"
	"fmt"
	"math"
	"slices"

	"candor/rankers/onnx/format"
	"candor/zkcommit"
)

// MinRows is the least number of calibration rows.
const MinRows = 200

// fitRows bounds the rows that fit the model, tryRows those that choose its shifts.
const fitRows, tryRows = 4096, 512

// Quantise fits a provable model to the float one. Every fourth calibration row is kept
// aside to measure the loss.
func Quantise(m *format.MLP, rows []int8) (*zkcommit.Model, *Loss, error) {
	if err := suits(m, rows); err != nil {
		return nil, nil, fmt.Errorf("quantise: %w", err)
	}
	fit, aside := split(rows, m.Inputs)
	few := newQuantiser(m, fit, tryRows)
	var shape zkcommit.Shape
	var reach float64
	least := math.Inf(1)
	for _, r := range []float64{1, 0.999, 0.99} {
		for _, shifts := range allShifts(few.shape) {
			s := few.shape
			s.Shift = shifts
			if s.Validate() != nil {
				continue
			}
			if far := few.distance(few.fit(s, r, false)); far < least {
				least, shape, reach = far, s, r
			}
		}
	}
	if math.IsInf(least, 1) {
		return nil, nil, fmt.Errorf("quantise: no shift suits a model of shape %s", few.shape)
	}
	// More rows, and rounding together, pay off and cost too much to try everywhere.
	all := newQuantiser(m, fit, fitRows)
	best := all.fit(shape, reach, false)
	if model := all.fit(shape, reach, true); all.distance(model) < all.distance(best) {
		best = model
	}
	loss, err := Compare(m, best, aside, nil)
	if err != nil {
		return nil, nil, err
	}
	return best, loss, nil
}

// suits says what to change about a model that cannot be provable.
func suits(m *format.MLP, rows []int8) error {
	if n := len(m.Layers) - 1; n < 1 || n > 2 {
		return fmt.Errorf("the model has %d hidden layers: use one or two", n)
	}
	if m.Inputs < 1 || m.Inputs > zkcommit.MaxInputs {
		return fmt.Errorf("the model has %d inputs: use 1 to %d", m.Inputs, zkcommit.MaxInputs)
	}
	for l, d := range m.Layers[:len(m.Layers)-1] {
		if d.Units > zkcommit.MaxHidden {
			return fmt.Errorf("hidden layer %d has %d units: use at most %d", l+1, d.Units, zkcommit.MaxHidden)
		}
	}
	if len(rows)%m.Inputs != 0 || len(rows)/m.Inputs < MinRows {
		return fmt.Errorf("%d calibration values are no whole rows of %d, or fewer than %d rows", len(rows), m.Inputs, MinRows)
	}
	return nil
}

// split puts every fourth row aside, and takes the others to fit.
func split(rows []int8, d int) (fit, aside []int8) {
	for i := 0; i < len(rows)/d; i++ {
		if row := rows[i*d : (i+1)*d]; i%4 == 3 {
			aside = append(aside, row...)
		} else {
			fit = append(fit, row...)
		}
	}
	return fit, aside
}

// CompareAside measures a model against the float one by gains, one a row, on the rows that
// Quantise kept aside.
func CompareAside(m *format.MLP, model *zkcommit.Model, rows []int8, gains []float64) (*Loss, error) {
	_, aside := split(rows, m.Inputs)
	var theirs []float64
	for i, g := range gains {
		if i%4 == 3 {
			theirs = append(theirs, g)
		}
	}
	return Compare(m, model, aside, theirs)
}

func allShifts(s zkcommit.Shape) (all [][2]uint) {
	for a := uint(zkcommit.MinShift); a <= zkcommit.MaxShift; a++ {
		if s.Layers() == 1 {
			all = append(all, [2]uint{a})
			continue
		}
		for b := uint(zkcommit.MinShift); b <= zkcommit.MaxShift; b++ {
			all = append(all, [2]uint{a, b})
		}
	}
	return all
}

// quantiser is a float model with what it does on the rows that fit.
type quantiser struct {
	mlp   *format.MLP
	shape zkcommit.Shape
	ints  []int8         // the rows
	rows  [][]float64    // what goes into the first layer
	sums  [3][][]float64 // of each layer, before activation, by rows
	top   [2][][]float64 // activations of each unit of a hidden layer, sorted
}

// newQuantiser takes at most most of the rows, spread over them.
func newQuantiser(m *format.MLP, fit []int8, most int) *quantiser {
	q := &quantiser{mlp: m, shape: zkcommit.Shape{Inputs: m.Inputs}}
	for l, d := range m.Layers[:len(m.Layers)-1] {
		q.shape.Hidden[l] = d.Units
		q.top[l] = make([][]float64, d.Units)
	}
	n := len(fit) / m.Inputs
	for at := range min(n, most) {
		i := at * n / min(n, most)
		row := fit[i*m.Inputs : (i+1)*m.Inputs]
		q.ints = append(q.ints, row...)
		in := widen(row)
		q.rows = append(q.rows, in)
		for l := range m.Layers {
			z := m.Layers[l].Sums(in)
			q.sums[l] = append(q.sums[l], z)
			if l == len(m.Layers)-1 {
				break
			}
			in = m.Layers[l].Activate(slices.Clone(z))
			for j, a := range in {
				q.top[l][j] = append(q.top[l][j], a)
			}
		}
	}
	for _, layer := range q.top {
		for _, unit := range layer {
			slices.Sort(unit)
		}
	}
	return q
}

func widen(row []int8) []float64 {
	in := make([]float64, len(row))
	for k, x := range row {
		in[k] = float64(x)
	}
	return in
}

// fit makes a model of the shape. reach is the share of a unit's activations that stay
// below the clamp; together rounds the weights of a unit together.
func (q *quantiser) fit(s zkcommit.Shape, reach float64, together bool) *zkcommit.Model {
	m := zkcommit.NewModel(s)
	step := make([]float64, s.Inputs) // what one of an input means in the float model
	for k := range step {
		step[k] = 1
	}
	in := q.rows
	for l := range s.Layers() {
		var gram *gram
		if together {
			gram = newGram(in)
		}
		d, scale := &q.mlp.Layers[l], float64(int(1)<<s.Shift[l])
		next := make([]float64, d.Units)
		for j := range d.Units {
			exact := make([]float64, d.Width)
			for k := range exact {
				exact[k] = d.Weights[j*d.Width+k] * step[k]
			}
			g := q.gain(l, j, reach, exact, scale)
			if g == 0 {
				continue // never active on these rows, or without weights
			}
			next[j] = 1 / g
			for k := range exact {
				exact[k] *= g * scale
			}
			w := m.Layers[l].Weights[j*d.Width : (j+1)*d.Width]
			round(w, exact, gram)
			m.Layers[l].Bias[j] = q.bias(l, j, w, in, g*scale, scale)
		}
		step = next
		in = q.activations(m, l, in)
	}
	q.output(m, in)
	return m
}

// gain is how many steps of the activation one float unit of it is: as many as clamp,
// weights and bias allow.
func (q *quantiser) gain(l, j int, reach float64, exact []float64, scale float64) float64 {
	sorted := q.top[l][j]
	top := sorted[int(reach*float64(len(sorted)-1))]
	if top == 0 {
		top = sorted[len(sorted)-1]
	}
	widest := 0.
	for _, w := range exact {
		widest = max(widest, math.Abs(w))
	}
	if top <= 0 || widest == 0 {
		return 0
	}
	g := min(zkcommit.Clamp/top, 127/(widest*scale))
	if b := math.Abs(q.mlp.Layers[l].Bias[j]); b > 0 {
		g = min(g, (math.MaxInt16-scale)/(b*scale))
	}
	return g
}

// bias is the one with which the sums are right on average, half a step added since the
// shift rounds down.
func (q *quantiser) bias(l, j int, w []int8, in [][]float64, factor, scale float64) int16 {
	var off float64
	for i, row := range in {
		off += float64(q.sums[l][i][j] * factor)
		for k, x := range row {
			off -= float64(float64(w[k]) * x)
		}
	}
	return cut16(off/float64(len(in)) + float64(scale/2))
}

func cut16(v float64) int16 {
	return int16(max(math.MinInt16, min(math.Round(v), math.MaxInt16)))
}

// activations are what hidden layer l of the model gives for what went into it.
func (q *quantiser) activations(m *zkcommit.Model, l int, in [][]float64) [][]float64 {
	layer, d := &m.Layers[l], len(in[0])
	out := make([][]float64, len(in))
	for i, row := range in {
		out[i] = make([]float64, len(layer.Bias))
		for j, b := range layer.Bias {
			z := int32(b)
			for k, w := range layer.Weights[j*d : (j+1)*d] {
				z += int32(w) * int32(row[k])
			}
			out[i][j] = float64(zkcommit.Activate(z >> m.Shape.Shift[l]))
		}
	}
	return out
}

// distance is how far the model's scores are from a straight line of the float ones: one
// less their squared correlation.
func (q *quantiser) distance(m *zkcommit.Model) float64 {
	scores, err := m.Evaluate(q.ints)
	if err != nil {
		return math.Inf(1)
	}
	ints, floats := make([]float64, len(scores)), make([]float64, len(scores))
	for i, s := range scores {
		ints[i], floats[i] = float64(s), q.sums[len(q.mlp.Layers)-1][i][0]
	}
	r := correlation(ints, floats)
	return 1 - float64(r*math.Abs(r))
}

// errFlat ends a comparison in which a model gives one score to all.
var errFlat = errors.New("the float model gives every calibration row the same score")
