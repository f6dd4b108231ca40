package siwe

import (
	"encoding/json"
	"maps"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"candor/zkcommit"

	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/crypto"
	"pgregory.net/rapid"
)

// lines of a message that has every field, in the order of the grammar.
var whole = []string{
	"https://candor.example wants you to sign in with your Ethereum account:",
	"0x1563915e194D8CfBA1943570603F7606A3115508",
	"",
	"Read as yourself (until midnight).",
	"",
	"URI: https://candor.example/session?from=feed#top",
	"Version: 1",
	"Chain ID: 1337",
	"Nonce: 8gH3kQ91zz",
	"Issued At: 2026-11-26T10:00:00.125Z",
	"Expiration Time: 2026-11-26T23:59:59+02:00",
	"Not Before: 2026-11-26T09:00:00Z",
	"Request ID: ask-1%20a",
	"Resources:",
	"- ipfs://bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku",
	"- https://candor.example/terms",
}

// with is the whole message with line i replaced.
func with(i int, line string) string {
	l := slices.Clone(whole)
	l[i] = line
	return strings.Join(l, "\n")
}

// without is the whole message less the lines from i up to j.
func without(i, j int) string { return strings.Join(slices.Delete(slices.Clone(whole), i, j), "\n") }

// valid are messages that the grammar of ERC-4361 has.
func valid() map[string]string {
	v := map[string]string{
		"every field":                           strings.Join(whole, "\n"),
		"no statement":                          without(3, 4),
		"no resources":                          without(13, 16),
		"an empty list":                         without(14, 16),
		"no request id":                         without(12, 13),
		"an empty request":                      with(12, "Request ID: "),
		"no start":                              without(11, 12),
		"no end":                                without(10, 11),
		"nothing optional":                      without(10, 16),
		"no scheme":                             with(0, strings.TrimPrefix(whole[0], "https://")),
		"chain 1":                               with(7, "Chain ID: 1"),
		"a statement that reads like a heading": with(3, "https://other.example wants you to sign in with your Ethereum account:"),
	}
	for _, domain := range []string{"localhost:8080", "127.0.0.1", "127.0.0.1:8080", "[::1]", "[2001:db8::7]:443", "me@candor.example", "me:word@candor.example:8443", "a%41.example"} {
		v["domain "+domain] = with(0, domain+asks)
	}
	for _, uri := range []string{"http://127.0.0.1:8080", "http://[::1]:8080/a?b=c", "did:key:z6Mk", "urn:a:b", "https://candor.example/%7Eann"} {
		v["uri "+uri] = with(5, "URI: "+uri)
	}
	for _, at := range []string{"2026-11-26T10:00:00Z", "2026-11-26T10:00:00.000001Z", "2026-11-26T10:00:00-09:30"} {
		v["issued at "+at] = with(9, "Issued At: "+at)
	}
	return v
}

// invalid are messages that it has not.
func invalid() map[string]string {
	v := map[string]string{
		"the address in small letters": with(1, strings.ToLower(whole[1])),
		"the address in wrong case":    with(1, "0x1563915E194D8CfBA1943570603F7606A3115508"),
		"a short address":              with(1, whole[1][:41]),
		"a statement of two lines":     with(3, "Read as yourself.\nAnd more."),
		"a statement beyond ASCII":     with(3, "Read as yourself – now."),
		"version 2":                    with(6, "Version: 2"),
		"a chain of letters":           with(7, "Chain ID: main"),
		"a chain with a zero before":   with(7, "Chain ID: 01337"),
		"a negative chain":             with(7, "Chain ID: -1"),
		"a nonce of seven":             with(8, "Nonce: 8gH3kQ9"),
		"a nonce with a hyphen":        with(8, "Nonce: 8gH3kQ9-zz"),
		"resources on one line":        with(14, whole[14]+" "+whole[15]),
		"a resource that is no URI":    with(15, "- candor.example terms"),
		"a request id with a space":    with(12, "Request ID: ask 1"),
		"an end before the last line":  strings.Join(whole, "\n") + "\n",
		"carriage returns":             strings.Join(whole, "\r\n"),
		"nothing":                      "",
	}
	for i, line := range whole[:10] { // what must be there
		if i != 3 {
			v["no "+line] = without(i, i+1)
		}
	}
	for i := 5; i < 13; i++ { // the order is fixed
		l := slices.Clone(whole)
		l[i], l[i+1] = l[i+1], l[i]
		v["swapped "+whole[i]] = strings.Join(l, "\n")
	}
	for _, domain := range []string{"", "candor.example/a", "candor example", "[::1", "a?b", "://candor.example", "1a://candor.example"} {
		v["domain "+domain] = with(0, domain+asks)
	}
	for _, uri := range []string{"", "candor.example", "https://candor.example/a b", "https://candor.example/%zz", "https://[::1"} {
		v["uri "+uri] = with(5, "URI: "+uri)
	}
	for at, name := range map[int]string{9: "Issued At: ", 10: "Expiration Time: ", 11: "Not Before: "} {
		for _, bad := range []string{"", "2026-11-26", "2026-13-26T10:00:00Z", "2026-11-26 10:00:00Z", "2026-11-26T10:00:00", "26 Nov 2026", "1764151200"} {
			v[name+bad] = with(at, name+bad)
		}
	}
	return v
}

// TestGrammar: what the grammar has is taken and written again the same, what it has not is refused.
func TestGrammar(t *testing.T) {
	for name, text := range valid() {
		if got, err := Parse(text); err != nil || got.String() != text {
			t.Errorf("%s: %v; written again it is\n%s", name, err, got)
		}
	}
	for name, text := range invalid() {
		if _, err := Parse(text); err == nil {
			t.Errorf("%s is taken", name)
		}
	}
	got, err := Parse(strings.Join(whole, "\n"))
	if err != nil {
		t.Fatal(err)
	}
	request := "ask-1%20a"
	want := &Message{Scheme: "https", Domain: "candor.example", Address: got.Address, Statement: whole[3], URI: "https://candor.example/session?from=feed#top",
		ChainID: 1337, Nonce: "8gH3kQ91zz", IssuedAt: "2026-11-26T10:00:00.125Z", Expiration: "2026-11-26T23:59:59+02:00",
		NotBefore: "2026-11-26T09:00:00Z", RequestID: &request, Resources: []string{whole[14][2:], whole[15][2:]}, begins: got.begins, expires: got.expires}
	if got.Address.Hex() != whole[1] || !reflect.DeepEqual(got, want) {
		t.Errorf("the whole message is read as %+v", got)
	}
}

// TestOneSpelling: whatever is taken is written the same again, so that what is
// compared is all that was signed.
func TestOneSpelling(t *testing.T) {
	var seeds []string
	texts := valid()
	for _, name := range slices.Sorted(maps.Keys(texts)) {
		seeds = append(seeds, texts[name])
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
	from0 := slices.Clone(sig)
	if from0[64] %= 27; m.Signed(from0) != nil {
		t.Error("a signature whose recovery id counts from 0 is refused")
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
