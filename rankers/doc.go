// Package rankers is the scale: it gives each candidate a score.
//
// What enters: a snapshot, a viewer and candidates, which package features turns
// into rows of 64 int8. What leaves: one graph.Score for each row; the larger
// comes first, and of two that are equal the newer post.
//
// A score depends on the viewer and that one post alone. What may be shown at all
// is not a ranker's business but a filter's; how many posts of one author may
// stand together is the selection rule's, which a ranker only names.
//
// catalogue.go lists what ships: seven rankers in the provable profile, one hidden
// layer of integers each, which rankers/train/builtins makes of their goals: detectors with
// names, written down one by one, so that the whole model can be read. rankers/quantise makes such a
// model of a float one, rankers/onnx runs others. Held is a ranker of another publisher, whose
// model is at hand, and rankers/sandbox runs such a one apart; rankers/worker asks those whose
// model is elsewhere; a Watch asks any ranker with a deadline. How much each
// detector counts is set by hand, and for the goals of three rankers fitted (docs/evaluation.md); thin so far: to what
// people of made-up towns liked.
package rankers
