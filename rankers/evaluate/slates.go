package evaluate

import (
	"cmp"
	"slices"
)

// Slate is the number of consecutive posts that are ranked against each other.
const Slate = 100

// top is how many of a ranking count as seen.
const top = 10

// ranker gives judged posts scores; the larger comes first, and of two that are equal the
// newer post, as everywhere.
type ranker struct {
	name   string
	scores []int64 // of the judged posts
	model  string  // that a node can serve: its fingerprint; or ""
	past   []int64 // of the posts trained on, for rankers whose scores mean the same there; or nil
}

// order ranks the posts of one slate, given their scores in the file's order.
func order(scores []int64) []int {
	o := make([]int, len(scores))
	for i := range o {
		o[i] = i
	}
	slices.SortFunc(o, func(a, b int) int {
		return cmp.Or(cmp.Compare(scores[b], scores[a]), cmp.Compare(b, a))
	})
	return o
}
