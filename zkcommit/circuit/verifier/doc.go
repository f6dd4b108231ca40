// Package verifier checks run proofs without a proof system's library, so that
// it is small enough for a browser.
//
// What enters: a verifying key's canonical bytes, a statement, a proof. What
// leaves: nil, or one sentence that says what does not fit. The equation is
// Groth16's with one Pedersen commitment, as gnark makes it; the tests of
// zkcommit/circuit hold the two implementations together.
//
// Lengths are exact and checked first; every point is decoded from its one
// compressed spelling, on the curve, in its subgroup, and never at infinity.
package verifier
