package evaluate

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"slices"

	"candor/graph"
	"candor/graph/embed"
	"candor/rankers"
	"candor/rankers/features"
	"candor/rankers/train"
)

// world is one slate as the built-in rankers see it for an anonymous reader, at the time of
// its newest post. It knows who follows whom and what authors wrote and won before the first
// judged post, and of the judged posts what they say; nobody has reacted to them yet.
type world struct {
	now     uint64
	posts   map[graph.PostID]graph.Post
	authors map[graph.Address]graph.AuthorTally
	past    map[graph.Address][]uint64 // when they wrote before the slate
}

func newWorld() *world {
	return &world{authors: map[graph.Address]graph.AuthorTally{}, past: map[graph.Address][]uint64{}}
}

// sheets are the rows of each slate of the judged posts, by schema.
type sheets map[graph.Hash][][]graph.Row

// sheetsFor makes the rows that the rankers read.
func sheetsFor(h *History, l *Labels, all []rankers.Ranker) (sheets, error) {
	w := newWorld()
	cut := h.Cut()
	for i, p := range h.Posts[:cut] {
		a := w.meet(p)
		if l.Source == "likes" {
			a.LikesReceived += uint32(l.training[i])
		}
		w.authors[addressOf(p.Author)] = a
	}
	s := sheets{}
	for _, r := range all {
		schema := r.Info().Schema
		if s[schema] != nil {
			continue
		}
		for from := cut; from+Slate <= len(h.Posts); from += Slate {
			rows, err := features.Build(schema, w, graph.Address{}, w.show(h, schema, from, Slate))
			if err != nil {
				return nil, err
			}
			s[schema] = append(s[schema], rows)
		}
	}
	return s, nil
}

// scores are a ranker's, of the posts of all slates.
func (s sheets) scores(ctx context.Context, h *History, r rankers.Ranker) (out []int64, err error) {
	for n, rows := range s[r.Info().Schema] {
		if r.Info().Schema == features.Towered() {
			if err := h.fill(r.Info().ID, h.Cut()+n*Slate, rows); err != nil {
				return nil, err
			}
		}
		scores, err := rankers.Usual(r).Score(ctx, rows)
		if err != nil {
			return nil, err
		}
		for _, x := range scores {
			out = append(out, int64(x))
		}
	}
	return out, nil
}

