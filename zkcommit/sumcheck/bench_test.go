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

// BenchmarkMasks is the part of a proof that does not depend on what is proved: drawing
// the masks, their commitments, and the blinds' share of the rows'.
func BenchmarkMasks(b *testing.B) {
	for _, x := range []struct {
		s Shape
		n int
	}{{small, 64}, {large, 64}, {large, 1024}, {large, 16384}} {
		w := newWorld(b, 1, x.s, x.n)
		l := newLayout(w.s.Kind, x.s, x.n)
		_, blinds := shared.tables(0)
		measure := func(name string, f func(*secrets)) {
			b.Run(fmt.Sprintf("%s/%s/%d", name, x.s, x.n), func(b *testing.B) {
				from := spent()
				for b.Loop() {
					m, err := newMasks("proof", w.w.secrets())
					if err != nil {
						b.Fatal(err)
					}
					f(l.draw(m))
				}
				b.ReportMetric((spent()-from).Seconds()*1e3/float64(b.N), "cpu-ms/op")
			})
		}
		measure("draw", func(*secrets) {})
		measure("commit", func(s *secrets) {
			pedersen(s.pad, s.padBlind)
			pedersen(s.mask, s.maskBlind)
			pedersen(s.opened, s.openedBlind)
		})
		measure("blind", func(s *secrets) {
			parallel(len(s.rows), 8, func(lo, hi int) { newSums(lanes*(hi-lo)).blind(blinds, s.rows[lo:hi]) })
		})
	}
}
