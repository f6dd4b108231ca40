package chain

import (
	"context"
	"errors"
	"fmt"
	"math/big"

	"candor/graph"
)

// scalarField is the order of BN254's groups.
var scalarField, _ = new(big.Int).SetString("30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000001", 16)

// Groth16 is a proof as the contract reads it: A, B (imaginary parts first), C,
// the commitment, and the proof that it is known, uncompressed.
type Groth16 struct {
	Key     graph.Hash // of the verifying key
	Numbers [12]*big.Int
}

// EnsureLoaded gives a verifying key's points to the contract that checks proofs,
// unless it has them. The key must stand in the table; its hash says all the rest.
// Points are α, β, γ, δ, those of the constant, the public inputs and the
// challenge, then the commitment's G and −σG.
func (c *Client) EnsureLoaded(ctx context.Context, hash graph.Hash, circuit string, development bool, magic [16]byte, points []*big.Int) error {
	if err := c.mayWrite(); err != nil {
		return err
	}
	loaded, err := c.Loaded(ctx, hash)
	if err != nil || loaded {
		return err
	}
	return c.transact(ctx, c.at.Verifier, c.verifier.PackLoad(circuit, development, magic, points))
}

// Loaded says whether the contract can check proofs under the key.
func (c *Client) Loaded(ctx context.Context, hash graph.Hash) (bool, error) {
	r, err := read(ctx, c, c.at.Verifier, c.verifier.PackLoaded(hash), c.verifier.UnpackLoaded)
	return r.Data != (graph.Address{}), err
}

var errNumbers = errors.New("a proof has twelve numbers of 32 bytes")

// NewGroth16 reads the twelve numbers, 32 bytes each.
func NewGroth16(key graph.Hash, raw []byte) (p Groth16, err error) {
	if len(raw) != 12*32 {
		return p, fmt.Errorf("%w, not %d bytes", errNumbers, len(raw))
	}
	p.Key = key
	for i := range p.Numbers {
		p.Numbers[i] = new(big.Int).SetBytes(raw[32*i : 32*i+32])
	}
	return p, nil
}
