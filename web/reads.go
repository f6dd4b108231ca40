package web

import (
	"context"

	"candor/graph"

	"github.com/gofiber/fiber/v2"
	"github.com/ipfs/go-cid"
)

// Mirror is the index that pages of posts and people are read from.
type Mirror interface {
	Stats(context.Context) (graph.Stats, error)
	// Latest is the snapshot at the newest indexed block.
	Latest(context.Context) (Snapshot, error)
}

// Snapshot is the mirror at one block, as far as pages of posts and people go.
type Snapshot interface {
	graph.Shelf
	PostsByCID(c cid.Cid, limit int) ([]graph.Post, error)
	// ProfilesAfter lists profiles in the order of their addresses.
	ProfilesAfter(after graph.Address, limit int) ([]graph.Profile, error)
	AuthorTallies([]graph.Address) (map[graph.Address]graph.AuthorTally, error)
}

// list is the shape of every list.
type list struct {
	Items  any    `json:"items"`
	Cursor string `json:"cursor"`
}

// profileView is a person.
type profileView struct {
	ID          graph.Address `json:"id"`
	Address     graph.Address `json:"address"`
	Name        string        `json:"name"`
	Description string        `json:"description"`
	CID         string        `json:"cid"`
	Imported    bool          `json:"imported"`
	Followers   uint32        `json:"followers"`
	Following   uint32        `json:"following"`
	Posts       uint32        `json:"posts"`
	FirstSeen   uint64        `json:"firstSeen"` // seconds
}

func (s *Server) feed(c *fiber.Ctx) error {
	if err := known(c, "viewer", "ranker", "filter", "block", "limit", "cursor"); err != nil {
		return err
	}
	n, err := limit(c)
	if err != nil {
		return err
	}
	req := graph.Request{Ranker: c.Query("ranker"), Limit: n, Cursor: c.Query("cursor")}
	if v := c.Query("viewer"); v != "" {
		if req.Viewer, err = address(v); err != nil {
			return err
		}
	}
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
	page, err := s.Feeds.Feed(c.UserContext(), req)
	if err != nil {
		return err
	}
	if page.Run.Proof == "proven" {
		if _, page.Run.Keys, err = s.keyOf(c, page.Run.ID); err != nil {
			return err
		}
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

func (s *Server) profiles(c *fiber.Ctx) error {
	if err := known(c, "limit", "cursor"); err != nil {
		return err
	}
	n, err := limit(c)
	if err != nil {
		return err
	}
	var after graph.Address
	if cur := c.Query("cursor"); cur != "" {
		if after, err = address(cur); err != nil {
			return err
		}
	}
	snap, err := s.Mirror.Latest(c.UserContext())
	if err != nil {
		return err
	}
	people, err := snap.ProfilesAfter(after, n)
	if err != nil {
		return err
	}
	views, err := profileViews(snap, people)
	if err != nil {
		return err
	}
	out := list{Items: views}
	if len(people) == n {
		out.Cursor = people[n-1].Address.Hex()
	}
	return c.JSON(out)
}

func profileViews(snap Snapshot, people []graph.Profile) ([]profileView, error) {
	addrs := make([]graph.Address, len(people))
	for i, p := range people {
		addrs[i] = p.Address
	}
	tallies, err := snap.AuthorTallies(addrs)
	if err != nil {
		return nil, err
	}
	views := make([]profileView, len(people))
	for i, p := range people {
		t := tallies[p.Address]
		views[i] = profileView{ID: p.Address, Address: p.Address, Name: p.Content.DisplayName, Description: p.Content.Description,
			Imported: p.Imported, Followers: t.Followers, Following: t.Following, Posts: t.Posts, FirstSeen: t.FirstSeen}
		if p.CID.Defined() {
			views[i].CID = p.CID.String()
		}
	}
	return views, nil
}

func (s *Server) profile(c *fiber.Ctx) error {
	if err := known(c, "limit", "cursor"); err != nil {
		return err
	}
	who, err := address(c.Params("address"))
	if err != nil {
		return err
	}
	n, err := limit(c)
	if err != nil {
		return err
	}
	q := graph.PostQuery{Authors: []graph.Address{who}, Limit: n}
	if cur := c.Query("cursor"); cur != "" {
		if q.Before, err = graph.ParsePosition(cur); err != nil {
			return graph.Malformed("the cursor %.80q is not one of this node: send the cursor of the page before, or none", cur)
		}
	}
	snap, err := s.Mirror.Latest(c.UserContext())
	if err != nil {
		return err
	}
	people, err := snap.Profiles([]graph.Address{who})
	if err != nil {
		return err
	}
	posts, err := snap.Posts(q)
	if err != nil {
		return err
	}
	if len(people) == 0 {
		// Whoever acts on the chain is somebody, also without a profile.
		people = []graph.Profile{{Address: who}}
	}
	views, err := profileViews(snap, people)
	if err != nil {
		return err
	}
	shown, err := graph.Views(snap, posts)
	if err != nil {
		return err
	}
	answer := struct {
		Profile profileView `json:"profile"`
		list
	}{views[0], list{Items: shown}}
	if len(posts) == n {
		answer.Cursor = posts[n-1].ID.String()
	}
	return c.JSON(answer)
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
	return c.JSON(struct {
		graph.Stats
		Runs   uint64 `json:"runs"`
		Proven uint64 `json:"proven"`
	}{st, runs, proven})
}

func (s *Server) chain(c *fiber.Ctx) error {
	facts, err := s.Chain(c.UserContext())
	if err != nil {
		return err
	}
	return c.JSON(facts)
}
