package features

import (
	"fmt"

	"candor/graph"
)

// Graph is what the features ask of who did what.
type Graph interface {
	Block() graph.Block
	Posts(graph.PostQuery) ([]graph.Post, error)
	Follows(graph.FollowQuery) ([]graph.Follow, error)
	Reactions(graph.ReactionQuery) ([]graph.Reaction, error)
}

// Tallies is what they ask of how often.
type Tallies interface {
	PostTallies(ids []graph.PostID, since uint64) (map[graph.PostID]graph.PostTally, error)
	AuthorTallies([]graph.Address) (map[graph.Address]graph.AuthorTally, error)
	Paces(ids []graph.PostID, since uint64) (map[graph.PostID]graph.Pace, error)
}

// Snapshot is the mirror at one block.
type Snapshot interface {
	Graph
	Tallies
}

// scene is what the snapshot says of the candidates.
type scene struct {
	now       uint64
	posts     map[graph.PostID]*graph.Post // candidates
	authorOf  map[graph.PostID]graph.Address
	total     map[graph.PostID]graph.PostTally
	lastWeek  map[graph.PostID]graph.PostTally
	lastDay   map[graph.PostID]graph.PostTally
	lastHour  map[graph.PostID]graph.PostTally
	authors   map[graph.Address]graph.AuthorTally
	paces     map[graph.PostID]graph.Pace
	sides     *sides
	followed  map[graph.Address]bool // by the viewer
	following map[graph.Address]bool // the viewer
	second    map[graph.Address]uint64
	reactions map[graph.PostID][]graph.Reaction // by the circle
}

// Build makes a row of the schema for each candidate, in their order. It fails when the
// snapshot does, when a candidate is no post of the snapshot, and for a schema of which
// this version makes no rows.
func Build(schema graph.Hash, s Snapshot, who graph.Address, cands []graph.Candidate) ([]graph.Row, error) {
	width, err := Width(schema)
	if err != nil || len(cands) == 0 {
		return nil, err
	}
	v := &viewer{}
	if who != (graph.Address{}) {
		if v, err = readViewer(s, who); err != nil {
			return nil, fmt.Errorf("the viewer's part of the features: %w", err)
		}
	}
	sc, err := readScene(s, v, cands)
	if err != nil {
		return nil, fmt.Errorf("the posts' part of the features: %w", err)
	}
	rows := make([]graph.Row, len(cands))
	for i, c := range cands {
		p := sc.posts[c.Post]
		if p == nil {
			return nil, fmt.Errorf("post %s is not in the mirror at block %d: ask for candidates of that block", c.Post, s.Block().Number)
		}
		rows[i] = make(graph.Row, width)
		row := (*graph.FeatureVector)(rows[i])
		sc.time(row, p)
		sc.engagement(row, p)
		sc.author(row, p)
		sc.relations(row, v, p)
		Text(row, p.Content)
		row[Reply] = truth(!p.Parent.IsZero())
		row[Quote] = truth(!p.Quote.IsZero())
		row[Available] = truth(p.Status == graph.Present)
		v.fill(row, p)
		for bit, place := range []int{SourceFollowing, SourceCircle, SourceNear, SourceTrending, SourceNewest} {
			row[place] = truth(c.Source&(1<<bit) != 0)
		}
		if schema == wide {
			copy(rows[i][graph.Features:], p.Embedding[:])
		}
	}
	return rows, nil
}

