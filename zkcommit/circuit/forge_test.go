package circuit

import (
	"math/big"
	"math/rand"
	"slices"
	"testing"

	"candor/graph"
	"candor/zkcommit"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/constraint/solver"
	"github.com/consensys/gnark/frontend"
)

// forgery is a false statement and a witness for it that a circuit with the
// planted faults accepts.
type forgery struct {
	bugs  bugs
	forge func(t *testing.T) *runOrder
}

// Every rule of the circuit prevents a forgery: without the rule the forgery
// passes, with it it does not.
func TestPlantedFaults(t *testing.T) {
	for name, f := range forgeries {
		t.Run(name, func(t *testing.T) {
			if err := solve(t, f.bugs, f.forge(t)); err != nil {
				t.Errorf("the forgery does not even pass without the rule: %v", err)
			}
			if solve(t, bugs{}, f.forge(t)) == nil {
				t.Error("the real circuit accepts the forgery")
			}
		})
	}
}

// Whoever proves chooses the hints: here the highest byte takes all that is too
// much, and only the lookup stands against it.
func TestLookupsAreProved(t *testing.T) {
	greedy := solver.OverrideHint(solver.GetHintID(bytesHint), func(m *big.Int, in, out []*big.Int) error {
		out[0].SetInt64(0)
		out[1].SetInt64(0)
		out[2].ModInverse(big.NewInt(1<<16), m)
		out[2].Mul(out[2], in[0])
		return nil
	})
	w := rising(t, pass(), 50, 51)
	if err := solve(t, bugs{noLookup: true}, w, greedy); err != nil {
		t.Errorf("the forgery does not even pass without the lookups: %v", err)
	}
	if solve(t, bugs{}, w, greedy) == nil {
		t.Error("the real circuit accepts the forgery")
	}
}

// With the rule that bounds scores alone, weights that are no bytes still fail.
func TestScoresAreBounded(t *testing.T) {
	f := forgeries["scores are not bounded"]
	if solve(t, bugs{noBytes: true}, f.forge(t)) == nil {
		t.Error("a score beyond the bound is accepted")
	}
}

func post(block uint64) graph.PostID { return graph.PostID{Block: block} }

// pass is a model whose score is feature 0 where that is positive.
func pass() *zkcommit.Model {
	m := emptyModel()
	m.Layers[0].Weights[0], m.Layers[1].Weights[0] = 64, 1
	return m
}

// rising claims that a post with feature 0 of low ranks before one of high, the
// newer post first.
func rising(t *testing.T, m *zkcommit.Model, low, high int8) *runOrder {
	s := claimed(t, m, []graph.PostID{post(2), post(1)}, zkcommit.RowsOf([]graph.FeatureVector{{low}, {high}}))
	return s.witness(t)
}

