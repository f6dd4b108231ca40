package sumcheck

import (
	"bytes"
	"errors"
	"fmt"
	"math/big"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"candor/graph"
	"candor/internal/torture"
	"candor/zkcommit"

	"github.com/consensys/gnark-crypto/ecc/bn254/fp"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
)

// mutant is a proof with its statement and model, changed somewhere.
type mutant struct {
	s     *Statement
	r     *RegisteredModel
	proof []byte
}

// parts names all parts of a proof, so that each can be changed alone.
func (p *proof) parts() (names []string, at []any) {
	put := func(name string, x any) { names, at = append(names, name), append(at, x) }
	for i := range p.rows {
		put("rows", &p.rows[i])
	}
	put("pad", &p.pad)
	for i := range p.messages {
		put("messages", &p.messages[i])
	}
	put("maskPad", &p.maskPad)
	put("maskOpened", &p.maskOpened)
	put("square", &p.square)
	put("cross", &p.cross)
	put("linear", &p.linear)
	for i := range p.answers {
		put("answers", &p.answers[i])
	}
	for i := range p.opened {
		put("opened", &p.opened[i])
	}
	for i := range p.blinds {
		put("blinds", &p.blinds[i])
	}
	return names, at
}

func randomElement(r *rand.Rand) (x F) {
	var b [64]byte
	for i := range b {
		b[i] = byte(r.Uint32())
	}
	x.SetBytes(b[:])
	return x
}

// changePart changes one part of a proof, by itself or for another's.
func changePart(r *rand.Rand, p, other *proof) string {
	names, at := p.parts()
	_, theirs := other.parts()
	byName := map[string][]int{}
	for i, n := range names {
		byName[n] = append(byName[n], i)
	}
	families := slices.Sorted(func(yield func(string) bool) {
		for n := range byName {
			if !yield(n) {
				return
			}
		}
	})
	name := families[r.IntN(len(families))]
	group := byName[name]
	i := group[r.IntN(len(group))]
	j := group[r.IntN(len(group))]
	k := r.IntN(6)
	switch x := at[i].(type) {
	case *point:
		switch y := at[j].(*point); k {
		case 0:
			x.Add(x, &shared.first(64)[r.IntN(64)])
		case 1:
			x.Neg(x)
		case 2:
			*x, *y = *y, *x
		case 3:
			if i < len(theirs) && names[i] == name {
				if o, ok := theirs[i].(*point); ok {
					*x = *o
				}
			}
		case 4: // two changes that cancel in a plain sum
			g := shared.first(64)[r.IntN(64)]
			x.Add(x, &g)
			y.Sub(y, &g)
		default:
			h := shared.blind()
			x.Add(x, &h)
		}
	case *F:
		switch y := at[j].(*F); k {
		case 0:
			x.Add(x, &one)
		case 1:
			x.Neg(x)
		case 2:
			*x, *y = *y, *x
		case 3:
			x.SetZero()
		case 4:
			d := randomElement(r)
			x.Add(x, &d)
			y.Sub(y, &d)
		default:
			if o, ok := theirs[min(i, len(theirs)-1)].(*F); ok {
				*x = *o
			}
		}
	}
	return fmt.Sprintf("%s, way %d", name, k)
}

// changeBytes spells a number or a point in another way, or changes the length.
func changeBytes(r *rand.Rand, l *layout, b []byte) ([]byte, string) {
	b = slices.Clone(b)
	points := []int{}
	at := len(magic)
	for range l.rows + 1 {
		points = append(points, at)
		at += pointSize
	}
	scalars := []int{}
	for range l.messages {
		scalars = append(scalars, at)
		at += 32
	}
	for range 4 {
		points = append(points, at)
		at += pointSize
	}
	for ; at < len(b); at += 32 {
		scalars = append(scalars, at)
	}
	p, s := points[r.IntN(len(points))], scalars[r.IntN(len(scalars))]
	x := new(big.Int)
	switch r.IntN(9) {
	case 0: // the same number, one modulus up
		x.SetBytes(b[s : s+32])
		x.Add(x, fr.Modulus())
		x.FillBytes(b[s : s+32])
		return b, "number + modulus"
	case 1:
		fr.Modulus().FillBytes(b[s : s+32])
		return b, "the modulus"
	case 2:
		b[p] ^= 0x40
		return b, "other sign of a point"
	case 3:
		flags := b[p] & 0xc0
		b[p] &= 0x3f
		x.SetBytes(b[p : p+32])
		x.Add(x, fp.Modulus())
		if x.BitLen() > 254 {
			x.Sub(x, big.NewInt(1))
			x.Sub(x, fp.Modulus())
		}
		x.FillBytes(b[p : p+32])
		b[p] |= flags
		return b, "coordinate + modulus"
	case 4:
		copy(b[p:p+32], append([]byte{0x40}, make([]byte, 31)...))
		return b, "the neutral element"
	case 5:
		b[p] &= 0x3f
		return b, "no flag"
	case 6:
		return b[:len(b)-1-r.IntN(len(b)-1)], "cut"
	case 7:
		return append(b, make([]byte, 1+r.IntN(64))...), "longer"
	default:
		b[r.IntN(len(magic))] ^= 1 << r.IntN(8)
		return b, "other magic"
	}
}

