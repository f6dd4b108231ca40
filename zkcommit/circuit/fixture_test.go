package circuit

import (
	"flag"
	"fmt"
	"math/rand"
	"os"
	"slices"
	"sync"
	"testing"

	"candor/graph"
	"candor/zkcommit"
	"candor/zkcommit/circuit/verifier"
)

// keysDir holds the keys, which are made once for the whole binary, when a test
// first asks for them.
var keysDir string

var digestKeys = sync.OnceValue(func() *Keys {
	k, err := DevelopmentKeys(keysDir, nil)
	if err != nil {
		panic(err)
	}
	return k
})

func TestMain(m *testing.M) {
	Silence()
	// A check of the whole circuit takes a twentieth of a second.
	if err := flag.Set("rapid.checks", "40"); err != nil {
		panic(err)
	}
	code, err := run(m)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		code = 1
	}
	os.Exit(code)
}

func run(m *testing.M) (code int, err error) {
	if keysDir, err = os.MkdirTemp("", "candor-keys-*"); err != nil {
		return 1, err
	}
	defer os.RemoveAll(keysDir)
	return m.Run(), nil
}

// sample is a statement with the secrets that prove it.
type sample struct {
	model *zkcommit.Model
	salt  zkcommit.Salt
	st    zkcommit.Statement
}

var schema, opening = graph.Hash{0xab, 1}, graph.Hash{9, 31: 1}

func emptyModel() *zkcommit.Model {
	return zkcommit.NewModel(zkcommit.Provable)
}

func randomModel(r *rand.Rand) *zkcommit.Model {
	m := emptyModel()
	for i := range m.Layers[0].Weights {
		m.Layers[0].Weights[i] = int8(r.Intn(40) - 20)
	}
	for i := range m.Layers[1].Weights {
		m.Layers[1].Weights[i], m.Layers[0].Bias[i] = int8(r.Uint32()), int16(r.Uint32())
	}
	m.Layers[1].Bias[0] = int16(r.Uint32())
	return m
}

func randomPosts(r *rand.Rand, n int) ([]graph.PostID, zkcommit.Rows) {
	ids, rows := make([]graph.PostID, n), zkcommit.RowsOf(make([]graph.FeatureVector, n))
	for i, p := range r.Perm(n) {
		ids[i] = graph.PostID{Block: uint64(p/3 + 1), Tx: uint32(p % 3)}
		for k := range rows[i] {
			rows[i][k] = int8(r.Uint32())
		}
	}
	return ids, rows
}

// copied is a copy that shares nothing.
func copied(rows zkcommit.Rows) (out zkcommit.Rows) {
	for _, row := range rows {
		out = append(out, slices.Clone(row))
	}
	return out
}

func scored(t testing.TB, m *zkcommit.Model, rows zkcommit.Rows) (scores []graph.Score) {
	t.Helper()
	values, err := m.Evaluate(rows.Flat())
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range values {
		scores = append(scores, graph.Score(v))
	}
	return scores
}

// ranked puts posts in the model's order and makes a run of it.
func ranked(t testing.TB, m *zkcommit.Model, ids []graph.PostID, rows zkcommit.Rows) sample {
	t.Helper()
	var is []graph.PostID
	var xs zkcommit.Rows
	for _, i := range zkcommit.Order(ids, scored(t, m, rows)) {
		is, xs = append(is, ids[i]), append(xs, rows[i])
	}
	return claimed(t, m, is, xs)
}

// claimed makes a run of the posts in the order given, true or not.
func claimed(t testing.TB, m *zkcommit.Model, ids []graph.PostID, rows zkcommit.Rows) sample {
	t.Helper()
	s := sample{model: m, salt: zkcommit.NewSalt([32]byte{7, 7}), st: zkcommit.Statement{RankingSalt: zkcommit.RankingSalt(opening), Ranked: ids, Rows: rows}}
	var err error
	if s.st.Commitment, err = zkcommit.Commit(m, schema, s.salt); err != nil {
		t.Fatal(err)
	}
	s.seal(t)
	return s
}

// seal writes the run of the statement anew.
func (s *sample) seal(t testing.TB) {
	t.Helper()
	run := zkcommit.Run{ChainID: 1337, Version: 1, Seq: 3, Block: 12, FeatureSchema: schema, Commitment: s.st.Commitment, Shape: zkcommit.Provable.ID()}
	rec := zkcommit.Record{Ranked: s.st.Ranked, Rows: s.st.Rows}
	if err := rec.Seal(&run, opening); err != nil {
		t.Fatal(err)
	}
	s.st.Run = run.Bytes()
}

// witness fills the circuit for the sample, true or not, under a key of any name.
func (s *sample) witness(t testing.TB) *runOrder {
	t.Helper()
	public, err := verifier.Public(graph.Hash{7}, s.st)
	if err != nil {
		t.Fatal(err)
	}
	return assign(public, s.st, s.model, s.salt)
}
