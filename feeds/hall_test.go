package feeds

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	selection "candor/feeds/select"
	"candor/graph"
	"candor/graph/embed/embedtest"
	"candor/zkcommit"

	"github.com/ethereum/go-ethereum/crypto"
)

// ledger keeps a lane in memory and refuses what a real one would refuse.
type ledger struct {
	mu      sync.Mutex
	tickets []zkcommit.TicketRow
	entries []zkcommit.EntryRow
	rows    []zkcommit.RunRow
	aborts  []zkcommit.AbortRow
	full    map[string]uint64 // of ranker and asker
	fail    error             // of what writes
	deaf    bool              // a write that fails is kept all the same
}

// write is what each of the appending methods does.
func (l *ledger) write(check func() error, keep func()) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if err := check(); err != nil {
		return err
	}
	if l.fail == nil || l.deaf {
		keep()
	}
	return l.fail
}

func (l *ledger) open(seq uint64) error {
	if seq != uint64(len(l.entries)) || seq >= uint64(len(l.tickets)) {
		return fmt.Errorf("entry %d after %d entries and %d tickets", seq, len(l.entries), len(l.tickets))
	}
	return nil
}

func (l *ledger) AppendTicket(_ context.Context, t zkcommit.TicketRow) error {
	return l.write(func() error {
		if t.Seq != uint64(len(l.tickets)) {
			return fmt.Errorf("ticket %d after %d tickets", t.Seq, len(l.tickets))
		}
		if t.Charge == nil {
			return nil
		}
		next, err := t.Charge.Take(l.full[t.Ranker+t.Charge.Asker.Hex()])
		if err == nil {
			if l.full == nil {
				l.full = map[string]uint64{}
			}
			l.full[t.Ranker+t.Charge.Asker.Hex()] = next
		}
		return err
	}, func() { l.tickets = append(l.tickets, t) })
}

func (l *ledger) FullAgain(_ context.Context, ranker string, asker graph.Hash) (uint64, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.full[ranker+asker.Hex()], nil
}

func (l *ledger) AppendRun(_ context.Context, r zkcommit.RunRow) error {
	return l.write(func() error {
		if slices.ContainsFunc(l.rows, func(x zkcommit.RunRow) bool { return x.Key == r.Key }) {
			return errors.New("there is a run of this request")
		}
		return l.open(r.Seq)
	}, func() {
		l.rows = append(l.rows, r)
		l.entries = append(l.entries, zkcommit.EntryRow{Seq: r.Seq, ID: r.ID, Bytes: r.Run})
	})
}

func (l *ledger) AppendAbort(_ context.Context, a zkcommit.AbortRow) error {
	return l.write(func() error {
		if err := l.open(a.Seq); err != nil {
			return err
		}
		if l.tickets[a.Seq].ID != a.Ticket {
			return errors.New("an abort of another ticket")
		}
		return nil
	}, func() {
		l.aborts = append(l.aborts, a)
		l.entries = append(l.entries, zkcommit.EntryRow{Seq: a.Seq, ID: a.ID, Bytes: a.Abort})
	})
}

func (l *ledger) OpenTickets(context.Context, uint32) ([]zkcommit.TicketRow, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return slices.Clone(l.tickets[len(l.entries):]), nil
}

func (l *ledger) LastEntry(context.Context, uint32) (zkcommit.EntryRow, bool, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.entries) == 0 {
		return zkcommit.EntryRow{}, false, nil
	}
	return l.entries[len(l.entries)-1], true, nil
}

// set makes the ledger's writes fail from now on.
func (l *ledger) set(fail error, deaf bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.fail, l.deaf = fail, deaf
}

func (l *ledger) find(ok func(zkcommit.RunRow) bool) (zkcommit.RunRow, bool, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if i := slices.IndexFunc(l.rows, ok); i >= 0 {
		return l.rows[i], true, nil
	}
	return zkcommit.RunRow{}, false, nil
}

func (l *ledger) RunByKey(_ context.Context, k graph.Hash) (zkcommit.RunRow, bool, error) {
	return l.find(func(r zkcommit.RunRow) bool { return r.Key == k })
}

func (l *ledger) RunByID(_ context.Context, id graph.Hash) (zkcommit.RunRow, bool, error) {
	return l.find(func(r zkcommit.RunRow) bool { return r.ID == id })
}

// world is a mirror of one block.
type world struct{ snap Snapshot }

func (w world) Head(context.Context) (graph.Block, bool, error) { return w.snap.Block(), true, nil }
func (w world) At(context.Context, uint64) (Snapshot, error)    { return w.snap, nil }

