package e2e

import (
	"bytes"
	"crypto/ecdsa"
	"encoding/json"
	"fmt"
	"math/big"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"candor/graph"
	"candor/relay"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ipfs/go-cid"
)

// author signs intents as a reader's browser does.
type author struct {
	t        *testing.T
	n        *node
	key      *ecdsa.PrivateKey
	chainID  int64
	contract graph.Address
	next     uint64
}

func newAuthor(t *testing.T, n *node) *author {
	t.Helper()
	var facts struct {
		ChainID   int64
		Contracts struct{ SocialGraph common.Address }
	}
	if _, err := n.get("/api/v1/chain", &facts); err != nil {
		t.Fatal(err)
	}
	return &author{t: t, n: n, key: must[*ecdsa.PrivateKey](t)(crypto.GenerateKey()), chainID: facts.ChainID, contract: facts.Contracts.SocialGraph}
}

func (a *author) address() graph.Address { return crypto.PubkeyToAddress(a.key.PublicKey) }

// intent fills in author, nonce and times.
func (a *author) intent(in graph.Intent) graph.Intent {
	now := uint64(time.Now().Unix())
	in.Author, in.Nonce, in.Time = a.address(), a.next, now
	if in.Deadline == 0 {
		in.Deadline = now + 3600
	}
	return in
}

func (a *author) sign(in graph.Intent) relay.WireIntent {
	sig := must[[]byte](a.t)(relay.Sign(in, big.NewInt(a.chainID), a.contract, a.key))
	return must[relay.WireIntent](a.t)(relay.Wire(in, sig))
}

type result struct{ State, Tx, ID, Error string }

func (a *author) send(w ...relay.WireIntent) []result {
	a.t.Helper()
	var answer struct{ Items []result }
	if err := a.n.post("/api/v1/intents", "application/json", must[[]byte](a.t)(json.Marshal(w)), &answer); err != nil {
		a.t.Fatal(err)
	}
	return answer.Items
}

// mined sends an intent that must be taken.
func (a *author) mined(in graph.Intent) string {
	a.t.Helper()
	r := a.send(a.sign(a.intent(in)))[0]
	if r.State != "mined" {
		a.t.Fatalf("%s is %+v", in.Action, r)
	}
	a.next++
	return r.ID
}

func document(t *testing.T, text string) ([]byte, cid.Cid) {
	t.Helper()
	doc, c, err := graph.PostContent{Text: text}.Encode()
	if err != nil {
		t.Fatal(err)
	}
	return doc, c
}

func TestPostWithoutItsBlock(t *testing.T) {
	n := town(t)
	a := newAuthor(t, n)
	before := n.stats(t)
	text := fmt.Sprintf("Nobody serves this yet, %s.", a.address())
	doc, c := document(t, text)
	id := a.mined(graph.Intent{Action: graph.ActPost, CID: c.Bytes()})
	p := n.feed(t, "ranker=latest&limit=5")
	if p.Items[0].ID != id || p.Items[0].Post.Status != "unavailable" || p.Items[0].Post.Text != "" || len(p.Items) != 5 {
		t.Errorf("the feed begins with %+v", p.Items[0])
	}
	if s := n.stats(t); s.Unavailable != before.Unavailable+1 || s.Posts != before.Posts+1 {
		t.Errorf("the stats went from %+v to %+v", before, s)
	}
	var stored struct{ CID string }
	if err := n.post("/api/v1/blocks", "application/json", doc, &stored); err != nil || stored.CID != c.String() {
		t.Fatalf("the block is stored as %q: %v", stored.CID, err)
	}
	old := p.Run
	// Late content counts from the next indexed block after it was found.
	next := graph.ActFollow
	eventually(t, 30*time.Second, "the late content is there", func() bool {
		a.mined(graph.Intent{Action: next, Target: common.HexToAddress("0x1")})
		next = graph.ActFollow + graph.ActUnfollow - next
		var post struct{ Post postView }
		_, err := n.get("/api/v1/posts/"+id, &post)
		return err == nil && post.Post.Text == text
	})
	again := n.feed(t, fmt.Sprintf("ranker=latest&limit=5&block=%d", old.Block))
	if again.Run.ID != old.ID || again.Items[0].Post.Status != "unavailable" {
		t.Error("late content changed a snapshot that a run was made on")
	}
}

