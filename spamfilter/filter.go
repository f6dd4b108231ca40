package spamfilter

import (
	"fmt"
	"slices"

	"candor/graph"
)

// Snapshot is what filters ask of the mirror at one block.
type Snapshot interface {
	Posts(graph.PostQuery) ([]graph.Post, error)
}

// Info is what a filter says of itself to readers and on its manifest.
type Info struct {
	ID          string // slug
	Version     uint32 // changes with every change of a verdict
	Name        string // at most 24 characters
	Description string // at most 300 characters
	Goal        string
	Reasons     []string // its vocabulary
	Default     bool     // clients switch it on for readers who did not choose
}

// Filter judges candidates. Judge gives one verdict for each, in their order; it
// fails when the snapshot does or when a candidate is no post of it.
type Filter interface {
	Info() Info
	Judge(Snapshot, []graph.Candidate) ([]graph.Verdict, error)
}

// Outcome is what one filter of a stack said.
type Outcome struct {
	Filter   string
	Version  uint32
	Verdicts []graph.Verdict // one for each candidate, in their order
	Hidden   int             // posts that it hid and no filter before it
}

// Stack asks each filter about all candidates. A filter that fails, or says what
// its vocabulary does not hold, is named in the error: it is not passed over.
func Stack(s Snapshot, cands []graph.Candidate, filters ...Filter) ([]Outcome, error) {
	hidden := map[graph.PostID]bool{}
	out := make([]Outcome, 0, len(filters))
	for _, f := range filters {
		in := f.Info()
		verdicts, err := f.Judge(s, cands)
		if err == nil {
			err = check(in, cands, verdicts)
		}
		if err != nil {
			return nil, fmt.Errorf("filter %s: %w", in.ID, err)
		}
		o := Outcome{Filter: in.ID, Version: in.Version, Verdicts: verdicts}
		for _, v := range verdicts {
			if v.Decision == graph.Hide && !hidden[v.Post] {
				hidden[v.Post] = true
				o.Hidden++
			}
		}
		out = append(out, o)
	}
	return out, nil
}

func check(in Info, cands []graph.Candidate, verdicts []graph.Verdict) error {
	if len(verdicts) != len(cands) {
		return fmt.Errorf("it gave %d verdicts on %d posts", len(verdicts), len(cands))
	}
	for i, v := range verdicts {
		keeps := v.Decision == graph.Keep
		switch {
		case v.Post != cands[i].Post:
			return fmt.Errorf("verdict %d is on post %s, not on %s", i, v.Post, cands[i].Post)
		case v.Decision < graph.Keep || v.Decision > graph.Unknown:
			return fmt.Errorf("its decision %d on post %s is none", v.Decision, v.Post)
		case keeps != (v.Reason == ""), !keeps && !slices.Contains(in.Reasons, v.Reason):
			return fmt.Errorf("its reason %q on post %s is not in its vocabulary", v.Reason, v.Post)
		}
	}
	return nil
}

// judged keeps everything; filters change what they find.
func judged(cands []graph.Candidate) (verdicts []graph.Verdict, place map[graph.PostID]int) {
	verdicts, place = make([]graph.Verdict, len(cands)), make(map[graph.PostID]int, len(cands))
	for i, c := range cands {
		verdicts[i] = graph.Verdict{Post: c.Post, Decision: graph.Keep}
		place[c.Post] = i
	}
	return verdicts, place
}

// chronicle reads the candidates' posts, oldest position first.
func chronicle(s Snapshot, cands []graph.Candidate) ([]graph.Post, error) {
	if len(cands) == 0 {
		return nil, nil
	}
	ids := make([]graph.PostID, len(cands))
	for i, c := range cands {
		ids[i] = c.Post
	}
	posts, err := s.Posts(graph.PostQuery{IDs: ids, Limit: len(ids)})
	if err != nil {
		return nil, err
	}
	slices.SortFunc(posts, func(a, b graph.Post) int { return a.ID.Compare(b.ID) })
	slices.SortFunc(ids, graph.PostID.Compare)
	if ids = slices.Compact(ids); len(ids) != len(posts) {
		return nil, fmt.Errorf("the mirror has %d of the %d candidates: ask for candidates of its block", len(posts), len(ids))
	}
	return posts, nil
}

// apart is the time between two posts, in seconds.
func apart(a, b *graph.Post) uint64 { return max(a.Time, b.Time) - min(a.Time, b.Time) }
