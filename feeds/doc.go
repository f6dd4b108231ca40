// Package feeds is the hall: one request becomes one frozen Run and Pages of it.
//
// What enters: a Request (reader, viewer, ranker, filters, block), the mirror at that
// block, the ranker's and the filters' plugins. What leaves: a graph.Page, only
// after its Run is durable in the ledger with a signed receipt.
//
// The hall is one lane: it gives the gapless sequence numbers of its runs, each
// naming the digest of the one before. It holds no state of its own besides the
// ledger; the same request at the same block finds the run that it made before.
package feeds
