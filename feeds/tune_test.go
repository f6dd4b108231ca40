package feeds

import (
	"encoding/json"
	"slices"
	"testing"

	"candor/graph"
	"candor/graph/embed/embedtest"
	"candor/zkcommit"
)

// TestParameters: a reader's values are part of the run, tune its rows and make another
// run; the defaults and what is not said are one.
func TestParameters(t *testing.T) {
	h, l, _ := testHall(t)
	m := h.Rankers[1].Manifest.Manifest
	m.Parameters = []zkcommit.Parameter{{Name: "age", Meaning: "how much age counts", Most: 32, Default: 16, Columns: []uint16{0}}}
	h.Rankers[1].Manifest = &zkcommit.SignedManifest{Manifest: m}
	feed := func(values map[string]int32) *graph.Page {
		t.Helper()
		p, err := h.Feed(t.Context(), graph.Request{Ranker: "down", Limit: 5, Values: values})
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	usual, none := feed(nil), feed(map[string]int32{"age": 0})
	if same := feed(map[string]int32{"age": 16}); same.Run.ID != usual.Run.ID || same.Run.Parameters["age"] != 16 {
		t.Errorf("the default, said, makes another run: %+v", same.Run)
	}
	if none.Run.ID == usual.Run.ID || slices.Equal(ids(none), ids(usual)) || none.Run.Parameters["age"] != 0 {
		t.Error("a value changes nothing")
	}
	if len(l.rows) != 2 {
		t.Fatalf("two values make %d runs", len(l.rows))
	}
	for i, want := range [][]int32{{16}, {0}} {
		var rec zkcommit.Record
		if err := json.Unmarshal(l.rows[i].Record, &rec); err != nil || !slices.Equal(rec.Parameters, want) {
			t.Fatalf("run %d has the values %v, %v", i, rec.Parameters, err)
		}
		if zero := !slices.ContainsFunc(rec.Rows, func(r graph.Row) bool { return r[0] != 0 }); zero != (want[0] == 0) {
			t.Errorf("the rows of run %d are not tuned: %v", i, rec.Rows[0])
		}
	}
	for name, values := range map[string]map[string]int32{"too much": {"age": 33}, "unknown": {"youth": 1}} {
		if _, err := h.Feed(t.Context(), graph.Request{Ranker: "down", Limit: 5, Values: values}); !asked(err, false) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := h.Feed(t.Context(), graph.Request{Limit: 5, Values: map[string]int32{"age": 16}, Ranker: "up"}); !asked(err, false) {
		t.Errorf("a ranker without parameters: %v", err)
	}
	if next, err := h.Feed(t.Context(), graph.Request{Ranker: "down", Limit: 5, Values: map[string]int32{"age": 0}, Cursor: none.Cursor}); err != nil || next.Run.ID != none.Run.ID {
		t.Error(err)
	}
	if _, err := h.Feed(t.Context(), graph.Request{Ranker: "down", Limit: 5, Cursor: none.Cursor}); !asked(err, false) {
		t.Errorf("a cursor of other values: %v", err)
	}
	h.Asks = Asks{Place: 1}
	if _, err := h.Feed(t.Context(), graph.Request{Ranker: "down", Limit: 5, Values: map[string]int32{"age": 1}, Viewer: embedtest.Person(1)}); err != nil {
		t.Fatal(err)
	}
	if _, err := h.Feed(t.Context(), graph.Request{Ranker: "down", Limit: 5, Values: map[string]int32{"age": 2}, Viewer: embedtest.Person(1)}); refused(err) == 0 {
		t.Errorf("other values are free: %v", err)
	}
}