var forgeries = map[string]forgery{
	"a difference is not ranged": {bugs{noDifference: true}, func(t *testing.T) *runOrder {
		r := rand.New(rand.NewSource(1))
		ids, rows := randomPosts(r, 64)
		m := randomModel(r)
		s := ranked(t, m, ids, rows)
		slices.Reverse(s.st.Ranked)
		slices.Reverse(s.st.Rows)
		s = claimed(t, m, s.st.Ranked, s.st.Rows)
		return s.witness(t)
	}},
	"limbs are not the difference's": {bugs{noLimbs: true}, func(t *testing.T) *runOrder { return rising(t, pass(), 50, 51) }},
	"the digest is not the rows'": {bugs{noDigest: true}, func(t *testing.T) *runOrder {
		w := rising(t, pass(), 50, 51)
		w.Feature[1][0] = 128
		redo(w)
		return w
	}},
	"ties are free": {bugs{noStep: true}, func(t *testing.T) *runOrder {
		s := claimed(t, emptyModel(), []graph.PostID{post(1), post(2)}, zkcommit.RowsOf(make([]graph.FeatureVector, 2)))
		return s.witness(t)
	}},
	"steps are no bits": {bugs{noStepBits: true}, func(t *testing.T) *runOrder {
		// The step between ranks 1 and 2 is spelled as two steps between 0 and 1.
		s := claimed(t, pass(), []graph.PostID{post(9), post(1), post(2)}, zkcommit.RowsOf([]graph.FeatureVector{{10}, {5}, {5}}))
		w := s.witness(t)
		w.Step[0], w.Step[1] = 2, 0
		return w
	}},
	"weights are no bytes": {bugs{noBytes: true}, func(t *testing.T) *runOrder {
		// A carry between two weights leaves the packed bytes as they are.
		m := emptyModel()
		m.Layers[0].Weights[30*inputs], m.Layers[0].Weights[31*inputs] = 64, -64
		m.Layers[1].Weights[30], m.Layers[1].Weights[31] = 1, -1
		s := claimed(t, m, []graph.PostID{post(2), post(1)}, zkcommit.RowsOf([]graph.FeatureVector{{-9}, {9}}))
		w := s.witness(t)
		w.Body[w2At+30], w.Body[w2At+31] = 128, 127+256
		return w
	}},
	"scores are not bounded": {bugs{noBytes: true, noEnds: true}, func(t *testing.T) *runOrder {
		// A bias beyond all bounds, paid for by a weight that nothing reaches.
		s := ranked(t, pass(), []graph.PostID{post(2), post(1)}, zkcommit.RowsOf([]graph.FeatureVector{{1}, {2}}))
		w := s.witness(t)
		w.Body[w2At+27] = new(big.Int).Sub(big.NewInt(128), new(big.Int).Lsh(big.NewInt(1), 30))
		w.Body[w2At+32] = new(big.Int).Add(big.NewInt(128), new(big.Int).Lsh(big.NewInt(1), 30+5*8))
		return w
	}},
	"features are no bytes": {bugs{noFeatures: true}, func(t *testing.T) *runOrder {
		m := emptyModel()
		m.Layers[0].Weights[1], m.Layers[1].Weights[0] = 16, 1
		s := claimed(t, m, []graph.PostID{post(2), post(1)}, zkcommit.RowsOf([]graph.FeatureVector{{0, 1}, {0, 100}}))
		w := s.witness(t)
		w.Feature[0][0], w.Feature[0][1] = 127, 129+256
		redo(w)
		return w
	}},
	"remainders are not ranged": {bugs{noRem: true}, func(t *testing.T) *runOrder {
		w := rising(t, pass(), 50, 51)
		w.Act[1][0], w.Rem[1][0] = 50, 64
		return w
	}},
	"activations are not ranged at the top": {bugs{noActRange: true}, func(t *testing.T) *runOrder {
		m := pass()
		m.Layers[0].Weights[0] = 127
		w := rising(t, m, 100, 127) // both at 127
		over(w, 0, 0, 198)
		return w
	}},
	"activations are not ranged at the bottom": {bugs{noActRange: true}, func(t *testing.T) *runOrder {
		m := pass()
		m.Layers[1].Weights[0] = -1
		s := claimed(t, m, []graph.PostID{post(1), post(2)}, zkcommit.RowsOf([]graph.FeatureVector{{-5}, {-1}}))
		w := s.witness(t)
		w.Act[0][0], w.Under[0][0][0] = -5, 0
		return w
	}},
	"the clamp gives way at the top": {bugs{noClampTop: true}, func(t *testing.T) *runOrder {
		w := rising(t, pass(), 50, 90)
		w.Act[1][0], w.Over[1][0][0] = 40, 50
		return w
	}},
	"the clamp gives way at the bottom": {bugs{noClampBottom: true}, func(t *testing.T) *runOrder {
		w := rising(t, pass(), 50, 90)
		w.Act[0][0], w.Under[0][0][0] = 100, 50
		return w
	}},
	"biases do not count": {bugs{noBias: true}, func(t *testing.T) *runOrder {
		m := pass()
		m.Layers[0].Bias[0] = -64 * 60
		s := claimed(t, m, []graph.PostID{post(1), post(2)}, zkcommit.RowsOf([]graph.FeatureVector{{50}, {40}}))
		w := s.witness(t)
		w.Act[0][0], w.Act[1][0] = 50, 40
		for i := range w.Under {
			w.Under[i][0][0] = 0
		}
		return w
	}},
	"the challenge is known": {bugs{fixedChallenge: true}, func(t *testing.T) *runOrder {
		// Two wrong cells, weighed 1 and 3, cancel out.
		w := rising(t, pass(), 50, 51)
		w.Act[0][0], w.Act[1][0] = 53, 50
		return w
	}},
	"the model is not the committed one": {bugs{noModel: true}, func(t *testing.T) *runOrder {
		w := rising(t, pass(), 50, 51)
		commitment, err := zkcommit.Commit(pass(), schema, zkcommit.NewSalt([32]byte{7, 7}))
		if err != nil {
			t.Fatal(err)
		}
		w.Salt, w.Body[w2At] = commitment[:], 127
		return w
	}},
	"posts are not counted": {bugs{noCount: true}, func(t *testing.T) *runOrder {
		// The second post's bytes are zero, like padding's.
		return silenced(t, func(w *runOrder) { w.Active[1] = 0 })
	}},
	"active ranks have gaps": {bugs{noMonotone: true}, func(t *testing.T) *runOrder {
		return silenced(t, func(w *runOrder) { w.Active[1], w.Active[2] = 0, 1 })
	}},
	"padding is free": {bugs{noPadding: true}, func(t *testing.T) *runOrder {
		s := ranked(t, pass(), []graph.PostID{post(2), post(1)}, zkcommit.RowsOf([]graph.FeatureVector{{1}, {2}}))
		w := s.witness(t)
		in, err := zkcommit.RowsElements(s.st.RankingSalt, s.st.Commitment, s.st.Ranked, s.st.Rows)
		if err != nil {
			t.Fatal(err)
		}
		// A third row behind n, which no honest digest holds: feature 0 of rank
		// 2 is byte 128 of the rows, at place 4 of its chunk.
		var more fr.Element
		more.SetBigInt(new(big.Int).Lsh(big.NewInt(200), 8*(30-4)))
		in[5+128/31].Add(&in[5+128/31], &more)
		w.Rows = zkcommit.Sponge(zkcommit.RowsTag(), in)
		w.Feature[2][0] = 200
		redo(w)
		return w
	}},
}

