// Package snapshot is a mirror at one block as bytes that have a name: tables,
// documents and embeddings, one CID over all of them.
//
// What enters: the rows of a mirror (or of fold.State) at a block, in a fixed
// order; or the blocks of a snapshot, from anybody. What leaves: blocks and the
// root that names them; or the rows, checked.
//
// A snapshot is a function of three things: what the chain says up to its block,
// which documents its writer holds, and which contents its writer withholds, both
// at the time of writing. When a document came, or when it was withheld, is not
// in it: a version that stands at the block shows the document if the writer has
// it by now and does not withhold it. So two nodes that hold the same documents
// and withhold the same contents write the same bytes at one block, whatever
// happened to them meanwhile. Of what is withheld there is the CID, and only
// where a post or profile names it: the rest of an operator's list stays its own.
//
// The rows are one stream, cut into chunks of ChunkSize bytes; each is a raw
// block, and the root, a dag-json document, lists them and says what they are of.
// A root of dag-json instead of UnixFS lets anyone read what a snapshot is of
// before it fetches the rest, and counts and mirror root need not be known before
// the rows are written. There is no digest of the documents: the root's CID is
// one of every byte.
//
// What a Reader shows is consistent, in one order only, and of the block, chain,
// contract and embedder that the root names; every document is what its CID says
// and every embedding is that of its text. Whether the rows happened on the chain
// nothing in here can say: index the chain and compare the CIDs.
package snapshot
