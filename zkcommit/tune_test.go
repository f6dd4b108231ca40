package zkcommit

import (
	"slices"
	"strings"
	"testing"

	"candor/graph"

	"pgregory.net/rapid"
)

func tunedManifest() *Manifest {
	return &Manifest{Slug: "x", Parameters: []Parameter{
		{Name: "a", Meaning: "a", Least: 0, Most: 32, Default: 16, Columns: []uint16{1, 3}},
		{Name: "told", Meaning: "told", Least: -5, Most: 5},
		{Name: "b", Meaning: "b", Least: 8, Most: 64, Default: 20, Columns: []uint16{2}},
	}}
}

func TestTune(t *testing.T) {
	m := tunedManifest()
	for _, c := range []struct {
		values    []int32
		row, want graph.Row
	}{
		{[]int32{16, 16}, graph.Row{1, 2, 3, -4}, graph.Row{1, 2, 3, -4}},
		{[]int32{0, 64}, graph.Row{1, 2, 3, -4}, graph.Row{1, 0, 12, 0}},
		{[]int32{32, 64}, graph.Row{100, 100, -100, -100}, graph.Row{100, 127, -128, -128}},
		{[]int32{8, 8}, graph.Row{5, 5, -5, -5}, graph.Row{5, 2, -3, -3}}, // rounded down, as shifts are
	} {
		got := slices.Clone(c.row)
		if err := m.Tune(got, c.values); err != nil || !slices.Equal(got, c.want) {
			t.Errorf("%v by %v is %v, want %v: %v", c.row, c.values, got, c.want, err)
		}
	}
	for _, bad := range [][]int32{nil, {16}, {16, 16, 16}, {33, 16}, {-1, 16}, {16, 7}} {
		if m.Tune(make(graph.Row, 4), bad) == nil {
			t.Errorf("the values %v are taken", bad)
		}
	}
	if m.Tune(make(graph.Row, 3), []int32{16, 16}) == nil {
		t.Error("a column behind the row's end is tuned")
	}
	if err := (&Manifest{}).Tune(graph.Row{1}, nil); err != nil {
		t.Errorf("a ranker without parameters: %v", err)
	}
}

// TestTuneKeepsOrderOfAColumn: a parameter makes a column count more or less, and turns
// no order of posts by it around.
func TestTuneKeepsOrderOfAColumn(t *testing.T) {
	m := tunedManifest()
	rapid.Check(t, func(r *rapid.T) {
		v := []int32{rapid.Int32Range(0, 32).Draw(r, "a"), rapid.Int32Range(8, 64).Draw(r, "b")}
		x, y := rapid.Int8().Draw(r, "x"), rapid.Int8().Draw(r, "y")
		p, q := graph.Row{x, x, x, x}, graph.Row{y, y, y, y}
		if m.Tune(p, v) != nil || m.Tune(q, v) != nil || p[0] != x {
			r.Fatal("they are not tuned")
		}
		for i := range p {
			if x < y && p[i] > q[i] {
				r.Fatalf("%d and %d become %d and %d", x, y, p[i], q[i])
			}
		}
	})
}

func TestValues(t *testing.T) {
	m := tunedManifest()
	for _, c := range []struct {
		asked map[string]int32
		want  []int32
		err   string
	}{
		{nil, []int32{16, 20}, ""},
		{map[string]int32{"b": 64}, []int32{16, 64}, ""},
		{map[string]int32{"a": 0, "b": 8}, []int32{0, 8}, ""},
		{map[string]int32{"a": 33}, nil, "outside 0 to 32"},
		{map[string]int32{"a": -1}, nil, "outside 0 to 32"},
		{map[string]int32{"told": 1}, nil, "no parameter of that name"},
		{map[string]int32{"a": 1, "c": 1}, nil, "no parameter of that name"},
	} {
		got, err := m.Values(c.asked)
		if c.err == "" != (err == nil) || err != nil && !strings.Contains(err.Error(), c.err) || !slices.Equal(got, c.want) {
			t.Errorf("%v: %v, %v", c.asked, got, err)
		}
	}
	if got, err := (&Manifest{}).Values(nil); got != nil || err != nil {
		t.Errorf("no parameters have the values %v, %v", got, err)
	}
	if got := m.Named([]int32{1, 2}); len(got) != 2 || got["a"] != 1 || got["b"] != 2 {
		t.Errorf("by name they are %v", got)
	}
}

