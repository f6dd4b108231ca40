package fairness

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"candor/graph"
	"candor/graph/embed"
	f "candor/rankers/features"
	"candor/zkcommit"
)

// world is people, their posts and runs over them. Popular people get more likes, so
// their posts earn more; who is in which declared group is a matter of chance.
type world struct {
	rng    *rand.Rand
	wide   bool // 448 inputs
	people []person
	posts  []worldPost
	o      Options
}

type person struct {
	at                            graph.Address
	followers, posts, likes, days int
	lang                          string
	new                           bool
}

type worldPost struct {
	id      graph.PostID
	by      int
	content graph.PostContent
	points  int // engagement
	base    []int8
}

var vocabulary = map[string][]string{
	"en": strings.Fields("bread river garden market train school winter music paper bridge harbour forest window kitchen letter village engine cloud stone summer bicycle library morning teacher mountain"),
	"de": strings.Fields("Brot Fluss Garten Markt Zug Schule Winterabend Musik Papier Brücke Hafen Wald Fenster Küche Brief Dorf Motor Wolke Stein Sommertag Fahrrad Bücherei Morgen Lehrer Gebirge"),
}

func log8(n int) int8 {
	v, m := 0, n+1
	e := 0
	for m>>(e+1) > 0 {
		e++
	}
	v = 8*e + (m<<3)>>e - 8
	return int8(min(v, 127))
}

func newWorld(seed uint64, wide bool, people, posts int) *world {
	w := &world{rng: rand.New(rand.NewPCG(seed, 7)), wide: wide}
	w.o.Groups, w.o.Texts = map[graph.Address]string{}, map[graph.PostID]graph.PostContent{}
	for i := range people {
		p := person{at: graph.Address{byte(i >> 8), byte(i), 9}, followers: int(w.rng.ExpFloat64() * 40), posts: 1 + int(w.rng.ExpFloat64()*20),
			days: w.rng.IntN(900), lang: "en"}
		p.likes = int(float64(p.posts) * w.rng.ExpFloat64() * (1 + float64(p.followers)/30))
		if p.new = w.rng.IntN(6) == 0; p.new {
			p.days, p.followers = w.rng.IntN(7), p.followers/8
		}
		if w.rng.IntN(4) == 0 {
			p.lang = "de"
		}
		w.people = append(w.people, p)
		w.o.Groups[p.at] = []string{"blue", "green", "red"}[w.rng.IntN(3)]
	}
	for i := range posts {
		by := w.rng.IntN(people)
		p := worldPost{id: graph.PostID{Block: uint64(1 + i), Log: uint32(i % 3)}, by: by, content: w.text(w.people[by].lang)}
		p.points = int(w.rng.ExpFloat64() * (2 + float64(w.people[by].followers)/10))
		p.base = w.row(&p)
		w.posts = append(w.posts, p)
		w.o.Texts[p.id] = p.content
	}
	return w
}

func (w *world) text(lang string) graph.PostContent {
	var words []string
	for range 4 + w.rng.IntN(20) {
		words = append(words, vocabulary[lang][w.rng.IntN(25)])
	}
	text := strings.Join(words, " ")
	for _, x := range []struct {
		one  int
		adds string
	}{{8, " https://a.example"}, {10, " #town"}, {12, " @ann"}, {6, "!"}, {6, "?"}, {9, " 🙂"}, {7, " 1984"}, {25, " LOOK HERE"}} {
		if w.rng.IntN(x.one) == 0 {
			text += x.adds
		}
	}
	c := graph.PostContent{Text: text, Langs: []string{lang}}
	if w.rng.IntN(10) == 0 {
		c.Link = &graph.Link{URI: "https://a.example"}
	}
	return c
}

// row is what does not depend on the run.
func (w *world) row(p *worldPost) []int8 {
	var v graph.FeatureVector
	a := w.people[p.by]
	v[f.Available] = 127
	v[f.AuthorFollowers], v[f.AuthorPosts], v[f.AuthorLikes] = log8(a.followers), log8(a.posts), log8(a.likes)
	v[f.AuthorBalance] = log8(a.followers) - log8(w.rng.IntN(60))
	v[f.AuthorLikesPerPost], v[f.AuthorAge] = log8(8*a.likes/a.posts), log8(24*a.days)
	if a.new {
		v[f.AuthorNew] = 127
	}
	if w.rng.IntN(4) == 0 {
		v[f.Reply] = 127
	}
	f.Text(&v, p.content)
	row := append([]int8{}, v[:]...)
	if w.wide {
		e := embed.Text(p.content.Text)
		row = append(row, e[:]...)
	}
	return row
}

// run ranks posts of one moment.
func (w *world) run(i, n int) Run {
	r := Run{ID: graph.Hash{byte(i >> 8), byte(i), 1}}
	named := w.rng.IntN(3) > 0 // a reader with a circle and interests
	for _, at := range w.rng.Perm(len(w.posts))[:n] {
		p := &w.posts[at]
		row := append([]int8{}, p.base...)
		age := w.rng.ExpFloat64() * 86_400 * 2
		for k, scale := range map[int]float64{f.Fresh10m: 600, f.Fresh1h: 3600, f.Fresh6h: 21600, f.Fresh1d: 86400, f.Fresh1w: 604800, f.Fresh30d: 2.6e6, f.Fresh1y: 3.2e7} {
			row[k] = int8(127 * scale / (scale + age))
		}
		row[f.Age] = log8(int(age)) / 2
		points := int(float64(p.points) * (1 - 1/(1+age/30000)))
		row[f.Likes], row[f.Reposts], row[f.Replies] = log8(points/2), log8(points/9), log8(points/7)
		row[f.Engagement], row[f.EngagementWeek], row[f.EngagementDay] = log8(points), log8(points), log8(points*w.rng.IntN(100)/100)
		row[f.Velocity] = log8(int(float64(points) * 345600 / (age + 7200)))
		if named {
			if w.rng.IntN(8) == 0 {
				row[f.Followed] = 127
			}
			row[f.CirclePeople], row[f.CircleLikes] = log8(int(w.rng.ExpFloat64())), log8(int(w.rng.ExpFloat64()))
			row[f.SimilarMax], row[f.SimilarMean] = int8(w.rng.IntN(70)), int8(w.rng.IntN(40)-10)
		}
		r.Posts = append(r.Posts, Post{p.id, w.people[p.by].at, row})
	}
	return r
}

