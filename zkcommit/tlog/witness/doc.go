// Package witness makes it hard to show one log to some people and another log to
// others: a witness cosigns a checkpoint only if the log's tree has grown out of the one
// that it cosigned before.
//
// What enters: on the witness's side, checkpoints that logs submit, with proofs that they
// only grew; on a log's side, its own checkpoints and the addresses and keys of its
// witnesses. What leaves: cosignatures (C2SP tlog-cosignature, Ed25519), once what they
// say is durable; the newest checkpoint with those that were collected.
//
// Source: https://c2sp.org/tlog-witness
package witness