// TestValuesAreBound: a run's values are part of its viewer's digest, and only where its
// ranker has some.
func TestValuesAreBound(t *testing.T) {
	digest := func(values ...int32) graph.Hash {
		r := Record{Viewer: graph.Address{1}, Parameters: values}
		d, err := r.digests(graph.Hash{}, graph.Hash{9})
		if err != nil {
			t.Fatal(err)
		}
		return d.Viewer
	}
	who := graph.Address{1}
	if digest() != Digest(graph.Hash{9}, "viewer", who[:]) {
		t.Error("a run without parameters has another digest than before")
	}
	seen := map[graph.Hash]bool{digest(): true, digest(16): true, digest(17): true, digest(16, 16): true, digest(16, 17): true, digest(17, 16): true}
	if len(seen) != 6 {
		t.Errorf("six values have %d digests", len(seen))
	}
}

func TestColumnsOfParameters(t *testing.T) {
	for name, c := range map[string]struct {
		p  Parameter
		ok bool
	}{
		"good":     {Parameter{Most: 64, Columns: []uint16{0, 5, 511}}, true},
		"none":     {Parameter{Least: -5, Most: 500}, true},
		"below":    {Parameter{Least: -1, Most: 5, Columns: []uint16{1}}, false},
		"above":    {Parameter{Most: 65, Columns: []uint16{1}}, false},
		"far":      {Parameter{Most: 5, Columns: []uint16{512}}, false},
		"twice":    {Parameter{Most: 5, Columns: []uint16{1, 1}}, false},
		"unsorted": {Parameter{Most: 5, Columns: []uint16{2, 1}}, false},
		"many":     {Parameter{Most: 5, Columns: make([]uint16, 65)}, false},
	} {
		c.p.Name, c.p.Meaning = "x", "x"
		if err := c.p.validate(); (err == nil) != c.ok {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestBundlesOfTunedRuns: a bundle shows the run's values, those and no others, and
// nobody signs its way around the manifest's range.
func TestBundlesOfTunedRuns(t *testing.T) {
	tuned := func(values ...int32) func(*lie) {
		return func(l *lie) {
			l.manifest.Parameters = []Parameter{{Name: "a", Meaning: "a", Most: 32, Default: 16, Columns: []uint16{1}}}
			l.record.Parameters = values
		}
	}
	b, tools := lyingBundle(t, tuned(24))
	doc, err := b.Encode()
	if err != nil {
		t.Fatal(err)
	}
	again, err := ParseBundle(doc)
	if err != nil || !strings.Contains(string(doc), `"parameters":[24],"manifest"`) {
		t.Fatalf("%v: %.300s", err, doc)
	}
	if f := again.Check(tools); !f.Valid {
		t.Fatalf("an honest tuned run: %+v", f)
	}
	for _, values := range [][]int32{{25}, {16}, {}, nil, {24, 24}} {
		again.Parameters = values
		if again.Check(tools).Valid {
			t.Errorf("the values %v pass for 24", values)
		}
	}
	for _, values := range [][]int32{{33}, {-1}, {}, {16, 16}} {
		if b, tools := lyingBundle(t, tuned(values...)); b.Check(tools).Valid {
			t.Errorf("a run with the values %v passes", values)
		}
	}
	b, tools = lyingBundle(t, func(l *lie) { l.record.Parameters = []int32{16} })
	if b.Check(tools).Valid {
		t.Error("a run with a value that its manifest does not know passes")
	}
	empty := strings.Replace(string(doc), `"parameters":[24]`, `"parameters":[]`, 1)
	if _, err := ParseBundle([]byte(empty)); err == nil {
		t.Error("no values have two spellings")
	}
}
