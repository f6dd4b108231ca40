package train

import (
	"math"

	"candor/graph"
)

// blocks is in how many parts the posts trained on are cut: what the past says of a part is
// made from the others.
const blocks = 4

// past is what posts and their gains say of others.
type past struct {
	words, all ridge
	authors    map[string]*tally
	sites      map[string]*tally
}

// tally is of one author or site; gains are in deviations from the mean.
type tally struct {
	n               int
	sum, best, last float64
}

// mean has average posts added.
func (t *tally) mean(added float64) float64 {
	if t == nil {
		return 0
	}
	return t.sum / (float64(t.n) + added)
}

// learn reads the posts with their gains, in deviations.
func learn(posts []*looks, gains []float64) *past {
	p := &past{authors: map[string]*tally{}, sites: map[string]*tally{}}
	text, all := make([][]term, len(posts)), make([][]term, len(posts))
	count := func(m map[string]*tally, key string, g float64) {
		t := m[key]
		if t == nil {
			t = &tally{best: g}
			m[key] = t
		}
		t.n++
		t.sum += g
		t.best, t.last = max(t.best, g), g
	}
	for i, l := range posts {
		text[i], all[i] = l.terms(byText), l.terms(byAll)
		count(p.authors, l.Author, gains[i])
		if l.site != "" {
			count(p.sites, l.site, gains[i])
		}
	}
	p.words, p.all = fitRidge(text, gains), fitRidge(all, gains)
	return p
}

// fill writes what the past says of a post.
func (p *past) fill(row *graph.FeatureVector, l *looks) {
	row[inWords] = scaled(p.words.of(l.terms(byText)), 64)
	row[inAll] = scaled(p.all.of(l.terms(byAll)), 64)
	if t := p.authors[l.Author]; t != nil {
		row[inAuthor] = scaled(t.mean(2), 64)
		row[inAuthorRaw] = scaled(t.mean(0.5), 48)
		row[inAuthorBest] = scaled(t.best, 24)
		row[inAuthorLast] = scaled(t.last, 24)
		row[inAuthorPast] = times16(t.n)
	}
	if t := p.sites[l.site]; t != nil && l.site != "" {
		row[inSite] = scaled(t.mean(3), 64)
		row[inSiteRaw] = scaled(t.mean(0.5), 48)
		row[inSitePast] = times16(t.n)
	}
}

func scaled(v, one float64) int8 {
	return int8(max(-127, min(math.Round(mul(v, one)), 127)))
}

// crosswise fills the rows of the posts trained on: each block from what the others say.
func crosswise(rows []graph.FeatureVector, posts []*looks, gains []float64) {
	n := len(posts)
	for b := range blocks {
		from, to := b*n/blocks, (b+1)*n/blocks
		var others []*looks
		var theirs []float64
		others = append(append(others, posts[:from]...), posts[to:]...)
		theirs = append(append(theirs, gains[:from]...), gains[to:]...)
		p := learn(others, theirs)
		for i := from; i < to; i++ {
			p.fill(&rows[i], posts[i])
		}
	}
}
