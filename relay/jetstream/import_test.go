package jetstream

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"candor/graph"
)

var testKey = [32]byte{1, 2, 3}

// file builds a Jetstream file, a second between events.
type file struct {
	bytes.Buffer
	time int64
	n    int
}

func (f *file) event(did, op, collection, rkey string, record any) string {
	if f.time == 0 {
		f.time = 1_700_000_000_000_000
	}
	f.time += 1_000_000
	f.n++
	if rkey == "" {
		rkey = fmt.Sprintf("r%d", f.n)
	}
	b, err := json.Marshal(object{"did": did, "time_us": f.time, "kind": "commit", "commit": object{
		"rev": "1", "operation": op, "collection": collection, "rkey": rkey, "record": record, "cid": "bafy"}})
	if err != nil {
		panic(err)
	}
	f.Write(append(b, '\n'))
	return "at://" + did + "/" + collection + "/" + rkey
}

func (f *file) profile(did, name string) {
	f.event(did, "create", profileCollection, "self", object{"displayName": name, "description": "hello"})
}
func (f *file) post(did, text string, more ...object) string {
	r := object{"text": text}
	for _, m := range more {
		for k, v := range m {
			r[k] = v
		}
	}
	return f.event(did, "create", postCollection, "", r)
}
func reply(to string) object {
	return object{"reply": object{"parent": object{"uri": to, "cid": "bafy"}, "root": object{"uri": to, "cid": "bafy"}}}
}
func (f *file) react(did, collection, to string) string {
	return f.event(did, "create", collection, "", object{"subject": object{"uri": to, "cid": "bafy"}})
}
func (f *file) follow(did, whom string) string {
	return f.event(did, "create", followCollection, "", object{"subject": whom})
}
func (f *file) block(did, whom string) string {
	return f.event(did, "create", blockCollection, "", object{"subject": whom})
}
func (f *file) update(uri string, record object) {
	p := strings.Split(uri, "/")
	f.event(p[2], "update", p[3], p[4], record)
}
func (f *file) undo(uri string) {
	p := strings.Split(uri, "/")
	f.event(p[2], "delete", p[3], p[4], nil)
}

func options(f *fake, dir string) Options {
	return Options{Node: f.URL, Key: testKey, StateDir: dir, Patience: -1}
}

