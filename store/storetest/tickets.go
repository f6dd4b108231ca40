package storetest

import (
	"context"
	"crypto/sha256"
	"fmt"
	"sync"
	"testing"

	"candor/graph"
	"candor/zkcommit"
)

// TicketBook keeps tickets.
type TicketBook interface {
	AppendTicket(context.Context, zkcommit.TicketRow) error
	NextTicket(ctx context.Context, lane uint32) (uint64, error)
	OpenTickets(ctx context.Context, lane uint32) ([]zkcommit.TicketRow, error)
	TicketByID(ctx context.Context, id graph.Hash) (zkcommit.TicketEnd, bool, error)
}

// AbortBook keeps aborts.
type AbortBook interface {
	AppendAbort(context.Context, zkcommit.AbortRow) error
	CountAborts(context.Context) ([]zkcommit.AbortCount, error)
}

// Ticket is a made-up ticket of the lane; salt tells those of one number apart.
func Ticket(lane uint32, seq uint64, salt string) zkcommit.TicketRow {
	return zkcommit.TicketRow{ID: sha256.Sum256(fmt.Append(nil, "ticket", lane, seq, salt)), Lane: lane, Seq: seq,
		Ranker: "latest", Ticket: fmt.Append(nil, "ticket", lane, seq, salt)}
}

// Abort is a made-up abort of the ticket.
func Abort(t zkcommit.TicketRow, why zkcommit.Reason) zkcommit.AbortRow {
	return zkcommit.AbortRow{ID: sha256.Sum256(fmt.Append(nil, "abort", t.ID)), Lane: t.Lane, Seq: t.Seq, Ticket: t.ID,
		Reason: why, Abort: fmt.Append(nil, "abort", t.Seq)}
}

// Append takes a ticket and ends it by the run.
func Append(ctx context.Context, l interface {
	AppendTicket(context.Context, zkcommit.TicketRow) error
	AppendRun(context.Context, zkcommit.RunRow) error
}, r zkcommit.RunRow) error {
	if err := l.AppendTicket(ctx, Ticket(r.Lane, r.Seq, "")); err != nil {
		return err
	}
	return l.AppendRun(ctx, r)
}

// tickets: numbers are given one after the other, and end in the same order.
func tickets(t *testing.T, refused Refusals, _ string, open func() Ledger) {
	ctx, l := context.Background(), open()
	next := func(want uint64) {
		t.Helper()
		got, err := l.NextTicket(ctx, 0)
		must(t, err)
		same(t, "the next ticket", got, want)
	}
	next(0)
	want(t, l.AppendTicket(ctx, Ticket(0, 1, "")), refused.Gap)
	fill(t, l, 0, 2)
	next(2)
	var three []zkcommit.TicketRow
	for seq := uint64(2); seq < 5; seq++ {
		three = append(three, Ticket(0, seq, ""))
		must(t, l.AppendTicket(ctx, three[seq-2]))
	}
	next(5)
	want(t, l.AppendTicket(ctx, Ticket(0, 4, "again")), refused.Gap)
	want(t, l.AppendTicket(ctx, Ticket(0, 6, "")), refused.Gap)
	if l.AppendTicket(ctx, Ticket(0, 1<<63, "")) == nil {
		t.Fatal("a huge number is taken")
	}
	if twice := Ticket(0, 5, ""); true {
		twice.ID = three[0].ID
		if l.AppendTicket(ctx, twice) == nil {
			t.Fatal("one ticket is taken twice")
		}
	}
	must(t, l.AppendTicket(ctx, Ticket(1, 0, ""))) // other lanes count for themselves
	want(t, l.AppendRun(ctx, Run(0, 3, "")), refused.Gap)
	want(t, l.AppendAbort(ctx, Abort(three[1], zkcommit.Crashed)), refused.Gap)
	must(t, l.Close())
	l = open()
	got, err := l.OpenTickets(ctx, 0)
	must(t, err)
	same(t, "open tickets", got, three)
	must(t, l.AppendRun(ctx, Run(0, 2, "")))
	got, err = l.OpenTickets(ctx, 0)
	must(t, err)
	same(t, "open tickets after a run", got, three[1:])
	next(5)

	end, ok, err := l.TicketByID(ctx, three[0].ID)
	must(t, err)
	same(t, "a ticket that ended", []any{end, ok}, []any{zkcommit.TicketEnd{TicketRow: three[0], EntryID: Run(0, 2, "").ID, Entry: Run(0, 2, "").Run, LogIndex: -1}, true})
	end, ok, err = l.TicketByID(ctx, three[1].ID)
	must(t, err)
	same(t, "an open ticket", []any{end, ok}, []any{zkcommit.TicketEnd{TicketRow: three[1], LogIndex: -1}, true})
	if _, ok, err := l.TicketByID(ctx, graph.Hash{9}); ok || err != nil {
		t.Fatalf("a ticket that nobody took: %v, %v", ok, err)
	}
	want(t, l.AddEpoch(ctx, zkcommit.Epoch{Mode: zkcommit.ProveAll, Rate: zkcommit.WholeRate, Due: 60}), refused.Begun)
}

