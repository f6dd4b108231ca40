package evaluate

import (
	"fmt"
	"strings"
	"testing"
)

// TestBadLines: each is named with its number, and nothing is judged.
func TestBadLines(t *testing.T) {
	ok := town(3, 1, good)
	const post = `{"did":"did:example:x","time_us":5,"kind":"commit","commit":{"operation":"create","collection":"app.bsky.feed.post","rkey":"r","record":{"text":"x"}}}`
	change := func(old, new string) string { return strings.Replace(post, old, new, 1) }
	for name, line := range map[string]string{
		"no JSON":          `{"did":`,
		"an array":         `[]`,
		"two objects":      post + post,
		"no DID":           change("did:example:x", "example"),
		"a DID with paths": change("did:example:x", "did:example:x/y"),
		"a comma":          change("did:example:x", "did:example:x,y"),
		"a long DID":       change("did:example:x", "did:"+strings.Repeat("x", maxDID)),
		"no time":          change(`"time_us":5`, `"time_us":0`),
		"a late time":      change(`"time_us":5`, `"time_us":253402300799000001`),
		"no kind":          change(`"kind":"commit",`, ``),
		"no commit":        change(`"commit":{`, `"comit":{`),
		"no collection":    change("app.bsky.feed.post", ""),
		"no rkey":          change(`"rkey":"r"`, `"rkey":""`),
		"a long rkey":      change(`"rkey":"r"`, `"rkey":"`+strings.Repeat("r", maxRKey+1)+`"`),
		"an operation":     change("create", "make"),
		"no record":        change(`,"record":{"text":"x"}`, ``),
		"a null record":    change(`{"text":"x"}`, `null`),
		"a bad record":     change(`{"text":"x"}`, `{"text":7}`),
		"twice":            `{"did":"did:example:` + strings.SplitN(strings.SplitN(ok.events.String(), "did:example:", 2)[1], "\n", 2)[0],
		"a like of none":   change("app.bsky.feed.post", "app.bsky.feed.like"),
		"a follow of none": change("app.bsky.feed.post", "app.bsky.graph.follow"),
		"too long":         change(`"x"}}}`, `"`+strings.Repeat("x", MaxLine)+`"}}}`),
	} {
		text := ok.events.String() + "\n" + line + "\n" + post + "\n"
		number := fmt.Sprintf("line %d: ", strings.Count(ok.events.String(), "\n")+2)
		if _, err := ReadEvents(strings.NewReader(text)); err == nil || !strings.Contains(err.Error(), number) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: %v does not name %s", name, err, number)
		}
	}
	if _, err := ReadEvents(strings.NewReader("\x1f\x8bnone")); err == nil {
		t.Error("half a gzip header is read")
	}
}

func TestBadPoints(t *testing.T) {
	f := town(3, 1, good)
	h := f.read(t)
	u := h.URIs
	for name, c := range map[string]struct {
		line int
		text string
	}{
		"no header":     {1, u[0] + ",1,2\n"},
		"other columns": {1, "uri,comments,points\n"},
		"no number":     {2, "uri,points,comments\n" + u[0] + ",many,2\n"},
		"negative":      {2, "uri,points,comments\n" + u[0] + ",-1,2\n"},
		"a fraction":    {3, "uri,points,comments\n" + u[0] + ",1,2\n" + u[1] + ",1.5,2\n"},
		"too many":      {2, "uri,points,comments\n" + u[0] + ",1000000001,2\n"},
		"a column less": {2, "uri,points,comments\n" + u[0] + ",1\n"},
		"a column more": {2, "uri,points,comments\n" + u[0] + ",1,2,3\n"},
		"no URI":        {2, "uri,points,comments\nx,1,2\n"},
		"twice":         {4, "uri,points,comments\n" + u[0] + ",1,2\n\n" + u[0] + ",1,2\n"},
	} {
		if _, err := h.Points(strings.NewReader(c.text)); err == nil || !strings.Contains(err.Error(), fmt.Sprintf("line %d: ", c.line)) {
			t.Errorf("%s: %v does not name line %d", name, err, c.line)
		}
	}
	if _, err := h.Points(strings.NewReader("uri,points,comments\nat://did:example:nobody/app.bsky.feed.post/r,1,2\n")); err == nil {
		t.Error("points of other posts alone are taken")
	}
	l, err := h.Points(strings.NewReader("uri,points,comments\nat://did:example:nobody/app.bsky.feed.post/r,1,2\n" + u[1] + ",7,0\n"))
	if err != nil || l.training[1] != 7 || l.training[0] != 0 || l.unlabelled != 2 {
		t.Errorf("one line about a post: %+v, %v", l, err)
	}
}

// TestWhatIsRead: likes, follows and their deletions, in the file's order.
func TestWhatIsRead(t *testing.T) {
	f := &files{}
	post := func(did, rkey, more string) { f.record(did, 1, postCollection, rkey, `{"text":"x"`+more+`}`) }
	undo := func(did, collection, rkey string) {
		fmt.Fprintf(&f.events, `{"did":%q,"time_us":9,"kind":"commit","commit":{"operation":"delete","collection":%q,"rkey":%q}}`+"\n", did, collection, rkey)
	}
	like := func(did, rkey, uri string) {
		f.record(did, 1, likeCollection, rkey, fmt.Sprintf(`{"subject":{"uri":%q}}`, uri))
	}
	a := uriOf("did:example:a", "1")
	f.record("did:example:b", 1, followCollection, "1", `{"subject":"did:example:a"}`)
	f.record("did:example:c", 1, followCollection, "1", `{"subject":"did:example:a"}`)
	post("did:example:a", "1", `,"embed":{"external":{"uri":"https://example.org/x"}}`)
	undo("did:example:b", followCollection, "1")
	undo("did:example:d", followCollection, "1") // of none
	post("did:example:a", "2", `,"reply":{"parent":{"uri":"`+a+`"}}`)
	f.events.WriteString(`{"did":"did:example:a","time_us":9,"kind":"identity"}` + "\n")
	f.record("did:example:a", 1, "app.bsky.feed.threadgate", "1", `{}`)
	like("did:example:b", "1", a)
	like("did:example:c", "1", a)
	like("did:example:c", "2", uriOf("did:example:a", "9")) // of none
	undo("did:example:c", likeCollection, "1")
	undo("did:example:c", likeCollection, "1")
	h := f.read(t)
	if len(h.Posts) != 2 || h.Posts[0].Followers != 2 || h.Posts[1].Followers != 1 || h.Posts[0].Link != "https://example.org/x" ||
		h.Posts[0].Reply || !h.Posts[1].Reply || h.URIs[0] != a || h.Posts[0].Time != 1_450_000_600 {
		t.Errorf("read were %+v", h.Posts)
	}
	if len(h.likes) != 1 || h.likes[0].post != 0 || h.likes[0].after != 2 {
		t.Errorf("likes are %+v", h.likes)
	}
}
