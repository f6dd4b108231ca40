package jetstream

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"math/big"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ipfs/go-cid"

	"candor/graph"
	"candor/graph/fold"
	"candor/relay"
)

var (
	testContract = graph.Address{0xc0}
	testChain    = big.NewInt(1337)
	testGenesis  = "0x" + strings.Repeat("ab", 32)
)

// fake is a node in memory: its HTTP API, the contract's rules, and the mirror by
// the same fold as a real one's.
type fake struct {
	*httptest.Server
	t *testing.T

	mu       sync.Mutex
	nonces   map[graph.Address]uint64
	docs     map[cid.Cid][]byte
	follows  map[[2]graph.Address]bool
	blocks   map[[2]graph.Address]bool
	state    *fold.State
	events   []graph.Event
	requests int
	batches  []int // how many intents each request had

	// dieAt is the request at which the node falls silent, 0 for never; it does
	// what is asked before that when dieAfter is set.
	dieAt    int
	dieAfter bool
	dead     bool
	// flaky makes the node lose every so many-th answer.
	flaky int
	// deny refuses an intent with a reason, using its nonce up or not.
	deny func(graph.Intent) (why string, uses bool)
	// slow says "pending" for what it takes.
	slow bool
	// busy is how many intents it refuses for no fault of theirs; blurred says so
	// of what it takes.
	busy    int
	blurred bool
}

func newFake(t *testing.T) *fake {
	f := &fake{t: t, nonces: map[graph.Address]uint64{}, docs: map[cid.Cid][]byte{}, follows: map[[2]graph.Address]bool{}, blocks: map[[2]graph.Address]bool{},
		state: fold.New(func(string) graph.Embedding { return graph.Embedding{} })}
	f.Server = httptest.NewServer(http.HandlerFunc(f.serve))
	t.Cleanup(f.Close)
	return f
}

func (f *fake) serve(w http.ResponseWriter, r *http.Request) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.requests++
	if f.dieAt == f.requests && !f.dieAfter {
		f.dead = true
	}
	if f.dead {
		panic(http.ErrAbortHandler)
	}
	body, _ := io.ReadAll(r.Body)
	answer, status := f.answer(r, body)
	if f.dieAt == f.requests {
		f.dead = true
	}
	if f.dead || f.flaky > 0 && f.requests%f.flaky == 0 {
		panic(http.ErrAbortHandler)
	}
	w.WriteHeader(status)
	json.NewEncoder(w).Encode(answer)
}

type object = map[string]any

func (f *fake) answer(r *http.Request, body []byte) (any, int) {
	path, arg := r.URL.Path, r.URL.Path[strings.LastIndex(r.URL.Path, "/")+1:]
	switch {
	case path == "/api/v1/chain":
		return object{"chainId": testChain, "genesis": testGenesis, "contracts": object{"socialGraph": testContract}}, 200
	case strings.HasPrefix(path, "/api/v1/nonces/"):
		var a graph.Address
		if a.UnmarshalText([]byte(arg)) != nil {
			return object{"detail": "no address"}, 400
		}
		return object{"address": arg, "nonce": f.nonces[a]}, 200
	case path == "/api/v1/blocks":
		var items []any
		for s := bufio.NewScanner(bytes.NewReader(body)); s.Scan(); {
			c, err := graph.DocumentCID(s.Bytes())
			if err != nil {
				f.t.Error(err)
			}
			f.docs[c] = bytes.Clone(s.Bytes())
			items = append(items, object{"cid": c.String()})
		}
		return object{"items": items}, 200
	case path == "/api/v1/intents":
		return f.submit(body)
	case strings.HasPrefix(path, "/api/v1/posts/"):
		for _, p := range f.posts(graph.PostQuery{}) {
			if p.CID.String() == arg {
				return object{"post": object{"id": p.ID, "cid": arg, "author": p.Author}}, 200
			}
		}
		return object{"detail": "no such post"}, 404
	case strings.HasPrefix(path, "/api/v1/profiles/"):
		var a graph.Address
		if a.UnmarshalText([]byte(arg)) != nil {
			return object{"detail": "no address"}, 400
		}
		var items []any
		for _, p := range f.posts(graph.PostQuery{Authors: []graph.Address{a}}) {
			items = append(items, object{"id": p.ID, "cid": p.CID.String(), "author": p.Author})
		}
		return object{"items": items, "cursor": ""}, 200
	}
	return object{"detail": "no such path"}, 404
}

func (f *fake) posts(q graph.PostQuery) []graph.Post {
	head, ok := f.state.Head()
	if !ok {
		return nil
	}
	s, err := f.state.At(head.Number)
	if err != nil {
		f.t.Fatal(err)
	}
	posts, err := s.Posts(q)
	if err != nil {
		f.t.Fatal(err)
	}
	return posts
}

