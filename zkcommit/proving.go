package zkcommit

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math/bits"

	"candor/graph"
)

// ProveMode says which runs of an epoch a node promises to prove.
type ProveMode string

// The modes.
const (
	ProveAll     ProveMode = "all"     // every run
	ProveSampled ProveMode = "sampled" // those that are drawn, and those asked for
	ProveAsked   ProveMode = "asked"   // those asked for
	ProveOff     ProveMode = "off"     // none
)

// EpochRuns is how many runs of a lane make an epoch: epochs begin at its
// multiples, so that a node cannot end one when it likes.
const EpochRuns = 256

// WholeRate is the rate at which every run is drawn.
const WholeRate = 10_000

// Epoch is a node's promise about the proofs of the runs from First on, until the
// next epoch that it announced. It is logged before the first of them.
type Epoch struct {
	Lane  uint32    `json:"lane"`
	First uint64    `json:"first"` // number of the first run, a multiple of EpochRuns
	Mode  ProveMode `json:"mode"`
	Rate  uint32    `json:"rate"`  // drawn runs of 10,000; WholeRate for "all", 0 for "asked" and "off"
	Due   uint32    `json:"due"`   // seconds from the draw, or from the asking, after which a proof is late
	Cross uint32    `json:"cross"` // proven runs of 10,000 that are drawn to be proved by the dispute circuit, too
	// Network is whose round draws, by its hash. Zero: the hash of the anchor's block
	// does, as in epochs of version 1.
	Network graph.Hash `json:"network"`
	Index   int64      `json:"log"`    // in the log of epochs; -1 until it is there
	Order   uint64     `json:"number"` // how many were announced before it
}

// Check refuses an epoch that no node may announce.
func (e *Epoch) Check() error {
	fits := false
	switch e.Mode {
	case ProveAll:
		fits = e.Rate == WholeRate
	case ProveSampled:
		fits = e.Rate > 0 && e.Rate < WholeRate
	case ProveAsked, ProveOff:
		fits = e.Rate == 0
	}
	switch {
	case !fits:
		return fmt.Errorf("an epoch of mode %.20q at rate %d is none: send all at %d, sampled between, asked or off at 0", e.Mode, e.Rate, WholeRate)
	case e.First%EpochRuns != 0:
		return fmt.Errorf("an epoch begins at a multiple of %d runs: it cannot begin at %d", EpochRuns, e.First)
	case e.Due == 0:
		return errors.New("an epoch needs a time after which proofs are late")
	case e.Cross > WholeRate:
		return fmt.Errorf("an epoch has %d proven runs of 10,000 proved twice: send at most %d", e.Cross, WholeRate)
	case e.Cross > 0 && (e.Network == graph.Hash{} || e.Mode == ProveOff):
		return errors.New("an epoch in which runs are drawn to be proved twice has runs proved, and names the beacon that draws")
	}
	return nil
}

// Magics of announcements, by version: the second names the beacon, and the share of
// runs that are proved twice.
const (
	epochMagic1 = "candor/epoch/v1\x00"
	epochMagic2 = "candor/epoch/v2\x00"
)

// Bytes is the canonical form of the announcement, as the log of epochs has it:
// magic, chain, genesis, node, lane, first run, mode (1 byte of length), rate, due;
// in version 2 the network and the share that is proved twice follow.
func (e *Epoch) Bytes(chainID uint64, genesis graph.Hash, node graph.Address) []byte {
	b := []byte(epochMagic2)
	if e.Network == (graph.Hash{}) {
		b = []byte(epochMagic1)
	}
	b = binary.BigEndian.AppendUint64(b, chainID)
	b = append(b, genesis[:]...)
	b = append(b, node[:]...)
	b = binary.BigEndian.AppendUint32(b, e.Lane)
	b = binary.BigEndian.AppendUint64(b, e.First)
	b = append(b, byte(len(e.Mode)))
	b = append(b, e.Mode...)
	b = binary.BigEndian.AppendUint32(b, e.Rate)
	b = binary.BigEndian.AppendUint32(b, e.Due)
	if e.Network != (graph.Hash{}) {
		b = append(b, e.Network[:]...)
		b = binary.BigEndian.AppendUint32(b, e.Cross)
	}
	return b
}

