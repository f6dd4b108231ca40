package town

import (
	"fmt"
	"slices"
	"strings"
)

// post is a post of the town.
type post struct {
	event
	home    int // community, -1 for none
	topic   *topic
	place   int  // of its text in the topic, from 1
	asks    bool // a question
	quality int  // 1 to 110; what likes go by
	bound   map[string]string
	root    *post
	replies int
	used    map[string]bool // replies that it has
}

// card is a text to begin with.
type card struct {
	topic *topic
	place int
	asks  bool
	text  string
	link  *link
}

// write has people post what answers nothing.
func (t *town) write(n int) {
	decks := make([]*deck[card], len(t.communities))
	for i, c := range t.communities {
		decks[i] = &deck[card]{}
		add := func(k card) { decks[i].cards = append(decks[i].cards, k) }
		for _, tp := range c.topics {
			for j, s := range tp.says {
				add(card{topic: tp, place: j + 1, text: s})
			}
			for j, q := range tp.asks {
				add(card{topic: tp, place: j + 1, asks: true, text: q})
			}
		}
		for j := range c.links {
			add(card{text: c.links[j].text, link: &c.links[j]})
		}
	}
	general := &deck[string]{cards: append([]string{}, t.everyone.general...)}
	// In the order of time, so that a text comes again only after all the others.
	times := make([]int64, n)
	for i := range times {
		times[i] = t.moment()
	}
	slices.Sort(times)
	for i, at := range times {
		home, k := i%len(t.communities), card{}
		if t.rng.IntN(25) == 0 {
			home, k.text = -1, general.draw(t.rng)
		} else {
			k = decks[home].draw(t.rng)
		}
		by := t.someone(home)
		for range 6 {
			if !by.said[k.text] {
				break
			}
			by = t.someone(home)
		}
		by.said[k.text] = true
		t.post(by, at, home, k)
	}
}

// post publishes a text that stands for itself.
func (t *town) post(by *person, at int64, home int, k card) {
	p := &post{home: home, topic: k.topic, place: k.place, asks: k.asks, used: map[string]bool{}}
	var c community
	if home >= 0 {
		c = *t.communities[home]
	}
	r := record{"langs": []string{"en"}}
	text := t.fresh(c.words, nil, k.text, &p.bound)
	if len(c.emoji) > 0 && t.rng.IntN(7) == 0 {
		text += " " + c.emoji[t.rng.IntN(len(c.emoji))]
	}
	if len(c.tags) > 0 && t.rng.IntN(4) == 0 {
		tag := c.tags[t.rng.IntN(len(c.tags))]
		r["tags"] = []string{tag}
		if t.rng.IntN(2) == 0 {
			text += " #" + tag
		}
	}
	if k.link != nil {
		r["embed"] = record{"$type": "app.bsky.embed.external",
			"external": record{"uri": k.link.uri, "title": k.link.title, "description": ""}}
	}
	r["text"] = text
	p.quality = max(by.charm+t.rng.IntN(31)-15, 5)
	p.event = t.emit(by, at, "app.bsky.feed.post", r)
	p.root = p
	t.posts = append(t.posts, p)
}

// fresh says a text in words that nobody has said yet, if that takes few tries.
func (t *town) fresh(words map[string][]string, bound map[string]string, text string, binds *map[string]string) (said string) {
	for range 8 {
		s := &speaker{rng: t.rng, words: words, bound: map[string]string{}}
		for k, v := range bound {
			s.bound[k] = v
		}
		said = s.say(text)
		if binds != nil {
			*binds = s.bound
		}
		if !t.said[said] {
			break
		}
	}
	t.said[said] = true
	return said
}

// answer has people reply: to questions with answers, the better the post the
// more, and authors have the last word now and then.
func (t *town) answer(n int) {
	var roots []*post
	for _, p := range t.posts {
		if p.time < end-hour/2 {
			roots = append(roots, p)
		}
	}
	if len(roots) == 0 {
		return
	}
	for n > 0 {
		p := roots[t.rng.IntN(len(roots))]
		q := roots[t.rng.IntN(len(roots))]
		if p.quality+p.bonus() < q.quality+q.bonus() {
			p = q
		}
		by := t.someone(p.home)
		if by == p.who || p.replies >= 6 {
			continue
		}
		said, apt, ok := t.reply(p)
		if !ok {
			p.replies = 6 // nothing is left to say
			continue
		}
		p.replies++
		child := t.respond(by, p, t.after(p, 2*minute, 9*hour), said)
		if n--; n > 0 && t.rng.IntN(4) == 0 && child.time < end-hour/4 && !strings.HasSuffix(said, "?") {
			words := t.everyone.retorts
			if p.asks {
				if !apt {
					continue // nobody gives thanks for no answer
				}
				words = t.everyone.thanks
			}
			t.respond(p.who, child, t.after(child, minute, 3*hour), t.fresh(nil, nil, t.pick(words), nil))
			n--
		}
	}
}

