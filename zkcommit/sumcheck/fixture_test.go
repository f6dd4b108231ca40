package sumcheck

import (
	"cmp"
	"math/rand/v2"
	"slices"
	"testing"

	"candor/graph"
	"candor/zkcommit"
)

// The tests speak of shapes and models at length.
type (
	Shape = zkcommit.Shape
	Model = zkcommit.Model
	Layer = zkcommit.Layer
)

// world is a model, registered, and a true statement of it.
type world struct {
	model *Model
	w     *Weights
	r     *RegisteredModel
	s     *Statement
}

func randomModel(r *rand.Rand, s Shape) *Model {
	m := zkcommit.NewModel(s)
	for _, layer := range m.Layers {
		for i := range layer.Weights {
			layer.Weights[i] = int8(r.Uint32())
		}
		for i := range layer.Bias {
			layer.Bias[i] = int16(r.Uint32())
		}
	}
	return m
}

var schema = graph.Hash{7, 1}

func register(t testing.TB, m *Model) (*Weights, *RegisteredModel) {
	t.Helper()
	w, err := NewWeights(m, schema, zkcommit.NewSalt([32]byte{1}))
	if err != nil {
		t.Fatal(err)
	}
	reg, err := RegisterOpened(w)
	if err != nil {
		t.Fatal(err)
	}
	return w, reg
}

// ranked states the order that the model gives the rows, with random positions.
func ranked(t testing.TB, r *rand.Rand, m *Model, reg *RegisteredModel, rows []int8) *Statement {
	t.Helper()
	d := m.Shape.Inputs
	scores, err := m.Evaluate(rows)
	if err != nil {
		t.Fatal(err)
	}
	n := len(scores)
	ids := make([]graph.PostID, n)
	for i, p := range r.Perm(n) {
		ids[i] = graph.PostID{Block: uint64(p/5 + 1), Tx: uint32(p % 5)}
	}
	order := make([]int, n)
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int {
		return cmp.Or(cmp.Compare(scores[b], scores[a]), ids[b].Compare(ids[a]))
	})
	s := &Statement{Kind: Order, Run: &zkcommit.Run{ChainID: 7, Seq: 3, Previous: graph.Hash{9}, Commitment: reg.ID(), Shape: m.Shape.ID(), FeatureSchema: reg.Schema()}}
	for _, i := range order {
		s.Posts = append(s.Posts, ids[i])
		s.Rows = append(s.Rows, rows[i*d:(i+1)*d]...)
	}
	return s
}

func randomRows(r *rand.Rand, n, d int) []int8 {
	rows := make([]int8, n*d)
	for i := range rows {
		rows[i] = int8(r.Uint32())
	}
	return rows
}

func newWorld(t testing.TB, seed uint64, s Shape, n int) *world {
	t.Helper()
	r := rand.New(rand.NewPCG(seed, 1))
	m := randomModel(r, s)
	w, reg := register(t, m)
	return &world{m, w, reg, ranked(t, r, m, reg, randomRows(r, n, s.Inputs))}
}

func (w *world) prove(t testing.TB) []byte {
	t.Helper()
	b, err := Prove(w.s, w.r, w.w)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

var (
	small = Shape{Inputs: 64, Hidden: [2]int{32}, Shift: [2]uint{6}}
	large = Shape{Inputs: 448, Hidden: [2]int{64}, Shift: [2]uint{12}}
	deep  = Shape{Inputs: 64, Hidden: [2]int{32, 16}, Shift: [2]uint{10, 9}}
)
