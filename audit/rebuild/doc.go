// Package rebuild makes the inputs of runs again: candidates, features, verdicts and
// mirror roots, from the chain and from what IPFS serves.
//
// What enters: the events of SocialGraph, block by block; the documents that they
// name; what a node says became of each content, which no chain knows (a node that
// says so wrongly gives other mirror roots than its runs name). What leaves:
// snapshots of the graph at any block that runs name, with the answers that every
// mirror must give, and of each run what of it does not follow from them.
//
// A State is filled in one pass: Apply for each block, Provide for each document,
// Tell for each word of the node, then Seal. After that it changes no more and may be
// asked by many at once. It keeps the whole history in memory, in rows that hold for
// ranges of blocks: about 1 kB a post, with its text and its embedding.
//
// A content that a node held and that nobody serves any more is withdrawn: its post
// is there, and its text and embedding are not known. What may follow from those
// is not judged.
//
// The package is pure: no I/O, no clock, no floats; the rules are those of
// graph/fold, feeds/candidates, rankers/features and spamfilter, which the node runs.
package rebuild
