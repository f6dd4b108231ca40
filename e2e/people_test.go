package e2e

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"candor/graph"
)

// says publishes a post's document and the post.
func (a *author) says(c graph.PostContent, parent graph.Ref) graph.Ref {
	a.t.Helper()
	doc, id, err := c.Encode()
	if err != nil {
		a.t.Fatal(err)
	}
	a.stores(doc)
	in := graph.Intent{Action: graph.ActPost, CID: id.Bytes(), Subject: parent.ID}
	if !parent.IsZero() {
		in.SubjectCID = parent.CID.Bytes()
	}
	return graph.Ref{ID: must[graph.PostID](a.t)(graph.ParsePosition(a.mined(in))), CID: id}
}

func (a *author) stores(doc []byte) {
	a.t.Helper()
	var stored struct{ CID string }
	if err := a.n.post("/api/v1/blocks", "application/json", doc, &stored); err != nil {
		a.t.Fatal(err)
	}
}

// refused sends an intent that the contract must not take.
func (a *author) refused(what string, in graph.Intent) {
	a.t.Helper()
	if r := a.send(a.sign(a.intent(in)))[0]; r.State != "refused" {
		a.t.Errorf("%s is %+v", what, r)
	}
	a.next++ // what the contract refuses uses its nonce up
}

func (a *author) does(action graph.Action, target *author) {
	a.t.Helper()
	in := graph.Intent{Action: action}
	if target != nil {
		in.Target = target.address()
	}
	a.mined(in)
}

// sees is the reader's feed, from post to reasons.
func (a *author) sees() map[string][]string {
	a.t.Helper()
	out := map[string][]string{}
	for _, i := range a.n.feed(a.t, "ranker=latest&limit=100&viewer="+a.address().Hex()).Items {
		out[i.ID] = i.Reasons
	}
	return out
}

type relationView struct{ Follows, Requested, Blocks, FollowedBy, BlockedBy bool }

// to is what the API says is between the person and another.
func (a *author) to(b *author) relationView {
	a.t.Helper()
	var v struct{ Relation *relationView }
	if _, err := a.n.get("/api/v1/profiles/"+b.address().Hex()+"?viewer="+a.address().Hex(), &v); err != nil || v.Relation == nil {
		a.t.Fatal("no relation: ", err)
	}
	return *v.Relation
}

// body is an answer of the API as its bytes are.
func (n *node) body(t *testing.T, path string) string {
	t.Helper()
	res, err := http.Get(n.URL + path)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	return string(must[[]byte](t)(io.ReadAll(res.Body)))
}

