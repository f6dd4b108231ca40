package verifier

import (
	"bytes"
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"

	"candor/graph"
	"candor/zkcommit"

	"github.com/ethereum/go-ethereum/common/hexutil"
	"pgregory.net/rapid"
)

type golden struct {
	Key, Run, Proof         hexutil.Bytes
	RankingSalt, Commitment graph.Hash
	Ranked                  []graph.PostID
	Rows                    zkcommit.Rows
}

func read(t *testing.T) (key []byte, st zkcommit.Statement, p zkcommit.Proof) {
	t.Helper()
	b, err := os.ReadFile("testdata/proof.json")
	if err != nil {
		t.Fatal(err)
	}
	var g golden
	if err := json.Unmarshal(b, &g); err != nil {
		t.Fatal(err)
	}
	return g.Key, zkcommit.Statement{Run: g.Run, RankingSalt: g.RankingSalt, Commitment: g.Commitment, Ranked: g.Ranked, Rows: g.Rows},
		zkcommit.Proof{Version: zkcommit.DigestProof, Kind: zkcommit.KindRunOrder, Key: zkcommit.KeyHash(CircuitID, true, g.Key), Bytes: g.Proof}
}

func TestVerify(t *testing.T) {
	key, st, p := read(t)
	if err := Verify(key, st, p); err != nil {
		t.Fatal(err)
	}
	for name, x := range map[string]struct {
		change func(key []byte, st *zkcommit.Statement, p *zkcommit.Proof)
		want   string
	}{
		"version":    {func(_ []byte, _ *zkcommit.Statement, p *zkcommit.Proof) { p.Version = "" }, "version"},
		"kind":       {func(_ []byte, _ *zkcommit.Statement, p *zkcommit.Proof) { p.Kind = "reveal" }, "kind"},
		"key":        {func(key []byte, _ *zkcommit.Statement, _ *zkcommit.Proof) { key[99] ^= 1 }, "another verifying key"},
		"proof":      {func(_ []byte, _ *zkcommit.Statement, p *zkcommit.Proof) { p.Bytes = p.Bytes[1:] }, "bytes"},
		"commitment": {func(_ []byte, st *zkcommit.Statement, _ *zkcommit.Proof) { st.Commitment[31] ^= 1 }, "another model commitment"},
		"salt":       {func(_ []byte, st *zkcommit.Statement, _ *zkcommit.Proof) { st.RankingSalt[0] ^= 1 }, "salt"},
		"rows":       {func(_ []byte, st *zkcommit.Statement, _ *zkcommit.Proof) { st.Rows[0][9] ^= 1 }, "features"},
		"wide row":   {func(_ []byte, st *zkcommit.Statement, _ *zkcommit.Proof) { st.Rows[0] = append(st.Rows[0], 0) }, "of this kind"},
		"many posts": {func(_ []byte, st *zkcommit.Statement, _ *zkcommit.Proof) {
			st.Ranked = make([]graph.PostID, zkcommit.K+1)
		}, "of this kind"},
		"ids": {func(_ []byte, st *zkcommit.Statement, _ *zkcommit.Proof) { st.Ranked[0].Log += 7 }, "ranked posts"},
		"shape": {func(_ []byte, st *zkcommit.Statement, _ *zkcommit.Proof) {
			run, _ := zkcommit.ParseRun(st.Run)
			run.Shape[0]++
			st.Run = run.Bytes()
		}, "shape"},
		"knowledge": {func(_ []byte, _ *zkcommit.Statement, p *zkcommit.Proof) {
			d, _ := ParseProof(p.Bytes)
			d.Known = d.C
			p.Bytes = d.Bytes()
		}, ErrProof.Error()},
		"longer proof": {func(_ []byte, _ *zkcommit.Statement, p *zkcommit.Proof) { p.Bytes = append(p.Bytes, 0) }, "bytes"},
		"run":          {func(_ []byte, st *zkcommit.Statement, _ *zkcommit.Proof) { st.Run[20] ^= 1 }, ErrProof.Error()},
	} {
		key, st, p := read(t)
		x.change(key, &st, &p)
		if err := Verify(key, st, p); err == nil || !strings.Contains(err.Error(), x.want) {
			t.Errorf("%s: got %v, want something about %q", name, err, x.want)
		}
	}
}

// What is accepted has one spelling, and no bytes make a decoder fail badly.
func TestDecoders(t *testing.T) {
	key, _, p := read(t)
	k, err := Digest.ParseKey(key)
	if err != nil || !bytes.Equal(k.Bytes(), key) {
		t.Fatalf("the key does not survive: %v", err)
	}
	d, err := ParseProof(p.Bytes)
	if err != nil || !bytes.Equal(d.Bytes(), p.Bytes) {
		t.Fatalf("the proof does not survive: %v", err)
	}
	rapid.Check(t, func(t *rapid.T) {
		b := slices.Clone(p.Bytes)
		for range rapid.IntRange(1, 4).Draw(t, "changes") {
			b[rapid.IntRange(0, len(b)-1).Draw(t, "at")] = rapid.Byte().Draw(t, "byte")
		}
		if d, err := ParseProof(b); err == nil && !bytes.Equal(d.Bytes(), b) {
			t.Fatal("a proof has a second spelling")
		}
		if n := rapid.IntRange(0, 2*Digest.KeySize()).Draw(t, "length"); n != Digest.KeySize() {
			if _, err := Digest.ParseKey(append(slices.Clone(key), key...)[:n]); err == nil {
				t.Fatalf("a key of %d bytes is accepted", n)
			}
		}
	})
	other := slices.Clone(key)
	other[0] ^= 1
	if _, err := Digest.ParseKey(other); err == nil {
		t.Error("a key with another magic is accepted")
	}
	infinite := slices.Clone(p.Bytes) // B, behind A
	copy(infinite[g1:], append([]byte{0x40}, make([]byte, g2-1)...))
	if _, err := ParseProof(infinite); err == nil {
		t.Error("a point of the second group at infinity is accepted")
	}
	for _, flags := range []byte{0x00, 0x40} { // uncompressed, infinity
		b := slices.Clone(p.Bytes)
		b[0] = flags
		for i := 1; i < 32; i++ {
			b[i] = 0
		}
		if _, err := ParseProof(b); err == nil {
			t.Errorf("a point with the flags %x is accepted", flags)
		}
	}
}
