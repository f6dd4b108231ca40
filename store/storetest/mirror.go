package storetest

import (
	"context"
	"reflect"
	"slices"
	"testing"

	"github.com/ipfs/go-cid"
	"pgregory.net/rapid"

	"candor/graph"
	"candor/graph/fold"
)

// Mirror is what the suite needs of a mirror.
type Mirror interface {
	Head(context.Context) (graph.Block, bool, error)
	Block(ctx context.Context, number uint64) (graph.Block, bool, error)
	CommitAll(context.Context, []graph.Batch) error
	Rollback(ctx context.Context, number uint64) error
	Missing(ctx context.Context, limit int) ([]cid.Cid, error)
}

// Store is an open mirror, with what its type hides.
type Store struct {
	Mirror
	Stats    func(context.Context) (graph.Stats, error)
	Withheld func(context.Context) ([]cid.Cid, error)
	At       func(ctx context.Context, block uint64) (Snapshot, error)
	Shown    func(ctx context.Context, after graph.Position, limit int) ([]graph.Shown, error)
	Close    func() error
}

// Snapshot is the mirror at one block.
type Snapshot interface {
	Lists
	Tallies
	Block() graph.Block
	MirrorRoot() (graph.Hash, error)
}

// Lists are a snapshot's queries for rows.
type Lists interface {
	Posts(graph.PostQuery) ([]graph.Post, error)
	PostsByCID(c cid.Cid, limit int) ([]graph.Post, error)
	Edges
	Reactions(graph.ReactionQuery) ([]graph.Reaction, error)
	People
}

// Edges are a snapshot's queries for who has to do with whom.
type Edges interface {
	Follows(graph.FollowQuery) ([]graph.Follow, error)
	Requests(graph.FollowQuery) ([]graph.Follow, error)
	BlockEdges(graph.FollowQuery) ([]graph.Follow, error)
	Policies([]graph.Address) (map[graph.Address]graph.Policy, error)
}

// People are a snapshot's queries for profiles.
type People interface {
	Profiles([]graph.Address) ([]graph.Profile, error)
	ProfilesAfter(after graph.Address, limit int) ([]graph.Profile, error)
}

// Tallies are a snapshot's queries that count or rank.
type Tallies interface {
	PostTallies(ids []graph.PostID, since uint64) (map[graph.PostID]graph.PostTally, error)
	AuthorTallies([]graph.Address) (map[graph.Address]graph.AuthorTally, error)
	Paces(ids []graph.PostID, since uint64) (map[graph.PostID]graph.Pace, error)
	Trending(since uint64, limit int) ([]graph.PostID, error)
	Near(e *graph.Embedding, limit int) ([]graph.PostID, error)
}

// failer is what a testing.T and a rapid.T have in common here.
type failer interface {
	Helper()
	Fatalf(format string, args ...any)
}

func must(t failer, err error) {
	t.Helper()
	if err != nil {
		t.Fatalf("%v", err)
	}
}

// Same fails unless got and want are alike; no rows are alike whether nil or empty.
func same(t failer, what string, got, want any) {
	t.Helper()
	if g, w := reflect.ValueOf(got), reflect.ValueOf(want); g.Kind() == reflect.Slice && g.Len() == 0 && w.Len() == 0 {
		return
	}
	if !reflect.DeepEqual(got, want) {
		t.Fatalf("%s:\n got %+v\nwant %+v", what, got, want)
	}
}

// history is a mirror under test beside the truth.
type history struct {
	open    func(dir string) Store
	dir     string
	store   Store
	world   *World
	batches []graph.Batch
	truth   *fold.State
	past    []graph.Event
	posted  []graph.Ref
	first   uint64 // block that the store began with; 0 is 1
}

func (h *history) head() *graph.Block {
	if len(h.batches) == 0 {
		return nil
	}
	return &h.batches[len(h.batches)-1].Block
}

func (h *history) commit(t failer, bs ...graph.Batch) {
	t.Helper()
	must(t, h.store.CommitAll(context.Background(), bs))
	for _, b := range bs {
		must(t, h.truth.Apply(b))
		h.remember(b)
	}
}

