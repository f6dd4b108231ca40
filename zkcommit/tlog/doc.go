// Package tlog is the transparency log: the public, append-only list of the runs
// that a node has served, and of the tickets that it aborted.
//
// What enters: the canonical bytes of runs and aborts, in the order of their lane, each
// exactly once; the log's Ed25519 seed and origin. What leaves: a C2SP tlog-tiles
// log on disk and over HTTP (checkpoint, tiles, entry bundles), checkpoints as
// C2SP signed notes, inclusion and consistency proofs for auditors, and the size
// and root that an Anchorer takes to the chain.
//
// Entry i of the log is run or abort i of the log's lane. So nothing has to be remembered
// between sequencing an entry and marking it as logged: after a crash the
// size of the tree says what comes next, and each entry that is there already is
// compared with the ledger's before it is marked.
//
// One log holds one lane. A node with several serving processes needs a log for
// each; merging lanes into one log is not part of this package.
package tlog
