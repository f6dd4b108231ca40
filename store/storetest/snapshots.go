package storetest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/ipfs/go-cid"
	"pgregory.net/rapid"

	"candor/graph"
	"candor/graph/fold"
	"candor/graph/snapshot"
)

// Exporter is a mirror that writes and takes snapshots.
type Exporter interface {
	Export(ctx context.Context, block uint64, take func(snapshot.Row) error) error
	Import(context.Context, *snapshot.Reader) error
}

// written is a snapshot in memory.
type written struct {
	root   snapshot.Root
	cid    cid.Cid
	blocks map[cid.Cid][]byte
}

func write(t failer, block graph.Block, each func(take func(snapshot.Row) error) error) written {
	t.Helper()
	w := written{blocks: map[cid.Cid][]byte{}}
	var err error
	w.root, w.cid, err = snapshot.Write(snapshot.Of{ChainID: 1}, block, Embed, each, func(c cid.Cid, b []byte) error {
		w.blocks[c] = bytes.Clone(b)
		return nil
	})
	must(t, err)
	return w
}

func (w written) reader() *snapshot.Reader {
	return snapshot.NewReader(w.root, Embed, func(c cid.Cid) ([]byte, error) { return w.blocks[c], nil })
}

func exported(t failer, x Exporter, block graph.Block) written {
	t.Helper()
	return write(t, block, func(take func(snapshot.Row) error) error { return x.Export(context.Background(), block.Number, take) })
}

// Written is the snapshot at the head of a history: its name, and readers of it.
func Written(batches []graph.Batch) (cid.Cid, func() *snapshot.Reader) {
	s := fold.New(Embed)
	for _, b := range batches {
		must(dying{}, s.Apply(b))
	}
	head, _ := s.Head()
	w := write(dying{}, head, func(take func(snapshot.Row) error) error { return s.Export(head.Number, take) })
	return w.cid, w.reader
}

// dying is a failer outside tests.
type dying struct{}

func (dying) Helper()                        {}
func (dying) Fatalf(format string, a ...any) { panic(fmt.Sprintf(format, a...)) }

// Exported is the name of the snapshot that the mirror writes at its block.
func Exported(t *testing.T, x interface {
	Exporter
	Block(context.Context, uint64) (graph.Block, bool, error)
}, number uint64) cid.Cid {
	t.Helper()
	b, ok, err := x.Block(t.Context(), number)
	must(t, err)
	if !ok {
		t.Fatalf("the mirror has no block %d", number)
	}
	return exported(t, x, b).cid
}

// Snapshots runs the suite of snapshots: a mirror writes what fold.State writes,
// and one that starts from a snapshot goes on as one that saw all.
func Snapshots(t *testing.T, open func(t testing.TB, dir string) (Store, Exporter)) {
	begin := func(t *testing.T) *history {
		h := &history{dir: t.TempDir(), world: NewWorld(), truth: fold.New(Embed)}
		h.open = func(dir string) Store { s, _ := open(t, dir); return s }
		return h
	}
	t.Run("the same bytes", func(t *testing.T) {
		rapid.Check(t, func(r *rapid.T) {
			h := begin(t)
			var x Exporter
			h.store, x = open(t, h.dir)
			defer h.store.Close()
			h.grow(r, rapid.IntRange(1, 10).Draw(r, "blocks"))
			if rapid.Bool().Draw(r, "back") {
				h.rollback(r, rapid.Uint64Range(1, h.head().Number).Draw(r, "to"))
			}
			for _, b := range h.batches {
				want := write(r, b.Block, func(take func(snapshot.Row) error) error { return h.truth.Export(b.Block.Number, take) })
				if got := exported(r, x, b.Block); got.cid != want.cid {
					r.Fatalf("block %d: %s\nwant %s\n%+v\n%+v", b.Block.Number, got.cid, want.cid, rowsOf(r, got), rowsOf(r, want))
				}
			}
		})
	})
	t.Run("start and go on", func(t *testing.T) {
		rapid.Check(t, func(r *rapid.T) { startAndGoOn(t, r, begin(t), open) })
	})
	t.Run("blocks go on", func(t *testing.T) { goingOn(t, begin(t), open) })
	t.Run("refusals", func(t *testing.T) { refusedSnapshots(t, begin(t), open) })
	t.Run("beyond the window", func(t *testing.T) {
		h := begin(t)
		var x Exporter
		h.store, x = open(t, h.dir)
		defer h.store.Close()
		var head *graph.Block
		for range 300 {
			b := graph.Batch{Block: h.world.Next(head, 1_000)}
			head = &b.Block
			h.commit(t, b)
		}
		for n, ok := range map[uint64]bool{0: false, 1: false, 43: false, 44: true, 300: true, 301: false} {
			if err := x.Export(t.Context(), n, func(snapshot.Row) error { return nil }); (err == nil) != ok {
				t.Errorf("block %d of 300 is exported: %v", n, err)
			}
		}
	})
}

