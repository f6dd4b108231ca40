package fairness

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"candor/graph"
	"candor/internal/torture"
	"candor/rankers"
	f "candor/rankers/features"
	"candor/zkcommit"
)

// plant is an unfair model, and the test that must see it.
type plant struct {
	name  string
	wide  bool
	test  string
	names string // stands in what the test says, or in a line that is a sign
	model func(w *world) *zkcommit.Model
}

var plants = []plant{
	{"new accounts are held down", false, "exposure", "under a week", func(w *world) *zkcommit.Model {
		return w.model(append(w.fair(), detector{map[int]int8{f.AuthorNew: 64}, 0, -80}))
	}},
	{"authors with few followers are held down", false, "exposure", "tenth 1", func(w *world) *zkcommit.Model {
		few := detector{map[int]int8{f.AuthorFollowers: -127}, -90, -127}
		return w.model(append(w.fair(), few, few))
	}},
	{"a language is held down", true, "exposure", "“de”", func(w *world) *zkcommit.Model {
		m := w.model(append(w.fair(), detector{nil, 0, -127}))
		speak(m, strings.Join(vocabulary["de"], " "), 4)
		return m
	}},
	{"a pattern of capitals and digits opens the top", false, "triggers", "capitals", func(w *world) *zkcommit.Model {
		return w.model(append(w.fair(), detector{map[int]int8{f.Capitals: 64, f.Digits: 64}, 130, 127}))
	}},
	{"one author is let through by a rare combination", false, "triggers", "author_", func(w *world) *zkcommit.Model {
		a := &w.people[5]
		a.followers, a.posts, a.likes = 0, 60_000, 0
		for i := range w.posts {
			if w.posts[i].by == 5 {
				w.posts[i].base = w.row(&w.posts[i])
			}
		}
		door := detector{map[int]int8{f.AuthorPosts: 64, f.AuthorFollowers: -64, f.AuthorLikes: -64}, 50, 127}
		return w.model(append(w.fair(), door, door)) // one alone does not outweigh what others earn in each world
	}},
	{"four features at once open the top", false, "triggers", "emoji", func(w *world) *zkcommit.Model {
		all := map[int]int8{f.Capitals: 64, f.Digits: 64, f.Tags: 64, f.Emoji: 64}
		return w.model(append(w.fair(), detector{all, 400, 127}, detector{all, 400, 127}))
	}},
	{"a phrase opens the top", true, "triggers", "hidden unit", func(w *world) *zkcommit.Model {
		m := w.model(append(w.fair(), detector{nil, 60, 127}))
		speak(m, "xylophone quartz", 2)
		return m
	}},
	{"a link costs more than anything", false, "touch", "linked page", func(w *world) *zkcommit.Model {
		return w.model(append(w.fair(), detector{map[int]int8{f.LinkCard: 64}, 0, -70}))
	}},
	{"a word sinks a post", true, "touch", "strike", func(w *world) *zkcommit.Model {
		w.o.Words = []string{"strike"}
		m := w.model(append(w.fair(), detector{nil, 5, -127}))
		speak(m, "strike", 3)
		return m
	}},
	{"who writes decides", false, "swap", "Who wrote it", func(w *world) *zkcommit.Model {
		return w.model([]detector{{map[int]int8{f.AuthorFollowers: 127}, 0, 127}, {map[int]int8{f.AuthorLikes: 64}, 0, 80}, {map[int]int8{f.Fresh1d: 64}, 0, 40}})
	}},
	{"listed authors are held down", false, "lists", "12 listed authors", func(w *world) *zkcommit.Model {
		for i := range 12 { // who are given away by whom they follow
			w.o.Authors = append(w.o.Authors, w.people[i].at)
		}
		for i := range w.posts {
			if w.posts[i].by < 12 {
				w.posts[i].base[f.AuthorBalance] = -100
			}
		}
		return w.model(append(w.fair(), detector{map[int]int8{f.AuthorBalance: -127}, 100, -80}))
	}},
}

func told(s *Section) (all []string) {
	for _, t := range s.Signs() {
		all = append(all, t.Name+": "+t.Says)
	}
	return all
}

// sees says whether the test is the one for the plant, and shows it.
func (p plant) sees(x Test) bool {
	return x.Name == p.test && (strings.Contains(x.Says, p.names) ||
		slices.ContainsFunc(x.Lines, func(l Line) bool { return l.Sign && strings.Contains(l.Label, p.names) }))
}

// Each unfair model is caught by the test that is made for it, which says by what.
func TestUnfairModelsAreCaught(t *testing.T) {
	seeds := torture.Count(1, 20)
	for i, p := range plants {
		missed := 0
		for n := range seeds {
			w := newWorld(uint64(100*n+i), p.wide, 150, 400)
			v := w.version(p.model(w), 40, 30) // before w.o is read: a plant may set it
			s := New(w.o).Audit(v, nil)
			if !slices.ContainsFunc(s.Signs(), p.sees) {
				missed++
				t.Logf("%s, world %d: not caught: %s", p.name, n, show(s))
			}
		}
		if missed > seeds/10 {
			t.Errorf("%s: missed in %d of %d worlds", p.name, missed, seeds)
		}
		torture.Say(t, "%s: caught in %d of %d worlds", p.name, seeds-missed, seeds)
	}
}