// after is a time at least so long after the post, and less than most longer; it
// stays inside the story.
func (t *town) after(p *post, least, most int64) int64 {
	return p.time + least + t.skewed(max(min(most, end-3*minute-least-p.time), second))
}

func (p *post) bonus() int {
	if p.asks {
		return 40
	}
	return 0
}

// reply picks words for a reply to the post that it does not have yet, and says
// whether they are on its topic.
func (t *town) reply(p *post) (said string, apt, ok bool) {
	var c community
	if p.home >= 0 {
		c = *t.communities[p.home]
	}
	options, any := []reply(nil), slices.Concat(t.everyone.replies, c.replies)
	if p.asks {
		any = slices.Concat(t.everyone.answers, c.answers)
	}
	if p.topic != nil {
		options = p.topic.replies
		if p.asks {
			options = p.topic.answers
		}
	}
	var fit []string
	for _, o := range options {
		if (o.to == 0 || o.to == p.place) && !p.used[o.text] {
			fit = append(fit, o.text)
		}
	}
	apt = len(fit) > 0 && t.rng.IntN(4) > 0
	if !apt {
		fit = nil
		for _, o := range any {
			if !p.used[o.text] && p.replies < 4 {
				fit = append(fit, o.text)
			}
		}
	}
	if len(fit) == 0 {
		return "", false, false
	}
	text := t.pick(fit)
	p.used[text] = true
	return t.fresh(c.words, p.bound, text, nil), apt, true
}

// pick is one of the texts that were picked least so far.
func (t *town) pick(texts []string) string {
	var best []string
	for _, s := range texts {
		switch {
		case len(best) == 0 || t.picked[s] < t.picked[best[0]]:
			best = []string{s}
		case t.picked[s] == t.picked[best[0]]:
			best = append(best, s)
		}
	}
	s := best[t.rng.IntN(len(best))]
	t.picked[s]++
	return s
}

func (t *town) respond(by *person, to *post, at int64, text string) *post {
	ref := func(p *post) record { return record{"uri": p.uri(), "cid": p.cid} }
	c := &post{home: to.home, root: to.root, quality: max(by.charm+t.rng.IntN(21)-30, 3)}
	c.event = t.emit(by, at, "app.bsky.feed.post", record{"text": text, "langs": []string{"en"},
		"reply": record{"root": ref(to.root), "parent": ref(to)}})
	t.posts = append(t.posts, c)
	return c
}

// flood has the spammers send bursts of near-duplicates, many a minute.
func (t *town) flood(n int) {
	var spammers []*person
	for _, p := range t.people {
		if p.spammer {
			spammers = append(spammers, p)
		}
	}
	for i := 0; n > 0; i++ {
		p := spammers[i%len(spammers)]
		at := t.moment()
		for range min(6+t.rng.IntN(9), n) {
			s := &speaker{rng: t.rng, words: t.spam.words, bound: map[string]string{}}
			s.words["code"] = []string{strings.ToUpper(fmt.Sprintf("%05x", t.rng.IntN(1<<20)))}
			at += 2*second + t.rng.Int64N(9*second)
			c := &post{home: -1, quality: 1}
			c.event = t.emit(p, at, "app.bsky.feed.post", record{"text": s.say(p.flood), "langs": []string{"en"}})
			t.posts = append(t.posts, c)
			n--
		}
	}
}

// applaud has people like and repost: the better a post the more, its community
// and its author's followers first.
func (t *town) applaud() {
	fans := map[*person][]*person{}
	for _, p := range t.people {
		for _, q := range t.follows[p] {
			fans[q] = append(fans[q], p)
		}
	}
	for _, p := range t.posts {
		most := p.quality * p.quality / 650
		if p.root != p {
			most = most / 4
		}
		seen := map[*person]bool{p.who: true}
		for range t.rng.IntN(most + 1) {
			by := t.someone(p.home)
			if f := fans[p.who]; len(f) > 0 && t.rng.IntN(2) == 0 {
				by = f[t.rng.IntN(len(f))]
			}
			at := t.after(p, 30*second, 12*hour)
			if seen[by] || by.spammer {
				continue
			}
			seen[by] = true
			subject := record{"uri": p.uri(), "cid": p.cid}
			t.emit(by, at, "app.bsky.feed.like", record{"subject": subject})
			if t.rng.IntN(8) == 0 {
				t.emit(by, at+3*second, "app.bsky.feed.repost", record{"subject": subject})
			}
		}
	}
}
