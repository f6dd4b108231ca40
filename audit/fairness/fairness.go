package fairness

import (
	"fmt"
	"strings"

	"candor/graph"
	"candor/rankers/features"
	"candor/zkcommit"
)

// Version is a revealed version of a ranker, with the sample of its runs.
type Version struct {
	Plugin   graph.Hash
	Number   uint32
	Name     string // for people
	Declared string // the publisher's words for what it does
	Schema   graph.Hash
	Model    *zkcommit.Model
	Sample   *Sample
}

// Options is what the auditor brings along.
type Options struct {
	Groups  map[graph.Address]string           // declared group of an author
	Authors []graph.Address                    // whose position is compared with controls
	Words   []string                           // the same for posts with these words
	Merits  []string                           // features that count as earned beside the usual ones
	Texts   map[graph.PostID]graph.PostContent // those at hand
}

// Thresholds. docs/fairness.md gives their reasons.
const (
	alpha    Num = 100    // 1 %: chance of a false sign in a test of many lines
	Low      Num = 8_000  // four fifths of what the same posts would have had
	High     Num = 12_500 // its inverse
	fifth    Num = 2_000  // of the list
	interval Num = 500    // 5 %: chance that an interval of a test misses
)

// Least data for a verdict.
const (
	leastRuns    = 5
	leastRows    = 100
	leastAuthors = 10 // in a group
)

// Auditor tests versions, many at a time if asked to.
type Auditor struct {
	Options
	reads readings
}

// New is an auditor with these options, which stay as they are from now on.
func New(o Options) *Auditor {
	return &Auditor{Options: o, reads: readings{known: map[readingKey]*reading{}}}
}

// Audit asks all questions about a version. before is the version before it; nil: none
// is public.
func (a *Auditor) Audit(v, before *Version) *Section {
	runs := v.Sample.Runs()
	s := &Section{Plugin: v.Plugin, Version: v.Number, Name: v.Name, Declared: v.Declared, Runs: uint64(len(runs)), Of: v.Sample.Of(), Tests: []Test{}}
	if !known(v) {
		s.Verdict = Foreign
		return s
	}
	f := newField(v.Model, partsOf(v.Model.Shape.Inputs, a.Merits), runs)
	s.Posts, s.Authors = uint64(len(f.rows)), uint64(len(f.authors))
	if len(f.runs) < leastRuns || len(f.rows) < leastRows {
		s.Verdict = TooFew
		return s
	}
	t := a.newTexts(f)
	e := f.expected(f.exchange(author, form, says))
	s.Tests = append(s.Tests, f.exposure(e, a.Options, t), f.swaps(), a.touches(f, t), f.leastBit())
	if len(a.Authors)+len(a.Words) > 0 {
		s.Tests = append(s.Tests, f.lists(e, a.Options, t))
	}
	if before != nil && known(before) && before.Model.Shape.Inputs == v.Model.Shape.Inputs {
		s.Tests = append(s.Tests, f.drift(v, before))
	}
	s.Tests = append(s.Tests, f.triggers())
	for i := range s.Tests {
		if s.Tests[i].Lines == nil {
			s.Tests[i].Lines = []Line{}
		}
	}
	s.Verdict = NoSign
	if len(s.Signs()) > 0 {
		s.Verdict = Sign
	}
	return s
}

// known says whether it is known here what the model's inputs are.
func known(v *Version) bool {
	width, err := features.Width(v.Schema)
	return err == nil && v.Model.Shape.Inputs == width
}

// list is names as people write them.
func list(names []string) string {
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	return strings.Join(names[:len(names)-1], ", ") + " and " + names[len(names)-1]
}

// count is a number of things.
func count(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}
