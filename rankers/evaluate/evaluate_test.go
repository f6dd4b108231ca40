package evaluate

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"

	"candor/graph"
	"candor/graph/embed"
	"candor/rankers"
	"candor/rankers/features"
	"candor/rankers/train"
)

// files are a made history.
type files struct {
	events, points strings.Builder
}

func (f *files) record(did string, i int, collection, rkey, record string) {
	fmt.Fprintf(&f.events, `{"did":%q,"time_us":%d,"kind":"commit","commit":{"operation":"create","collection":%q,"rkey":%q,"record":%s}}`+"\n",
		did, 1_450_000_000_000_000+int64(i)*600_000_000, collection, rkey, record)
}

func uriOf(did, rkey string) string { return "at://" + did + "/app.bsky.feed.post/" + rkey }

// town is a history of n posts. quality says a post's points by author, word and chance; each
// post gets as many likes as it has points, up to three, the posts behind it being the likers' time.
func town(n int, seed train.Chance, quality func(author, word int, seed *train.Chance) int) *files {
	f := &files{}
	f.points.WriteString("uri,points,comments\n")
	words := []string{"stone", "river", "engine", "garden", "window", "market", "signal", "bridge"}
	for i := range n {
		a, w := seed.Below(50), seed.Below(len(words))
		did, rkey := fmt.Sprintf("did:example:a%d", a), fmt.Sprintf("post%d", i)
		f.record(did, i, postCollection, rkey, fmt.Sprintf(`{"text":"On the %s, part %d"}`, words[w], seed.Below(30)))
		p := quality(a, w, &seed)
		fmt.Fprintf(&f.points, "%s,%d,0\n", uriOf(did, rkey), p)
		for k := range min(p, 3) {
			f.record(fmt.Sprint("did:example:b", k), i, likeCollection, fmt.Sprint("like", i), fmt.Sprintf(`{"subject":{"uri":%q}}`, uriOf(did, rkey)))
		}
	}
	return f
}

func good(author, word int, seed *train.Chance) int {
	p := 1 + seed.Below(2)
	if author%10 == 0 {
		p += 30
	}
	if word == 2 {
		p += 20
	}
	return p
}

func bad(_, _ int, seed *train.Chance) int { return 1 + seed.Below(40) }

