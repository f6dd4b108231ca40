package fairness

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"candor/graph"
	"candor/rankers/features"
)

// Bounds of the search for triggers.
const (
	mostBase   = 64 // posts that a pattern is tried on
	climbBase  = 8  // those of them that a climb looks at
	mostMoves  = 4  // features of a pattern
	beamWidth  = 16
	gridValues = 8
)

// For a trigger to be one, half of the posts must be moved beyond expectation, and a
// hundredth of the observed ones, or of their authors, may show the pattern at most.
const (
	half      = One / 2
	hundredth = One / 100
)

// move sets one input to a value, or what a post says to a direction of meaning.
type move struct {
	k      int // -1: a direction
	value  int8
	toward []int32 // k = -1: what it adds to the sums
	along  int     // k = -1: the unit whose direction it is
}

type moveKey struct {
	k     int
	value int8
	along int
}

// hunt looks for patterns that throw a post from the middle of its list to an end of
// it although each feature by itself, carried on from how it works among the observed
// posts, would not.
type hunt struct {
	*field
	base    []int // rows from the middle of their runs
	z       [][]int32
	lo, hi  []int8              // each input's 1st and 99th percentile
	ordHigh []int32             // of the meaning along each unit, the 99th percentile
	gains   map[moveKey][]int32 // of each move on each base row, as the smooth model would have it
}

// found is a pattern and what it does.
type found struct {
	moves           []move
	hits, surprises int // base posts that reach the end, and those of them that the smooth model leaves out
	smooth          int // base posts that the smooth model takes there
}

func (f *field) newHunt() *hunt {
	h := &hunt{field: f, gains: map[moveKey][]int32{}}
	for _, r := range f.runs {
		if len(h.base) < mostBase && r.n() >= 10 {
			h.base = append(h.base, r.from+r.n()/2)
		}
	}
	for _, i := range h.base {
		h.z = append(h.z, f.full(i))
	}
	column := make([]int8, len(f.rows))
	for k := range min(len(f.kinds), graph.Features) {
		for i, r := range f.rows {
			column[i] = r[k]
		}
		slices.Sort(column)
		h.lo, h.hi = append(h.lo, column[len(column)/100]), append(h.hi, column[len(column)-1-len(column)/100])
	}
	if f.reads() {
		h.ordHigh = make([]int32, 2*f.h)
		along := make([]int32, len(f.rows))
		for j := range f.h {
			for i := range f.rows {
				along[i] = f.part(says, i)[j]
			}
			slices.Sort(along)
			h.ordHigh[j], h.ordHigh[f.h+j] = along[len(along)-1-len(along)/100], along[len(along)/100]
		}
	}
	return h
}

// settable says whether somebody could bring the input about: features of the author
// and, on the way up, of the text, and what kind of post it is. On the way down they are
// left out: brakes on how a text looks are many rankers' openly declared trade, and
// touches measures them.
func (f *field) settable(k int, up bool) bool {
	return k < graph.Features && (f.kinds[k] == author || up && (f.kinds[k] == form || k == features.Reply || k == features.Quote))
}

// extremes are the moves of each settable input to its ends; grid those between.
func (h *hunt) extremes(up bool) (all []move) {
	for k := range h.kinds {
		if lo, hi := reach(k); h.settable(k, up) && lo != hi {
			all = append(all, move{k: k, value: hi}, move{k: k, value: lo})
		}
	}
	return all
}

func (h *hunt) grid(up bool) (all []move) {
	for k := range h.kinds {
		lo, hi := reach(k)
		if !h.settable(k, up) || lo == hi || isFlag(k) {
			continue
		}
		for s := 1; s < gridValues; s++ {
			all = append(all, move{k: k, value: int8(int(lo) + s*(int(hi)-int(lo))/gridValues)})
		}
	}
	return all
}

// directions are texts that speak to one unit alone, as loudly as an embedding can.
func (h *hunt) directions() (all []move) {
	if !h.reads() {
		return nil
	}
	for j := range h.h {
		var square int64
		for k := graph.Features; k < len(h.kinds); k++ {
			w := int64(h.col(k)[j])
			square += w * w
		}
		if square == 0 {
			continue
		}
		norm := root(square)
		var terms []term
		for k := graph.Features; k < len(h.kinds); k++ {
			if by := divide(127*int64(h.col(k)[j]), norm); by != 0 {
				terms = append(terms, term{k, by})
			}
		}
		to, from := make([]int32, h.h), make([]int32, h.h)
		h.weigh(to, terms)
		add(from, to, -1)
		all = append(all, move{k: -1, toward: to, along: j}, move{k: -1, toward: from, along: j + h.h})
	}
	return all
}

