package evm

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"candor/graph"
	"candor/indexer"

	"github.com/ethereum/go-ethereum/rpc"
)

// paper is a log that tests read.
type paper struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (p *paper) Write(b []byte) (int, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.text.Write(b)
}

func (p *paper) String() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.text.String()
}

func (p *paper) logger() *slog.Logger {
	return slog.New(slog.NewTextHandler(p, &slog.HandlerOptions{Level: slog.LevelInfo}))
}

// pair is an index over two nodes of one family.
type pair struct {
	a, b  *liar
	log   *paper
	s     *Source
	judge *judge
	x     *indexer.Indexer
	done  chan error
	stop  func() error
}

func newPair(t *testing.T, cfg Config, window uint64) *pair {
	fam := families()[3]
	p := &pair{a: newLiar(fam, 1), b: newLiar(fam, 2), log: &paper{}, done: make(chan error, 1)}
	t.Cleanup(func() { p.a.close(); p.b.close() })
	p.judge = &judge{fam: fam, liars: []*liar{p.a, p.b}}
	cfg.Log = p.log.logger()
	p.s = sourceOf(t, cfg, p.a.srv.URL, p.b.srv.URL)
	p.x = indexer.New(indexer.Config{Source: p.s, Fetcher: nobody{}, Mirror: p.judge, SourcePause: time.Millisecond, Window: window})
	return p
}

func (p *pair) begin(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	go func() { p.done <- p.x.Run(ctx) }()
	p.stop = sync.OnceValue(func() error { cancel(); err := <-p.done; p.s.Close(); return err })
	t.Cleanup(func() { _ = p.stop() })
}

func (p *pair) must(t *testing.T, branch, head int) {
	t.Helper()
	if err := p.judge.ends(t.Context(), p.judge.fam.branches[branch], head); err != nil {
		t.Fatalf("%v\n%s", err, p.log)
	}
}

func TestLiarIsNamedAndNotAskedAgain(t *testing.T) {
	cfg := patient
	cfg.Distrust, cfg.Survey = time.Hour, time.Millisecond
	p := newPair(t, cfg, 0)
	p.a.rates["log dropped"] = 100
	for _, l := range []*liar{p.a, p.b} {
		l.move(p.a.branch, 60)
	}
	p.begin(t)
	p.must(t, 0, 60)
	for head := 61; head <= 64; head++ {
		p.a.move(p.a.branch, head)
		p.b.move(p.b.branch, head)
		p.must(t, 0, head)
	}
	health := p.s.Health()
	if h := health[0]; h.Failures[Lied] != 1 || h.Resting == nil || h.Current {
		t.Errorf("the liar: %+v", h)
	}
	if h := health[1]; h.Failures[Lied] != 0 || h.Resting != nil || !h.Current || h.Answers == 0 {
		t.Errorf("the honest one: %+v", h)
	}
	if log := p.log.String(); !strings.Contains(log, "level=ERROR") || !strings.Contains(log, p.a.srv.URL) || !strings.Contains(log, "a log is missing, added or altered") {
		t.Errorf("the log does not name the liar:\n%s", log)
	}
}

// TestWhereAllLieNothingIsCommitted has no honest node: the index stands before
// the first block that they lie about, says so, and goes on once one is honest.
func TestWhereAllLieNothingIsCommitted(t *testing.T) {
	cfg := patient
	cfg.Distrust = 2 * time.Millisecond
	p := newPair(t, cfg, 0)
	first := uint64(0)
	for _, m := range p.a.branch {
		if m.logs > 0 {
			first = m.want.Number
			break
		}
	}
	for _, l := range []*liar{p.a, p.b} {
		l.rates["log dropped"] = 100
		l.move(l.branch, 60)
	}
	p.begin(t)
	time.Sleep(300 * time.Millisecond)
	if b, _, _ := p.judge.Head(t.Context()); b.Number >= first {
		t.Errorf("block %d is committed though all lie from %d on", b.Number, first)
	}
	if s := p.x.Status(); s.SourceErrors == 0 || s.Ready {
		t.Errorf("%+v", s)
	}
	if n := strings.Count(p.log.String(), "level=ERROR"); n < 2 {
		t.Errorf("%d errors are logged", n)
	}
	p.b.calm()
	p.must(t, 0, 60)
}

