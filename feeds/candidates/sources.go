package candidates

import (
	"cmp"
	"slices"

	"candor/graph"
	"candor/graph/embed"
)

const hour = 3_600

// windows of trending, in seconds, one after the other while posts are missing;
// 0 is all time.
var windows = [...]uint64{48 * hour, 7 * 24 * hour, 30 * 24 * hour, 0}

// gathering is one pool in the making.
type gathering struct {
	snap   Snapshot
	params Params
	viewer graph.Address
	now    uint64

	circled  []graph.Address        // whom the viewer follows, latest first
	followed map[graph.Address]bool // the same as a set
	authors  map[graph.Address]author
	engaged  map[graph.PostID]bool // what the viewer engaged with lately
	centre   graph.Embedding       // the mean of it
	lists    map[graph.Source][]graph.Post
	sources  map[graph.PostID]graph.Source
	pool     []graph.Candidate
}

// author is what decides where a person's posts may come from.
type author struct {
	blocked bool // the viewer blocks it or it the viewer
	hidden  bool // it wants to be recommended to nobody
}

// meet learns of the posts' authors that are new. The limits are those of complete
// answers: there is one edge a direction and pair.
func (g *gathering) meet(posts []graph.Post) error {
	var fresh []graph.Address
	for _, p := range posts {
		if _, known := g.authors[p.Author]; !known {
			g.authors[p.Author] = author{}
			fresh = append(fresh, p.Author)
		}
	}
	if len(fresh) == 0 {
		return nil
	}
	people, err := g.snap.Profiles(fresh)
	if err != nil {
		return err
	}
	for _, p := range people {
		a := g.authors[p.Address]
		a.hidden = p.Content.HideFromAlgorithmicRecommendations
		g.authors[p.Address] = a
	}
	if g.viewer == (graph.Address{}) {
		return nil
	}
	me := []graph.Address{g.viewer}
	for _, q := range []graph.FollowQuery{{From: me, To: fresh, Limit: len(fresh)}, {From: fresh, To: me, Limit: len(fresh)}} {
		blocks, err := g.snap.BlockEdges(q)
		if err != nil {
			return err
		}
		for _, b := range blocks {
			who := b.To
			if who == g.viewer {
				who = b.From
			}
			a := g.authors[who]
			a.blocked = true
			g.authors[who] = a
		}
	}
	return nil
}

// mark notes that a source offers the post.
func (g *gathering) mark(p graph.Post, source graph.Source) { g.sources[p.ID] |= source }

// offer adds a post, whose author is met, to a source's list, if it may be a
// candidate from there.
func (g *gathering) offer(source graph.Source, p graph.Post) {
	bare := source == graph.FromFollowing || source == graph.FromNewest
	switch who := g.authors[p.Author]; {
	case p.Author == g.viewer:
		return
	case who.blocked, who.hidden && source != graph.FromFollowing:
		return
	case p.Status != graph.Present && (p.Status != graph.Unavailable || !bare):
		return
	case g.engaged[p.ID] && !bare:
		return
	}
	g.mark(p, source)
	g.lists[source] = append(g.lists[source], p)
}

func (g *gathering) following() error {
	follows, err := g.snap.Follows(graph.FollowQuery{From: []graph.Address{g.viewer}, Limit: g.params.Circle})
	if err != nil || len(follows) == 0 {
		return err
	}
	for _, f := range follows {
		g.circled = append(g.circled, f.To)
		g.followed[f.To] = true
	}
	posts, err := g.snap.Posts(graph.PostQuery{Authors: g.circled, Limit: g.params.Pool})
	if err == nil {
		err = g.meet(posts)
	}
	for _, p := range posts {
		g.offer(graph.FromFollowing, p)
	}
	return err
}

// act is what somebody did to a post: reacted, answered, quoted.
type act struct{ at, post graph.PostID }

// acts are the newest acts of the people, newest first.
func (g *gathering) acts(people []graph.Address, posts []graph.Post) ([]act, error) {
	reactions, err := g.snap.Reactions(graph.ReactionQuery{Authors: people, Limit: g.params.Reads})
	var all []act
	for _, r := range reactions {
		all = append(all, act{r.ID, r.Subject})
	}
	for _, p := range posts {
		for _, r := range []graph.Ref{p.Parent, p.Quote} {
			if !r.IsZero() {
				all = append(all, act{p.ID, r.ID})
			}
		}
	}
	slices.SortStableFunc(all, func(a, b act) int { return b.at.Compare(a.at) })
	return all, err
}

