//go:build unix

package sumcheck

import (
	"fmt"
	"syscall"
	"testing"
	"time"
)

// spent is the processor time of the process.
func spent() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		panic(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

func BenchmarkRun(b *testing.B) {
	for _, x := range []struct {
		s Shape
		n int
	}{{small, 64}, {small, 1024}, {large, 64}, {large, 256}, {large, 1024}, {large, 4096}, {large, 16384}} {
		w := newWorld(b, 1, x.s, x.n)
		proof := w.prove(b)
		measure := func(name string, f func() error) {
			b.Run(fmt.Sprintf("%s/%s/%d", name, x.s, x.n), func(b *testing.B) {
				from := spent()
				for b.Loop() {
					if err := f(); err != nil {
						b.Fatal(err)
					}
				}
				b.ReportMetric((spent()-from).Seconds()*1e3/float64(b.N), "cpu-ms/op")
				b.ReportMetric(float64(x.n)*float64(b.N)/b.Elapsed().Seconds(), "posts/s")
				b.ReportMetric(float64(len(proof)), "proof-bytes")
			})
		}
		measure("infer", func() error { _, err := w.model.Evaluate(w.s.Rows); return err })
		measure("prove", func() error { _, err := Prove(w.s, w.r, w.w); return err })
		measure("verify", func() error { return Verify(w.s, w.r, proof) })
	}
}

func BenchmarkBatch(b *testing.B) {
	w := newWorld(b, 1, large, 1024)
	var claims []Claim
	for range 100 {
		claims = append(claims, Claim{w.s, w.r, w.prove(b)})
	}
	from := spent()
	for b.Loop() {
		if err := VerifyBatch(claims); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric((spent()-from).Seconds()*1e3/float64(b.N*len(claims)), "cpu-ms/proof")
	b.ReportMetric(b.Elapsed().Seconds()*1e3/float64(b.N*len(claims)), "ms/proof")
}
