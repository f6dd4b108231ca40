// Package fairness tests a revealed ranking model for what a reader would call unfair:
// whom it shows less than others who earned as much, what moves a post that should
// not, and whether a hidden pattern opens a door to the top.
//
// What enters: the revealed model, a sample of the runs that it ranked (features, post
// ids and authors of each), groups, lists and texts that the auditor brings along, and
// the model before it. What leaves: a Section for the audit's report, a Test for each
// question, with figures, one plain sentence and a verdict. docs/fairness.md says how
// each test works, whence it comes and why its threshold is where it is.
//
// The package is pure: no I/O, no clock, and no floats either, so that no machine rounds
// otherwise than another: exposures are whole millionths, figures whole ten-thousandths,
// and chance comes from a generator of its own, seeded by the names of what is tested.
package fairness
