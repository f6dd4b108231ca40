package sqlite

import (
	"encoding/hex"
	"fmt"
	"math"
	"strings"

	"github.com/ipfs/go-cid"

	"candor/graph"
)

// forever ends what still holds; it stands as a literal in the partial indexes.
const forever = math.MaxInt64

// A column's bytes as a noun; each refuses bytes of another size, which only a
// damaged file has.
type (
	position  struct{ graph.Position } // NULL: zero
	address   struct{ graph.Address }
	hash      struct{ graph.Hash }
	embedding struct{ graph.Embedding }
	name      struct{ cid.Cid } // NULL: undefined
)

func sized(src any, size int) ([]byte, error) {
	b, ok := src.([]byte)
	if !ok || len(b) != size {
		return nil, fmt.Errorf("the database is damaged (%T where %d bytes should be): restore it or delete it and index again", src, size)
	}
	return b, nil
}

func (p *position) Scan(src any) error {
	if p.Position = (graph.Position{}); src == nil {
		return nil
	}
	b, err := sized(src, 16)
	if err == nil {
		p.Position = graph.PositionFromBytes([16]byte(b))
	}
	return err
}

func (a *address) Scan(src any) error {
	b, err := sized(src, len(a.Address))
	copy(a.Address[:], b)
	return err
}

func (h *hash) Scan(src any) error {
	b, err := sized(src, len(h.Hash))
	copy(h.Hash[:], b)
	return err
}

func (e *embedding) Scan(src any) error {
	b, err := sized(src, len(e.Embedding))
	for i, v := range b {
		e.Embedding[i] = int8(v)
	}
	return err
}

func (n *name) Scan(src any) (err error) {
	if n.Cid = cid.Undef; src == nil {
		return nil
	}
	b, ok := src.([]byte)
	if !ok {
		return fmt.Errorf("the database is damaged (%T where a CID should be): delete it and index again", src)
	}
	_, n.Cid, err = cid.CidFromBytes(b)
	return err
}

// pos is the column's form of a position.
func pos(p graph.Position) []byte {
	b := p.Bytes()
	return b[:]
}

// after is the lowest position behind the block.
func after(block uint64) []byte { return pos(graph.Position{Block: block + 1}) }

// ref is the columns' form of a reference.
func ref(r graph.Ref) (id, content any) {
	if r.IsZero() {
		return nil, nil
	}
	return pos(r.ID), r.CID.Bytes()
}

// seconds is the column's form of a time or a block number.
func seconds(t uint64) int64 { return int64(min(t, forever)) }

// query grows a SELECT: its conditions and their arguments.
type query struct {
	text strings.Builder
	args []any
}

func (q *query) and(condition string, args ...any) {
	if len(q.args) == 0 {
		q.text.WriteString(" WHERE ")
	} else {
		q.text.WriteString(" AND ")
	}
	q.text.WriteString(condition)
	q.args = append(q.args, args...)
}

func (q *query) add(text string, args ...any) {
	q.text.WriteString(text)
	q.args = append(q.args, args...)
}

// in is a condition that takes list's form of keys: one statement for any number.
func in(column string) string {
	return column + " IN (SELECT unhex(value) FROM json_each(?))"
}

// list is the keys as one argument: a JSON array of hexadecimal strings.
func list[K any](keys []K, bytes func(K) []byte) string {
	b := make([]byte, 0, 2+len(keys)*44)
	b = append(b, '[')
	for i, k := range keys {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(b, '"')
		b = hex.AppendEncode(b, bytes(k))
		b = append(b, '"')
	}
	return string(append(b, ']'))
}

func addressBytes(a graph.Address) []byte { return a.Bytes() }
func cidBytes(c cid.Cid) []byte           { return c.Bytes() }
