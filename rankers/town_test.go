package rankers_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"candor/feeds/candidates"
	selection "candor/feeds/select"
	"candor/graph"
	"candor/graph/embed/embedtest"
	"candor/graph/fold"
	"candor/local/town"
	"candor/rankers"
	"candor/rankers/features"
	"candor/zkcommit"
)

// sampleTown is a part of the sample town as a mirror, without its node, and how many people it has.
func sampleTown(t *testing.T) (*fold.Snapshot, int) {
	t.Helper()
	var file bytes.Buffer
	if err := town.Write(&file, town.Options{People: 120, Posts: 900}); err != nil {
		t.Fatal(err)
	}
	w := embedtest.New(t)
	people, posts := map[string]int{}, map[string]graph.PostID{}
	number := func(did string) int {
		if _, ok := people[did]; !ok {
			people[did] = len(people)
		}
		return people[did]
	}
	lines := bufio.NewScanner(&file)
	lines.Buffer(nil, 1<<20)
	for began := int64(0); lines.Scan(); {
		var e struct {
			DID    string `json:"did"`
			TimeUS int64  `json:"time_us"`
			Commit struct {
				Collection, RKey string
				Record           struct {
					Text    string
					Langs   []string
					Subject json.RawMessage
					Reply   struct{ Parent struct{ URI string } }
				}
			}
		}
		if err := json.Unmarshal(lines.Bytes(), &e); err != nil {
			t.Fatal(err)
		}
		if began == 0 {
			began = e.TimeUS
		}
		w.Now = embedtest.Start + uint64(e.TimeUS-began)/1_000_000
		by, r := number(e.DID), e.Commit.Record
		switch _, what, _ := strings.Cut(e.Commit.Collection, "app.bsky."); what {
		case "graph.follow":
			var did string
			if err := json.Unmarshal(r.Subject, &did); err != nil {
				t.Fatal(err)
			}
			w.Follow(by, number(did))
		case "feed.post":
			id := w.Publish(by, graph.PostContent{Text: r.Text, Langs: r.Langs}, posts[r.Reply.Parent.URI], graph.PostID{})
			posts[fmt.Sprintf("at://%s/%s/%s", e.DID, e.Commit.Collection, e.Commit.RKey)] = id
		case "feed.like", "feed.repost":
			var subject struct{ URI string }
			if err := json.Unmarshal(r.Subject, &subject); err != nil {
				t.Fatal(err)
			}
			kind := graph.Like
			if what == "feed.repost" {
				kind = graph.Repost
			}
			w.React(by, posts[subject.URI], kind)
		}
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	w.Now += 60
	return w.Snapshot(), len(people)
}

// served is what each ranker would show the viewer: candidates, features, order and rule as
// in a node without filters.
func served(t *testing.T, s *fold.Snapshot, viewer graph.Address) map[string][]graph.PostID {
	t.Helper()
	p := candidates.Default()
	pool, err := candidates.Gather(s, viewer, p)
	if err != nil {
		t.Fatal(err)
	}
	pool = pool[:min(p.Run, len(pool))]
	rows, err := features.Build(features.Schema(), s, viewer, pool)
	if err != nil {
		t.Fatal(err)
	}
	ids := make([]graph.PostID, len(pool))
	for i, c := range pool {
		ids[i] = c.Post
	}
	out := map[string][]graph.PostID{}
	for _, b := range rankers.Catalogue() {
		scores, err := b.Score(context.Background(), rows)
		if err != nil {
			t.Fatal(err)
		}
		var ranked []graph.Candidate
		for _, i := range zkcommit.Order(ids, scores) {
			ranked = append(ranked, pool[i])
		}
		if out[b.Info().ID], err = selection.Select(b.Info().Rule, ranked); err != nil {
			t.Fatal(err)
		}
	}
	return out
}

// In the sample town every ranker shows other posts first, to readers and to nobody: of two
// rankers' first twenty less than two thirds are the same.
func TestTownSeesSevenFeeds(t *testing.T) {
	t.Parallel()
	s, people := sampleTown(t)
	viewers := []graph.Address{{}}
	for n := 3; n < people && len(viewers) < 13; n += 9 {
		viewers = append(viewers, embedtest.Person(n))
	}
	const top = 20
	var ids []string
	for _, b := range rankers.Catalogue() {
		ids = append(ids, b.Info().ID)
	}
	shared, tau := map[[2]string]float64{}, map[[2]string]float64{}
	for _, v := range viewers {
		orders := served(t, s, v)
		for i, a := range ids {
			for _, b := range ids[i+1:] {
				x, y := orders[a], orders[b]
				if len(x) < 2*top {
					t.Fatalf("only %d posts are shown", len(x))
				}
				both := 0
				for _, id := range x[:top] {
					if slices.Contains(y[:top], id) {
						both++
					}
				}
				n := len(x)
				shared[[2]string{a, b}] += float64(both) / top / float64(len(viewers))
				tau[[2]string{a, b}] += (1 - 4*float64(inversions(x, y))/float64(n*(n-1))) / float64(len(viewers))
			}
		}
	}
	for i, a := range ids {
		for _, b := range ids[i+1:] {
			p := [2]string{a, b}
			t.Logf("%s, %s: %.0f %% of the first %d are the same, Kendall's tau %.2f", a, b, 100*shared[p], top, tau[p])
			if shared[p] > 0.66 || tau[p] > 0.66 {
				t.Errorf("%s and %s are hardly two rankers", a, b)
			}
		}
	}
}
