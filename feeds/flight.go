package feeds

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"runtime"
	"sync"
	"time"

	"candor/graph"
	"candor/zkcommit"
)

// Patience is how long a run may take: behind it others wait for their numbers.
const Patience = 10 * time.Second

// Why a flight ends without a run, besides failures.
var (
	errTimedOut  = errors.New("the run took too long")
	errShutDown  = errors.New("the node ends")
	errAbandoned = errors.New("nobody waits for the run any more")
	errDuplicate = errors.New("the ledger has a run of this request")
	errStuck     = errors.New("the ledger does not take the entry before")
)

// unjudged is an error of the filter's own.
type unjudged struct{ error }

func (u unjudged) Unwrap() error { return u.error }

func reasonOf(err error) zkcommit.Reason {
	switch {
	case errors.Is(err, errTimedOut):
		return zkcommit.TimedOut
	case errors.Is(err, errShutDown):
		return zkcommit.ShutDown
	case errors.Is(err, errAbandoned):
		return zkcommit.Abandoned
	case errors.Is(err, errDuplicate):
		return zkcommit.Duplicate
	case errors.As(err, new(unscored)) || errors.As(err, new(unjudged)):
		return zkcommit.PluginFailed
	}
	return zkcommit.NodeFailed
}

// wish is a run that is asked for.
type wish struct {
	nonce   graph.Hash
	block   graph.Block
	viewer  graph.Address
	own     bool // the viewer asks for itself
	ranker  *Ranker
	values  []int32 // of its parameters
	filters []Filter
	purse   purse // of who asks
}

// key is what makes two wishes the same: all but the nonce and who pays.
func (w *wish) key() graph.Hash {
	return key(w.viewer, w.own, &w.ranker.Manifest.Manifest, w.values, w.filters, w.block.Hash)
}

// flight is a run in the making. All who wish for the same share it.
type flight struct {
	key     graph.Hash // of its wish
	waiting int        // under the desk's lock
	cancel  context.CancelCauseFunc
	done    chan struct{} // closed when row and err are there
	row     *zkcommit.RunRow
	err     error
}

// desk knows which runs are in the making.
type desk struct {
	sync.Mutex
	flights map[graph.Hash]*flight
	slots   map[string]chan struct{} // by ranker: one that hangs takes its own alone
	closed  bool
}

func (d *desk) open() {
	d.flights, d.slots = map[graph.Hash]*flight{}, map[string]chan struct{}{}
}

// slot is where the ranker's runs take turns.
func (d *desk) slot(ranker string) chan struct{} {
	d.Lock()
	defer d.Unlock()
	if d.slots[ranker] == nil {
		d.slots[ranker] = make(chan struct{}, max(4, 2*runtime.GOMAXPROCS(0)))
	}
	return d.slots[ranker]
}

func (d *desk) close() {
	d.Lock()
	defer d.Unlock()
	d.closed = true
}

// settle says how the flight ended.
func (d *desk) settle(f *flight, row *zkcommit.RunRow, err error) {
	d.Lock()
	defer d.Unlock()
	if d.flights[f.key] == f {
		delete(d.flights, f.key)
	}
	select {
	case <-f.done:
	default:
		f.row, f.err = row, err
		close(f.done)
	}
}

// leave says that one fewer waits for the flight; without any it ends.
func (d *desk) leave(f *flight) {
	d.Lock()
	defer d.Unlock()
	if f.waiting--; f.waiting > 0 {
		return
	}
	if d.flights[f.key] == f {
		delete(d.flights, f.key)
	}
	f.cancel(errAbandoned)
}

// run finds the wished run or makes it.
func (h *Hall) run(ctx context.Context, w *wish) (*zkcommit.RunRow, error) {
	key := w.key()
	if row, ok, err := h.Ledger.RunByKey(ctx, key); err != nil || ok {
		return &row, err
	}
	for {
		row, err := h.await(ctx, w, key)
		var poor spent
		if !errors.As(err, &poor) || poor.asker == w.purse.asker {
			return row, err
		}
		// Who began the flight could not pay: now this asker does.
	}
}