func (h *history) remember(b graph.Batch) {
	h.batches = append(h.batches, b)
	h.past = append(h.past, b.Events...)
	for _, e := range b.Events {
		if e.Action == graph.ActPost {
			h.posted = append(h.posted, graph.Ref{ID: e.ID, CID: e.CID})
		}
	}
}

func (h *history) rollback(t failer, number uint64) {
	t.Helper()
	must(t, h.store.Rollback(context.Background(), number))
	kept := h.batches[:min(int(number), len(h.batches))]
	h.batches, h.past, h.posted, h.truth = nil, nil, nil, fold.New(Embed)
	for _, b := range kept {
		must(t, h.truth.Apply(b))
		h.remember(b)
	}
}

func (h *history) reopen(t failer) {
	t.Helper()
	must(t, h.store.Close())
	h.store = h.open(h.dir)
}

// Mirrors runs the suite. open opens the mirror in the directory, with Embed as
// its embedder, and fails the test when it cannot.
func Mirrors(t *testing.T, open func(t testing.TB, dir string) Store) {
	start := func(t testing.TB) *history {
		h := &history{dir: t.TempDir(), world: NewWorld(), truth: fold.New(Embed)}
		h.open = func(dir string) Store { return open(t, dir) }
		h.store = h.open(h.dir)
		t.Cleanup(func() { h.store.Close() })
		return h
	}
	t.Run("history", func(t *testing.T) {
		rapid.Check(t, func(r *rapid.T) {
			h := start(t)
			defer h.store.Close()
			for range rapid.IntRange(1, 8).Draw(r, "steps") {
				switch k := rapid.IntRange(0, 11).Draw(r, "step"); {
				case k == 0:
					h.reopen(r)
				case k <= 2 && h.head() != nil:
					h.rollback(r, rapid.Uint64Range(0, h.head().Number).Draw(r, "to"))
				default:
					var bs []graph.Batch
					head, past := h.head(), h.past
					for range rapid.IntRange(1, 3).Draw(r, "blocks") {
						b := h.world.Batch(r, head, past)
						bs, head, past = append(bs, b), &b.Block, slices.Concat(past, b.Events)
					}
					h.commit(r, bs...)
				}
				h.compare(r)
				h.checkShown(r)
			}
		})
	})
	t.Run("ahead", func(t *testing.T) { ahead(t, start) })
	t.Run("swept ahead", func(t *testing.T) { swept(t, start(t)) })
	t.Run("digest", func(t *testing.T) { digest(t, start) })
	t.Run("refusals", func(t *testing.T) { refusals(t, start(t)) })
	t.Run("window", func(t *testing.T) { window(t, start(t)) })
	t.Run("withdrawn", func(t *testing.T) { withdrawn(t, start(t)) })
	t.Run("torrent", func(t *testing.T) { torrent(t, start(t)) })
	t.Run("newest", func(t *testing.T) { newest(t, start(t)) })
	t.Run("undone", func(t *testing.T) { undone(t, start(t)) })
	t.Run("beyond the window", func(t *testing.T) { beyond(t, start(t)) })
	t.Run("snapshots outlive blocks", func(t *testing.T) { outlive(t, start(t)) })
	t.Run("missing goes round", func(t *testing.T) { missing(t, start(t)) })
}

// compare holds the store against the truth: its head, and the state at some blocks.
func (h *history) compare(t *rapid.T) {
	t.Helper()
	ctx := context.Background()
	want, wantOK := h.truth.Head()
	got, ok, err := h.store.Head(ctx)
	must(t, err)
	same(t, "head", []any{got, ok}, []any{want, wantOK})
	stats, err := h.store.Stats(ctx)
	must(t, err)
	same(t, "stats", stats, h.truth.Stats())
	withheld, err := h.store.Withheld(ctx)
	must(t, err)
	same(t, "withheld", withheld, h.truth.Withheld())
	if _, ok, err := h.store.Block(ctx, want.Number+1); ok || err != nil {
		t.Fatalf("block %d above the head: %v, %v", want.Number+1, ok, err)
	}
	if !wantOK {
		return
	}
	for _, n := range []uint64{want.Number, rapid.Uint64Range(max(1, h.first), want.Number).Draw(t, "at")} {
		block, ok, err := h.store.Block(ctx, n)
		must(t, err)
		same(t, "block", []any{block, ok}, []any{h.batches[n-1].Block, true})
		snap, err := h.store.At(ctx, n)
		must(t, err)
		truth, err := h.truth.At(n)
		must(t, err)
		h.ask(t, snap, truth)
	}
	h.checkMissing(t, ctx)
}

