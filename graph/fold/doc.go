// Package fold turns events into state: the one pure function that node and
// auditor share.
//
// What enters: graph.Event values in chain order and a View of the state before
// each. What leaves: the event as it takes effect, or the word that it does not.
// A store keeps rows by it inside its own transaction; State keeps maps by it in
// memory, which is what auditors use and what stores are compared with.
package fold
