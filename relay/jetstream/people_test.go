package jetstream

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"candor/graph"
	"candor/graph/fold"
)

func (f *fake) snapshot() *fold.Snapshot {
	f.t.Helper()
	head, _ := f.state.Head()
	s, err := f.state.At(head.Number)
	if err != nil {
		f.t.Fatal(err)
	}
	return s
}

func imported(t *testing.T, f *file) (*fake, Report) {
	t.Helper()
	n := newFake(t)
	r, err := Import(t.Context(), bytes.NewReader(f.Bytes()), options(n, t.TempDir()))
	if err != nil {
		t.Fatal(err)
	}
	return n, r
}

// A block ends follows both ways here; what follows across it is not published,
// and what follows after it is.
func TestBlocks(t *testing.T) {
	const ann, bob, cat = "did:example:ann", "did:example:bob", "did:example:cat"
	var f file
	there, back := f.follow(ann, bob), f.follow(bob, ann)
	f.follow(cat, ann)
	block := f.block(ann, bob)
	f.block(ann, bob)  // again
	f.block(ann, ann)  // itself
	f.follow(bob, ann) // across
	f.follow(ann, bob) // across
	f.undo(there)      // ended already
	other := f.block(bob, cat)
	f.undo(block)
	f.undo(block)      // nothing there
	f.follow(bob, ann) // anew
	f.undo(back)       // a second record of the same follow: it ends
	f.post(bob, "a post", object{"reply": nil})
	_ = other
	n, r := imported(t, &f)
	if r.Follows != 4 || r.Blocks != 2 || r.Deletions != 2 || r.Repeated != 3 || r.Unresolved != 1 ||
		r.Unsupported["app.bsky.graph.follow across a block"] != 2 || len(r.Unsupported) != 1 || r.Skipped != 0 {
		t.Errorf("the report is %+v", r)
	}
	name := map[graph.Address]string{}
	for _, did := range []string{ann, bob, cat} {
		a, err := Author(testKey, did)
		if err != nil {
			t.Fatal(err)
		}
		name[a] = did[12:]
	}
	follows, _ := n.snapshot().Follows(graph.FollowQuery{})
	blocks, _ := n.snapshot().BlockEdges(graph.FollowQuery{})
	var got []string
	for _, e := range follows {
		got = append(got, name[e.From]+" follows "+name[e.To])
	}
	for _, e := range blocks {
		got = append(got, name[e.From]+" blocks "+name[e.To])
	}
	if want := "cat follows ann, bob blocks cat"; strings.Join(got, ", ") != want {
		t.Errorf("in the end %q, want %q", got, want)
	}
}

// Whatever waits, a follow that comes after an unblock is not sent before it.
func TestBlocksKeepTheirOrder(t *testing.T) {
	const ann, bob, cat = "did:example:ann", "did:example:bob", "did:example:cat"
	var f file
	root := f.post(cat, "root")
	block := f.block(ann, bob)
	f.react(ann, likeCollection, root) // waits for its post, and so does all that ann does after it
	f.undo(block)
	f.follow(bob, ann)
	f.block(bob, cat)
	f.follow(cat, ann)
	n, r := imported(t, &f)
	if s := n.state.Stats(); r.Follows != 2 || s.Follows != 2 {
		t.Errorf("%d follows stand of %d that are reported published, want 2 of 2:\n%s", s.Follows, r.Follows, n.picture())
	}
}

func TestEdits(t *testing.T) {
	const ann, bob = "did:example:ann", "did:example:bob"
	var f file
	uri := f.post(ann, "one")
	answer := f.post(bob, "two", reply(uri))
	f.update(uri, object{"text": "three", "langs": []string{"en"}, "createdAt": "2023-11-14T22:13:00Z"})
	f.update(uri, object{"text": "three", "langs": []string{"en"}})                  // again
	f.update(answer, object{"text": "four"})                                         // stays a reply
	f.update("at://"+ann+"/"+postCollection+"/elsewhere", object{"text": "unknown"}) // of no post of the file
	f.react(bob, likeCollection, uri)                                                // after the edit
	f.post(bob, "five", reply(uri))
	gone := f.post(ann, "six")
	f.update(gone, object{"text": "seven"})
	f.undo(gone)
	n, r := imported(t, &f)
	if r.Posts != 4 || r.Replies != 2 || r.Edits != 3 || r.Repeated != 1 || r.Unresolved != 1 || r.Likes != 1 || r.Deletions != 1 || r.Skipped != 0 {
		t.Errorf("the report is %+v", r)
	}
	var got []string
	for _, p := range n.posts(graph.PostQuery{}) {
		got = append(got, fmt.Sprint(p.Content.Text, " ", !p.Edited.IsZero(), " ", !p.Parent.IsZero()))
	}
	if want := "five false true, four true true, three true false"; strings.Join(got, ", ") != want {
		t.Errorf("the posts are %q, want %q", got, want)
	}
	if s := n.state.Stats(); s.Reactions != 1 {
		t.Errorf("the mirror has %+v", s)
	}
}

