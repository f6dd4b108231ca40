package snapshot

import (
	"bytes"
	"cmp"

	"github.com/ipfs/go-cid"

	"candor/graph"
)

// Stream is the bytes of rows that need not be right.
func Stream(rows []Row) (b []byte) {
	for _, row := range rows {
		b = encode(b, row)
	}
	return b
}

// Before is the order of rows.
func Before(a, b Row) bool {
	return cmp.Or(cmp.Compare(a.section(), b.section()), bytes.Compare(a.key(), b.key())) < 0
}

// Tally is what a liar would say of rows: the counts and the mirror root that a
// reader would find, whatever else is wrong.
func Tally(root Root, embed func(string) graph.Embedding, get func(cid.Cid) ([]byte, error)) (Counts, graph.Hash) {
	r := NewReader(root, embed, get)
	for {
		if _, err := r.Next(); err != nil {
			return r.c.counts, graph.MirrorRoot(r.c.entries)
		}
	}
}
