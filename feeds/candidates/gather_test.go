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

// all is the candidates of a viewer as a set with their sources.
func all(t testing.TB, w *embedtest.World, viewer int) map[graph.PostID]graph.Source {
	out := map[graph.PostID]graph.Source{}
	for _, c := range gather(t, w, viewer) {
		out[c.Post] = c.Source
	}
	return out
}

// Whoever blocks the viewer or is blocked by it is not among the authors, from
// whichever source; a third person's block and one that ended change nothing.
func TestBlocks(t *testing.T) {
	w := embedtest.New(t)
	w.Follow(0, 1)
	w.React(0, w.Post(9, "Sourdough bread from the bakery oven"), graph.Like)
	// Each of these would come from circle, near, trending and newest.
	by := map[int]graph.PostID{}
	replies := map[int]graph.PostID{}
	for _, who := range []int{3, 4, 5, 6} {
		by[who] = w.Post(who, "Sourdough bread from the bakery")
		w.React(1, by[who], graph.Like)
		replies[who] = w.Reply(who, by[5], "no oven at all")
	}
	before := all(t, w, 0)
	for who, id := range by {
		if before[id] != graph.FromCircle|graph.FromNear|graph.FromTrending|graph.FromNewest || before[replies[who]] == 0 {
			t.Fatalf("before any block, %d's posts come from %v and %v", who, before[id].Reasons(), before[replies[who]].Reasons())
		}
	}
	w.Block(0, 3) // the viewer blocks
	w.Block(4, 0) // is blocked
	w.Block(5, 1) // a third person's
	w.Block(0, 6)
	w.Unblock(0, 6) // ended
	after := all(t, w, 0)
	for who, gone := range map[int]bool{3: true, 4: true, 5: false, 6: false} {
		if (after[by[who]] == 0) != gone || (after[replies[who]] == 0) != gone {
			t.Errorf("%d's posts come from %v and %v", who, after[by[who]].Reasons(), after[replies[who]].Reasons())
		}
	}
	if nobody := all(t, w, -1); len(nobody) != 9 {
		t.Errorf("an anonymous reader gets %d of 9 posts", len(nobody))
	}
}

// Whoever wants to be recommended to nobody comes to its followers only.
func TestHidden(t *testing.T) {
	w := embedtest.New(t)
	hide := graph.ProfileContent{DisplayName: "Hidden", HideFromAlgorithmicRecommendations: true}
	w.Follow(0, 1)
	w.Follow(0, 2)
	w.React(0, w.Post(9, "Sourdough bread from the bakery oven"), graph.Like)
	w.Profile(2, hide)
	w.Profile(3, hide)
	w.Profile(4, graph.ProfileContent{DisplayName: "Seen"})
	w.Profile(5, hide)
	w.Profile(5, graph.ProfileContent{DisplayName: "Seen again"})
	by, replies := map[int]graph.PostID{}, map[int]graph.PostID{}
	for _, who := range []int{2, 3, 4, 5} {
		by[who] = w.Post(who, "Sourdough bread from the bakery")
		w.React(1, by[who], graph.Like)
		replies[who] = w.Reply(who, by[4], "no oven at all")
	}
	others := graph.FromCircle | graph.FromNear | graph.FromTrending | graph.FromNewest
	got := all(t, w, 0)
	for who, want := range map[int]graph.Source{2: graph.FromFollowing, 3: 0, 4: others, 5: others} {
		if got[by[who]] != want || (got[replies[who]] == 0) != (want == 0) {
			t.Errorf("%d's posts come from %v and %v, want %v", who, got[by[who]].Reasons(), got[replies[who]].Reasons(), want.Reasons())
		}
	}
	if got[replies[2]] != graph.FromFollowing {
		t.Errorf("a hidden author's reply comes from %v", got[replies[2]].Reasons())
	}
	own := all(t, w, 3) // who is hidden from all others still reads what all read
	if own[by[2]] != 0 || own[by[4]] == 0 {
		t.Errorf("a hidden reader gets %v and %v", own[by[2]].Reasons(), own[by[4]].Reasons())
	}
	nobody := all(t, w, -1)
	for who, gone := range map[int]bool{2: true, 3: true, 4: false, 5: false} {
		if (nobody[by[who]] == 0) != gone || (nobody[replies[who]] == 0) != gone {
			t.Errorf("to an anonymous reader %d's posts come from %v and %v", who, nobody[by[who]].Reasons(), nobody[replies[who]].Reasons())
		}
	}
}

