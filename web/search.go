package web

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"candor/graph"
	"candor/graph/embed"

	"github.com/gofiber/fiber/v2"
)

// Limits on what is searched for, and on what is found.
const (
	maxQuery = 256 // bytes
	maxTerms = 16  // distinct words
	maxFound = 300 // of each way of searching
	// minPrefix is how many letters of a word are enough of it.
	minPrefix = 2
	// leastNear is the least inner product that counts as near: a fifth of that of
	// a text with itself.
	leastNear = 127 * 127 / 5
	// fusion is the rank whose weight is half of that of the first, in reciprocal
	// rank fusion. Source: Cormack, Clarke, Büttcher, "Reciprocal Rank Fusion
	// outperforms Condorcet and individual Rank Learning Methods", 2009.
	fusion = 60
)

// Finder finds posts and people at a snapshot's block. What is removed, replaced
// or withheld there is not found.
type Finder interface {
	// SearchText are the posts that have all the words, newest first.
	SearchText(graph.TextQuery) ([]graph.PostID, error)
	// SearchPeople are the people whose profiles have all the words, newest first.
	SearchPeople(graph.TextQuery) ([]graph.Address, error)
	// Near are the posts nearest in meaning, then newest first.
	Near(e *graph.Embedding, limit int) ([]graph.PostID, error)
}

// question is what a reader searches for.
type question struct {
	text   string
	terms  []string
	people bool
	mode   string // text, near or both
	limit  int
	block  *uint64 // of the page before
	skip   int
}

func (s *Server) search(c *fiber.Ctx) error {
	q, err := searched(c)
	if err != nil {
		return err
	}
	snap, err := s.searchedAt(c, q)
	if err != nil {
		return err
	}
	if q.people {
		found, err := snap.SearchPeople(q.words())
		if err != nil {
			return err
		}
		page, cursor := slicePage(found, q, snap)
		people, err := snap.Profiles(page)
		if err != nil {
			return err
		}
		views, err := profileViews(snap, inOrder(page, people, func(p graph.Profile) graph.Address { return p.Address }))
		if err != nil {
			return err
		}
		return c.JSON(foundList{list{views, cursor}, snap.Block().Number})
	}
	found, err := find(snap, q)
	if err != nil {
		return err
	}
	page, cursor := slicePage(found, q, snap)
	views, err := graph.Views(snap, page)
	if err != nil {
		return err
	}
	return c.JSON(foundList{list{views, cursor}, snap.Block().Number})
}

// foundList is a list with the block at which it was found.
type foundList struct {
	list
	Block uint64 `json:"block"`
}

// searchedAt is the newest snapshot, or that of the page before.
func (s *Server) searchedAt(c *fiber.Ctx, q question) (Snapshot, error) {
	if q.block == nil {
		return s.Mirror.Latest(c.UserContext())
	}
	return s.Mirror.Past(c.UserContext(), *q.block)
}

// searched reads the request. All limits hold before anything is cut or looked up.
func searched(c *fiber.Ctx) (q question, err error) {
	if err := known(c, "q", "kind", "mode", "limit", "cursor"); err != nil {
		return q, err
	}
	q.text, q.mode = c.Query("q"), c.Query("mode")
	switch {
	case len(q.text) > maxQuery:
		return q, graph.Malformed("q has %d bytes: send at most %d", len(q.text), maxQuery)
	case !utf8.ValidString(q.text):
		return q, graph.Malformed("q is not UTF-8: send words")
	}
	switch kind := c.Query("kind", "posts"); kind {
	case "posts", "profiles":
		q.people = kind == "profiles"
	default:
		return q, graph.Malformed("the kind %.20q is unknown: send posts or profiles", kind)
	}
	switch {
	case q.mode == "" && q.people:
		q.mode = "text"
	case q.mode == "":
		q.mode = "both"
	case q.mode != "text" && q.mode != "near" && q.mode != "both":
		return q, graph.Malformed("the mode %.20q is unknown: send text, near or both", q.mode)
	case q.mode != "text" && q.people:
		return q, graph.Malformed("people are found by their words alone: send mode=text, or none")
	}
	if q.limit, err = limit(c); err != nil {
		return q, err
	}
	if q.terms = embed.Terms(q.text); len(q.terms) == 0 {
		return q, graph.Malformed("q has no word: send what to look for, such as q=baking")
	} else if len(q.terms) > maxTerms {
		return q, graph.Malformed("q has %d different words: send at most %d", len(q.terms), maxTerms)
	}
	if cur := c.Query("cursor"); cur != "" {
		err := graph.Malformed("the cursor %.80q is not one of this node: send the cursor of the page before, or none", cur)
		at, skip, _ := strings.Cut(cur, ".")
		n, err1 := strconv.ParseUint(at, 10, 63)
		q.skip, _ = strconv.Atoi(skip)
		if err1 != nil || q.skip < 1 || q.skip > 2*maxFound || cur != fmt.Sprintf("%d.%d", n, q.skip) {
			return q, err
		}
		q.block = &n
	}
	return q, nil
}

