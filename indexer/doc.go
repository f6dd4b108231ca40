// Package indexer is the front gate in: it follows the chain, block by block,
// and hands a mirror what happened, verified and normalised.
//
// What enters: blocks with the decoded events of SocialGraph (a Source, such as
// indexer/evm) and the documents that they name (a Fetcher, such as
// indexer/ipfs). What leaves: one graph.Batch a block, in chain order, committed
// to a Mirror exactly once.
//
// The loop holds these promises:
//   - Every committed block names its predecessor's hash. When the chain changed
//     its mind, the mirror goes back to the last common block before it goes on;
//     when that lies further back than the window, the loop stops and says so,
//     and what is indexed may no longer be served (Sound).
//   - A block is called final only once the mirror has that very block, and is
//     never taken back.
//   - What a Source cannot prove is not committed; it is asked again.
//   - A document is handed on only when its bytes hash to its CID. One that nobody
//     serves in time is left out, so that its post is unavailable and no other
//     waits; it is tried again on a schedule and, once there, rides in the next
//     block's batch as late. What the operator denies is not asked for, and the
//     next batch tells the mirror to withhold it.
//   - While blocks are committed, the next ones are read, their documents fetched,
//     and a mirror that is a Preparer told of them. They are committed after those
//     before them, or not at all.
//   - An error of the mirror ends the loop: going on could lose or double a row.
package indexer
