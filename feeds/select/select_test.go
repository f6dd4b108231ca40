package selection

import (
	"slices"
	"testing"

	"candor/graph"

	"pgregory.net/rapid"
)

// feed makes candidates from letters: the letter is the author, the place the post.
func feed(authors string) []graph.Candidate {
	cs := make([]graph.Candidate, len(authors))
	for i := range authors {
		cs[i] = graph.Candidate{Author: graph.Address{authors[i]}, Post: graph.PostID{Block: uint64(i + 1)}}
	}
	return cs
}

func TestDiverse(t *testing.T) {
	for _, c := range []struct {
		name, ranked string
		want         []uint64
	}{
		{"nothing", "", nil},
		{"all different", "abcde", []uint64{1, 2, 3, 4, 5}},
		{"two are fine", "aabc", []uint64{1, 2, 3, 4}},
		{"the third waits", "aaabcdefghij", []uint64{1, 2, 4, 5, 6, 7, 8, 9, 10, 11, 3, 12}},
		{"nothing else is left", "aaaab", []uint64{1, 2, 5, 3, 4}},
		{"one author", "aaaa", []uint64{1, 2, 3, 4}},
	} {
		ids, err := Select(Diverse, feed(c.ranked))
		if err != nil {
			t.Fatal(err)
		}
		var got []uint64
		for _, id := range ids {
			got = append(got, id.Block)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

func TestSingle(t *testing.T) {
	for ranked, want := range map[string][]uint64{
		"aabbc":                      {1, 3, 5, 2, 4}, // nothing else is left after the third
		"aabcdefghijklmnopqrstuvwxy": {1, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 2, 22, 23, 24, 25, 26},
	} {
		ids, err := Select(Single, feed(ranked))
		var got []uint64
		for _, id := range ids {
			got = append(got, id.Block)
		}
		if err != nil || !slices.Equal(got, want) {
			t.Errorf("%s: %v (%v), want %v", ranked, got, err, want)
		}
	}
}

func TestRules(t *testing.T) {
	ids, err := Select(Plain, feed("aaab"))
	if err != nil || len(ids) != 4 || ids[2].Block != 3 {
		t.Errorf("plain changed the order: %v, %v", ids, err)
	}
	if _, err := Select("diverse", feed("a")); err == nil {
		t.Error("an unknown rule was taken")
	}
}

func TestSpreadProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rule := rapid.SampledFrom([]string{Diverse, Single}).Draw(t, "rule")
		s := spreads[rule]
		cs := feed(rapid.StringMatching(`[a-f]{0,80}`).Draw(t, "authors"))
		before := slices.Clone(cs)
		ids, err := Select(rule, cs)
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(cs, before) {
			t.Fatal("the ranked order was changed in place")
		}
		author := map[graph.PostID]graph.Address{}
		for _, c := range cs {
			author[c.Post] = c.Author
		}
		seen, lastOf := map[graph.PostID]bool{}, map[graph.Address]uint64{}
		for i, id := range ids {
			a, ok := author[id]
			if !ok || seen[id] {
				t.Fatalf("post %s is served twice or from nowhere", id)
			}
			seen[id] = true
			if id.Block < lastOf[a] {
				t.Fatalf("two posts of one author changed places")
			}
			lastOf[a] = id.Block
			if crowded(s, ids, author, i, a) {
				// Then every post behind it would have been crowded here, too.
				for _, later := range ids[i:] {
					if !crowded(s, ids, author, i, author[later]) {
						t.Fatalf("place %d breaks the rule although post %s does not", i, later)
					}
				}
			}
		}
		if len(ids) != len(cs) {
			t.Fatalf("%d of %d posts are served", len(ids), len(cs))
		}
	})
}

// crowded reports whether the author has all that it may of the places before i.
func crowded(s spread, ids []graph.PostID, author map[graph.PostID]graph.Address, i int, a graph.Address) bool {
	n := 0
	for _, id := range ids[max(0, i-s.window+1):i] {
		if author[id] == a {
			n++
		}
	}
	return n >= s.perAuthor
}
