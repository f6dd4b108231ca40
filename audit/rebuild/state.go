package rebuild

import (
	"fmt"
	"sync"

	"github.com/ipfs/go-cid"

	"candor/graph"
	"candor/graph/fold"
	"candor/zkcommit"
)

// never is the block at which what still stands ends.
const never = graph.NoEnd

// State is the graph over a range of blocks.
type State struct {
	embed  func(string) graph.Embedding
	wanted map[uint64]bool
	blocks map[uint64]graph.Block // the wanted ones
	head   *graph.Block

	posts     []*post
	postAt    map[graph.PostID]*post
	people    map[graph.Address]*person
	reactions []*reaction
	contents  map[cid.Cid]*content
	naming    map[graph.Position]*version // by the event that names the content

	related  map[edgeKey]*edge
	reacted  map[reactionKey]*reaction
	policies map[graph.Address]graph.Policy

	providing sync.Mutex
	told      bool // a node said what became of contents
	// Towers finds a tower that a ranker reads; nil: none is known. To be set before Rebuild.
	Towers func(zkcommit.TowerName) (*Tower, error)
	sealed
}

// content is a document, wherever it is named.
type content struct {
	cid       cid.Cid
	doc       document
	embedding graph.Embedding // of a post's text
	withheld  []graph.Span
}

// document says what is known of a content.
type document struct {
	post    *graph.PostContent
	profile *graph.ProfileContent
	known   bool // its bytes are at hand, whatever they are
}

// version is a content where a post or a profile shows it: from its event to the
// next, or to the removal.
type version struct {
	graph.Span
	*content
	at      graph.Position // of the event
	profile bool
	present uint64     // the block from which it is there
	digest  graph.Hash // of the embedding, as the node says; zero: it did not say
}

type post struct {
	id            graph.PostID
	place         int // among all posts
	author        *person
	time          uint64
	parent, quote graph.Ref
	versions      []*version // in the order of the edits; never empty
	removed       uint64
	reactions     []*reaction
	answers       []*post // replies and quotes
}

type person struct {
	address   graph.Address
	first     uint64 // block and time of the first act
	firstTime uint64
	posts     []*post
	reactions []*reaction
	liked     []*reaction // the likes that the person's posts have
	out, in   [fold.Blocks + 1][]*edge
	profiles  []*version
	imported  []bool // beside profiles
}

type edge struct {
	graph.Span
	graph.Follow
}

type edgeKey struct {
	kind     fold.Edge
	from, to graph.Address
}

type reaction struct {
	graph.Span
	graph.Reaction
	subject *post
}

type reactionKey struct {
	author  graph.Address
	subject graph.PostID
	kind    graph.ReactionKind
}

// New is an empty state that will be asked for these blocks.
func New(embed func(string) graph.Embedding, blocks []uint64) *State {
	s := &State{embed: embed, wanted: map[uint64]bool{}, blocks: map[uint64]graph.Block{},
		postAt: map[graph.PostID]*post{}, people: map[graph.Address]*person{}, contents: map[cid.Cid]*content{},
		naming: map[graph.Position]*version{}, related: map[edgeKey]*edge{}, reacted: map[reactionKey]*reaction{}, policies: map[graph.Address]graph.Policy{}}
	for _, n := range blocks {
		s.wanted[n] = true
	}
	return s
}

// Apply takes the next block. One that does not follow is refused and changes nothing.
func (s *State) Apply(b graph.Block, events []graph.Event) error {
	if err := fold.Check(s.head, graph.Batch{Block: b, Events: events}); err != nil {
		return err
	}
	for _, e := range events {
		e, ok, err := fold.Effective(s, e)
		if err != nil {
			return err
		}
		if ok {
			s.take(e)
		}
	}
	s.head = &b
	if s.wanted[b.Number] {
		s.blocks[b.Number] = b
	}
	return nil
}

// Post implements fold.View.
func (s *State) Post(id graph.PostID) (graph.Address, string, bool, error) {
	p := s.postAt[id]
	if p == nil || p.removed != never {
		return graph.Address{}, "", false, nil
	}
	return p.author.address, p.last().cid.KeyString(), true, nil
}

// Earlier implements fold.View.
func (s *State) Earlier(id graph.PostID, contentID string) (bool, error) {
	if p := s.postAt[id]; p != nil {
		for _, v := range p.versions[:len(p.versions)-1] {
			if v.cid.KeyString() == contentID {
				return true, nil
			}
		}
	}
	return false, nil
}

// Edge implements fold.View.
func (s *State) Edge(kind fold.Edge, from, to graph.Address) (bool, error) {
	return s.related[edgeKey{kind, from, to}] != nil, nil
}

// Reacted implements fold.View.
func (s *State) Reacted(author graph.Address, subject graph.PostID, kind graph.ReactionKind) (bool, error) {
	return s.reacted[reactionKey{author, subject, kind}] != nil, nil
}

// Policy implements fold.View.
func (s *State) Policy(of graph.Address) (graph.Policy, error) {
	if p, ok := s.policies[of]; ok {
		return p, nil
	}
	return graph.PolicyOpen, nil
}

func (p *post) last() *version { return p.versions[len(p.versions)-1] }

