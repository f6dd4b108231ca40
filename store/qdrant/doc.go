// Package qdrant is the vector index in a Qdrant server, for more vectors than
// one process holds.
//
// What enters: embeddings of posts, each valid for a range of blocks. What
// leaves: the same answers as those of store/scan, to the last tie, when they are
// asked for exactly; else those that Qdrant's graph finds. A score is a sum of
// products of small integers held in float32, which stays below 2^24 and is exact
// in whatever order Qdrant adds.
//
// The server is not trusted to keep what it was given: nobody guards it as the
// mirror is guarded, and others may write to it. Each vector is a point with its
// post, its blocks and its embedding's digest; a second collection has one point
// with the block that was followed last and the digest of the whole. An audit
// reads every point back. Every write is waited for, in bounded batches, and can
// be repeated.
package qdrant
