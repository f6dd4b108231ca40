package ipfs

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"net/http"
	"net/netip"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"candor/graph"
	"candor/internal/torture"

	"github.com/ipfs/boxo/bitswap/message"
	"github.com/ipfs/boxo/bitswap/message/pb"
	"github.com/ipfs/boxo/bitswap/network"
	"github.com/ipfs/boxo/bitswap/network/bsnet"
	blocks "github.com/ipfs/go-block-format"
	"github.com/ipfs/go-cid"
	"github.com/libp2p/go-libp2p"
	"github.com/libp2p/go-libp2p/core/host"
	"github.com/libp2p/go-libp2p/core/peer"
	mh "github.com/multiformats/go-multihash"
)

// peerAct is what a hostile peer sends when it is asked for a block.
type peerAct func(p *actor, to peer.ID, c cid.Cid)

// actor is a bitswap peer that behaves otherwise for each CID.
type actor struct {
	host host.Host
	net  network.BitSwapNetwork
	mu   sync.Mutex
	acts map[cid.Cid]peerAct
	hits map[cid.Cid]int
}

func newActor(t testing.TB) *actor {
	t.Helper()
	h, err := libp2p.New(libp2p.ListenAddrStrings("/ip4/127.0.0.1/tcp/0"), libp2p.DisableRelay())
	if err != nil {
		t.Fatal(err)
	}
	a := &actor{host: h, net: bsnet.NewFromIpfsHost(h), acts: map[cid.Cid]peerAct{}, hits: map[cid.Cid]int{}}
	a.net.Start(a)
	t.Cleanup(func() { a.net.Stop(); h.Close() })
	return a
}

func (a *actor) ReceiveMessage(_ context.Context, from peer.ID, in message.BitSwapMessage) {
	for _, e := range in.Wantlist() {
		a.mu.Lock()
		act := a.acts[e.Cid]
		if act != nil && !e.Cancel {
			a.hits[e.Cid]++
		}
		a.mu.Unlock()
		if act != nil && !e.Cancel {
			act(a, from, e.Cid)
		}
	}
}
func (a *actor) ReceiveError(error)       {}
func (a *actor) PeerConnected(peer.ID)    {}
func (a *actor) PeerDisconnected(peer.ID) {}

func (a *actor) send(to peer.ID, fill func(message.BitSwapMessage)) {
	m := message.New(true)
	fill(m)
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	_ = a.net.SendMessage(ctx, to, m)
}

func named(b []byte, c cid.Cid) blocks.Block {
	out, err := blocks.NewBlockWithCid(b, c)
	if err != nil {
		panic(err)
	}
	return out
}

// hostilePeers are what a peer may do when it is asked for doc.
func hostilePeers(doc []byte) map[string]peerAct {
	return map[string]peerAct{
		"a wrong block from a peer": func(a *actor, to peer.ID, c cid.Cid) {
			a.send(to, func(m message.BitSwapMessage) { m.AddBlock(named([]byte("planted "+c.String()), c)) })
		},
		"half a block from a peer": func(a *actor, to peer.ID, c cid.Cid) {
			a.send(to, func(m message.BitSwapMessage) { m.AddBlock(named(doc[:len(doc)/2], c)) })
		},
		"unwanted blocks from a peer": func(a *actor, to peer.ID, c cid.Cid) {
			a.send(to, func(m message.BitSwapMessage) {
				for i := range 32 {
					b := fmt.Appendf(nil, `{"$type":"candor.post/v1","text":"unwanted %d %s"}`, i, c)
					id, _ := graph.DocumentCID(b)
					m.AddBlock(named(b, id))
				}
			})
		},
		"a large unwanted block from a peer": func(a *actor, to peer.ID, c cid.Cid) {
			a.send(to, func(m message.BitSwapMessage) { m.AddBlock(named(bytes.Repeat([]byte(c.String()), 1<<14), c)) })
		},
		"a promise of a peer": func(a *actor, to peer.ID, c cid.Cid) {
			a.send(to, func(m message.BitSwapMessage) { m.AddHave(c) })
		},
		"denials of a peer": func(a *actor, to peer.ID, c cid.Cid) {
			for range 16 {
				a.send(to, func(m message.BitSwapMessage) { m.AddDontHave(c) })
			}
		},
		"a peer that asks for much": func(a *actor, to peer.ID, c cid.Cid) {
			a.send(to, func(m message.BitSwapMessage) {
				for i := range 500 {
					id, _ := graph.DocumentCID(fmt.Appendf(nil, "%d %s", i, c))
					m.AddEntry(id, 1, pb.Message_Wantlist_Block, true)
				}
			})
		},
		"silence of a peer": func(*actor, peer.ID, cid.Cid) {},
	}
}

