// Package features turns candidates into the int8 that rankers see: 64 features, or
// these and the post's embedding, as the ranker's feature schema says.
//
// What enters: a Snapshot (the mirror at one block), the viewer's address (zero
// for an anonymous reader) and candidates. What leaves: one graph.Row
// for each candidate, in their order, described one by one in Table and in
// docs/features.md.
//
// Node and auditor run this source: every number derives from public data at the
// block by integer arithmetic, and "now" is the block's time. A row depends on
// the viewer and on that one candidate alone, never on which others are asked
// for together with it, so every query is about the viewer or about everybody, with
// a fixed limit, or about the candidates with a limit that cannot cut anything off. The
// number of queries does not grow with the number of candidates.
//
// The package is pure: no I/O, no clock, no floats.
package features
