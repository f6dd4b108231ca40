package train

import (
	"math/bits"
	"strings"

	"candor/graph"
)

// history is what came before a post, without any gain.
type history struct {
	authors, sites map[string]int
	last           map[string]int64
	pages          map[string]bool
}

// surface fills the part of each row that needs no gain: what the post looks like, and what
// came before it in posts. No row depends on a later post.
func surface(posts []*looks) []graph.FeatureVector {
	h := history{map[string]int{}, map[string]int{}, map[string]int64{}, map[string]bool{}}
	rows := make([]graph.FeatureVector, len(posts))
	for i, p := range posts {
		h.fill(&rows[i], p)
		p.fill(&rows[i])
		h.add(p)
	}
	return rows
}

func (h *history) fill(row *graph.FeatureVector, p *looks) {
	row[inAuthorSoFar] = times16(h.authors[p.Author])
	row[inAuthorGap] = 127
	if t, ok := h.last[p.Author]; ok {
		row[inAuthorGap] = int8(min(126, log256(uint64(max(0, p.Time-t)))*5/256))
	}
	if p.site != "" {
		row[inSiteSoFar] = times16(h.sites[p.site])
		row[inSeen] = truth(h.pages[p.Link])
	}
}

func (h *history) add(p *looks) {
	h.authors[p.Author]++
	h.last[p.Author] = p.Time
	if p.site != "" {
		h.sites[p.site]++
		h.pages[p.Link] = true
	}
}

func (l *looks) fill(row *graph.FeatureVector) {
	second := l.Time % 86400
	row[inNoon] = wave(second, 12*3600)
	row[inMorning] = wave(second, 6*3600)
	day := (l.Time/86400 + 4) % 7
	row[inWeekend] = truth(day == 0 || day == 6)
	row[inNoLink] = truth(l.site == "")
	row[inLength] = cut(8 * len(l.words))
	row[inReply] = truth(l.Reply)
	row[inFollowers] = times16(l.Followers)
	row[inQuestion] = truth(strings.Contains(l.Text, "?"))
	row[inBracket] = truth(strings.HasSuffix(l.Text, ")"))
	row[inDigits] = cut(16 * l.digits)
	row[inCapitals] = cut(127 * l.capitals / max(1, len(strings.Fields(l.Text))))
}

// wave is 127 at the peak and -127 half a day from it, straight between.
func wave(second, peak int64) int8 {
	away := (second - peak + 86400) % 86400
	away = min(away, 86400-away)
	return int8(127 - 254*away/43200)
}

// log256 is 256·log2(1+n) with a straight line inside each octave.
func log256(n uint64) int {
	m := n + 1
	if m == 0 {
		return 64 * 256
	}
	e := bits.Len64(m) - 1
	rest := m - 1<<e
	if e < 8 {
		return e*256 + int(rest<<(8-e))
	}
	return e*256 + int(rest>>(e-8))
}

// times16 is 16·log2(1+n).
func times16(n int) int8 { return cut(log256(uint64(n)) / 16) }

func cut(n int) int8 { return int8(max(-127, min(n, 127))) }

func truth(is bool) int8 {
	if is {
		return 127
	}
	return 0
}
