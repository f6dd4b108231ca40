package jetstream

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/ipfs/go-cid"

	"candor/graph"
)

// The collections that are published.
const (
	profileCollection = "app.bsky.actor.profile"
	followCollection  = "app.bsky.graph.follow"
	blockCollection   = "app.bsky.graph.block"
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

// edgeRecord is a follow or a block.
type edgeRecord struct {
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
	Embed  *embed  `json:"embed"`
	Facets []facet `json:"facets"`
}

// facet is what a part of a post's text means.
type facet struct {
	Features []struct {
		Type string `json:"$type"`
		DID  string `json:"did"`
		URI  string `json:"uri"`
		Tag  string `json:"tag"`
	} `json:"features"`
}

type embed struct {
	Type     string          `json:"$type"`
	External *external       `json:"external"`
	Record   json.RawMessage `json:"record"` // a reference, or one level deeper with media
	Media    *embed          `json:"media"`
	Images   []image         `json:"images"`
}

type image struct {
	Alt   string `json:"alt"`
	Image struct {
		Ref struct {
			Link string `json:"$link"`
		} `json:"ref"`
		MIME string `json:"mimeType"`
		Size uint64 `json:"size"`
	} `json:"image"`
	AspectRatio struct {
		Width  uint32 `json:"width"`
		Height uint32 `json:"height"`
	} `json:"aspectRatio"`
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
	target  string // follow, block: the other's DID
	subject string // post: its parent's URI; reaction, edit: its post's
	quote   string // post: the URI that it quotes

	content  graph.PostContent // post, edit: what doc says
	mentions []string          // post, edit: the DIDs that its text names
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
		profileCollection: (*act).profile, followCollection: (*act).follow, blockCollection: (*act).block, postCollection: (*act).post,
		likeCollection: (*act).like, repostCollection: (*act).repost,
	}[c.Collection]
	switch {
	case read == nil:
		return act{}, unsupported(c.Collection)
	case c.Operation == "delete" && c.Collection != profileCollection:
		a.delete = true
		return a, nil
	case c.Operation == "create", c.Operation == "update" && (c.Collection == profileCollection || c.Collection == postCollection):
	case c.Operation == "delete", c.Operation == "update":
		return act{}, unsupported(c.Collection + " " + c.Operation)
	default:
		return act{}, fmt.Errorf("its operation is %q", c.Operation)
	}
	created, err := read(&a, c.Record)
	if err != nil {
		return act{}, err
	}
	if a.action == graph.ActPost && c.Operation == "update" {
		a.action, a.subject, a.quote = graph.ActEdit, a.uri, "" // its place stays
		return a, nil                                           // and createdAt is that of the post
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

func (a *act) follow(raw json.RawMessage) (string, error) { return a.edge(raw, graph.ActFollow) }
func (a *act) block(raw json.RawMessage) (string, error)  { return a.edge(raw, graph.ActBlock) }

func (a *act) edge(raw json.RawMessage, action graph.Action) (string, error) {
	var r edgeRecord
	if err := record(raw, &r); err != nil {
		return "", err
	}
	if !strings.HasPrefix(r.Subject, "did:") || len(r.Subject) > maxDID {
		return "", errors.New("its subject is no DID")
	}
	a.action, a.target = action, r.Subject
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
		for _, i := range e.Images {
			if m, ok := i.medium(); ok && len(p.Media) < graph.MaxMedia {
				p.Media = append(p.Media, m)
			}
		}
	}
	a.read(r.Facets, &p)
	if p.Text == "" && p.Link == nil && len(p.Media) == 0 {
		return "", unsupported(postCollection + " without text")
	}
	a.content = p
	var err error
	a.doc, a.cid, err = p.Encode()
	return r.CreatedAt, err
}

// read adds what the text's facets say: tags, a link where the post shows none,
// and whom it mentions.
func (a *act) read(facets []facet, p *graph.PostContent) {
	for _, f := range facets {
		for _, x := range f.Features {
			switch {
			case x.Type == "app.bsky.richtext.facet#tag" && x.Tag != "" && len(p.Tags) < graph.MaxTags && !slices.Contains(p.Tags, x.Tag):
				p.Tags = append(p.Tags, x.Tag)
			case x.Type == "app.bsky.richtext.facet#link" && x.URI != "" && p.Link == nil:
				p.Link = &graph.Link{URI: x.URI}
			case x.Type == "app.bsky.richtext.facet#mention" && x.DID != "" && !slices.Contains(a.mentions, x.DID):
				a.mentions = append(a.mentions, x.DID)
			}
		}
	}
}

// medium is the image as a post shows it. The file stays where it is, under the
// name that its bytes give it: a blob of raw bytes is a UnixFS file, too.
func (i image) medium() (m graph.Media, ok bool) {
	alt := strings.ToValidUTF8(i.Alt[:min(len(i.Alt), graph.MaxAlt)], "") // what is cut may be half a letter
	m = graph.Media{Alt: alt, CID: i.Image.Ref.Link, MIME: i.Image.MIME, Size: i.Image.Size,
		Width: i.AspectRatio.Width, Height: i.AspectRatio.Height}
	_, _, err := graph.PostContent{Media: []graph.Media{m}}.Encode()
	return m, err == nil
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