func TestImportEverything(t *testing.T) {
	n := newFake(t)
	var f file
	f.profile("did:example:ann", "Ann")
	f.profile("did:example:bob", "Bob")
	first := f.post("did:example:ann", "A heron at the weir.", object{"langs": []string{"en"}, "tags": []string{"birds"},
		"createdAt": "2023-11-14T22:13:00Z"})
	link := f.post("did:example:ann", "", object{"embed": object{"$type": "app.bsky.embed.external",
		"external": object{"uri": "https://heron.example/", "title": "Herons", "description": "x"}}})
	answer := f.post("did:example:bob", "I saw it, too.", reply(first), object{"embed": object{"$type": "app.bsky.embed.recordWithMedia",
		"record": object{"record": object{"uri": link}}}})
	f.follow("did:example:bob", "did:example:ann")
	gone := f.follow("did:example:ann", "did:example:bob")
	f.follow("did:example:bob", "did:example:ann") // again
	f.follow("did:example:bob", "did:example:bob") // itself
	f.react("did:example:ann", likeCollection, answer)
	f.react("did:example:bob", repostCollection, first)
	unliked := f.react("did:example:bob", likeCollection, link)
	f.undo(gone)
	f.undo(unliked)
	wrong := f.post("did:example:bob", "Never mind.")
	f.undo(wrong)
	f.post("did:example:bob", "Answering someone elsewhere.", reply("at://did:example:zoe/app.bsky.feed.post/1"))
	f.react("did:example:bob", likeCollection, "at://did:example:zoe/app.bsky.feed.post/1")
	f.event("did:example:bob", "create", "app.bsky.graph.block", "", object{"subject": "did:example:zoe"})
	f.event("did:example:bob", "create", "app.bsky.graph.list", "", object{"name": "x"})
	f.post("did:example:bob", "", object{"embed": object{"$type": "app.bsky.embed.images"}})
	fmt.Fprintf(&f, `{"did":"did:example:bob","time_us":%d,"kind":"identity"}`+"\n", f.time)
	last := f.time / 1_000_000

	var seen []Progress
	o := options(n, t.TempDir())
	o.Progress = func(p Progress) { seen = append(seen, p) }
	start := time.Now().Unix()
	r, err := Import(t.Context(), bytes.NewReader(f.Bytes()), o)
	if err != nil {
		t.Fatal(err)
	}
	want := Report{Lines: 22, Profiles: 2, Posts: 5, Replies: 1, Follows: 2, Likes: 2, Reposts: 1, Blocks: 1, Deletions: 3, Repeated: 2, Unresolved: 2,
		Unsupported: map[string]int{"app.bsky.graph.list": 1, "identity": 1, "app.bsky.feed.post without text": 1}}
	want.Took, want.Shift = r.Took, r.Shift
	if fmt.Sprint(r) != fmt.Sprint(want) {
		t.Errorf("the report is\n%+v, want\n%+v", r, want)
	}
	if r.Shift < start-last || r.Shift > start-last+5 {
		t.Errorf("times are shifted by %d, want %d", r.Shift, start-last)
	}
	if s := n.state.Stats(); s.Profiles != 2 || s.Posts != 4 || s.Replies != 1 || s.Follows != 1 || s.Reactions != 2 || s.Unavailable != 0 {
		t.Errorf("the mirror has %+v", s)
	}
	if len(seen) == 0 || seen[len(seen)-1] != (Progress{Done: 22, Total: 22}) {
		t.Errorf("progress was %v", seen)
	}
	ann, err := Author(testKey, "did:example:ann")
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range n.posts(graph.PostQuery{Authors: []graph.Address{ann}}) {
		switch p.Content.Source {
		case first:
			if c := p.Content; c.Text != "A heron at the weir." || fmt.Sprint(c.Langs, c.Tags) != "[en] [birds]" {
				t.Errorf("the first post is %+v", c)
			}
			if want := time.Date(2023, 11, 14, 22, 13, 0, 0, time.UTC).Unix() + r.Shift; p.Time != uint64(want) {
				t.Errorf("the first post's time is %d, want %d", p.Time, want)
			}
		case link:
			if c := p.Content; c.Link == nil || *c.Link != (graph.Link{URI: "https://heron.example/", Title: "Herons"}) {
				t.Errorf("the link post is %+v", c)
			}
		default:
			t.Errorf("there is a post from %q", p.Content.Source)
		}
	}
	for _, e := range n.events {
		if e.Imported != (e.Action == graph.ActProfile) {
			t.Errorf("imported is %v on a %s", e.Imported, e.Action)
		}
	}
	if !strings.Contains(n.picture(), fmt.Sprintf("on %q quoting %q", first, link)) {
		t.Errorf("no reply quotes the link:\n%s", n.picture())
	}
	again, err := Import(t.Context(), bytes.NewReader(f.Bytes()), o)
	if err != nil || again.Events() != r.Events() || again.Resumed != r.Events() {
		t.Errorf("a second import reports %+v, %v", again, err)
	}
}

// draw makes a file of a random small town.
func draw(t *rapid.T, most int) *file {
	var f file
	dids := []string{"did:example:a", "did:example:b", "did:example:c", "did:example:d"}
	var posts, undoable []string
	for _, d := range dids {
		f.profile(d, d[12:])
	}
	for range rapid.IntRange(1, most).Draw(t, "events") {
		who := rapid.SampledFrom(dids).Draw(t, "who")
		kind := rapid.IntRange(0, 8).Draw(t, "kind")
		if len(posts) == 0 && kind > 1 {
			kind = 0
		}
		switch kind {
		case 0:
			posts = append(posts, f.post(who, fmt.Sprintf("post %d", f.n)))
		case 1:
			undoable = append(undoable, f.follow(who, rapid.SampledFrom(dids).Draw(t, "whom")))
		case 2, 3:
			posts = append(posts, f.post(who, fmt.Sprintf("reply %d", f.n), reply(rapid.SampledFrom(posts).Draw(t, "to"))))
		case 4:
			undoable = append(undoable, f.react(who, likeCollection, rapid.SampledFrom(posts).Draw(t, "to")))
		case 5:
			undoable = append(undoable, f.react(who, repostCollection, rapid.SampledFrom(posts).Draw(t, "to")))
		case 7:
			undoable = append(undoable, f.block(who, rapid.SampledFrom(dids).Draw(t, "whom")))
		case 8:
			f.update(rapid.SampledFrom(posts).Draw(t, "edited"), object{"text": fmt.Sprintf("edit %d", f.n)})
		case 6:
			if len(undoable) > 0 {
				f.undo(rapid.SampledFrom(undoable).Draw(t, "undone"))
			}
		}
	}
	return &f
}

