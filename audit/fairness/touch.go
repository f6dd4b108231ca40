package fairness

import (
	"fmt"
	"slices"
	"strings"

	"candor/graph"
	"candor/graph/embed"
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
func newTexts(f *field, o Options) *texts {
	t := &texts{content: make([]*graph.PostContent, len(f.rows))}
	langs := make([]string, len(f.rows))
	known := false
	for i, row := range f.rows {
		c, ok := o.Texts[f.ids[i]]
		if !ok || !fits(row, c) {
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

func fits(row []int8, c graph.PostContent) bool {
	again := withText(row, c)
	for _, k := range byForm {
		if again[k] != row[k] {
			return false
		}
	}
	return slices.Equal(again[graph.Features:], row[graph.Features:])
}

// withText is the row if its text were another: by the function that nodes use.
func withText(row []int8, c graph.PostContent) []int8 {
	var v graph.FeatureVector
	copy(v[:], row)
	features.Text(&v, c)
	out := append(make([]int8, 0, len(row)), v[:]...)
	if len(row) > graph.Features {
		e := embed.Text(c.Text)
		out = append(out, e[:]...)
	}
	return out
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
func (f *field) touches(o Options, t *texts) Test {
	test := Test{Name: "touch", Question: "Does a link, a mark or a word sink or lift a post?",
		Unit: "mean places that the touch moves a post up (+) or down (−), as a share of its list", Beside: "the share of posts that it moves"}
	step := (len(f.rows) + mostTouched - 1) / mostTouched
	z := make([]int32, f.h)
	for _, touch := range touchesOf(o) {
		l := Line{Label: touch.label}
		var sum, moved int64
		for i := 0; i < len(f.rows); i += step {
			after := touch.apply(f.rows[i], t.content[i])
			if after == nil {
				continue
			}
			f.change(i, after, z)
			up := f.rank(i) - f.rankIf(i, f.score(z))
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

// apply is the row after the touch; nil if its text would be needed.
func (t touch) apply(row []int8, c *graph.PostContent) []int8 {
	if c != nil {
		again := *c
		t.write(&again)
		return withText(row, again)
	}
	if t.features == nil {
		return nil
	}
	out := slices.Clone(row)
	for k, v := range t.features {
		out[k] = int8(min(127, int(out[k])+int(v)))
	}
	return out
}

// change fills the sums of row i if its inputs were others.
func (f *field) change(i int, after []int8, z []int32) {
	copy(z, f.full(i))
	for k, v := range after {
		add(z, f.col(k), int32(v)-int32(f.rows[i][k]))
	}
}
