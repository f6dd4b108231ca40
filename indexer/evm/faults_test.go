package evm

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"candor/graph"
	"candor/indexer"
	"candor/internal/torture"

	"github.com/ipfs/go-cid"
)

// faults are all that a liar has, each with the failure as which the source counts
// it when it comes alone; empty where the answer is good in itself and only the
// chain of blocks shows that something is wrong.
var faults = map[string]string{
	"log dropped": Lied, "log doubled": Lied, "log altered": Lied, "log added": Lied, "receipt dropped": Lied,
	"all receipts dropped": Lied, "receipts swapped": Lied, "receipts of another block": Lied,
	"another block": Lied, "header altered": Lied, "bloom emptied": Lied,
	"receipts absent": Absent, "block absent": Absent,
	"asked too often": Throttled, "range too large": TooLarge,
	"no answer": TimedOut, "answer drips": TimedOut,
	"answer truncated": Cut, "huge answer": Cut, "batch cut": Cut, "web page": Cut,
	"server error": Failed, "connection reset": Cut, "redirect": Failed, "batch refused": Failed,
	"ids wrong": Lied, "answers doubled": "",
	"head lags": "", "head goes back": "", "nodes disagree": "", "block forged": "",
	"subscription silent": "", "connection cut": "",
}

// overWebSocket are those that a WebSocket has, among others it has alone.
var overWebSocket = []string{"subscription silent", "connection cut"}

// quick has nothing wait long.
var quick = Config{Timeout: 60 * time.Millisecond, Pause: 200 * time.Microsecond, Distrust: 200 * time.Microsecond,
	Survey: 20 * time.Millisecond, MaxAnswer: hugeAnswer}

// patient is quick for tests in which no node is slow, on machines that are.
var patient = func() Config { c := quick; c.Timeout = time.Minute; return c }()

// judge is a mirror that knows the truth: it fails the test when it gets a block
// that nobody made or one with other events than it has.
type judge struct {
	pages
	fam    *family
	liars  []*liar
	wrong  atomic.Pointer[string]
	forged int
	back   int
}

func (j *judge) Commit(ctx context.Context, b graph.Batch) error {
	if m, ok := j.fam.known[b.Block.Hash]; ok {
		if err := sameBlock(b.Block, b.Events, m); err != nil {
			j.says(err.Error())
		}
	} else {
		forged := false
		for _, l := range j.liars {
			l.mu.Lock()
			forged = forged || l.forged[b.Block.Hash]
			l.mu.Unlock()
		}
		if j.forged++; !forged || len(b.Events) > 0 {
			j.says(fmt.Sprintf("block %d (%s) with %d events is nobody's", b.Block.Number, b.Block.Hash, len(b.Events)))
		}
	}
	return j.pages.Commit(ctx, b)
}

func (j *judge) Rollback(ctx context.Context, n uint64) error {
	j.back++
	return j.pages.Rollback(ctx, n)
}

func (j *judge) says(what string) { j.wrong.Store(&what) }

