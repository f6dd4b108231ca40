package prover

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"candor/graph"
	"candor/zkcommit"
)

// run lets the house and its workers work for the time.
func run(t *testing.T, s *Service, during time.Duration, workers ...*Worker) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	var all sync.WaitGroup
	all.Go(func() {
		if err := s.Run(ctx); !errors.Is(err, context.Canceled) {
			t.Errorf("the service ended with %v", err)
		}
	})
	for _, w := range workers {
		all.Go(func() { w.Run(ctx) })
	}
	time.Sleep(during)
	cancel()
	all.Wait()
}

func TestEveryRunIsSettled(t *testing.T) {
	empty, good := row(t, model, "a", 1, 0), row(t, model, "a", 2, 3)
	wrongID, noRecord, noRun := good, good, good
	wrongID.ID[0] ^= 1
	noRecord.Record = []byte("{")
	noRun.Run = noRun.Run[1:]
	for _, x := range []struct {
		name  string
		row   zkcommit.RunRow
		fault func(zkcommit.Statement) error
		want  zkcommit.ProofState
		says  string
	}{
		{"good", good, nil, zkcommit.Proven, ""},
		{"no posts", empty, nil, zkcommit.SampledOut, ""},
		{"another id", wrongID, nil, zkcommit.Failed, "another id"},
		{"no record", noRecord, nil, zkcommit.Failed, "record"},
		{"no run", noRun, nil, zkcommit.Failed, "no run"},
		{"refused", good, func(zkcommit.Statement) error { return errors.New("not the \x1b[2Jorder") }, zkcommit.Failed, "not the [2Jorder"},
		{"panic", good, func(zkcommit.Statement) error { panic("out of range") }, zkcommit.Failed, "out of range"},
	} {
		t.Run(x.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				b, w := &book{}, &wall{}
				s := house(b, w, Terms{})
				b.add(x.row, row(t, model, "a", 9, 2))
				run(t, s, 5*time.Minute, honest(w, "w", maker{fault: func(st zkcommit.Statement) error {
					if r, err := zkcommit.ParseRun(st.Run); x.fault == nil || err == nil && r.Seq == 9 {
						return nil
					}
					return x.fault(st)
				}}))
				if got, reason := b.state(x.row.ID); got != x.want || !strings.Contains(reason, x.says) {
					t.Errorf("the state is %q (%s), want %q", got, reason, x.want)
				}
				if got, reason := b.state(b.rows[1].ID); got != zkcommit.Proven {
					t.Errorf("the next run is %q: %s", got, reason)
				}
				if e := b.rows[0]; x.fault != nil && e.Tries != 4 {
					t.Errorf("it was tried %d times, want 4", e.Tries)
				}
			})
		})
	}
}

// A job is taken off the board only when the ledger has its proof.
func TestAckAfterLedger(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := &book{}
		w := &wall{acks: map[graph.Hash]func(){}}
		s := house(b, w, Terms{})
		acked := 0
		for i := range 5 {
			r := row(t, model, "a", uint64(i), 2)
			b.add(r)
			w.acks[r.ID] = func() {
				acked++
				if got, _ := b.state(r.ID); got != zkcommit.Proven {
					t.Errorf("run %d is taken off the board and is %q", i, got)
				}
			}
		}
		run(t, s, time.Minute, honest(w, "w", maker{took: time.Second}))
		if acked != 5 {
			t.Errorf("%d jobs were taken off the board, want 5", acked)
		}
	})
}

