package onnx

import (
	"math/rand/v2"

	"candor/zkcommit"
)

// shapes are the three that rankers use.
var shapes = []zkcommit.Shape{
	{Inputs: 64, Hidden: [2]int{32}, Shift: [2]uint{6}},
	{Inputs: 64, Hidden: [2]int{64, 32}, Shift: [2]uint{7, 7}},
	{Inputs: 448, Hidden: [2]int{64}, Shift: [2]uint{9}},
}

// drawn gives numbers of one of several kinds: any, the ends, one end, small, mostly zero.
func drawn(r *rand.Rand, kind int) int8 {
	switch kind {
	case 0:
		return int8(r.IntN(256) - 128)
	case 1:
		return [2]int8{-128, 127}[r.IntN(2)]
	case 2:
		return -128
	case 3:
		return 127
	case 4:
		return int8(r.IntN(15) - 7)
	}
	if r.IntN(8) > 0 {
		return 0
	}
	return int8(r.IntN(256) - 128)
}

const kinds = 6

// drawModel makes a model whose layers are each of some kind. The first kinds² models of
// a shape are all pairs of kinds of the first layer and of rows.
func drawModel(r *rand.Rand, s zkcommit.Shape, kind int) *zkcommit.Model {
	m := zkcommit.NewModel(s)
	for l, layer := range m.Layers {
		if l > 0 {
			kind = r.IntN(kinds)
		}
		for i := range layer.Weights {
			layer.Weights[i] = drawn(r, kind)
		}
		scale := r.IntN(16) // a bias is as often small as large
		for i := range layer.Bias {
			layer.Bias[i] = int16(r.IntN(1<<16)-1<<15) >> scale
			if r.IntN(8) == 0 {
				layer.Bias[i] = [2]int16{-1 << 15, 1<<15 - 1}[r.IntN(2)]
			}
		}
	}
	return m
}

// drawRows makes rows: of one kind, and some that drive units of the first layer to their ends.
func drawRows(r *rand.Rand, m *zkcommit.Model, kind, n int) []int8 {
	d := m.Shape.Inputs
	rows := make([]int8, n*d)
	for i := range rows {
		rows[i] = drawn(r, kind)
	}
	for i := range n / 8 {
		j := r.IntN(m.Shape.Hidden[0])
		for k := range d {
			rows[i*d+k] = 127
			if (m.Layers[0].Weights[j*d+k] < 0) == (i%2 == 0) {
				rows[i*d+k] = -128
			}
		}
	}
	return rows
}