// checkShown holds what became of each content, as it is told to auditors.
func (h *history) checkShown(t *rapid.T) {
	t.Helper()
	after := graph.Position{}
	if n := len(h.past); n > 0 && rapid.Bool().Draw(t, "from the beginning") {
		after = h.past[rapid.IntRange(0, n-1).Draw(t, "after")].ID
	}
	limit := rapid.IntRange(0, 40).Draw(t, "shown")
	got, err := h.store.Shown(context.Background(), after, limit)
	must(t, err)
	same(t, "what became of contents", got, h.truth.Shown(after, limit))
}

func (h *history) checkMissing(t failer, ctx context.Context) {
	t.Helper()
	truth, err := h.truth.At(h.head().Number)
	must(t, err)
	waiting := map[cid.Cid]bool{}
	posts, _ := truth.Posts(graph.PostQuery{})
	for _, p := range posts {
		if p.Status == graph.Unavailable {
			waiting[p.CID] = true
		}
	}
	people, _ := truth.ProfilesAfter(graph.Address{}, 0)
	for _, p := range people {
		if p.Status == graph.Unavailable {
			waiting[p.CID] = true
		}
	}
	got, err := h.store.Missing(ctx, 100)
	must(t, err)
	for _, c := range got { // invalid ones may be left out: no retry helps
		if !waiting[c] {
			t.Fatalf("%s is said to be missing and is not", c)
		}
	}
}

