package graph

import (
	"encoding/binary"
	"fmt"

	"github.com/ipfs/go-cid"
)

// Action is what an author does. The numbers are the contract's.
type Action uint8

// The actions of SocialGraph.
const (
	ActProfile  Action = 1 // set one's profile document
	ActFollow   Action = 2
	ActUnfollow Action = 3
	ActPost     Action = 4
	ActReact    Action = 5
	ActUnreact  Action = 6
	ActRemove   Action = 7 // withdraw one's own post
	ActBlock    Action = 8 // neither follows the other from here on
	ActUnblock  Action = 9
	ActOpen     Action = 10 // anyone may follow
	ActApproval Action = 11 // who follows must be approved
	ActClosed   Action = 12 // nobody new may follow
	ActApprove  Action = 13 // a request to follow becomes a follow
	ActRefuse   Action = 14 // a request to follow, or a follow, ends
	ActEdit     Action = 15 // replace the content of one's own post
	ActRequest  Action = 16 // what a follow leaves under approval; nobody signs it
)

var actionNames = [...]string{ActProfile: "profile", ActFollow: "follow", ActUnfollow: "unfollow",
	ActPost: "post", ActReact: "react", ActUnreact: "unreact", ActRemove: "remove",
	ActBlock: "block", ActUnblock: "unblock", ActOpen: "open", ActApproval: "approval", ActClosed: "closed",
	ActApprove: "approve", ActRefuse: "refuse", ActEdit: "edit", ActRequest: "request"}

// Valid reports whether a is one of the actions.
func (a Action) Valid() bool { return a >= ActProfile && a <= ActRequest }

// Signed reports whether an author may sign an intent with the action. A request
// is not signed: it is what the contract makes of a follow.
func (a Action) Signed() bool { return a >= ActProfile && a <= ActEdit }

// String is the action's lower-case name.
func (a Action) String() string {
	if !a.Valid() {
		return fmt.Sprintf("action(%d)", uint8(a))
	}
	return actionNames[a]
}

// ReactionKind says how an author reacted.
type ReactionKind uint8

// The kinds of reactions.
const (
	Like   ReactionKind = 1
	Repost ReactionKind = 2
)

// MaxCID is the most bytes that a CID may have in an event; the contract refuses longer ones.
const MaxCID = 64

// Ref names a post by its position and its content, the current or an earlier
// one; it refers to nothing when either does not match the other.
type Ref struct {
	ID  PostID
	CID cid.Cid
}

// IsZero reports whether the reference is absent.
func (r Ref) IsZero() bool { return r.ID.IsZero() && !r.CID.Defined() }

// Event is one verified change of the social graph: a log of SocialGraph.
type Event struct {
	ID        Position
	Action    Action
	Author    Address
	Time      uint64       // the author's claim, at most the block's time
	Target    Address      // follow, unfollow, block, unblock, approve, refuse, request
	CID       cid.Cid      // profile, post, edit
	Subject   Ref          // post: the parent; react, unreact, remove, edit: the post meant
	Quote     Ref          // post
	Reaction  ReactionKind // react, unreact
	Imported  bool         // profile: the key is an importer's, not the person's
	BlockTime uint64
}

// Names reports whether the event names a document: a post's or a profile's, in CID.
func (e Event) Names() bool {
	return e.CID.Defined() && (e.Action == ActProfile || e.Action == ActPost || e.Action == ActEdit)
}

// Bytes is the canonical encoding: fixed-width fields, then each CID behind a
// 16-bit length, big-endian.
func (e Event) Bytes() []byte {
	b := make([]byte, 0, 192)
	id := e.ID.Bytes()
	b = append(b, id[:]...)
	b = append(b, byte(e.Action))
	b = append(b, e.Author[:]...)
	b = binary.BigEndian.AppendUint64(b, e.Time)
	b = binary.BigEndian.AppendUint64(b, e.BlockTime)
	b = append(b, e.Target[:]...)
	b = append(b, byte(e.Reaction))
	if e.Imported {
		b = append(b, 1)
	} else {
		b = append(b, 0)
	}
	b = appendCID(b, e.CID)
	for _, r := range []Ref{e.Subject, e.Quote} {
		id := r.ID.Bytes()
		b = append(b, id[:]...)
		b = appendCID(b, r.CID)
	}
	return b
}

func appendCID(b []byte, c cid.Cid) []byte {
	raw := c.Bytes()
	b = binary.BigEndian.AppendUint16(b, uint16(len(raw)))
	return append(b, raw...)
}
