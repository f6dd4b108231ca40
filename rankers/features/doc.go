// Package features turns candidates into the 64 int8 that rankers see.
//
// What enters: a Snapshot (the mirror at one block), the viewer's address (zero
// for an anonymous reader) and candidates. What leaves: one graph.FeatureVector
// for each candidate, in their order, described one by one in Table and in
// docs/features.md.
//
// Node and auditor run this source: every number derives from public data at the
// block by integer arithmetic, and "now" is the block's time. A row depends on
// the viewer and on that one candidate alone, never on which others are asked
// for together with it, so every query is either about the viewer with a fixed
// limit or about the candidates with a limit that cannot cut anything off. The
// number of queries does not grow with the number of candidates.
//
// The package is pure: no I/O, no clock, no floats.
package features
