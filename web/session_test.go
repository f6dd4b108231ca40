package web

import (
	"bytes"
	"crypto/ecdsa"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"
	"time"

	"candor/graph"
	"candor/web/siwe"
	"candor/zkcommit"

	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/crypto"
)

// door is a server with sessions, a clock, and what its feed was asked last.
type door struct {
	*Server
	t    *testing.T
	key  *ecdsa.PrivateKey
	time time.Time
	last graph.Request
	log  bytes.Buffer
}

func newDoor(t *testing.T) *door {
	d := &door{t: t, time: time.Unix(1_700_000_000, 0)}
	var err error
	if d.key, err = crypto.GenerateKey(); err != nil {
		t.Fatal(err)
	}
	d.Server = server(t, func(r graph.Request) (*graph.Page, error) {
		d.last = r
		return &graph.Page{Run: graph.RunSummary{Public: !r.Own()}}, nil
	})
	d.Access = Access{ChainID: 5, Domains: []string{"candor.example", "127.0.0.1:8080"}}
	d.Logger = slog.New(slog.NewTextHandler(&d.log, nil))
	d.sessions.now = func() time.Time { return d.time }
	return d
}

func (d *door) who() graph.Address { return crypto.PubkeyToAddress(d.key.PublicKey) }

// nonce is a fresh one.
func (d *door) nonce() string {
	d.t.Helper()
	var v sessionView
	status, body := d.call("GET", "/api/v1/session", "", "")
	if err := json.Unmarshal([]byte(body), &v); err != nil || status != 200 || v.ChainID != 5 || len(v.Domains) != 2 || v.Session != nil {
		d.t.Fatalf("/session: %d %s", status, body)
	}
	return v.Nonce
}

func (d *door) message() *siwe.Message {
	d.t.Helper()
	return &siwe.Message{Domain: "candor.example", Address: d.who(), URI: "https://candor.example/", ChainID: 5, Nonce: d.nonce(), IssuedAt: d.time.UTC().Format(time.RFC3339)}
}

// signIn sends the message under the door's key.
func (d *door) signIn(m *siwe.Message) (int, string) {
	d.t.Helper()
	sig, err := zkcommit.SignText(d.key, m.String())
	if err != nil {
		d.t.Fatal(err)
	}
	return d.send(m.String(), sig)
}

func (d *door) send(message string, sig hexutil.Bytes) (int, string) {
	d.t.Helper()
	body, err := json.Marshal(map[string]any{"message": message, "signature": sig})
	if err != nil {
		d.t.Fatal(err)
	}
	return d.call("POST", "/api/v1/session", "", string(body))
}

