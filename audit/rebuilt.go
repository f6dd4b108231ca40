package audit

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"candor/zkcommit"
)

// The rules that need a run's inputs made again.
const (
	RuleMirrorRoot Rule = "mirror-root" // a run names the root of its block's mirror
	RuleCandidates Rule = "candidates"  // its candidates are those of the block
	RuleVerdicts   Rule = "verdicts"    // filters say of them what they say
	RuleFeatures   Rule = "features"    // their features are those of the block
	RuleVector     Rule = "vector"      // a tower's delegates signed the vectors that rows hold
	RuleTower      Rule = "tower"       // the revealed tower makes the vectors that were signed
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

// Rebuild makes the inputs of a run again and compares them with those that the
// bundle opens. It may be called by many at once.
type Rebuild func(*zkcommit.Run, *zkcommit.Bundle) Rebuilt

func (s *Seen) rebuild(out Rebuilt) {
	s.rebuilt = &out
	for _, f := range out.Faults {
		s.fault(f.Rule, "%s", f.Says)
	}
}

// rebuilds counts what came of it.
type rebuilds struct {
	done    uint64
	untried map[string]uint64
}

func (r *rebuilds) count(out *Rebuilt) {
	switch {
	case out == nil:
	case out.Untried == "":
		r.done++
	default:
		if r.untried == nil {
			r.untried = map[string]uint64{}
		}
		r.untried[out.Untried]++
	}
}

// share is of how many opened runs the inputs were compared.
func (r *rebuilds) share(of uint64) Share {
	var why []string
	for _, reason := range slices.Sorted(maps.Keys(r.untried)) {
		why = append(why, fmt.Sprintf("%d %s", r.untried[reason], reason))
	}
	return Share{Checked: r.done, Of: of, Why: strings.Join(why, ", ")}
}

// Blocks are those that the log's runs name, in no order.
func (w *Walk) Blocks() []uint64 { return slices.Collect(maps.Keys(w.blocks)) }