// TestCrashAnywhere lets the node fall silent at a random request, before or after
// it did what was asked, and the importer start again, until it is through. The
// outcome is that of an import without trouble, and each author's events are in
// their order.
func TestCrashAnywhere(t *testing.T) {
	fired := 0
	rapid.Check(t, func(rt *rapid.T) {
		f := draw(rt, 60)
		dir, err := os.MkdirTemp(t.TempDir(), "")
		if err != nil {
			rt.Fatal(err)
		}
		calm, rough := newFake(t), newFake(t)
		defer calm.Close()
		defer rough.Close()
		o := options(calm, filepath.Join(dir, "calm"))
		o.NoShift = true
		want, err := Import(t.Context(), bytes.NewReader(f.Bytes()), o)
		if err != nil {
			rt.Fatal(err)
		}
		o = options(rough, filepath.Join(dir, "rough"))
		o.NoShift = true
		rough.slow = rapid.Bool().Draw(rt, "slow")
		for crash := 0; ; crash++ {
			rough.revive()
			if crash < 12 {
				rough.dieAfter = rapid.Bool().Draw(rt, "after")
				rough.dieAt = rough.requests + rapid.IntRange(2, 12).Draw(rt, "at")
			}
			got, err := Import(t.Context(), bytes.NewReader(f.Bytes()), o)
			if rough.dead {
				fired++
			}
			if err != nil {
				if !rough.dead {
					rt.Fatal(err)
				}
				continue
			}
			if got.Events() != want.Events() || got.Replies != want.Replies || got.Repeated != want.Repeated {
				rt.Errorf("after %d crashes the report is %+v, want %+v", crash, got, want)
			}
			break
		}
		if d := calm.disorder(); d != "" {
			rt.Error(d)
		}
		if a, b := calm.picture(), rough.picture(); a != b {
			rt.Fatalf("the outcome differs, without crashes:\n%s\nwith:\n%s", a, b)
		}
	})
	if fired < 50 {
		t.Errorf("only %d crashes happened", fired)
	}
}

// TestLostAnswers loses every fifth answer; the importer asks again by itself.
func TestLostAnswers(t *testing.T) {
	calm, flaky := newFake(t), newFake(t)
	flaky.flaky = 5
	var f file
	for i := range 40 {
		who := fmt.Sprintf("did:example:%d", i%5)
		p := f.post(who, fmt.Sprint("post ", i))
		f.post(fmt.Sprintf("did:example:%d", (i+1)%5), "yes", reply(p))
	}
	for _, n := range []*fake{calm, flaky} {
		o := options(n, t.TempDir())
		o.Patience, o.NoShift = 20*time.Second, true
		if _, err := Import(t.Context(), bytes.NewReader(f.Bytes()), o); err != nil {
			t.Fatal(err)
		}
	}
	if a, b := calm.picture(), flaky.picture(); a != b {
		t.Errorf("the outcome differs, without losses:\n%s\nwith:\n%s", a, b)
	}
	if flaky.requests <= calm.requests {
		t.Error("no answer was lost")
	}
}

