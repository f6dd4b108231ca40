// Package prover proves runs in the background.
//
// What enters: the ledger's runs whose proof is pending, those that were asked
// for first; a proof system with this node's secret models (Backend). What
// leaves: each run's proof, or the state "failed" with the reason in the log.
//
// The ledger is the truth. The service keeps nothing, so a crash at any place
// loses at most the work on one proof, and a run is never proved twice into the
// ledger. Runs are proved one at a time, since one proof takes all processors.
package prover
