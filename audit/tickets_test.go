package audit

import (
	"crypto/ecdsa"
	"slices"
	"strings"
	"testing"

	"candor/graph"
	"candor/zkcommit"

	"github.com/ethereum/go-ethereum/crypto"
)

// Each ticket that a node did not keep is found, and none that it kept or still may.
func TestTicketsThatWereNotKept(t *testing.T) {
	key, err := crypto.GenerateKey()
	if err != nil {
		t.Fatal(err)
	}
	domain := zkcommit.RunLogDomain(1337, graph.Address{4})
	who := crypto.PubkeyToAddress(key.PublicKey)
	give := func(seq uint64, f func(*zkcommit.Ticket)) *zkcommit.Ticket {
		x := &zkcommit.Ticket{Node: who, Seq: seq, Block: 1 + seq%blocks, Time: 1_700_000_000, Delay: 90}
		if f != nil {
			f(x)
		}
		if err := x.Sign(key, domain); err != nil {
			t.Fatal(err)
		}
		return x
	}
	aborted := give(5, nil)
	other := func(n byte) func(*zkcommit.Ticket) { return func(x *zkcommit.Ticket) { x.Nonce[0] = n } }
	for name, c := range map[string]struct {
		given []*zkcommit.Ticket
		time  uint64
		found int
		says  string
		share Share
	}{
		"none":                    {nil, 1_800_000_000, 0, "", Share{}},
		"a run":                   {[]*zkcommit.Ticket{give(3, nil)}, 1_800_000_000, 0, "", Share{Checked: 1, Of: 1}},
		"an abort":                {[]*zkcommit.Ticket{aborted}, 1_800_000_000, 0, "", Share{Checked: 1, Of: 1}},
		"given twice":             {[]*zkcommit.Ticket{aborted, aborted}, 1_800_000_000, 0, "", Share{Checked: 1, Of: 1}},
		"another ticket's abort":  {[]*zkcommit.Ticket{give(5, other(1))}, 1_800_000_000, 1, "another ticket", Share{Checked: 1, Of: 1}},
		"a run on another block":  {[]*zkcommit.Ticket{give(3, func(x *zkcommit.Ticket) { x.Block = 9 })}, 1_800_000_000, 1, "block 9", Share{Checked: 1, Of: 1}},
		"two of one number":       {[]*zkcommit.Ticket{aborted, give(5, other(1))}, 1_800_000_000, 2, "two tickets of number 5", Share{Checked: 2, Of: 2}},
		"two runs of one number":  {[]*zkcommit.Ticket{give(3, nil), give(3, other(1))}, 1_800_000_000, 1, "two tickets of number 3", Share{Checked: 2, Of: 2}},
		"not there, not due":      {[]*zkcommit.Ticket{give(44, nil)}, 1_700_000_090, 0, "", Share{Checked: 0, Of: 1}},
		"not there, due":          {[]*zkcommit.Ticket{give(44, nil)}, 1_700_000_091, 1, "within 90 seconds", Share{Checked: 1, Of: 1}},
		"one kept, one not there": {[]*zkcommit.Ticket{give(3, nil), give(44, nil)}, 1_700_000_091, 1, "number 44", Share{Checked: 2, Of: 2}},
	} {
		w := honestOf(key, aborted)
		r := &Report{Node: who, Time: c.time, Shares: map[string]Share{}}
		tickets := &Tickets{Report: r, Domain: domain}
		for _, x := range c.given {
			if err := tickets.Add(x); err != nil {
				t.Fatal(err)
			}
		}
		for i, e := range w.entries {
			tickets.Entry(uint64(i), e)
		}
		tickets.End()
		r.Sort()
		if len(r.Findings) != c.found || c.found > 0 && (!slices.Equal(r.Rules(), []Rule{RuleTicket}) || !slices.ContainsFunc(r.Findings, func(f Finding) bool { return strings.Contains(f.Says, c.says) })) {
			t.Errorf("%s: %+v", name, r.Findings)
		}
		if s := r.Shares["tickets"]; s.Checked != c.share.Checked || s.Of != c.share.Of {
			t.Errorf("%s: checked %d of %d", name, s.Checked, s.Of)
		}
	}
	tickets := &Tickets{Report: &Report{Node: who}, Domain: domain}
	foreign := give(3, nil)
	foreign.Nonce[9]++
	for what, x := range map[string]*zkcommit.Ticket{"a forged one": foreign, "another lane's": give(3, func(x *zkcommit.Ticket) { x.Lane = 1 })} {
		if tickets.Add(x) == nil {
			t.Errorf("%s is taken", what)
		}
	}
	tickets.Report.Node[0]++
	if tickets.Add(aborted) == nil {
		t.Error("another node's ticket is taken")
	}
}

// honestOf is a log of 40 entries of the key's node, of which number 5 aborts the ticket.
func honestOf(key *ecdsa.PrivateKey, aborted *zkcommit.Ticket) *world {
	w := honest(40)
	who := crypto.PubkeyToAddress(key.PublicKey)
	for i := range w.entries {
		w.rewrite(i, func(r *zkcommit.Run) { r.Node = who }, func(a *zkcommit.Abort) {
			a.Node = who
			if i == 5 {
				a.Ticket = aborted.ID()
			}
		})
	}
	w.reseal(0)
	return w
}

// Of tickets that were not kept the chain takes evidence.
func TestTicketsAreEvidence(t *testing.T) {
	b := newBench(t)
	one, other := b.ticket(t, 1), b.ticket(t, 2)
	c := &Cases{About: *b.about(""), Chain: b, Tickets: []zkcommit.Ticket{one, other}}
	seq := one.Seq
	x, err := c.Of(Finding{Rule: RuleTicket, Index: &seq, Says: "two"})
	if err != nil || x == nil || x.Fault != FaultTwoTickets || x.Says != "two" {
		t.Fatalf("two tickets: %+v, %v", x, err)
	}
	c.Tickets = c.Tickets[:1]
	if x, err = c.Of(Finding{Rule: RuleTicket, Index: &seq}); err != nil || x == nil || x.Fault != FaultUnanswered {
		t.Fatalf("a ticket that did not end: %+v, %v", x, err)
	}
	seq++
	if x, err = c.Of(Finding{Rule: RuleTicket, Index: &seq}); err != nil || x != nil {
		t.Fatalf("no ticket at all: %+v, %v", x, err)
	}
}
