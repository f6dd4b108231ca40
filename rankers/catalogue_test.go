package rankers_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"testing"
	"unicode/utf8"

	"candor/graph"
	"candor/graph/embed/embedtest"
	"candor/rankers"
	"candor/rankers/features"
	"candor/zkcommit"

	"pgregory.net/rapid"
)

var _ rankers.Ranker = (*rankers.Builtin)(nil)

func TestCatalogue(t *testing.T) {
	// A model that changes is a new version.
	models := map[string]string{"latest": "51bb62a30d31", "network": "ea36b0baf8b0", "interests": "dad464ca7bbd", "hybrid": "c1f3e0193308",
		"bridging": "76431b75c6aa", "trust": "7b79179c9fdb", "slow": "0d0352676de1"}
	ids := map[string]bool{}
	for _, b := range rankers.Catalogue() {
		in := b.Info()
		if ids[in.ID] {
			t.Errorf("%s is there twice", in.ID)
		}
		ids[in.ID] = true
		if n := utf8.RuneCountInString(in.Name); n < 1 || n > 24 {
			t.Errorf("%s: the name has %d characters", in.ID, n)
		}
		if n := utf8.RuneCountInString(in.Description); n < 40 || n > 300 {
			t.Errorf("%s: the description has %d characters", in.ID, n)
		}
		if in.Goal == "" || in.Version == 0 || in.Training == "" || in.Rule == "" {
			t.Errorf("%s does not say everything: %+v", in.ID, in)
		}
		m := b.Model()
		if err := m.Validate(); err != nil {
			t.Errorf("%s: %v", in.ID, err)
		}
		sum := sha256.Sum256(m.Bytes())
		if got := hex.EncodeToString(sum[:6]); got != models[in.ID] {
			t.Errorf("%s: the model is %s, version 1 was %s", in.ID, got, models[in.ID])
		}
	}
	if len(ids) != 7 {
		t.Errorf("%d rankers", len(ids))
	}
}

func get(t testing.TB, id string) *rankers.Builtin {
	for _, b := range rankers.Catalogue() {
		if b.Info().ID == id {
			return b
		}
	}
	t.Fatalf("no ranker %s", id)
	return nil
}

// order ranks the posts for the viewer; -1 is nobody.
func order(t testing.TB, w *embedtest.World, ranker string, viewer int, ids []graph.PostID) (ranked []graph.PostID, scores []graph.Score) {
	b := get(t, ranker)
	who := graph.Address{}
	if viewer >= 0 {
		who = embedtest.Person(viewer)
	}
	var cands []graph.Candidate
	for _, id := range ids {
		cands = append(cands, graph.Candidate{Post: id, Source: graph.FromNewest})
	}
	rows, err := features.Build(b.Info().Schema, w.Snapshot(), who, cands)
	if err != nil {
		t.Fatal(err)
	}
	if scores, err = b.Score(context.Background(), rows); err != nil {
		t.Fatal(err)
	}
	for _, i := range zkcommit.Order(ids, scores) {
		ranked = append(ranked, ids[i])
	}
	return ranked, scores
}

func before(t *testing.T, what string, ranked []graph.PostID, first, second graph.PostID) {
	t.Helper()
	if slices.Index(ranked, first) > slices.Index(ranked, second) {
		t.Errorf("%s: %v", what, ranked)
	}
}

func TestLatestIsNewestFirst(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		rows := make([]graph.FeatureVector, rapid.IntRange(1, 64).Draw(rt, "posts"))
		ids := make([]graph.PostID, len(rows))
		for i := range rows {
			for f := range rows[i] {
				rows[i][f] = rapid.Int8().Draw(rt, "feature")
			}
			ids[i] = graph.PostID{Block: uint64(i + 1)}
		}
		scores, err := get(t, "latest").Score(context.Background(), zkcommit.RowsOf(rows))
		if err != nil {
			rt.Fatal(err)
		}
		for i, j := range zkcommit.Order(ids, scores) {
			if j != len(ids)-1-i {
				rt.Fatalf("place %d holds post %d", i, j)
			}
		}
	})
}

