package graph

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
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

// Leaf is the entry's place in the mirror's Merkle tree.
func (m MirrorEntry) Leaf() Hash { return sha256.Sum256(append([]byte{0}, m.Bytes()...)) }

// MirrorNode is the node of the mirror's Merkle tree above two others.
func MirrorNode(left, right Hash) Hash {
	var b [1 + 2*len(left)]byte
	b[0] = 1
	copy(b[1:], left[:])
	copy(b[1+len(left):], right[:])
	return sha256.Sum256(b[:])
}

// MirrorRoot is the RFC 6962 Merkle tree hash (SHA-256; leaves behind 0x00,
// nodes behind 0x01) over the entries in chain order, hashed once more behind
// their number. The caller sorts; entries out of order give another root.
func MirrorRoot(entries []MirrorEntry) Hash {
	leaves := make([]Hash, len(entries))
	for i, e := range entries {
		leaves[i] = e.Leaf()
	}
	return SealMirror(uint64(len(entries)), merkle(leaves))
}

// SealMirror makes a mirror root of the Merkle tree hash over so many entries.
func SealMirror(entries uint64, tree Hash) Hash {
	b := append([]byte("candor/mirror/v1"), binary.BigEndian.AppendUint64(nil, entries)...)
	return sha256.Sum256(append(b, tree[:]...))
}

func merkle(l []Hash) Hash {
	switch len(l) {
	case 0:
		return sha256.Sum256(nil)
	case 1:
		return l[0]
	}
	k := 1 << (bits.Len(uint(len(l)-1)) - 1)
	return MirrorNode(merkle(l[:k]), merkle(l[k:]))
}

// MirrorProof shows that an entry is under a mirror root, by the audit path of
// RFC 6962, section 2.1.1.
type MirrorProof struct {
	Entry   MirrorEntry
	Index   uint64 // of the entry, from 0
	Entries uint64 // how many the root is over
	Path    []Hash // from the leaf up
}

// maxMirrorPath is the longest path in a tree of fewer than 2^63 entries.
const maxMirrorPath = 63

// ProveMirror is the proof of the entry with the index, under MirrorRoot of the
// entries. It hashes all of them; nil when there is none with that index.
func ProveMirror(entries []MirrorEntry, index uint64) *MirrorProof {
	if index >= uint64(len(entries)) {
		return nil
	}
	leaves := make([]Hash, len(entries))
	for i, e := range entries {
		leaves[i] = e.Leaf()
	}
	return &MirrorProof{Entry: entries[index], Index: index, Entries: uint64(len(entries)), Path: auditPath(leaves, int(index))}
}

func auditPath(l []Hash, i int) []Hash {
	if len(l) == 1 {
		return nil
	}
	k := 1 << (bits.Len(uint(len(l)-1)) - 1)
	if i < k {
		return append(auditPath(l[:k], i), merkle(l[k:]))
	}
	return append(auditPath(l[k:], i-k), merkle(l[:k]))
}

// Root is the mirror root that the proof leads to. It fails when the path has
// another length than one at that place, and says nothing of whether the root is
// the mirror's.
func (p MirrorProof) Root() (Hash, error) {
	if p.Index >= p.Entries || len(p.Path) > maxMirrorPath {
		return Hash{}, fmt.Errorf("entry %d of %d with a path of %d hashes is none: ask for the proof again", p.Index, p.Entries, len(p.Path))
	}
	h, at, last := p.Entry.Leaf(), p.Index, p.Entries-1
	rest := p.Path
	for ; last > 0; at, last = at>>1, last>>1 {
		if at&1 == 0 && at == last {
			continue // the right edge: no sibling on this level
		}
		if len(rest) == 0 {
			return Hash{}, fmt.Errorf("the path of entry %d of %d is too short: ask for the proof again", p.Index, p.Entries)
		}
		if at&1 == 1 {
			h = MirrorNode(rest[0], h)
		} else {
			h = MirrorNode(h, rest[0])
		}
		rest = rest[1:]
	}
	if len(rest) > 0 {
		return Hash{}, fmt.Errorf("the path of entry %d of %d is too long: ask for the proof again", p.Index, p.Entries)
	}
	return SealMirror(p.Entries, h), nil
}

// Verify reports what is wrong with the proof for the root, nil when nothing is.
func (p MirrorProof) Verify(root Hash) error {
	got, err := p.Root()
	if err != nil {
		return err
	}
	if got != root {
		return fmt.Errorf("the entry of post %s is not under the mirror root %s: the proof leads to %s", p.Entry.ID, root, got)
	}
	return nil
}
