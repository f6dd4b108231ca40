package indexer

import (
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"candor/graph"

	"github.com/ipfs/go-cid"
)

func TestMissingContentIsIndexedAndComesLate(t *testing.T) {
	c, s, m := newChain(), newShelf(), &pages{}
	good, goodID, e1 := note("here at once")
	late, lateID, e2 := note("here later")
	s.put(good, goodID)
	c.extend(e1, e2)
	x := New(Config{Source: c, Fetcher: s, Mirror: m, RetryEvery: time.Second, RetryMax: 4 * time.Second})
	settle(t, x)
	if b := m.batches[0]; len(b.Events) != 2 || len(b.Contents) != 1 || string(b.Contents[goodID]) != string(good) {
		t.Fatalf("batch %+v", b)
	}
	if st := x.Status(); st.Missed != 1 || st.Late != 0 {
		t.Fatalf("%+v", st)
	}
	// The pauses between tries double up to the longest.
	now := time.Unix(1000, 0)
	tries := s.asks(lateID)
	for _, step := range []struct {
		after time.Duration
		tried bool
	}{{0, true}, {999 * time.Millisecond, false}, {time.Millisecond, true}, {time.Second, false}, {time.Second, true},
		{3 * time.Second, false}, {time.Second, true}, {3 * time.Second, false}, {time.Second, true}} {
		now = now.Add(step.after)
		x.round(t, m, now)
		if step.tried {
			tries++
		}
		if got := s.asks(lateID); got != tries {
			t.Fatalf("at %s: asked %d times, not %d", now, got, tries)
		}
	}
	s.put(late, lateID)
	x.round(t, m, now.Add(time.Minute))
	x.round(t, m, now.Add(time.Hour)) // found: not asked again
	if got := s.asks(lateID); got != tries+1 {
		t.Fatalf("asked %d times", got)
	}
	c.extend()
	settle(t, x)
	c.extend()
	settle(t, x)
	if b := m.batches[1]; len(b.Late) != 1 || string(b.Late[lateID]) != string(late) || m.batches[2].Late != nil {
		t.Fatalf("late %v, then %v", m.batches[1].Late, m.batches[2].Late)
	}
	if st := x.Status(); st.Late != 1 {
		t.Fatalf("%+v", st)
	}
	if left, _ := m.Missing(t.Context(), 10); len(left) != 0 {
		t.Fatalf("still missing: %v", left)
	}
	// A rollback takes it away, and it is found again.
	c.fork(2)
	c.extend()
	settle(t, x)
	x.round(t, m, now.Add(2*time.Hour))
	c.extend()
	settle(t, x)
	if left, _ := m.Missing(t.Context(), 10); len(left) != 0 || m.rollbacks != 1 {
		t.Fatalf("after %d rollbacks still missing: %v", m.rollbacks, left)
	}
}

// round is one turn of the retry loop at the given time.
func (x *Indexer) round(t *testing.T, m Mirror, now time.Time) {
	t.Helper()
	missing, err := m.Missing(t.Context(), retryList)
	if err != nil {
		t.Fatal(err)
	}
	x.retry.round(t.Context(), missing, now)
	x.retry.working.Wait()
}

func TestOnlyTrueBytesAreHandedOn(t *testing.T) {
	c, s, m := newChain(), newShelf(), &pages{}
	good, goodID, post := note("good")
	profile, profileID, err := graph.ProfileContent{DisplayName: "Ada"}.Encode()
	if err != nil {
		t.Fatal(err)
	}
	odd := []byte("neither post nor profile: the mirror's business")
	oddID, err := graph.DocumentCID(odd)
	if err != nil {
		t.Fatal(err)
	}
	long := make([]byte, graph.MaxDocument+1)
	longID, err := graph.DocumentCID(long)
	if err != nil {
		t.Fatal(err)
	}
	_, swappedID, _ := note("what was asked for")
	for id, doc := range map[cid.Cid][]byte{goodID: good, profileID: profile, oddID: odd, longID: long, swappedID: good} {
		s.put(doc, id)
	}
	author := graph.Address{1}
	c.extend(post,
		graph.Event{Action: graph.ActProfile, Author: author, CID: profileID},
		graph.Event{Action: graph.ActPost, Author: author, CID: oddID},
		graph.Event{Action: graph.ActPost, Author: author, CID: longID},
		graph.Event{Action: graph.ActPost, Author: author, CID: swappedID},
		graph.Event{Action: graph.ActReact, Author: author, Subject: graph.Ref{CID: goodID}},
		graph.Event{Action: graph.ActFollow, Author: author, Target: graph.Address{2}})
	x := New(Config{Source: c, Fetcher: s, Mirror: m})
	settle(t, x)
	b := m.batches[0]
	if len(b.Events) != 7 || !sameDocs(b.Contents, map[cid.Cid][]byte{goodID: good, profileID: profile, oddID: odd}) {
		t.Fatalf("%d events with %v", len(b.Events), b.Contents)
	}
	x.round(t, m, time.Now())
	c.extend()
	settle(t, x)
	if late := m.batches[1].Late; len(late) != 0 {
		t.Fatalf("late: %v", late)
	}
}

