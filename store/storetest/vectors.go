package storetest

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"candor/graph"
)

// Index is an index of embeddings by block, as vectors.Index says it.
type Index interface {
	Follow(ctx context.Context, vs []graph.Vector, at graph.Block, floor uint64) error
	Rollback(ctx context.Context, to graph.Block) error
	Clear(ctx context.Context) error
	Near(ctx context.Context, e *graph.Embedding, limit int, block uint64) ([]graph.PostID, error)
	Audit(ctx context.Context) (graph.VectorState, error)
}

// Indexes are the indexes under test.
type Indexes struct {
	// Open is an empty index.
	Open func(t testing.TB) Index
	// Reopen is the same index as another process finds it; nil when none is durable.
	Reopen func(t testing.TB, x Index) Index
	// Tamper are ways to spoil an index behind its back that holds at least two
	// vectors, one of them of the embedding.
	Tamper map[string]func(t testing.TB, x Index)
}

// truth is an index in a plain list.
type truth struct {
	rows  []graph.Vector
	at    graph.Block
	floor uint64
}

func (m *truth) follow(vs []graph.Vector, at graph.Block, floor uint64) {
	for _, v := range vs {
		m.rows = slices.DeleteFunc(m.rows, func(r graph.Vector) bool { return r.ID == v.ID && r.From == v.From })
		for i := range m.rows {
			if r := &m.rows[i]; r.ID == v.ID && r.To == graph.NoEnd && r.From < v.From {
				r.To = v.From
			}
		}
		if v.Embedding != (graph.Embedding{}) && v.From < v.To {
			m.rows = append(m.rows, v)
		}
	}
	if at.Number > 0 {
		m.at, m.floor = at, floor
		m.rows = slices.DeleteFunc(m.rows, func(r graph.Vector) bool { return r.To <= floor })
	}
}

func (m *truth) rollback(to graph.Block) {
	m.at = to
	m.rows = slices.DeleteFunc(m.rows, func(r graph.Vector) bool { return r.From > to.Number })
	for i := range m.rows {
		if m.rows[i].To > to.Number {
			m.rows[i].To = graph.NoEnd
		}
	}
}

func (m *truth) state() graph.VectorState {
	var d graph.VectorDigest
	for i := range m.rows {
		d.Add(m.rows[i].Entry())
	}
	return graph.VectorState{Block: m.at.Number, Hash: m.at.Hash, Floor: m.floor, Held: d.Sum(), Noted: d.Sum(), Rows: uint64(len(m.rows))}
}

