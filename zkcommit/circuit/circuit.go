package circuit

import (
	"math/big"
	"slices"

	"candor/graph"
	"candor/zkcommit"

	"github.com/consensys/gnark/frontend"
)

const (
	posts  = zkcommit.K
	inputs = graph.Features
	hidden = 32
	shift  = 6
	clamp  = zkcommit.Clamp

	body = inputs*hidden + 2*hidden + hidden + 2 // bytes of a model
	w2At = inputs*hidden + 2*hidden              // where W2 begins in them

	// scoreBits bounds scores: |score| ≤ 32·127·128 + 2^15 < 2^20.
	scoreBits = 20
)

// runOrder is the circuit of a run proof. The secrets are the witness's; the
// comments of Define are the specification.
type runOrder struct {
	Rows frontend.Variable `gnark:",public"` // rows digest
	Tag  frontend.Variable `gnark:",public"` // binds shape and feature schema of the model's commitment
	Bind frontend.Variable `gnark:",public"` // binds run, proof version and verifying key

	Salt    frontend.Variable
	Body    [body]frontend.Variable          // the model's canonical bytes
	Ranking [2]frontend.Variable             // the ranking salt
	N       frontend.Variable                // number of posts
	Active  [posts]frontend.Variable         // 1 for the first N ranks
	Step    [posts - 1]frontend.Variable     // 1 where a tie would be out of order
	Feature [posts][inputs]frontend.Variable // feature plus 128, 0 behind the last row

	// A hidden sum is z = 64·(Act + Over - Under) + Rem; how far it is outside
	// the clamp, Over and Under, stands in two bytes each, low byte first.
	Act, Rem    [posts][hidden]frontend.Variable
	Over, Under [posts][hidden][2]frontend.Variable

	bugs bugs
}

// bugs plants faults, so that the tests can show what each rule prevents.
type bugs struct {
	noBytes, noFeatures, noRem, noActRange, noClampTop, noClampBottom bool
	noDifference, noEnds, noStep, noPadding, noCount, noMonotone      bool
	noStepBits, noModel, noBind, fixedChallenge, noBias, noDigest     bool
	noLookup, noLimbs                                                 bool
}

// Define states what is proved.
func (c *runOrder) Define(api frontend.API) error {
	// 1. Public inputs stand in a constraint of their own. Without it an input
	// that is used nowhere else (Bind) has no weight in the verifying key, and
	// the proof would hold for any value of it.
	for i, p := range []frontend.Variable{c.Rows, c.Tag, c.Bind} {
		if i != 2 || !c.bugs.noBind {
			api.Mul(p, p)
		}
	}

	// 2. Every byte of model and features is one, so that packing is injective.
	bytes, acts, rems := newTable(8), newTable(7), newTable(shift)
	bytes.noLimbs = c.bugs.noLimbs
	features := make([]frontend.Variable, 0, posts*inputs)
	for i := range c.Feature {
		features = append(features, c.Feature[i][:]...)
	}
	if !c.bugs.noBytes {
		bytes.check(c.Body[:]...)
	}
	if !c.bugs.noFeatures {
		bytes.check(features...)
	}

	// 3. The rows digest holds the commitment to the model, n, the steps and the rows.
	commitment, err := sponge(api, c.Tag, append([]frontend.Variable{c.Salt}, pack(api, c.Body[:])...))
	if err != nil {
		return err
	}
	if c.bugs.noModel {
		commitment = c.Salt
	}
	rowsTag := zkcommit.RowsTag()
	in := []frontend.Variable{c.Ranking[0], c.Ranking[1], commitment, c.N, lin(api, c.Step[:], 1)}
	digest, err := sponge(api, rowsTag.BigInt(new(big.Int)), append(in, pack(api, features)...))
	if err != nil {
		return err
	}
	if !c.bugs.noDigest {
		api.AssertIsEqual(digest, c.Rows)
	}

	// 4. Ranks, hidden layer and order; what is left open there are range checks
	// and one matrix product.
	c.defineRanks(api)
	c.defineHidden(api, bytes, acts, rems)
	if err := c.defineOrder(api, bytes); err != nil {
		return err
	}

	// 5. All that enters those is committed, and then one challenge tests them.
	// Each test is an identity in the challenge whose coefficients are fixed by
	// then; no test folds two values into one.
	commit := slices.Concat(c.Body[:], features, c.Active[:])
	for _, t := range []*table{bytes, acts, rems} {
		if err := t.count(api); err != nil {
			return err
		}
		commit = slices.Concat(commit, t.queries, t.times)
	}
	challenge, err := api.Compiler().(frontend.Committer).Commit(commit...)
	if err != nil {
		return err
	}
	point := challenge
	if c.bugs.fixedChallenge {
		point = 3
	}
	c.defineProduct(api, point)
	for _, t := range []*table{bytes, acts, rems} {
		if !c.bugs.noLookup {
			t.prove(api, challenge)
		}
	}
	return nil
}

