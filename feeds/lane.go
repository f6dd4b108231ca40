package feeds

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"time"

	"candor/graph"
	"candor/internal/crashpoint"
	"candor/zkcommit"
)

// laneNumber is the one lane of this process.
const laneNumber = 0

// lane gives the numbers of tickets.
type lane struct {
	sync.Mutex
	last   *place // the newest number; nil: there is none
	unsure bool   // the ledger may hold a ticket behind it that it did not acknowledge
}

// place is a number of the lane, from its ticket to its entry. Entries are written
// in the order of their numbers, since each names the one before.
type place struct {
	seq    uint64
	before *place        // whose entry comes first; nil: it is number 0, or ended
	ended  chan struct{} // closed when the entry is durable
	id     graph.Hash    // of the entry, then
}

func (l *lane) next() *place {
	p := &place{before: l.last, ended: make(chan struct{})}
	if l.last != nil {
		p.seq = l.last.seq + 1
	}
	return p
}

// end says that the place's entry is durable.
func (p *place) end(id graph.Hash) {
	p.id, p.before = id, nil
	close(p.ended)
}

// turn waits until the entry before the place's is there, and is that entry's id. It
// is not ok when the context ends first.
func (p *place) turn(ctx context.Context) (previous graph.Hash, ok bool) {
	if p.before == nil {
		return graph.Hash{}, true
	}
	select {
	case <-p.before.ended:
		return p.before.id, true
	case <-ctx.Done():
		return graph.Hash{}, false
	}
}

// ticket is a promise that is durable in the ledger.
type ticket struct {
	*place
	id  graph.Hash
	doc []byte // as JSON
}

// take takes the lane's next number for the wish. The ticket is durable when it
// returns, so that nothing computed from here on can be dropped unseen.
func (h *Hall) take(w *wish) (*ticket, error) {
	h.lane.Lock()
	defer h.lane.Unlock()
	if h.lane.unsure {
		if err := h.adopt(zkcommit.NodeFailed); err != nil {
			return nil, err
		}
	}
	p := h.lane.next()
	delay := uint32((3*h.patience()+time.Second-1)/time.Second) + h.Final.MergeDelay
	promise := zkcommit.Ticket{Nonce: w.nonce, Node: h.Origin.Node, Lane: laneNumber, Seq: p.seq, Block: w.block.Number, Time: uint64(time.Now().Unix()), Delay: delay}
	if err := promise.Sign(h.Node, zkcommit.RunLogDomain(h.Origin.ChainID, h.Origin.RunLog)); err != nil {
		return nil, err
	}
	doc, err := promise.Encode()
	if err != nil {
		return nil, err
	}
	t := &ticket{place: p, id: promise.ID(), doc: doc}
	crashpoint.Here("ticket.before")
	row := zkcommit.TicketRow{ID: t.id, Lane: laneNumber, Seq: p.seq, Ranker: w.ranker.ID, Ticket: doc, Charge: w.purse.charge()}
	if err := h.Ledger.AppendTicket(h.ink, row); err != nil {
		if poor := (*zkcommit.Spent)(nil); errors.As(err, &poor) {
			return nil, w.purse.spent(w.ranker.ID, poor)
		}
		h.lane.unsure = true
		return nil, fmt.Errorf("the ledger did not take the ticket: %w", err)
	}
	crashpoint.Here("ticket.after")
	h.lane.last = p
	return t, nil
}

// adopt aborts the open tickets behind the lane's last number, which nobody works on.
func (h *Hall) adopt(why zkcommit.Reason) error {
	open, err := h.Ledger.OpenTickets(h.ink, laneNumber)
	if err != nil {
		return err
	}
	for _, row := range open {
		p := h.lane.next()
		if row.Seq < p.seq {
			continue
		}
		if row.Seq != p.seq {
			return fmt.Errorf("the ledger has ticket %d open where %d follows: restore the ledger", row.Seq, p.seq)
		}
		h.lane.last = p
		t := &ticket{place: p, id: row.ID, doc: row.Ticket}
		h.work.Go(func() { h.abort(t, why) })
	}
	h.lane.unsure = false
	return nil
}

