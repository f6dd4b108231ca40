package zkcommit

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"

	"candor/graph"
)

// Run is one ranking, frozen: everything that a node may later be held to. What
// a reader would not want to see in public stands in it as salted digests, which
// the run's opening opens; what its proofs are about, the RankingSalt that derives
// from it does.
type Run struct {
	ChainID  uint64
	Genesis  graph.Hash
	Registry graph.Address
	Node     graph.Address

	Plugin  graph.Hash // PluginID of the ranker
	Version uint32

	Lane     uint32
	Seq      uint64
	Previous graph.Hash // ID of the lane's previous entry; zero for the first

	Block      uint64
	BlockHash  graph.Hash
	MirrorRoot graph.Hash
	Time       uint64 // the node's clock, seconds, rounded down to a minute; informs only

	FeatureSchema graph.Hash
	Commitment    graph.Hash // of the model
	Shape         graph.Hash // Shape.ID

	Viewer     graph.Hash // digest under the opening, as those that say nothing else
	Candidates graph.Hash
	Features   graph.Hash // RowsDigest under the ranking salt: what the run's proofs are about
	Verdicts   graph.Hash
	Ranked     graph.Hash // RankedDigest, under the ranking salt
	Served     graph.Hash
}

const runMagic = "candor/run/v2\x00\x00\x00"

// RunSize is the number of bytes of a canonical Run.
const RunSize = len(runMagic) + 8 + 32 + 20 + 20 + 32 + 4 + 4 + 8 + 32 + 8 + 32 + 32 + 8 + 3*32 + 6*32

// Bytes is the canonical form: a 16-byte magic, then every field in the order of
// the struct, big-endian, fixed width.
func (r *Run) Bytes() []byte {
	b := make([]byte, 0, RunSize)
	b = append(b, runMagic...)
	b = binary.BigEndian.AppendUint64(b, r.ChainID)
	b = append(b, r.Genesis[:]...)
	b = append(b, r.Registry[:]...)
	b = append(b, r.Node[:]...)
	b = append(b, r.Plugin[:]...)
	b = binary.BigEndian.AppendUint32(b, r.Version)
	b = binary.BigEndian.AppendUint32(b, r.Lane)
	b = binary.BigEndian.AppendUint64(b, r.Seq)
	b = append(b, r.Previous[:]...)
	b = binary.BigEndian.AppendUint64(b, r.Block)
	b = append(b, r.BlockHash[:]...)
	b = append(b, r.MirrorRoot[:]...)
	b = binary.BigEndian.AppendUint64(b, r.Time)
	for _, h := range r.hashes() {
		b = append(b, h[:]...)
	}
	return b
}

func (r *Run) hashes() []*graph.Hash {
	return []*graph.Hash{&r.FeatureSchema, &r.Commitment, &r.Shape,
		&r.Viewer, &r.Candidates, &r.Features, &r.Verdicts, &r.Ranked, &r.Served}
}

// ID names the run: SHA-256 of its canonical bytes.
func (r *Run) ID() graph.Hash { return sha256.Sum256(r.Bytes()) }

// ErrRunVersion says that a run is one of another version, whose digests mean other things.
var ErrRunVersion = fmt.Errorf("the run is not of the version %s: look at it with the program that it was made for", runMagic[:13])

// ParseRun reads canonical bytes, of exactly RunSize.
func ParseRun(b []byte) (*Run, error) {
	if len(b) != RunSize || string(b[:len(runMagic)]) != runMagic {
		if len(b) == RunSize && string(b[:12]) == runMagic[:12] {
			return nil, ErrRunVersion
		}
		return nil, fmt.Errorf("these %d bytes are no run: a run has %d and begins with %q", len(b), RunSize, runMagic[:13])
	}
	b = b[len(runMagic):]
	take := func(n int) []byte { p := b[:n]; b = b[n:]; return p }
	u64 := func() uint64 { return binary.BigEndian.Uint64(take(8)) }
	u32 := func() uint32 { return binary.BigEndian.Uint32(take(4)) }
	r := &Run{}
	r.ChainID = u64()
	copy(r.Genesis[:], take(32))
	copy(r.Registry[:], take(20))
	copy(r.Node[:], take(20))
	copy(r.Plugin[:], take(32))
	r.Version, r.Lane, r.Seq = u32(), u32(), u64()
	copy(r.Previous[:], take(32))
	r.Block = u64()
	copy(r.BlockHash[:], take(32))
	copy(r.MirrorRoot[:], take(32))
	r.Time = u64()
	for _, h := range r.hashes() {
		copy(h[:], take(32))
	}
	return r, nil
}

// check refuses a run that breaks a rule that its own fields show.
func (r *Run) check() error {
	switch {
	case (r.Seq == 0) != (r.Previous == graph.Hash{}):
		return errors.New("the run must name the lane's previous run, and the first run of a lane none")
	case r.Time%60 != 0:
		return errors.New("the run's time is not rounded down to a minute")
	}
	return nil
}

// RankingSalt is the salt of what a run's proofs are about: its ranked posts and their
// rows. It derives from the opening and does not give it, so that who proves or disputes
// a run needs no opening, with which guesses at who the viewer is could be tested.
func RankingSalt(opening graph.Hash) graph.Hash {
	return sha256.Sum256(append([]byte("candor/ranking/v1"), opening[:]...))
}

// RankedDigest is the digest of so many ranked posts, of whose positions hidden is the
// Digest: who demands a proof shows the number by it, and no post.
func RankedDigest(posts int, hidden graph.Hash) graph.Hash {
	return sha256.Sum256(append(binary.BigEndian.AppendUint32([]byte("candor/ranked/v1"), uint32(posts)), hidden[:]...))
}

// Digest hides a value under a salt, the run's opening or its ranking salt: SHA-256 of
// a tag, the domain (length first), the salt and the value.
func Digest(salt graph.Hash, domain string, value []byte) graph.Hash {
	var b bytes.Buffer
	b.WriteString("candor/digest/v1")
	b.WriteByte(byte(len(domain)))
	b.WriteString(domain)
	b.Write(salt[:])
	b.Write(value)
	return sha256.Sum256(b.Bytes())
}

// PluginID names a plugin: keccak-256 of its publisher's address and its slug,
// as the Registry computes it.
func PluginID(publisher graph.Address, slug string) graph.Hash {
	return graph.Keccak(publisher[:], []byte(slug))
}
