//go:build linux

package sandbox

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"runtime/debug"
	"slices"
	"strings"
	"testing"

	"candor/internal/torture"
	"candor/rankers/publish"
	"candor/rankers/sandbox/hostile"

	"golang.org/x/time/rate"
)

// TestHostileFiles: whatever a publisher hands over, this process and its memory stay as they
// are, no child tries anything that is forbidden, and what a good model scores in a child is
// what it scores here. Each file goes a node's way, and has children of its own.
func TestHostileFiles(t *testing.T) {
	seed := torture.Seed(t)
	counts := map[string]int{"hostile": torture.Count(28, 1000), "mutated": torture.Count(22, 10_000)}
	m, err := hostile.New(seed)
	if err != nil {
		t.Fatal(err)
	}
	b := box(t)
	b.idly, b.pace = behind, rate.NewLimiter(rate.Inf, 0) // or it would take hours; TestRanks and TestOthersGoOn are about these
	total := counts["hostile"] + counts["mutated"]
	windows := max(2, total/100)
	taken, refused, faults, done := 0, 0, 0, 0
	before, most := 0., 0.
	for w := range windows {
		files := makeFiles(t, m, counts["hostile"], done, total*(w+1)/windows)
		for i, f := range files {
			switch good, err := tryFile(t.Context(), b, f.file, rand.New(rand.NewPCG(seed, uint64(done+i)))); {
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
		if now := memory(t); w == 0 {
			before = now // warm by then
		} else {
			most = max(most, now-before)
		}
	}
	if most > 64 {
		t.Errorf("the memory has grown by %.0f MiB", most)
	}
	if taken < total/8 || refused < total/8 {
		t.Errorf("of %d files %d were taken and %d refused: the rest tries nothing", total, taken, refused)
	}
	torture.Say(t, "%d hostile and %d mutated parcels: %d taken, %d refused, %d faults, nothing forbidden tried; memory grew by at most %.1f MiB",
		counts["hostile"], counts["mutated"], taken, refused, faults, most)
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
func tryFile(ctx context.Context, b *Box, file []byte, r *rand.Rand) (good bool, err error) {
	name, err := b.Check(ctx, file)
	if err != nil {
		return false, err
	}
	p, err := publish.Parse(file)
	if err != nil || p.CID.String() != name {
		return false, fmt.Errorf("the child takes it as %s, and here: %w", name, err)
	}
	c, again, err := b.child(file, behind)
	if err != nil || again != name {
		return false, fmt.Errorf("the second child takes it as %q: %w", again, err)
	}
	defer c.kill()
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
