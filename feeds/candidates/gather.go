package candidates

import (
	"fmt"

	"candor/graph"
)

// Graph is what the rule asks of who did what.
type Graph interface {
	Block() graph.Block
	Posts(graph.PostQuery) ([]graph.Post, error)
	Follows(graph.FollowQuery) ([]graph.Follow, error)
	Reactions(graph.ReactionQuery) ([]graph.Reaction, error)
	BlockEdges(graph.FollowQuery) ([]graph.Follow, error)
}

// Index is what it asks of all posts and people at once.
type Index interface {
	Profiles([]graph.Address) ([]graph.Profile, error)
	Trending(since uint64, limit int) ([]graph.PostID, error)
	Near(e *graph.Embedding, limit int) ([]graph.PostID, error)
}

// Snapshot is the mirror at one block.
type Snapshot interface {
	Graph
	Index
}

// Params are the numbers of the rule.
type Params struct {
	Pool     int // candidates at most
	Run      int // candidates below which replies fill up
	Least    int // candidates below which own posts fill up
	Source   int // posts that circle, near and trending offer at most
	Circle   int // people followed last who make the circle
	Reads    int // newest reactions that are read of the viewer and of the circle
	Trending int // trending posts before the newest, without a viewer
}

// Default is the rule's numbers as they ship.
func Default() Params {
	return Params{Pool: 256, Run: 64, Least: 30, Source: 64, Circle: 500, Reads: 512, Trending: 32}
}

// quota is the order in which sources take 16 places.
var quota = [16]graph.Source{
	graph.FromFollowing, graph.FromCircle, graph.FromNear, graph.FromFollowing,
	graph.FromTrending, graph.FromFollowing, graph.FromCircle, graph.FromNear,
	graph.FromFollowing, graph.FromTrending, graph.FromFollowing, graph.FromNewest,
	graph.FromCircle, graph.FromNear, graph.FromFollowing, graph.FromTrending,
}

// Gather makes the pool. It fails only when the snapshot does.
func Gather(s Snapshot, viewer graph.Address, p Params) ([]graph.Candidate, error) {
	g := &gathering{snap: s, params: p, viewer: viewer, now: s.Block().Time,
		engaged: map[graph.PostID]bool{}, followed: map[graph.Address]bool{},
		authors: map[graph.Address]author{}, lists: map[graph.Source][]graph.Post{}, sources: map[graph.PostID]graph.Source{}}
	steps := []func() error{g.trending, g.newest}
	if viewer != (graph.Address{}) {
		steps = []func() error{g.following, g.readEngaged, g.circle, g.near, g.trending, g.newest}
	}
	for _, step := range steps {
		if err := step(); err != nil {
			return nil, fmt.Errorf("the candidates at block %d: %w", s.Block().Number, err)
		}
	}
	if viewer == (graph.Address{}) {
		hot := g.lists[graph.FromTrending]
		g.take(hot[:min(p.Trending, len(hot))]...)
		g.take(g.lists[graph.FromNewest]...)
		g.take(hot...)
	} else {
		g.interleave()
	}
	return g.pool, g.fill()
}

// interleave merges the lists by quotas until they or the pool are exhausted.
func (g *gathering) interleave() {
	next := map[graph.Source]int{}
	for idle := 0; idle < len(quota) && len(g.pool) < g.params.Pool; {
		idle = 0
		for _, source := range quota {
			list := g.lists[source]
			for next[source] < len(list) && g.taken(list[next[source]]) {
				next[source]++
			}
			if next[source] == len(list) {
				idle++
				continue
			}
			g.take(list[next[source]])
		}
	}
}

// fill adds the newest replies until one run is full, and own posts when
// otherwise not even the least would be reached.
func (g *gathering) fill() error {
	if len(g.pool) >= g.params.Run {
		return nil
	}
	posts, err := g.snap.Posts(graph.PostQuery{Limit: g.params.Pool})
	if err != nil {
		return err
	}
	if err := g.meet(posts); err != nil {
		return err
	}
	var own []graph.Post
	for _, p := range posts {
		switch who := g.authors[p.Author]; {
		case len(g.pool) >= g.params.Run:
			return nil
		case p.Status != graph.Present:
		case p.Author == g.viewer:
			own = append(own, p)
		case who.blocked || who.hidden:
		default:
			g.mark(p, graph.FromNewest)
			g.take(p)
		}
	}
	if n := len(g.pool); n < g.params.Least && n+len(own) >= g.params.Least {
		for _, p := range own[:g.params.Least-n] {
			g.mark(p, graph.FromNewest)
			g.take(p)
		}
	}
	return nil
}

func (g *gathering) taken(p graph.Post) bool { return g.sources[p.ID]&inPool != 0 }

// inPool marks in sources what is in the pool; it is no source.
const inPool graph.Source = 1 << 7

// take appends posts that are not in the pool yet, while it has room.
func (g *gathering) take(posts ...graph.Post) {
	for _, p := range posts {
		if g.taken(p) || len(g.pool) >= g.params.Pool {
			continue
		}
		source := g.sources[p.ID]
		if g.followed[p.Author] {
			source |= graph.FromFollowing
		}
		g.sources[p.ID] |= inPool
		g.pool = append(g.pool, graph.Candidate{Author: p.Author, Post: p.ID, Source: source})
	}
}