// aborts: runs and aborts are one gapless lane, and go to the log together.
func aborts(t *testing.T, refused Refusals, _ string, open func() Ledger) {
	ctx, l := context.Background(), open()
	if _, ok, err := l.LastEntry(ctx, 0); ok || err != nil {
		t.Fatalf("an empty lane has a last entry: %v, %v", ok, err)
	}
	var all []zkcommit.EntryRow
	for seq := range uint64(6) {
		x := Ticket(0, seq, "")
		if seq == 4 {
			x.Ranker = "another"
		}
		must(t, l.AppendTicket(ctx, x))
		if seq%2 == 1 {
			r := Run(0, seq, "")
			must(t, l.AppendRun(ctx, r))
			all = append(all, zkcommit.EntryRow{Seq: seq, ID: r.ID, Bytes: r.Run})
			continue
		}
		a := Abort(x, zkcommit.TimedOut)
		if seq == 2 {
			a.Reason = zkcommit.Crashed
		}
		foreign := a
		foreign.Ticket[0]++
		want(t, l.AppendAbort(ctx, foreign), refused.NoTicket)
		must(t, l.AppendAbort(ctx, a))
		want(t, l.AppendAbort(ctx, a), refused.Gap)
		want(t, l.AppendRun(ctx, Run(0, seq, "")), refused.Gap)
		all = append(all, zkcommit.EntryRow{Seq: seq, ID: a.ID, Bytes: a.Abort})
	}
	must(t, l.Close())
	l = open()
	last, ok, err := l.LastEntry(ctx, 0)
	must(t, err)
	same(t, "last entry", []any{last, ok}, []any{all[5], true})
	unlogged, err := l.Unlogged(ctx, 0, 5)
	must(t, err)
	same(t, "unlogged", unlogged, all[:5])
	if l.SetLogged(ctx, 0, 0, 1) == nil {
		t.Fatal("an abort is logged at another index than its number")
	}
	for _, e := range all[:5] {
		for range 2 { // a crash in between makes the appender say it again
			must(t, l.SetLogged(ctx, 0, e.Seq, e.Seq))
		}
	}
	unlogged, err = l.Unlogged(ctx, 0, 10)
	must(t, err)
	same(t, "unlogged", unlogged, all[5:])
	end, _, err := l.TicketByID(ctx, Ticket(0, 2, "").ID)
	must(t, err)
	same(t, "an aborted ticket", end, zkcommit.TicketEnd{TicketRow: Ticket(0, 2, ""), EntryID: all[2].ID, Entry: all[2].Bytes, LogIndex: 2})
	counts, err := l.CountAborts(ctx)
	must(t, err)
	same(t, "counts", counts, []zkcommit.AbortCount{{Ranker: "another", Reason: zkcommit.TimedOut, Count: 1},
		{Ranker: "latest", Reason: zkcommit.TimedOut, Count: 1}, {Ranker: "latest", Reason: zkcommit.Crashed, Count: 1}})
	runs, err := l.Runs(ctx, 0, 0, 10)
	must(t, err)
	same(t, "listed runs", len(runs), 3)
	total, _, err := l.CountRuns(ctx)
	must(t, err)
	same(t, "runs", total, uint64(3))
}

// ticketRace: of many who take the same number, or end the same ticket, one wins.
func ticketRace(t *testing.T, refused Refusals, _ string, open func() Ledger) {
	ctx := context.Background()
	handles := []Ledger{open(), open()}
	const rounds, rivals = 5, 6
	for seq := range uint64(rounds) {
		var wg sync.WaitGroup
		took, ended := make([]error, rivals), make([]error, rivals)
		for i := range rivals {
			wg.Go(func() { took[i] = handles[i%2].AppendTicket(ctx, Ticket(0, seq, fmt.Sprint(i))) })
		}
		wg.Wait()
		winner := one(t, took, refused.Gap)
		for i := range rivals {
			wg.Go(func() {
				if i < rivals/2 {
					ended[i] = handles[i%2].AppendRun(ctx, Run(0, seq, fmt.Sprint(i)))
				} else {
					ended[i] = handles[i%2].AppendAbort(ctx, Abort(Ticket(0, seq, fmt.Sprint(winner)), zkcommit.Abandoned))
				}
			})
		}
		wg.Wait()
		one(t, ended, refused.Gap)
	}
	next, err := handles[1].NextTicket(ctx, 0)
	must(t, err)
	same(t, "the next ticket", next, uint64(rounds))
}

// one is the only rival without an error; the others have the error refused.
func one(t testing.TB, errs []error, refused error) (winner int) {
	t.Helper()
	won := 0
	for i, err := range errs {
		if err == nil {
			won, winner = won+1, i
		} else {
			want(t, err, refused)
		}
	}
	if won != 1 {
		t.Fatalf("%d of %d rivals won", won, len(errs))
	}
	return winner
}
