package zkcommit

import (
	"bytes"
	"math/rand"
	"reflect"
	"slices"
	"testing"

	"candor/graph"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"pgregory.net/rapid"
)

func drawRegistration(t *rapid.T) *Registration {
	s := drawShape(t, 40)
	bytes := func(n int) []byte { return rapid.SliceOfN(rapid.Byte(), n, n).Draw(t, "bytes") }
	return &Registration{Shape: s, Schema: graph.Hash(bytes(32)), Commitment: graph.Hash(bytes(32)), Key: graph.Hash(bytes(32)),
		Weights: bytes(s.WeightsSize()), Link: bytes(s.LinkSize()), Proof: bytes(RegistrationProof)}
}

func TestRegistrationBytes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := drawRegistration(t)
		b := r.Bytes()
		got, err := ParseRegistration(b)
		if err != nil || !reflect.DeepEqual(got, r) || !bytes.Equal(got.Bytes(), b) || got.Validate() != nil {
			t.Fatalf("a registration does not survive its bytes: %v", err)
		}
		for _, bad := range [][]byte{b[:len(b)-1], append(slices.Clone(b), 0), b[:rapid.IntRange(0, len(b)-1).Draw(t, "cut")], append([]byte("C"), b[1:]...)} {
			if _, err := ParseRegistration(bad); err == nil {
				t.Fatalf("%d bytes of %d are read", len(bad), len(b))
			}
		}
		for _, part := range []*[]byte{&r.Weights, &r.Link, &r.Proof} {
			keep := *part
			for *part = range slices.Values([][]byte{keep[1:], append(slices.Clone(keep), 0), nil}) {
				if r.Validate() == nil {
					t.Fatal("a part of another length is valid")
				}
			}
			*part = keep
		}
	})
}

// Masks differ by salt and by commitment, and need both in their one spelling.
func TestMask(t *testing.T) {
	mask := func(salt Salt, c graph.Hash) fr.Element {
		t.Helper()
		m, err := Mask(salt, c)
		if err != nil {
			t.Fatal(err)
		}
		return m
	}
	all := []fr.Element{mask(Salt{1}, graph.Hash{1}), mask(Salt{1}, graph.Hash{2}), mask(Salt{2}, graph.Hash{1}), mask(Salt{}, graph.Hash{})}
	for i := range all {
		for j := range i {
			if all[i] == all[j] {
				t.Errorf("masks %d and %d are one", i, j)
			}
		}
	}
	if got, want := all[0].String(), "429209525135555561180334927348460014804304103065146684032131413213075969708"; got != want {
		t.Errorf("the mask is %s, want %s", got, want)
	}
	high := slices.Repeat([]byte{0xff}, 32)
	if _, err := Mask(Salt(high), graph.Hash{}); err == nil {
		t.Error("a salt above the modulus has a mask")
	}
	if _, err := Mask(Salt{}, graph.Hash(high)); err == nil {
		t.Error("a commitment above the modulus has a mask")
	}
}

// Every entry stands at the power of its place.
func TestValueAt(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := rand.New(rand.NewSource(rapid.Int64().Draw(t, "seed")))
		s := drawShape(t, 20)
		m, w := fillModel(r, s), s.WeightLayout()
		var alpha, mask, want fr.Element
		alpha.SetUint64(r.Uint64())
		mask.SetUint64(r.Uint64())
		power := []fr.Element{fr.One()}
		for len(power) < w.Rows*w.Width {
			var next fr.Element
			power = append(power, *next.Mul(&power[len(power)-1], &alpha))
		}
		put := func(row, k int, v fr.Element) {
			want.Add(&want, v.Mul(&v, &power[row*w.Width+k]))
		}
		for l, layer := range m.Layers {
			for i, v := range elements(layer.Weights) {
				first := w.Output
				if l < s.Layers() {
					first = w.Layer[l]
				}
				put(first+i/s.Width(l), i%s.Width(l), v)
			}
			for j, v := range elements(layer.Bias) {
				row := w.Tail
				if l < s.Layers() {
					row = w.Bias[l]
				}
				put(row, j, v)
			}
		}
		put(w.Tail, 1, mask)
		if got := m.ValueAt(alpha, mask); got != want {
			t.Fatalf("%v: the value is %v, want %v", s, got, want)
		}
	})
}
