package feeds

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"candor/graph"
	"candor/graph/embed/embedtest"
	"candor/zkcommit"

	"pgregory.net/rapid"
)

// walk checks what an auditor checks of a lane: entries follow each other, and each
// ends the ticket of its number, which the node signed before.
func walk(t fataler, h *Hall, l *ledger) (reasons map[zkcommit.Reason]int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.entries) != len(l.tickets) {
		t.Fatalf("%d tickets have %d ends", len(l.tickets), len(l.entries))
	}
	reasons = map[zkcommit.Reason]int{}
	var previous graph.Hash
	for i, e := range l.entries {
		run, abort, err := zkcommit.ParseEntry(e.Bytes)
		if err != nil {
			t.Fatalf("entry %d: %v", i, err)
		}
		named := graph.Hash{}
		if run != nil {
			named = run.Previous
		} else {
			named = abort.Previous
			reasons[abort.Reason]++
		}
		if named != previous {
			t.Fatalf("entry %d follows %s, and entry %d is %s", i, named, i-1, previous)
		}
		previous = e.ID
		promise, err := zkcommit.ParseTicket(l.tickets[i].Ticket)
		if err != nil {
			t.Fatalf("ticket %d: %v", i, err)
		}
		if err := promise.Check(zkcommit.RunLogDomain(h.Origin.ChainID, h.Origin.RunLog)); err != nil {
			t.Fatalf("ticket %d: %v", i, err)
		}
		if err := promise.Ends(e.Bytes); err != nil {
			t.Fatalf("ticket %d: %v", i, err)
		}
	}
	return reasons
}

type fataler interface{ Fatalf(string, ...any) }

func ask(h *Hall, viewer int, ranker string) (*graph.Page, error) {
	return h.Feed(context.Background(), graph.Request{Ranker: ranker, Viewer: embedtest.Person(viewer), Limit: 5})
}

// reason is that of the abort which the error tells of.
func reason(t testing.TB, err error) string {
	t.Helper()
	var e *graph.ErrAborted
	if !errors.As(err, &e) {
		t.Fatalf("no abort: %v", err)
	}
	if _, err := zkcommit.ParseTicket(e.Ticket); err != nil {
		t.Fatalf("the error carries no ticket: %v", err)
	}
	return e.Reason
}

// TestEveryTicketEnds: whatever rankers do, whoever waits, and when the node stops.
func TestEveryTicketEnds(t *testing.T) {
	h, l, _ := testHall(t)
	good, forever := h.Rankers[0].Score, make(chan struct{})
	t.Cleanup(func() { close(forever) })
	rapid.Check(t, func(r *rapid.T) {
		*l = ledger{}
		fates := rapid.SliceOfN(rapid.IntRange(0, 5), 1, 20).Draw(r, "fates")
		var turn atomic.Int64
		round := &Hall{Mirror: h.Mirror, Ledger: l, Filters: h.Filters, Select: h.Select, Node: h.Node, Origin: h.Origin, Final: h.Final, Patience: 50 * time.Millisecond}
		round.Rankers = append(round.Rankers, h.Rankers[0])
		round.Rankers[0].Score = func(ctx context.Context, rows []graph.Row) ([]graph.Score, int, error) {
			switch fates[int(turn.Add(1)-1)%len(fates)] {
			case 0:
				return nil, 0, errors.New("no luck")
			case 1:
				panic("no luck at all")
			case 2:
				<-ctx.Done()
				return nil, 0, ctx.Err()
			case 3:
				return make([]graph.Score, len(rows)+1), 0, nil
			}
			return good(ctx, rows)
		}
		if err := round.Open(context.Background()); err != nil {
			r.Fatal(err)
		}
		hasty := rapid.Bool().Draw(r, "some leave")
		var wg sync.WaitGroup
		for i := range fates {
			wg.Go(func() {
				ctx, cancel := context.WithCancel(context.Background())
				defer cancel()
				if hasty && i%3 == 0 {
					cancel()
				}
				p, err := round.Feed(ctx, graph.Request{Viewer: embedtest.Person(1 + i/2), Limit: 5})
				if (p == nil) == (err == nil) {
					t.Errorf("page %v, error %v", p, err)
				}
			})
		}
		if !rapid.Bool().Draw(r, "the node stops in between") {
			wg.Wait()
		}
		round.Close()
		wg.Wait()
		walk(r, round, l)
	})
}