// TestPeople is what people may do about each other, over the real binary.
func TestPeople(t *testing.T) {
	t.Parallel()
	n := up(t, t.TempDir(), "none")
	ann, bob, cat, dan := newAuthor(t, n), newAuthor(t, n), newAuthor(t, n), newAuthor(t, n)

	t.Run("approval", func(t *testing.T) {
		var page struct {
			Items []struct {
				Profile struct{ Address graph.Address }
			}
			Cursor string
		}
		requests := func() (who []graph.Address) {
			if _, err := n.get("/api/v1/requests/"+ann.address().Hex(), &page); err != nil {
				t.Fatal(err)
			}
			for _, i := range page.Items {
				who = append(who, i.Profile.Address)
			}
			return who
		}
		ann.does(graph.ActApproval, nil)
		for _, who := range []*author{bob, cat, dan} {
			who.does(graph.ActFollow, ann)
		}
		if r := bob.to(ann); r != (relationView{Requested: true}) {
			t.Errorf("who asked is %+v", r)
		}
		if got, want := requests(), []graph.Address{dan.address(), cat.address(), bob.address()}; !slices.Equal(got, want) {
			t.Errorf("requests by %v, want %v", got, want)
		}
		ann.does(graph.ActApprove, bob)
		ann.does(graph.ActApprove, cat)
		ann.does(graph.ActRefuse, dan)
		if b, d := bob.to(ann), dan.to(ann); b != (relationView{Follows: true}) || d != (relationView{}) || len(requests()) != 0 {
			t.Errorf("approved is %+v, refused %+v, and %d wait", b, d, len(requests()))
		}
		ann.does(graph.ActRefuse, bob) // a follower, too
		if b := bob.to(ann); b != (relationView{}) {
			t.Errorf("a follower who was turned away is %+v", b)
		}
		ann.does(graph.ActClosed, nil)
		dan.refused("a follow of who is closed", graph.Intent{Action: graph.ActFollow, Target: ann.address()})
		var who struct {
			Profile struct {
				Policy    string
				Followers int
			}
		}
		if _, err := n.get("/api/v1/profiles/"+ann.address().Hex(), &who); err != nil || who.Profile.Policy != "closed" || who.Profile.Followers != 1 {
			t.Errorf("ann is %+v: %v", who, err)
		}
		ann.does(graph.ActOpen, nil)
	})

	t.Run("block", func(t *testing.T) {
		post := ann.says(graph.PostContent{Text: "What ann thinks of blocks."}, graph.Ref{})
		bobs := bob.says(graph.PostContent{Text: "What bob thinks of them."}, graph.Ref{})
		bob.does(graph.ActFollow, ann)
		if bob.sees()[post.ID.String()] == nil || ann.sees()[bobs.ID.String()] == nil {
			t.Fatal("before the block the two do not see each other")
		}
		ann.does(graph.ActBlock, bob)
		if r := bob.to(ann); r != (relationView{BlockedBy: true}) || ann.to(bob) != (relationView{Blocks: true}) {
			t.Errorf("the blocked is %+v, the blocker %+v", r, ann.to(bob))
		}
		if bob.sees()[post.ID.String()] != nil || ann.sees()[bobs.ID.String()] != nil || dan.sees()[post.ID.String()] == nil {
			t.Error("after the block the two see each other, or others do not see them")
		}
		bob.refused("a follow across a block", graph.Intent{Action: graph.ActFollow, Target: ann.address()})
		bob.mined(graph.Intent{Action: graph.ActReact, Subject: post.ID, SubjectCID: post.CID.Bytes(), Reaction: graph.Like})
		dan.mined(graph.Intent{Action: graph.ActReact, Subject: post.ID, SubjectCID: post.CID.Bytes(), Reaction: graph.Like})
		answer := bob.says(graph.PostContent{Text: "An answer that stands alone."}, post)
		var shown struct{ Post postView }
		if _, err := n.get("/api/v1/posts/"+post.ID.String(), &shown); err != nil || shown.Post.Likes != 1 || shown.Post.Replies != 0 {
			t.Errorf("the blocker's post has what the blocked did: %+v %v", shown, err)
		}
		if _, err := n.get("/api/v1/posts/"+answer.ID.String(), &shown); err != nil || shown.Post.Parent != nil || shown.Post.Status != "present" {
			t.Errorf("the answer is %+v %v", shown, err)
		}
		ann.does(graph.ActUnblock, bob)
		if bob.sees()[post.ID.String()] == nil || bob.to(ann) != (relationView{}) {
			t.Error("after the unblock the two do not see each other, or the follow came back")
		}
	})

	t.Run("opt-out", func(t *testing.T) {
		doc, c, err := graph.ProfileContent{DisplayName: "Cat", HideFromAlgorithmicRecommendations: true}.Encode()
		if err != nil {
			t.Fatal(err)
		}
		post := cat.says(graph.PostContent{Text: "For those who know me."}, graph.Ref{}).ID.String()
		bob.does(graph.ActFollow, cat)
		anonymous := func() bool { return slices.Contains(n.feed(t, "ranker=latest&limit=100").ids(), post) }
		if bob.sees()[post] == nil || dan.sees()[post] == nil || !anonymous() {
			t.Fatal("before it opts out, not all see cat's post")
		}
		cat.stores(doc)
		cat.mined(graph.Intent{Action: graph.ActProfile, CID: c.Bytes()})
		if got := bob.sees()[post]; !slices.Equal(got, []string{"following"}) {
			t.Errorf("a follower sees the post because of %v", got)
		}
		if dan.sees()[post] != nil || anonymous() {
			t.Error("strangers see the posts of who opted out")
		}
		if body := n.body(t, "/api/v1/profiles/"+cat.address().Hex()); !strings.Contains(body, `"hideFromAlgorithmicRecommendations":true`) {
			t.Errorf("cat's profile is %s", body)
		}
	})
}