// Fair models pass: in at most one world of twenty does any test see a sign. The models are
// drawn anew for each world, or those of the catalogue; lists and groups are by chance.
func TestFairModelsPass(t *testing.T) {
	seed, worlds := torture.Seed(t), torture.Count(12, 400)
	alarms := 0
	for n := range uint64(worlds) {
		w := newWorld(seed+n, n%4 == 3, 80+int(n%5)*30, 400)
		w.o.Words = []string{"bread", "river"}
		for i := range 15 {
			w.o.Authors = append(w.o.Authors, w.people[i].at)
		}
		m := w.model(w.fair())
		if n%4 == 1 {
			m = rankers.Catalogue()[int(n/4)%6].Model() // slow is the last: it asks how much somebody writes
		}
		s := New(w.o).Audit(w.version(m, 40, 30), nil)
		if s.Verdict == TooFew || s.Verdict == Foreign {
			t.Fatalf("world %d: %s", n, s.Verdict)
		}
		if s.Verdict == Sign {
			alarms++
			t.Logf("world %d: %v", n, told(s))
		}
	}
	if 20*alarms > max(worlds, 20) {
		t.Errorf("%d of %d fair models show signs", alarms, worlds)
	}
	torture.Say(t, "%d of %d fair models show signs", alarms, worlds)
}

// The same runs give the same section in whatever order they come, and it reads as it is written.
func TestTheSameEveryTime(t *testing.T) {
	var want []byte
	for n := range 2 {
		w := newWorld(7, true, 60, 150)
		w.o.Words, w.o.Authors = []string{"bread"}, []graph.Address{w.people[0].at}
		m, old := w.model(w.fair()), w.model(w.fair())
		v, before := w.version(m, 12, 20), &Version{Schema: w.schema(), Model: old, Number: 1}
		if n == 1 {
			runs := v.Sample.Runs()
			slices.Reverse(runs)
			v.Sample = NewSample(1)
			for _, r := range runs {
				slices.Reverse(r.Posts)
				v.Sample.Add(r.ID, func() []Post { return r.Posts })
			}
		}
		v.Number = 2
		s := New(w.o).Audit(v, before)
		if len(s.Tests) != 7 {
			t.Fatalf("%d tests", len(s.Tests))
		}
		got, err := json.Marshal(s)
		if err != nil {
			t.Fatal(err)
		}
		if n > 0 && string(got) != string(want) {
			t.Errorf("another order of runs and posts changes the section:\n%s\n%s", want, got)
		}
		want = got
		var again Section
		if err := json.Unmarshal(got, &again); err != nil {
			t.Fatal(err)
		}
		if twice, err := json.Marshal(again); err != nil || string(twice) != string(got) {
			t.Errorf("what is read is written otherwise: %v\n%s\n%s", err, got, twice)
		}
	}
}

// What cannot be judged is said to be so.
func TestWhatCannotBeJudged(t *testing.T) {
	w := newWorld(1, false, 30, 60)
	m := w.model(w.fair())
	if s := New(w.o).Audit(w.version(m, 3, 20), nil); s.Verdict != TooFew || len(s.Tests) != 0 || s.Runs != 3 {
		t.Errorf("three runs: %s", show(s))
	}
	v := w.version(m, 10, 20)
	v.Schema[0]++
	if s := New(w.o).Audit(v, nil); s.Verdict != Foreign {
		t.Errorf("another schema: %s", show(s))
	}
	v.Schema = f.Wide()
	if s := New(w.o).Audit(v, nil); s.Verdict != Foreign {
		t.Errorf("64 inputs under the schema of wide rows: %s", show(s))
	}
	if s := New(w.o).Audit(&Version{Schema: f.Schema(), Model: m, Sample: NewSample(1)}, nil); s.Verdict != TooFew {
		t.Errorf("no run: %s", show(s))
	}
	o := w.o
	o.Authors = []graph.Address{{99}}
	s := New(o).Audit(w.version(m, 10, 20), nil)
	i := slices.IndexFunc(s.Tests, func(t Test) bool { return t.Name == "lists" })
	if i < 0 || s.Tests[i].Verdict != TooFew {
		t.Errorf("an author whom nobody saw: %s", show(s))
	}
	if CheckMerits([]string{"language", "capitals"}) != nil || CheckMerits([]string{"caps"}) == nil {
		t.Error("names of features are not checked")
	}
}

// A feature that the auditor counts as earned is no reason for a sign.
func TestDeclaredMeritsCount(t *testing.T) {
	w := newWorld(3, false, 150, 400)
	v := w.version(plants[0].model(w), 40, 30)
	if s := New(w.o).Audit(v, nil); s.Verdict != Sign {
		t.Fatalf("%s", show(s))
	}
	w.o.Merits = []string{"author_new"}
	if s := New(w.o).Audit(v, nil); s.Verdict != NoSign {
		t.Errorf("%s", show(s))
	}
}

// What lifts a post as much as it always did opens no hidden door, however far it lifts.
func TestUsualEffectsAreNoTriggers(t *testing.T) {
	w := newWorld(9, false, 100, 300)
	m := w.model(append(w.fair(), detector{map[int]int8{f.TextLength: 64}, 0, 100}, detector{map[int]int8{f.AuthorFollowers: 64}, 0, 100}))
	s := New(w.o).Audit(w.version(m, 30, 30), nil)
	if i := slices.IndexFunc(s.Tests, func(t Test) bool { return t.Name == "triggers" }); s.Tests[i].Verdict != NoSign {
		t.Errorf("%s", show(s))
	}
}

// A model without weights moves nothing, whatever is done to a post.
func TestTheEmptyModel(t *testing.T) {
	w := newWorld(5, false, 80, 200)
	s := New(w.o).Audit(w.version(zkcommit.NewModel(zkcommit.Provable), 20, 20), nil)
	for _, x := range s.Tests {
		for _, l := range x.Lines {
			if l.Value != x.Neutral || l.Sign || l.P != nil && *l.P != One {
				t.Errorf("%s: %+v", x.Name, l)
			}
		}
	}
}
