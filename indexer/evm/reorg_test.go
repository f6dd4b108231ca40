package evm

import (
	"bytes"
	"context"
	"fmt"
	"math/big"
	"testing"
	"time"

	"candor/graph"
	"candor/indexer"
)

// TestIndexFollowsReorganisationsOfARealChain forks a go-ethereum chain under a
// running indexer, and compares with an index made afterwards.
func TestIndexFollowsReorganisationsOfARealChain(t *testing.T) {
	depths := []int{1, 2, 3, 5, 8, 16}
	w := newTown(t, 2*len(depths)+1)
	docs := &shelf{}
	posts := 0
	post := func(who int) {
		posts++
		doc, c, err := graph.PostContent{Text: fmt.Sprint("post ", posts)}.Encode()
		if err != nil {
			t.Fatal(err)
		}
		docs.put(c, doc)
		w.call(who, w.graph.PackPost(c.Bytes(), 1, [16]byte{}, nil, [16]byte{}, nil))
		w.sim.Commit()
	}
	mirror := &pages{}
	x := indexer.New(indexer.Config{Source: w.source(), Fetcher: docs, Mirror: mirror, Start: 1, Window: 16,
		FinalDepth: 64}) // the simulated chain takes back what it calls final
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	done := make(chan error, 1)
	go func() { done <- x.Run(ctx) }()
	synced := func() {
		t.Helper()
		head := w.head()
		wait, stop := context.WithTimeout(ctx, 20*time.Second)
		defer stop()
		for {
			if err := x.Synced(wait, head.Number); err != nil {
				t.Fatalf("waiting for %d: %v (%+v)", head.Number, err, x.Status())
			}
			if b, _, _ := mirror.Block(ctx, head.Number); b.Hash == head.Hash {
				return
			}
			time.Sleep(time.Millisecond)
		}
	}
	for range 4 {
		w.sim.Commit()
	}
	for i, depth := range depths {
		// Each branch has its own authors: the pool brings back the transactions
		// of the one that lost.
		for n := range depth {
			if n < 3 {
				post(1 + 2*i)
			} else {
				w.sim.Commit()
			}
		}
		synced()
		head := w.head().Number
		ancestor, err := w.sim.Client().HeaderByNumber(ctx, new(big.Int).SetUint64(head-uint64(depth)))
		if err != nil {
			t.Fatal(err)
		}
		if err := w.sim.Fork(ancestor.Hash()); err != nil {
			t.Fatal(err)
		}
		for n := range depth + 1 {
			if n == 0 {
				post(2 + 2*i)
			} else {
				w.sim.Commit()
			}
		}
		synced()
		if got := x.Status().Reorgs; got < uint64(i+1) {
			t.Fatalf("a fork of depth %d made no rollback: %d", depth, got)
		}
	}
	cancel()
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	head := w.head().Number
	fresh := &pages{}
	y := indexer.New(indexer.Config{Source: w.source(), Fetcher: docs, Mirror: fresh, Start: 1})
	ctx, stop := context.WithCancel(t.Context())
	go func() { done <- y.Run(ctx) }()
	if err := y.Synced(t.Context(), head); err != nil {
		t.Fatal(err)
	}
	stop()
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	if len(mirror.batches) != len(fresh.batches) {
		t.Fatalf("%d blocks, not %d", len(mirror.batches), len(fresh.batches))
	}
	events := 0
	for i, a := range mirror.batches {
		b := fresh.batches[i]
		if a.Block != b.Block || len(a.Events) != len(b.Events) || len(a.Contents) != len(b.Contents) {
			t.Fatalf("block %d is %+v, not %+v", a.Block.Number, a, b)
		}
		for j := range a.Events {
			events++
			if !bytes.Equal(a.Events[j].Bytes(), b.Events[j].Bytes()) {
				t.Fatalf("event %s differs", a.Events[j].ID)
			}
			c := a.Events[j].CID
			if doc, err := docs.Get(ctx, c); err != nil || !bytes.Equal(a.Contents[c], doc) {
				t.Fatalf("the document of %s is %q", a.Events[j].ID, a.Contents[c])
			}
		}
	}
	if events < len(depths) {
		t.Fatalf("only %d events", events)
	}
}