// TestDeepForkNeedsEveryWord has one node deny what is indexed, deeper than the
// window: while the other has it, that is no reason to stop; when both do, it is.
func TestDeepForkNeedsEveryWord(t *testing.T) {
	p := newPair(t, patient, 4)
	fam := p.judge.fam
	p.a.move(fam.branches[0], 68)
	p.b.move(fam.branches[0], 68)
	p.begin(t)
	p.must(t, 0, 68)
	other := -1
	for i, b := range fam.branches {
		if b[50].want.Hash != fam.branches[0][50].want.Hash {
			other = i
		}
	}
	cfgLies := func() uint64 { return p.s.Health()[0].Failures[Lied] + p.s.Health()[1].Failures[Lied] }
	p.a.move(fam.branches[other], 69)
	p.b.move(fam.branches[0], 69)
	p.must(t, 0, 69)
	p.b.move(fam.branches[0], 70)
	p.must(t, 0, 70)
	before := cfgLies()
	if before == 0 {
		// b was asked all the time: have it deny instead.
		p.b.move(fam.branches[other], 71)
		p.a.move(fam.branches[0], 70)
		deadline := time.Now().Add(10 * time.Second)
		for cfgLies() == 0 && time.Now().Before(deadline) {
			time.Sleep(time.Millisecond)
		}
		if cfgLies() == 0 {
			t.Fatal("nobody is distrusted")
		}
	}
	p.a.move(fam.branches[other], 71)
	p.b.move(fam.branches[other], 71)
	select {
	case err := <-p.done:
		p.done <- err
		if !errors.Is(err, indexer.ErrBeyondWindow) {
			t.Fatal(err)
		}
	case <-time.After(20 * time.Second):
		t.Fatal("it goes on beyond the window")
	}
	if err := p.x.Sound(); err == nil || !strings.Contains(err.Error(), "nothing is served") {
		t.Fatalf("what may no longer be served is called sound: %v", err)
	}
	if b, _, _ := p.judge.Head(t.Context()); b.Hash != fam.branches[0][70].want.Hash {
		t.Fatal("the mirror was changed")
	}
}

func TestAnotherChainIsRefused(t *testing.T) {
	right, wrong := newLiar(families()[4], 1), newLiar(families()[5], 1)
	defer right.close()
	defer wrong.close()
	right.move(right.branch, 20)
	wrong.move(wrong.branch, 30)
	cfg := patient
	cfg.Genesis, cfg.Distrust = right.branch[0].want.Hash, time.Hour
	s := sourceOf(t, cfg, wrong.srv.URL, right.srv.URL)
	defer s.Close()
	head, err := s.Head(t.Context())
	if err != nil || head.Hash != right.branch[20].want.Hash {
		t.Fatalf("%+v, %v", head, err)
	}
	if h := s.Health()[0]; h.Failures[Lied] != 1 || !strings.Contains(h.Resting.Error(), "another chain") {
		t.Fatalf("%+v", h)
	}
}

func TestEndpointThatIsFarBehindIsLeft(t *testing.T) {
	p := newPair(t, patient, 0)
	p.a.move(p.a.branch, 20)
	p.b.move(p.b.branch, 60)
	p.begin(t)
	p.must(t, 0, 60)
	if p.b.move(p.b.branch, 62); p.s.Health()[0].Current {
		t.Fatal("the one that is behind is still asked first")
	}
	p.must(t, 0, 62)
}

func TestRetryAfterIsObeyed(t *testing.T) {
	now := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	for value, want := range map[string]time.Duration{"": 0, "0": 0, "7": 7 * time.Second, "-1": 0, "soon": 0,
		"Thu, 01 Jan 2026 00:01:00 GMT": time.Minute, "Wed, 31 Dec 2025 00:00:00 GMT": 0} {
		if got := retryAfter(value, now); got != want {
			t.Errorf("Retry-After: %s is %s, not %s", value, got, want)
		}
	}
	asked := 0
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked++
		w.Header().Set("Retry-After", "86400")
		http.Error(w, "slow down", http.StatusTooManyRequests)
	}))
	defer srv.Close()
	s := sourceOf(t, patient, srv.URL)
	defer s.Close()
	for range 5 {
		if _, err := s.Head(t.Context()); err == nil || kindOf(err) == Lied {
			t.Fatal(err)
		}
		time.Sleep(2 * time.Millisecond)
	}
	if asked != 1 {
		t.Fatalf("it was asked %d times", asked)
	}
	if left := time.Until(s.endpoints[0].until); left > longestWait || left < longestWait-time.Minute {
		t.Fatalf("it is not asked for %s", left)
	}
}