// changeStatement changes one thing that the verifier takes for public.
func changeStatement(r *rand.Rand, w *world, m *mutant) string {
	s := *m.s
	m.s = &s
	run := *s.Run
	switch r.IntN(8) {
	case 0:
		v := reflect.ValueOf(&run).Elem()
		i := r.IntN(v.NumField())
		f := v.Field(i)
		switch f.Kind() {
		case reflect.Uint64, reflect.Uint32:
			f.SetUint(f.Uint() ^ 1<<r.IntN(32))
		case reflect.Array:
			x := f.Index(r.IntN(f.Len()))
			x.SetUint(x.Uint() ^ 1<<r.IntN(8))
		}
		s.Run = &run
		return "run field " + v.Type().Field(i).Name
	case 1:
		s.Rows = slices.Clone(s.Rows)
		s.Rows[r.IntN(len(s.Rows))] += int8(1 + r.IntN(255))
		return "a feature"
	case 2:
		s.Posts = slices.Clone(s.Posts)
		s.Posts[r.IntN(len(s.Posts))].Log += 1 << r.IntN(20)
		return "a post"
	case 3:
		s.Posts = slices.Clone(s.Posts)
		s.Rows = slices.Clone(s.Rows)
		i, j := r.IntN(len(s.Posts)), r.IntN(len(s.Posts))
		s.Posts[i], s.Posts[j] = s.Posts[j], s.Posts[i]
		if r.IntN(2) == 0 {
			d := w.model.Shape.Inputs
			a, b := slices.Clone(s.Rows[i*d:(i+1)*d]), slices.Clone(s.Rows[j*d:(j+1)*d])
			copy(s.Rows[i*d:], b)
			copy(s.Rows[j*d:], a)
		}
		return "two posts"
	case 4:
		d := w.model.Shape.Inputs
		s.Posts, s.Rows = s.Posts[:len(s.Posts)-1], s.Rows[:len(s.Rows)-d]
		if s.Above != nil {
			s.Above = s.Above[:len(s.Above)-1]
		}
		return "a post fewer"
	case 5:
		if s.Kind == Order {
			return "nothing"
		}
		s.Above = slices.Clone(s.Above)
		i := r.IntN(len(s.Above))
		s.Above[i] = !s.Above[i]
		return "a verdict"
	case 6:
		if s.Kind == Order {
			return "nothing"
		}
		s.Threshold ^= 1 << r.IntN(12)
		return "the threshold"
	default:
		if s.Kind == Order {
			s.Kind, s.Above = Verdict, make([]bool, len(s.Posts))
		} else {
			s.Kind, s.Above, s.Threshold = Order, nil, 0
		}
		return "the kind"
	}
}

// changeModel registers another model in the statement's place.
func changeModel(r *rand.Rand, m *mutant, other *RegisteredModel) string {
	c := slices.Clone(m.r.c)
	i, j := r.IntN(len(c)), r.IntN(len(c))
	shape, id := m.r.shape, m.r.id
	name := ""
	switch r.IntN(6) {
	case 0:
		c[i].Add(&c[i], &shared.first(64)[r.IntN(64)])
		name = "a row of weights"
	case 1:
		c[i], c[j] = c[j], c[i]
		name = "two rows of weights"
	case 2: // beyond the rows' inputs, where no run proof looks
		p := shared.first(shape.WeightLayout().Width)
		c[i].Add(&c[i], &p[len(p)-1])
		name = "the end of a row of weights"
	case 3:
		shape.Shift[0] ^= 1
		name = "a shift"
	case 4:
		m.r = other
		return "another model"
	default:
		id[r.IntN(32)] ^= 1 << r.IntN(8)
		name = "the model commitment"
	}
	m.r = newRegistered(shape, m.r.schema, id, c)
	if m.s.Kind == Order { // so that the run names it, as a forger would have it
		s, run := *m.s, *m.s.Run
		run.Commitment, run.Shape = id, shape.ID()
		s.Run = &run
		m.s = &s
	}
	return name
}

