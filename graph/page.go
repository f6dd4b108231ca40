package graph

import "encoding/json"

// Page is a slice of a frozen Run, as a reader gets it.
type Page struct {
	Items  []PageItem    `json:"items"`
	Cursor string        `json:"cursor"` // "" at the end of the run
	Hidden []HiddenCount `json:"hidden"` // for each filter asked for
	Run    RunSummary    `json:"run"`
	// Fallback says that another ranker was asked for; null when it ranked.
	Fallback *Fallback `json:"fallback,omitempty"`
	// Asks is what the asker has left of this ranker; null when it has no bound.
	Asks *Asks `json:"asks,omitempty"`
}

// Asks is how many new runs of one ranker an asker may still ask for.
type Asks struct {
	Left   uint64 `json:"left"`
	Hourly uint64 `json:"hourly"` // it has so many at once, and gets as many back in an hour
	Reader bool   `json:"reader"` // they are the reader's own; false: shared by its network
}

// PageItem is one post at its rank.
type PageItem struct {
	ID      PostID   `json:"id"`
	Rank    int      `json:"rank"` // from 0, in the served order
	Post    PostView `json:"post"`
	Reasons []string `json:"reasons"` // why it was a candidate
	Notices []Notice `json:"notices"` // what filters say of it
}

// Notice is a filter's word on a post that is shown all the same.
type Notice struct {
	Filter   string   `json:"filter"`
	Decision Decision `json:"decision"`
	Reason   string   `json:"reason"`
}

// Fallback names the ranker that was asked for and did not rank the page.
type Fallback struct {
	Ranker string `json:"ranker"`
	Reason string `json:"reason"` // in plain words
	// Ticket is the node's promise of a run of that ranker, which it aborted; none when it
	// took no ticket.
	Ticket json.RawMessage `json:"ticket,omitempty"`
}

// HiddenCount says how many candidates a filter hid.
type HiddenCount struct {
	Filter string `json:"filter"`
	Count  int    `json:"count"`
}

// RunSummary is what a page says of the run that it is a slice of.
type RunSummary struct {
	ID         Hash             `json:"id"`
	Opening    Hash             `json:"opening"`
	Ranker     string           `json:"ranker"`
	Version    uint32           `json:"version"`
	Commitment Hash             `json:"commitment"`
	Assurance  string           `json:"assurance"`
	Proof      string           `json:"proof"`
	Keys       string           `json:"keys"` // "development": whoever made the key can forge
	Block      uint64           `json:"block"`
	Posts      int              `json:"posts"`
	Lane       uint32           `json:"lane"`
	Seq        uint64           `json:"seq"`
	Parameters map[string]int32 `json:"parameters,omitempty"` // values of the ranker's, by name
	Anonymous  bool             `json:"anonymous"`
	Public     bool             `json:"public"` // anyone may have its opening; false: its reader alone
	Receipt    json.RawMessage  `json:"receipt"`
	Ticket     json.RawMessage  `json:"ticket"` // the promise that the run ended; null: it was made before there were tickets
}

// PostView is a post with what a reader wants to see beside it.
type PostView struct {
	ID         PostID    `json:"id"`
	CID        string    `json:"cid"`
	Author     Address   `json:"author"`
	AuthorName string    `json:"authorName"`
	Imported   bool      `json:"imported"`
	Text       string    `json:"text"`
	Time       uint64    `json:"time"`   // seconds
	Edited     *PostID   `json:"edited"` // the last edit's position; null when there was none
	Final      bool      `json:"final"`  // the chain will not take it back
	Status     string    `json:"status"`
	Langs      []string  `json:"langs"`
	Tags       []string  `json:"tags"`
	Mentions   []Address `json:"mentions"`
	Media      []Media   `json:"media"`
	Link       *Link     `json:"link"`
	Source     string    `json:"source"`
	Parent     *RefView  `json:"parent"`
	Quote      *RefView  `json:"quote"`
	Likes      uint32    `json:"likes"`
	Reposts    uint32    `json:"reposts"`
	Replies    uint32    `json:"replies"`
	Quotes     uint32    `json:"quotes"`
}

// RefView is a reference in JSON.
type RefView struct {
	ID  PostID `json:"id"`
	CID string `json:"cid"`
}

// View shows a post with its author's profile and its tally; what is missing in
// the maps shows as empty.
func View(p Post, profiles map[Address]Profile, tallies map[PostID]PostTally) PostView {
	t, who := tallies[p.ID], profiles[p.Author]
	v := PostView{ID: p.ID, CID: p.CID.String(), Author: p.Author, AuthorName: who.Content.DisplayName,
		Imported: who.Imported, Text: p.Content.Text, Time: p.Time, Status: p.Status.String(),
		Langs: list(p.Content.Langs), Tags: list(p.Content.Tags), Mentions: list(p.Content.Mentions),
		Media: list(p.Content.Media), Link: p.Content.Link, Source: p.Content.Source,
		Likes: t.Likes, Reposts: t.Reposts, Replies: t.Replies, Quotes: t.Quotes}
	if !p.Edited.IsZero() {
		v.Edited = &p.Edited
	}
	if !p.Parent.IsZero() {
		v.Parent = &RefView{p.Parent.ID, p.Parent.CID.String()}
	}
	if !p.Quote.IsZero() {
		v.Quote = &RefView{p.Quote.ID, p.Quote.CID.String()}
	}
	return v
}

func list[E any](s []E) []E {
	if s == nil {
		return []E{}
	}
	return s
}
