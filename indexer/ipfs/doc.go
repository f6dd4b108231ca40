// Package ipfs is the node's own IPFS: it keeps documents and pictures, serves
// them and fetches those of others.
//
// What enters: documents of at most graph.MaxDocument bytes from the node's own
// people (Put, PutMany), pictures of at most MaxFile bytes (AddFile), and blocks
// that connected peers and trustless gateways give for a CID that was asked for.
// What leaves: documents whose bytes hash to their CID (Get), the same blocks to
// peers over bitswap and to anyone over a trustless HTTP gateway, and kept
// pictures to browsers. The gateway gives what is kept here and fetches nothing
// for strangers.
//
// Names. One kind of CID names a document: version 1, dag-json, sha2-256; two
// name blocks of files: raw and dag-pb. Every other kind, identity among them, is
// refused before anybody is asked.
//
// Fetching. Sources are asked one after another, the usually quickest first, the
// next as soon as one fails or a moment has passed. Everything is bounded before
// it is parsed: time, bytes, headers, redirects (same host by https only), links,
// depth, visits. Encoded answers are refused. Only public addresses are dialled,
// each name is resolved once and dialled as it was checked; exceptions are what
// the operator names (PrivateGateways, Connect). Places are given so that what
// hangs, drips or failed before delays nothing that comes at once (lanes).
//
// Attachments. The pictures that a fetched post names are fetched in the
// background and kept when they are what the post says: size, type by their
// bytes, a UnixFS file within the walker's limits.
//
// Retention. The collector (Collect) keeps what a standing post or profile names,
// removes withdrawn content once no block that readers may ask for shows it, and
// uploads that nothing has named for a while. What somebody used since the
// collector last saw it stays.
//
// Denial. What the operator's Denylist holds is neither fetched nor kept nor
// served; Withhold removes it when the list changes.
//
// The node listens on loopback unless configured otherwise and uses neither
// relays nor a DHT: it knows the peers and gateways that it is told of.
package ipfs
