package feeds

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"slices"

	"candor/graph"
	"candor/zkcommit"
)

// cursor names a place in a run: its id and the rank at which the page begins.
type cursor struct {
	run  graph.Hash
	rank uint32
}

func (c cursor) String() string {
	return base64.RawURLEncoding.EncodeToString(binary.BigEndian.AppendUint32(c.run[:], c.rank))
}

func parseCursor(s string) (c cursor, err error) {
	b, err := base64.RawURLEncoding.Strict().DecodeString(s)
	if err != nil || len(b) != 36 {
		return c, graph.Malformed("the cursor %.80q is not one of this node: send the cursor of the page before, or none", s)
	}
	copy(c.run[:], b)
	c.rank = binary.BigEndian.Uint32(b[32:])
	return c, nil
}

// key is the digest of all that makes two requests the same. What readers ask for
// themselves is never what others ask for: its opening is theirs alone.
func key(viewer graph.Address, own bool, m *zkcommit.Manifest, values []int32, filters []Filter, block graph.Hash) graph.Hash {
	id := m.ID()
	tag := "candor/request/v1"
	if own {
		tag = "candor/request/own/v1"
	}
	b := append([]byte(tag), viewer[:]...)
	b = append(append(b, id[:]...), block[:]...)
	b = binary.BigEndian.AppendUint32(b, m.Version)
	for _, f := range filters {
		b = append(append(b, byte(len(f.ID))), f.ID...)
		b = binary.BigEndian.AppendUint32(b, f.Version)
	}
	if len(values) > 0 {
		b = append(b, 0) // no filter's name is empty
		for _, v := range values {
			b = binary.BigEndian.AppendUint32(b, uint32(v))
		}
	}
	return sha256.Sum256(b)
}

// plugins finds what the request names. Filters come back in the catalogue's
// order, each once, so that their order in the request makes no second run.
func (h *Hall) plugins(req graph.Request) (*Ranker, []Filter, error) {
	name := req.Ranker
	if name == "" {
		name = h.Rankers[0].ID
	}
	r, ok := h.ranker(name)
	if !ok {
		return nil, nil, graph.NotFound("there is no ranker %.80q: GET /api/v1/rankers lists them", name)
	}
	for _, want := range req.Filters {
		if !slices.ContainsFunc(h.Filters, func(f Filter) bool { return f.ID == want }) {
			return nil, nil, graph.NotFound("there is no filter %.80q: GET /api/v1/filters lists them", want)
		}
	}
	var filters []Filter
	for _, f := range h.Filters {
		if slices.Contains(req.Filters, f.ID) {
			filters = append(filters, f)
		}
	}
	return r, filters, nil
}

// ranker finds one by its name, the built-in ones first, so that no guest takes the place of one.
func (h *Hall) ranker(name string) (*Ranker, bool) {
	i := slices.IndexFunc(h.Rankers, func(r Ranker) bool { return r.ID == name })
	if i >= 0 {
		return &h.Rankers[i], true
	}
	if h.Guests == nil {
		return nil, false
	}
	return h.Guests(name)
}
