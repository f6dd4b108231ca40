package zkcommit

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"math/rand"
	"reflect"
	"slices"
	"testing"

	"candor/graph"

	"pgregory.net/rapid"
)

func randomModel(r *rand.Rand) *Model {
	m := NewModel(Provable)
	m.Layers[1].Bias[0] = int16(r.Uint32())
	for i := range m.Layers[0].Weights {
		m.Layers[0].Weights[i] = int8(r.Uint32())
	}
	for i := range m.Layers[1].Weights {
		m.Layers[1].Weights[i], m.Layers[0].Bias[i] = int8(r.Uint32()), int16(r.Uint32())
	}
	return m
}

func randomRows(r *rand.Rand, n int) ([]graph.PostID, []graph.FeatureVector) {
	ids, rows := make([]graph.PostID, n), make([]graph.FeatureVector, n)
	for i, p := range r.Perm(n) {
		ids[i] = graph.PostID{Block: uint64(p/5 + 1), Tx: uint32(p % 5)}
		for k := range rows[i] {
			rows[i][k] = int8(r.Uint32())
		}
	}
	return ids, rows
}

func sum(b []byte) string {
	h := sha256.Sum256(b)
	return hex.EncodeToString(h[:])
}

// The golden vectors fix the canonical forms for every other implementation.
func TestGolden(t *testing.T) {
	r := rand.New(rand.NewSource(1))
	m := randomModel(r)
	ids, rows := randomRows(r, 10)
	c, err := Commit(m, graph.Hash{1}, NewSalt([32]byte{0xff, 2}))
	if err != nil {
		t.Fatal(err)
	}
	d, err := RowsDigest(graph.Hash{0xff, 3}, c, ids, RowsOf(rows))
	if err != nil {
		t.Fatal(err)
	}
	zero := NewModel(Provable)
	zc, err := Commit(zero, graph.Hash{}, Salt{})
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range []struct{ name, got, want string }{
		{"shape", Provable.ID().Hex(), "0xecc224c8c8b0fe2d43999c02c2bb045a682632915f06157bfa0928ba64a73f68"},
		{"head", hex.EncodeToString(m.Bytes()[:40]), "63616e646f722f6d6f64656c2f763100000000400000002000000001000000060000007f9e0ef682"},
		{"bytes", sum(m.Bytes()), "417caa681a3541db4a2cf47278defd2556a8489c2da7d935598024f9473faf6e"},
		{"commitment", c.Hex(), "0x27ced2583bf8eca96a1720ab3d3b699251ed89211fbbb228a53e1802cc08f994"},
		{"zero commitment", zc.Hex(), "0x16fe28c6b91d9567c6cc7ddea020f5e0f12aeb5743aa00bd2799d69dc81ded14"},
		{"rows digest", d.Hex(), "0x256c2f44e0d438dfd654d1e80f7ccd47ae1817c9f588ed6b8aa7cb6da3c17417"},
	} {
		if x.got != x.want {
			t.Errorf("%s is %s, want %s", x.name, x.got, x.want)
		}
	}
}

func TestModelBytes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := randomModel(rand.New(rand.NewSource(rapid.Int64().Draw(t, "seed"))))
		b := m.Bytes()
		got, err := ParseModel(b)
		if err != nil || !bytes.Equal(got.Bytes(), b) || !reflect.DeepEqual(got, m) {
			t.Fatalf("the model does not survive its bytes: %v", err)
		}
		bad := slices.Clone(b)
		i := rapid.IntRange(0, 35).Draw(t, "i")
		bad[i]++
		other, err := ParseModel(bad)
		if err == nil && (i < 16 || other.Shape == m.Shape || !bytes.Equal(other.Bytes(), bad)) {
			t.Fatalf("a changed byte %d of the head is accepted", i)
		}
	})
	b := randomModel(rand.New(rand.NewSource(2))).Bytes()
	for _, bad := range [][]byte{nil, b[:len(b)-1], append(slices.Clone(b), 0), b[:36]} {
		if _, err := ParseModel(bad); err == nil {
			t.Errorf("%d bytes are accepted", len(bad))
		}
	}
}

func TestValidate(t *testing.T) {
	good := randomModel(rand.New(rand.NewSource(3)))
	for name, spoil := range map[string]func(m *Model){
		"shift": func(m *Model) { m.Shape.Shift[0] = 13 }, "inputs": func(m *Model) { m.Shape.Inputs = 448 },
		"w1": func(m *Model) { m.Layers[0].Weights = m.Layers[0].Weights[1:] }, "b1": func(m *Model) { m.Layers[0].Bias = nil }, "w2": func(m *Model) { m.Layers[1].Weights = append(m.Layers[1].Weights, 1) },
	} {
		m := *good
		m.Layers = slices.Clone(good.Layers)
		spoil(&m)
		if m.Validate() == nil {
			t.Errorf("%s: accepted", name)
		}
		if _, err := m.Scores(nil); err == nil {
			t.Errorf("%s: evaluated", name)
		}
		if _, err := Commit(&m, graph.Hash{}, Salt{}); err == nil {
			t.Errorf("%s: committed to", name)
		}
	}
	if err := good.Validate(); err != nil {
		t.Error(err)
	}
}

