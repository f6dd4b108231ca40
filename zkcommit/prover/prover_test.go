package prover

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"candor/graph"
	"candor/zkcommit"

	"github.com/prometheus/client_golang/prometheus"
)

// fake is ledger and proof system in one.
type fake struct {
	mu      sync.Mutex
	rows    []zkcommit.RunRow
	set     map[graph.Hash]zkcommit.ProofState
	proofs  map[graph.Hash][]byte
	order   []graph.Hash
	busy    bool
	looks   int
	broken  error                          // what the ledger says
	backend func(zkcommit.Statement) error // what the proof system says
	took    time.Duration
}

func (f *fake) Unproven(_ context.Context, limit int) (out []zkcommit.RunRow, err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.looks++
	for _, r := range f.rows {
		if f.set[r.ID] == "" && len(out) < limit {
			out = append(out, r)
		}
	}
	return out, f.broken
}

func (f *fake) SetProof(_ context.Context, id graph.Hash, proof []byte, state zkcommit.ProofState) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if (state == zkcommit.Proven) != (len(proof) > 0) {
		return errors.New("proof and state do not fit")
	}
	f.set[id], f.proofs[id], f.order = state, proof, append(f.order, id)
	return nil
}

func (f *fake) Prove(ctx context.Context, st zkcommit.Statement) (zkcommit.Proof, error) {
	f.mu.Lock()
	if f.busy {
		panic("two proofs at once")
	}
	f.busy = true
	f.mu.Unlock()
	select {
	case <-time.After(f.took):
	case <-ctx.Done():
	}
	f.mu.Lock()
	f.busy = false
	f.mu.Unlock()
	if f.backend != nil {
		if err := f.backend(st); err != nil {
			return zkcommit.Proof{}, err
		}
	}
	return zkcommit.Proof{Version: zkcommit.DigestProof, Kind: zkcommit.KindRunOrder, Bytes: st.Opening[:1]}, ctx.Err()
}

func (f *fake) state(id graph.Hash) zkcommit.ProofState {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.set[id]
}

// row is a run of n posts.
func row(t *testing.T, seq uint64, n int) zkcommit.RunRow {
	t.Helper()
	rec := zkcommit.Record{}
	for i := range n {
		rec.Ranked = append(rec.Ranked, graph.PostID{Block: uint64(i + 1)})
		rec.Rows = append(rec.Rows, graph.FeatureVector{int8(i)})
	}
	run := zkcommit.Run{Seq: seq}
	opening := graph.Hash{byte(seq)}
	if err := rec.Seal(&run, opening); err != nil {
		t.Fatal(err)
	}
	b, err := json.Marshal(rec)
	if err != nil {
		t.Fatal(err)
	}
	return zkcommit.RunRow{ID: run.ID(), Seq: seq, Run: run.Bytes(), Opening: opening, Record: b}
}

func service(f *fake, log *strings.Builder) *Service {
	f.set, f.proofs = map[graph.Hash]zkcommit.ProofState{}, map[graph.Hash][]byte{}
	return New(Config{Ledger: f, Runs: f, Metrics: prometheus.NewRegistry(), Logger: slog.New(slog.NewTextHandler(log, nil))})
}

