package spamfilter_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"candor/graph"
	"candor/graph/embed/embedtest"
	"candor/spamfilter"

	"pgregory.net/rapid"
)

func pool(t testing.TB, s spamfilter.Snapshot) (cands []graph.Candidate) {
	t.Helper()
	posts, err := s.Posts(graph.PostQuery{Limit: 1000})
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range posts {
		cands = append(cands, graph.Candidate{Post: p.ID, Author: p.Author, Source: graph.FromNewest})
	}
	return cands
}

// judge gives the verdicts of the filter on the whole world, by post.
func judge(t testing.TB, f spamfilter.Filter, w *embedtest.World) map[graph.PostID]graph.Verdict {
	t.Helper()
	s := w.Snapshot()
	out, err := spamfilter.Stack(s, pool(t, s), f)
	if err != nil {
		t.Fatal(err)
	}
	verdicts := map[graph.PostID]graph.Verdict{}
	for _, v := range out[0].Verdicts {
		verdicts[v.Post] = v
	}
	return verdicts
}

const (
	spam  = "Win a free phone today, just visit our shop and enter the code you see below"
	news  = "The council voted last night to close the old bridge for repairs until spring"
	short = "Good morning!"
)

// Each case is posts in order; the last is judged.
func TestFlood(t *testing.T) {
	type post struct {
		by    int
		text  string
		after uint64 // seconds since the post before
	}
	for _, c := range []struct {
		name  string
		posts []post
		want  string // "" keeps
	}{
		{"once", []post{{1, spam, 0}}, ""},
		{"again by the author", []post{{1, spam, 0}, {1, spam, 60}}, "repeats an earlier post"},
		{"again by another", []post{{1, spam, 0}, {2, spam, 60}}, "repeats an earlier post"},
		{"again after a day", []post{{1, spam, 0}, {1, spam, 86_401}}, ""},
		{"day after day, but never gone for one", []post{{1, spam, 0}, {1, spam, 50_000}, {1, spam, 50_000}}, "repeats an earlier post"},
		{"shouted", []post{{1, spam, 0}, {2, strings.ToUpper(spam) + "!!!", 60}}, "repeats an earlier post"},
		{"in ornamental letters", []post{{1, spam, 0}, {2, strings.Replace(spam, "free phone", "𝗳𝗿𝗲𝗲 ｐｈｏｎｅ", 1), 60}}, "repeats an earlier post"},
		{"with invisible characters", []post{{1, spam, 0}, {2, strings.ReplaceAll(spam, "free", "fr\u200bee"), 60}}, "repeats an earlier post"},
		{"with a number at the end", []post{{1, spam, 0}, {2, spam + " 48151", 60}}, "nearly repeats an earlier post"},
		{"with one word changed", []post{{1, spam, 0}, {2, strings.Replace(spam, "today", "now", 1), 60}}, "nearly repeats an earlier post"},
		{"with half of it changed", []post{{1, spam, 0}, {2, "Win a free phone today, or come to our party on Friday and dance all night", 60}}, ""},
		{"a short text by many", []post{{1, short, 0}, {2, short, 5}, {3, short, 5}, {4, short, 5}}, ""},
		{"a short text twice", []post{{1, short, 0}, {1, short, 600}}, ""},
		{"a short text three times by one", []post{{1, short, 0}, {1, short, 600}, {1, short, 600}}, "the same short post for the third time"},
		{"an album", []post{{1, "photo photo10420.jpg", 0}, {1, "photo photo10421.jpg", 1}, {1, "photo photo10422.jpg", 1}}, ""},
		{"news about one thing", []post{{1, news, 0}, {2, "Last night's vote: the old bridge closes for repairs, and spring is when it opens", 60}}, ""},
		{"a quarrel", []post{{1, "I think the old bridge should stay open for all of us", 0}, {2, "I think the old bridge should be closed for repairs at once", 60}}, ""},
		{"scores of one league", []post{{1, "Final score tonight: Northport two, Southport one", 0}, {1, "Final score tonight: Eastport three, Westport nil", 60}}, ""},
		{"weather reports", []post{{1, "Weather for Northport: light rain, ten degrees, wind from the west", 0}, {1, "Weather for Northport: bright sun, two degrees, wind from the east", 40_000}}, ""},
		{"the same in other scripts", []post{{1, "今日は東京で寿司を食べました", 0}, {2, "今日は東京で寿司を食べました", 60}}, "repeats an earlier post"},
		{"no words", []post{{1, "!!! ???", 0}, {2, "!!! ???", 60}}, ""},
	} {
		w := embedtest.New(t)
		var id graph.PostID
		for _, p := range c.posts {
			w.Now += p.after
			id = w.Post(p.by, p.text)
		}
		if got := judge(t, spamfilter.Flood{}, w)[id]; got.Reason != c.want || (got.Decision == graph.Hide) != (c.want != "") {
			t.Errorf("%s: %s %q, want %q", c.name, got.Decision, got.Reason, c.want)
		}
	}
}

