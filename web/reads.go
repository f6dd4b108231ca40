package web

import (
	"context"

	"candor/graph"
	"candor/zkcommit"

	"github.com/gofiber/fiber/v2"
	"github.com/ipfs/go-cid"
)

// Mirror is the index that pages of posts and people are read from.
type Mirror interface {
	Stats(context.Context) (graph.Stats, error)
	// Latest is the snapshot at the newest indexed block.
	Latest(context.Context) (Snapshot, error)
	// Past is the snapshot at one of the last graph.History blocks.
	Past(ctx context.Context, block uint64) (Snapshot, error)
}

// Snapshot is the mirror at one block, as far as pages of posts and people go.
type Snapshot interface {
	graph.Shelf
	Finder
	Block() graph.Block
	PostsByCID(c cid.Cid, limit int) ([]graph.Post, error)
	// ProfilesAfter lists profiles in the order of their addresses.
	ProfilesAfter(after graph.Address, limit int) ([]graph.Profile, error)
	AuthorTallies([]graph.Address) (map[graph.Address]graph.AuthorTally, error)
	Relations
	Prover
}

// Relations are who follows, asks to follow and blocks whom, and who may follow.
type Relations interface {
	Follows(graph.FollowQuery) ([]graph.Follow, error)
	Requests(graph.FollowQuery) ([]graph.Follow, error)
	BlockEdges(graph.FollowQuery) ([]graph.Follow, error)
	// Policies are those that are not open.
	Policies([]graph.Address) (map[graph.Address]graph.Policy, error)
}

// list is the shape of every list.
type list struct {
	Items  any    `json:"items"`
	Cursor string `json:"cursor"`
}

func (s *Server) feed(c *fiber.Ctx) error {
	params, names, err := values(c)
	if err != nil {
		return err
	}
	if err := known(c, append(names, "viewer", "ranker", "filter", "block", "limit", "cursor", "nonce")...); err != nil {
		return err
	}
	n, err := limit(c)
	if err != nil {
		return err
	}
	req := graph.Request{Ranker: c.Query("ranker"), Values: params, Limit: n, Cursor: c.Query("cursor")}
	if v := c.Query("viewer"); v != "" {
		if req.Viewer, err = address(v); err != nil {
			return err
		}
	}
	x, _, err := s.bearer(c)
	if err != nil {
		return err
	}
	req.Reader, req.Place = x.reader, s.place(c)
	for _, f := range c.Context().QueryArgs().PeekMulti("filter") {
		req.Filters = append(req.Filters, string(f))
	}
	if b := c.Query("block"); b != "" {
		n, err := number(b, "block")
		if err != nil {
			return err
		}
		req.Block = &n
	}
	if n := c.Query("nonce"); n != "" {
		if req.Nonce, err = hash(n, "a nonce"); err != nil {
			return err
		}
	}
	page, err := s.Feeds.Feed(c.UserContext(), req)
	if err != nil {
		return err
	}
	if page.Run.Proof == "proven" {
		kind, keys, err := s.keyOf(c, page.Run.ID)
		if err != nil {
			return err
		}
		if page.Run.Keys = keys; kind == "" { // as view says
			page.Run.Proof = string(zkcommit.Pending)
		}
	}
	if page.Run.Proof == string(zkcommit.Pending) {
		page.Run.Assurance = s.level(page.Run.Assurance)
	}
	for i := range page.Items {
		page.Items[i].Post = s.labelled([]graph.PostView{page.Items[i].Post})[0]
	}
	if !page.Run.Public {
		c.Set(fiber.HeaderCacheControl, "no-store")
	}
	return c.JSON(page)
}

func (s *Server) post(c *fiber.Ctx) error {
	snap, err := s.Mirror.Latest(c.UserContext())
	if err != nil {
		return err
	}
	p, err := findPost(snap, c.Params("id"))
	if err != nil {
		return err
	}
	replies, err := snap.Posts(graph.PostQuery{Parents: []graph.PostID{p.ID}, Limit: graph.MaxLimit})
	if err != nil {
		return err
	}
	posts := append([]graph.Post{*p}, replies...)
	if !p.Parent.IsZero() {
		parent, err := snap.Posts(graph.PostQuery{IDs: []graph.PostID{p.Parent.ID}, Limit: 1})
		if err != nil {
			return err
		}
		posts = append(posts, parent...)
	}
	views, err := graph.Views(snap, posts)
	if err != nil {
		return err
	}
	s.labelled(views)
	answer := struct {
		Post    graph.PostView   `json:"post"`
		Parent  *graph.PostView  `json:"parent"`
		Replies []graph.PostView `json:"replies"`
	}{views[0], nil, views[1 : 1+len(replies)]}
	if len(views) > 1+len(replies) {
		answer.Parent = &views[len(views)-1]
	}
	return c.JSON(answer)
}

// findPost takes a position or a CID; of several posts with one CID, the oldest.
func findPost(snap Snapshot, name string) (*graph.Post, error) {
	var posts []graph.Post
	id, err := graph.ParsePosition(name)
	if err == nil {
		posts, err = snap.Posts(graph.PostQuery{IDs: []graph.PostID{id}, Limit: 1})
	} else {
		var k cid.Cid
		if k, err = cid.Decode(name); err != nil {
			return nil, graph.Malformed("%.80q is neither a post id nor a CID: send block-transaction-log, such as 12-0-3, or a CID", name)
		}
		posts, err = snap.PostsByCID(k, graph.MaxLimit)
	}
	if err != nil {
		return nil, err
	}
	if len(posts) == 0 {
		return nil, graph.NotFound("there is no post %.80s", name)
	}
	return &posts[len(posts)-1], nil
}

func (s *Server) stats(c *fiber.Ctx) error {
	st, err := s.Mirror.Stats(c.UserContext())
	if err != nil {
		return err
	}
	runs, proven, err := s.Runs.CountRuns(c.UserContext())
	if err != nil {
		return err
	}
	share := 0.0
	if runs > 0 {
		share = float64(proven) / float64(runs)
	}
	aborts, err := s.Tickets.CountAborts(c.UserContext())
	if err != nil {
		return err
	}
	now := s.Proving.Standing()
	return c.JSON(struct {
		graph.Stats
		Finalized uint64  `json:"finalized"` // what stands in later blocks may still change
		Runs      uint64  `json:"runs"`
		Proven    uint64  `json:"proven"`
		Share     float64 `json:"shareProven"` // of 1
		Proving   string  `json:"proving"`     // which runs of this epoch are to be proved
		Rate      float64 `json:"provingRate"` // of 1
		Aborts    Aborts  `json:"aborts"`      // of tickets
	}{st, s.finalized(), runs, proven, share, now.Mode, now.Rate, abortsOf(aborts, "", runs)})
}

func (s *Server) chain(c *fiber.Ctx) error {
	facts, err := s.Chain(c.UserContext())
	if err != nil {
		return err
	}
	return c.JSON(facts)
}
