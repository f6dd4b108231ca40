// Package scan is the embedded vector index: an exact integer scan over int8
// embeddings held in memory.
//
// What enters: embeddings of posts, each valid for a range of blocks. What
// leaves: the posts valid at a block whose embeddings have the largest inner
// products with a query, exactly, in a fixed order. The index is derived from the
// mirror, which fills it when it opens; nothing here is durable. A vector takes
// 384 bytes, and some 80 more for its post, its blocks and the way to find it.
package scan
