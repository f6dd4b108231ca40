package selection

import (
	"fmt"

	"candor/graph"
)

// The rules.
const (
	Plain   = "plain/v1"
	Diverse = "diverse/v1"
	Single  = "single/v1"
)

// spread is how many posts of one author may stand among how many places in a row.
type spread struct{ window, perAuthor int }

var spreads = map[string]spread{Diverse: {10, 2}, Single: {20, 1}}

// Select gives the served order of the ranked candidates. It fails on a rule
// that it does not know.
func Select(rule string, ranked []graph.Candidate) ([]graph.PostID, error) {
	if rule == Plain {
		ids := make([]graph.PostID, len(ranked))
		for i, c := range ranked {
			ids[i] = c.Post
		}
		return ids, nil
	}
	if s, ok := spreads[rule]; ok {
		return s.out(ranked), nil
	}
	return nil, fmt.Errorf("the selection rule %q is unknown: use %s, %s or %s", rule, Plain, Diverse, Single)
}

func (s spread) out(ranked []graph.Candidate) []graph.PostID {
	var (
		ids    = make([]graph.PostID, 0, len(ranked))
		by     = make([]graph.Address, 0, len(ranked)) // authors of ids
		recent = map[graph.Address]int{}               // of the last window-1 of them
		left   = append([]graph.Candidate(nil), ranked...)
	)
	for len(left) > 0 {
		if i := len(by) - s.window; i >= 0 {
			recent[by[i]]--
		}
		next := 0
		for i, c := range left {
			if recent[c.Author] < s.perAuthor {
				next = i
				break
			}
		}
		c := left[next]
		left = append(left[:next], left[next+1:]...)
		ids, by = append(ids, c.Post), append(by, c.Author)
		recent[c.Author]++
	}
	return ids
}