// mutable is a true statement with two proofs of it.
type mutable struct {
	w     *world
	proof []byte
	other []byte // another proof of the same statement
}

func newMutables(t *testing.T, seed uint64) (pairs []mutable) {
	t.Helper()
	r := rand.New(rand.NewPCG(seed, 2))
	for i, x := range []struct {
		s Shape
		n int
	}{{small, 7}, {deep, 20}, {large, 3}, {Shape{Inputs: 5, Hidden: [2]int{3}, Shift: [2]uint{4}}, 33}} {
		w := newWorld(t, seed+uint64(i), x.s, x.n)
		pairs = append(pairs, mutable{w, w.prove(t), w.prove(t)})
		v := *w
		v.s = verdicts(t, r, w.model, w.s)
		pairs = append(pairs, mutable{&v, v.prove(t), v.prove(t)})
	}
	return pairs
}

// mutate changes one of them somewhere; the proof is nil when nothing changed.
func mutate(t *testing.T, r *rand.Rand, pairs []mutable) (mutant, string) {
	t.Helper()
	x := pairs[r.IntN(len(pairs))]
	m := mutant{x.w.s, x.w.r, x.proof}
	l := newLayout(m.s.Kind, m.r.shape, len(m.s.Posts))
	var name string
	switch r.IntN(6) {
	case 0, 1, 2:
		p, err := l.decode(m.proof)
		if err != nil {
			t.Fatal(err)
		}
		other, err := l.decode(x.other)
		if err != nil {
			t.Fatal(err)
		}
		name = changePart(r, p, other)
		m.proof = p.encode()
	case 3:
		m.proof, name = changeBytes(r, l, m.proof)
	case 4:
		name = changeStatement(r, x.w, &m)
	default:
		name = changeModel(r, &m, pairs[r.IntN(len(pairs))].w.r)
	}
	if same(m, mutant{x.w.s, x.w.r, x.proof}) {
		m.proof = nil
	}
	return m, name
}

// No proof that was changed anywhere, and no true proof beside another statement
// or model, is accepted.
func TestMutants(t *testing.T) {
	seed := torture.Seed(t)
	n := torture.Count(200, 50000)
	r := rand.New(rand.NewPCG(seed, 0))
	pairs := newMutables(t, seed)
	done := map[string]int{}
	for i := 0; i < n; {
		m, name := mutate(t, r, pairs)
		if m.proof == nil {
			continue
		}
		i++
		done[name]++
		if err := Verify(m.s, m.r, m.proof); err == nil {
			t.Errorf("number %d: accepted with a change of %s", i, name)
		} else if errors.Is(err, errFault) {
			t.Errorf("number %d: a change of %s made a fault: %v", i, name, err)
		}
	}
	if len(done) < 40 && n >= 200 {
		t.Errorf("only %d ways of change were tried: %v", len(done), done)
	}
	torture.Say(t, "%d mutants of %d kinds, none accepted", n, len(done))
}

// same reports whether nothing that is absorbed or checked differs.
func same(a, b mutant) bool {
	return bytes.Equal(a.proof, b.proof) && reflect.DeepEqual(a.s, b.s) && a.r.digest == b.r.digest
}

// A true proof holds for its own run only: not the next run of the lane, not
// another viewer's, not another chain's, even when posts and rows are the same.
func TestOtherRuns(t *testing.T) {
	w := newWorld(t, 11, small, 9)
	proof := w.prove(t)
	for name, change := range map[string]func(r *zkcommit.Run){
		"chain": func(r *zkcommit.Run) { r.ChainID++ }, "genesis": func(r *zkcommit.Run) { r.Genesis[0]++ },
		"registry": func(r *zkcommit.Run) { r.Registry[0]++ }, "node": func(r *zkcommit.Run) { r.Node[0]++ },
		"next run": func(r *zkcommit.Run) { r.Seq++; r.Previous = graph.Hash{1} },
		"viewer's opening": func(r *zkcommit.Run) {
			r.Viewer, r.Candidates, r.Features = graph.Hash{1}, graph.Hash{2}, graph.Hash{3}
		},
	} {
		s, run := *w.s, *w.s.Run
		change(&run)
		s.Run = &run
		if Verify(&s, w.r, proof) == nil {
			t.Errorf("%s: accepted", name)
		}
	}
	if err := Verify(w.s, w.r, proof); err != nil {
		t.Error(err)
	}
}
