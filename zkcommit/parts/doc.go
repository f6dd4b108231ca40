// Package parts names files that may be too large for one IPFS block, cuts them and puts
// them together again.
//
// What enters: a file's bytes; or its name, from the chain, and blocks that strangers give
// for the names that were asked for. What leaves: the name with the blocks, or the bytes
// that the name stands for.
//
// One rule for all sizes: a file of at most Size bytes is one raw block. A larger one is a
// UnixFS file of raw blocks of Size bytes, the last one shorter, under one dag-pb block that
// lists them, as ipfs add --cid-version=1 --chunker=size-1048576 makes it. Nothing else is
// read: no deeper or wider trees, no other sizes, no second spelling of a list. So the list
// says how large the file is before any part is asked for, and a part is asked for by its
// exact size.
package parts
