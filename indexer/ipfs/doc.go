// Package ipfs is the node's own IPFS: it keeps documents, serves them and
// fetches those of others.
//
// What enters: documents of at most graph.MaxDocument bytes from the node's own
// people (Put, PutMany), and blocks that peers send over bitswap for a CID that
// was asked for. What leaves: documents whose bytes hash to their CID (Get), the
// same blocks to peers over bitswap, and to anyone over a trustless HTTP gateway
// that gives raw blocks and CARs of what is kept here and fetches nothing for
// strangers.
//
// Only one kind of CID names a document: version 1, dag-json, sha2-256. Every
// other kind, identity among them, is refused before any peer is asked. The
// node listens on loopback unless configured otherwise and uses neither relays
// nor a DHT: it knows the peers that it is told of.
package ipfs
