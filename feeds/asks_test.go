package feeds

import (
	"context"
	"errors"
	"sync"
	"testing"

	"candor/graph"
	"candor/graph/embed/embedtest"
)

// times is a mirror whose blocks have the same posts.
type times struct{ world }

type moment struct {
	Snapshot
	n uint64
}

func (m moment) Block() graph.Block { return graph.Block{Number: m.n, Hash: graph.Hash{byte(m.n)}} }
func (w times) Head(context.Context) (graph.Block, bool, error) {
	return moment{w.snap, 90}.Block(), true, nil
}
func (w times) At(_ context.Context, n uint64) (Snapshot, error) { return moment{w.snap, n}, nil }

// refused is the wait of one who asked too often; 0 for anything else.
func refused(err error) uint64 {
	var e *graph.ErrAsk
	if errors.As(err, &e) {
		return e.Retry
	}
	return 0
}

// TestNobodyDodgesItsBound: whatever an asker changes about its requests, it gets its
// number of new runs of a ranker and no more; what is there it gets all the same.
func TestNobodyDodgesItsBound(t *testing.T) {
	h, l, w := testHall(t)
	h.Mirror = times{w}
	h.Asks = Asks{Reader: 4, Place: 3}
	ann := embedtest.Person(1)
	ways := []func(r *graph.Request, i int){
		func(r *graph.Request, i int) { r.Viewer = graph.Address{1, byte(i)} },
		func(r *graph.Request, i int) { r.Block = ptr(uint64(10 + i)) },
		func(r *graph.Request, i int) {
			r.Filters, r.Block = [][]string{{"hider"}, {"warner"}, {"hider", "warner"}}[i%3], ptr(uint64(50+i/3))
		},
		func(r *graph.Request, i int) { r.Viewer, r.Nonce, r.Limit = r.Reader, graph.Hash{byte(i)}, 1+i },
	}
	spend := func(name string, who graph.Request, most uint64, ranker string) {
		t.Helper()
		runs := len(l.rows)
		var last *graph.Page
		for i := range 40 {
			req := who
			req.Ranker, req.Limit = ranker, 5
			ways[i%len(ways)](&req, i)
			p, err := h.Feed(t.Context(), req)
			if wait := refused(err); err != nil && (wait == 0 || wait > 3600) {
				t.Fatalf("%s: %v", name, err)
			}
			if err == nil {
				last = p
				if p.Asks == nil || p.Asks.Reader != (who.Reader == ann) {
					t.Fatalf("%s: the page says %+v", name, p.Asks)
				}
			}
		}
		if got := uint64(len(l.rows) - runs); got != most {
			t.Errorf("%s got %d new runs, want %d", name, got, most)
		}
		if most > 0 && (last == nil || last.Asks.Left != 0) {
			t.Errorf("%s is told that it has %+v left", name, last.Asks)
		}
	}
	spend("a reader", graph.Request{Reader: ann}, 4, "up")
	spend("the reader elsewhere", graph.Request{Reader: ann, Place: "203.0.113.0/24"}, 0, "up")
	spend("the reader by another ranker", graph.Request{Reader: ann}, 4, "down")
	spend("a network", graph.Request{Place: "192.0.2.0/24"}, 3, "up")
	spend("the network again", graph.Request{Place: "192.0.2.0/24"}, 0, "up")
	if len(l.tickets) != len(l.rows) {
		t.Errorf("%d tickets for %d runs", len(l.tickets), len(l.rows))
	}
	h.Asks = Asks{}
	p, err := h.Feed(t.Context(), graph.Request{Limit: 5, Viewer: graph.Address{9}})
	if err != nil || p.Asks != nil {
		t.Errorf("without a bound: %v, %+v", err, p)
	}
}

// TestFreshKeysShareTheirNetwork: keys cost nothing, so those that did nothing on the
// chain have no bound of their own.
func TestFreshKeysShareTheirNetwork(t *testing.T) {
	h, l, _ := testHall(t)
	h.Asks = Asks{Reader: 100, Place: 3}
	for i := range 10 {
		fresh := graph.Address{0xee, byte(i)}
		p, err := h.Feed(t.Context(), graph.Request{Limit: 5, Viewer: fresh, Reader: fresh, Place: "192.0.2.0/24"})
		if (i < 3) != (err == nil) || err == nil && (p.Asks.Reader || p.Asks.Left != uint64(2-i) || p.Asks.Hourly != 3) {
			t.Errorf("the key %d: %v", i, err)
		}
	}
	if len(l.rows) != 3 {
		t.Errorf("they got %d runs", len(l.rows))
	}
}

// TestWhatIsThereCostsNothing: neither a run that was made, nor a page behind the
// first, nor waiting for a run that somebody else began.
func TestWhatIsThereCostsNothing(t *testing.T) {
	h, l, _ := testHall(t)
	h.Asks = Asks{Reader: 1, Place: 1}
	var wg sync.WaitGroup
	for range 30 {
		wg.Go(func() {
			if _, err := h.Feed(t.Context(), graph.Request{Limit: 5, Place: "a"}); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	p, err := h.Feed(t.Context(), graph.Request{Limit: 5, Place: "a"})
	if err != nil || p.Asks.Left != 0 {
		t.Fatalf("%v, %+v", err, p)
	}
	for p.Cursor != "" {
		if p, err = h.Feed(t.Context(), graph.Request{Limit: 5, Cursor: p.Cursor, Place: "a"}); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := h.Feed(t.Context(), graph.Request{Limit: 5, Place: "b"}); err != nil || len(l.rows) != 1 {
		t.Errorf("%v, %d runs", err, len(l.rows))
	}
	if _, err := h.Feed(t.Context(), graph.Request{Limit: 5, Place: "a", Viewer: embedtest.Person(3)}); refused(err) == 0 {
		t.Errorf("a second run: %v", err)
	}
}

// TestOthersPayForThemselves: who began a run that it cannot pay holds up nobody who can.
func TestOthersPayForThemselves(t *testing.T) {
	h, l, _ := testHall(t)
	h.Asks = Asks{Reader: 1000, Place: 1}
	if _, err := h.Feed(t.Context(), graph.Request{Limit: 5, Place: "poor"}); err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	for i := range 40 {
		who := graph.Request{Limit: 5, Viewer: graph.Address{1, byte(i / 4)}, Place: "poor"}
		if i%4 == 3 {
			who.Reader = embedtest.Person(1)
		}
		wg.Go(func() {
			_, err := h.Feed(t.Context(), who)
			if who.Reader != (graph.Address{}) && err != nil {
				t.Errorf("a reader who can pay: %v", err)
			}
			if err != nil && refused(err) == 0 {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if len(l.rows) != 11 {
		t.Errorf("%d runs were made", len(l.rows))
	}
}
