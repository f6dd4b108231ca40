//go:build cgo

package onnx

import (
	"context"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"os"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"candor/rankers/onnx/format"
	"candor/rankers/onnx/reference"
	"candor/zkcommit"
)

// TestCUDA holds a card to the evaluator and measures it: see docs/gpu.md.
//
//	CANDOR_CUDA=1000             so many models of each shape; unset: there is no card
//	CANDOR_ONNXRUNTIME=PATH      a build of ONNX Runtime with its CUDA provider beside it
//	CANDOR_CUDA_REPORT=FILE      where the tables go, besides the test's log
func TestCUDA(t *testing.T) {
	count := os.Getenv("CANDOR_CUDA")
	if count == "" {
		t.Skip("set CANDOR_CUDA to a number of models where there is a CUDA card")
	}
	models, err := strconv.Atoi(count)
	if err != nil || models < 1 {
		t.Fatalf("CANDOR_CUDA is %q: set it to a number of models", count)
	}
	c := &card{t: t, out: io.Discard}
	if path := os.Getenv("CANDOR_CUDA_REPORT"); path != "" {
		f, err := os.Create(path)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		c.out = f
	}
	c.say("ONNX Runtime %s, %d CPU cores, GOMAXPROCS %d\n", library(t), runtime.NumCPU(), runtime.GOMAXPROCS(0))
	began := time.Now()
	for _, step := range []struct {
		name string
		do   func()
	}{{"tower", c.tower}, {"latency", c.latency}, {"throughput", c.throughput},
		{"exactness", func() { c.exactness(models) }}, {"failures", c.failures}} {
		step.do()
		c.say("[%s done after %.0f s]\n", step.name, time.Since(began).Seconds())
	}
}

// card is the report of one card.
type card struct {
	t   *testing.T
	mu  sync.Mutex
	out io.Writer
}

func (c *card) say(format string, args ...any) {
	c.mu.Lock()
	defer c.mu.Unlock()
	line := fmt.Sprintf(format, args...)
	fmt.Fprintln(c.out, line)
	fmt.Println(line) // as it comes: a run that is cut off has shown what it got to
}

// onCard opens a model and requires that it runs on the card.
func (c *card) onCard(m *zkcommit.Model) *Session {
	s, err := OpenModel(m, Options{Device: CUDA, Log: func(l string) { c.say("%s", l) }})
	if err != nil {
		c.t.Fatal(err)
	}
	if s.Device() != CUDA {
		c.t.Fatal("the card is not used")
	}
	return s
}

// exactness compares evaluator, CPU and card over many models of each shape, and says how
// often TF32 would have been wrong.
func (c *card) exactness(models int) {
	const rows = 1024
	for si, s := range shapes {
		var next, rounded, tried, scores atomic.Int64
		var bad atomic.Bool
		var wait sync.WaitGroup
		for range min(8, runtime.NumCPU()) {
			wait.Go(func() {
				for i := int(next.Add(1)) - 1; i < models && !bad.Load(); i = int(next.Add(1)) - 1 {
					r := rand.New(rand.NewPCG(uint64(si), uint64(i)))
					m := drawModel(r, s, i%kinds)
					x := drawRows(r, m, i/kinds%kinds, rows)
					want, err := m.Evaluate(x)
					if err != nil {
						c.t.Error(err)
					}
					for _, d := range []Device{CPU, CUDA} {
						session, err := OpenModel(m, Options{Device: d, Log: func(l string) { c.say("model %d: %s", i, l) }})
						if err != nil {
							c.t.Error(err)
							bad.Store(true)
							return
						}
						got, err := session.Scores(context.Background(), x)
						if err != nil || !slices.Equal(got, want) || session.Device() != d {
							c.t.Errorf("model %d of shape %s: %s differs from the evaluator (%v)", i, s, session.Device(), err)
							bad.Store(true)
						}
						session.Close()
					}
					scores.Add(int64(len(want)))
					if i < models/5 {
						g, err := format.Export(m)
						if err != nil {
							c.t.Error(err)
							return
						}
						if tf, err := Open(g, Options{Device: CUDA, TF32: true}); err == nil {
							got, err := tf.Scores(context.Background(), x)
							tf.Close()
							if tried.Add(1); err != nil || !slices.Equal(got, want) {
								rounded.Add(1)
							}
						}
					}
				}
			})
		}
		wait.Wait()
		if c.t.Failed() {
			return
		}
		c.say("exact: %s, %d models, %d rows each, %d scores: evaluator, CPU and CUDA agree on every bit; with TF32 %d of %d models differ",
			s, models, rows, scores.Load(), rounded.Load(), tried.Load())
	}
}

