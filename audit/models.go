package audit

import (
	"fmt"

	"candor/graph"
)

// Committed is a version as the chain has it, with what it owes.
type Committed struct {
	Plugin     graph.Hash
	Version    uint32
	Commitment graph.Hash
	RevealBy   uint64 // seconds; 0: nothing is secret
	LostFrom   uint64 // seconds; from then on its bond is lost unless it was revealed
	Bond       string // wei that the chain holds
	Revealed   bool   // the chain took its bytes
	Wrong      string // how its publisher broke the promise to reveal it
	Untried    string // why nobody could see here whether it opens, which may be no fault of its publisher

	Registered      bool   // its registration was checked and holds
	BadRegistration string // what is wrong with the one that its publisher names
}

// Reveals states of each version whether it is public when it must be, at the time of
// the report. A model in Models is public however it came to be. Whose model no run of the log used is not what the audit is
// about, unless it was asked for that plugin: what is wrong there is a note.
func (r *Runs) Reveals(w *Walk, all []Committed) {
	now := r.Report.Time
	registered := uint64(0)
	for _, c := range all {
		m := Model{Plugin: c.Plugin, Version: c.Version, Commitment: c.Commitment, RevealBy: c.RevealBy, LostFrom: c.LostFrom, Bond: c.Bond,
			Runs: w.Runs(c.Plugin, c.Version), Registered: c.Registered}
		_, open := r.Models[c.Commitment]
		switch {
		case c.RevealBy == 0:
			m.State = "open"
		case open || c.Revealed:
			m.State = "revealed"
		case now >= c.RevealBy:
			m.State = "overdue"
			if c.Wrong == "" {
				c.Wrong = fmt.Sprintf("version %d of plugin %s was to be revealed %d seconds ago", c.Version, short(c.Plugin), now-c.RevealBy)
				if c.Untried != "" {
					c.Wrong += ", and it could not be tried whether it opens: " + c.Untried
				}
			}
		default:
			m.State = "secret"
		}
		blame := func(rule Rule, says string) {
			switch {
			case says == "":
			case m.Runs > 0 || c.Plugin == r.Report.Plugin:
				r.Report.Find(Finding{Rule: rule, Says: says, Evidence: c.Commitment.Hex()})
			default:
				r.Report.Notes = append(r.Report.Notes, says+"; no run of this log used it")
			}
		}
		// A bad ciphertext is one even if its publisher reveals the model in the end.
		blame(RuleReveal, c.Wrong)
		blame(RuleRegistered, c.BadRegistration)
		if c.Registered {
			registered++
		}
		r.Report.Models = append(r.Report.Models, m)
	}
	r.Report.Shares["registrations"] = Share{Checked: registered, Of: uint64(len(all)), Why: "the publishers of the others name none on the chain, or nobody serves it"}
}
