package search

import (
	"context"
	"errors"
	"fmt"

	"github.com/ipfs/go-cid"

	"candor/graph"
	"candor/graph/embed"
)

// Snapshot is the mirror at one block.
type Snapshot interface {
	Block() graph.Block
	Posts(graph.PostQuery) ([]graph.Post, error)
	PostsByCID(c cid.Cid, limit int) ([]graph.Post, error)
	Profiles([]graph.Address) ([]graph.Profile, error)
	ProfilesAfter(after graph.Address, limit int) ([]graph.Profile, error)
}

// page is how many posts or people are read at once.
const page = 1_000

// Fill takes in all that stands in the snapshot, which is of the mirror's head or
// was. Then the index may be asked, about that block and later ones. What it knows
// already stays. A mirror without blocks has no snapshot: nil.
// After an error it is to be called again.
func (x *Index) Fill(ctx context.Context, snap Snapshot) error {
	x.mu.RLock()
	rolled := x.rolled
	x.mu.RUnlock()
	if snap == nil {
		return x.opened(0, rolled)
	}
	for before := (graph.PostID{}); ; {
		posts, err := snap.Posts(graph.PostQuery{Before: before, Limit: page})
		if err != nil {
			return fmt.Errorf("read the posts for the index of words: %w", err)
		}
		x.posts(posts)
		if len(posts) < page {
			break
		}
		if before = posts[page-1].ID; ctx.Err() != nil {
			return ctx.Err()
		}
	}
	for after := (graph.Address{}); ; {
		people, err := snap.ProfilesAfter(after, page)
		if err != nil {
			return fmt.Errorf("read the profiles for the index of words: %w", err)
		}
		x.people(people)
		if len(people) < page {
			break
		}
		if after = people[page-1].Address; ctx.Err() != nil {
			return ctx.Err()
		}
	}
	return x.opened(snap.Block().Number, rolled)
}

func (x *Index) opened(since uint64, rolled int) error {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.rolled != rolled {
		return errors.New("the mirror was rolled back while the index of words was filled")
	}
	x.filled, x.since = true, since
	return nil
}

// Rolled is to be called when the mirror was rolled back to the block. It reports
// whether the index must be filled again: what stands there again may be unknown.
func (x *Index) Rolled(to uint64) bool {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.rolled++
	if to < x.since || to+Window < x.head {
		x.filled = false
	}
	x.head = min(x.head, to)
	return !x.filled
}

// posts takes in posts that a snapshot shows, with or without their texts.
func (x *Index) posts(posts []graph.Post) {
	words := make([][]string, len(posts))
	for i, p := range posts {
		if p.Status == graph.Present {
			words[i] = embed.PostTerms(p.Content)
		}
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	for i, p := range posts {
		if p.Status == graph.Removed {
			continue
		}
		n := x.namePost(p.CID, p.ID)
		if _, later := x.postAt[p.ID]; !later {
			x.postAt[p.ID] = n
		}
		if p.Status == graph.Present {
			x.tell(n, words[i])
		}
	}
}

func (x *Index) people(people []graph.Profile) {
	x.mu.Lock()
	defer x.mu.Unlock()
	for _, p := range people {
		n := x.namePerson(p.CID, p.Address)
		if _, later := x.personAt[p.Address]; !later {
			x.personAt[p.Address] = n
		}
		if p.Status == graph.Present {
			x.tell(n, embed.ProfileTerms(p.Content))
		}
	}
}

// Settle does what needs the mirror after its last commit, whose snapshot it is
// given: it learns what batches did not tell, and drops what left the window. After
// an error it may be called again.
func (x *Index) Settle(snap Snapshot) error {
	x.mu.Lock()
	ask := x.unspoken
	x.mu.Unlock()
	for _, c := range ask {
		if err := x.learn(snap, c); err != nil {
			return fmt.Errorf("look for the words of %s: %w", c, err)
		}
	}
	x.mu.Lock()
	x.unspoken = x.unspoken[len(ask):]
	x.mu.Unlock()
	return x.sweep(snap)
}

// Unsettled reports whether Settle at the block has anything to do. Nothing has
// before Fill is through: then it is to be called.
func (x *Index) Unsettled(block uint64) bool {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return x.filled && (len(x.unspoken) > 0 || len(x.leaving) > 0 && x.leaving[0].block+kept <= block)
}

func (x *Index) due(block uint64) bool {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return x.filled && len(x.leaving) > 0 && x.leaving[0].block+kept <= block
}

// learn asks who shows a content, and what it says.
func (x *Index) learn(snap Snapshot, c cid.Cid) error {
	posts, err := snap.PostsByCID(c, page)
	if err != nil {
		return err
	}
	x.posts(posts)
	x.mu.RLock()
	var named []graph.Address
	if n, ok := x.at[c]; ok {
		named = x.docs[n].people
	}
	x.mu.RUnlock()
	people, err := snap.Profiles(named)
	if err != nil {
		return err
	}
	x.people(people)
	return nil
}

// sweep drops the documents that no snapshot of the window shows.
func (x *Index) sweep(snap Snapshot) error {
	for x.due(snap.Block().Number) {
		x.mu.RLock()
		n := x.leaving[0].doc
		d := x.docs[n]
		x.mu.RUnlock()
		shown := true
		if d != nil && d.leaving == 1 { // nobody else left it lately
			var err error
			if shown, err = d.shown(snap); err != nil {
				return fmt.Errorf("look who shows %s: %w", d.cid, err)
			}
		}
		x.mu.Lock()
		x.leaving = x.leaving[1:]
		if d != nil {
			if d.leaving--; d.leaving == 0 && !shown {
				x.drop(n)
			}
		}
		x.mu.Unlock()
	}
	return nil
}

// shown reports whether anybody who named the document still does. Only a writer
// changes it, and Follow, Fill and Settle are not called beside each other for one.
func (d *document) shown(snap Snapshot) (bool, error) {
	if len(d.posts) > 0 {
		posts, err := snap.Posts(graph.PostQuery{IDs: d.posts, Limit: len(d.posts)})
		if err != nil {
			return false, err
		}
		for _, p := range posts {
			if p.Status != graph.Removed && p.CID.Equals(d.cid) {
				return true, nil
			}
		}
	}
	people, err := snap.Profiles(d.people)
	if err != nil {
		return false, err
	}
	for _, p := range people {
		if p.CID.Equals(d.cid) {
			return true, nil
		}
	}
	return false, nil
}
