package main

import (
	"bufio"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"strings"
	"sync"

	"candor/graph"
	"candor/indexer"

	"github.com/ipfs/go-cid"
)

// blockEvents is how many events a block of a history has: about what a block of
// 30 million gas holds of posts.
const blockEvents = 200

// history gives one event after the other, with the document that it names.
// The event's place is given; io.EOF ends it.
type history interface {
	next(at graph.Position, time uint64) (graph.Event, []byte, error)
}

// chainOf is a history as a chain and as the IPFS that its documents come from.
// It goes forward only and keeps nothing but the last documents, so that the
// memory measured is that of what reads it.
type chainOf struct {
	history
	last uint64 // the number of its last block

	mu   sync.Mutex
	at   uint64 // the last block given
	docs [2]map[cid.Cid][]byte
}

func newChain(h history, events int) *chainOf {
	return &chainOf{history: h, last: uint64((events + blockEvents - 1) / blockEvents)}
}

func header(n uint64) graph.Block {
	b := graph.Block{Number: n, Time: 1_600_000_000 + 12*n}
	b.Hash = sha256.Sum256(binary.BigEndian.AppendUint64([]byte("bench"), n))
	b.Parent = sha256.Sum256(binary.BigEndian.AppendUint64([]byte("bench"), n-1))
	return b
}

func (c *chainOf) Head(context.Context) (graph.Block, error) { return header(c.last), nil }

func (c *chainOf) Header(_ context.Context, n uint64) (graph.Block, error) { return header(n), nil }

// Blocks gives about as many events at once as indexer/evm does.
func (c *chainOf) Blocks(_ context.Context, from, to uint64) (out []indexer.Block, err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if from != c.at {
		return nil, fmt.Errorf("the history goes on at block %d and %d was asked for", c.at+1, from+1)
	}
	c.docs[0], c.docs[1] = c.docs[1], map[cid.Cid][]byte{}
	for events := 0; c.at < to && events < 8192; events += blockEvents {
		b := indexer.Block{Block: header(c.at + 1)}
		for i := range blockEvents {
			e, doc, err := c.next(graph.Position{Block: b.Number, Tx: uint32(i), Log: uint32(i)}, b.Time)
			if errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				return nil, err
			}
			if doc != nil {
				c.docs[1][e.CID] = doc
			}
			b.Events = append(b.Events, e)
		}
		c.at++
		out = append(out, b)
	}
	return out, nil
}

// Wait ends with ctx: the chain does not grow.
func (c *chainOf) Wait(ctx context.Context, _ graph.Hash) error {
	<-ctx.Done()
	return ctx.Err()
}

func (c *chainOf) Get(_ context.Context, id cid.Cid) ([]byte, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, docs := range c.docs {
		if doc := docs[id]; doc != nil {
			return doc, nil
		}
	}
	return nil, errors.New("this history has no such document")
}

// town is a made-up history: of a hundred events 2 are profiles, 10 follows, 44
// posts (a third of them replies, some quotes), 40 reactions, 2 ends of follows
// and 2 removals. Its people and posts are not equally loved.
type town struct {
	rng    *rand.Rand
	left   int
	people []graph.Address
	posts  []post // the last ones
	follow [][2]graph.Address
}

type post struct {
	graph.Ref
	author graph.Address
}

func newTown(events int) *town {
	t := &town{rng: rand.New(rand.NewPCG(1, 2)), left: events}
	for i := range max(10, events/50) {
		sum := sha256.Sum256([]byte(fmt.Sprint("person ", i)))
		t.people = append(t.people, graph.Address(sum[:20]))
	}
	return t
}

var words = strings.Fields(`the a of and to in on for with that this it is was who why when river morning bread
	window engine letter garden market quiet bright heavy small long story number signal paper winter summer road
	bridge music answer question house light water glass stone field machine record evening friend teacher`)

func (t *town) text() string {
	var b strings.Builder
	for b.Len() < 40+t.rng.IntN(140) {
		b.WriteString(words[t.rng.IntN(len(words))])
		b.WriteByte(' ')
	}
	return b.String() + fmt.Sprint(t.rng.Uint32())
}

func (t *town) someone() graph.Address {
	return t.people[int(float64(len(t.people))*t.rng.Float64()*t.rng.Float64())]
}

func (t *town) recent() post {
	n := len(t.posts)
	return t.posts[n-1-int(float64(n)*t.rng.Float64()*t.rng.Float64())]
}

