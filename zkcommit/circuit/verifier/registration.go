package verifier

import (
	"errors"

	"candor/zkcommit"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
)

// ErrRegistration is what a proof that does not bear out its registration gives.
var ErrRegistration = errors.New("the proof does not show that the committed model has the weight commitment's value")

// Registrar checks the proofs inside of registrations under one verifying key. It
// is the registrar that sumcheck.Register asks.
type Registrar struct {
	// Key is the key's canonical bytes. Who sets it decides that it is to be trusted.
	Key []byte
}

// Registered answers nil when the proof says that the model commitment holds
// weights of the shape over the schema, in range, and with the mask that it fixes
// has the value at alpha.
func (g Registrar) Registered(r *zkcommit.Registration, alpha, value fr.Element) error {
	if err := r.Validate(); err != nil {
		return err
	}
	return CheckValue(g.Key, r, alpha, value)
}

// CheckValue is Registered for a registration of which nothing but shape, schema,
// commitment, key and proof is known, such as a revealed model's.
func CheckValue(key []byte, r *zkcommit.Registration, alpha, value fr.Element) error {
	if err := r.Shape.Validate(); err != nil {
		return err
	}
	c := Registration(r.Shape)
	if !c.named(r.Key, key) {
		return errors.New("the registration names another verifying key")
	}
	public := []fr.Element{{}, zkcommit.ModelTag(r.Shape, r.Schema), alpha, value}
	if err := public[0].SetBytesCanonical(r.Commitment[:]); err != nil {
		return errors.New("the model commitment is no field element: its 32 bytes are not below the modulus of BN254")
	}
	proof, err := ParseProof(r.Proof)
	if err != nil {
		return err
	}
	k, err := c.ParseKey(key)
	if err != nil {
		return err
	}
	return k.check(public, proof, ErrRegistration)
}
