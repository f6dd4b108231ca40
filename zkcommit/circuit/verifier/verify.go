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
	if n := len(st.Ranked); n > zkcommit.K {
		return public, fmt.Errorf("a run of %d posts has no proof of this kind: it is for at most %d", n, zkcommit.K)
	}
	for _, row := range st.Rows {
		if len(row) != graph.Features {
			return public, fmt.Errorf("a row of %d features has no proof of this kind: it is for %d", len(row), graph.Features)
		}
	}
	run, err := st.Check()
	if err != nil {
		return public, err
	}
	switch {
	case len(st.Ranked) == 0:
		return public, errors.New("a run that ranks no post has no proof")
	case run.Shape != zkcommit.Provable.ID():
		return public, errors.New("the run's model has a shape that this proof is not for")
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
