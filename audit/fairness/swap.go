package fairness

import (
	"fmt"
	"strings"

	"candor/graph"
)

// donors is how many others of its run each post exchanges with, one at a time.
const donors = 4

// swaps asks how far a post moves if a part of it were another's, all else staying:
// the author's features with the text kept, the text's with the author kept.
func (f *field) swaps() Test {
	test := Test{Name: "swap", Question: "Does it matter more who writes, and what opinion, than what a post has earned?",
		Unit: "mean distance that a post moves, as a share of its list", Beside: "the largest"}
	var moved [parts]Num
	for p := merit; p < parts; p++ {
		if p == says && !f.reads() {
			continue
		}
		mean, most := f.moves(f.exchange(p), 1)
		moved[p] = mean
		test.Lines = append(test.Lines, Line{Label: partNames[p], Posts: uint64(len(f.rows)), Value: mean, Beside: &most, Sign: p != merit && mean >= fifth})
	}
	test.Verdict = judge(test.Lines)
	var over []string
	for _, l := range test.Lines {
		if l.Sign {
			over = append(over, l.Label)
		}
	}
	if len(over) > 0 {
		test.Says = fmt.Sprintf("%s alone moves a post by a fifth of the list or more on average, what it earned by %s.", capital(list(over)), moved[merit].Percent())
		return test
	}
	test.Says = fmt.Sprintf("Another author moves the same post by %s of the list on average, other merits by %s; the model has no input for who an author is.", moved[author].Percent(), moved[merit].Percent())
	return test
}

// reads says whether the model sees what a post says.
func (f *field) reads() bool { return len(f.kinds) > graph.Features }

// meeting is a row and a donor of its run.
type meeting struct{ i, donor int }

// meetings are those of one over so many (every) rows.
func (f *field) meetings(every int) []meeting {
	if all, ok := f.meet[every]; ok {
		return all
	}
	var all []meeting
	for r, run := range f.runs {
		d := newDraw("donors", f.names[r])
		for i := run.from; i < run.to; i++ {
			if i%every != 0 {
				continue
			}
			for range donors {
				donor := run.from + d.below(run.n()-1)
				if donor >= i {
					donor++
				}
				all = append(all, meeting{i, donor})
			}
		}
	}
	f.meet[every] = all
	return all
}

// moves is the mean and the largest distance over one of so many (every) posts and its donors, as
// shares of the run's length.
func (f *field) moves(s swap, every int) (mean, most Num) {
	var sum int64
	all := f.meetings(every)
	for _, m := range all {
		score := s(m.i, m.donor)
		if score == f.scores[m.i] {
			continue
		}
		far := share(f.rankIf(m.i, score)-f.rank(m.i), f.runs[f.run[m.i]].n())
		far = max(far, -far)
		sum, most = sum+int64(far), max(most, far)
	}
	return Num(divide(sum, int64(len(all)))), most
}

// share is so many places of a run's n - 1.
func share(places, n int) Num { return ratio(int64(places), int64(n-1)) }

func capital(s string) string { return strings.ToUpper(s[:1]) + s[1:] }
