package main

import (
	"context"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"candor/graph"
	"candor/rankers"
	"candor/rankers/features"
	"candor/store/storetest"
	"candor/store/vectors"
	"candor/zkcommit"

	"github.com/ipfs/go-cid"
)

// overTower orders by the first number of a tower's vector, and sees whether there is one.
type overTower struct{ zeros *int }

func (overTower) Info() rankers.Info { return rankers.Info{ID: "head", Schema: features.Towered()} }
func (o overTower) Score(_ context.Context, rows []graph.Row) (out []graph.Score, err error) {
	for _, r := range rows {
		v := r[graph.Features]
		if v == 0 {
			*o.zeros++
		}
		out = append(out, graph.Score(v))
	}
	return out, nil
}

// TestQualityOverATower: a ranker over a tower is measured on the posts of which there are
// vectors, if those are nine of ten, and never on zeros; the others are asked for, and it is
// said how many there are until then.
func TestQualityOverATower(t *testing.T) {
	const posts, judged = 1500, 300
	ctx, quiet := context.Background(), slog.New(slog.DiscardHandler)
	m, l := openBoth(t, vectors.Spaces{})
	var contents []cid.Cid
	batch := graph.Batch{Block: graph.Block{Number: 1, Hash: graph.Hash{1}, Time: 100_000}, Contents: map[cid.Cid][]byte{}}
	event := func(e graph.Event) graph.Position {
		e.ID, e.BlockTime = graph.Position{Block: 1, Log: uint32(len(batch.Events))}, batch.Block.Time
		batch.Events = append(batch.Events, e)
		return e.ID
	}
	for i := range posts {
		d := storetest.Text(fmt.Sprint("post number ", i))
		contents, batch.Contents[d.CID] = append(contents, d.CID), d.Bytes
		id := event(graph.Event{Action: graph.ActPost, Author: storetest.Person(i % 9), CID: d.CID, Time: uint64(50_000 + i)})
		if i%10 == 3 {
			event(graph.Event{Action: graph.ActReact, Author: storetest.Person(20), Subject: graph.Ref{ID: id, CID: d.CID}, Reaction: graph.Like})
		}
	}
	if err := m.Commit(ctx, batch); err != nil {
		t.Fatal(err)
	}
	name, of := zkcommit.TowerName{Plugin: graph.Hash{5}, Version: 1}, graph.Hash{9}
	live := &liveTower{batch: towerBatch, signed: &zkcommit.SignedManifest{Manifest: zkcommit.Manifest{Commitment: of}}}
	s := &services{node: &node{ledger: l, log: quiet, mirror: mirror{spoken: newSpoken(m, quiet), sound: func() error { return nil }}}}
	v, zeros := edition{"head", 1}, 0
	x := &measuring{services: s, vectors: &towers{services: s, live: map[zkcommit.TowerName]*liveTower{name: live}},
		reads: func(edition) (zkcommit.TowerName, bool) { return name, true }}
	served := map[edition]*rankers.Watch{v: rankers.NewWatch(overTower{&zeros}, time.Second, time.Now)}
	kept := posts - judged
	make := func(upto int) { // of judged posts, with the likes in them
		t.Helper()
		var vs []zkcommit.TowerVector
		for ; kept < upto; kept++ {
			made := []int8{1}
			if kept%10 == 3 {
				made[0] = 100
			}
			vs = append(vs, zkcommit.TowerVector{Tower: of, Content: contents[kept], From: 1, Vector: made})
		}
		if err := l.PutVectors(ctx, vs); err != nil {
			t.Fatal(err)
		}
	}
	judge := func() (posts int, why string) {
		t.Helper()
		if err := x.judge(ctx, served); err != nil {
			t.Fatal(err)
		}
		q, why := x.of(v)
		if q == nil {
			return 0, why
		}
		if q.NDCG10 < 0.99 {
			t.Errorf("a ranker that knows what is liked has NDCG@10 %.3f", q.NDCG10)
		}
		return q.Posts, why
	}
	make(posts - judged + 200)
	if n, why := judge(); n != 0 || !strings.Contains(why, "200 of the 300 posts") {
		t.Fatalf("with two thirds of the vectors it is measured on %d posts: %q", n, why)
	}
	if len(live.later) != 100 || x.lacking[name] != 270 {
		t.Errorf("%d contents are asked for, and it is measured again at %d vectors", len(live.later), x.lacking[name])
	}
	if asked, _, err := x.vectors.lacking(ctx, live); err != nil || len(asked) != towerBatch {
		t.Errorf("%d of the contents are asked for at once: %v", len(asked), err)
	}
	make(posts - 10)
	if n, why := judge(); n != 200 || why != "" { // 290 are two slates
		t.Errorf("with nearly all vectors it is measured on %d posts: %q", n, why)
	}
	make(posts)
	if n, why := judge(); n != 300 || why != "" || len(live.later) != 0 {
		t.Errorf("with all vectors it is measured on %d posts: %q", n, why)
	}
	if zeros > 0 {
		t.Errorf("it is measured on %d rows without a vector", zeros)
	}
	x.vectors.drop(name)
	if n, why := judge(); n != 0 || why == "" {
		t.Errorf("without its tower it is measured on %d posts: %q", n, why)
	}
}
