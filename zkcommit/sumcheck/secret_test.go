package sumcheck

import (
	"bytes"
	"math"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"

	"candor/graph"
	"candor/internal/torture"
)

// simulate makes a proof without weights: all answers are drawn first, and the
// last challenge is programmed. It is the simulator of docs/run-proof.md.
func simulate(t testing.TB, s *Statement, r *RegisteredModel, m *masks) (encoded []byte, e F) {
	t.Helper()
	l := newLayout(s.Kind, r.shape, len(s.Posts))
	e = m.element()
	p := &proof{rows: make(points, l.rows), messages: m.vector(l.messages), answers: m.vector(l.messages), opened: m.vector(l.width), blinds: [3]F{m.element(), m.element(), m.element()}}
	zero := Vec{F{}}
	for i := range p.rows {
		p.rows[i] = pedersen(zero, m.element())
	}
	p.pad, p.cross = pedersen(zero, m.element()), pedersen(zero, m.element())

	pub := &public{l: l, s: s, r: r, bits: s.bits()}
	tr := newTranscript()
	s.begin(tr, r, pub.bits)
	pub.c = p.replay(tr, l)
	if err := pub.tables(); err != nil {
		t.Fatal(err)
	}
	pub.chain()
	pub.open()
	pub.close()
	y := make(Vec, l.messages)
	y.ScalarMul(p.messages, &e)
	y.Sub(y, p.answers)
	a := &algebra{p: pub, y: y, unit: e}
	a.run()
	linear, quadratic := a.weigh(p.opened)

	// What the first move must have been: commitment(answers) - e·commitment(value).
	first := func(v Vec, blind F, committed points, weights Vec) point {
		scaled := make(Vec, len(weights))
		minus := sub(F{}, e)
		scaled.ScalarMul(weights, &minus)
		sum := multiExp(committed, scaled)
		c := pedersen(v, blind)
		sum.Add(&sum, &c)
		return sum
	}
	p.linear = linear
	p.maskPad = first(p.answers, p.blinds[0], points{p.pad}, Vec{one})
	p.maskOpened = first(p.opened, p.blinds[1], append(slices.Clone(p.rows), r.c...), pub.rowWeights())
	p.square = first(Vec{quadratic}, p.blinds[2], points{p.cross}, Vec{one})
	return p.encode(), e
}

// programmed is a transcript whose last challenge is e.
func programmed(e F) *transcript {
	tr := newTranscript()
	tr.heard = func(label string, _ []byte, c *F) {
		if label == "e" && c != nil {
			*c = e
		}
	}
	return tr
}

// The simulator, which knows no weights, makes proofs that verify when the last
// challenge is programmed, and only then; of false statements as well.
func TestSimulator(t *testing.T) {
	seed := torture.Seed(t)
	for i := range torture.Count(6, 500) {
		shape := []Shape{shallow, twofold}[i%2]
		w := newWorld(t, seed+uint64(i), shape, 1+i%7)
		if i%3 == 0 {
			slices.Reverse(w.s.Posts)
		}
		m, err := newMasks("simulator")
		if err != nil {
			t.Fatal(err)
		}
		b, e := simulate(t, w.s, w.r, m)
		eq, err := equation(programmed(e), w.s, w.r, b)
		if err != nil {
			t.Fatal(err)
		}
		if err := eq.check(); err != nil {
			t.Error(err)
		}
		if Verify(w.s, w.r, b) == nil {
			t.Error("a simulated proof verifies with the challenge that the oracle gives")
		}
	}
}

// All masks of a proof come from one stream, each drawn once.
func TestMasksAreCounted(t *testing.T) {
	for _, s := range []Shape{small, twofold} {
		l := newLayout(Order, s, 9)
		m, err := newMasks("test")
		if err != nil {
			t.Fatal(err)
		}
		secret := l.draw(m)
		if want := l.rows + 2*l.messages + l.width + 5; m.drawn != want {
			t.Errorf("%s: %d masks, want %d", s, m.drawn, want)
		}
		all := map[F]bool{}
		for _, v := range []Vec{secret.rows, secret.pad, secret.mask, secret.opened, {secret.padBlind, secret.maskBlind, secret.openedBlind, secret.square, secret.cross}} {
			for _, x := range v {
				all[x] = true
			}
		}
		if delete(all, F{}); len(all) != m.drawn {
			t.Errorf("%s: %d different masks of %d, or a zero", s, len(all), m.drawn)
		}
		secret.wipe()
		for _, v := range []Vec{secret.rows, secret.pad, secret.mask, secret.opened, {secret.padBlind, secret.maskBlind, secret.openedBlind, secret.square, secret.cross}} {
			for _, x := range v {
				if !x.IsZero() {
					t.Fatal("a mask is left")
				}
			}
		}
	}
}

// A prover wipes what it drew, and uses what it drew.
func TestProverWipes(t *testing.T) {
	w := newWorld(t, 1, shallow, 3)
	var kept *secrets
	different := map[F]bool{}
	made, err := prove(w.s, w.r, w.w, lies{secrets: func(s *secrets) {
		kept = s
		for _, x := range slices.Concat(s.rows, s.pad, s.mask, s.opened) {
			if different[x] {
				t.Fatal("a mask is used twice in a proof")
			}
			different[x] = true
		}
	}})
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range slices.Concat(kept.rows, kept.pad, kept.mask, kept.opened) {
		if !x.IsZero() {
			t.Fatal("a mask outlives its proof")
		}
	}
	// With masks of zero the secrets stand in the proof: they are what hides them.
	bare, err := prove(w.s, w.r, w.w, lies{secrets: func(s *secrets) { s.wipe() }})
	if err != nil {
		t.Fatal(err)
	}
	if made.messages[0] == bare.messages[0] {
		t.Error("the pad does not reach the messages")
	}
	for i, p := range made.rows {
		if p == bare.rows[i] {
			t.Errorf("row %d has no blind", i)
		}
	}
	for i := range made.answers {
		if !bare.answers[i].IsZero() {
			t.Fatal("an answer is not mask + e·pad")
		}
	}
}

