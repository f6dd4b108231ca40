package sumcheck

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"candor/graph"
	"candor/internal/torture"
	"candor/zkcommit"
)

// randomShape draws from all that is allowed, small models mostly.
func randomShape(r *rand.Rand) Shape {
	for {
		s := Shape{Inputs: 1 + r.IntN(100), Hidden: [2]int{1 + r.IntN(40)}, Shift: [2]uint{uint(4 + r.IntN(9))}}
		if r.IntN(8) == 0 {
			s.Inputs, s.Hidden[0] = 1+r.IntN(zkcommit.MaxInputs), 1+r.IntN(zkcommit.MaxHidden)
		}
		if r.IntN(2) == 0 {
			s.Hidden[1], s.Shift[1] = 1+r.IntN(40), uint(4+r.IntN(9))
		}
		if s.Validate() == nil {
			return s
		}
	}
}

// Every true statement has a proof, whatever the shape and the number of posts.
func TestTrueStatementsAreProved(t *testing.T) {
	seed := torture.Seed(t)
	n := torture.Count(24, 2000)
	for i := range n {
		r := rand.New(rand.NewPCG(seed, uint64(i)))
		s := randomShape(r)
		if i%6 == 0 {
			s.Inputs, s.Shift[0] = 448, 12
		}
		posts := []int{1, 2, 3, 4, 5, 1 + r.IntN(130), 64, 33 + r.IntN(2)}[r.IntN(8)]
		m := randomModel(r, s)
		switch r.IntN(6) {
		case 0: // equal scores
			m.Layers = slices.Clone(m.Layers)
			clear(m.Layers[s.Layers()].Weights)
		case 1: // hidden units that never fire
			clear(m.Layers[0].Weights)
			for k := range m.Layers[0].Bias {
				m.Layers[0].Bias[k] = -1
			}
		case 2: // small weights, so that few activations are clamped
			for k := range m.Layers[0].Weights {
				m.Layers[0].Weights[k] /= 32
			}
		}
		w, reg := register(t, m)
		st := ranked(t, r, m, reg, randomRows(r, posts, s.Inputs))
		if r.IntN(3) == 0 {
			st = verdicts(t, r, m, st)
		}
		proof, err := Prove(st, reg, w)
		if err != nil {
			t.Fatalf("number %d, %d posts under %s, shifts %v, kind %d: %v", i, posts, s, s.Shift, st.Kind, err)
		}
		if size, err := Size(st.Kind, s, posts); err != nil || size != len(proof) || size > MaxProof {
			t.Errorf("number %d: %d bytes, want %d, %v", i, len(proof), size, err)
		}
	}
	torture.Say(t, "%d random models and runs proved", n)
}

// verdicts turns a statement of order into one of verdicts.
func verdicts(t testing.TB, r *rand.Rand, m *Model, s *Statement) *Statement {
	t.Helper()
	scores, err := m.Evaluate(s.Rows)
	if err != nil {
		t.Fatal(err)
	}
	v := *s
	v.Kind, v.Threshold = Verdict, scores[r.IntN(len(scores))]-int32(r.IntN(2))
	v.Threshold = max(v.Threshold, -scoreBound(m.Shape)-1)
	for _, x := range scores {
		v.Above = append(v.Above, x > v.Threshold)
	}
	return &v
}

