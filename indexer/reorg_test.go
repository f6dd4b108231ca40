package indexer

import (
	"context"
	"errors"
	"maps"
	"slices"
	"testing"
	"time"

	"candor/graph"

	"github.com/ipfs/go-cid"
)

// told is a source whose answers a test counts and replaces, and which has words
// of its own on what is final and on what others have.
type told struct {
	*chain
	asked  int
	header func(graph.Block) graph.Block
	final  graph.Block
	vouch  bool
	doubts []graph.Block
}

func (s *told) Header(ctx context.Context, n uint64) (graph.Block, error) {
	s.asked++
	b, err := s.chain.Header(ctx, n)
	if s.header != nil {
		b = s.header(b)
	}
	return b, err
}

func (s *told) Final(context.Context) (graph.Block, error) {
	if s.final == (graph.Block{}) {
		return s.final, errors.New("nothing is final yet")
	}
	return s.final, nil
}

func (s *told) Doubt(_ context.Context, b graph.Block) bool {
	s.doubts = append(s.doubts, b)
	return s.vouch
}

func grown(n int) (*told, *pages) {
	c := newChain()
	for range n {
		c.extend()
	}
	return &told{chain: c}, &pages{}
}

func passes(err error) bool {
	var passing sourceError
	return errors.As(err, &passing)
}

func TestForksAreFoundWithFewQuestions(t *testing.T) {
	for depth := 1; depth <= 250; depth++ {
		s, m := grown(300)
		x := New(Config{Source: s, Fetcher: newShelf(), Mirror: m})
		settle(t, x)
		s.fork(depth)
		for range depth + 1 {
			s.extend()
		}
		settle(t, x)
		if m.top() != 301 || m.rollbacks != 1 || s.asked > 18 {
			t.Fatalf("depth %d: head %d after %d rollbacks and %d questions", depth, m.top(), m.rollbacks, s.asked)
		}
	}
}

// TestForksNeedAProof has a source that changes its mind while it is asked where
// the fork is: nothing is taken back on words that do not fit together.
func TestForksNeedAProof(t *testing.T) {
	for name, header := range map[string]func(m *pages, b graph.Block) graph.Block{
		"it no longer denies what it denied": func(m *pages, b graph.Block) graph.Block {
			mine, _, _ := m.Block(context.Background(), b.Number)
			return mine
		},
		"the block after the fork follows another": func(m *pages, b graph.Block) graph.Block {
			b.Parent = graph.Hash{9}
			return b
		},
	} {
		s, m := grown(20)
		x := New(Config{Source: s, Fetcher: newShelf(), Mirror: m})
		settle(t, x)
		s.fork(5)
		for range 5 { // no higher than before
			s.extend()
		}
		s.header = func(b graph.Block) graph.Block { return header(m, b) }
		if _, err := x.step(t.Context()); !passes(err) || m.rollbacks != 0 {
			t.Errorf("%s: %v, %d rollbacks", name, err, m.rollbacks)
		}
		s.header = nil
		if settle(t, x); m.top() != 20 || m.rollbacks != 1 {
			t.Errorf("%s: head %d after %d rollbacks", name, m.top(), m.rollbacks)
		}
	}
}