func TestPausesGrowAndEnd(t *testing.T) {
	cfg := Config{Contract: social}
	if err := cfg.fill(); err != nil {
		t.Fatal(err)
	}
	e := newEndpoint(cfg, "x", "", nil)
	for i, want := range []time.Duration{100 * time.Millisecond, 200 * time.Millisecond, 400 * time.Millisecond} {
		e.judge(errors.New("moody"))
		if left := time.Until(e.until); left > want || left < want-50*time.Millisecond {
			t.Fatalf("pause %d is %s", i, left)
		}
	}
	for range 20 {
		e.judge(errors.New("moody"))
	}
	if left := time.Until(e.until); left > 30*time.Second || left < 29*time.Second {
		t.Fatalf("the longest pause is %s", left)
	}
	e.judge(nil)
	if e.judge(errors.New("moody")); time.Until(e.until) > 29*time.Second+time.Second || e.pause != cfg.Pause {
		t.Fatalf("after a good answer the pause is %s", e.pause)
	}
	for range 20 {
		e.judge(lie("x"))
	}
	if left := time.Until(e.until); left > time.Hour || left < 59*time.Minute {
		t.Fatalf("a notorious liar is not asked for %s", left)
	}
}

func TestSizesAdapt(t *testing.T) {
	l := newLiar(families()[6], 1)
	l.move(l.branch, 70)
	cfg := patient
	cfg.Pause, cfg.Timeout = -1, time.Minute
	s := l.source(t, cfg)
	l.rates["range too large"] = 100 // for more than two at once
	read := func() (calls int) {
		for from := uint64(0); from < 70; calls++ {
			blocks, err := s.Blocks(t.Context(), from, 70)
			if err == nil {
				from += uint64(len(blocks))
			} else if calls > 200 {
				t.Fatal(err)
			}
		}
		return calls
	}
	slow := read()
	if h, r := s.endpoints[0].sizes(); h > 4 || r > 4 {
		t.Errorf("it still asks for %d headers and %d blocks' receipts", h, r)
	}
	l.calm()
	for range 60 {
		read()
	}
	if h, r := s.endpoints[0].sizes(); h != headerBatch || r != receiptBatch {
		t.Errorf("it only asks for %d headers and %d blocks' receipts again", h, r)
	}
	if calls := read(); calls != 1 || slow < 20 {
		t.Errorf("%d calls under limits, %d without", slow, calls)
	}
}

// TestKeysAreNotTold: endpoints' addresses hold keys, which errors must not.
func TestKeysAreNotTold(t *testing.T) {
	gone := httptest.NewServer(nil)
	gone.Close()
	page := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { http.Error(w, r.URL.Path, 403) }))
	defer page.Close()
	for _, url := range []string{gone.URL, "ws" + strings.TrimPrefix(gone.URL, "http"), page.URL} {
		p := &paper{}
		cfg := patient
		cfg.Log = slog.New(slog.NewTextHandler(p, &slog.HandlerOptions{Level: slog.LevelDebug}))
		s := sourceOf(t, cfg, url+"/v3/hunter2?key=hunter2")
		_, err := s.Head(t.Context())
		if err == nil || strings.Contains(err.Error(), "hunter2") || strings.Contains(p.String(), "hunter2") || !strings.Contains(err.Error(), url) {
			t.Errorf("%v\n%s", err, p)
		}
		if h := s.Health()[0]; strings.Contains(fmt.Sprintf("%+v", h), "hunter2") {
			t.Errorf("%+v", h)
		}
		s.Close()
	}
}

