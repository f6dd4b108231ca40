package rebuild

import (
	"fmt"
	"strings"

	"candor/audit"
	"candor/graph"
)

// Describe puts into the report what the node had of the contents at the block, as
// its runs' mirror roots bind it, beside what is served now.
func (s *State) Describe(r *audit.Report, block uint64) {
	var standing, present, unavailable, withheld, served, gone uint64
	for _, p := range s.posts {
		if !p.stands(block) {
			continue
		}
		standing++
		v := p.at(block)
		switch st := v.status(true, block); {
		case st == graph.Present:
			present++
			if !v.doc.known {
				gone++
			}
			continue
		case st == graph.Withheld:
			withheld++
		default:
			unavailable++
		}
		if v.doc.post != nil {
			served++
		}
	}
	var why []string
	for _, x := range []struct {
		n    uint64
		says string
	}{{unavailable, "were unavailable to the node"}, {withheld, "were withheld by its operator"}, {served, "of these are served now, so that auditors can see them"},
		{gone, "others that it had are not served any more"}} {
		if x.n > 0 {
			why = append(why, fmt.Sprintf("%d %s", x.n, x.says))
		}
	}
	r.Shares["contents"] = audit.Share{Checked: present, Of: standing, Why: strings.Join(why, ", ")}
	if n := s.profilesUntold(block); n > 0 {
		r.Notes = append(r.Notes, fmt.Sprintf("%d profiles are served now, and the node says that it did not have them at block %d: no mirror root binds it to that, and a profile may ask for its owner not to be recommended", n, block))
	}
}

// profilesUntold are those that can be had and that the node says it did not have.
func (s *State) profilesUntold(block uint64) (n uint64) {
	for _, who := range s.people {
		for _, p := range who.profiles {
			if p.Has(block) && p.doc.profile != nil && p.status(true, block) != graph.Present {
				n++
			}
		}
	}
	return n
}
