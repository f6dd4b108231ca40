package siwe

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"candor/graph"
	"candor/zkcommit"
)

// MaxMessage is the most bytes of a message.
const MaxMessage = 4096

// Message is what an account signs to sign in. Fields of times are as they are
// written; "" where an optional one is not there.
type Message struct {
	Scheme     string // before the domain; may be ""
	Domain     string // an RFC 3986 authority: who asks for the signature
	Address    graph.Address
	Statement  string // may be ""
	URI        string
	ChainID    uint64
	Nonce      string
	IssuedAt   string // RFC 3339
	Expiration string // may be ""
	NotBefore  string // may be ""
	RequestID  *string
	Resources  []string // nil: the message has no such line

	begins, expires time.Time
}

const asks = " wants you to sign in with your Ethereum account:"

var (
	schemeForm    = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9+.-]*$`)
	statementForm = regexp.MustCompile(`^[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;= ]+$`)
	nonceForm     = regexp.MustCompile(`^[A-Za-z0-9]{8,}$`)
	timeForm      = regexp.MustCompile(`^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$`)
	requestForm   = regexp.MustCompile(`^(` + pchar + `)*$`)
)

// Parse reads a message. What it takes has one spelling: String gives the same text.
func Parse(text string) (*Message, error) {
	if len(text) > MaxMessage {
		return nil, fmt.Errorf("it has %d bytes: sign at most %d", len(text), MaxMessage)
	}
	m := &Message{}
	l := &lines{rest: strings.Split(text, "\n")}
	m.heading(l)
	m.fields(l)
	m.options(l)
	if l.err == nil && len(l.rest) > 0 {
		l.fail("there is more behind its end: %.40q", l.rest[0])
	}
	return m, l.err
}

// lines are those of a message that are not read yet, and the first that is wrong.
type lines struct {
	rest []string
	err  error
}

func (l *lines) fail(format string, a ...any) {
	if l.err == nil {
		l.err = fmt.Errorf(format, a...)
	}
}

// next takes a line.
func (l *lines) next() string {
	if l.err != nil || len(l.rest) == 0 {
		l.fail("it ends too early")
		return ""
	}
	s := l.rest[0]
	l.rest = l.rest[1:]
	return s
}

// field takes a line that begins with the name.
func (l *lines) field(name string) string {
	s, ok := strings.CutPrefix(l.next(), name+": ")
	if !ok {
		l.fail("the line %q is not where it belongs", name+":")
	}
	return s
}

// option takes a line if it begins with the name.
func (l *lines) option(name string) (string, bool) {
	if l.err != nil || len(l.rest) == 0 || !strings.HasPrefix(l.rest[0], name+": ") {
		return "", false
	}
	return l.field(name), true
}

func (l *lines) moment(what, s string) time.Time {
	t, err := time.Parse(time.RFC3339Nano, s)
	if err != nil || !timeForm.MatchString(s) {
		l.fail("%.40q is no time for %q: write it as 2006-01-02T15:04:05Z", s, what)
	}
	return t
}

// heading reads who asks whom, and the statement.
func (m *Message) heading(l *lines) {
	who, ok := strings.CutSuffix(l.next(), asks)
	if !ok {
		l.fail("its first line does not end in %q", asks)
	}
	m.Domain = who
	if scheme, domain, found := strings.Cut(who, "://"); found {
		if m.Scheme, m.Domain = scheme, domain; !schemeForm.MatchString(scheme) {
			l.fail("%.40q is no scheme", scheme)
		}
	}
	if m.Domain == "" || !authority(m.Domain) {
		l.fail("%.80q is no domain", m.Domain)
	}
	address := l.next()
	b := graph.Address{}
	if len(address) != 42 || b.UnmarshalText([]byte(address)) != nil || b.Hex() != address {
		l.fail("its second line is no address in the capitals of EIP-55")
	}
	m.Address = b
	if l.next() != "" {
		l.fail("its third line is not empty")
	}
	if m.Statement = l.next(); m.Statement == "" {
		return
	}
	if !statementForm.MatchString(m.Statement) {
		l.fail("its statement has characters that none may have")
	}
	if l.next() != "" {
		l.fail("the line behind its statement is not empty")
	}
}

// fields reads what every message has.
func (m *Message) fields(l *lines) {
	if m.URI = l.field("URI"); !uri(m.URI) {
		l.fail("%.80q is no URI", m.URI)
	}
	if v := l.field("Version"); v != "1" {
		l.fail("its version is %.20q, not 1", v)
	}
	id := l.field("Chain ID")
	n, err := strconv.ParseUint(id, 10, 64)
	if err != nil || strconv.FormatUint(n, 10) != id {
		l.fail("%.40q is no chain id", id)
	}
	m.ChainID = n
	if m.Nonce = l.field("Nonce"); !nonceForm.MatchString(m.Nonce) {
		l.fail("its nonce is not at least 8 letters and digits")
	}
	m.IssuedAt = l.field("Issued At")
	l.moment("Issued At", m.IssuedAt)
}

// options reads what a message may have.
func (m *Message) options(l *lines) {
	var ok bool
	if m.Expiration, ok = l.option("Expiration Time"); ok {
		m.expires = l.moment("Expiration Time", m.Expiration)
	}
	if m.NotBefore, ok = l.option("Not Before"); ok {
		m.begins = l.moment("Not Before", m.NotBefore)
	}
	if id, ok := l.option("Request ID"); ok {
		if m.RequestID = &id; !requestForm.MatchString(id) {
			l.fail("its request id has characters that none may have")
		}
	}
	if l.err != nil || len(l.rest) == 0 || l.rest[0] != "Resources:" {
		return
	}
	l.next()
	for m.Resources = []string{}; len(l.rest) > 0 && l.err == nil; {
		r, ok := strings.CutPrefix(l.next(), "- ")
		if !ok || !uri(r) {
			l.fail("%.80q is no resource", r)
		}
		m.Resources = append(m.Resources, r)
	}
}

// String is the text that the account signs.
func (m *Message) String() string {
	var b strings.Builder
	if m.Scheme != "" {
		b.WriteString(m.Scheme + "://")
	}
	b.WriteString(m.Domain + asks + "\n" + m.Address.Hex() + "\n\n")
	if m.Statement != "" {
		b.WriteString(m.Statement + "\n")
	}
	fmt.Fprintf(&b, "\nURI: %s\nVersion: 1\nChain ID: %d\nNonce: %s\nIssued At: %s", m.URI, m.ChainID, m.Nonce, m.IssuedAt)
	if m.Expiration != "" {
		b.WriteString("\nExpiration Time: " + m.Expiration)
	}
	if m.NotBefore != "" {
		b.WriteString("\nNot Before: " + m.NotBefore)
	}
	if m.RequestID != nil {
		b.WriteString("\nRequest ID: " + *m.RequestID)
	}
	if m.Resources != nil {
		b.WriteString("\nResources:")
		for _, r := range m.Resources {
			b.WriteString("\n- " + r)
		}
	}
	return b.String()
}

// Holds tells whether the message is for now: begun and not over. How old it may be the
// nonce says, which the server gave.
func (m *Message) Holds(now time.Time) error {
	switch {
	case m.NotBefore != "" && now.Before(m.begins):
		return fmt.Errorf("it holds from %s on: send it then", m.NotBefore)
	case m.Expiration != "" && !now.Before(m.expires):
		return fmt.Errorf("it ended at %s: sign another", m.Expiration)
	}
	return nil
}

// Ends is when the message stops to hold; ok is false when it does not say.
func (m *Message) Ends() (end time.Time, ok bool) { return m.expires, m.Expiration != "" }

// Signed tells whether the account signed the message: 65 bytes r ‖ s ‖ v, where some
// wallets count v from 0 and others from 27.
func (m *Message) Signed(signature []byte) error {
	if len(signature) == 65 && signature[64] < 2 {
		signature = append(append([]byte{}, signature[:64]...), signature[64]+27)
	}
	who, err := zkcommit.TextSigner(m.String(), signature)
	if err != nil {
		return err
	}
	if who != m.Address {
		return errors.New("the signature is another account's")
	}
	return nil
}
