package ipfs

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"candor/internal/torture"

	"github.com/cockroachdb/pebble/v2/vfs"
	"github.com/ipfs/go-cid"
)

// TestPowerCutsLoseNoDocument cuts the power while documents are put, one by one
// and many at once: of what was not synced any part may be on disk. Afterwards
// the node opens, every document that was acknowledged is there, and of those
// that were put together all or none are.
func TestPowerCutsLoseNoDocument(t *testing.T) {
	seed := torture.Seed(t)
	rng := rand.New(rand.NewPCG(seed, 1))
	total, kept, begun := torture.Count(4, 100), 0, 0
	for done := 0; done < total; {
		disk := vfs.NewCrashableMem()
		dir := t.TempDir()
		n, err := Open(t.Context(), Config{Dir: dir, disk: disk})
		if err != nil {
			t.Fatal(err)
		}
		w := &putter{node: n, sets: map[int][]cid.Cid{}, said: map[int]bool{}}
		ctx, stop := context.WithCancel(t.Context())
		var writers sync.WaitGroup
		for i := range 2 {
			writers.Go(func() { w.put(ctx, t, rand.New(rand.NewPCG(seed+uint64(done), uint64(i)))) })
		}
		for range min(4, total-done) {
			time.Sleep(time.Duration(rng.IntN(20)) * time.Millisecond)
			said := w.acknowledged()
			image := disk.CrashClone(vfs.CrashCloneCfg{UnsyncedDataPercent: rng.IntN(101), RNG: rng})
			sets := w.begun()
			begun, kept = begun+len(sets), kept+len(said)
			after(t, dir, image, said, sets)
			done++
		}
		stop()
		writers.Wait()
		if err := n.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if kept == 0 || begun == kept {
		t.Errorf("of %d puts %d were acknowledged before the cuts: nothing was tried", begun, kept)
	}
	torture.Say(t, "%d power cuts over the IPFS blocks: %d puts acknowledged before them all there, %d others whole or absent", total, kept, begun-kept)
}

// putter puts sets of documents and remembers what was acknowledged.
type putter struct {
	node *Node
	mu   sync.Mutex
	sets map[int][]cid.Cid
	said map[int]bool
}

func (w *putter) put(ctx context.Context, t *testing.T, rng *rand.Rand) {
	for ctx.Err() == nil {
		docs := make([][]byte, 1+rng.IntN(2)*rng.IntN(8))
		ids := make([]cid.Cid, len(docs))
		for i := range docs {
			docs[i], ids[i] = post(t, fmt.Sprint(string(bytes.Repeat([]byte("x"), rng.IntN(2000))), rng.Uint64()))
		}
		w.mu.Lock()
		set := len(w.sets)
		w.sets[set] = ids
		w.mu.Unlock()
		if _, err := w.node.PutMany(context.WithoutCancel(ctx), docs); err != nil {
			t.Errorf("put: %v", err)
			return
		}
		w.mu.Lock()
		w.said[set] = true
		w.mu.Unlock()
	}
}

func (w *putter) acknowledged() (said []int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for set := range w.said {
		said = append(said, set)
	}
	return said
}

func (w *putter) begun() map[int][]cid.Cid {
	w.mu.Lock()
	defer w.mu.Unlock()
	sets := make(map[int][]cid.Cid, len(w.sets))
	for set, ids := range w.sets {
		sets[set] = ids
	}
	return sets
}

// after opens a node on the disk that the cut left.
func after(t *testing.T, dir string, image vfs.FS, said []int, sets map[int][]cid.Cid) {
	t.Helper()
	n, err := Open(t.Context(), Config{Dir: dir, disk: image})
	if err != nil {
		t.Fatalf("the node does not open after a cut: %v", err)
	}
	defer n.Close()
	there := map[int]int{}
	for set, ids := range sets {
		for _, c := range ids {
			has, err := n.store.Has(t.Context(), c)
			if err != nil {
				t.Fatal(err)
			}
			if !has {
				continue
			}
			there[set]++
			if doc, err := n.Get(t.Context(), c); err != nil || len(doc) == 0 {
				t.Errorf("a document is there by halves: %v", err)
			}
		}
		if k := there[set]; k != 0 && k != len(ids) {
			t.Errorf("%d of %d documents that were put together are there", k, len(ids))
		}
	}
	for _, set := range said {
		if there[set] == 0 {
			t.Errorf("documents that were acknowledged are gone: put %d", set)
		}
	}
}
