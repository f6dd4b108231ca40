package verifier

import (
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"

	"candor/graph"
	"candor/zkcommit"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
)

// ErrProof is what a proof that does not prove its statement gives.
var ErrProof = errors.New("the proof does not prove that the committed model ranks these posts in this order in this run")

// CircuitID names the circuit of dispute proofs, as manifests and the chain's key
// table do.
const CircuitID = "digest-64x32x1/v1"

// Verify checks that the proof proves the statement under the verifying key, and
// that it names this key, as a development key or not. Who calls it decides
// whether the key named is to be trusted.
func Verify(key []byte, st zkcommit.Statement, p zkcommit.Proof) error {
	switch {
	case p.Version != zkcommit.DigestProof:
		return fmt.Errorf("the proof has version %q, not %q", p.Version, zkcommit.DigestProof)
	case p.Kind != zkcommit.KindRunOrder:
		return fmt.Errorf("the proof is of kind %q, not %q", p.Kind, zkcommit.KindRunOrder)
	case !Digest.named(p.Key, key):
		return errors.New("the proof names another verifying key")
	}
	proof, err := ParseProof(p.Bytes)
	if err != nil {
		return err
	}
	k, err := Digest.ParseKey(key)
	if err != nil {
		return err
	}
	public, err := Public(p.Key, st)
	if err != nil {
		return err
	}
	return k.check(public[:], proof, ErrProof)
}

// Public derives the public inputs from the key's name and the statement, which
// it first compares with its own run: rows digest, model tag, bind.
func Public(key graph.Hash, st zkcommit.Statement) (public [3]fr.Element, err error) {
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
