package indexer

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"candor/graph"

	"github.com/ipfs/go-cid"
)

// slow is a Fetcher that serves each document after its own time, the others never.
type slow map[cid.Cid]struct {
	doc   []byte
	after time.Duration
}

func (s slow) put(doc []byte, c cid.Cid, after time.Duration) {
	s[c] = struct {
		doc   []byte
		after time.Duration
	}{doc, after}
}

func (s slow) Get(ctx context.Context, c cid.Cid) ([]byte, error) {
	d, ok := s[c]
	if !ok {
		<-ctx.Done()
		return nil, ctx.Err()
	}
	sleep(ctx, d.after)
	return d.doc, ctx.Err()
}

// timed is a mirror that notes when it has each document.
type timed struct {
	pages
	begin map[uint64]time.Time
	shown sync.Map // cid → how long after its block
}

func (m *timed) Commit(ctx context.Context, b graph.Batch) error {
	for _, docs := range []map[cid.Cid][]byte{b.Contents, b.Late} {
		for c := range docs {
			m.shown.LoadOrStore(c, time.Since(m.begin[b.Block.Number]))
		}
	}
	return m.pages.Commit(ctx, b)
}

// visible is how long the good posts of some hundred blocks took to be visible,
// in the order of the times, beside hostile documents that nobody serves: the
// posts of fixed authors, and of ever new ones.
func visible(t *testing.T, hostile func(block int) []graph.Event) (times []time.Duration) {
	synctest.Test(t, func(t *testing.T) {
		const blocks, warm = 600, 100
		c, s, m := newChain(), slow{}, &timed{begin: map[uint64]time.Time{}}
		x := New(Config{Source: c, Fetcher: s, Mirror: m})
		stop := begin(t, x)
		chance := rand.New(rand.NewPCG(7, 7))
		good := map[cid.Cid]uint64{}
		for i := range blocks {
			doc, id, e := note(fmt.Sprint("good ", i))
			e.Author = graph.Address{1, byte(i % 50)}
			s.put(doc, id, time.Duration(100+chance.IntN(200))*time.Millisecond)
			c.mu.Lock()
			n := uint64(len(c.blocks))
			c.mu.Unlock()
			m.begin[n] = time.Now()
			c.extend(append(hostile(i), e)...)
			if i >= warm {
				good[id] = n
			}
			time.Sleep(400 * time.Millisecond)
		}
		if err := x.Synced(t.Context(), blocks); err != nil {
			t.Fatal(err)
		}
		if err := stop(); err != nil {
			t.Fatal(err)
		}
		late := 0
		for id := range good {
			d, ok := m.shown.Load(id)
			if !ok {
				late++
				continue
			}
			times = append(times, d.(time.Duration))
		}
		if late > 0 {
			t.Errorf("%d good documents never came", late)
		}
		slices.Sort(times)
	})
	return times
}

// TestHostileCIDsDelayNobody has every block name documents that nobody ever
// serves: the good posts beside are visible as soon as without them.
func TestHostileCIDsDelayNobody(t *testing.T) {
	p99 := func(times []time.Duration) time.Duration { return times[len(times)*99/100] }
	alone := p99(visible(t, func(int) []graph.Event { return nil }))
	many := func(author func(i, j int) graph.Address) func(int) []graph.Event {
		return func(i int) (out []graph.Event) {
			for j := range 50 {
				_, _, e := note(fmt.Sprint("nobody ", i, " ", j))
				e.Author = author(i, j)
				out = append(out, e)
			}
			return out
		}
	}
	for name, author := range map[string]func(i, j int) graph.Address{
		"the same authors": func(_, j int) graph.Address { return graph.Address{2, byte(j)} },
		"ever new authors": func(i, j int) graph.Address { return graph.Address{2, byte(j), byte(i), byte(i >> 8)} },
	} {
		got := p99(visible(t, many(author)))
		t.Logf("%s: the 99th percentile is %s, and %s without hostile documents", name, got, alone)
		if got > alone+alone/10 {
			t.Errorf("%s: the 99th percentile is %s, and %s without hostile documents", name, got, alone)
		}
	}
}