func readScene(s Snapshot, v *viewer, cands []graph.Candidate) (*scene, error) {
	sc := &scene{now: s.Block().Time, posts: map[graph.PostID]*graph.Post{}, authorOf: map[graph.PostID]graph.Address{}}
	ids := make([]graph.PostID, len(cands))
	for i, c := range cands {
		ids[i] = c.Post
	}
	posts, err := s.Posts(graph.PostQuery{IDs: ids, Limit: len(ids)})
	if err != nil {
		return nil, err
	}
	var parents []graph.PostID
	for i := range posts {
		p := &posts[i]
		sc.posts[p.ID], sc.authorOf[p.ID] = p, p.Author
		for _, r := range []graph.Ref{p.Parent, p.Quote} {
			if !r.IsZero() {
				parents = append(parents, r.ID)
			}
		}
	}
	if len(parents) > 0 {
		about, err := s.Posts(graph.PostQuery{IDs: parents, Limit: len(parents)})
		if err != nil {
			return nil, err
		}
		for _, p := range about {
			sc.authorOf[p.ID] = p.Author
		}
	}
	for _, t := range []struct {
		into  *map[graph.PostID]graph.PostTally
		since uint64
	}{{&sc.total, 0}, {&sc.lastWeek, ago(sc.now, week)}, {&sc.lastDay, ago(sc.now, day)}, {&sc.lastHour, ago(sc.now, hour)}} {
		if *t.into, err = s.PostTallies(ids, t.since); err != nil {
			return nil, err
		}
	}
	if sc.authors, err = s.AuthorTallies(distinctAuthors(sc.posts)); err != nil {
		return nil, err
	}
	if sc.paces, err = s.Paces(ids, ago(sc.now, week)); err != nil {
		return nil, err
	}
	if sc.sides, err = readSides(s); err != nil {
		return nil, err
	}
	if v.address == (graph.Address{}) {
		return sc, nil
	}
	return sc, sc.readRelations(s, v, ids)
}

// readRelations asks with limits that no answer can reach, so that nothing is
// cut off and no row depends on the other candidates.
func (sc *scene) readRelations(s Snapshot, v *viewer, ids []graph.PostID) error {
	seen := map[graph.Address]bool{}
	var people []graph.Address
	for _, id := range ids {
		p := sc.posts[id]
		if p == nil {
			continue
		}
		for _, r := range []graph.PostID{id, p.Parent.ID, p.Quote.ID} {
			if a, ok := sc.authorOf[r]; ok && !seen[a] {
				seen[a] = true
				people = append(people, a)
			}
		}
	}
	if len(people) == 0 {
		return nil
	}
	me := []graph.Address{v.address}
	var err error
	if sc.followed, err = edges(s, graph.FollowQuery{From: me, To: people, Limit: len(people)}, func(f graph.Follow) graph.Address { return f.To }); err != nil {
		return err
	}
	if sc.following, err = edges(s, graph.FollowQuery{From: people, To: me, Limit: len(people)}, func(f graph.Follow) graph.Address { return f.From }); err != nil {
		return err
	}
	sc.second, sc.reactions = map[graph.Address]uint64{}, map[graph.PostID][]graph.Reaction{}
	if len(v.circle) == 0 {
		return nil
	}
	follows, err := s.Follows(graph.FollowQuery{From: v.circle, To: people, Limit: len(v.circle) * len(people)})
	if err != nil {
		return err
	}
	for _, f := range follows {
		sc.second[f.To]++
	}
	kinds := 2 // one like and one repost a person and post
	reactions, err := s.Reactions(graph.ReactionQuery{Authors: v.circle, Subjects: ids, Limit: kinds * len(v.circle) * len(ids)})
	for _, r := range reactions {
		sc.reactions[r.Subject] = append(sc.reactions[r.Subject], r)
	}
	return err
}

func edges(s Snapshot, q graph.FollowQuery, end func(graph.Follow) graph.Address) (map[graph.Address]bool, error) {
	follows, err := s.Follows(q)
	on := make(map[graph.Address]bool, len(follows))
	for _, f := range follows {
		on[end(f)] = true
	}
	return on, err
}

func distinctAuthors(posts map[graph.PostID]*graph.Post) (as []graph.Address) {
	seen := map[graph.Address]bool{}
	for _, p := range posts {
		if !seen[p.Author] {
			seen[p.Author] = true
			as = append(as, p.Author)
		}
	}
	return as
}

// ago is now minus the seconds, not before 1: a tally since 0 counts everything.
func ago(now, seconds uint64) uint64 { return max(now, seconds+1) - seconds }

