package graph

import "fmt"

// Source says why a post is a candidate: a set of bits.
type Source uint8

// Where candidates come from.
const (
	FromFollowing Source = 1 << iota // by someone whom the viewer follows
	FromCircle                       // engaged with by someone whom the viewer follows
	FromNear                         // near in meaning to what the viewer engaged with
	FromTrending                     // much engaged with lately
	FromNewest                       // simply new

	AnySource = FromNewest<<1 - 1 // all of them
)

// Reasons are the names of the bits, for readers.
func (s Source) Reasons() (names []string) {
	for i, n := range []string{"following", "circle", "near", "trending", "newest"} {
		if s&(1<<i) != 0 {
			names = append(names, n)
		}
	}
	return names
}

// Candidate is a post considered for one viewer at one block.
type Candidate struct {
	Author Address `json:"author"`
	Post   PostID  `json:"post"`
	Source Source  `json:"source"`
}

// Features is the number of features of a FeatureVector.
const Features = 64

// FeatureVector are the features of one candidate.
type FeatureVector [Features]int8

// Row is what a ranker sees of one candidate, of the width that its feature schema says:
// the 64 features, or these and the post's embedding behind them.
type Row []int8

// Score is a ranker's opinion of one candidate; larger is earlier.
type Score int32

// Decision is what a filter says of a candidate.
type Decision uint8

// The decisions of filters.
const (
	Keep    Decision = 1
	Warn    Decision = 2 // shown behind a notice
	Hide    Decision = 3
	Unknown Decision = 4 // the filter could not tell; the post stays, and the page says so
)

// String is the decision's lower-case name.
func (d Decision) String() string {
	switch d {
	case Keep:
		return "keep"
	case Warn:
		return "warn"
	case Hide:
		return "hide"
	}
	return "unknown"
}

// MarshalText writes the decision's name.
func (d Decision) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads a decision's name.
func (d *Decision) UnmarshalText(b []byte) error {
	for v := Keep; v <= Unknown; v++ {
		if v.String() == string(b) {
			*d = v
			return nil
		}
	}
	return fmt.Errorf("%q is no decision: use keep, warn, hide or unknown", b)
}

// Verdict is one filter's decision on one candidate, with a reason from the
// filter's own vocabulary ("" when it keeps).
type Verdict struct {
	Post     PostID   `json:"post"`
	Decision Decision `json:"decision"`
	Reason   string   `json:"reason"`
}
