// Package selection turns a ranked order into the order that is served.
//
// What enters: the name of a rule and the ranked candidates. What leaves: the
// same posts in served order, always a permutation of the ranked ones, so that
// no rule can drop or add a post. The rules are public and versioned; a manifest
// names one, and whoever checks a run applies it again.
//
//   - "plain/v1" serves the ranked order.
//   - "diverse/v1" serves at most two posts of one author among any ten in a row:
//     each place goes to the best post left whose author has fewer than two among
//     the nine places before it. Posts pushed back keep their order among
//     themselves. When every post left breaks the rule, the best of them is next.
//   - "single/v1" is the same with one post of one author among any twenty in a row.
//
// The package is pure: no I/O, no clock, no floats.
package selection