func (t *town) next(at graph.Position, time uint64) (e graph.Event, doc []byte, err error) {
	if t.left--; t.left < 0 {
		return e, nil, io.EOF
	}
	e = graph.Event{ID: at, Author: t.someone(), BlockTime: time, Time: time - uint64(t.rng.IntN(600))}
	k := t.rng.IntN(100)
	if len(t.posts) == 0 && k >= 12 {
		k = 12
	}
	switch {
	case k < 2:
		e.Action = graph.ActProfile
		doc, e.CID, err = graph.ProfileContent{DisplayName: t.text()[:20], Description: t.text()}.Encode()
	case k < 12:
		e.Action, e.Target = graph.ActFollow, t.someone()
		t.follow = append(t.follow[max(0, len(t.follow)-5000):], [2]graph.Address{e.Author, e.Target})
	case k < 56:
		e.Action = graph.ActPost
		doc, e.CID, err = graph.PostContent{Text: t.text()}.Encode()
		if k < 26 && len(t.posts) > 0 {
			e.Subject = t.recent().Ref
		} else if k < 28 && len(t.posts) > 0 {
			e.Quote = t.recent().Ref
		}
		t.posts = append(t.posts[max(0, len(t.posts)-5000):], post{graph.Ref{ID: at, CID: e.CID}, e.Author})
	case k < 96:
		e.Action, e.Subject, e.Reaction = graph.ActReact, t.recent().Ref, graph.ReactionKind(1+t.rng.IntN(2))
	case k < 98 && len(t.follow) > 0:
		f := t.follow[t.rng.IntN(len(t.follow))]
		e.Action, e.Author, e.Target = graph.ActUnfollow, f[0], f[1]
	default:
		p := t.recent()
		e.Action, e.Author, e.Subject = graph.ActRemove, p.author, p.Ref
	}
	return e, doc, err
}

// jetstream is a history from a file of Jetstream events, mapped as the importer
// maps them, but without relay and chain. What it does not know it leaves out.
type jetstream struct {
	lines *bufio.Scanner
	posts map[string]graph.Ref
	texts int
}

func openJetstream(path string) (*jetstream, error) {
	f, err := os.Open(path) // until the process ends
	if err != nil {
		return nil, err
	}
	var r io.Reader = f
	if strings.HasSuffix(path, ".gz") {
		if r, err = gzip.NewReader(f); err != nil {
			return nil, err
		}
	}
	j := &jetstream{lines: bufio.NewScanner(r), posts: map[string]graph.Ref{}}
	j.lines.Buffer(nil, 1<<20)
	return j, nil
}

func did(name string) graph.Address {
	sum := sha256.Sum256([]byte(name))
	return graph.Address(sum[:20])
}

func (j *jetstream) next(at graph.Position, time uint64) (graph.Event, []byte, error) {
	for j.lines.Scan() {
		e, doc, ok, err := j.event(j.lines.Bytes(), at)
		if err != nil || !ok {
			if err != nil {
				return e, nil, err
			}
			continue
		}
		e.ID, e.BlockTime, e.Time = at, time, min(e.Time, time)
		return e, doc, nil
	}
	if err := j.lines.Err(); err != nil {
		return graph.Event{}, nil, err
	}
	return graph.Event{}, nil, io.EOF
}

type uri struct{ URI string }

func (j *jetstream) event(line []byte, at graph.Position) (e graph.Event, doc []byte, ok bool, err error) {
	var v struct {
		DID    string
		Micros uint64 `json:"time_us"`
		Commit struct {
			Operation, Collection, Rkey string
			Record                      struct {
				DisplayName, Text, Description string
				Subject                        json.RawMessage
				Reply                          *struct{ Parent uri }
			}
		}
	}
	if err := json.Unmarshal(line, &v); err != nil {
		return e, nil, false, err
	}
	r := v.Commit.Record
	e.Author, e.Time = did(v.DID), v.Micros/1_000_000
	if v.Commit.Operation != "create" {
		return e, nil, false, nil
	}
	switch v.Commit.Collection {
	case "app.bsky.actor.profile":
		e.Action, e.Imported = graph.ActProfile, true
		doc, e.CID, err = graph.ProfileContent{DisplayName: r.DisplayName, Description: r.Description}.Encode()
	case "app.bsky.graph.follow":
		var to string
		err = json.Unmarshal(r.Subject, &to)
		e.Action, e.Target = graph.ActFollow, did(to)
	case "app.bsky.feed.post":
		if j.texts++; r.Text == "" {
			r.Text = fmt.Sprint("a photo, number ", j.texts)
		}
		e.Action = graph.ActPost
		doc, e.CID, err = graph.PostContent{Text: r.Text}.Encode()
		if r.Reply != nil {
			e.Subject = j.posts[r.Reply.Parent.URI]
		}
		j.posts["at://"+v.DID+"/"+v.Commit.Collection+"/"+v.Commit.Rkey] = graph.Ref{ID: at, CID: e.CID}
	case "app.bsky.feed.like":
		var subject uri
		err = json.Unmarshal(r.Subject, &subject)
		e.Action, e.Reaction, e.Subject = graph.ActReact, graph.Like, j.posts[subject.URI]
	default:
		return e, nil, false, nil
	}
	return e, doc, err == nil, err
}

// openHistory is the history that the argument names: a number of made-up
// events, or a file.
func openHistory(name string) (*chainOf, int, error) {
	var n int
	if _, err := fmt.Sscanf(name, "town:%d", &n); err == nil {
		return newChain(newTown(n), n), n, nil
	}
	count, err := openJetstream(name)
	if err != nil {
		return nil, 0, err
	}
	for {
		if _, _, err := count.next(graph.Position{Block: 1}, 1<<40); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return nil, 0, fmt.Errorf("%s: %w", name, err)
		}
		n++
	}
	j, err := openJetstream(name)
	return newChain(j, n), n, err
}
