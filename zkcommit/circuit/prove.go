package circuit

import (
	"context"
	"errors"
	"fmt"

	"candor/zkcommit"
	"candor/zkcommit/circuit/verifier"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark/backend/groth16"
	groth16bn254 "github.com/consensys/gnark/backend/groth16/bn254"
	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/logger"
)

// Silence keeps gnark from logging to standard output. It is for the whole
// process, so a command calls it once.
func Silence() { logger.Disable() }

// Verify checks that the proof proves the statement under the verifying key.
func Verify(key []byte, st zkcommit.Statement, p zkcommit.Proof) error {
	return verifier.Verify(key, st, p)
}

// Prove proves that the model, committed to with the salt, ranks the statement's
// rows as published. It refuses what is not so with a sentence that holds no
// secret, and it verifies its own proof before it lets it out. It takes about 2 s
// of processor time and allocates 100 MB. The context ends it only before the
// work begins.
func (k *Keys) Prove(ctx context.Context, st zkcommit.Statement, m *zkcommit.Model, salt zkcommit.Salt) (zkcommit.Proof, error) {
	var none zkcommit.Proof
	if err := ctx.Err(); err != nil {
		return none, err
	}
	public, err := verifier.Public(k.Hash(), st)
	if err != nil {
		return none, err
	}
	if err := provable(st, m, salt); err != nil {
		return none, err
	}
	w, err := frontend.NewWitness(assign(public, st, m, salt), ecc.BN254.ScalarField())
	if err != nil {
		return none, errors.New("the run does not fit the circuit")
	}
	made, err := groth16.Prove(k.system, k.proving, w)
	if err != nil {
		// The solver's words may quote secret values.
		return none, errors.New("the circuit refuses the run")
	}
	g, ok := made.(*groth16bn254.Proof)
	if !ok || len(g.Commitments) != 1 {
		return none, errors.New("the proof has another form than its verifier expects")
	}
	proof := verifier.Proof{A: g.Ar, B: g.Bs, C: g.Krs, Commitment: g.Commitments[0], Known: g.CommitmentPok}
	p := zkcommit.Proof{Version: zkcommit.DigestProof, Kind: zkcommit.KindRunOrder, Key: k.Hash(), Bytes: proof.Bytes()}
	if err := Verify(k.verifying, st, p); err != nil {
		return none, fmt.Errorf("the proof just made does not verify: %w", err)
	}
	return p, nil
}

// provable checks natively what the circuit would refuse, so that the reason is known.
func provable(st zkcommit.Statement, m *zkcommit.Model, salt zkcommit.Salt) error {
	run, err := zkcommit.ParseRun(st.Run)
	if err != nil {
		return err
	}
	commitment, err := zkcommit.Commit(m, run.FeatureSchema, salt)
	if err != nil {
		return err
	}
	if commitment != st.Commitment {
		return errors.New("the model and the salt at hand do not open the run's commitment")
	}
	scores, err := m.Scores(st.Rows)
	if err != nil {
		return err
	}
	for i, j := range zkcommit.Order(st.Ranked, scores) {
		if i != j {
			// Which rank it is would tell something about the scores.
			return errors.New("the run's order is not the model's")
		}
	}
	return nil
}
