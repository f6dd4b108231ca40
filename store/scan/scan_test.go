package scan

import (
	"math/rand/v2"
	"testing"

	"candor/graph"
	"candor/store/storetest"
)

func TestConformance(t *testing.T) {
	storetest.Vectors(t, func() storetest.Index { return New() })
}

// A large index is searched by two goroutines; the answer is that of one.
func TestSpread(t *testing.T) {
	x, rng := filled(spread+999), rand.New(rand.NewPCG(1, 2))
	for range 20 {
		e := random(rng)
		got, err := x.Near(&e, 50, 10)
		if err != nil {
			t.Fatal(err)
		}
		one := newNearest(50, x.Len())
		x.search(&e, 0, x.Len(), 10, one)
		want := one.ids()
		for i := range want {
			if got[i] != want[i] {
				t.Fatalf("rank %d is %s, one goroutine gives %s", i, got[i], want[i])
			}
		}
	}
}

func random(rng *rand.Rand) (e graph.Embedding) {
	for i := range e {
		e[i] = int8(rng.IntN(27) - 13)
	}
	return e
}

func filled(n int) *Index {
	x, rng := New(), rand.New(rand.NewPCG(3, 4))
	for i := range n {
		e := random(rng)
		if err := x.Put(graph.PostID{Block: 1 + uint64(i%20), Tx: uint32(i)}, &e, 1+uint64(i%20)); err != nil {
			panic(err)
		}
	}
	return x
}

func BenchmarkNear(b *testing.B) {
	x := filled(20_000)
	e := random(rand.New(rand.NewPCG(5, 6)))
	b.ResetTimer()
	for b.Loop() {
		if _, err := x.Near(&e, 100, 30); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N)/1000, "ms/query")
}
