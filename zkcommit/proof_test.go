package zkcommit

import (
	"bytes"
	"math/rand"
	"strings"
	"testing"

	"candor/graph"

	"pgregory.net/rapid"
)

func TestProofEncoding(t *testing.T) {
	for _, p := range []Proof{
		{Version: DigestProof, Kind: KindRunOrder, Key: graph.Hash{1}, Bytes: []byte{2, 3}},
		{Version: DigestProof, Kind: KindRunOrder, Key: graph.Hash{31: 9}, Bytes: bytes.Repeat([]byte{7}, MaxProof(DigestProof))},
		{Version: RunProof, Kind: KindRunOrder, Bytes: []byte{0}},
		{Version: RunProof, Kind: KindRunOrder, Bytes: bytes.Repeat([]byte{7}, MaxProof(RunProof))},
	} {
		b, err := p.Encode()
		if err != nil {
			t.Fatal(err)
		}
		got, err := ParseProof(b)
		if err != nil || got.Version != p.Version || got.Kind != p.Kind || got.Key != p.Key || !bytes.Equal(got.Bytes, p.Bytes) {
			t.Fatalf("%.60q becomes %v, %v", b, got, err)
		}
		for i := range min(len(b)-len(p.Bytes)+1, 200) { // all that stands before the bytes
			if _, err := ParseProof(b[:i]); err == nil && i <= len(b)-len(p.Bytes) {
				t.Errorf("a proof cut off behind %d bytes passes", i)
			}
		}
		if _, err := ParseProof(append(b, make([]byte, MaxProof(p.Version))...)); err == nil {
			t.Errorf("a proof of version %s longer than any passes", p.Version)
		}
	}
}

// What is no proof is neither kept nor read.
func TestProofRules(t *testing.T) {
	for name, p := range map[string]Proof{
		"unknown version": {Version: "candor/sumcheck/v2", Kind: KindRunOrder, Bytes: []byte{1}},
		"no version":      {Kind: KindRunOrder, Bytes: []byte{1}},
		"another kind":    {Version: RunProof, Kind: "verdict", Bytes: []byte{1}},
		"no bytes":        {Version: RunProof, Kind: KindRunOrder},
		"too long":        {Version: DigestProof, Kind: KindRunOrder, Key: graph.Hash{1}, Bytes: make([]byte, 193)},
		"a run proof's":   {Version: RunProof, Kind: KindRunOrder, Bytes: make([]byte, 512<<10+1)},
		"a needless key":  {Version: RunProof, Kind: KindRunOrder, Key: graph.Hash{1}, Bytes: []byte{1}},
		"no key":          {Version: DigestProof, Kind: KindRunOrder, Bytes: []byte{1}},
	} {
		if _, err := p.Encode(); err == nil {
			t.Errorf("%s: a ledger would keep it", name)
		}
		raw := []byte(proofMagic)
		raw = append(append(raw, byte(len(p.Version))), p.Version...)
		raw = append(append(raw, byte(len(p.Kind))), p.Kind...)
		raw = append(append(raw, p.Key[:]...), p.Bytes...)
		if _, err := ParseProof(raw); err == nil {
			t.Errorf("%s: it is read", name)
		}
	}
}

// Ledgers from before the run proof hold dispute proofs as JSON.
func TestOldProofs(t *testing.T) {
	old := `{"version":"candor/digest-groth16/v1","kind":"run-order","key":"0x01` + strings.Repeat("00", 31) + `","bytes":"0x0203"}`
	p, err := ParseProof([]byte(old))
	if err != nil || p.Version != DigestProof || p.Key != (graph.Hash{1}) || !bytes.Equal(p.Bytes, []byte{2, 3}) {
		t.Fatalf("%v, %v", p, err)
	}
	for _, bad := range []string{"", "{", "{}", "{}{}", `{"x":1}`, `{"bytes":"zz"}`, old + "{}", strings.Replace(old, "digest-groth16", "sumcheck", 1),
		strings.Replace(old, "0203", strings.Repeat("02", 600), 1)} {
		if _, err := ParseProof([]byte(bad)); err == nil {
			t.Errorf("%.20q is accepted", bad)
		}
	}
}

func TestProofBytesAreAnyones(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := rapid.SliceOfN(rapid.Byte(), 0, 300).Draw(t, "bytes")
		if rapid.Bool().Draw(t, "magic") {
			b = append([]byte(proofMagic), b...)
		}
		p, err := ParseProof(b)
		if err != nil {
			return
		}
		again, err := p.Encode()
		if err != nil || !bytes.Equal(again, b) {
			t.Fatalf("%x is read and written as %x, %v", b, again, err)
		}
	})
}

// exampleRegistration is one in its form only.
func exampleRegistration() *Registration {
	r := rand.New(rand.NewSource(3))
	random := func(n int) []byte { b := make([]byte, n); r.Read(b); return b }
	return &Registration{Shape: Provable, Weights: random(Provable.WeightsSize()), Link: random(Provable.LinkSize()), Proof: random(RegistrationProof)}
}
