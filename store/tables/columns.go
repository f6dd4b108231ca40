package tables

import (
	"fmt"
	"math"

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

// number is the column's block number or time.
func number(n int64) uint64 {
	if n == forever {
		return never
	}
	return uint64(n)
}

// never is the block at which what still stands ends.
const never = graph.NoEnd

// digest is the column's form of an embedding's digest, NULL for none.
func digest(h *graph.Hash) any {
	if h == nil {
		return nil
	}
	return h[:]
}

// keys are the columns' forms of what names rows.
func addresses(as []graph.Address) [][]byte {
	return keys(as, func(a graph.Address) []byte { return a[:] })
}
func positions(ps []graph.Position) [][]byte { return keys(ps, pos) }
func cids(cs []cid.Cid) [][]byte             { return keys(cs, cid.Cid.Bytes) }

func keys[K any](ks []K, bytes func(K) []byte) [][]byte {
	out := make([][]byte, len(ks))
	for i, k := range ks {
		out[i] = bytes(k)
	}
	return out
}
