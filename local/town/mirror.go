package town

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"

	"github.com/ipfs/go-cid"

	"candor/graph"
)

// Batches are the town as a mirror takes it in, each act a block of its own, and its people's
// addresses, spammers left out, in the order in which they came.
func Batches(o Options) (all []graph.Batch, people []graph.Address, err error) {
	t, err := found(o)
	if err != nil {
		return nil, nil, err
	}
	b := &builder{posts: map[string]graph.Ref{}}
	for _, e := range t.events {
		if err := b.add(e); err != nil {
			return nil, nil, fmt.Errorf("the town's event at %d: %w", e.time, err)
		}
		if e.collection == "app.bsky.actor.profile" && !e.who.spammer {
			people = append(people, address(e.who.did))
		}
	}
	return b.all, people, nil
}

// builder makes batches of events; it knows the posts so far by their URIs.
type builder struct {
	all   []graph.Batch
	posts map[string]graph.Ref
}

func (b *builder) add(e event) (err error) {
	block := graph.Block{Number: uint64(len(b.all)) + 1, Time: uint64(e.time / second)}
	binary.BigEndian.PutUint64(block.Hash[:], block.Number)
	if n := len(b.all); n > 0 {
		block.Parent = b.all[n-1].Block.Hash
	}
	id := graph.Position{Block: block.Number}
	act := graph.Event{ID: id, Author: address(e.who.did), Time: block.Time, BlockTime: block.Time}
	var doc []byte
	switch e.collection {
	case "app.bsky.actor.profile":
		act.Action = graph.ActProfile
		p := graph.ProfileContent{DisplayName: e.record["displayName"].(string), Description: e.record["description"].(string)}
		doc, act.CID, err = p.Encode()
	case "app.bsky.graph.follow":
		act.Action, act.Target = graph.ActFollow, address(e.record["subject"].(string))
	case "app.bsky.feed.post":
		act.Action = graph.ActPost
		if r, ok := e.record["reply"].(record); ok {
			act.Subject = b.posts[r["parent"].(record)["uri"].(string)]
		}
		doc, act.CID, err = content(e.record).Encode()
		b.posts[e.uri()] = graph.Ref{ID: id, CID: act.CID}
	case "app.bsky.feed.like", "app.bsky.feed.repost":
		act.Action, act.Reaction = graph.ActReact, graph.Like
		if e.collection == "app.bsky.feed.repost" {
			act.Reaction = graph.Repost
		}
		act.Subject = b.posts[e.record["subject"].(record)["uri"].(string)]
	}
	batch := graph.Batch{Block: block, Events: []graph.Event{act}}
	if doc != nil {
		batch.Contents = map[cid.Cid][]byte{act.CID: doc}
	}
	b.all = append(b.all, batch)
	return err
}

// content is a post's document.
func content(r record) graph.PostContent {
	c := graph.PostContent{Text: r["text"].(string), Langs: r["langs"].([]string)}
	c.Tags, _ = r["tags"].([]string)
	if shown, ok := r["embed"].(record); ok {
		page := shown["external"].(record)
		c.Link = &graph.Link{URI: page["uri"].(string), Title: page["title"].(string)}
	}
	return c
}

// address stands for a person's, who has no key here.
func address(did string) (a graph.Address) {
	sum := sha256.Sum256([]byte(did))
	copy(a[:], sum[:])
	return a
}
