package fairness

import (
	"syscall"
	"testing"
	"time"
)

// Models that read texts, 448x64x1, with the texts at hand and a version before each: a full
// sample, and a year of 200 versions.
func BenchmarkAudit(b *testing.B) {
	b.Run("one version", func(b *testing.B) { benchmarkAudit(b, 1, maxRuns) })
	b.Run("a year of 200", func(b *testing.B) { benchmarkAudit(b, 200, minRuns) })
}

func benchmarkAudit(b *testing.B, versions, runs int) {
	w := newWorld(1, true, 600, 1_000)
	var all []*Version
	for range min(versions, 20) + 1 {
		units := w.fair()
		for len(units) < 64 {
			units = append(units, w.fair()...)
		}
		all = append(all, w.version(w.model(units[:64]), runs, 50))
	}
	b.ResetTimer()
	began := processor(b)
	for range b.N {
		a := New(w.o)
		for i := range versions {
			v := all[1+i%(len(all)-1)]
			if s := a.Audit(v, all[i%(len(all)-1)]); s.Runs != uint64(runs) {
				b.Fatalf("%d runs", s.Runs)
			}
		}
	}
	b.ReportMetric((processor(b)-began).Seconds()/float64(b.N), "cpu-s/op")
}

// processor is the time that the process has had.
func processor(b *testing.B) time.Duration {
	var r syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &r); err != nil {
		b.Fatal(err)
	}
	return time.Duration(r.Utime.Nano() + r.Stime.Nano())
}
