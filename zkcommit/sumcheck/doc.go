// Package sumcheck makes and checks run proofs: that a committed, secret model
// gives every post of a run the order, or the verdict, that the run states.
//
// What enters: a Statement (the run's bytes, post ids, public feature rows), a
// RegisteredModel and, for the prover, the secret Weights under it. What leaves:
// a proof as canonical bytes, or the verdict of Verify on one.
//
// The protocol is written down, message by message, in docs/run-proof.md:
// LogUp-GKR and sumchecks over the scalar field of BN254, Hyrax/Pedersen
// commitments under generators hashed to the curve (no ceremony, no keys), every
// prover message hidden by a committed one-time pad and the whole closed by one
// sigma protocol. It has not been externally reviewed. How fast it is, and what was
// tried, is in docs/proof-performance.md.
//
// Sources: LogUp https://eprint.iacr.org/2022/1530, LogUp-GKR
// https://eprint.iacr.org/2023/1284, Hyrax https://eprint.iacr.org/2017/1132,
// the sumchecks' eq factor https://eprint.iacr.org/2024/108.
//
// # What is thin
//
// A RegisteredModel is worth no more than the key under which its registration was
// proved (zkcommit/circuit), and those are development keys where no ceremony was
// held. Proving time depends on the secrets.
package sumcheck
