// Package store is the pantry: drivers that keep what the other rooms work on.
//
// What enters: verified blocks (graph.Batch), embeddings, runs and their proofs.
// What leaves: snapshots of the mirror at any block, neighbours in meaning, the
// ledger's rows. The rooms that consume these declare the interfaces; here are
// only their implementations: the tables, once, for every database (tables), the
// databases (sqlite, postgres), the indexes of vectors (scan, qdrant), and what
// keeps an index of vectors equal to the mirror (vectors); in storetest are the
// suites that every implementation must pass.
package store
