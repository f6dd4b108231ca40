package zkcommit

import "candor/graph"

// ProofState says how far the proof of a run is, in the words of the API.
type ProofState string

// The states of a run's proof.
const (
	Pending    ProofState = "pending"
	Proven     ProofState = "proven"
	SampledOut ProofState = "sampled-out" // nothing is to be proved: the run ranks no post
	Failed     ProofState = "failed"
)

// RunRow is a run as the ledger keeps it: the truth about what this node ranked.
type RunRow struct {
	ID         graph.Hash // digest of Run
	Lane       uint32
	Seq        uint64     // gapless in its lane, from 0
	Key        graph.Hash // of the request: one request at one block has one run
	Block      uint64
	Ranker     string
	Time       uint64 // seconds; informs only
	Run        []byte // canonical Run
	Opening    graph.Hash
	Public     bool   // the opening may be given to anyone
	Record     []byte // canonical Record: what the digests of Run hide
	Receipt    []byte // the signed Receipt as JSON
	ProofState ProofState
	LogIndex   int64 // -1 until the transparency log holds the run
}
