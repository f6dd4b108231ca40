package features_test

import (
	"flag"
	"os"
	"slices"
	"testing"

	"candor/graph"
	"candor/graph/embed/embedtest"
	"candor/rankers/features"

	"pgregory.net/rapid"
)

var update = flag.Bool("update", false, "write docs/features.md and print the golden rows")

const page = "../../docs/features.md"

func TestPage(t *testing.T) {
	if *update {
		if err := os.WriteFile(page, []byte(features.Markdown()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != features.Markdown() {
		t.Error("docs/features.md is not what the table says: run go test ./rankers/features -update")
	}
}

func TestTable(t *testing.T) {
	seen := map[string]bool{}
	for i := range graph.Features + graph.EmbeddingDim {
		n := features.Name(i)
		if n == "" || seen[n] {
			t.Errorf("place %d has the name %q", i, n)
		}
		seen[n] = true
	}
	for _, f := range features.Table {
		if f.Meaning == "" || f.Quantum == "" || f.Max <= f.Min {
			t.Errorf("%s is not described", f.Name)
		}
	}
	const want = "0x81165aed603299364fd5c3d341f4fb33b29f208833024630416d4843d077af7d"
	if got := features.Schema().Hex(); got != want {
		t.Errorf("schema %s, want %s: whatever changes a row is a new version", got, want)
	}
}

// town is a small world that touches every feature. Person 0 is the viewer.
func town(t testing.TB) (*embedtest.World, []graph.Candidate) {
	w := embedtest.New(t)
	w.Follow(0, 1)
	w.Follow(1, 0)
	w.Follow(0, 2)
	w.Follow(1, 3)
	w.Follow(2, 3)
	liked := w.Publish(4, graph.PostContent{Text: "Sourdough bread from our bakery", Langs: []string{"en-GB"}}, graph.PostID{}, graph.PostID{})
	w.React(0, liked, graph.Like)
	mine := w.Publish(0, graph.PostContent{Text: "My first sourdough loaf", Langs: []string{"en"}}, graph.PostID{}, graph.PostID{})
	w.Now += 40 * 86_400
	ids := []graph.PostID{
		w.Publish(1, graph.PostContent{Text: "Rye sourdough bread again @home #baking https://bread.example 100% RYE! 🍞", Langs: []string{"en"}, Tags: []string{"bread"},
			Link: &graph.Link{URI: "https://bread.example", Title: "Bread"}}, graph.PostID{}, graph.PostID{}),
		w.Publish(3, graph.PostContent{Text: "Wer kennt gute Laufstrecken?", Langs: []string{"de"}}, graph.PostID{}, graph.PostID{}),
		w.Reply(5, mine, "WOW!!! BUY NOW AT HTTP HTTP"),
		w.Missing(2),
		liked,
	}
	w.Now += 5_000
	w.Reply(2, ids[1], "At the canal, every morning")
	w.React(1, ids[1], graph.Like)
	w.React(1, ids[1], graph.Repost)
	w.Now += 1_000
	w.React(6, ids[1], graph.Like)
	w.React(6, ids[0], graph.Like)
	ids = append(ids, w.Publish(6, graph.PostContent{Text: "See this bread"}, graph.PostID{}, ids[0]))
	w.Now += 600
	var cands []graph.Candidate
	for i, id := range ids {
		cands = append(cands, graph.Candidate{Post: id, Source: graph.Source(1 << (i % 5))})
	}
	return w, cands
}

// named keeps what is not zero, by name.
func named(r graph.Row) map[string]int8 {
	m := map[string]int8{}
	for i, v := range r {
		if v != 0 {
			m[features.Name(i)] = v
		}
	}
	return m
}

func TestGolden(t *testing.T) {
	w, cands := town(t)
	rows, err := features.Build(features.Schema(), w.Snapshot(), embedtest.Person(0), cands)
	if err != nil {
		t.Fatal(err)
	}
	if !*update && len(golden) != len(rows) {
		t.Fatalf("%d rows, %d golden ones", len(rows), len(golden))
	}
	for i, r := range rows {
		if *update {
			t.Logf("%#v,", named(r))
			continue
		}
		got := named(r)
		for n, v := range golden[i] {
			if got[n] != v {
				t.Errorf("row %d: %s is %d, want %d", i, n, got[n], v)
			}
			delete(got, n)
		}
		for n, v := range got {
			t.Errorf("row %d: %s is %d, want 0", i, n, v)
		}
	}
}

func TestAnonymous(t *testing.T) {
	w, cands := town(t)
	s := w.Snapshot()
	rows, err := features.Build(features.Schema(), s, graph.Address{}, cands)
	if err != nil {
		t.Fatal(err)
	}
	with, err := features.Build(features.Schema(), s, embedtest.Person(0), cands)
	if err != nil {
		t.Fatal(err)
	}
	sources := []int{features.SourceFollowing, features.SourceCircle, features.SourceNear} // come with the candidate
	for i, r := range rows {
		for f := range r {
			switch {
			case slices.Contains(sources, f):
				if !features.OfViewer(f) {
					t.Errorf("feature %d is said to depend on nobody", f)
				}
			case f != features.Language && features.OfViewer(f):
				if r[f] != 0 {
					t.Errorf("row %d: feature %d is %d for nobody", i, f, r[f])
				}
			case f == features.Language:
				if r[f] != 64 || !features.OfViewer(f) {
					t.Errorf("row %d: the language of nobody is %d", i, r[f])
				}
			case r[f] != with[i][f]:
				t.Errorf("row %d: feature %d depends on the viewer", i, f)
			}
		}
	}
}

func TestBadCandidates(t *testing.T) {
	w, _ := town(t)
	if rows, err := features.Build(features.Schema(), w.Snapshot(), embedtest.Person(0), nil); err != nil || len(rows) != 0 {
		t.Errorf("no candidates: %v, %v", rows, err)
	}
	if _, err := features.Build(features.Schema(), w.Snapshot(), embedtest.Person(0), []graph.Candidate{{Post: graph.PostID{Block: 999}}}); err == nil {
		t.Error("a post that is nowhere got a row")
	}
}

// counted counts the queries.
type counted struct {
	features.Snapshot
	n *int
}

func (c counted) Posts(q graph.PostQuery) ([]graph.Post, error) { *c.n++; return c.Snapshot.Posts(q) }
func (c counted) Follows(q graph.FollowQuery) ([]graph.Follow, error) {
	*c.n++
	return c.Snapshot.Follows(q)
}
func (c counted) Reactions(q graph.ReactionQuery) ([]graph.Reaction, error) {
	*c.n++
	return c.Snapshot.Reactions(q)
}
func (c counted) Paces(ids []graph.PostID, since uint64) (map[graph.PostID]graph.Pace, error) {
	*c.n++
	return c.Snapshot.Paces(ids, since)
}
func (c counted) AuthorTallies(of []graph.Address) (map[graph.Address]graph.AuthorTally, error) {
	*c.n++
	return c.Snapshot.AuthorTallies(of)
}
func (c counted) PostTallies(ids []graph.PostID, since uint64) (map[graph.PostID]graph.PostTally, error) {
	*c.n++
	return c.Snapshot.PostTallies(ids, since)
}

// A row depends on the viewer and the candidate alone, and the number of queries
// does not grow with the candidates.
func TestIsolation(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		w := embedtest.New(t)
		pick := func(n int, name string) int { return rapid.IntRange(0, n-1).Draw(rt, name) }
		var ids []graph.PostID
		for range 40 {
			w.Now += uint64(pick(50_000, "seconds"))
			by := pick(6, "by")
			switch act := pick(5, "act"); {
			case act == 0 || len(ids) == 0:
				words := rapid.SampledFrom([]string{"bread and cheese", "cheese and wine", "goals and matches", "wine!"}).Draw(rt, "text")
				ids = append(ids, w.Post(by, words))
			case act == 1:
				ids = append(ids, w.Reply(by, ids[pick(len(ids), "parent")], "indeed"))
			case act == 2:
				if to := pick(6, "to"); to != by {
					w.Follow(by, to)
				}
			default:
				w.React(by, ids[pick(len(ids), "subject")], graph.ReactionKind(1+pick(2, "kind")))
			}
		}
		s := w.Snapshot()
		var cands []graph.Candidate
		for _, id := range ids {
			cands = append(cands, graph.Candidate{Post: id, Source: graph.FromNewest})
		}
		for _, who := range []graph.Address{{}, embedtest.Person(0)} {
			all := 0
			rows, err := features.Build(features.Schema(), counted{s, &all}, who, cands)
			if err != nil {
				rt.Fatal(err)
			}
			if all > 20 {
				rt.Fatalf("%d queries", all)
			}
			for i, c := range cands {
				one, err := features.Build(features.Schema(), s, who, []graph.Candidate{c})
				if err != nil {
					rt.Fatal(err)
				}
				if !slices.Equal(one[0], rows[i]) {
					rt.Fatalf("the row of post %s depends on the others", c.Post)
				}
				for f, v := range rows[i] {
					if f >= features.Used {
						if v != 0 {
							rt.Fatalf("reserved feature %d is %d", f, v)
						}
					} else if d := features.Table[f]; v < d.Min || v > d.Max {
						rt.Fatalf("%s is %d, outside %d to %d", d.Name, v, d.Min, d.Max)
					}
				}
			}
		}
	})
}

var golden = []map[string]int8{
	{"age": 50, "author_age": 79, "author_balance": -4, "author_followers": 8, "author_likes": 8, "author_likes_per_post": 25, "author_posts": 8, "available": 127,
		"capitals": 9, "conversation": 63, "digits": 5, "emoji": 16, "engagement": 16, "engagement_day": 16, "engagement_hour": 16, "engagement_week": 16,
		"exclamations": 16, "followed": 127, "follows_back": 127, "fresh_10m": 10, "fresh_1d": 117, "fresh_1h": 44, "fresh_1w": 125, "fresh_1y": 126,
		"fresh_30d": 126, "fresh_6h": 97, "language": 127, "likes": 8, "link_card": 127, "mentions": 16, "mutual": 127, "quotes": 8,
		"similar_max": 59, "similar_mean": 119, "similar_own": 45, "similar_recent": 59, "source_following": 127, "tags": 32, "text_length": 49, "text_links": 16,
		"text_words": 27, "velocity": 49, "author_rate": 8, "trust": 127},
	{"age": 50, "author_age": 8, "author_balance": 12, "author_followers": 12, "author_likes": 12, "author_likes_per_post": 32, "author_new": 127, "author_posts": 8,
		"available": 127, "capitals": 10, "circle_likes": 8, "circle_people": 12, "circle_replies": 8, "circle_reposts": 8, "conversation": 31, "engagement": 22,
		"engagement_day": 22, "engagement_hour": 22, "engagement_week": 22, "fresh_10m": 10, "fresh_1d": 117, "fresh_1h": 44, "fresh_1w": 125, "fresh_1y": 126,
		"fresh_30d": 126, "fresh_6h": 97, "likes": 12, "questions": 16, "replies": 8, "reposts": 8, "second_degree": 12, "similar_max": -6,
		"similar_mean": -12, "similar_recent": -6, "source_circle": 127, "text_length": 38, "text_words": 18, "velocity": 57, "author_rate": 8, "trust": 127},
	{"age": 50, "author_age": 8, "author_new": 127, "author_posts": 8, "available": 127, "capitals": 127, "exclamations": 48, "fresh_10m": 10,
		"fresh_1d": 117, "fresh_1h": 44, "fresh_1w": 125, "fresh_1y": 126, "fresh_30d": 126, "fresh_6h": 97, "language": 64, "reply": 127,
		"reply_to_viewer": 127, "similar_max": -2, "similar_mean": -5, "similar_own": -1, "similar_recent": -2, "source_near": 127, "text_length": 38, "text_words": 22, "author_rate": 8},
	{"age": 50, "author_age": 79, "author_followers": 8, "author_posts": 12, "followed": 127, "fresh_10m": 10, "fresh_1d": 117, "fresh_1h": 44,
		"fresh_1w": 125, "fresh_1y": 126, "fresh_30d": 126, "fresh_6h": 97, "language": 64, "source_trending": 127, "author_rate": 12, "trust": 127},
	{"age": 86, "author_age": 79, "author_likes": 8, "author_likes_per_post": 25, "author_posts": 8, "available": 127, "capitals": 4, "engagement": 8,
		"fresh_1d": 3, "fresh_1w": 18, "fresh_1y": 114, "fresh_30d": 54, "language": 127, "likes": 8, "similar_own": 96, "source_newest": 127,
		"text_length": 40, "text_words": 20},
	{"age": 36, "author_new": 127, "author_posts": 8, "available": 127, "capitals": 10, "fresh_10m": 63, "fresh_1d": 126, "fresh_1h": 108,
		"fresh_1w": 126, "fresh_1y": 126, "fresh_30d": 126, "fresh_6h": 123, "language": 64, "quote": 127, "reply_to_followed": 127, "similar_max": 67,
		"similar_mean": 127, "similar_own": 7, "similar_recent": 67, "source_following": 127, "text_length": 31, "text_words": 16, "author_rate": 8},
}