// defineRanks ties the active ranks to n: the first N are active, the others
// have neither features nor steps.
func (c *runOrder) defineRanks(api frontend.API) {
	api.AssertIsEqual(c.Active[0], 1)
	for i := range c.Active {
		api.AssertIsBoolean(c.Active[i])
		if i > 0 && !c.bugs.noMonotone {
			api.AssertIsEqual(api.Mul(c.Active[i], c.Active[i-1]), c.Active[i])
		}
		// Features are bytes, so their sum is zero only when each is.
		if !c.bugs.noPadding {
			api.AssertIsEqual(api.Mul(total(api, c.Feature[i][:]), api.Sub(1, c.Active[i])), 0)
		}
	}
	if !c.bugs.noCount {
		api.AssertIsEqual(total(api, c.Active[:]), c.N)
	}
	for i := range c.Step {
		if !c.bugs.noStepBits {
			api.AssertIsBoolean(c.Step[i])
		}
		api.AssertIsEqual(api.Mul(c.Step[i], c.Active[i+1]), c.Step[i])
	}
}

// defineHidden makes Act the clamp(z >> 6, 0, 127) of z = 64·q + Rem with
// q = Act + Over - Under.
//
// Over may be positive only where Act is 127, Under only where Act is 0, and
// neither is negative; so q has one decomposition, and with 0 ≤ Rem < 64 so has
// z. The products that must be zero are of ranged numbers, none negative and
// their sum below 2^36, so it is enough that the sum is zero.
func (c *runOrder) defineHidden(api frontend.API, bytes, acts, rems *table) {
	zero := []frontend.Variable{0, 0}
	for i := range c.Act {
		if !c.bugs.noActRange || i > 1 {
			acts.check(c.Act[i][:]...)
		}
		if !c.bugs.noRem || i > 1 {
			rems.check(c.Rem[i][:]...)
		}
		for j, a := range c.Act[i] {
			bytes.check(c.Over[i][j][:]...)
			bytes.check(c.Under[i][j][:]...)
			if !c.bugs.noClampTop {
				zero = append(zero, api.Mul(lin(api, c.Over[i][j][:], 8), api.Sub(clamp, a)))
			}
			if !c.bugs.noClampBottom {
				zero = append(zero, api.Mul(lin(api, c.Under[i][j][:], 8), a))
			}
		}
	}
	api.AssertIsEqual(total(api, zero), 0)
}

// defineProduct is Freivalds' check of Z = X·W1ᵀ + 1·B1ᵀ with one challenge x:
// row i weighs x^i, column j weighs x^(64·j). The weights of the 2,048 cells are
// distinct powers, so a wrong cell passes with probability below 2^-240.
func (c *runOrder) defineProduct(api frontend.API, x frontend.Variable) {
	row := make([]frontend.Variable, posts)
	ones := make([]frontend.Variable, posts)
	for i := range ones {
		ones[i] = 1
	}
	column := x // becomes x^64
	for range 6 {
		column = api.Mul(column, column)
	}
	unit := make([]frontend.Variable, hidden)
	right := make([]frontend.Variable, 0, inputs+1)
	for k := range inputs {
		for i := range row {
			row[i] = c.feature(api, i, k)
		}
		for j := range unit {
			unit[j] = api.Sub(c.Body[j*inputs+k], 128)
		}
		right = append(right, api.Mul(horner(api, row, x), horner(api, unit, column)))
	}
	for j := range unit {
		unit[j] = c.bias(api, inputs*hidden+2*j)
		if c.bugs.noBias {
			unit[j] = 0
		}
	}
	right = append(right, api.Mul(horner(api, ones, x), horner(api, unit, column)))

	for j := range unit {
		for i := range row {
			q := api.Sub(api.Add(c.Act[i][j], lin(api, c.Over[i][j][:], 8)), lin(api, c.Under[i][j][:], 8))
			row[i] = api.Add(api.Mul(q, 1<<shift), c.Rem[i][j])
		}
		unit[j] = horner(api, row, x)
	}
	api.AssertIsEqual(horner(api, unit, column), total(api, right))
}

// defineOrder checks that (score, newest first) strictly decreases: from an
// active rank to the next the score drops by at least Step. Both ends of every
// difference are bounded, -2^20 ≤ score < 2^24, so that none wraps around the
// modulus, whatever the weights.
func (c *runOrder) defineOrder(api frontend.API, bytes *table) error {
	var score [posts]frontend.Variable
	for i := range score {
		terms := make([]frontend.Variable, hidden+1)
		for j := range hidden {
			terms[j] = api.Mul(c.Act[i][j], api.Sub(c.Body[w2At+j], 128))
		}
		terms[hidden] = c.bias(api, w2At+hidden)
		score[i] = total(api, terms)
		if !c.bugs.noEnds {
			if err := bytes.check24(api, api.Add(score[i], 1<<scoreBits)); err != nil {
				return err
			}
		}
	}
	for i := range c.Step {
		drop := api.Mul(c.Active[i+1], api.Sub(score[i], score[i+1]))
		if !c.bugs.noStep {
			drop = api.Sub(drop, c.Step[i])
		}
		if !c.bugs.noDifference {
			if err := bytes.check24(api, drop); err != nil {
				return err
			}
		}
	}
	return nil
}

// feature is the feature itself: its byte less 128, and zero on padding.
func (c *runOrder) feature(api frontend.API, i, k int) frontend.Variable {
	return api.Sub(c.Feature[i][k], api.Mul(c.Active[i], 128))
}

// bias reads the two bytes of a bias.
func (c *runOrder) bias(api frontend.API, at int) frontend.Variable {
	return api.Sub(api.Add(api.Mul(c.Body[at], 256), c.Body[at+1]), 1<<15)
}
