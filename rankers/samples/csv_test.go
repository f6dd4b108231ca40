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
		allKnown := true
		want := &Table{}
		var b bytes.Buffer
		w := NewWriter(&b)
		for range n {
			s := Sample{Post: "1-0-2", Known: rapid.Bool().Draw(t, "known"), Gain: rapid.Float64Range(0, 1e6).Draw(t, "gain")}
			for f := range s.Row {
				s.Row[f] = rapid.Int8().Draw(t, "feature")
			}
			allKnown = allKnown && s.Known
			want.Rows = append(want.Rows, s.Row[:]...)
			want.Gains = append(want.Gains, s.Gain)
			w.Write(&s)
		}
		if rows, err := w.Close(); err != nil || rows != n {
			t.Fatal(rows, err)
		}
		if !allKnown || n == 0 {
			want.Gains = nil
		}
		got, err := Read(&b, graph.Features)
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
	if _, err := Read(strings.NewReader("fresh_10m\n"), 448); err == nil {
		t.Error("448 inputs are taken")
	}
}
