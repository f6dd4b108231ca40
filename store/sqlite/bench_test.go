package sqlite_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/ipfs/go-cid"

	"candor/graph"
	"candor/store/scan"
	"candor/store/sqlite"
	"candor/store/storetest"
	"candor/store/tables"
)

// dense stands for a real embedder: every dimension counts.
func dense(text string) (e graph.Embedding) {
	rng := rand.New(rand.NewPCG(uint64(len(text)), uint64(text[0])<<8|uint64(text[len(text)-1])))
	for i := range e {
		e[i] = int8(rng.IntN(27) - 13)
	}
	return e
}

// town is a mirror of 500 people, 20,000 posts (a third of them replies), 20,000
// reactions and 10,000 follows in blocks of 200 events.
type town struct {
	m      *tables.Mirror
	people []graph.Address
	ids    []graph.Ref
	head   graph.Block
	commit []time.Duration // of each block
	blocks int
}

func build(tb testing.TB) *town {
	w, rng := &town{}, rand.New(rand.NewPCG(7, 8))

	m, err := sqlite.OpenMirror(context.Background(), filepath.Join(tb.TempDir(), "mirror.db"),
		tables.Options{Embed: dense, Vectors: scan.New()})
	if err != nil {
		tb.Fatal(err)
	}
	w.m = m
	tb.Cleanup(func() { m.Close() })
	world := storetest.NewWorld()
	for i := range 500 {
		w.people = append(w.people, storetest.Person(i))
	}
	var head *graph.Block
	batch := graph.Batch{Contents: map[cid.Cid][]byte{}}
	flush := func() {
		batch.Block = world.Next(head, 1_000_000+uint64(w.blocks)*60)
		for i := range batch.Events {
			e := &batch.Events[i]
			e.ID = graph.Position{Block: batch.Block.Number, Tx: uint32(i / 4), Log: uint32(i)}
			e.BlockTime, e.Time = batch.Block.Time, batch.Block.Time-uint64(rng.IntN(50))
			if e.Action == graph.ActPost {
				w.ids = append(w.ids, graph.Ref{ID: e.ID, CID: e.CID})
			}
		}
		start := time.Now()
		if err := m.Commit(context.Background(), batch); err != nil {
			tb.Fatal(err)
		}
		w.commit = append(w.commit, time.Since(start))
		w.blocks++
		w.head = batch.Block
		head = &w.head
		batch = graph.Batch{Contents: map[cid.Cid][]byte{}}
	}
	add := func(e graph.Event) {
		if batch.Events = append(batch.Events, e); len(batch.Events) == 200 {
			flush()
		}
	}
	someone := func() graph.Address { return w.people[int(float64(len(w.people))*rng.Float64()*rng.Float64())] }
	for i, p := range w.people {
		doc := storetest.Name(fmt.Sprint("person ", i))
		batch.Contents[doc.CID] = doc.Bytes
		add(graph.Event{Action: graph.ActProfile, Author: p, CID: doc.CID})
		for range 20 {
			add(graph.Event{Action: graph.ActFollow, Author: p, Target: someone()})
		}
	}
	flush()
	for i := range 20_000 {
		doc := storetest.Text(fmt.Sprintf("post %d says something of about one hundred letters, as posts on such a network would do, %x", i, rng.Uint64()))
		batch.Contents[doc.CID] = doc.Bytes
		e := graph.Event{Action: graph.ActPost, Author: someone(), CID: doc.CID}
		if n := len(w.ids); n > 0 && i%3 == 0 {
			e.Subject = w.ids[n-1-rng.IntN(min(n, 3_000))]
		}
		add(e)
		if n := len(w.ids); n > 0 {
			add(graph.Event{Action: graph.ActReact, Author: someone(), Reaction: graph.ReactionKind(1 + rng.IntN(2)),
				Subject: w.ids[n-1-rng.IntN(min(n, 3_000))]})
		}
	}
	flush()
	return w
}

// BenchmarkCommit is the whole town, block by block.
func BenchmarkCommit(b *testing.B) {
	for b.Loop() {
		w := build(b)
		slices.Sort(w.commit)
		b.ReportMetric(w.commit[len(w.commit)/2].Seconds()*1000, "median-ms/block")
		b.ReportMetric(w.commit[len(w.commit)*99/100].Seconds()*1000, "p99-ms/block")
	}
}