func TestAddressesOfEndpoints(t *testing.T) {
	for _, urls := range [][]string{nil, {""}, {"localhost:8545"}, {"ftp://x"}, {"http://"}, {"http://a b"}, {"http://x", "file:///etc/passwd"}} {
		if s, err := Dial(urls, Config{Contract: social}); err == nil {
			s.Close()
			t.Errorf("%q is taken", urls)
		}
	}
	if _, err := Dial([]string{"http://x"}, Config{}); err == nil {
		t.Error("no contract is no error")
	}
	s, err := Dial([]string{"http://127.0.0.1:1", "ws://127.0.0.1:1"}, Config{Contract: social, Pause: -1})
	if err != nil {
		t.Fatal(err) // one that is down holds up no start
	}
	defer s.Close()
	if _, err := s.Header(t.Context(), 1); err == nil || !strings.Contains(err.Error(), "number 2") {
		t.Errorf("where all are down: %v", err)
	}
}

func TestKindsOfFailure(t *testing.T) {
	for _, c := range []struct {
		err  error
		kind string
	}{
		{context.DeadlineExceeded, TimedOut},
		{rpc.HTTPError{StatusCode: 429}, Throttled},
		{rpc.HTTPError{StatusCode: 503}, Throttled},
		{rpc.HTTPError{StatusCode: 413}, TooLarge},
		{rpc.HTTPError{StatusCode: 500, Body: []byte("secret")}, Failed},
		{coded{-32005, "query returned more than 10000 results"}, TooLarge},
		{coded{-32000, "block range is too wide"}, TooLarge},
		{coded{-32000, "rate limit reached"}, Throttled},
		{coded{-32002, "request timed out"}, TimedOut},
		{coded{-32601, "the method does not exist"}, Failed},
		{rpc.ErrMissingBatchResponse, Cut},
	} {
		if got := kindOf(classified(c.err)); got != c.kind {
			t.Errorf("%v is %s, not %s", c.err, got, c.kind)
		}
	}
	if err := classified(rpc.HTTPError{StatusCode: 500, Body: []byte("secret")}); strings.Contains(err.Error(), "secret") {
		t.Error("an endpoint writes into the log")
	}
}

type coded struct {
	code  int
	words string
}

func (c coded) Error() string  { return c.words }
func (c coded) ErrorCode() int { return c.code }

func TestFinalIsTheEndpointsWord(t *testing.T) {
	l := newLiar(families()[7], 1)
	l.move(l.branch, 20)
	s := l.source(t, patient)
	if b, err := s.Final(t.Context()); err != nil || b != l.branch[0].want.Block || b == (graph.Block{}) {
		t.Fatalf("%+v, %v", b, err)
	}
}

// TestBlocksFollowEachOther has two nodes behind one address, whose headers do
// not fit together: those before the seam are taken.
func TestBlocksFollowEachOther(t *testing.T) {
	fam := families()[8]
	a, b := fam.branches[0], fam.branches[1]
	seam := 1
	for a[seam].want.Hash == b[seam].want.Hash {
		seam++
	}
	seam += 3
	l := newLiar(fam, 1)
	l.move(append(append([]*made{}, a[:seam]...), b[seam:]...), 69)
	s := l.source(t, patient)
	blocks, err := s.Blocks(t.Context(), uint64(seam-3), 69)
	if err != nil || len(blocks) != 2 || blocks[1].Block != a[seam-1].want.Block {
		t.Fatalf("%d blocks, %v", len(blocks), err)
	}
}

func TestRedirectsAreNotFollowed(t *testing.T) {
	asked := false
	inner := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked = true }))
	defer inner.Close()
	for _, status := range []int{http.StatusMovedPermanently, http.StatusFound, http.StatusSeeOther, http.StatusTemporaryRedirect, http.StatusPermanentRedirect} {
		outer := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, inner.URL, status) }))
		s := sourceOf(t, patient, outer.URL)
		if _, err := s.Head(t.Context()); err == nil || asked || !strings.Contains(err.Error(), fmt.Sprint(status)) {
			t.Errorf("%d: %v, followed: %v", status, err, asked)
		}
		s.Close()
		outer.Close()
	}
}