// A worker that lies is told so, cut off for longer each time, and proves nothing.
func TestLiesAreRefused(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b, w := &book{}, &wall{}
		s := house(b, w, Terms{})
		for i := range 6 {
			b.add(row(t, model, "a", uint64(i), 2))
		}
		other, err := (maker{}).Prove(t.Context(), zkcommit.Statement{Run: b.rows[0].row.Run})
		if err != nil {
			t.Fatal(err)
		}
		stolen, _ := other.Encode()
		empty, _ := (&zkcommit.Proof{Version: zkcommit.RunProof, Kind: zkcommit.KindRunOrder, Bytes: []byte("panic")}).Encode()
		for i, lie := range [][]byte{stolen, []byte("{"), empty} {
			j, g := lease(t, s, w, "liar")
			if g.Standing != Go {
				t.Fatalf("lie %d: the standing is %q", i, g.Standing)
			}
			refused, err := s.Answer(t.Context(), model, Answer{Lease: g.Lease, Run: j.Run, Worker: "liar", Proof: lie})
			if err != nil || refused == "" {
				t.Errorf("lie %d is taken: %q, %v", i, refused, err)
			}
			if got, _ := b.state(j.Run); got != zkcommit.Pending {
				t.Errorf("after lie %d the run is %q", i, got)
			}
		}
		_, g := lease(t, s, w, "liar")
		if g.Standing != Wait || g.For != time.Minute {
			t.Errorf("after three lies the standing is %q for %s", g.Standing, g.For)
		}
		time.Sleep(61 * time.Second)
		j, g := lease(t, s, w, "liar")
		if g.Standing != Go {
			t.Fatalf("after its time the standing is %q", g.Standing)
		}
		if refused, _ := s.Answer(t.Context(), model, Answer{Lease: g.Lease, Run: j.Run, Worker: "liar", Proof: stolen}); refused == "" {
			t.Error("the fourth lie is taken")
		}
		if _, g = lease(t, s, w, "liar"); g.Standing != Wait || g.For != 2*time.Minute {
			t.Errorf("after four lies the standing is %q for %s", g.Standing, g.For)
		}
		// Another worker of the model, and another model's, go on.
		j, g = lease(t, s, w, "honest")
		if refused, err := s.Answer(t.Context(), model, proofOf(t, j, g, "honest")); refused != "" || err != nil {
			t.Errorf("an honest answer is refused: %q, %v", refused, err)
		}
		if got, _ := b.state(j.Run); got != zkcommit.Proven {
			t.Errorf("an honest answer leaves its run %q", got)
		}
	})
}

// Names are free: the workers of a model are cut off together in the end, and
// no other model's.
func TestNamesDoNotHelpLiars(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b, w := &book{}, &wall{}
		s := house(b, w, Terms{Retry: []time.Duration{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}})
		for i := range 20 {
			b.add(row(t, model, "a", uint64(i), 2))
		}
		other := graph.Hash{2}
		b.add(row(t, other, "b", 99, 2))
		lies := 0
		for i := range 30 {
			time.Sleep(1001 * time.Millisecond) // until the retry
			if _, err := s.Sweep(t.Context()); err != nil {
				t.Fatal(err)
			}
			j, ok := w.take()
			for ok && j.Commitment != model {
				j, ok = w.take()
			}
			if !ok {
				t.Fatal("there is no job")
			}
			g, err := s.Lease(t.Context(), model, j.Run, fmt.Sprint("name", i))
			if err != nil {
				t.Fatal(err)
			}
			if g.Standing == Wait {
				break
			}
			lies++
			if _, err := s.Answer(t.Context(), model, Answer{Lease: g.Lease, Run: j.Run, Worker: fmt.Sprint("name", i), Proof: []byte("{}")}); err != nil {
				t.Fatal(err)
			}
		}
		if lies != 12 {
			t.Errorf("a model's workers may lie %d times, want 12", lies)
		}
		if left := s.blamed.cut(other, "name3", time.Now()); left != 0 {
			t.Errorf("the worker of another model is cut off for %s", left)
		}
	})
}

// A worker that hangs loses its lease, and the run goes to another.
func TestSilenceIsCutOff(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b, w := &book{}, &wall{}
		s := house(b, w, Terms{Lease: 30 * time.Second})
		b.add(row(t, model, "a", 1, 2), row(t, model, "a", 2, 2), row(t, model, "a", 3, 2), row(t, model, "a", 4, 2))
		var late []Answer
		for range 3 {
			j, g := lease(t, s, w, "sloth")
			if g.Standing != Go {
				t.Fatalf("the standing is %q", g.Standing)
			}
			late = append(late, proofOf(t, j, g, "sloth"))
			time.Sleep(31 * time.Second)
		}
		if _, g := lease(t, s, w, "sloth"); g.Standing != Wait {
			t.Errorf("after three silences the standing is %q", g.Standing)
		}
		for _, a := range late {
			if refused, err := s.Answer(t.Context(), model, a); refused == "" || err != nil {
				t.Errorf("an answer after its lease is taken: %v", err)
			}
			if got, reason := b.state(a.Run); got != zkcommit.Pending || !strings.Contains(reason, "did not answer") {
				t.Errorf("the run is %q: %s", got, reason)
			}
		}
		run(t, s, 3*time.Minute, honest(w, "honest", maker{took: time.Second}))
		for _, e := range b.rows {
			if e.state != zkcommit.Proven {
				t.Errorf("run %d is %q in the end", e.row.Seq, e.state)
			}
		}
	})
}

