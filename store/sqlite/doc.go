// Package sqlite keeps a node's mirror and its ledger in two SQLite files.
//
// What enters the Mirror: graph.Batch values, one block each, in order; rollbacks.
// What leaves: Snapshots, the graph as it was after any block. Rows hold for
// ranges of blocks, so that a snapshot reads the same rows whatever comes later;
// one whose block is rolled back fails instead of mixing two chains. The file
// may be deleted: indexing the chain again rebuilds it.
//
// What enters the Ledger: runs, proofs, verifying keys. What leaves: the same.
// Each append is on disk when it returns. Nothing rebuilds this file.
//
// Text of removed posts: from the removal on no snapshot shows it. The document
// and its embedding stay in the file while a post or profile names them, and for
// Window more blocks, since readers may name any of the last Window blocks; then
// both are deleted. In a snapshot older than that, a post or profile that was
// removed or replaced since, and before the last Window blocks, reads as removed;
// its mirror root and tallies stay exact.
//
// Thin so far: nothing sets the status withheld.
package sqlite
