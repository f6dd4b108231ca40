package fairness

import (
	"slices"
	"testing"

	"candor/graph"
	"candor/graph/embed"
	f "candor/rankers/features"
)

// A text counts only if it gives the features, and the embedding, that were ranked.
func TestTextsFitTheirRows(t *testing.T) {
	w := newWorld(11, true, 40, 120)
	fl := newField(w.model(w.fair()), partsOf(448, nil), w.version(w.model(w.fair()), 8, 15).Sample.Runs())
	if got := New(w.o).newTexts(fl); got.fit != len(fl.rows) || got.langs == nil {
		t.Fatalf("%d of %d texts fit", got.fit, len(fl.rows))
	}
	lies := map[string]func(c *graph.PostContent){
		"a longer text":    func(c *graph.PostContent) { c.Text += " more" },
		"another word":     func(c *graph.PostContent) { c.Text = "Q" + c.Text[1:] },
		"a page":           func(c *graph.PostContent) { c.Link = &graph.Link{URI: "x"} },
		"a tag":            func(c *graph.PostContent) { c.Tags = append(c.Tags, "x") },
		"nothing":          func(c *graph.PostContent) { c.Text = "" },
		"the same letters": func(c *graph.PostContent) { b := []byte(c.Text); slices.Reverse(b[:4]); c.Text = string(b) },
	}
	for name, lie := range lies {
		o := Options{Texts: map[graph.PostID]graph.PostContent{}}
		for id, c := range w.o.Texts {
			if c.Link == nil && c.Text[0] < 0x80 && c.Text[3] < 0x80 { // so that each lie is one
				lie(&c)
				o.Texts[id] = c
			}
		}
		if got := New(o).newTexts(fl); got.fit > 0 || len(o.Texts) == 0 {
			t.Errorf("%s: %d of %d rows have a text all the same", name, got.fit, len(fl.rows))
		}
	}
}

// What a touch does to a row is what the node's function makes of the touched text, or
// the feature alone where the text is not at hand.
func TestTouchesChangeTheirFeatures(t *testing.T) {
	w := newWorld(12, false, 10, 20)
	c := graph.PostContent{Text: "Bread and water"}
	p := worldPost{content: c}
	row := w.row(&p)
	for _, touch := range touchesOf(Options{Words: []string{"cheese"}}) {
		again := c
		touch.write(&again)
		exact, rough := read(&again, false).into(row), touch.roughly(row)
		if slices.Equal(exact, row) {
			t.Errorf("%s changes nothing", touch.label)
		}
		if rough == nil {
			if touch.features != nil {
				t.Errorf("%s needs the text", touch.label)
			}
			continue
		}
		for k := range touch.features {
			if exact[k] <= row[k] || rough[k] <= row[k] {
				t.Errorf("%s leaves %s alone: %d, with the text %d, without %d", touch.label, featureName(k), row[k], exact[k], rough[k])
			}
			if d := int(exact[k]) - int(rough[k]); (k == f.TextLinks || k == f.LinkCard || k == f.Tags || k == f.Mentions) && d != 0 {
				t.Errorf("%s: %s is %d with the text, %d without", touch.label, featureName(k), exact[k], rough[k])
			}
		}
		for _, k := range byAuthor {
			if exact[k] != row[k] || rough[k] != row[k] {
				t.Errorf("%s changes the author", touch.label)
			}
		}
	}
	if slices.ContainsFunc(touchesOf(Options{}), func(x touch) bool { return x.features == nil }) {
		t.Error("a touch needs the text without a word of the auditor's")
	}
}

// What is remembered of a text makes the row that the node's functions make.
func TestReadings(t *testing.T) {
	w := newWorld(13, true, 10, 30)
	a := New(w.o)
	for range 2 {
		for i, p := range w.posts {
			row := slices.Clone(w.posts[(i+1)%len(w.posts)].base) // of another
			for _, touch := range touchesOf(w.o) {
				c := p.content
				touch.write(&c)
				var want graph.FeatureVector
				copy(want[:], row)
				f.Text(&want, c)
				e := embed.Text(c.Text)
				if got := a.reads.of(p.id, &touch, &p.content, true).into(row); !slices.Equal(got, append(want[:], e[:]...)) {
					t.Fatalf("%s of %q: %v", touch.label, p.content.Text, got)
				}
				if got := a.reads.of(p.id, &touch, &p.content, false).into(row[:graph.Features]); !slices.Equal(got, want[:]) {
					t.Fatalf("%s of %q: %v", touch.label, p.content.Text, got)
				}
			}
		}
	}
}

func TestHolds(t *testing.T) {
	text := []string{"a", "b", "c"}
	for _, x := range []struct {
		words []string
		want  bool
	}{{[]string{"a"}, true}, {[]string{"b", "c"}, true}, {[]string{"a", "c"}, false}, {[]string{"c", "d"}, false}, {nil, false}} {
		if holds(text, x.words) != x.want {
			t.Errorf("%v: %t", x.words, !x.want)
		}
	}
}