// badNames are CIDs that name no document: nobody may be asked for them.
func badNames(r *rand.Rand) map[string]cid.Cid {
	text := fmt.Appendf(nil, `{"$type":"candor.post/v1","text":"%d"}`, r.Uint64())
	hash := func(code uint64, n int) mh.Multihash {
		h, err := mh.Sum(text, code, n)
		if err != nil {
			panic(err)
		}
		return h
	}
	long, _ := mh.Encode(bytes.Repeat(text, 100), mh.IDENTITY)
	sha := hash(mh.SHA2_256, -1)
	return map[string]cid.Cid{
		"an identity CID":       cid.NewCidV1(cid.DagJSON, hash(mh.IDENTITY, -1)),
		"a huge identity CID":   cid.NewCidV1(cid.DagJSON, long),
		"a sha1 CID":            cid.NewCidV1(cid.DagJSON, hash(mh.SHA1, -1)),
		"a blake3 CID":          cid.NewCidV1(cid.DagJSON, hash(mh.BLAKE3, 32)),
		"a sha2-512 CID":        cid.NewCidV1(cid.DagJSON, hash(mh.SHA2_512, -1)),
		"a short sha2-256 CID":  cid.NewCidV1(cid.DagJSON, hash(mh.SHA2_256, 16)),
		"a CID of version 0":    cid.NewCidV0(sha),
		"a raw CID":             cid.NewCidV1(cid.Raw, sha),
		"a dag-cbor CID":        cid.NewCidV1(cid.DagCBOR, sha),
		"a dag-pb CID":          cid.NewCidV1(cid.DagProtobuf, sha),
		"a CID of another kind": cid.NewCidV1(0x300001+uint64(r.IntN(1000)), sha),
	}
}

// badDocuments hash to their CIDs, and are no post.
func badDocuments(r *rand.Rand) map[string][]byte {
	x := r.Uint64()
	post := func(format string, args ...any) []byte { return fmt.Appendf(nil, format, args...) }
	return map[string][]byte{
		"a key twice":              post(`{"$type":"candor.post/v1","text":"shown %d","text":"hidden"}`, x),
		"another case":             post(`{"$type":"candor.post/v1","TEXT":"%d"}`, x),
		"both cases":               post(`{"$type":"candor.post/v1","Text":"%d","text":"x"}`, x),
		"an unknown key":           post(`{"$type":"candor.post/v1","extra":1,"text":"%d"}`, x),
		"unsorted keys":            post(`{"text":"%d","$type":"candor.post/v1"}`, x),
		"white space":              post(`{"$type": "candor.post/v1","text":"%d"}`, x),
		"white space behind":       post("{\"$type\":\"candor.post/v1\",\"text\":\"%d\"}\n", x),
		"a needless escape":        post(`{"$type":"candor.post/v1","text":"\u0041%d"}`, x),
		"half a surrogate pair":    post(`{"$type":"candor.post/v1","text":"\ud800%d"}`, x),
		"no UTF-8":                 post("{\"$type\":\"candor.post/v1\",\"text\":\"\xff%d\"}", x),
		"deep JSON":                append(bytes.Repeat([]byte("["), 16_000), post("%d", x)...),
		"deep JSON in a key":       post(`{"$type":"candor.post/v1","extra":%s%d%s,"text":"x"}`, strings.Repeat("[", 8000), x, strings.Repeat("]", 8000)),
		"a huge number":            post(`{"$type":"candor.post/v1","media":[{"alt":"","cid":"x","mime":"image/png","size":1e%d}],"text":"x"}`, 999999+x%1000),
		"a number where text is":   post(`{"$type":"candor.post/v1","text":%d}`, x),
		"null":                     post(`{"$type":"candor.post/v1","langs":null,"text":"%d"}`, x),
		"deep CBOR":                append(bytes.Repeat([]byte{0x81}, 16_000), post("%d", x)...),
		"a CBOR length of 2^63":    append([]byte{0x9b, 0x80, 0, 0, 0, 0, 0, 0, 0}, post("%d", x)...),
		"two documents":            post(`{"$type":"candor.post/v1","text":"%d"}{}`, x),
		"an empty list of tags":    post(`{"$type":"candor.post/v1","tags":[],"text":"%d"}`, x),
		"a mark of the byte order": post("\xef\xbb\xbf{\"$type\":\"candor.post/v1\",\"text\":\"%d\"}", x),
	}
}

