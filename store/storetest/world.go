package storetest

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"

	"github.com/ipfs/go-cid"
	"pgregory.net/rapid"

	"candor/graph"
)

// Embed is a stand-in embedder: a few small numbers from the text's hash, so that
// ties are common. Text that begins with "mute" has a zero embedding.
func Embed(text string) (e graph.Embedding) {
	if len(text) >= 4 && text[:4] == "mute" {
		return e
	}
	sum := sha256.Sum256([]byte(text))
	for i := range 4 {
		e[i*90] = int8(sum[i]%5) - 2
	}
	return e
}

// Document is a content that events may name.
type Document struct {
	CID   cid.Cid
	Bytes []byte
}

func document(bytes []byte, c cid.Cid, err error) Document {
	if err != nil {
		panic(err)
	}
	return Document{c, bytes}
}

// Text is the document of a post with this text.
func Text(text string) Document {
	return document(graph.PostContent{Text: text, Tags: []string{"t"}}.Encode())
}

// Name is the document of a profile with this name.
func Name(name string) Document { return document(graph.ProfileContent{DisplayName: name}.Encode()) }

// Broken is a document of no known type.
func Broken(text string) Document {
	doc := []byte(`{"$type":"candor.post/v1","text":` + text + `}`)
	c, err := graph.DocumentCID(doc)
	return document(doc, c, err)
}

// Person is the n-th made-up address.
func Person(n int) graph.Address {
	sum := sha256.Sum256([]byte(fmt.Sprint("person", n)))
	return graph.Address(sum[:20])
}

// World draws histories. It is small, so that its people meet.
type World struct {
	People    []graph.Address
	Documents []Document
	forks     uint64
}

// NewWorld is a world of a few people and texts, some of them no posts.
func NewWorld() *World {
	w := &World{Documents: []Document{Text("one"), Text("two"), Text("three"), Text("four"), Text("mute"),
		Name("Ada"), Name("Bob"), Broken("7")}}
	for i := range 5 {
		w.People = append(w.People, Person(i))
	}
	return w
}

// Next is a block header that follows head; each has another hash.
func (w *World) Next(head *graph.Block, time uint64) graph.Block {
	b := graph.Block{Number: 1, Time: time}
	if head != nil {
		b.Number, b.Parent = head.Number+1, head.Hash
	}
	w.forks++
	b.Hash = sha256.Sum256(binary.BigEndian.AppendUint64(binary.BigEndian.AppendUint64(nil, b.Number), w.forks))
	return b
}

// Batch draws the block that follows head. past is all events so far.
func (w *World) Batch(t *rapid.T, head *graph.Block, past []graph.Event) graph.Batch {
	time := uint64(1_000)
	if head != nil {
		time = head.Time + rapid.Uint64Range(0, 20).Draw(t, "seconds")
	}
	b := graph.Batch{Block: w.Next(head, time), Contents: map[cid.Cid][]byte{}, Late: map[cid.Cid][]byte{}}
	past = append([]graph.Event(nil), past...)
	for i := range rapid.IntRange(0, 8).Draw(t, "events") {
		e := w.event(t, past)
		e.ID = graph.Position{Block: b.Block.Number, Tx: uint32(i / 3), Log: uint32(i)}
		e.BlockTime = time
		b.Events, past = append(b.Events, e), append(past, e)
	}
	for _, d := range w.Documents {
		switch rapid.IntRange(0, 24).Draw(t, "operator") {
		case 0:
			b.Withhold = append(b.Withhold, d.CID)
		case 1, 2:
			b.Restore = append(b.Restore, d.CID)
		}
		switch rapid.IntRange(0, 5).Draw(t, "served") {
		case 0, 1:
			b.Contents[d.CID] = d.Bytes
		case 2:
			b.Late[d.CID] = d.Bytes
		}
	}
	return b
}

func (w *World) event(t *rapid.T, past []graph.Event) graph.Event {
	e := graph.Event{
		Action: graph.Action(rapid.SampledFrom([]uint8{1, 2, 2, 3, 3, 4, 4, 4, 4, 5, 5, 5, 6, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 15, 15, 16, 16, 17}).Draw(t, "action")),
		Author: rapid.SampledFrom(w.People).Draw(t, "author"),
		Time:   rapid.Uint64Range(0, 1_200).Draw(t, "time"),
	}
	content := func() cid.Cid { return rapid.SampledFrom(w.Documents).Draw(t, "content").CID }
	// recent is one of the last events of the kind, but sometimes none.
	recent := func(kind graph.Action) (found graph.Event) {
		left := rapid.IntRange(0, 9).Draw(t, "back")
		for i := len(past) - 1; i >= 0 && left > 0; i-- {
			if past[i].Action == kind || kind == graph.ActPost && past[i].Action == graph.ActEdit {
				found, left = past[i], left-1
			}
		}
		return found
	}
	reference := func() (graph.Ref, graph.Address) {
		if p := recent(graph.ActPost); p.Action == graph.ActEdit {
			return graph.Ref{ID: p.Subject.ID, CID: rapid.SampledFrom([]cid.Cid{p.CID, p.Subject.CID}).Draw(t, "version")}, p.Author
		} else if p.CID.Defined() {
			return graph.Ref{ID: p.ID, CID: p.CID}, p.Author
		}
		return graph.Ref{ID: graph.Position{Block: rapid.Uint64Range(0, 3).Draw(t, "block")}, CID: content()}, e.Author
	}
	switch e.Action {
	case graph.ActProfile:
		e.CID, e.Imported = content(), rapid.Bool().Draw(t, "imported")
	case graph.ActFollow, graph.ActRequest, graph.ActBlock:
		e.Target = rapid.SampledFrom(w.People).Draw(t, "target")
	case graph.ActUnfollow, graph.ActUnblock:
		f := recent(map[graph.Action]graph.Action{graph.ActUnfollow: rapid.SampledFrom([]graph.Action{graph.ActFollow, graph.ActRequest}).Draw(t, "what"),
			graph.ActUnblock: graph.ActBlock}[e.Action])
		e.Author, e.Target = f.Author, f.Target
	case graph.ActApprove, graph.ActRefuse:
		f := recent(rapid.SampledFrom([]graph.Action{graph.ActFollow, graph.ActRequest, graph.ActRequest}).Draw(t, "what"))
		e.Author, e.Target = f.Target, f.Author
	case graph.ActOpen, graph.ActApproval, graph.ActClosed:
	case graph.ActPost:
		e.CID = content()
		if rapid.Bool().Draw(t, "reply") {
			e.Subject, _ = reference()
		}
		if rapid.IntRange(0, 3).Draw(t, "quotes") == 0 {
			e.Quote, _ = reference()
		}
	case graph.ActReact:
		e.Subject, _ = reference()
		e.Reaction = graph.ReactionKind(rapid.Uint8Range(0, 2).Draw(t, "reaction"))
	case graph.ActUnreact:
		r := recent(graph.ActReact)
		e.Author, e.Subject, e.Reaction = r.Author, r.Subject, r.Reaction
	default:
		var author graph.Address
		e.Subject, author = reference()
		if rapid.IntRange(0, 3).Draw(t, "own") > 0 { // or strangers would try nearly all
			e.Author = author
		}
		if e.Action == graph.ActEdit {
			e.CID = content()
		}
	}
	return e
}
