package fold

import (
	"cmp"
	"fmt"
	"slices"

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
//   - An edit takes the text away, too, and puts the new document in its place;
//     the new one is present by the first rule. The post's id, time, place and
//     tallies stay.
//   - A content that the operator withholds is not shown on any post or profile;
//     what comes and goes behind the curtain is as if there were none.
//   - A row that begins and ends in one block was never there at any block; a post
//     that is published and removed in one block is there as removed.
type State struct {
	embed func(string) graph.Embedding

	blocks    []graph.Block
	posts     []*post
	postAt    map[graph.PostID]*post
	versions  map[cid.Cid][]*version
	edges     map[Edge][]*edge
	related   map[edgeKey]*edge
	policies  map[graph.Address][]policy
	withheld  map[cid.Cid][]*span
	reactions []*reaction
	reacted   map[reactionKey]*reaction
	profiles  []*profile
	profileOf map[graph.Address]*profile
	named     map[cid.Cid][]*profile
	seen      map[graph.Address]first
}

type post struct {
	graph.Post            // without what depends on its version
	versions   []*version // in the order of the edits; never empty
	removed    uint64     // the block of the removal
}

// version is one content of a post, from its publication or an edit to the next
// edit or the removal.
type version struct {
	span
	cid       cid.Cid
	edited    graph.Position // zero for the first
	present   uint64         // the block from which the content is there
	doc       []byte
	content   graph.PostContent
	embedding graph.Embedding
}

func (p *post) last() *version { return p.versions[len(p.versions)-1] }

type edge struct {
	graph.Follow
	span
}

type edgeKey struct {
	kind     Edge
	from, to graph.Address
}

type policy struct {
	id graph.Position
	graph.Policy
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
	doc     []byte
}

type first struct {
	id   graph.Position
	time uint64
}

// New is an empty state whose posts are embedded by embed.
func New(embed func(string) graph.Embedding) *State {
	return &State{
		embed:     embed,
		postAt:    map[graph.PostID]*post{},
		versions:  map[cid.Cid][]*version{},
		edges:     map[Edge][]*edge{},
		related:   map[edgeKey]*edge{},
		policies:  map[graph.Address][]policy{},
		withheld:  map[cid.Cid][]*span{},
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
	return p.Author, p.last().cid.KeyString(), true, nil
}

// Earlier implements View.
func (s *State) Earlier(id graph.PostID, contentID string) (bool, error) {
	p := s.postAt[id]
	if p == nil {
		return false, nil
	}
	for _, v := range p.versions[:len(p.versions)-1] {
		if v.cid.KeyString() == contentID {
			return true, nil
		}
	}
	return false, nil
}

// Edge implements View.
func (s *State) Edge(kind Edge, from, to graph.Address) (bool, error) {
	return s.related[edgeKey{kind, from, to}] != nil, nil
}

// Policy implements View.
func (s *State) Policy(of graph.Address) (graph.Policy, error) {
	if set := s.policies[of]; len(set) > 0 {
		return set[len(set)-1].Policy, nil
	}
	return graph.PolicyOpen, nil
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
	s.curtain(b)
	s.blocks = append(s.blocks, b.Block)
	return nil
}

// take records one effective event.
func (s *State) take(e graph.Event) {
	n := e.ID.Block
	if _, ok := s.seen[e.Author]; !ok {
		s.seen[e.Author] = first{e.ID, e.Time}
	}
	if set, ok := e.Action.Policy(); ok {
		s.policies[e.Author] = append(s.policies[e.Author], policy{e.ID, set})
	}
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
	case graph.ActFollow, graph.ActRequest, graph.ActApprove, graph.ActUnfollow, graph.ActRefuse, graph.ActBlock, graph.ActUnblock:
		Relate(e, func(kind Edge, from, to graph.Address) { s.begin(e, kind, from, to) },
			func(kind Edge, from, to graph.Address) { s.end(n, kind, from, to) })
	case graph.ActPost:
		p := &post{Post: graph.Post{ID: e.ID, Author: e.Author, Time: e.Time, Parent: e.Subject, Quote: e.Quote}, removed: never}
		s.posts = append(s.posts, p)
		s.postAt[p.ID] = p
		s.write(p, e, graph.Position{})
	case graph.ActEdit:
		p := s.postAt[e.Subject.ID]
		p.last().to = n
		s.write(p, e, e.ID)
	case graph.ActReact:
		r := &reaction{Reaction: graph.Reaction{ID: e.ID, Author: e.Author, Subject: e.Subject.ID, Kind: e.Reaction, Time: e.Time},
			span: span{n, never}, receiver: s.postAt[e.Subject.ID].Author}
		s.reacted[reacted] = r
		s.reactions = append(s.reactions, r)
	case graph.ActUnreact:
		s.reacted[reacted].to = n
		delete(s.reacted, reacted)
	case graph.ActRemove:
		p := s.postAt[e.Subject.ID]
		p.removed, p.last().to = n, n
	}
}

func (s *State) begin(e graph.Event, kind Edge, from, to graph.Address) {
	r := &edge{Follow: graph.Follow{ID: e.ID, From: from, To: to, Time: e.Time}, span: span{e.ID.Block, never}}
	s.related[edgeKey{kind, from, to}] = r
	s.edges[kind] = append(s.edges[kind], r)
}

// end ends the edge if there is one.
func (s *State) end(n uint64, kind Edge, from, to graph.Address) {
	key := edgeKey{kind, from, to}
	if r := s.related[key]; r != nil {
		r.to = n
		delete(s.related, key)
	}
}

// write gives the post the event's content.
func (s *State) write(p *post, e graph.Event, edited graph.Position) {
	v := &version{span: span{e.ID.Block, never}, cid: e.CID, edited: edited, present: never}
	p.versions = append(p.versions, v)
	s.versions[v.cid] = append(s.versions[v.cid], v)
}

// curtain withholds and restores what the batch says.
func (s *State) curtain(b graph.Batch) {
	n := b.Block.Number
	for _, c := range b.Withhold {
		if !s.hidden(c, n) {
			s.withheld[c] = append(s.withheld[c], &span{n, never})
		}
	}
	for _, c := range b.Restore {
		if s.hidden(c, n) {
			spans := s.withheld[c]
			spans[len(spans)-1].to = n
		}
	}
}

// hidden reports whether the content was withheld at the block.
func (s *State) hidden(c cid.Cid, block uint64) bool {
	for _, w := range s.withheld[c] {
		if w.has(block) {
			return true
		}
	}
	return false
}

// Withheld are the contents that are withheld at the head, in the order of their bytes.
func (s *State) Withheld() (out []cid.Cid) {
	for c, spans := range s.withheld {
		if spans[len(spans)-1].to == never {
			out = append(out, c)
		}
	}
	slices.SortFunc(out, func(a, b cid.Cid) int { return cmp.Compare(a.KeyString(), b.KeyString()) })
	return out
}

// contents makes present what the batch brings, and what stands beside a present
// twin. Each CID is decided alone, so that the order of maps does not matter.
func (s *State) contents(b graph.Batch) {
	n := b.Block.Number
	touched := map[cid.Cid][]byte{}
	for _, e := range b.Events {
		if e.Names() {
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
	for _, v := range s.versions[c] {
		if v.to == never && v.present != never {
			doc, content, embedding, known = v.doc, v.content, v.embedding, true
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
	for _, v := range s.versions[c] {
		if v.to == never && v.present == never {
			v.present, v.doc, v.content, v.embedding = n, doc, content, embedding
		}
	}
}

func (s *State) presentProfiles(n uint64, c cid.Cid, doc []byte) {
	var content graph.ProfileContent
	known := false
	for _, p := range s.named[c] {
		if p.to == never && p.present != never {
			doc, content, known = p.doc, p.Content, true
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
			p.present, p.doc, p.Content = n, doc, content
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
	for key := range s.related {
		if key.kind == Follows {
			st.Follows++
		}
	}
	st.Reactions = uint64(len(s.reacted))
	for _, p := range s.posts {
		if p.removed != never {
			continue
		}
		st.Posts++
		if !p.Parent.IsZero() {
			st.Replies++
		}
		if v := p.last(); v.present == never && !s.hidden(v.cid, head.Number) {
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
