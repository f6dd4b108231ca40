package web

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/netip"
	"slices"
	"strings"
	"time"

	"candor/graph"
	"candor/web/siwe"

	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/gofiber/fiber/v2"
)

// Access is who may sign in here, whose word on an asker's address counts, and how many
// new runs of one ranker an asker gets in an hour, 0 being no bound.
type Access struct {
	ChainID uint64
	Domains []string       // of this node, as browsers name it: hosts with their ports
	Proxies []netip.Prefix // that tell askers' addresses by X-Forwarded-For

	AsksHour          uint64 // a reader who signed in
	AnonymousAsksHour uint64 // all others of a network together
}

// maxSignIn is the most bytes of a signed message as JSON.
const maxSignIn = 2*siwe.MaxMessage + 1024

// sessionView is what a reader needs to sign in, and its session when it has one.
type sessionView struct {
	Nonce   string   `json:"nonce"`
	Domains []string `json:"domains"`
	ChainID uint64   `json:"chainId"`
	Session *signed  `json:"session"`
}

// signed is a session as its reader sees it.
type signed struct {
	Address graph.Address `json:"address"`
	Expires uint64        `json:"expires"`         // seconds
	Token   string        `json:"token,omitempty"` // for Authorization: Bearer; said once
}

// session answers with a fresh nonce to sign in with.
func (s *Server) session(c *fiber.Ctx) error {
	if err := known(c); err != nil {
		return err
	}
	v := sessionView{Nonce: s.sessions.nonce(), Domains: s.Access.Domains, ChainID: s.Access.ChainID}
	x, ok, err := s.bearer(c)
	if err != nil {
		return err
	}
	if ok {
		v.Session = &signed{Address: x.reader, Expires: uint64(x.ends.Unix())}
	}
	c.Set(fiber.HeaderCacheControl, "no-store")
	return c.JSON(v)
}

// signIn begins a session for the account that signed the message (ERC-4361).
func (s *Server) signIn(c *fiber.Ctx) error {
	if len(c.Body()) > maxSignIn {
		return graph.Malformed("the body has %d bytes: send at most %d", len(c.Body()), maxSignIn)
	}
	var in struct {
		Message   string        `json:"message"`
		Signature hexutil.Bytes `json:"signature"`
	}
	d := json.NewDecoder(bytes.NewReader(c.Body()))
	if d.DisallowUnknownFields(); d.Decode(&in) != nil || d.More() {
		return graph.Malformed("the body is not {message, signature}: send a message of Sign-In with Ethereum and 0x and the 130 digits of its signature")
	}
	m, err := siwe.Parse(in.Message)
	if err != nil {
		return graph.Malformed("the message is not one of Sign-In with Ethereum: %s", err)
	}
	now := s.sessions.now()
	if err := s.meant(m, now); err != nil {
		return err
	}
	if err := m.Signed(in.Signature); err != nil {
		return &Refusal{Status: http.StatusUnauthorized, Detail: fmt.Sprintf("the message is not signed by %s: %s", m.Address, err)}
	}
	x := session{reader: m.Address, place: s.place(c), ends: now.Add(sessionTime)}
	if end, ok := m.Ends(); ok && end.Before(x.ends) {
		x.ends = end
	}
	token, err := s.sessions.begin(m.Nonce, x)
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderCacheControl, "no-store")
	return c.JSON(signed{Address: x.reader, Expires: uint64(x.ends.Unix()), Token: token})
}

// meant tells whether the message is for this node, this chain and now.
func (s *Server) meant(m *siwe.Message, now time.Time) error {
	no := func(format string, a ...any) error {
		return &Refusal{Status: http.StatusUnauthorized, Detail: fmt.Sprintf(format, a...)}
	}
	if !slices.Contains(s.Access.Domains, m.Domain) {
		return no("the message is for %.80q, and this node is %s: sign in there only", m.Domain, strings.Join(s.Access.Domains, ", "))
	}
	// What is signed for another page of the same host is not meant either.
	if host, ok := hostOf(m.URI); !ok || host != m.Domain || (m.Scheme != "" && !strings.HasPrefix(m.URI, m.Scheme+"://")) {
		return no("the message's URI %.80q is not of its domain %s: sign one that is", m.URI, m.Domain)
	}
	if m.ChainID != s.Access.ChainID {
		return no("the message is for the chain %d, and this node's is %d: sign one for that", m.ChainID, s.Access.ChainID)
	}
	if err := m.Holds(now); err != nil {
		return no("the message does not hold: %s", err)
	}
	return nil
}

// hostOf is the authority of a page's URI.
func hostOf(uri string) (string, bool) {
	for _, scheme := range []string{"https://", "http://"} {
		if rest, ok := strings.CutPrefix(uri, scheme); ok {
			if i := strings.IndexAny(rest, "/?#"); i >= 0 {
				rest = rest[:i]
			}
			return rest, true
		}
	}
	return "", false
}

// signOut ends the session of the token that comes along.
func (s *Server) signOut(c *fiber.Ctx) error {
	if _, ok, err := s.bearer(c); err != nil || !ok {
		if err == nil {
			err = &Refusal{Status: http.StatusUnauthorized, Detail: "there is no session to end: send its token as Authorization: Bearer"}
		}
		return err
	}
	s.sessions.end(token(c))
	return c.SendStatus(http.StatusNoContent)
}

func token(c *fiber.Ctx) string {
	t, ok := strings.CutPrefix(c.Get(fiber.HeaderAuthorization), "Bearer ")
	if !ok {
		return ""
	}
	return t
}

// bearer is the session of the token that came along, if one did. One that has ended
// is an error: a reader must not get a public run by mistake for its own.
func (s *Server) bearer(c *fiber.Ctx) (x session, ok bool, err error) {
	if c.Get(fiber.HeaderAuthorization) == "" {
		return x, false, nil
	}
	if x, ok = s.sessions.find(token(c)); !ok {
		return x, false, &Refusal{Status: http.StatusUnauthorized, Detail: "the session is over or none of this node: sign in again at POST /api/v1/session, or send no Authorization"}
	}
	return x, true, nil
}

// place is where a request comes from. Behind proxies that the operator named it is
// the last address that they did not add themselves.
func (s *Server) place(c *fiber.Ctx) string {
	a, _ := netip.AddrFromSlice(c.Context().RemoteIP())
	trusted := func() bool {
		return slices.ContainsFunc(s.Access.Proxies, func(p netip.Prefix) bool { return p.Contains(a.Unmap()) })
	}
	var hops []string
	for _, line := range c.Request().Header.PeekAll(fiber.HeaderXForwardedFor) {
		hops = append(hops, strings.Split(string(line), ",")...)
	}
	for i := len(hops) - 1; i >= 0 && trusted(); i-- {
		next, err := netip.ParseAddr(strings.TrimSpace(hops[i]))
		if err != nil {
			break
		}
		a = next
	}
	return placeOf(a)
}
