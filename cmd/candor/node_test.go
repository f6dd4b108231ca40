package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"candor/graph"
	"candor/store/storetest"
	"candor/zkcommit"
	registry "candor/zkcommit/chain"

	"github.com/prometheus/client_golang/prometheus"
)

func open(t *testing.T, dir string) (*node, error) {
	t.Helper()
	n, err := openNode(t.Context(), upOptions{data: dir}, slog.New(slog.DiscardHandler))
	t.Cleanup(n.close)
	return n, err
}

// What was indexed and ranked on one chain must not go on with another, which is
// what a node begins whose chain's directory is gone.
func TestAnotherChainIsRefused(t *testing.T) {
	dir := t.TempDir()
	n, err := open(t, dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := n.index.Synced(t.Context(), 1); err != nil {
		t.Fatal(err)
	}
	run := zkcommit.Run{Genesis: n.genesis}
	if err := storetest.Append(t.Context(), n.ledger, zkcommit.RunRow{ID: run.ID(), Key: graph.Hash{1}, Run: run.Bytes(),
		ProofState: zkcommit.Pending, LogIndex: -1}); err != nil {
		t.Fatal(err)
	}
	n.close()
	for _, p := range []string{"mirror.db", "mirror.db-wal", "mirror.db-shm"} {
		_ = os.Remove(filepath.Join(dir, p))
	}
	if n, err = open(t, dir); err != nil {
		t.Fatalf("a node without its mirror: %v", err)
	}
	if err := n.index.Synced(t.Context(), 1); err != nil {
		t.Fatal(err)
	}
	n.close()

	time.Sleep(time.Second) // a chain's genesis is its own by its second
	if err := os.RemoveAll(filepath.Join(dir, "chain")); err != nil {
		t.Fatal(err)
	}
	n, err = open(t, dir)
	n.close()
	if err == nil || !strings.Contains(err.Error(), "delete the mirror's file") {
		t.Errorf("a mirror of another chain: %v", err)
	}
	if err := os.Remove(filepath.Join(dir, "mirror.db")); err != nil {
		t.Fatal(err)
	}
	n, err = open(t, dir)
	n.close()
	if err == nil || !strings.Contains(err.Error(), "put that chain's directory back") {
		t.Errorf("a ledger of another chain: %v", err)
	}
}

// A ledger whose runs' digests mean other things is left alone, and its owner told what to do.
func TestEarlierRunsAreRefused(t *testing.T) {
	dir := t.TempDir()
	n, err := open(t, dir)
	if err != nil {
		t.Fatal(err)
	}
	run := zkcommit.Run{Genesis: n.genesis}
	earlier := bytes.Replace(run.Bytes(), []byte("candor/run/v2"), []byte("candor/run/v1"), 1)
	if err := storetest.Append(t.Context(), n.ledger, zkcommit.RunRow{ID: sha256.Sum256(earlier), Run: earlier, ProofState: zkcommit.Pending, LogIndex: -1}); err != nil {
		t.Fatal(err)
	}
	n.close()
	n, err = open(t, dir)
	n.close()
	if err == nil || !strings.Contains(err.Error(), "earlier version") || !strings.Contains(err.Error(), "choose another data directory") {
		t.Errorf("a ledger of earlier runs: %v", err)
	}
}

// An indexer that cannot go on must end the node, not leave it serving a past.
func TestNodeEndsWithItsIndexer(t *testing.T) {
	n, err := open(t, t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	l, err := listen("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	broken := errors.New("the disk is full")
	n.failed <- broken
	s := &services{node: n, plugins: &plugins{}, metrics: prometheus.NewRegistry(), options: upOptions{seed: "none", anchorEvery: time.Hour, prove: proveOptions{dial: "off"}}}
	s.calls = registry.New(n.client, n.id(), n.at, n.keys.node)
	ctx, stop := context.WithTimeout(t.Context(), 10*time.Second)
	defer stop()
	if err := s.serve(ctx, l); !errors.Is(err, broken) {
		t.Errorf("the node ends with %v", err)
	}
}

func TestTakenChainPort(t *testing.T) {
	l, err := listen("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	n, err := openNode(t.Context(), upOptions{data: t.TempDir(), chain: chainOptions{port: l.Addr().(*net.TCPAddr).Port}}, slog.New(slog.DiscardHandler))
	n.close()
	if err == nil || !strings.Contains(err.Error(), "--chain-port") {
		t.Error(err)
	}
}