// An answer counts once, for its own run, from who has the lease.
func TestAnswersFitTheirLease(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b, w := &book{}, &wall{}
		s := house(b, w, Terms{})
		for i := range 4 {
			b.add(row(t, model, "a", uint64(i), 2))
		}
		j1, g1 := lease(t, s, w, "one")
		j2, g2 := lease(t, s, w, "two")
		good := proofOf(t, j1, g1, "one")
		for what, change := range map[string]func(*Answer){
			"another run":    func(a *Answer) { a.Run = j2.Run },
			"another worker": func(a *Answer) { a.Worker = "two" },
			"another lease":  func(a *Answer) { a.Lease = g2.Lease },
			"no lease":       func(a *Answer) { a.Lease = graph.Hash{} },
			"no such run":    func(a *Answer) { a.Run = graph.Hash{9} },
		} {
			a := good
			change(&a)
			if refused, err := s.Answer(t.Context(), model, a); refused == "" || err != nil {
				t.Errorf("an answer with %s is taken: %v", what, err)
			}
		}
		if refused, _ := s.Answer(t.Context(), graph.Hash{2}, good); refused == "" {
			t.Error("an answer by another model's way is taken")
		}
		for _, j := range []Job{j1, j2} {
			if got, _ := b.state(j.Run); got != zkcommit.Pending {
				t.Errorf("a wrong answer makes its run %q", got)
			}
		}
		if refused, err := s.Answer(t.Context(), model, good); refused != "" || err != nil {
			t.Errorf("the right answer is refused: %q, %v", refused, err)
		}
		before := string(b.entry(j1.Run).proof)
		if refused, err := s.Answer(t.Context(), model, good); refused == "" || err != nil {
			t.Errorf("an answer is taken twice: %v", err)
		}
		if e := b.entry(j1.Run); e.state != zkcommit.Proven || string(e.proof) != before {
			t.Errorf("the second answer makes the run %q", e.state)
		}
		if g, _ := s.Lease(t.Context(), model, j2.Run, "three"); g.Standing != Gone {
			t.Errorf("a run has two leases: %q", g.Standing)
		}
		if g, _ := s.Lease(t.Context(), graph.Hash{2}, j2.Run, "three"); g.Standing != Gone {
			t.Errorf("another model's worker gets the run: %q", g.Standing)
		}
		for _, name := range []string{"", "a\nb", strings.Repeat("x", 65)} {
			if g, _ := s.Lease(t.Context(), model, j2.Run, name); g.Standing != Gone {
				t.Errorf("the name %q gets a lease", name)
			}
		}
	})
}

// A ledger that fails costs no proof: the worker brings it again.
func TestLedgerFailsOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b, w := &book{}, &wall{}
		s := house(b, w, Terms{})
		b.add(row(t, model, "a", 1, 2))
		j, g := lease(t, s, w, "w")
		b.broken = errors.New("disk full")
		if _, err := s.Answer(t.Context(), model, proofOf(t, j, g, "w")); err == nil {
			t.Fatal("a ledger that fails takes a proof")
		}
		b.broken = nil
		if refused, err := s.Answer(t.Context(), model, proofOf(t, j, g, "w")); refused != "" || err != nil {
			t.Errorf("the proof brought again is refused: %q, %v", refused, err)
		}
		if got, _ := b.state(j.Run); got != zkcommit.Proven {
			t.Errorf("the run is %q", got)
		}
	})
}

// A broken ledger or board is asked less and less, and the work goes on when it is
// whole.
func TestBackoff(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b, w := &book{broken: errors.New("disk full")}, &wall{}
		s := house(b, w, Terms{})
		b.add(row(t, model, "a", 1, 2))
		time.AfterFunc(10*time.Minute, func() {
			b.mu.Lock()
			defer b.mu.Unlock()
			b.broken = nil
		})
		for i := range 600 {
			time.AfterFunc(time.Duration(i)*time.Second, s.Wake)
		}
		run(t, s, 10*time.Minute+20*time.Second, honest(w, "w", maker{}))
		if got, _ := b.state(b.rows[0].ID); got != zkcommit.Proven {
			t.Errorf("the run is %q after the ledger is whole again", got)
		}
		if b.looks > 180 {
			t.Errorf("a broken ledger was asked %d times", b.looks)
		}
	})
}

// A worker that is stopped gives its run back, and it is nobody's fault.
func TestStop(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b, w := &book{}, &wall{}
		s := house(b, w, Terms{})
		b.add(row(t, model, "a", 1, 2))
		run(t, s, 5250*time.Millisecond, honest(w, "w", maker{took: time.Minute}))
		e := b.rows[0]
		if e.state != zkcommit.Pending || e.Fails != 0 || e.Tries != 0 || len(s.jobs) != 0 {
			t.Errorf("the interrupted run is %q after %d tries and %d failures, %d jobs are left", e.state, e.Tries, e.Fails, len(s.jobs))
		}
		run(t, s, 10*time.Second, honest(w, "w", maker{took: time.Second}))
		if e.state != zkcommit.Proven {
			t.Errorf("after the next start the run is %q", e.state)
		}
	})
}

