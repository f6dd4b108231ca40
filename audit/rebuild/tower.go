package rebuild

import (
	"fmt"
	"sync"

	"candor/audit"
	"candor/graph"
	"candor/rankers/features"
	"candor/rankers/tower"
	"candor/zkcommit"

	"github.com/ipfs/go-cid"
)

// Tower is a tower that rankers read: what the chain says of it, and the vectors that a
// node serves, which are believed when their words hold.
type Tower struct {
	Commitment graph.Hash
	Publisher  graph.Address
	Vectors    map[cid.Cid]zkcommit.TowerVector

	mu     sync.Mutex
	judged map[cid.Cid]error
	lacked int // rows of posts that it had no vector of
}

// judge says what is wrong with the words of a content's vector; nil: nothing.
func (t *Tower) judge(v zkcommit.TowerVector, text string) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	err, known := t.judged[v.Content]
	if known {
		return err
	}
	if len(v.Words) == 0 {
		err = fmt.Errorf("nobody signed it")
	}
	for _, w := range v.Words {
		if err == nil {
			err = w.Check(t.Commitment, t.Publisher, tower.Tokens(text), v.Vector)
		}
	}
	if t.judged == nil {
		t.judged = map[cid.Cid]error{}
	}
	t.judged[v.Content] = err
	return err
}

// Lacked is how many rows hold zeros, as there was no vector of their post's content yet.
func (t *Tower) Lacked() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.lacked
}

// Text is the post's text in a content; false: it is not at hand, or no post's.
func (s *State) Text(c cid.Cid) (string, bool) {
	x := s.contents[c]
	if x == nil || x.doc.post == nil {
		return "", false
	}
	return x.doc.post.Text, true
}

// vectors puts the vectors of the manifest's tower into the rows of posts, as the node had
// to. It says whether they can be compared.
func (c *comparison) vectors(ranked []graph.Candidate, rows []graph.Row) bool {
	name := c.bundle.Manifest.Manifest.Tower
	if name == nil {
		c.differs(audit.RuleFeatures, false, "the rows end with a tower's vector, and the manifest names no tower")
		return false
	}
	if c.snap.s.Towers == nil {
		c.out.Untried = Untowered
		return false
	}
	t, err := c.snap.s.Towers(*name)
	if err != nil {
		c.out.Untried = fmt.Sprintf("%s: %s", Untowered, err)
		return false
	}
	ids := make([]graph.PostID, len(ranked))
	for i, x := range ranked {
		ids[i] = x.Post
	}
	posts, err := c.snap.Posts(graph.PostQuery{IDs: ids, Limit: len(ids)})
	if err != nil {
		c.out.Untried = err.Error()
		return false
	}
	contents := map[graph.PostID]cid.Cid{}
	for _, p := range posts {
		if p.Status == graph.Present {
			contents[p.ID] = p.CID
		}
	}
	for i, x := range ranked {
		name, present := contents[x.Post]
		text, known := c.snap.s.Text(name)
		if !present || !known { // what is withdrawn is excused with its row
			continue
		}
		v, ok := t.Vectors[name]
		if !ok || v.From > c.snap.block.Number {
			t.mu.Lock()
			t.lacked++
			t.mu.Unlock()
			continue
		}
		if err := t.judge(v, text); err != nil {
			c.differs(audit.RuleVector, false, fmt.Sprintf("the vector that the node serves for post %s does not hold: %s", x.Post, err))
			return false
		}
		e := tower.Pad(v.Vector)
		features.Put(rows[i], &e)
	}
	return true
}

// placeName is that of a place in a row of the schema.
func (c *comparison) placeName(place int) string {
	if c.schema == features.Towered() && place >= graph.Features {
		return fmt.Sprintf("vector_%d", place-graph.Features)
	}
	return features.Name(place)
}