// TestLateContentOnAnIdleChain: where nobody sends anything, what came late gets a
// block of its own, and the chain rests again.
func TestLateContentOnAnIdleChain(t *testing.T) {
	t.Parallel()
	n, err := launchWith(t.TempDir(), "none", []string{"--prove=false"})
	if err == nil {
		t.Cleanup(n.stop)
		err = n.waitReady(60 * time.Second)
	}
	if err != nil {
		t.Fatal(err)
	}
	doc, c := document(t, "I came late, and nobody was about.")
	id := newAuthor(t, n).mined(graph.Intent{Action: graph.ActPost, CID: c.Bytes()})
	at := must[graph.PostID](t)(graph.ParsePosition(id)).Block
	before := n.feed(t, fmt.Sprintf("ranker=latest&block=%d", at))
	rest := func() uint64 { // the anchor of that run makes a block
		var last uint64
		since := time.Now()
		eventually(t, 30*time.Second, "the chain rests", func() bool {
			if now := n.stats(t).Block; now != last {
				last, since = now, time.Now()
			}
			return time.Since(since) > 3*time.Second
		})
		return last
	}
	idle := rest()
	if err := n.post("/api/v1/blocks", "application/json", doc, &struct{}{}); err != nil {
		t.Fatal(err)
	}
	eventually(t, 20*time.Second, "the late content is shown", func() bool {
		var post struct{ Post postView }
		_, err := n.get("/api/v1/posts/"+id, &post)
		return err == nil && post.Post.Text == "I came late, and nobody was about."
	})
	if now := rest(); now != idle+1 {
		t.Errorf("the chain rested at block %d and rests at %d now: expected one more", idle, now)
	}
	again := n.feed(t, fmt.Sprintf("ranker=latest&block=%d", at))
	if again.Run.ID != before.Run.ID || again.Items[0].Post.Status != "unavailable" {
		t.Error("late content changed a snapshot that a run was made on")
	}
}

