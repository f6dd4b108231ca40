// Package contracts holds Candor's Solidity contracts as Go sees them.
//
// What enters: src/*.sol, compiled by the pinned solc (generate.sh; check.sh
// fails when the two differ). What leaves: abigen's typed bindings of
// SocialGraph, Registry, RunLog and Verifier, and Deploy, which puts all four on
// a chain under Terms.
//
// Registry records nodes, plugins, committed models with their bonds and reveal
// dates, and verifying keys; RunLog anchors and bonds of nodes, demands and
// evidence; Verifier checks Groth16 proofs and revealed models for both. What
// they hold, and what nobody can do with it, stands in docs/contracts.md.
package contracts
