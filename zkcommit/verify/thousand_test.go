package verify

import (
	"math/rand"
	"testing"
	"time"

	"candor/graph"
	"candor/zkcommit"
	"candor/zkcommit/sumcheck"
)

// randomRun is a run of n posts that the model ranks so.
func randomRun(t testing.TB, m *zkcommit.Model, n int, r *rand.Rand) ([]graph.PostID, zkcommit.Rows) {
	t.Helper()
	ids, rows := make([]graph.PostID, n), make(zkcommit.Rows, n)
	for i, p := range r.Perm(n) {
		ids[i] = graph.PostID{Block: uint64(p/3 + 1), Tx: uint32(p % 3)}
		rows[i] = make([]int8, m.Shape.Inputs)
		for k := range rows[i] {
			rows[i][k] = int8(r.Uint32())
		}
	}
	values, err := m.Evaluate(rows.Flat())
	if err != nil {
		t.Fatal(err)
	}
	scores := make([]graph.Score, n)
	for i, v := range values {
		scores[i] = graph.Score(v)
	}
	var ranked []graph.PostID
	var sorted zkcommit.Rows
	for _, i := range zkcommit.Order(ids, scores) {
		ranked, sorted = append(ranked, ids[i]), append(sorted, rows[i])
	}
	return ranked, sorted
}

func randomModel(s zkcommit.Shape, r *rand.Rand) *zkcommit.Model {
	m := zkcommit.NewModel(s)
	for _, l := range m.Layers {
		for i := range l.Weights {
			l.Weights[i] = int8(r.Uint32())
		}
		for i := range l.Bias {
			l.Bias[i] = int16(r.Uint32())
		}
	}
	return m
}

// registeredOpen is a model whose weights the test holds, so that it needs no key.
func registeredOpen(t testing.TB, s zkcommit.Shape, r *rand.Rand) (*zkcommit.Model, *sumcheck.Weights, *sumcheck.RegisteredModel) {
	t.Helper()
	m := randomModel(s, r)
	w, err := sumcheck.NewWeights(m, graph.Hash{1}, zkcommit.NewSalt([32]byte{2}))
	if err != nil {
		t.Fatal(err)
	}
	reg, err := sumcheck.RegisterOpened(w)
	if err != nil {
		t.Fatal(err)
	}
	return m, w, reg
}

// proven is a run of n posts with its proof.
func proven(t testing.TB, s zkcommit.Shape, n int) (*sumcheck.RegisteredModel, zkcommit.Statement, zkcommit.Proof) {
	t.Helper()
	r := rand.New(rand.NewSource(21))
	m, w, reg := registeredOpen(t, s, r)
	ranked, rows := randomRun(t, m, n, r)
	run := zkcommit.Run{Commitment: w.ID(), FeatureSchema: graph.Hash{1}, Shape: s.ID()}
	rec := zkcommit.Record{Ranked: ranked, Rows: rows}
	if err := rec.Seal(&run, graph.Hash{3}); err != nil {
		t.Fatal(err)
	}
	st := zkcommit.Statement{Run: run.Bytes(), RankingSalt: zkcommit.RankingSalt(graph.Hash{3}), Commitment: w.ID(), Ranked: ranked, Rows: rows}
	x, err := Statement(st)
	if err != nil {
		t.Fatal(err)
	}
	b, err := sumcheck.Prove(x, reg, w)
	if err != nil {
		t.Fatal(err)
	}
	return reg, st, zkcommit.Proof{Version: zkcommit.RunProof, Kind: zkcommit.KindRunOrder, Bytes: b}
}

// TestThousand says how long a check of 1,024 posts takes, here or, built for a
// browser, there: the fastest of many, since others use the machine, too.
func TestThousand(t *testing.T) {
	if testing.Short() {
		t.Skip("a figure, not a check")
	}
	shape := zkcommit.Shape{Inputs: 448, Hidden: [2]int{64}, Shift: [2]uint{8}}
	reg, st, p := proven(t, shape, 1024)
	run, err := st.Check()
	if err != nil {
		t.Fatal(err)
	}
	fastest := func(f func() error) (best time.Duration) {
		best = time.Hour
		for range 7 {
			began := time.Now()
			if err := f(); err != nil {
				t.Fatal(err)
			}
			best = min(best, time.Since(began))
		}
		return best
	}
	proof := fastest(func() error { return order(reg, run, st, p) })
	digest := fastest(func() error { _, err := st.Check(); return err })
	t.Logf("1,024 posts of 448 features: proof %.1f ms, rows digest %.1f ms", proof.Seconds()*1e3, digest.Seconds()*1e3)
}
