package main

import (
	"slices"
	"sync"
	"testing"

	selection "candor/feeds/select"
	"candor/graph"
	"candor/graph/embed"
	"candor/graph/fold"
	"candor/local/town"
	"candor/rankers"
	f "candor/rankers/features"
	"candor/rankers/train"
	"candor/zkcommit"
)

var once = sync.OnceValues(fitted)

// tables are the units by hand and as fitted.
func tables(t *testing.T) (byHand, now map[string][]unit) {
	t.Helper()
	now, err := once()
	if err != nil {
		t.Fatal(err)
	}
	return goals(), now
}

// serve is what each ranker would show of the page: places in its pool, in the order and by
// the rule of a node.
func serve(t *testing.T, p page, units map[string][]unit) map[string][]int {
	t.Helper()
	ids, at := make([]graph.PostID, len(p.pool)), map[graph.PostID]int{}
	for i, c := range p.pool {
		ids[i], at[c.Post] = c.Post, i
	}
	out := map[string][]int{}
	for _, b := range rankers.Catalogue() {
		in := b.Info()
		scores, err := build(units[in.ID]).Scores(p.rows)
		if err != nil {
			t.Fatal(err)
		}
		var ranked []graph.Candidate
		for _, i := range zkcommit.Order(ids, scores) {
			ranked = append(ranked, p.pool[i])
		}
		served, err := selection.Select(in.Rule, ranked)
		if err != nil {
			t.Fatal(err)
		}
		for _, id := range served {
			out[in.ID] = append(out[in.ID], at[id])
		}
	}
	return out
}

// likeness is, of each two rankers, how much of the first twenty is the same, and Kendall's tau.
type likeness struct {
	pages       float64
	shared, tau map[[2]string]float64
}

const top = 20

func (l *likeness) add(orders map[string][]int) {
	if l.shared == nil {
		l.shared, l.tau = map[[2]string]float64{}, map[[2]string]float64{}
	}
	l.pages++
	for _, two := range pairs() {
		x, y := orders[two[0]], orders[two[1]]
		both, against, n := 0, 0, len(x)
		for _, i := range x[:top] {
			if slices.Contains(y[:top], i) {
				both++
			}
		}
		at := make([]int, n)
		for place, i := range y {
			at[i] = place
		}
		for i := range x {
			for j := range i {
				if at[x[j]] > at[x[i]] {
					against++
				}
			}
		}
		l.shared[two] += (float64(both)/top - l.shared[two]) / l.pages
		l.tau[two] += (1 - 4*float64(against)/float64(n*(n-1)) - l.tau[two]) / l.pages
	}
}

// pairs are every two of the rankers, in the order of the catalogue.
func pairs() (all [][2]string) {
	list := rankers.Catalogue()
	for i, a := range list {
		for _, b := range list[i+1:] {
			all = append(all, [2]string{a.Info().ID, b.Info().ID})
		}
	}
	return all
}

// judge fails where two rankers are hardly two, or where fitting made three rankers more of a
// kind, or more like latest, than they were by hand.
func (l *likeness) judge(t *testing.T, byHand *likeness) {
	t.Helper()
	for _, p := range pairs() {
		t.Logf("%s, %s: %.1f %% of the first %d are the same (by hand %.1f %%), Kendall's tau %.2f", p[0], p[1], 100*l.shared[p], top, 100*byHand.shared[p], l.tau[p])
		if l.shared[p] > 0.66 || l.tau[p] > 0.66 {
			t.Errorf("%s and %s are hardly two rankers", p[0], p[1])
		}
		drawn := (p[0] == "latest" || learnt[p[0]] != nil) && (p[1] == "latest" || learnt[p[1]] != nil)
		if drawn && l.shared[p] > byHand.shared[p]+0.05 {
			t.Errorf("fitting brought %s and %s together: %.3f of the first %d are the same, by hand %.3f", p[0], p[1], l.shared[p], top, byHand.shared[p])
		}
	}
}

// In the sample town every ranker shows other posts first, to readers and to nobody: of two
// rankers' first twenty less than two thirds are the same.
func TestTownSeesSevenFeeds(t *testing.T) {
	t.Parallel()
	byHand, now := tables(t)
	batches, people, err := town.Batches(town.Options{People: 120, Posts: 900})
	if err != nil {
		t.Fatal(err)
	}
	state := fold.New(embed.Text)
	for _, b := range batches {
		if err := state.Apply(b); err != nil {
			t.Fatal(err)
		}
	}
	viewers := []graph.Address{{}}
	for n := 3; n < len(people) && len(viewers) < 13; n += 9 {
		viewers = append(viewers, people[n])
	}
	var then, l likeness
	for _, v := range viewers {
		p, err := look(state, batches[len(batches)-1].Block.Number, v)
		if err != nil {
			t.Fatal(err)
		}
		if len(p.pool) < 2*top {
			t.Fatalf("only %d posts are shown", len(p.pool))
		}
		then.add(serve(t, p, byHand))
		l.add(serve(t, p, now))
	}
	l.judge(t, &then)
}

