// Package evaluate replays recorded history and says how well rankers would have ordered it.
//
// What enters: Jetstream v1 events, one JSON object a line, and optionally points for each
// post as CSV. What leaves: a Report of measures for each ranker, with confidence intervals,
// and the rankings themselves, from which anybody can compute the measures again.
//
// The first four fifths of the posts, in the file's order, may be trained on; the rest is
// judged in slates of 100 consecutive posts. What a judged post won, and all likes from the
// first judged post on, are known to the measures alone: no ranker sees them. The measures
// and their formulas are in docs/evaluation.md.
//
// The built-in rankers that a node serves are judged too, for an anonymous reader.
//
// The package does no I/O but what it is handed, has no clock, and draws chance from a seed:
// the same file gives the same bytes on every machine.
package evaluate