func TestNetwork(t *testing.T) {
	w := embedtest.New(t)
	w.Follow(0, 1)
	w.Follow(0, 2)
	w.Follow(2, 0)
	w.Follow(1, 5)
	w.Follow(2, 5)
	backed := w.Post(10, "A stranger's post that two of them liked")
	once := w.Post(11, "A stranger's post that one of them liked")
	second := w.Post(5, "By someone whom both of them follow")
	famous := w.Post(12, "Liked by many strangers")
	plain := w.Post(13, "Liked by nobody at all")
	friend := w.Post(2, "By one whom the viewer follows and who follows back")
	followed := w.Post(1, "By one whom the viewer follows")
	w.React(1, backed, graph.Like)
	w.React(2, backed, graph.Like)
	w.React(1, once, graph.Like)
	for p := 20; p < 32; p++ {
		w.React(p, famous, graph.Like)
	}
	w.Now += 3_600
	ids := []graph.PostID{backed, once, second, famous, plain, friend, followed}
	ranked, _ := order(t, w, "network", 0, ids)
	before(t, "two of the circle beat one", ranked, backed, once)
	before(t, "the circle beats a crowd of strangers", ranked, once, famous)
	before(t, "the circle's backing beats the followed's own post", ranked, backed, followed)
	before(t, "a friend beats one who does not follow back", ranked, friend, followed)
	before(t, "the followed beat the second circle", ranked, followed, second)
	before(t, "the second circle beats a stranger", ranked, second, plain)
	anonymous, _ := order(t, w, "network", -1, ids)
	before(t, "without a viewer the crowd decides", anonymous, famous, backed)
	before(t, "without a viewer reactions count", anonymous, backed, plain)
}

func TestInterests(t *testing.T) {
	w := embedtest.New(t)
	w.React(0, w.Post(10, "My sourdough starter finally makes bread that rises"), graph.Like)
	w.React(0, w.Post(10, "Rye bread and sourdough, baked at home in an old oven"), graph.Like)
	near := w.Post(11, "Which sourdough bread rises best in a cold kitchen oven?")
	far := w.Post(12, "The football match ended with two late goals in extra time")
	known := w.Post(10, "Our council voted about the bicycle lane again tonight")
	famous := w.Post(13, "Concert tickets for the summer festival are on sale at noon")
	shout := w.Post(14, "SOURDOUGH BREAD!!! BUY NOW 100% CHEAP http://a.example http://b.example")
	for p := 20; p < 40; p++ {
		w.React(p, famous, graph.Like)
	}
	w.Now += 3_600
	ids := []graph.PostID{near, far, known, famous, shout}
	ranked, _ := order(t, w, "interests", 0, ids)
	if ranked[0] != near {
		t.Errorf("the near post is not first: %v", ranked)
	}
	before(t, "a known author beats a stranger", ranked, known, far)
	before(t, "a known author beats the crowd", ranked, known, famous)
	before(t, "shouting about the topic does not beat talking about it", ranked, near, shout)
	anonymous, _ := order(t, w, "interests", -1, ids)
	if anonymous[len(anonymous)-1] != shout {
		t.Errorf("without a viewer shouting is not last: %v", anonymous)
	}
}

func TestHybrid(t *testing.T) {
	w := embedtest.New(t)
	old := w.Post(10, "An old post that many people liked a year ago")
	for p := 20; p < 30; p++ {
		w.React(p, old, graph.Like)
	}
	w.Now += 365 * 86_400
	fresh := w.Post(11, "A fresh post that five people liked at once")
	for p := 20; p < 25; p++ {
		w.React(p, fresh, graph.Like)
	}
	quiet := w.Post(12, "A fresh post that nobody has noticed so far")
	lost := w.Missing(13)
	w.Now += 1_800
	ids := []graph.PostID{old, fresh, quiet, lost}
	ranked, _ := order(t, w, "hybrid", -1, ids)
	before(t, "fresh and noticed beats old and noticed", ranked, fresh, old)
	before(t, "noticed beats quiet", ranked, fresh, quiet)
	if ranked[3] != lost {
		t.Errorf("a post without content is not last: %v", ranked)
	}
}