// ends waits until the mirror is the branch up to the head, event for event.
func (j *judge) ends(ctx context.Context, branch []*made, head int) error {
	deadline := time.Now().Add(45 * time.Second)
	for {
		b, ok, _ := j.Head(ctx)
		if w := j.wrong.Load(); w != nil {
			return errors.New(*w)
		}
		if ok && b.Hash == branch[head].want.Hash {
			break
		}
		if time.Now().After(deadline) {
			return fmt.Errorf("the index is at block %d (%s), not at %d (%s)", b.Number, b.Hash, head, branch[head].want.Hash)
		}
		time.Sleep(2 * time.Millisecond)
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	if len(j.batches) != head {
		return fmt.Errorf("%d blocks, not %d", len(j.batches), head)
	}
	for i, b := range j.batches {
		if err := sameBlock(b.Block, b.Events, branch[i+1]); err != nil {
			return err
		}
	}
	return nil
}

type nobody struct{}

func (nobody) Get(context.Context, cid.Cid) ([]byte, error) { return nil, errors.New("nobody has it") }

// storm has some nodes with some faults each, while the chain goes on and forks,
// and then honest again.
func storm(t *testing.T, seed uint64, fault string) (fired map[string]int, seen map[string]uint64, err error) {
	rng := rand.New(rand.NewPCG(seed, 3))
	names := slices.Sorted(maps.Keys(faults))
	fam := families()[rng.IntN(len(families()))]
	j := &judge{fam: fam}
	var urls []string
	for i := range 1 + rng.IntN(3) {
		l := newLiar(fam, seed+uint64(i))
		defer l.close()
		ws := rng.IntN(4) == 0
		if i == 0 {
			ws = slices.Contains(overWebSocket, fault) || ws && strings.Contains(fault, "log") // those that it can have
			l.rates[fault] = 60
		}
		for range rng.IntN(4) {
			l.rates[names[rng.IntN(len(names))]] = 5 + rng.IntN(40)
		}
		url := l.srv.URL
		if ws {
			url = "ws" + strings.TrimPrefix(url, "http")
		}
		j.liars, urls = append(j.liars, l), append(urls, url)
	}
	branch, head := fam.branches[0], 3
	move := func() {
		for _, l := range j.liars {
			l.move(branch, head)
		}
	}
	move()
	s := sourceOf(t, quick, urls...)
	defer s.Close()
	x := indexer.New(indexer.Config{Source: s, Fetcher: nobody{}, Mirror: j, SourcePause: time.Millisecond})
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- x.Run(ctx) }()
	for range 5 + rng.IntN(4) {
		time.Sleep(time.Duration(5+rng.IntN(60)) * time.Millisecond)
		if rng.IntN(3) == 0 {
			branch = fam.branches[rng.IntN(len(fam.branches))]
		}
		head = min(head+1+rng.IntN(12), 69)
		move()
	}
	time.Sleep(10 * time.Millisecond)
	for _, l := range j.liars {
		l.calm()
	}
	head++ // a chain goes on, or a shorter one would say nothing
	move()
	err = j.ends(ctx, branch, head)
	cancel()
	if err := errors.Join(err, <-done); err != nil {
		return nil, nil, fmt.Errorf("seed %d with %q: %w", seed, fault, err)
	}
	fired, seen = map[string]int{}, map[string]uint64{}
	for _, l := range j.liars {
		l.mu.Lock()
		for f, n := range l.fired {
			fired[f] += n
		}
		l.mu.Unlock()
	}
	for _, h := range s.Health() {
		for k, n := range h.Failures {
			seen[k] += n
		}
	}
	return fired, seen, nil
}

// TestFaults is 5,000 storms of faults when whole: no event missed, none doubled,
// none that the chain does not have, and every fault has fired.
func TestFaults(t *testing.T) {
	names := slices.Sorted(maps.Keys(faults))
	count, seed := torture.Count(len(names), 5000), torture.Seed(t)
	var mu sync.Mutex
	fired, seen := map[string]int{}, map[string]uint64{}
	one := func(i int, fault string) bool {
		f, s, err := storm(t, seed+uint64(i), fault)
		mu.Lock()
		defer mu.Unlock()
		for k, n := range f {
			fired[k] += n
		}
		for k, n := range s {
			seen[k] += n
		}
		if err != nil {
			t.Error(err)
		}
		return !t.Failed()
	}
	var storms sync.WaitGroup
	var next atomic.Int64
	for range min(48, count) { // they wait more than they work
		storms.Go(func() {
			for i := int(next.Add(1)) - 1; i < count && one(i, names[i%len(names)]); i = int(next.Add(1)) - 1 {
			}
		})
	}
	storms.Wait()
	for _, f := range names { // a fault's turn may have come when there was nothing to spoil
		for i := 0; fired[f] == 0 && i < 50 && one(count+i, f); i++ {
		}
	}
	total := 0
	for _, f := range names {
		total += fired[f]
		if fired[f] == 0 && !t.Failed() {
			t.Errorf("the fault %q never fired", f)
		}
	}
	torture.Say(t, "%d seeds, %d faults of %d kinds fired: 0 missed, 0 doubled (fired %v, noticed as %v)", count, total, len(names), fired, seen)
}

