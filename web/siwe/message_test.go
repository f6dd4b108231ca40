package siwe

import (
	"encoding/json"
	"os"
	"strings"
	"testing"
	"time"

	"candor/zkcommit"

	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/crypto"
	"pgregory.net/rapid"
)

// fields are a message as the vectors write it.
type fields struct {
	Scheme, Domain, Address, Statement, URI, Nonce, IssuedAt, ExpirationTime, NotBefore string
	ChainID                                                                             uint64
	RequestID                                                                           *string
	Resources                                                                           []string

	Signature, Time, DomainBinding, MatchNonce string
}

func vectors[T any](t *testing.T, name string) (out map[string]T) {
	t.Helper()
	b, err := os.ReadFile("testdata/" + name + ".json")
	if err == nil {
		err = json.Unmarshal(b, &out)
	}
	if err != nil || len(out) == 0 {
		t.Fatalf("%s: %d vectors, %v", name, len(out), err)
	}
	return out
}

func (f fields) message(t *testing.T) *Message {
	t.Helper()
	m := &Message{Scheme: f.Scheme, Domain: f.Domain, Statement: f.Statement, URI: f.URI, ChainID: f.ChainID, Nonce: f.Nonce,
		IssuedAt: f.IssuedAt, Expiration: f.ExpirationTime, NotBefore: f.NotBefore, RequestID: f.RequestID, Resources: f.Resources}
	if err := m.Address.UnmarshalText([]byte(f.Address)); err != nil {
		t.Fatal(err)
	}
	return m
}

// TestGrammar: the vectors of the specification's authors, both ways.
func TestGrammar(t *testing.T) {
	for name, v := range vectors[struct {
		Message string
		Fields  fields
	}](t, "parsing_positive") {
		got, err := Parse(v.Message)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if got.String() != v.Message || v.Fields.message(t).String() != v.Message {
			t.Errorf("%s: written again it is\n%s\nand its fields\n%s", name, got, v.Fields.message(t))
		}
	}
	for name, text := range vectors[string](t, "parsing_negative") {
		if _, err := Parse(text); err == nil {
			t.Errorf("%s is taken", name)
		}
	}
}