func rowsOf(t failer, w written) (rows []string) {
	t.Helper()
	for r := w.reader(); ; {
		row, err := r.Next()
		if err != nil {
			return rows
		}
		rows = append(rows, fmt.Sprintf("%T%+v", row, row))
	}
}

// grow commits random blocks.
func (h *history) grow(t *rapid.T, blocks int) {
	for range blocks {
		h.commit(t, h.world.Batch(t, h.head(), h.past))
	}
}

func startAndGoOn(t *testing.T, r *rapid.T, h *history, open func(t testing.TB, dir string) (Store, Exporter)) {
	ctx := context.Background()
	for range rapid.IntRange(1, 8).Draw(r, "blocks") {
		b := h.world.Batch(r, h.head(), h.past)
		must(r, h.truth.Apply(b))
		h.remember(b)
	}
	first := *h.head()
	w := write(r, first, func(take func(snapshot.Row) error) error { return h.truth.Export(first.Number, take) })
	var x Exporter
	h.store, x = open(t, t.TempDir())
	defer func() { h.store.Close() }()
	must(r, x.Import(ctx, w.reader()))
	h.first = first.Number
	withheld, err := h.store.Withheld(ctx)
	must(r, err)
	all := h.truth.Withheld()
	for _, c := range withheld {
		if !slices.Contains(all, c) {
			r.Fatalf("%s is withheld and was not", c)
		}
	}
	truth, err := h.truth.At(first.Number)
	must(r, err)
	at, err := h.store.At(ctx, first.Number)
	must(r, err)
	h.ask(r, at, truth)
	stats, err := h.store.Stats(ctx)
	must(r, err)
	same(r, "stats", stats, h.truth.Stats())
	if again := exported(r, x, first); again.cid != w.cid {
		r.Fatalf("the mirror that started from %s writes %s", w.cid, again.cid)
	}
	if err := x.Import(ctx, w.reader()); err == nil || !strings.Contains(err.Error(), "a snapshot starts an empty one") {
		r.Fatalf("a mirror with blocks is given a snapshot: %v", err)
	}
	// From here on it is as one that saw all, but for what a snapshot leaves out:
	// what is withheld and named by nothing, which the node's own list adds with
	// the next block, and the texts of what is withheld, which are fetched again.
	fresh := true
	for range rapid.IntRange(1, 5).Draw(r, "more") {
		if back := h.head().Number; back > first.Number && rapid.IntRange(0, 3).Draw(r, "back") == 0 {
			h.rollback(r, rapid.Uint64Range(first.Number, back).Draw(r, "to"))
			fresh = fresh || h.head().Number == first.Number
		}
		b := h.world.Batch(r, h.head(), h.past)
		if fresh {
			for _, c := range h.truth.Withheld() {
				if !slices.Contains(b.Withhold, c) && !slices.Contains(b.Restore, c) {
					b.Withhold = append(b.Withhold, c)
				}
			}
			fresh = false
		}
		for _, c := range b.Restore {
			for _, d := range h.world.Documents {
				if d.CID.Equals(c) {
					b.Late[c] = d.Bytes
				}
			}
		}
		h.commit(r, b)
		h.compare(r)
	}
}

