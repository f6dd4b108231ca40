package graph

import (
	"crypto/sha256"
	"encoding/binary"
	"math/bits"
)

// MirrorEntry is what a mirror states of one post at a block.
type MirrorEntry struct {
	ID        PostID
	Status    Status
	Embedding Hash // EmbeddingDigest; zero unless the status is Present
}

// EmbeddingDigest is SHA-256 of the embedding's canonical bytes.
func EmbeddingDigest(e *Embedding) Hash { return sha256.Sum256(e.Bytes()) }

// Bytes is the canonical form: position (16), status (1), embedding digest (32).
func (m MirrorEntry) Bytes() []byte {
	id := m.ID.Bytes()
	b := append(make([]byte, 0, 49), id[:]...)
	b = append(b, byte(m.Status))
	return append(b, m.Embedding[:]...)
}

// MirrorRoot is the RFC 6962 Merkle tree hash (SHA-256; leaves behind 0x00,
// nodes behind 0x01) over the entries in chain order, hashed once more behind
// their number. The caller sorts; entries out of order give another root.
func MirrorRoot(entries []MirrorEntry) Hash {
	leaves := make([]Hash, len(entries))
	for i, e := range entries {
		leaves[i] = sha256.Sum256(append([]byte{0}, e.Bytes()...))
	}
	root := merkle(leaves)
	b := append([]byte("candor/mirror/v1"), binary.BigEndian.AppendUint64(nil, uint64(len(entries)))...)
	return sha256.Sum256(append(b, root[:]...))
}

func merkle(l []Hash) Hash {
	switch len(l) {
	case 0:
		return sha256.Sum256(nil)
	case 1:
		return l[0]
	}
	k := 1 << (bits.Len(uint(len(l)-1)) - 1)
	a, b := merkle(l[:k]), merkle(l[k:])
	return sha256.Sum256(append(append([]byte{1}, a[:]...), b[:]...))
}
