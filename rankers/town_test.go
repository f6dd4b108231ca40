package rankers_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"candor/graph"
	"candor/graph/embed/embedtest"
	"candor/rankers"
)

// A town of some life: every ranker gives its own order, for a viewer and for
// nobody, and few posts tie.
func TestOrdersDiffer(t *testing.T) {
	w := embedtest.New(t)
	topics := []string{"sourdough bread and the bakery oven", "football match goals and the league", "go compiler and garbage collection",
		"council vote on the bicycle lane", "summer festival tickets and music"}
	for from := range 20 {
		for k := range 4 {
			if to := (from*3 + k*5 + 1) % 20; to != from {
				w.Follow(from, to)
			}
		}
	}
	var ids []graph.PostID
	for i := range 64 {
		w.Now += uint64(600 + 977*i%7_000)
		text := fmt.Sprintf("%s, thought %d", topics[i%5], i)
		ids = append(ids, w.Post(i*7%20, text+strings.Repeat(" and more of it", i*11%7)))
		for k := range i * i % 7 {
			by, about := (i*5+k*3)%20, ids[i*13*(k+1)%(i+1)]
			if (i+k)%3 == 0 {
				w.Reply(by, about, "what about tomorrow?")
			} else {
				w.React(by, about, graph.Like)
			}
		}
	}
	for _, viewer := range []int{-1, 0, 7} {
		orders := map[string][]graph.PostID{}
		for _, b := range rankers.Catalogue() {
			id := b.Info().ID
			ranked, scores := order(t, w, id, viewer, ids)
			orders[id] = ranked
			slices.Sort(scores)
			if n := len(slices.Compact(scores)); id != "latest" && n < 56 {
				t.Errorf("viewer %d, %s: %d different scores of 64", viewer, id, n)
			}
		}
		for a, x := range orders {
			for b, y := range orders {
				if a < b && inversions(x, y) < 64*63/2/10 {
					t.Errorf("viewer %d: %s and %s order alike, %d pairs differ", viewer, a, b, inversions(x, y))
				}
			}
		}
	}
}

// inversions counts the pairs that the two orders see differently.
func inversions(x, y []graph.PostID) (n int) {
	at := map[graph.PostID]int{}
	for i, id := range y {
		at[id] = i
	}
	for i := range x {
		for j := range i {
			if at[x[j]] > at[x[i]] {
				n++
			}
		}
	}
	return n
}
