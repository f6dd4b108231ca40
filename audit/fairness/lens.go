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
	m      *zkcommit.Model
	h      int     // units of the first hidden layer
	cols   []int32 // of each input, its weight in each unit
	pairs  []int64 // the same, two units in a word: the even one's weight + 2³² · the odd one's
	second []int32 // of each unit, its weight in each unit of the second hidden layer, if there is one
	out    []int32 // the output's weights
	z, z2  []int32 // room for sums of either layer
	twice  []int64 // room for sums of two units in a word
	terms  []term  // room
}

func newLens(m *zkcommit.Model) *lens {
	h, h2 := m.Shape.Hidden[0], m.Shape.Hidden[1]
	l := &lens{m: m, h: h, cols: make([]int32, m.Shape.Inputs*h), pairs: make([]int64, m.Shape.Inputs*((h+1)/2)), second: make([]int32, h*h2),
		z: make([]int32, h), z2: make([]int32, h2), twice: make([]int64, (h+1)/2)}
	for j := range h {
		for k := range m.Shape.Inputs {
			w := m.Layers[0].Weights[j*m.Shape.Inputs+k]
			l.cols[k*h+j] = int32(w)
			l.pairs[k*len(l.twice)+j/2] += int64(w) << (j % 2 * 32)
		}
		for i := range h2 {
			l.second[j*h2+i] = int32(m.Layers[1].Weights[i*h+j])
		}
	}
	for _, w := range m.Layers[len(m.Layers)-1].Weights {
		l.out = append(l.out, int32(w))
	}
	return l
}

func (l *lens) col(k int) []int32 { return l.cols[k*l.h : (k+1)*l.h] }

// score is the model's of a row with these sums.
func (l *lens) score(z []int32) int32 {
	shift := l.m.Shape.Shift[0] & 31
	if len(l.z2) == 0 {
		score := int32(l.m.Layers[1].Bias[0])
		out := l.out[:len(z)]
		for j, v := range z {
			score += zkcommit.Activate(v>>shift) * out[j]
		}
		return score
	}
	for i, b := range l.m.Layers[1].Bias {
		l.z2[i] = int32(b)
	}
	for j, v := range z {
		add(l.z2, l.second[j*len(l.z2):(j+1)*len(l.z2)], zkcommit.Activate(v>>shift))
	}
	score, shift := int32(l.m.Layers[2].Bias[0]), l.m.Shape.Shift[1]&31
	for i, v := range l.z2 {
		score += zkcommit.Activate(v>>shift) * l.out[i]
	}
	return score
}

// along is the score with v times a column added to the sums.
func (l *lens) along(z, col []int32, v int32) int32 {
	to := l.z[:len(z)]
	col = col[:len(z)]
	for j, s := range z {
		to[j] = s + v*col[j]
	}
	return l.score(to)
}

// both is the score of what two halves of the sums make together.
func (l *lens) both(a, b []int32) int32 {
	to := l.z[:len(a)]
	b = b[:len(a)]
	for j, v := range a {
		to[j] = v + b[j]
	}
	return l.score(to)
}

// inner is the sum of unit j of the second hidden layer.
func (l *lens) inner(z []int32, j int) int32 {
	sum, w := int32(l.m.Layers[1].Bias[j]), l.m.Layers[1].Weights[j*len(z):(j+1)*len(z)]
	for k, v := range z {
		sum += zkcommit.Activate(v>>(l.m.Shape.Shift[0]&31)) * int32(w[k])
	}
	return sum
}

// add adds v times a column.
func add(z, col []int32, v int32) {
	if v == 0 {
		return
	}
	col = col[:len(z)]
	for j := range z {
		z[j] += v * col[j]
	}
}

// term is so many times an input's column.
type term struct {
	k  int
	by int64
}

