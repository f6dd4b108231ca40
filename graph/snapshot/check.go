package snapshot

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"

	"github.com/ipfs/go-cid"
	mh "github.com/multiformats/go-multihash"

	"candor/graph"
)

// checker takes the rows of a snapshot in their order and refuses what no mirror
// could have. Writers and Readers use the same one. It keeps names, not texts: its
// memory is bounded by the bytes of the rows that it has seen.
type checker struct {
	block graph.Block
	embed func(string) graph.Embedding

	section section
	last    []byte

	accounts  map[graph.Address]graph.Position
	withheld  map[string]*bool // whether something names it
	documents map[string]*text
	events    map[graph.Position]section // whose event it is
	posts     map[graph.PostID]*known
	edges     map[pair]EdgeKind // of follows and requests
	reacted   map[reacted]bool

	entries []graph.MirrorEntry
	counts  Counts
}

// text is what is known of a document.
type text struct {
	post   bool
	digest graph.Hash
	named  bool
}

// known is what references to a post must fit.
type known struct {
	author   graph.Address
	versions []Edit // the first has the post's own position
}

type pair struct{ from, to graph.Address }

type reacted struct {
	author  graph.Address
	subject graph.PostID
	kind    graph.ReactionKind
}

func newChecker(block graph.Block, embed func(string) graph.Embedding) *checker {
	return &checker{block: block, embed: embed,
		accounts:  map[graph.Address]graph.Position{},
		withheld:  map[string]*bool{},
		documents: map[string]*text{},
		events:    map[graph.Position]section{},
		posts:     map[graph.PostID]*known{},
		edges:     map[pair]EdgeKind{},
		reacted:   map[reacted]bool{},
	}
}

// take checks the row and fills what follows from the rows before it.
func (k *checker) take(row Row) (out Row, err error) {
	s, key := row.section(), row.key()
	if s < k.section || s == k.section && bytes.Compare(key, k.last) <= 0 {
		return nil, fmt.Errorf("a row of %s is out of order or there twice", s)
	}
	k.section, k.last = s, bytes.Clone(key)
	switch r := row.(type) {
	case Account:
		out, err = r, k.account(r)
	case Withheld:
		out, err = r, k.withhold(r)
	case Document:
		out, err = r, k.document(r)
	case Profile:
		out, err = k.profile(r)
	case Post:
		out, err = k.post(r)
	case Edge:
		out, err = r, k.edge(r)
	case Policy:
		out, err = r, k.policy(r)
	case Reaction:
		out, err = k.reaction(r)
	}
	if err != nil {
		return nil, fmt.Errorf("a row of %s is wrong: %w", s, err)
	}
	return out, nil
}

func (k *checker) account(r Account) error {
	k.counts.Accounts++
	k.accounts[r.Address] = r.First
	return errors.Join(k.inside(r.First), k.past(r.Time))
}

// inside refuses positions that are not up to the block.
func (k *checker) inside(p graph.Position) error {
	if p.Block == 0 || p.Block > k.block.Number {
		return fmt.Errorf("position %s is not in blocks 1 to %d", p, k.block.Number)
	}
	return nil
}

func (k *checker) past(time uint64) error {
	if time > k.block.Time {
		return fmt.Errorf("time %d is after the block's, %d", time, k.block.Time)
	}
	return nil
}

// event takes the position of an event by one of the authors; each event made one row.
func (k *checker) event(p graph.Position, by ...graph.Address) error {
	if err := k.inside(p); err != nil {
		return err
	}
	if other, taken := k.events[p]; taken {
		return fmt.Errorf("event %s made one of %s already", p, other)
	}
	k.events[p] = k.section
	for _, a := range by {
		if first, ok := k.accounts[a]; ok && first.Compare(p) <= 0 {
			return nil
		}
	}
	return fmt.Errorf("event %s is by nobody who had an account then", p)
}

func (k *checker) withhold(r Withheld) error {
	k.counts.Withheld++
	k.withheld[r.CID.KeyString()] = new(bool)
	return named(r.CID)
}

// named refuses what no event can name.
func named(c cid.Cid) error {
	if n := len(c.Bytes()); n == 0 || n > graph.MaxCID {
		return fmt.Errorf("a CID has %d bytes: 1 to %d are allowed", n, graph.MaxCID)
	}
	return nil
}

func (k *checker) document(r Document) error {
	k.counts.Documents++
	if err := named(r.CID); err != nil {
		return err
	}
	if n := len(r.Body); n == 0 || n > graph.MaxDocument {
		return fmt.Errorf("document %s has %d bytes: 1 to %d are allowed", r.CID, n, graph.MaxDocument)
	}
	d, err := mh.Decode(r.CID.Hash())
	if err != nil || d.Code != mh.SHA2_256 {
		return fmt.Errorf("document %s is not named by SHA-256", r.CID)
	}
	if sum := sha256.Sum256(r.Body); !bytes.Equal(d.Digest, sum[:]) {
		return fmt.Errorf("document %s is not what its CID says", r.CID)
	}
	if k.withheld[r.CID.KeyString()] != nil {
		return fmt.Errorf("document %s is withheld and there all the same", r.CID)
	}
	post, err := graph.ParsePost(r.Body)
	if err != nil {
		if _, err := graph.ParseProfile(r.Body); err != nil {
			return fmt.Errorf("document %s is neither a post's nor a profile's", r.CID)
		}
		if r.Embedding != nil {
			return fmt.Errorf("document %s is a profile's and has an embedding", r.CID)
		}
		k.documents[r.CID.KeyString()] = &text{}
		return nil
	}
	if r.Embedding == nil || *r.Embedding != k.embed(post.Text) {
		return fmt.Errorf("the embedding of document %s is not that of its text", r.CID)
	}
	k.documents[r.CID.KeyString()] = &text{post: true, digest: graph.EmbeddingDigest(r.Embedding)}
	return nil
}

