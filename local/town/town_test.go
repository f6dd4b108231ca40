package town

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

type line struct {
	DID    string `json:"did"`
	TimeUS int64  `json:"time_us"`
	Kind   string `json:"kind"`
	Commit struct {
		Operation, Collection, RKey, CID string
		Record                           struct {
			Type        string `json:"$type"`
			Text        string
			DisplayName string
			Subject     json.RawMessage
			CreatedAt   time.Time
			Tags        []string
			Reply       *struct{ Parent, Root ref }
			Embed       *struct{ External struct{ URI, Title string } }
		}
	}
}

type tester interface {
	Errorf(string, ...any)
	Fatalf(string, ...any)
}

type ref struct{ URI, CID string }

func build(t testing.TB, o Options) (raw []byte, lines []line) {
	t.Helper()
	var b bytes.Buffer
	if err := Write(&b, o); err != nil {
		t.Fatal(err)
	}
	for l := range strings.Lines(b.String()) {
		var e line
		if err := json.Unmarshal([]byte(l), &e); err != nil {
			t.Fatal(err)
		}
		lines = append(lines, e)
	}
	return b.Bytes(), lines
}

// TestGolden pins the default town: a change of words or chance is a new town, on
// purpose.
func TestGolden(t *testing.T) {
	raw, _ := build(t, Options{})
	sum := sha256.Sum256(raw)
	if got := hex.EncodeToString(sum[:]); got != golden {
		t.Errorf("the default town is %s, want %s", got, golden)
	}
	if again, _ := build(t, Options{Seed: 1, People: 240, Posts: 2500}); !bytes.Equal(again, raw) {
		t.Error("the default town is not the one of seed 1, 240 people and 2,500 posts")
	}
	if other, _ := build(t, Options{Seed: 2}); bytes.Equal(other, raw) {
		t.Error("another seed gives the same town")
	}
}

// check looks at what every town must be: well-formed events in the order of
// time, each after what it refers to.
func check(t tester, lines []line, o Options) {
	posts := map[string]string{}
	people, edges, done := map[string]bool{}, map[string]bool{}, map[string]bool{}
	var last int64
	for _, e := range lines {
		c, r := e.Commit, e.Commit.Record
		if e.Kind != "commit" || c.Operation != "create" || r.Type != c.Collection || !strings.HasPrefix(c.CID, "bafyrei") || len(c.CID) != 59 {
			t.Fatalf("a malformed event: %+v", e)
		}
		if e.TimeUS <= last || e.TimeUS < end-span || e.TimeUS >= end {
			t.Fatalf("the time %d comes after %d", e.TimeUS, last)
		}
		last = e.TimeUS
		if us := r.CreatedAt.UnixMilli(); us != e.TimeUS/1000 {
			t.Fatalf("createdAt is %v at %d", r.CreatedAt, e.TimeUS)
		}
		uri := "at://" + e.DID + "/" + c.Collection + "/" + c.RKey
		if done[uri] {
			t.Fatalf("%s is there twice", uri)
		}
		done[uri] = true
		if c.Collection == "app.bsky.actor.profile" {
			people[e.DID] = true
			continue
		}
		if !people[e.DID] {
			t.Fatalf("%s acts before its profile is there", e.DID)
		}
		switch c.Collection {
		case "app.bsky.graph.follow":
			var whom string
			if json.Unmarshal(r.Subject, &whom) != nil || !people[whom] || whom == e.DID || edges[e.DID+whom] {
				t.Fatalf("a follow is malformed or repeated: %+v", e)
			}
			edges[e.DID+whom] = true
		case "app.bsky.feed.post":
			if r.Text == "" || len(r.Text) > 600 || strings.ContainsAny(r.Text, "[]{}|^") || strings.Contains(r.Text, "  ") {
				t.Fatalf("no post reads like this: %q", r.Text)
			}
			if p := r.Reply; p != nil && (posts[p.Parent.URI] != p.Parent.CID || posts[p.Root.URI] != p.Root.CID || p.Root.CID == "") {
				t.Fatalf("a reply answers nothing: %+v", p)
			}
			posts[uri] = c.CID
		case "app.bsky.feed.like", "app.bsky.feed.repost":
			var s ref
			if json.Unmarshal(r.Subject, &s) != nil || s.CID == "" || posts[s.URI] != s.CID || edges[c.Collection+e.DID+s.URI] {
				t.Fatalf("a reaction is malformed or repeated: %+v", e)
			}
			edges[c.Collection+e.DID+s.URI] = true
		default:
			t.Fatalf("the collection %s is unknown", c.Collection)
		}
	}
	if len(people) != o.People {
		t.Errorf("%d people have profiles, want %d", len(people), o.People)
	}
	if len(posts) > o.Posts {
		t.Errorf("there are %d posts, want at most %d", len(posts), o.Posts)
	}
}

func TestAnyTown(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		o := Options{Seed: rapid.Uint64Min(1).Draw(rt, "seed"), People: rapid.IntRange(20, 300).Draw(rt, "people"),
			Posts: rapid.IntRange(1, 600).Draw(rt, "posts")}
		_, lines := build(t, o)
		check(rt, lines, o)
	})
}

