// Package year simulates a year of rankers on a development chain: publishers who commit
// to models, lock them to dates and reveal them; a node that logs runs, proves and anchors
// them; and everybody who breaks the rules, in each way of docs/threats.md.
//
// What enters: how much is to happen, a seed, and bin/candor. What leaves: a chain, a
// beacon, a log and bundles as `candor audit` asks for them, what was tampered with, and
// a verdict: what of it the audit named rightly, and what it found besides.
//
// The node is no `candor up`, which would take a year: its runs, receipts, log, anchors,
// registrations and proofs are made by the house's own packages, under a clock that the
// chain's blocks drive. What it ranks are invented posts, so that rebuilding them from the
// chain is not part of the year.
package year
