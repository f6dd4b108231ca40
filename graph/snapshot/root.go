package snapshot

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"math"

	"github.com/ipfs/go-cid"
	mh "github.com/multiformats/go-multihash"

	"candor/graph"
)

// Limits on snapshots. The largest one has 14.6 GiB.
const (
	ChunkSize = 1 << 20 // bytes of every chunk but the last
	MaxChunks = 15_000
	MaxRoot   = 1 << 20
)

// RootType names the format; whatever changes a byte changes it.
const RootType = "candor.snapshot/v1"

// Of says which world a snapshot is of.
type Of struct {
	ChainID  uint64
	Genesis  graph.Hash
	Contract graph.Address // SocialGraph
	Schema   graph.Hash    // of the embedder
}

// Root is the document that a snapshot's CID names: a dag-json map with these
// keys, sorted.
type Root struct {
	Type       string        `json:"$type"`
	Block      Header        `json:"block"`
	ChainID    uint64        `json:"chainId"`
	Chunks     []Link        `json:"chunks"` // raw blocks of ChunkSize bytes, the last of what is left
	Contract   graph.Address `json:"contract"`
	Counts     Counts        `json:"counts"`
	Genesis    graph.Hash    `json:"genesis"`
	MirrorRoot graph.Hash    `json:"mirrorRoot"` // over the snapshot's own posts
	Schema     graph.Hash    `json:"schema"`
	Size       uint64        `json:"size"` // of all chunks, in bytes
}

// Blocks are the chunks' CIDs, in their order.
func (r Root) Blocks() []cid.Cid {
	all := make([]cid.Cid, len(r.Chunks))
	for i, l := range r.Chunks {
		all[i] = l.Cid
	}
	return all
}

// Header is the block in dag-json.
type Header struct {
	Hash   graph.Hash `json:"hash"`
	Number uint64     `json:"number"`
	Parent graph.Hash `json:"parent"`
	Time   uint64     `json:"time"`
}

// Counts says how many rows there are of each kind.
type Counts struct {
	Accounts  uint64 `json:"accounts"`
	Blocks    uint64 `json:"blocks"`
	Documents uint64 `json:"documents"`
	Follows   uint64 `json:"follows"`
	Policies  uint64 `json:"policies"`
	Posts     uint64 `json:"posts"`
	Profiles  uint64 `json:"profiles"`
	Reactions uint64 `json:"reactions"`
	Requests  uint64 `json:"requests"`
	Withheld  uint64 `json:"withheld"`
}

func (c Counts) list() []uint64 {
	return []uint64{c.Accounts, c.Blocks, c.Documents, c.Follows, c.Policies, c.Posts, c.Profiles, c.Reactions, c.Requests, c.Withheld}
}

// Link is a CID in dag-json.
type Link struct{ cid.Cid }

// MarshalJSON writes {"/": "CID"}.
func (l Link) MarshalJSON() ([]byte, error) {
	return json.Marshal(map[string]string{"/": l.String()})
}

// UnmarshalJSON reads {"/": "CID"}.
func (l *Link) UnmarshalJSON(b []byte) error {
	var m map[string]string
	if err := json.Unmarshal(b, &m); err != nil {
		return err
	}
	if len(m["/"]) > 2*graph.MaxCID {
		return errors.New("a CID is too long")
	}
	c, err := cid.Decode(m["/"])
	l.Cid = c
	return err
}

// Of is what the root says that the snapshot is of.
func (r Root) Of() Of { return Of{r.ChainID, r.Genesis, r.Contract, r.Schema} }

// At is the block of the snapshot.
func (r Root) At() graph.Block {
	return graph.Block{Number: r.Block.Number, Hash: r.Block.Hash, Parent: r.Block.Parent, Time: r.Block.Time}
}

// Encode writes the root as canonical dag-json and names it.
func (r Root) Encode() ([]byte, cid.Cid, error) {
	if err := r.check(); err != nil {
		return nil, cid.Undef, err
	}
	raw, err := json.Marshal(r)
	if err != nil {
		return nil, cid.Undef, err
	}
	return raw, name(cid.DagJSON, raw), nil
}