// take records an effective event; what it ends stands at fold.Effective.
func (s *State) take(e graph.Event) {
	n, me := e.ID.Block, s.person(e.Author)
	if me.first == 0 {
		me.first, me.firstTime = n, e.Time
	}
	if p, ok := e.Action.Policy(); ok {
		s.policies[e.Author] = p
		return
	}
	switch e.Action {
	case graph.ActProfile:
		if k := len(me.profiles); k > 0 {
			me.profiles[k-1].To = n
		}
		v := s.name(e)
		v.profile = true
		me.profiles, me.imported = append(me.profiles, v), append(me.imported, e.Imported)
	case graph.ActPost:
		s.publish(e, me)
	case graph.ActEdit:
		p := s.postAt[e.Subject.ID]
		p.last().To = n
		p.versions = append(p.versions, s.name(e))
	case graph.ActRemove:
		p := s.postAt[e.Subject.ID]
		p.removed, p.last().To = n, n
	case graph.ActReact:
		s.react(e, me)
	case graph.ActUnreact:
		key := reactionKey{e.Author, e.Subject.ID, e.Reaction}
		s.reacted[key].To = n
		delete(s.reacted, key)
	default:
		s.relate(e)
	}
}

func (s *State) person(a graph.Address) *person {
	p := s.people[a]
	if p == nil {
		p = &person{address: a}
		s.people[a] = p
	}
	return p
}

// name makes the version that the event begins.
func (s *State) name(e graph.Event) *version {
	c := s.contents[e.CID]
	if c == nil {
		c = &content{cid: e.CID}
		s.contents[e.CID] = c
	}
	v := &version{Span: graph.Span{From: e.ID.Block, To: never}, content: c, at: e.ID, present: never}
	s.naming[e.ID] = v
	return v
}

func (s *State) publish(e graph.Event, me *person) {
	p := &post{id: e.ID, place: len(s.posts), author: me, time: e.Time, parent: e.Subject, quote: e.Quote, removed: never, versions: []*version{s.name(e)}}
	s.posts, s.postAt[p.id] = append(s.posts, p), p
	me.posts = append(me.posts, p)
	for i, r := range []graph.Ref{p.parent, p.quote} {
		if about := s.postAt[r.ID]; about != nil && (i == 0 || p.quote.ID != p.parent.ID) {
			about.answers = append(about.answers, p)
		}
	}
}

func (s *State) react(e graph.Event, me *person) {
	about := s.postAt[e.Subject.ID]
	r := &reaction{Span: graph.Span{From: e.ID.Block, To: never}, subject: about,
		Reaction: graph.Reaction{ID: e.ID, Author: e.Author, Subject: e.Subject.ID, Kind: e.Reaction, Time: e.Time}}
	s.reacted[reactionKey{e.Author, e.Subject.ID, e.Reaction}] = r
	s.reactions = append(s.reactions, r)
	me.reactions, about.reactions = append(me.reactions, r), append(about.reactions, r)
	if r.Kind == graph.Like {
		about.author.liked = append(about.author.liked, r)
	}
}

func (s *State) relate(e graph.Event) {
	fold.Relate(e, func(kind fold.Edge, from, to graph.Address) { s.begin(e, kind, from, to) },
		func(kind fold.Edge, from, to graph.Address) { s.end(e.ID.Block, kind, from, to) })
}

func (s *State) begin(e graph.Event, kind fold.Edge, from, to graph.Address) {
	r := &edge{Span: graph.Span{From: e.ID.Block, To: never}, Follow: graph.Follow{ID: e.ID, From: from, To: to, Time: e.Time}}
	s.related[edgeKey{kind, from, to}] = r
	a, b := s.person(from), s.person(to)
	a.out[kind], b.in[kind] = append(a.out[kind], r), append(b.in[kind], r)
}

// end ends the edge if there is one.
func (s *State) end(n uint64, kind fold.Edge, from, to graph.Address) {
	key := edgeKey{kind, from, to}
	if r := s.related[key]; r != nil {
		r.Span.To = n
		delete(s.related, key)
	}
}

// Contents are the CIDs that events name, each once, in no order.
func (s *State) Contents() []cid.Cid {
	all := make([]cid.Cid, 0, len(s.contents))
	for c := range s.contents {
		all = append(all, c)
	}
	return all
}

// Names is how many events name a content.
func (s *State) Names() int { return len(s.naming) }

// Provide takes a document that hashes to its CID; it may be called by many at once.
func (s *State) Provide(c cid.Cid, doc []byte) error {
	is := s.contents[c]
	if is == nil {
		return fmt.Errorf("no event names the content %s: provide those of Contents", c)
	}
	d := document{known: true}
	var e graph.Embedding
	if p, err := graph.ParsePost(doc); err == nil {
		d.post, e = &p, s.embed(p.Text)
	} else if p, err := graph.ParseProfile(doc); err == nil {
		d.profile = &p
	}
	s.providing.Lock()
	defer s.providing.Unlock()
	is.doc, is.embedding = d, e
	return nil
}

// Tell takes a node's word on what became of a content. What it says of events that
// changed nothing is passed over.
func (s *State) Tell(w graph.Shown) {
	s.told = true
	if v := s.naming[w.ID]; v != nil {
		v.present, v.digest, v.withheld = w.From, w.Embedding, w.Withheld
	}
}
