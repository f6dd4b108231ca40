package scan

import (
	"math/rand/v2"
	"runtime"
	"testing"
	"time"

	"candor/graph"
)

// BenchmarkNear is one question on one core, and what the index costs.
func BenchmarkNear(b *testing.B) {
	for _, c := range []struct {
		name string
		n    int
	}{{"10k", 10_000}, {"100k", 100_000}} {
		b.Run(c.name, func(b *testing.B) {
			var before, after runtime.MemStats
			runtime.GC()
			runtime.ReadMemStats(&before)
			began := time.Now()
			x := filled(c.n)
			fill := time.Since(began)
			runtime.GC()
			runtime.ReadMemStats(&after)
			e := random(rand.New(rand.NewPCG(5, 6)))
			b.ResetTimer()
			for b.Loop() {
				best := newNearest(100, x.rows)
				search(x.pages, &e, 0, x.rows, 30, best)
				best.ids()
			}
			b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N)/1000, "ms/query")
			b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/float64(c.n), "B/vector")
			b.ReportMetric(float64(fill.Milliseconds()), "ms/fill")
			began = time.Now()
			if _, err := x.Audit(b.Context()); err != nil {
				b.Fatal(err)
			}
			b.ReportMetric(float64(time.Since(began).Milliseconds()), "ms/audit")
		})
	}
}

func BenchmarkDot(b *testing.B) {
	rng := rand.New(rand.NewPCG(1, 2))
	e, v := random(rng), random(rng)
	w := e.Widen()
	var sum int32
	for b.Loop() {
		sum += w.Dot(&v)
	}
	if sum == 1 {
		b.Log(graph.Position{})
	}
}
