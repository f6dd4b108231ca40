//go:build cgo && linux

package onnx

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"
	"testing"
	"time"

	"candor/internal/torture"
	"candor/rankers/onnx/format"
)

// Files with changed bytes neither end the process nor fill its memory: most are refused,
// and what is understood may fail in the runtime, with an error.
func TestMutatedModels(t *testing.T) {
	library(t)
	seed := torture.Seed(t)
	count := torture.Count(400, 10_000)
	files, err := filepath.Glob("format/testdata/pytorch/*.onnx")
	if err != nil || len(files) == 0 {
		t.Fatalf("no files to change: %v", err)
	}
	var all [][]byte
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, b)
	}
	exported, err := format.Export(drawModel(rand.New(rand.NewPCG(1, 1)), shapes[1], 4))
	if err != nil {
		t.Fatal(err)
	}
	all = append(all, exported.Bytes())
	parsed, opened, ran := 0, 0, 0
	before := 0.
	for i := range count {
		if i == count/10 { // warm by now
			before = memory(t)
		}
		r := rand.New(rand.NewPCG(seed, uint64(i)))
		b := bytes.Clone(all[i%len(all)])
		for range 1 + r.IntN(4) {
			at := r.IntN(len(b))
			if r.IntN(2) == 0 { // names, attributes and shapes stand at the ends, weights between them
				at = min(len(b)-1, r.IntN(1500))
			}
			switch r.IntN(3) {
			case 0:
				b[at] = byte(r.Uint32())
			case 1:
				b[at] ^= 1 << r.IntN(8)
			case 2:
				b[at] += byte(r.IntN(5) - 2)
			}
		}
		g, err := format.Parse(b, format.Limits{})
		if err != nil {
			continue
		}
		parsed++
		s, err := Open(g, Options{})
		if err != nil {
			continue
		}
		opened++
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		x := make([]int8, 3*s.Width())
		for k := range x {
			x[k] = drawn(r, 0)
		}
		if out, err := s.run(ctx, x); err == nil {
			ran++
			if len(out.floats)+len(out.ints) != 3*g.Outputs[0].Row() {
				t.Fatalf("file %d gives %d numbers for three rows of %v", i, len(out.floats)+len(out.ints), g.Outputs[0].Dims)
			}
		} else if ctx.Err() != nil {
			t.Errorf("file %d runs for ten seconds", i)
		}
		cancel()
		s.Close()
	}
	grown := memory(t) - before
	if grown > 64 {
		t.Errorf("the memory has grown by %.0f MiB", grown)
	}
	if ran < count/50 || parsed == count {
		t.Errorf("of %d files %d were understood and %d ran", count, parsed, ran)
	}
	torture.Say(t, "%d changed files: %d understood, %d loaded, %d ran; memory grew by %.1f MiB", count, parsed, opened, ran, grown)
}

// memory is the process's resident memory in MiB, after what Go can give back.
func memory(t *testing.T) float64 {
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
