// Package publish is a publisher's side of a ranker, before and after it is on the chain.
//
// What enters: a directory with a draft (ranker.toml, a Draft: what people are told) and a
// model's canonical bytes, as rankers/quantise makes them. What leaves: the Problems that
// stand between them and publication, each with what to change; a zkcommit.Manifest; and a
// Parcel, the signed manifest with what opens its commitment, which a publisher hands in
// private to the nodes that are to serve its ranker.
//
// Nothing in a parcel is believed: Parse bounds and checks it, and the node compares it
// with the chain.
package publish