func TestStep(t *testing.T) {
	empty, good := row(t, 1, 0), row(t, 2, 3)
	wrongID, noRecord, noRun := good, good, good
	wrongID.ID[0] ^= 1
	noRecord.Record = []byte("{")
	noRun.Run = noRun.Run[1:]
	for _, x := range []struct {
		name string
		row  zkcommit.RunRow
		fake *fake
		want zkcommit.ProofState
		log  string
	}{
		{"good", good, &fake{}, zkcommit.Proven, "is proved"},
		{"no posts", empty, &fake{}, zkcommit.SampledOut, ""},
		{"another id", wrongID, &fake{}, zkcommit.Failed, "another id"},
		{"no record", noRecord, &fake{}, zkcommit.Failed, "record"},
		{"no run", noRun, &fake{}, zkcommit.Failed, "no run"},
		{"no model", good, &fake{backend: func(zkcommit.Statement) error { return errors.New("lost") }}, zkcommit.Failed, "lost"},
		{"refused", good, &fake{backend: func(zkcommit.Statement) error { return errors.New("not the order") }}, zkcommit.Failed, "not the order"},
		{"panic", good, &fake{backend: func(zkcommit.Statement) error { panic("out of range") }}, zkcommit.Failed, "out of range"},
	} {
		t.Run(x.name, func(t *testing.T) {
			f, log := x.fake, &strings.Builder{}
			s := service(f, log)
			f.rows = []zkcommit.RunRow{x.row}
			if did, err := s.Step(t.Context()); !did || err != nil {
				t.Fatalf("did %v, %v", did, err)
			}
			if got := f.state(x.row.ID); got != x.want || !strings.Contains(log.String(), x.log) {
				t.Errorf("the state is %q, want %q; the log says %q", got, x.want, log)
			}
			if x.want == zkcommit.Proven {
				p, err := zkcommit.ParseProof(f.proofs[x.row.ID])
				if err != nil || p.Bytes[0] != 2 {
					t.Errorf("the proof kept is %v, %v", p, err)
				}
			}
			if did, err := s.Step(t.Context()); did || err != nil {
				t.Errorf("nothing waits, and it did %v, %v", did, err)
			}
		})
	}
}

// The order is the ledger's, one at a time; a wake is heard at once; the end of
// the context leaves the run in work pending.
func TestRun(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := &fake{took: 3 * time.Second, backend: func(st zkcommit.Statement) error {
			if st.Opening[0] == 2 {
				return errors.New("refused")
			}
			return nil
		}}
		s := service(f, &strings.Builder{})
		rows := []zkcommit.RunRow{row(t, 1, 2), row(t, 2, 2), row(t, 3, 2), row(t, 4, 2), row(t, 5, 2)}
		f.rows = rows[:3]
		ctx, cancel := context.WithCancel(t.Context())
		ended := make(chan error)
		go func() { ended <- s.Run(ctx) }()
		time.Sleep(10 * time.Second)
		for i, want := range []zkcommit.ProofState{zkcommit.Proven, zkcommit.Failed, zkcommit.Proven} {
			if got := f.state(rows[i].ID); got != want || f.order[i] != rows[i].ID {
				t.Errorf("run %d is %q, want %q", i, got, want)
			}
		}
		f.mu.Lock()
		f.rows = rows[:4]
		f.mu.Unlock()
		s.Wake()
		s.Wake()
		time.Sleep(3*time.Second + 1)
		if f.state(rows[3].ID) != zkcommit.Proven {
			t.Error("a wake is not heard at once")
		}
		f.mu.Lock()
		f.rows = rows
		f.mu.Unlock()
		time.Sleep(4 * time.Second) // found within the idle time of 2 s, and in work
		cancel()
		if err := <-ended; !errors.Is(err, context.Canceled) {
			t.Errorf("it ended with %v", err)
		}
		if got := f.state(rows[4].ID); got != "" {
			t.Errorf("the interrupted run is %q", got)
		}
	})
}

// A broken ledger is asked less and less, and the work goes on when it is whole.
func TestBackoff(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := &fake{broken: errors.New("disk full")}
		s := service(f, &strings.Builder{})
		f.rows = []zkcommit.RunRow{row(t, 1, 2)}
		ctx, cancel := context.WithCancel(t.Context())
		ended := make(chan error)
		go func() { ended <- s.Run(ctx) }()
		for range 600 {
			s.Wake()
			time.Sleep(time.Second)
		}
		f.mu.Lock()
		looks := f.looks
		f.broken = nil
		f.mu.Unlock()
		if looks < 8 || looks > 20 {
			t.Errorf("in 10 minutes it looked %d times, want 8 to 20", looks)
		}
		time.Sleep(2 * time.Minute)
		if f.state(f.rows[0].ID) != zkcommit.Proven {
			t.Error("the run is not proved after the ledger is whole again")
		}
		cancel()
		<-ended
	})
}