// Open takes up the lane where the ledger left it: what an earlier process promised
// and did not end, it aborts. It comes once, before the first request; Close ends it.
func (h *Hall) Open(ctx context.Context) error {
	h.life, h.stop = context.WithCancelCause(context.Background())
	h.ink, h.dry = context.WithCancel(context.Background())
	h.desk.open()
	last, ok, err := h.Ledger.LastEntry(ctx, laneNumber)
	if err != nil {
		return err
	}
	if ok {
		h.lane.last = &place{seq: last.Seq, ended: make(chan struct{})}
		h.lane.last.end(last.ID)
	}
	if err := h.adopt(zkcommit.Crashed); err != nil {
		return err
	}
	if h.lane.last == nil {
		return nil
	}
	select {
	case <-h.lane.last.ended:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

// lastWords is how long Close waits for the ledger.
const lastWords = 5 * time.Second

// Close ends all that is under way, aborts its tickets, and returns when the ledger
// is needed no more.
func (h *Hall) Close() {
	h.desk.close()
	h.stop(errShutDown)
	defer time.AfterFunc(lastWords, h.dry).Stop()
	h.work.Wait()
}

// finish ends the ticket by a run of the draft, or by an abort when there is none,
// and tells whoever waits for it.
func (h *Hall) finish(f *flight, w *wish, t *ticket, d *draft, err error) {
	limited, done := context.WithTimeout(h.ink, 2*h.patience())
	defer done()
	if previous, ok := t.turn(limited); !ok {
		err = errors.Join(err, errStuck)
	} else if err == nil {
		var row *zkcommit.RunRow
		if row, err = h.write(f, w, t, previous, d); err == nil {
			t.end(row.ID)
			h.desk.settle(f, row, nil)
			return
		}
		// It may be there all the same, which tryAbort finds, or another's for the same request.
		if row, ok, e := h.Ledger.RunByKey(h.ink, f.key); e == nil && ok {
			h.desk.settle(f, &row, nil)
			err = errDuplicate
		}
	}
	why := reasonOf(err)
	open := errors.Is(err, errStuck) || h.tryAbort(t, why) != nil
	h.desk.settle(f, nil, aborted(t, why, err))
	if open {
		h.abort(t, why)
	}
}

func aborted(t *ticket, why zkcommit.Reason, err error) error {
	return &graph.ErrAborted{Ticket: t.doc, Reason: why.String(), Cause: err}
}

// write makes the draft the run of the ticket's number, with its receipt.
func (h *Hall) write(f *flight, w *wish, t *ticket, previous graph.Hash, d *draft) (*zkcommit.RunRow, error) {
	run, now := d.run, uint64(time.Now().Unix())
	run.Lane, run.Seq, run.Previous, run.Time = laneNumber, t.seq, previous, now/60*60
	id := run.ID()
	receipt := zkcommit.Receipt{Run: id, Node: run.Node, Lane: run.Lane, Seq: run.Seq, Time: now, MergeDelay: h.Final.MergeDelay}
	if err := receipt.Sign(h.Node); err != nil {
		return nil, err
	}
	signed, err := json.Marshal(receipt)
	if err != nil {
		return nil, err
	}
	row := &zkcommit.RunRow{ID: id, Lane: run.Lane, Seq: run.Seq, Key: f.key, Block: run.Block, Ranker: w.ranker.ID, Time: now,
		Run: run.Bytes(), Opening: d.opening, Public: !w.own, Record: d.record, Ticket: t.doc, Receipt: signed,
		ProofState: zkcommit.Pending, LogIndex: -1}
	if d.posts == 0 || w.ranker.Manifest.Manifest.Unproven() {
		row.ProofState = zkcommit.SampledOut
	}
	crashpoint.Here("ledger.before")
	if err := h.Ledger.AppendRun(h.ink, *row); err != nil {
		return nil, fmt.Errorf("the ledger did not take the run: %w", err)
	}
	crashpoint.Here("ledger.after")
	return row, nil
}

// abort ends the ticket without a run, however often the ledger refuses, unless the
// hall closes: then the next process does it.
func (h *Hall) abort(t *ticket, why zkcommit.Reason) {
	for h.ink.Err() == nil {
		err := h.tryAbort(t, why)
		if err == nil {
			return
		}
		if h.Failed != nil {
			h.Failed(err)
		}
		select {
		case <-h.ink.Done():
		case <-time.After(time.Second):
		}
	}
}

func (h *Hall) tryAbort(t *ticket, why zkcommit.Reason) error {
	previous, ok := t.turn(h.ink)
	if !ok {
		return errShutDown
	}
	a := zkcommit.Abort{ChainID: h.Origin.ChainID, Registry: h.Origin.Registry, Node: h.Origin.Node, Lane: laneNumber, Seq: t.seq,
		Previous: previous, Ticket: t.id, Reason: why}
	row := zkcommit.AbortRow{ID: a.ID(), Lane: laneNumber, Seq: t.seq, Ticket: t.id, Reason: why, Abort: a.Bytes()}
	crashpoint.Here("abort.before")
	if err := h.Ledger.AppendAbort(h.ink, row); err != nil {
		// An entry may be there that the ledger did not acknowledge.
		last, ok, e := h.Ledger.LastEntry(h.ink, laneNumber)
		if e != nil || !ok || last.Seq != t.seq {
			return fmt.Errorf("the ledger did not take the abort of ticket %d: %w", t.seq, err)
		}
		t.end(last.ID)
		return nil
	}
	crashpoint.Here("abort.after")
	t.end(row.ID)
	return nil
}
