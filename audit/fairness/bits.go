package fairness

import (
	"cmp"
	"fmt"
	"slices"
)

// mostSteps bounds the steps that are tried, so that models of many inputs are tried on fewer posts.
const mostSteps = 128_000

// shown is how many features a test lists.
const shown = 8

// leastBit asks what the smallest possible change of each input does that is a number and
// varies at all: one step of an int8 up and one down.
func (f *field) leastBit() Test {
	test := Test{Name: "least-bit", Question: "Does the order hang by a thread?", Verdict: Inform,
		Unit: "share of all pairs of posts whose order one step of the feature turns round", Beside: "the largest jump, as a share of the list"}
	every := 1 + len(f.rows)*2*len(f.kinds)/mostSteps
	for k := range f.kinds {
		lo, hi := reach(k)
		var turned, pairs int64
		var most Num
		col := f.col(k)
		if lo == hi || isFlag(k) || !f.varies(k) || !slices.ContainsFunc(col, func(w int32) bool { return w != 0 }) {
			continue
		}
		tried := uint64(0)
		for i := 0; i < len(f.rows); i += every {
			row := f.rows[i]
			tried++
			for _, step := range []int32{-1, 1} {
				if v := int32(row[k]) + step; v < int32(lo) || v > int32(hi) {
					continue
				}
				n := f.runs[f.run[i]].n()
				jump := f.rankIf(i, f.along(f.full(i), col, step)) - f.rank(i)
				jump = max(jump, -jump)
				turned, pairs = turned+int64(jump), pairs+int64(n-1)
				most = max(most, share(jump, n))
			}
		}
		test.Lines = append(test.Lines, Line{Label: featureName(k), Posts: tried, Value: ratio(turned, pairs), Beside: &most})
	}
	if len(test.Lines) == 0 {
		test.Says = "No step of a feature changes anything."
		return test
	}
	slices.SortStableFunc(test.Lines, func(a, b Line) int { return cmp.Compare(b.Value, a.Value) })
	jump := slices.MaxFunc(test.Lines, func(a, b Line) int { return cmp.Compare(*a.Beside, *b.Beside) })
	top := test.Lines[0]
	test.Says = fmt.Sprintf("One step of %s turns round %s %% of the pairs, more than of any other feature; the largest jump is %s of the list, by %s.",
		top.Label, (100 * top.Value).Places(1), jump.Beside.Percent(), jump.Label)
	test.Lines = test.Lines[:min(shown, len(test.Lines))]
	return test
}
