package year

import (
	"fmt"
	"os"
	"path/filepath"

	"candor/graph"
	devchain "candor/local/chain"
	"candor/zkcommit"
)

// ticketsOf is how many runs come to one whose ticket its reader kept.
const ticketsOf = 10

// ticket is the node's promise of an entry of the number, on its newest block.
func (w *World) ticket(seq uint64) *zkcommit.Ticket {
	t := &zkcommit.Ticket{Node: address(w.node), Seq: seq, Block: w.town.head.Number, Time: w.town.head.Time, Delay: 120}
	for i := range t.Nonce {
		t.Nonce[i] = byte(w.rand.Uint32())
	}
	return t
}

// give signs a ticket and has its reader keep it.
func (w *World) give(t *zkcommit.Ticket) error {
	if err := t.Sign(w.node, zkcommit.RunLogDomain(devchain.ID, w.runLog)); err != nil {
		return err
	}
	doc, err := t.Encode()
	if err != nil {
		return err
	}
	name := filepath.Join(w.dir, fmt.Sprintf("ticket-%d.json", len(w.Tickets)))
	w.Tickets = append(w.Tickets, name)
	return os.WriteFile(name, doc, 0o644)
}

// ticketed gives the tickets of a run: as its lie has them, or its own to some readers.
func (w *World) ticketed(r *run, lie *way) error {
	switch {
	case lie != nil && lie.ticket != nil:
		return lie.ticket(w, w.ticket(r.seq))
	case lie == nil && r.seq%ticketsOf == 3:
		return w.give(w.ticket(r.seq))
	}
	return nil
}

// aborted makes an abort the log's entry i, as its lie has it, and gives its ticket.
func (w *World) aborted(i int, lie *way) (*run, error) {
	t := w.ticket(uint64(i))
	a := &zkcommit.Abort{ChainID: devchain.ID, Registry: w.Registry, Node: address(w.node), Seq: uint64(i), Previous: w.previous(i), Ticket: t.ID(),
		Reason: zkcommit.Reason(1 + i%7)}
	if lie != nil {
		lie.abort(w, a)
	} else {
		w.ended = append(w.ended, a.Ticket)
	}
	r := &run{seq: uint64(i), lie: lie, id: a.ID(), raw: a.Bytes()}
	if lie != nil && lie.kept { // who was shown the run has its receipt
		return r, nil
	}
	return r, w.give(t)
}

// forget gives tickets of numbers behind the log's end.
func (w *World) forget() error {
	for i := range w.share(w.Size.Runs) {
		t := w.ticket(uint64(w.total + i))
		if err := w.give(t); err != nil {
			return err
		}
		w.tampered(dropped, &Tampering{First: t.Seq, Last: t.Seq})
	}
	return nil
}

// endedBefore is a ticket that the log has ended.
func (w *World) endedBefore() graph.Hash { return w.ended[w.rand.IntN(len(w.ended))] }
