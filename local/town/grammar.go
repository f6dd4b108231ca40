package town

import (
	"embed"
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A file of words has a line for each thing to say:
//
//	name, tags, emoji, bio: what the community is
//	word NAME: VALUE | VALUE …       what {NAME} may stand for
//	topic NAME                       begins a topic
//	S TEXT, Q TEXT                   a statement, a question
//	R TEXT, R2 TEXT                  a reply to any, to the second statement of the topic
//	A TEXT, A2 TEXT                  an answer to any, to the second question of the topic;
//	                                 before the topics, R and A fit any post of the community
//	link URL | TITLE | TEXT          a post with a link
//	G TEXT                           a post of anyone
//	T TEXT, U TEXT                   the author's word on an answer, on a reply
//	F TEXT                           a spammer's flood
//
// In a text, [one|another] is one of them, and [one] alone is there or not. {word}
// is the same in a post and what answers it, {word+} is another value, {^word}
// begins with a capital, {one|another} is one of them.
//
//go:embed words/*.txt
var files embed.FS

type community struct {
	name              string
	tags, emoji, bios []string
	words             map[string][]string
	topics            []*topic
	links             []link
	general           []string // G
	thanks, retorts   []string // T, U
	answers, replies  []reply  // outside topics: they fit anything
	floods            []string
}

type topic struct {
	says, asks       []string
	answers, replies []reply
}

// reply is a text and the place of what it replies to, from 1; 0 for any.
type reply struct {
	to   int
	text string
}

type link struct{ uri, title, text string }

var lineForm = regexp.MustCompile(`^([SQGTUF]|[AR][1-9]?) (.+)$`)

// load reads a file of words.
func load(name string) (*community, error) {
	b, err := files.ReadFile("words/" + name + ".txt")
	if err != nil {
		return nil, err
	}
	c := &community{words: map[string][]string{}}
	var t *topic
	for i, line := range strings.Split(string(b), "\n") {
		if err := c.read(&t, strings.TrimSpace(line)); err != nil {
			return nil, fmt.Errorf("words/%s.txt, line %d: %w", name, i+1, err)
		}
	}
	return c, nil
}

func (c *community) read(t **topic, line string) error {
	key, rest, _ := strings.Cut(line, ":")
	switch {
	case line == "":
		return nil
	case key == "name":
		c.name = strings.TrimSpace(rest)
		return nil
	case key == "tags":
		c.tags = strings.Fields(rest)
		return nil
	case key == "emoji":
		c.emoji = strings.Fields(rest)
		return nil
	case key == "bio":
		c.bios = values(rest)
		return nil
	case strings.HasPrefix(line, "word "):
		c.words[strings.TrimPrefix(key, "word ")] = values(rest)
		return nil
	case strings.HasPrefix(line, "topic "):
		*t = &topic{}
		c.topics = append(c.topics, *t)
		return nil
	case strings.HasPrefix(line, "link "):
		v := strings.SplitN(strings.TrimPrefix(line, "link "), " | ", 3)
		if len(v) != 3 {
			return fmt.Errorf("a link has an address, a title and a text")
		}
		c.links = append(c.links, link{v[0], v[1], v[2]})
		return nil
	}
	m := lineForm.FindStringSubmatch(line)
	if m == nil {
		return fmt.Errorf("%q is no line of a file of words", line)
	}
	to := 0
	if len(m[1]) == 2 {
		to = int(m[1][1] - '0')
	}
	answers, replies := &c.answers, &c.replies
	if *t != nil {
		answers, replies = &(*t).answers, &(*t).replies
	} else if strings.ContainsAny(m[1][:1], "SQ") {
		return fmt.Errorf("a statement or question needs a topic")
	}
	switch m[1][0] {
	case 'S':
		(*t).says = append((*t).says, m[2])
	case 'Q':
		(*t).asks = append((*t).asks, m[2])
	case 'A':
		*answers = append(*answers, reply{to, m[2]})
	case 'R':
		*replies = append(*replies, reply{to, m[2]})
	case 'G':
		c.general = append(c.general, m[2])
	case 'T':
		c.thanks = append(c.thanks, m[2])
	case 'U':
		c.retorts = append(c.retorts, m[2])
	case 'F':
		c.floods = append(c.floods, m[2])
	}
	return nil
}

func values(s string) (v []string) {
	for _, x := range strings.Split(s, " | ") {
		v = append(v, strings.TrimSpace(x))
	}
	return v
}

// speaker turns texts into sentences; what it chose for a word it says again.
type speaker struct {
	rng   *rand.Rand
	words map[string][]string
	bound map[string]string
}

// say expands a text. A word that the community does not have stays as it is
// spelled, which the tests look for.
func (s *speaker) say(text string) string {
	out := strings.Join(strings.Fields(s.expand(text)), " ")
	out = strings.NewReplacer(" .", ".", " ,", ",", " ?", "?").Replace(out)
	return article.ReplaceAllString(out, "$1${2}n $3")
}

// article finds an "a" that should be "an".
var article = regexp.MustCompile(`(^|[ "(])([Aa]) ([aei]|o[^n]|8-)`)

func (s *speaker) expand(text string) string {
	var b strings.Builder
	for {
		i := strings.IndexAny(text, "[{")
		if i < 0 {
			b.WriteString(text)
			return b.String()
		}
		b.WriteString(text[:i])
		end := closing(text[i:]) + i
		inside := text[i+1 : end]
		options := split(inside)
		switch {
		case len(options) > 1:
			b.WriteString(s.expand(options[s.rng.IntN(len(options))]))
		case text[i] == '[':
			if s.rng.IntN(2) == 0 {
				b.WriteString(s.expand(inside))
			}
		default:
			b.WriteString(s.word(inside))
		}
		text = text[end+1:]
	}
}

func (s *speaker) word(name string) string {
	key := strings.TrimPrefix(strings.TrimSuffix(name, "+"), "^")
	options := s.words[key]
	if len(options) == 0 {
		return "{" + name + "}"
	}
	v, ok := s.bound[key]
	if strings.HasSuffix(name, "+") {
		at := slices.Index(options, v)
		v = options[(at+1+s.rng.IntN(len(options)-1))%len(options)]
	} else if !ok {
		v = options[s.rng.IntN(len(options))]
		s.bound[key] = v
	}
	if strings.HasPrefix(name, "^") {
		r, n := utf8.DecodeRuneInString(v)
		v = string(unicode.ToUpper(r)) + v[n:]
	}
	return v
}

// closing is the index of the bracket that closes the one at the start.
func closing(s string) int {
	depth := 0
	for i, r := range s {
		switch r {
		case '[', '{':
			depth++
		case ']', '}':
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return len(s) - 1
}

// split cuts at the bars that are in no brackets.
func split(s string) (parts []string) {
	depth, from := 0, 0
	for i, r := range s {
		switch r {
		case '[', '{':
			depth++
		case ']', '}':
			depth--
		case '|':
			if depth == 0 {
				parts = append(parts, s[from:i])
				from = i + 1
			}
		}
	}
	return append(parts, s[from:])
}

// deck gives each of its cards once before any comes again.
type deck[T any] struct {
	cards []T
	at    int
}

func (d *deck[T]) draw(rng *rand.Rand) T {
	if d.at == 0 {
		rng.Shuffle(len(d.cards), func(i, j int) { d.cards[i], d.cards[j] = d.cards[j], d.cards[i] })
	}
	c := d.cards[d.at]
	d.at = (d.at + 1) % len(d.cards)
	return c
}
