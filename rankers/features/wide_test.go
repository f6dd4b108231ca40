package features

import (
	"crypto/sha256"
	"slices"
	"testing"

	"candor/graph"
	"candor/graph/embed"
	"candor/graph/embed/embedtest"

	"pgregory.net/rapid"
)

// TestWideRows: a wide row is the plain one and behind it the embedding of the post's text,
// whoever reads and whichever posts are asked for together.
func TestWideRows(t *testing.T) {
	texts := []string{"bread and cheese", "Goals, and matches!", "…", "wine"}
	rapid.Check(t, func(rt *rapid.T) {
		w := embedtest.New(t)
		var cands []graph.Candidate
		said := rapid.SliceOfN(rapid.SampledFrom(texts), 1, 8).Draw(rt, "texts")
		for i, text := range said {
			id := w.Post(1+i%3, text)
			if rapid.Bool().Draw(rt, "liked") {
				w.React(0, id, graph.Like)
			}
			cands = append(cands, graph.Candidate{Post: id, Source: graph.FromNewest})
		}
		s := w.Snapshot()
		for _, who := range []graph.Address{{}, embedtest.Person(0)} {
			plain, err := Build(Schema(), s, who, cands)
			if err != nil {
				rt.Fatal(err)
			}
			rows, err := Build(Wide(), s, who, cands)
			if err != nil {
				rt.Fatal(err)
			}
			for i, row := range rows {
				e := embed.Text(said[i])
				if len(row) != 448 || !slices.Equal(row, Join(plain[i], &e)) || len(plain[i]) != 64 {
					rt.Fatalf("the row of %q is %v", said[i], row)
				}
			}
		}
	})
}

// TestSchemas: each schema has one width, and no other hash has any.
func TestSchemas(t *testing.T) {
	for schema, want := range map[graph.Hash]int{Schema(): 64, Wide(): 448} {
		if got, err := Width(schema); err != nil || got != want {
			t.Errorf("rows of %s have %d (%v), not %d", schema, got, err, want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		schema := rapid.SampledFrom([]graph.Hash{Schema(), Wide(), {}, embed.Schema}).Draw(t, "schema")
		schema[rapid.IntRange(0, 31).Draw(t, "at")] ^= byte(rapid.IntRange(1, 255).Draw(t, "flip"))
		if _, err := Width(schema); err == nil {
			t.Fatalf("rows of %s are made", schema)
		}
		if rows, err := Build(schema, nil, graph.Address{}, nil); err == nil {
			t.Fatalf("rows of %s are made: %v", schema, rows)
		}
	})
}

// TestWideSchema: the wide schema is that of its words over the features' one.
func TestWideSchema(t *testing.T) {
	const want = "0xabd51f8b2adefebbb81c608bc7bc4b0d5cd9b7678b4e9304dfb795ec507d74c1"
	if got := wideOf(graph.Hash(sha256.Sum256([]byte("features")))).Hex(); got != want {
		t.Errorf("it is %s, want %s: whatever changes a row is a new version", got, want)
	}
	if wideOf(graph.Hash{1}) == wideOf(graph.Hash{2}) || Wide() != wideOf(Schema()) {
		t.Error("the wide schema does not cover the features'")
	}
}
