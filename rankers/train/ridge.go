package train

// rounds of the conjugate gradient; the fits on real files no longer move after fifteen.
const rounds = 20

// term is one thing that a post shows, with its weight: a larger weight is shrunk less.
type term struct {
	key    uint64
	weight float64
}

// ridge is a linear model over terms.
type ridge map[uint64]float64

// fitRidge minimises squared errors plus the squared weights, by conjugate gradients.
// Targets are taken as they are: centre them first.
func fitRidge(rows [][]term, target []float64) ridge {
	place := map[uint64]int{}
	var keys []uint64
	at := make([][]int, len(rows))
	for i, row := range rows {
		at[i] = make([]int, len(row))
		for k, t := range row {
			p, ok := place[t.key]
			if !ok {
				p = len(keys)
				place[t.key] = p
				keys = append(keys, t.key)
			}
			at[i][k] = p
		}
	}
	n := len(keys)
	w, left := make([]float64, n), make([]float64, n)
	for i, row := range rows {
		for k, t := range row {
			left[at[i][k]] += mul(t.weight, target[i])
		}
	}
	way, size := append([]float64(nil), left...), square(left)
	image := make([]float64, n)
	for range rounds {
		if size < 1e-12 {
			break
		}
		copy(image, way)
		for i, row := range rows {
			s := 0.
			for k, t := range row {
				s += mul(t.weight, way[at[i][k]])
			}
			for k, t := range row {
				image[at[i][k]] += mul(s, t.weight)
			}
		}
		bend := 0.
		for k, v := range way {
			bend += mul(v, image[k])
		}
		step := size / bend
		for k := range w {
			w[k] += mul(step, way[k])
			left[k] -= mul(step, image[k])
		}
		was := size
		size = square(left)
		for k := range way {
			way[k] = left[k] + mul(size/was, way[k])
		}
	}
	r := make(ridge, n)
	for k, key := range keys {
		r[key] = w[k]
	}
	return r
}

func square(v []float64) (s float64) {
	for _, x := range v {
		s += mul(x, x)
	}
	return s
}

// of is what the model says of a row; terms that it never saw say nothing.
func (r ridge) of(row []term) (s float64) {
	for _, t := range row {
		s += mul(t.weight, r[t.key])
	}
	return s
}
