// Package worker runs a ranker where its publisher wants it to: on another machine,
// which the model never leaves.
//
// What enters, on a node's side (Hub, Pool): workers' hellos, their registrations, and
// the rows of a page. What leaves: integer scores as a rankers.Ranker gives them, or an
// error that names the operator, so that the feed falls back. On a worker's side (Server)
// a Scorer and Credentials enter, and answers leave, over NATS request and reply in a queue
// group. The messages and their limits are in protocol.go and docs/worker-protocol.md.
//
// A node believes nothing: it bounds each message before it parses it, and holds each
// answer to the request, model, version and number of posts that it asked with. Where
// several operators serve a model, the same rows go to several of them: what most of them
// answer counts, and whoever answered otherwise is named and cut off, until somebody removes
// the file that says so. Whether operators are different people is their publisher's word.
//
// Run proofs need no message of this package: a worker that holds the model takes jobs from
// the node's board as candor prover does. Dispute proofs do, as registrations: a Welcome says
// that one is wanted, and the worker brings it.
package worker