// root is the square root, rounded down.
func root(n int64) int64 {
	r := int64(0)
	for bit := int64(1) << 31; bit > 0; bit >>= 1 {
		if (r+bit)*(r+bit) <= n {
			r += bit
		}
	}
	return r
}

// apply adds the move to the sums of row i.
func (h *hunt) apply(m move, i int, z []int32) {
	if m.k >= 0 {
		add(z, h.col(m.k), int32(m.value)-int32(h.rows[i][m.k]))
		return
	}
	for j, v := range h.part(says, i) {
		z[j] += m.toward[j] - v
	}
}

// adds is what the move, if any, adds to unit j.
func (h *hunt) adds(m *move, i, j int) int32 {
	switch {
	case m == nil:
		return 0
	case m.k >= 0:
		return (int32(m.value) - int32(h.rows[i][m.k])) * h.cols[m.k*h.h+j]
	}
	return m.toward[j] - h.part(says, i)[j]
}

// leastStep is how far a move is followed where observed posts hardly vary.
const leastStep = 16

// ordinary is which part of the way of the move observed posts have gone.
func (h *hunt) ordinary(m move, i int) (num, den int32) {
	if m.k < 0 {
		j := m.along % h.h
		own, to := h.part(says, i)[j], m.toward[j]
		num, den = h.ordHigh[m.along]-own, to-own
		if den < 0 {
			num, den = -num, -den
		}
		return min(den, max(num, den/8, 1)), max(den, 1)
	}
	x, v := int32(h.rows[i][m.k]), int32(m.value)
	if v >= x {
		return min(v-x, max(int32(h.hi[m.k])-x, leastStep)), v - x
	}
	return min(x-v, max(x-int32(h.lo[m.k]), leastStep)), x - v
}

// gain is what the move adds to the score of each base row if it goes on as it begins.
func (h *hunt) gain(m move) []int32 {
	name := moveKey{m.k, m.value, m.along}
	if g := h.gains[name]; g != nil {
		return g
	}
	g := make([]int32, len(h.base))
	z := make([]int32, h.h)
	for b, i := range h.base {
		num, den := h.ordinary(m, i)
		if den == 0 {
			continue
		}
		copy(z, h.z[b])
		if m.k >= 0 {
			step := num
			if int32(m.value) < int32(h.rows[i][m.k]) {
				step = -num
			}
			add(z, h.col(m.k), step)
		} else {
			for j, v := range h.part(says, i) {
				z[j] += int32(int64(m.toward[j]-v) * int64(num) / int64(den))
			}
		}
		g[b] = int32(divide(int64(h.score(z)-h.scores[i])*int64(den), int64(num)))
	}
	h.gains[name] = g
	return g
}

// try says what a pattern does to the base rows. up: to the top tenth, else to the last.
func (h *hunt) try(moves []move, up bool, most int) found {
	f := found{moves: moves}
	z := make([]int32, h.h)
	gains := make([][]int32, len(moves))
	for a, m := range moves {
		gains[a] = h.gain(m)
	}
	for b, i := range h.base[:min(most, len(h.base))] {
		copy(z, h.z[b])
		smooth := int64(h.scores[i])
		for a, m := range moves {
			h.apply(m, i, z)
			smooth += int64(gains[a][b])
		}
		hit := h.atEnd(i, h.score(z), up)
		expected := h.atEnd(i, int32(max(-1<<30, min(smooth, 1<<30))), up)
		if expected {
			f.smooth++
		}
		if hit {
			f.hits++
			if !expected {
				f.surprises++
			}
		}
	}
	return f
}

func (h *hunt) atEnd(i int, score int32, up bool) bool {
	n := h.runs[h.run[i]].n()
	rank, tenth := h.rankIf(i, score), max(1, n/10)
	if up {
		return rank < tenth
	}
	return rank >= n-tenth
}

// better says whether a shows more than b, or the same with less.
func (a found) better(b found) bool {
	return cmp.Or(cmp.Compare(a.surprises, b.surprises), cmp.Compare(len(b.moves), len(a.moves)), cmp.Compare(a.hits, b.hits)) > 0
}

