package fairness

import (
	"slices"

	"candor/graph"
	"candor/zkcommit"
)

// lens evaluates a model from the sums of its first hidden layer, which are linear in
// the inputs: what changes a few inputs changes the sums by a few columns of weights,
// so that a question about a post that differs a little costs little.
type lens struct {
	m    *zkcommit.Model
	h    int     // units of the first hidden layer
	cols []int32 // of each input, its weight in each unit
	act  [2][]int32
}

func newLens(m *zkcommit.Model) *lens {
	l := &lens{m: m, h: m.Shape.Hidden[0], cols: make([]int32, m.Shape.Inputs*m.Shape.Hidden[0])}
	for j := range l.h {
		for k := range m.Shape.Inputs {
			l.cols[k*l.h+j] = int32(m.Layers[0].Weights[j*m.Shape.Inputs+k])
		}
	}
	l.act = [2][]int32{make([]int32, l.h), make([]int32, m.Shape.Hidden[1])}
	return l
}

func (l *lens) col(k int) []int32 { return l.cols[k*l.h : (k+1)*l.h] }

// score is the model's of a row with these sums.
func (l *lens) score(z []int32) int32 {
	a := l.act[0]
	for j, v := range z {
		a[j] = zkcommit.Activate(v >> (l.m.Shape.Shift[0] & 31))
	}
	if l.m.Shape.Layers() == 2 {
		for j := range l.act[1] {
			l.act[1][j] = zkcommit.Activate(sum(&l.m.Layers[1], j, a) >> (l.m.Shape.Shift[1] & 31))
		}
		a = l.act[1]
	}
	return sum(&l.m.Layers[len(l.m.Layers)-1], 0, a)
}

func sum(l *zkcommit.Layer, j int, in []int32) int32 {
	z := int32(l.Bias[j])
	for k, w := range l.Weights[j*len(in) : (j+1)*len(in)] {
		z += int32(w) * in[k]
	}
	return z
}

// add adds v times a column.
func add(z, col []int32, v int32) {
	if v == 0 {
		return
	}
	for j, w := range col {
		z[j] += v * w
	}
}

// span is a run's rows, from and to.
type span struct{ from, to int }

func (s span) n() int { return s.to - s.from }

// field is the sample as the model sees it: rows run by run, each run in the model's order.
type field struct {
	*lens
	kinds   []part
	names   []graph.Hash // of the runs
	runs    []span
	rows    [][]int8
	ids     []graph.PostID
	who     []int // index in authors
	authors []graph.Address
	sums    [parts][]int32 // of each row, what each part adds to the units' sums; biases are in merit's
	whole   []int32        // of each row, the units' sums
	scores  []int32
	run     []int // of each row
}

func newField(m *zkcommit.Model, kinds []part, sample []Run) *field {
	f := &field{lens: newLens(m), kinds: kinds}
	index := map[graph.Address]int{}
	for _, r := range sample {
		order := rankedBy(m, r)
		f.names = append(f.names, r.ID)
		f.runs = append(f.runs, span{len(f.rows), len(f.rows) + len(order)})
		for _, i := range order {
			p := r.Posts[i]
			who, ok := index[p.Author]
			if !ok {
				who = len(f.authors)
				index[p.Author] = who
				f.authors = append(f.authors, p.Author)
			}
			f.rows, f.ids, f.who, f.run = append(f.rows, p.Row), append(f.ids, p.ID), append(f.who, who), append(f.run, len(f.runs)-1)
		}
	}
	for p := range f.sums {
		f.sums[p] = make([]int32, len(f.rows)*f.h)
	}
	f.whole, f.scores = make([]int32, len(f.rows)*f.h), make([]int32, len(f.rows))
	for i, row := range f.rows {
		for j, b := range m.Layers[0].Bias {
			f.part(merit, i)[j] = int32(b)
		}
		for k, x := range row {
			add(f.part(kinds[k], i), f.col(k), int32(x))
		}
		for p := range parts {
			for j, v := range f.part(p, i) {
				f.full(i)[j] += v
			}
		}
		f.scores[i] = f.score(f.full(i))
	}
	return f
}

