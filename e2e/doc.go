// Package e2e tests the house as a whole: its import law, and the real binary
// over the data's whole way, crashes included.
//
// What enters: the source tree and bin/candor, which it builds. What leaves:
// pass or fail.
package e2e
