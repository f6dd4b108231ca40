// Package spamfilter is the sieve: it says which candidates a reader need not see.
//
// What enters: a Snapshot (the mirror at one block) and candidates. What leaves:
// one graph.Verdict for each candidate from each filter, with a reason from that
// filter's vocabulary.
//
// A filter judges the pool that lies before it: what a reader would see, not all
// that was ever posted. So it never hides the last copy of a text or everything
// that somebody wrote. It judges visibility alone, never the order. Where it
// cannot tell, because a text is not available, it says Unknown and the post
// stays. Filters are independent of each other and of their order; readers stack
// as many as they like, and Stack counts what each one hid.
//
// catalogue.go lists what ships. Thin so far: both filters look at form alone
// (the same again, too much at once) and know no list of bad words, links or people.
//
// The package is pure: no I/O, no clock, no floats.
package spamfilter
