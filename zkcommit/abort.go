package zkcommit

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"

	"candor/graph"
)

// Reason says why a ticket ended without a run. Its number stands in the abort.
type Reason uint8

// The reasons.
const (
	PluginFailed Reason = 1 + iota // a ranker or a filter failed, or answered nonsense
	NodeFailed                     // the node could not read or write what it needed
	TimedOut                       // it took too long, and others waited behind it
	Crashed                        // the node's process ended before the run did
	ShutDown                       // the node was stopped before the run was made
	Abandoned                      // nobody waited for the run any more
	Duplicate                      // the ledger had a run of the same request already
)

// reasons are the words of the API and of reports, by number.
var reasons = [...]string{PluginFailed: "plugin-failed", NodeFailed: "node-failed", TimedOut: "timed-out", Crashed: "crashed",
	ShutDown: "shut-down", Abandoned: "abandoned", Duplicate: "duplicate"}

func (r Reason) String() string {
	if r == 0 || int(r) >= len(reasons) {
		return fmt.Sprintf("reason %d", uint8(r))
	}
	return reasons[r]
}

// Abort is how a ticket ends without a run: the lane's entry of its number.
type Abort struct {
	ChainID  uint64
	Registry graph.Address
	Node     graph.Address
	Lane     uint32
	Seq      uint64
	Previous graph.Hash // ID of the lane's previous entry; zero for the first
	Ticket   graph.Hash // its ID
	Reason   Reason
}

const abortMagic = "candor/abort/v1\x00"

// AbortSize is the number of bytes of a canonical Abort.
const AbortSize = len(abortMagic) + 8 + 20 + 20 + 4 + 8 + 32 + 32 + 1

// Bytes is the canonical form: a 16-byte magic, then every field in the order of
// the struct, big-endian, fixed width.
func (a *Abort) Bytes() []byte {
	b := make([]byte, 0, AbortSize)
	b = append(b, abortMagic...)
	b = binary.BigEndian.AppendUint64(b, a.ChainID)
	b = append(append(b, a.Registry[:]...), a.Node[:]...)
	b = binary.BigEndian.AppendUint32(b, a.Lane)
	b = binary.BigEndian.AppendUint64(b, a.Seq)
	b = append(append(b, a.Previous[:]...), a.Ticket[:]...)
	return append(b, byte(a.Reason))
}

// ID names the abort as ID names a run: SHA-256 of its canonical bytes.
func (a *Abort) ID() graph.Hash { return sha256.Sum256(a.Bytes()) }

// ParseAbort reads canonical bytes, of exactly AbortSize and for a known reason.
func ParseAbort(b []byte) (*Abort, error) {
	if len(b) != AbortSize || string(b[:len(abortMagic)]) != abortMagic {
		return nil, fmt.Errorf("these %d bytes are no abort: an abort has %d and begins with %q", len(b), AbortSize, abortMagic[:15])
	}
	a := &Abort{Reason: Reason(b[AbortSize-1])}
	if a.Reason == 0 || int(a.Reason) >= len(reasons) {
		return nil, fmt.Errorf("the abort has the unknown %s", a.Reason)
	}
	b = b[len(abortMagic):]
	take := func(n int) []byte { p := b[:n]; b = b[n:]; return p }
	a.ChainID = binary.BigEndian.Uint64(take(8))
	copy(a.Registry[:], take(20))
	copy(a.Node[:], take(20))
	a.Lane = binary.BigEndian.Uint32(take(4))
	a.Seq = binary.BigEndian.Uint64(take(8))
	copy(a.Previous[:], take(32))
	copy(a.Ticket[:], take(32))
	return a, nil
}

// ParseEntry reads a log's entry, which is either a run or an abort.
func ParseEntry(b []byte) (*Run, *Abort, error) {
	if len(b) >= len(abortMagic) && string(b[:len(abortMagic)]) == abortMagic {
		a, err := ParseAbort(b)
		return nil, a, err
	}
	r, err := ParseRun(b)
	return r, nil, err
}
