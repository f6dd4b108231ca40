package storetest

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"testing"

	"github.com/ipfs/go-cid"
	"pgregory.net/rapid"

	"candor/graph"
	"candor/zkcommit"
)

// Book is where the vectors of towers are kept.
type Book interface {
	Vectors(ctx context.Context, tower graph.Hash, contents []cid.Cid) ([]zkcommit.TowerVector, error)
	Begun(ctx context.Context, tower graph.Hash, after uint64) ([]cid.Cid, error)
}

// Spaced is an open mirror with spaces of towers.
type Spaced struct {
	Store
	Serve func(ctx context.Context, towers []graph.Hash) error
	Hold  func(context.Context, func(head graph.Block) error) error
	Check func(context.Context) error
	Spoil func(tower graph.Hash) // changes something in the tower's space behind its back
}

// NearBy asks the mirror's snapshot at the block.
func (s Spaced) NearBy(ctx context.Context, block uint64, tower graph.Hash, e *graph.Embedding, limit int) ([]graph.PostID, error) {
	at, err := s.At(ctx, block)
	if err != nil {
		return nil, err
	}
	spaced, ok := at.(interface {
		NearBy(tower graph.Hash, e *graph.Embedding, limit int) ([]graph.PostID, error)
	})
	if !ok {
		return nil, errors.New("the snapshot has no spaces of towers")
	}
	return spaced.NearBy(tower, e, limit)
}

// Spoil puts a vector into a tower's space that no tower made.
func Spoil(t testing.TB, x Index) {
	made := []graph.Vector{{ID: graph.PostID{Block: 1, Tx: 99}, Embedding: graph.Embedding{2, 2, 2}, From: 1, To: graph.NoEnd}}
	if err := x.Follow(context.Background(), made, graph.Block{}, 0); err != nil {
		t.Fatal(err)
	}
}

// shelf is a book in memory.
type shelf struct {
	kept  []zkcommit.TowerVector
	fails bool
}

func (b *shelf) Vectors(_ context.Context, tower graph.Hash, contents []cid.Cid) (out []zkcommit.TowerVector, err error) {
	for _, v := range b.kept {
		if v.Tower == tower && slices.Contains(contents, v.Content) {
			out = append(out, v)
		}
	}
	return out, b.failed()
}

func (b *shelf) Begun(_ context.Context, tower graph.Hash, after uint64) (out []cid.Cid, err error) {
	for _, v := range b.kept {
		if v.Tower == tower && v.From > after {
			out = append(out, v.Content)
		}
	}
	return out, b.failed()
}

func (b *shelf) failed() error {
	if b.fails {
		return errors.New("the ledger is away")
	}
	return nil
}

// narrow is how many posts a space of the suite holds.
const narrow = 5

// Spaces runs the suite of towers' vectors beside the embeddings: random histories, vectors
// that come between blocks, rollbacks, damage and restarts, and at every block each tower's
// answers against what the posts that stand there and the book say.
func Spaces(t *testing.T, open func(t testing.TB, dir string, book Book, most int) Spaced) {
	t.Run("history", func(t *testing.T) {
		rapid.Check(t, func(r *rapid.T) { spaceHistory(r, t, open) })
	})
	t.Run("away", func(t *testing.T) { spaceAway(t, open) })
}

var spaceTowers = []graph.Hash{{1}, {2}}

func spaceHistory(t *rapid.T, tb testing.TB, open func(testing.TB, string, Book, int) Spaced) {
	ctx, dir, book, w := context.Background(), tb.TempDir(), &shelf{}, NewWorld()
	s := open(tb, dir, book, narrow)
	defer func() { s.Close() }()
	must(t, s.Serve(ctx, spaceTowers))
	served := len(spaceTowers)
	var blocks []graph.Batch
	head := func() *graph.Block {
		if len(blocks) == 0 {
			return nil
		}
		return &blocks[len(blocks)-1].Block
	}
	var events []graph.Event
	serve := func(n int) {
		must(t, s.Serve(ctx, spaceTowers[:n]))
		served = n
	}
	for range rapid.IntRange(1, 16).Draw(t, "steps") {
		switch k := rapid.IntRange(0, 11).Draw(t, "step"); {
		case k == 0 && len(blocks) > 1:
			n := rapid.IntRange(1, len(blocks)-1).Draw(t, "back")
			must(t, s.Rollback(ctx, blocks[n-1].Block.Number))
			blocks = blocks[:n]
			events = slices.DeleteFunc(events, func(e graph.Event) bool { return e.ID.Block > blocks[n-1].Block.Number })
		case k == 1:
			must(t, s.Close())
			s = open(tb, dir, book, narrow)
			serve(served)
		case k == 2:
			serve(rapid.IntRange(0, len(spaceTowers)).Draw(t, "served"))
		case k == 3:
			for _, of := range spaceTowers[:served] {
				s.Spoil(of)
			}
			must(t, s.Check(ctx))
		case k < 7:
			must(t, s.Hold(ctx, func(head graph.Block) error {
				of, c := rapid.SampledFrom(spaceTowers).Draw(t, "tower"), rapid.SampledFrom(w.Documents[:5]).Draw(t, "content").CID
				if there, err := book.Vectors(ctx, of, []cid.Cid{c}); err != nil || len(there) > 0 {
					return err
				}
				v := make([]int8, rapid.SampledFrom([]int{1, 3, graph.EmbeddingDim}).Draw(t, "numbers"))
				for i := range v[:min(3, len(v))] {
					v[i] = int8(rapid.IntRange(-2, 2).Draw(t, "number"))
				}
				book.kept = append(book.kept, zkcommit.TowerVector{Tower: of, Content: c, From: head.Number + 1 + rapid.Uint64Range(0, 2).Draw(t, "later"), Vector: v})
				return nil
			}))
		default:
			var more []graph.Batch
			for range rapid.IntRange(1, 3).Draw(t, "blocks") {
				b := w.Batch(t, head(), events)
				blocks, more, events = append(blocks, b), append(more, b), append(events, b.Events...)
			}
			must(t, s.CommitAll(ctx, more))
		}
		if len(blocks) == 0 {
			continue
		}
		for i, of := range spaceTowers {
			at := blocks[rapid.IntRange(max(0, len(blocks)-4), len(blocks)-1).Draw(t, "at")].Block.Number
			e := graph.Embedding{int8(rapid.IntRange(-2, 2).Draw(t, "a")), int8(rapid.IntRange(-2, 2).Draw(t, "b")), 1}
			got, err := s.NearBy(ctx, at, of, &e, 4)
			if i >= served {
				if !errors.As(err, new(*graph.ErrAsk)) {
					t.Fatalf("a tower that is not served is near to %d posts, %v", len(got), err)
				}
				continue
			}
			must(t, err)
			same(t, "near by a tower", got, spaceTruth(t, s, book, events, of, &e, 4, at))
		}
	}
}

