package storetest

import (
	"fmt"
	"math/rand/v2"

	"github.com/ipfs/go-cid"

	"candor/graph"
)

// Stream is made-up blocks for measuring, of so many events each: of a hundred
// events 45 are posts of about a hundred letters, a third of them replies, 30
// reactions, 20 follows and 5 profiles. The same seed gives the same blocks.
type Stream struct {
	rng    *rand.Rand
	world  *World
	head   *graph.Block
	events int
	people []graph.Address
	posts  []graph.Ref
	count  int
}

// NewStream begins a stream.
func NewStream(seed uint64, events int) *Stream {
	s := &Stream{rng: rand.New(rand.NewPCG(seed, 1)), world: NewWorld(), events: events}
	for i := range 2_000 {
		s.people = append(s.people, Person(i))
	}
	return s
}

func (s *Stream) person() graph.Address {
	return s.people[int(float64(len(s.people))*s.rng.Float64()*s.rng.Float64())]
}

// Next is the next blocks.
func (s *Stream) Next(blocks int) (bs []graph.Batch) {
	for range blocks {
		b := graph.Batch{Block: s.world.Next(s.head, 1_000_000+uint64(s.count)), Contents: map[cid.Cid][]byte{}}
		for i := range s.events {
			e := graph.Event{ID: graph.Position{Block: b.Block.Number, Tx: uint32(i), Log: uint32(i)}, Author: s.person(),
				Time: b.Block.Time - uint64(s.rng.IntN(50)), BlockTime: b.Block.Time}
			kind := s.rng.IntN(100)
			if len(s.posts) == 0 {
				kind = 0
			}
			switch {
			case kind < 45:
				d := Text(fmt.Sprintf("post %d says something of about a hundred letters, as posts on such a network would do, %x", s.count, s.rng.Uint32()))
				b.Contents[d.CID] = d.Bytes
				e.Action, e.CID = graph.ActPost, d.CID
				if len(s.posts) > 0 && kind < 15 {
					e.Subject = s.post()
				}
				s.posts = append(s.posts, graph.Ref{ID: e.ID, CID: e.CID})
			case kind < 75:
				e.Action, e.Subject, e.Reaction = graph.ActReact, s.post(), graph.ReactionKind(1+s.rng.IntN(2))
			case kind < 95:
				e.Action, e.Target = graph.ActFollow, s.person()
			default:
				d := Name(fmt.Sprint("person ", s.count))
				b.Contents[d.CID] = d.Bytes
				e.Action, e.CID = graph.ActProfile, d.CID
			}
			s.count++
			b.Events = append(b.Events, e)
		}
		s.head = &b.Block
		bs = append(bs, b)
	}
	return bs
}

func (s *Stream) post() graph.Ref {
	return s.posts[len(s.posts)-1-s.rng.IntN(min(len(s.posts), 3_000))]
}
