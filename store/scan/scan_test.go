package scan

import (
	"context"
	"math/rand/v2"
	"sync"
	"testing"

	"candor/graph"
	"candor/store/storetest"
)

func TestConformance(t *testing.T) {
	storetest.Vectors(t, storetest.Indexes{
		Open: func(testing.TB) storetest.Index { return New() },
		Tamper: map[string]func(testing.TB, storetest.Index){
			"another value":  func(_ testing.TB, x storetest.Index) { x.(*Index).vec(1)[7]++ },
			"another post":   func(_ testing.TB, x storetest.Index) { x.(*Index).row(1).id.Tx++ },
			"another begin":  func(_ testing.TB, x storetest.Index) { x.(*Index).row(1).from++ },
			"another end":    func(_ testing.TB, x storetest.Index) { x.(*Index).row(1).to.Store(9) },
			"a missing row":  func(_ testing.TB, x storetest.Index) { x.(*Index).row(1).to.Store(0) },
			"an earlier row": func(_ testing.TB, x storetest.Index) { x.(*Index).rows-- },
		},
	})
}

// A large index is searched by two goroutines; the answer is that of one.
func TestSpread(t *testing.T) {
	x, rng := filled(spread+999), rand.New(rand.NewPCG(1, 2))
	for range 20 {
		e := random(rng)
		got, err := x.Near(t.Context(), &e, 50, 10)
		if err != nil {
			t.Fatal(err)
		}
		one := newNearest(50, x.Len())
		search(x.pages, &e, 0, x.rows, 10, one)
		want := one.ids()
		for i := range want {
			if got[i] != want[i] {
				t.Fatalf("rank %d is %s, one goroutine gives %s", i, got[i], want[i])
			}
		}
	}
}

// Questions about a block give the same answer while later blocks come, are rolled
// back and are dropped, and the pages are rewritten under them.
func TestQuestionsBesideChanges(t *testing.T) {
	x, rng := filled(3*pageRows), rand.New(rand.NewPCG(7, 8))
	e := random(rng)
	want, err := x.Near(t.Context(), &e, 40, 30)
	if err != nil {
		t.Fatal(err)
	}
	var asked sync.WaitGroup
	stop := make(chan struct{})
	for range 2 {
		asked.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
				}
				got, err := x.Near(context.Background(), &e, 40, 30)
				if err != nil {
					t.Error(err)
					return
				}
				for i := range want {
					if got[i] != want[i] {
						t.Errorf("rank %d is %s and was %s", i, got[i], want[i])
						return
					}
				}
			}
		})
	}
	for round := range uint64(12) {
		var vs []graph.Vector
		for i := range uint32(700) {
			vs = append(vs, graph.Vector{ID: graph.PostID{Block: 40, Tx: i}, Embedding: random(rng), From: 40 + round, To: graph.NoEnd})
		}
		if err := x.Follow(t.Context(), vs, graph.Block{Number: 40 + round}, 40); err != nil {
			t.Fatal(err)
		}
		if round%3 == 2 {
			if err := x.Rollback(t.Context(), graph.Block{Number: 35}); err != nil {
				t.Fatal(err)
			}
		}
	}
	close(stop)
	asked.Wait()
}

func random(rng *rand.Rand) (e graph.Embedding) {
	for i := range e {
		e[i] = int8(rng.IntN(27) - 13)
	}
	return e
}

func filled(n int) *Index {
	x, rng := New(), rand.New(rand.NewPCG(3, 4))
	vs := make([]graph.Vector, n)
	for i := range vs {
		vs[i] = graph.Vector{ID: graph.PostID{Block: 1 + uint64(i%20), Tx: uint32(i)}, Embedding: random(rng), From: 1 + uint64(i%20), To: graph.NoEnd}
	}
	if err := x.Follow(context.Background(), vs, graph.Block{Number: 20}, 0); err != nil {
		panic(err)
	}
	return x
}
