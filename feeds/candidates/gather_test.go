package candidates_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"candor/feeds/candidates"
	"candor/graph"
	"candor/graph/embed/embedtest"

	"pgregory.net/rapid"
)

func gather(t testing.TB, w *embedtest.World, viewer int) []graph.Candidate {
	t.Helper()
	who := graph.Address{}
	if viewer >= 0 {
		who = embedtest.Person(viewer)
	}
	cands, err := candidates.Gather(w.Snapshot(), who, candidates.Default())
	if err != nil {
		t.Fatal(err)
	}
	return cands
}

func ids(cands []graph.Candidate) (out []graph.PostID) {
	for _, c := range cands {
		out = append(out, c.Post)
	}
	return out
}

func source(cands []graph.Candidate, id graph.PostID) graph.Source {
	for _, c := range cands {
		if c.Post == id {
			return c.Source
		}
	}
	return 0
}

func TestSources(t *testing.T) {
	w := embedtest.New(t)
	w.Follow(0, 1)
	w.Follow(0, 2)
	liked := w.Post(9, "Sourdough bread from the bakery oven")
	w.React(0, liked, graph.Like)
	near := w.Post(8, "A new bakery oven for sourdough bread")
	quoted := w.Post(7, "A plain statement")
	circled := w.Post(6, "Something that the circle likes")
	w.React(1, circled, graph.Like)
	answered := w.Post(5, "A question to all")
	answer := w.Reply(2, answered, "An answer by one whom the viewer follows")
	w.Publish(1, graph.PostContent{Text: "Look at this"}, graph.PostID{}, quoted)
	own := w.Post(0, "The viewer's own words")
	stranger := w.Reply(4, answered, "An answer by a stranger")
	removed := w.Post(3, "A regretted post")
	w.Remove(3, removed)
	hot := w.Post(4, "What everybody talks about")
	for p := 20; p < 25; p++ {
		w.React(p, hot, graph.Repost)
	}
	lostFriend, lostStranger := w.Missing(1), w.Missing(4)
	cands := gather(t, w, 0)
	for _, c := range []struct {
		name string
		id   graph.PostID
		want graph.Source
	}{
		{"liked before: only because it is new", liked, graph.FromNewest},
		{"near", near, graph.FromNear | graph.FromNewest},
		{"quoted by the circle", quoted, graph.FromCircle | graph.FromNear | graph.FromTrending | graph.FromNewest},
		{"liked by the circle", circled, graph.FromCircle | graph.FromNear | graph.FromTrending | graph.FromNewest},
		{"answered by the circle", answered, graph.FromCircle | graph.FromNear | graph.FromTrending | graph.FromNewest},
		{"a followed author's reply", answer, graph.FromFollowing | graph.FromNear},
		{"a stranger's reply", stranger, graph.FromNear},
		{"trending", hot, graph.FromNear | graph.FromTrending | graph.FromNewest},
		{"own", own, 0},
		{"removed", removed, 0},
		{"unavailable, followed", lostFriend, graph.FromFollowing | graph.FromNewest},
		{"unavailable, a stranger's", lostStranger, graph.FromNewest},
	} {
		if got := source(cands, c.id); got != c.want {
			t.Errorf("%s: %v, want %v", c.name, got.Reasons(), c.want.Reasons())
		}
	}
	for _, c := range cands {
		if c.Author == (graph.Address{}) {
			t.Errorf("post %s has no author", c.Post)
		}
	}
	if cands[0].Post != lostFriend {
		t.Errorf("the first place is not the newest post by the followed, but %s", cands[0].Post)
	}
}

func TestNobody(t *testing.T) {
	w := embedtest.New(t)
	old := w.Post(1, "Loved last month")
	for p := 10; p < 30; p++ {
		w.React(p, old, graph.Like)
	}
	w.Now += 40 * 86_400
	week := w.Post(2, "Liked this week")
	w.React(1, week, graph.Like)
	w.Now += 4 * 86_400
	hot := w.Post(3, "Liked today")
	w.React(1, hot, graph.Like)
	hotter := w.Post(4, "Answered today")
	reply := w.Reply(5, hotter, "An answer")
	plain := w.Post(6, "Just new")
	got := ids(gather(t, w, -1))
	want := []graph.PostID{hotter, hot, week, old, plain, reply}
	if !slices.Equal(got, want) {
		t.Errorf("%v, want %v: the trending of 48 hours, of 7 days, of all time, then the newest, then replies", got, want)
	}
}