func (m *truth) near(e *graph.Embedding, limit int, block uint64) (ids []graph.PostID) {
	var valid []graph.Vector
	for _, v := range m.rows {
		if v.From <= block && block < v.To && *e != (graph.Embedding{}) {
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

// Vectors runs the suite for exact indexes: random changes against a plain list,
// questions at all kinds of blocks, and the state after every change.
func Vectors(t *testing.T, under Indexes) {
	t.Run("history", func(t *testing.T) {
		rapid.Check(t, func(r *rapid.T) { indexHistory(r, t, under) })
	})
	t.Run("extremes", func(t *testing.T) { extremes(t, under.Open(t)) })
	t.Run("many", func(t *testing.T) { many(t, under.Open(t)) })
	for name, tamper := range under.Tamper {
		t.Run("tampered by "+name, func(t *testing.T) { tampered(t, under.Open(t), tamper) })
	}
}

// texts that are embedded: few, so that ties are common, and mute ones.
var texts = []string{"a", "b", "c", "d", "e", "f", "mute"}

func indexHistory(t *rapid.T, tb testing.TB, under Indexes) {
	ctx := context.Background()
	x, m, w := under.Open(tb), &truth{}, NewWorld()
	head := graph.Block{}
	var posted []graph.PostID
	for range rapid.IntRange(1, 25).Draw(t, "steps") {
		switch k := rapid.IntRange(0, 9).Draw(t, "step"); {
		case k == 0 && under.Reopen != nil:
			x = under.Reopen(tb, x)
		case k == 1 && head.Number > 0:
			n := rapid.Uint64Range(0, head.Number).Draw(t, "back")
			if head = (graph.Block{}); n > 0 {
				head = w.Next(&graph.Block{Number: n - 1}, 1)
			}
			must(t, x.Rollback(ctx, head))
			m.rollback(head)
		case k == 2 && rapid.Bool().Draw(t, "rare"):
			must(t, x.Clear(ctx))
			m, head = &truth{}, graph.Block{}
		default:
			next := w.Next(&head, 1)
			if k == 3 { // far ahead
				next.Number += rapid.Uint64Range(1, 300).Draw(t, "gap")
			}
			vs := changes(t, next.Number, &posted)
			noted := next
			if k == 4 { // more is to follow: the same block comes again
				noted = graph.Block{}
			} else {
				head = next
			}
			floor := next.Number - min(next.Number, rapid.SampledFrom([]uint64{2, 5, 256}).Draw(t, "window"))
			must(t, x.Follow(ctx, vs, noted, floor))
			m.follow(vs, noted, floor)
		}
		got, err := x.Audit(ctx)
		must(t, err)
		same(t, "state", got, m.state())
		for range 2 {
			e := Embed(rapid.SampledFrom([]string{"a", "g", "h", "mute"}).Draw(t, "query"))
			limit := rapid.IntRange(-1, 8).Draw(t, "limit")
			at := rapid.Uint64Range(head.Number-min(head.Number, 6), head.Number+1).Draw(t, "at")
			got, err := x.Near(ctx, &e, limit, at)
			must(t, err)
			same(t, fmt.Sprintf("near at %d", at), got, m.near(&e, max(limit, 0), at))
		}
	}
}

// changes are new posts, edited ones, ended ones and ones that come back with
// both ends, as a repair puts them.
func changes(t *rapid.T, block uint64, posted *[]graph.PostID) (vs []graph.Vector) {
	for i := range rapid.IntRange(0, 5).Draw(t, "changes") {
		v := graph.Vector{ID: graph.PostID{Block: block, Tx: uint32(i), Log: uint32(len(*posted))}, From: block, To: graph.NoEnd,
			Embedding: Embed(rapid.SampledFrom(texts).Draw(t, "text"))}
		if len(*posted) > 0 && rapid.Bool().Draw(t, "old") {
			v.ID = rapid.SampledFrom(*posted).Draw(t, "which")
		}
		switch rapid.IntRange(0, 5).Draw(t, "kind") {
		case 0:
			v.Embedding = graph.Embedding{}
		case 1:
			v.From = rapid.Uint64Range(1, block).Draw(t, "from")
			v.To = rapid.Uint64Range(v.From, block+1).Draw(t, "to")
		}
		*posted = append(*posted, v.ID)
		vs = append(vs, v)
	}
	return vs
}

// extremes: the largest products of either sign, ties among them by position,
// limits beyond what there is, and blocks and positions at their ends.
func extremes(t *testing.T, x Index) {
	ctx, m := context.Background(), &truth{}
	var most, least, nearly graph.Embedding
	for i := range most {
		most[i], least[i], nearly[i] = 127, -127, 127
	}
	nearly[383] = 126
	var vs []graph.Vector
	for i, e := range []graph.Embedding{most, least, nearly, most, least, {1}, {-128}} {
		vs = append(vs, graph.Vector{ID: graph.PostID{Block: 1 << 40, Tx: 1<<31 - 1, Log: uint32(i)}, Embedding: e, From: 1<<40 + uint64(i%2), To: graph.NoEnd})
	}
	at := graph.Block{Number: 1<<40 + 1, Hash: graph.Hash{31: 1}}
	must(t, x.Follow(ctx, vs, at, 0))
	m.follow(vs, at, 0)
	for _, e := range []graph.Embedding{most, least, nearly, {1}, {-128}, {}} {
		for limit := range 9 {
			for back := range uint64(3) {
				got, err := x.Near(ctx, &e, limit, at.Number-back)
				must(t, err)
				same(t, fmt.Sprintf("%d nearest %d back", limit, back), got, m.near(&e, limit, at.Number-back))
			}
		}
	}
}

// many: more vectors than one request or page holds, nearly all of them alike.
func many(t *testing.T, x Index) {
	ctx, m, w := context.Background(), &truth{}, NewWorld()
	head := w.Next(nil, 1)
	var vs []graph.Vector
	for i := range 2_500 {
		vs = append(vs, graph.Vector{ID: graph.PostID{Block: 1, Log: uint32(i)}, Embedding: Embed(texts[i%3]), From: 1, To: graph.NoEnd})
	}
	must(t, x.Follow(ctx, vs, head, 0))
	m.follow(vs, head, 0)
	ask := func() {
		t.Helper()
		got, err := x.Audit(ctx)
		must(t, err)
		same(t, "state", got, m.state())
		for _, text := range texts[:3] {
			for _, limit := range []int{1, 100, 2_000} {
				got, err := x.Near(ctx, ptr(Embed(text)), limit, head.Number)
				must(t, err)
				same(t, "near", got, m.near(ptr(Embed(text)), limit, head.Number))
			}
		}
	}
	ask()
	next := w.Next(&head, 1)
	var ends []graph.Vector
	for i := range 1_800 {
		ends = append(ends, graph.Vector{ID: graph.PostID{Block: 1, Log: uint32(i)}, From: 2, To: graph.NoEnd})
	}
	must(t, x.Follow(ctx, ends, next, 0))
	m.follow(ends, next, 0)
	old := head
	head = next
	ask()
	must(t, x.Rollback(ctx, old))
	m.rollback(old)
	ask()
	must(t, x.Follow(ctx, ends, next, 2))
	m.follow(ends, next, 2)
	ask()
}

// tampered: what somebody else does to the content shows in the digest.
func tampered(t *testing.T, x Index, tamper func(testing.TB, Index)) {
	ctx, m, w := context.Background(), &truth{}, NewWorld()
	at := w.Next(nil, 1)
	var vs []graph.Vector
	for i, text := range texts[:4] {
		vs = append(vs, graph.Vector{ID: graph.PostID{Block: 1, Log: uint32(i)}, Embedding: Embed(text), From: 1, To: graph.NoEnd})
	}
	must(t, x.Follow(ctx, vs, at, 0))
	m.follow(vs, at, 0)
	got, err := x.Audit(ctx)
	must(t, err)
	same(t, "state", got, m.state())
	tamper(t, x)
	if got, err = x.Audit(ctx); err == nil && got == m.state() {
		t.Fatal("the audit does not see it")
	}
	must(t, x.Clear(ctx))
	must(t, x.Follow(ctx, vs, at, 0))
	got, err = x.Audit(ctx)
	must(t, err)
	same(t, "state after it was filled anew", got, m.state())
}
