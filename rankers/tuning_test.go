package rankers_test

import (
	"context"
	"slices"
	"testing"

	"candor/graph"
	"candor/rankers"
	"candor/zkcommit"
)

// echo gives each row's first column as its score.
type echo []zkcommit.Parameter

func (e echo) Info() rankers.Info { return rankers.Info{ID: "echo", Parameters: e} }

func (echo) Score(_ context.Context, rows []graph.Row) (out []graph.Score, err error) {
	for _, r := range rows {
		out = append(out, graph.Score(r[0]))
	}
	return out, nil
}

// TestUsual: outside a node's hall, too, rows are tuned by the defaults of parameters.
func TestUsual(t *testing.T) {
	for _, x := range []struct {
		what   string
		of     []zkcommit.Parameter
		scores []graph.Score // of 40 and -3; nil: it fails
	}{
		{"none", nil, []graph.Score{40, -3}},
		{"nothing changed", []zkcommit.Parameter{{Name: "a", Most: 32, Default: zkcommit.One, Columns: []uint16{0}}}, []graph.Score{40, -3}},
		{"halved", []zkcommit.Parameter{{Name: "a", Most: 32, Default: 8, Columns: []uint16{0}}}, []graph.Score{20, -2}},
		{"another column", []zkcommit.Parameter{{Name: "a", Most: 32, Default: 0, Columns: []uint16{1}}}, []graph.Score{40, -3}},
		{"cut, behind one that tunes nothing", []zkcommit.Parameter{{Name: "a", Most: 9, Default: 3}, {Name: "b", Most: 64, Default: 64, Columns: []uint16{0}}}, []graph.Score{127, -12}},
		{"outside its range", []zkcommit.Parameter{{Name: "a", Least: 4, Most: 32, Default: 1, Columns: []uint16{0}}}, nil},
		{"outside the row", []zkcommit.Parameter{{Name: "a", Most: 32, Default: 1, Columns: []uint16{2}}}, nil},
	} {
		rows := []graph.Row{{40, 5}, {-3, 5}}
		scores, err := rankers.Usual(echo(x.of)).Score(t.Context(), rows)
		if (err == nil) != (x.scores != nil) || !slices.Equal(scores, x.scores) {
			t.Errorf("%s: %v, %v", x.what, scores, err)
		}
		if rows[0][0] != 40 || rows[1][0] != -3 {
			t.Errorf("%s: the rows are changed: %v", x.what, rows)
		}
	}
}
