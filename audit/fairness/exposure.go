package fairness

import (
	"cmp"
	"fmt"
	"math/bits"
	"slices"
	"strings"

	"candor/graph"
	"candor/rankers/features"
)

// grouping divides the rows; of is "" for a row in no group.
type grouping struct {
	name string
	of   func(i int) string
}

// exposure asks whether a group's posts get less exposure than the same posts would if
// who wrote them, how, and what they say were exchanged among the run's posts
// (Singh and Joachims 2018; Biega and others 2018). e is that expectation.
func (f *field) exposure(e []int64, o Options, t *texts) Test {
	test := Test{Name: "exposure", Question: "Do some groups get less room than their posts have earned?", Neutral: One,
		Unit: "exposure, of what the same posts would get if author, form and content were exchanged among the run's posts", Beside: "of their even share of the list"}
	var groups []*groupSum
	for _, g := range f.groupings(o, t) {
		if sums := f.groupSums(g, e); len(sums) > 1 {
			groups = append(groups, sums...)
		}
	}
	tested := 0
	for _, g := range groups {
		if len(g.of) >= leastAuthors {
			tested++
		}
	}
	var ps []*Num
	for _, g := range groups {
		l := Line{Group: g.grouping, Label: g.label, Posts: g.posts, Authors: uint64(len(g.of))}
		all := g.total()
		l.Value = ratio(all.got, all.earned)
		raw := ratio(all.got, all.even)
		l.Beside = &raw
		if len(g.of) < leastAuthors {
			l.Note = fmt.Sprintf("fewer than %d authors: too few to judge", leastAuthors)
		} else {
			lo, hi := g.interval(tested)
			l.Low, l.High = &lo, &hi
			p := g.flips()
			l.P = &p
			ps = append(ps, l.P)
		}
		test.Lines = append(test.Lines, l)
	}
	holm(ps)
	var why explanation
	for i := range test.Lines {
		l := &test.Lines[i]
		if l.Sign = l.P != nil && *l.P <= alpha && (l.Value < Low || l.Value > High); l.Sign {
			l.Note = why.of(f, groups[i])
		}
	}
	test.Verdict = judge(test.Lines)
	test.Says = exposureSays(test.Lines)
	if tested == 0 {
		test.Verdict, test.Says = TooFew, fmt.Sprintf("No group has the %d authors that a judgement needs.", leastAuthors)
	}
	return test
}

func exposureSays(lines []Line) string {
	var worst *Line
	signs := 0
	for i, l := range lines {
		if l.Sign {
			signs++
		}
		if l.P != nil && (worst == nil || l.Sign && !worst.Sign || l.Sign == worst.Sign && farther(l.Value, worst.Value)) {
			worst = &lines[i]
		}
	}
	switch {
	case worst == nil:
		return ""
	case worst.Value == One:
		return "Every group gets what its posts have earned."
	case signs == 0:
		return fmt.Sprintf("No group gets clearly less or more room than its posts have earned; farthest off is “%s” (%s), with %s of it.", worst.Label, worst.Group, worst.Value.Percent())
	}
	more := ""
	if signs > 1 {
		more = fmt.Sprintf(" (and %d more)", signs-1)
	}
	return fmt.Sprintf("Posts of the group “%s” (%s) get %s of the room that the same posts would get otherwise (p = %s)%s, %s.", worst.Label, worst.Group, worst.Value.Percent(), worst.P, more, worst.Note)
}

// farther says whether a is farther from 1 than b, as a factor.
func farther(a, b Num) bool { return factor(a) > factor(b) }

func factor(v Num) Num {
	if v >= One {
		return v
	}
	return ratio(int64(One), int64(max(v, 1)))
}

// groupings are those that the sample itself tells, then those of the auditor.
func (f *field) groupings(o Options, t *texts) (all []grouping) {
	all = append(all, grouping{"age of the account", func(i int) string { return ageBand(f.rows[i]) }}, f.tenths())
	if len(t.langs) > 0 {
		all = append(all, grouping{"language of the post", func(i int) string { return t.langs[i] }})
	}
	if f.varies(features.Language) {
		names := map[int8]string{127: "one of the reader's", 0: "another than the reader's"}
		all = append(all, grouping{"language", func(i int) string { return names[f.rows[i][features.Language]] }})
	}
	if len(o.Groups) > 0 {
		all = append(all, grouping{"declared group", func(i int) string { return o.Groups[f.authors[f.who[i]]] }})
	}
	return all
}

func (f *field) varies(k int) bool {
	for _, r := range f.rows {
		if r[k] != f.rows[0][k] {
			return true
		}
	}
	return false
}

// tenths divides the authors by their followers, each counted once.
func (f *field) tenths() grouping {
	most := make([]int8, len(f.authors))
	for i, r := range f.rows {
		most[f.who[i]] = max(most[f.who[i]], r[features.AuthorFollowers])
	}
	sorted := slices.Sorted(slices.Values(most))
	names := make([]string, 128) // of each value
	for from := 0; from < len(sorted); {
		tenth := from * 10 / len(sorted)
		to := from
		for to < len(sorted) && (to*10/len(sorted) == tenth || sorted[to] == sorted[to-1]) {
			to++
		}
		name := fmt.Sprintf("tenth %d, from %d followers", tenth+1, atLeast(sorted[from]))
		for v := sorted[from]; v <= sorted[to-1]; v++ {
			if v >= 0 {
				names[v] = name
			}
			if v == 127 {
				break
			}
		}
		from = to
	}
	return grouping{"followers", func(i int) string { return names[max(0, most[f.who[i]])] }}
}

// atLeast is the least number that log8 brings to v.
func atLeast(v int8) int {
	v = max(0, v)
	return (8+int(v&7))<<(v>>3)>>3 - 1
}

