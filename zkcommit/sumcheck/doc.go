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
// No run uses this proof yet: nodes still make the dispute proof of
// zkcommit/circuit. A RegisteredModel comes from an opened model only, until the
// registration proof is built; without that proof nothing about a secret model is
// to be called proven. Proving time depends on the secrets.
package sumcheck
