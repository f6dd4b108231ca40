package main

import (
	"encoding/json"
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
	"candor/zkcommit/verify"
)

// readersRun is a run of a named reader, as the ledger keeps it, with its bundle and its
// dispute proof, as a worker brings it.
func readersRun(t *testing.T) (zkcommit.RunRow, *zkcommit.Bundle, worker.Disputed) {
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
	if b.Viewer == (graph.Address{}) {
		t.Fatal("the run is nobody's")
	}
	rec := zkcommit.Record{Viewer: b.Viewer, Candidates: b.Candidates, Verdicts: b.Verdicts, Ranked: b.Ranked, Served: b.Served, Rule: b.Manifest.Manifest.Rule,
		Rows: make(zkcommit.Rows, len(b.Features))}
	for i, line := range b.Features {
		for _, x := range line {
			rec.Rows[i] = append(rec.Rows[i], int8(x))
		}
	}
	record, err := json.Marshal(rec)
	if err != nil {
		t.Fatal(err)
	}
	d := b.Dispute
	raw, err := (&zkcommit.Proof{Version: d.Version, Kind: d.Kind, Key: d.Key, Bytes: d.Bytes}).Encode()
	if err != nil {
		t.Fatal(err)
	}
	return zkcommit.RunRow{ID: run.ID(), Run: b.Run, Opening: b.Opening, Record: record, ProofState: zkcommit.Pending, LogIndex: -1}, b,
		worker.Disputed{V: worker.Protocol, Run: run.ID(), Proof: raw, Circuit: b.DisputeKey.Circuit, Development: b.DisputeKey.Development, Key: b.DisputeKey.Key}
}

// secondOf is the second proof system of a fresh node without any model.
func secondOf(t *testing.T) *second {
	t.Helper()
	circuit.Silence()
	n, err := openNode(t.Context(), upOptions{data: t.TempDir()}, slog.New(slog.DiscardHandler))
	t.Cleanup(n.close)
	if err != nil {
		t.Fatal(err)
	}
	s := &second{services: &services{node: n, plugins: &plugins{}}}
	s.calls = registry.New(n.client, n.id(), n.at, n.keys.node)
	return s
}