func TestFloodLinksAndReplies(t *testing.T) {
	w := embedtest.New(t)
	link := func(by int, uri string) graph.PostID {
		return w.Publish(by, graph.PostContent{Text: "Worth reading", Link: &graph.Link{URI: uri}}, graph.PostID{}, graph.PostID{})
	}
	var kept []graph.PostID
	for i := range 4 {
		kept = append(kept, link(1, fmt.Sprintf("https://a.example/%d", i)))
	}
	kept = append(kept, link(2, "https://b.example"), link(2, "https://b.example"))
	hidden := []graph.PostID{link(2, "https://b.example")}
	for range 4 {
		kept = append(kept, w.Reply(3, kept[0], "Thank you!"))
	}
	kept = append(kept, w.Reply(4, kept[0], spam))
	hidden = append(hidden, w.Reply(4, kept[1], spam))
	lost := w.Missing(5)
	got := judge(t, spamfilter.Flood{}, w)
	for _, id := range kept {
		if got[id].Decision != graph.Keep {
			t.Errorf("post %s: %s %q", id, got[id].Decision, got[id].Reason)
		}
	}
	for _, id := range hidden {
		if got[id].Decision != graph.Hide {
			t.Errorf("post %s stays", id)
		}
	}
	if got[lost].Decision != graph.Unknown {
		t.Errorf("a post without text: %s", got[lost].Decision)
	}
}

func TestBurst(t *testing.T) {
	for _, c := range []struct {
		name  string
		posts int
		every uint64 // seconds
		kept  int
	}{
		{"six at once", 6, 0, 6},
		{"twenty at once", 20, 0, 6},
		{"a busy day", 20, 720, 20},
		{"twelve in two hours", 12, 600, 12},
		{"one every five minutes for two hours", 24, 300, 12},
	} {
		w := embedtest.New(t)
		var ids []graph.PostID
		other := w.Post(2, "Somebody else")
		for i := range c.posts {
			ids = append(ids, w.Post(1, fmt.Sprintf("Thought %d of the day", i)))
			w.Now += c.every
		}
		got := judge(t, spamfilter.Burst{}, w)
		kept := 0
		for i, id := range ids {
			if got[id].Decision == graph.Keep {
				kept++
			} else if i < 6 {
				t.Errorf("%s: post %d is hidden", c.name, i)
			}
		}
		if kept != c.kept || got[other].Decision != graph.Keep {
			t.Errorf("%s: %d of %d stay, want %d", c.name, kept, c.posts, c.kept)
		}
	}
}

func TestBurstReplies(t *testing.T) {
	w := embedtest.New(t)
	question := w.Post(1, "Ask me anything")
	hidden := 0
	var answers, thread []graph.PostID
	for i := range 22 {
		answers = append(answers, w.Reply(2, question, fmt.Sprintf("And %d?", i)))
	}
	last := question
	for i := range 30 {
		last = w.Reply(1, last, fmt.Sprintf("Part %d", i))
		thread = append(thread, last)
	}
	lost := w.Missing(2)
	got := judge(t, spamfilter.Burst{}, w)
	for _, id := range answers {
		if got[id].Decision == graph.Hide {
			hidden++
		}
	}
	if hidden != 2 {
		t.Errorf("%d of 22 answers are hidden", hidden)
	}
	for _, id := range append(thread, lost) {
		if got[id].Decision != graph.Keep {
			t.Errorf("post %s: %s", id, got[id].Decision)
		}
	}
}

func TestCatalogue(t *testing.T) {
	ids := map[string]bool{}
	for _, f := range spamfilter.Catalogue() {
		in := f.Info()
		if ids[in.ID] || in.Version == 0 || in.Goal == "" || len(in.Reasons) == 0 {
			t.Errorf("%+v does not say everything", in)
		}
		if n := utf8.RuneCountInString(in.Name); n < 1 || n > 24 {
			t.Errorf("%s: the name has %d characters", in.ID, n)
		}
		if n := utf8.RuneCountInString(in.Description); n < 40 || n > 300 {
			t.Errorf("%s: the description has %d characters", in.ID, n)
		}
		ids[in.ID] = true
	}
	if !ids["flood"] || !ids["burst"] {
		t.Errorf("the catalogue holds %v", ids)
	}
}