// ndcg is NDCG@10 of an order of the page by what the person took; false where nothing was.
func (p page) ndcg(order []int) (float64, bool) {
	won, best, n := 0., 0., 0
	for place, i := range order {
		if !p.after[i] {
			continue
		}
		if place < 10 {
			won += 1 / train.Ln(float64(place+2))
		}
		if n++; n <= 10 {
			best += 1 / train.Ln(float64(n+1))
		}
	}
	return won / best, n > 0
}

// Fitted pulls order better than those by hand what people of towns took to which nothing was fitted, and
// the rankers stay as far apart there as they were.
func TestFittedPulls(t *testing.T) {
	t.Parallel()
	byHand, now := tables(t)
	var then, l likeness
	before, after, latest, n := map[string]float64{}, map[string]float64{}, 0., 0.
	for _, seed := range []uint64{31, 32, 33} {
		all, err := pages(seed)
		if err != nil {
			t.Fatal(err)
		}
		for k, p := range all {
			a, b := serve(t, p, byHand), serve(t, p, now)
			if v, ok := p.ndcg(a["latest"]); ok {
				n, latest = n+1, latest+v
				for id := range learnt {
					x, _ := p.ndcg(a[id])
					y, _ := p.ndcg(b[id])
					before[id], after[id] = before[id]+x, after[id]+y
				}
			}
			if k%3 == 0 && len(p.pool) >= 2*top {
				then.add(a)
				l.add(b)
			}
		}
	}
	t.Logf("%.0f pages, latest %.4f", n, latest/n)
	for id := range learnt {
		t.Logf("%s: NDCG@10 %.4f, by hand %.4f", id, after[id]/n, before[id]/n)
		if after[id] <= before[id] {
			t.Errorf("%s orders no better than by hand", id)
		}
	}
	l.judge(t, &then)
}

// What a ranker says of itself to readers is true of the first ten posts that people of a town see.
func TestDescriptionsAreTrue(t *testing.T) {
	t.Parallel()
	_, now := tables(t)
	all, err := pages(31)
	if err != nil {
		t.Fatal(err)
	}
	shows := map[string]func(graph.Row) bool{
		"new":                  func(r graph.Row) bool { return r[f.Fresh1d] >= 63 }, // a day old at most
		"backed by the circle": func(r graph.Row) bool { return r[f.CirclePeople] > 0 },
		"near in meaning":      func(r graph.Row) bool { return r[f.SimilarMax] >= 25 },
		"liked on both sides":  func(r graph.Row) bool { return r[f.Bridge] > 0 },
		"by the followed":      func(r graph.Row) bool { return r[f.Followed] > 0 },
		"the last word":        func(r graph.Row) bool { return r[f.AuthorLater] == 0 },
		"reacted to lately":    func(r graph.Row) bool { return r[f.EngagementDay] > 0 },
	}
	first, pool := map[string]map[string]float64{}, map[string]float64{}
	for _, p := range all {
		for id, order := range serve(t, p, now) {
			if first[id] == nil {
				first[id] = map[string]float64{}
			}
			for what, is := range shows {
				for _, i := range order[:10] {
					if is(p.rows[i]) {
						first[id][what] += 0.1 / float64(len(all))
					}
				}
			}
		}
		for what, is := range shows {
			for _, r := range p.rows {
				if is(r) {
					pool[what] += 1 / float64(len(p.rows)*len(all))
				}
			}
		}
	}
	for _, c := range []struct {
		ranker, what string
		least        float64
	}{
		{"latest", "new", 0.95}, {"network", "backed by the circle", 0.8}, {"interests", "near in meaning", 0.75}, {"bridging", "liked on both sides", 0.9},
		{"trust", "by the followed", 0.8}, {"slow", "the last word", 0.9}, {"slow", "by the followed", 0.6},
		// a bit of everything: more of each than among the candidates
		{"hybrid", "new", pool["new"] + 0.1}, {"hybrid", "near in meaning", pool["near in meaning"] + 0.1},
		{"hybrid", "by the followed", pool["by the followed"] + 0.1}, {"hybrid", "reacted to lately", pool["reacted to lately"] + 0.1},
	} {
		got := first[c.ranker][c.what]
		t.Logf("%s: %.0f %% of the first ten are %s (%.0f %% of all)", c.ranker, 100*got, c.what, 100*pool[c.what])
		if got < c.least {
			t.Errorf("%s shows %.2f that are %s, not %.2f", c.ranker, got, c.what, c.least)
		}
	}
}