// status is that of what stands and names the content as a post or a profile.
func (k *checker) status(c cid.Cid, post bool) (graph.Status, graph.Hash) {
	if w := k.withheld[c.KeyString()]; w != nil {
		*w = true
		return graph.Withheld, graph.Hash{}
	}
	if d := k.documents[c.KeyString()]; d != nil && d.post == post {
		d.named = true
		return graph.Present, d.digest
	}
	return graph.Unavailable, graph.Hash{}
}

func (k *checker) profile(r Profile) (Profile, error) {
	k.counts.Profiles++
	r.Status, _ = k.status(r.CID, false)
	return r, errors.Join(k.event(r.ID, r.Address), named(r.CID))
}

func (k *checker) post(r Post) (Post, error) {
	k.counts.Posts++
	if err := errors.Join(k.event(r.ID, r.Author), k.past(r.Time), named(r.CID),
		k.refers(r.ID, r.Parent), k.refers(r.ID, r.Quote)); err != nil {
		return r, err
	}
	p := &known{author: r.Author, versions: append([]Edit{{r.ID, r.CID}}, r.Edits...)}
	for i, e := range p.versions[1:] {
		before := p.versions[i]
		if err := errors.Join(k.event(e.ID, r.Author), named(e.CID)); err != nil {
			return r, err
		}
		if e.ID.Compare(before.ID) <= 0 || e.CID.Equals(before.CID) {
			return r, fmt.Errorf("post %s has an edit out of order or one that changes nothing", r.ID)
		}
	}
	k.posts[r.ID] = p
	r.Status, r.Digest = graph.Removed, graph.Hash{}
	if !r.Removed {
		r.Status, r.Digest = k.status(r.Now(), true)
	}
	k.entries = append(k.entries, graph.MirrorEntry{ID: r.ID, Status: r.Status, Embedding: r.Digest})
	return r, nil
}

// refers refuses a reference that named nothing when the event came.
func (k *checker) refers(from graph.PostID, to graph.Ref) error {
	if to.IsZero() {
		return nil
	}
	p := k.posts[to.ID]
	if p == nil {
		return fmt.Errorf("post %s refers to %s, which is no post before it", from, to.ID)
	}
	for _, v := range p.versions {
		if v.CID.Equals(to.CID) && v.ID.Compare(from) < 0 {
			return nil
		}
	}
	return fmt.Errorf("post %s refers to a content that %s never had before it", from, to.ID)
}

func (k *checker) edge(r Edge) error {
	by := r.From
	switch r.Kind {
	case Follows:
		k.counts.Follows++
		by = r.To // an approval is the other's event
	case Requests:
		k.counts.Requests++
	case Blocks:
		k.counts.Blocks++
	default:
		return fmt.Errorf("an edge is of kind %d: 1 to 3 are known", r.Kind)
	}
	if r.From == r.To {
		return fmt.Errorf("edge %s is of one with itself", r.ID)
	}
	there, back := pair{r.From, r.To}, pair{r.To, r.From}
	switch {
	case r.Kind != Blocks && k.edges[there] != 0:
		return fmt.Errorf("edge %s joins two whom another joins", r.ID)
	case r.Kind == Blocks && k.edges[there] == Blocks:
		return fmt.Errorf("block %s is there twice", r.ID)
	case r.Kind == Blocks && (k.edges[there] != 0 || k.edges[back] != 0 && k.edges[back] != Blocks):
		return fmt.Errorf("block %s is between two whom a follow or a request joins", r.ID)
	}
	k.edges[there] = r.Kind
	return errors.Join(k.event(r.ID, r.From, by), k.past(r.Time))
}

func (k *checker) policy(r Policy) error {
	k.counts.Policies++
	if r.Policy != graph.PolicyApproval && r.Policy != graph.PolicyClosed {
		return fmt.Errorf("the policy of %s is %d: only approval and closed are kept", r.Address, r.Policy)
	}
	return k.event(r.ID, r.Address)
}

func (k *checker) reaction(r Reaction) (Reaction, error) {
	k.counts.Reactions++
	key := reacted{r.Author, r.Subject, r.Kind}
	switch {
	case r.Kind != graph.Like && r.Kind != graph.Repost:
		return r, fmt.Errorf("reaction %s is of kind %d: likes and reposts are known", r.ID, r.Kind)
	case k.posts[r.Subject] == nil || r.Subject.Compare(r.ID) >= 0:
		return r, fmt.Errorf("reaction %s is to %s, which is no post before it", r.ID, r.Subject)
	case k.reacted[key]:
		return r, fmt.Errorf("reaction %s is there twice", r.ID)
	}
	k.reacted[key] = true
	r.Receiver = k.posts[r.Subject].author
	return r, errors.Join(k.event(r.ID, r.Author), k.past(r.Time))
}

// end refuses rows that nothing names, and gives the mirror root over all posts.
func (k *checker) end() (graph.Hash, error) {
	for c, named := range k.withheld {
		if !*named {
			return graph.Hash{}, fmt.Errorf("content %s is withheld and nothing names it", show(c))
		}
	}
	for c, d := range k.documents {
		if !d.named {
			return graph.Hash{}, fmt.Errorf("document %s is there and nothing names it", show(c))
		}
	}
	return graph.MirrorRoot(k.entries), nil
}

func show(key string) string {
	c, err := cid.Cast([]byte(key))
	if err != nil {
		return fmt.Sprintf("%x", key)
	}
	return c.String()
}
