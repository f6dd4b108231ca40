package search

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"testing"

	"github.com/ipfs/go-cid"
	"pgregory.net/rapid"

	"candor/graph"
	"candor/graph/fold"
	"candor/store/storetest"
)

// mirror is fold.State with what it takes to roll back.
type mirror struct {
	state   *fold.State
	batches []graph.Batch
	past    []graph.Event
}

func (m *mirror) head() *graph.Block {
	if len(m.batches) == 0 {
		return nil
	}
	return &m.batches[len(m.batches)-1].Block
}

type failer interface{ Fatalf(string, ...any) }

func (m *mirror) apply(t failer, bs ...graph.Batch) {
	for _, b := range bs {
		if err := m.state.Apply(b); err != nil {
			t.Fatalf("%v", err)
		}
		m.batches, m.past = append(m.batches, b), append(m.past, b.Events...)
	}
}

func (m *mirror) at(t failer, n uint64) *fold.Snapshot {
	s, err := m.state.At(n)
	if err != nil {
		t.Fatalf("%v", err)
	}
	return s
}

// commit is what a node does with blocks: the index first, then the mirror.
func commit(t failer, x *Index, m *mirror, bs ...graph.Batch) {
	x.Follow(bs)
	m.apply(t, bs...)
	settle(t, x, m)
}

func settle(t failer, x *Index, m *mirror) {
	if n := m.head().Number; x.Unsettled(n) {
		if err := x.Settle(m.at(t, n)); err != nil {
			t.Fatalf("%v", err)
		}
	}
}

var queries = []graph.TextQuery{{Words: []string{"one"}}, {Words: []string{"t"}, Prefix: true}, {Words: []string{"two"}, Limit: 1}, {},
	{Words: []string{"t"}}, {Words: []string{"t", "thr"}, Prefix: true}, {Words: []string{"ada"}}, {Words: []string{"b"}, Prefix: true}, {Words: []string{"mute"}}}

// compare asks the index and the truth the same questions.
func compare(t failer, x *Index, s *fold.Snapshot) {
	for _, q := range queries {
		got, err := x.Posts(s, q)
		want, _ := s.SearchText(q)
		if err != nil || !slices.Equal(got, want) {
			t.Fatalf("posts with %v at block %d: %v, %v, want %v", q, s.Block().Number, got, err, want)
		}
		people, err := x.People(s, q)
		wanted, _ := s.SearchPeople(q)
		if err != nil || !slices.Equal(people, wanted) {
			t.Fatalf("people with %v at block %d: %v, %v, want %v", q, s.Block().Number, people, err, wanted)
		}
	}
}

// Over random histories with rollbacks, restarts in their midst, late and withheld
// contents, edits and long silences, the index finds what the state itself finds.
func TestIndex(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w, m, x := storetest.NewWorld(), &mirror{state: fold.New(storetest.Embed)}, New()
		if err := x.Fill(context.Background(), nil); err != nil {
			t.Fatalf("%v", err)
		}
		for range rapid.IntRange(1, 12).Draw(t, "steps") {
			switch k := rapid.IntRange(0, 9).Draw(t, "step"); {
			case k == 0 && m.head() != nil: // another process
				x = New()
				if _, err := x.Posts(m.at(t, m.head().Number), queries[0]); !errors.As(err, new(*graph.ErrAsk)) {
					t.Fatalf("an index that is not filled answers: %v", err)
				}
				s := m.at(t, m.head().Number)
				if rapid.Bool().Draw(t, "meanwhile") { // a block comes before it is filled
					commit(t, x, m, w.Batch(t, m.head(), m.past))
				}
				if err := x.Fill(context.Background(), s); err != nil {
					t.Fatalf("%v", err)
				}
				settle(t, x, m)
			case k == 1 && m.head() != nil:
				kept := m.batches[:rapid.IntRange(max(0, len(m.batches)-250), len(m.batches)).Draw(t, "kept")]
				*m = mirror{state: fold.New(storetest.Embed)}
				m.apply(t, kept...)
				if x.Rolled(uint64(len(kept))) {
					var s Snapshot
					if h := m.head(); h != nil {
						s = m.at(t, h.Number)
					}
					if err := x.Fill(context.Background(), s); err != nil {
						t.Fatalf("%v", err)
					}
				}
			case k == 2 && m.head() != nil: // long enough for what is gone to be dropped
				for range 130 {
					commit(t, x, m, graph.Batch{Block: w.Next(m.head(), m.head().Time)})
				}
			default:
				commit(t, x, m, w.Batch(t, m.head(), m.past))
			}
			if h := m.head(); h != nil {
				compare(t, x, m.at(t, h.Number))
				least := max(x.since, 1, h.Number-min(h.Number-1, 200))
				compare(t, x, m.at(t, rapid.Uint64Range(least, h.Number).Draw(t, "at")))
			}
		}
	})
}

func block(m *mirror, w *storetest.World, docs []storetest.Document, events ...graph.Event) graph.Batch {
	b := graph.Batch{Block: w.Next(m.head(), 1_000), Contents: map[cid.Cid][]byte{}}
	for i, e := range events {
		e.ID, e.BlockTime = graph.Position{Block: b.Block.Number, Log: uint32(i)}, b.Block.Time
		b.Events = append(b.Events, e)
	}
	for _, d := range docs {
		b.Contents[d.CID] = d.Bytes
	}
	return b
}

