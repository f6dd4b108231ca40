package embed

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"candor/graph"
)

func TestTerms(t *testing.T) {
	for text, want := range map[string]string{
		"":                             "",
		"Hello, hello WORLD!":          "hello world",
		"Café con naïveté":             "cafe con naivete",
		"北京 ok":                        "ok 京 北 北京",
		"don't":                        "dont",
		`"a" AND (b OR c*) NEAR/2 -d:`: "2 a and b c d near or",
		"x\x00y\xffz":                  "x y z",
	} {
		if got := strings.Join(Terms(text), " "); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
	var many strings.Builder
	for i := range 400 {
		fmt.Fprintf(&many, "w%d w%d ", i, i)
	}
	if got := Terms(many.String()); len(got) != MaxTerms || !slices.Contains(got, "w255") || slices.Contains(got, "w256") {
		t.Errorf("a long text has %d words: %q", len(got), got)
	}
	got := PostTerms(graph.PostContent{Text: "One", Tags: []string{"two"}, Link: &graph.Link{Title: "three", URI: "https://four"},
		Media: []graph.Media{{Alt: "five"}}})
	if !slices.Equal(got, []string{"five", "one", "three", "two"}) {
		t.Errorf("a post's words are %q", got)
	}
	if got := ProfileTerms(graph.ProfileContent{DisplayName: "Ada", Description: "B"}); !slices.Equal(got, []string{"ada", "b"}) {
		t.Errorf("a person's words are %q", got)
	}
}

// A word has no rune that any index or query language reads as more than itself,
// and is its own only word, so that a query is cut as the text was.
func TestTermsMeanNothingElse(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.OneOf(rapid.String(), rapid.StringMatching(`["'*:^(){}\-+&|!<> a-cé京\x00]{0,20}`)).Draw(t, "text")
		for _, w := range Terms(text) {
			if w == "" || !utf8.ValidString(w) || strings.ContainsAny(w, "\x00 \t\n\r\"'*:^(){}-+&|!<>\\%_") {
				t.Fatalf("%q gives the word %q", text, w)
			}
			if again := Terms(w); !slices.Contains(again, w) {
				t.Fatalf("the word %q of %q is cut into %q", w, text, again)
			}
		}
	})
}
