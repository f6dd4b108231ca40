package vectors

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"candor/graph"
	"candor/store/scan"
)

// plain is a mirror's tables in lists. It forgets nothing.
type plain struct {
	blocks []graph.Block // numbered from 1
	rows   []graph.Vector
	fails  bool
}

func (p *plain) head() graph.Block {
	if len(p.blocks) == 0 {
		return graph.Block{}
	}
	return p.blocks[len(p.blocks)-1]
}

func (p *plain) Block(_ context.Context, n uint64) (graph.Block, bool, error) {
	if n == 0 || n > uint64(len(p.blocks)) {
		return graph.Block{}, false, nil
	}
	return p.blocks[n-1], true, nil
}

func (p *plain) Vectors(_ context.Context, q Query, take func(*graph.Vector) error) error {
	if p.fails {
		return errors.New("the tables cannot be read")
	}
	slices.SortFunc(p.rows, func(a, b graph.Vector) int {
		return cmp.Or(a.ID.Compare(b.ID), cmp.Compare(a.From, b.From))
	})
	for _, v := range p.rows {
		ended := v.To != graph.NoEnd && v.To > q.Since
		if v.To > q.Floor && (q.Until == 0 || v.To <= q.Until) && (q.Since == 0 || v.From > q.Since || ended) {
			if err := take(&v); err != nil {
				return err
			}
		}
	}
	return nil
}

func (p *plain) Entries(ctx context.Context, q Query, take func(graph.VectorEntry) error) error {
	return p.Vectors(ctx, q, func(v *graph.Vector) error { return take(v.Entry()) })
}

func (p *plain) follow(vs []graph.Vector, b graph.Block) {
	p.blocks = append(p.blocks, b)
	for _, v := range vs {
		for i := range p.rows {
			if p.rows[i].ID == v.ID && p.rows[i].To == graph.NoEnd {
				p.rows[i].To = v.From
			}
		}
		p.rows = append(p.rows, v)
	}
	p.rows = slices.DeleteFunc(p.rows, func(r graph.Vector) bool { return r.From == r.To })
}

func (p *plain) rollback(n uint64) {
	p.blocks = p.blocks[:n]
	p.rows = slices.DeleteFunc(p.rows, func(r graph.Vector) bool { return r.From > n })
	for i := range p.rows {
		if p.rows[i].To > n {
			p.rows[i].To = graph.NoEnd
		}
	}
}

func (p *plain) near(e *graph.Embedding, limit int, block uint64) (ids []graph.PostID) {
	var valid []graph.Vector
	for _, v := range p.rows {
		if v.From <= block && block < v.To && v.Embedding != (graph.Embedding{}) && *e != (graph.Embedding{}) {
			valid = append(valid, v)
		}
	}
	slices.SortFunc(valid, func(a, b graph.Vector) int {
		return cmp.Or(cmp.Compare(e.Dot(&b.Embedding), e.Dot(&a.Embedding)), b.ID.Compare(a.ID))
	})
	for _, v := range valid[:min(limit, len(valid))] {
		ids = append(ids, v.ID)
	}
	return ids
}

// faulty is an index whose next calls fail, before, in the midst of or after
// what they do. It outlives its keeper, as a durable one does.
type faulty struct {
	*scan.Index
	fail string // "", "before", "midst", "after"
	left int    // calls until it fails
	hit  map[string]int
	lost bool // it keeps nothing that it is given
}

var errFault = errors.New("the index is gone")

func (f *faulty) due() string {
	if f.fail == "" {
		return ""
	}
	if f.left--; f.left >= 0 {
		return ""
	}
	how := f.fail
	f.hit[how]++
	return how
}

func (f *faulty) Follow(ctx context.Context, vs []graph.Vector, at graph.Block, floor uint64) error {
	if f.lost {
		return f.Index.Follow(ctx, nil, at, floor)
	}
	switch f.due() {
	case "before":
		return errFault
	case "midst":
		return errors.Join(errFault, f.Index.Follow(ctx, vs[:len(vs)/2], graph.Block{}, 0))
	case "after":
		return errors.Join(errFault, f.Index.Follow(ctx, vs, at, floor))
	}
	return f.Index.Follow(ctx, vs, at, floor)
}

func (f *faulty) Rollback(ctx context.Context, to graph.Block) error {
	switch f.due() {
	case "before":
		return errFault
	case "midst", "after":
		return errors.Join(errFault, f.Index.Rollback(ctx, to))
	}
	return f.Index.Rollback(ctx, to)
}

func (f *faulty) Clear(ctx context.Context) error {
	if f.due() != "" {
		return errFault
	}
	return f.Index.Clear(ctx)
}

func (f *faulty) Audit(ctx context.Context) (graph.VectorState, error) {
	if f.due() != "" {
		return graph.VectorState{}, errFault
	}
	return f.Index.Audit(ctx)
}

