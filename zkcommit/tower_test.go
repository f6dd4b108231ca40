package zkcommit

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"candor/graph"

	"github.com/ethereum/go-ethereum/crypto"
)

// A delegate's word is about one tower, one row of tokens and one vector, and counts by the
// publisher's word alone.
func TestVectorWords(t *testing.T) {
	publisher, _ := crypto.ToECDSA(bytes.Repeat([]byte{1}, 32))
	key, _ := crypto.ToECDSA(bytes.Repeat([]byte{2}, 32))
	stranger, _ := crypto.ToECDSA(bytes.Repeat([]byte{3}, 32))
	owner, commitment := crypto.PubkeyToAddress(publisher.PublicKey), graph.Hash{5}
	tokens, vector := []int8{1, 2, 0, 0}, []int8{-127, 3}
	word := func(change func(*Delegate)) VectorWord {
		d := Delegate{Tower: commitment, Operator: "north", Key: crypto.PubkeyToAddress(key.PublicKey)}
		if err := d.Sign(publisher); err != nil {
			t.Fatal(err)
		}
		change(&d)
		sig, err := SignVector(key, commitment, tokens, vector)
		if err != nil {
			t.Fatal(err)
		}
		return VectorWord{d, sig}
	}
	good := word(func(*Delegate) {})
	if err := good.Check(commitment, owner, tokens, vector); err != nil {
		t.Fatal(err)
	}
	for name, err := range map[string]error{
		"another tower":     good.Check(graph.Hash{6}, owner, tokens, vector),
		"another publisher": good.Check(commitment, graph.Address{9}, tokens, vector),
		"other tokens":      good.Check(commitment, owner, []int8{1, 2, 0, 1}, vector),
		"another vector":    good.Check(commitment, owner, tokens, []int8{-127, 4}),
		"a number moved":    good.Check(commitment, owner, []int8{1, 2, 0}, []int8{0, -127, 3}),
	} {
		if err == nil {
			t.Errorf("%s: it is taken", name)
		}
	}
	for name, change := range map[string]func(*Delegate){
		"another operator": func(d *Delegate) { d.Operator = "south" },
		"another key":      func(d *Delegate) { d.Key[0]++ },
		"its own word":     func(d *Delegate) { _ = d.Sign(key) },
		"a stranger's": func(d *Delegate) {
			d.Key = crypto.PubkeyToAddress(stranger.PublicKey)
			_ = d.Sign(publisher)
		},
		"no signature": func(d *Delegate) { d.Signature = nil },
	} {
		if w := word(change); w.Check(commitment, owner, tokens, vector) == nil {
			t.Errorf("%s: it is taken", name)
		}
	}
}

func TestTowerBytes(t *testing.T) {
	one := &Tower{Salt: [32]byte{31: 1}, File: []byte("onnx")}
	c, err := one.Commitment()
	if err != nil || c.Hex() != "0xd6d64055ab6c36501d42024dd2ff6b1072da692bcb304815896dc2a5fd657bbf" {
		t.Errorf("the commitment is %s: %v", c, err)
	}
	again, err := ParseTower(one.Bytes())
	if err != nil || again.Opens(c) != nil {
		t.Fatal(err)
	}
	again.Salt[0]++
	if !errors.Is(again.Opens(c), ErrOpening) {
		t.Error("another salt opens it")
	}
	for _, bad := range [][]byte{nil, []byte(towerMagic), one.Bytes()[:56], append([]byte("x"), one.Bytes()...), make([]byte, MaxTower+1)} {
		if _, err := ParseTower(bad); err == nil {
			t.Errorf("%d bytes are taken for a tower", len(bad))
		}
	}
}

func TestTowerShapes(t *testing.T) {
	s, err := ParseTowerShape("256x32")
	if err != nil || s != (TowerShape{256, 32}) || s.ID() == (TowerShape{256, 33}).ID() {
		t.Fatal(s, err)
	}
	for _, bad := range []string{"", "256", "256x", "256x385", "0x3", "1025x3", "256x032", "256x32 ", "256x32x1", "+256x32", "256x-1", strings.Repeat("9", 99) + "x1"} {
		if _, err := ParseTowerShape(bad); err == nil {
			t.Errorf("%q is taken", bad)
		}
	}
	if _, _, err := CutShape(s.Bytes()); err == nil {
		t.Error("a tower's shape is a model's, too")
	}
}

// A manifest names a tower only as a ranker, and a version of it.
func TestManifestsAndTowers(t *testing.T) {
	good := Manifest{Type: ManifestType, Kind: "ranker", Name: "x", Slug: "x", Version: 1, Tower: &TowerName{Plugin: graph.Hash{1}, Version: 2}}
	if err := good.Validate(); err != nil {
		t.Fatal(err)
	}
	for name, spoil := range map[string]func(*Manifest){
		"a tower over a tower": func(m *Manifest) { m.Kind = "tower" },
		"a filter over one":    func(m *Manifest) { m.Kind = "filter" },
		"no version":           func(m *Manifest) { m.Tower = &TowerName{Plugin: graph.Hash{1}} },
		"another kind":         func(m *Manifest) { m.Kind, m.Tower = "spire", nil },
	} {
		m := good
		if spoil(&m); m.Validate() == nil {
			t.Errorf("%s: it is taken", name)
		}
	}
	m := good
	if m.Kind, m.Tower = "tower", nil; m.Validate() != nil || !m.Unproven() {
		t.Error("a tower is refused, or its runs are to be proven")
	}
}
