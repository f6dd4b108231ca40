package circuit

import (
	"math/big"
	"math/rand"
	"slices"
	"testing"

	"candor/internal/torture"
	"candor/zkcommit"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/constraint/solver"
	"github.com/consensys/gnark/frontend"
)

// numbers are what a witness holds, as field elements.
func numbers(t testing.TB, w ...frontend.Variable) []fr.Element {
	t.Helper()
	e := make([]fr.Element, len(w))
	for i, x := range w {
		if _, err := e[i].SetInterface(x); err != nil {
			t.Fatal(err)
		}
	}
	return e
}

// coefficients are the entries of the weight commitment, row by row, of bytes that
// need not be bytes.
func coefficients(s zkcommit.Shape, body []fr.Element, mask fr.Element) []fr.Element {
	lay := s.WeightLayout()
	out := make([]fr.Element, lay.Rows*lay.Width)
	half, high, most := fr.NewElement(128), fr.NewElement(256), fr.NewElement(1<<15)
	for l := range s.Layers() + 1 {
		row, bias := lay.Output, lay.Tail
		if l < s.Layers() {
			row, bias = lay.Layer[l], lay.Bias[l]
		}
		for i := range s.Units(l) * s.Width(l) {
			out[(row+i/s.Width(l))*lay.Width+i%s.Width(l)].Sub(&body[0], &half)
			body = body[1:]
		}
		for j := range s.Units(l) {
			v := &out[bias*lay.Width+j]
			v.Mul(&body[0], &high).Add(v, &body[1]).Sub(v, &most)
			body = body[2:]
		}
	}
	out[lay.Tail*lay.Width+1] = mask
	return out
}

// valueOf is their polynomial at alpha, every row's powers beginning step after
// those of the one before.
func valueOf(coefficients []fr.Element, width, step int, alpha fr.Element) (sum fr.Element) {
	for i, v := range coefficients {
		var power fr.Element
		power.Exp(alpha, big.NewInt(int64(i/width*step+i%width)))
		sum.Add(&sum, power.Mul(&power, &v))
	}
	return sum
}

// revalue claims the value of what the witness now holds.
func (c *registration) revalue(t testing.TB) *registration {
	t.Helper()
	e := numbers(t, c.Salt, c.Commitment, c.Alpha)
	width := c.shape.WeightLayout().Width
	c.Value = valueOf(c.coefficients(t), width, width, e[2])
	return c
}

func (c *registration) coefficients(t testing.TB) []fr.Element {
	t.Helper()
	return coefficients(c.shape, numbers(t, c.Body[:c.shape.BodySize()]...), zkcommit.Sponge(zkcommit.MaskTag(), numbers(t, c.Salt, c.Commitment)))
}

// recommit makes the commitment that of what the witness now holds, the bytes
// packed whatever they are.
func (c *registration) recommit(t testing.TB) *registration {
	t.Helper()
	in := numbers(t, c.Salt)
	for body := numbers(t, c.Body...); len(body) > 0; body = body[min(len(body), zkcommit.PackBytes):] {
		var e fr.Element
		for i := range zkcommit.PackBytes {
			shift := fr.NewElement(256)
			e.Mul(&e, &shift)
			if i < len(body) {
				e.Add(&e, &body[i])
			}
		}
		in = append(in, e)
	}
	c.Commitment = zkcommit.Sponge(zkcommit.ModelTag(c.shape, schema), in)
	return c
}

// registrationForgery is a false witness that a circuit with the planted faults
// accepts.
type registrationForgery struct {
	bugs  registrationBugs
	forge func(t *testing.T, w *registration)
}

// Every rule of the circuit prevents a forgery: without the rule the forgery
// passes, with it it does not.
func TestPlantedRegistrationFaults(t *testing.T) {
	for name, f := range registrationForgeries {
		for _, s := range []zkcommit.Shape{tiny, twofold} {
			t.Run(name+" in "+s.String(), func(t *testing.T) {
				w := truth(t, filledModel(rand.New(rand.NewSource(8)), s))
				f.forge(t, w)
				options := []solver.Option{solver.OverrideHint(solver.GetHintID(countHint), paidBack)}
				if err := satisfy(t, compileRegistration(t, s, f.bugs), w, options...); err != nil {
					t.Errorf("the forgery does not even pass without the rule: %v", err)
				}
				w.Body = w.Body[:s.BodySize()]
				for _, o := range [][]solver.Option{nil, options} {
					if satisfy(t, compileRegistration(t, s, registrationBugs{}), w, o...) == nil {
						t.Error("the real circuit accepts the forgery")
					}
				}
			})
		}
	}
}

