package circuit

import (
	"math/big"

	"candor/zkcommit"

	"github.com/consensys/gnark/frontend"
)

// registration is the circuit of registrations for models of one shape. The comments
// of Define are the specification.
type registration struct {
	Commitment frontend.Variable `gnark:",public"` // the model's id
	Tag        frontend.Variable `gnark:",public"` // binds shape and feature schema of the commitment
	Alpha      frontend.Variable `gnark:",public"` // drawn after commitment and weight commitment
	Value      frontend.Variable `gnark:",public"` // of the weights' polynomial at alpha

	Salt frontend.Variable
	Body []frontend.Variable // the model's canonical bytes

	shape zkcommit.Shape
	bugs  registrationBugs
}

// registrationBugs plants faults, so that the tests can show what each rule prevents.
// Those of the second line let the prover choose one number more, which then stands
// behind the body.
type registrationBugs struct {
	noBytes, noModel, noValue, noBias, noLookup, fixedChallenge, fixedAlpha, rowsMerge bool
	looseEnd, freeMask, otherSalt, freeWeight                                          bool
}

func (b registrationBugs) more() int {
	if b.looseEnd || b.freeMask || b.otherSalt || b.freeWeight {
		return 1
	}
	return 0
}

func newRegistration(s zkcommit.Shape) *registration {
	return &registration{shape: s, Body: make([]frontend.Variable, s.BodySize())}
}

// Define states what is proved.
func (c *registration) Define(api frontend.API) error {
	body := c.Body[:c.shape.BodySize()]

	// 1. Each public input stands alone in a constraint, as in the digest circuit.
	for _, p := range []frontend.Variable{c.Commitment, c.Tag, c.Alpha, c.Value} {
		api.Mul(p, p)
	}

	// 2. Every byte is one. So weights are int8 and biases int16, whatever the bytes,
	// and packing is injective; behind the last byte stand zeros.
	bytes := newTable(8)
	if !c.bugs.noBytes {
		bytes.check(body...)
	} else {
		bytes.check(0, 0)
	}

	// 3. Salt and bytes are under the commitment.
	packed := body
	if c.bugs.looseEnd {
		packed = c.Body
	}
	commitment, err := sponge(api, c.Tag, append([]frontend.Variable{c.Salt}, pack(api, packed)...))
	if err != nil {
		return err
	}
	if !c.bugs.noModel {
		api.AssertIsEqual(commitment, c.Commitment)
	}

	// 4. The mask is the one that the commitment fixes.
	maskTag, salt := zkcommit.MaskTag(), c.Salt
	if c.bugs.otherSalt {
		salt = c.Body[len(body)]
	}
	mask, err := sponge(api, maskTag.BigInt(new(big.Int)), []frontend.Variable{salt, c.Commitment})
	if err != nil {
		return err
	}
	if c.bugs.freeMask {
		mask = c.Body[len(body)]
	}

	// 5. The polynomial of weights and mask has the value at alpha. All that it
	// holds is fixed by the commitment, so alpha need not come from inside.
	entries := body
	if c.bugs.freeWeight {
		entries = append([]frontend.Variable{c.Body[len(body)]}, body[1:]...)
	}
	if value := c.value(api, entries, mask); !c.bugs.noValue {
		api.AssertIsEqual(value, c.Value)
	}

	// 6. The bytes and their counts are committed before the lookups' challenge.
	if err := bytes.count(api); err != nil {
		return err
	}
	challenge, err := api.Compiler().(frontend.Committer).Commit(append(c.Body[:len(c.Body):len(c.Body)], bytes.times...)...)
	if err != nil {
		return err
	}
	if c.bugs.fixedChallenge {
		challenge = 1000
	}
	if !c.bugs.noLookup {
		bytes.prove(api, challenge)
	}
	return nil
}

// value is zkcommit.Model.ValueAt, by Horner's rule from the last row to the first.
func (c *registration) value(api frontend.API, body []frontend.Variable, mask frontend.Variable) frontend.Variable {
	alpha := c.Alpha
	if c.bugs.fixedAlpha {
		alpha = 3
	}
	power := alpha // becomes alpha^width
	for w := 1; w < c.shape.WeightLayout().Width; w *= 2 {
		power = api.Mul(power, power)
	}
	if c.bugs.rowsMerge {
		power = 1
	}
	sum := frontend.Variable(0)
	row := func(entries ...frontend.Variable) {
		sum = api.Add(api.Mul(sum, power), horner(api, entries, alpha))
	}
	at := len(body)
	biases := func(n int) []frontend.Variable {
		at -= 2 * n
		v := make([]frontend.Variable, n)
		for i := range v {
			v[i] = api.Sub(api.Add(api.Mul(body[at+2*i], 256), body[at+2*i+1]), 1<<15)
			if c.bugs.noBias {
				v[i] = 0
			}
		}
		return v
	}
	weights := func(n int) []frontend.Variable {
		at -= n
		v := make([]frontend.Variable, n)
		for i := range v {
			v[i] = api.Sub(body[at+i], 128)
		}
		return v
	}
	last := c.shape.Layers()
	row(append(biases(1), mask)...)
	row(weights(c.shape.Width(last))...)
	for l := last - 1; l >= 0; l-- {
		row(biases(c.shape.Units(l))...)
		for range c.shape.Units(l) {
			row(weights(c.shape.Width(l))...)
		}
	}
	return sum
}
