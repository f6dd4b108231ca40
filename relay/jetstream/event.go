package jetstream

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/ipfs/go-cid"

	"candor/graph"
)

// The collections that are published.
const (
	profileCollection = "app.bsky.actor.profile"
	followCollection  = "app.bsky.graph.follow"
	postCollection    = "app.bsky.feed.post"
	likeCollection    = "app.bsky.feed.like"
	repostCollection  = "app.bsky.feed.repost"
)

const (
	maxDID  = 2048 // bytes; https://www.w3.org/TR/did-core/ sets none, atproto this one
	maxRKey = 512  // https://atproto.com/specs/record-key
	// maxTime bounds time_us: the year 9999.
	maxTime = 253402300799_000000
)

// event is a line of the file.
type event struct {
	DID    string  `json:"did"`
	TimeUS int64   `json:"time_us"`
	Kind   string  `json:"kind"`
	Commit *commit `json:"commit"`
}

type commit struct {
	Operation  string          `json:"operation"`
	Collection string          `json:"collection"`
	RKey       string          `json:"rkey"`
	Record     json.RawMessage `json:"record"`
}

type strongRef struct {
	URI string `json:"uri"`
}

type profileRecord struct {
	DisplayName string `json:"displayName"`
	Description string `json:"description"`
	CreatedAt   string `json:"createdAt"`
}

type followRecord struct {
	Subject   string `json:"subject"`
	CreatedAt string `json:"createdAt"`
}

type reactionRecord struct {
	Subject   strongRef `json:"subject"`
	CreatedAt string    `json:"createdAt"`
}

type postRecord struct {
	Text      string   `json:"text"`
	Langs     []string `json:"langs"`
	Tags      []string `json:"tags"`
	CreatedAt string   `json:"createdAt"`
	Reply     *struct {
		Parent strongRef `json:"parent"`
	} `json:"reply"`
	Embed *embed `json:"embed"`
}

type embed struct {
	Type     string          `json:"$type"`
	External *external       `json:"external"`
	Record   json.RawMessage `json:"record"` // a reference, or one level deeper with media
	Media    *embed          `json:"media"`
}

type external struct {
	URI   string `json:"uri"`
	Title string `json:"title"`
}

// act is an event as the social graph has it, before its references are resolved.
type act struct {
	line    int
	did     string
	uri     string // at://did/collection/rkey
	action  graph.Action
	kind    graph.ReactionKind
	time    int64 // seconds, as recorded
	delete  bool  // what uri names is to be undone: action, target and subject come from it
	doc     []byte
	cid     cid.Cid
	target  string // follow: the other's DID
	subject string // post: its parent's URI; reaction: its post's
	quote   string // post: the URI that it quotes
}

// unsupported is what is well-formed and not published, by name.
type unsupported string

func (u unsupported) Error() string { return string(u) + " is not published" }

// parse reads a line. An unsupported error names what is skipped on purpose; any
// other says what is wrong with the line.
func parse(line []byte) (act, error) {
	var e event
	if err := json.Unmarshal(line, &e); err != nil {
		return act{}, fmt.Errorf("it is no JSON object of an event: %w", err)
	}
	if !strings.HasPrefix(e.DID, "did:") || len(e.DID) > maxDID || strings.ContainsAny(e.DID, "/ \n") {
		return act{}, errors.New("its did is no DID")
	}
	if e.TimeUS <= 0 || e.TimeUS > maxTime {
		return act{}, errors.New("its time_us is no time in microseconds")
	}
	if e.Kind == "" {
		return act{}, errors.New("it has no kind")
	}
	if e.Kind != "commit" {
		return act{}, unsupported(e.Kind)
	}
	c := e.Commit
	if c == nil || c.Collection == "" || c.RKey == "" || len(c.RKey) > maxRKey || strings.ContainsAny(c.RKey, "/ \n") {
		return act{}, errors.New("its commit names no collection and rkey")
	}
	a := act{did: e.DID, uri: "at://" + e.DID + "/" + c.Collection + "/" + c.RKey, time: e.TimeUS / 1_000_000}
	read := map[string]func(*act, json.RawMessage) (string, error){
		profileCollection: (*act).profile, followCollection: (*act).follow, postCollection: (*act).post,
		likeCollection: (*act).like, repostCollection: (*act).repost,
	}[c.Collection]
	switch {
	case read == nil:
		return act{}, unsupported(c.Collection)
	case c.Operation == "delete" && c.Collection != profileCollection:
		a.delete = true
		return a, nil
	case c.Operation == "create", c.Operation == "update" && c.Collection == profileCollection:
	case c.Operation == "delete", c.Operation == "update":
		return act{}, unsupported(c.Collection + " " + c.Operation)
	default:
		return act{}, fmt.Errorf("its operation is %q", c.Operation)
	}
	created, err := read(&a, c.Record)
	if err != nil {
		return act{}, err
	}
	if t, err := time.Parse(time.RFC3339, created); err == nil && t.Unix() > 0 {
		a.time = min(a.time, t.Unix())
	}
	return a, nil
}