// TestDefaultTown holds the default town to what makes it worth reading.
func TestDefaultTown(t *testing.T) {
	_, lines := build(t, Options{})
	check(t, lines, Options{People: 240, Posts: 2500})
	n := map[string]int{}
	texts, replies := map[string]int{}, map[string]int{}
	minute := map[string]int{}
	most := 0
	for _, e := range lines {
		n[e.Commit.Collection]++
		r := e.Commit.Record
		if e.Commit.Collection != "app.bsky.feed.post" {
			continue
		}
		if r.Reply != nil {
			n["replies"]++
			replies[r.Text]++
		} else {
			texts[r.Text]++
			n["roots"]++
		}
		if r.Embed != nil {
			n["links"]++
		}
		if len(r.Tags) > 0 {
			n["tags"]++
		}
		if strings.Contains(r.Text, "?") {
			n["questions"]++
		}
		key := e.DID + time.UnixMicro(e.TimeUS).Format("02T15:04")
		if minute[key]++; minute[key] > most {
			most = minute[key]
		}
	}
	for what, want := range map[string][2]int{"app.bsky.feed.post": {2500, 2500}, "replies": {740, 750}, "links": {60, 300}, "tags": {200, 600},
		"questions": {300, 900}, "app.bsky.graph.follow": {2500, 4500}, "app.bsky.feed.like": {2500, 5000}, "app.bsky.feed.repost": {200, 900}} {
		if n[what] < want[0] || n[what] > want[1] {
			t.Errorf("%d %s, want %d to %d", n[what], what, want[0], want[1])
		}
	}
	if len(texts)*100 < n["roots"]*88 {
		t.Errorf("of %d posts only %d are different", n["roots"], len(texts))
	}
	if len(replies)*100 < n["replies"]*60 {
		t.Errorf("of %d replies only %d are different", n["replies"], len(replies))
	}
	for text, times := range replies {
		if times > 6 {
			t.Errorf("%d people reply %q", times, text)
		}
	}
	if most < 6 {
		t.Errorf("the most posts of one person in a minute are %d: no spammer floods", most)
	}
}

func TestRefusesOptions(t *testing.T) {
	for _, o := range []Options{{People: 19}, {People: 5001}, {Posts: -1}, {Posts: 200_001}} {
		if err := Write(&bytes.Buffer{}, o); err == nil {
			t.Errorf("a town of %+v is made", o)
		}
	}
}

// TestRecordCID compares with the CID that public tools give the record.
func TestRecordCID(t *testing.T) {
	r := record{"$type": "app.bsky.actor.profile", "displayName": "Maria Alkaios", "createdAt": "2010-01-02T18:24:03.976Z"}
	if got, want := r.cid(), "bafyreieesytczmq4qerjxdighp2plxp3r34ba2upveud6yhigywr5bzlwy"; got != want {
		t.Errorf("the CID is %s, want %s", got, want)
	}
}

func TestSay(t *testing.T) {
	s := &speaker{rng: newRand(1), words: map[string][]string{"x": {"apple"}, "y": {"one", "two"}}, bound: map[string]string{"y": "one"}}
	for text, want := range map[string]string{
		"{^x} and {x}.":          "Apple and apple.",
		"A {x}, a one-off.":      "An apple, a one-off.",
		"{y} is not {y+} {y}":    "one is not two one",
		"[a {x}|an apple] [b|b]": "an apple b",
		"{none}":                 "{none}",
	} {
		if got := s.say(text); got != want {
			t.Errorf("%q says %q, want %q", text, got, want)
		}
	}
}

// TestWords checks that each numbered answer and reply has what it answers.
func TestWords(t *testing.T) {
	for _, name := range names {
		c, err := load(name)
		if err != nil {
			t.Fatal(err)
		}
		if c.name != name || len(c.tags) == 0 || len(c.bios) < 4 || len(c.topics) < 3 || len(c.links) < 2 {
			t.Errorf("%s lacks something: %+v", name, c)
		}
		for i, tp := range c.topics {
			if len(tp.says) < 3 || len(tp.asks) < 2 {
				t.Errorf("%s, topic %d: it has little to say", name, i+1)
			}
			for _, r := range tp.replies {
				if r.to > len(tp.says) {
					t.Errorf("%s, topic %d: %q replies to nothing", name, i+1, r.text)
				}
			}
			answered := map[int]bool{}
			for _, r := range tp.answers {
				answered[r.to] = true
				if r.to > len(tp.asks) {
					t.Errorf("%s, topic %d: %q answers nothing", name, i+1, r.text)
				}
			}
			for q := range tp.asks {
				if !answered[q+1] && !answered[0] {
					t.Errorf("%s, topic %d: question %d has no answer", name, i+1, q+1)
				}
			}
		}
	}
}

func newRand(seed uint64) *rand.Rand { return rand.New(rand.NewPCG(seed, 0)) }

const golden = "76874431419df97a3651ddf6d47c23a0338a332f4c23c9224fc39738abcd4f76"