// TestRetriesOfManyMissingAreRemembered has more missing documents than one look
// shows: those of another page keep their pauses.
func TestRetriesOfManyMissingAreRemembered(t *testing.T) {
	s := newShelf()
	r := newRetry(New(Config{Fetcher: s}).cfg)
	page := make([]cid.Cid, retryList)
	for i := range page {
		_, page[i], _ = note(fmt.Sprint("page one ", i))
	}
	_, other, _ := note("page two")
	now := time.Unix(1000, 0)
	round := func(missing []cid.Cid) {
		r.round(t.Context(), missing, now)
		r.working.Wait()
	}
	for range retryList / retryParallel {
		round(page)
	}
	full := append([]cid.Cid{other}, page[1:]...)
	round(full)
	round(page)
	for _, c := range append(full, page[0]) {
		if s.asks(c) != 1 {
			t.Fatalf("%s was asked for %d times at one moment", c, s.asks(c))
		}
	}
	round([]cid.Cid{other}) // the whole list: the rest is no longer missing
	if len(r.tries) != 1 {
		t.Fatalf("%d are remembered", len(r.tries))
	}
}

// TestRetryLoopBringsLateContent runs the loop whole.
func TestRetryLoopBringsLateContent(t *testing.T) {
	c, s, m := newChain(), newShelf(), &pages{}
	doc, id, e := note("later")
	c.extend(e)
	x := New(Config{Source: c, Fetcher: s, Mirror: m, RetryEvery: time.Millisecond})
	stop := begin(t, x)
	defer stop()
	if err := x.Synced(t.Context(), 1); err != nil {
		t.Fatal(err)
	}
	s.put(doc, id)
	deadline := time.Now().Add(10 * time.Second)
	for n := uint64(2); x.Status().Late == 0; n++ {
		if time.Now().After(deadline) {
			t.Fatal("the late document never came")
		}
		c.extend()
		if err := x.Synced(t.Context(), n); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Millisecond)
	}
	if err := stop(); err != nil {
		t.Fatal(err)
	}
}

// TestLateContentKnocks has a chain that makes a block only when it is asked to: it
// is asked while something waits, and at no other time.
func TestLateContentKnocks(t *testing.T) {
	c, s, m := newChain(), newShelf(), &pages{}
	doc, id, e := note("later")
	c.extend(e)
	var knocks atomic.Int64
	x := New(Config{Source: c, Fetcher: s, Mirror: m, RetryEvery: 5 * time.Millisecond,
		Knock: func() { knocks.Add(1); c.extend() }})
	stop := begin(t, x)
	defer stop()
	if err := x.Synced(t.Context(), 1); err != nil {
		t.Fatal(err)
	}
	for s.asks(id) < 3 {
		time.Sleep(time.Millisecond)
	}
	if n := knocks.Load(); n != 0 {
		t.Fatalf("%d knocks while nothing waits", n)
	}
	s.put(doc, id)
	for end := time.Now().Add(10 * time.Second); x.Status().Late == 0; time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("the late document never came")
		}
	}
	time.Sleep(20 * time.Millisecond) // one knock may have been under way
	n := knocks.Load()
	time.Sleep(50 * time.Millisecond)
	if knocks.Load() != n {
		t.Error("it knocks on when nothing waits any more")
	}
	if err := stop(); err != nil {
		t.Fatal(err)
	}
	if len(m.batches[0].Contents) != 0 || len(m.batches[0].Late) != 0 {
		t.Errorf("the block without the document is %+v now", m.batches[0])
	}
}

func TestStoppingIsNoAbsence(t *testing.T) {
	c, s, m := newChain(), newShelf(), &pages{}
	s.hangs = true
	_, id, e := note("being fetched")
	c.extend(e)
	stop := begin(t, New(Config{Source: c, Fetcher: s, Mirror: m, FetchTimeout: time.Minute}))
	for s.asks(id) == 0 {
		time.Sleep(time.Millisecond)
	}
	if err := stop(); err != nil {
		t.Fatal(err)
	}
	if len(m.batches) != 0 {
		t.Fatal("a post was indexed as unavailable because the node stopped")
	}
}
