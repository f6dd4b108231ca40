// Package circuit makes and checks the proofs that need a key: that a committed
// model ranked a run's posts in the published order (a dispute proof), and that a
// model is registered. It is the only room that knows gnark.
//
// What enters: for a dispute proof a statement (zkcommit.Statement: the run's bytes,
// its ranking salt, the ranked posts and their features), for a registration its draft
// (zkcommit.Registration with weight commitment and link) and point; and the
// secret model and its salt. What leaves: a zkcommit.Proof, and the verdict of Verify
// on one; a whole registration. The part that only verifies stands in
// circuit/verifier, which needs no gnark; the Verifier contract checks the same.
//
// # Registration
//
// Circuit "registration-WIDTHS/v1", one for each widths of layers, has the public
// inputs model commitment, Tag, alpha and value. It says: I know a model and a salt
// whose sponge under Tag is the commitment, all bytes of it in range, and with the
// mask that salt and commitment give, the polynomial of its weights has the value
// at alpha. docs/run-proof.md says why, with the link, that is enough; the same
// circuit lets a contract check a revealed model by its bytes, at an alpha that hashes
// them. Keys are made when a shape is first registered, and kept; a proof for
// 448x64x1 has 93,965 constraints, of which two stand for each weight (a lookup
// and a step of the polynomial) and 37 for each 31 bytes of it (the sponge).
//
// # The dispute's statement
//
// Circuit "digest-64x32x1/v1" has three public inputs:
//
//   - Rows, the run's Features digest: a salted Poseidon2 digest of the model's
//     commitment, the number n of posts, the ties' rule and the n ≤ 64 rows of
//     features in ranked order;
//   - Tag, which binds widths, shift and clamp of the model and the feature schema
//     that the run names;
//   - Bind, a hash of the run's full bytes, the proof's version and kind, and the
//     name of the verifying key (zkcommit.KeyHash: circuit, development or not,
//     bytes).
//
// It says: I know a model and a salt whose sponge under Tag is the commitment
// inside Rows; all its weights are int8 and its biases int16; and in exact
// integers its scores of the rows, which stay secret, strictly decrease in
// (score, newest first). Rows behind the n-th are zero and take no part.
//
// # Why Bind and Rows are two inputs
//
// The run's bytes contain the rows digest, so they cannot be inside it. The
// circuit computes Rows itself; Bind it only multiplies with itself. That gives
// Bind its own weight in the verifying key, so that a proof for one run does not
// verify for another one with the same rows: to move it one would have to make a
// new proof, for which one needs the model. Each public input stands alone on the
// left of a constraint, which is what Groth16's weak simulation extractability
// asks for (https://eprint.iacr.org/2020/811); that result does not cover the
// commitment that gnark adds.
//
// # Soundness of disputes in short
//
// What is tested at a random point, the hidden layer's matrix product and the
// range checks, depends only on values that one Pedersen commitment holds; the
// challenge is its hash, so they are fixed first. The challenge does not cover the
// public inputs and need not: the digest and the order follow from the same
// values by constraints without a challenge. Weights are ranged here, so no
// difference of scores comes near the modulus; scores are bounded all the same.
// The tests plant a fault for every rule and show the forgery that it lets in.
//
// # What is thin
//
// Keys are development keys: made on one machine by whoever runs the node, who
// can forge with what it could have kept. Nothing here has been reviewed from
// outside. Proving cannot be interrupted once it has begun, and the time that it
// takes is not constant: it may tell something about the secrets to whoever can
// measure it.
package circuit