func TestWhatIsFinal(t *testing.T) {
	for name, tc := range map[string]struct {
		cfg   Config
		says  uint64 // the source
		other bool   // but of another branch
		want  uint64
	}{
		"all":                   {cfg: Config{Instant: true}, want: 20},
		"by depth":              {cfg: Config{FinalDepth: 6}, want: 14},
		"deeper than the chain": {cfg: Config{FinalDepth: 60}},
		"by the source":         {says: 7, want: 7},
		"before the contract":   {cfg: Config{Start: 9}, says: 7},
		"another branch":        {says: 7, other: true},
		"not indexed yet":       {says: 25},
		"nobody says":           {},
	} {
		s, m := grown(30)
		if tc.says > 0 {
			s.final = s.blocks[tc.says].Block
		}
		if tc.other {
			s.final.Hash[0]++
		}
		s.fork(10)
		tc.cfg.Source, tc.cfg.Fetcher, tc.cfg.Mirror = s, newShelf(), m
		x := New(tc.cfg)
		if settle(t, x); x.Status().Final.Number != 0 {
			t.Fatal("something is final before anybody said so")
		}
		if err := x.finalise(t.Context(), false); err != nil {
			t.Fatal(err)
		}
		want := graph.Block{}
		if tc.want > 0 {
			want = s.blocks[tc.want].Block
		}
		if got := x.Status().Final; got != want {
			t.Errorf("%s: %+v is final, not %+v", name, got, want)
		}
	}
	// By depth nothing is final while the mirror may be on a branch that lost.
	s, m := grown(20)
	x := New(Config{Source: s, Fetcher: newShelf(), Mirror: m, Instant: true})
	settle(t, x)
	x.saw(graph.Block{Number: 20, Hash: graph.Hash{7}})
	if err := x.finalise(t.Context(), false); err != nil || x.Status().Final.Number != 0 {
		t.Errorf("%v, %+v", err, x.Status().Final)
	}
}

func TestFinalBlocksAreNotTakenBack(t *testing.T) {
	s, m := grown(20)
	x := New(Config{Source: s, Fetcher: newShelf(), Mirror: m, FinalDepth: 5})
	settle(t, x)
	if err := x.finalise(t.Context(), false); err != nil {
		t.Fatal(err)
	}
	final := x.Status().Final
	if final.Number != 15 {
		t.Fatalf("%+v", final)
	}
	before := slices.Clone(s.blocks)
	s.fork(6)
	for range 8 {
		s.extend()
	}
	if _, err := x.step(t.Context()); !passes(err) || m.rollbacks != 0 || !slices.Equal(s.doubts, []graph.Block{final}) {
		t.Fatalf("%v, %d rollbacks, doubts %v", err, m.rollbacks, s.doubts)
	}
	s.mu.Lock()
	s.blocks = before
	s.mu.Unlock()
	s.fork(5)
	for range 8 {
		s.extend()
	}
	if settle(t, x); m.top() != 23 || m.rollbacks != 1 {
		t.Fatalf("a fork behind the final block: head %d after %d rollbacks", m.top(), m.rollbacks)
	}
}

func TestBeyondTheWindowOthersAreHeard(t *testing.T) {
	s, m := grown(30)
	x := New(Config{Source: s, Fetcher: newShelf(), Mirror: m, Window: 8})
	settle(t, x)
	tip, mine := s.blocks[30].Block, s.blocks[22].Block
	s.fork(9)
	for range 12 {
		s.extend()
	}
	s.vouch = true
	if _, err := x.step(t.Context()); !passes(err) || !slices.Equal(s.doubts, []graph.Block{mine}) {
		t.Fatalf("%v, doubts %v", err, s.doubts)
	}
	s.vouch = false
	if _, err := x.step(t.Context()); !errors.Is(err, ErrBeyondWindow) {
		t.Fatal(err)
	}
	// A head far below, on another branch, says the same.
	s.fork(20)
	if s.extend(); s.height() >= 22 {
		t.Fatal(s.height())
	}
	if _, err := x.step(t.Context()); !errors.Is(err, ErrBeyondWindow) {
		t.Fatal(err)
	}
	if head, _, _ := m.Head(t.Context()); head != tip || m.rollbacks != 0 {
		t.Fatal("the mirror was changed")
	}
}