// spaceTruth is the answer, from the posts as they stand at the block.
func spaceTruth(t failer, s Spaced, book *shelf, events []graph.Event, of graph.Hash, e *graph.Embedding, limit int, at uint64) (ids []graph.PostID) {
	var newest []graph.PostID
	for _, x := range slices.Backward(events) {
		if x.Action == graph.ActPost && x.ID.Block <= at && len(newest) < narrow {
			newest = append(newest, x.ID)
		}
	}
	snap, err := s.At(context.Background(), at)
	must(t, err)
	posts, err := snap.Posts(graph.PostQuery{IDs: newest, Limit: narrow})
	must(t, err)
	type hit struct {
		id  graph.PostID
		dot int32
	}
	var hits []hit
	for _, p := range posts {
		for _, v := range book.kept {
			var at1 graph.Embedding
			copy(at1[:], v.Vector)
			if p.Status == graph.Present && v.Tower == of && v.Content == p.CID && v.From <= at && at1 != (graph.Embedding{}) {
				hits = append(hits, hit{p.ID, e.Dot(&at1)})
			}
		}
	}
	slices.SortFunc(hits, func(a, b hit) int { return cmp.Or(cmp.Compare(b.dot, a.dot), b.id.Compare(a.id)) })
	for _, h := range hits[:min(limit, len(hits))] {
		ids = append(ids, h.id)
	}
	return ids
}

// spaceAway: while the book cannot be read a space says so, and blocks go on without it; what
// is near by meaning is not touched.
func spaceAway(t *testing.T, open func(testing.TB, string, Book, int) Spaced) {
	ctx, book, w := context.Background(), &shelf{}, NewWorld()
	s := open(t, t.TempDir(), book, narrow)
	defer s.Close()
	of, d := spaceTowers[0], w.Documents[0]
	must(t, s.Serve(ctx, spaceTowers[:1]))
	book.kept = []zkcommit.TowerVector{{Tower: of, Content: d.CID, From: 1, Vector: []int8{1}}}
	first := graph.Batch{Block: w.Next(nil, 1), Contents: map[cid.Cid][]byte{d.CID: d.Bytes},
		Events: []graph.Event{{ID: graph.Position{Block: 1}, BlockTime: 1, Action: graph.ActPost, Author: w.People[0], CID: d.CID}}}
	must(t, s.CommitAll(ctx, []graph.Batch{first}))
	near := func(block uint64, want int) {
		t.Helper()
		got, err := s.NearBy(ctx, block, of, &graph.Embedding{1}, 9)
		must(t, err)
		if len(got) != want {
			t.Fatalf("%d posts are near by the tower at block %d, not %d", len(got), block, want)
		}
	}
	near(1, 1)
	book.fails = true
	second := graph.Batch{Block: w.Next(&first.Block, 2)}
	must(t, s.CommitAll(ctx, []graph.Batch{second}))
	var ask *graph.ErrAsk
	if _, err := s.NearBy(ctx, 2, of, &graph.Embedding{1}, 9); !errors.As(err, &ask) || !ask.Passing {
		t.Fatalf("a space that could not follow answers: %v", err)
	}
	snap, err := s.At(ctx, 2)
	must(t, err)
	if ids, err := snap.Near(ptr(Embed("one")), 9); err != nil || len(ids) != 1 {
		t.Fatalf("by meaning %d posts are near, %v", len(ids), err)
	}
	if err := s.Check(ctx); err == nil {
		t.Fatal("a space is sound while nobody can compare it")
	}
	book.fails = false
	must(t, s.Check(ctx))
	near(2, 1)
}
