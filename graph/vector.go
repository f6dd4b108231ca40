package graph

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
)

// NoEnd is the To of a vector that still holds.
const NoEnd = ^uint64(0)

// Vector is the embedding of a post as it holds at the blocks [From, To). A post
// whose content changes has several, which do not overlap.
type Vector struct {
	ID        PostID
	Embedding Embedding
	From, To  uint64
}

// Entry is the vector with its embedding's digest in the embedding's place.
func (v *Vector) Entry() VectorEntry {
	return VectorEntry{v.ID, v.From, v.To, EmbeddingDigest(&v.Embedding)}
}

// VectorEntry is what an index of vectors states of one of them.
type VectorEntry struct {
	ID        PostID
	From, To  uint64
	Embedding Hash // EmbeddingDigest
}

// Bytes is the canonical form: position (16), from (8), to (8), embedding digest (32).
func (e VectorEntry) Bytes() []byte {
	id := e.ID.Bytes()
	b := append(make([]byte, 0, 64), id[:]...)
	b = binary.BigEndian.AppendUint64(b, e.From)
	b = binary.BigEndian.AppendUint64(b, e.To)
	return append(b, e.Embedding[:]...)
}

// VectorState is how far an index of vectors followed the chain, and what it holds.
type VectorState struct {
	Block uint64 // the last block that it followed; 0 for none
	Hash  Hash   // of that block
	Floor uint64 // vectors that ended at or before this block are dropped
	Held  Hash   // VectorDigest.Sum over what it holds, computed anew from that
	Noted Hash   // the same as it was kept up to date change by change
	Rows  uint64 // how many it holds
}

const (
	vectorLanes  = 1024
	vectorDomain = "candor/vectors/v1"
)

// VectorDigest is a digest of a set of vectors that does not depend on their
// order and follows additions and removals: LtHash with 1,024 lanes of 16 bits,
// each the sum of that lane over all entries. An entry's lanes are the AES-256-CTR
// stream (no nonce) under the key SHA-256(domain ‖ entry). The zero value is that
// of no vectors. Source: Lewi, Kim, Maykov, Weis, "Securing Update Propagation
// with Homomorphic Hashing", https://eprint.iacr.org/2019/227
type VectorDigest struct {
	rows  uint64
	lanes [vectorLanes]uint16
}

// Add takes an entry in.
func (d *VectorDigest) Add(e VectorEntry) {
	d.rows++
	var stream [2 * vectorLanes]byte
	expand(e, &stream)
	for i := range d.lanes {
		d.lanes[i] += binary.LittleEndian.Uint16(stream[2*i:])
	}
}

// Remove takes out an entry that is in.
func (d *VectorDigest) Remove(e VectorEntry) {
	d.rows--
	var stream [2 * vectorLanes]byte
	expand(e, &stream)
	for i := range d.lanes {
		d.lanes[i] -= binary.LittleEndian.Uint16(stream[2*i:])
	}
}

func expand(e VectorEntry, stream *[2 * vectorLanes]byte) {
	key := sha256.Sum256(append([]byte(vectorDomain), e.Bytes()...))
	block, err := aes.NewCipher(key[:])
	if err != nil {
		panic(err) // 32 bytes are a key
	}
	cipher.NewCTR(block, make([]byte, aes.BlockSize)).XORKeyStream(stream[:], stream[:])
}

// Rows is how many entries are in.
func (d *VectorDigest) Rows() uint64 { return d.rows }

// Sum is the digest in 32 bytes: SHA-256 of the domain and AppendBinary's form.
func (d *VectorDigest) Sum() Hash {
	b, _ := d.AppendBinary([]byte(vectorDomain))
	return sha256.Sum256(b)
}

// AppendBinary appends the digest's state: the number of entries (8, big-endian),
// then the lanes (2 each, big-endian).
func (d *VectorDigest) AppendBinary(b []byte) ([]byte, error) {
	b = binary.BigEndian.AppendUint64(b, d.rows)
	for _, l := range d.lanes {
		b = binary.BigEndian.AppendUint16(b, l)
	}
	return b, nil
}

// UnmarshalBinary reads AppendBinary's form.
func (d *VectorDigest) UnmarshalBinary(b []byte) error {
	if len(b) != 8+2*vectorLanes {
		return fmt.Errorf("a digest of vectors has %d bytes, here are %d", 8+2*vectorLanes, len(b))
	}
	d.rows = binary.BigEndian.Uint64(b)
	for i := range d.lanes {
		d.lanes[i] = binary.BigEndian.Uint16(b[8+2*i:])
	}
	return nil
}
