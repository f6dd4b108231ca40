//go:build linux

package sandbox

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"runtime/debug"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"candor/graph"
	"candor/internal/torture"
	"candor/rankers"
	"candor/rankers/publish"
	"candor/rankers/sandbox/hostile"
)

// TestHostileFiles: whatever a publisher hands over, this process and its memory stay as they
// are, no child tries anything that is forbidden, and what a good model scores in a child is
// what it scores here. Another ranker is asked all the while, between storms too.
func TestHostileFiles(t *testing.T) {
	seed := torture.Seed(t)
	counts := map[string]int{"hostile": torture.Count(28, 1000), "mutated": torture.Count(22, 10_000)}
	m, err := hostile.New(seed)
	if err != nil {
		t.Fatal(err)
	}
	b := box(t)
	other := startOther(t)
	total := counts["hostile"] + counts["mutated"]
	windows := max(2, total/100)
	taken, refused, faults, done := 0, 0, 0, 0
	before, most := 0., 0.
	for w := range windows {
		files := makeFiles(t, m, counts["hostile"], done, total*(w+1)/windows)
		began := time.Now()
		other.phase.Store(storm)
		for i, f := range files {
			switch good, err := tryFile(b, f.file, rand.New(rand.NewPCG(seed, uint64(done+i)))); {
			case good:
				taken++
			case errors.As(err, new(Refusal)):
				refused++
			case err != nil:
				faults++
				t.Errorf("file %d (%s): %v", done+i, f.what, err)
			}
		}
		done += len(files)
		clear(files)
		other.phase.Store(quiet)
		time.Sleep(min(time.Since(began)/2, 5*time.Second))
		other.phase.Store(uncounted)
		if now := memory(t); w == 0 {
			before = now // warm by then
		} else {
			most = max(most, now-before)
		}
	}
	other.stop()
	if most > 64 {
		t.Errorf("the memory has grown by %.0f MiB", most)
	}
	if taken < total/8 || refused < total/8 {
		t.Errorf("of %d files %d were taken and %d refused: the rest tries nothing", total, taken, refused)
	}
	calm, rough := other.slow(t, quiet), other.slow(t, storm)
	torture.Say(t, "%d hostile and %d mutated parcels: %d taken, %d refused, %d faults, nothing forbidden tried; memory grew by at most %.1f MiB; p99 of another ranker %s in quiet, %s in the storm (%.2f)",
		counts["hostile"], counts["mutated"], taken, refused, faults, most, calm, rough, float64(rough)/float64(calm))
}

type made struct {
	file []byte
	what string
}

// makeFiles makes those of a window, which is no work of a node's.
func makeFiles(t *testing.T, m *hostile.Maker, hostiles, from, to int) (files []made) {
	t.Helper()
	for i := from; i < to; i++ {
		make, at := m.Hostile, i
		if i >= hostiles {
			make, at = m.Mutated, i-hostiles
		}
		file, what, err := make(at)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, made{file, what})
	}
	return files
}

// tryFile does what a node does with a file: has it checked and, if it is good, asked.
func tryFile(b *Box, file []byte, r *rand.Rand) (good bool, err error) {
	if len(file) > MaxFile {
		return false, Refusal("too long")
	}
	c, name, err := b.child(file)
	if err != nil {
		return false, err
	}
	defer c.kill()
	p, err := publish.Parse(file)
	if err != nil || p.CID.String() != name {
		return false, fmt.Errorf("the child takes it as %s, and here: %w", name, err)
	}
	n := 1 + r.IntN(100)
	rows, signed := make([]byte, n*p.Secret.Model.Shape.Inputs), make([]int8, n*p.Secret.Model.Shape.Inputs)
	for i := range rows {
		rows[i] = byte(r.Uint32())
		signed[i] = int8(rows[i])
	}
	got, err := c.ask(rows, n, answerWithin)
	if err != nil {
		return false, err
	}
	want, err := p.Secret.Model.Evaluate(signed)
	if err != nil || !slices.Equal(got, want) {
		return false, fmt.Errorf("its scores are other ones: %w", err)
	}
	return true, nil
}

// Phases of the test.
const (
	uncounted int32 = iota
	quiet
	storm
)

// otherRanker is one that is asked every few milliseconds.
type otherRanker struct {
	phase atomic.Int32
	took  [3][]time.Duration // by phase
	quit  chan struct{}
	done  chan struct{}
}

func startOther(t *testing.T) *otherRanker {
	o := &otherRanker{quit: make(chan struct{}), done: make(chan struct{})}
	r := rankers.Catalogue()[0]
	rows := make([]graph.Row, 1000)
	for i := range rows {
		rows[i] = make(graph.Row, graph.Features)
		for k := range rows[i] {
			rows[i][k] = int8(i*31 + k*7)
		}
	}
	go func() {
		defer close(o.done)
		for {
			select {
			case <-o.quit:
				return
			case <-time.After(5 * time.Millisecond):
			}
			at := o.phase.Load()
			began := time.Now()
			if _, err := r.Score(t.Context(), rows); err != nil {
				t.Error(err)
				return
			}
			o.took[at] = append(o.took[at], time.Since(began))
		}
	}()
	return o
}

func (o *otherRanker) stop() {
	close(o.quit)
	<-o.done
}

func (o *otherRanker) slow(t *testing.T, at int32) time.Duration {
	t.Helper()
	if len(o.took[at]) == 0 {
		t.Fatal("the other ranker was not asked")
	}
	slices.Sort(o.took[at])
	return o.took[at][(len(o.took[at])*99-1)/100]
}

// memory is this process's resident memory in MiB, after what Go can give back.
func memory(t *testing.T) float64 {
	t.Helper()
	debug.FreeOSMemory()
	b, err := os.ReadFile("/proc/self/status")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(b), "VmRSS:")
	var kib float64
	if _, err := fmt.Sscan(rest, &kib); err != nil {
		t.Fatal(err)
	}
	return kib / 1024
}
