package features

import (
	"strings"

	"candor/graph"
)

// shape counts what a text looks like. It reads no Unicode tables, which differ
// between versions of Go.
type shape struct {
	runes, words, links, tags, mentions      int
	letters, capitals, digits                int
	exclamations, questions, emoji, cardTags int
}

func shapeOf(c graph.PostContent) (s shape) {
	s.cardTags = len(c.Tags)
	s.links = strings.Count(c.Text, "http://") + strings.Count(c.Text, "https://")
	inWord, mark := false, rune(0)
	for _, r := range c.Text {
		s.runes++
		lower, capital := letter(r)
		if lower || capital {
			s.letters++
		}
		if capital {
			s.capitals++
		}
		// A mark counts at the head of a word, with something like a letter behind it.
		if mark != 0 && (lower || capital || r >= 0x80) {
			if mark == '#' {
				s.tags++
			} else {
				s.mentions++
			}
		}
		mark = 0
		switch {
		case r <= ' ' || r == 0xa0 || r == 0x3000:
			inWord = false
			continue
		case r >= '0' && r <= '9':
			s.digits++
		case r == '!' || r == '！':
			s.exclamations++
		case r == '?' || r == '？':
			s.questions++
		case r >= 0x2600 && r <= 0x27bf || r >= 0x1f000 && r <= 0x1faff:
			s.emoji++
		case (r == '#' || r == '@') && !inWord:
			mark = r
		}
		if !inWord {
			inWord = true
			s.words++
		}
	}
	return s
}

// letter tells small from capital letters of the scripts that have both: Latin
// (ASCII and Latin-1), Greek and Cyrillic without their extensions.
func letter(r rune) (lower, capital bool) {
	switch {
	case r >= 'a' && r <= 'z', r >= 0xdf && r <= 0xff && r != 0xf7, r >= 0x3b1 && r <= 0x3c9, r >= 0x430 && r <= 0x45f:
		return true, false
	case r >= 'A' && r <= 'Z', r >= 0xc0 && r <= 0xde && r != 0xd7, r >= 0x391 && r <= 0x3a9, r >= 0x400 && r <= 0x42f:
		return false, true
	}
	return false, false
}

// Text writes those features of a row that its post's own text and page decide, so that
// an auditor can ask what another text would have done.
func Text(row *graph.FeatureVector, c graph.PostContent) {
	shapeOf(c).fill(row)
	row[LinkCard] = truth(c.Link != nil)
}

func (s shape) fill(row *graph.FeatureVector) {
	row[TextLength] = log8(uint64(s.runes))
	row[TextWords] = log8(uint64(s.words))
	row[TextLinks] = times16(s.links)
	row[Tags] = times16(s.tags + s.cardTags)
	row[Mentions] = times16(s.mentions)
	row[Capitals] = fraction(uint64(s.capitals), uint64(s.letters))
	row[Exclamations] = times16(s.exclamations)
	row[Questions] = times16(s.questions)
	row[Digits] = fraction(uint64(s.digits), uint64(s.runes))
	row[Emoji] = times16(s.emoji)
}

// languages are the primary subtags of BCP 47 tags, in lower case: "en-GB" is "en".
func languages(tags []string) []string {
	var out []string
	for _, t := range tags {
		t, _, _ = strings.Cut(t, "-")
		if t != "" {
			out = append(out, lowerASCII(t))
		}
	}
	return out
}

func lowerASCII(s string) string {
	b := []byte(s)
	for i, c := range b {
		if c >= 'A' && c <= 'Z' {
			b[i] = c + 'a' - 'A'
		}
	}
	return string(b)
}
