package graph

import (
	"cmp"
	"encoding/binary"
	"fmt"
	"strconv"
	"strings"

	"github.com/ethereum/go-ethereum/common"
)

// Address is an Ethereum account address, 20 bytes.
type Address = common.Address

// Hash is 32 bytes: a block, transaction or content digest.
type Hash = common.Hash

// Position is a place on the chain: block number, index of the transaction in
// its block, index of the log in its block. It identifies an event, and so a
// post; the order of positions is the order of the chain.
type Position struct {
	Block uint64
	Tx    uint32
	Log   uint32
}

// PostID is the position of the event that published the post.
type PostID = Position

// Bytes is the canonical form: block (8), transaction (4), log (4), big-endian,
// which is also the `bytes16` that the contracts use. Its byte order is chain order.
func (p Position) Bytes() (b [16]byte) {
	binary.BigEndian.PutUint64(b[:8], p.Block)
	binary.BigEndian.PutUint32(b[8:12], p.Tx)
	binary.BigEndian.PutUint32(b[12:], p.Log)
	return b
}

// PositionFromBytes is the inverse of Bytes.
func PositionFromBytes(b [16]byte) Position {
	return Position{
		Block: binary.BigEndian.Uint64(b[:8]),
		Tx:    binary.BigEndian.Uint32(b[8:12]),
		Log:   binary.BigEndian.Uint32(b[12:]),
	}
}

// IsZero reports whether p names nothing. No event is at block 0: the genesis has no logs.
func (p Position) IsZero() bool { return p == Position{} }

// Compare is -1, 0 or 1 as p is before, at or after q on the chain.
func (p Position) Compare(q Position) int {
	return cmp.Or(cmp.Compare(p.Block, q.Block), cmp.Compare(p.Tx, q.Tx), cmp.Compare(p.Log, q.Log))
}

// String is "block-transaction-log" in decimal, the `id` of a post in every API.
func (p Position) String() string { return fmt.Sprintf("%d-%d-%d", p.Block, p.Tx, p.Log) }

// ParsePosition reads String's form, and no other spelling of it.
func ParsePosition(s string) (Position, error) {
	bad := fmt.Errorf("%q is not a post id: send block-transaction-log, such as 12-0-3", s)
	parts := strings.Split(s, "-")
	if len(parts) != 3 {
		return Position{}, bad
	}
	block, err1 := strconv.ParseUint(parts[0], 10, 63)
	tx, err2 := strconv.ParseUint(parts[1], 10, 31)
	log, err3 := strconv.ParseUint(parts[2], 10, 31)
	p := Position{Block: block, Tx: uint32(tx), Log: uint32(log)}
	if err1 != nil || err2 != nil || err3 != nil || p.String() != s {
		return Position{}, bad
	}
	return p, nil
}

// MarshalText writes String's form.
func (p Position) MarshalText() ([]byte, error) { return []byte(p.String()), nil }

// UnmarshalText reads String's form.
func (p *Position) UnmarshalText(b []byte) (err error) {
	*p, err = ParsePosition(string(b))
	return err
}

// Block is a header as the mirror keeps it.
type Block struct {
	Number uint64
	Hash   Hash
	Parent Hash
	Time   uint64 // seconds
}
