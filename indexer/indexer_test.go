package indexer

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"candor/graph"

	"pgregory.net/rapid"
)

// TestIndexEqualsOneFromScratch disturbs a chain in every way that the loop must
// bear and compares the mirror with one that saw only the end.
func TestIndexEqualsOneFromScratch(t *testing.T) {
	reorgs, fails, lags, midway, restarts, deepest := 0, 0, 0, 0, 0, 0
	rapid.Check(t, func(t *rapid.T) {
		c, s, m := newChain(), newShelf(), &pages{}
		start := rapid.Uint64Range(0, 3).Draw(t, "start")
		c.most = rapid.IntRange(0, 5).Draw(t, "most")
		cfg := Config{Source: c, Fetcher: s, Mirror: m, Start: start, Window: 40}
		x := New(cfg)
		texts := 0
		grow := func(n int) {
			for range n {
				var events []graph.Event
				for range rapid.IntRange(0, 3).Draw(t, "events") {
					texts++
					doc, id, e := note(fmt.Sprint("text ", texts))
					s.put(doc, id)
					events = append(events, e)
				}
				c.extend(events...)
			}
		}
		fork := func() {
			depth := min(rapid.IntRange(1, 16).Draw(t, "depth"), c.height())
			deepest = max(deepest, depth)
			c.fork(depth)
			grow(depth + rapid.IntRange(-1, 3).Draw(t, "longer"))
		}
		grow(4)
		for range rapid.IntRange(1, 12).Draw(t, "turns") {
			switch rapid.IntRange(0, 5).Draw(t, "what") {
			case 0:
				grow(rapid.IntRange(1, 20).Draw(t, "grow"))
			case 1:
				fork()
				reorgs++
			case 2:
				c.fails = rapid.IntRange(1, 5).Draw(t, "fails")
				fails++
			case 3:
				c.lag = rapid.Uint64Range(1, 8).Draw(t, "lag")
				settle(t, x)
				c.lag = 0
				lags++
			case 4:
				grow(1)
				c.before = fork // between the head and the blocks of one step
				midway++
			case 5:
				x = New(cfg) // as after a restart
				restarts++
			}
			settle(t, x)
		}
		for c.height() < int(m.top()) || c.height() < int(start) {
			grow(1) // a shorter chain takes nothing back where it agrees
		}
		grow(1)
		settle(t, x)
		fresh := &pages{}
		cfg.Mirror = fresh
		settle(t, New(cfg))
		if err := sameBatches(m.batches, fresh.batches); err != nil {
			t.Fatal(err)
		}
		if got := m.batches[0].Block.Number; got != max(start, 1) {
			t.Fatalf("the first block is %d, not %d", got, start)
		}
	})
	if reorgs == 0 || fails == 0 || lags == 0 || midway == 0 || restarts == 0 || deepest < 12 {
		t.Fatalf("a fault never fired: %d reorgs to depth %d, %d fails, %d lags, %d midway, %d restarts",
			reorgs, deepest, fails, lags, midway, restarts)
	}
}

func (p *pages) top() uint64 {
	b, _, _ := p.Head(context.Background())
	return b.Number
}

func TestReorgDepths(t *testing.T) {
	for depth := 1; depth <= 17; depth++ {
		t.Run(fmt.Sprint(depth), func(t *testing.T) {
			c, m := newChain(), &pages{}
			for range 40 {
				c.extend()
			}
			x := New(Config{Source: c, Fetcher: newShelf(), Mirror: m, Window: 16})
			settle(t, x)
			c.fork(depth)
			for range depth + 1 {
				c.extend()
			}
			if depth <= 16 {
				settle(t, x)
				if m.top() != 41 || m.rollbacks != 1 || x.Status().Reorgs != 1 {
					t.Fatalf("head %d after %d rollbacks", m.top(), m.rollbacks)
				}
				return
			}
			before := len(m.batches)
			_, err := x.step(t.Context())
			if !errors.Is(err, ErrBeyondWindow) {
				t.Fatalf("a reorg beyond the window gives %v", err)
			}
			if len(m.batches) != before || m.rollbacks != 0 {
				t.Fatal("the mirror was changed")
			}
			// Run ends with it, and those who wait are told.
			run := New(Config{Source: c, Fetcher: newShelf(), Mirror: m, Window: 16})
			if err := run.Run(t.Context()); !errors.Is(err, ErrBeyondWindow) {
				t.Fatalf("Run gives %v", err)
			}
			if err := run.Synced(t.Context(), 1000); !errors.Is(err, ErrBeyondWindow) || run.Ready() {
				t.Fatalf("Synced gives %v", err)
			}
		})
	}
}

