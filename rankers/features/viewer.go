package features

import (
	"cmp"
	"slices"

	"candor/graph"
)

// Limits on what is read about a viewer. They are part of the schema.
const (
	maxCircle      = 500
	maxCirclePosts = 500
	maxReactions   = 256
	maxOwn         = 64
	maxEngaged     = 64
	recentEngaged  = 8
)

// viewer is what does not depend on any candidate.
type viewer struct {
	address  graph.Address
	circle   []graph.Address
	engaged  []graph.Post // newest engagement first
	own      []graph.Post
	language map[string]bool
	circleBy map[graph.PostID][]graph.Address // authors of the circle's answers and quotes
	trust    map[graph.Address]int64
}

func readViewer(s Snapshot, a graph.Address) (*viewer, error) {
	v := &viewer{address: a, language: map[string]bool{}, circleBy: map[graph.PostID][]graph.Address{}}
	follows, err := s.Follows(graph.FollowQuery{From: []graph.Address{a}, Limit: maxCircle})
	if err != nil {
		return nil, err
	}
	for _, f := range follows {
		v.circle = append(v.circle, f.To)
	}
	if len(v.circle) > 0 {
		posts, err := s.Posts(graph.PostQuery{Authors: v.circle, Limit: maxCirclePosts})
		if err != nil {
			return nil, err
		}
		for _, p := range posts {
			for _, r := range []graph.Ref{p.Parent, p.Quote} {
				if !r.IsZero() {
					v.circleBy[r.ID] = append(v.circleBy[r.ID], p.Author)
				}
			}
		}
	}
	if v.trust, err = readTrust(s, v); err != nil {
		return nil, err
	}
	if v.own, err = s.Posts(graph.PostQuery{Authors: []graph.Address{a}, Limit: maxOwn}); err != nil {
		return nil, err
	}
	reactions, err := s.Reactions(graph.ReactionQuery{Authors: []graph.Address{a}, Limit: maxReactions})
	if err != nil {
		return nil, err
	}
	if err := v.readEngaged(s, reactions); err != nil {
		return nil, err
	}
	for _, posts := range [][]graph.Post{v.own, v.engaged} {
		for _, p := range posts {
			for _, l := range languages(p.Content.Langs) {
				v.language[l] = true
			}
		}
	}
	return v, nil
}

// readEngaged reads the posts that the viewer engaged with, in the order of the
// newest engagement with each.
func (v *viewer) readEngaged(s Snapshot, reactions []graph.Reaction) error {
	type act struct{ at, post graph.PostID }
	var acts []act
	for _, r := range reactions {
		acts = append(acts, act{r.ID, r.Subject})
	}
	for _, p := range v.own {
		for _, r := range []graph.Ref{p.Parent, p.Quote} {
			if !r.IsZero() {
				acts = append(acts, act{p.ID, r.ID})
			}
		}
	}
	slices.SortStableFunc(acts, func(a, b act) int { return b.at.Compare(a.at) })
	rank := map[graph.PostID]int{}
	var ids []graph.PostID
	for _, a := range acts {
		if _, seen := rank[a.post]; !seen && len(ids) < maxEngaged {
			rank[a.post] = len(ids)
			ids = append(ids, a.post)
		}
	}
	if len(ids) == 0 {
		return nil
	}
	posts, err := s.Posts(graph.PostQuery{IDs: ids, Limit: len(ids)})
	if err != nil {
		return err
	}
	slices.SortFunc(posts, func(a, b graph.Post) int { return cmp.Compare(rank[a.ID], rank[b.ID]) })
	v.engaged = posts
	return nil
}

// fill writes the features that compare the post with what the viewer wrote and
// engaged with.
func (v *viewer) fill(row *graph.FeatureVector, p *graph.Post) {
	row[SimilarMax], row[SimilarMean], row[SimilarRecent] = v.similar(p)
	_, row[SimilarOwn], _ = similarity(p, v.own)
	actions := uint64(0)
	for i := range v.engaged {
		if e := &v.engaged[i]; e.Author == p.Author && e.ID != p.ID {
			actions++
		}
	}
	row[AuthorEngaged] = log8(actions)
	langs := languages(p.Content.Langs)
	switch {
	case len(langs) == 0 || len(v.language) == 0:
		row[Language] = 64
	default:
		row[Language] = truth(slices.ContainsFunc(langs, func(l string) bool { return v.language[l] }))
	}
}

func (v *viewer) similar(p *graph.Post) (largest, mean, recent int8) {
	largest, mean, _ = similarity(p, v.engaged)
	recent, _, _ = similarity(p, v.engaged[:min(recentEngaged, len(v.engaged))])
	return largest, mean, recent
}

// similarity compares the post with others, itself and those without embedding left out.
func similarity(p *graph.Post, others []graph.Post) (largest, mean int8, n int64) {
	var zero graph.Embedding
	if p.Embedding == zero {
		return 0, 0, 0
	}
	var most, sum int64
	for i := range others {
		o := &others[i]
		if o.ID == p.ID || o.Embedding == zero {
			continue
		}
		d := int64(p.Embedding.Dot(&o.Embedding))
		if n == 0 || d > most {
			most = d
		}
		sum += d
		n++
	}
	if n == 0 {
		return 0, 0, 0
	}
	return clamp(most / 127), clamp(2 * sum / (127 * n)), n
}
