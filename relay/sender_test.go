package relay

import (
	"errors"
	"testing"

	"candor/graph"
)

// What waits for a transaction is bounded, so that senders hear that the relay is
// busy instead of filling its memory.
func TestDrainLeavesWhatHasNoRoom(t *testing.T) {
	r := &Relay{queue: make(chan []*parcel, 64)}
	for range cap(r.queue) {
		r.queue <- make([]*parcel, MaxIntents)
	}
	waiting := r.drain(make([]*parcel, 1), MaxIntents)
	if len(waiting) >= 2*MaxIntents || len(r.queue) != cap(r.queue)-1 {
		t.Errorf("%d parcels wait and %d loads are in the queue", len(waiting), len(r.queue))
	}
}

func TestUnluckyParcelsMayComeAgain(t *testing.T) {
	p := &parcel{done: make(chan struct{})}
	r := &Relay{authors: map[graph.Address]*flight{{}: {aboard: 1}}}
	r.land([]*parcel{p}, errors.New("the chain is away"))
	if got := p.state(); got.State != Refused || !got.Again || len(r.authors) != 0 {
		t.Errorf("%+v", got)
	}
}