// rankedBy is the model's order of a run's posts.
func rankedBy(m *zkcommit.Model, r Run) []int {
	flat := make([]int8, 0, len(r.Posts)*m.Shape.Inputs)
	ids := make([]graph.PostID, len(r.Posts))
	for i, p := range r.Posts {
		flat, ids[i] = append(flat, p.Row...), p.ID
	}
	raw, err := m.Evaluate(flat)
	if err != nil {
		panic("fairness: a sample holds rows of the model's width only: " + err.Error())
	}
	scores := make([]graph.Score, len(raw))
	for i, s := range raw {
		scores[i] = graph.Score(s)
	}
	return zkcommit.Order(ids, scores)
}

// part is what a part of row i adds to the sums.
func (f *field) part(p part, i int) []int32 { return f.sums[p][i*f.h : (i+1)*f.h] }

// full is the sums of row i.
func (f *field) full(i int) []int32 { return f.whole[i*f.h : (i+1)*f.h] }

// rank of row i in its run, from 0.
func (f *field) rank(i int) int { return i - f.runs[f.run[i]].from }

// rankIf is the rank that row i would have with another score, all others as they are.
func (f *field) rankIf(i int, score int32) int {
	r := f.runs[f.run[i]]
	lo, hi := r.from, r.to // the first row that is not ahead
	for lo < hi {
		mid := (lo + hi) / 2
		if s := f.scores[mid]; s > score || s == score && f.ids[mid].Compare(f.ids[i]) > 0 {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	rank := lo - r.from
	if i < lo { // it is not ahead of itself
		rank--
	}
	return rank
}

// swap fills the sums of row i when something of it were the donor's.
type swap func(z []int32, i, donor int)

// exchange swaps whole parts.
func (f *field) exchange(which ...part) swap {
	return func(z []int32, i, donor int) {
		copy(z, f.full(i))
		for _, p := range which {
			own, other := f.part(p, i), f.part(p, donor)
			for j := range z {
				z[j] += other[j] - own[j]
			}
		}
	}
}

// exchangeInput swaps one input.
func (f *field) exchangeInput(k int) swap {
	col := f.col(k)
	return func(z []int32, i, donor int) {
		copy(z, f.full(i))
		add(z, col, int32(f.rows[donor][k])-int32(f.rows[i][k]))
	}
}

// mostTurns bounds how many donors a post meets.
const mostTurns = 64

// expected is each row's mean exposure over worlds in which the run's posts have
// exchanged what is swapped: the run's posts stand in a circle in random order, and
// the swapped part moves round, so that each post meets each other's (at most
// mostTurns of them) and itself once.
func (f *field) expected(s swap) []int64 {
	out := make([]int64, len(f.rows))
	z, scores := make([]int32, f.h), []int32(nil)
	for r, run := range f.runs {
		n := run.n()
		circle := newDraw("circle", f.names[r]).order(n)
		turns := min(n, mostTurns)
		scores = slices.Grow(scores[:0], n)[:n]
		ranked := make([]int, n)
		for t := range turns {
			for a, i := range circle {
				s(z, run.from+i, run.from+circle[(a+t)%n])
				scores[i] = f.score(z)
				ranked[a] = i
			}
			f.sort(run.from, ranked, scores)
			for rank, i := range ranked {
				out[run.from+i] += exposures[rank]
			}
		}
		for i := run.from; i < run.to; i++ {
			out[i] = divide(out[i], int64(turns))
		}
	}
	return out
}

// sort brings rows of a run, counted from its first, into the order of scores.
func (f *field) sort(from int, rows []int, scores []int32) {
	slices.SortFunc(rows, func(a, b int) int {
		if scores[a] != scores[b] {
			if scores[a] > scores[b] {
				return -1
			}
			return 1
		}
		return f.ids[from+b].Compare(f.ids[from+a])
	})
}

// exposures of the ranks that a run of a sample has.
var exposures = func() (e [MaxPosts]int64) {
	for i := range e {
		e[i] = exposure(i)
	}
	return e
}()

// evenly is what each post of a run of so many gets if all get the same.
var evenly = func() (e [MaxPosts + 1]int64) {
	sum := int64(0)
	for n := range MaxPosts {
		sum += exposures[n]
		e[n+1] = divide(sum, int64(n+1))
	}
	return e
}()