func (a *act) profile(raw json.RawMessage) (string, error) {
	var r profileRecord
	if err := record(raw, &r); err != nil {
		return "", err
	}
	a.action = graph.ActProfile
	var err error
	a.doc, a.cid, err = graph.ProfileContent{DisplayName: r.DisplayName, Description: r.Description, Source: a.uri}.Encode()
	return r.CreatedAt, err
}

func (a *act) follow(raw json.RawMessage) (string, error) {
	var r followRecord
	if err := record(raw, &r); err != nil {
		return "", err
	}
	if !strings.HasPrefix(r.Subject, "did:") || len(r.Subject) > maxDID {
		return "", errors.New("its subject is no DID")
	}
	a.action, a.target = graph.ActFollow, r.Subject
	return r.CreatedAt, nil
}

func (a *act) like(raw json.RawMessage) (string, error)   { return a.react(raw, graph.Like) }
func (a *act) repost(raw json.RawMessage) (string, error) { return a.react(raw, graph.Repost) }

func (a *act) react(raw json.RawMessage, kind graph.ReactionKind) (string, error) {
	var r reactionRecord
	if err := record(raw, &r); err != nil {
		return "", err
	}
	if !strings.HasPrefix(r.Subject.URI, "at://") {
		return "", errors.New("its subject is no at:// URI")
	}
	a.action, a.kind, a.subject = graph.ActReact, kind, r.Subject.URI
	return r.CreatedAt, nil
}

func (a *act) post(raw json.RawMessage) (string, error) {
	var r postRecord
	if err := record(raw, &r); err != nil {
		return "", err
	}
	a.action = graph.ActPost
	if r.Reply != nil {
		if a.subject = r.Reply.Parent.URI; a.subject == "" {
			return "", errors.New("its reply names no parent")
		}
	}
	p := graph.PostContent{Text: r.Text, Langs: r.Langs, Tags: r.Tags, Source: a.uri}
	for e := r.Embed; e != nil; e = e.Media {
		if e.External != nil && e.External.URI != "" {
			p.Link = &graph.Link{URI: e.External.URI, Title: e.External.Title}
		}
		if q := quoted(e.Record); q != "" {
			a.quote = q
		}
	}
	if p.Text == "" && p.Link == nil {
		return "", unsupported(postCollection + " without text")
	}
	var err error
	a.doc, a.cid, err = p.Encode()
	return r.CreatedAt, err
}

// quoted is the URI of a quoted post: embed.record has it, embed.recordWithMedia
// one level deeper. Quoted lists and feeds are none.
func quoted(raw json.RawMessage) string {
	var r struct {
		strongRef
		Record strongRef `json:"record"`
	}
	if len(raw) == 0 || json.Unmarshal(raw, &r) != nil {
		return ""
	}
	uri := r.URI
	if uri == "" {
		uri = r.Record.URI
	}
	if !strings.Contains(uri, "/"+postCollection+"/") {
		return ""
	}
	return uri
}

func record(raw json.RawMessage, v any) error {
	if len(raw) == 0 {
		return errors.New("it has no record")
	}
	if err := json.Unmarshal(raw, v); err != nil {
		return fmt.Errorf("its record is malformed: %w", err)
	}
	return nil
}
