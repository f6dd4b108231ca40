// Package chain speaks to the contracts that hold what nodes and publishers
// answer for: Registry and RunLog.
//
// What enters: an RPC client, the contracts' addresses and, to write, a key.
// What leaves: nodes, plugins, committed models, verifying keys and anchors as
// the chain records them, and transactions that add to them. Every Ensure looks
// first, so that it may be called again after a crash; it returns once its
// transaction is mined. Trust answers what a verifier of runs must know, from an
// RPC endpoint that the verifier chose.
package chain
