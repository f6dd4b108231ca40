// Package evm reads SocialGraph's logs from an EVM chain for the indexer.
//
// What enters: answers of JSON-RPC endpoints (HTTP, WebSocket or in process),
// none of which is believed as it stands. What leaves: blocks with headers and
// graph.Events, in chain order.
//
// A header must hash to the hash that the endpoint gives it. It commits to a
// bloom filter over its logs, so a block whose bloom does not hold the
// contract's address has no log of it. Any other block's receipts are fetched by
// the block's hash and must hash to the receipts root in its header, so that an
// answer with one log dropped, added or altered is refused whole. Which chain is
// the canonical one is the endpoints' word; one that has another first block than
// the chain that is meant is refused.
//
// Several endpoints may be named. The one that answered last is asked first, the
// others when it fails, and when another one turns out to be far ahead. One that
// fails rests for a pause that grows, or as long as it asks for; one that answers
// too much, too late or in part is asked for less at once, and slowly for more
// again; one whose answer does not fit its header lied, is named in the log and is
// not believed for a while. When one denies what is final or deeper than the window,
// the others are heard before the index believes it.
//
// A log that is no valid event (a CID that does not parse, is longer than
// graph.MaxCID or missing where one is needed) is skipped and counted; it is part
// of the chain, so every reader skips the same ones. A reference to a position
// that is not before the event's own names nothing and is left out.
package evm