// paidBack counts, and makes up for all that is no byte by the count of zero, as
// is possible at the challenge 1000 when it is known.
func paidBack(m *big.Int, in, out []*big.Int) error {
	if err := countHint(m, in, out); err != nil {
		return err
	}
	for _, v := range in {
		if v.IsInt64() && v.Int64() < int64(len(out)) {
			continue
		}
		x := new(big.Int).Sub(big.NewInt(1000), v)
		x.ModInverse(x.Mod(x, m), m)
		out[0].Add(out[0], x.Mul(x, big.NewInt(1000))).Mod(out[0], m)
	}
	return nil
}

// carried moves a carry between two bytes of one packed element.
func carried(t *testing.T, w *registration) {
	b := numbers(t, w.Body...)
	one, all := fr.One(), fr.NewElement(256)
	b[0].Sub(&b[0], &one)
	b[1].Add(&b[1], &all)
	w.Body[0], w.Body[1] = b[0], b[1]
	w.revalue(t)
}

var registrationForgeries = map[string]registrationForgery{
	"weights are no bytes":     {registrationBugs{noBytes: true}, carried},
	"lookups are not proved":   {registrationBugs{noLookup: true}, carried},
	"the challenge is known":   {registrationBugs{fixedChallenge: true}, carried},
	"the value is not checked": {registrationBugs{noValue: true}, func(t *testing.T, w *registration) { w.Value = 7 }},
	"the model is not the committed one": {registrationBugs{noModel: true}, func(t *testing.T, w *registration) {
		w.Body[0] = 255 - numbers(t, w.Body[0])[0].Uint64()
		w.revalue(t)
	}},
	"biases do not count": {registrationBugs{noBias: true}, func(t *testing.T, w *registration) {
		// The value of a model whose biases are zero.
		body, at := slices.Clone(w.Body), 0
		for l := range w.shape.Layers() + 1 {
			at += w.shape.Units(l) * w.shape.Width(l)
			for range w.shape.Units(l) {
				w.Body[at], w.Body[at+1] = 128, 0
				at += 2
			}
		}
		w.revalue(t)
		w.Body = body
	}},
	"a point before the commitment": {registrationBugs{fixedAlpha: true}, func(t *testing.T, w *registration) {
		alpha := w.Alpha
		w.Alpha = 3
		w.revalue(t)
		w.Alpha = alpha
	}},
	"rows stand at one place": {registrationBugs{rowsMerge: true}, func(t *testing.T, w *registration) {
		w.Value = valueOf(w.coefficients(t), w.shape.WeightLayout().Width, 0, numbers(t, w.Alpha)[0])
	}},
	"the padding is free": {registrationBugs{looseEnd: true}, func(t *testing.T, w *registration) {
		w.Body = append(w.Body, 77)
		w.recommit(t).revalue(t)
	}},
	"the mask is free": {registrationBugs{freeMask: true}, func(t *testing.T, w *registration) {
		// A model that differs in one weight, and a mask that makes up for it.
		var mask, up, place fr.Element
		e := numbers(t, w.Salt, w.Commitment, w.Alpha)
		lay := w.shape.WeightLayout()
		up.SetUint64(1)
		place.Exp(e[2], big.NewInt(int64(lay.Tail*lay.Width+1)))
		place.Inverse(&place)
		mask = zkcommit.Sponge(zkcommit.MaskTag(), e[:2])
		w.Body = append(w.Body, *mask.Add(&mask, up.Mul(&up, &place)))
		w.Value = *new(fr.Element).Add(&numbers(t, w.Value)[0], new(fr.Element).SetOne())
	}},
	"the mask has another salt": {registrationBugs{otherSalt: true}, func(t *testing.T, w *registration) {
		salt := w.Salt
		w.Salt = 99
		w.revalue(t)
		w.Salt, w.Body = salt, append(w.Body, 99)
	}},
	"a weight is not linked": {registrationBugs{freeWeight: true}, func(t *testing.T, w *registration) {
		first := w.Body[0]
		w.Body[0] = 1 << 40
		w.revalue(t)
		w.Body[0] = first
		w.Body = append(w.Body, 1<<40)
	}},
}

