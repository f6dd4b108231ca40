package evaluate

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/ipfs/go-cid"

	"candor/graph"
	"candor/rankers/train"
)

const (
	postCollection   = "app.bsky.feed.post"
	likeCollection   = "app.bsky.feed.like"
	followCollection = "app.bsky.graph.follow"
)

const (
	maxDID  = 2048
	maxRKey = 512
	maxTime = 253402300799_000000 // microseconds; the year 9999
)

// History is a file of events, read.
type History struct {
	Posts []train.Post // in the file's order
	URIs  []string
	// Contents are the posts' CIDs, of a history that a mirror was read for.
	Contents []cid.Cid
	// Over is what rankers over towers read, by the ranker's id.
	Over map[string]Vectors

	likes []like
	place map[string]int // of a post, by URI
	cut   int            // posts to train on, where some judged ones were left out; 0: as many as usual
}

// Vectors gives what a tower made of the i-th post.
type Vectors func(i int) (graph.Embedding, error)

// like is one that stands in the file, with its place among the posts.
type like struct {
	post  int // liked
	after int // posts that stand before the like
}

// event is a line, strictly enough: what is not used is not looked at.
type event struct {
	DID    string `json:"did"`
	TimeUS int64  `json:"time_us"`
	Kind   string `json:"kind"`
	Commit *struct {
		Operation  string          `json:"operation"`
		Collection string          `json:"collection"`
		RKey       string          `json:"rkey"`
		Record     json.RawMessage `json:"record"`
	} `json:"commit"`
}

// reader is a history on its way.
type reader struct {
	h         *History
	followers map[string]int
	follows   map[string]string // URI of a follow to whom it follows
	liked     map[string]int    // URI of a like to its place in h.likes
}

// ReadEvents reads a file of events, gzipped or not. Posts, likes and follows count, and
// deletions of likes and follows; whatever else is well-formed is passed over.
func ReadEvents(r io.Reader) (*History, error) {
	h := &History{place: map[string]int{}}
	in := &reader{h, map[string]int{}, map[string]string{}, map[string]int{}}
	if err := eachLine(r, in.line); err != nil {
		return nil, fmt.Errorf("events: %w", err)
	}
	kept := h.likes[:0]
	for _, l := range h.likes {
		if l.post >= 0 {
			kept = append(kept, l)
		}
	}
	h.likes = kept
	return h, nil
}

func (in *reader) line(line []byte) error {
	var e event
	if err := json.Unmarshal(line, &e); err != nil {
		return fmt.Errorf("it is no JSON object of an event: %w", err)
	}
	if !strings.HasPrefix(e.DID, "did:") || len(e.DID) > maxDID || strings.ContainsAny(e.DID, "/ ,\"\r\n") {
		return errors.New("its did is no DID")
	}
	if e.TimeUS <= 0 || e.TimeUS > maxTime {
		return errors.New("its time_us is no time in microseconds")
	}
	if e.Kind == "" {
		return errors.New("it has no kind")
	}
	if e.Kind != "commit" {
		return nil
	}
	c := e.Commit
	if c == nil || c.Collection == "" || c.RKey == "" || len(c.RKey) > maxRKey || strings.ContainsAny(c.RKey, "/ ,\"\r\n") {
		return errors.New("its commit names no collection and rkey")
	}
	switch c.Operation {
	case "create", "update", "delete":
	default:
		return fmt.Errorf("its operation is %q", c.Operation)
	}
	uri := "at://" + e.DID + "/" + c.Collection + "/" + c.RKey
	switch c.Collection + " " + c.Operation {
	case postCollection + " create":
		return in.post(&e, uri)
	case likeCollection + " create":
		return in.like(c.Record, uri)
	case likeCollection + " delete":
		if at, ok := in.liked[uri]; ok {
			in.h.likes[at].post = -1
			delete(in.liked, uri)
		}
	case followCollection + " create":
		return in.follow(c.Record, uri)
	case followCollection + " delete":
		if who, ok := in.follows[uri]; ok {
			in.followers[who]--
			delete(in.follows, uri)
		}
	}
	return nil
}

func (in *reader) post(e *event, uri string) error {
	var r struct {
		Text  string          `json:"text"`
		Reply json.RawMessage `json:"reply"`
		Embed *struct {
			External *struct {
				URI string `json:"uri"`
			} `json:"external"`
		} `json:"embed"`
	}
	if err := record(e.Commit.Record, &r); err != nil {
		return err
	}
	h := in.h
	if _, twice := h.place[uri]; twice {
		return fmt.Errorf("the post %s was created before", uri)
	}
	if len(h.Posts) == MaxPosts {
		return fmt.Errorf("there are more than %d posts: give a shorter history", MaxPosts)
	}
	p := train.Post{Author: e.DID, Text: r.Text, Time: e.TimeUS / 1_000_000, Followers: in.followers[e.DID],
		Reply: len(r.Reply) > 0 && string(r.Reply) != "null"}
	if r.Embed != nil && r.Embed.External != nil {
		p.Link = r.Embed.External.URI
	}
	h.place[uri] = len(h.Posts)
	h.Posts = append(h.Posts, p)
	h.URIs = append(h.URIs, uri)
	return nil
}

// like counts a like of a post that stands before it; others are of posts that the file
// does not have.
func (in *reader) like(raw json.RawMessage, uri string) error {
	var r struct {
		Subject struct {
			URI string `json:"uri"`
		} `json:"subject"`
	}
	if err := record(raw, &r); err != nil {
		return err
	}
	if !strings.HasPrefix(r.Subject.URI, "at://") {
		return errors.New("its subject is no at:// URI")
	}
	if _, twice := in.liked[uri]; twice {
		return fmt.Errorf("the like %s was created before", uri)
	}
	if post, ok := in.h.place[r.Subject.URI]; ok {
		in.liked[uri] = len(in.h.likes)
		in.h.likes = append(in.h.likes, like{post, len(in.h.Posts)})
	}
	return nil
}

func (in *reader) follow(raw json.RawMessage, uri string) error {
	var r struct {
		Subject string `json:"subject"`
	}
	if err := record(raw, &r); err != nil {
		return err
	}
	if !strings.HasPrefix(r.Subject, "did:") || len(r.Subject) > maxDID {
		return errors.New("its subject is no DID")
	}
	if _, twice := in.follows[uri]; twice {
		return fmt.Errorf("the follow %s was created before", uri)
	}
	in.follows[uri] = r.Subject
	in.followers[r.Subject]++
	return nil
}

func record(raw json.RawMessage, v any) error {
	if len(raw) == 0 || string(raw) == "null" {
		return errors.New("it has no record")
	}
	if err := json.Unmarshal(raw, v); err != nil {
		return fmt.Errorf("its record is malformed: %w", err)
	}
	return nil
}