// ParseRoot reads the root that the CID names and refuses what is none: other
// bytes, another spelling, sizes that do not fit.
func ParseRoot(c cid.Cid, raw []byte) (r Root, err error) {
	if len(raw) > MaxRoot {
		return Root{}, fmt.Errorf("the snapshot's root has %d bytes: at most %d are read", len(raw), MaxRoot)
	}
	if !name(cid.DagJSON, raw).Equals(c) {
		return Root{}, fmt.Errorf("the bytes are not the snapshot's root %s: its CID says SHA-256 of dag-json", c)
	}
	if err := json.Unmarshal(raw, &r); err != nil {
		return Root{}, fmt.Errorf("%s is no snapshot's root: %w", c, err)
	}
	again, _, err := r.Encode()
	if err != nil {
		return Root{}, fmt.Errorf("%s is no snapshot's root: %w", c, err)
	}
	if !bytes.Equal(again, raw) {
		return Root{}, fmt.Errorf("%s is no snapshot's root: it has keys or a spelling that a root has not", c)
	}
	return r, nil
}

func (r Root) check() error {
	if r.Type != RootType {
		return fmt.Errorf("its $type is %q: this Candor reads %s", r.Type, RootType)
	}
	if r.Block.Number == 0 || r.Block.Number >= math.MaxInt64 || r.Block.Time >= math.MaxInt64 {
		return fmt.Errorf("block %d at time %d is out of range", r.Block.Number, r.Block.Time)
	}
	n := uint64(len(r.Chunks))
	if n > MaxChunks {
		return fmt.Errorf("it has %d chunks: at most %d are allowed", n, MaxChunks)
	}
	if n == 0 && r.Size != 0 || n > 0 && (r.Size <= (n-1)*ChunkSize || r.Size > n*ChunkSize) {
		return fmt.Errorf("%d bytes do not fill %d chunks of %d", r.Size, n, ChunkSize)
	}
	for _, c := range r.Chunks {
		if p := c.Prefix(); !c.Defined() || p.Version != 1 || p.Codec != cid.Raw || p.MhType != mh.SHA2_256 || p.MhLength != 32 {
			return fmt.Errorf("chunk %s is no CIDv1 of raw bytes by SHA-256", c)
		}
	}
	for _, rows := range r.Counts.list() {
		if rows > r.Size {
			return fmt.Errorf("%d rows do not fit into %d bytes", rows, r.Size)
		}
	}
	return nil
}

// name is the CIDv1 (SHA-256) of the bytes.
func name(codec uint64, raw []byte) cid.Cid {
	sum := sha256.Sum256(raw)
	h, err := mh.Encode(sum[:], mh.SHA2_256)
	if err != nil {
		panic(err) // a known hash of its right length
	}
	return cid.NewCidV1(codec, h)
}

const entryTag = "candor/snapshot/v1"

// Entry is what a node's log says of the snapshot that the CID names: the tag,
// chain id (8), genesis (32), contract (20), embedding schema (32), block number
// (8), its hash (32), mirror root (32), the counts in the order of their names (8
// each), size (8), and the root's CID (37).
func (r Root) Entry(c cid.Cid) []byte {
	b := append([]byte(entryTag), binary.BigEndian.AppendUint64(nil, r.ChainID)...)
	b = append(b, r.Genesis[:]...)
	b = append(b, r.Contract[:]...)
	b = append(b, r.Schema[:]...)
	b = binary.BigEndian.AppendUint64(b, r.Block.Number)
	b = append(b, r.Block.Hash[:]...)
	b = append(b, r.MirrorRoot[:]...)
	for _, n := range r.Counts.list() {
		b = binary.BigEndian.AppendUint64(b, n)
	}
	b = binary.BigEndian.AppendUint64(b, r.Size)
	return append(b, c.Bytes()...)
}

// entrySize is the length of every entry.
const entrySize = len(entryTag) + 8 + 32 + 20 + 32 + 8 + 32 + 32 + 10*8 + 8 + 37

// Logged is what an entry says, for lists; who checks a snapshot makes the entry
// from its root and compares bytes.
type Logged struct {
	CID        cid.Cid
	Block      uint64
	Hash       graph.Hash
	MirrorRoot graph.Hash
	Posts      uint64
	Size       uint64
}

// ParseEntry reads an entry.
func ParseEntry(b []byte) (l Logged, err error) {
	if len(b) != entrySize || string(b[:len(entryTag)]) != entryTag {
		return l, errors.New("the entry is none of a snapshot")
	}
	b = b[len(entryTag)+8+32+20+32:]
	l.Block = binary.BigEndian.Uint64(b)
	l.Hash, l.MirrorRoot = graph.Hash(b[8:40]), graph.Hash(b[40:72])
	l.Posts = binary.BigEndian.Uint64(b[72+5*8:])
	l.Size = binary.BigEndian.Uint64(b[72+10*8:])
	l.CID, err = cid.Cast(b[72+11*8:])
	return l, err
}