// A prover that lies in any one number, or in several so that they fit each other,
// finds no proof: weights and biases that are none, other counts of the lookups,
// another salt, mask, tag, point or value.
func TestLyingRegistrations(t *testing.T) {
	seed := torture.Seed(t)
	r := rand.New(rand.NewSource(int64(seed)))
	lies := map[string]int{}
	shapes := []zkcommit.Shape{tiny, twofold, {Inputs: 33, Hidden: [2]int{1}, Shift: [2]uint{8}}}
	for n := range torture.Count(400, 20000) {
		s := shapes[n%len(shapes)]
		w := truth(t, filledModel(r, s))
		name, options := tellLie(t, r, w)
		if satisfy(t, compileRegistration(t, s, registrationBugs{}), w, options...) == nil {
			t.Errorf("number %d: a lie in %s is accepted", n, name)
		}
		lies[name]++
	}
	if len(lies) < 9 {
		t.Errorf("only these lies were told: %v", lies)
	}
	if t.Failed() {
		return
	}
	torture.Say(t, "lies of registering provers, none accepted: %v", lies)
}

// tellLie changes the witness so that it is no true one.
func tellLie(t *testing.T, r *rand.Rand, w *registration) (name string, options []solver.Option) {
	other := func(v frontend.Variable) fr.Element { return hostile(t, r, v) }
	noByte := func(v frontend.Variable) fr.Element {
		for {
			if e := other(v); !e.IsUint64() || e.Uint64() > 255 {
				return e
			}
		}
	}
	body := len(w.Body)
	switch k := r.Intn(10); k {
	case 0, 1, 2: // no byte, with value and commitment as they then are
		i := r.Intn(body)
		w.Body[i] = noByte(w.Body[i])
		if k > 0 {
			w.recommit(t)
		}
		w.revalue(t)
		return []string{"a byte", "a byte and its commitment", "a byte and its commitment"}[k], nil
	case 3: // a carry, so that the packed bytes stay
		i := r.Intn(body - 1)
		for (i+1)%zkcommit.PackBytes == 0 {
			i = r.Intn(body - 1)
		}
		d := fr.NewElement(uint64(1 + r.Intn(1<<20)))
		if r.Intn(2) == 0 {
			d.Inverse(&d)
		}
		b, high := numbers(t, w.Body[i], w.Body[i+1]), fr.NewElement(256)
		b[0].Sub(&b[0], &d)
		b[1].Add(&b[1], d.Mul(&d, &high))
		w.Body[i], w.Body[i+1] = b[0], b[1]
		w.revalue(t)
		return "a carry", nil
	case 4: // bytes of another model
		i := r.Intn(body)
		w.Body[i] = uint64(byte(numbers(t, w.Body[i])[0].Uint64()) + byte(1+r.Intn(255)))
		w.revalue(t)
		return "a weight", nil
	case 5:
		w.Salt = other(w.Salt)
		if r.Intn(2) == 0 {
			w.revalue(t)
		}
		return "the salt", nil
	case 6:
		w.Value = other(w.Value)
		return "the value", nil
	case 7:
		w.Alpha = other(w.Alpha)
		return "the point", nil
	case 8:
		if r.Intn(2) == 0 {
			w.Tag = other(w.Tag)
			return "the tag", nil
		}
		w.Commitment = other(w.Commitment)
		if r.Intn(2) == 0 {
			w.revalue(t)
		}
		return "the commitment", nil
	default: // counts that are not so, of a byte that is none, or of true ones
		if r.Intn(2) == 0 {
			i := r.Intn(body)
			w.Body[i] = noByte(w.Body[i])
			w.recommit(t).revalue(t)
		}
		at, by := r.Intn(256), new(big.Int).Rand(r, fr.Modulus())
		by.Add(by, big.NewInt(1))
		by.Mod(by, fr.Modulus())
		if by.Sign() == 0 {
			by.SetInt64(1)
		}
		return "the counts", []solver.Option{solver.OverrideHint(solver.GetHintID(countHint), func(m *big.Int, in, out []*big.Int) error {
			if err := countHint(m, in, out); err != nil {
				return err
			}
			out[at].Add(out[at], by).Mod(out[at], m)
			return nil
		})}
	}
}
