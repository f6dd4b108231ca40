package evaluate

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"candor/graph"
	"candor/graph/embed/embedtest"
	"candor/rankers"
	"candor/rankers/features"
)

// scored is a ranker by a function of the row; nil fails.
type scored struct {
	id string
	of func(graph.Row) graph.Score
}

func (s scored) Info() rankers.Info { return rankers.Info{ID: s.id, Schema: features.Schema()} }

func (s scored) Score(_ context.Context, rows []graph.Row) (out []graph.Score, err error) {
	if s.of == nil {
		return nil, errors.New("no")
	}
	for _, r := range rows {
		out = append(out, s.of(r))
	}
	return out, nil
}

// TestRankersAreJudgedOnAMirror: a mirror's newest posts are a history like that of a file.
// Likes that came once the judged part had begun train nobody, followers count as they were,
// and a ranker that does not answer costs the others nothing.
func TestRankersAreJudgedOnAMirror(t *testing.T) {
	w := embedtest.New(t)
	var ids []graph.PostID
	post := func(i int) graph.PostID {
		w.Now += 60
		id := w.Post(i%7, strings.Repeat("and on ", 1+i*5%11))
		ids = append(ids, id)
		return id
	}
	old := w.Post(6, "Older than what is read")
	for i := range 400 {
		post(i)
		if i == 200 {
			w.Follow(30, 3)
		}
		if i%7 == 3 {
			w.React(20, ids[i], graph.Like)
		}
	}
	lost := w.Missing(5)
	for i := 400; i < 500; i++ {
		id := post(i)
		if i*5%11 == 10 { // the longest
			w.React(20, id, graph.Like)
			w.React(21, id, graph.Like)
		}
	}
	w.Follow(31, 3)
	w.Now += 60
	w.React(21, ids[3], graph.Like)   // too late to be known
	w.React(22, ids[3], graph.Repost) // and no like
	h, labels, err := ReadMirror(w.Snapshot(), 501)
	if err != nil {
		t.Fatal(err)
	}
	if h.Cut() != 400 || len(h.Posts) != 500 || h.URIs[0] != ids[0].String() || slices.Contains(h.URIs, lost.String()) || slices.Contains(h.URIs, old.String()) {
		t.Fatalf("%d posts from %s on", len(h.Posts), h.URIs[0])
	}
	if labels.training[3] != 1 || labels.training[4] != 0 || labels.judged[1] != 0 {
		t.Errorf("likes of the training part: %v", labels.training[:8])
	}
	for i, want := range map[int]int{199: 0, 206: 1, 493: 1} { // all by one author
		if got := h.Posts[i].Followers; got != want {
			t.Errorf("the author of post %d has %d followers, had %d", i, got, want)
		}
	}
	long := scored{"long", func(r graph.Row) graph.Score { return graph.Score(r[features.TextLength]) }}
	short := scored{"short", func(r graph.Row) graph.Score { return -graph.Score(r[features.TextLength]) }}
	told := map[string]bool{}
	r, err := Judge(t.Context(), h, labels, []rankers.Ranker{long, scored{"away", nil}, short, scored{"latest", func(graph.Row) graph.Score { return 7 }}},
		func(id string, err error) { told[id] = true })
	if err != nil {
		t.Fatal(err)
	}
	if x := r.Rankers["long"]; *x.NDCG10 < 0.999 || x.Intervals["ndcg10"][1] < 0.999 {
		t.Errorf("what puts the liked first has %.3f", *x.NDCG10)
	}
	if x := r.Rankers["short"]; *x.NDCG10 != 0 {
		t.Errorf("what puts them last has %.3f", *x.NDCG10)
	}
	if r.Rankers["away"] != nil || !told["away"] || len(told) != 1 || r.Rankers["latest"] == nil || *r.Rankers["latest"].OverLatest != 0 {
		t.Errorf("%v, %v", told, r.Names())
	}
	if h, labels, err = ReadMirror(w.Snapshot(), 450); err != nil {
		t.Fatal(err)
	}
	if _, err := Judge(t.Context(), h, labels, nil, nil); !errors.Is(err, ErrLittle) {
		t.Errorf("450 posts are judged: %v", err)
	}
	if h, labels, err = ReadMirror(embedtest.New(t).Snapshot(), 450); err != nil || len(h.Posts) != 0 {
		t.Fatal(err)
	}
	if _, err := Judge(t.Context(), h, labels, nil, nil); !errors.Is(err, ErrLittle) {
		t.Errorf("an empty mirror is judged: %v", err)
	}
}