func TestBridging(t *testing.T) {
	w := embedtest.New(t)
	for _, camp := range []int{10, 20} { // two, each of which likes what its own write
		for by := range 6 {
			id := w.Post(camp+by, fmt.Sprintf("Our side's thought number %d", by))
			for liker := range 6 {
				if liker != by {
					w.React(camp+liker, id, graph.Like)
				}
			}
		}
	}
	loud := w.Post(1, "All of one side and forty strangers like this one")
	both := w.Post(2, "A few of each side like this one")
	one := w.Post(3, "One of each side likes this one")
	quiet := w.Post(4, "Nobody has noticed this one so far")
	shout := w.Post(5, "BOTH SIDES LIKE THIS!!! http://a.example http://b.example #a #b #c")
	for _, p := range []int{10, 11, 12, 13, 14, 15} {
		w.React(p, loud, graph.Like)
	}
	for p := 100; p < 140; p++ {
		w.React(p, loud, graph.Like)
	}
	for _, p := range []int{10, 11, 12, 20, 21, 22} {
		w.React(p, both, graph.Like)
	}
	for _, p := range []int{13, 23} {
		w.React(p, one, graph.Like)
		w.React(p, shout, graph.Like)
	}
	w.Now += 3_600
	ids := []graph.PostID{loud, both, one, quiet, shout}
	ranked, scores := order(t, w, "bridging", -1, ids)
	if ranked[0] != both || ranked[1] != one {
		t.Errorf("what both sides like is not first: %v", ranked)
	}
	before(t, "a quiet post beats one side's", ranked, quiet, loud)
	before(t, "shouting is pushed back", ranked, one, shout)
	if _, again := order(t, w, "bridging", 10, ids); !slices.Equal(scores, again) {
		t.Error("the order depends on the reader")
	}
}

func TestTrustRanker(t *testing.T) {
	w := embedtest.New(t)
	for i := 1; i <= 12; i++ { // a circle of twelve
		w.Follow(0, i)
	}
	for i := 1; i <= 6; i++ {
		w.Follow(i, 20) // vouched for by half of it
	}
	w.Follow(7, 21) // by one
	for a := 50; a < 62; a++ {
		for b := 50; b < 62; b++ {
			if a != b {
				w.Follow(a, b)
			}
		}
		w.Follow(a, 0)
	}
	w.Now += 30 * 86_400
	farmed := w.Post(50, "By one whom only its own farm follows")
	one := w.Post(21, "By one whom one of the circle follows")
	half := w.Post(20, "By one whom half of the circle follows")
	own := w.Post(12, "By one whom the viewer follows")
	stranger := w.Post(40, "By one whom nobody follows, and many like")
	for a := 50; a < 62; a++ {
		w.React(a, farmed, graph.Like)
		w.React(a, stranger, graph.Like)
	}
	w.Now += 3_600
	ids := []graph.PostID{farmed, one, half, own, stranger}
	ranked, _ := order(t, w, "trust", 0, ids)
	before(t, "the followed beat those whom one of them follows", ranked, own, one)
	before(t, "many vouch better than one", ranked, half, one)
	before(t, "one who is vouched for beats a farm", ranked, one, farmed)
	before(t, "and what it likes", ranked, one, stranger)
	farm, _ := order(t, w, "trust", 51, ids)
	before(t, "the farm trusts its own", farm, farmed, one)
}

func TestSlow(t *testing.T) {
	w := embedtest.New(t)
	w.Follow(0, 1)
	w.Follow(0, 2)
	rare := w.Post(1, "My only post of this week, about the river")
	older := w.Post(3, "A stranger's first of two posts, about the river")
	var many []graph.PostID
	for i := range 30 {
		w.Now += 3_600
		many = append(many, w.Post(2, fmt.Sprintf("Post number %d of today, about the river", i)))
	}
	newer := w.Post(3, "A stranger's second of two posts, about the river")
	reply := w.Reply(1, many[0], "My only answer of this week, about the river")
	for p := 20; p < 40; p++ {
		w.React(p, many[29], graph.Like)
	}
	w.Now += 600
	ids := append([]graph.PostID{rare, older, newer, reply}, many...)
	ranked, _ := order(t, w, "slow", 0, ids)
	before(t, "a rare voice beats one who always speaks, however liked", ranked, rare, many[29])
	before(t, "the last word of one who always speaks beats those before", ranked, many[29], many[28])
	before(t, "and the first comes last of them", ranked, many[20], many[0])
	before(t, "a post beats an answer", ranked, rare, reply)
	before(t, "somebody's last post beats the one before", ranked, newer, older)
	before(t, "the followed come first", ranked, rare, newer)
	before(t, "nobody is missed: a stranger stands before the followed's tenth", ranked, newer, many[19])
}