func TestRefusedIntents(t *testing.T) {
	n := town(t)
	a, thief := newAuthor(t, n), newAuthor(t, n)
	doc, c := document(t, "Mine, signed by me.")
	var stored struct{ CID string }
	if err := n.post("/api/v1/blocks", "application/json", doc, &stored); err != nil {
		t.Fatal(err)
	}
	post := graph.Intent{Action: graph.ActPost, CID: c.Bytes()}
	good := a.sign(a.intent(post))
	before := n.stats(t).Posts
	if r := a.send(good)[0]; r.State != "mined" {
		t.Fatalf("an honest post is %+v", r)
	}
	replay := good
	a.next++

	forged := thief.intent(post)
	forged.Author = a.address()
	forged.Nonce = a.next
	stolen := thief.sign(forged) // names a, signed by the thief
	expired := a.intent(post)
	expired.Deadline = uint64(time.Now().Unix()) - 10
	skipping := a.intent(post)
	skipping.Nonce += 5
	other := a.intent(post)
	elsewhere := must[relay.WireIntent](t)(relay.Wire(other, must[[]byte](t)(relay.Sign(other, big.NewInt(1), a.contract, a.key))))
	himself := a.intent(graph.Intent{Action: graph.ActFollow, Target: a.address()})
	for name, w := range map[string]relay.WireIntent{"replayed": replay, "forged": stolen, "expired": a.sign(expired),
		"out of turn": a.sign(skipping), "for another chain": elsewhere, "self-follow": a.sign(himself)} {
		if r := a.send(w)[0]; r.State != "refused" || len(r.Error) < 15 || r.ID != "" {
			t.Errorf("a %s intent is %+v", name, r)
		}
	}
	if after := n.stats(t).Posts; after != before+1 {
		t.Errorf("refused intents changed the number of posts from %d to %d", before+1, after)
	}
	for name, body := range map[string]string{"no JSON": "{", "unknown key": `{"intent":{"author":"` + a.address().Hex() + `","action":"post","nonce":0,"deadline":1,"time":1,"colour":1},"signature":"0x00"}`,
		"too many": "[" + strings.Repeat("{},", 600) + "{}]"} {
		res, err := http.Post(n.URL+"/api/v1/intents", "application/json", strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		if text := readAll(t, res); res.StatusCode != http.StatusBadRequest {
			t.Errorf("%s: %d %s", name, res.StatusCode, text)
		}
	}
}

func TestRemoveLeavesNoText(t *testing.T) {
	n := town(t)
	a := newAuthor(t, n)
	text := fmt.Sprintf("I shall regret this, %s.", a.address())
	doc, c := document(t, text)
	var stored struct{ CID string }
	if err := n.post("/api/v1/blocks", "application/json", doc, &stored); err != nil {
		t.Fatal(err)
	}
	id := a.mined(graph.Intent{Action: graph.ActPost, CID: c.Bytes()})
	at := must[graph.PostID](t)(graph.ParsePosition(id))
	reader := newAuthor(t, n)
	reader.mined(graph.Intent{Action: graph.ActReact, Subject: at, SubjectCID: c.Bytes(), Reaction: graph.Like})
	reader.mined(graph.Intent{Action: graph.ActFollow, Target: a.address()})
	var post struct{ Post postView }
	if _, err := n.get("/api/v1/posts/"+c.String(), &post); err != nil || post.Post.Likes != 1 || post.Post.ID != id {
		t.Errorf("the post by its CID is %+v: %v", post, err)
	}
	var who struct{ Profile profileView }
	if _, err := n.get("/api/v1/profiles/"+a.address().Hex(), &who); err != nil || who.Profile.Followers != 1 || who.Profile.Posts != 1 {
		t.Errorf("the author is %+v: %v", who, err)
	}
	a.mined(graph.Intent{Action: graph.ActRemove, Subject: at, SubjectCID: c.Bytes()})
	if _, err := n.get("/api/v1/posts/"+id, &post); err != nil || post.Post.Status != "removed" || post.Post.Text != "" {
		t.Errorf("the removed post is %+v: %v", post, err)
	}
	for _, i := range n.feed(t, "ranker=latest&limit=100").Items {
		if i.ID == id {
			t.Error("a removed post is still in the feed")
		}
	}
}

// TestImportNamesBadLines imports a file with corrupt lines through the real binary.
func TestImportNamesBadLines(t *testing.T) {
	n := town(t)
	before := n.stats(t)
	dir := t.TempDir()
	file := filepath.Join(dir, "h.jsonl")
	history(t, file, 900)
	lines := bytes.SplitAfter(must[[]byte](t)(os.ReadFile(file)), []byte("\n"))
	bad := append([][]byte{}, lines[:2]...)
	bad = append(bad, []byte("{\"did\": \n"), []byte("not json at all\n"))
	bad = append(bad, lines[2:]...)
	if err := os.WriteFile(file, bytes.Join(bad, nil), 0o600); err != nil {
		t.Fatal(err)
	}
	args := []string{"import", "jetstream", file, "--node", n.URL, "--key", filepath.Join(dir, "k"), "--json"}
	out, errs, code := run(t, args...)
	var report struct{ Profiles, Posts, Replies, Likes, Skipped int }
	if err := json.Unmarshal([]byte(out), &report); err != nil {
		t.Fatalf("%v in %q\n%s", err, out, errs)
	}
	if code != 1 || report.Skipped != 2 || report.Posts != 3 || report.Replies != 1 || report.Profiles != 1 ||
		!strings.Contains(errs, "line 3") || !strings.Contains(errs, "line 4") {
		t.Errorf("exit %d, %+v\n%s", code, report, errs)
	}
	after := n.stats(t)
	if after.Posts != before.Posts+3 || after.Profiles != before.Profiles+1 || after.Reactions != before.Reactions+1 {
		t.Errorf("the stats went from %+v to %+v", before, after)
	}
	if _, _, code := run(t, args...); code != 1 || n.stats(t).Posts != after.Posts {
		t.Errorf("the same import again exits %d and leaves %+v", code, n.stats(t))
	}
}