// TestSlowAuthorsAreWaitedForBriefly has few authors whose documents come just in
// time, which must not teach the loop to wait for everyone so long.
func TestSlowAuthorsAreWaitedForBriefly(t *testing.T) {
	p := newPatience(100*time.Millisecond, 2*time.Second)
	if total, _ := p.waits(); total != p.max {
		t.Fatalf("knowing nothing, it waits %s", total)
	}
	for range 10 {
		p.ranOut()
	}
	if total, _ := p.waits(); total != p.max/32 {
		t.Fatalf("after waits in vain, it waits %s", total)
	}
	for i := range 100 {
		p.came(graph.Address{1, byte(i)}, 200*time.Millisecond)
	}
	for range 1000 {
		for i := range 4 {
			p.came(graph.Address{2, byte(i)}, 1900*time.Millisecond)
		}
	}
	if total, _ := p.waits(); total != 210*time.Millisecond {
		t.Fatalf("4 slow authors of 104 make it wait %s", total)
	}
	a := graph.Address{3}
	if p.missed(a); p.trusts(a) {
		t.Fatal("an author whose document never came is waited for")
	}
	if p.came(a, time.Second); !p.trusts(a) {
		t.Fatal("an author whose document came is not waited for")
	}
	for i := range 2 * records {
		p.missed(graph.Address{4, byte(i), byte(i >> 8)})
	}
	if len(p.bad.rows) > records || len(p.bad.order) > records {
		t.Fatalf("%d authors are remembered", len(p.bad.rows))
	}
}

// TestOldRetriesDelayNoNewOnes has many documents that nobody serves and one that
// is there soon after its block: it is asked for while all the others hang.
func TestOldRetriesDelayNoNewOnes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, s, m := newChain(), slow{}, &timed{}
		x := New(Config{Source: c, Fetcher: s, Mirror: m})
		stop := begin(t, x)
		var hostile []graph.Event
		for i := range 600 {
			_, _, e := note(fmt.Sprint("nobody ", i))
			hostile = append(hostile, e)
		}
		c.extend(hostile...)
		time.Sleep(time.Minute) // all were asked for some times
		doc, id, e := note("soon there")
		e.Author = graph.Address{9}
		c.extend(e)
		time.Sleep(3 * time.Second) // its block no longer waits
		s.put(doc, id, 0)
		time.Sleep(5 * time.Second)
		c.extend()
		time.Sleep(time.Second)
		synctest.Wait()
		if _, ok := m.shown.Load(id); !ok {
			t.Error("the good document was not found within 5 s")
		}
		if err := stop(); err != nil {
			t.Fatal(err)
		}
	})
}

// TestStragglersComeWithTheNextBlock: a document that comes after its block and
// before any retry is not asked for again.
func TestStragglersComeWithTheNextBlock(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, s, m := newChain(), slow{}, &pages{}
		x := New(Config{Source: c, Fetcher: s, Mirror: m, RetryEvery: time.Hour})
		for i := range 20 { // they teach it to wait 100 ms
			x.patience.came(graph.Address{7, byte(i)}, time.Millisecond)
		}
		doc, id, e := note("a little late")
		s.put(doc, id, 300*time.Millisecond)
		c.extend(e)
		stop := begin(t, x)
		time.Sleep(time.Second)
		synctest.Wait()
		if len(m.batches) != 1 || len(m.batches[0].Contents) != 0 {
			t.Errorf("%+v", m.batches)
		}
		c.extend()
		time.Sleep(time.Second)
		synctest.Wait()
		if len(m.batches) != 2 || string(m.batches[1].Late[id]) != string(doc) {
			t.Errorf("%+v", m.batches)
		}
		if err := stop(); err != nil {
			t.Fatal(err)
		}
	})
}
