package graph

// Shelf is the part of a mirror at one block that shows posts.
type Shelf interface {
	Posts(PostQuery) ([]Post, error)
	Profiles([]Address) ([]Profile, error)
	PostTallies(ids []PostID, since uint64) (map[PostID]PostTally, error)
}

// Show reads posts with their authors and tallies. Unknown ids are not in the answer.
func Show(s Shelf, ids []PostID) (map[PostID]PostView, error) {
	out := make(map[PostID]PostView, len(ids))
	if len(ids) == 0 {
		return out, nil
	}
	posts, err := s.Posts(PostQuery{IDs: ids, Limit: len(ids)})
	if err != nil {
		return nil, err
	}
	views, err := Views(s, posts)
	for _, v := range views {
		out[v.ID] = v
	}
	return out, err
}

// Views is Show for posts that were read already, in their order.
func Views(s Shelf, posts []Post) ([]PostView, error) {
	views := make([]PostView, len(posts))
	if len(posts) == 0 {
		return views, nil
	}
	ids, authors := make([]PostID, len(posts)), make([]Address, len(posts))
	for i, p := range posts {
		ids[i], authors[i] = p.ID, p.Author
	}
	tallies, err := s.PostTallies(ids, 0)
	if err != nil {
		return nil, err
	}
	people, err := s.Profiles(authors)
	if err != nil {
		return nil, err
	}
	profiles := make(map[Address]Profile, len(people))
	for _, p := range people {
		profiles[p.Address] = p
	}
	for i, p := range posts {
		views[i] = View(p, profiles, tallies)
	}
	return views, nil
}