// submit is SocialGraph.submit in one block, and the index behind it.
func (f *fake) submit(body []byte) (any, int) {
	signed, err := relay.DecodeIntents(body)
	if err != nil {
		return object{"detail": err.Error()}, 400
	}
	f.batches = append(f.batches, len(signed))
	head, _ := f.state.Head()
	b := graph.Batch{Block: graph.Block{Number: head.Number + 1, Hash: graph.Hash{byte(head.Number + 1), byte((head.Number + 1) >> 8)},
		Parent: head.Hash, Time: max(uint64(time.Now().Unix()), head.Time+1)}, Contents: map[cid.Cid][]byte{}}
	var items []any
	for i, s := range signed {
		in := s.Intent
		d := in.Digest(testChain, testContract)
		sig := bytes.Clone(s.Signature)
		sig[64] -= 27
		pub, err := crypto.SigToPub(d[:], sig)
		if err != nil || crypto.PubkeyToAddress(*pub) != in.Author {
			f.t.Errorf("intent %d is not signed by its author", i)
		}
		why, uses := "", false
		switch {
		case in.Nonce != f.nonces[in.Author]:
			why = fmt.Sprintf("the nonce is %d, not %d", f.nonces[in.Author], in.Nonce)
		case in.Deadline < b.Block.Time:
			why = "it is expired"
		case f.deny != nil:
			why, uses = f.deny(in)
		}
		if why == "" && f.busy > 0 {
			f.busy--
			items = append(items, object{"state": "refused", "error": "the relay is busy", "again": true})
			continue
		}
		if why == "" && (in.Action == graph.ActFollow || in.Action == graph.ActUnfollow) {
			edge := [2]graph.Address{in.Author, in.Target}
			if f.follows[edge] == (in.Action == graph.ActFollow) {
				why, uses = "nothing changes", true
			}
			if back := [2]graph.Address{in.Target, in.Author}; in.Action == graph.ActFollow && (f.blocks[edge] || f.blocks[back]) {
				why, uses = "one blocks the other", true
			}
			if why == "" {
				f.follows[edge] = in.Action == graph.ActFollow
			}
		}
		if why == "" && (in.Action == graph.ActBlock || in.Action == graph.ActUnblock) {
			edge, back := [2]graph.Address{in.Author, in.Target}, [2]graph.Address{in.Target, in.Author}
			if f.blocks[edge] == (in.Action == graph.ActBlock) {
				why, uses = "nothing changes", true
			}
			f.blocks[edge] = in.Action == graph.ActBlock
			if f.blocks[edge] {
				delete(f.follows, edge)
				delete(f.follows, back)
			}
		}
		if why == "" || uses {
			f.nonces[in.Author]++
		}
		if why != "" {
			items = append(items, object{"state": "refused", "error": why})
			continue
		}
		id := graph.Position{Block: b.Block.Number, Log: uint32(i)}
		e := graph.Event{ID: id, Action: in.Action, Author: in.Author, Time: in.Time, Target: in.Target, CID: f.cid(in.CID),
			Subject: graph.Ref{ID: in.Subject, CID: f.cid(in.SubjectCID)}, Quote: graph.Ref{ID: in.Quote, CID: f.cid(in.QuoteCID)},
			Reaction: in.Reaction, Imported: in.Imported, BlockTime: b.Block.Time}
		if e.CID.Defined() && f.docs[e.CID] != nil {
			b.Contents[e.CID] = f.docs[e.CID]
		}
		b.Events = append(b.Events, e)
		if f.blurred {
			items = append(items, object{"state": "refused", "error": "the relay is shutting down", "again": true})
		} else if f.slow {
			items = append(items, object{"state": "pending", "tx": "0x00"})
		} else {
			items = append(items, object{"state": "mined", "tx": "0x00", "id": id})
		}
	}
	if err := f.state.Apply(b); err != nil {
		f.t.Error(err)
	}
	f.events = append(f.events, b.Events...)
	return object{"items": items}, 200
}

func (f *fake) cid(raw []byte) cid.Cid {
	if len(raw) == 0 {
		return cid.Undef
	}
	c, err := cid.Cast(raw)
	if err != nil {
		f.t.Error(err)
	}
	return c
}

// revive ends the silence.
func (f *fake) revive() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.dead, f.dieAt = false, 0
}

// picture is all that the mirror shows, without positions and block times: posts
// by their source, and for each author what it did, in its order.
func (f *fake) picture() string {
	f.mu.Lock()
	defer f.mu.Unlock()
	source := map[graph.PostID]string{}
	for _, e := range f.events {
		if e.Names() && e.Action != graph.ActProfile {
			p, err := graph.ParsePost(f.docs[e.CID])
			if err != nil {
				f.t.Error(err)
			}
			source[e.ID] = p.Source
		}
	}
	lines := map[graph.Address][]string{}
	var order []graph.Address
	for _, e := range f.events {
		if lines[e.Author] == nil {
			order = append(order, e.Author)
		}
		lines[e.Author] = append(lines[e.Author], fmt.Sprintf("%s %s %s %d at %d on %q quoting %q by %x",
			e.Action, source[e.ID], e.CID, e.Reaction, e.Time, source[e.Subject.ID], source[e.Quote.ID], e.Target))
	}
	slices.SortFunc(order, func(a, b graph.Address) int { return a.Cmp(b) })
	var b strings.Builder
	for _, a := range order {
		fmt.Fprintf(&b, "%s\n  %s\n", a, strings.Join(lines[a], "\n  "))
	}
	return b.String()
}

// disorder names an author whose events are not in the order of the file, whose
// times all differ; "" when there is none.
func (f *fake) disorder() string {
	last := map[graph.Address]graph.Event{}
	for _, e := range f.events {
		if l, ok := last[e.Author]; ok && l.Time >= e.Time {
			return fmt.Sprintf("%s: %s at %d comes before %s at %d", e.Author, l.Action, l.Time, e.Action, e.Time)
		}
		last[e.Author] = e
	}
	return ""
}
