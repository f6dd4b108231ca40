package snapshot_test

import (
	"crypto/sha256"
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/ipfs/go-cid"

	"candor/graph"
	"candor/graph/fold"
	"candor/graph/snapshot"
)

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// embed is a stand-in embedder.
func embed(text string) (e graph.Embedding) {
	for i, c := range sha256.Sum256([]byte(text)) {
		e[i*11] = int8(c)
	}
	return e
}

type doc struct {
	cid   cid.Cid
	bytes []byte
}

func made(b []byte, c cid.Cid, err error) doc {
	if err != nil {
		panic(err)
	}
	return doc{c, b}
}

var documents = func() (all []doc) {
	for i := range 7 {
		all = append(all, made(graph.PostContent{Text: fmt.Sprint("text ", i)}.Encode()))
	}
	for i := range 3 {
		all = append(all, made(graph.ProfileContent{DisplayName: fmt.Sprint("name ", i)}.Encode()))
	}
	c, err := graph.DocumentCID([]byte("{}"))
	return append(all, made([]byte("{}"), c, err))
}()

// history draws blocks of events of all kinds, most of them about what is there.
// The documents come as serve says.
func history(r *rand.Rand, blocks int, serve func(b *graph.Batch)) []graph.Batch {
	people := []graph.Address{{1}, {2}, {3}, {4}, {5}}
	person := func() graph.Address { return people[r.IntN(len(people))] }
	content := func() cid.Cid { return documents[r.IntN(len(documents))].cid }
	var posted []graph.Ref
	authors := map[graph.PostID]graph.Address{}
	refer := func() graph.Ref {
		if len(posted) == 0 || r.IntN(9) == 0 {
			return graph.Ref{}
		}
		return posted[max(0, len(posted)-1-r.IntN(12))]
	}
	var all []graph.Batch
	head := graph.Block{Time: 1_000}
	for n := uint64(1); n <= uint64(blocks); n++ {
		b := graph.Batch{Block: graph.Block{Number: n, Parent: head.Hash, Time: head.Time + r.Uint64N(9), Hash: sha256.Sum256(fmt.Append(nil, n))},
			Contents: map[cid.Cid][]byte{}, Late: map[cid.Cid][]byte{}}
		for i := range r.IntN(9) {
			e := graph.Event{ID: graph.Position{Block: n, Log: uint32(i)}, Author: person(), Target: person(),
				Time: 900 + r.Uint64N(200), BlockTime: b.Block.Time,
				Action: []graph.Action{1, 2, 2, 2, 3, 4, 4, 4, 4, 5, 5, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 15, 15, 16, 16}[r.IntN(26)]}
			switch e.Action {
			case graph.ActProfile:
				e.CID, e.Imported = content(), r.IntN(2) == 0
			case graph.ActPost:
				e.CID, e.Subject, e.Quote = content(), refer(), refer()
				posted = append(posted, graph.Ref{ID: e.ID, CID: e.CID})
				authors[e.ID] = e.Author
			case graph.ActReact, graph.ActUnreact:
				e.Subject, e.Reaction = refer(), graph.ReactionKind(1+r.IntN(2))
			case graph.ActRemove:
				e.Subject = refer()
				e.Author = authors[e.Subject.ID]
			case graph.ActEdit:
				e.CID, e.Subject = content(), refer()
				e.Author = authors[e.Subject.ID]
				posted = append(posted, graph.Ref{ID: e.Subject.ID, CID: e.CID})
			}
			b.Events = append(b.Events, e)
		}
		serve(&b)
		all, head = append(all, b), b.Block
	}
	return all
}

// promptly serves every document with every block.
func promptly(b *graph.Batch) {
	for _, d := range documents {
		b.Contents[d.cid] = d.bytes
	}
}

func state(t testing.TB, batches []graph.Batch) *fold.State {
	t.Helper()
	s := fold.New(embed)
	for _, b := range batches {
		must(t, s.Apply(b))
	}
	return s
}

var of = snapshot.Of{ChainID: 1337, Genesis: graph.Hash{1}, Contract: graph.Address{9}, Schema: graph.Hash{2}}

// written is a snapshot in memory.
type written struct {
	root   snapshot.Root
	cid    cid.Cid
	blocks map[cid.Cid][]byte
}

func (w written) get(c cid.Cid) ([]byte, error) {
	if b, ok := w.blocks[c]; ok {
		return b, nil
	}
	return nil, fmt.Errorf("there is no block %s", c)
}

func write(block graph.Block, each func(func(snapshot.Row) error) error) (w written, err error) {
	w.blocks = map[cid.Cid][]byte{}
	w.root, w.cid, err = snapshot.Write(of, block, embed, each, func(c cid.Cid, b []byte) error {
		w.blocks[c] = append([]byte(nil), b...)
		return nil
	})
	return w, err
}

func export(t testing.TB, s *fold.State, block uint64) written {
	t.Helper()
	at, err := s.At(block)
	must(t, err)
	w, err := write(at.Block(), func(take func(snapshot.Row) error) error { return s.Export(block, take) })
	must(t, err)
	return w
}

func rowsOf(t testing.TB, s *fold.State, block uint64) (rows []snapshot.Row) {
	t.Helper()
	must(t, s.Export(block, func(r snapshot.Row) error { rows = append(rows, r); return nil }))
	return rows
}
