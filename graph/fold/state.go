package fold

import (
	"fmt"

	"github.com/ipfs/go-cid"

	"candor/graph"
)

// never is the block at which what still stands ends.
const never = ^uint64(0)

// span is a range of blocks [from, to).
type span struct{ from, to uint64 }

func (s span) has(block uint64) bool { return s.from <= block && block < s.to }

// State is a mirror in memory: all that the batches so far made of the graph,
// with the blocks at which each row began and ended, so that it answers for any
// block. It is what auditors replay with and what stores are compared with, so
// it prefers plain scans to cleverness. It keeps every text that it ever held.
// It may be read by many at once, but not while Apply runs.
//
// The rules that events alone do not fix:
//   - A post or profile is present from the block whose batch brings its
//     document (as content of that block or late), or at once when another
//     standing post (profile) with that CID is present. A document that is no
//     valid post (profile) brings nothing.
//   - A removal takes the text away and leaves what others did: reactions to the
//     post, replies and quotes stand and count.
//   - A row that begins and ends in one block was never there at any block; a post
//     that is published and removed in one block is there as removed.
type State struct {
	embed func(string) graph.Embedding

	blocks    []graph.Block
	posts     []*post
	postAt    map[graph.PostID]*post
	postsOf   map[cid.Cid][]*post
	follows   []*follow
	following map[[2]graph.Address]*follow
	reactions []*reaction
	reacted   map[reactionKey]*reaction
	profiles  []*profile
	profileOf map[graph.Address]*profile
	named     map[cid.Cid][]*profile
	seen      map[graph.Address]first
}

type post struct {
	graph.Post        // as when present
	present    uint64 // the block from which the content is there
	removed    uint64 // the block of the removal
}

type follow struct {
	graph.Follow
	span
}

type reaction struct {
	graph.Reaction
	span
	receiver graph.Address // the post's author
}

type reactionKey struct {
	author  graph.Address
	subject graph.PostID
	kind    graph.ReactionKind
}

type profile struct {
	graph.Profile
	span
	present uint64
}

type first struct{ block, time uint64 }

// New is an empty state whose posts are embedded by embed.
func New(embed func(string) graph.Embedding) *State {
	return &State{
		embed:     embed,
		postAt:    map[graph.PostID]*post{},
		postsOf:   map[cid.Cid][]*post{},
		following: map[[2]graph.Address]*follow{},
		reacted:   map[reactionKey]*reaction{},
		profileOf: map[graph.Address]*profile{},
		named:     map[cid.Cid][]*profile{},
		seen:      map[graph.Address]first{},
	}
}

// Head is the newest block; ok is false before the first.
func (s *State) Head() (b graph.Block, ok bool) {
	if len(s.blocks) == 0 {
		return b, false
	}
	return s.blocks[len(s.blocks)-1], true
}

// Post implements View.
func (s *State) Post(id graph.PostID) (graph.Address, string, bool, error) {
	p := s.postAt[id]
	if p == nil || p.removed != never {
		return graph.Address{}, "", false, nil
	}
	return p.Author, p.CID.KeyString(), true, nil
}

// Following implements View.
func (s *State) Following(from, to graph.Address) (bool, error) {
	return s.following[[2]graph.Address{from, to}] != nil, nil
}

// Reacted implements View.
func (s *State) Reacted(author graph.Address, subject graph.PostID, kind graph.ReactionKind) (bool, error) {
	return s.reacted[reactionKey{author, subject, kind}] != nil, nil
}

// Apply takes the next block. A batch that Check refuses changes nothing.
func (s *State) Apply(b graph.Batch) error {
	var head *graph.Block
	if h, ok := s.Head(); ok {
		head = &h
	}
	if err := Check(head, b); err != nil {
		return err
	}
	for _, e := range b.Events {
		e, ok, err := Effective(s, e)
		if err != nil {
			return err
		}
		if ok {
			s.take(e)
		}
	}
	s.contents(b)
	s.blocks = append(s.blocks, b.Block)
	return nil
}