func small(t *rapid.T, name string) (e graph.Embedding) {
	for i := range 3 {
		e[i*100] = int8(rapid.IntRange(-2, 2).Draw(t, name))
	}
	return e
}

// Whatever fails, is interrupted, lags or runs ahead: what the keeper answers is
// the mirror's, and it answers again once nothing fails.
func TestKeeper(t *testing.T) {
	hit, refused := map[string]int{}, 0
	rapid.Check(t, func(t *rapid.T) {
		ctx, p := context.Background(), &plain{}
		x := &faulty{Index: scan.New(), hit: hit}
		k, err := Open(ctx, x, p, p.head(), nil)
		if err != nil {
			t.Fatal(err)
		}
		forks := uint64(0)
		for range rapid.IntRange(1, 14).Draw(t, "steps") {
			x.fail = rapid.SampledFrom([]string{"", "", "before", "midst", "after"}).Draw(t, "fault")
			x.left = rapid.IntRange(0, 3).Draw(t, "later")
			switch step := rapid.IntRange(0, 9).Draw(t, "step"); {
			case step == 0: // another process
				x.fail = ""
				if k, err = Open(ctx, x, p, p.head(), nil); err != nil {
					t.Fatal(err)
				}
			case step == 1: // the index lags: the process died before it followed
				n := rapid.Uint64Range(0, uint64(len(p.blocks))).Draw(t, "lag")
				b, _, _ := p.Block(ctx, n)
				if err := x.Index.Rollback(ctx, b); err != nil {
					t.Fatal(err)
				}
				if k, err = Open(ctx, &faulty{Index: x.Index, hit: hit}, p, p.head(), nil); err != nil {
					t.Fatal(err)
				}
				k.index = x
			case step <= 3 && len(p.blocks) > 0:
				p.rollback(rapid.Uint64Range(0, uint64(len(p.blocks))).Draw(t, "to"))
				if rapid.IntRange(0, 3).Draw(t, "untold") > 0 {
					k.Rollback(ctx, p.head())
				} else { // the process died before it told the index
					x.fail = ""
					if k, err = Open(ctx, x, p, p.head(), nil); err != nil {
						t.Fatal(err)
					}
				}
			default:
				var vs []graph.Vector
				blocks := rapid.SampledFrom([]int{1, 2, 130, 300}).Draw(t, "blocks")
				for range blocks {
					forks++
					b := graph.Block{Number: p.head().Number + 1, Hash: graph.Hash{byte(forks), byte(forks >> 8), 1}}
					var some []graph.Vector
					if rapid.IntRange(0, blocks/4).Draw(t, "events") == 0 {
						for i := range rapid.IntRange(1, 3).Draw(t, "changes") {
							v := graph.Vector{ID: graph.PostID{Block: b.Number, Log: uint32(i)}, From: b.Number, To: graph.NoEnd, Embedding: small(t, "embedding")}
							if len(p.rows) > 0 && rapid.Bool().Draw(t, "old") {
								v.ID = rapid.SampledFrom(p.rows).Draw(t, "which").ID
							}
							some = append(some, v)
						}
					}
					p.follow(some, b)
					vs = append(vs, some...)
				}
				k.Follow(ctx, vs, p.head())
			}
			e := small(t, "query")
			n := p.head().Number
			at := rapid.Uint64Range(n-min(n, Window-1), n).Draw(t, "at")
			got, err := k.Near(ctx, &e, 4, at)
			if err != nil {
				if k.Sound() {
					t.Fatal(err)
				}
				refused++
				continue
			}
			if want := p.near(&e, 4, at); !slices.Equal(got, want) {
				t.Fatalf("near at block %d of %d: %v, want %v", at, n, got, want)
			}
		}
		x.fail = ""
		if err := k.Check(ctx, p.head()); err != nil || !k.Sound() {
			t.Fatalf("nothing fails any more, and still: %v", err)
		}
	})
	if hit["before"] == 0 || hit["midst"] == 0 || hit["after"] == 0 || refused == 0 {
		t.Errorf("not every fault fired: %v, %d answers refused", hit, refused)
	}
}

// world is a mirror of three blocks and an index that follows it.
func world(t *testing.T) (*plain, *faulty, *Keeper, *bytes.Buffer) {
	t.Helper()
	p, x, said := &plain{}, &faulty{Index: scan.New(), hit: map[string]int{}}, &bytes.Buffer{}
	k, err := Open(t.Context(), x, p, p.head(), slog.New(slog.NewTextHandler(said, nil)))
	if err != nil {
		t.Fatal(err)
	}
	for n := uint64(1); n <= 3; n++ {
		v := graph.Vector{ID: graph.PostID{Block: n}, Embedding: graph.Embedding{int8(n)}, From: n, To: graph.NoEnd}
		p.follow([]graph.Vector{v}, graph.Block{Number: n, Hash: graph.Hash{byte(n)}})
		k.Follow(t.Context(), []graph.Vector{v}, p.head())
	}
	if said.Len() > 0 {
		t.Fatalf("an index that follows is complained of: %s", said)
	}
	return p, x, k, said
}