// TestOneTicketForAll: identical requests at one moment share ticket and computation.
func TestOneTicketForAll(t *testing.T) {
	h, l, _ := testHall(t)
	good := h.Rankers[0].Score
	var made atomic.Int64
	first := make(chan struct{})
	h.Rankers[0].Score = func(ctx context.Context, rows []graph.Row) ([]graph.Score, int, error) {
		made.Add(1)
		<-first
		return good(ctx, rows)
	}
	const readers = 30
	var wg sync.WaitGroup
	pages := make([]*graph.Page, readers)
	for i := range pages {
		wg.Go(func() {
			p, err := h.Feed(t.Context(), graph.Request{Limit: 5, Nonce: graph.Hash{byte(i + 1)}})
			if err != nil {
				t.Error(err)
			}
			pages[i] = p
		})
	}
	late := time.Now().Add(20 * time.Second)
	for waiting := 0; waiting < readers && time.Now().Before(late); time.Sleep(time.Millisecond) {
		h.desk.Lock()
		waiting = 0
		for _, f := range h.desk.flights {
			waiting += f.waiting
		}
		h.desk.Unlock()
	}
	close(first)
	wg.Wait()
	if t.Failed() {
		return
	}
	if made.Load() != 1 || len(l.tickets) != 1 {
		t.Errorf("%d readers of one feed made %d computations and %d tickets", readers, made.Load(), len(l.tickets))
	}
	promise, err := zkcommit.ParseTicket(pages[0].Run.Ticket)
	if err != nil || promise.Nonce == (graph.Hash{}) || promise.Delay != 90 {
		t.Errorf("the ticket is %+v, %v", promise, err)
	}
	for _, p := range pages {
		if string(p.Run.Ticket) != string(pages[0].Run.Ticket) || p.Run.ID != pages[0].Run.ID {
			t.Error("one of them has another ticket or run")
		}
	}
	again, err := h.Feed(t.Context(), graph.Request{Limit: 5, Nonce: graph.Hash{99}})
	if err != nil || string(again.Run.Ticket) != string(pages[0].Run.Ticket) {
		t.Errorf("the run comes without its ticket later: %v", err)
	}
	walk(t, h, l)
}

// TestSlowRunsHoldNobodyUp: a ranker that hangs is aborted in time, its followers go
// on, and once it has taken all its slots it takes no more tickets.
func TestSlowRunsHoldNobodyUp(t *testing.T) {
	h, l, _ := testHall(t)
	h.Patience = time.Second
	forever := make(chan struct{})
	defer close(forever)
	h.Rankers[0].Score = func(context.Context, []graph.Row) ([]graph.Score, int, error) {
		<-forever
		return nil, 0, nil
	}
	slots := cap(h.desk.slot("up"))
	errs := make([]error, slots+3)
	var wg sync.WaitGroup
	for i := range errs {
		wg.Go(func() { _, errs[i] = ask(h, 1+i, "up") })
	}
	late := time.Now().Add(20 * time.Second)
	for n := 0; n == 0 && time.Now().Before(late); time.Sleep(time.Millisecond) { // until a hanging run stands in front
		l.mu.Lock()
		n = len(l.tickets)
		l.mu.Unlock()
	}
	if p, err := ask(h, 1, "down"); err != nil || p.Run.Seq == 0 {
		t.Errorf("a reader of another ranker gets %v", err)
	}
	wg.Wait()
	timedOut, busy := 0, 0
	for _, err := range errs {
		var later *graph.ErrAsk
		if errors.As(err, &later) && later.Passing {
			busy++
		} else if reason(t, err) == "timed-out" {
			timedOut++
		}
	}
	if timedOut != slots || busy != 3 || len(l.tickets) != slots+1 {
		t.Errorf("%d timed out, %d were refused, of %d tickets", timedOut, busy, len(l.tickets))
	}
	if r := walk(t, h, l); r[zkcommit.TimedOut] != slots {
		t.Errorf("the aborts say %v", r)
	}
}

// TestCrashedTickets: what a killed process promised is aborted before anything new.
func TestCrashedTickets(t *testing.T) {
	h, l, _ := testHall(t)
	if _, err := ask(h, 1, "up"); err != nil {
		t.Fatal(err)
	}
	for range 3 { // as take leaves it
		if _, err := h.take(&wish{ranker: &h.Rankers[0], block: graph.Block{Number: 3}}); err != nil {
			t.Fatal(err)
		}
	}
	next := &Hall{Mirror: h.Mirror, Ledger: l, Rankers: h.Rankers, Select: h.Select, Node: h.Node, Origin: h.Origin, Final: h.Final}
	if err := next.Open(t.Context()); err != nil {
		t.Fatal(err)
	}
	if r := walk(t, next, l); r[zkcommit.Crashed] != 3 {
		t.Errorf("the aborts say %v", r)
	}
	if p, err := ask(next, 2, "up"); err != nil || p.Run.Seq != 4 {
		t.Errorf("the next run: %+v, %v", p, err)
	}
	next.Close()
	walk(t, next, l)
}