// byFeatures ranks by rankers that read a node's features: the built-in ones, and the guests.
func byFeatures(h *History, l *Labels, guests []rankers.Ranker) ([]ranker, error) {
	var all []rankers.Ranker
	var out []ranker
	taken := map[string]bool{}
	for _, b := range rankers.Catalogue() {
		if id := b.Info().ID; id != "latest" {
			all = append(all, b)
			out = append(out, ranker{name: id})
			if id == "hybrid" {
				out[len(out)-1].name = "hybrid_by_hand"
			}
		}
	}
	for _, g := range guests {
		all = append(all, g)
		out = append(out, ranker{name: g.Info().ID})
	}
	s, err := sheetsFor(h, l, all)
	if err != nil {
		return nil, err
	}
	for i := range out {
		if taken[out[i].name] || trained[out[i].name] {
			return nil, fmt.Errorf("two rankers are called %q: give yours another name", out[i].name)
		}
		taken[out[i].name] = true
		if m, ok := all[i].(interface{ Fingerprint() string }); ok {
			out[i].model = m.Fingerprint()
		}
		if out[i].scores, err = s.scores(context.Background(), h, all[i]); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// trained are the names of the other rankers of a report.
var trained = map[string]bool{"hybrid": true, "latest": true, "chronological": true, "random": true, "popularity": true}

// meet is what is known of an author once a post is written, its likes left out.
func (w *world) meet(p train.Post) graph.AuthorTally {
	who := addressOf(p.Author)
	a := w.authors[who]
	w.past[who] = append(w.past[who], uint64(p.Time))
	if a.Posts == 0 {
		a.FirstSeen = uint64(p.Time)
	}
	a.Posts++
	a.Followers = uint32(p.Followers)
	return a
}

var errTowered = errors.New("there are no vectors of this history by the tower that the ranker reads: name the tower's file with --tower")

// fill puts what the ranker's tower made of the posts from one on into their rows.
func (h *History) fill(ranker string, from int, rows []graph.Row) error {
	over := h.Over[ranker]
	if over == nil {
		return errTowered
	}
	for i := range rows {
		v, err := over(from + i)
		if err != nil {
			return err
		}
		features.Put(rows[i], &v)
	}
	return nil
}

// Rows gives each post of the history its row of the schema, as an anonymous reader's
// ranker sees it at the time of the newest post of its slate of 100: nobody has reacted to the posts of
// a slate yet, and of authors it is known what they wrote, and what likes they won, before
// it. So nothing of a row tells what became of its post.
func (h *History) Rows(schema graph.Hash, each func(i int, row graph.Row) error) error {
	if schema == features.Towered() {
		return errTowered
	}
	w := newWorld()
	likes := slices.Clone(h.likes)
	slices.SortStableFunc(likes, func(a, b like) int { return a.after - b.after })
	for from := 0; from < len(h.Posts); from += Slate {
		n := min(Slate, len(h.Posts)-from)
		for len(likes) > 0 && likes[0].after <= from {
			author := addressOf(h.Posts[likes[0].post].Author)
			a := w.authors[author]
			a.LikesReceived++
			w.authors[author] = a
			likes = likes[1:]
		}
		rows, err := features.Build(schema, w, graph.Address{}, w.show(h, schema, from, n))
		if err != nil {
			return err
		}
		for i, row := range rows {
			if err := each(from+i, row); err != nil {
				return err
			}
			w.authors[addressOf(h.Posts[from+i].Author)] = w.meet(h.Posts[from+i])
		}
	}
	return nil
}

// show makes the n posts from one on the world's, with what rows of the schema need.
func (w *world) show(h *History, schema graph.Hash, from, n int) (cands []graph.Candidate) {
	w.posts = map[graph.PostID]graph.Post{}
	w.now = 0
	for i, p := range h.Posts[from : from+n] {
		id := graph.PostID{Block: uint64(from + i + 1)}
		post := graph.Post{ID: id, Author: addressOf(p.Author), Time: uint64(p.Time), Status: graph.Present,
			Content: graph.PostContent{Text: p.Text}}
		if p.Link != "" {
			post.Content.Link = &graph.Link{URI: p.Link}
		}
		if schema == features.Wide() { // an anonymous reader's features need none
			post.Embedding = embed.Text(p.Text)
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

// Reactions implements features.Graph. What a like was worth before the slate is in the
// authors' tallies; the posts of the slate have none, so nobody stands on a side of them.
func (w *world) Reactions(q graph.ReactionQuery) ([]graph.Reaction, error) {
	if len(q.Authors) > 0 {
		return nil, errAnonymous
	}
	return nil, nil
}

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

// Paces implements features.Tallies: what authors wrote before the slate and in it.
func (w *world) Paces(ids []graph.PostID, since uint64) (map[graph.PostID]graph.Pace, error) {
	own := map[graph.Address][]graph.Post{}
	for _, p := range w.posts {
		own[p.Author] = append(own[p.Author], p)
	}
	out := map[graph.PostID]graph.Pace{}
	for _, id := range ids {
		var pace graph.Pace
		author := w.posts[id].Author
		times := slices.Clone(w.past[author])
		for _, p := range own[author] {
			times = append(times, p.Time)
			if p.ID.Compare(id) > 0 && p.Parent.IsZero() {
				pace.Later++
			}
		}
		for _, t := range times[max(0, len(times)-graph.PaceLately):] {
			if t >= since {
				pace.Lately++
			}
		}
		out[id] = pace
	}
	return out, nil
}
