package verifier

import (
	"math/big"

	"github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr/hash_to_field"
)

// challengeDomain separates the commitment's challenge, as gnark does.
const challengeDomain = "bsb22-commitment"

// check is the pairing equation: the prover knows what the commitment commits to,
// and e(A, B) = e(α, β) · e(K₀ + Σ publicᵢ·Kᵢ + challenge·K + Commitment, γ) · e(C, δ)
// with the last K. What does not hold is answered with refused.
func (k *Key) check(public []fr.Element, p *Proof, refused error) error {
	known, err := bn254.PairingCheck([]bn254.G1Affine{p.Commitment, p.Known}, []bn254.G2Affine{k.SigmaNeg, k.G})
	if err != nil {
		return err
	}
	if !known || len(public) != k.Circuit.Inputs {
		return refused
	}
	h := hash_to_field.New([]byte(challengeDomain))
	h.Write(p.Commitment.Marshal())
	var challenge fr.Element
	challenge.SetBytes(h.Sum(nil))

	var sum bn254.G1Jac
	sum.FromAffine(&k.K[0])
	for i, x := range append(public[:len(public):len(public)], challenge) {
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
		return refused
	}
	return nil
}