// TestEachFault has one fault at a time, and sees that the source notices it for
// what it is, once for each time that it fired.
func TestEachFault(t *testing.T) {
	for _, fault := range slices.Sorted(maps.Keys(faults)) {
		t.Run(fault, func(t *testing.T) {
			t.Parallel()
			fam := families()[1]
			l := newLiar(fam, 5)
			defer l.close()
			ws := slices.Contains(overWebSocket, fault)
			url := l.srv.URL
			if ws {
				url = "ws" + strings.TrimPrefix(url, "http")
			}
			l.rates[fault], l.once = 100, true
			branch := fam.branches[1]
			l.other = fam.branches[2]
			l.head, l.branch = 60, branch
			cfg := quick
			if cfg.Timeout = time.Minute; faults[fault] == TimedOut {
				cfg.Timeout = 500 * time.Millisecond
			}
			s := sourceOf(t, cfg, url)
			defer s.Close()
			j := &judge{fam: fam, liars: []*liar{l}}
			x := indexer.New(indexer.Config{Source: s, Fetcher: nobody{}, Mirror: j, SourcePause: time.Millisecond})
			ctx, cancel := context.WithCancel(t.Context())
			done := make(chan error, 1)
			go func() { done <- x.Run(ctx) }()
			if ws { // these need a connection first
				if err := j.ends(ctx, branch, 60); err != nil {
					t.Fatal(err)
				}
				time.Sleep(20 * time.Millisecond)
			}
			time.Sleep(30 * time.Millisecond)
			l.move(branch, 65)
			err := j.ends(ctx, branch, 65)
			cancel()
			if err := errors.Join(err, <-done); err != nil {
				t.Fatal(err)
			}
			l.mu.Lock()
			fired := l.fired[fault]
			l.mu.Unlock()
			if fired != 1 {
				t.Fatalf("it fired %d times", fired)
			}
			seen := s.Health()[0].Failures
			// A busy machine may be late itself.
			if kind := faults[fault]; kind != "" && seen[kind] != 1 && (kind != TimedOut || seen[kind] == 0) {
				t.Errorf("it was noticed as %v, not once as %s", seen, kind)
			}
		})
	}
}

// TestEveryDroppedLogIsNoticed drops each log of a chain in turn.
func TestEveryDroppedLogIsNoticed(t *testing.T) {
	fam := families()[2]
	branch := fam.branches[0]
	l := newLiar(fam, 1)
	l.move(branch, 70)
	cfg := quick
	cfg.Pause, cfg.Distrust = -1, -1
	cfg.Timeout = time.Minute
	s := l.source(t, cfg)
	dropped := 0
	for n := 1; n <= 70; n++ {
		if branch[n].logs == 0 {
			continue
		}
		for which := range branch[n].logs {
			l.mu.Lock()
			l.rates["log dropped"], l.which = 100, which
			l.mu.Unlock()
			if blocks, err := s.Blocks(t.Context(), uint64(n-1), uint64(n)); err == nil || kindOf(err) != Lied {
				t.Fatalf("block %d without a log is taken: %d blocks, %v", n, len(blocks), err)
			}
			dropped++
		}
		l.calm()
		blocks, err := s.Blocks(t.Context(), uint64(n-1), uint64(n))
		if err != nil {
			t.Fatal(err)
		}
		if err := sameBlock(blocks[0].Block, blocks[0].Events, branch[n]); err != nil {
			t.Fatal(err)
		}
	}
	if got := s.Health()[0].Failures[Lied]; dropped == 0 || got != uint64(dropped) {
		t.Fatalf("%d of %d dropped logs were noticed", got, dropped)
	}
	t.Logf("%d dropped logs, each noticed", dropped)
}
