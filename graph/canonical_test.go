package graph

import (
	"bytes"
	"strings"
	"testing"
	"unicode/utf8"
)

// TestCanonicalOnly: a document that could be read in two ways is no post.
func TestCanonicalOnly(t *testing.T) {
	for name, doc := range map[string]string{
		"a key twice":        `{"$type":"candor.post/v1","text":"shown","text":"hidden"}`,
		"another case":       `{"$type":"candor.post/v1","TEXT":"x"}`,
		"unsorted":           `{"text":"x","$type":"candor.post/v1"}`,
		"white space":        `{"$type": "candor.post/v1","text":"x"}`,
		"white space behind": `{"$type":"candor.post/v1","text":"x"}` + "\n",
		"a needless escape":  `{"$type":"candor.post/v1","text":"\u0041"}`,
		"a slash":            `{"$type":"candor.post/v1","text":"\/"}`,
		"half a surrogate":   `{"$type":"candor.post/v1","text":"\ud800"}`,
		"null":               `{"$type":"candor.post/v1","langs":null,"text":"x"}`,
		"empty":              `{"$type":"candor.post/v1","tags":[],"text":"x"}`,
		"U+2028 escaped":     `{"$type":"candor.post/v1","text":"\u2028"}`,
	} {
		if _, err := ParsePost([]byte(doc)); err == nil || !strings.Contains(err.Error(), "canonical") {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := ParseProfile([]byte(`{"displayName":"x","$type":"candor.profile/v1"}`)); err == nil {
		t.Error("an unsorted profile passes")
	}
	// As JSON.stringify writes them in the browser.
	for _, text := range []string{"<b>&amp;", "\u2028\u2029", `\u2028`, `\\u2028`, "\\\u2029\\", "\b\f\n\r\t\x00\x1f\x7f\"\\/", "🙂", "\ufffd", `\ufffd\`} {
		doc, _, err := PostContent{Text: text}.Encode()
		if err != nil {
			t.Fatal(err)
		}
		if p, err := ParsePost(doc); err != nil || p.Text != text {
			t.Errorf("%q comes back as %q, %v from %s", text, p.Text, err, doc)
		}
	}
	if doc, _, _ := (PostContent{Text: "\u2028"}).Encode(); !bytes.Contains(doc, []byte("\u2028")) {
		t.Errorf("%s", doc)
	}
	// What is no UTF-8 in memory is written as something that parses.
	doc, _, err := PostContent{Text: "a\xffb"}.Encode()
	if err != nil {
		t.Fatal(err)
	}
	if p, err := ParsePost(doc); err != nil || p.Text != "a\ufffdb" {
		t.Errorf("%q, %v", p.Text, err)
	}
}

func FuzzParsePost(f *testing.F) {
	for _, doc := range []string{`{"$type":"candor.post/v1","text":"x"}`, `{"$type":"candor.post/v1","text":"\u2028\\u2028"}`,
		strings.Repeat("[", 100), `{"$type":"candor.post/v1","tags":["a"],"text":"1e9","Text":"y"}`} {
		f.Add([]byte(doc))
	}
	f.Fuzz(func(t *testing.T, doc []byte) {
		p, err := ParsePost(doc)
		if err != nil {
			return
		}
		again, _, err := p.Encode()
		if err != nil || !bytes.Equal(again, doc) || !utf8.ValidString(p.Text) || len(p.Text) > MaxText {
			t.Fatalf("%q is a post, and again %q, %v", doc, again, err)
		}
	})
}
