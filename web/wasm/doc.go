// Command wasm is the verifier for browsers: it checks a run's bundle where the
// reader is.
//
// What enters: a bundle as a JSON string, through the global function
// candorVerify. What leaves: a JSON string with the finding (valid, run, checks,
// keys, root) that the command line gives as well, and "error" when the string is
// no bundle at all. It is built with GOOS=js GOARCH=wasm; it fetches nothing and
// knows no chain, so the verifying key is trusted on the bundle's word, which the
// finding's root says. A second function, candorOpens, takes a reveal document and a
// commitment, both in hexadecimal, and says whether the one opens the other.
package main
