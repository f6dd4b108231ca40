package prover

import (
	"cmp"
	"slices"

	"candor/zkcommit"
)

// oldestEvery is how many jobs of a ranker bring one of its oldest run.
const oldestEvery = 4

// pick takes at most n of one ranker's waiting runs, in the order in which they
// are to be proved. turn counts the ranker's jobs, so that its fourths are kept
// from call to call.
func pick(ws []zkcommit.Waiting, n int, turn *uint64) (out []zkcommit.Waiting) {
	urgent := slices.Clone(ws)
	slices.SortFunc(urgent, func(a, b zkcommit.Waiting) int {
		return cmp.Or(
			last(a.Asked, b.Asked), // the first that was asked for
			last(a.Due, b.Due),     // the first to fall due
			cmp.Compare(b.Number, a.Number))
	})
	oldest := slices.Clone(ws)
	slices.SortFunc(oldest, func(a, b zkcommit.Waiting) int { return cmp.Compare(a.Number, b.Number) })
	taken := map[uint64]bool{}
	next := func(from *[]zkcommit.Waiting) {
		for len(*from) > 0 && taken[(*from)[0].Number] {
			*from = (*from)[1:]
		}
		if len(*from) > 0 {
			taken[(*from)[0].Number] = true
			out = append(out, (*from)[0])
		}
	}
	for len(out) < min(n, len(ws)) {
		if *turn++; *turn%oldestEvery == 0 {
			next(&oldest)
		} else {
			next(&urgent)
		}
	}
	return out
}

// last compares so that zero, which stands for none, comes last.
func last(a, b uint64) int {
	if (a == 0) != (b == 0) {
		return cmp.Compare(b, a)
	}
	return cmp.Compare(a, b)
}
