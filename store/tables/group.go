package tables

import (
	"fmt"
	"slices"

	"github.com/ipfs/go-cid"

	"candor/graph"
	"candor/graph/fold"
)

// group is some blocks on their way into the tables: the part of the state that
// their events ask for, read before, with what the events make of it. It is the
// fold.View of the state before each event. Nothing is written meanwhile.
type group struct {
	embed func(string) graph.Embedding

	posts     map[graph.PostID]*post
	earlier   map[content]bool // contents that a post had before, as the tables know
	versions  map[cid.Cid][]*version
	edges     map[edgeKey]*row
	policies  map[graph.Address]*policy
	reactions map[reactionKey]*row
	profiles  map[graph.Address]*profile
	named     map[cid.Cid][]*profile
	accounts  map[graph.Address]bool
	withheld  curtain

	twins  [3]map[cid.Cid]bool // by kind: contents that a standing row not in here shows
	stored map[cid.Cid]bool    // contents whose document is kept
	parsed map[cid.Cid]*parsed
	known  map[cid.Cid]graph.Embedding // embeddings of documents that are kept

	changed
}

// Kinds of documents.
const (
	aPost    = 1
	aProfile = 2
)

// row is where a row stands: new, or in the tables and perhaps to be changed.
type row struct {
	id      graph.Position
	to      uint64 // the block at which it ends
	stored  bool
	touched bool
}

func (r *row) open() bool { return r != nil && r.to == never }

type content struct {
	post graph.PostID
	cid  cid.Cid
}

type edgeKey struct {
	kind     fold.Edge
	from, to graph.Address
}

type reactionKey struct {
	author  graph.Address
	subject graph.PostID
	kind    graph.ReactionKind
}

type policy struct {
	row
	policy graph.Policy
}

// post is a post with its first content and the one that stands.
type post struct {
	row           // to is the block of the removal
	author        graph.Address
	time          uint64
	parent, quote graph.Ref
	first         version
	edited        uint64 // the block of the first edit
	now           *version
	seen          bool // it may be in the index of vectors
}

// version is one content of a post. Its row's id is the post's for the first, the
// edit's for others.
type version struct {
	row
	post    *post
	cid     cid.Cid
	present uint64
	digest  *graph.Hash
}

func (v *version) shown() bool { return v.to == never && v.present != never }

type profile struct {
	row
	address  graph.Address
	cid      cid.Cid
	imported bool
	present  uint64
}

// Post implements fold.View.
func (g *group) Post(id graph.PostID) (graph.Address, string, bool, error) {
	p := g.posts[id]
	if p == nil || p.to != never {
		return graph.Address{}, "", false, nil
	}
	return p.author, p.now.cid.KeyString(), true, nil
}

// Earlier implements fold.View.
func (g *group) Earlier(id graph.PostID, contentID string) (bool, error) {
	c, err := cid.Cast([]byte(contentID))
	if err != nil {
		return false, fmt.Errorf("read the CID of a reference to post %s: %w", id, err)
	}
	return g.earlier[content{id, c}], nil
}

// Edge implements fold.View.
func (g *group) Edge(kind fold.Edge, from, to graph.Address) (bool, error) {
	return g.edges[edgeKey{kind, from, to}].open(), nil
}

// Policy implements fold.View.
func (g *group) Policy(of graph.Address) (graph.Policy, error) {
	if p := g.policies[of]; p != nil {
		return p.policy, nil
	}
	return graph.PolicyOpen, nil
}

// Reacted implements fold.View.
func (g *group) Reacted(author graph.Address, subject graph.PostID, kind graph.ReactionKind) (bool, error) {
	return g.reactions[reactionKey{author, subject, kind}].open(), nil
}

// block takes one block's events and contents.
func (g *group) block(b graph.Batch) error {
	n := b.Block.Number
	for _, e := range b.Events {
		e, ok, err := fold.Effective(g, e)
		if err == nil && ok {
			err = g.take(e)
		}
		if err != nil {
			return fmt.Errorf("event %s: %w", e.ID, err)
		}
	}
	if err := g.contents(b); err != nil {
		return err
	}
	g.veil(b)
	g.settle(n)
	return nil
}