// TestVerification: each vector is taken or refused, for the time, the domain and the
// nonce that it is to be held against.
func TestVerification(t *testing.T) {
	check := func(f fields) error {
		m, err := Parse(f.message(t).String())
		if err != nil {
			return err
		}
		if f.Time == "" {
			f.Time = f.IssuedAt
		}
		now, err := time.Parse(time.RFC3339Nano, f.Time)
		if err != nil {
			t.Fatal(err)
		}
		if err := m.Holds(now); err != nil {
			return err
		}
		b, err := hexutil.Decode(f.Signature)
		if err != nil {
			return err
		}
		return m.Signed(b)
	}
	for name, f := range vectors[fields](t, "verification_positive") {
		if err := check(f); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	for name, f := range vectors[fields](t, "verification_negative") {
		if f.DomainBinding != "" || f.MatchNonce != "" {
			continue // the server's to compare
		}
		if check(f) == nil {
			t.Errorf("%s is taken", name)
		}
	}
}

// TestOneSpelling: whatever is taken is written the same again, so that what is
// compared is all that was signed.
func TestOneSpelling(t *testing.T) {
	var seeds []string
	for _, v := range vectors[struct{ Message string }](t, "parsing_positive") {
		seeds = append(seeds, v.Message)
	}
	pieces := []string{"\n", " ", ":", "://", "0", "a", "é", "\x00", "\r", "Request ID: x", "\nResources:", "- a:b", "%zz", "[::1]", "Z", "+01:00", "٣", "Chain ID: 01"}
	taken := 0
	rapid.Check(t, func(r *rapid.T) {
		s := rapid.SampledFrom(seeds).Draw(r, "seed")
		for range rapid.IntRange(0, 2).Draw(r, "changes") {
			at := rapid.IntRange(0, len(s)).Draw(r, "at")
			to := min(len(s), at+rapid.IntRange(0, 3).Draw(r, "cut"))
			s = s[:at] + rapid.SampledFrom(pieces).Draw(r, "piece") + s[to:]
		}
		if m, err := Parse(s); err == nil {
			if taken++; m.String() != s {
				r.Fatalf("%q is written again as %q", s, m)
			}
		}
	})
	if taken == 0 {
		t.Error("nothing was taken")
	}
}

// TestHolds: a message counts between its times only.
func TestHolds(t *testing.T) {
	text := func(lines string) string {
		return "a.example wants you to sign in with your Ethereum account:\n0xC02aaA39b223FE8D0A0e5C4F27eAD9083C756Cc2\n\n\nURI: https://a.example\nVersion: 1\nChain ID: 1\nNonce: 12345678\nIssued At: 2024-01-01T00:00:00Z" + lines
	}
	at := func(s string) time.Time {
		x, err := time.Parse(time.RFC3339, s)
		if err != nil {
			t.Fatal(err)
		}
		return x
	}
	for _, x := range []struct {
		lines, now string
		holds      bool
	}{
		{"", "2024-01-01T00:00:00Z", true},
		{"\nExpiration Time: 2024-01-01T01:00:00+01:00", "2023-12-31T23:59:59Z", true},
		{"\nExpiration Time: 2024-01-01T01:00:00+01:00", "2024-01-01T00:00:00Z", false},
		{"\nNot Before: 2024-01-01T00:00:01Z", "2024-01-01T00:00:00Z", false},
		{"\nNot Before: 2024-01-01T00:00:01Z", "2024-01-01T00:00:01Z", true},
	} {
		m, err := Parse(text(x.lines))
		if err != nil {
			t.Fatal(err)
		}
		if err := m.Holds(at(x.now)); (err == nil) != x.holds {
			t.Errorf("%q at %s: %v", x.lines, x.now, err)
		}
	}
	if _, err := Parse(text("\nResources:" + strings.Repeat("\n- https://a.example", 300))); err == nil {
		t.Error("a message of any length is taken")
	}
}

func TestSigned(t *testing.T) {
	key, err := crypto.GenerateKey()
	if err != nil {
		t.Fatal(err)
	}
	m := &Message{Domain: "a.example", Address: crypto.PubkeyToAddress(key.PublicKey), URI: "https://a.example", ChainID: 1, Nonce: "12345678", IssuedAt: "2024-01-01T00:00:00Z"}
	sig, err := zkcommit.SignText(key, m.String())
	if err != nil {
		t.Fatal(err)
	}
	if err := m.Signed(sig); err != nil {
		t.Error(err)
	}
	other := *m
	other.Nonce = "12345679"
	if other.Signed(sig) == nil {
		t.Error("a signature of another message is taken")
	}
	stranger := *m
	stranger.Address[0]++
	if again, err := zkcommit.SignText(key, stranger.String()); err != nil || stranger.Signed(again) == nil {
		t.Error("a message is signed by another account than it names")
	}
	if m.Signed(sig[:64]) == nil || m.Signed(nil) == nil {
		t.Error("half a signature is taken")
	}
}

// TestTheBrowsersMessage: what the web client signs is what is read here.
// web/client/test/session.test.mjs holds the client to the same file.
func TestTheBrowsersMessage(t *testing.T) {
	var v struct {
		Key, Message string
		Signature    hexutil.Bytes
	}
	b, err := os.ReadFile("../client/test/session.json")
	if err == nil {
		err = json.Unmarshal(b, &v)
	}
	if err != nil {
		t.Fatal(err)
	}
	m, err := Parse(v.Message)
	if err != nil {
		t.Fatal(err)
	}
	if err := m.Signed(v.Signature); err != nil {
		t.Error(err)
	}
	key, err := crypto.HexToECDSA(strings.TrimPrefix(v.Key, "0x"))
	if err != nil || crypto.PubkeyToAddress(key.PublicKey) != m.Address {
		t.Errorf("it is signed by %s: %v", m.Address, err)
	}
}
