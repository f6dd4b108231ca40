package ipfs

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"testing"
	"time"

	"candor/graph"

	"github.com/ipfs/go-cid"
	"pgregory.net/rapid"
)

// graphNames is what a graph says of documents.
type graphNames struct {
	mu                sync.Mutex
	needed, withdrawn map[cid.Cid]bool
	fail              error
	asked             func() // runs within each question
}

func (g *graphNames) Named(_ context.Context, docs []cid.Cid) (needed, withdrawn []cid.Cid, err error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	for _, c := range docs {
		if g.needed[c] {
			needed = append(needed, c)
		} else if g.withdrawn[c] {
			withdrawn = append(withdrawn, c)
		}
	}
	if g.asked != nil {
		g.asked()
	}
	return needed, withdrawn, g.fail
}

func newNames() *graphNames {
	return &graphNames{needed: map[cid.Cid]bool{}, withdrawn: map[cid.Cid]bool{}}
}

func collector(g *graphNames) Collector {
	return Collector{Names: g, Unused: time.Hour, Log: slog.New(slog.DiscardHandler)}
}

// at collects at so many minutes of a day.
func (n *Node) at(t failing, c Collector, minutes int) Collected {
	t.Helper()
	done, err := n.collect(context.Background(), c, time.Unix(1_000_000, 0).Add(time.Duration(minutes)*time.Minute))
	if err != nil {
		t.Fatalf("%v", err)
	}
	return done
}

type failing interface {
	Helper()
	Fatalf(string, ...any)
}

func holds(t failing, n *Node, want bool, what string, cs ...cid.Cid) {
	t.Helper()
	for _, c := range cs {
		if ok, err := n.store.Has(context.Background(), c); err != nil || ok != want {
			t.Fatalf("%s: %s is kept: %v, %v", what, c, ok, err)
		}
	}
}

func parts(t *testing.T, size int, seed uint64) (body []byte, cs []cid.Cid) {
	body = photo(size, seed)
	bs, err := layout(body)
	if err != nil {
		t.Fatal(err)
	}
	for _, b := range bs {
		cs = append(cs, b.Cid())
	}
	return body, cs
}

// TestCollect follows a post with a picture, an upload that nobody names, and a
// picture that both share parts with.
func TestCollect(t *testing.T) {
	dir := t.TempDir()
	n := start(t, dir)
	g := newNames()
	c := collector(g)
	body, kept := parts(t, 3*chunk, 1)
	f, err := n.AddFile(t.Context(), body)
	if err != nil {
		t.Fatal(err)
	}
	doc, post1 := postWith(t, f)
	// A second file of the first's first two parts and one of its own.
	other := append(append([]byte{}, body[:2*chunk]...), photo(chunk, 2)...)
	f2, err := n.AddFile(t.Context(), other)
	if err != nil {
		t.Fatal(err)
	}
	bs, err := layout(other)
	if err != nil {
		t.Fatal(err)
	}
	own := []cid.Cid{bs[2].Cid(), bs[3].Cid()}
	doc2, post2 := postWith(t, f2)
	idle, upload := post(t, "an upload that nothing names")
	for _, d := range [][]byte{doc, doc2, idle} {
		if _, err := n.Put(t.Context(), d); err != nil {
			t.Fatal(err)
		}
	}
	g.needed[post1], g.needed[post2] = true, true
	if d := n.at(t, c, 0); d.Blocks != 9 || d.Needed != 8 || d.Marked != 1 || d.Removed != 0 {
		t.Fatalf("%+v", d)
	}
	n.at(t, c, 59)
	holds(t, n, true, "within the hour", upload)

	// The second post is removed: its window has passed.
	delete(g.needed, post2)
	g.withdrawn[post2] = true
	if d := n.at(t, c, 60); d.Removed != 1 || d.Marked != 3 {
		t.Fatalf("%+v", d)
	}
	holds(t, n, false, "after the hour", upload)
	n.Close()
	n = start(t, dir) // marks outlive the process
	if d := n.at(t, c, 61); d.Removed != 3 || d.Marked != 0 {
		t.Fatalf("%+v", d)
	}
	holds(t, n, false, "withdrawn", append(own, post2)...)
	holds(t, n, true, "what stands", append(kept, post1)...)
	if s, err := n.Stat(t.Context(), f.CID); err != nil || s != f {
		t.Fatalf("%+v, %v", s, err)
	}

	// A graph that does not answer removes nothing.
	delete(g.needed, post1)
	g.withdrawn[post1], g.fail = true, errors.New("busy")
	for i := range 3 {
		if _, err := n.collect(t.Context(), c, time.Unix(2_000_000+int64(i)*1e5, 0)); err == nil {
			t.Fatal("a round ends well on half knowledge")
		}
	}
	holds(t, n, true, "on half knowledge", append(kept, post1)...)
	g.fail = nil
	n.at(t, c, 100)
	n.at(t, c, 102)
	holds(t, n, false, "withdrawn", append(kept, post1)...)
}