// refusedSnapshots sees that a snapshot that is refused, at its last row even,
// leaves an empty mirror that takes the right one.
func refusedSnapshots(t *testing.T, h *history, open func(t testing.TB, dir string) (Store, Exporter)) {
	b := graph.Batch{Block: h.world.Next(nil, 1_000), Contents: map[cid.Cid][]byte{}}
	for _, d := range h.world.Documents {
		b.Contents[d.CID] = d.Bytes
		b.Events = append(b.Events, graph.Event{ID: graph.Position{Block: 1, Log: uint32(len(b.Events))}, Action: graph.ActPost,
			Author: h.world.People[0], CID: d.CID, BlockTime: 1_000})
	}
	must(t, h.truth.Apply(b))
	h.remember(b)
	w := write(t, b.Block, func(take func(snapshot.Row) error) error { return h.truth.Export(1, take) })
	var x Exporter
	h.store, x = open(t, h.dir)
	defer func() { h.store.Close() }()
	lie := w
	lie.root.MirrorRoot[0] ^= 1
	broken := errors.New("the line is cut")
	for what, r := range map[string]*snapshot.Reader{
		"mirror root": lie.reader(),
		"line is cut": snapshot.NewReader(w.root, Embed, func(cid.Cid) ([]byte, error) { return nil, broken }),
	} {
		if err := x.Import(t.Context(), r); err == nil || !strings.Contains(err.Error(), what) {
			t.Errorf("a snapshot with a wrong %s: %v", what, err)
		}
		if _, ok, err := h.store.Head(t.Context()); ok || err != nil {
			t.Errorf("after a wrong %s the mirror has a head: %v", what, err)
		}
	}
	must(t, x.Import(t.Context(), w.reader()))
	at, err := h.store.At(t.Context(), 1)
	must(t, err)
	if root, err := at.MirrorRoot(); err != nil || root != w.root.MirrorRoot {
		t.Errorf("the mirror root is %s, %v; want %s", root, err, w.root.MirrorRoot)
	}
	h.reopen(t)
	if head, ok, err := h.store.Head(t.Context()); !ok || err != nil || head != b.Block {
		t.Errorf("after opening again the head is %v, %v, %v", head, ok, err)
	}
}

// goingOn commits and rolls back while a snapshot is being written: blocks change
// nothing in it and need not wait, and a rollback of its own block ends it.
func goingOn(t *testing.T, h *history, open func(t testing.TB, dir string) (Store, Exporter)) {
	for _, b := range History(3, 6) {
		must(t, h.truth.Apply(b))
		h.remember(b)
	}
	var x Exporter
	h.store, x = open(t, h.dir)
	defer func() { h.store.Close() }()
	must(t, h.store.CommitAll(t.Context(), h.batches))
	at := *h.head()
	want := exported(t, x, at)
	empty := func() graph.Batch { return graph.Batch{Block: h.world.Next(h.head(), at.Time)} }
	busy := func(work func()) (written, error) {
		w := written{blocks: map[cid.Cid][]byte{}}
		rows := 0
		var err error
		w.root, w.cid, err = snapshot.Write(snapshot.Of{ChainID: 1}, at, Embed, func(take func(snapshot.Row) error) error {
			return x.Export(t.Context(), at.Number, func(row snapshot.Row) error {
				if rows++; rows == 3 {
					work()
				}
				return take(row)
			})
		}, func(cid.Cid, []byte) error { return nil })
		return w, err
	}
	got, err := busy(func() { h.commit(t, empty()) })
	must(t, err)
	if got.cid != want.cid {
		t.Errorf("while blocks go on the snapshot is %s, want %s", got.cid, want.cid)
	}
	if _, err := busy(func() { h.rollback(t, at.Number-1) }); err == nil {
		t.Error("a snapshot of a block that was rolled back is written")
	}
}