// median is that of many timed calls, after some that are not timed.
func median(t *testing.T, budget time.Duration, call func() error) time.Duration {
	var took []time.Duration
	for began, i := time.Now(), 0; time.Since(began) < budget || len(took) < 5; i++ {
		start := time.Now()
		if err := call(); err != nil {
			t.Fatal(err)
		}
		if i >= 3 {
			took = append(took, time.Since(start))
		}
	}
	slices.Sort(took)
	return took[len(took)/2]
}

func micros(d time.Duration) string { return fmt.Sprintf("%.0f", float64(d.Nanoseconds())/1e3) }

// latency measures one caller, from int8 in Go to int32 in Go.
func (c *card) latency() {
	for _, s := range shapes {
		r := rand.New(rand.NewPCG(1, 1))
		m := drawModel(r, s, 4)
		cuda := c.onCard(m)
		one, err := OpenModel(m, Options{})
		if err != nil {
			c.t.Fatal(err)
		}
		all, err := OpenModel(m, Options{Threads: runtime.NumCPU()})
		if err != nil {
			c.t.Fatal(err)
		}
		c.say("\n%s, microseconds a call (median)\n\n| rows | pure Go, 1 core | ORT CPU, 1 thread | ORT CPU, %d threads | ORT CUDA |\n|---|---|---|---|---|", s, runtime.NumCPU())
		for _, n := range []int{1, 16, 64, 256, 1024, 4096, 16384, 65536} {
			x := drawRows(r, m, 0, n)
			row := []string{strconv.Itoa(n), micros(median(c.t, 150*time.Millisecond, func() error { _, err := m.Evaluate(x); return err }))}
			for _, session := range []*Session{one, all, cuda} {
				row = append(row, micros(median(c.t, 150*time.Millisecond, func() error { _, err := session.Scores(context.Background(), x); return err })))
			}
			c.say("| %s |", strings.Join(row, " | "))
		}
		for _, session := range []*Session{one, all, cuda} {
			session.Close()
		}
	}
}

// rate is how many calls a second so many callers get done.
func (c *card) rate(callers int, call func() error) float64 {
	var calls atomic.Int64
	var wait sync.WaitGroup
	began := time.Now()
	for range callers {
		wait.Go(func() {
			for time.Since(began) < time.Second {
				if err := call(); err != nil {
					c.t.Error(err)
					return
				}
				calls.Add(1)
			}
		})
	}
	wait.Wait()
	return float64(calls.Load()) / time.Since(began).Seconds()
}

// throughput measures many callers: whole runs of 1,024 posts, and requests of 64 posts
// through a Batcher.
func (c *card) throughput() {
	c.say("\n| shape | pure Go, all cores | ORT CPU | ORT CUDA | 64-post requests/s, CPU | 64-post requests/s, CUDA |\n|---|---|---|---|---|---|")
	for _, s := range shapes {
		r := rand.New(rand.NewPCG(2, 2))
		m := drawModel(r, s, 4)
		cuda := c.onCard(m)
		cpu, err := OpenModel(m, Options{})
		if err != nil {
			c.t.Fatal(err)
		}
		x := drawRows(r, m, 0, 1024)
		row := []string{s.String(), fmt.Sprintf("%.2f M rows/s", 1024e-6*c.rate(runtime.NumCPU(), func() error { _, err := m.Evaluate(x); return err }))}
		for _, session := range []*Session{cpu, cuda} {
			row = append(row, fmt.Sprintf("%.2f M rows/s", 1024e-6*c.rate(runtime.NumCPU(), func() error { _, err := session.Scores(context.Background(), x); return err })))
		}
		for _, session := range []*Session{cpu, cuda} {
			b := NewBatcher(session, BatchOptions{Rows: 16384, Queue: 1024, Timeout: 5 * time.Second})
			row = append(row, fmt.Sprintf("%.0f", c.rate(256, func() error { _, err := b.Scores(context.Background(), x[:64*s.Inputs]); return err })))
			b.Close()
		}
		c.say("| %s |", strings.Join(row, " | "))
		cpu.Close()
		cuda.Close()
	}
}

