package fairness

import (
	"slices"
	"testing"

	"candor/graph"
	"candor/zkcommit"

	"pgregory.net/rapid"
)

// anyModel of one or two hidden layers.
func anyModel(t *rapid.T) *zkcommit.Model {
	s := zkcommit.Shape{Inputs: 64, Hidden: [2]int{rapid.IntRange(1, 20).Draw(t, "units"), rapid.IntRange(0, 9).Draw(t, "second")}, Shift: [2]uint{6}}
	if s.Hidden[1] > 0 {
		s.Shift[1] = 5
	}
	m := zkcommit.NewModel(s)
	for _, l := range m.Layers {
		for i := range l.Weights {
			l.Weights[i] = rapid.Int8().Draw(t, "w")
		}
		for i := range l.Bias {
			l.Bias[i] = rapid.Int16().Draw(t, "b")
		}
	}
	return m
}

func anyRuns(t *rapid.T) (runs []Run) {
	for r := range rapid.IntRange(1, 3).Draw(t, "runs") {
		run := Run{ID: graph.Hash{byte(r)}}
		for i := range rapid.IntRange(2, 9).Draw(t, "posts") {
			row := rapid.SliceOfN(rapid.Int8Range(-127, 127), 64, 64).Draw(t, "row")
			if i > 0 && rapid.Bool().Draw(t, "same") {
				row = run.Posts[0].Row // scores tie
			}
			run.Posts = append(run.Posts, Post{graph.PostID{Block: uint64(1 + i)}, graph.Address{byte(rapid.IntRange(0, 3).Draw(t, "author"))}, row})
		}
		runs = append(runs, run)
	}
	return runs
}

// The lens sees what the reference sees: scores, orders, and what becomes of both when a
// post's features change.
func TestLens(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m, runs := anyModel(t), anyRuns(t)
		fl := newField(m, partsOf(64, nil), runs)
		for i, row := range fl.rows {
			if want, err := m.Plain(row); err != nil || fl.scores[i] != want[0] {
				t.Fatalf("row %d scores %d, not %v %v", i, fl.scores[i], want, err)
			}
			after := slices.Clone(row)
			k := rapid.IntRange(0, 63).Draw(t, "k")
			after[k] = rapid.Int8().Draw(t, "v")
			want, err := m.Plain(after)
			if got := fl.changed(i, after); err != nil || got != want[0] {
				t.Fatalf("a changed row scores %d, not %v %v", got, want, err)
			}
			if got, rank := fl.rankIf(i, want[0]), rankAgain(fl, i, want[0]); got != rank {
				t.Fatalf("it comes to rank %d, not %d", got, rank)
			}
			if fl.rankIf(i, fl.scores[i]) != fl.rank(i) {
				t.Fatal("with its own score a post moves")
			}
			donor := fl.runs[fl.run[i]].from
			one := slices.Clone(row)
			one[k] = fl.rows[donor][k]
			if want, err := m.Plain(one); err != nil || fl.exchangeInput(k)(i, donor) != want[0] {
				t.Fatal("an exchanged input is not the donor's")
			}
			mixed := slices.Clone(row)
			for k := range mixed {
				if fl.kinds[k] == author {
					mixed[k] = fl.rows[donor][k]
				}
			}
			if want, err := m.Plain(mixed); err != nil || fl.exchange(author)(i, donor) != want[0] {
				t.Fatal("an exchanged author is not the donor's")
			}
		}
	})
}

// The same holds of models that read texts, for posts that come again in other runs, and
// for one that says something else there.
func TestWideLens(t *testing.T) {
	w := newWorld(2, true, 20, 40)
	m := w.model(w.fair())
	runs := w.version(m, 6, 20).Sample.Runs()
	runs[5].Posts = slices.Clone(runs[0].Posts)
	liar := &runs[5].Posts[3]
	liar.Row = slices.Clone(liar.Row)
	for k := range liar.Row[graph.Features:] {
		liar.Row[graph.Features+k] = int8(k % 100)
	}
	fl := newField(m, partsOf(448, nil), runs)
	for i, row := range fl.rows {
		if want, err := m.Plain(row); err != nil || fl.scores[i] != want[0] {
			t.Fatalf("row %d scores %d, not %v %v", i, fl.scores[i], want, err)
		}
		after := slices.Clone(row)
		for k := range after {
			if k%3 == i%3 {
				after[k] = int8(w.rng.IntN(255) - 127)
			}
		}
		if want, err := m.Plain(after); err != nil || fl.changed(i, after) != want[0] {
			t.Fatalf("a changed row scores %d, not %v %v", fl.changed(i, after), want, err)
		}
	}
}

func rankAgain(fl *field, i int, score int32) int {
	r := fl.runs[fl.run[i]]
	ids, scores := slices.Clone(fl.ids[r.from:r.to]), []graph.Score{}
	for _, s := range fl.scores[r.from:r.to] {
		scores = append(scores, graph.Score(s))
	}
	scores[i-r.from] = graph.Score(score)
	return slices.Index(zkcommit.Order(ids, scores), i-r.from)
}

// What is exchanged among the posts of a run leaves the run's exposure as it is, and
// what is exchanged in nothing leaves each post's.
func TestExpectedExposure(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m, runs := anyModel(t), anyRuns(t)
		fl := newField(m, partsOf(64, nil), runs)
		all, none := fl.expected(fl.exchange(author, form)), fl.expected(fl.exchange())
		for _, r := range fl.runs {
			var sum, want int64
			for i := r.from; i < r.to; i++ {
				sum, want = sum+all[i], want+exposures[i-r.from]
				if none[i] != exposures[i-r.from] {
					t.Fatalf("rank %d has an exposure of %d with nothing exchanged", i-r.from, none[i])
				}
			}
			if d := sum - want; max(d, -d) > int64(r.n()) {
				t.Fatalf("a run of %d posts has an exposure of %d, not %d", r.n(), sum, want)
			}
		}
	})
}

// The sample is the same however its runs come, and holds only what a test can use.
func TestSample(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		versions := rapid.IntRange(1, 400).Draw(t, "versions")
		ids := rapid.SliceOfNDistinct(rapid.Uint16(), 0, 300, rapid.ID).Draw(t, "ids")
		posts := func(id uint16) []Post { return make([]Post, int(id)%300) }
		fill := func() (names []graph.Hash) {
			s := NewSample(versions)
			for _, id := range ids {
				s.Add(graph.Hash{byte(id >> 8), byte(id)}, func() []Post { return posts(id) })
			}
			if s.Of() != uint64(len(ids)) {
				t.Fatalf("%d of %d runs were offered", s.Of(), len(ids))
			}
			rows := 0
			for _, r := range s.Runs() {
				names = append(names, r.ID)
				rows += len(r.Posts)
				if len(r.Posts) < minPosts || len(r.Posts) > MaxPosts {
					t.Fatalf("a run of %d posts is in", len(r.Posts))
				}
			}
			if len(names) > max(minRuns, allRuns/versions) || rows > maxRows {
				t.Fatalf("%d runs, %d rows", len(names), rows)
			}
			return names
		}
		want := fill()
		slices.Sort(ids)
		if got := fill(); !slices.Equal(got, want) {
			t.Fatalf("%v, and in another order %v", want, got)
		}
	})
}
