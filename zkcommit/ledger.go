package zkcommit

import "candor/graph"

// ProofState says how far the proof of a run is, in the words of the API.
type ProofState string

// The states of a run's proof.
const (
	Pending    ProofState = "pending"
	Proven     ProofState = "proven"
	SampledOut ProofState = "sampled-out" // nothing is to be proved: the run ranks no post, was not drawn, or its ranker's manifest promises no proofs
	Failed     ProofState = "failed"
)

// RunRow is a run as the ledger keeps it: the truth about what this node ranked.
type RunRow struct {
	ID         graph.Hash // digest of Run
	Lane       uint32
	Seq        uint64     // in its lane, whose runs and aborts are gapless from 0
	Key        graph.Hash // of the request: one request at one block has one run
	Block      uint64
	Ranker     string
	Time       uint64 // seconds; informs only
	Run        []byte // canonical Run
	Opening    graph.Hash
	Public     bool   // the opening may be given to anyone
	Record     []byte // canonical Record: what the digests of Run hide
	Ticket     []byte // the signed Ticket as JSON, which AppendRun does not read; nil: it was made before there were tickets
	Receipt    []byte // the signed Receipt as JSON
	ProofState ProofState
	LogIndex   int64 // -1 until the transparency log holds the run
}

// TicketRow is a ticket as the ledger keeps it.
type TicketRow struct {
	ID     graph.Hash
	Lane   uint32
	Seq    uint64
	Ranker string
	Ticket []byte  // the signed Ticket as JSON
	Charge *Charge // what it costs its asker; nil: nothing
}

// AbortRow is an abort as the ledger keeps it.
type AbortRow struct {
	ID     graph.Hash // digest of Abort
	Lane   uint32
	Seq    uint64
	Ticket graph.Hash // its ID
	Reason Reason
	Abort  []byte // canonical Abort
}

// EntryRow is what the log has at the lane's number: a run or an abort.
type EntryRow struct {
	Lane  uint32
	Seq   uint64
	ID    graph.Hash // digest of Bytes
	Bytes []byte     // canonical Run or Abort
}

// TicketEnd is a ticket and what became of it.
type TicketEnd struct {
	TicketRow
	EntryID  graph.Hash
	Entry    []byte // canonical Run or Abort; nil while the ticket is open
	LogIndex int64  // of the entry; -1 until the transparency log holds it
}

// AbortCount is how many of a ranker's tickets ended for a reason.
type AbortCount struct {
	Ranker string
	Reason Reason
	Count  uint64
}