func (w *world) version(m *zkcommit.Model, runs, n int) *Version {
	s := NewSample(1)
	for i := range runs {
		r := w.run(i, n)
		s.Add(r.ID, func() []Post { return r.Posts })
	}
	return &Version{Plugin: graph.Hash{1}, Number: 1, Name: "tried", Schema: w.schema(), Model: m, Sample: s}
}

// schema is that of the world's rows.
func (w *world) schema() graph.Hash {
	if w.wide {
		return f.Wide()
	}
	return f.Schema()
}

// detector is a hidden unit by its features.
type detector struct {
	in    map[int]int8
	floor int
	pull  int8
}

var merits = []int{f.Fresh1h, f.Fresh6h, f.Fresh1d, f.Fresh1w, f.Followed, f.CirclePeople, f.CircleLikes, f.Likes, f.Reposts, f.Replies,
	f.Engagement, f.EngagementWeek, f.EngagementDay, f.Velocity, f.SimilarMax, f.SimilarMean, f.Reply}

// fair weighs what posts earn, and hardly anything else: a little of the author's
// standing, a little of the form, brakes on shouting and on piles of links.
func (w *world) fair() []detector {
	r := w.rng
	var all []detector
	for range 8 + r.IntN(8) {
		u := detector{map[int]int8{}, r.IntN(50), int8(6 + r.IntN(50))}
		for range 1 + r.IntN(3) {
			u.in[merits[r.IntN(len(merits))]] = int8(24 + r.IntN(100))
		}
		all = append(all, u)
	}
	some := func(most int) int8 { return int8(r.IntN(most)) }
	return append(all,
		detector{map[int]int8{f.Fresh6h: 64}, 0, 10 + some(10)}, detector{map[int]int8{f.Engagement: 64}, 0, 10 + some(20)},
		detector{map[int]int8{f.AuthorLikesPerPost: 64, f.AuthorFollowers: some(32)}, 0, some(10)},
		detector{map[int]int8{f.AuthorAge: 64}, 0, some(4)},
		detector{map[int]int8{f.TextLength: 64, f.TextWords: 32}, 30, some(10)},
		detector{map[int]int8{f.Capitals: 64, f.Exclamations: 64}, 64, -some(30)},
		detector{map[int]int8{f.TextLinks: 64, f.Tags: 64, f.Mentions: 32, f.Digits: 64}, 80, -some(30)},
		detector{map[int]int8{f.LinkCard: 16}, 0, some(8)})
}

// model lays units out; a wide one hears a little of what texts say in each of them.
func (w *world) model(units []detector) *zkcommit.Model {
	s := zkcommit.Shape{Inputs: 64, Hidden: [2]int{len(units)}, Shift: [2]uint{6}}
	if w.wide {
		s.Inputs += graph.EmbeddingDim
	}
	one := 64 // a weight of one
	if w.wide {
		s.Shift[0], one = 8, 128 // and half the activation
	}
	m := zkcommit.NewModel(s)
	for j, u := range units {
		for k, v := range u.in {
			m.Layers[0].Weights[j*s.Inputs+k] = int8(max(-127, min(127, int(v)*one/64)))
		}
		for k := 64; k < s.Inputs; k++ {
			m.Layers[0].Weights[j*s.Inputs+k] = int8(w.rng.IntN(5) - 2)
		}
		m.Layers[0].Bias[j], m.Layers[1].Weights[j] = int16(-one*u.floor), u.pull
	}
	if err := m.Validate(); err != nil {
		panic(err)
	}
	return m
}

// speak makes the last unit hear what a text says: its weights are so many times the text's embedding.
func speak(m *zkcommit.Model, text string, times int) {
	e, j := embed.Text(text), len(m.Layers[0].Bias)-1
	for k, v := range e {
		m.Layers[0].Weights[j*m.Shape.Inputs+graph.Features+k] = int8(max(-127, min(127, times*int(v))))
	}
}

func show(s *Section) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %d runs, %d posts, %d authors\n", s.Verdict, s.Runs, s.Posts, s.Authors)
	for _, t := range s.Tests {
		fmt.Fprintf(&b, "  %s: %s. %s\n", t.Name, t.Verdict, t.Says)
		for _, l := range t.Lines {
			fmt.Fprintf(&b, "    %-50s %s %8s", l.Group+" "+l.Label, map[bool]string{true: "SIGN", false: "    "}[l.Sign], l.Value)
			if l.Low != nil {
				fmt.Fprintf(&b, " [%s, %s]", l.Low, l.High)
			}
			if l.Beside != nil {
				fmt.Fprintf(&b, " beside %s", l.Beside)
			}
			if l.P != nil {
				fmt.Fprintf(&b, " p %s", l.P)
			}
			fmt.Fprintf(&b, " (%d posts, %d authors) %s\n", l.Posts, l.Authors, l.Note)
		}
	}
	return b.String()
}