// words is the question for the texts. A word that the text ends with may go on:
// the reader still types.
func (q question) words() graph.TextQuery {
	t := graph.TextQuery{Words: q.terms, Limit: maxFound}
	in := embed.Words(q.text)
	last := in[len(in)-1]
	if more := embed.Words(q.text + "a"); len(more) == len(in) && utf8.RuneCountInString(last) >= minPrefix {
		i := slices.Index(q.terms, last)
		t.Words, t.Prefix = append(slices.Delete(slices.Clone(q.terms), i, i+1), last), true
	}
	return t
}

// find gives the posts, best first.
func find(snap Snapshot, q question) ([]graph.Post, error) {
	var lists [2][]graph.PostID
	var err error
	if q.mode != "near" {
		if lists[0], err = snap.SearchText(q.words()); err != nil {
			return nil, err
		}
	}
	if q.mode != "text" {
		e := embed.Text(q.text)
		if lists[1], err = snap.Near(&e, maxFound); err != nil {
			return nil, err
		}
		posts, err := present(snap, lists[1])
		if err != nil {
			return nil, err
		}
		lists[1] = lists[1][:0]
		for _, p := range posts {
			if e.Dot(&p.Embedding) >= leastNear {
				lists[1] = append(lists[1], p.ID)
			}
		}
	}
	return present(snap, fuse(lists[0], lists[1]))
}

// present reads the posts that are there with their texts, in the order of the ids.
func present(snap Snapshot, ids []graph.PostID) ([]graph.Post, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	posts, err := snap.Posts(graph.PostQuery{IDs: ids, Limit: len(ids)})
	if err != nil {
		return nil, err
	}
	posts = inOrder(ids, posts, func(p graph.Post) graph.PostID { return p.ID })
	return slices.DeleteFunc(posts, func(p graph.Post) bool { return p.Status != graph.Present }), nil
}

// inOrder puts rows into the order of their keys; keys without a row are left out.
func inOrder[K comparable, R any](keys []K, rows []R, key func(R) K) []R {
	at := make(map[K]R, len(rows))
	for _, r := range rows {
		at[key(r)] = r
	}
	out := make([]R, 0, len(rows))
	for _, k := range keys {
		if r, ok := at[k]; ok {
			out = append(out, r)
		}
	}
	return out
}

// fuse is reciprocal rank fusion in integers: a post weighs the sum of 1/(60+rank)
// over the lists that have it; equal ones come newest first. One list keeps its order.
func fuse(lists ...[]graph.PostID) []graph.PostID {
	weights := map[graph.PostID]int64{}
	var ids []graph.PostID
	for _, l := range lists {
		for i, id := range l {
			if _, seen := weights[id]; !seen {
				ids = append(ids, id)
			}
			weights[id] += 1 << 40 / int64(fusion+i)
		}
	}
	slices.SortStableFunc(ids, func(a, b graph.PostID) int {
		return cmp.Or(cmp.Compare(weights[b], weights[a]), b.Compare(a))
	})
	return ids
}

// slicePage is the page that was asked for, and the cursor of the next.
func slicePage[R any](found []R, q question, snap Snapshot) (page []R, cursor string) {
	from := min(q.skip, len(found))
	to := min(from+q.limit, len(found))
	if to < len(found) {
		cursor = fmt.Sprintf("%d.%d", snap.Block().Number, to)
	}
	return found[from:to], cursor
}
