package fairness

import "candor/graph"

// Verdict is what a test says.
type Verdict string

// The verdicts. Only Sign says that something looks unfair.
const (
	NoSign  Verdict = "no sign"
	Sign    Verdict = "sign"
	Inform  Verdict = "information" // figures without a threshold
	TooFew  Verdict = "too little data"
	Foreign Verdict = "not tested" // the model reads features that this program does not know
)

// Section is what was found about one version of a ranker.
type Section struct {
	Plugin   graph.Hash `json:"plugin"`
	Version  uint32     `json:"version"`
	Name     string     `json:"name"`
	Declared string     `json:"declared"` // its publisher's words for what it does
	Runs     uint64     `json:"runs"`     // in the sample
	Of       uint64     `json:"of"`       // replayed runs that it was drawn from
	Posts    uint64     `json:"posts"`    // rows of the sample
	Authors  uint64     `json:"authors"`
	Verdict  Verdict    `json:"verdict"`
	Tests    []Test     `json:"tests"`
}

// Test is one question about a model.
type Test struct {
	Name     string  `json:"name"` // exposure, swap, touch, least-bit, lists, drift, triggers
	Question string  `json:"question"`
	Verdict  Verdict `json:"verdict"`
	Says     string  `json:"says"`    // one sentence for people
	Unit     string  `json:"unit"`    // what the lines' values are
	Beside   string  `json:"beside"`  // what the figures beside them are
	Neutral  Num     `json:"neutral"` // the value of no effect
	Lines    []Line  `json:"lines"`
}

// Line is one figure, with an interval where chance plays a part.
type Line struct {
	Group   string `json:"group,omitempty"` // what the line belongs to
	Label   string `json:"label"`
	Posts   uint64 `json:"posts"`
	Authors uint64 `json:"authors,omitempty"`
	Value   Num    `json:"value"`
	Low     *Num   `json:"low,omitempty"`    // of the interval
	High    *Num   `json:"high,omitempty"`   //
	Beside  *Num   `json:"beside,omitempty"` // another figure to compare with
	P       *Num   `json:"p,omitempty"`      // corrected for the number of lines
	Sign    bool   `json:"sign"`
	Note    string `json:"note,omitempty"`
}

// judge is Sign if a line is one.
func judge(lines []Line) Verdict {
	for _, l := range lines {
		if l.Sign {
			return Sign
		}
	}
	return NoSign
}

// Signs are the tests that show one.
func (s *Section) Signs() (all []Test) {
	for _, t := range s.Tests {
		if t.Verdict == Sign {
			all = append(all, t)
		}
	}
	return all
}
