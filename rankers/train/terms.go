package train

import (
	"net/url"
	"strconv"
	"strings"

	"candor/graph/embed"
)

// Post is what is known of a post when it is ranked.
type Post struct {
	Author    string
	Text      string
	Link      string // the page that it shows, or empty
	Reply     bool
	Time      int64 // seconds
	Followers int   // of the author, when it was written
}

// maxWords bounds what is read of a text, maxPath what is read of a link.
const maxWords, maxPath = 60, 200

// Weights of the terms, larger ones being shrunk less; tuned on the earlier posts of
// Hacker News alone (docs/evaluation.md).
type weights struct{ word, pair, style, path, site, author float64 }

var (
	byText = weights{word: 0.25, pair: 0.15, style: 0.3, path: 0.05}
	byAll  = weights{word: 0.15, pair: 0.1, style: 0.3, path: 0.05, site: 0.5, author: 0.6}
)

// looks is a post, read once.
type looks struct {
	Post
	words                  []string
	site, owner, end, path string // of the link: host, its last two labels, its last, and the path
	query, secure          bool
	capitals, digits       int // words that begin with a capital letter, ASCII digits
}

func look(p Post) *looks {
	l := &looks{Post: p}
	l.words = embed.Words(p.Text)
	l.words = l.words[:min(len(l.words), maxWords)]
	for _, w := range strings.Fields(p.Text) {
		if w[0] >= 'A' && w[0] <= 'Z' {
			l.capitals++
		}
	}
	for i := range len(p.Text) {
		if p.Text[i] >= '0' && p.Text[i] <= '9' {
			l.digits++
		}
	}
	u, err := url.Parse(p.Link)
	if err != nil || p.Link == "" {
		return l // no link, or none that can be read: it has no site
	}
	l.site = strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")
	labels := strings.Split(l.site, ".")
	l.end = labels[len(labels)-1]
	l.owner = strings.Join(labels[max(0, len(labels)-2):], ".")
	l.path, l.query, l.secure = u.Path[:min(len(u.Path), maxPath)], u.RawQuery != "", u.Scheme == "https"
	return l
}

// terms are what the ridge regressions see.
func (l *looks) terms(w weights) (out []term) {
	seen := map[uint64]bool{}
	add := func(weight float64, kind string, parts ...string) {
		if weight == 0 {
			return
		}
		if k := hashOf(append(parts, kind)...); !seen[k] {
			seen[k] = true
			out = append(out, term{k, weight})
		}
	}
	for i, word := range l.words {
		add(w.word, "word", word)
		if i > 0 {
			add(w.pair, "pair", l.words[i-1], word)
		}
	}
	if len(l.words) > 0 {
		add(w.pair, "first", l.words[0])
	}
	if len(l.words) > 1 {
		add(w.pair, "first two", l.words[0], l.words[1])
	}
	for _, word := range embed.Words(l.path) {
		if len(word) < 20 {
			add(w.path, "word", word) // as in the text: there it already counts more
		}
	}
	add(w.site, "site", l.site)
	add(w.site, "site", l.owner)
	add(w.author, "author", l.Author)
	for _, s := range l.style() {
		add(w.style, "style", s)
	}
	return out
}

// style are coarse traits, each a word.
func (l *looks) style() []string {
	day := l.Time / 86400
	s := []string{
		"hour " + strconv.FormatInt(l.Time%86400/3600, 10), "day " + strconv.FormatInt((day+4)%7, 10),
		"words " + strconv.Itoa(len(l.words)/2), "bytes " + strconv.Itoa(min(len(l.Text), 600)/10), "end " + l.end,
		"depth " + strconv.Itoa(min(6, strings.Count(l.path, "/"))),
		"capitals " + strconv.Itoa(5*l.capitals/max(1, len(strings.Fields(l.Text)))),
	}
	for _, t := range []struct {
		name string
		is   bool
	}{
		{"question", strings.Contains(l.Text, "?")}, {"digits", l.digits > 0}, {"bracket", strings.HasSuffix(l.Text, ")")},
		{"show", strings.HasPrefix(l.Text, "Show HN")}, {"ask", strings.HasPrefix(l.Text, "Ask HN")}, {"no link", l.site == ""},
		{"query", l.query}, {"secure", l.secure}, {"pdf", strings.HasSuffix(l.path, ".pdf")}, {"reply", l.Reply},
	} {
		if t.is {
			s = append(s, t.name)
		}
	}
	return s
}
