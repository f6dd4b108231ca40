package samples

import (
	"bytes"
	"reflect"
	"strings"
	"testing"

	"candor/graph"

	"pgregory.net/rapid"
)

func TestRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 12).Draw(t, "rows")
		width := rapid.SampledFrom([]int{1, graph.Features, MaxWidth}).Draw(t, "width")
		allKnown := true
		want := &Table{}
		var b bytes.Buffer
		w := NewWriter(&b, width)
		for range n {
			s := Sample{Post: "1-0-2", Known: rapid.Bool().Draw(t, "known"), Gain: rapid.Float64Range(0, 1e6).Draw(t, "gain")}
			for range width {
				s.Row = append(s.Row, int8(rapid.Uint8().Draw(t, "feature")))
			}
			allKnown = allKnown && s.Known
			want.Rows = append(want.Rows, s.Row...)
			want.Gains = append(want.Gains, s.Gain)
			if err := w.Write(&s); err != nil {
				t.Fatal(err)
			}
			s.Row = s.Row[1:]
			if err := w.Write(&s); err == nil {
				t.Fatal("a row of another width is written")
			}
		}
		if rows, err := w.Close(); err != nil || rows != n {
			t.Fatal(rows, err)
		}
		if !allKnown || n == 0 {
			want.Gains = nil
		}
		got, err := Read(&b, width)
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(got, want) {
			t.Fatalf("%v, want %v", got, want)
		}
	})
}

func TestColumnsInAnyOrder(t *testing.T) {
	got, err := Read(strings.NewReader("other,fresh_1h,gain,fresh_10m\nx,5,0.5,-7\ny,6,2,8\n"), 2)
	if err != nil || !reflect.DeepEqual(got, &Table{Rows: []int8{-7, 5, 8, 6}, Gains: []float64{0.5, 2}}) {
		t.Fatal(got, err)
	}
}

func TestBadFilesAreRefused(t *testing.T) {
	for text, want := range map[string]string{
		"":                                        "no line of names",
		"fresh_10m\n1\n":                          `no column "fresh_1h"`,
		"fresh_10m,fresh_1h,fresh_1h\n1,2,3\n":    "twice",
		"fresh_10m,fresh_1h\n1,128\n":             `line 2: "128" is no feature`,
		"fresh_10m,fresh_1h\n1,2\n1,2.5\n":        `line 3: "2.5" is no feature`,
		"fresh_10m,fresh_1h\n1\n":                 "wrong number of fields",
		"fresh_10m,fresh_1h,gain\n1,2,-1\n":       "no gain",
		"fresh_10m,fresh_1h,gain\n1,2,NaN\n":      "no gain",
		"fresh_10m,fresh_1h,gain\n1,2,infinity\n": "no gain",
	} {
		if _, err := Read(strings.NewReader(text), 2); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", text, err, want)
		}
	}
	for _, inputs := range []int{0, MaxWidth + 1} {
		if _, err := Read(strings.NewReader("fresh_10m\n"), inputs); err == nil || !strings.Contains(err.Error(), "reads no rows of this version") {
			t.Errorf("%d inputs: %v", inputs, err)
		}
	}
	// A model of the embedding is not fitted to rows without it.
	if _, err := Read(strings.NewReader(strings.Join(columns(graph.Features), ",")+"\n"), MaxWidth); err == nil || !strings.Contains(err.Error(), "--embedding") {
		t.Error(err)
	}
}
