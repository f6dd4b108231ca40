package search

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"

	"github.com/ipfs/go-cid"

	"candor/graph"
	"candor/store/storetest"
)

// BenchmarkFollow is one post of 20 words; it also says what one takes.
func BenchmarkFollow(b *testing.B) {
	rng := rand.New(rand.NewPCG(1, 2))
	zipf := rand.NewZipf(rng, 1.1, 5, 19_999)
	const posts = 20_000
	batches := make([]graph.Batch, posts)
	for i := range batches {
		var text strings.Builder
		for range 20 {
			fmt.Fprintf(&text, "word%d ", zipf.Uint64())
		}
		d := storetest.Text(text.String())
		batches[i] = graph.Batch{Block: graph.Block{Number: uint64(i + 1)}, Contents: map[cid.Cid][]byte{d.CID: d.Bytes},
			Events: []graph.Event{{ID: graph.Position{Block: uint64(i + 1)}, Action: graph.ActPost, CID: d.CID}}}
	}
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	x := New()
	x.Follow(batches)
	runtime.GC()
	runtime.ReadMemStats(&after)
	b.ResetTimer()
	for b.Loop() {
		y := New()
		y.Follow(batches[:1_000])
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N)/1_000, "µs/post")
	b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/posts, "B/post")
	runtime.KeepAlive(x)
}
