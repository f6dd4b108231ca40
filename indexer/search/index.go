package search

import (
	"slices"
	"strings"
	"sync"

	"github.com/ipfs/go-cid"

	"candor/graph"
	"candor/graph/embed"
)

// Window is how many blocks back a snapshot may be asked, and the mirror be rolled
// back without filling the index again.
const Window = graph.History

// kept is how many blocks a text stays in the index that nobody shows any more: after
// the deepest rollback the oldest snapshot still finds it.
const kept = 2 * Window

// Index is the words of all texts. Its methods may be called by many at once.
type Index struct {
	mu     sync.RWMutex
	filled bool
	since  uint64 // the block of the snapshot that it was filled from
	head   uint64 // the last block that it was told of
	rolled int    // how often the mirror was rolled back

	terms map[string]*term
	docs  []*document // by number; nil: dropped
	at    map[cid.Cid]uint32

	// What each shows now, as far as events say: they are not judged here, and one
	// that has no effect leaves a name that no snapshot bears out.
	postAt   map[graph.PostID]uint32
	personAt map[graph.Address]uint32

	leaving  []leave   // in the order in which they were said
	unspoken []cid.Cid // contents whose words, or names, a snapshot must tell
}

// term is a word, and the numbers of the documents that have it, ascending.
type term struct {
	word string
	docs []uint32
}

// document is one content: who named it, and its words once it was served.
type document struct {
	cid     cid.Cid
	posts   []graph.PostID
	people  []graph.Address
	terms   []*term
	leaving int // how often it is in Index.leaving
}

// leave says that a document lost one who named it.
type leave struct {
	block uint64
	doc   uint32
}

// New is an empty index. It is not asked before Fill is through.
func New() *Index {
	return &Index{terms: map[string]*term{}, at: map[cid.Cid]uint32{},
		postAt: map[graph.PostID]uint32{}, personAt: map[graph.Address]uint32{}}
}

// document is the one of that content; under mu, as all that follows.
func (x *Index) document(c cid.Cid) uint32 {
	n, ok := x.at[c]
	if !ok {
		n = uint32(len(x.docs))
		x.at[c] = n
		x.docs = append(x.docs, &document{cid: c})
	}
	return n
}

func (x *Index) namePost(c cid.Cid, id graph.PostID) uint32 {
	n := x.document(c)
	if d := x.docs[n]; !slices.Contains(d.posts, id) {
		d.posts = append(d.posts, id)
	}
	return n
}

func (x *Index) namePerson(c cid.Cid, who graph.Address) uint32 {
	n := x.document(c)
	if d := x.docs[n]; !slices.Contains(d.people, who) {
		d.people = append(d.people, who)
	}
	return n
}

// tell gives a document its words, once.
func (x *Index) tell(n uint32, words []string) {
	d := x.docs[n]
	if d.terms != nil {
		return
	}
	d.terms = make([]*term, len(words))
	for i, w := range words {
		t := x.terms[w]
		if t == nil {
			t = &term{word: strings.Clone(w)} // or it would hold its whole text
			x.terms[t.word] = t
		}
		at, _ := slices.BinarySearch(t.docs, n) // nearly always at the end
		t.docs = slices.Insert(t.docs, at, n)
		d.terms[i] = t
	}
}

// drop forgets a document, and every word that it alone had.
func (x *Index) drop(n uint32) {
	d := x.docs[n]
	for _, t := range d.terms {
		if at, there := slices.BinarySearch(t.docs, n); there {
			t.docs = slices.Delete(t.docs, at, at+1)
		}
		if len(t.docs) == 0 {
			delete(x.terms, t.word)
		}
	}
	for _, id := range d.posts {
		if x.postAt[id] == n {
			delete(x.postAt, id)
		}
	}
	for _, who := range d.people {
		if x.personAt[who] == n {
			delete(x.personAt, who)
		}
	}
	delete(x.at, d.cid)
	x.docs[n] = nil
}

// leave notes that a document lost one who named it.
func (x *Index) leave(block uint64, n uint32) {
	if x.docs[n] != nil {
		x.docs[n].leaving++
		x.leaving = append(x.leaving, leave{block, n})
	}
}

// Follow takes batches in, before the mirror does: what the mirror then refuses is
// in no snapshot, and is not found. Settle is to be called once the mirror has them.
func (x *Index) Follow(bs []graph.Batch) {
	told := map[cid.Cid][]string{}
	for _, b := range bs {
		for _, docs := range []map[cid.Cid][]byte{b.Contents, b.Late} {
			for c, doc := range docs {
				if words, ok := wordsOf(doc); ok {
					told[c] = words
				}
			}
		}
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	for _, b := range bs {
		x.head = b.Block.Number
		for _, e := range b.Events {
			x.take(b.Block.Number, e)
		}
		x.unspoken = append(x.unspoken, b.Restore...)
	}
	for c, words := range told {
		if _, named := x.at[c]; named || !x.filled { // Fill will name it, if anybody does
			x.tell(x.document(c), words)
		} else {
			x.unspoken = append(x.unspoken, c)
		}
	}
}

// wordsOf are a document's words; false when it is no valid one.
func wordsOf(doc []byte) ([]string, bool) {
	if post, err := graph.ParsePost(doc); err == nil {
		return embed.PostTerms(post), true
	}
	profile, err := graph.ParseProfile(doc)
	return embed.ProfileTerms(profile), err == nil
}

func (x *Index) take(block uint64, e graph.Event) {
	switch e.Action {
	case graph.ActPost:
		x.postAt[e.ID] = x.namePost(e.CID, e.ID)
	case graph.ActEdit:
		if old, ok := x.postAt[e.Subject.ID]; ok {
			x.leave(block, old)
		}
		x.postAt[e.Subject.ID] = x.namePost(e.CID, e.Subject.ID)
	case graph.ActRemove:
		if old, ok := x.postAt[e.Subject.ID]; ok {
			x.leave(block, old)
		}
	case graph.ActProfile:
		if old, ok := x.personAt[e.Author]; ok {
			x.leave(block, old)
		}
		x.personAt[e.Author] = x.namePerson(e.CID, e.Author)
	}
}
