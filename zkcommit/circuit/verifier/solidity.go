package verifier

import (
	"math/big"

	"github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fp"
)

// Numbers are the key's points as contracts read them: coordinates in the order of
// the struct, uncompressed, of the second group's the imaginary part first.
func (k *Key) Numbers() []*big.Int {
	var n numbers
	k.each(n.g1, n.g2)
	return n
}

// Numbers are the proof's points as contracts read them.
func (p *Proof) Numbers() (out [12]*big.Int) {
	var n numbers
	p.each(n.g1, n.g2)
	copy(out[:], n)
	return out
}

type numbers []*big.Int

func (n *numbers) add(e ...fp.Element) {
	for i := range e {
		*n = append(*n, e[i].BigInt(new(big.Int)))
	}
}

func (n *numbers) g1(p *bn254.G1Affine) { n.add(p.X, p.Y) }
func (n *numbers) g2(p *bn254.G2Affine) { n.add(p.X.A1, p.X.A0, p.Y.A1, p.Y.A0) }