// search is the best pattern that it finds.
func (h *hunt) search(up bool) found {
	var best found
	extremes, grid, directions := h.extremes(up), h.grid(up), h.directions()
	consider := func(moves []move) found {
		f := h.try(moves, up, mostBase)
		if f.better(best) {
			best = f
			best.moves = slices.Clone(moves)
		}
		return f
	}
	for _, m := range slices.Concat(extremes, grid, directions) {
		consider([]move{m})
	}
	h.climbs(extremes, directions, consider)
	var beam []found
	for a, m := range extremes {
		for _, o := range extremes[a+1:] {
			if o.k != m.k {
				beam = append(beam, consider([]move{m, o}))
			}
		}
	}
	if h.m.Shape.Layers() == 2 { // which alone can ask for a value between the ends in two features at once
		h.pairs(append(extremes, grid...), up, consider)
	}
	for range mostMoves - 2 {
		slices.SortStableFunc(beam, func(a, b found) int {
			return cmp.Or(cmp.Compare(b.surprises, a.surprises), cmp.Compare(b.hits, a.hits))
		})
		beam = beam[:min(beamWidth, len(beam))]
		var next []found
		for _, f := range beam {
			for _, m := range extremes {
				if !slices.ContainsFunc(f.moves, func(o move) bool { return o.k == m.k }) {
					next = append(next, consider(append(slices.Clone(f.moves), m)))
				}
			}
		}
		beam = next
	}
	return best
}

// pairs looks at a few rows first, as there are many pairs.
func (h *hunt) pairs(all []move, up bool, consider func([]move) found) {
	for a, m := range all {
		for _, o := range all[a+1:] {
			if pair := []move{m, o}; o.k != m.k && h.try(pair, up, climbBase).surprises > climbBase/4 {
				consider(pair)
			}
		}
	}
}

// climbs follow each hidden unit from where it is still: its sum before the cut says
// where it would wake, or fall asleep, long before the score does.
func (h *hunt) climbs(extremes, directions []move, consider func([]move) found) {
	for j := range h.h {
		for _, sign := range []int32{1, -1} {
			h.climb(extremes, directions, func(z []int32, i int, m *move) int32 { return sign * (z[j] + h.adds(m, i, j)) }, consider)
		}
	}
	moved := make([]int32, h.h)
	for j := range h.m.Shape.Hidden[1] {
		for _, sign := range []int32{1, -1} {
			h.climb(extremes, nil, func(z []int32, i int, m *move) int32 {
				copy(moved, z)
				if m != nil {
					h.apply(*m, i, moved)
				}
				return sign * h.inner(moved, j)
			}, consider)
		}
	}
}

// climb takes the move that brings the target farthest up, until none does. target is of
// the sums of row i after one move more, or none (nil).
func (h *hunt) climb(extremes, directions []move, target func(z []int32, i int, m *move) int32, consider func([]move) found) {
	var moves []move
	at := make([][]int32, min(climbBase, len(h.base)))
	for b := range at {
		at[b] = slices.Clone(h.z[b])
	}
	far := func(m *move) (sum int64) {
		for b, z := range at {
			sum += int64(target(z, h.base[b], m))
		}
		return sum
	}
	for range mostMoves {
		here, best, chosen := far(nil), int64(0), -1
		for a, m := range extremes {
			if slices.ContainsFunc(moves, func(o move) bool { return o.k == m.k }) {
				continue
			}
			if v := far(&extremes[a]) - here; v > best {
				best, chosen = v, a
			}
		}
		if chosen < 0 {
			break
		}
		moves = append(moves, extremes[chosen])
		for b := range at {
			h.apply(extremes[chosen], h.base[b], at[b])
		}
		consider(slices.Clone(moves))
	}
	best, chosen := far(nil), -1
	for a := range directions {
		if v := far(&directions[a]); v > best {
			best, chosen = v, a
		}
	}
	if chosen >= 0 {
		for n := range len(moves) + 1 {
			consider(append(slices.Clone(moves[:n]), directions[chosen]))
		}
	}
}

// retreats is how many steps lie between a pattern and the usual.
const retreats = 32

// prune leaves out what the pattern does without, then takes all its values back
// together as far as it still works, so that what is said of it is its edge.
func (h *hunt) prune(f found, up bool) found {
	least := max(1, 3*f.surprises/4)
	for a := 0; a < len(f.moves) && len(f.moves) > 1; {
		if g := h.try(slices.Delete(slices.Clone(f.moves), a, a+1), up, mostBase); g.surprises >= least {
			f = g
		} else {
			a++
		}
	}
	edge := f
	for step := 1; step < retreats; step++ {
		moves := slices.Clone(f.moves)
		for a, m := range moves {
			if m.k >= 0 && !isFlag(m.k) {
				usual := (int(h.lo[m.k]) + int(h.hi[m.k])) / 2
				moves[a].value = int8(usual + (int(m.value)-usual)*(retreats-step)/retreats)
			}
		}
		if g := h.try(moves, up, mostBase); g.surprises >= least {
			edge = g
		} else {
			break
		}
	}
	return edge
}