// subjects are the different posts of the acts, in their order, at most limit.
func subjects(acts []act, limit int) (ids []graph.PostID) {
	seen := map[graph.PostID]bool{}
	for _, a := range acts {
		if !seen[a.post] && len(ids) < limit {
			seen[a.post] = true
			ids = append(ids, a.post)
		}
	}
	return ids
}

// posts reads posts by id and keeps the order of the ids.
func (g *gathering) posts(ids []graph.PostID) ([]graph.Post, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	place := make(map[graph.PostID]int, len(ids))
	for i, id := range ids {
		place[id] = i
	}
	posts, err := g.snap.Posts(graph.PostQuery{IDs: ids, Limit: len(ids)})
	slices.SortFunc(posts, func(a, b graph.Post) int { return cmp.Compare(place[a.ID], place[b.ID]) })
	return posts, err
}

// readEngaged finds what the viewer engaged with lately, and its centre.
func (g *gathering) readEngaged() error {
	me := []graph.Address{g.viewer}
	own, err := g.snap.Posts(graph.PostQuery{Authors: me, Limit: g.params.Source})
	if err != nil {
		return err
	}
	acts, err := g.acts(me, own)
	if err != nil {
		return err
	}
	for _, a := range acts {
		g.engaged[a.post] = true
	}
	posts, err := g.posts(subjects(acts, g.params.Source))
	of := make([]graph.Embedding, 0, len(posts))
	for _, p := range posts {
		of = append(of, p.Embedding)
	}
	g.centre = embed.Mean(of)
	return err
}

func (g *gathering) circle() error {
	if len(g.circled) == 0 {
		return nil
	}
	acts, err := g.acts(g.circled, g.lists[graph.FromFollowing])
	if err != nil {
		return err
	}
	posts, err := g.posts(subjects(acts, 2*g.params.Source))
	if err != nil {
		return err
	}
	return g.rootsFirst(graph.FromCircle, posts)
}

func (g *gathering) near() error {
	if g.centre == (graph.Embedding{}) {
		return nil
	}
	ids, err := g.snap.Near(&g.centre, 2*g.params.Source+len(g.engaged))
	if err != nil {
		return err
	}
	posts, err := g.posts(ids)
	if err != nil {
		return err
	}
	return g.rootsFirst(graph.FromNear, posts)
}

// rootsFirst offers root posts, then replies, each in their order.
func (g *gathering) rootsFirst(source graph.Source, posts []graph.Post) error {
	if err := g.meet(posts); err != nil {
		return err
	}
	for _, replies := range []bool{false, true} {
		for _, p := range posts {
			if p.Parent.IsZero() != replies && len(g.lists[source]) < g.params.Source {
				g.offer(source, p)
			}
		}
	}
	return nil
}

func (g *gathering) trending() error {
	seen := map[graph.PostID]bool{}
	for _, w := range windows {
		since := uint64(0)
		if w > 0 && g.now > w {
			since = g.now - w
		}
		ids, err := g.snap.Trending(since, g.params.Source+len(seen)+len(g.engaged))
		if err != nil {
			return err
		}
		ids = slices.DeleteFunc(ids, func(id graph.PostID) bool { return seen[id] })
		posts, err := g.posts(ids)
		if err == nil {
			err = g.meet(posts)
		}
		if err != nil {
			return err
		}
		for _, p := range posts {
			seen[p.ID] = true
			if len(g.lists[graph.FromTrending]) < g.params.Source {
				g.offer(graph.FromTrending, p)
			}
		}
		if len(g.lists[graph.FromTrending]) >= g.params.Source {
			break
		}
	}
	return nil
}

func (g *gathering) newest() error {
	posts, err := g.snap.Posts(graph.PostQuery{Roots: true, Limit: g.params.Pool})
	if err == nil {
		err = g.meet(posts)
	}
	for _, p := range posts {
		g.offer(graph.FromNewest, p)
	}
	return err
}
