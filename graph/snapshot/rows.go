package snapshot

import (
	"github.com/ipfs/go-cid"

	"candor/graph"
)

// section is a kind of rows; the numbers are those of the bytes, and their order
// is that of the stream.
type section uint8

const (
	accounts  section = 1
	withheld  section = 2
	documents section = 3
	profiles  section = 4
	posts     section = 5
	edges     section = 6
	policies  section = 7
	reactions section = 8
)

var sectionNames = [...]string{accounts: "accounts", withheld: "withheld", documents: "documents",
	profiles: "profiles", posts: "posts", edges: "edges", policies: "policies", reactions: "reactions"}

func (s section) String() string {
	if s < accounts || s > reactions {
		return "unknown rows"
	}
	return sectionNames[s]
}

// Row is one of the types below. Sections come in the order in which they stand
// here, and rows inside a section in the order that each names; each key once.
type Row interface {
	section() section
	// key is the row's place in its section, which byte order keeps.
	key() []byte
}

// Account is one that ever changed anything, in the order of addresses.
type Account struct {
	Address graph.Address
	First   graph.Position // of its first event that changed something
	Time    uint64         // of that event
}

// Withheld is a content that the writer does not show and that a standing post or
// profile names, in the order of the CIDs' bytes.
type Withheld struct{ CID cid.Cid }

// Document is one that a standing post or profile shows, in the order of the
// CIDs' bytes.
type Document struct {
	CID       cid.Cid
	Body      []byte
	Embedding *graph.Embedding // of a post's text; nil for a profile's document
}

// Profile is a profile that holds, in the order of addresses.
type Profile struct {
	Address  graph.Address
	ID       graph.Position
	CID      cid.Cid
	Imported bool
	// Status follows from the rows before; Writers ignore it and Readers set it.
	Status graph.Status
}

// Post is a post, standing or removed, in chain order.
type Post struct {
	ID      graph.PostID
	Author  graph.Address
	Time    uint64
	Parent  graph.Ref
	Quote   graph.Ref
	Removed bool
	CID     cid.Cid // the first content
	Edits   []Edit  // in chain order
	// Status, and the digest of the embedding of a present one, follow from the
	// rows before; Writers ignore them and Readers set them.
	Status graph.Status
	Digest graph.Hash
}

// Edit is a later content of a post.
type Edit struct {
	ID  graph.Position
	CID cid.Cid
}

// Now is the post's content: the last, for a removed one too.
func (p *Post) Now() cid.Cid {
	if n := len(p.Edits); n > 0 {
		return p.Edits[n-1].CID
	}
	return p.CID
}

// EdgeKind says what an edge is. The numbers are those of fold.Edge.
type EdgeKind uint8

// The kinds of edges.
const (
	Follows  EdgeKind = 1
	Requests EdgeKind = 2
	Blocks   EdgeKind = 3
)

// Edge is a follow, a request to follow or a block that holds, in the order of
// kinds, then of the chain.
type Edge struct {
	Kind EdgeKind
	graph.Follow
}

// Policy is who may follow a person that does not let everybody, in the order of
// addresses.
type Policy struct {
	Address graph.Address
	ID      graph.Position // of the event that chose it
	Policy  graph.Policy
}

// Reaction is a reaction that holds, in chain order.
type Reaction struct {
	graph.Reaction
	// Receiver is the post's author; it follows from the rows before, Writers
	// ignore it and Readers set it.
	Receiver graph.Address
}

func (Account) section() section  { return accounts }
func (Withheld) section() section { return withheld }
func (Document) section() section { return documents }
func (Profile) section() section  { return profiles }
func (Post) section() section     { return posts }
func (Edge) section() section     { return edges }
func (Policy) section() section   { return policies }
func (Reaction) section() section { return reactions }

func (r Account) key() []byte  { return r.Address[:] }
func (r Withheld) key() []byte { return r.CID.Bytes() }
func (r Document) key() []byte { return r.CID.Bytes() }
func (r Profile) key() []byte  { return r.Address[:] }
func (r Post) key() []byte     { return place(r.ID) }
func (r Edge) key() []byte     { return append([]byte{byte(r.Kind)}, place(r.ID)...) }
func (r Policy) key() []byte   { return r.Address[:] }
func (r Reaction) key() []byte { return place(r.ID) }

func place(p graph.Position) []byte {
	b := p.Bytes()
	return b[:]
}