func TestEnoughForEverybody(t *testing.T) {
	w := embedtest.New(t)
	for i := range 5 {
		w.Post(1, fmt.Sprintf("A stranger's post %d", i))
	}
	for i := range 24 {
		w.Post(0, fmt.Sprintf("One's own post %d", i))
	}
	if n := len(gather(t, w, 0)); n != 5 {
		t.Errorf("%d of 29 posts, of which 5 are not one's own", n)
	}
	w.Post(0, "One's own thirtieth post")
	if n := len(gather(t, w, 0)); n != 30 {
		t.Errorf("%d of 30 posts", n)
	}
	for i := range 60 {
		w.Reply(2, graph.PostID{}, fmt.Sprintf("Another's post %d", i))
	}
	for _, c := range gather(t, w, 0) {
		if c.Author == embedtest.Person(0) {
			t.Errorf("own post %s among enough others", c.Post)
		}
	}
	if n := len(gather(t, w, -1)); n != 90 {
		t.Errorf("nobody gets %d of 90 posts", n)
	}
}

func TestQuotas(t *testing.T) {
	w := embedtest.New(t)
	w.Follow(0, 1)
	for i := range 300 {
		w.Post(1, fmt.Sprintf("Post %d by a busy friend", i))
		if i < 90 {
			hot := w.Post(2+i, fmt.Sprintf("Strangers meet, story %d", i))
			w.React(100+i, hot, graph.Like)
		}
	}
	cands := gather(t, w, 0)
	if len(cands) != 256 {
		t.Fatalf("the pool holds %d", len(cands))
	}
	n := 0
	for _, c := range cands[:64] {
		if c.Source&graph.FromFollowing != 0 {
			n++
		}
	}
	if n < 32 || n > 48 {
		t.Errorf("%d of the first 64 are by a busy friend", n)
	}
}

type broken struct{ candidates.Snapshot }

func (broken) Trending(uint64, int) ([]graph.PostID, error) {
	return nil, errors.New("the disk is gone")
}

func TestFails(t *testing.T) {
	w := embedtest.New(t)
	if _, err := candidates.Gather(broken{w.Snapshot()}, graph.Address{}, candidates.Default()); err == nil {
		t.Error("a broken snapshot gave candidates")
	}
	if cands := gather(t, w, 0); len(cands) != 0 {
		t.Errorf("an empty mirror gave %v", cands)
	}
}

// What holds for every world and viewer.
func TestGatherProperties(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		w := embedtest.New(t)
		pick := func(n int, name string) int { return rapid.IntRange(0, n-1).Draw(rt, name) }
		var posts []graph.PostID
		by := map[graph.PostID]int{}
		gone := map[graph.PostID]bool{}
		for range pick(90, "actions") {
			w.Now += uint64(pick(100_000, "seconds"))
			who := pick(5, "who")
			switch act := pick(9, "act"); {
			case act < 4 || len(posts) == 0:
				posts = append(posts, w.Post(who, rapid.SampledFrom([]string{"bread", "wine and bread", "goals"}).Draw(rt, "text")))
				by[posts[len(posts)-1]] = who
			case act == 4:
				posts = append(posts, w.Reply(who, posts[pick(len(posts), "parent")], "indeed"))
				by[posts[len(posts)-1]] = who
			case act == 5:
				posts = append(posts, w.Missing(who))
				by[posts[len(posts)-1]] = who
			case act == 6:
				if to := pick(5, "to"); to != who {
					w.Follow(who, to)
				}
			case act == 7:
				id := posts[pick(len(posts), "gone")]
				w.Remove(by[id], id)
				gone[id] = true
			default:
				w.React(who, posts[pick(len(posts), "subject")], graph.Like)
			}
		}
		s := w.Snapshot()
		for _, viewer := range []graph.Address{{}, embedtest.Person(0)} {
			cands, err := candidates.Gather(s, viewer, candidates.Default())
			if err != nil {
				rt.Fatal(err)
			}
			again, _ := candidates.Gather(s, viewer, candidates.Default())
			if !slices.Equal(cands, again) {
				rt.Fatal("two calls differ")
			}
			seen := map[graph.PostID]bool{}
			for _, c := range cands {
				switch {
				case seen[c.Post]:
					rt.Fatalf("post %s is there twice", c.Post)
				case gone[c.Post]:
					rt.Fatalf("post %s was removed", c.Post)
				case c.Source == 0 || c.Source >= 1<<5:
					rt.Fatalf("post %s has the sources %b", c.Post, c.Source)
				case c.Author != embedtest.Person(by[c.Post]):
					rt.Fatalf("post %s has the author %s", c.Post, c.Author)
				case c.Author == viewer && len(cands) > 30:
					rt.Fatal("an own post among enough others")
				}
				seen[c.Post] = true
			}
			present, _ := s.Posts(graph.PostQuery{Limit: 1000})
			n := 0
			for _, p := range present {
				if p.Status == graph.Present {
					n++
				}
			}
			if n >= 30 && len(cands) < 30 {
				rt.Fatalf("%d candidates of %d posts", len(cands), n)
			}
		}
	})
}