func testHall(t *testing.T) (*Hall, *ledger, world) {
	t.Helper()
	e := embedtest.New(t)
	for i := range 40 {
		e.Post(1+i%7, fmt.Sprintf("Post number %d about bread and bicycles.", i))
	}
	w := world{e.Snapshot()}
	key, err := crypto.GenerateKey()
	if err != nil {
		t.Fatal(err)
	}
	node := crypto.PubkeyToAddress(key.PublicKey)
	ranker := func(slug string, sign graph.Score) Ranker {
		m, err := zkcommit.Manifest{Type: zkcommit.ManifestType, Circuit: "c", Slug: slug, Name: slug, Kind: "ranker", Version: 1,
			Publisher: node, Rule: selection.Plain, Shape: "64x32x1"}.Sign(key)
		if err != nil {
			t.Fatal(err)
		}
		return Ranker{ID: slug, Manifest: m,
			Features: func(_ Snapshot, _ graph.Address, c []graph.Candidate) ([]graph.Row, error) {
				rows := make([]graph.Row, len(c))
				for i := range rows {
					rows[i] = make(graph.Row, graph.Features)
					rows[i][0] = int8(c[i].Post.Block % 100)
				}
				return rows, nil
			},
			Score: func(_ context.Context, rows []graph.Row) ([]graph.Score, int, error) {
				s := make([]graph.Score, len(rows))
				for i := range rows {
					s[i] = sign * graph.Score(rows[i][0])
				}
				return s, 0, nil
			}}
	}
	odd := func(id string, d graph.Decision) Filter {
		return Filter{ID: id, Version: 1, Judge: func(_ Snapshot, c []graph.Candidate) (v []graph.Verdict, _ error) {
			for i, x := range c {
				if i%2 == 1 {
					v = append(v, graph.Verdict{Post: x.Post, Decision: d, Reason: "odd"})
				} else {
					v = append(v, graph.Verdict{Post: x.Post, Decision: graph.Keep})
				}
			}
			return v, nil
		}}
	}
	l := &ledger{}
	h := &Hall{Mirror: w, Ledger: l, Rankers: []Ranker{ranker("up", 1), ranker("down", -1)},
		Filters: []Filter{odd("hider", graph.Hide), odd("warner", graph.Warn)}, Select: selection.Select, Node: key,
		Origin: Origin{ChainID: 1, RunLog: graph.Address{9}, Node: node}, Final: Finality{Interval: 1, MergeDelay: 60}}
	if err := h.Open(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(h.Close)
	return h, l, w
}

func ids(p *graph.Page) (out []graph.PostID) {
	for _, i := range p.Items {
		out = append(out, i.ID)
	}
	return out
}

func TestSameRequestSameRun(t *testing.T) {
	h, l, _ := testHall(t)
	var wg sync.WaitGroup
	pages := make([]*graph.Page, 60)
	for i := range pages {
		wg.Add(1)
		go func() {
			defer wg.Done()
			p, err := h.Feed(t.Context(), graph.Request{Ranker: []string{"up", "down"}[i%2], Viewer: embedtest.Person(1 + i%3), Limit: 100})
			if err != nil {
				t.Error(err)
			}
			pages[i] = p
		}()
	}
	wg.Wait()
	if len(l.rows) != 6 {
		t.Fatalf("6 different requests made %d runs", len(l.rows))
	}
	for i, p := range pages {
		if q := pages[i%6]; p.Run.ID != q.Run.ID || !slices.Equal(ids(p), ids(q)) {
			t.Errorf("request %d got another run than its twin", i)
		}
	}
	var previous graph.Hash
	for i, row := range l.rows {
		run, err := zkcommit.ParseRun(row.Run)
		if err != nil {
			t.Fatal(err)
		}
		if run.Seq != uint64(i) || run.Previous != previous || run.ID() != row.ID {
			t.Errorf("run %d has seq %d after %s", i, run.Seq, run.Previous)
		}
		previous = row.ID
	}
	openings := map[graph.Hash]bool{}
	for _, r := range l.rows {
		openings[r.Opening] = true
	}
	if len(openings) != len(l.rows) {
		t.Error("two runs share an opening")
	}
}

func TestFiltersAndCursors(t *testing.T) {
	h, _, _ := testHall(t)
	all, err := h.Feed(t.Context(), graph.Request{Limit: 100})
	if err != nil {
		t.Fatal(err)
	}
	req := graph.Request{Filters: []string{"warner", "hider"}, Limit: 3}
	var got []graph.PostID
	for {
		p, err := h.Feed(t.Context(), req)
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, ids(p)...)
		if len(p.Hidden) != 2 || p.Hidden[0].Filter != "hider" || p.Hidden[0].Count != len(all.Items)/2 || p.Hidden[1].Count != 0 {
			t.Fatalf("hidden: %+v of %d", p.Hidden, len(all.Items))
		}
		if p.Cursor == "" {
			break
		}
		req.Cursor = p.Cursor
	}
	if len(got) != len(all.Items)-len(all.Items)/2 {
		t.Errorf("%d posts are left of %d", len(got), len(all.Items))
	}
	if !slices.IsSortedFunc(got, func(a, b graph.PostID) int { return b.Compare(a) }) {
		t.Errorf("the pages are not in the ranker's order: %v", got)
	}
	warned, err := h.Feed(t.Context(), graph.Request{Filters: []string{"warner"}, Limit: 100})
	if err != nil {
		t.Fatal(err)
	}
	notices := 0
	for _, i := range warned.Items {
		notices += len(i.Notices)
	}
	if notices != len(all.Items)/2 || len(warned.Items) != len(all.Items) {
		t.Errorf("%d notices on %d posts", notices, len(warned.Items))
	}
	req.Ranker = "down"
	if _, err := h.Feed(t.Context(), req); !asked(err, false) {
		t.Errorf("a cursor of another ranker: %v", err)
	}
}

