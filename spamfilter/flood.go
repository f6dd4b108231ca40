package spamfilter

import (
	"hash/fnv"
	"slices"

	"candor/graph"
	"candor/graph/embed"
)

// The reasons of Flood.
const (
	reasonSame    = "repeats an earlier post"
	reasonNear    = "nearly repeats an earlier post"
	reasonShort   = "the same short post for the third time"
	reasonNoWords = "its text is not available"
)

// The numbers of Flood.
const (
	floodWindow  = 24 * 3_600           // seconds between a post and its copy
	sameWords    = 6                    // words from which one copy is one too many
	nearWords    = 8                    // words from which near copies count
	nearPairs    = 75                   // percent of pairs of words that near copies share
	nearDot      = 85 * 127 * 127 / 100 // inner product of embeddings that they reach
	shortRepeats = 2                    // times that somebody may post the same short text
)

// Flood hides the second and later copies of a text, by one author or by many.
//
// Two posts within 24 hours of each other are copies when their words are the
// same and at least 6, or when they have at least 8 words each, share three
// quarters of their pairs of adjacent words, and their embeddings are near. Words
// are compared in folded form, so that case, accents, punctuation, invisible
// characters and ornamental letters do not hide a copy. The copy that reached the
// chain first stays. Of shorter texts ("Good morning!") only root posts by one
// author with one link count, and only from the third on.
type Flood struct{}

// Info implements Filter.
func (Flood) Info() Info {
	return Info{ID: "flood", Version: 1, Name: "Copies", Default: true,
		Description: "Hides the second and later copies of a text within a day, by one author or by many, also when a few words were changed. The first copy stays, and so do short posts such as greetings.",
		Goal:        "Show each text once.",
		Reasons:     []string{reasonSame, reasonNear, reasonShort, reasonNoWords}}
}

// copyText is a post's text, ready to be compared.
type copyText struct {
	post  *graph.Post
	words int
	whole uint64   // hash of the words in order
	pairs []uint64 // hashes of adjacent words, sorted, each once
	link  string
}

// Judge implements Filter.
func (Flood) Judge(s Snapshot, cands []graph.Candidate) ([]graph.Verdict, error) {
	posts, err := chronicle(s, cands)
	if err != nil {
		return nil, err
	}
	verdicts, place := judged(cands)
	var earlier []copyText
	for i := range posts {
		v := &verdicts[place[posts[i].ID]]
		if posts[i].Status != graph.Present {
			v.Decision, v.Reason = graph.Unknown, reasonNoWords
			continue
		}
		t := read(&posts[i])
		if t.words == 0 {
			continue
		}
		if reason := t.copies(earlier); reason != "" {
			v.Decision, v.Reason = graph.Hide, reason
		}
		earlier = append(earlier, t)
	}
	return verdicts, nil
}

func read(p *graph.Post) copyText {
	words := embed.Words(p.Content.Text)
	t := copyText{post: p, words: len(words)}
	whole := fnv.New64a()
	for i, w := range words {
		whole.Write(append([]byte(w), 0))
		if i > 0 {
			pair := fnv.New64a()
			pair.Write([]byte(words[i-1] + "\x00" + w))
			t.pairs = append(t.pairs, pair.Sum64())
		}
	}
	t.whole = whole.Sum64()
	slices.Sort(t.pairs)
	t.pairs = slices.Compact(t.pairs)
	if p.Content.Link != nil {
		t.link = p.Content.Link.URI
	}
	return t
}

// copies says why the text is a copy of an earlier one; "" when it is none.
func (t *copyText) copies(earlier []copyText) string {
	short := 0
	reason := ""
	for i := range earlier {
		e := &earlier[i]
		if apart(t.post, e.post) > floodWindow {
			continue
		}
		switch {
		case t.whole == e.whole && t.words >= sameWords:
			return reasonSame
		case t.words >= nearWords && e.words >= nearWords && t.near(e):
			reason = reasonNear
		case t.whole == e.whole && t.link == e.link && t.post.Author == e.post.Author &&
			t.post.Parent.IsZero() && e.post.Parent.IsZero() && t.post.Quote.IsZero() && e.post.Quote.IsZero():
			if short++; short >= shortRepeats {
				reason = reasonShort
			}
		}
	}
	return reason
}

func (t *copyText) near(e *copyText) bool {
	small, large := len(t.pairs), len(e.pairs)
	if small > large {
		small, large = large, small
	}
	if 100*small < nearPairs*large {
		return false // even if all of the smaller were in the larger
	}
	// So many in both are nearPairs percent of those in either.
	both, need := 0, (nearPairs*(small+large)+99+nearPairs)/(100+nearPairs)
	for i, j := 0, 0; i < len(t.pairs) && j < len(e.pairs); {
		if both+min(len(t.pairs)-i, len(e.pairs)-j) < need {
			return false
		}
		switch a, b := t.pairs[i], e.pairs[j]; {
		case a < b:
			i++
		case a > b:
			j++
		default:
			both, i, j = both+1, i+1, j+1
		}
	}
	return both >= need &&
		t.post.Embedding.Dot(&e.post.Embedding) >= nearDot
}
