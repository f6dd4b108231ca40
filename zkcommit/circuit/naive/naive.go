// Package naive proves an order the plain way, as a measure of what the run proof
// saves. Nothing but a benchmark may use it: its keys are thrown away.
//
// What enters: a model and a run's rows in ranked order. What leaves: the time that
// a Groth16 proof of the run proof's statement took, with secret weights and scores,
// one constraint for every product of a weight and a feature. Hashing and ranges are
// those of gnark's standard library.
package naive

import (
	"errors"
	"fmt"
	"math/big"
	"time"

	"candor/zkcommit"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark/backend/groth16"
	groth16bn254 "github.com/consensys/gnark/backend/groth16/bn254"
	"github.com/consensys/gnark/constraint/solver"
	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/frontend/cs/r1cs"
	"github.com/consensys/gnark/std/hash/poseidon2"
	"github.com/consensys/gnark/std/rangecheck"
)

// packed is how many bytes are hashed as one element.
const packed = 31

// ranking is the circuit: hash(salt, weights) and hash(rows) are public.
type ranking struct {
	Commitment frontend.Variable `gnark:",public"`
	Rows       frontend.Variable `gnark:",public"`

	Salt     frontend.Variable
	Weights  [][]frontend.Variable // of a layer, plus 128
	Bias     [][]frontend.Variable // of a layer, plus 32,768
	Features []frontend.Variable   // plus 128, row by row

	shape zkcommit.Shape
	posts int
}

func newRanking(s zkcommit.Shape, posts int) *ranking {
	c := &ranking{shape: s, posts: posts, Features: make([]frontend.Variable, posts*s.Inputs)}
	for l := range s.Layers() + 1 {
		c.Weights = append(c.Weights, make([]frontend.Variable, s.Units(l)*s.Width(l)))
		c.Bias = append(c.Bias, make([]frontend.Variable, s.Units(l)))
	}
	return c
}

// Define states that the committed model gives the rows falling scores.
func (c *ranking) Define(api frontend.API) error {
	r := rangecheck.New(api)
	secret := []frontend.Variable{c.Salt}
	for l := range c.Weights {
		ranged(r, c.Weights[l], 8)
		ranged(r, c.Bias[l], 16)
		secret = append(append(secret, pack(api, c.Weights[l], 8)...), pack(api, c.Bias[l], 16)...)
	}
	ranged(r, c.Features, 8)
	if err := hashes(api, c.Commitment, secret); err != nil {
		return err
	}
	if err := hashes(api, c.Rows, pack(api, c.Features, 8)); err != nil {
		return err
	}
	var above frontend.Variable
	for i := range c.posts {
		row := make([]frontend.Variable, c.shape.Inputs)
		for k := range row {
			row[k] = api.Sub(c.Features[i*len(row)+k], 128)
		}
		for l := range c.shape.Layers() {
			row = c.layer(api, l, row)
			for j := range row {
				out, err := activate(api, r, row[j], c.shape, l)
				if err != nil {
					return err
				}
				row[j] = out
			}
		}
		score := c.layer(api, c.shape.Layers(), row)[0]
		if i > 0 { // posts come with the older first among equals: a strict fall
			r.Check(api.Sub(above, score, 1), 24)
		}
		above = score
	}
	return nil
}

func (c *ranking) layer(api frontend.API, l int, in []frontend.Variable) []frontend.Variable {
	out := make([]frontend.Variable, c.shape.Units(l))
	for j := range out {
		sum := api.Sub(c.Bias[l][j], 1<<15)
		for k := range in {
			sum = api.MulAcc(sum, api.Sub(c.Weights[l][j*len(in)+k], 128), in[k])
		}
		out[j] = sum
	}
	return out
}