// The extremes of the integers: sums at both ends of what the tables hold, the
// largest gaps between scores, both ends of the chain.
func TestExtremes(t *testing.T) {
	for _, s := range []Shape{small, large, deep, {Inputs: 512, Hidden: [2]int{256}, Shift: [2]uint{12}}, {Inputs: 1, Hidden: [2]int{1}, Shift: [2]uint{4}}, {Inputs: 3, Hidden: [2]int{2, 1}, Shift: [2]uint{4, 4}}} {
		for _, fill := range []struct {
			name          string
			weight, input int8
			out           int8
			bias          int16
		}{{"highest", 127, 127, 127, 32767}, {"lowest", -128, 127, 127, -32768}, {"highest of two negatives", -128, -128, -128, 32767}, {"zero", 0, 0, 0, 0}} {
			m := randomModel(rand.New(rand.NewPCG(1, 2)), s)
			for l := range m.Layers {
				for i := range m.Layers[l].Weights {
					m.Layers[l].Weights[i] = fill.weight
					if l == s.Layers() {
						m.Layers[l].Weights[i] = fill.out
					}
				}
				for i := range m.Layers[l].Bias {
					m.Layers[l].Bias[i] = fill.bias
				}
			}
			rows := bytes.Repeat([]byte{byte(fill.input)}, 3*s.Inputs)
			copy(rows[s.Inputs:], bytes.Repeat([]byte{byte(-fill.input)}, s.Inputs)) // the other end
			signed := make([]int8, len(rows))
			for i, b := range rows {
				signed[i] = int8(b)
			}
			w, reg := register(t, m)
			st := ranked(t, rand.New(rand.NewPCG(1, 3)), m, reg, signed)
			if _, err := Prove(st, reg, w); err != nil {
				t.Errorf("%s, %s: %v", s, fill.name, err)
			}
			for _, threshold := range []int32{-scoreBound(s) - 1, scoreBound(s)} {
				v := *st
				v.Kind, v.Threshold = Verdict, threshold
				v.Above = []bool{threshold < 0, threshold < 0, threshold < 0}
				if _, err := Prove(&v, reg, w); err != nil {
					t.Errorf("%s, %s, threshold %d: %v", s, fill.name, threshold, err)
				}
			}
		}
	}
}

// The prover's evaluator agrees with the one that defines what is proved.
func TestScoresAgree(t *testing.T) {
	r := rand.New(rand.NewPCG(torture.Seed(t), 0))
	for i := range torture.Count(40, 2000) {
		s := small
		if i%2 == 1 {
			s = randomShape(r)
		}
		m := randomModel(r, s)
		flat := randomRows(r, 5, s.Inputs)
		got, err := m.Evaluate(flat)
		if err != nil {
			t.Fatal(err)
		}
		if fast := newLayout(Order, s, 5).evaluate(&Weights{model: m, packed: pack(m)}, flat).scores; !slices.Equal(got, fast[:5]) {
			t.Fatalf("%s: %v and %v", s, got, fast)
		}
	}
}

// What is not true has no proof, and the answer says no more than that.
func TestFalseStatements(t *testing.T) {
	w := newWorld(t, 5, small, 20)
	swapped := *w.s
	swapped.Rows = slices.Clone(w.s.Rows)
	copy(swapped.Rows[3*64:4*64], w.s.Rows[9*64:10*64])
	copy(swapped.Rows[9*64:10*64], w.s.Rows[3*64:4*64])
	if b, err := Prove(&swapped, w.r, w.w); b != nil || err != ErrFalse {
		t.Errorf("a swapped order: %v", err)
	}
	v := verdicts(t, rand.New(rand.NewPCG(1, 1)), w.model, w.s)
	v.Above[7] = !v.Above[7]
	if b, err := Prove(v, w.r, w.w); b != nil || err != ErrFalse {
		t.Errorf("a turned verdict: %v", err)
	}
	// Equal scores: only newest first is true.
	m := randomModel(rand.New(rand.NewPCG(1, 1)), small)
	clear(m.Layers[1].Weights)
	weights, reg := register(t, m)
	st := ranked(t, rand.New(rand.NewPCG(2, 1)), m, reg, w.s.Rows)
	if _, err := Prove(st, reg, weights); err != nil {
		t.Error(err)
	}
	slices.Reverse(st.Posts)
	if _, err := Prove(st, reg, weights); err != ErrFalse {
		t.Errorf("oldest first: %v", err)
	}
	if _, err := Prove(st, reg, w.w); err == nil || errors.Is(err, ErrFalse) {
		t.Errorf("weights under another commitment: %v", err)
	}
}

