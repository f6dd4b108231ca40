// Package tables keeps a node's mirror and its ledger in the tables of an SQL
// database, whichever that is: store/sqlite and store/postgres open one, bring its
// tables up to date and say how its dialect differs.
//
// What enters the Mirror: graph.Batch values, one block each, in order; rollbacks.
// What leaves: Snapshots, the graph as it was after any block, with its mirror root
// and proofs of what is under it. Rows hold for ranges of blocks, so that a
// snapshot reads the same rows whatever comes later; one whose block is rolled
// back fails instead of mixing two chains. All of it may be deleted: indexing the
// chain again rebuilds it.
//
// A group of blocks is committed so: what its events may ask for is read in a few
// queries, each for a set of keys; texts are parsed and embedded on all cores; the
// events are folded in memory, over what was read; then every table is written in
// bulk, in one transaction with the blocks' rows, which are the cursor. The mirror
// root is made from a Merkle tree in memory, in which a change costs its height,
// and stands in its block's row.
//
// The next group may be read and parsed while one is written (Prepare): what the
// one before it has in memory goes before what the tables say.
//
// What enters the Ledger: runs, proofs, verifying keys. What leaves: the same.
// Each append is on disk when it returns. Nothing rebuilds it.
//
// Text of removed and edited posts: from then on no snapshot shows it. The
// document and its embedding stay in the database while a post or profile names
// them, and for Window more blocks, since readers may name any of the last Window
// blocks; then both are deleted. In a snapshot older than that, a post or profile
// that was removed, edited or replaced since, and before the last Window blocks,
// reads as removed; its mirror root and tallies stay exact.
//
// What the operator withholds keeps its document, which nobody is shown, so that
// it can be restored.
package tables
