package audit

import (
	"bytes"
	"encoding/json"
	"regexp"
	"strings"
	"testing"

	"candor/audit/fairness"
	"candor/graph"
)

// tested is a section with a line of every kind, and with words that want to be markup.
func tested() *fairness.Section {
	n := func(v fairness.Num) *fairness.Num { return &v }
	return &fairness.Section{Plugin: graph.Hash{7}, Version: 3, Name: `<b>Bold</b>`, Declared: `"><script>alert(1)</script>`, Runs: 40, Of: 90, Posts: 2000, Authors: 80, Verdict: fairness.Sign,
		Tests: []fairness.Test{
			{Name: "exposure", Question: "Room?", Verdict: fairness.Sign, Says: "New accounts get 70 %.", Unit: "exposure", Beside: "raw", Neutral: fairness.One, Lines: []fairness.Line{
				{Group: "age", Label: "new", Posts: 100, Authors: 20, Value: 7_000, Low: n(6_500), High: n(7_400), Beside: n(6_900), P: n(17), Sign: true, Note: "mostly by author_new"},
				{Group: "age", Label: "old", Posts: 9, Authors: 2, Value: 90_000, Beside: n(0), Note: "too few"},
				{Group: "</svg><i>", Label: strings.Repeat("long ", 30), Value: 10_100, P: n(9_000)}}},
			{Name: "touch", Question: "Links?", Verdict: fairness.NoSign, Says: "Little.", Lines: []fairness.Line{
				{Label: "a link", Value: -350, Beside: n(9_000)}, {Label: "a tag", Value: 1}, {Label: "a mark", Value: 40}}},
			{Name: "lists", Question: "Lists?", Verdict: fairness.TooFew, Says: "Nobody.", Neutral: fairness.One, Lines: []fairness.Line{}},
			{Name: "drift", Question: "Changes?", Verdict: fairness.Inform, Says: "None.", Lines: []fairness.Line{{Label: "age", Value: 0, Beside: n(0)}}},
		}}
}

// The page shows what the report says of fairness, needs nothing beside it, and no word in
// it becomes markup; the same report gives the same page, also when it was read from JSON.
func TestPageOfFairness(t *testing.T) {
	r := &Report{Fairness: []*fairness.Section{tested(), {Name: "other", Verdict: fairness.NoSign}, {Name: "foreign", Verdict: fairness.Foreign}, {Name: "few", Verdict: fairness.TooFew}}, Shares: map[string]Share{}}
	r.Sort()
	if !r.Unfair() || !r.Clean() {
		t.Error("a sign is no finding, but one all the same")
	}
	page, err := r.HTML()
	if err != nil {
		t.Fatal(err)
	}
	text := string(page)
	for _, want := range []string{"1 of 2 tested versions of rankers show signs", "New accounts get 70 %.", "70 %</text>", "−3.5 %</text>", "&#43;0.4 %</text>", "mostly by author_new", `class="is-sign"`,
		"Too few runs could be opened", "reads features that this program does not know", "no fault of the node"} {
		if !strings.Contains(text, want) {
			t.Errorf("the page does not say %q", want)
		}
	}
	for _, bad := range []string{"<script", "<b>Bold", "<i>", "http", "NaN", "ZgotmplZ"} {
		if strings.Contains(text, bad) {
			t.Errorf("the page holds %q", bad)
		}
	}
	if strings.Count(text, "<svg") != 3 || strings.Count(text, "<svg") != strings.Count(text, "</svg>") {
		t.Errorf("%d pictures", strings.Count(text, "<svg"))
	}
	if bad := regexp.MustCompile(`(x|x1|x2|cx|width)="-`).FindString(text); bad != "" {
		t.Errorf("something is drawn outside: %s", bad)
	}
	raw, err := r.JSON()
	if err != nil {
		t.Fatal(err)
	}
	var again Report
	if err := json.Unmarshal(raw, &again); err != nil {
		t.Fatal(err)
	}
	twice, err := again.HTML()
	if err != nil || !bytes.Equal(twice, page) {
		t.Errorf("the report that was read gives another page: %v", err)
	}
}

// A report without revealed models does not speak of fairness.
func TestPageWithoutFairness(t *testing.T) {
	r := &Report{Shares: map[string]Share{}}
	r.Sort()
	page, err := r.HTML()
	if err != nil || strings.Contains(string(page), "Is it fair") || r.Unfair() {
		t.Errorf("%v\n%s", err, page)
	}
}
