package fairness

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"candor/graph"
)

// mostMoved bounds the posts by which a feature's influence is told.
const mostMoved = 1_000

// drift asks what became of the order, and of the reasons for it, since the version
// before: both models rank the same rows.
func (f *field) drift(v, before *Version) Test {
	test := Test{Name: "drift", Question: fmt.Sprintf("What changed since version %d?", before.Number), Verdict: Inform,
		Unit: "influence of the feature: mean distance that a post moves with another's, as a share of the list", Beside: "before"}
	sample := make([]Run, len(f.runs))
	for r, run := range f.runs {
		sample[r].ID = f.names[r]
		for i := run.from; i < run.to; i++ {
			sample[r].Posts = append(sample[r].Posts, Post{f.ids[i], f.authors[f.who[i]], f.rows[i]})
		}
	}
	old := newField(before.Model, f.kinds, sample)
	tau, rbo := f.agree(old)
	every := 1 + len(f.rows)/mostMoved
	influence := func(f *field, k int) Num {
		if k < 0 {
			mean, _ := f.moves(f.exchange(says), every)
			return mean
		}
		mean, _ := f.moves(f.exchangeInput(k), every)
		return mean
	}
	add := func(k int, name string) {
		now, then := influence(f, k), influence(old, k)
		if now != 0 || then != 0 {
			test.Lines = append(test.Lines, Line{Label: name, Posts: uint64((len(f.rows) + every - 1) / every), Value: now, Beside: &then})
		}
	}
	for k := range f.kinds {
		if k < graph.Features && f.varies(k) {
			add(k, featureName(k))
		}
	}
	if f.reads() {
		add(-1, partNames[says])
	}
	change := func(l Line) Num { return max(l.Value-*l.Beside, *l.Beside-l.Value) }
	slices.SortStableFunc(test.Lines, func(a, b Line) int { return cmp.Compare(change(b), change(a)) })
	test.Lines = test.Lines[:min(shown, len(test.Lines))]
	test.Says = fmt.Sprintf("The two versions agree with Kendall τ = %s and an overlap at the top (RBO) of %s%s.", tau.Places(2), rbo.Places(2), driftWords(test.Lines))
	return test
}

// driftWords says what counts more and what less.
func driftWords(lines []Line) string {
	var more, less []string
	for _, l := range lines {
		switch d := l.Value - *l.Beside; {
		case d >= 100 && len(more) < 2:
			more = append(more, l.Label)
		case d <= -100 && len(less) < 2:
			less = append(less, l.Label)
		}
	}
	var s []string
	if len(more) > 0 {
		s = append(s, list(more)+" count more")
	}
	if len(less) > 0 {
		s = append(s, list(less)+" count less")
	}
	if len(s) == 0 {
		return "; no single feature counts clearly more or less"
	}
	return "; " + strings.Join(s, ", ")
}

// agree compares two models' orders of the same runs: the mean of Kendall's τ (1938) and
// of rank-biased overlap with persistence 0.9, extrapolated (Webber and others 2010).
func (f *field) agree(old *field) (tau, rbo Num) {
	var taus, rbos int64
	for _, run := range f.runs {
		then := make([]int, run.n()) // the old rank of each new rank
		where := map[[16]byte]int{}
		for i := run.from; i < run.to; i++ {
			where[old.ids[i].Bytes()] = i - run.from
		}
		for i := run.from; i < run.to; i++ {
			then[i-run.from] = where[f.ids[i].Bytes()]
		}
		taus += int64(kendall(then))
		rbos += int64(overlap(then))
	}
	n := int64(len(f.runs))
	return Num(divide(taus, n)), Num(divide(rbos, n))
}

// kendall is τ between the order and 0, 1, 2 ….
func kendall(order []int) Num {
	var same, all int64
	for a := range order {
		for b := a + 1; b < len(order); b++ {
			if all++; order[a] < order[b] {
				same++
			} else {
				same--
			}
		}
	}
	return ratio(same, all)
}

// overlap is the rank-biased overlap between the order and 0, 1, 2 ….
func overlap(order []int) Num {
	const whole = 1_000_000_000
	weight, sum := int64(whole), int64(0)
	seen := make([]int, len(order)) // how often a post was met, in either list
	both := int64(0)
	for d, o := range order {
		for _, x := range []int{d, o} {
			if seen[x]++; seen[x] == 2 {
				both++
			}
		}
		weight = weight * 9 / 10
		sum += divide(weight*both, int64(d+1))
	}
	// (1 − p)/p · Σ pᵈ·overlap/d, and pⁿ for what follows an overlap of 1
	return ratio(divide(sum, 9)+weight, whole)
}
