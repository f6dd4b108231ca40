package evaluate

import (
	"context"
	"crypto/sha256"
	"errors"

	"candor/graph"
	"candor/rankers"
	"candor/rankers/features"
)

// world is one slate as the built-in rankers see it for an anonymous reader, at the time of
// its newest post. It knows who follows whom and what authors wrote and won before the first
// judged post, and of the judged posts what they say; nobody has reacted to them yet.
type world struct {
	now     uint64
	posts   map[graph.PostID]graph.Post
	authors map[graph.Address]graph.AuthorTally
}

// byHand ranks by the built-in rankers whose weights are set by hand.
func byHand(h *History, l *Labels) ([]ranker, error) {
	w := &world{authors: map[graph.Address]graph.AuthorTally{}}
	cut := h.Cut()
	for i, p := range h.Posts[:cut] {
		a := w.authors[addressOf(p.Author)]
		if a.Posts == 0 {
			a.FirstSeen = uint64(p.Time)
		}
		a.Posts++
		if l.Source == "likes" {
			a.LikesReceived += uint32(l.training[i])
		}
		a.Followers = uint32(p.Followers)
		w.authors[addressOf(p.Author)] = a
	}
	var out []ranker
	for _, b := range rankers.Catalogue() {
		if b.Info().ID == "latest" {
			continue
		}
		r := ranker{name: b.Info().ID, scores: make([]int64, len(h.Posts)-cut)}
		if r.name == "hybrid" {
			r.name = "hybrid_by_hand"
		}
		for from := 0; from+Slate <= len(r.scores); from += Slate {
			rows, err := features.Build(w, graph.Address{}, w.show(h, cut+from))
			if err != nil {
				return nil, err
			}
			scores, err := b.Score(context.Background(), rows)
			if err != nil {
				return nil, err
			}
			for i, s := range scores {
				r.scores[from+i] = int64(s)
			}
		}
		out = append(out, r)
	}
	return out, nil
}

// show makes the slate that begins at a post the world's.
func (w *world) show(h *History, from int) (cands []graph.Candidate) {
	w.posts = map[graph.PostID]graph.Post{}
	w.now = 0
	for i, p := range h.Posts[from : from+Slate] {
		id := graph.PostID{Block: uint64(from + i + 1)}
		post := graph.Post{ID: id, Author: addressOf(p.Author), Time: uint64(p.Time), Status: graph.Present,
			Content: graph.PostContent{Text: p.Text}}
		if p.Link != "" {
			post.Content.Link = &graph.Link{URI: p.Link}
		}
		if p.Reply { // to somebody, of whom nothing is asked
			post.Parent = graph.Ref{ID: graph.PostID{Block: 1 << 60}}
		}
		w.posts[id] = post
		w.now = max(w.now, post.Time)
		cands = append(cands, graph.Candidate{Post: id})
	}
	return cands
}

func addressOf(did string) (a graph.Address) {
	h := sha256.Sum256([]byte(did))
	copy(a[:], h[:])
	return a
}

// Block implements features.Graph.
func (w *world) Block() graph.Block { return graph.Block{Time: w.now} }

// Posts implements features.Graph: posts by id.
func (w *world) Posts(q graph.PostQuery) (out []graph.Post, err error) {
	for _, id := range q.IDs {
		if p, ok := w.posts[id]; ok {
			out = append(out, p)
		}
	}
	return out, nil
}

var errAnonymous = errors.New("an anonymous reader has no circle")

// Follows implements features.Graph; nobody asks for an anonymous reader.
func (w *world) Follows(graph.FollowQuery) ([]graph.Follow, error) { return nil, errAnonymous }

// Reactions implements features.Graph; nobody asks for an anonymous reader.
func (w *world) Reactions(graph.ReactionQuery) ([]graph.Reaction, error) { return nil, errAnonymous }

// PostTallies implements features.Tallies: nobody has reacted yet.
func (w *world) PostTallies([]graph.PostID, uint64) (map[graph.PostID]graph.PostTally, error) {
	return map[graph.PostID]graph.PostTally{}, nil
}

// AuthorTallies implements features.Tallies.
func (w *world) AuthorTallies(who []graph.Address) (map[graph.Address]graph.AuthorTally, error) {
	out := map[graph.Address]graph.AuthorTally{}
	for _, a := range who {
		out[a] = w.authors[a]
	}
	return out, nil
}