// TestEditLeavesNoOldText edits a post, and looks for what it said: in the API at
// once, and in the index's files when no snapshot needs it any more.
func TestEditLeavesNoOldText(t *testing.T) {
	t.Parallel()
	n := up(t, t.TempDir(), "none")
	ann, bob := newAuthor(t, n), newAuthor(t, n)
	const old, now = "Something that ann takes back entirely", "Something that ann stands by"
	post := ann.says(graph.PostContent{Text: old, Tags: []string{"first"}}, graph.Ref{})
	answer := bob.says(graph.PostContent{Text: "An answer to the first text."}, post)
	before := n.feed(t, "ranker=latest&limit=5").Run.Block
	doc, c, err := graph.PostContent{Text: now}.Encode()
	if err != nil {
		t.Fatal(err)
	}
	ann.stores(doc)
	bob.mined(graph.Intent{Action: graph.ActEdit, Subject: post.ID, SubjectCID: post.CID.Bytes(), CID: c.Bytes()}) // not bob's to edit
	ann.mined(graph.Intent{Action: graph.ActEdit, Subject: post.ID, SubjectCID: post.CID.Bytes(), CID: c.Bytes()})
	bob.mined(graph.Intent{Action: graph.ActReact, Subject: post.ID, SubjectCID: post.CID.Bytes(), Reaction: graph.Like}) // by its earlier content
	var shown struct {
		Post struct {
			postView
			Edited *string
			Tags   []string
		}
		Replies []postView
	}
	if _, err := n.get("/api/v1/posts/"+post.ID.String(), &shown); err != nil {
		t.Fatal(err)
	}
	if p := shown.Post; p.Text != now || p.CID != c.String() || p.Edited == nil || len(p.Tags) != 0 || p.Likes != 1 || p.Replies != 1 ||
		p.ID != post.ID.String() || len(shown.Replies) != 1 || shown.Replies[0].ID != answer.ID.String() {
		t.Errorf("the edited post is %+v", shown)
	}
	for _, path := range []string{"/api/v1/posts/" + post.ID.String(), "/api/v1/posts/" + c.String(), "/api/v1/posts/" + post.CID.String(),
		"/api/v1/posts/" + answer.ID.String(), "/api/v1/profiles/" + ann.address().Hex(), "/api/v1/feed?ranker=latest", "/api/v1/feed?viewer=" + bob.address().Hex()} {
		if body := n.body(t, path); strings.Contains(body, old) || len(body) < 20 {
			t.Errorf("%s still says what ann took back: %.300s", path, body)
		}
	}
	// A run that was made before goes on showing what it ranked, as long as its block may be read.
	if body := n.body(t, fmt.Sprintf("/api/v1/feed?ranker=latest&limit=5&block=%d", before)); !strings.Contains(body, old) {
		t.Errorf("the snapshot before the edit changed: %.300s", body)
	}
	for i := range graph.History + 8 {
		bob.does([]graph.Action{graph.ActFollow, graph.ActUnfollow}[i%2], ann)
	}
	end := n.stats(t).Block
	eventually(t, 20*time.Second, "the block behind the window", func() bool { return n.stats(t).Block >= end })
	n.stop()
	files := must[[]string](t)(filepath.Glob(filepath.Join(n.Dir, "mirror*")))
	var all []byte
	for _, f := range files {
		all = append(all, must[[]byte](t)(os.ReadFile(f))...)
	}
	if !bytes.Contains(all, []byte(now)) {
		t.Fatalf("the new text is not in %v, so that this test looks in the wrong place", files)
	}
	if bytes.Contains(all, []byte(old)) {
		t.Error("the index's files still hold what ann took back")
	}
}
