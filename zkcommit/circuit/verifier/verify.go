package verifier

import (
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"math/big"

	"candor/graph"
	"candor/zkcommit"

	"github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr/hash_to_field"
)

// ErrProof is what a proof that does not prove its statement gives.
var ErrProof = errors.New("the proof does not prove that the committed model ranks these posts in this order in this run")

// CircuitID names the circuit, as manifests and the chain's key table do.
const CircuitID = "digest-64x32x1/v1"

// challengeDomain separates the commitment's challenge, as gnark does.
const challengeDomain = "bsb22-commitment"

// Verify checks that the proof proves the statement under the verifying key, and
// that it names this key, as a development key or not. Who calls it decides
// whether the key named is to be trusted.
func Verify(key []byte, st zkcommit.Statement, p zkcommit.Proof) error {
	switch {
	case p.Version != zkcommit.DigestProof:
		return fmt.Errorf("the proof has version %q, not %q", p.Version, zkcommit.DigestProof)
	case p.Kind != zkcommit.KindRunOrder:
		return fmt.Errorf("the proof is of kind %q, not %q", p.Kind, zkcommit.KindRunOrder)
	case len(key) != KeySize || p.Key != zkcommit.KeyHash(CircuitID, true, key) && p.Key != zkcommit.KeyHash(CircuitID, false, key):
		return errors.New("the proof names another verifying key")
	}
	proof, err := ParseProof(p.Bytes)
	if err != nil {
		return err
	}
	k, err := ParseKey(key)
	if err != nil {
		return err
	}
	public, err := Public(p.Key, st)
	if err != nil {
		return err
	}
	return k.Check(public, proof)
}

// Public derives the public inputs from the key's name and the statement, which
// it first compares with its own run: rows digest, model tag, bind.
func Public(key graph.Hash, st zkcommit.Statement) (public [PublicInputs]fr.Element, err error) {
	run, err := zkcommit.ParseRun(st.Run)
	if err != nil {
		return public, err
	}
	if len(st.Ranked) == 0 {
		return public, errors.New("a run that ranks no post has no proof")
	}
	sealed := zkcommit.Run{Commitment: st.Commitment}
	record := zkcommit.Record{Ranked: st.Ranked, Rows: st.Rows}
	if err := record.Seal(&sealed, st.Opening); err != nil {
		return public, err
	}
	switch {
	case run.Commitment != st.Commitment:
		return public, errors.New("the run names another model commitment")
	case run.Shape != zkcommit.Provable.ID():
		return public, errors.New("the run's model has a shape that this proof is not for")
	case run.Ranked != sealed.Ranked:
		return public, errors.New("the ranked posts or the opening do not match the run's digest")
	case run.Features != sealed.Features:
		return public, errors.New("the features or the opening do not match the run's digest")
	}
	if err := public[0].SetBytesCanonical(run.Features[:]); err != nil {
		return public, errors.New("the run's features digest is no field element")
	}
	public[1] = zkcommit.ModelTag(zkcommit.Provable, run.FeatureSchema)
	public[2] = bind(key, st.Run)
	return public, nil
}

// bind is 248 bits of SHA-256 over proof version, kind, the key's name and the
// run's full bytes, so that no proof serves a second run.
func bind(key graph.Hash, run []byte) (e fr.Element) {
	h := sha256.New()
	for _, part := range [][]byte{[]byte("candor/bind/v1"), []byte(zkcommit.DigestProof), []byte(zkcommit.KindRunOrder), key[:], run} {
		h.Write(binary.BigEndian.AppendUint32(nil, uint32(len(part))))
		h.Write(part)
	}
	e.SetBytes(h.Sum(nil)[:31])
	return e
}

// Check is the pairing equation: the prover knows what the commitment commits to,
// and e(A, B) = e(α, β) · e(K₀ + Σ publicᵢ·Kᵢ + challenge·K₄ + Commitment, γ) · e(C, δ).
func (k *Key) Check(public [PublicInputs]fr.Element, p *Proof) error {
	known, err := bn254.PairingCheck([]bn254.G1Affine{p.Commitment, p.Known}, []bn254.G2Affine{k.SigmaNeg, k.G})
	if err != nil {
		return err
	}
	if !known {
		return ErrProof
	}
	h := hash_to_field.New([]byte(challengeDomain))
	h.Write(p.Commitment.Marshal())
	var challenge fr.Element
	challenge.SetBytes(h.Sum(nil))

	var sum bn254.G1Jac
	sum.FromAffine(&k.K[0])
	for i, x := range append(public[:], challenge) {
		var s big.Int
		var term bn254.G1Affine
		term.ScalarMultiplication(&k.K[1+i], x.BigInt(&s))
		sum.AddMixed(&term)
	}
	sum.AddMixed(&p.Commitment)
	var inputs, alphaNeg bn254.G1Affine
	inputs.FromJacobian(&sum)
	alphaNeg.Neg(&k.Alpha)
	var gammaNeg, deltaNeg bn254.G2Affine
	gammaNeg.Neg(&k.Gamma)
	deltaNeg.Neg(&k.Delta)
	ok, err := bn254.PairingCheck([]bn254.G1Affine{p.A, inputs, p.C, alphaNeg}, []bn254.G2Affine{p.B, gammaNeg, deltaNeg, k.Beta})
	if err != nil {
		return err
	}
	if !ok {
		return ErrProof
	}
	return nil
}
