// Package beacon is a drand network of one, for development and tests: the same
// signatures, over the same HTTP interface, made by one key on this machine.
//
// What enters: a directory for the key, a period, a clock. What leaves: an info
// document, and each round's signature once its time has come, never before.
//
// Whoever has the directory can open everything now. Results that rest on it say
// "development".
package beacon
