package circuit

import (
	"math/big"

	"candor/zkcommit"

	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/std/permutation/poseidon2"
)

// table collects values that must be in [0, 2^bits) and proves it for all at
// once by LogUp: Σ 1/(x - query) = Σ times[t]/(x - t) at a challenge x drawn
// after queries and times are committed. A query outside the table is a pole of
// the left side alone, so the two differ as rational functions.
// Source: https://eprint.iacr.org/2022/1530
type table struct {
	size           int
	queries, times []frontend.Variable
	noLimbs        bool // a planted fault
}

func newTable(bits int) *table { return &table{size: 1 << bits} }

func (t *table) check(v ...frontend.Variable) { t.queries = append(t.queries, v...) }

// check24 checks that v is in [0, 2^24), by three bytes.
func (t *table) check24(api frontend.API, v frontend.Variable) error {
	limbs, err := api.NewHint(bytesHint, 3, v)
	if err != nil {
		return err
	}
	if !t.noLimbs {
		api.AssertIsEqual(v, lin(api, limbs, 8))
	}
	t.check(limbs...)
	return nil
}

// count adds how often each entry is asked for.
func (t *table) count(api frontend.API) (err error) {
	t.times, err = api.NewHint(countHint, t.size, t.queries...)
	return err
}

// prove states the identity at x. A zero denominator makes an inverse
// impossible; it has probability below 2^-230.
func (t *table) prove(api frontend.API, x frontend.Variable) {
	left := make([]frontend.Variable, len(t.queries))
	for i, q := range t.queries {
		left[i] = api.Sub(x, q)
	}
	if b, ok := api.(frontend.BatchInverter); ok {
		left = b.BatchInvert(left)
	} else {
		for i := range left {
			left[i] = api.Inverse(left[i])
		}
	}
	right := make([]frontend.Variable, t.size)
	for i := range right {
		right[i] = api.Div(t.times[i], api.Sub(x, i))
	}
	api.AssertIsEqual(total(api, left), total(api, right))
}

func countHint(_ *big.Int, in, out []*big.Int) error {
	times := make([]int64, len(out))
	for _, v := range in {
		if v.IsInt64() && v.Int64() < int64(len(out)) {
			times[v.Int64()]++
		}
	}
	for i, n := range times {
		out[i].SetInt64(n)
	}
	return nil
}

func bytesHint(_ *big.Int, in, out []*big.Int) error {
	for i := range out {
		out[i].Rsh(in[0], uint(8*i))
		out[i].And(out[i], big.NewInt(255))
	}
	return nil
}

// sponge is zkcommit.Sponge.
func sponge(api frontend.API, tag frontend.Variable, in []frontend.Variable) (frontend.Variable, error) {
	p, err := poseidon2.NewPoseidon2FromParameters(api, zkcommit.SpongeWidth, zkcommit.FullRounds, zkcommit.PartialRounds)
	if err != nil {
		return nil, err
	}
	state := make([]frontend.Variable, zkcommit.SpongeWidth)
	for i := range state {
		state[i] = 0
	}
	state[0] = tag
	for len(in) > 0 {
		n := min(len(in), zkcommit.SpongeWidth-1)
		for j := range n {
			state[1+j] = api.Add(state[1+j], in[j])
		}
		in = in[n:]
		if err := p.Permutation(state); err != nil {
			return nil, err
		}
	}
	return state[1], nil
}

// pack puts 31 bytes into each element, big-endian, zeros on the right.
func pack(api frontend.API, b []frontend.Variable) []frontend.Variable {
	var out []frontend.Variable
	for len(b) > 0 {
		chunk := make([]frontend.Variable, zkcommit.PackBytes)
		for i := range chunk {
			chunk[len(chunk)-1-i] = frontend.Variable(0)
			if i < len(b) {
				chunk[len(chunk)-1-i] = b[i]
			}
		}
		out = append(out, lin(api, chunk, 8))
		b = b[min(len(b), zkcommit.PackBytes):]
	}
	return out
}

// lin is Σ v[i]·2^(bits·i).
func lin(api frontend.API, v []frontend.Variable, bits uint) frontend.Variable {
	terms := make([]frontend.Variable, len(v))
	for i := range v {
		terms[i] = api.Mul(v[i], new(big.Int).Lsh(big.NewInt(1), bits*uint(i)))
	}
	return total(api, terms)
}

// horner is Σ v[i]·x^i.
func horner(api frontend.API, v []frontend.Variable, x frontend.Variable) frontend.Variable {
	acc := v[len(v)-1]
	for i := len(v) - 2; i >= 0; i-- {
		acc = api.Add(api.Mul(acc, x), v[i])
	}
	return acc
}

// total adds two terms or more.
func total(api frontend.API, v []frontend.Variable) frontend.Variable {
	return api.Add(v[0], v[1], v[2:]...)
}