func TestWholeIndexedChainReplaced(t *testing.T) {
	c, m := newChain(), &pages{}
	for range 5 {
		c.extend()
	}
	x := New(Config{Source: c, Fetcher: newShelf(), Mirror: m, Start: 3})
	settle(t, x)
	c.fork(5)
	for range 7 {
		c.extend()
	}
	settle(t, x)
	if m.top() != 7 || m.batches[0].Block.Number != 3 || m.batches[0].Block.Hash != c.blocks[3].Hash {
		t.Fatalf("head %d, first block %+v", m.top(), m.batches[0].Block)
	}
}

func TestLaggingSourceTakesNothingBack(t *testing.T) {
	c, m := newChain(), &pages{}
	for range 20 {
		c.extend()
	}
	x := New(Config{Source: c, Fetcher: newShelf(), Mirror: m, Start: 5})
	settle(t, x)
	for _, lag := range []uint64{1, 10, 18, 20} {
		c.lag = lag
		settle(t, x)
		if m.top() != 20 || m.rollbacks != 0 {
			t.Fatalf("%d blocks of lag: head %d, %d rollbacks", lag, m.top(), m.rollbacks)
		}
	}
}

// twist alters what a source answers.
type twist struct {
	*chain
	blocks func([]Block) []Block
}

func (w twist) Blocks(ctx context.Context, from, to uint64) ([]Block, error) {
	bs, err := w.chain.Blocks(ctx, from, to)
	return w.blocks(bs), err
}

func TestImpossibleAnswersAreNotCommitted(t *testing.T) {
	_, _, e := note("hello")
	for name, f := range map[string]func([]Block) []Block{
		"none":           func(bs []Block) []Block { return nil },
		"number skipped": func(bs []Block) []Block { return bs[1:] },
		"foreign block":  func(bs []Block) []Block { bs[0].Parent = graph.Hash{9}; return bs },
		"foreign event":  func(bs []Block) []Block { bs[0].Events[1].ID.Block++; return bs },
		"events swapped": func(bs []Block) []Block {
			bs[0].Events[0], bs[0].Events[1] = bs[0].Events[1], bs[0].Events[0]
			return bs
		},
		"wrong event time": func(bs []Block) []Block { bs[0].Events[0].BlockTime++; return bs },
	} {
		t.Run(name, func(t *testing.T) {
			c, m := newChain(), &pages{}
			c.extend()
			settle(t, New(Config{Source: c, Fetcher: newShelf(), Mirror: m}))
			c.extend(e, e)
			c.extend(e)
			x := New(Config{Source: twist{c, f}, Fetcher: newShelf(), Mirror: m})
			_, err := x.step(t.Context())
			var passing sourceError
			if !errors.As(err, &passing) || m.top() != 1 || m.rollbacks != 0 {
				t.Fatalf("step gives %v, head %d", err, m.top())
			}
		})
	}
	t.Run("second block foreign", func(t *testing.T) {
		c, m := newChain(), &pages{}
		c.extend()
		c.extend()
		c.extend()
		x := New(Config{Mirror: m, Fetcher: newShelf(), Source: twist{c, func(bs []Block) []Block {
			if len(bs) > 1 {
				bs[1].Parent = graph.Hash{9}
			}
			return bs
		}}})
		settle(t, x)
		if m.top() != 3 {
			t.Fatalf("what is linked was not used: head %d", m.top())
		}
	})
}