// tower compares a transformer on CPU and card, where nothing promises equal bits.
func (c *card) tower() {
	const rows = 1024
	g, err := tower(rand.New(rand.NewPCG(3, 3)), 4)
	if err != nil {
		c.t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(4, 4))
	x := make([]int8, rows*towerTokens*towerIn)
	for i := range x {
		x[i] = drawn(r, 0)
	}
	var first []float32
	c.say("\nA transformer of 4 layers, %d wide, %d tokens, %.1f M multiplications a row\n\n| on | largest difference from the CPU | int8 that differ | largest | µs for 1 row | 64 rows | 1,024 rows | rows/s |\n|---|---|---|---|---|---|---|---|",
		towerWide, towerTokens, float64(g.Work)/1e6)
	for _, on := range []struct {
		name string
		o    Options
	}{{"CPU, all cores", Options{Threads: runtime.NumCPU()}}, {"CPU, 1 thread", Options{}}, {"CUDA", Options{Device: CUDA}}, {"CUDA, TF32", Options{Device: CUDA, TF32: true}}} {
		on.o.Log = func(l string) { c.t.Error(l) }
		s, err := Open(g, on.o)
		if err != nil {
			c.t.Fatal(err)
		}
		got, err := s.Floats(context.Background(), x)
		if err != nil {
			c.t.Fatal(err)
		}
		if first == nil {
			first = got
		}
		far, differ, most := 0., 0, 0
		for i, v := range got {
			far = max(far, math.Abs(float64(v-first[i])))
			a, errA := reference.Element(v)
			b, errB := reference.Element(first[i])
			if errA != nil || errB != nil {
				c.t.Fatal("a vector is no number")
			}
			if a != b {
				differ++
				most = max(most, int(max(a, b))-int(min(a, b)))
			}
		}
		row := []string{on.name, fmt.Sprintf("%.1e", far), fmt.Sprintf("%.3f %%", 100*float64(differ)/float64(len(got))), strconv.Itoa(most)}
		for _, n := range []int{1, 64, rows} {
			m := median(c.t, 400*time.Millisecond, func() error {
				_, err := s.Floats(context.Background(), x[:n*towerTokens*towerIn])
				return err
			})
			row = append(row, micros(m))
			if n == rows {
				row = append(row, fmt.Sprintf("%.0f", rows/m.Seconds()))
			}
		}
		c.say("| %s |", strings.Join(row, " | "))
		s.Close()
	}
}

// failures takes the card away in several ways; each must cost one line and no answer.
func (c *card) failures() {
	r := rand.New(rand.NewPCG(5, 5))
	m := drawModel(r, shapes[0], 4)
	x := drawRows(r, m, 0, 100)
	want, err := m.Evaluate(x)
	if err != nil {
		c.t.Fatal(err)
	}
	var lines []string
	log := func(l string) { lines = append(lines, l) }
	s, err := OpenModel(m, Options{Device: CUDA, Card: 99, Log: log})
	if err != nil {
		c.t.Fatal(err)
	}
	got, err := s.Scores(context.Background(), x)
	if err != nil || !slices.Equal(got, want) || s.Device() != CPU || len(lines) != 1 {
		c.t.Errorf("a card that is not there: on %s, said %q (%v)", s.Device(), lines, err)
	}
	s.Close()
	c.say("no such card: %q", lines)

	g, err := tower(rand.New(rand.NewPCG(6, 6)), 2)
	if err != nil {
		c.t.Fatal(err)
	}
	lines = nil
	s, err = Open(g, Options{Device: CUDA, Memory: 32 << 20, Threads: runtime.NumCPU(), Log: log})
	if err != nil {
		c.t.Fatal(err)
	}
	defer s.Close()
	if s.Device() != CUDA {
		c.t.Errorf("a small model does not fit into 32 MiB: %q", lines)
	}
	rows := make([]int8, 4096*s.Width())
	for i := range rows {
		rows[i] = drawn(r, 0)
	}
	var wait sync.WaitGroup
	for range 3 { // together, so that only the first moves the session
		wait.Go(func() {
			if v, err := s.Vectors(context.Background(), rows); err != nil || len(v) != 4096*towerOut {
				c.t.Errorf("out of memory: %d elements (%v)", len(v), err)
			}
		})
	}
	wait.Wait()
	if s.Device() != CPU || len(lines) != 1 {
		c.t.Errorf("out of memory: on %s, said %q", s.Device(), lines)
	}
	c.say("out of memory: %q", lines)
}