// TestUsedIsNotRemoved: a document that is read or put while a round runs stays,
// because a post that names it may be on its way into the graph.
func TestUsedIsNotRemoved(t *testing.T) {
	for name, use := range map[string]func(*Node, cid.Cid, []byte) error{
		"read": func(n *Node, c cid.Cid, _ []byte) error { _, err := n.Get(t.Context(), c); return err },
		"put":  func(n *Node, _ cid.Cid, doc []byte) error { _, err := n.Put(t.Context(), doc); return err },
	} {
		for _, withdrawn := range []bool{false, true} {
			n := start(t, t.TempDir())
			g := newNames()
			c := collector(g)
			doc, id := post(t, "on its way")
			if _, err := n.Put(t.Context(), doc); err != nil {
				t.Fatal(err)
			}
			g.withdrawn[id] = withdrawn
			n.at(t, c, 0)
			g.asked = func() {
				if err := use(n, id, doc); err != nil {
					t.Error(err)
				}
			}
			if d := n.at(t, c, 1000); d.Removed != 0 || d.Marked != 1 {
				t.Errorf("%s: %+v", name, d)
			}
			holds(t, n, true, name, id)
			g.asked = nil
			n.at(t, c, 2000)
			holds(t, n, false, name+", then left", id)
			n.Close()
		}
	}
}

// TestCollectorFetchesWhatIsMissing: a standing post's picture that is not here
// is asked for again.
func TestCollectorFetchesWhatIsMissing(t *testing.T) {
	a, b := start(t, t.TempDir()), start(t, t.TempDir())
	f, err := a.AddFile(t.Context(), photo(1000, 1))
	if err != nil {
		t.Fatal(err)
	}
	doc, id := postWith(t, f)
	if _, err := b.Put(t.Context(), doc); err != nil {
		t.Fatal(err)
	}
	connected(t, b, a)
	g := newNames()
	g.needed[id] = true
	if d := b.at(t, collector(g), 0); d.Missing != 1 {
		t.Fatalf("%+v", d)
	}
	eventually(t, "the picture's arrival", func() bool { s, err := b.Stat(t.Context(), f.CID); return err == nil && s == f })
	if d := b.at(t, collector(g), 1); d.Missing != 0 || d.Needed != 2 {
		t.Fatalf("%+v", d)
	}
}

// TestDeniedFileGoesWhole: with its root go the parts that no other file has.
func TestDeniedFileGoesWhole(t *testing.T) {
	d := &denial{}
	n, err := Open(t.Context(), Config{Dir: t.TempDir(), Denylist: d})
	if err != nil {
		t.Fatal(err)
	}
	defer n.Close()
	body, cs := parts(t, 3*chunk, 1)
	f, err := n.AddFile(t.Context(), body)
	if err != nil {
		t.Fatal(err)
	}
	doc, id := postWith(t, f)
	if _, err := n.Put(t.Context(), doc); err != nil {
		t.Fatal(err)
	}
	g := newNames()
	g.needed[id] = true
	d.deny(f.CID)
	if r := get(t, n.Gateway()+"/ipfs/"+f.CID.String(), nil); r.code != 410 {
		t.Errorf("a denied picture gives %d", r.code)
	}
	if err := n.Withhold(t.Context()); err != nil {
		t.Fatal(err)
	}
	n.at(t, collector(g), 0)
	d.deny()
	holds(t, n, false, "denied", cs...)
	holds(t, n, true, "the post", id)
}

// TestCollectorKeepsWhatStands plays random uploads, posts, removals, uses and
// rounds against a model.
func TestCollectorKeepsWhatStands(t *testing.T) {
	n := start(t, t.TempDir())
	rapid.Check(t, func(t *rapid.T) {
		g := newNames()
		c := collector(g)
		var docs []cid.Cid
		state := map[cid.Cid]string{} // uploaded, needed, withdrawn
		since := map[cid.Cid]int{}    // when it was last used or named
		now := 0
		for range rapid.IntRange(1, 40).Draw(t, "steps") {
			now += rapid.IntRange(0, 50).Draw(t, "minutes")
			switch k := rapid.IntRange(0, 4).Draw(t, "what"); {
			case k == 0 || len(docs) == 0:
				body, id, err := graph.PostContent{Text: rapid.StringN(1, 5, -1).Draw(t, "text")}.Encode()
				if err != nil {
					t.Fatalf("%v", err)
				}
				if _, err := n.Put(context.Background(), body); err != nil {
					t.Fatalf("%v", err)
				}
				if state[id] == "" {
					docs, state[id] = append(docs, id), "uploaded"
				}
				since[id] = now
			case k == 1:
				id := rapid.SampledFrom(docs).Draw(t, "post")
				if ok, _ := n.store.Has(context.Background(), id); ok {
					state[id] = "needed"
					g.needed[id] = true
					delete(g.withdrawn, id)
				}
			case k == 2:
				if id := rapid.SampledFrom(docs).Draw(t, "remove"); state[id] == "needed" {
					state[id], since[id] = "withdrawn", now
					delete(g.needed, id)
					g.withdrawn[id] = true
				}
			default:
				n.at(t, c, now)
				for _, id := range docs {
					ok, err := n.store.Has(context.Background(), id)
					if err != nil {
						t.Fatalf("%v", err)
					}
					if !ok && (state[id] == "needed" || state[id] == "uploaded" && now-since[id] < 60) {
						t.Fatalf("%s is %s and gone", id, state[id])
					}
				}
			}
		}
		// In the end everything that nothing needs goes.
		n.at(t, c, 100_000)
		n.at(t, c, 200_000)
		for _, id := range docs {
			holds(t, n, state[id] == "needed", state[id], id)
		}
		g.needed = map[cid.Cid]bool{}
		n.at(t, c, 300_000)
		if d := n.at(t, c, 400_000); d.Blocks != d.Removed {
			t.Fatalf("%+v", d)
		}
	})
}