// take records one effective event.
func (g *group) take(e graph.Event) error {
	n := e.ID.Block
	if !g.accounts[e.Author] {
		g.accounts[e.Author] = true
		g.newAccounts = append(g.newAccounts, []any{slices.Clone(e.Author[:]), pos(e.ID), seconds(e.Time)})
	}
	if set, ok := e.Action.Policy(); ok {
		g.setPolicy(e, set)
		return nil
	}
	switch e.Action {
	case graph.ActProfile:
		g.setProfile(e)
	case graph.ActFollow, graph.ActRequest, graph.ActApprove, graph.ActUnfollow, graph.ActRefuse, graph.ActBlock, graph.ActUnblock:
		fold.Relate(e, func(kind fold.Edge, from, to graph.Address) { g.begin(e, kind, from, to) },
			func(kind fold.Edge, from, to graph.Address) { g.end(n, kind, from, to) })
	case graph.ActPost:
		g.publish(e)
	case graph.ActEdit:
		g.edit(g.posts[e.Subject.ID], e)
	case graph.ActRemove:
		p := g.posts[e.Subject.ID]
		p.to, p.touched = n, true
		g.outdate(p, n)
	case graph.ActReact:
		r := &row{id: e.ID, to: never}
		g.reactions[reactionKey{e.Author, e.Subject.ID, e.Reaction}] = r
		g.newReactions = append(g.newReactions, reaction{r, e, g.posts[e.Subject.ID].author})
	case graph.ActUnreact:
		g.close(g.reactions[reactionKey{e.Author, e.Subject.ID, e.Reaction}], n, &g.endedReactions)
	default:
		return fmt.Errorf("the store does not know the action %s", e.Action)
	}
	return nil
}

// close ends a row, and notes it when the tables have it.
func (g *group) close(r *row, n uint64, ended *[]*row) {
	r.to = n
	if r.stored {
		*ended = append(*ended, r)
	}
}

func (g *group) begin(e graph.Event, kind fold.Edge, from, to graph.Address) {
	r := &row{id: e.ID, to: never}
	g.edges[edgeKey{kind, from, to}] = r
	g.newEdges = append(g.newEdges, edge{r, kind, from, to, e.Time})
}

// end ends the edge if there is one.
func (g *group) end(n uint64, kind fold.Edge, from, to graph.Address) {
	if r := g.edges[edgeKey{kind, from, to}]; r.open() {
		g.close(r, n, &g.endedEdges)
	}
}

func (g *group) setPolicy(e graph.Event, set graph.Policy) {
	if old := g.policies[e.Author]; old != nil {
		g.close(&old.row, e.ID.Block, &g.endedPolicies)
	}
	p := &policy{row{id: e.ID, to: never}, set}
	g.policies[e.Author] = p
	g.newPolicies = append(g.newPolicies, newPolicy{p, e.Author})
}

func (g *group) setProfile(e graph.Event) {
	if old := g.profiles[e.Author]; old != nil {
		old.to, old.touched = e.ID.Block, true
		g.expire(old.cid, old.to)
	}
	p := &profile{row: row{id: e.ID, to: never}, address: e.Author, cid: e.CID, imported: e.Imported, present: never}
	g.profiles[e.Author] = p
	g.named[p.cid] = append(g.named[p.cid], p)
	g.allProfiles = append(g.allProfiles, p)
}

func (g *group) publish(e graph.Event) {
	p := &post{row: row{id: e.ID, to: never}, author: e.Author, time: e.Time, parent: e.Subject, quote: e.Quote, edited: never}
	p.first = version{row: row{id: e.ID, to: never}, post: p, cid: e.CID, present: never}
	p.now = &p.first
	g.posts[p.id] = p
	g.allPosts = append(g.allPosts, p)
	g.versions[e.CID] = append(g.versions[e.CID], p.now)
	g.moved(p)
}

func (g *group) edit(p *post, e graph.Event) {
	n := e.ID.Block
	g.outdate(p, n)
	if p.now == &p.first {
		p.edited, p.touched = n, true
	}
	g.earlier[content{p.id, p.now.cid}] = true
	p.now = &version{row: row{id: e.ID, to: never}, post: p, cid: e.CID, present: never}
	g.allEdits = append(g.allEdits, p.now)
	g.versions[e.CID] = append(g.versions[e.CID], p.now)
}

// outdate ends the post's present content.
func (g *group) outdate(p *post, n uint64) {
	p.now.to, p.now.touched = n, true
	g.expire(p.now.cid, n)
	g.moved(p)
}