func (sc *scene) time(row *graph.FeatureVector, p *graph.Post) {
	age := sc.now - min(sc.now, p.Time)
	for place, scale := range map[int]uint64{Fresh10m: tenMinutes, Fresh1h: hour, Fresh6h: 6 * hour,
		Fresh1d: day, Fresh1w: week, Fresh30d: 30 * day, Fresh1y: 365 * day} {
		row[place] = fraction(scale, scale+min(age, 1<<40))
	}
	row[Age] = log8half(age)
}

func (sc *scene) engagement(row *graph.FeatureVector, p *graph.Post) {
	t := sc.total[p.ID]
	row[Likes], row[Reposts] = log8(uint64(t.Likes)), log8(uint64(t.Reposts))
	row[Replies], row[Quotes] = log8(uint64(t.Replies)), log8(uint64(t.Quotes))
	row[Engagement] = log8(points(t))
	row[EngagementWeek] = log8(points(sc.lastWeek[p.ID]))
	row[EngagementDay] = log8(points(sc.lastDay[p.ID]))
	row[EngagementHour] = log8(points(sc.lastHour[p.ID]))
	age := sc.now - min(sc.now, p.Time)
	row[Velocity] = log8(points(t) * 4 * day / (min(age, 1<<40) + 2*hour))
	talk := uint64(t.Replies) + uint64(t.Quotes)
	row[Bridge] = log8(sc.sides.bridge(p))
	row[Conversation] = fraction(talk, talk+uint64(t.Likes)+uint64(t.Reposts))
}

// points is the engagement, which graph counts in 32 bits.
func points(t graph.PostTally) uint64 {
	return uint64(t.Likes) + 2*(uint64(t.Replies)+uint64(t.Reposts)+uint64(t.Quotes))
}

func (sc *scene) author(row *graph.FeatureVector, p *graph.Post) {
	a := sc.authors[p.Author]
	row[AuthorFollowers] = log8(uint64(a.Followers))
	row[AuthorBalance] = clamp(int64(log8(uint64(a.Followers))) - int64(log8(uint64(a.Following))))
	row[AuthorPosts] = log8(uint64(a.Posts))
	row[AuthorLikes] = log8(uint64(a.LikesReceived))
	if a.Posts > 0 {
		row[AuthorLikesPerPost] = log8(8 * uint64(a.LikesReceived) / uint64(a.Posts))
	}
	pace := sc.paces[p.ID]
	row[AuthorRate], row[AuthorLater] = log8(uint64(pace.Lately)), log8(uint64(pace.Later))
	row[AuthorNew] = 127
	if a.FirstSeen > 0 {
		age := sc.now - min(sc.now, a.FirstSeen)
		row[AuthorAge] = log8(age / hour)
		row[AuthorNew] = truth(age < week)
	}
}

func (sc *scene) relations(row *graph.FeatureVector, v *viewer, p *graph.Post) {
	if v.address == (graph.Address{}) {
		return
	}
	to, from := sc.followed[p.Author], sc.following[p.Author]
	row[Followed], row[FollowsBack], row[Mutual] = truth(to), truth(from), truth(to && from)
	row[SecondDegree] = log8(sc.second[p.Author])
	row[Trust] = log8(uint64(v.trust[p.Author] / trustUnit))
	people := map[graph.Address]bool{}
	var likes, reposts uint64
	for _, r := range sc.reactions[p.ID] {
		people[r.Author] = true
		if r.Kind == graph.Like {
			likes++
		} else {
			reposts++
		}
	}
	for _, a := range v.circleBy[p.ID] {
		people[a] = true
	}
	delete(people, p.Author) // who answers oneself recommends nothing
	row[CirclePeople] = log8(uint64(len(people)))
	row[CircleLikes], row[CircleReposts] = log8(likes), log8(reposts)
	row[CircleReplies] = log8(uint64(len(v.circleBy[p.ID])))
	for _, r := range []graph.Ref{p.Parent, p.Quote} {
		if a, ok := sc.authorOf[r.ID]; ok && !r.IsZero() {
			row[ReplyToViewer] = max(row[ReplyToViewer], truth(a == v.address))
			row[ReplyToFollowed] = max(row[ReplyToFollowed], truth(sc.followed[a]))
		}
	}
}