// Statements that are not well formed are refused by prover and verifier alike.
func TestMalformedStatements(t *testing.T) {
	w := newWorld(t, 6, deep, 10)
	proof := w.prove(t)
	for name, spoil := range map[string]func(s *Statement){
		"no kind":          func(s *Statement) { s.Kind = 0 },
		"unknown kind":     func(s *Statement) { s.Kind = 3 },
		"no run":           func(s *Statement) { s.Run = nil },
		"short rows":       func(s *Statement) { s.Rows = s.Rows[:len(s.Rows)-1] },
		"short, with room": func(s *Statement) { s.Posts = s.Posts[:9] },
		"long rows":        func(s *Statement) { s.Rows = append(slices.Clone(s.Rows), 0) },
		"twice":            func(s *Statement) { s.Posts = slices.Clone(s.Posts); s.Posts[2] = s.Posts[7] },
		"threshold":        func(s *Statement) { s.Threshold = 1 },
		"verdicts":         func(s *Statement) { s.Above = make([]bool, 10) },
		"other model":      func(s *Statement) { r := *s.Run; r.Commitment[0]++; s.Run = &r },
		"other schema":     func(s *Statement) { r := *s.Run; r.FeatureSchema[0]++; s.Run = &r },
		"other shape":      func(s *Statement) { r := *s.Run; r.Shape[0]++; s.Run = &r },
		"few verdicts":     func(s *Statement) { s.Kind, s.Above = Verdict, make([]bool, 9) },
		"high threshold":   func(s *Statement) { s.Kind, s.Above, s.Threshold = Verdict, make([]bool, 10), 1<<31-1 },
		"low threshold":    func(s *Statement) { s.Kind, s.Above, s.Threshold = Verdict, make([]bool, 10), -1<<31 },
		"too many": func(s *Statement) {
			s.Posts, s.Rows = make([]graph.PostID, MaxPosts+1), make([]int8, 64*(MaxPosts+1))
			for i := range s.Posts {
				s.Posts[i].Block = uint64(len(s.Posts) - i)
			}
		},
	} {
		s := *w.s
		spoil(&s)
		if err := Verify(&s, w.r, proof); err == nil || errors.Is(err, errFault) {
			t.Errorf("%s: verified: %v", name, err)
		}
		if _, err := Prove(&s, w.r, w.w); err == nil || errors.Is(err, errFault) || errors.Is(err, ErrFalse) {
			t.Errorf("%s: proved: %v", name, err)
		}
	}
	empty := &Statement{Kind: Order, Run: w.s.Run}
	if _, err := Prove(empty, w.r, w.w); err != ErrNothing {
		t.Errorf("no posts: %v", err)
	}
	if err := Verify(empty, w.r, proof); err != ErrNothing {
		t.Errorf("no posts: %v", err)
	}
	for _, r := range []*RegisteredModel{nil, {}} {
		if err := Verify(w.s, r, proof); err == nil || errors.Is(err, errFault) {
			t.Errorf("no model: %v", err)
		}
	}
	if Verify(nil, w.r, proof) == nil {
		t.Error("no statement, and verified")
	}
	if _, err := Prove(w.s, w.r, nil); err == nil || errors.Is(err, errFault) {
		t.Errorf("no weights: %v", err)
	}
}