// A weight of 64 is one, clamping and flooring are as documented.
func TestScores(t *testing.T) {
	m := NewModel(Provable)
	m.Layers[1].Bias[0] = -7
	m.Layers[0].Weights[0], m.Layers[1].Weights[0] = 64, 1    // unit 0: feature 0
	m.Layers[0].Weights[64+1], m.Layers[1].Weights[1] = 1, 10 // unit 1: feature 1 over 64, floored
	m.Layers[0].Bias[1] = -64
	for _, x := range []struct {
		a, b int8
		want graph.Score
	}{{0, 0, -7}, {1, 0, -6}, {127, 0, 120}, {-128, 0, -7}, {5, 127, -2}, {5, -1, -2}} {
		got, err := m.Scores(RowsOf([]graph.FeatureVector{{x.a, x.b}}))
		if err != nil || got[0] != x.want {
			t.Errorf("features %d, %d: score %v, %v, want %d", x.a, x.b, got, err, x.want)
		}
	}
	m.Layers[0].Bias[1] = 64*126 + 63 // q = 126 at b = 0, 127 from b = 1 on
	for b, want := range map[int8]graph.Score{0: 1253, 1: 1263, 127: 1263} {
		got, _ := m.Scores(RowsOf([]graph.FeatureVector{{0, b}}))
		if got[0] != want {
			t.Errorf("feature %d: score %d, want %d", b, got[0], want)
		}
	}
}

// A second evaluator in wide arithmetic agrees, extremes included.
func TestScoresAgree(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := rand.New(rand.NewSource(rapid.Int64().Draw(t, "seed")))
		m := randomModel(r)
		_, rows := randomRows(r, 3)
		if rapid.Bool().Draw(t, "extreme") {
			for i := range m.Layers[0].Weights {
				m.Layers[0].Weights[i] = -128
			}
			for k := range rows[0] {
				rows[0][k] = -128
			}
			m.Layers[0].Bias[0], m.Layers[1].Bias[0] = -32768, 32767
		}
		got, err := m.Scores(RowsOf(rows))
		if err != nil {
			t.Fatal(err)
		}
		for i, row := range rows {
			want := int64(m.Layers[1].Bias[0])
			for j := range 32 {
				z := int64(m.Layers[0].Bias[j])
				for k := range 64 {
					z += int64(m.Layers[0].Weights[64*j+k]) * int64(row[k])
				}
				q := z / 64
				if z%64 < 0 {
					q--
				}
				if q > 127 {
					q = 127
				}
				if q > 0 {
					want += q * int64(m.Layers[1].Weights[j])
				}
			}
			if int64(got[i]) != want {
				t.Fatalf("row %d: %d, want %d", i, got[i], want)
			}
		}
	})
}

func TestOrder(t *testing.T) {
	id := func(b uint64) graph.PostID { return graph.PostID{Block: b} }
	ids := []graph.PostID{id(1), id(2), id(3), id(4)}
	if got := Order(ids, []graph.Score{0, 0, 0, 0}); !slices.Equal(got, []int{3, 2, 1, 0}) {
		t.Errorf("ties give %v, want newest first", got)
	}
	if got := Order(ids, []graph.Score{5, -1, 5, 9}); !slices.Equal(got, []int{3, 2, 0, 1}) {
		t.Errorf("got %v", got)
	}
	if got := Steps([]graph.PostID{id(4), id(3), id(1), id(2)}); got != 0b100 {
		t.Errorf("steps are %b, want 100", got)
	}
}

func TestCommitBinds(t *testing.T) {
	r := rand.New(rand.NewSource(4))
	m := randomModel(r)
	commit := func(m *Model, schema graph.Hash, salt Salt) graph.Hash {
		h, err := Commit(m, schema, salt)
		if err != nil {
			t.Fatal(err)
		}
		return h
	}
	seen := map[graph.Hash]string{commit(m, graph.Hash{}, Salt{}): "itself"}
	add := func(name string, h graph.Hash) {
		if other, ok := seen[h]; ok {
			t.Errorf("%s commits to the same as %s", name, other)
		}
		seen[h] = name
	}
	add("another schema", commit(m, graph.Hash{1}, Salt{}))
	add("another salt", commit(m, graph.Hash{}, Salt{31: 1}))
	for name, change := range map[string]func(m *Model){
		"the first weight": func(m *Model) { m.Layers[0].Weights[0]++ }, "the last weight of layer one": func(m *Model) { m.Layers[0].Weights[2047]++ },
		"a bias": func(m *Model) { m.Layers[0].Bias[31]++ }, "a weight of layer two": func(m *Model) { m.Layers[1].Weights[31]++ }, "the last bias": func(m *Model) { m.Layers[1].Bias[0]++ },
	} {
		c, err := ParseModel(m.Bytes())
		if err != nil {
			t.Fatal(err)
		}
		change(c)
		add(name, commit(c, graph.Hash{}, Salt{}))
	}
	high := Salt{}
	for i := range high {
		high[i] = 0xff
	}
	if _, err := Commit(m, graph.Hash{}, high); err == nil {
		t.Error("a salt above the modulus is accepted")
	}
	if _, err := Commit(m, graph.Hash{}, NewSalt(high)); err != nil {
		t.Errorf("NewSalt gives a bad salt: %v", err)
	}
}