// TestStoppedAndAbandoned: who stops the node, or leaves, leaves an abort behind.
func TestStoppedAndAbandoned(t *testing.T) {
	h, l, _ := testHall(t)
	computing := make(chan struct{})
	h.Rankers[0].Score = func(ctx context.Context, _ []graph.Row) ([]graph.Score, int, error) {
		computing <- struct{}{}
		<-ctx.Done()
		return nil, 0, ctx.Err()
	}
	ctx, leave := context.WithCancel(t.Context())
	left := make(chan error)
	go func() {
		_, err := h.Feed(ctx, graph.Request{Limit: 5})
		left <- err
	}()
	<-computing
	leave()
	if err := <-left; !errors.Is(err, context.Canceled) {
		t.Errorf("who left hears %v", err)
	}
	stopped := make(chan error)
	go func() {
		_, err := ask(h, 1, "up")
		stopped <- err
	}()
	<-computing
	go h.Close()
	if r := reason(t, <-stopped); r != "shut-down" {
		t.Errorf("who waited at the end hears %s", r)
	}
	h.Close()
	if r := walk(t, h, l); r[zkcommit.Abandoned] != 1 || r[zkcommit.ShutDown] != 1 {
		t.Errorf("the aborts say %v", r)
	}
	if _, err := ask(h, 2, "up"); err == nil || len(l.tickets) != 2 {
		t.Errorf("a closed hall answers: %v", err)
	}
}

// TestFailuresOfTheLedger: whether it kept what it refused or not, nothing is lost
// and nothing is there twice.
func TestFailuresOfTheLedger(t *testing.T) {
	for _, deaf := range []bool{false, true} {
		for _, when := range []string{"at the ticket", "at the run"} {
			t.Run(fmt.Sprint(when, ", kept: ", deaf), func(t *testing.T) {
				h, l, _ := testHall(t)
				h.Patience = 2 * time.Second
				full, good := errors.New("the disk is full"), h.Rankers[0].Score
				var retried atomic.Int64
				h.Failed = func(err error) {
					if retried.Add(1); !errors.Is(err, full) {
						t.Error(err)
					}
					l.set(nil, false)
				}
				if when == "at the ticket" {
					l.set(full, deaf)
				} else {
					h.Rankers[0].Score = func(ctx context.Context, rows []graph.Row) ([]graph.Score, int, error) {
						l.set(full, deaf)
						return good(ctx, rows)
					}
				}
				p, err := ask(h, 1, "up")
				if kept := deaf && when == "at the run"; kept != (err == nil) {
					t.Errorf("page %v, %v", p, err)
				} else if err != nil && !errors.Is(err, full) {
					t.Error(err)
				}
				h.Rankers[0].Score = good
				if when == "at the ticket" || deaf {
					l.set(nil, false)
				}
				for viewer := 2; viewer < 4; viewer++ {
					if _, err := ask(h, viewer, "up"); err != nil {
						t.Fatal(err)
					}
				}
				if r := walk(t, h, l); len(l.rows) != 2+map[bool]int{true: 1}[deaf && when == "at the run"] {
					t.Errorf("%d runs, aborts %v", len(l.rows), r)
				}
				if when == "at the run" && !deaf && retried.Load() == 0 {
					t.Error("the abort was not tried again")
				}
			})
		}
	}
}

// TestAnotherProcessWasFaster: a run of the same request ends the ticket as a duplicate.
func TestAnotherProcessWasFaster(t *testing.T) {
	h, l, _ := testHall(t)
	good := h.Rankers[0].Score
	h.Rankers[0].Score = func(ctx context.Context, rows []graph.Row) ([]graph.Score, int, error) {
		w := h.Mirror.(world)
		l.mu.Lock()
		l.rows = append(l.rows, zkcommit.RunRow{ID: graph.Hash{7}, Key: key(embedtest.Person(1), false, &h.Rankers[0].Manifest.Manifest, nil, nil, w.snap.Block().Hash),
			Lane: 5, Record: []byte(`{}`)})
		l.mu.Unlock()
		return good(ctx, rows)
	}
	if p, err := ask(h, 1, "up"); err != nil || p.Run.ID != (graph.Hash{7}) {
		t.Errorf("page %+v, %v", p, err)
	}
	h.Close()
	if r := walk(t, h, l); r[zkcommit.Duplicate] != 1 {
		t.Errorf("the aborts say %v", r)
	}
}
