package fairness

import (
	"crypto/sha256"
	"slices"

	"candor/graph"
)

// Post is one row of a run.
type Post struct {
	ID     graph.PostID
	Author graph.Address
	Row    []int8
}

// Run is what a test reads of a run.
type Run struct {
	ID    graph.Hash
	Posts []Post
}

// Bounds of a sample.
const (
	MaxPosts  = 256   // longer runs are left out
	minPosts  = 5     // and so are shorter ones
	maxRuns   = 400   // of a version
	allRuns   = 4_000 // of all versions together, at least minRuns each
	minRuns   = 20
	maxRows   = 20_000 // of a version
	drawnWith = "candor/fairness/sample/v1"
)

// Sample keeps those runs of a version whose ids hash lowest, so that it is the same in
// whatever order the runs come, and nobody who makes one can tell whether it will be in.
type Sample struct {
	of   uint64
	most int
	kept []drawn // by hash
}

type drawn struct {
	at  graph.Hash
	run Run
}

// NewSample is for one of so many versions.
func NewSample(versions int) *Sample {
	return &Sample{most: max(minRuns, min(maxRuns, allRuns/max(1, versions)))}
}

// Add offers a run; posts gives its rows when they are wanted.
func (s *Sample) Add(id graph.Hash, posts func() []Post) {
	s.of++
	at := graph.Hash(sha256.Sum256(append([]byte(drawnWith), id[:]...)))
	i, twice := slices.BinarySearchFunc(s.kept, at, func(d drawn, at graph.Hash) int { return slices.Compare(d.at[:], at[:]) })
	if twice || i == s.most {
		return
	}
	p := posts()
	if len(p) < minPosts || len(p) > MaxPosts {
		return
	}
	s.kept = slices.Insert(s.kept, i, drawn{at, Run{id, p}})
	s.kept = s.kept[:min(len(s.kept), s.most)]
}

// Runs are those of the sample.
func (s *Sample) Runs() (runs []Run) {
	rows := 0
	for _, d := range s.kept {
		if rows += len(d.run.Posts); rows > maxRows {
			break
		}
		runs = append(runs, d.run)
	}
	return runs
}

// Enough says whether the sample may do for a verdict.
func (s *Sample) Enough() bool { return len(s.kept) >= leastRuns }

// Of is how many runs were offered.
func (s *Sample) Of() uint64 { return s.of }