// wrong says something else than it should.
type wrong struct {
	spamfilter.Flood
	spoil func([]graph.Verdict) []graph.Verdict
}

func (f wrong) Judge(s spamfilter.Snapshot, c []graph.Candidate) ([]graph.Verdict, error) {
	v, err := f.Flood.Judge(s, c)
	if f.spoil == nil {
		return nil, errors.New("out of order")
	}
	return f.spoil(v), err
}

func TestStack(t *testing.T) {
	w := embedtest.New(t)
	for range 8 {
		w.Post(1, spam)
	}
	s := w.Snapshot()
	cands := pool(t, s)
	out, err := spamfilter.Stack(s, cands, spamfilter.Flood{}, spamfilter.Burst{})
	if err != nil {
		t.Fatal(err)
	}
	if out[0].Hidden != 7 || out[1].Hidden != 0 || out[1].Filter != "burst" {
		t.Errorf("flood hid %d, burst %d besides", out[0].Hidden, out[1].Hidden)
	}
	if out, _ = spamfilter.Stack(s, cands, spamfilter.Burst{}, spamfilter.Flood{}); out[0].Hidden != 2 || out[1].Hidden != 5 {
		t.Errorf("burst hid %d, flood %d besides", out[0].Hidden, out[1].Hidden)
	}
	if out, err := spamfilter.Stack(s, cands); err != nil || len(out) != 0 {
		t.Errorf("no filters: %v, %v", out, err)
	}
	for name, spoil := range map[string]func([]graph.Verdict) []graph.Verdict{
		"fails":          nil,
		"leaves one out": func(v []graph.Verdict) []graph.Verdict { return v[1:] },
		"turns them":     func(v []graph.Verdict) []graph.Verdict { slices.Reverse(v); return v },
		"invents":        func(v []graph.Verdict) []graph.Verdict { v[0].Decision = 9; return v },
		"mumbles":        func(v []graph.Verdict) []graph.Verdict { v[0].Reason = "because"; return v },
		"hides silently": func(v []graph.Verdict) []graph.Verdict { v[7].Decision, v[7].Reason = graph.Hide, ""; return v },
	} {
		if _, err := spamfilter.Stack(s, cands, wrong{spoil: spoil}); err == nil || !strings.Contains(err.Error(), "flood") {
			t.Errorf("a filter that %s: %v", name, err)
		}
	}
	for _, f := range spamfilter.Catalogue() {
		if v, err := f.Judge(s, nil); err != nil || len(v) != 0 {
			t.Errorf("no candidates: %v, %v", v, err)
		}
		if _, err := f.Judge(s, []graph.Candidate{{Post: graph.PostID{Block: 999}}}); err == nil {
			t.Error("a post that is nowhere was judged")
		}
	}
}

// What holds for every world: the order of candidates does not matter, the first
// copy and the first posts stay, and what stays is judged alike when it is judged alone.
func TestProperties(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		w := embedtest.New(t)
		texts := []string{spam, news, short, spam + " 7", strings.ToUpper(news), "photo 1", "photo 2"}
		var ids []graph.PostID
		for range rapid.IntRange(1, 50).Draw(rt, "posts") {
			w.Now += uint64(rapid.IntRange(0, 5_000).Draw(rt, "seconds"))
			text := rapid.SampledFrom(texts).Draw(rt, "text")
			if by := rapid.IntRange(0, 3).Draw(rt, "by"); len(ids) > 0 && rapid.Bool().Draw(rt, "reply") {
				ids = append(ids, w.Reply(by, ids[len(ids)-1], text))
			} else {
				ids = append(ids, w.Post(by, text))
			}
		}
		s := w.Snapshot()
		cands := pool(t, s)
		for _, f := range spamfilter.Catalogue() {
			verdicts, err := f.Judge(s, cands)
			if err != nil {
				rt.Fatal(err)
			}
			if last := len(verdicts) - 1; verdicts[last].Decision != graph.Keep {
				rt.Fatal("the first post of all is hidden")
			}
			turned := slices.Clone(cands)
			slices.Reverse(turned)
			back, _ := f.Judge(s, turned)
			slices.Reverse(back)
			if !slices.Equal(back, verdicts) {
				rt.Fatal("the order of the candidates matters")
			}
			var left []graph.Candidate
			for i, v := range verdicts {
				if v.Decision != graph.Hide {
					left = append(left, cands[i])
				}
			}
			again, _ := f.Judge(s, left)
			for _, v := range again {
				if v.Decision == graph.Hide {
					rt.Fatalf("post %s stayed among the others and is hidden without them", v.Post)
				}
			}
		}
	})
}
