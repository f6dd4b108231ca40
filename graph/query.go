package graph

// What may be asked of a mirror at one block. Every answer is exact and its
// order is part of the contract, since features and candidates depend on it.

// PostQuery asks for posts, newest position first. Zero fields do not restrict.
type PostQuery struct {
	IDs     []PostID  // these posts
	Authors []Address // by any of these
	Parents []PostID  // direct replies to any of these
	Before  PostID    // at positions before this one
	Since   uint64    // with Time ≥ Since
	Roots   bool      // no replies
	Limit   int       // at most so many; 0 means 1,000
}

// FollowQuery asks for edges from one person to another (follows, requests to
// follow, blocks), newest position first.
type FollowQuery struct {
	From  []Address
	To    []Address
	Limit int // 0 means 10,000
}

// ReactionQuery asks for reactions, newest position first.
type ReactionQuery struct {
	Authors  []Address
	Subjects []PostID
	Since    uint64
	Limit    int // 0 means 10,000
}

// PostTally counts what happened to a post up to a block.
type PostTally struct {
	Likes, Reposts, Replies, Quotes uint32
}

// Engagement is the weight by which posts trend: likes + 2·replies + 2·reposts + 2·quotes.
func (t PostTally) Engagement() uint32 { return t.Likes + 2*(t.Replies+t.Reposts+t.Quotes) }

// AuthorTally counts what an author has up to a block.
type AuthorTally struct {
	Followers, Following, Posts, LikesReceived uint32
	FirstSeen                                  uint64 // time of the author's first event, seconds
}

// Pace says how a post stands among those of its author, up to a block.
type Pace struct {
	Lately uint32 // standing posts since a time, among the author's newest PaceLately
	Later  uint32 // standing root posts after it, among the author's next PaceLater
}

// How far a Pace looks, so that no author makes it slow.
const (
	PaceLately = 64
	PaceLater  = 32
)

// Stats counts a mirror's rows at its head. System accounts have no rows.
type Stats struct {
	Block       uint64 `json:"block"`
	Profiles    uint64 `json:"profiles"`
	Posts       uint64 `json:"posts"` // not removed, replies included
	Replies     uint64 `json:"replies"`
	Follows     uint64 `json:"follows"`
	Reactions   uint64 `json:"reactions"`
	Unavailable uint64 `json:"unavailable"` // posts whose content nobody serves
}