// The stream is hedged: with the system's randomness stuck it still differs by
// statement and by secret.
func TestMasksAreHedged(t *testing.T) {
	fresh := [32]byte{1}
	first := func(purpose string, pieces ...string) F {
		var b [][]byte
		for _, p := range pieces {
			b = append(b, []byte(p))
		}
		return seeded(fresh, purpose, b...).element()
	}
	all := []F{first("proof", "a", "b"), first("proof", "a", "c"), first("proof", "b", "b"), first("link", "a", "b"), first("proof", "ab", ""), first("proof", "", "ab"), first("proof", "ab"),
		seeded([32]byte{2}, "proof", []byte("a"), []byte("b")).element()}
	for i := range all {
		for j := range i {
			if all[i] == all[j] {
				t.Errorf("streams %d and %d are one", i, j)
			}
		}
	}
	if again := first("proof", "a", "b"); again != all[0] {
		t.Error("the stream is not a function of its seed")
	}
	w := newWorld(t, 1, shallow, 3)
	if len(w.w.secrets()) != 32*(w.w.rows.rows()+1) || bytes.Equal(w.w.secrets()[:32], make([]byte, 32)) {
		t.Error("the blinds do not enter the seed")
	}
}

// Proofs made side by side share no number and no point: a mask used twice shows
// weights.
func TestConcurrentProofsShareNothing(t *testing.T) {
	w := newWorld(t, 3, shallow, 8)
	n := torture.Count(16, 2000)
	proofs := make([][]byte, n)
	var wg sync.WaitGroup
	for g := range 4 {
		wg.Go(func() {
			for i := g; i < n; i += 4 {
				b, err := Prove(w.s, w.r, w.w)
				if err != nil {
					t.Error(err)
				}
				proofs[i] = b
			}
		})
	}
	wg.Wait()
	seen := map[[32]byte]int{}
	for i, b := range proofs {
		for at := len(magic); at+32 <= len(b); at += 32 {
			k := [32]byte(b[at : at+32])
			if j, ok := seen[k]; ok {
				t.Fatalf("proofs %d and %d share 32 bytes", j, i)
			}
			seen[k] = i
		}
	}
	torture.Say(t, "%d proofs side by side share none of %d pieces", n, len(seen))
}

// Proofs of two models with one order look alike to simple statistics: how often
// each bit of each piece is set, and how the pieces' bytes are spread.
func TestProofsOfTwoModelsLookAlike(t *testing.T) {
	n := torture.Count(60, 5000) // of each model
	a := newWorld(t, 1, shallow, 2)
	// The same order by the opposite kind of model: one whose units never fire.
	m := randomModel(rand.New(rand.NewPCG(1, 1)), shallow)
	clear(m.Layers[0].Weights)
	for i := range m.Layers[0].Bias {
		m.Layers[0].Bias[i] = -1
	}
	wb, rb := register(t, m)
	sb, run := *a.s, *a.s.Run
	run.Commitment, sb.Run = rb.ID(), &run
	sb.Posts = slices.Clone(a.s.Posts)
	slices.SortFunc(sb.Posts, func(x, y graph.PostID) int { return y.Compare(x) })
	a.s.Posts = sb.Posts // newest first, so that ties fall out the same
	worlds := []*world{a, {m, wb, rb, &sb}}
	if _, err := Prove(a.s, a.r, a.w); err != nil {
		t.Fatal(err)
	}
	size, err := Size(Order, shallow, 2)
	if err != nil {
		t.Fatal(err)
	}
	ones := [2][]int{make([]int, size*8), make([]int, size*8)}
	for k, w := range worlds {
		for range n {
			b, err := Prove(w.s, w.r, w.w)
			if err != nil {
				t.Fatal(err)
			}
			if len(b) != size {
				t.Fatalf("a proof of %d bytes, want %d", len(b), size)
			}
			for i, x := range b {
				for bit := range 8 {
					ones[k][i*8+bit] += int(x >> bit & 1)
				}
			}
		}
	}
	worst, sum, free := 0.0, 0.0, 0
	for i := range ones[0] {
		x, y := float64(ones[0][i]), float64(ones[1][i])
		if p := (x + y) / float64(2*n); p > 0.02 && p < 0.98 {
			z := (x - y) / math.Sqrt(2*float64(n)*p*(1-p))
			worst, sum, free = max(worst, math.Abs(z)), sum+z*z, free+1
		}
	}
	// Of 90,000 normal deviates one is beyond 6 once in 5,000 runs; the sum of their
	// squares is within 6 deviations of its mean.
	chi := (sum - float64(free)) / math.Sqrt(2*float64(free))
	if worst > 6 || math.Abs(chi) > 6 || free < size*7 {
		t.Errorf("over %d bits the worst deviates by %.1f, all together by %.1f", free, worst, chi)
	}
	torture.Say(t, "%d proofs of each model: over %d bits the worst deviates by %.1f sigma, all together by %.1f", n, free, worst, chi)
}