func TestMirrorErrorEndsTheLoop(t *testing.T) {
	c, m := newChain(), &pages{broken: errors.New("disk full")}
	c.extend()
	x := New(Config{Source: c, Fetcher: newShelf(), Mirror: m})
	if err := x.Run(t.Context()); !errors.Is(err, m.broken) {
		t.Fatalf("Run gives %v", err)
	}
	if err := x.Run(t.Context()); err == nil {
		t.Fatal("it ran twice")
	}
}

func TestRunFollowsTheHead(t *testing.T) {
	c, s, m := newChain(), newShelf(), &pages{}
	doc, id, e := note("first")
	s.put(doc, id)
	c.extend(e)
	x := New(Config{Source: c, Fetcher: s, Mirror: m})
	if x.Ready() {
		t.Fatal("ready before it ran")
	}
	stop := begin(t, x)
	defer stop()
	if err := x.Synced(t.Context(), 1); err != nil {
		t.Fatal(err)
	}
	for n := uint64(2); n < 20; n++ {
		c.extend(e)
		if err := x.Synced(t.Context(), n); err != nil {
			t.Fatal(err)
		}
	}
	if !x.Ready() {
		t.Fatal("not ready at the head")
	}
	c.mu.Lock()
	c.fails = 3
	c.mu.Unlock()
	c.extend()
	if err := x.Synced(t.Context(), 20); err != nil {
		t.Fatal(err)
	}
	st := x.Status()
	if st.Indexed.Number != 20 || st.Blocks != 20 || st.Events != 19 || st.SourceErrors != 3 || st.EventsPerSecond <= 0 {
		t.Fatalf("%+v", st)
	}
	short, cancel := context.WithTimeout(t.Context(), 10*time.Millisecond)
	defer cancel()
	if err := x.Synced(short, 99); !errors.Is(err, context.DeadlineExceeded) {
		t.Fatalf("Synced gives %v", err)
	}
	if err := stop(); err != nil {
		t.Fatal(err)
	}
	if err := x.Synced(t.Context(), 99); err == nil || x.Ready() {
		t.Fatal("a stopped indexer gives hope")
	}
}

func TestReadyToleratesNewBlocksOnly(t *testing.T) {
	c := newChain()
	c.extend()
	x := New(Config{Source: c, Fetcher: newShelf(), Mirror: &pages{}})
	settle(t, x)
	for _, tc := range []struct {
		ahead uint64
		ready bool
	}{{1, true}, {readySlack, true}, {readySlack + 1, false}, {1, false}} {
		if x.saw(graph.Block{Number: 1 + tc.ahead, Hash: graph.Hash{7}}); x.Ready() != tc.ready {
			t.Errorf("%d blocks behind: ready is %v", tc.ahead, x.Ready())
		}
	}
	settle(t, x)
	if !x.Ready() {
		t.Error("not ready at the head")
	}
}

func TestEmptyBlocksAreCommittedInBulk(t *testing.T) {
	c, m := newChain(), &bulk{}
	c.most = 256
	for range 5000 {
		c.extend()
	}
	settle(t, New(Config{Source: c, Fetcher: newShelf(), Mirror: m}))
	if m.top() != 5000 || len(m.batches) != 5000 {
		t.Fatalf("head %d, %d blocks", m.top(), len(m.batches))
	}
	if m.calls != 20 {
		t.Fatalf("%d transactions, not 5000/256", m.calls)
	}
}

func TestGroupsBoundTheDocumentsInMemory(t *testing.T) {
	c, s, m := newChain(), newShelf(), &bulk{}
	doc, id, e := note("again and again")
	s.put(doc, id)
	many := make([]graph.Event, groupDocuments/2)
	for i := range many {
		many[i] = e
	}
	for range 5 {
		c.extend(many...)
	}
	c.extend(append(many, append(many, many...)...)...) // a block above the bound is not cut
	settle(t, New(Config{Source: c, Fetcher: s, Mirror: m}))
	if m.top() != 6 || m.calls != 3 || s.asks(id) != 3 {
		t.Fatalf("head %d, %d bulk calls, asked %d times", m.top(), m.calls, s.asks(id))
	}
	if got := m.batches[0].Contents; len(got) != 1 || string(got[id]) != string(doc) {
		t.Fatalf("contents %v", got)
	}
}
