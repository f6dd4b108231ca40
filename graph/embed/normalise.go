package embed

import (
	"slices"
	"unicode/utf8"

	"candor/graph"
)

// class says how a rune is cut into words.
type class uint8

const (
	separator class = iota // ends a word
	joiner                 // dropped inside a word, which goes on
	letter                 // part of a word
	dense                  // of a script without spaces: a word by itself
	pictogram              // an emoji: a word by itself
)

// span is a run of runes of one class.
type span struct {
	first, last rune
	class       class
}

// special overrides wordRanges, in rune order.
var special = []span{
	{0x27, 0x27, joiner},     // apostrophe: don't
	{0xad, 0xad, joiner},     // soft hyphen
	{0x300, 0x36f, joiner},   // combining accents, which folding drops
	{0xe00, 0xeff, dense},    // Thai, Lao
	{0x1000, 0x109f, dense},  // Myanmar
	{0x1780, 0x17ff, dense},  // Khmer
	{0x200b, 0x200f, joiner}, // zero widths
	{0x2018, 0x2019, joiner}, // typographic apostrophes
	{0x202a, 0x202e, joiner}, // directions
	{0x2060, 0x206f, joiner}, // invisible operators
	{0x2600, 0x27bf, pictogram},
	{0x3005, 0x3007, dense},
	{0x3041, 0x3096, dense},  // Hiragana
	{0x3099, 0x309a, joiner}, // voicing marks, which folding drops
	{0x309d, 0x309f, dense},
	{0x30a1, 0x30fa, dense}, // Katakana
	{0x30fc, 0x30ff, dense},
	{0x3400, 0x4dbf, dense}, // Han
	{0x4e00, 0x9fff, dense},
	{0xf900, 0xfaff, dense},
	{0xfe00, 0xfe0f, joiner}, // variation selectors
	{0xfeff, 0xfeff, joiner},
	{0x1f000, 0x1faff, pictogram},
	{0x20000, 0x3ffff, dense}, // Han beyond the first plane
}

func classOf(r rune) class {
	if r < 0x80 {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			return letter
		case r == '\'':
			return joiner
		}
		return separator
	}
	i, _ := slices.BinarySearchFunc(special, r, func(s span, r rune) int { return int(s.last) - int(r) })
	if i < len(special) && r >= special[i].first {
		return special[i].class
	}
	lo, hi := 0, len(wordRanges)/2 // the first range that ends at or after r
	for lo < hi {
		if m := (lo + hi) / 2; wordRanges[2*m+1] < uint32(r) {
			lo = m + 1
		} else {
			hi = m
		}
	}
	if lo < len(wordRanges)/2 && uint32(r) >= wordRanges[2*lo] {
		return letter
	}
	return separator
}

// folds is foldPairs in memory: foldFrom[i] becomes foldTo[i].
var foldFrom, foldTo = func() (from, to []rune) {
	for i, r := range []rune(foldPairs) {
		if i%2 == 0 {
			from = append(from, r)
		} else {
			to = append(to, r)
		}
	}
	return from, to
}()

// folded appends r in its folded form: lower case, no accents, no compatibility form.
func folded(dst []rune, r rune) []rune {
	switch {
	case r >= 'A' && r <= 'Z':
		return append(dst, r+'a'-'A')
	case r < 0x80:
		return append(dst, r)
	}
	if i, ok := slices.BinarySearch(foldFrom, r); ok {
		return append(dst, foldTo[i])
	}
	if s, ok := foldMany[r]; ok {
		return append(dst, []rune(s)...)
	}
	return append(dst, r)
}

// Words are the folded words of a text, in order: what Text sees of it, for those
// who compare texts word by word. Bytes beyond graph.MaxText are not read.
func Words(text string) (out []string) {
	words(text[:min(len(text), graph.MaxText)], func(w []rune, _ class, _ bool) { out = append(out, string(w)) })
	return out
}

// words cuts text into its folded words and calls f with each; run is true for
// a word of a script without spaces that stands right behind another such. The
// slice is valid during the call alone. Bytes that are no UTF-8 are separators.
func words(text string, f func(word []rune, c class, run bool)) {
	var (
		buf   [maxWord]rune
		one   [4]rune
		word  = buf[:0]
		inRun bool
	)
	flush := func() {
		if len(word) > 0 {
			f(word, letter, false)
			word = word[:0]
		}
	}
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		i += size
		if r == utf8.RuneError && size == 1 {
			r = ' '
		}
		for _, c := range folded(one[:0], r) {
			switch k := classOf(c); k {
			case joiner:
			case letter:
				inRun = false
				if len(word) == maxWord {
					flush()
				}
				word = append(word, c)
			case dense, pictogram:
				flush()
				f([]rune{c}, k, inRun && k == dense)
				inRun = k == dense
			default:
				flush()
				inRun = false
			}
		}
	}
	flush()
}