// activate is clamp(z >> shift, 0, 127): z = 2^shift·(a + over - under) + rest, and
// at most one of over and under is not zero, over only at 127, under only at 0.
func activate(api frontend.API, r frontend.Rangechecker, z frontend.Variable, s zkcommit.Shape, l int) (frontend.Variable, error) {
	shift := int(s.Shift[l])
	v, err := api.NewHint(activateHint, 4, api.Add(z, 1<<24), shift)
	if err != nil {
		return nil, err
	}
	a, over, under, rest := v[0], v[1], v[2], v[3]
	api.AssertIsEqual(z, api.Add(api.Mul(1<<shift, api.Sub(api.Add(a, over), under)), rest))
	r.Check(a, 7)
	r.Check(over, 24-shift)
	r.Check(under, 24-shift)
	r.Check(rest, shift)
	api.AssertIsEqual(api.Mul(over, api.Sub(a, zkcommit.Clamp)), 0)
	api.AssertIsEqual(api.Mul(under, a), 0)
	return a, nil
}

func activateHint(_ *big.Int, in, out []*big.Int) error {
	z, shift := in[0].Int64()-1<<24, in[1].Int64()
	q := z >> shift
	a := min(max(q, 0), zkcommit.Clamp)
	for i, v := range []int64{a, max(q-a, 0), max(a-q, 0), z - q<<shift} {
		out[i].SetInt64(v)
	}
	return nil
}

func ranged(r frontend.Rangechecker, v []frontend.Variable, bits int) {
	for _, x := range v {
		r.Check(x, bits)
	}
}

func pack(api frontend.API, v []frontend.Variable, bits int) (out []frontend.Variable) {
	per := 8 * packed / bits
	for len(v) > 0 {
		n := min(per, len(v))
		sum := frontend.Variable(0)
		for i := range n {
			sum = api.Add(sum, api.Mul(v[i], new(big.Int).Lsh(big.NewInt(1), uint(bits*i))))
		}
		out, v = append(out, sum), v[n:]
	}
	return out
}

func hashes(api frontend.API, want frontend.Variable, in []frontend.Variable) error {
	h, err := poseidon2.New(api)
	if err != nil {
		return err
	}
	h.Write(in...)
	api.AssertIsEqual(h.Sum(), want)
	return nil
}

// Figures are what one proof took.
type Figures struct {
	Constraints  int
	Setup, Prove time.Duration
	Verify       time.Duration
	ProofBytes   int
}

// Measure makes keys and proves and checks once that the model gives rows, which
// hold posts·inputs features, falling scores.
func Measure(m *zkcommit.Model, rows []int8) (f Figures, err error) {
	if err := m.Validate(); err != nil {
		return f, err
	}
	if len(rows) == 0 || len(rows)%m.Shape.Inputs != 0 {
		return f, errors.New("the features are no whole rows")
	}
	solver.RegisterHint(activateHint)
	posts := len(rows) / m.Shape.Inputs
	system, err := frontend.Compile(ecc.BN254.ScalarField(), r1cs.NewBuilder, newRanking(m.Shape, posts))
	if err != nil {
		return f, err
	}
	f.Constraints = system.GetNbConstraints()
	began := time.Now()
	pk, vk, err := groth16.Setup(system)
	if err != nil {
		return f, err
	}
	f.Setup = time.Since(began)
	w, err := assign(m, rows)
	if err != nil {
		return f, err
	}
	witness, err := frontend.NewWitness(w, ecc.BN254.ScalarField())
	if err != nil {
		return f, err
	}
	began = time.Now()
	proof, err := groth16.Prove(system, pk, witness)
	if err != nil {
		return f, fmt.Errorf("the rows are not in the model's order: %w", err)
	}
	f.Prove = time.Since(began)
	public, err := witness.Public()
	if err != nil {
		return f, err
	}
	began = time.Now()
	if err := groth16.Verify(proof, vk, public); err != nil {
		return f, err
	}
	f.Verify = time.Since(began)
	p := proof.(*groth16bn254.Proof)
	f.ProofBytes = 32 * (4 + len(p.Commitments) + 1)
	return f, nil
}
