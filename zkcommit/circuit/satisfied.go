package circuit

import (
	"crypto/sha256"
	"errors"
	"math/big"

	"candor/graph"
	"candor/zkcommit"
	"candor/zkcommit/circuit/verifier"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark/constraint/solver"
	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/frontend/cs"
)

// Satisfied says whether the model satisfies the dispute circuit's constraints for
// the statement. It needs no keys and convinces nobody else: tests hold the circuit
// to the other implementations by it.
func Satisfied(st zkcommit.Statement, m *zkcommit.Model, salt zkcommit.Salt) error {
	public, err := verifier.Public(graph.Hash{}, st)
	if err != nil {
		return err
	}
	r, err := digestSystem()
	if err != nil {
		return err
	}
	w, err := frontend.NewWitness(assign(public, st, m, salt), ecc.BN254.ScalarField())
	if err != nil {
		return err
	}
	// The challenge hashes what is committed, as a proof's does.
	challenge := func(_ *big.Int, in, out []*big.Int) error {
		h := sha256.New()
		for _, v := range in {
			h.Write(v.FillBytes(make([]byte, 32)))
		}
		out[0].SetBytes(h.Sum(nil)[:31])
		return nil
	}
	if _, err := r.Solve(w, solver.OverrideHint(solver.GetHintID(cs.Bsb22CommitmentComputePlaceholder), challenge)); err != nil {
		return errors.New("the circuit's constraints are not satisfied") // gnark's sentence may hold secrets
	}
	return nil
}