// Draw decides which of the runs under one anchor must be proved, and which twice.
type Draw struct {
	Lane    uint32     `json:"lane"`
	Size    uint64     `json:"size"` // of the log at the anchor: it decides what no earlier draw did
	Root    graph.Hash `json:"root"` // of the log at the anchor
	Block   uint64     `json:"block"`
	Time    uint64     `json:"time"`    // of that block, in seconds; it fixes the round
	Network graph.Hash `json:"network"` // zero: the hash of the block is the beacon, as in epochs of version 1
	Round   uint64     `json:"round"`
	// Signature of the round, in hex; its SHA-256 is the beacon.
	Signature string     `json:"signature"`
	Beacon    graph.Hash `json:"beacon"` // chance that nobody knew at the anchor; zero until it is there
	Source    string     `json:"source"` // of the chance, in words
}

// Drawn tells whether the draw picks the run with the number at the rate:
// the first 8 bytes of keccak-256(tag, beacon, root, lane, size, number), as a
// number below 2^64, are below 2^64 · rate / 10,000.
func (d *Draw) Drawn(seq uint64, rate uint32) bool {
	return d.picks("candor/draw/v1\x00\x00", seq, rate)
}

// Crossed tells whether the draw picks the run at the rate to be proved twice, once it
// is proven. It is another draw than Drawn: its tag differs.
func (d *Draw) Crossed(seq uint64, rate uint32) bool {
	return d.picks("candor/cross/v1\x00", seq, rate)
}

func (d *Draw) picks(tag string, seq uint64, rate uint32) bool {
	b := []byte(tag)
	b = append(b, d.Beacon[:]...)
	b = append(b, d.Root[:]...)
	b = binary.BigEndian.AppendUint32(b, d.Lane)
	b = binary.BigEndian.AppendUint64(b, d.Size)
	h := graph.Keccak(binary.BigEndian.AppendUint64(b, seq))
	high, _ := bits.Mul64(binary.BigEndian.Uint64(h[:8]), WholeRate) // ⌊x·10,000 / 2^64⌋
	return high < uint64(rate)
}

// Waiting is a run whose proof is owed, as the scheduler sees it.
type Waiting struct {
	ID     graph.Hash
	Number uint64 // in the order of appending, over all lanes
	Ranker string
	Run    []byte // canonical Run
	Asked  uint64 // the order of asking; 0: nobody asked
	Due    uint64 // second after which a proof is late; 0: never
	Tries  int    // times that a worker began
	Fails  int    // times that it could not be proved
	Time   uint64 // of the run, seconds
}

// CrossState says how far a run is that was drawn to be proved twice.
type CrossState string

// The states of a cross-check.
const (
	CrossDrawn   CrossState = "drawn"   // it is still to be made; nothing is owed before the run is proven
	CrossAgrees  CrossState = "agrees"  // both proofs of the run hold
	CrossDiffers CrossState = "differs" // one of the two does not: a proof system is broken
	CrossUnfit   CrossState = "unfit"   // the dispute circuit does not take the run
)

// CrossFigures are how the cross-checks stand.
type CrossFigures struct {
	Agree  uint64 `json:"agree"`
	Differ uint64 `json:"differ"`
	Unfit  uint64 `json:"unfit"`
	Owed   uint64 `json:"waiting"` // the run is proven, and not yet proved twice
}

// Quota bounds what readers may ask for in an hour.
type Quota struct {
	Each  int // one reader
	Total int // all readers
}

// ProofFigures are how a ranker's runs, or all, stand.
type ProofFigures struct {
	Ranker  string `json:"ranker"`
	Runs    uint64 `json:"runs"`
	Proven  uint64 `json:"proven"`
	Failed  uint64 `json:"failed"`
	Out     uint64 `json:"sampledOut"`
	Owed    uint64 `json:"waiting"`   // a proof is owed and not there yet
	Undrawn uint64 `json:"undecided"` // the draw is still to come
	Oldest  uint64 `json:"oldest"`    // second of the oldest run that is owed its proof; 0: none waits
}

// ProofFailure is a run that was not proved, and why.
type ProofFailure struct {
	Run    graph.Hash `json:"run"`
	Seq    uint64     `json:"seq"`
	Ranker string     `json:"ranker"`
	Fails  int        `json:"fails"`
	Final  bool       `json:"final"` // false: it is tried again
	Reason string     `json:"reason"`
}