// silenced claims the wrong order of two posts, of which the second has only
// zero bytes, and lets the witness be changed.
func silenced(t *testing.T, change func(w *runOrder)) *runOrder {
	m := emptyModel()
	m.Layers[0].Weights[0], m.Layers[1].Weights[0] = 64, -10      // a large feature 0 is bad
	m.Layers[0].Weights[inputs], m.Layers[1].Weights[1] = -64, -1 // a negative one is a little bad
	low := graph.FeatureVector{}
	for k := range low {
		low[k] = -128
	}
	s := claimed(t, m, []graph.PostID{post(2), post(1)}, zkcommit.RowsOf([]graph.FeatureVector{{127}, low}))
	w := s.witness(t)
	change(w)
	redo(w)
	return w
}

// over sets an activation to q, beyond the clamp.
func over(w *runOrder, i, j, q int) {
	w.Act[i][j], w.Over[i][j] = q, [2]frontend.Variable{0, 0}
}

// redo evaluates the hidden layer on the witness's bytes, whatever they are.
func redo(w *runOrder) {
	at := func(v any) int64 {
		switch v := v.(type) {
		case byte:
			return int64(v)
		case int:
			return int64(v)
		}
		panic("a value of another type")
	}
	for i := range w.Act {
		for j := range w.Act[i] {
			z := at(w.Body[inputs*hidden+2*j])*256 + at(w.Body[inputs*hidden+2*j+1]) - 1<<15
			for k := range inputs {
				z += (at(w.Feature[i][k]) - 128*at(w.Active[i])) * (at(w.Body[j*inputs+k]) - 128)
			}
			q := z >> shift
			up, down := max(0, q-clamp), max(0, -q)
			w.Act[i][j], w.Rem[i][j] = max(0, min(q, clamp)), z&(1<<shift-1)
			w.Over[i][j], w.Under[i][j] = [2]frontend.Variable{up & 255, up >> 8}, [2]frontend.Variable{down & 255, down >> 8}
		}
	}
}
