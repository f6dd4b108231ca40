package torture

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"candor/graph"
	"candor/internal/torture"
)

// TestPowerCuts indexes a timeline on a recorded disk, and cuts the power at
// many moments of it: after each, the store opens, has all that was acknowledged
// and nothing by halves, and goes on to the same index as one from scratch.
func TestPowerCuts(t *testing.T) {
	seed := torture.Seed(t)
	rng := rand.New(rand.NewPCG(seed, 1))
	total := torture.Count(10, 500)
	each := max(5, total/20) // cuts of one recording
	began := time.Now()
	lost, bytes, unsynced, timelines := 0, 0, 0, 0
	for done := 0; done < total; timelines++ {
		line := newTimeline(seed+uint64(timelines), versions)
		d := &disk{dir: filepath.Join(t.TempDir(), "recorded")}
		if err := recordTimeline(d, line, seed); err != nil {
			t.Fatalf("timeline %d: %v", seed+uint64(timelines), err)
		}
		for range min(each, total-done) {
			n := rng.IntN(len(d.ops) + 1)
			if rng.IntN(3) == 0 { // just after something was acknowledged
				for n < len(d.ops) && d.ops[n].kind != noted {
					n++
				}
				n = min(n+1, len(d.ops))
			}
			image := d.cut(n, rng)
			loss := d.unsynced(n)
			if loss > 0 {
				lost++
			}
			unsynced += loss
			for _, b := range image {
				bytes += len(b)
			}
			if err := survive(d, n, image, line, t.TempDir(), rng); err != nil {
				t.Fatalf("timeline %d, cut after %d of %d operations: %v", seed+uint64(timelines), n, len(d.ops), err)
			}
			done++
		}
	}
	if lost < total/3 {
		t.Errorf("only %d of %d cuts had unsynced writes to lose", lost, total)
	}
	torture.Say(t, "%d power cuts over sqlite (%d with unsynced writes, %d such writes dropped, kept, torn or reordered; %d timelines), 0 acknowledged blocks lost, 0 partial, all went on to the index from scratch, in %.0f s",
		total, lost, unsynced, timelines, time.Since(began).Seconds())
}

// unsynced counts the writes that only the cache has after n operations.
func (d *disk) unsynced(n int) (count int) {
	pending := map[string]int{}
	for _, o := range d.ops[:n] {
		switch o.kind {
		case written, truncated:
			pending[o.file]++
		case synced, deleted:
			pending[o.file] = 0
		}
	}
	for _, p := range pending {
		count += p
	}
	return count
}

// recordTimeline indexes the timeline to its end on the disk.
func recordTimeline(d *disk, line *timeline, seed uint64) error {
	if err := os.Mkdir(d.dir, 0o700); err != nil {
		return err
	}
	if err := record(d); err != nil {
		return err
	}
	defer record(nil)
	m, err := openStore(context.Background(), "sqlite", d.dir)
	if err != nil {
		return err
	}
	s := newSource(line, 0, seed)
	n := &noting{mirror: m, disk: d}
	ctx, stop := context.WithCancel(context.Background())
	var readers sync.WaitGroup
	readers.Go(func() { n.read(ctx) })
	err = follow(s, n, func(v int) { d.add(op{kind: noted, note: fmt.Sprint("version ", v)}) })
	stop()
	readers.Wait()
	return errors.Join(err, m.Close())
}

// noting notes what the mirror acknowledges, or shows to readers, among the
// disk's operations.
type noting struct {
	mirror
	disk    *disk
	undoing sync.Mutex // held while blocks are taken back
	shown   graph.Block
}

// read asks for the head all the time: what readers see must be on disk, too.
func (n *noting) read(ctx context.Context) {
	for ctx.Err() == nil {
		time.Sleep(50 * time.Microsecond)
		n.undoing.Lock()
		if b, ok, err := n.mirror.Head(ctx); err == nil && ok && b != n.shown {
			n.shown = b
			n.note("committed", b.Number, b.Hash)
		}
		n.undoing.Unlock()
	}
}

func (n *noting) note(words ...any) {
	n.disk.add(op{kind: noted, note: strings.TrimSpace(fmt.Sprintln(words...))})
}

func (n *noting) Commit(ctx context.Context, b graph.Batch) error {
	return n.CommitAll(ctx, []graph.Batch{b})
}

func (n *noting) CommitAll(ctx context.Context, bs []graph.Batch) error {
	err := n.mirror.CommitAll(ctx, bs)
	if err == nil {
		b := bs[len(bs)-1].Block
		n.note("committed", b.Number, b.Hash)
	}
	return err
}

func (n *noting) Rollback(ctx context.Context, number uint64) error {
	n.undoing.Lock()
	defer n.undoing.Unlock()
	n.note("undoing", number)
	err := n.mirror.Rollback(ctx, number)
	if err == nil {
		n.note("undone", number)
	}
	return err
}

// survive opens the image of the disk after the cut and goes on to the end.
func survive(d *disk, n int, image map[string][]byte, line *timeline, dir string, rng *rand.Rand) error {
	if err := lay(image, dir); err != nil {
		return err
	}
	l := &life{kind: "sqlite", dir: dir}
	for _, note := range d.notes(n) {
		if err := l.hear(note); err != nil {
			return err
		}
	}
	if err := l.kept(line, rng); err != nil {
		return err
	}
	m, err := openStore(context.Background(), "sqlite", dir)
	if err != nil {
		return err
	}
	err = follow(newSource(line, l.at, uint64(n)), m, func(int) {})
	if err = errors.Join(err, m.Close()); err != nil {
		return fmt.Errorf("it does not go on: %w", err)
	}
	return l.finished(line, rng)
}
