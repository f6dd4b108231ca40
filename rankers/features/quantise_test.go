package features

import (
	"math"
	"testing"

	"candor/graph"

	"pgregory.net/rapid"
)

func TestLog8(t *testing.T) {
	for n, want := range map[uint64]int8{0: 0, 1: 8, 2: 12, 3: 16, 4: 18, 7: 24, 15: 32, 100: 52, 1000: 79, 59_000: 126, 65_535: 127, 1 << 60: 127} {
		if got := log8(n); got != want {
			t.Errorf("log8(%d) is %d, want %d", n, got, want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.Uint64Range(0, 65_000).Draw(t, "n")
		exact := 8 * math.Log2(float64(n+1))
		if got := float64(log8(n)); got > exact+1e-9 || got < exact-2 {
			t.Fatalf("log8(%d) is %v, the logarithm %v", n, got, exact)
		}
		if log8(n+1) < log8(n) || log8half(n+1) < log8half(n) {
			t.Fatalf("the logarithm falls at %d", n)
		}
	})
}

func TestFraction(t *testing.T) {
	for _, c := range []struct {
		a, b uint64
		want int8
	}{{0, 0, 0}, {0, 5, 0}, {5, 5, 127}, {1, 2, 63}, {1 << 50, 1 << 50, 127}} {
		if got := fraction(c.a, c.b); got != c.want {
			t.Errorf("fraction(%d, %d) is %d, want %d", c.a, c.b, got, c.want)
		}
	}
}

func TestShape(t *testing.T) {
	for _, c := range []struct {
		text string
		want shape
	}{
		{"", shape{}},
		{"  \n ", shape{runes: 4}},
		{"Hello, world!", shape{runes: 13, words: 2, letters: 10, capitals: 1, exclamations: 1}},
		{"#go #1 a#b @you me@home.example", shape{runes: 31, words: 5, letters: 20, tags: 1, mentions: 1, digits: 1}},
		{"see https://a.example and http://b.example", shape{runes: 42, words: 4, letters: 31, links: 2}},
		{"ПРИВЕТ мир?", shape{runes: 11, words: 2, letters: 9, capitals: 6, questions: 1}},
		{"🚀☕", shape{runes: 2, words: 1, emoji: 2}},
	} {
		if got := shapeOf(graph.PostContent{Text: c.text}); got != c.want {
			t.Errorf("%q: %+v, want %+v", c.text, got, c.want)
		}
	}
}

func TestShapeOfAnything(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var row graph.FeatureVector
		shapeOf(graph.PostContent{Text: string(rapid.SliceOf(rapid.Byte()).Draw(t, "text"))}).fill(&row)
		for i, v := range row {
			if v < 0 {
				t.Fatalf("feature %d is %d", i, v)
			}
		}
	})
}
