package fairness

import (
	"cmp"
	"fmt"
	"slices"

	"candor/graph"
	"candor/graph/embed"
)

// controls is how many posts of the same run a listed post is compared with.
const controls = 3

// lists asks where the posts of given authors, or with given words, stand beside posts
// of others that have earned as much. e is what each has earned.
func (f *field) lists(e []int64, o Options, t *texts) Test {
	test := Test{Name: "lists", Question: "Are the listed authors or words held down, or pushed?", Neutral: One,
		Unit: "exposure, of that of posts by others in the same run that have earned as much"}
	gain := f.beside(e)
	var ps []*Num
	one := func(group, label string, cluster func(i int) graph.Hash, in func(i int) bool) {
		listed := make([]bool, len(f.rows))
		for i := range listed {
			listed[i] = in(i)
		}
		l, ok := f.listed(group, label, gain, e, cluster, listed)
		if ok {
			ps = append(ps, l.P)
		}
		test.Lines = append(test.Lines, l)
	}
	by := func(i int) graph.Hash { return graph.Hash(append(make([]byte, 12), f.authors[f.who[i]][:]...)) }
	if len(o.Authors) > 0 {
		listed := map[graph.Address]bool{}
		for _, a := range o.Authors {
			listed[a] = true
		}
		one("authors", count(len(o.Authors), "listed author"), by, func(i int) bool { return listed[f.authors[f.who[i]]] })
	}
	words := map[graph.PostID][]string{}
	for i, c := range t.content {
		if c != nil && len(o.Words) > 0 && words[f.ids[i]] == nil {
			words[f.ids[i]] = embed.Words(c.Text)
		}
	}
	for _, w := range o.Words {
		want := embed.Words(w)
		one("words", fmt.Sprintf("“%s”", w), func(i int) graph.Hash { b := f.ids[i].Bytes(); return graph.Hash(append(make([]byte, 16), b[:]...)) },
			func(i int) bool { return t.content[i] != nil && holds(words[f.ids[i]], want) })
	}
	holm(ps)
	for i := range test.Lines {
		l := &test.Lines[i]
		l.Sign = l.P != nil && *l.P <= alpha && (l.Value < Low || l.Value > High)
	}
	if test.Verdict = judge(test.Lines); len(ps) == 0 {
		test.Verdict = TooFew
	}
	test.Says = listSays(test.Lines)
	return test
}

func listSays(lines []Line) string {
	var worst *Line
	for i, l := range lines {
		if l.P != nil && (worst == nil || farther(l.Value, worst.Value)) {
			worst = &lines[i]
		}
	}
	if worst == nil {
		return "The sample has too few posts of the lists to judge."
	}
	return fmt.Sprintf("Posts of %s get %s of the exposure of others that have earned as much (p = %s, over %s).", worst.Label, worst.Value.Percent(), worst.P, count(int(worst.Posts), "post"))
}

// beside is how much more each post gets over what it earned than the posts of other
// authors nearest to it in that: matching on the prognostic score (Hansen 2008), with
// what matching leaves over taken off (Abadie and Imbens 2011).
func (f *field) beside(e []int64) []int64 {
	out := make([]int64, len(f.rows))
	for _, run := range f.runs {
		near := make([]int, run.n())
		for a := range near {
			near[a] = run.from + a
		}
		slices.SortStableFunc(near, func(a, b int) int { return cmp.Compare(e[b], e[a]) })
		for at, i := range near {
			var sum, n int64
			lo, hi := at-1, at+1
			for n < controls && (lo >= 0 || hi < len(near)) {
				c := 0
				if hi >= len(near) || lo >= 0 && e[near[lo]]-e[i] <= e[i]-e[near[hi]] {
					c, lo = near[lo], lo-1
				} else {
					c, hi = near[hi], hi+1
				}
				if f.who[c] != f.who[i] {
					sum, n = sum+exposures[f.rank(c)]-e[c], n+1
				}
			}
			out[i] = exposures[f.rank(i)] - e[i]
			if n > 0 {
				out[i] -= divide(sum, n)
			}
		}
	}
	return out
}

// lot is what a cluster of posts gains, and what it earned.
type lot struct{ gain, earned int64 }

// listed compares those listed with as many others drawn at random: a permutation test
// over authors for a list of authors, over posts for a word. ok is false where there
// is nothing to judge.
func (f *field) listed(group, label string, gain, e []int64, cluster func(i int) graph.Hash, listed []bool) (l Line, ok bool) {
	l = Line{Group: group, Label: label}
	all, place, picked := []lot{}, map[graph.Hash]int{}, []int{}
	who := map[int]bool{}
	for i := range f.rows {
		name := cluster(i)
		at, known := place[name]
		if !known {
			at = len(all)
			place[name], all = at, append(all, lot{})
			if listed[i] {
				picked = append(picked, at)
			}
		}
		all[at].gain, all[at].earned = all[at].gain+gain[i], all[at].earned+e[i]
		if listed[i] {
			l.Posts++
			who[f.who[i]] = true
		}
	}
	l.Authors = uint64(len(who))
	if len(picked) == 0 || 2*len(picked) > len(all) || len(all) < leastAuthors {
		l.Value, l.Note = One, "too few of them, or of others, in the sample"
		return l, false
	}
	l.Value = excess(all, picked)
	d := newDraw("list", group, label)
	as := 1
	order := make([]int, len(all))
	for i := range order {
		order[i] = i
	}
	for range flips {
		for a := range picked {
			b := a + d.below(len(order)-a)
			order[a], order[b] = order[b], order[a]
		}
		if v := excess(all, order[:len(picked)]); max(v-One, One-v) >= max(l.Value-One, One-l.Value) {
			as++
		}
	}
	p := ratio(int64(as), flips+1)
	l.P = &p
	return l, true
}

// excess is the exposure of clusters as a share of their controls'.
func excess(all []lot, which []int) Num {
	var t lot
	for _, i := range which {
		t.gain, t.earned = t.gain+all[i].gain, t.earned+all[i].earned
	}
	return One + ratio(t.gain, t.earned)
}

// holds says whether the words stand in the text one behind another.
func holds(text, words []string) bool {
	for i := range text {
		if len(words) > 0 && len(text)-i >= len(words) && slices.Equal(text[i:i+len(words)], words) {
			return true
		}
	}
	return false
}