func (f *files) read(t *testing.T) *History {
	t.Helper()
	h, err := ReadEvents(strings.NewReader(f.events.String()))
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func (f *files) labels(t *testing.T, h *History) *Labels {
	t.Helper()
	l, err := h.Points(strings.NewReader(f.points.String()))
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func run(t *testing.T, h *History, l *Labels) (r *Report, scores, doc []byte) {
	t.Helper()
	r, err := Evaluate(h, l, 1)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := r.WriteScores(&b); err != nil {
		t.Fatal(err)
	}
	doc, err = json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	return r, b.Bytes(), doc
}

// TestFindsPlantedQuality: what authors and words are worth is found, by points and by likes.
func TestFindsPlantedQuality(t *testing.T) {
	f := town(1500, 4, good)
	h := f.read(t)
	r, scores, doc := run(t, h, f.labels(t, h))
	if x := r.Rankers["hybrid"]; *x.NDCG10 < 0.9 || *x.OverLatest < 0.5 || x.Intervals["over_latest"][0] < 0.3 || *x.AUC < 0.8 || x.RCE == nil || *x.RCE < 20 {
		t.Errorf("planted quality is not found: %s", doc)
	}
	if *r.Rankers["popularity"].NDCG10 < 1.1**r.Rankers["latest"].NDCG10 || *r.Rankers["popularity"].NDCG10 > 0.95**r.Rankers["hybrid"].NDCG10 {
		t.Errorf("popularity should know half of it: %s", doc)
	}
	if q := r.Quantisation; q.Lost > 0.01 || q.FloatNDCG10 < 0.9 {
		t.Errorf("the integers lose %v", q)
	}
	if r.Posts != 1500 || r.Trained != 1200 || r.Judged != 300 || r.Slates != 3 || r.Rest != 0 || r.Label != "points" {
		t.Errorf("counted are %s", doc)
	}
	// The golden bytes are those of the rankers of this package: others come and go.
	golden := fmt.Appendf(nil, "%+v\n", r.Quantisation)
	for _, name := range []string{"hybrid", "popularity", "latest", "chronological", "random"} {
		b, err := json.Marshal(r.Rankers[name])
		if err != nil {
			t.Fatal(err)
		}
		golden = append(golden, b...)
		for _, row := range rows(t, scores, "uri,slate,ranker,score") {
			if row[2] == name {
				golden = fmt.Appendln(golden, row)
			}
		}
	}
	const want = "65b50140c2792fc38884a0c119b8a4b0a5cfcf8f5f8248059cff5b59487363a8"
	if got := fmt.Sprintf("%x", sha256.Sum256(golden)); got != want {
		t.Errorf("report and scores have the hash %s", got)
	}
}

// TestBuiltinsAreJudged: those of the catalogue are there, and see the texts.
func TestBuiltinsAreJudged(t *testing.T) {
	f := town(500, 3, good)
	h := f.read(t)
	h.Posts[499].Text = "LOUD LOUD LOUD LOUD!!!!!!!!!"
	r, scores, _ := run(t, h, f.labels(t, h))
	for _, name := range []string{"network", "interests", "hybrid_by_hand"} {
		if r.Rankers[name] == nil {
			t.Fatalf("%s is not judged", name)
		}
		var last string
		for _, row := range rows(t, scores, "uri,slate,ranker,score") {
			if row[2] == name {
				last = row[0]
			}
		}
		if name == "interests" && last != h.URIs[499] {
			t.Errorf("%s does not put a shouting post last", name)
		}
	}
}

// guest ranks by one place of its rows.
type guest struct {
	name  string
	place int
}

func (g guest) Info() rankers.Info {
	if g.place >= graph.Features {
		return rankers.Info{ID: g.name, Schema: features.Wide()}
	}
	return rankers.Info{ID: g.name, Schema: features.Schema()}
}

func (g guest) Score(_ context.Context, rows []graph.Row) (scores []graph.Score, err error) {
	for _, r := range rows {
		scores = append(scores, graph.Score(r[g.place]))
	}
	return scores, nil
}

// TestGuestsAreJudged: a guest is ranked by its own scores beside the others, changes
// nothing about them, and may not take another's name.
func TestGuestsAreJudged(t *testing.T) {
	f := town(520, 8, good)
	h := f.read(t)
	l := f.labels(t, h)
	alone, _, _ := run(t, h, l)
	r, err := Evaluate(h, l, 1, guest{"longest", features.TextLength}, guest{"meant", graph.Features + 9})
	if err != nil {
		t.Fatal(err)
	}
	if r.Rankers["longest"] == nil || len(r.Rankers) != len(alone.Rankers)+2 || *r.Rankers["hybrid"].NDCG10 != *alone.Rankers["hybrid"].NDCG10 {
		t.Fatalf("%v beside %v", r.Names(), alone.Names())
	}
	for _, x := range r.rankers {
		if x.name == "meant" {
			for i, p := range h.Posts[h.Cut() : h.Cut()+Slate] {
				if e := embed.Text(p.Text); x.scores[i] != int64(e[9]) {
					t.Fatalf("%q has %d, and its embedding %d", p.Text, x.scores[i], e[9])
				}
			}
		}
		if x.name != "longest" {
			continue
		}
		for i, p := range h.Posts[h.Cut() : h.Cut()+Slate] {
			for j, q := range h.Posts[h.Cut() : h.Cut()+Slate] {
				if len(p.Text) > 2*len(q.Text) && x.scores[i] <= x.scores[j] {
					t.Fatalf("%q has %d and %q has %d", p.Text, x.scores[i], q.Text, x.scores[j])
				}
			}
		}
	}
	for _, name := range []string{"latest", "hybrid", "network", "hybrid_by_hand"} {
		if _, err := Evaluate(h, l, 1, guest{name, 0}); err == nil {
			t.Errorf("a guest is called %s", name)
		}
	}
}

// TestRowsKnowNothingOfWhatComes: the row of a post is the same whatever is liked, posted
// and followed behind its slate, and does change with what came before it.
func TestRowsKnowNothingOfWhatComes(t *testing.T) {
	rowsOf := func(f *files) (all []graph.Row) {
		if err := f.read(t).Rows(features.Schema(), func(i int, row graph.Row) error {
			if i != len(all) {
				t.Fatalf("row %d comes after %d", i, len(all))
			}
			all = append(all, row)
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		return all
	}
	short, long := town(250, 8, good), town(430, 8, good)
	a, b := rowsOf(short), rowsOf(long)
	if len(a) != 250 || len(b) != 430 || !slices.EqualFunc(a[:200], b[:200], slices.Equal) {
		t.Fatal("what came later changed earlier rows")
	}
	for i, uri := range short.read(t).URIs[:200] {
		short.record(fmt.Sprint("did:example:late", i), 250, likeCollection, "late", fmt.Sprintf(`{"subject":{"uri":%q}}`, uri))
	}
	if !slices.EqualFunc(rowsOf(short), a, slices.Equal) {
		t.Fatal("likes behind all posts changed rows")
	}
	likes := func(row graph.Row) bool { return row[features.AuthorLikes] > 0 }
	if slices.ContainsFunc(a[:100], likes) || !slices.ContainsFunc(a[100:200], likes) {
		t.Fatal("the likes of a slate are known before it ends, or never")
	}
}

// TestLikesCount: without points the likes in the events are the gains.
func TestLikesCount(t *testing.T) {
	f := town(650, 5, func(a, w int, seed *train.Chance) int { return max(0, good(a, w, seed)-2) })
	h := f.read(t)
	r, _, doc := run(t, h, h.Likes())
	if *r.Rankers["hybrid"].OverLatest < 0.3 || r.Label != "likes" || r.Rest != 30 {
		t.Errorf("likes are not learnt from: %s", doc)
	}
}

// TestChanceGivesNothing: where points are drawn by lot nobody beats latest.
func TestChanceGivesNothing(t *testing.T) {
	f := town(16_000, 6, bad)
	h := f.read(t)
	r, _, doc := run(t, h, f.labels(t, h))
	for name, x := range r.Rankers {
		if math.Abs(*x.OverLatest) > 0.12 || math.Abs(*x.AUC-0.5) > 0.06 {
			t.Errorf("%s finds something where nothing is: %s", name, doc)
		}
	}
	if b := r.Rankers["hybrid"].Intervals["over_latest"]; b[0] > 0 || b[1] < 0 {
		t.Errorf("the interval %v leaves out that nothing is gained", b)
	}
}

// TestJudgedLabelsStayOut: what the judged posts won changes no ranking.
func TestJudgedLabelsStayOut(t *testing.T) {
	f := town(520, 8, good)
	h := f.read(t)
	l := f.labels(t, h)
	_, want, _ := run(t, h, l)
	other := &Labels{Source: l.Source, training: l.training, judged: slices.Clone(l.judged)}
	slices.Reverse(other.judged)
	_, got, _ := run(t, h, other)
	if !bytes.Equal(got, want) {
		t.Error("other points of the judged posts gave other rankings")
	}
	l.training[0] += 1000
	if _, got, _ = run(t, h, l); bytes.Equal(got, want) {
		t.Error("other points of a post to train on gave the same rankings")
	}
}

// TestLikesAfterTheCutStayOut: likes that came when judged posts were there are not trained on.
func TestLikesAfterTheCutStayOut(t *testing.T) {
	f := town(520, 8, good)
	h := f.read(t)
	_, want, _ := run(t, h, h.Likes())
	for i := range 300 {
		f.record(fmt.Sprint("did:example:late", i), 520, likeCollection, "late", fmt.Sprintf(`{"subject":{"uri":%q}}`, h.URIs[i]))
	}
	f.record("did:example:late", 520, likeCollection, "late", fmt.Sprintf(`{"subject":{"uri":%q}}`, h.URIs[519]))
	late := f.read(t)
	l := late.Likes()
	_, got, _ := run(t, late, l)
	if !bytes.Equal(got, want) {
		t.Error("likes from the first judged post on gave other rankings")
	}
	if before := h.Likes(); l.judged[103] != before.judged[103]+1 || !slices.Equal(l.training, before.training) {
		t.Error("late likes count where they should not, or do not where they should")
	}
}

// TestScoresRecompute computes NDCG@10 again from the CSV file, as a stranger would.
func TestScoresRecompute(t *testing.T) {
	f := town(1000, 9, good)
	h := f.read(t)
	r, scores, _ := run(t, h, f.labels(t, h))
	points := map[string]float64{}
	for _, row := range rows(t, []byte(f.points.String()), "uri,points,comments") {
		points[row[0]] = number(t, row[1])
	}
	type ranking struct {
		uris   []string
		scores []float64
	}
	slates := map[string]map[int]*ranking{}
	for _, row := range rows(t, scores, "uri,slate,ranker,score") {
		if slates[row[2]] == nil {
			slates[row[2]] = map[int]*ranking{}
		}
		k := int(number(t, row[1]))
		if slates[row[2]][k] == nil {
			slates[row[2]][k] = &ranking{}
		}
		x := slates[row[2]][k]
		x.uris, x.scores = append(x.uris, row[0]), append(x.scores, number(t, row[3]))
	}
	if len(slates) != len(r.Rankers) {
		t.Fatalf("%d rankers are in the file, %d in the report", len(slates), len(r.Rankers))
	}
	place := map[string]int{}
	for i, u := range h.URIs {
		place[u] = i
	}
	for name, bySlate := range slates {
		sum := 0.
		for k := range len(bySlate) {
			x := bySlate[k]
			there := slices.Clone(x.uris)
			slices.SortFunc(there, func(a, b string) int { return place[a] - place[b] })
			if !slices.Equal(there, h.URIs[800+100*k:][:min(100, len(there))]) || len(there) != 100 {
				t.Fatalf("%s: slate %d is not posts %d to %d", name, k, 800+100*k, 899+100*k)
			}
			got, best, ideal := 0., 0., make([]float64, 0, 100)
			for i, u := range x.uris {
				ideal = append(ideal, math.Log(1+points[u]))
				if i < 10 {
					got += math.Log(1+points[u]) / math.Log2(float64(i+2))
				}
				if i > 0 && (x.scores[i] > x.scores[i-1] || x.scores[i] == x.scores[i-1] && place[u] > place[x.uris[i-1]]) {
					t.Fatalf("%s: slate %d is not ordered by score, newer posts first, at row %d", name, k, i)
				}
			}
			slices.Sort(ideal)
			for i := range 10 {
				best += ideal[99-i] / math.Log2(float64(i+2))
			}
			sum += got / best
		}
		if want := sum / float64(len(bySlate)); !near(*r.Rankers[name].NDCG10, want) {
			t.Errorf("%s: the report says %v, its rankings give %v", name, *r.Rankers[name].NDCG10, want)
		}
	}
}

func rows(t *testing.T, b []byte, header string) [][]string {
	t.Helper()
	all, err := csv.NewReader(bytes.NewReader(b)).ReadAll()
	if err != nil || strings.Join(all[0], ",") != header {
		t.Fatalf("no CSV file of %s: %v", header, err)
	}
	return all[1:]
}

func number(t *testing.T, s string) float64 {
	t.Helper()
	v, err := strconv.ParseFloat(s, 64)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// TestZipped: gzip changes nothing.
func TestZipped(t *testing.T) {
	f := town(500, 2, good)
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := z.Write([]byte(f.events.String())); err != nil || z.Close() != nil {
		t.Fatal(err)
	}
	h, err := ReadEvents(&b)
	if err != nil || !slices.Equal(h.URIs, f.read(t).URIs) {
		t.Errorf("the zipped file is read otherwise: %v", err)
	}
}

// TestNotEnough: histories that cannot be judged are refused in a sentence.
func TestNotEnough(t *testing.T) {
	short := town(490, 2, good)
	still := town(500, 2, func(_, _ int, _ *train.Chance) int { return 0 })
	same := town(500, 2, func(_, _ int, _ *train.Chance) int { return 1 })
	for want, f := range map[string]*files{"at least 500 posts": short, "none of the judged posts": still, "the same gain": same} {
		h := f.read(t)
		if _, err := Evaluate(h, f.labels(t, h), 1); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v does not say %q", err, want)
		}
	}
}

// over reads a tower's vectors, and orders by their first number.
type over struct{ guest }

func (over) Info() rankers.Info { return rankers.Info{ID: "over", Schema: features.Towered()} }
func (over) Score(_ context.Context, rows []graph.Row) (out []graph.Score, err error) {
	for _, r := range rows {
		out = append(out, graph.Score(r[graph.Features]))
	}
	return out, nil
}

// TestRankersOverTowersAreNotJudged: vectors that a history does not have are not made up.
func TestRankersOverTowersAreNotJudged(t *testing.T) {
	f := town(520, 8, good)
	h := f.read(t)
	if _, err := Evaluate(h, f.labels(t, h), 1, over{}); !errors.Is(err, errTowered) {
		t.Errorf("%v", err)
	}
	if err := h.Rows(features.Towered(), nil); !errors.Is(err, errTowered) {
		t.Errorf("%v", err)
	}
}

// TestRankersOverTowersAreJudgedByItsVectors: each post's row has what the tower made of that
// very post, also where some of the judged posts are left out; a tower that knows what becomes of posts
// orders them without a fault.
func TestRankersOverTowersAreJudgedByItsVectors(t *testing.T) {
	f := town(1010, 8, good)
	h := f.read(t)
	l := f.labels(t, h)
	most := func(l *Labels, cut int) Vectors {
		return func(i int) (graph.Embedding, error) {
			if i < cut {
				return graph.Embedding{}, errors.New("a post that is trained on is asked for")
			}
			return graph.Embedding{int8(min(l.judged[i-cut], 127))}, nil
		}
	}
	h.Over = map[string]Vectors{"over": most(l, h.Cut())}
	r, err := Evaluate(h, l, 1, over{})
	if err != nil {
		t.Fatal(err)
	}
	if x := r.Rankers["over"]; *x.NDCG10 < 0.9999 || r.Judged != 200 {
		t.Errorf("of %d posts in the order of their gains NDCG@10 is %.4f", r.Judged, *x.NDCG10)
	}
	cut := h.Cut()
	some, labels := h.Keep(l, func(i int) bool { return (i-cut)%3 != 1 })
	if some.Cut() != cut || len(some.Posts)-cut != 135 || some.URIs[cut+1] != h.URIs[cut+2] || len(labels.Gains()) != len(some.Posts) {
		t.Fatalf("%d of %d posts are kept behind %d", len(some.Posts)-cut, len(h.Posts)-cut, some.Cut())
	}
	some.Over = map[string]Vectors{"over": most(labels, cut)}
	r, err = Judge(t.Context(), some, labels, []rankers.Ranker{over{}}, func(id string, err error) { t.Error(id, err) })
	if err != nil {
		t.Fatal(err)
	}
	if x := r.Rankers["over"]; *x.NDCG10 < 0.9999 || r.Judged != 100 || r.Trained != cut {
		t.Errorf("of %d posts that were kept NDCG@10 is %.4f", r.Judged, *x.NDCG10)
	}
	some.Over["over"] = func(int) (graph.Embedding, error) { return graph.Embedding{}, errors.New("the tower fell") }
	missed := ""
	if _, err = Judge(t.Context(), some, labels, []rankers.Ranker{over{}}, func(id string, err error) { missed = err.Error() }); err != nil || missed != "the tower fell" {
		t.Errorf("a tower that makes nothing is missed as %q: %v", missed, err)
	}
}