// await flies with those who wish for the same.
func (h *Hall) await(ctx context.Context, w *wish, key graph.Hash) (*zkcommit.RunRow, error) {
	f, err := h.join(w, key)
	if err != nil {
		return nil, err
	}
	defer h.desk.leave(f)
	select {
	case <-f.done:
		return f.row, f.err
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// join waits for the flight of the wish, and begins one when there is none.
func (h *Hall) join(w *wish, key graph.Hash) (*flight, error) {
	h.desk.Lock()
	defer h.desk.Unlock()
	if h.desk.closed {
		return nil, graph.Later("the node ends: ask again in a moment")
	}
	f := h.desk.flights[key]
	if f == nil {
		f = &flight{key: key, done: make(chan struct{})}
		var ctx context.Context
		ctx, f.cancel = context.WithCancelCause(h.life)
		h.desk.flights[key] = f
		h.work.Go(func() {
			defer f.cancel(nil)
			h.fly(ctx, f, w)
		})
	}
	f.waiting++
	return f, nil
}

func (h *Hall) patience() time.Duration {
	if h.Patience != 0 {
		return h.Patience
	}
	return Patience
}

// fly makes the run. What can fail before the ticket is done before it; from then
// on the ticket ends, whatever happens.
func (h *Hall) fly(ctx context.Context, f *flight, w *wish) {
	give := func(row *zkcommit.RunRow, err error) { h.desk.settle(f, row, err) }
	slot := h.desk.slot(w.ranker.ID)
	select {
	case slot <- struct{}{}:
	case <-ctx.Done():
		give(nil, graph.Later("%v: ask again in a moment", context.Cause(ctx)))
		return
	case <-time.After(h.patience()):
		give(nil, unscored{graph.Later("the ranker %s is busy: choose another one, or ask again in a moment", w.ranker.ID)})
		return
	}
	release := func() { <-slot }
	row, ok, err := h.Ledger.RunByKey(ctx, f.key)
	if err != nil || ok { // it was made since the first look
		release()
		give(&row, err)
		return
	}
	snap, root, err := h.ground(ctx, w)
	var t *ticket
	if err == nil {
		t, err = h.take(w)
	}
	if err != nil {
		release()
		give(nil, err)
		return
	}
	d, err := h.compute(ctx, snap, root, w, release)
	h.finish(f, w, t, d, err)
}

// ground is the snapshot that the run is made on.
func (h *Hall) ground(ctx context.Context, w *wish) (Snapshot, graph.Hash, error) {
	snap, err := h.Mirror.At(ctx, w.block.Number)
	if err != nil {
		return nil, graph.Hash{}, err
	}
	if snap.Block().Hash != w.block.Hash {
		return nil, graph.Hash{}, graph.Later("the chain took block %d back: ask again", w.block.Number)
	}
	root, err := snap.MirrorRoot()
	return snap, root, err
}

// compute ranks, and gives up when that takes too long or is not wanted any more.
// What hangs keeps its slot until it ends.
func (h *Hall) compute(ctx context.Context, snap Snapshot, root graph.Hash, w *wish, release func()) (*draft, error) {
	ctx, cancel := context.WithTimeoutCause(ctx, h.patience(), errTimedOut)
	defer cancel()
	type outcome struct {
		*draft
		err error
	}
	out := make(chan outcome, 1)
	go func() {
		defer release()
		var o outcome
		defer func() {
			if e := recover(); e != nil { // a plugin's panic must not end the node
				o = outcome{err: unscored{fmt.Errorf("ranker %s panicked: %v", w.ranker.ID, e)}}
			}
			out <- o
		}()
		var rec *zkcommit.Record
		if rec, o.err = h.rank(ctx, snap, w); o.err == nil {
			o.draft, o.err = h.freeze(rec, w, root)
		}
	}()
	select {
	case o := <-out:
		if o.err != nil && ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
		return o.draft, o.err
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	}
}

// draft is a run but for its place in the lane.
type draft struct {
	run     zkcommit.Run
	opening graph.Hash
	record  []byte // as JSON
	posts   int
}

// freeze seals the record under a fresh opening.
func (h *Hall) freeze(rec *zkcommit.Record, w *wish, root graph.Hash) (*draft, error) {
	m := &w.ranker.Manifest.Manifest
	d := &draft{posts: len(rec.Ranked), run: zkcommit.Run{ChainID: h.Origin.ChainID, Genesis: h.Origin.Genesis, Registry: h.Origin.Registry, Node: h.Origin.Node,
		Plugin: m.ID(), Version: m.Version, Block: w.block.Number, BlockHash: w.block.Hash, MirrorRoot: root,
		FeatureSchema: m.FeatureSchema, Commitment: m.Commitment, Shape: m.ShapeID}}
	if _, err := rand.Read(d.opening[:]); err != nil {
		return nil, err
	}
	if err := rec.Seal(&d.run, d.opening); err != nil {
		return nil, err
	}
	var err error
	d.record, err = json.Marshal(rec)
	return d, err
}