// TestCutJournal cuts the journal's last line anywhere, as a power cut may, and
// then takes the whole journal away: nothing is published twice.
func TestCutJournal(t *testing.T) {
	n, dir := newFake(t), t.TempDir()
	var f file
	f.profile("did:example:a", "A")
	p := f.post("did:example:a", "one")
	f.post("did:example:b", "two", reply(p))
	f.react("did:example:b", likeCollection, p)
	o := options(n, dir)
	want, err := Import(t.Context(), bytes.NewReader(f.Bytes()), o)
	if err != nil {
		t.Fatal(err)
	}
	before := n.picture()
	names, _ := filepath.Glob(filepath.Join(dir, "*.journal"))
	if len(names) != 1 {
		t.Fatalf("the journals are %v", names)
	}
	whole, err := os.ReadFile(names[0])
	if err != nil {
		t.Fatal(err)
	}
	last := bytes.LastIndexByte(whole[:len(whole)-1], '\n') + 1
	for cut := last; cut < len(whole); cut++ {
		if err := os.WriteFile(names[0], whole[:cut], 0o600); err != nil {
			t.Fatal(err)
		}
		got, err := Import(t.Context(), bytes.NewReader(f.Bytes()), o)
		if err != nil || got.Events() != want.Events() || got.Shift != want.Shift {
			t.Fatalf("cut at %d the report is %+v, %v", cut, got, err)
		}
		if n.picture() != before {
			t.Fatalf("cut at %d more was published:\n%s", cut, n.picture())
		}
	}
	if err := os.Remove(names[0]); err != nil {
		t.Fatal(err)
	}
	if _, err := Import(t.Context(), bytes.NewReader(f.Bytes()), o); err != nil {
		t.Fatal(err)
	}
	if s := n.state.Stats(); s.Posts != 2 || s.Replies != 1 || s.Reactions != 1 {
		t.Errorf("without its journal the import made %+v", s)
	}
}

func TestCorruptLines(t *testing.T) {
	n := newFake(t)
	var f file
	f.post("did:example:a", "one")
	f.WriteString("{\"did\":\"did:example:a\",\"time_us\":17\n\n")                                               // 2, and an empty line
	f.WriteString(`{"did":"nobody","time_us":1,"kind":"commit"}` + "\n")                                         // 4
	f.WriteString(`{"did":"did:example:a","time_us":-1,"kind":"commit"}` + "\n")                                 // 5
	f.WriteString(`{"did":"did:example:a","time_us":1,"kind":"commit"}` + "\n")                                  // 6
	f.WriteString("\xff\xfe\n")                                                                                  // 7
	f.WriteString(strings.Repeat("x", 2*maxLine) + "\n")                                                         // 8
	f.event("did:example:a", "create", likeCollection, "", object{"subject": 5})                                 // 9
	f.event("did:example:a", "create", postCollection, "", object{"text": strings.Repeat("x", graph.MaxText+1)}) // 10
	f.event("did:example:a", "create", postCollection, "a/b", object{"text": "x"})                               // 11
	f.post("did:example:a", "two")
	f.WriteString(`{"did":"did:example:a","time_us":17000`) // 13
	r, err := Import(t.Context(), bytes.NewReader(f.Bytes()), options(n, t.TempDir()))
	if !errors.Is(err, ErrSkipped) || !strings.Contains(err.Error(), "line 2") {
		t.Errorf("Import gives %v", err)
	}
	var lines []int
	for _, s := range r.Skips {
		lines = append(lines, s.Line)
	}
	if fmt.Sprint(lines) != "[2 4 5 6 7 8 9 10 11 13]" || r.Skipped != 10 || r.Posts != 2 || r.Lines != 13 {
		t.Errorf("the report is %+v", r)
	}
	if s := n.state.Stats(); s.Posts != 2 {
		t.Errorf("%d posts were published, want 2", s.Posts)
	}
}

// TestRefusals has the node refuse posts, with and without their nonces used up:
// they are named, what hangs on them is not lost, the rest is published.
func TestRefusals(t *testing.T) {
	for _, uses := range []bool{false, true} {
		t.Run(fmt.Sprint("uses=", uses), func(t *testing.T) {
			n := newFake(t)
			var f file
			f.profile("did:example:a", "A")
			bad := f.post("did:example:a", "refused")
			f.post("did:example:a", "after it")
			f.post("did:example:b", "a reply to it", reply(bad))
			f.react("did:example:b", likeCollection, bad)
			f.follow("did:example:a", "did:example:b")
			n.deny = func(in graph.Intent) (string, bool) {
				if in.Action == graph.ActPost && strings.Contains(string(n.docs[n.cid(in.CID)]), "refused") {
					return "not that one", uses
				}
				return "", false
			}
			o := options(n, t.TempDir())
			for range 2 {
				r, err := Import(t.Context(), bytes.NewReader(f.Bytes()), o)
				if !errors.Is(err, ErrSkipped) || !strings.Contains(err.Error(), "not that one") {
					t.Errorf("Import gives %v", err)
				}
				if r.Skipped != 1 || r.Skips[0].Line != 2 || r.Posts != 2 || r.Replies != 0 || r.Follows != 1 || r.Likes != 0 || r.Unresolved != 2 {
					t.Errorf("the report is %+v", r)
				}
			}
			if s := n.state.Stats(); s.Posts != 2 || s.Follows != 1 || s.Profiles != 1 {
				t.Errorf("the mirror has %+v", s)
			}
		})
	}
}