func TestWhatPostsCarry(t *testing.T) {
	const ann, bob = "did:example:ann", "did:example:bob"
	const blob = "bafkreifzjut3te7nhyekklss27nh3k72ysco7y32koao5eei66wof36n5e"
	picture := func(alt, link, mime string) object {
		return object{"alt": alt, "aspectRatio": object{"width": 4, "height": 3},
			"image": object{"$type": "blob", "ref": object{"$link": link}, "mimeType": mime, "size": 99}}
	}
	var f file
	f.profile(bob, "Bob")
	f.post(ann, "Hello @bob and @zoe, see #Herons at heron.example", object{
		"tags": []string{"birds", "Herons"}, "facets": []object{
			{"features": []object{{"$type": "app.bsky.richtext.facet#mention", "did": bob}, {"$type": "app.bsky.richtext.facet#mention", "did": bob}}},
			{"features": []object{{"$type": "app.bsky.richtext.facet#mention", "did": "did:example:zoe"}}},
			{"features": []object{{"$type": "app.bsky.richtext.facet#tag", "tag": "Herons"}, {"$type": "app.bsky.richtext.facet#tag", "tag": "weir"}}},
			{"features": []object{{"$type": "app.bsky.richtext.facet#link", "uri": "https://heron.example/a"}, {"$type": "app.bsky.richtext.facet#new"}}}},
		"embed": object{"$type": "app.bsky.embed.recordWithMedia", "media": object{"$type": "app.bsky.embed.images", "images": []object{
			picture("A heron", blob, "image/jpeg"), picture("no name", "Qm", "image/jpeg"), picture("no kind", blob, "jpeg"),
			picture(strings.Repeat("é", graph.MaxAlt), blob, "image/png"), picture("", blob, "image/png"), picture("", blob, "image/png"), picture("", blob, "image/gif")}}}})
	f.post(ann, "", object{"embed": object{"$type": "app.bsky.embed.images", "images": []object{picture("only this", blob, "image/png")}}})
	f.post(ann, "shown", object{"facets": []object{{"features": []object{{"$type": "app.bsky.richtext.facet#link", "uri": "https://other.example/"}}}},
		"embed": object{"external": object{"uri": "https://heron.example/", "title": "Herons"}}})
	n, r := imported(t, &f)
	if r.Posts != 3 || r.Skipped != 0 || len(r.Unsupported) != 0 {
		t.Fatalf("the report is %+v", r)
	}
	posts := n.posts(graph.PostQuery{}) // newest first
	who, err := Author(testKey, bob)
	if err != nil {
		t.Fatal(err)
	}
	c := posts[2].Content
	if fmt.Sprint(c.Tags) != "[birds Herons weir]" || c.Link == nil || *c.Link != (graph.Link{URI: "https://heron.example/a"}) ||
		len(c.Mentions) != 1 || c.Mentions[0] != who {
		t.Errorf("the post carries %+v", c)
	}
	if len(c.Media) != 4 || c.Media[0] != (graph.Media{Alt: "A heron", CID: blob, MIME: "image/jpeg", Size: 99, Width: 4, Height: 3}) ||
		c.Media[1].Alt != strings.Repeat("é", graph.MaxAlt/2) {
		t.Errorf("the post shows %+v", c.Media)
	}
	if c := posts[1].Content; c.Text != "" || len(c.Media) != 1 || c.Media[0].Alt != "only this" {
		t.Errorf("the post of an image is %+v", c)
	}
	if c := posts[0].Content; c.Link == nil || c.Link.Title != "Herons" {
		t.Errorf("the shown link is %+v", c.Link)
	}
}
