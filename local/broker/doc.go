// Package broker runs the NATS server of an all-in-one node, in its process.
//
// What enters: a directory, an address, a secret, and who may come as a guest. What
// leaves: a NATS server with JetStream, on 127.0.0.1 unless told otherwise, whose node may
// do everything, whose workers may take and answer the jobs of one model each, and whose
// guests what they were said to.
//
// What it keeps it may lose: a directory that cannot be read is set aside, and the
// node puts up again whatever its ledger has waiting.
package broker
