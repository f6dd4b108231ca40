// Package ceremony makes a circuit's keys with many hands, so that nobody can forge
// proofs unless all of them conspire.
//
// What enters: a circuit's constraint system, contributions of strangers, a random
// beacon from after the last of them, and where there is one the file of a public
// "powers of tau" ceremony. What leaves: the circuit's proving and verifying key,
// and a transcript from which anybody computes the same keys again.
//
// A ceremony is a directory that is passed from hand to hand:
//
//	ceremony.json    what is made: circuit, hash of its constraints, domain, source of phase 1
//	powers-0001 …    contributions to phase 1, where it is this ceremony's own
//	powers           the sealed phase 1, which no circuit is in
//	keys-0001 …      contributions to phase 2
//	verifying.key, proving.key, sealed.json    the outcome
//
// Phase 1 is the ceremony's own, or it is read from a .ptau file. Both phases, the
// proofs that each contribution builds on the one before, and the sealing under a
// beacon are those of https://eprint.iacr.org/2017/1050, in gnark's package mpcsetup.
//
// Files are hostile: their lengths are known from the circuit, and a file of another
// length is refused before it is read. Points are checked to be in their groups.
//
// # What is thin
//
// A .ptau file's own history is not checked again, that it holds the powers of one
// number is: who made it stands in its hash, which the caller gives. Contributing
// takes minutes for circuits of tens of thousands of constraints.
package ceremony
