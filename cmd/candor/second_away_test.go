package main

import (
	"errors"
	"log/slog"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"candor/graph"
	"candor/rankers/worker"
	"candor/zkcommit"
	registry "candor/zkcommit/chain"
	"candor/zkcommit/circuit"
	"candor/zkcommit/prover"
)

// disputedRun is a run with its dispute proof, as a worker brings it.
func disputedRun(t *testing.T) (graph.Hash, zkcommit.Statement, worker.Disputed) {
	t.Helper()
	doc, err := os.ReadFile("../../zkcommit/verify/testdata/bundle.json")
	if err != nil {
		t.Fatal(err)
	}
	b, err := zkcommit.ParseBundle(doc)
	if err != nil {
		t.Fatal(err)
	}
	run, err := zkcommit.ParseRun(b.Run)
	if err != nil {
		t.Fatal(err)
	}
	rows := make(zkcommit.Rows, len(b.Features))
	for i, line := range b.Features {
		for _, x := range line {
			rows[i] = append(rows[i], int8(x))
		}
	}
	d := b.Dispute
	raw, err := (&zkcommit.Proof{Version: d.Version, Kind: d.Kind, Key: d.Key, Bytes: d.Bytes}).Encode()
	if err != nil {
		t.Fatal(err)
	}
	return run.ID(), zkcommit.Statement{Run: b.Run, Opening: b.Opening, Commitment: run.Commitment, Ranked: b.Ranked, Rows: rows},
		worker.Disputed{V: worker.Protocol, Run: run.ID(), Proof: raw, Circuit: b.DisputeKey.Circuit, Development: b.DisputeKey.Development, Key: b.DisputeKey.Key}
}

// TestDisputesFromAway: a dispute proof of a run whose model a node has not is asked of its
// workers, lent to one at a time, and kept once it holds under a key that counts here.
func TestDisputesFromAway(t *testing.T) {
	circuit.Silence()
	ctx := t.Context()
	n, err := openNode(ctx, upOptions{data: t.TempDir()}, slog.New(slog.DiscardHandler))
	t.Cleanup(n.close)
	if err != nil {
		t.Fatal(err)
	}
	s := &second{services: &services{node: n, plugins: &plugins{}}}
	s.calls = registry.New(n.client, n.id(), n.at, n.keys.node)
	run, st, brought := disputedRun(t)
	s.away.serves = func(graph.Hash) bool { return false }
	if p, err := s.fromAway(ctx, run, st, true); p != nil || err == nil || errors.Is(err, errAwaited) {
		t.Errorf("what nobody can make is awaited: %v, %v", p, err)
	}
	s.away.serves = func(model graph.Hash) bool { return model == st.Commitment }
	if _, err := s.fromAway(ctx, run, st, false); !errors.Is(err, prover.ErrUnfit) {
		t.Errorf("a run's opening that is its reader's goes to a worker: %v", err)
	}
	if err := s.Take(ctx, st.Commitment, brought); !errors.Is(err, errUnwanted) {
		t.Errorf("a proof that nobody waits for: %v", err)
	}
	if p, err := s.fromAway(ctx, run, st, true); p != nil || !errors.Is(err, errAwaited) {
		t.Fatalf("%v, %v", p, err)
	}
	if got, ok := s.Wanted(st.Commitment); !ok || got != run {
		t.Fatal(got, ok)
	}
	if _, ok := s.Wanted(graph.Hash{1}); ok {
		t.Error("a proof is wanted of another model")
	}
	if _, err := s.Task(graph.Hash{1}, run); !errors.Is(err, errUnwanted) {
		t.Errorf("a run is shown to another model's worker: %v", err)
	}
	task, err := s.Task(st.Commitment, run)
	if err != nil || task == nil || !slices.Equal(task.Run, st.Run) {
		t.Fatal(task, err)
	}
	if again, err := s.Task(st.Commitment, run); again != nil || err != nil {
		t.Errorf("two workers get one task: %v, %v", again, err)
	}
	if _, ok := s.Wanted(st.Commitment); ok {
		t.Error("what one worker has is asked of others at once")
	}
	s.away.wanted[st.Commitment][run].lent = time.Now().Add(-2 * lentFor) // it died
	if _, ok := s.Wanted(st.Commitment); !ok {
		t.Error("what a worker never brought is asked of no other")
	}

	for name, spoil := range map[string]func(d *worker.Disputed){
		"a byte of the proof":   func(d *worker.Disputed) { d.Proof[len(d.Proof)/2] ^= 1 },
		"half a proof":          func(d *worker.Disputed) { d.Proof = d.Proof[:len(d.Proof)/2] },
		"no proof":              func(d *worker.Disputed) { d.Proof = nil },
		"a byte of the key":     func(d *worker.Disputed) { d.Key[len(d.Key)/2] ^= 1 },
		"a key without a past":  func(d *worker.Disputed) { d.Development = false },
		"another circuit's key": func(d *worker.Disputed) { d.Circuit = "registration" },
	} {
		d := brought
		d.Proof, d.Key = slices.Clone(d.Proof), slices.Clone(d.Key)
		spoil(&d)
		if err := s.Take(ctx, st.Commitment, d); err == nil {
			t.Fatalf("with %s it is taken", name)
		}
	}
	w := s.away.wanted[st.Commitment][run]
	w.statement.Ranked = slices.Clone(st.Ranked)
	slices.Reverse(w.statement.Ranked)
	if err := s.Take(ctx, st.Commitment, brought); err == nil || !strings.Contains(err.Error(), "does not hold") {
		t.Errorf("a proof of another order: %v", err)
	}
	w.statement.Ranked = st.Ranked
	n.development = false // where whoever made a development key could forge
	if err := s.Take(ctx, st.Commitment, brought); err == nil || !strings.Contains(err.Error(), "development chains alone") {
		t.Errorf("a development key elsewhere: %v", err)
	}
	n.development = true
	if p, err := n.disputed.find(run); p != nil || err != nil {
		t.Fatalf("one of them was kept: %v, %v", p, err)
	}
	if err := s.Take(ctx, st.Commitment, worker.Disputed{Run: run, Error: "its order is another"}); err != nil {
		t.Error(err)
	}
	if _, err := s.fromAway(ctx, run, st, true); !errors.Is(err, errAwaited) || !strings.Contains(err.Error(), "its order is another") {
		t.Errorf("what a worker says is lost: %v", err)
	}

	there := s.away.want(run, st).there
	if err := s.Take(ctx, st.Commitment, brought); err != nil {
		t.Fatal(err)
	}
	<-there // whoever waits for it hears of it
	p, err := s.fromAway(ctx, run, st, true)
	if err != nil || p == nil {
		t.Fatal(p, err)
	}
	if _, ok := s.Wanted(st.Commitment); ok {
		t.Error("what is there is wanted")
	}
	if key, known, err := s.calls.Key(ctx, p.Key); err != nil || !known || !key.Development {
		t.Errorf("the chain's table: %+v, %v, %v", key, known, err)
	}
	n.development = false // as if its key counted no more
	if p, err := s.fromAway(ctx, run, st, true); p != nil || !errors.Is(err, errAwaited) {
		t.Errorf("a proof under a key that does not count answers: %v, %v", p, err)
	}
}
