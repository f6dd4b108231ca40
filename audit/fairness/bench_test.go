package fairness

import "testing"

// A model that reads texts, 448x64x1, with the texts at hand and a version before it: a full
// sample, and that of one of 200 versions.
func BenchmarkAudit(b *testing.B) {
	b.Run("one version", func(b *testing.B) { benchmarkAudit(b, maxRuns) })
	b.Run("one of 200", func(b *testing.B) { benchmarkAudit(b, minRuns) })
}

func benchmarkAudit(b *testing.B, runs int) {
	w := newWorld(1, true, 600, 1_000)
	units := w.fair()
	for len(units) < 64 {
		units = append(units, w.fair()...)
	}
	m := w.model(units[:64])
	v, before := w.version(m, runs, 50), &Version{Number: 1}
	*before = *v
	b.ResetTimer()
	for range b.N {
		if s := Audit(v, before, w.o); s.Runs != uint64(runs) {
			b.Fatalf("%d runs", s.Runs)
		}
	}
}
