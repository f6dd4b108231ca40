package tlog

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"candor/graph"
	"candor/zkcommit"
)

// ledger keeps marks in a file, as a store would: runs are known from the start,
// and a few at a time are given out.
type ledger struct {
	total   atomic.Int64
	atOnce  int
	marks   *os.File
	logged  int
	failSet int // SetLogged fails that many times
	run     func(int) []byte
}

func openLedger(path string, total, atOnce int) (*ledger, error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR|os.O_APPEND, 0o600)
	if err != nil {
		return nil, err
	}
	l := &ledger{atOnce: atOnce, marks: f, run: entry}
	l.total.Store(int64(total))
	for s := bufio.NewScanner(f); s.Scan(); {
		l.logged++
	}
	return l, nil
}

func (l *ledger) Unlogged(_ context.Context, lane uint32, limit int) (rows []zkcommit.EntryRow, err error) {
	for i := l.logged; i < int(l.total.Load()) && len(rows) < min(limit, l.atOnce); i++ {
		rows = append(rows, zkcommit.EntryRow{Lane: lane, Seq: uint64(i), Bytes: l.run(i)})
	}
	return rows, nil
}

func (l *ledger) SetLogged(_ context.Context, lane uint32, seq, index uint64) error {
	if l.failSet > 0 {
		l.failSet--
		return errors.New("the disk is full")
	}
	if seq != index || seq != uint64(l.logged) {
		return fmt.Errorf("run %d is marked at %d after %d runs", seq, index, l.logged)
	}
	l.logged++
	_, err := fmt.Fprintln(l.marks, index)
	return err
}

const childRuns = 60

