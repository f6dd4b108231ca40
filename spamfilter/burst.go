package spamfilter

import (
	"cmp"
	"slices"

	"candor/graph"
)

const reasonBurst = "its author posted too much within an hour"

// The numbers of Burst.
const (
	burstWindow  = 3_600 // seconds
	burstPosts   = 6     // root posts of one author that a window may hold
	burstReplies = 20    // replies to others
)

// Burst keeps the first posts of an author within an hour and hides the rest: six
// root posts, twenty replies to others. Threads, which are replies to oneself, do
// not count. Hidden posts do not count either, so that an author who never stops
// keeps that measure for every hour.
type Burst struct{}

// Info implements Filter.
func (Burst) Info() Info {
	return Info{ID: "burst", Version: 1, Name: "Bursts",
		Description: "Keeps the first six posts of an author within an hour, and the first twenty answers to others, and hides the rest. Threads are left alone; albums posted picture by picture are not.",
		Goal:        "Let nobody drown out the others.",
		Reasons:     []string{reasonBurst}}
}

// Judge implements Filter.
func (Burst) Judge(s Snapshot, cands []graph.Candidate) ([]graph.Verdict, error) {
	posts, err := chronicle(s, cands)
	if err != nil {
		return nil, err
	}
	verdicts, place := judged(cands)
	authorOf, err := parents(s, posts)
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(posts, func(a, b graph.Post) int { return cmp.Compare(a.Time, b.Time) })
	type lane struct {
		author graph.Address
		reply  bool
	}
	kept := map[lane][]*graph.Post{}
	for i := range posts {
		p := &posts[i]
		l, measure := lane{p.Author, !p.Parent.IsZero()}, burstPosts
		if l.reply {
			if authorOf[p.Parent.ID] == p.Author {
				continue
			}
			measure = burstReplies
		}
		if n := len(kept[l]); n >= measure && apart(p, kept[l][n-measure]) < burstWindow {
			v := &verdicts[place[p.ID]]
			v.Decision, v.Reason = graph.Hide, reasonBurst
			continue
		}
		kept[l] = append(kept[l], p)
	}
	return verdicts, nil
}

// parents finds who wrote what the posts answer.
func parents(s Snapshot, posts []graph.Post) (map[graph.PostID]graph.Address, error) {
	var ids []graph.PostID
	for _, p := range posts {
		if !p.Parent.IsZero() {
			ids = append(ids, p.Parent.ID)
		}
	}
	authorOf := make(map[graph.PostID]graph.Address, len(ids))
	if len(ids) == 0 {
		return authorOf, nil
	}
	found, err := s.Posts(graph.PostQuery{IDs: ids, Limit: len(ids)})
	for _, p := range found {
		authorOf[p.ID] = p.Author
	}
	return authorOf, err
}