// theatre is a node among hostile gateways, a hostile peer and one good gateway.
type theatre struct {
	node      *Node
	http, tls *stage
	good      *stage
	peer      *actor
	trap      netip.AddrPort
	allowed   map[netip.AddrPort]bool
	private   atomic.Int64 // connections that were let go to where they must not
	refused   atomic.Int64 // and those that were not
	mu        sync.Mutex
	fired     map[string]int
	verified  map[string]bool // multihashes that were offered rightly
}

func newTheatre(t *testing.T) *theatre {
	h := &theatre{http: newStage(t, false), tls: newStage(t, true), good: newStage(t, false), peer: newActor(t), trap: trap(t),
		allowed: map[netip.AddrPort]bool{}, fired: map[string]int{}, verified: map[string]bool{}}
	for _, s := range []*stage{h.http, h.tls, h.good} {
		h.allowed[netip.MustParseAddrPort(s.Listener.Addr().String())] = true
	}
	forms := []string{"127.0.0.1", "10.1.2.3", "169.254.169.254", "::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "100.64.0.1", "fd00::1"}
	var turn atomic.Uint32
	n, err := Open(t.Context(), Config{Dir: t.TempDir(), Timeout: 400 * time.Millisecond,
		Gateways:        []string{fmt.Sprintf("http://rebind.example:%d", h.trap.Port())},
		PrivateGateways: []string{h.http.URL, h.tls.URL},
		roots:           h.tls.Client().Transport.(*http.Transport).TLSClientConfig.RootCAs,
		resolve: func(_ context.Context, host string) ([]netip.Addr, error) {
			// A public answer for whoever only looks at the first one.
			a := netip.MustParseAddr(forms[int(turn.Add(1))%len(forms)])
			return []netip.Addr{netip.MustParseAddr("1.1.1.1"), a}, nil
		},
		dialled: func(a netip.AddrPort, no bool) {
			switch {
			case no:
				h.refused.Add(1)
			case !h.allowed[a] && !public(a.Addr()):
				h.private.Add(1)
			}
		}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { n.Close() })
	h.node = n
	for _, a := range h.peer.host.Addrs() {
		_, port, _ := strings.Cut(a.String(), "/tcp/")
		h.allowed[netip.MustParseAddrPort("127.0.0.1:"+port)] = true
	}
	if err := n.Connect(t.Context(), h.peer.host.Addrs()[0].String()+"/p2p/"+h.peer.host.ID().String()); err != nil {
		t.Fatal(err)
	}
	return h
}

// forgive lets all gateways be asked again: what one case made of their name must
// not keep the next from being played.
func (h *theatre) forgive() {
	for _, g := range append(slices.Clone(h.node.asked), h.node.peers) {
		g.mu.Lock()
		g.rest, g.faults, g.lies, g.usual = time.Time{}, 0, 0, 100*time.Millisecond
		g.mu.Unlock()
	}
}

func (h *theatre) fire(family string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.fired[family]++
}

func (h *theatre) offer(c cid.Cid) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.verified[string(c.Hash())] = true
}

// until plays until the act was seen.
func (h *theatre) until(ctx context.Context, seen func() int, play func() error) error {
	for range 40 {
		h.forgive()
		if err := play(); err != nil {
			return err
		}
		if seen() > 0 {
			return nil
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
	}
	return errors.New("nobody asked for it")
}

// a case_ is one hostile content; it returns what is wrong with how it went.
type case_ struct {
	family string
	play   func(ctx context.Context) error
}

// cases are one of each family, of random contents.
func (h *theatre) cases(r *rand.Rand) (out []case_) {
	text := func() ([]byte, cid.Cid) {
		doc, c, err := graph.PostContent{Text: fmt.Sprintf("hostile %d %s", r.Uint64(), strings.Repeat("x", r.IntN(2000)))}.Encode()
		if err != nil {
			panic(err)
		}
		return doc, c
	}
	refused := func(c cid.Cid, want error) error {
		got, err := h.node.Get(context.Background(), c)
		if err == nil || want != nil && !errors.Is(err, want) {
			return fmt.Errorf("Get gives %d bytes, %v", len(got), err)
		}
		return nil
	}
	for _, s := range []*stage{h.http, h.tls} {
		doc, _ := text()
		acts := hostileAnswers(doc, h.trap.String())
		if s == h.tls {
			acts = hostileTLS(h.trap.String())
		}
		for family := range acts {
			doc, c := text()
			act := hostileAnswers(doc, h.trap.String())[family]
			if s == h.tls {
				act = hostileTLS(h.trap.String())[family]
			}
			out = append(out, case_{family, func(ctx context.Context) error {
				s.set(c, act)
				defer s.drop(c)
				return h.until(ctx, func() int { return s.count(c) }, func() error { return refused(c, ErrUnavailable) })
			}})
		}
	}
	peerDoc, _ := text()
	for family := range hostilePeers(peerDoc) {
		doc, c := text()
		act := hostilePeers(doc)[family]
		out = append(out, case_{family, func(ctx context.Context) error {
			h.peer.mu.Lock()
			h.peer.acts[c] = act
			h.peer.mu.Unlock()
			return h.until(ctx, func() int { h.peer.mu.Lock(); defer h.peer.mu.Unlock(); return h.peer.hits[c] },
				func() error { return refused(c, ErrUnavailable) })
		}})
	}
	bigText := append([]byte(`{"text":"`), bytes.Repeat([]byte("y"), graph.MaxDocument+r.IntN(200_000))...)
	big, _ := graph.DocumentCID(bigText)
	out = append(out, case_{"the right bytes, too many, from a peer", func(ctx context.Context) error {
		h.peer.mu.Lock()
		h.peer.acts[big] = func(a *actor, to peer.ID, c cid.Cid) {
			a.send(to, func(m message.BitSwapMessage) { m.AddBlock(named(bigText, c)) })
		}
		h.peer.mu.Unlock()
		return h.until(ctx, func() int { h.peer.mu.Lock(); defer h.peer.mu.Unlock(); return h.peer.hits[big] },
			func() error { return refused(big, nil) })
	}})
	for family, c := range badNames(r) {
		out = append(out, case_{family, func(context.Context) error {
			before := h.http.count(c) + h.tls.count(c)
			if err := refused(c, ErrNotDocument); err != nil {
				return err
			}
			if after := h.http.count(c) + h.tls.count(c); after != before {
				return errors.New("a gateway was asked for it")
			}
			return nil
		}})
	}
	for family, doc := range badDocuments(r) {
		c, _ := graph.DocumentCID(doc)
		out = append(out, case_{family, func(ctx context.Context) error {
			h.http.set(c, block200(doc))
			h.offer(c)
			return h.until(ctx, func() int { return h.http.count(c) }, func() error {
				got, err := h.node.Get(ctx, c)
				if errors.Is(err, ErrUnavailable) {
					return nil // the gateway rested for another case's sake
				} else if err != nil || !bytes.Equal(got, doc) {
					return fmt.Errorf("Get gives %d bytes, %v", len(got), err)
				}
				if p, err := graph.ParsePost(got); err == nil {
					return fmt.Errorf("it is a post: %+v", p)
				}
				return nil
			})
		}})
	}
	d := dag{}
	files := hostileFiles(d)
	for family, tc := range files {
		if checkFileCID(tc.root) != nil {
			continue // no post can bring these so far: media leaves them out
		}
		out = append(out, case_{"a file: " + family, func(ctx context.Context) error {
			for c, b := range d {
				h.http.set(c, block200(b))
				h.offer(c)
			}
			return h.until(ctx, func() int { return h.http.count(tc.root) }, func() error {
				size := 1000 + r.IntN(2) // one of them is the truth for some
				if err := h.node.fetchFile(ctx, attachment{tc.root, size, "image/png"}); err == nil {
					return errors.New("it is a file")
				}
				return nil
			})
		}})
	}
	hole := d.node(2, nil, 0, link{d.raw(photo(100, 1)), 100, ""}, link{cid.NewCidV1(cid.Raw, mustHash(r)), 900, ""})
	out = append(out, case_{"a file: a missing leaf", func(ctx context.Context) error {
		h.http.set(hole, block200(d[hole]))
		h.offer(hole)
		return h.until(ctx, func() int { return h.http.count(hole) }, func() error {
			if err := h.node.fetchFile(ctx, attachment{hole, 1000, "image/png"}); !errors.Is(err, ErrUnavailable) {
				return fmt.Errorf("it gives %v", err)
			}
			return nil
		})
	}})
	return out
}

func mustHash(r *rand.Rand) mh.Multihash {
	h, err := mh.Sum(fmt.Appendf(nil, "%d", r.Uint64()), mh.SHA2_256, -1)
	if err != nil {
		panic(err)
	}
	return h
}

// TestHostile plays hostile CIDs, DAGs, gateways and peers, many at once.
func TestHostile(t *testing.T) {
	r := rand.New(rand.NewPCG(torture.Seed(t), 0))
	want := torture.Count(150, 2000)
	h := newTheatre(t)
	played, families := 0, map[string]bool{}
	runtime.GC()
	base := memory()
	var most atomic.Uint64
	ctx, stop := context.WithCancel(t.Context())
	watched := make(chan struct{})
	go func() {
		defer close(watched)
		for ctx.Err() == nil {
			most.Store(max(most.Load(), memory()))
			time.Sleep(20 * time.Millisecond)
		}
	}()
	places := make(slots, 24)
	var wg sync.WaitGroup
	for played < want { // made as they are played: they must not count as growth
		for _, c := range h.cases(r) {
			played++
			families[c.family] = true
			if err := places.take(t.Context()); err != nil {
				t.Fatal(err)
			}
			wg.Go(func() {
				defer places.free()
				if err := c.play(t.Context()); err != nil {
					t.Errorf("%s: %v", c.family, err)
				} else {
					h.fire(c.family)
				}
			})
		}
	}
	wg.Wait()
	stop()
	<-watched
	for f := range families {
		if h.fired[f] == 0 {
			t.Errorf("%q was never played to its end", f)
		}
	}
	kept, unverified := h.stored(t)
	growth := float64(int64(most.Load())-int64(base)) / (1 << 20)
	if unverified > 0 {
		t.Errorf("%d unverified blocks are stored", unverified)
	}
	if n := h.private.Load(); n > 0 {
		t.Errorf("%d connections to private addresses", n)
	}
	if h.refused.Load() == 0 {
		t.Error("no private address was ever tried")
	}
	if growth >= 64 {
		t.Errorf("memory grew by %.1f MiB", growth)
	}
	torture.Say(t, "%d hostile contents of %d families: %d unverified of %d blocks stored, %d connections to private addresses (%d refused), memory grew by %.1f MiB (limit 64)",
		played, len(families), unverified, kept, h.private.Load(), h.refused.Load(), growth)
	if len(families) < 20 {
		t.Errorf("only %v", slices.Sorted(maps.Keys(families)))
	}
}

// memory is what the process's Go part holds, the hostile servers included.
func memory() uint64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapInuse + m.StackInuse
}

// stored hashes every kept block, and looks for those that nobody offered.
func (h *theatre) stored(t *testing.T) (kept, unverified int) {
	t.Helper()
	keys, err := h.node.store.AllKeysChan(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for k := range keys {
		kept++
		b, err := h.node.store.Get(t.Context(), k)
		if err != nil {
			t.Fatal(err)
		}
		sum, err := mh.Sum(b.RawData(), mh.SHA2_256, -1)
		if err != nil || !bytes.Equal(sum, k.Hash()) || !h.verified[string(k.Hash())] {
			unverified++
		}
	}
	return kept, unverified
}
