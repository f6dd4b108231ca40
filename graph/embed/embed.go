package embed

import (
	"crypto/sha256"
	"fmt"
	"math/bits"
	"slices"
	"strings"

	"candor/graph"
)

// Version of the function. Whatever changes an embedding changes it.
const Version = 1

const (
	maxWord = 64  // runes; a longer word is cut
	norm    = 127 // of an embedding
)

// weights of the classes of features.
const (
	weightWord  = 24 // a word of four runes or more
	weightThree = 18 // a word of three
	weightTwo   = 10 // a word of two, a pair of runes of a script without spaces
	weightOne   = 5  // a word of one, such a rune by itself
	weightStop  = 2  // a word that says little by itself
	weightGram  = 5  // a run of three or four runes inside a word of four or more
	weightEmoji = 12
	weightDigit = 8 // a word of ASCII digits
)

// Schema identifies the function: the SHA-256 of its description, tables and
// stop words. Embeddings of different schemas do not compare.
var Schema = schema()

func schema() graph.Hash {
	h := sha256.New()
	fmt.Fprintf(h, "candor/embed/v%d: %d dimensions, norm %d, at most %d bytes, words of at most %d runes; "+
		"weights %d %d %d %d %d %d %d %d; four dimensions a word, two a gram; ", Version, graph.EmbeddingDim, norm,
		graph.MaxText, maxWord, weightWord, weightThree, weightTwo, weightOne, weightStop, weightGram, weightEmoji, weightDigit)
	for _, s := range special {
		fmt.Fprintf(h, "%x %x %d,", s.first, s.last, s.class)
	}
	fmt.Fprintf(h, "; %x; %s; ", wordRanges, foldPairs)
	many := make([]string, 0, len(foldMany))
	for r, s := range foldMany {
		many = append(many, fmt.Sprintf("%x %s", r, s))
	}
	slices.Sort(many)
	fmt.Fprint(h, strings.Join(many, ","), "; ", stopWords)
	return graph.Hash(h.Sum(nil))
}

// feature is a hash with the weight class in its lowest 5 bits and, above it,
// one bit that is set for a word and not for a gram. Sorting brings equal ones together.
type feature uint64

const (
	weightMask = 1<<5 - 1
	wordBit    = 1 << 5
)

// Text is the embedding of a text. Bytes beyond graph.MaxText are not read. The
// result is zero when the text holds no word (or its words cancel out exactly).
func Text(text string) (e graph.Embedding) {
	if len(text) > graph.MaxText {
		text = text[:graph.MaxText]
	}
	var (
		buf  [512]feature
		acc  [graph.EmbeddingDim]int64
		list = buf[:0]
		last rune
	)
	words(text, func(w []rune, c class, run bool) {
		switch c {
		case pictogram:
			list = append(list, wordFeature(hash('e', w), weightEmoji))
		case dense:
			list = append(list, wordFeature(hash('d', w), weightOne))
			if run {
				list = append(list, wordFeature(hash('p', []rune{last, w[0]}), weightTwo))
			}
			last = w[0]
		default:
			list = appendWord(list, w)
		}
	})
	slices.Sort(list)
	for i := 0; i < len(list); {
		n := i + 1
		for n < len(list) && list[n] == list[i] {
			n++
		}
		add(&acc, list[i], n-i)
		i = n
	}
	scale(&acc, &e)
	return e
}

func appendWord(list []feature, w []rune) []feature {
	h := hash('w', w)
	if _, stop := slices.BinarySearch(stopHashes, h); stop {
		return append(list, wordFeature(h, weightStop))
	}
	switch {
	case isNumber(w):
		return append(list, wordFeature(h, weightDigit))
	case len(w) == 1:
		return append(list, wordFeature(h, weightOne))
	case len(w) == 2:
		return append(list, wordFeature(h, weightTwo))
	case len(w) == 3:
		return append(list, wordFeature(h, weightThree))
	}
	list = append(list, wordFeature(h, weightWord))
	// The word between two marks, so that a prefix is not an inner run.
	var buf [maxWord + 2]rune
	m := append(append(append(buf[:0], '^'), w...), '$')
	for n := 3; n <= 4; n++ {
		for i := 0; i+n <= len(m); i++ {
			list = append(list, feature(hash('g', m[i:i+n])&^(weightMask|wordBit)|weightGram))
		}
	}
	return list
}

func isNumber(w []rune) bool {
	return !slices.ContainsFunc(w, func(r rune) bool { return r < '0' || r > '9' })
}

func wordFeature(h uint64, weight uint64) feature {
	return feature(h&^(weightMask|wordBit) | wordBit | weight)
}

// hash is FNV-1a over the kind and the runes, then the finaliser of MurmurHash3.
func hash(kind byte, w []rune) uint64 {
	h := (uint64(14695981039346656037) ^ uint64(kind)) * 1099511628211
	for _, r := range w {
		h = (h ^ uint64(r)) * 1099511628211
	}
	h = (h ^ h>>33) * 0xff51afd7ed558ccd
	h = (h ^ h>>33) * 0xc4ceb9fe1a85ec53
	return h ^ h>>33
}

// add spreads a feature that occurs n times over its dimensions. Each takes 16
// bits of the hash: 15 choose the dimension, one the sign. The lowest 16 hold
// the class, so the fourth dimension of a word comes from a second mix.
func add(acc *[graph.EmbeddingDim]int64, f feature, n int) {
	w := int64(f&weightMask) * 16
	if n > 1 {
		w = int64(f&weightMask) * int64(isqrt(uint64(n)<<8))
	}
	h, dims := uint64(f), 2
	if f&wordBit != 0 {
		h, dims = (h^h>>29)*0x9e3779b97f4a7c15, 4
	}
	for range dims {
		x := h >> 48
		h = h<<16 | x
		if x&1 != 0 {
			acc[x>>1*graph.EmbeddingDim>>15] += w
		} else {
			acc[x>>1*graph.EmbeddingDim>>15] -= w
		}
	}
}

// scale writes acc at norm 127, rounded half away from zero.
func scale(acc *[graph.EmbeddingDim]int64, e *graph.Embedding) {
	var sum uint64
	for _, v := range acc {
		sum += uint64(v * v)
	}
	if sum == 0 {
		return
	}
	// |acc| stays under 2^24 (3,000 bytes, weight ≤ 24, root ≤ 16·55; a mean of
	// under 2^17 embeddings), so that sum stays under 2^57 and its root times 2^3
	// is exact enough.
	root := int64(isqrt(sum << 6))
	for i, v := range acc {
		q := (2*norm*8*abs(v) + root) / (2 * root)
		if v < 0 {
			q = -q
		}
		e[i] = int8(max(-norm, min(norm, q)))
	}
}

// Mean is the direction between the embeddings, at norm 127; zero when there is
// none but zero ones, or when they cancel out exactly.
func Mean(of []graph.Embedding) (e graph.Embedding) {
	var acc [graph.EmbeddingDim]int64
	for i := range of {
		for d, v := range of[i] {
			acc[d] += int64(v)
		}
	}
	scale(&acc, &e)
	return e
}

func abs(v int64) int64 {
	if v < 0 {
		return -v
	}
	return v
}

// isqrt is the integer square root, rounded down.
func isqrt(v uint64) uint64 {
	if v == 0 {
		return 0
	}
	x := uint64(1) << ((bits.Len64(v) + 1) / 2)
	for {
		y := (x + v/x) / 2
		if y >= x {
			return x
		}
		x = y
	}
}
