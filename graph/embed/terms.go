package embed

import (
	"slices"

	"candor/graph"
)

// MaxTerms is how many words a text is found by, so that nobody makes an index of
// words much larger than the texts.
const MaxTerms = 256

// Terms are the first MaxTerms distinct words of the texts, by which they are
// found, sorted. Case,
// accents and compatibility forms are folded, as for Text; scripts without spaces
// give their runes one by one and in pairs. Each word is UTF-8 of letters, digits
// and pictograms alone: it means nothing to any query language.
func Terms(texts ...string) []string {
	var out []string
	seen := map[string]bool{}
	add := func(w []rune) {
		if s := string(w); len(out) < MaxTerms && !seen[s] {
			seen[s] = true
			out = append(out, s)
		}
	}
	for _, text := range texts {
		var last rune
		words(text, func(w []rune, c class, run bool) {
			add(w)
			if c == dense {
				if run {
					add([]rune{last, w[0]})
				}
				last = w[0]
			}
		})
	}
	slices.Sort(out)
	return out
}

// PostTerms are the words by which a post is found: those of its text, its tags,
// its link's title and what its pictures show.
func PostTerms(c graph.PostContent) []string {
	texts := append([]string{c.Text}, c.Tags...)
	if c.Link != nil {
		texts = append(texts, c.Link.Title)
	}
	for _, m := range c.Media {
		texts = append(texts, m.Alt)
	}
	return Terms(texts...)
}

// ProfileTerms are the words by which a person is found.
func ProfileTerms(c graph.ProfileContent) []string { return Terms(c.DisplayName, c.Description) }
