// Package embedtest builds small mirrors in memory for tests.
//
// What enters: who posts, follows and reacts, at which second. What leaves: the
// fold.Snapshot of it, with posts embedded by embed. Each action is a block of
// its own. Only tests import this package.
package embedtest
