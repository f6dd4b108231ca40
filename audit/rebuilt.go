package audit

import "candor/zkcommit"

// The rules that need a run's inputs made again.
const (
	RuleCandidates Rule = "candidates"  // a run's candidates are those of its block
	RuleFeatures   Rule = "features"    // so are their features
	RuleVerdicts   Rule = "verdicts"    // filters say of them what they say
	RuleMirrorRoot Rule = "mirror-root" // a run names the root of its block's mirror
)

// Fault is what is wrong with a run.
type Fault struct {
	Rule Rule
	Says string // one sentence
}

// Rebuilt is what came of making a run's inputs again.
type Rebuilt struct {
	Faults  []Fault
	Untried string // why they could not all be compared, such as "on orphaned blocks"; "" when they were
}

// Rebuild makes the inputs of a run again, which the bundle opens, and compares them.
type Rebuild func(*zkcommit.Run, *zkcommit.Bundle) Rebuilt
