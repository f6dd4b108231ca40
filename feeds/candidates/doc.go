// Package candidates gathers the posts that are considered for one viewer.
//
// What enters: a Snapshot (the mirror at one block), a viewer's address (zero for
// an anonymous reader), Params. What leaves: a pool of at most Params.Pool
// graph.Candidate, each post once, its sources named, in an order that is part of
// the rule: the filters judge the whole pool, and the first K that no filter
// hides go into the run (zkcommit.Record.Survivors). Whoever has the mirror at that block gathers the
// same pool again.
//
// The rule, "candidates/v2". Sources, each a list in its own order:
//
//   - following: posts by those whom the viewer follows, replies too, newest first.
//   - circle: posts that those people reacted to, answered or quoted, the newest
//     such act first.
//   - near: posts nearest to the mean of what the viewer engaged with.
//   - trending: root posts with the most engagement by actions of the last 48
//     hours; when there are too few, those of the last 7 days follow, then of 30
//     days, then of all time.
//   - newest: root posts, newest first.
//
// circle and near put root posts before replies, and they and trending leave out
// what the viewer engaged with lately. The viewer's own posts are left out.
// Without content (unavailable) a post comes from following and newest only;
// withheld and removed posts never come.
//
// Nobody who blocks the viewer or whom the viewer blocks is among the authors.
// Authors whose profile at the block says hideFromAlgorithmicRecommendations come
// from following only, and so to anonymous readers never; a profile that is not
// present says nothing.
//
// The lists are merged by quotas: of each 16 places following has 6, circle,
// near and trending 3 each, newest 1; an exhausted source passes its place on.
// Without a viewer trending comes first, then newest. What is then missing to
// fill one run comes from the newest replies, by the same rules. Own posts come back only where the
// viewer would otherwise get fewer than 30 posts although the mirror holds them.
//
// The package is pure: no I/O, no clock, no floats.
package candidates