func asked(err error, missing bool) bool {
	var e *graph.ErrAsk
	return errors.As(err, &e) && e.Missing == missing && len(e.Detail) > 20
}

func TestBadRequests(t *testing.T) {
	h, l, w := testHall(t)
	head := w.snap.Block().Number
	for name, c := range map[string]struct {
		req     graph.Request
		missing bool
	}{
		"no limit":     {graph.Request{}, false},
		"large limit":  {graph.Request{Limit: 101}, false},
		"ranker":       {graph.Request{Limit: 1, Ranker: "x"}, true},
		"filter":       {graph.Request{Limit: 1, Filters: []string{"x"}}, true},
		"future block": {graph.Request{Limit: 1, Block: ptr(head + 1)}, false},
		"cursor":       {graph.Request{Limit: 1, Cursor: "x"}, false},
		"no such run":  {graph.Request{Limit: 1, Cursor: cursor{graph.Hash{1}, 0}.String()}, false},
		"long cursor":  {graph.Request{Limit: 1, Cursor: strings.Repeat("A", 5000)}, false},
	} {
		if _, err := h.Feed(t.Context(), c.req); !asked(err, c.missing) {
			t.Errorf("%s: %v", name, err)
		}
	}
	h.Rankers[0].From = head
	if _, err := h.Feed(t.Context(), graph.Request{Limit: 1, Block: ptr(head - 1)}); !asked(err, false) {
		t.Errorf("a block before the ranker: %v", err)
	}
	h.Rankers[0].From = head + 1
	if _, err := h.Feed(t.Context(), graph.Request{Limit: 1}); !asked(err, true) {
		t.Errorf("a ranker that is not active yet: %v", err)
	}
	if len(l.rows) != 0 {
		t.Errorf("bad requests made %d runs", len(l.rows))
	}
}

func ptr[T any](v T) *T { return &v }

// TestNoPageBeforeTheLedger shows that a page never leaves when its run is not durable.
func TestNoPageBeforeTheLedger(t *testing.T) {
	h, l, _ := testHall(t)
	full := errors.New("the disk is full")
	l.set(full, false)
	if p, err := h.Feed(t.Context(), graph.Request{Limit: 5}); p != nil || !errors.Is(err, full) {
		t.Errorf("a page left without its run: %v, %v", p, err)
	}
	l.set(nil, false)
	if p, err := h.Feed(t.Context(), graph.Request{Limit: 5}); err != nil || p.Run.Seq != 0 {
		t.Errorf("after the disk has room: %+v, %v", p, err)
	}
}

// TestRankersThatLie shows that a ranker with a wrong number of scores makes no run.
func TestRankersThatLie(t *testing.T) {
	h, l, _ := testHall(t)
	h.Rankers[0].Score = func(_ context.Context, rows []graph.Row) ([]graph.Score, int, error) {
		return make([]graph.Score, len(rows)-1), 0, nil
	}
	if _, err := h.Feed(t.Context(), graph.Request{Limit: 5}); err == nil || len(l.rows) != 0 {
		t.Errorf("a ranker left a post out: %v, %d runs", err, len(l.rows))
	}
}

