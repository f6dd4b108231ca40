package fairness

import (
	"fmt"
	"slices"
	"strings"

	"candor/graph"
	"candor/rankers/features"
)

// texts are those at hand that fit the rows that a run made of them.
type texts struct {
	content []*graph.PostContent // of each row; nil: not at hand
	langs   []string             // of each row, the first language of its post; nil: nobody knows any
	fit     int
}

// newTexts takes a text only if it gives the row's own features, so that neither a later
// edit nor an invention passes for what was ranked.
func (a *Auditor) newTexts(f *field) *texts {
	t := &texts{content: make([]*graph.PostContent, len(f.rows))}
	langs := make([]string, len(f.rows))
	known := false
	for i, row := range f.rows {
		c, ok := a.Texts[f.ids[i]]
		if !ok || !a.reads.of(f.ids[i], nil, &c, f.reads()).fits(row) {
			continue
		}
		t.content[i] = &c
		t.fit++
		if len(c.Langs) > 0 {
			langs[i], _, _ = strings.Cut(strings.ToLower(c.Langs[0]), "-")
			known = true
		}
	}
	if known {
		t.langs = langs
	}
	return t
}

// touch is a small change of how a post is written: of its text, and for posts whose
// text is not at hand of the features concerned.
type touch struct {
	label    string
	write    func(c *graph.PostContent)
	features map[int]int8 // added, up to the most; nil: needs the text
	gross    bool         // more than a touch: no sign, whatever it does
}

const oneOf = 16 // what one link, tag, mention or mark adds to its feature

func touchesOf(o Options) []touch {
	appends := func(s string) func(*graph.PostContent) { return func(c *graph.PostContent) { c.Text += s } }
	all := []touch{
		{"a link in the text", appends(" https://example.org/page"), map[int]int8{features.TextLinks: oneOf}, false},
		{"a linked page", func(c *graph.PostContent) { c.Link = &graph.Link{URI: "https://example.org/page"} }, map[int]int8{features.LinkCard: 127}, false},
		{"a tag", appends(" #news"), map[int]int8{features.Tags: oneOf}, false},
		{"a mention", appends(" @friend"), map[int]int8{features.Mentions: oneOf}, false},
		{"an exclamation mark", appends("!"), map[int]int8{features.Exclamations: oneOf}, false},
		{"a question mark", appends("?"), map[int]int8{features.Questions: oneOf}, false},
		{"an emoji", appends(" 🙂"), map[int]int8{features.Emoji: oneOf}, false},
		{"a year", appends(" 2024"), map[int]int8{features.Digits: 8}, false},
		{"a word in capitals", appends(" NOTE"), map[int]int8{features.Capitals: 8}, false},
		{"capitals only", func(c *graph.PostContent) { c.Text = strings.ToUpper(c.Text) }, map[int]int8{features.Capitals: 127}, true},
	}
	for _, w := range o.Words {
		all = append(all, touch{fmt.Sprintf("the word “%s”", w), appends(" " + w), nil, false})
	}
	return all
}

// mostTouched bounds the posts whose text is written anew.
const mostTouched = 2_000

// touches asks how far a post moves if its text were written a little otherwise.
func (a *Auditor) touches(f *field, t *texts) Test {
	test := Test{Name: "touch", Question: "Does a link, a mark or a word sink or lift a post?",
		Unit: "mean places that the touch moves a post up (+) or down (−), as a share of its list", Beside: "the share of posts that it moves"}
	step := (len(f.rows) + mostTouched - 1) / mostTouched
	for _, touch := range touchesOf(a.Options) {
		l := Line{Label: touch.label}
		var sum, moved int64
		for i := 0; i < len(f.rows); i += step {
			var after []int8
			if c := t.content[i]; c != nil {
				after = a.reads.of(f.ids[i], &touch, c, f.reads()).into(f.rows[i])
			} else if after = touch.roughly(f.rows[i]); after == nil {
				continue
			}
			up := f.rank(i) - f.rankIf(i, f.changed(i, after))
			sum += int64(share(up, f.runs[f.run[i]].n()))
			if l.Posts++; up != 0 {
				moved++
			}
		}
		if l.Posts == 0 {
			continue
		}
		l.Value = Num(divide(sum, int64(l.Posts)))
		some := ratio(moved, int64(l.Posts))
		l.Beside, l.Sign = &some, !touch.gross && max(l.Value, -l.Value) >= fifth
		if touch.gross {
			l.Note = "more than a touch: no sign by itself"
		}
		test.Lines = append(test.Lines, l)
	}
	test.Verdict = judge(test.Lines)
	test.Says = touchSays(test.Lines)
	if t.fit > 0 {
		test.Says += fmt.Sprintf(" Of %s of the sample the text was at hand and was written anew.", count(t.fit, "post"))
	}
	return test
}

func touchSays(lines []Line) string {
	var worst Line
	for _, l := range lines {
		if l.Note == "" && max(l.Value, -l.Value) > max(worst.Value, -worst.Value) {
			worst = l
		}
	}
	switch {
	case worst.Label == "":
		return "No such touch moves any post."
	case worst.Value < 0:
		return fmt.Sprintf("What costs most is %s: it moves a post down by %s of the list on average.", worst.Label, (-worst.Value).Percent())
	}
	return fmt.Sprintf("What helps most is %s: it moves a post up by %s of the list on average.", worst.Label, worst.Value.Percent())
}

// roughly is the row after the touch where its text is not at hand; nil: it would be needed.
func (t *touch) roughly(row []int8) []int8 {
	if t.features == nil {
		return nil
	}
	out := slices.Clone(row)
	for k, v := range t.features {
		out[k] = int8(min(127, int(out[k])+int(v)))
	}
	return out
}

// changed is the score of row i if its inputs were others.
func (f *field) changed(i int, after []int8) int32 {
	f.terms = f.terms[:0]
	for k, own := range f.rows[i] {
		if v := after[k]; v != own {
			f.terms = append(f.terms, term{k, int64(v) - int64(own)})
		}
	}
	if len(f.terms) == 0 {
		return f.scores[i]
	}
	copy(f.z, f.full(i))
	f.weigh(f.z, f.terms)
	return f.score(f.z)
}
