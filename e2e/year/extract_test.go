package year

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"candor/graph"
	"candor/internal/torture"
	"candor/rankers"
	"candor/zkcommit"
)

// budget is the Kendall τ that docs/threats.md says a linear copy reaches after so many
// runs of 50 posts.
var budget = []struct {
	runs int
	tau  float64
}{{1, 0.51}, {3, 0.72}, {10, 0.77}, {30, 0.79}, {100, 0.80}}

// TestExtractionBudget trains copies of the secret built-in model on what its runs show,
// features and orders, and holds docs/threats.md to what it reaches.
func TestExtractionBudget(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 7))
	catalogue := rankers.Catalogue()
	at := slices.IndexFunc(catalogue, func(b *rankers.Builtin) bool { return b.Info().ID == "hybrid" })
	if at < 0 {
		t.Fatal("there is no ranker hybrid, whose model is secret by default")
	}
	m := catalogue[at].Model()
	const posts, copies = 50, 4
	for _, b := range budget {
		sum := 0.0
		for range copies {
			copied := fit(t, m, r, b.runs, posts)
			_, rows := ranked(t, m, r, 200)
			sum += kendall(rows, copied)
		}
		tau := sum / copies
		torture.Say(t, "a linear copy after %d runs of %d posts: Kendall's τ %.2f", b.runs, posts, tau)
		if math.Abs(tau-b.tau) > 0.05 {
			t.Errorf("after %d runs the copy's τ is %.2f, and docs/threats.md says %.2f", b.runs, tau, b.tau)
		}
	}
}

// ranked are random posts' features in the model's order.
func ranked(t *testing.T, m *zkcommit.Model, r *rand.Rand, n int) (ids []graph.PostID, rows [][]int8) {
	t.Helper()
	d := m.Shape.Inputs
	flat := make([]int8, n*d)
	for i := range flat {
		flat[i] = int8(r.Uint32() % 128) // features are 0 to 127
	}
	values, err := m.Evaluate(flat)
	if err != nil {
		t.Fatal(err)
	}
	scores := make([]graph.Score, n)
	for i := range n {
		ids, scores[i] = append(ids, graph.PostID{Block: uint64(i)}), graph.Score(values[i])
	}
	for _, i := range zkcommit.Order(ids, scores) {
		rows = append(rows, flat[i*d:(i+1)*d])
	}
	return ids, rows
}

// fit learns a linear score whose order of all pairs is that of the runs, by logistic
// regression.
func fit(t *testing.T, m *zkcommit.Model, r *rand.Rand, runs, posts int) []float64 {
	weights := make([]float64, m.Shape.Inputs)
	var all [][][]int8
	for range runs {
		_, rows := ranked(t, m, r, posts)
		all = append(all, rows)
	}
	for step := range 20_000 {
		rows := all[r.IntN(runs)]
		i, j := r.IntN(posts), r.IntN(posts)
		if i == j {
			continue
		}
		above, below := rows[min(i, j)], rows[max(i, j)]
		z := 0.0
		for k := range weights {
			z += weights[k] * float64(int(above[k])-int(below[k])) / 127
		}
		rate := 0.2 / (1 + float64(step)/5000)
		g := rate / (1 + math.Exp(z))
		for k := range weights {
			weights[k] += g * float64(int(above[k])-int(below[k])) / 127
		}
	}
	return weights
}

// kendall compares the copy's order with the rows' own.
func kendall(rows [][]int8, weights []float64) float64 {
	scores := make([]float64, len(rows))
	for i, row := range rows {
		for k, x := range row {
			scores[i] += weights[k] * float64(x)
		}
	}
	agree, pairs := 0, 0
	for i := range scores {
		for j := i + 1; j < len(scores); j++ {
			pairs++
			if scores[i] > scores[j] {
				agree++
			} else {
				agree--
			}
		}
	}
	return float64(agree) / float64(pairs)
}
