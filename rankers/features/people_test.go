package features_test

import (
	"fmt"
	"testing"

	"candor/graph"
	"candor/graph/embed/embedtest"
	"candor/rankers/features"
)

// build makes rows for the posts; -1 is nobody.
func build(t testing.TB, w *embedtest.World, viewer int, ids ...graph.PostID) []graph.Row {
	t.Helper()
	who := graph.Address{}
	if viewer >= 0 {
		who = embedtest.Person(viewer)
	}
	var cands []graph.Candidate
	for _, id := range ids {
		cands = append(cands, graph.Candidate{Post: id, Source: graph.FromNewest})
	}
	rows, err := features.Build(features.Schema(), w.Snapshot(), who, cands)
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// camps are two of six people, 10 to 15 and 20 to 25, each of which likes what its own write.
func camps(t testing.TB) *embedtest.World {
	w := embedtest.New(t)
	for _, camp := range []int{10, 20} {
		for by := range 6 {
			id := w.Post(camp+by, fmt.Sprint("of camp ", camp, by))
			for liker := range 6 {
				if liker != by && (liker+by)%5 != 0 {
					w.React(camp+liker, id, graph.Like)
				}
			}
		}
	}
	return w
}

func likes(w *embedtest.World, id graph.PostID, people ...int) graph.PostID {
	for _, p := range people {
		w.React(p, id, graph.Like)
	}
	return id
}

func TestBridge(t *testing.T) {
	w := camps(t)
	one := likes(w, w.Post(1, "All of one camp like it"), 10, 11, 12, 13, 14, 15)
	few := likes(w, w.Post(1, "One of the other does, too"), 10, 11, 12, 13, 14, 15, 20)
	both := likes(w, w.Post(1, "Three of each do"), 10, 11, 12, 20, 21, 22)
	own := likes(w, w.Post(20, "Its author's own camp is the author alone"), 10, 11, 12, 20)
	strangers := []int{10, 11, 12}
	for p := 100; p < 140; p++ {
		strangers = append(strangers, p)
	}
	bought := likes(w, w.Post(1, "Forty who like nothing else like it"), strangers...)
	reposted := likes(w, w.Post(1, "The other camp reposts it"), 10, 11, 12)
	for p := 20; p < 26; p++ {
		w.React(p, reposted, graph.Repost)
	}
	rows := build(t, w, -1, one, few, both, own, bought, reposted)
	var got []int8
	for _, r := range rows {
		got = append(got, r[features.Bridge])
	}
	// log8(16) is 32, of three times as much 44; not everybody stands far out.
	for i, want := range []struct{ least, most int8 }{{0, 0}, {16, 32}, {36, 44}, {0, 0}, {0, 0}, {0, 0}} {
		if got[i] < want.least || got[i] > want.most {
			t.Errorf("post %d bridges %d, want %d to %d (all: %v)", i, got[i], want.least, want.most, got)
		}
	}
}

// Whatever happened before the window, and many likes of one person, weigh nothing.
func TestOneLikerTurnsNoAxis(t *testing.T) {
	w := camps(t)
	for i := range 200 { // two who like all of each other's
		id := w.Post(30+i%2, fmt.Sprint("noise ", i))
		likes(w, id, 30, 31)
	}
	both := likes(w, w.Post(1, "Three of each camp"), 10, 11, 12, 20, 21, 22)
	if got := build(t, w, -1, both)[0][features.Bridge]; got < 40 {
		t.Errorf("two people with many likes made a bridge of %d", got)
	}
}

func TestTrust(t *testing.T) {
	w := embedtest.New(t)
	for _, f := range [][2]int{{0, 1}, {0, 2}, {1, 3}, {2, 3}, {2, 4}, {3, 5}} {
		w.Follow(f[0], f[1])
	}
	for a := 50; a < 60; a++ { // a farm that follows everybody, itself above all
		for b := 50; b < 60; b++ {
			if a != b {
				w.Follow(a, b)
			}
		}
		for b := range 6 {
			w.Follow(a, b)
		}
	}
	var ids []graph.PostID
	for _, p := range []int{1, 2, 3, 4, 5, 50} {
		ids = append(ids, w.Post(p, "hello"))
	}
	trust := func(viewer int) (out []int8) {
		for _, r := range build(t, w, viewer, ids...) {
			out = append(out, r[features.Trust])
		}
		return out
	}
	got := trust(0)
	// A sixteenth of all is the end of the range. Nothing reaches 5, whom only somebody
	// outside the circle follows, nor the farm.
	if fmt.Sprint(got) != fmt.Sprint([]int8{127, 127, 127, 127, 0, 0}) {
		t.Errorf("trust %v", got)
	}
	for i := range 60 { // the more one follows, the less each gets
		w.Follow(0, 100+i)
		w.Follow(2, 200+i)
	}
	got = trust(0)
	if !(got[0] == got[1] && got[2] > got[0] && got[0] > got[3] && got[3] > 0 && got[4] == 0 && got[5] == 0) { // 1 follows 3 alone
		t.Errorf("trust %v", got)
	}
	if got := trust(-1); fmt.Sprint(got) != fmt.Sprint(make([]int8, 6)) {
		t.Errorf("trust of nobody %v", got)
	}
	if got := trust(50); got[0] == 0 {
		t.Errorf("the farm trusts nobody whom it follows: %v", got)
	}
}

func TestPace(t *testing.T) {
	w := embedtest.New(t)
	old := w.Post(1, "long ago")
	w.Now += 30 * 86_400
	first := w.Post(1, "first")
	reply := w.Reply(1, old, "reply")
	last := w.Post(1, "last")
	other := w.Post(2, "other")
	rows := build(t, w, -1, old, first, reply, last, other)
	for i, want := range [][2]int8{{16, 12}, {16, 8}, {16, 8}, {16, 0}, {8, 0}} {
		if got := [2]int8{rows[i][features.AuthorRate], rows[i][features.AuthorLater]}; got != want {
			t.Errorf("post %d: rate and later %v, want %v", i, got, want)
		}
	}
}