// TestBusyNode has the node refuse every post once, for no fault of the post: all
// are published, in their order.
func TestBusyNode(t *testing.T) {
	n := newFake(t)
	var f file
	for i := range 300 {
		who := fmt.Sprintf("did:example:%d", i%9)
		p := f.post(who, fmt.Sprint("post ", i))
		if i%3 == 0 {
			f.post(fmt.Sprintf("did:example:%d", (i+4)%9), fmt.Sprint("reply ", i), reply(p))
		}
	}
	refused := map[string]bool{}
	n.deny = func(in graph.Intent) (string, bool) {
		c := string(in.CID)
		if in.Action != graph.ActPost || refused[c] {
			return "", false
		}
		refused[c] = true
		return "busy", false
	}
	o := options(n, t.TempDir())
	o.NoShift = true
	r, err := Import(t.Context(), bytes.NewReader(f.Bytes()), o)
	if err != nil || r.Posts != 400 || r.Replies != 100 {
		t.Errorf("the report is %+v, %v", r, err)
	}
	if d := n.disorder(); d != "" {
		t.Error(d)
	}
}

// An intent that is refused for no fault of its own is never given up: it is sent
// again, and when that does not help the import ends and can go on later.
func TestUnluckyIntents(t *testing.T) {
	var f file
	a := f.post("did:example:ann", "one")
	f.post("did:example:bob", "two", reply(a))
	f.react("did:example:bob", likeCollection, a)
	for name, set := range map[string]func(*fake){
		"busy for a while":       func(n *fake) { n.busy = 5 },
		"refused, yet published": func(n *fake) { n.blurred = true },
	} {
		n := newFake(t)
		set(n)
		r, err := Import(t.Context(), bytes.NewReader(f.Bytes()), options(n, t.TempDir()))
		if s := n.state.Stats(); err != nil || r.Posts != 2 || r.Replies != 1 || r.Likes != 1 || s.Posts != 2 || s.Reactions != 1 {
			t.Errorf("%s: %+v, %v, mirror %+v", name, r, err, s)
		}
	}
	n, dir := newFake(t), t.TempDir()
	n.busy = 1 << 30
	if _, err := Import(t.Context(), bytes.NewReader(f.Bytes()), options(n, dir)); err == nil || errors.Is(err, ErrSkipped) {
		t.Fatalf("a node that takes nothing: %v", err)
	}
	n.busy = 0
	r, err := Import(t.Context(), bytes.NewReader(f.Bytes()), options(n, dir))
	if s := n.state.Stats(); err != nil || r.Posts != 2 || r.Skipped != 0 || s.Posts != 2 || s.Reactions != 1 {
		t.Errorf("going on: %+v, %v, mirror %+v", r, err, s)
	}
}

func TestFollowThatWasThere(t *testing.T) {
	n := newFake(t)
	for i := range 2 {
		var f file
		f.time = int64(1_600_000_000_000_000 + i)
		f.follow("did:example:a", "did:example:b")
		if r, err := Import(t.Context(), bytes.NewReader(f.Bytes()), options(n, t.TempDir())); err != nil || r.Follows != 1 {
			t.Errorf("import %d reports %+v, %v", i, r, err)
		}
	}
}