// weigh adds all terms to the sums. One multiplication makes two units' products: the word is
// the even unit's sum + 2³² · the odd one's as an integer, whatever the signs, and both
// stay far within 32 bits.
func (l *lens) weigh(z []int32, terms []term) {
	n := len(l.twice)
	twice := l.twice
	clear(twice)
	col := func(t term) []int64 { return l.pairs[t.k*n:][:n] }
	for ; len(terms) >= 4; terms = terms[4:] {
		a, b, c, d := col(terms[0])[:len(twice)], col(terms[1])[:len(twice)], col(terms[2])[:len(twice)], col(terms[3])[:len(twice)]
		ta, tb, tc, td := terms[0].by, terms[1].by, terms[2].by, terms[3].by
		for j := range twice {
			twice[j] += ta*a[j] + tb*b[j] + tc*c[j] + td*d[j]
		}
	}
	for _, t := range terms {
		for j, w := range col(t) {
			twice[j] += t.by * w
		}
	}
	for j := range z {
		even := int64(int32(twice[j/2]))
		if j%2 == 0 {
			z[j] += int32(even)
		} else {
			z[j] += int32((twice[j/2] - even) >> 32)
		}
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
	run     []int                // of each row
	inputs  [parts][]int         // of each part
	said    map[graph.PostID]int // a row of the post
	meet    map[int][]meeting    // donors, by the step between rows
}

func newField(m *zkcommit.Model, kinds []part, sample []Run) *field {
	f := &field{lens: newLens(m), kinds: kinds, said: map[graph.PostID]int{}, meet: map[int][]meeting{}}
	for k, p := range kinds {
		f.inputs[p] = append(f.inputs[p], k)
	}
	rows := 0
	for _, r := range sample {
		rows += len(r.Posts)
	}
	for p := range f.sums {
		f.sums[p] = make([]int32, 0, rows*f.h)
	}
	f.whole = make([]int32, 0, rows*f.h)
	index := map[graph.Address]int{}
	for _, r := range sample {
		f.take(r, index)
	}
	return f
}

// take adds a run, in the model's order. index finds authors.
func (f *field) take(r Run, index map[graph.Address]int) {
	n := len(r.Posts)
	ids, scores := make([]graph.PostID, n), make([]graph.Score, n)
	var sums [parts][]int32
	for p := range sums {
		sums[p] = make([]int32, n*f.h)
	}
	whole := make([]int32, n*f.h)
	for i, post := range r.Posts {
		at := span{i * f.h, (i + 1) * f.h}
		for j, b := range f.m.Layers[0].Bias {
			sums[merit][at.from+j] = int32(b)
		}
		full := whole[at.from:at.to]
		for p := range parts {
			z := sums[p][at.from:at.to]
			if before, ok := f.said[post.ID]; ok && p == says && slices.Equal(post.Row[graph.Features:], f.rows[before][graph.Features:]) {
				copy(z, f.part(says, before))
			} else {
				f.terms = f.terms[:0]
				for _, k := range f.inputs[p] {
					if x := post.Row[k]; x != 0 {
						f.terms = append(f.terms, term{k, int64(x)})
					}
				}
				f.weigh(z, f.terms)
			}
			add(full, z, 1)
		}
		ids[i], scores[i] = post.ID, graph.Score(f.score(full))
	}
	f.names = append(f.names, r.ID)
	f.runs = append(f.runs, span{len(f.rows), len(f.rows) + n})
	for _, i := range zkcommit.Order(ids, scores) {
		p := r.Posts[i]
		who, ok := index[p.Author]
		if !ok {
			who = len(f.authors)
			index[p.Author] = who
			f.authors = append(f.authors, p.Author)
		}
		f.said[p.ID] = len(f.rows)
		f.rows, f.ids, f.who, f.run = append(f.rows, p.Row), append(f.ids, p.ID), append(f.who, who), append(f.run, len(f.runs)-1)
		f.scores = append(f.scores, int32(scores[i]))
		f.whole = append(f.whole, whole[i*f.h:(i+1)*f.h]...)
		for p := range sums {
			f.sums[p] = append(f.sums[p], sums[p][i*f.h:(i+1)*f.h]...)
		}
	}
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

// swap is the score of row i when something of it were the donor's.
type swap func(i, donor int) int32

// exchange swaps whole parts.
func (f *field) exchange(which ...part) swap {
	own := slices.Clone(f.whole)
	given := make([]int32, len(own))
	for _, p := range which {
		add(own, f.sums[p], -1)
		add(given, f.sums[p], 1)
	}
	return func(i, donor int) int32 { return f.both(own[i*f.h:(i+1)*f.h], given[donor*f.h:(donor+1)*f.h]) }
}

// exchangeInput swaps one input.
func (f *field) exchangeInput(k int) swap {
	col := f.col(k)
	return func(i, donor int) int32 {
		if own, given := f.rows[i][k], f.rows[donor][k]; own != given {
			return f.along(f.full(i), col, int32(given)-int32(own))
		}
		return f.scores[i]
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
	scores := []int32(nil)
	for r, run := range f.runs {
		n := run.n()
		circle := newDraw("circle", f.names[r]).order(n)
		turns := min(n, mostTurns)
		scores = slices.Grow(scores[:0], n)[:n]
		ranked := make([]int, n)
		for t := range turns {
			for a, i := range circle {
				scores[i] = s(run.from+i, run.from+circle[(a+t)%n])
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