func TestShapes(t *testing.T) {
	for _, s := range []Shape{
		{}, {Inputs: 0, Hidden: [2]int{8}, Shift: [2]uint{8}}, {Inputs: 513, Hidden: [2]int{8}, Shift: [2]uint{12}},
		{Inputs: 8, Hidden: [2]int{0, 8}, Shift: [2]uint{8, 8}}, {Inputs: 8, Hidden: [2]int{257}, Shift: [2]uint{8}},
		{Inputs: 8, Hidden: [2]int{-1}, Shift: [2]uint{8}}, {Inputs: 8, Hidden: [2]int{8, -1}, Shift: [2]uint{8, 8}},
		{Inputs: 8, Hidden: [2]int{8}, Shift: [2]uint{3}}, {Inputs: 8, Hidden: [2]int{8}, Shift: [2]uint{13}},
		{Inputs: 8, Hidden: [2]int{8}, Shift: [2]uint{8, 8}}, {Inputs: 8, Hidden: [2]int{8, 8}, Shift: [2]uint{8}},
		{Inputs: 448, Hidden: [2]int{64}, Shift: [2]uint{7}}, // quotients of more than 2^16 values
	} {
		if s.Validate() == nil {
			t.Errorf("%v is accepted", s)
		}
		if _, err := Size(Order, s, 5); err == nil {
			t.Errorf("%v has a size", s)
		}
		if _, err := NewWeights(&Model{Shape: s}, schema, zkcommit.Salt{}); err == nil || errors.Is(err, errFault) {
			t.Errorf("%v has weights: %v", s, err)
		}
	}
	for _, s := range []Shape{small, large, deep, {Inputs: 1, Hidden: [2]int{1, 1}, Shift: [2]uint{4, 4}}, {Inputs: 512, Hidden: [2]int{256, 256}, Shift: [2]uint{12, 12}}} {
		if err := s.Validate(); err != nil {
			t.Error(err)
		}
		// No sum leaves int32, no difference three bytes, no count the tables of commitments.
		if b := 2*int64(scoreBound(s)) + 1; b >= 1<<24 {
			t.Errorf("%s: differences up to %d", s, b)
		}
	}
	if 2*MaxCells+digitPlaces*MaxPosts > maxEntry {
		t.Error("a multiplicity may be too large to be committed to")
	}
	if l := newLayout(Order, Shape{Inputs: 512, Hidden: [2]int{1, 1}, Shift: [2]uint{12, 12}}, MaxPosts); l.messages > maxGenerators {
		t.Errorf("%d messages", l.messages)
	}
	if n, err := Size(Order, Shape{Inputs: 512, Hidden: [2]int{64, 64}, Shift: [2]uint{9, 8}}, MaxPosts); err != nil || n > MaxProof {
		t.Errorf("%d bytes, %v", n, err)
	}
}

func TestVerifyBatch(t *testing.T) {
	var claims []Claim
	for i, s := range []Shape{small, deep, small} {
		w := newWorld(t, uint64(i), s, 3+i)
		claims = append(claims, Claim{w.s, w.r, w.prove(t)})
	}
	if err := VerifyBatch(claims); err != nil {
		t.Fatal(err)
	}
	if err := VerifyBatch(nil); err != nil {
		t.Fatal(err)
	}
	for i := range claims { // one statement only is another's
		bad := slices.Clone(claims)
		bad[i].Statement = claims[(i+1)%3].Statement
		if err := VerifyBatch(bad); err == nil || err.Error()[:7] != fmt.Sprint("proof ", i) {
			t.Errorf("another statement for proof %d: %v", i, err)
		}
	}
	claims[1].Proof, claims[2].Statement = slices.Clone(claims[1].Proof), claims[0].Statement
	if err := VerifyBatch(claims[:2]); err != nil {
		t.Fatal(err)
	}
	if VerifyBatch(claims) == nil {
		t.Error("another run's proof passes in a batch")
	}
	// Two errors that would cancel in a plain sum.
	honest := [2][]byte{claims[0].Proof, claims[1].Proof}
	for i, sign := range []int64{1, -1} {
		claims[i].Proof = slices.Clone(honest[i])
		b := claims[i].Proof[len(honest[i])-96:][:32] // the blind of the first equation, which has no coin
		var x F
		x.SetBytes(b)
		x = add(x, integer(sign))
		y := x.Bytes()
		copy(b, y[:])
	}
	if VerifyBatch(claims[:2]) == nil {
		t.Error("two wrong proofs pass in a batch")
	}
	claims[0].Proof, claims[1].Proof = honest[0], slices.Clone(honest[1])
	// A wrong answer that only the group equation sees.
	b := claims[1].Proof
	copy(b[len(b)-32:], make([]byte, 32))
	if err := VerifyBatch(claims[:2]); err == nil || err.Error()[:7] != "proof 1" {
		t.Errorf("a wrong blind passes in a batch: %v", err)
	}
}