// An edited post is what it now says, a withheld one never comes.
func TestEditedAndWithheld(t *testing.T) {
	w := embedtest.New(t)
	w.React(0, w.Post(9, "Sourdough bread from the bakery oven"), graph.Like)
	away, here := w.Post(3, "Sourdough bread from the bakery"), w.Post(4, "Goals in the ninth inning")
	withheld, friends := w.Post(5, "Sourdough bread in the oven"), w.Post(1, "A friend's bread")
	for p := 20; p < 25; p++ {
		w.React(p, withheld, graph.Like)
	}
	w.Follow(0, 1)
	w.Edit(3, away, "Goals, goals, goals")
	w.Edit(4, here, "Sourdough bread, at last")
	w.Withhold(withheld, false)
	w.Withhold(friends, false)
	cands := gather(t, w, 0)
	if source(cands, here)&graph.FromNear == 0 {
		t.Errorf("what a post now says brings it from %v", source(cands, here).Reasons())
	}
	if i, j := slices.Index(ids(cands), here), slices.Index(ids(cands), away); i > j {
		t.Errorf("what a post said is still near: place %d before %d", j, i)
	}
	for _, viewer := range []int{0, -1} {
		if got := all(t, w, viewer); got[withheld] != 0 || got[friends] != 0 {
			t.Errorf("withheld posts come from %v and %v", got[withheld].Reasons(), got[friends].Reasons())
		}
	}
	w.Withhold(withheld, true)
	if source(gather(t, w, 0), withheld)&graph.FromTrending == 0 {
		t.Error("a restored post does not come")
	}
}

// failing is a snapshot one of whose answers about people fails.
type failing struct {
	candidates.Snapshot
	profiles, blocks bool
	asked            *int
}

func (f failing) Profiles(a []graph.Address) ([]graph.Profile, error) {
	if *f.asked++; f.profiles {
		return nil, errors.New("the disk is gone")
	}
	return f.Snapshot.Profiles(a)
}

func (f failing) BlockEdges(q graph.FollowQuery) ([]graph.Follow, error) {
	if *f.asked++; f.blocks {
		return nil, errors.New("the disk is gone")
	}
	return f.Snapshot.BlockEdges(q)
}

// Nobody is recommended because the mirror could not say who is blocked or hidden.
func TestFailsClosed(t *testing.T) {
	w := embedtest.New(t)
	for who := range 90 {
		w.Post(who+1, "a post")
	}
	asked := 0
	if _, err := candidates.Gather(failing{Snapshot: w.Snapshot(), asked: &asked}, embedtest.Person(0), candidates.Default()); err != nil || asked == 0 || asked > 9 {
		t.Fatalf("%d questions about people, %v", asked, err)
	}
	for _, f := range []failing{{profiles: true}, {blocks: true}} {
		f.Snapshot, f.asked = w.Snapshot(), &asked
		if _, err := candidates.Gather(f, embedtest.Person(0), candidates.Default()); err == nil {
			t.Errorf("a failing answer gave candidates: %+v", f)
		}
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
		hidden, blocked := map[int]bool{}, map[[2]int]bool{}
		for range pick(90, "actions") {
			w.Now += uint64(pick(100_000, "seconds"))
			who := pick(5, "who")
			switch act := pick(13, "act"); {
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
			case act == 8:
				if to := pick(5, "to"); to != who {
					w.Block(who, to)
					blocked[[2]int{who, to}] = true
				}
			case act == 9:
				to := pick(5, "to")
				w.Unblock(who, to)
				delete(blocked, [2]int{who, to})
			case act == 10:
				hidden[who] = rapid.Bool().Draw(rt, "hides")
				w.Profile(who, graph.ProfileContent{DisplayName: fmt.Sprint(who), HideFromAlgorithmicRecommendations: hidden[who]})
			case act == 11:
				id := posts[pick(len(posts), "edited")]
				w.Edit(by[id], id, rapid.SampledFrom([]string{"bread again", "wine again"}).Draw(rt, "new text"))
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
				case viewer != (graph.Address{}) && (blocked[[2]int{0, by[c.Post]}] || blocked[[2]int{by[c.Post], 0}]):
					rt.Fatalf("post %s is across a block", c.Post)
				case hidden[by[c.Post]] && c.Source != graph.FromFollowing && c.Author != viewer:
					rt.Fatalf("post %s by a hidden author comes from %v", c.Post, c.Source.Reasons())
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
				who := by[p.ID]
				across := viewer != (graph.Address{}) && (blocked[[2]int{0, who}] || blocked[[2]int{who, 0}])
				if p.Status == graph.Present && !across && (!hidden[who] || p.Author == viewer) {
					n++
				}
			}
			if n >= 30 && len(cands) < 30 {
				rt.Fatalf("%d candidates of %d posts", len(cands), n)
			}
		}
	})
}