// take records one effective event.
func (s *State) take(e graph.Event) {
	n := e.ID.Block
	if _, ok := s.seen[e.Author]; !ok {
		s.seen[e.Author] = first{n, e.Time}
	}
	edge := [2]graph.Address{e.Author, e.Target}
	reacted := reactionKey{e.Author, e.Subject.ID, e.Reaction}
	switch e.Action {
	case graph.ActProfile:
		if old := s.profileOf[e.Author]; old != nil {
			old.to = n
		}
		p := &profile{Profile: graph.Profile{Address: e.Author, ID: e.ID, CID: e.CID, Imported: e.Imported},
			span: span{n, never}, present: never}
		s.profileOf[e.Author] = p
		s.profiles = append(s.profiles, p)
		s.named[p.CID] = append(s.named[p.CID], p)
	case graph.ActFollow:
		f := &follow{Follow: graph.Follow{ID: e.ID, From: e.Author, To: e.Target, Time: e.Time}, span: span{n, never}}
		s.following[edge] = f
		s.follows = append(s.follows, f)
	case graph.ActUnfollow:
		s.following[edge].to = n
		delete(s.following, edge)
	case graph.ActPost:
		p := &post{Post: graph.Post{ID: e.ID, Author: e.Author, CID: e.CID, Time: e.Time, Parent: e.Subject, Quote: e.Quote},
			present: never, removed: never}
		s.posts = append(s.posts, p)
		s.postAt[p.ID] = p
		s.postsOf[p.CID] = append(s.postsOf[p.CID], p)
	case graph.ActReact:
		r := &reaction{Reaction: graph.Reaction{ID: e.ID, Author: e.Author, Subject: e.Subject.ID, Kind: e.Reaction, Time: e.Time},
			span: span{n, never}, receiver: s.postAt[e.Subject.ID].Author}
		s.reacted[reacted] = r
		s.reactions = append(s.reactions, r)
	case graph.ActUnreact:
		s.reacted[reacted].to = n
		delete(s.reacted, reacted)
	case graph.ActRemove:
		s.postAt[e.Subject.ID].removed = n
	}
}

// contents makes present what the batch brings, and what stands beside a present
// twin. Each CID is decided alone, so that the order of maps does not matter.
func (s *State) contents(b graph.Batch) {
	n := b.Block.Number
	touched := map[cid.Cid][]byte{}
	for _, e := range b.Events {
		if e.Action == graph.ActPost || e.Action == graph.ActProfile {
			touched[e.CID] = nil
		}
	}
	for _, docs := range []map[cid.Cid][]byte{b.Contents, b.Late} {
		for c, doc := range docs {
			touched[c] = doc
		}
	}
	for c, doc := range touched {
		s.presentPosts(n, c, doc)
		s.presentProfiles(n, c, doc)
	}
}

func (s *State) presentPosts(n uint64, c cid.Cid, doc []byte) {
	var content graph.PostContent
	var embedding graph.Embedding
	known := false
	for _, p := range s.postsOf[c] {
		if p.removed == never && p.present != never {
			content, embedding, known = p.Content, p.Embedding, true
			break
		}
	}
	if !known {
		var err error
		if content, err = graph.ParsePost(doc); err != nil {
			return
		}
		embedding = s.embed(content.Text)
	}
	for _, p := range s.postsOf[c] {
		if p.removed == never && p.present == never {
			p.present, p.Content, p.Embedding = n, content, embedding
		}
	}
}

func (s *State) presentProfiles(n uint64, c cid.Cid, doc []byte) {
	var content graph.ProfileContent
	known := false
	for _, p := range s.named[c] {
		if p.to == never && p.present != never {
			content, known = p.Content, true
			break
		}
	}
	if !known {
		var err error
		if content, err = graph.ParseProfile(doc); err != nil {
			return
		}
	}
	for _, p := range s.named[c] {
		if p.to == never && p.present == never {
			p.present, p.Content = n, content
		}
	}
}

// Stats counts the rows at the head.
func (s *State) Stats() (st graph.Stats) {
	head, ok := s.Head()
	if !ok {
		return st
	}
	st.Block = head.Number
	st.Profiles = uint64(len(s.profileOf))
	st.Follows = uint64(len(s.following))
	st.Reactions = uint64(len(s.reacted))
	for _, p := range s.posts {
		if p.removed != never {
			continue
		}
		st.Posts++
		if !p.Parent.IsZero() {
			st.Replies++
		}
		if p.present == never {
			st.Unavailable++
		}
	}
	return st
}

// At is the state as it was after the block; it stays right when more blocks come.
func (s *State) At(block uint64) (*Snapshot, error) {
	head, ok := s.Head()
	if !ok || block > head.Number || block < s.blocks[0].Number {
		return nil, fmt.Errorf("block %d is not in the state: ask for one that was applied", block)
	}
	return &Snapshot{s: s, block: s.blocks[block-s.blocks[0].Number]}, nil
}