// What was withdrawn leaves no word behind once the window has passed; what
// somebody else still says stays.
func TestWithdrawnWordsAreDropped(t *testing.T) {
	w, m, x := storetest.NewWorld(), &mirror{state: fold.New(storetest.Embed)}, New()
	x.filled = true
	ann, bob := storetest.Person(1), storetest.Person(2)
	secret, shared, before, after := storetest.Text("hush"), storetest.Text("common"), storetest.Text("draft"), storetest.Text("final")
	name, other := storetest.Name("Maiden"), storetest.Name("Married")
	commit(t, x, m, block(m, w, []storetest.Document{secret, shared, before, name},
		graph.Event{Action: graph.ActPost, Author: ann, CID: secret.CID}, graph.Event{Action: graph.ActPost, Author: ann, CID: shared.CID},
		graph.Event{Action: graph.ActPost, Author: bob, CID: shared.CID}, graph.Event{Action: graph.ActPost, Author: ann, CID: before.CID},
		graph.Event{Action: graph.ActProfile, Author: ann, CID: name.CID}))
	ref := func(i int) graph.Ref { return graph.Ref{ID: m.past[i].ID, CID: m.past[i].CID} }
	commit(t, x, m, block(m, w, []storetest.Document{after, other},
		graph.Event{Action: graph.ActRemove, Author: ann, Subject: ref(0)}, graph.Event{Action: graph.ActRemove, Author: ann, Subject: ref(1)},
		graph.Event{Action: graph.ActEdit, Author: ann, Subject: ref(3), CID: after.CID},
		graph.Event{Action: graph.ActProfile, Author: ann, CID: other.CID}))
	if got, _ := x.Posts(m.at(t, 1), graph.TextQuery{Words: []string{"hush"}}); len(got) != 1 {
		t.Errorf("the snapshot before finds %d posts", len(got))
	}
	for range kept {
		commit(t, x, m, graph.Batch{Block: w.Next(m.head(), 1_000)})
	}
	words := slices.Sorted(maps.Keys(x.terms))
	if want := []string{"common", "final", "married", "t"}; !slices.Equal(words, want) {
		t.Errorf("the words left are %q, want %q", words, want)
	}
	if len(x.at) != 3 || len(x.leaving) != 0 {
		t.Errorf("%d documents are left, %d leave", len(x.at), len(x.leaving))
	}
}

// A question whose words many posts have looks at all of them, a few at a time.
func TestManyPosts(t *testing.T) {
	w, m, x := storetest.NewWorld(), &mirror{state: fold.New(storetest.Embed)}, New()
	x.filled = true
	var docs []storetest.Document
	var events []graph.Event
	for i := range 3*lookedUp + 5 {
		d := storetest.Text(fmt.Sprintf("same %d", i))
		docs = append(docs, d)
		events = append(events, graph.Event{Action: graph.ActPost, Author: storetest.Person(1), CID: d.CID})
	}
	commit(t, x, m, block(m, w, docs, events...))
	var gone []graph.Event
	for i := len(events) - 1; i > 2; i-- {
		gone = append(gone, graph.Event{Action: graph.ActRemove, Author: storetest.Person(1), Subject: graph.Ref{ID: m.past[i].ID, CID: m.past[i].CID}})
	}
	commit(t, x, m, block(m, w, nil, gone...))
	got, err := x.Posts(m.at(t, 2), graph.TextQuery{Words: []string{"same"}, Limit: 2})
	if err != nil || !slices.Equal(got, []graph.PostID{m.past[2].ID, m.past[1].ID}) {
		t.Errorf("%v, %v", got, err)
	}
}

// The oldest snapshot that may be asked after a deep rollback still finds a text that
// was withdrawn long before the rollback. (Found by TestIndex.)
func TestRollbackFindsTheWithdrawn(t *testing.T) {
	w, m, x := storetest.NewWorld(), &mirror{state: fold.New(storetest.Embed)}, New()
	x.filled = true
	ann, text := storetest.Person(1), storetest.Text("hush")
	commit(t, x, m, block(m, w, []storetest.Document{text}, graph.Event{Action: graph.ActPost, Author: ann, CID: text.CID}))
	commit(t, x, m, block(m, w, nil, graph.Event{Action: graph.ActRemove, Author: ann, Subject: graph.Ref{ID: m.past[0].ID, CID: text.CID}}))
	for range Window + 4 {
		commit(t, x, m, graph.Batch{Block: w.Next(m.head(), 1_000)})
	}
	batches := m.batches[:12]
	*m = mirror{state: fold.New(storetest.Embed)}
	m.apply(t, batches...)
	if x.Rolled(12) {
		t.Fatal("a rollback inside the window asks for a new fill")
	}
	if got, err := x.Posts(m.at(t, 1), graph.TextQuery{Words: []string{"hush"}}); err != nil || len(got) != 1 {
		t.Errorf("the first block's snapshot finds %d posts, %v", len(got), err)
	}
}
