// Package zkcommit holds the claims: what a node and a publisher may be held to.
//
// What enters: a model's integers, a ranking's inputs and outcome. What leaves:
// the canonical bytes and digests of Manifest, Shape, Model, ModelCommitment,
// Registration, Ticket, Run, Abort, Record, Receipt and Bundle, their signatures, the integer evaluator (it defines
// what is proved) and the check of a whole bundle, shared by the command line,
// the browser and auditors.
//
// The package is pure: no I/O, no clock, no floats. Proofs themselves are made
// and checked in zkcommit/sumcheck and zkcommit/circuit.
package zkcommit
