// Package prover has every run proved that a node promised to prove.
//
// What enters: the ledger's runs whose proof is owed; leases and answers of
// workers, which hold the secret models and are not believed; the log's anchors
// and the chance that comes after them; the operator's dial. What leaves: jobs on
// a board, statements to workers, each run's proof once it is checked, or the
// state "failed" with the reason; the announcements of what will be proved.
//
// The ledger is the truth. The board (a queue of messages) and this service keep
// nothing that the ledger does not have: the Desk looks for runs whose proof is
// owed again and again, so a lost message or a crash at any place costs time and
// no proof, and a run is never proved twice into the ledger.
//
// A job names a run and no more. A worker takes a lease on it, which carries the
// statement, and answers before the lease ends. The Desk checks the proof before it
// keeps it. A worker that lies, or takes leases and is silent, is cut off for a
// time; what it costs is its own model's proofs, since each ranker has its own
// few places on the board.
//
// Which job is next, for each ranker: those asked for, in the order of asking;
// then those that fall due, the soonest first; then the newest, which a reader has
// just opened. Every fourth is the oldest of all, so that nothing waits for ever.
package prover
