package torture

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strconv"
	"sync"
	"testing"
	"time"

	"candor/graph"
	"candor/indexer"
	"candor/store/storetest"

	"github.com/ipfs/go-cid"
)

// What the child is to do, in its environment.
const (
	childDir  = "CANDOR_TORTURE_DIR"
	childKind = "CANDOR_TORTURE_STORE"
	childSeed = "CANDOR_TORTURE_SEED"
	childAt   = "CANDOR_TORTURE_VERSION"
)

const versions = 20

// TestMain lets this binary be the indexer that is killed.
func TestMain(m *testing.M) {
	if dir := os.Getenv(childDir); dir != "" {
		if err := indexerChild(os.Getenv(childKind), dir); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(3)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// indexerChild follows the timeline from a version on until its end, and says on
// standard output what the mirror has acknowledged.
func indexerChild(kind, dir string) error {
	seed, err := strconv.ParseUint(os.Getenv(childSeed), 10, 64)
	if err != nil {
		return err
	}
	at, err := strconv.Atoi(os.Getenv(childAt))
	if err != nil {
		return err
	}
	ctx := context.Background()
	m, err := openStore(ctx, kind, dir)
	if err != nil {
		return err
	}
	say("ready")
	s := newSource(newTimeline(seed, versions), at, uint64(time.Now().UnixNano()))
	if err := follow(s, said{m}, func(v int) { say("version", v) }); err != nil {
		return err
	}
	if err := m.Close(); err != nil {
		return err
	}
	say("done")
	return nil
}

// follow runs a real indexer to the timeline's end, and until every document
// that somebody serves is there. It says to which version the chain has moved.
func follow(s *source, m mirror, moved func(version int)) error {
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	s.moved = moved
	empty, failed := 0, error(nil)
	s.after = func() bool {
		missing, err := m.Missing(ctx, 1000)
		if err != nil {
			failed = err
			return false
		}
		for _, c := range missing {
			if s.from[c] == never {
				continue
			}
			if empty++; empty > 400 {
				failed = fmt.Errorf("%s is still missing after %d empty blocks", c, empty)
				return false
			}
			time.Sleep(time.Millisecond) // for the schedule of tries
			return true
		}
		return false
	}
	x := indexer.New(indexer.Config{Source: s, Fetcher: s, Mirror: m, Window: window,
		FetchTimeout: 100 * time.Millisecond, RetryEvery: time.Millisecond, RetryMax: 2 * time.Millisecond})
	done := make(chan error, 1)
	go func() { done <- x.Run(ctx) }()
	select {
	case err := <-done:
		return fmt.Errorf("the indexer ended: %w", err)
	case <-time.After(30 * time.Second):
		return errors.New("the indexer did not reach the end within 30 s")
	case <-s.over:
	}
	stop()
	return errors.Join(<-done, failed)
}

// mirror is a store as the indexer and these tests use it.
type mirror interface {
	indexer.Mirror
	indexer.Bulk
	indexer.Preparer
	Stats(context.Context) (graph.Stats, error)
	Snapshot(ctx context.Context, block uint64) (storetest.Snapshot, error)
	Close() error
}

// said says what the mirror has acknowledged, once it has.
type said struct{ mirror }

func (s said) Commit(ctx context.Context, b graph.Batch) error {
	return s.CommitAll(ctx, []graph.Batch{b})
}

func (s said) CommitAll(ctx context.Context, bs []graph.Batch) error {
	err := s.mirror.CommitAll(ctx, bs)
	if err == nil {
		b := bs[len(bs)-1].Block
		say("committed", b.Number, b.Hash)
	}
	return err
}

func (s said) Rollback(ctx context.Context, n uint64) error {
	say("undoing", n)
	err := s.mirror.Rollback(ctx, n)
	if err == nil {
		say("undone", n)
	}
	return err
}

func (s said) Missing(ctx context.Context, limit int) ([]cid.Cid, error) {
	return s.mirror.Missing(ctx, limit)
}

var saying sync.Mutex

// say writes one line at once: what is said before a kill is heard.
func say(words ...any) {
	saying.Lock()
	defer saying.Unlock()
	if _, err := os.Stdout.WriteString(fmt.Sprintln(words...)); err != nil {
		os.Exit(4) // nobody listens
	}
}
