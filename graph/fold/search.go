package fold

import (
	"slices"
	"strings"

	"candor/graph"
	"candor/graph/embed"
)

// SearchText are the present posts that have all the words, newest position first.
func (v *Snapshot) SearchText(q graph.TextQuery) (out []graph.PostID, err error) {
	newest(v.s.posts, q.Limit, DefaultPosts, func(p *post) bool {
		ok := v.exists(p)
		if ok {
			shown := v.show(p)
			ok = shown.Status == graph.Present && has(embed.PostTerms(shown.Content), q)
		}
		if ok {
			out = append(out, p.ID)
		}
		return ok
	})
	return out, nil
}

// SearchPeople are the people whose present profile has all the words, the
// newest profile first.
func (v *Snapshot) SearchPeople(q graph.TextQuery) (out []graph.Address, err error) {
	newest(v.s.profiles, q.Limit, DefaultPosts, func(p *profile) bool {
		ok := p.has(v.block.Number) && v.status(true, p.CID, p.present) == graph.Present && has(embed.ProfileTerms(p.Content), q)
		if ok {
			out = append(out, p.Address)
		}
		return ok
	})
	return out, nil
}

// has reports whether the words, sorted, are all that the query asks for.
func has(words []string, q graph.TextQuery) bool {
	for i, w := range q.Words {
		at, found := slices.BinarySearch(words, w)
		if !found && (!q.Prefix || i < len(q.Words)-1 || at == len(words) || !strings.HasPrefix(words[at], w)) {
			return false
		}
	}
	return len(q.Words) > 0
}
