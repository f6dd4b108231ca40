// Package year simulates a year of rankers on a development chain: a small town that posts
// on it; publishers who commit to models, lock them to dates and reveal them; a node that
// mirrors the town, logs runs, proves and anchors them; and everybody who breaks the rules,
// in each way of docs/threats.md that an audit can see.
//
// What enters: how much is to happen, a seed, and bin/candor. What leaves: a chain, a
// beacon, a log, witnesses, documents and bundles as `candor audit` asks for them, what was
// tampered with, and a verdict: what of it the audit named rightly, and what it found besides.
//
// The node is no `candor up`, which would take a year: its mirror, candidates, verdicts,
// features, runs, tickets, receipts, log, anchors, draws and proofs are made by the house's
// own packages, under a clock that the chain's blocks drive. It is no feeds.Hall either, since
// a lie must stand inside the chain of runs, before the run is sealed and the next one names it.
package year