// TestDisputesFromAway: a dispute proof of a reader's run whose model a node has not is asked of
// its workers, lent to one at a time, and kept once it holds under a key that counts here.
func TestDisputesFromAway(t *testing.T) {
	ctx, s := t.Context(), secondOf(t)
	row, _, brought := readersRun(t)
	run := row.ID
	st, err := prover.StatementOf(&row)
	if err != nil {
		t.Fatal(err)
	}
	s.away.serves = func(graph.Hash) bool { return false }
	if p, err := s.dispute(ctx, row); p != nil || err == nil || errors.Is(err, errAwaited) {
		t.Errorf("what nobody can make is awaited: %v, %v", p, err)
	}
	s.away.serves = func(model graph.Hash) bool { return model == st.Commitment }
	if err := s.Take(ctx, st.Commitment, brought); !errors.Is(err, errUnwanted) {
		t.Errorf("a proof that nobody waits for: %v", err)
	}
	if p, err := s.dispute(ctx, row); p != nil || !errors.Is(err, errAwaited) {
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
	if _, err := task.Check(); err != nil {
		t.Errorf("a worker is to prove what its run does not hold: %v", err)
	}
	if said, err := json.Marshal(task); err != nil || strings.Contains(string(said), row.Opening.Hex()) {
		t.Errorf("a worker is told the opening: %s (%v)", said, err)
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
	s.development = false // where whoever made a development key could forge
	if err := s.Take(ctx, st.Commitment, brought); err == nil || !strings.Contains(err.Error(), "development chains alone") {
		t.Errorf("a development key elsewhere: %v", err)
	}
	s.development = true
	if p, err := s.disputed.find(run); p != nil || err != nil {
		t.Fatalf("one of them was kept: %v, %v", p, err)
	}
	if err := s.Take(ctx, st.Commitment, worker.Disputed{Run: run, Error: "its order is another"}); err != nil {
		t.Error(err)
	}
	if _, err := s.dispute(ctx, row); !errors.Is(err, errAwaited) || !strings.Contains(err.Error(), "its order is another") {
		t.Errorf("what a worker says is lost: %v", err)
	}

	there := s.away.want(run, st).there
	if err := s.Take(ctx, st.Commitment, brought); err != nil {
		t.Fatal(err)
	}
	<-there // whoever waits for it hears of it
	p, err := s.dispute(ctx, row)
	if err != nil || p == nil {
		t.Fatal(p, err)
	}
	if _, ok := s.Wanted(st.Commitment); ok {
		t.Error("what is there is wanted")
	}
	if key, known, err := s.calls.Key(ctx, p.Key); err != nil || !known || !key.Development {
		t.Errorf("the chain's table: %+v, %v, %v", key, known, err)
	}
	s.development = false // as if its key counted no more
	if p, err := s.dispute(ctx, row); p != nil || !errors.Is(err, errAwaited) {
		t.Errorf("a proof under a key that does not count answers: %v, %v", p, err)
	}
}

// TestCrossesFromAway: a reader's run that was drawn is proved twice though its model is at its
// worker's alone.
func TestCrossesFromAway(t *testing.T) {
	ctx, s := t.Context(), secondOf(t)
	row, b, brought := readersRun(t)
	run, err := zkcommit.ParseRun(row.Run)
	if err != nil {
		t.Fatal(err)
	}
	ticket := zkcommit.TicketRow{ID: graph.Hash{1}, Ranker: "golden", Ticket: []byte("{}")}
	first, err := (&zkcommit.Proof{Version: b.Proof.Version, Kind: b.Proof.Kind, Bytes: b.Proof.Bytes}).Encode()
	if err := errors.Join(err, s.ledger.AppendTicket(ctx, ticket), s.ledger.AppendRun(ctx, row)); err != nil {
		t.Fatal(err)
	}
	if kept, err := s.ledger.SetProof(ctx, row.ID, first, zkcommit.Proven, ""); !kept || err != nil {
		t.Fatal(kept, err)
	}
	reg, err := zkcommit.ParseRegistration(b.Registration)
	if err != nil {
		t.Fatal(err)
	}
	checked, err := verify.Register(reg, b.RegistrationKey)
	if err != nil {
		t.Fatal(err)
	}
	name, err := reg.CID()
	if err != nil {
		t.Fatal(err)
	}
	s.registered.note(name, run.Commitment, checked)

	s.away.serves = func(graph.Hash) bool { return false }
	if err := s.Cross(ctx, row.ID); !errors.Is(err, prover.ErrUnfit) {
		t.Errorf("what no worker can make: %v", err)
	}
	s.away.serves = func(model graph.Hash) bool { return model == run.Commitment }
	crossed := make(chan error, 1)
	go func() { crossed <- s.Cross(ctx, row.ID) }()
	for began := time.Now(); ; time.Sleep(time.Millisecond) {
		if got, ok := s.Wanted(run.Commitment); ok {
			if got != row.ID {
				t.Fatalf("wanted is %s", got)
			}
			break
		}
		if time.Since(began) > time.Minute {
			t.Fatal("no second proof of a reader's run is asked for")
		}
		select {
		case err := <-crossed:
			t.Fatalf("a reader's run is not proved twice: %v", err)
		default:
		}
	}
	if _, err := s.Task(run.Commitment, row.ID); err != nil {
		t.Fatal(err)
	}
	if err := s.Take(ctx, run.Commitment, brought); err != nil {
		t.Fatal(err)
	}
	if err := <-crossed; err != nil {
		t.Errorf("both proofs hold, and it ends with: %v", err)
	}
	if p, err := s.disputed.find(row.ID); p == nil || err != nil {
		t.Errorf("the second proof is not kept: %v, %v", p, err)
	}
}