// BenchmarkFeed is the queries of one feed request, each also by itself.
func BenchmarkFeed(b *testing.B) {
	w := build(b)
	ctx := context.Background()
	s, err := w.m.At(ctx, w.head.Number)
	if err != nil {
		b.Fatal(err)
	}
	viewer := w.people[11]
	follows, err := s.Follows(graph.FollowQuery{From: []graph.Address{viewer}})
	if err != nil {
		b.Fatal(err)
	}
	var followed []graph.Address
	for _, f := range follows {
		followed = append(followed, f.To)
	}
	mine, err := s.Reactions(graph.ReactionQuery{Authors: []graph.Address{viewer}, Limit: 64})
	if err != nil {
		b.Fatal(err)
	}
	var liked []graph.PostID
	for _, r := range mine {
		liked = append(liked, r.Subject)
	}
	newest, err := s.Posts(graph.PostQuery{Limit: 300})
	if err != nil {
		b.Fatal(err)
	}
	var ids []graph.PostID
	var authors []graph.Address
	for _, p := range newest {
		ids, authors = append(ids, p.ID), append(authors, p.Author)
	}
	week := w.head.Time - 3*3_600
	first := func(_ any, err error) error { return err }
	queries := []struct {
		name string
		run  func() error
	}{
		{"follows", func() error { return first(s.Follows(graph.FollowQuery{From: []graph.Address{viewer}})) }},
		{"circle", func() error { return first(s.Follows(graph.FollowQuery{From: followed, Limit: 2_000})) }},
		{"my-reactions", func() error { return first(s.Reactions(graph.ReactionQuery{Authors: []graph.Address{viewer}})) }},
		{"their-reactions", func() error {
			return first(s.Reactions(graph.ReactionQuery{Authors: followed, Since: week, Limit: 300}))
		}},
		{"their-posts", func() error { return first(s.Posts(graph.PostQuery{Authors: followed, Limit: 200})) }},
		{"liked-posts", func() error { return first(s.Posts(graph.PostQuery{IDs: liked})) }},
		{"newest", func() error { return first(s.Posts(graph.PostQuery{Limit: 200, Roots: true})) }},
		{"near", func() error { return first(s.Near(&newest[0].Embedding, 100)) }},
		{"trending", func() error { return first(s.Trending(week, 100)) }},
		{"candidates", func() error { return first(s.Posts(graph.PostQuery{IDs: ids})) }},
		{"reactions-to", func() error { return first(s.Reactions(graph.ReactionQuery{Subjects: ids})) }},
		{"post-tallies", func() error { return first(s.PostTallies(ids, 0)) }},
		{"post-tallies-new", func() error { return first(s.PostTallies(ids, week)) }},
		{"author-tallies", func() error { return first(s.AuthorTallies(authors)) }},
		{"latest-reactions", func() error { return first(s.Reactions(graph.ReactionQuery{Limit: 4_096})) }},
		{"paces", func() error { return first(s.Paces(ids, week)) }},
		{"profiles", func() error { return first(s.Profiles(authors)) }},
		{"root", func() error { return first(s.MirrorRoot()) }},
	}
	b.Run("all", func(b *testing.B) {
		for b.Loop() {
			for _, q := range queries {
				if err := q.run(); err != nil {
					b.Fatal(err)
				}
			}
		}
	})
	for _, q := range queries {
		b.Run(q.name, func(b *testing.B) {
			for b.Loop() {
				if err := q.run(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
	// Those whose answers are kept for a block, each time in a new one.
	world, head := storetest.NewWorld(), w.head
	b.Run("next-block", func(b *testing.B) {
		var root, trends, count time.Duration
		for range b.N {
			e := graph.Event{ID: graph.Position{Block: head.Number + 1}, Action: graph.ActPost, Author: viewer, CID: storetest.Text("new").CID}
			next := graph.Batch{Block: world.Next(&head, head.Time+1), Events: []graph.Event{e}}
			next.Events[0].BlockTime = next.Block.Time
			if err := w.m.Commit(ctx, next); err != nil {
				b.Fatal(err)
			}
			head = next.Block
			s, err := w.m.At(ctx, head.Number)
			if err != nil {
				b.Fatal(err)
			}
			for _, q := range []struct {
				spent *time.Duration
				run   func() error
			}{
				{&root, func() error { return first(s.MirrorRoot()) }},
				{&trends, func() error { return first(s.Trending(week, 100)) }},
				{&count, func() error { return first(w.m.Stats(ctx)) }},
			} {
				start := time.Now()
				if err := q.run(); err != nil {
					b.Fatal(err)
				}
				*q.spent += time.Since(start)
			}
		}
		b.ReportMetric(root.Seconds()*1000/float64(b.N), "root-ms")
		b.ReportMetric(trends.Seconds()*1000/float64(b.N), "trending-ms")
		b.ReportMetric(count.Seconds()*1000/float64(b.N), "stats-ms")
	})
}
