package indexer

import (
	"context"
	"errors"
	"fmt"
	"time"

	"candor/graph"
)

// Status is how far the index is. Counts are since this Indexer was made.
type Status struct {
	Head            graph.Block // of the source, as last seen
	Indexed         graph.Block // the mirror's head
	Final           graph.Block // the newest indexed one that is known to be final; zero when none is
	Ready           bool        // see Indexer.Ready
	Blocks          uint64
	Events          uint64
	Skipped         uint64 // logs that are no valid event
	Missed          uint64 // documents that were not there with their block
	Late            uint64 // documents that came later
	Reorgs          uint64
	SourceErrors    uint64
	BlocksPerSecond float64 // over about the last ten seconds
	EventsPerSecond float64
}

// Status says how far the index is.
func (x *Indexer) Status() Status {
	x.mu.Lock()
	defer x.mu.Unlock()
	s := x.progress.Status
	s.Head, s.Indexed, s.Final, s.Ready = x.head, x.tip, x.final, x.ready
	s.BlocksPerSecond, s.EventsPerSecond = x.progress.rates(time.Now())
	return s
}

// readySlack is how many blocks behind an index may fall that stays ready: new
// blocks are not there at once.
const readySlack = 8

// Ready reports whether the index has reached the chain's head and follows it:
// it turns false more than 8 blocks behind, during a rollback, and while the
// source fails.
func (x *Indexer) Ready() bool {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.ready
}

// Sound is nil when what is indexed may be served: it was seen to be on the
// chain since the start, and the chain has not left it beyond the window. An
// index that is merely behind, or whose source fails, stays sound.
func (x *Indexer) Sound() error {
	x.mu.Lock()
	defer x.mu.Unlock()
	switch {
	case errors.Is(x.done, ErrBeyondWindow):
		return graph.Later("nothing is served: %s", x.done)
	case !x.compared:
		return graph.Later("the index was not compared with the chain yet: ask again in a moment")
	}
	return nil
}

// agrees notes that the mirror's head is on the chain.
func (x *Indexer) agrees() {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.compared = true
}

// Synced waits until the index has reached the block of that number. Errors:
// ctx ended, or the loop ended before.
func (x *Indexer) Synced(ctx context.Context, number uint64) error {
	for {
		x.mu.Lock()
		reached, changed, done := x.haveTip && x.tip.Number >= number, x.changed, x.done
		x.mu.Unlock()
		if reached {
			return nil
		}
		if done != nil {
			return fmt.Errorf("the index stops before block %d: %w", number, done)
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-changed:
		}
	}
}

// loadTip reads the mirror's head once, and again after a rollback.
func (x *Indexer) loadTip(ctx context.Context) (graph.Block, bool, error) {
	x.mu.Lock()
	tip, have := x.tip, x.haveTip
	x.mu.Unlock()
	if have {
		return tip, true, nil
	}
	tip, have, err := x.cfg.Mirror.Head(ctx)
	if err != nil {
		return tip, false, fmt.Errorf("read the mirror's head: %w", err)
	}
	x.update(func() { x.tip, x.haveTip = tip, have })
	return tip, have, nil
}

func (x *Indexer) update(f func()) {
	x.mu.Lock()
	defer x.mu.Unlock()
	f()
	close(x.changed)
	x.changed = make(chan struct{})
}

func (x *Indexer) saw(head graph.Block) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.head = head
	x.judge()
}

// judge sets ready. The caller holds the lock.
func (x *Indexer) judge() {
	switch {
	case !x.haveTip || x.head.Number > x.tip.Number+readySlack:
		x.ready = false
	case x.head.Hash == x.tip.Hash:
		x.ready = true
	}
}

func (x *Indexer) sourceFailed() {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.progress.SourceErrors++
	x.ready = false
}

func (x *Indexer) rolledBack() {
	x.update(func() {
		x.tip, x.haveTip, x.ready, x.compared = graph.Block{}, false, false, true
		x.progress.Reorgs++
	})
}

// committed notes what the mirror took.
func (x *Indexer) committed(tip graph.Block, d Status) {
	x.update(func() {
		x.tip, x.haveTip = tip, true
		x.judge()
		p := &x.progress
		p.Blocks += d.Blocks
		p.Events += d.Events
		p.Skipped += d.Skipped
		p.Missed += d.Missed
		p.Late += d.Late
		p.sample(time.Now())
	})
}

func (x *Indexer) finish(err error) {
	if err == nil {
		err = errors.New("the indexer was stopped")
	}
	x.update(func() { x.done, x.ready = err, false })
}

// progress counts, and remembers the counts of the last seconds for the rates.
type progress struct {
	Status
	samples []sample
}

type sample struct {
	at             time.Time
	blocks, events uint64
}

const rateSpan = 10 * time.Second

func (p *progress) sample(now time.Time) {
	if n := len(p.samples); n > 0 && now.Sub(p.samples[n-1].at) < rateSpan/20 {
		return
	}
	p.samples = append(p.samples, sample{now, p.Blocks, p.Events})
	for len(p.samples) > 1 && now.Sub(p.samples[1].at) > rateSpan {
		p.samples = p.samples[1:]
	}
}

func (p *progress) rates(now time.Time) (blocks, events float64) {
	if len(p.samples) == 0 {
		return 0, 0
	}
	first := p.samples[0]
	s := max(now.Sub(first.at), rateSpan/20).Seconds()
	return float64(p.Blocks-first.blocks) / s, float64(p.Events-first.events) / s
}
