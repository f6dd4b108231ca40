package web

import (
	"candor/graph"

	"github.com/gofiber/fiber/v2"
)

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
	Policy      string        `json:"policy"`    // who may follow: open, approval or closed
	// Hidden asks feeds to show the person's posts to its followers only.
	Hidden bool `json:"hideFromAlgorithmicRecommendations"`
}

// relationView is what is between a viewer and a person.
type relationView struct {
	Follows    bool `json:"follows"`   // the viewer follows
	Requested  bool `json:"requested"` // the viewer asked to follow and has no answer
	Blocks     bool `json:"blocks"`    // the viewer blocks
	FollowedBy bool `json:"followedBy"`
	BlockedBy  bool `json:"blockedBy"`
}

// requestView is somebody who asks to follow.
type requestView struct {
	ID      graph.Position `json:"id"`
	Time    uint64         `json:"time"` // seconds
	Profile profileView    `json:"profile"`
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
	policies, err := snap.Policies(addrs)
	if err != nil {
		return nil, err
	}
	views := make([]profileView, len(people))
	for i, p := range people {
		t := tallies[p.Address]
		views[i] = profileView{ID: p.Address, Address: p.Address, Name: p.Content.DisplayName, Description: p.Content.Description,
			Imported: p.Imported, Followers: t.Followers, Following: t.Following, Posts: t.Posts, FirstSeen: t.FirstSeen,
			Policy: graph.PolicyOpen.String(), Hidden: p.Content.HideFromAlgorithmicRecommendations}
		if policy, set := policies[p.Address]; set {
			views[i].Policy = policy.String()
		}
		if p.CID.Defined() {
			views[i].CID = p.CID.String()
		}
	}
	return views, nil
}

func (s *Server) profile(c *fiber.Ctx) error {
	if err := known(c, "viewer", "limit", "cursor"); err != nil {
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
	people, err := everybody(snap, []graph.Address{who})
	if err != nil {
		return err
	}
	posts, err := snap.Posts(q)
	if err != nil {
		return err
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
		Profile  profileView   `json:"profile"`
		Relation *relationView `json:"relation"` // null without a viewer
		list
	}{views[0], nil, list{Items: s.labelled(shown)}}
	if v := c.Query("viewer"); v != "" {
		viewer, err := address(v)
		if err != nil {
			return err
		}
		if answer.Relation, err = relation(snap, viewer, who); err != nil {
			return err
		}
	}
	if len(posts) == n {
		answer.Cursor = posts[n-1].ID.String()
	}
	return c.JSON(answer)
}

// everybody is the profiles of the addresses, in their order. Whoever acts on the
// chain is somebody, also without a profile.
func everybody(snap Snapshot, addrs []graph.Address) ([]graph.Profile, error) {
	known, err := snap.Profiles(addrs)
	if err != nil {
		return nil, err
	}
	of := make(map[graph.Address]graph.Profile, len(known))
	for _, p := range known {
		of[p.Address] = p
	}
	all := make([]graph.Profile, len(addrs))
	for i, a := range addrs {
		all[i] = of[a]
		all[i].Address = a
	}
	return all, nil
}

func relation(snap Snapshot, viewer, who graph.Address) (*relationView, error) {
	out := &relationView{}
	for _, q := range []struct {
		into     *bool
		ask      func(graph.FollowQuery) ([]graph.Follow, error)
		from, to graph.Address
	}{
		{&out.Follows, snap.Follows, viewer, who}, {&out.FollowedBy, snap.Follows, who, viewer}, {&out.Requested, snap.Requests, viewer, who},
		{&out.Blocks, snap.BlockEdges, viewer, who}, {&out.BlockedBy, snap.BlockEdges, who, viewer},
	} {
		edges, err := q.ask(graph.FollowQuery{From: []graph.Address{q.from}, To: []graph.Address{q.to}, Limit: 1})
		if err != nil {
			return nil, err
		}
		*q.into = len(edges) > 0
	}
	return out, nil
}

// mostRequests is how many unanswered requests of one person are listed: the newest.
// Those behind them come when some are answered.
const mostRequests = 10_000

// requests lists who asks to follow the person, newest first.
func (s *Server) requests(c *fiber.Ctx) error {
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
	var before graph.Position
	if cur := c.Query("cursor"); cur != "" {
		if before, err = graph.ParsePosition(cur); err != nil {
			return graph.Malformed("the cursor %.80q is not one of this list: send the cursor of the page before, or none", cur)
		}
	}
	snap, err := s.Mirror.Latest(c.UserContext())
	if err != nil {
		return err
	}
	all, err := snap.Requests(graph.FollowQuery{To: []graph.Address{who}, Limit: mostRequests})
	if err != nil {
		return err
	}
	for len(all) > 0 && !before.IsZero() && all[0].ID.Compare(before) >= 0 {
		all = all[1:]
	}
	page := all[:min(n, len(all))]
	addrs := make([]graph.Address, len(page))
	for i, r := range page {
		addrs[i] = r.From
	}
	people, err := everybody(snap, addrs)
	if err != nil {
		return err
	}
	views, err := profileViews(snap, people)
	if err != nil {
		return err
	}
	items := make([]requestView, len(page))
	for i, r := range page {
		items[i] = requestView{ID: r.ID, Time: r.Time, Profile: views[i]}
	}
	out := list{Items: items}
	if len(all) > n {
		out.Cursor = page[n-1].ID.String()
	}
	return c.JSON(out)
}