// shows says whether row i has the pattern.
func (h *hunt) shows(moves []move, i int) bool {
	for _, m := range moves {
		switch {
		case m.k < 0:
			if j := m.along % h.h; m.along < h.h && 2*h.part(says, i)[j] < m.toward[j] || m.along >= h.h && 2*h.part(says, i)[j] > m.toward[j] {
				return false
			}
		case h.upward(m):
			if h.rows[i][m.k] < m.value {
				return false
			}
		case h.rows[i][m.k] > m.value:
			return false
		}
	}
	return true
}

// upward says whether a move leads above what is usual.
func (h *hunt) upward(m move) bool { return int(m.value)*2 > int(h.lo[m.k])+int(h.hi[m.k]) }

// words of a pattern.
func (h *hunt) words(moves []move) string {
	var all []string
	for _, m := range moves {
		switch {
		case m.k < 0:
			all = append(all, fmt.Sprintf("a text about what wakes hidden unit %d", m.along%h.h+1))
		case isFlag(m.k):
			yes := map[bool]string{true: "yes", false: "no"}
			all = append(all, fmt.Sprintf("%s = %s", featureName(m.k), yes[m.value > 0]))
		case h.upward(m):
			all = append(all, fmt.Sprintf("%s ≥ %d", featureName(m.k), m.value))
		default:
			all = append(all, fmt.Sprintf("%s ≤ %d", featureName(m.k), m.value))
		}
	}
	return list(all)
}

// triggers asks whether a pattern opens a door to the top, or a trapdoor.
func (f *field) triggers() Test {
	test := Test{Name: "triggers", Question: "Does a hidden pattern throw a post to the top, or to the bottom?",
		Unit: "share of middling posts that the pattern moves to that end", Beside: "what the features' usual effects add up to"}
	h := f.newHunt()
	if len(h.base) < 2*leastRuns {
		test.Verdict, test.Says = TooFew, fmt.Sprintf("The sample has no %d runs of ten posts to search with.", 2*leastRuns)
		return test
	}
	for _, up := range []bool{true, false} {
		best := h.search(up)
		if best.surprises == 0 {
			continue
		}
		test.Lines = append(test.Lines, h.line(h.prune(best, up), up))
	}
	test.Verdict = judge(test.Lines)
	asleep := ""
	if n := h.asleep(); n > 0 {
		asleep = fmt.Sprintf(" %s of %d never answered to an observed post.", capital(count(n, "hidden unit")), f.h)
	}
	for _, l := range test.Lines {
		if l.Sign {
			test.Says = fmt.Sprintf("A post with %s goes to the %s in %s of the lists, which no usual effect explains; %s.%s", l.Label, l.Group, l.Value.Percent(), l.Note, asleep)
			return test
		}
	}
	test.Says = "No hidden pattern was found that throws a post to the top or the bottom against its usual effects." + asleep
	return test
}

func (h *hunt) line(f found, up bool) Line {
	n := int64(len(h.base))
	l := Line{Group: "bottom", Label: h.words(f.moves), Value: ratio(int64(f.hits), n)}
	if up {
		l.Group = "top"
	}
	smooth := ratio(int64(f.smooth), n)
	l.Beside = &smooth
	who := map[int]bool{}
	last := 0
	for i := range h.rows {
		if h.shows(f.moves, i) {
			l.Posts++
			last = h.who[i]
			who[last] = true
		}
	}
	l.Authors = uint64(len(who))
	l.Note = fmt.Sprintf("%d of %d observed posts show it", l.Posts, len(h.rows))
	if len(who) == 1 {
		l.Note += ", all by " + strings.ToLower(h.authors[last].Hex())
	}
	rare := ratio(int64(l.Posts), int64(len(h.rows))) <= hundredth || len(who) <= max(1, len(h.authors)/100)
	l.Sign = ratio(int64(f.surprises), n) >= half && rare
	return l
}

// asleep counts the first layer's units that no observed post wakes though some text could.
func (h *hunt) asleep() (n int) {
	most := make([]int32, h.h)
	for i := range h.rows {
		for j, v := range h.full(i) {
			most[j] = max(most[j], v>>h.m.Shape.Shift[0])
		}
	}
	out := h.m.Layers[1].Weights
	for j, v := range most {
		used := false
		for u := range len(out) / h.h {
			used = used || out[u*h.h+j] != 0
		}
		if v == 0 && used {
			n++
		}
	}
	return n
}
