package embedtest

import (
	"encoding/binary"
	"testing"

	"candor/graph"
	"candor/graph/embed"
	"candor/graph/fold"

	"github.com/ipfs/go-cid"
)

// Start is when a World begins, in seconds: Wednesday 2026-01-07, 12:00:00 UTC.
const Start = 1_767_787_200

// World is a growing mirror. Now is the time of the next block; it must not fall.
type World struct {
	Now   uint64
	t     testing.TB
	state *fold.State
	all   []graph.Batch
	head  graph.Block
	refs  map[graph.PostID]graph.Ref
}

// New is an empty world.
func New(t testing.TB) *World {
	w := &World{Now: Start, t: t, state: fold.New(embed.Text), refs: map[graph.PostID]graph.Ref{}}
	w.block(nil, nil)
	return w
}

// Person is the n-th person's address.
func Person(n int) (a graph.Address) {
	binary.BigEndian.PutUint64(a[12:], uint64(n)+1)
	return a
}

func (w *World) block(e *graph.Event, contents map[cid.Cid][]byte) graph.Position {
	w.t.Helper()
	batch := graph.Batch{Contents: contents}
	if e != nil {
		e.ID = graph.Position{Block: w.head.Number + 1}
		e.BlockTime, e.Time = w.Now, w.Now
		batch.Events = []graph.Event{*e}
	}
	return w.apply(batch)
}

// apply makes the batch the next block's.
func (w *World) apply(batch graph.Batch) graph.Position {
	w.t.Helper()
	b := graph.Block{Number: w.head.Number + 1, Parent: w.head.Hash, Time: w.Now}
	binary.BigEndian.PutUint64(b.Hash[:], b.Number)
	batch.Block = b
	if err := w.state.Apply(batch); err != nil {
		w.t.Fatal(err)
	}
	w.head, w.all = b, append(w.all, batch)
	return graph.Position{Block: b.Number}
}

// Post publishes a root post of the text.
func (w *World) Post(by int, text string) graph.PostID {
	return w.Publish(by, graph.PostContent{Text: text}, graph.PostID{}, graph.PostID{})
}

// Reply publishes a reply to the post.
func (w *World) Reply(by int, to graph.PostID, text string) graph.PostID {
	return w.Publish(by, graph.PostContent{Text: text}, to, graph.PostID{})
}

// Publish publishes a post; parent and quote may be zero.
func (w *World) Publish(by int, c graph.PostContent, parent, quote graph.PostID) graph.PostID {
	w.t.Helper()
	doc, id, err := c.Encode()
	if err != nil {
		w.t.Fatal(err)
	}
	return w.post(by, id, map[cid.Cid][]byte{id: doc}, parent, quote)
}

// Missing publishes a post whose text nobody serves.
func (w *World) Missing(by int) graph.PostID {
	w.t.Helper()
	_, id, err := graph.PostContent{Text: "lost in block " + graph.Position{Block: w.head.Number}.String()}.Encode()
	if err != nil {
		w.t.Fatal(err)
	}
	return w.post(by, id, nil, graph.PostID{}, graph.PostID{})
}

func (w *World) post(by int, c cid.Cid, contents map[cid.Cid][]byte, parent, quote graph.PostID) graph.PostID {
	w.t.Helper()
	id := w.block(&graph.Event{Action: graph.ActPost, Author: Person(by), CID: c, Subject: w.refs[parent], Quote: w.refs[quote]}, contents)
	w.refs[id] = graph.Ref{ID: id, CID: c}
	return id
}

// Act makes one person do something about another: follow, request, block, approve …
// Actions without a target, such as a policy, leave it out.
func (w *World) Act(a graph.Action, by, target int) graph.Position {
	w.t.Helper()
	e := graph.Event{Action: a, Author: Person(by), Target: Person(target)}
	if _, sets := a.Policy(); sets {
		e.Target = graph.Address{}
	}
	return w.block(&e, nil)
}

// Follow makes one person read another.
func (w *World) Follow(from, to int) { w.t.Helper(); w.Act(graph.ActFollow, from, to) }

// Block makes one person block another.
func (w *World) Block(from, to int) { w.t.Helper(); w.Act(graph.ActBlock, from, to) }

// Unblock ends a block.
func (w *World) Unblock(from, to int) { w.t.Helper(); w.Act(graph.ActUnblock, from, to) }

// Profile sets a person's profile.
func (w *World) Profile(by int, p graph.ProfileContent) {
	w.t.Helper()
	doc, id, err := p.Encode()
	if err != nil {
		w.t.Fatal(err)
	}
	w.block(&graph.Event{Action: graph.ActProfile, Author: Person(by), CID: id}, map[cid.Cid][]byte{id: doc})
}

// Edit replaces the text of a post of the person's own.
func (w *World) Edit(by int, id graph.PostID, text string) {
	w.t.Helper()
	doc, c, err := graph.PostContent{Text: text}.Encode()
	if err != nil {
		w.t.Fatal(err)
	}
	w.block(&graph.Event{Action: graph.ActEdit, Author: Person(by), Subject: w.refs[id], CID: c}, map[cid.Cid][]byte{c: doc})
}

// Withhold withholds a post's first content, or restores it.
func (w *World) Withhold(id graph.PostID, restore bool) {
	w.t.Helper()
	b := graph.Batch{}
	if restore {
		b.Restore = []cid.Cid{w.refs[id].CID}
	} else {
		b.Withhold = []cid.Cid{w.refs[id].CID}
	}
	w.apply(b)
}

// React likes or reposts a post.
func (w *World) React(by int, id graph.PostID, kind graph.ReactionKind) {
	w.t.Helper()
	w.block(&graph.Event{Action: graph.ActReact, Author: Person(by), Subject: w.refs[id], Reaction: kind}, nil)
}

// Remove withdraws a post of the person's own.
func (w *World) Remove(by int, id graph.PostID) {
	w.t.Helper()
	w.block(&graph.Event{Action: graph.ActRemove, Author: Person(by), Subject: w.refs[id]}, nil)
}

// Snapshot is the mirror at a last, empty block at Now.
func (w *World) Snapshot() *fold.Snapshot {
	w.t.Helper()
	w.block(nil, nil)
	s, err := w.state.At(w.head.Number)
	if err != nil {
		w.t.Fatal(err)
	}
	return s
}

// Shown is what became of the contents so far, as a mirror tells it to auditors.
func (w *World) Shown(after graph.Position, limit int) []graph.Shown {
	return w.state.Shown(after, limit)
}

// Blocks are the blocks so far, with what they brought.
func (w *World) Blocks() []graph.Batch { return w.all }
