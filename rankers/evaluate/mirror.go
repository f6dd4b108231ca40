package evaluate

import (
	"bytes"
	"slices"

	"candor/graph"
	"candor/rankers/train"
)

// Mirror is a node's mirror at one block.
type Mirror interface {
	Posts(graph.PostQuery) ([]graph.Post, error)
	PostTallies(ids []graph.PostID, since uint64) (map[graph.PostID]graph.PostTally, error)
	Follows(graph.FollowQuery) ([]graph.Follow, error)
}

// maxFollows bounds what is read of who follows the authors of a history.
const maxFollows = 200_000

// ReadMirror makes a history of a mirror's newest posts, at most so many, that have their
// content, with their likes. Of posts to train on those likes count that were there before
// the first judged post.
func ReadMirror(m Mirror, most int) (*History, *Labels, error) {
	posts, err := m.Posts(graph.PostQuery{Limit: most})
	if err != nil {
		return nil, nil, err
	}
	posts = slices.DeleteFunc(posts, func(p graph.Post) bool { return p.Status != graph.Present })
	slices.Reverse(posts) // the oldest first
	h := &History{place: map[string]int{}}
	var ids []graph.PostID
	count, err := followers(m, posts)
	if err != nil {
		return nil, nil, err
	}
	for i, p := range posts {
		one := train.Post{Author: p.Author.String(), Text: p.Content.Text, Time: int64(p.Time), Followers: count[i], Reply: !p.Parent.IsZero()}
		if p.Content.Link != nil {
			one.Link = p.Content.Link.URI
		}
		uri := p.ID.String()
		h.place[uri] = i
		h.Posts, h.URIs, h.Contents, ids = append(h.Posts, one), append(h.URIs, uri), append(h.Contents, p.CID), append(ids, p.ID)
	}
	all := make([]int, len(ids))
	cut := h.Cut()
	if len(ids) > 0 {
		err = likes(m, ids, posts[cut].Time, all, cut)
	}
	return h, &Labels{Source: "likes", training: all[:cut:cut], judged: all[cut:]}, err
}

// likes counts those of each post; of the first cut ones, those before the time.
func likes(m Mirror, ids []graph.PostID, until uint64, into []int, cut int) error {
	total, err := m.PostTallies(ids, 0)
	if err != nil {
		return err
	}
	late, err := m.PostTallies(ids[:cut], until)
	for i, id := range ids {
		into[i] = int(total[id].Likes) - int(late[id].Likes)
	}
	return err
}

// followers are how many followed the author of each post, given the oldest first, when it
// was written, of those who still do.
func followers(m Mirror, posts []graph.Post) ([]int, error) {
	var authors []graph.Address
	for _, p := range posts {
		authors = append(authors, p.Author)
	}
	slices.SortFunc(authors, func(a, b graph.Address) int { return bytes.Compare(a[:], b[:]) })
	authors = slices.Compact(authors)
	if len(authors) == 0 {
		return nil, nil
	}
	follows, err := m.Follows(graph.FollowQuery{To: authors, Limit: maxFollows})
	if err != nil {
		return nil, err
	}
	slices.SortFunc(follows, func(a, b graph.Follow) int { return a.ID.Compare(b.ID) })
	so := map[graph.Address]int{}
	out := make([]int, len(posts))
	for i, p := range posts {
		for len(follows) > 0 && follows[0].ID.Compare(p.ID) < 0 {
			so[follows[0].To]++
			follows = follows[1:]
		}
		out[i] = so[p.Author]
	}
	return out, nil
}