// TestGuests: a ranker of another publisher is asked by its id, and takes no built-in
// ranker's place by any name.
func TestGuests(t *testing.T) {
	h, _, _ := testHall(t)
	own := h.Rankers[0]
	guest := h.Rankers[1]
	h.Rankers = h.Rankers[:1]
	asked := 0
	h.Guests = func(id string) (*Ranker, bool) {
		asked++
		if id == "gone" {
			return nil, false
		}
		guest.ID = id
		return &guest, true
	}
	for _, name := range []string{own.ID, ""} {
		if p, err := h.Feed(t.Context(), graph.Request{Limit: 5, Ranker: name}); err != nil || p.Run.Ranker != own.ID || asked != 0 {
			t.Errorf("%q: %v", name, err)
		}
	}
	if p, err := h.Feed(t.Context(), graph.Request{Limit: 5, Ranker: "0x12"}); err != nil || p.Run.Ranker != "0x12" {
		t.Error(err)
	}
	if _, err := h.Feed(t.Context(), graph.Request{Limit: 5, Ranker: "gone"}); err == nil {
		t.Error("a guest that went ranks")
	}
}

// TestFallback: a ranker that does not answer costs its readers its order and no page; the
// page names who ranked instead, and so do those behind it.
func TestFallback(t *testing.T) {
	h, l, _ := testHall(t)
	broken, stand := &h.Rankers[0], h.Rankers[1].ID
	good := broken.Score
	broken.Score = func(context.Context, []graph.Row) ([]graph.Score, int, error) { return nil, 0, errors.New("down") }
	if _, err := h.Feed(t.Context(), graph.Request{Limit: 5}); err == nil {
		t.Fatal("a ranker without a fallback ranks though it is down")
	}
	broken.Fallback = stand
	p, err := h.Feed(t.Context(), graph.Request{Limit: 5})
	if err != nil || p.Run.Ranker != stand || p.Fallback == nil || p.Fallback.Ranker != broken.ID || p.Fallback.Reason == "" || p.Fallback.Ticket == nil {
		t.Fatalf("%+v, %v", p, err)
	}
	straight, err := h.Feed(t.Context(), graph.Request{Limit: 5, Ranker: stand})
	if err != nil || straight.Run.ID != p.Run.ID || straight.Fallback != nil {
		t.Fatalf("the fallback's own readers: %+v, %v", straight, err)
	}
	next, err := h.Feed(t.Context(), graph.Request{Limit: 5, Cursor: p.Cursor})
	if err != nil || next.Run.ID != p.Run.ID || next.Fallback == nil || next.Items[0].Rank != 5 {
		t.Fatalf("the second page: %+v, %v", next, err)
	}
	// The asker who goes away gets nobody's order, and no run is made for it.
	ctx, cancel := context.WithCancel(t.Context())
	broken.Score = func(context.Context, []graph.Row) ([]graph.Score, int, error) { cancel(); return nil, 0, ctx.Err() }
	runs := len(l.rows)
	if _, err := h.Feed(ctx, graph.Request{Limit: 5, Filters: []string{h.Filters[0].ID}}); err == nil || len(l.rows) != runs {
		t.Fatalf("%v, %d runs and then %d", err, runs, len(l.rows))
	}
	broken.Score = good
	if p, err := h.Feed(t.Context(), graph.Request{Limit: 5}); err != nil || p.Run.Ranker != broken.ID || p.Fallback != nil {
		t.Fatalf("once it is back: %+v, %v", p, err)
	}
}

// TestUnprovenRankers: the runs of a ranker whose manifest promises no proofs owe none, and
// claim to be replicated only where several workers answered alike.
func TestUnprovenRankers(t *testing.T) {
	h, l, _ := testHall(t)
	r := &h.Rankers[0]
	good := r.Score
	for agreed, want := range map[int]string{0: "committed", 1: "committed", 2: "replicated", 3: "replicated"} {
		signed, err := zkcommit.Manifest{Type: zkcommit.ManifestType, Slug: "up", Name: "up", Kind: "ranker", Version: uint32(agreed + 1),
			Publisher: h.Origin.Node, Rule: selection.Plain, Shape: "64x32x1"}.Sign(h.Node)
		if err != nil {
			t.Fatal(err)
		}
		r.Manifest = signed
		r.Score = func(ctx context.Context, rows []graph.Row) ([]graph.Score, int, error) {
			scores, _, err := good(ctx, rows)
			return scores, agreed, err
		}
		p, err := h.Feed(t.Context(), graph.Request{Limit: 5})
		if err != nil || p.Run.Assurance != want || p.Run.Proof != string(zkcommit.SampledOut) || l.rows[len(l.rows)-1].ProofState != zkcommit.SampledOut {
			t.Errorf("%d agree: %+v, %v", agreed, p, err)
		}
	}
}
