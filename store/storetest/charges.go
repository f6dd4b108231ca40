package storetest

import (
	"context"
	"errors"
	"testing"

	"candor/graph"
	"candor/zkcommit"
)

// ChargeBook counts what askers have left.
type ChargeBook interface {
	FullAgain(ctx context.Context, ranker string, asker graph.Hash) (uint64, error)
	Answered(ctx context.Context, commitment graph.Hash) (all, public uint64, err error)
}

// charges: a ticket and its price are taken together or not at all, each asker pays for
// each ranker, and a restart gives nothing back.
func charges(t *testing.T, _ Refusals, _ string, open func() Ledger) {
	ctx, l := context.Background(), open()
	now := uint64(1_700_000_000_000_000)
	ann, bob := graph.Hash{1}, graph.Hash{2}
	seq := uint64(0)
	take := func(asker graph.Hash, ranker string) bool {
		t.Helper()
		x := Ticket(0, seq, "")
		x.Ranker, x.Charge = ranker, &zkcommit.Charge{Asker: asker, Most: 3, Now: now}
		err := l.AppendTicket(ctx, x)
		if poor := (*zkcommit.Spent)(nil); errors.As(err, &poor) {
			return false
		}
		must(t, err)
		seq++
		return true
	}
	full := func(asker graph.Hash, ranker string) uint64 {
		t.Helper()
		n, err := l.FullAgain(ctx, ranker, asker)
		must(t, err)
		return n
	}
	same(t, "nobody asked", full(ann, "latest"), uint64(0))
	for i := range 3 {
		same(t, "a ticket", take(ann, "latest"), true)
		same(t, "its price", full(ann, "latest"), now+uint64(i+1)*zkcommit.Hour/3)
	}
	same(t, "a fourth", take(ann, "latest"), false)
	next, err := l.NextTicket(ctx, 0)
	must(t, err)
	same(t, "a refused ticket takes no number", next, seq)
	gap := Ticket(0, seq+5, "")
	gap.Charge = &zkcommit.Charge{Asker: bob, Most: 3, Now: now}
	if l.AppendTicket(ctx, gap) == nil {
		t.Fatal("a ticket behind a gap is taken")
	}
	same(t, "a ticket that is none costs nothing", full(bob, "latest"), uint64(0))
	same(t, "another asker", take(bob, "latest"), true)
	same(t, "another ranker", take(ann, "slow"), true)
	must(t, l.AppendTicket(ctx, Ticket(0, seq, ""))) // of nobody
	seq++
	must(t, l.Close())
	l = open()
	same(t, "after a restart", take(ann, "latest"), false)
	now += zkcommit.Hour / 3
	same(t, "a third of an hour later", take(ann, "latest"), true)
	same(t, "and again", take(ann, "latest"), false)
	now += 2 * zkcommit.Hour
	same(t, "two hours later", take(bob, "slow"), true)
	same(t, "who has all again is forgotten", full(ann, "latest"), uint64(0))
}

// answered: the runs of each model are counted, and those that anyone may open.
func answered(t *testing.T, _ Refusals, _ string, open func() Ledger) {
	ctx, l := context.Background(), open()
	one, two := graph.Hash{1}, graph.Hash{2}
	for seq := range uint64(5) {
		run := zkcommit.Run{Seq: seq, Commitment: one}
		if seq == 4 {
			run.Commitment = two
		}
		if seq > 0 {
			run.Previous = graph.Hash{byte(seq)}
		}
		row := Run(0, seq, "")
		row.Run, row.Public = run.Bytes(), seq == 1 || seq == 2
		must(t, Append(ctx, l, row))
	}
	for _, c := range []struct {
		model       graph.Hash
		all, public uint64
	}{{one, 4, 2}, {two, 1, 0}, {graph.Hash{3}, 0, 0}} {
		all, public, err := l.Answered(ctx, c.model)
		must(t, err)
		same(t, "runs and public ones", []uint64{all, public}, []uint64{c.all, c.public})
	}
}