// ask puts the same questions to both.
func (h *history) ask(t *rapid.T, got, want Snapshot) {
	t.Helper()
	some := func(what string, n int) bool { return rapid.IntRange(0, n).Draw(t, what) == 0 }
	var ids []graph.PostID
	for _, p := range h.posted {
		if some("id", 2) {
			ids = append(ids, p.ID)
		}
	}
	ids = append(ids, graph.PostID{Block: 1, Log: 999})
	var people []graph.Address
	for _, a := range append(h.world.People, Person(77)) {
		if some("person", 1) {
			people = append(people, a)
		}
	}
	since := rapid.SampledFrom([]uint64{0, 1, 400, 900, 1_000, 1_010}).Draw(t, "since")
	limit := rapid.IntRange(0, 6).Draw(t, "limit")
	var q graph.PostQuery
	if some("ids", 2) {
		q.IDs = ids
	}
	if some("authors", 2) {
		q.Authors = people
	}
	if some("parents", 2) {
		q.Parents = ids
	}
	if some("before", 2) {
		q.Before = ids[rapid.IntRange(0, len(ids)-1).Draw(t, "before")]
	}
	if some("since", 2) {
		q.Since = since
	}
	q.Roots, q.Limit = some("roots", 2), limit
	f := graph.FollowQuery{Limit: limit}
	if some("from", 1) {
		f.From = people
	}
	if some("to", 1) {
		f.To = people
	}
	r := graph.ReactionQuery{Since: q.Since, Limit: limit}
	if some("by", 1) {
		r.Authors = people
	}
	if some("of", 1) {
		r.Subjects = ids
	}
	c := rapid.SampledFrom(h.world.Documents).Draw(t, "cid").CID
	e := Embed(rapid.SampledFrom([]string{"one", "two", "x", "y", "mute"}).Draw(t, "near"))

	check(t, "posts", snapshots(got, want), func(s Snapshot) ([]graph.Post, error) { return s.Posts(q) })
	check(t, "all posts", snapshots(got, want), func(s Snapshot) ([]graph.Post, error) { return s.Posts(graph.PostQuery{}) })
	check(t, "posts by id", snapshots(got, want), func(s Snapshot) ([]graph.Post, error) { return s.Posts(graph.PostQuery{IDs: ids}) })
	check(t, "posts by cid", snapshots(got, want), func(s Snapshot) ([]graph.Post, error) { return s.PostsByCID(c, limit) })
	check(t, "follows", snapshots(got, want), func(s Snapshot) ([]graph.Follow, error) { return s.Follows(f) })
	check(t, "requests", snapshots(got, want), func(s Snapshot) ([]graph.Follow, error) { return s.Requests(f) })
	check(t, "blocks", snapshots(got, want), func(s Snapshot) ([]graph.Follow, error) { return s.BlockEdges(f) })
	check(t, "policies", snapshots(got, want), func(s Snapshot) (map[graph.Address]graph.Policy, error) { return s.Policies(people) })
	check(t, "reactions", snapshots(got, want), func(s Snapshot) ([]graph.Reaction, error) { return s.Reactions(r) })
	check(t, "profiles", snapshots(got, want), func(s Snapshot) ([]graph.Profile, error) { return s.Profiles(people) })
	check(t, "profiles after", snapshots(got, want), func(s Snapshot) ([]graph.Profile, error) {
		return s.ProfilesAfter(h.world.People[0], limit)
	})
	check(t, "post tallies", snapshots(got, want), func(s Snapshot) (map[graph.PostID]graph.PostTally, error) {
		return s.PostTallies(ids, since)
	})
	check(t, "author tallies", snapshots(got, want), func(s Snapshot) (map[graph.Address]graph.AuthorTally, error) {
		return s.AuthorTallies(people)
	})
	check(t, "paces", snapshots(got, want), func(s Snapshot) (map[graph.PostID]graph.Pace, error) { return s.Paces(ids, since) })
	check(t, "trending", snapshots(got, want), func(s Snapshot) ([]graph.PostID, error) { return s.Trending(since, limit) })
	check(t, "near", snapshots(got, want), func(s Snapshot) ([]graph.PostID, error) { return s.Near(&e, limit) })
	check(t, "mirror root", snapshots(got, want), func(s Snapshot) (graph.Hash, error) { return s.MirrorRoot() })
	same(t, "block", got.Block(), want.Block())
	h.prove(t, got, want)
}

// prover is a mirror's snapshot as auditors ask it, for one post at a time.
type prover interface {
	MirrorProof(graph.PostID) (graph.MirrorProof, error)
}

// prove checks the proof of every post that there is, and that there is none of
// one that is not.
func (h *history) prove(t failer, got, want Snapshot) {
	t.Helper()
	root, err := want.MirrorRoot()
	must(t, err)
	var ids []graph.PostID
	for _, p := range h.posted {
		ids = append(ids, p.ID)
	}
	posts, err := want.Posts(graph.PostQuery{IDs: append(ids, graph.PostID{Block: 1, Log: 999})})
	must(t, err)
	for i, p := range posts {
		proof, err := got.(prover).MirrorProof(p.ID)
		must(t, err)
		must(t, proof.Verify(root))
		e := graph.MirrorEntry{ID: p.ID, Status: p.Status}
		if p.Status == graph.Present {
			e.Embedding = graph.EmbeddingDigest(&p.Embedding)
		}
		same(t, "proven entry", proof.Entry, e)
		same(t, "place", []uint64{proof.Index, proof.Entries}, []uint64{uint64(len(posts) - 1 - i), uint64(len(posts))})
	}
	if _, err := got.(prover).MirrorProof(graph.PostID{Block: 1, Log: 999}); err == nil {
		t.Fatalf("a post that is not there has a proof")
	}
}

func snapshots(got, want Snapshot) [2]Snapshot { return [2]Snapshot{got, want} }

func check[A any](t failer, what string, pair [2]Snapshot, question func(Snapshot) (A, error)) {
	t.Helper()
	got, err := question(pair[0])
	must(t, err)
	want, err := question(pair[1])
	must(t, err)
	same(t, what, got, want)
}