func TestImportRefuses(t *testing.T) {
	n, dir := newFake(t), t.TempDir()
	var f file
	f.post("did:example:a", "one")
	if _, err := Import(t.Context(), bytes.NewReader(f.Bytes()), options(n, dir)); err != nil {
		t.Fatal(err)
	}
	var half bytes.Buffer
	z := gzip.NewWriter(&half)
	z.Write(f.Bytes())
	z.Close()
	half.Truncate(half.Len() - 9)
	for name, c := range map[string]struct {
		file []byte
		set  func(*Options)
		want string
	}{
		"another key":     {f.Bytes(), func(o *Options) { o.Key[0]++ }, "another key"},
		"no address":      {f.Bytes(), func(o *Options) { o.Node = "127.0.0.1:80" }, "address"},
		"no node":         {f.Bytes(), func(o *Options) { o.Node = "http://127.0.0.1:1" }, "does not answer"},
		"another service": {f.Bytes(), func(o *Options) { o.Node += "/elsewhere" }, "404"},
		"half a gzip":     {half.Bytes(), func(*Options) {}, "whole"},
	} {
		t.Run(name, func(t *testing.T) {
			o := options(n, dir)
			c.set(&o)
			if _, err := Import(t.Context(), bytes.NewReader(c.file), o); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("Import gives %v, want %q", err, c.want)
			}
		})
	}
	j, err := openJournal(dir, header{File: strings.Repeat("0", 64), Genesis: testGenesis})
	if err != nil {
		t.Fatal(err)
	}
	defer j.close()
	if _, err := openJournal(dir, header{File: strings.Repeat("0", 64), Genesis: testGenesis}); err == nil || !strings.Contains(err.Error(), "running") {
		t.Errorf("a second journal at once gives %v", err)
	}
}

// TestBatches checks that a long file without references goes out in full batches
// and that chains of replies cost no more than their length.
func TestBatches(t *testing.T) {
	n := newFake(t)
	var f file
	for i := range 450 {
		f.post(fmt.Sprintf("did:example:%d", i%7), fmt.Sprint("post ", i))
	}
	var z bytes.Buffer
	g := gzip.NewWriter(&z)
	g.Write(f.Bytes())
	g.Close()
	if r, err := Import(t.Context(), bytes.NewReader(z.Bytes()), options(n, t.TempDir())); err != nil || r.Posts != 450 {
		t.Fatalf("the report is %+v, %v", r, err)
	}
	if fmt.Sprint(n.batches) != "[300 150]" {
		t.Errorf("the batches are %v", n.batches)
	}
}

func TestCancelled(t *testing.T) {
	n := newFake(t)
	var f file
	f.post("did:example:a", "one")
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Import(ctx, bytes.NewReader(f.Bytes()), options(n, t.TempDir())); !errors.Is(err, context.Canceled) {
		t.Errorf("Import gives %v", err)
	}
}

func TestKeys(t *testing.T) {
	path := filepath.Join(t.TempDir(), "sub", "importer.key")
	a, err := LoadKey(path)
	if err != nil {
		t.Fatal(err)
	}
	b, err := LoadKey(path)
	if err != nil || a != b || a == ([32]byte{}) {
		t.Errorf("the key is not kept: %x, %x, %v", a, b, err)
	}
	st, err := os.Stat(path)
	if err != nil || st.Mode().Perm() != 0o600 {
		t.Errorf("the key's file is %v, %v", st.Mode(), err)
	}
	if err := os.WriteFile(path, []byte("secret\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := LoadKey(path); err == nil {
		t.Error("a malformed key is taken")
	}
	// A golden address: another derivation would orphan what was published.
	got, err := Author(testKey, "did:example:ann")
	if want := "0x6891B7B0b4Bc3cF1059738f1cbe39f61A2Ff72bA"; err != nil || got.Hex() != want {
		t.Errorf("the author's address is %s, %v; want %s", got.Hex(), err, want)
	}
}

func TestSays(t *testing.T) {
	w, err := os.Create(filepath.Join(t.TempDir(), "out"))
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	clock := time.Unix(0, 0)
	show := says(w, func() time.Time { return clock })
	for range 10 {
		clock = clock.Add(time.Second)
		show(Progress{Done: 100 + 50*int(clock.Unix()), Total: 1100, Resumed: 100})
	}
	b, err := os.ReadFile(w.Name())
	want := "importing: 350 of 1100 lines (31 %), 50 a second, 15s left\nimporting: 600 of 1100 lines (54 %), 50 a second, 10s left\n"
	if err != nil || string(b) != want {
		t.Errorf("progress says %q, want %q", b, want)
	}
}
