package graph

import "github.com/ipfs/go-cid"

// Status says what the mirror knows of a post's content at a block.
type Status uint8

// The statuses of a post in a mirror.
const (
	Present     Status = 1 // the content was fetched and checked
	Unavailable Status = 2 // nobody served it yet, or it is no valid post
	Withheld    Status = 3 // the operator does not show it; auditors may ask why
	Removed     Status = 4 // its author withdrew it
)

// String is the status's lower-case name.
func (s Status) String() string {
	switch s {
	case Present:
		return "present"
	case Unavailable:
		return "unavailable"
	case Withheld:
		return "withheld"
	case Removed:
		return "removed"
	}
	return "unknown"
}

// EmbeddingDim is the number of dimensions of a post's embedding.
const EmbeddingDim = 384

// Embedding is a text's place in meaning: int8 per dimension, Euclidean norm
// about 127, all zero when there is nothing to embed.
type Embedding [EmbeddingDim]int8

// Dot is the exact inner product, |result| ≤ 384·127².
func (e *Embedding) Dot(o *Embedding) (sum int32) {
	for i := range e {
		sum += int32(e[i]) * int32(o[i])
	}
	return sum
}

// Wide is an embedding that is compared with many.
type Wide [EmbeddingDim]int32

// Widen is the embedding, ready to be compared with many.
func (e *Embedding) Widen() (w Wide) {
	for i, v := range e {
		w[i] = int32(v)
	}
	return w
}

// Dot is the exact inner product, as Embedding's: four sums that do not wait for
// each other, over arrays of constant size, so that no bounds are checked.
func (w *Wide) Dot(o *Embedding) int32 {
	var a, b, c, d int32
	for i := 0; i < EmbeddingDim; i += 8 {
		a += w[i]*int32(o[i]) + w[i+4]*int32(o[i+4])
		b += w[i+1]*int32(o[i+1]) + w[i+5]*int32(o[i+5])
		c += w[i+2]*int32(o[i+2]) + w[i+6]*int32(o[i+6])
		d += w[i+3]*int32(o[i+3]) + w[i+7]*int32(o[i+7])
	}
	return a + b + c + d
}

// Bytes is the canonical form, one two's-complement byte per dimension.
func (e *Embedding) Bytes() []byte {
	b := make([]byte, EmbeddingDim)
	for i, v := range e {
		b[i] = byte(v)
	}
	return b
}

// Post is a post as the mirror shows it at a block.
type Post struct {
	ID        PostID
	Author    Address
	CID       cid.Cid  // of the current content
	Edited    Position // of the last edit; zero when there was none
	Time      uint64   // min(author's claim, block's time), seconds
	Parent    Ref      // what it replies to; zero for a root
	Quote     Ref
	Status    Status
	Content   PostContent // zero unless Status is Present
	Embedding Embedding   // zero unless Status is Present
}

// Profile is what a person says of itself, at a block.
type Profile struct {
	Address  Address
	ID       Position
	CID      cid.Cid
	Imported bool
	Status   Status
	Content  ProfileContent
}

// Policy says who may follow a person.
type Policy uint8

// The policies of who may follow. Who never chose one is open.
const (
	PolicyOpen     Policy = 1 // anyone
	PolicyApproval Policy = 2 // whom the person approves
	PolicyClosed   Policy = 3 // nobody new
)

// String is the policy's lower-case name, which is that of the action that sets it.
func (p Policy) String() string {
	if p < PolicyOpen || p > PolicyClosed {
		return "unknown"
	}
	return actionNames[ActOpen+Action(p-PolicyOpen)]
}

// Policy is the policy that the action sets; ok is false when it sets none.
func (a Action) Policy() (p Policy, ok bool) {
	return PolicyOpen + Policy(a-ActOpen), a >= ActOpen && a <= ActClosed
}

// Follow is an edge of the graph: From reads To. Requests to follow and blocks
// have the same form: From asks To, From blocks To.
type Follow struct {
	ID       Position
	From, To Address
	Time     uint64
}

// Reaction is one author's reaction to one post.
type Reaction struct {
	ID      Position
	Author  Address
	Subject PostID
	Kind    ReactionKind
	Time    uint64
}
