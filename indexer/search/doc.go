// Package search is the index of words: it finds posts and people by what they say.
//
// What enters: the batches on their way into the mirror and, when the node opens,
// what the mirror shows. What leaves: the posts and people at a snapshot whose
// texts have all of some words, newest first, exactly.
//
// The index is not part of what the mirror states, and cannot make it state
// anything: it only knows which texts have a word and who named them. Each thing
// found is looked up in the snapshot, and is found only if it is there with that
// text. So rollbacks, removals, edits and withholding need nothing done here; what
// no snapshot shows any more is dropped when the window has moved on. The index is
// held in memory, some 600 bytes a post of 20 words, and filled behind the node's back.
package search