// TestMain is also the child that the crash test kills.
func TestMain(m *testing.M) {
	dir := os.Getenv("TLOG_CHILD")
	if dir == "" {
		os.Exit(m.Run())
	}
	if err := child(dir); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func child(dir string) error {
	ctx := context.Background()
	l, err := Open(ctx, filepath.Join(dir, "log"), testOptions)
	if err != nil {
		return err
	}
	led, err := openLedger(filepath.Join(dir, "marks"), childRuns, 4)
	if err != nil {
		return err
	}
	chain := &chainFile{path: filepath.Join(dir, "chain")}
	a := &Appender{Log: l, Ledger: led}
	anchors := &Anchorer{Log: l, Chain: chain}
	for led.logged < childRuns {
		if _, err := a.Step(ctx); err != nil {
			return err
		}
		if _, err := anchors.Step(ctx); err != nil {
			return err
		}
	}
	if _, err := l.Published(ctx, childRuns); err != nil {
		return err
	}
	if _, err := anchors.Step(ctx); err != nil {
		return err
	}
	return l.Close(ctx)
}

// chainFile is a chain that refuses sizes that do not grow.
type chainFile struct{ path string }

func (c *chainFile) Anchored(context.Context) (size uint64, err error) {
	b, err := os.ReadFile(c.path)
	if errors.Is(err, os.ErrNotExist) {
		return 0, nil
	}
	for line := range strings.Lines(string(b)) {
		var root string
		if _, err := fmt.Sscanf(line, "%d %s", &size, &root); err != nil {
			return 0, err
		}
	}
	return size, err
}

func (c *chainFile) Anchor(ctx context.Context, size uint64, root graph.Hash) error {
	if last, err := c.Anchored(ctx); err != nil || size <= last {
		return fmt.Errorf("the size %d does not grow %d: %v", size, last, err)
	}
	f, err := os.OpenFile(c.path, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = fmt.Fprintf(f, "%d %s\n", size, root)
	return err
}

// TestKilledChild kills a process with SIGKILL at each crash point and at random
// moments and lets the next one go on: every run is in the log once, at its seq,
// and every checkpoint ever published is a beginning of the last.
func TestKilledChild(t *testing.T) {
	dir := t.TempDir()
	v, err := verifierOf(testOptions)
	if err != nil {
		t.Fatal(err)
	}
	var seen []Checkpoint
	crash := func(env string, after time.Duration) (killed bool) {
		cmd := exec.Command(os.Args[0])
		cmd.Env = append(os.Environ(), "TLOG_CHILD="+dir, "CANDOR_CRASH="+env)
		var out bytes.Buffer
		cmd.Stderr = &out
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		if after > 0 {
			time.AfterFunc(after, func() { cmd.Process.Kill() })
		}
		err := cmd.Wait()
		if raw, rerr := os.ReadFile(filepath.Join(dir, "log", "checkpoint")); rerr == nil {
			cp, oerr := v.Open(raw)
			if oerr != nil {
				t.Fatal(oerr)
			}
			seen = append(seen, cp)
		}
		if st, ok := cmd.ProcessState.Sys().(syscall.WaitStatus); ok && st.Signaled() && st.Signal() == syscall.SIGKILL {
			return true
		}
		if err != nil {
			t.Fatalf("the child with %q failed: %v: %s", env, err, out.Bytes())
		}
		return false
	}
	for _, p := range []string{"log.before-append:1", "log.after-append:1", "log.after-append:2", "log.before-append:2",
		"anchor.before-send:1", "anchor.after-send:1"} {
		if !crash(p, 0) {
			t.Fatalf("the crash point %s was not passed", p)
		}
	}
	for range 6 {
		crash("", time.Duration(100+rand.IntN(300))*time.Millisecond)
	}
	if crash("", 0) {
		t.Fatal("the last child did not end by itself")
	}

	l := openTest(t, filepath.Join(dir, "log"))
	cp, err := l.Checkpoint(t.Context())
	if err != nil || cp.Size != childRuns {
		t.Fatalf("the log has %d entries, %v; want %d", cp.Size, err, childRuns)
	}
	for i := range childRuns {
		e, err := l.Entry(t.Context(), uint64(i), cp.Size)
		if err != nil || !bytes.Equal(e, entry(i)) {
			t.Fatalf("entry %d is %q, %v", i, e, err)
		}
		path, err := l.Inclusion(t.Context(), uint64(i), cp.Size)
		if err != nil {
			t.Fatal(err)
		}
		if err := cp.Includes(uint64(i), e, path); err != nil {
			t.Error(err)
		}
	}
	for _, old := range seen {
		path, err := l.Consistency(t.Context(), old.Size, cp.Size)
		if err != nil {
			t.Fatal(err)
		}
		if err := cp.Extends(old, path); err != nil {
			t.Error(err)
		}
	}
	if n, err := (&chainFile{path: filepath.Join(dir, "chain")}).Anchored(t.Context()); err != nil || n != childRuns {
		t.Errorf("the chain holds a checkpoint of %d, %v; want %d", n, err, childRuns)
	}
}

func verifierOf(o Options) (Verifier, error) {
	_, v, err := Signer(o.Origin, o.Seed)
	return v, err
}

func TestAppenderResumesAfterFailedMark(t *testing.T) {
	l := openTest(t, t.TempDir())
	led, err := openLedger(filepath.Join(t.TempDir(), "marks"), 10, 100)
	if err != nil {
		t.Fatal(err)
	}
	led.failSet = 1
	a := &Appender{Log: l, Ledger: led}
	if _, err := a.Step(t.Context()); err == nil {
		t.Fatal("the failed mark went unheard")
	}
	if n, err := a.Step(t.Context()); err != nil || n != 10 {
		t.Fatalf("the second step marked %d, %v; want 10", n, err)
	}
	if n, _ := l.Size(t.Context()); n != 10 {
		t.Errorf("the log has %d entries, want 10", n)
	}
}

func TestAppenderStopsAtFork(t *testing.T) {
	for name, spoil := range map[string]func(*ledger){
		"a run that differs from its entry": func(led *ledger) {
			led.run = func(i int) []byte { return entry(i + 1) }
		},
		"a ledger ahead of the log": func(led *ledger) { led.logged = 5 },
	} {
		t.Run(name, func(t *testing.T) {
			l := openTest(t, t.TempDir())
			if _, err := l.Append(t.Context(), entries(0, 2)...); err != nil {
				t.Fatal(err)
			}
			led, err := openLedger(filepath.Join(t.TempDir(), "marks"), 10, 100)
			if err != nil {
				t.Fatal(err)
			}
			spoil(led)
			ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
			defer cancel()
			if err := (&Appender{Log: l, Ledger: led}).Run(ctx); !errors.Is(err, ErrForked) {
				t.Errorf("Run gives %v, want ErrForked", err)
			}
			if n, _ := l.Size(t.Context()); n != 2 {
				t.Errorf("the log grew to %d", n)
			}
		})
	}
}

func TestAppenderLatency(t *testing.T) {
	l := openTest(t, t.TempDir())
	led, err := openLedger(filepath.Join(t.TempDir(), "marks"), 0, 10)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	wake, logged := make(chan struct{}, 1), make(chan uint64, 1)
	a := &Appender{Log: l, Ledger: led, Wake: wake, Logged: func(n uint64) { logged <- n }}
	done := make(chan error)
	go func() { done <- a.Run(ctx) }()
	time.Sleep(50 * time.Millisecond)
	start := time.Now()
	led.total.Store(1)
	wake <- struct{}{}
	<-logged
	if _, err := l.Published(ctx, 1); err != nil {
		t.Fatal(err)
	}
	if d := time.Since(start); d > 3*time.Second {
		t.Errorf("a run was published after %v", d)
	} else {
		t.Logf("published after %v", d)
	}
	cancel()
	if err := <-done; err != nil {
		t.Errorf("Run gives %v after the end of its context", err)
	}
}

// fixedHead is a log with one checkpoint, fixedChain a chain with one anchor.
type fixedHead Checkpoint

func (h fixedHead) Checkpoint(context.Context) (Checkpoint, error) { return Checkpoint(h), nil }

type fixedChain struct {
	size  uint64
	fail  error
	calls int
}

func (c *fixedChain) Anchored(context.Context) (uint64, error) { return c.size, nil }

func (c *fixedChain) Anchor(_ context.Context, size uint64, _ graph.Hash) error {
	c.calls++
	if c.fail == nil {
		c.size = size
	}
	return c.fail
}

func TestAnchorer(t *testing.T) {
	refused := errors.New("the transaction was refused")
	for _, c := range []struct {
		name       string
		log, chain uint64
		fail, want error
		sent       int
	}{
		{"an empty log", 0, 0, nil, nil, 0},
		{"a first checkpoint", 3, 0, nil, nil, 1},
		{"one that grew", 3, 2, nil, nil, 1},
		{"one that is there", 3, 3, nil, nil, 0},
		{"a refusal, tried again", 3, 2, refused, refused, 2},
		{"a log that lost entries", 3, 4, nil, ErrForked, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			chain := &fixedChain{size: c.chain, fail: c.fail}
			a := &Anchorer{Log: fixedHead{Size: c.log}, Chain: chain}
			for range 2 {
				if _, err := a.Step(t.Context()); !errors.Is(err, c.want) {
					t.Errorf("Step gives %v, want %v", err, c.want)
				}
			}
			if chain.calls != c.sent {
				t.Errorf("%d checkpoints were sent, want %d", chain.calls, c.sent)
			}
		})
	}
}
