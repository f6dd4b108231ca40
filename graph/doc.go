// Package graph holds the world's nouns and their canonical bytes.
//
// What enters: nothing; this is the bottom of the house. What leaves: the words
// that every other room uses (Post, Profile, Follow, Reaction, Event, Intent,
// Candidate, Verdict, FeatureVector, Score, Page …), their canonical encodings,
// the EIP-712 digest of a signed intent, the dag-json form of posts and
// profiles, and the Merkle root over a mirror of posts.
//
// The package is pure: no I/O, no clock, no floats. It imports the standard
// library, CID and address types only, so that a node, an auditor and a browser
// run the same source. All integers are big-endian in canonical bytes, all times
// are Unix seconds, UTC.
package graph
