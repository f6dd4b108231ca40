// Package storetest holds the suites that every driver of the pantry must pass:
// Mirrors, Vectors and Ledgers.
//
// What enters: functions that open a driver and spoil it. What leaves: a test's
// verdict. A mirror is compared with fold.State, which keeps the same state in
// plain maps, over random histories with rollbacks, restarts and bad references,
// at many blocks and over every query.
package storetest
