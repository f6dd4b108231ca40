package circuit

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"candor/graph"
	"candor/zkcommit"
	"candor/zkcommit/circuit/verifier"

	cs "github.com/consensys/gnark/constraint/bn254"
	"github.com/consensys/gnark/logger"
)

// ID names the circuit of dispute proofs, as manifests and the chain's key table do.
const ID = verifier.CircuitID

// Keys are the proving and the verifying key of dispute proofs.
type Keys struct{ keyPair }

// digestSystem is the compiled circuit, the same for all.
var digestSystem = sync.OnceValues(func() (*cs.R1CS, error) { return build(verifier.Digest, &runOrder{}) })

// Hash names the constraint system of dispute proofs.
func Hash() (string, error) {
	r, err := digestSystem()
	if err != nil {
		return "", err
	}
	return hashOf(r), nil
}

// DevelopmentKeys returns the keys of dispute proofs kept in dir, and makes them
// first where there are none. Whoever made them could forge proofs, so results
// under them must say so. progress, which may be nil, hears what takes long and
// what was damaged.
func DevelopmentKeys(dir string, progress func(stage string)) (*Keys, error) {
	return developmentKeys(dir, progress, (*keyPair).make)
}

func developmentKeys(dir string, progress func(stage string), fill func(*keyPair) error) (*Keys, error) {
	r, err := digestSystem()
	if err != nil {
		return nil, err
	}
	k := &Keys{keyPair{circuit: verifier.Digest, system: r}}
	if err := k.develop(dir, "run-order", progress, fill); err != nil {
		return nil, err
	}
	return k, nil
}

// CeremonyKeys reads the keys of dispute proofs that a ceremony has made.
func CeremonyKeys(path string) (*Keys, error) {
	r, err := digestSystem()
	if err != nil {
		return nil, err
	}
	k := &Keys{keyPair{circuit: verifier.Digest, system: r}}
	return k, k.seal(path)
}

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
	made, err := k.prove(assign(public, st, m, salt))
	if err != nil {
		return none, err
	}
	p := zkcommit.Proof{Version: zkcommit.DigestProof, Kind: zkcommit.KindRunOrder, Key: k.Hash(), Bytes: made}
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
		return zkcommit.ErrOpening
	}
	values, err := m.Evaluate(st.Rows.Flat())
	if err != nil {
		return err
	}
	scores := make([]graph.Score, len(values))
	for i, v := range values {
		scores[i] = graph.Score(v)
	}
	for i, j := range zkcommit.Order(st.Ranked, scores) {
		if i != j {
			// Which rank it is would tell something about the scores.
			return errors.New("the run's order is not the model's")
		}
	}
	return nil
}
