// Package broker runs the NATS server of an all-in-one node, in its process.
//
// What enters: a directory, a port and a secret. What leaves: a NATS server with
// JetStream on 127.0.0.1, whose node may do everything and whose workers may take
// and answer the jobs of one model each.
//
// What it keeps it may lose: a directory that cannot be read is set aside, and the
// node puts up again whatever its ledger has waiting.
package broker
