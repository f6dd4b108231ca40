package verifier

import (
	"encoding/json"
	"errors"
	"math/big"
	"os"
	"testing"

	"candor/graph"
	"candor/zkcommit"

	"github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/ethereum/go-ethereum/common/hexutil"
)

func readRegistration(t *testing.T) (key []byte, r *zkcommit.Registration, alpha, value fr.Element) {
	t.Helper()
	b, err := os.ReadFile("testdata/registration.json")
	if err != nil {
		t.Fatal(err)
	}
	var g struct {
		Key, Registration hexutil.Bytes
		Alpha, Value      string
	}
	if err := json.Unmarshal(b, &g); err != nil {
		t.Fatal(err)
	}
	if r, err = zkcommit.ParseRegistration(g.Registration); err != nil {
		t.Fatal(err)
	}
	if _, err := alpha.SetString(g.Alpha); err != nil {
		t.Fatal(err)
	}
	if _, err := value.SetString(g.Value); err != nil {
		t.Fatal(err)
	}
	return g.Key, r, alpha, value
}

// Everything that goes into a registration's proof counts by itself, without the
// link that binds some of it again.
func TestCheckValue(t *testing.T) {
	key, r, alpha, value := readRegistration(t)
	if err := CheckValue(key, r, alpha, value); err != nil {
		t.Fatal(err)
	}
	if err := (Registrar{Key: key}).Registered(r, alpha, value); err != nil {
		t.Fatal(err)
	}
	one := fr.One()
	points := func(change func(p *Proof)) func(*[]byte, *zkcommit.Registration, *fr.Element, *fr.Element) {
		return func(_ *[]byte, r *zkcommit.Registration, _, _ *fr.Element) {
			p, err := ParseProof(r.Proof)
			if err != nil {
				t.Fatal(err)
			}
			change(p)
			r.Proof = p.Bytes()
		}
	}
	_, _, g, _ := bn254.Generators()
	for name, x := range map[string]struct {
		change func(key *[]byte, r *zkcommit.Registration, alpha, value *fr.Element)
		proof  bool // it is the proof that does not hold
	}{
		"alpha":   {func(_ *[]byte, _ *zkcommit.Registration, alpha, _ *fr.Element) { alpha.Add(alpha, &one) }, true},
		"value":   {func(_ *[]byte, _ *zkcommit.Registration, _, value *fr.Element) { value.Add(value, &one) }, true},
		"swapped": {func(_ *[]byte, _ *zkcommit.Registration, alpha, value *fr.Element) { *alpha, *value = *value, *alpha }, true},
		"schema":  {func(_ *[]byte, r *zkcommit.Registration, _, _ *fr.Element) { r.Schema[31] ^= 1 }, true},
		"shift":   {func(_ *[]byte, r *zkcommit.Registration, _, _ *fr.Element) { r.Shape.Shift[0]++ }, true},
		"widths":  {func(_ *[]byte, r *zkcommit.Registration, _, _ *fr.Element) { r.Shape.Inputs-- }, false},
		"commitment": {func(_ *[]byte, r *zkcommit.Registration, _, _ *fr.Element) {
			r.Commitment[31] ^= 1
		}, true},
		"commitment and the modulus": {func(_ *[]byte, r *zkcommit.Registration, _, _ *fr.Element) {
			v := new(big.Int).SetBytes(r.Commitment[:])
			v.Add(v, fr.Modulus()).FillBytes(r.Commitment[:])
		}, false},
		"the key's name": {func(_ *[]byte, r *zkcommit.Registration, _, _ *fr.Element) { r.Key[0] ^= 1 }, false},
		"another circuit's name": {func(key *[]byte, r *zkcommit.Registration, _, _ *fr.Element) {
			r.Key = zkcommit.KeyHash(CircuitID, true, *key)
		}, false},
		"a shorter key": {func(key *[]byte, r *zkcommit.Registration, _, _ *fr.Element) {
			*key = (*key)[:len(*key)-1]
			r.Key = zkcommit.KeyHash(Registration(r.Shape).ID, true, *key)
		}, false},
		"points of the key": {func(key *[]byte, r *zkcommit.Registration, _, _ *fr.Element) {
			k, err := Registration(r.Shape).ParseKey(*key)
			if err != nil {
				t.Fatal(err)
			}
			k.K[1], k.K[2] = k.K[2], k.K[1]
			*key = k.Bytes()
			r.Key = zkcommit.KeyHash(Registration(r.Shape).ID, true, *key)
		}, true},
		"no shape":      {func(_ *[]byte, r *zkcommit.Registration, _, _ *fr.Element) { r.Shape = zkcommit.Shape{} }, false},
		"a short proof": {func(_ *[]byte, r *zkcommit.Registration, _, _ *fr.Element) { r.Proof = r.Proof[1:] }, false},
		"A":             {points(func(p *Proof) { p.A.Add(&p.A, &g) }), true},
		"B":             {points(func(p *Proof) { p.B.Neg(&p.B) }), true},
		"C":             {points(func(p *Proof) { p.C.Add(&p.C, &g) }), true},
		"D":             {points(func(p *Proof) { p.Commitment.Add(&p.Commitment, &g) }), true},
		"known":         {points(func(p *Proof) { p.Known.Add(&p.Known, &g) }), true},
	} {
		key, r, alpha, value := readRegistration(t)
		x.change(&key, r, &alpha, &value)
		if err := CheckValue(key, r, alpha, value); err == nil || errors.Is(err, ErrRegistration) != x.proof {
			t.Errorf("%s: got %v", name, err)
		}
	}
	// The dispute's key is none of a registration's, though it has its points.
	if _, err := Registration(r.Shape).ParseKey(append([]byte(Digest.magic), key[len(Digest.magic):]...)); err == nil {
		t.Error("a key with the dispute's magic is a registration's")
	}
	short := *r
	short.Weights = nil
	if (Registrar{Key: key}).Registered(&short, alpha, value) == nil {
		t.Error("a registration without its weight commitment is one")
	}
	if CheckValue(nil, r, alpha, value) == nil || r.Commitment == (graph.Hash{}) {
		t.Error("no key is one")
	}
}