// Each kind of difference is named in the log, repaired, and not repaired again.
func TestDifferencesAreSaidAndRepaired(t *testing.T) {
	other := graph.Vector{ID: graph.PostID{Block: 2}, Embedding: graph.Embedding{99}, From: 2, To: graph.NoEnd}
	for name, c := range map[string]struct {
		spoil func(p *plain, x *faulty) error
		says  string
	}{
		"wiped":  {func(_ *plain, x *faulty) error { return x.Index.Clear(context.Background()) }, "is empty and is filled"},
		"behind": {func(p *plain, x *faulty) error { return x.Index.Rollback(context.Background(), p.blocks[0]) }, "behind, at block 1 of 3"},
		"ahead": {func(p *plain, x *faulty) error {
			v := other
			v.ID, v.From = graph.PostID{Block: 5}, 5
			return x.Index.Follow(context.Background(), []graph.Vector{v}, graph.Block{Number: 5, Hash: graph.Hash{5}}, 0)
		}, "ahead, at block 5"},
		"of another chain": {func(p *plain, x *faulty) error {
			return x.Index.Follow(context.Background(), nil, graph.Block{Number: 3, Hash: graph.Hash{77}}, 0)
		}, "of another chain"},
		"another value": {func(p *plain, x *faulty) error {
			return x.Index.Follow(context.Background(), []graph.Vector{other}, p.head(), 0)
		}, "filled anew"},
		"one more": {func(p *plain, x *faulty) error {
			v := other
			v.ID.Log = 7
			return x.Index.Follow(context.Background(), []graph.Vector{v}, p.head(), 0)
		}, "it holds 4 vectors, the mirror 3"},
	} {
		t.Run(name, func(t *testing.T) {
			p, x, k, said := world(t)
			if err := c.spoil(p, x); err != nil {
				t.Fatal(err)
			}
			if err := k.Check(t.Context(), p.head()); err != nil {
				t.Fatal(err)
			}
			if !strings.Contains(said.String(), c.says) {
				t.Errorf("the log does not say %q: %s", c.says, said)
			}
			for n := range uint64(4) {
				e := graph.Embedding{1}
				got, err := k.Near(t.Context(), &e, 9, n)
				if want := p.near(&e, 9, n); err != nil || !slices.Equal(got, want) {
					t.Errorf("near at %d: %v, %v, want %v", n, got, err, want)
				}
			}
			said.Reset()
			if err := k.Check(t.Context(), p.head()); err != nil || said.Len() > 0 {
				t.Errorf("checked again: %v, %s", err, said)
			}
		})
	}
}

// An index that does not keep what it is given is never read.
func TestAnIndexThatLosesIsRefused(t *testing.T) {
	p, x, k, said := world(t)
	x.lost = true
	if err := x.Index.Clear(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := k.Check(t.Context(), p.head()); err == nil || !strings.Contains(err.Error(), "does not keep") {
		t.Fatalf("it is taken: %v", err)
	}
	if _, err := k.Near(t.Context(), &graph.Embedding{1}, 1, 3); !errors.As(err, new(*graph.ErrAsk)) {
		t.Errorf("it is read: %v", err)
	}
	if _, err := Open(t.Context(), x, p, p.head(), nil); err == nil {
		t.Error("it opens")
	}
	// Blocks go on, without it, and it is not tried at each of them.
	k.Follow(t.Context(), nil, p.head())
	k.Follow(t.Context(), nil, p.head())
	if n := strings.Count(said.String(), "could not be repaired"); n != 1 {
		t.Errorf("two blocks tried %d repairs: %s", n, said)
	}
	// The mirror's own trouble is no reason to trust the index.
	x.lost, p.fails = false, true
	if err := k.Check(t.Context(), p.head()); err == nil || k.Sound() {
		t.Errorf("it is read while nobody can compare it: %v", err)
	}
}

// One that fails to answer fails readers with words for them, and is closed.
func TestAnIndexThatDoesNotAnswer(t *testing.T) {
	_, x, k, said := world(t)
	k.index = silent{x}
	if _, err := k.Near(t.Context(), &graph.Embedding{1}, 1, 3); !errors.As(err, new(*graph.ErrAsk)) {
		t.Errorf("the reader is told %v", err)
	}
	if !strings.Contains(said.String(), errFault.Error()) {
		t.Errorf("the operator is told %q", said)
	}
}

type silent struct{ Index }

func (silent) Near(context.Context, *graph.Embedding, int, uint64) ([]graph.PostID, error) {
	return nil, fmt.Errorf("asked: %w", errFault)
}
