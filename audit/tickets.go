package audit

import (
	"fmt"

	"candor/zkcommit"
)

// Tickets checks that what a node promised in the tickets at hand is in its log.
type Tickets struct {
	Report *Report
	Domain zkcommit.Domain // of the RunLog contract

	given map[uint64][]*zkcommit.Ticket // by number, each ticket once
	count uint64
	ended map[uint64]bool // numbers that the log has
}

// Add takes a ticket before the walk. An error says that the node never signed it: then
// it says nothing about the node.
func (t *Tickets) Add(x *zkcommit.Ticket) error {
	if err := x.Check(t.Domain); err != nil {
		return err
	}
	if x.Node != t.Report.Node || x.Lane != 0 {
		return fmt.Errorf("the ticket is of node %s and lane %d, and the log is of lane 0 of node %s", x.Node, x.Lane, t.Report.Node)
	}
	if t.given == nil {
		t.given, t.ended = map[uint64][]*zkcommit.Ticket{}, map[uint64]bool{}
	}
	for _, other := range t.given[x.Seq] {
		if other.ID() == x.ID() {
			return nil
		}
		t.fault(x, "the node gave two tickets of number %d: %s and %s", x.Seq, short(other.ID()), short(x.ID()))
	}
	t.given[x.Seq] = append(t.given[x.Seq], x)
	t.count++
	return nil
}

// Entry takes the log's next entry.
func (t *Tickets) Entry(index uint64, entry []byte) {
	for _, x := range t.given[index] {
		t.ended[index] = true
		if err := x.Ends(entry); err != nil {
			t.fault(x, "the ticket of number %d did not end as it promised: %v", index, err)
		}
	}
}

// End looks for tickets that are due by the report's time and are not in the log.
func (t *Tickets) End() {
	if t.count == 0 {
		return
	}
	s := Share{Of: t.count, Why: "the others are not due yet"}
	for seq, all := range t.given {
		for _, x := range all {
			switch {
			case t.ended[seq]:
				s.Checked++
			case t.Report.Time > x.Due():
				s.Checked++
				t.fault(x, "the node promised to log number %d, as a run or an abort, within %d seconds, and its log ends before it %d seconds later", seq, x.Delay, t.Report.Time-x.Time)
			}
		}
	}
	t.Report.Shares["tickets"] = s
}

// fault notes what the ticket's node did. The evidence is its signature.
func (t *Tickets) fault(x *zkcommit.Ticket, format string, args ...any) {
	index := x.Seq
	t.Report.Find(Finding{Rule: RuleTicket, Index: &index, Says: fmt.Sprintf(format, args...), Evidence: fmt.Sprintf("%x", []byte(x.Signature))})
}
