// Package jobs carries jobs, leases and answers over NATS.
//
// What enters: on the node's side, runs to put up and a Desk that leases and takes
// answers; on a worker's side, the models that it holds. What leaves: the board
// (a JetStream work queue) and the worker's queue of package prover.
//
// On the wire, for the node NODE (its address) and the model MODEL (its
// commitment), both in hexadecimal:
//
//	candor.NODE.job.MODEL     32 bytes, the run; in the stream CANDOR_NODE, which the
//	                          durable consumer MODEL empties
//	candor.NODE.lease.MODEL   request {"run","worker"}, reply a prover.Grant
//	candor.NODE.answer.MODEL  request a prover.Answer, reply {"refused","error"}
//
// A message holds no viewer and, on the broker's disk, nothing but the ids of runs.
package jobs
