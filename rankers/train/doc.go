// Package train fits a ranker to what became of earlier posts.
//
// What enters: posts in the order in which they were written, and a gain for each of the
// earlier ones, such as log(1 + points). What leaves: a Trained, which turns later posts into
// rows of 64 int8 (Inputs lists them) and scores them with a model of the provable profile,
// 64→32→1. Nothing of a later post but what it says itself, and what came before it,
// enters its row: its gain is not asked for.
//
// How: a ridge regression on words, links and authors, and shrunken means of authors and
// sites, say what a post of this kind won in the past (encode.go); counts say how often its
// author and its site were here before (history.go); a prior that ships says what words and
// sites won on Hacker News until April 2016, of posts younger than that (prior.go); four small perceptrons, averaged, put
// that together (head.go); rankers/quantise makes integers of them. What the past says of a
// post that is trained on is made without that post and its neighbours, in four blocks, or
// the perceptrons would trust it too much.
//
// Equal inputs give equal models on every machine: chance has a seed, no sum depends on the
// order of a map, and every product is rounded before it is added (exact.go), since some
// processors would otherwise round once where others round twice.
package train
