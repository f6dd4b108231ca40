package audit

import (
	"slices"
	"testing"

	"candor/zkcommit"
)

// What came of making runs' inputs again is found, counted once, and told apart from
// what could not be judged; nobody compares a bundle that is not the run's.
func TestRebuiltInputsCount(t *testing.T) {
	for name, x := range map[string]struct {
		out   Rebuilt
		spoil bool
		want  Share
		rules []Rule
	}{
		"equal":    {Rebuilt{}, false, Share{Checked: 1, Of: 1}, nil},
		"untried":  {Rebuilt{Untried: "on orphaned blocks"}, false, Share{Of: 1, Why: "1 on orphaned blocks"}, nil},
		"at fault": {Rebuilt{Faults: []Fault{{RuleFeatures, "x"}, {RuleVerdicts, "y"}}}, false, Share{Checked: 1, Of: 1}, []Rule{RuleFeatures, RuleVerdicts}},
		"unopened": {Rebuilt{Faults: []Fault{{RuleFeatures, "x"}}}, true, Share{Of: 1}, []Rule{RuleBundle}},
	} {
		b, run, r := golden(t)
		asked := 0
		r.Rebuild = func(got *zkcommit.Run, with *zkcommit.Bundle) Rebuilt {
			if asked++; got.ID() != run.ID() || with != b {
				t.Errorf("%s: asked for another run", name)
			}
			return x.out
		}
		if x.spoil {
			b.Viewer[3]++
		}
		r.Bundle(run.ID(), b)
		r.Bundle(run.ID(), b)
		r.End(1)
		if got := r.Report.Shares["rebuilt"]; got != x.want {
			t.Errorf("%s: %+v, want %+v", name, got, x.want)
		}
		if got := r.Report.Rules(); !slices.Equal(got, x.rules) {
			t.Errorf("%s: found %v, want %v", name, got, x.rules)
		}
		if x.spoil != (asked == 0) {
			t.Errorf("%s: asked %d times", name, asked)
		}
		for _, f := range r.Report.Findings {
			if f.Run != run.ID() || f.Index == nil || *f.Index != 4 {
				t.Errorf("%s: a finding names no run: %+v", name, f)
			}
		}
	}
	b, run, r := golden(t)
	r.Bundle(run.ID(), b)
	r.End(1)
	if _, claimed := r.Report.Shares["rebuilt"]; claimed {
		t.Error("a share is claimed of what was not tried")
	}
}
