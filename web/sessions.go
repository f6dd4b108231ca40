package web

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"net/http"
	"net/netip"
	"sync"
	"time"

	"candor/graph"
)

const (
	nonceTime   = 10 * time.Minute // in which a nonce must come back signed
	sessionTime = 12 * time.Hour
)

// What sessions are bounded by. A place's oldest session ends when one more begins
// there, so that who makes many hurts nobody elsewhere.
const (
	mostSessions = 50_000
	mostOfPlace  = 500
	mostUsed     = 100_000 // nonces in nonceTime
)

// sessions are who signed in, in memory: a restart ends all. Of a token its digest
// alone is kept.
type sessions struct {
	now    func() time.Time
	secret [32]byte // authenticates nonces, of which those that are out are not kept

	mu     sync.Mutex
	live   map[[32]byte]session
	places map[string][][32]byte // the live ones of each place, the oldest first
	used   map[string]time.Time  // nonces that signed in, until they are over
	swept  time.Time
}

// session is one reader's at one place.
type session struct {
	reader graph.Address
	place  string
	ends   time.Time
}

func newSessions(now func() time.Time) *sessions {
	s := &sessions{now: now, live: map[[32]byte]session{}, places: map[string][][32]byte{}, used: map[string]time.Time{}}
	_, _ = rand.Read(s.secret[:]) // it never fails
	return s
}

// nonce makes one, of letters and digits: its end, chance, and what shows that both are ours.
func (s *sessions) nonce() string {
	b := binary.BigEndian.AppendUint64(nil, uint64(s.now().Add(nonceTime).Unix()))
	b = append(b, make([]byte, 8)...)
	_, _ = rand.Read(b[8:])
	return hex.EncodeToString(append(b, s.seal(b)...))
}

func (s *sessions) seal(b []byte) []byte {
	m := hmac.New(sha256.New, s.secret[:])
	m.Write(b)
	return m.Sum(nil)[:16]
}

// own tells whether the nonce is one of ours, and until when it may be used.
func (s *sessions) own(nonce string) (end time.Time, ok bool) {
	b, err := hex.DecodeString(nonce)
	if err != nil || len(b) != 32 || hex.EncodeToString(b) != nonce || !hmac.Equal(b[16:], s.seal(b[:16])) {
		return end, false
	}
	return time.Unix(int64(binary.BigEndian.Uint64(b)), 0), true
}

// begin uses the nonce up, which signs in once, and gives the session's token.
func (s *sessions) begin(nonce string, x session) (token string, err error) {
	raw := make([]byte, 32)
	_, _ = rand.Read(raw)
	id := sha256.Sum256(raw)
	end, own := s.own(nonce)
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.now()
	if _, again := s.used[nonce]; !own || again || !now.Before(end) {
		return "", &Refusal{Status: http.StatusUnauthorized, Detail: "the nonce is not one of this node, or was used, or is too old: GET /api/v1/session gives a fresh one"}
	}
	if now.Sub(s.swept) > time.Minute {
		s.sweep(now)
	}
	if there := s.places[x.place]; len(there) >= mostOfPlace {
		s.drop(there[0])
	}
	if len(s.live) >= mostSessions || len(s.used) >= mostUsed {
		return "", graph.Later("this node has as many sessions as it keeps: try again later, or read without one")
	}
	s.used[nonce], s.live[id] = end, x
	s.places[x.place] = append(s.places[x.place], id)
	return base64.RawURLEncoding.EncodeToString(raw), nil
}

// sweep forgets what is over.
func (s *sessions) sweep(now time.Time) {
	s.swept = now
	for id, x := range s.live {
		if !now.Before(x.ends) {
			s.drop(id)
		}
	}
	for nonce, end := range s.used {
		if !now.Before(end) {
			delete(s.used, nonce)
		}
	}
}

func (s *sessions) drop(id [32]byte) {
	x, ok := s.live[id]
	if !ok {
		return
	}
	delete(s.live, id)
	there := s.places[x.place]
	for i := range there {
		if there[i] == id {
			there = append(there[:i:i], there[i+1:]...)
			break
		}
	}
	if s.places[x.place] = there; len(there) == 0 {
		delete(s.places, x.place)
	}
}

func tokenID(token string) (id [32]byte, ok bool) {
	raw, err := base64.RawURLEncoding.Strict().DecodeString(token)
	return sha256.Sum256(raw), err == nil && len(raw) == 32
}

// find is the token's session; ok is false when it has none any more.
func (s *sessions) find(token string) (x session, ok bool) {
	id, ok := tokenID(token)
	if !ok {
		return x, false
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	x, ok = s.live[id]
	return x, ok && s.now().Before(x.ends)
}

// end ends the token's session.
func (s *sessions) end(token string) {
	if id, ok := tokenID(token); ok {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.drop(id)
	}
}

// placeOf is what askers without a session, and new sessions, are counted by: the
// network that an address is of, as far as one customer usually has it to itself.
func placeOf(a netip.Addr) string {
	bits := 48
	if a = a.Unmap().WithZone(""); a.Is4() {
		bits = 24
	}
	p, err := a.Prefix(bits)
	if err != nil { // of no address: all such share
		return ""
	}
	return p.String()
}
