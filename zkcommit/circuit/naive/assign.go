package naive

import (
	"candor/zkcommit"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr/poseidon2"
	"github.com/consensys/gnark/frontend"
)

// assign is the witness: the model with a random salt, and the rows.
func assign(m *zkcommit.Model, rows []int8) (*ranking, error) {
	c := newRanking(m.Shape, len(rows)/m.Shape.Inputs)
	var salt fr.Element
	if _, err := salt.SetRandom(); err != nil {
		return nil, err
	}
	c.Salt = salt
	secret := []fr.Element{salt}
	for l, layer := range m.Layers {
		weights, bias := make([]uint64, len(layer.Weights)), make([]uint64, len(layer.Bias))
		for i, w := range layer.Weights {
			weights[i] = uint64(int(w) + 128)
		}
		for i, b := range layer.Bias {
			bias[i] = uint64(int(b) + 1<<15)
		}
		set(c.Weights[l], weights)
		set(c.Bias[l], bias)
		secret = append(append(secret, packNative(weights, 8)...), packNative(bias, 16)...)
	}
	features := make([]uint64, len(rows))
	for i, v := range rows {
		features[i] = uint64(int(v) + 128)
	}
	set(c.Features, features)
	c.Commitment, c.Rows = hashNative(secret), hashNative(packNative(features, 8))
	return c, nil
}

func set(to []frontend.Variable, v []uint64) {
	for i := range v {
		to[i] = v[i]
	}
}

// packNative is pack.
func packNative(v []uint64, bits int) (out []fr.Element) {
	per := 8 * packed / bits
	var base fr.Element
	base.SetUint64(1 << bits)
	for len(v) > 0 {
		n := min(per, len(v))
		var sum fr.Element
		for i := n - 1; i >= 0; i-- {
			var e fr.Element
			e.SetUint64(v[i])
			sum.Mul(&sum, &base).Add(&sum, &e)
		}
		out, v = append(out, sum), v[n:]
	}
	return out
}

func hashNative(in []fr.Element) []byte {
	h := poseidon2.NewMerkleDamgardHasher()
	for i := range in {
		b := in[i].Bytes()
		h.Write(b[:])
	}
	return h.Sum(nil)
}