// sums of exposure: what posts got, what they would have got with another's author,
// form and content, and what they would get if all places were worth the same.
type sums struct{ got, earned, even int64 }

func (s *sums) add(o sums) { s.got, s.earned, s.even = s.got+o.got, s.earned+o.earned, s.even+o.even }

// groupSum is a group's, author by author: an author's posts stand and fall together.
type groupSum struct {
	grouping, label string
	posts           uint64
	rows            []int
	of              []sums
	seed            *draw
}

func (g *groupSum) total() (t sums) {
	for _, s := range g.of {
		t.add(s)
	}
	return t
}

func (f *field) groupSums(g grouping, e []int64) (all []*groupSum) {
	type key struct {
		label string
		who   int
	}
	byLabel, place := map[string]*groupSum{}, map[key]int{}
	for i := range f.rows {
		label := g.of(i)
		if label == "" {
			continue
		}
		s := byLabel[label]
		if s == nil {
			s = &groupSum{grouping: g.name, label: label, seed: newDraw("group", g.name, label)}
			byLabel[label] = s
			all = append(all, s)
		}
		k := key{label, f.who[i]}
		at, ok := place[k]
		if !ok {
			at = len(s.of)
			place[k] = at
			s.of = append(s.of, sums{})
		}
		r := f.runs[f.run[i]]
		s.of[at].add(sums{exposures[f.rank(i)], e[i], evenly[r.n()]})
		s.posts++
		s.rows = append(s.rows, i)
	}
	slices.SortFunc(all, func(a, b *groupSum) int {
		return cmp.Or(cmp.Compare(rankOf(a.label), rankOf(b.label)), strings.Compare(a.label, b.label))
	})
	return all
}

// rankOf puts tenths and ages into their order.
func rankOf(label string) int {
	var n int
	if _, err := fmt.Sscanf(label, "tenth %d,", &n); err == nil {
		return n
	}
	return slices.Index([]string{"under a week", "a week to a month", "a month to a year", "over a year"}, label)
}

// draws of a test, of an interval.
const (
	flips     = 9_999
	resamples = 1_999
)

// flips is the chance that authors whose posts gain or lose by a toss of a coin differ
// as much from what they earned: a cluster-robust sign-flip test (the wild cluster
// bootstrap of Cameron, Gelbach and Miller 2008 under its null hypothesis).
func (g *groupSum) flips() Num {
	tosses := make([][256]int64, (len(g.of)+7)/8) // of eight authors each, the sum of every toss
	for a, s := range g.of {
		tosses[a/8][0] += s.got - s.earned
	}
	found := int64(0)
	for i := range tosses {
		t := &tosses[i]
		found += t[0]
		for toss := 1; toss < len(t); toss++ {
			t[toss] = t[toss&(toss-1)]
			if a := 8*i + bits.TrailingZeros(uint(toss)); a < len(g.of) {
				t[toss] -= 2 * (g.of[a].got - g.of[a].earned)
			}
		}
	}
	found = max(found, -found)
	as := 1
	for range flips {
		var sum int64
		var coins uint64
		for i := range tosses {
			if i%8 == 0 {
				coins = g.seed.next()
			}
			sum += tosses[i][coins&255]
			coins >>= 8
		}
		if max(sum, -sum) >= found {
			as++
		}
	}
	return ratio(int64(as), flips+1)
}

// interval holds the ratio with all others of the test at once (Bonferroni), by drawing
// the group's authors again.
func (g *groupSum) interval(tested int) (lo, hi Num) {
	values := make([]Num, resamples)
	for b := range values {
		var got, earned int64
		for range g.of {
			s := &g.of[g.seed.below(len(g.of))]
			got, earned = got+s.got, earned+s.earned
		}
		values[b] = ratio(got, earned)
	}
	slices.Sort(values)
	tail := min(int(int64(interval)*resamples/(2*int64(tested)*int64(One))), resamples/2)
	return values[tail], values[resamples-1-tail]
}

// holm corrects the chances for how many were taken (Holm 1979).
func holm(ps []*Num) {
	sorted := slices.Clone(ps)
	slices.SortStableFunc(sorted, func(a, b *Num) int { return cmp.Compare(*a, *b) })
	least := Num(0)
	for i, p := range sorted {
		least = max(least, min(One, *p*Num(len(ps)-i)))
		*p = least
	}
}

// explanation finds the features by which a group loses or gains, asking of each at most once.
type explanation struct{ by map[int][]int64 }

func (x *explanation) of(f *field, g *groupSum) string {
	type cause struct {
		name  string
		value Num
	}
	var all []cause
	ask := func(key int, name string, s swap) {
		if x.by == nil {
			x.by = map[int][]int64{}
		}
		if x.by[key] == nil {
			x.by[key] = f.expected(s)
		}
		var got, earned int64
		for _, i := range g.rows {
			got, earned = got+exposures[f.rank(i)], earned+x.by[key][i]
		}
		if v := ratio(got, earned); factor(v) > 10_500 {
			all = append(all, cause{name, v})
		}
	}
	for k := range min(len(f.kinds), graph.Features) {
		if p := f.kinds[k]; p != merit && f.varies(k) {
			ask(k, featureName(k), f.exchangeInput(k))
		}
	}
	if f.reads() {
		ask(-1, partNames[says], f.exchange(says))
	}
	slices.SortStableFunc(all, func(a, b cause) int { return cmp.Compare(factor(b.value), factor(a.value)) })
	var names []string
	for _, c := range all[:min(2, len(all))] {
		names = append(names, c.name)
	}
	if len(names) == 0 {
		return "by many features together"
	}
	return "mostly by " + list(names)
}