func TestOnlyWhatWasComparedIsSound(t *testing.T) {
	s, m := grown(10)
	settle(t, New(Config{Source: s, Fetcher: newShelf(), Mirror: m}))
	for name, turn := range map[string]func(x *Indexer){
		"the same head":   func(*Indexer) {},
		"new blocks":      func(*Indexer) { s.extend() },
		"a head below":    func(*Indexer) { s.lag = 3 },
		"a fork followed": func(*Indexer) { s.fork(2); s.extend(); s.extend(); s.extend() },
	} {
		x := New(Config{Source: s, Fetcher: newShelf(), Mirror: m})
		if x.Sound() == nil {
			t.Fatal("what nobody compared with the chain is sound")
		}
		s.fails = 1
		if _, err := x.step(t.Context()); !passes(err) || x.Sound() == nil {
			t.Fatalf("%s: %v", name, err)
		}
		turn(x)
		if _, err := x.step(t.Context()); err != nil {
			t.Fatal(err)
		}
		if err := x.Sound(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		x.sourceFailed()
		if err := x.Sound(); err != nil {
			t.Errorf("%s, and then no source: %v", name, err)
		}
		s.lag = 0
		settle(t, x)
	}
	x := New(Config{Source: s, Fetcher: newShelf(), Mirror: m, Window: 3})
	settle(t, x)
	s.fork(5)
	for range 9 {
		s.extend()
	}
	if err := x.Run(t.Context()); !errors.Is(err, ErrBeyondWindow) {
		t.Fatal(err)
	}
	if err := x.Sound(); err == nil || x.Ready() {
		t.Fatal("beyond the window the index is still served")
	}
}

// censor is a mirror that withholds.
var timeLater = time.Unix(1<<40, 0)

type censor struct{ pages }

func (c *censor) Withheld(context.Context) (out []cid.Cid, _ error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	held := map[cid.Cid]bool{}
	for _, b := range c.batches {
		for _, id := range b.Withhold {
			held[id] = true
		}
		for _, id := range b.Restore {
			delete(held, id)
		}
	}
	return slices.Collect(maps.Keys(held)), nil
}

func TestWhatIsDeniedIsWithheldAndNotFetched(t *testing.T) {
	c, s, m := newChain(), newShelf(), &censor{}
	var denied []cid.Cid
	bad, badID, eBad := note("denied")
	good, goodID, eGood := note("good")
	s.put(bad, badID)
	s.put(good, goodID)
	x := New(Config{Source: c, Fetcher: s, Mirror: m, Denied: func() []cid.Cid { return denied }})
	last := func() graph.Batch { settle(t, x); return m.batches[len(m.batches)-1] }
	denied = []cid.Cid{badID}
	c.extend(eBad, eGood)
	if b := last(); !slices.Equal(b.Withhold, denied) || b.Restore != nil || len(b.Contents) != 1 || s.asks(badID) != 0 {
		t.Fatalf("%+v, asked %d times", b, s.asks(badID))
	}
	x.round(t, m, timeLater)
	if s.asks(badID) != 0 {
		t.Fatal("what is denied is fetched late")
	}
	c.extend()
	if b := last(); b.Withhold != nil || b.Restore != nil {
		t.Fatalf("it is withheld twice: %+v", b)
	}
	// A rollback and another process forget nothing.
	c.fork(2)
	c.extend()
	c.extend()
	c.extend()
	x = New(x.cfg)
	if last(); len(m.batches[0].Withhold) != 1 || m.rollbacks != 1 {
		t.Fatalf("after a fork: %+v", m.batches)
	}
	denied = nil
	c.extend()
	if b := last(); !slices.Equal(b.Restore, []cid.Cid{badID}) || b.Withhold != nil {
		t.Fatalf("%+v", b)
	}
	if held, _ := m.Withheld(t.Context()); len(held) != 0 {
		t.Fatalf("%v are still withheld", held)
	}
	// A mirror that cannot withhold is not told.
	p := &pages{}
	denied = []cid.Cid{badID}
	y := New(Config{Source: c, Fetcher: s, Mirror: p, Denied: func() []cid.Cid { return denied }})
	if settle(t, y); p.batches[0].Withhold != nil {
		t.Fatal("a mirror without the means is told to withhold")
	}
}
