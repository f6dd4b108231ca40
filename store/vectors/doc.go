// Package vectors keeps an index of embeddings equal to the mirror that it is
// derived from, and lets nobody read it while it is not.
//
// What enters: the mirror's vectors, block by block, and questions for what is
// near. What leaves: exact answers as of a block, or an error that says to ask
// again; never an answer of an index that differs.
//
// An index knows the block that it followed up to and a digest of what it holds.
// When a mirror opens, and after every error, the Keeper has the digest computed
// anew from the index's content and compares it, the block and its hash with the
// mirror's own. An index that is behind follows the difference; one that is
// ahead is rolled back; one that is of another chain, empty, damaged or
// interrupted is brought back as far as its block allows or filled anew. Then it
// is compared again. Each repair is logged with its cause.
package vectors