// A proof system that is not ready yet costs no run its proof, however long it takes.
func TestNotYet(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b, w := &book{}, &wall{}
		s := house(b, w, Terms{})
		b.add(row(t, model, "a", 1, 2))
		ready := time.Now().Add(2 * time.Hour)
		run(t, s, 4*time.Hour, honest(w, "w", maker{fault: func(zkcommit.Statement) error {
			if time.Now().Before(ready) {
				return fmt.Errorf("its keys are missing: %w", ErrNotYet)
			}
			return nil
		}}))
		if e := b.rows[0]; e.state != zkcommit.Proven || e.Fails != 0 || e.Tries != 1 {
			t.Errorf("the run is %q after %d tries and %d failures: %s", e.state, e.Tries, e.Fails, e.reason)
		}
	})
}

// A worker that takes jobs and gives them back, again and again, is cut off.
func TestGiversBackAreCutOff(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b, w := &book{}, &wall{}
		s := house(b, w, Terms{})
		b.add(row(t, model, "a", 1, 2))
		for i := range 100 {
			j, g := lease(t, s, w, "idler")
			if g.Standing == Wait {
				if i != 60 {
					t.Errorf("it is cut off after %d jobs, want 60", i)
				}
				return
			}
			if _, err := s.Answer(t.Context(), model, Answer{Lease: g.Lease, Run: j.Run, Worker: "idler", Stopped: true}); err != nil {
				t.Fatal(err)
			}
		}
		t.Error("it is never cut off")
	})
}

// A run that ends its worker each time is given up in the end.
func TestPoison(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b, w := &book{}, &wall{}
		s := house(b, w, Terms{Silences: 5})
		b.add(row(t, model, "a", 1, 2))
		for range 5 { // as if the node were killed each time
			s = house(b, w, Terms{Silences: 5})
			if _, g := lease(t, s, w, "w"); g.Standing != Go {
				t.Fatalf("the standing is %q", g.Standing)
			}
		}
		s = house(b, w, Terms{Silences: 5})
		if _, err := s.Sweep(t.Context()); err != nil {
			t.Fatal(err)
		}
		if got, reason := b.state(b.rows[0].ID); got != zkcommit.Failed || !strings.Contains(reason, "without an answer") {
			t.Errorf("the run is %q: %s", got, reason)
		}
	})
}

// A late proof is none, even if nobody has noticed yet that it is late.
func TestLate(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b, w := &book{}, &wall{}
		s := house(b, w, Terms{})
		b.add(row(t, model, "a", 1, 2), row(t, model, "a", 2, 2))
		now := seconds(time.Now())
		b.rows[0].Due, b.rows[1].Due = now+10, now+10
		j, g := lease(t, s, w, "w")
		time.Sleep(11 * time.Second)
		if refused, err := s.Answer(t.Context(), model, proofOf(t, j, g, "w")); refused != "" || err != nil {
			t.Errorf("%q, %v", refused, err)
		}
		if got, _ := b.state(j.Run); got != zkcommit.Failed {
			t.Errorf("the late run is %q", got)
		}
		run(t, s, 10*time.Second, honest(w, "w", maker{}))
		for _, e := range b.rows {
			if e.state != zkcommit.Failed {
				t.Errorf("the late run %d is %q", e.row.Seq, e.state)
			}
		}
	})
}

// What a worker is given opens what it proves, and not who the viewer is.
func TestLeaseHoldsNoOpening(t *testing.T) {
	b, w := &book{}, &wall{}
	house(b, w, Terms{})
	r := row(t, model, "a", 3, 2)
	b.add(r)
	if _, err := w.desk.Sweep(context.Background()); err != nil {
		t.Fatal(err)
	}
	g, err := w.Lease(context.Background(), model, r.ID, "w")
	if err != nil || g.Standing != Go {
		t.Fatalf("no lease: %v, %v", g.Standing, err)
	}
	if run, err := g.Statement.Check(); err != nil || run.ID() != r.ID || len(g.Statement.Rows) != 2 {
		t.Errorf("the statement of a lease is %+v (%v)", g.Statement, err)
	}
	said, err := json.Marshal(g)
	if err != nil || bytes.Contains(said, []byte(r.Opening.Hex())) {
		t.Errorf("a lease holds the opening: %s (%v)", said, err)
	}
}