func (d *door) call(method, path, token, body string, forwarded ...string) (int, string) {
	d.t.Helper()
	r := httptest.NewRequest(method, path, strings.NewReader(body))
	if token != "" {
		r.Header.Set("Authorization", "Bearer "+token)
	}
	for _, f := range forwarded {
		r.Header.Add("X-Forwarded-For", f)
	}
	res, err := d.app.Test(r, -1)
	if err != nil {
		d.t.Fatal(err)
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	if err != nil {
		d.t.Fatal(err)
	}
	if res.StatusCode == http.StatusUnauthorized && res.Header.Get("WWW-Authenticate") != "Bearer" {
		d.t.Errorf("%s %s: 401 without a challenge", method, path)
	}
	return res.StatusCode, string(b)
}

// token is that of a new session.
func (d *door) token() string {
	d.t.Helper()
	status, body := d.signIn(d.message())
	var got signed
	if err := json.Unmarshal([]byte(body), &got); err != nil || status != 200 || got.Address != d.who() || len(got.Token) != 43 {
		d.t.Fatalf("signing in: %d %s", status, body)
	}
	return got.Token
}

func TestSessions(t *testing.T) {
	d := newDoor(t)
	token := d.token()
	feed := "/api/v1/feed?viewer=" + d.who().Hex()
	if status, body := d.call("GET", feed, token, ""); status != 200 || !d.last.Own() || !strings.Contains(body, `"public":false`) {
		t.Errorf("with its session: %d %s, asked %+v", status, body, d.last)
	}
	if status, _ := d.call("GET", feed, "", ""); status != 200 || d.last.Own() || d.last.Viewer != d.who() {
		t.Errorf("without a session: %d, asked %+v", status, d.last)
	}
	if status, body := d.call("GET", "/api/v1/session", token, ""); status != 200 || !strings.Contains(body, strings.ToLower(d.who().Hex())) || strings.Contains(body, token) {
		t.Errorf("the session is shown as %d %s", status, body)
	}
	d.last = graph.Request{}
	for name, bad := range map[string]string{"another": strings.Repeat("A", 43), "cut": token[:42], "long": token + "A", "spelt otherwise": token[:42] + "!"} {
		if status, _ := d.call("GET", feed, bad, ""); status != 401 || d.last.Limit != 0 {
			t.Errorf("a token that is %s: %d", name, status)
		}
	}
	if status, _ := d.call("DELETE", "/api/v1/session", token, ""); status != 204 {
		t.Errorf("signing out: %d", status)
	}
	if status, _ := d.call("GET", feed, token, ""); status != 401 {
		t.Errorf("after signing out: %d", status)
	}
	if status, _ := d.call("DELETE", "/api/v1/session", "", ""); status != 401 {
		t.Errorf("signing out nobody: %d", status)
	}
	token = d.token()
	d.time = d.time.Add(sessionTime)
	if status, _ := d.call("GET", feed, token, ""); status != 401 {
		t.Errorf("after its end: %d", status)
	}
	m := d.message()
	m.Expiration = d.time.Add(time.Minute).UTC().Format(time.RFC3339)
	if status, body := d.signIn(m); status != 200 || !strings.Contains(body, fmt.Sprintf(`"expires":%d`, d.time.Unix()+60)) {
		t.Errorf("a session that its reader bounds: %d %s", status, body)
	}
	if s := d.log.String(); s != "" {
		t.Errorf("it is logged: %s", s)
	}
}

// other is the text with another digit there.
func other(s string, at int) string {
	digit := "0"
	if s[at] == '0' {
		digit = "1"
	}
	return s[:at] + digit + s[at+1:]
}

// TestSignInsThatAreRefused: another's signature, another page's, another chain's, an
// old one and a used one make no session.
func TestSignInsThatAreRefused(t *testing.T) {
	d := newDoor(t)
	for name, c := range map[string]struct {
		change func(*siwe.Message)
		want   string
	}{
		"domain":         {func(m *siwe.Message) { m.Domain, m.URI = "candor.evil", "https://candor.evil/" }, "sign in there only"},
		"domain's end":   {func(m *siwe.Message) { m.Domain, m.URI = "xcandor.example", "https://xcandor.example" }, "sign in there only"},
		"page":           {func(m *siwe.Message) { m.URI = "https://candor.evil/candor.example" }, "not of its domain"},
		"page's user":    {func(m *siwe.Message) { m.URI = "https://candor.example@candor.evil/" }, "not of its domain"},
		"port":           {func(m *siwe.Message) { m.URI = "https://candor.example:444/" }, "not of its domain"},
		"kind of page":   {func(m *siwe.Message) { m.URI = "ftp://candor.example/" }, "not of its domain"},
		"scheme":         {func(m *siwe.Message) { m.Scheme = "http" }, "not of its domain"},
		"chain":          {func(m *siwe.Message) { m.ChainID = 1 }, "this node's is 5"},
		"account":        {func(m *siwe.Message) { m.Address[3]++ }, "not signed by"},
		"nonce":          {func(m *siwe.Message) { m.Nonce = strings.Repeat("a", 64) }, "nonce"},
		"nonce's chance": {func(m *siwe.Message) { m.Nonce = other(m.Nonce, 20) }, "nonce"},
		"nonce's seal":   {func(m *siwe.Message) { m.Nonce = other(m.Nonce, 63) }, "nonce"},
		"nonce's case":   {func(m *siwe.Message) { m.Nonce = strings.ToUpper(m.Nonce) }, "nonce"},
		"time":           {func(m *siwe.Message) { m.Expiration = d.time.UTC().Format(time.RFC3339) }, "does not hold"},
		"time to come":   {func(m *siwe.Message) { m.NotBefore = d.time.Add(time.Second).UTC().Format(time.RFC3339) }, "does not hold"},
		"of another kin": {func(m *siwe.Message) { m.IssuedAt = "today" }, "not one of Sign-In"},
	} {
		m := d.message()
		c.change(m)
		if status, body := d.signIn(m); status != 401 && status != 400 || !strings.Contains(body, c.want) || strings.Contains(body, "token") {
			t.Errorf("%s: %d %s", name, status, body)
		}
	}
	m := d.message()
	if status, body := d.signIn(m); status != 200 {
		t.Fatalf("%d %s", status, body)
	}
	if status, body := d.signIn(m); status != 401 || !strings.Contains(body, "nonce") {
		t.Errorf("sent again: %d %s", status, body)
	}
	m = d.message()
	d.time = d.time.Add(nonceTime)
	if status, body := d.signIn(m); status != 401 || !strings.Contains(body, "nonce") {
		t.Errorf("sent late: %d %s", status, body)
	}
	elsewhere := newDoor(t)
	elsewhere.time, elsewhere.key = d.time, d.key
	if status, _ := d.signIn(elsewhere.message()); status != 401 {
		t.Error("another node's nonce signs in")
	}
	m = d.message()
	sig, err := zkcommit.SignText(d.key, m.String())
	if err != nil {
		t.Fatal(err)
	}
	for name, s := range map[string]hexutil.Bytes{"none": nil, "half": sig[:64], "zeros": make([]byte, 65), "more": append(sig[:65:65], 0)} {
		if status, _ := d.send(m.String(), s); status != 401 {
			t.Errorf("a signature of %s: %d", name, status)
		}
	}
	for _, body := range []string{"", "{}", "[]", `{"message":1}`, `{"message":"x","signature":"0x","more":1}`, `{"message":"x","signature":"y"}`, "{}{}", strings.Repeat(" ", maxSignIn+1)} {
		if status, answer := d.call("POST", "/api/v1/session", "", body); status != 400 {
			t.Errorf("%.40q: %d %s", body, status, answer)
		}
	}
	if status, _ := d.send(m.String(), sig); status != 200 {
		t.Error("a message whose signature was spoilt on the way is used up")
	}
}

// TestSessionsAreBounded: who makes many ends its neighbours' oldest, and nobody else's.
func TestSessionsAreBounded(t *testing.T) {
	s := newSessions(time.Now)
	begin := func(place string) string {
		token, err := s.begin(s.nonce(), session{reader: graph.Address{1}, place: place, ends: time.Now().Add(time.Hour)})
		if err != nil {
			t.Fatal(err)
		}
		return token
	}
	far, first := begin("far"), begin("near")
	second := begin("near")
	for range mostOfPlace - 1 {
		begin("near")
	}
	for name, c := range map[string]struct {
		token string
		want  bool
	}{"elsewhere": {far, true}, "the oldest": {first, false}, "the next": {second, true}} {
		if _, ok := s.find(c.token); ok != c.want {
			t.Errorf("%s: %v", name, ok)
		}
	}
	if len(s.live) != mostOfPlace+1 || len(s.places["near"]) != mostOfPlace {
		t.Errorf("%d sessions are kept", len(s.live))
	}
	later := time.Now().Add(2 * time.Hour)
	s.now = func() time.Time { return later }
	if _, err := s.begin(s.nonce(), session{place: "new", ends: later.Add(time.Hour)}); err != nil || len(s.live) != 1 || len(s.places) != 1 || len(s.used) != 1 {
		t.Errorf("what is over stays: %d sessions at %d places, %d nonces, %v", len(s.live), len(s.places), len(s.used), err)
	}
}

// TestPlaces: askers are told apart by their networks, and by what proxies say only
// where the operator trusts them.
func TestPlaces(t *testing.T) {
	for a, want := range map[string]string{"192.0.2.7": "192.0.2.0/24", "::ffff:192.0.2.200": "192.0.2.0/24", "2001:db8:1:2::3": "2001:db8:1::/48", "fe80::1%eth0": "fe80::/48"} {
		if got := placeOf(netip.MustParseAddr(a)); got != want {
			t.Errorf("%s is of %s, want %s", a, got, want)
		}
	}
	d := newDoor(t)
	at := func(forwarded ...string) string {
		t.Helper()
		if status, body := d.call("GET", "/api/v1/feed", "", "", forwarded...); status != 200 {
			t.Fatalf("%d %s", status, body)
		}
		return d.last.Place
	}
	here := at()
	if got := at("203.0.113.9"); got != here {
		t.Errorf("a stranger says that it is at %s", got)
	}
	d.Access.Proxies = []netip.Prefix{netip.MustParsePrefix("0.0.0.0/32"), netip.MustParsePrefix("198.51.100.0/24")}
	for _, c := range []struct {
		forwarded []string
		want      string
	}{
		{nil, here},
		{[]string{"203.0.113.9"}, "203.0.113.0/24"},
		{[]string{"8.8.8.8, 203.0.113.9"}, "203.0.113.0/24"},
		{[]string{"8.8.8.8", "203.0.113.9"}, "203.0.113.0/24"},
		{[]string{"203.0.113.9, 198.51.100.4"}, "203.0.113.0/24"},
		{[]string{"8.8.8.8, nonsense"}, here},
	} {
		if got := at(c.forwarded...); got != c.want {
			t.Errorf("%q is at %s, want %s", c.forwarded, got, c.want)
		}
	}
}

// TestRefusalsKeepTheirStatus: what other parts refuse with a status of their own is no
// failure of the node.
func TestRefusalsKeepTheirStatus(t *testing.T) {
	d := newDoor(t)
	for _, path := range []string{"/api/v1/custody", "/api/v1/custody/parts"} {
		status, body := d.call("POST", path, "", "x")
		if status != http.StatusUnsupportedMediaType || !strings.Contains(body, "send that content type") {
			t.Errorf("%s: %d %s", path, status, body)
		}
	}
}
