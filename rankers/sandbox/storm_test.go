//go:build linux

package sandbox

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"testing"
	"time"

	"candor/graph"
	"candor/internal/torture"
	"candor/rankers"
	"candor/rankers/sandbox/hostile"

	"golang.org/x/sys/unix"
	"golang.org/x/time/rate"
)

// TestRanks: what reads a stranger's file first runs when nothing else is to be done, one at a
// time; what answers readers comes behind others; and what the first does not read for want of
// a processor, another reads.
func TestRanks(t *testing.T) {
	t.Parallel()
	b := box(t)
	if !b.idly.idle || behind.idle {
		t.Error("files are not read in idle time, or pages are answered in it")
	}
	for _, idle := range []bool{true, false} {
		c, _, err := b.child([]byte("do nothing"), rank{idle, time.Minute, time.Minute})
		if err != nil {
			t.Fatal(err)
		}
		a, err := unix.SchedGetAttr(inside(t, c), 0)
		c.kill()
		last := err == nil && (a.Policy == unix.SCHED_IDLE || a.Nice == 19) // the second where a container forbids the first
		if err != nil || idle && !last || !idle && (last || a.Nice < 10) {
			t.Errorf("idle %t: it comes in the way %+v (%v)", idle, a, err)
		}
	}

	b.turn <- struct{}{}
	ctx, cancel := context.WithTimeout(t.Context(), time.Second/10)
	defer cancel()
	if name, err := b.Check(ctx, []byte("do nothing")); name != "" || !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("two files at a time: %q, %v", name, err)
	}
	<-b.turn

	b.pace.AllowN(time.Now(), atOnce)
	soon, cancel := context.WithTimeout(t.Context(), restAfter/2)
	defer cancel()
	if name, err := b.Check(soon, []byte("do nothing")); name != "" || err == nil {
		t.Errorf("a file more than at once: %q, %v", name, err)
	}
	b.pace.SetLimit(rate.Inf)

	b.idly.load = 0 // as on a machine that has no time
	if name, err := b.Check(t.Context(), []byte("do nothing")); err != nil || name != "nothing" {
		t.Errorf("without time: %q, %v", name, err)
	}
}

// inside is the process behind a child's door.
func inside(t *testing.T, c *child) (pid int) {
	t.Helper()
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/task/%d/children", c.process.Pid, c.process.Pid))
	if _, err2 := fmt.Sscan(string(b), &pid); err != nil || err2 != nil {
		t.Fatalf("nobody is behind the door: %v, %v", err, err2)
	}
	return pid
}

// TestOthersGoOn: another ranker is as fast while strangers' files come in, one after the other
// as fast as a node reads them, as without. Calm and storm take turns, so that what else the
// machine does falls on both; the figure is the ratio of their p99, and within
// what it lies when the turns are drawn again. The process has the memory of a node.
func TestOthersGoOn(t *testing.T) {
	turn, pairs := time.Second/10, torture.Count(5, 200)
	if pairs > 5 {
		turn = restAfter
	}
	r := rand.New(rand.NewPCG(torture.Seed(t), 1))
	m, err := hostile.New(r.Uint64())
	if err != nil {
		t.Fatal(err)
	}
	files := makeFiles(t, m, 50, 0, 250)
	r.Shuffle(len(files), func(i, k int) { files[i], files[k] = files[k], files[i] })
	held := make([]byte, min(torture.Count(64, 600), 600)<<20)
	for i := range held {
		held[i] = byte(i)
	}
	b, other := box(t), rankers.Catalogue()[0]
	b.pace.AllowN(time.Now(), atOnce-1) // a storm has lasted for a while
	rows := make([]graph.Row, 1000)
	for i := range rows {
		rows[i] = make(graph.Row, graph.Features)
		for k := range rows[i] {
			rows[i][k] = int8(i*31 + k*7)
		}
	}
	var turns [][2][]time.Duration
	read := 0
	// On a busy machine a child that comes behind all others reads nothing in a short turn.
	for i := 0; i < pairs || read == 0 && i < pairs+8; i++ {
		if i >= pairs {
			turn = min(2*turn, 2*restAfter)
		}
		turns = append(turns, [2][]time.Duration{})
		for k := range 2 {
			stormy := (i + k) % 2
			stop := func() int { return 0 }
			if stormy == 1 {
				stop = pour(t, b, files, read)
			}
			for end := time.Now().Add(turn); time.Now().Before(end); {
				time.Sleep(2 * time.Millisecond)
				began := time.Now()
				if _, err := other.Score(t.Context(), rows); err != nil {
					t.Fatal(err)
				}
				turns[i][stormy] = append(turns[i][stormy], time.Since(began))
			}
			read += stop()
		}
	}
	again := make([]float64, 200)
	for i := range again {
		drawn := make([][2][]time.Duration, len(turns))
		for k := range drawn {
			drawn[k] = turns[r.IntN(len(turns))]
		}
		again[i] = over(drawn, 99)
	}
	slices.Sort(again)
	low, high := again[len(again)/20], again[len(again)*19/20]
	torture.Say(t, "%d strangers' files read in %d turns: p99 of another ranker %s in calm, %s in the storm, ratio %.3f (90 %% of draws %.3f to %.3f); medians %s and %s, ratio %.3f",
		read, len(turns), slow(turns, 0, 99), slow(turns, 1, 99), over(turns, 99), low, high, slow(turns, 0, 50), slow(turns, 1, 50), over(turns, 50))
	if read == 0 || torture.Full() && read < len(turns)/2 {
		t.Errorf("%d files in %d turns are no storm", read, len(turns))
	}
	if torture.Full() && low > 1.1 {
		t.Errorf("the p99 of others is more than 10 %% higher in the storm: by %.0f to %.0f %%", 100*(low-1), 100*(high-1))
	}
	held[0]++ // it was held until now
}

// pour has files read until it is stopped, and tells how many.
func pour(t *testing.T, b *Box, files []made, from int) (stop func() int) {
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan int)
	go func() {
		n := 0
		for ctx.Err() == nil {
			f := files[(from+n)%len(files)]
			_, err := b.Check(ctx, f.file)
			if ctx.Err() != nil {
				break
			}
			n++
			if err != nil && !errors.As(err, new(Refusal)) {
				t.Errorf("%s: %v", f.what, err)
			}
		}
		done <- n
	}()
	return func() int {
		cancel()
		return <-done
	}
}

// slow is a percentile of the calm (0) or stormy (1) turns.
func slow(turns [][2][]time.Duration, side, percentile int) time.Duration {
	var all []time.Duration
	for _, x := range turns {
		all = append(all, x[side]...)
	}
	slices.Sort(all)
	return all[(len(all)*percentile-1)/100]
}

// over is the storm's percentile over the calm's.
func over(turns [][2][]time.Duration, percentile int) float64 {
	return float64(slow(turns, 1, percentile)) / float64(slow(turns, 0, percentile))
}
