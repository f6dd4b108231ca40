package main

import (
	"context"
	"errors"
	"log/slog"
	"math/big"
	"strings"
	"testing"
	"time"

	"candor/graph"
	"candor/indexer"

	"github.com/prometheus/client_golang/prometheus"
)

// TestBeyondTheWindowNothingIsServed forks the chain deeper than the node follows.
func TestBeyondTheWindowNothingIsServed(t *testing.T) {
	const window = 3
	n, err := openNode(t.Context(), upOptions{data: t.TempDir(), index: indexOptions{window: window}}, slog.New(slog.DiscardHandler))
	t.Cleanup(n.close)
	if err != nil {
		t.Fatal(err)
	}
	if n.mirror.sound() != nil && !strings.Contains(n.mirror.sound().Error(), "ask again") {
		t.Fatal(n.mirror.sound())
	}
	first, err := n.chain.Client().HeaderByNumber(t.Context(), big.NewInt(1))
	if err != nil {
		t.Fatal(err)
	}
	for range 8 {
		n.chain.Commit()
	}
	head, err := n.chain.Client().HeaderByNumber(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := n.index.Synced(t.Context(), head.Number.Uint64()); err != nil {
		t.Fatal(err)
	}
	wait(t, "the node is never ready", func() bool { return n.ready(t.Context()) == nil })
	if _, err := n.mirror.Latest(t.Context()); err != nil {
		t.Fatal(err)
	}
	f := finality{n}
	wait(t, "nothing is final", func() bool { return f.Finalized() == head.Number.Uint64() })
	if !f.Holds(t.Context(), 1, first.Hash()) || f.Holds(t.Context(), 1, graph.Hash{1}) || f.Holds(t.Context(), 1<<40, graph.Hash{}) {
		t.Fatal("the finality of block 1 is told wrongly")
	}
	if err := n.chain.Fork(first.Hash()); err != nil {
		t.Fatal(err)
	}
	for range head.Number.Uint64() + window {
		n.chain.Commit()
	}
	wait(t, "the fork is not noticed", func() bool {
		ctx, cancel := context.WithTimeout(t.Context(), 10*time.Millisecond)
		defer cancel()
		return errors.Is(n.index.Synced(ctx, 1<<40), indexer.ErrBeyondWindow)
	})
	_, latest := n.mirror.Latest(t.Context())
	_, at := n.mirror.At(t.Context(), 1)
	for what, err := range map[string]error{"readyz": n.ready(t.Context()), "posts and people": latest, "feeds": at} {
		var ask *graph.ErrAsk
		if !errors.As(err, &ask) || !ask.Passing || !strings.Contains(err.Error(), "deeper than the window") {
			t.Errorf("%s: %v", what, err)
		}
	}
	select {
	case err := <-n.failed:
		t.Errorf("the node ends: %v", err)
	default:
	}
	// What is measured says so, too.
	r := prometheus.NewPedanticRegistry()
	if err := r.Register(measures{n}); err != nil {
		t.Fatal(err)
	}
	families, err := r.Gather()
	if err != nil || len(families) < 8 {
		t.Errorf("%d metrics, %v", len(families), err)
	}
}

func wait(t *testing.T, otherwise string, until func() bool) {
	t.Helper()
	for deadline := time.Now().Add(20 * time.Second); !until(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal(otherwise)
		}
	}
}
