// Package audit finds out whether a node and the publishers of its rankers kept
// their word, from public data and without trusting either.
//
// What enters: a node's log, what the chain says, the anchors of the log's heads,
// receipts, the bundles of the runs whose openings are at hand, and models once they
// are revealed. What leaves: a Report of what was checked, what was not and why, and
// Findings, each with the name of a rule of docs/threats.md and its evidence.
//
// The package is pure: it asks for nothing and reads no clock, so that another
// auditor's machine makes the same report, byte for byte, of the same input. Fetching
// is the command's.
package audit
