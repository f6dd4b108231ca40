package ipfs

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"

	"candor/graph"

	"github.com/ipfs/boxo/bitswap/message"
	"github.com/ipfs/boxo/bitswap/network"
	"github.com/ipfs/boxo/bitswap/network/bsnet"
	blocks "github.com/ipfs/go-block-format"
	"github.com/ipfs/go-cid"
	"github.com/libp2p/go-libp2p"
	"github.com/libp2p/go-libp2p/core/host"
	"github.com/libp2p/go-libp2p/core/peer"
	mh "github.com/multiformats/go-multihash"
)

func start(t *testing.T, dir string) *Node {
	t.Helper()
	n, err := Open(t.Context(), Config{Dir: dir, Timeout: 5 * time.Second})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { n.Close() })
	return n
}

func connected(t *testing.T, a, b *Node) {
	t.Helper()
	if err := a.Connect(t.Context(), b.Addrs()[0]); err != nil {
		t.Fatal(err)
	}
}

func post(t *testing.T, text string) ([]byte, cid.Cid) {
	t.Helper()
	doc, c, err := graph.PostContent{Text: text}.Encode()
	if err != nil {
		t.Fatal(err)
	}
	return doc, c
}

func TestSecondNodeFetchesAPostByBitswap(t *testing.T) {
	a, b := start(t, t.TempDir()), start(t, t.TempDir())
	doc, want := post(t, "hello over bitswap")
	c, err := a.Put(t.Context(), doc)
	if err != nil || !c.Equals(want) {
		t.Fatalf("Put gives %s, %v; want %s", c, err, want)
	}
	connected(t, b, a)
	got, err := b.Get(t.Context(), c)
	if err != nil || !bytes.Equal(got, doc) {
		t.Fatalf("Get gives %q, %v", got, err)
	}
	// What was fetched is kept: it is still there when the first node is gone.
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	if got, err = b.Get(t.Context(), c); err != nil || !bytes.Equal(got, doc) {
		t.Fatalf("Get after the source closed gives %q, %v", got, err)
	}
}

// TestManyFetchesAtOnce mixes documents that a peer has with some that nobody
// has: the missing ones must not hold up the others.
func TestManyFetchesAtOnce(t *testing.T) {
	a, b := start(t, t.TempDir()), start(t, t.TempDir())
	docs := make([][]byte, 200)
	for i := range docs {
		docs[i], _ = post(t, fmt.Sprint("post ", i))
	}
	ids, err := a.PutMany(t.Context(), docs)
	if err != nil {
		t.Fatal(err)
	}
	connected(t, b, a)
	errs := make(chan error, 2*len(ids))
	for i, c := range ids {
		_, missing := post(t, fmt.Sprint("nobody has ", i))
		go func() {
			ctx, cancel := context.WithTimeout(t.Context(), 3*time.Second)
			defer cancel()
			_, err := b.Get(ctx, c)
			errs <- err
		}()
		go func() {
			ctx, cancel := context.WithTimeout(t.Context(), 3*time.Second)
			defer cancel()
			if _, err := b.Get(ctx, missing); !errors.Is(err, ErrUnavailable) {
				errs <- fmt.Errorf("a missing document gives %v", err)
				return
			}
			errs <- nil
		}()
	}
	for range 2 * len(ids) {
		if err := <-errs; err != nil {
			t.Fatal(err)
		}
	}
}

func TestDocumentsAndIdentityOutliveTheProcess(t *testing.T) {
	dir := t.TempDir()
	a := start(t, dir)
	doc, _ := post(t, "durable")
	c, err := a.Put(t.Context(), doc)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Open(t.Context(), Config{Dir: dir}); err == nil {
		t.Fatal("a second node opened the same directory")
	}
	id := a.host.ID()
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := a.Get(t.Context(), c); err == nil {
		t.Fatal("a closed node answers")
	}
	b := start(t, dir)
	if got, err := b.Get(t.Context(), c); err != nil || !bytes.Equal(got, doc) {
		t.Fatalf("after a restart Get gives %q, %v", got, err)
	}
	if b.host.ID() != id {
		t.Fatalf("the peer's id changed from %s to %s", id, b.host.ID())
	}
	b.Close()
	if err := os.WriteFile(dir+"/peer.key", []byte("half"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(t.Context(), Config{Dir: dir}); err == nil || !strings.Contains(err.Error(), "no peer key") {
		t.Fatalf("a broken key gives %v", err)
	}
}

// TestAcknowledgedDocumentsOutliveAKill has a child process put documents and
// kill itself at once: nothing may wait in its memory.
func TestAcknowledgedDocumentsOutliveAKill(t *testing.T) {
	const variable, count = "CANDOR_TEST_IPFS_DIR", 20
	if dir := os.Getenv(variable); dir != "" {
		n := start(t, dir)
		for i := range count {
			doc, _ := post(t, fmt.Sprint("put before the kill ", i))
			if _, err := n.Put(t.Context(), doc); err != nil {
				t.Fatal(err)
			}
		}
		_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
		select {}
	}
	dir := t.TempDir()
	child := exec.Command(os.Args[0], "-test.run=^TestAcknowledgedDocumentsOutliveAKill$")
	child.Env = append(os.Environ(), variable+"="+dir)
	out, err := child.CombinedOutput()
	var exit *exec.ExitError
	if !errors.As(err, &exit) || exit.Sys().(syscall.WaitStatus).Signal() != syscall.SIGKILL {
		t.Fatalf("the child was not killed: %v\n%s", err, out)
	}
	n := start(t, dir)
	for i := range count {
		doc, c := post(t, fmt.Sprint("put before the kill ", i))
		if got, err := n.Get(t.Context(), c); err != nil || !bytes.Equal(got, doc) {
			t.Fatalf("document %d: %q, %v", i, got, err)
		}
	}
}

func TestMissingDocumentEndsInTime(t *testing.T) {
	a, b := start(t, t.TempDir()), start(t, t.TempDir())
	_, c := post(t, "nobody has this")
	if _, err := b.Get(t.Context(), c); !errors.Is(err, ErrUnavailable) || !strings.Contains(err.Error(), "no peer is connected") {
		t.Fatalf("without peers Get gives %v", err)
	}
	connected(t, b, a)
	ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
	defer cancel()
	begin := time.Now()
	_, err := b.Get(ctx, c)
	if !errors.Is(err, ErrUnavailable) || !errors.Is(err, context.DeadlineExceeded) || !strings.Contains(err.Error(), c.String()) {
		t.Fatalf("a missing document gives %v", err)
	}
	if d := time.Since(begin); d > 3*time.Second {
		t.Fatalf("it took %s", d)
	}
}

func TestOnlyDocumentsAreTaken(t *testing.T) {
	n := start(t, t.TempDir())
	sum := sha256.Sum256([]byte("x"))
	sha, _ := mh.Encode(sum[:], mh.SHA2_256)
	short, _ := mh.Encode(sum[:20], mh.SHA2_256)
	ident, _ := mh.Encode([]byte(`{"$type":"candor.post/v1","x":1}`), mh.IDENTITY) // 32 bytes, as a hash has
	for name, c := range map[string]cid.Cid{
		"undefined": cid.Undef,
		"identity":  cid.NewCidV1(cid.DagJSON, ident),
		"raw":       cid.NewCidV1(cid.Raw, sha),
		"dag-cbor":  cid.NewCidV1(cid.DagCBOR, sha),
		"version 0": cid.NewCidV0(sha),
		"short":     cid.NewCidV1(cid.DagJSON, short),
	} {
		if _, err := n.Get(t.Context(), c); !errors.Is(err, ErrNotDocument) {
			t.Errorf("%s: Get gives %v", name, err)
		}
	}
	for _, size := range []int{0, graph.MaxDocument + 1} {
		if _, err := n.Put(t.Context(), make([]byte, size)); !errors.Is(err, ErrNotDocument) {
			t.Errorf("Put of %d bytes gives %v", size, err)
		}
	}
	if _, err := n.PutMany(t.Context(), [][]byte{[]byte("{}"), nil}); !errors.Is(err, ErrNotDocument) {
		t.Errorf("PutMany with a bad document gives %v", err)
	}
	if ids, err := n.PutMany(t.Context(), nil); err != nil || len(ids) != 0 {
		t.Errorf("PutMany of nothing gives %v, %v", ids, err)
	}
}

// liar answers every want with the same bytes under whatever CID was asked.
type liar struct {
	host host.Host
	net  network.BitSwapNetwork
	says []byte
	lies chan cid.Cid
}

func newLiar(t *testing.T, says []byte) *liar {
	t.Helper()
	h, err := libp2p.New(libp2p.ListenAddrStrings("/ip4/127.0.0.1/tcp/0"), libp2p.DisableRelay())
	if err != nil {
		t.Fatal(err)
	}
	l := &liar{host: h, net: bsnet.NewFromIpfsHost(h), says: says, lies: make(chan cid.Cid, 64)}
	l.net.Start(l)
	t.Cleanup(func() { l.net.Stop(); h.Close() })
	return l
}

func (l *liar) ReceiveMessage(ctx context.Context, from peer.ID, in message.BitSwapMessage) {
	for _, e := range in.Wantlist() {
		if e.Cancel {
			continue
		}
		b, err := blocks.NewBlockWithCid(l.says, e.Cid)
		if err != nil {
			continue
		}
		out := message.New(true)
		out.AddBlock(b)
		if l.net.SendMessage(ctx, from, out) == nil {
			select {
			case l.lies <- e.Cid:
			default:
			}
		}
	}
}
func (l *liar) ReceiveError(error)       {}
func (l *liar) PeerConnected(peer.ID)    {}
func (l *liar) PeerDisconnected(peer.ID) {}
func (l *liar) address() string {
	return l.host.Addrs()[0].String() + "/p2p/" + l.host.ID().String()
}

func TestLyingPeerPlantsNothing(t *testing.T) {
	forged, planted := post(t, "forged")
	l, n := newLiar(t, forged), start(t, t.TempDir())
	if err := n.Connect(t.Context(), l.address()); err != nil {
		t.Fatal(err)
	}
	_, c := post(t, "the real one")
	ctx, cancel := context.WithTimeout(t.Context(), time.Second)
	defer cancel()
	if doc, err := n.Get(ctx, c); !errors.Is(err, ErrUnavailable) {
		t.Fatalf("Get gives %q, %v", doc, err)
	}
	select {
	case got := <-l.lies:
		if !got.Equals(c) {
			t.Fatalf("the liar was asked for %s", got)
		}
	default:
		t.Fatal("the liar never lied")
	}
	for _, c := range []cid.Cid{c, planted} {
		if ok, err := n.store.Has(t.Context(), c); ok || err != nil {
			t.Fatalf("%s is kept: %v, %v", c, ok, err)
		}
	}
}

func TestOversizeFromAPeerIsRefused(t *testing.T) {
	big := bytes.Repeat([]byte("x"), graph.MaxDocument+1)
	c, err := graph.DocumentCID(big)
	if err != nil {
		t.Fatal(err)
	}
	l, n := newLiar(t, big), start(t, t.TempDir())
	if err := n.Connect(t.Context(), l.address()); err != nil {
		t.Fatal(err)
	}
	if _, err := n.Get(t.Context(), c); !errors.Is(err, ErrNotDocument) {
		t.Fatalf("an oversize block gives %v", err)
	}
	if ok, err := n.store.Has(t.Context(), c); ok || err != nil {
		t.Fatalf("the oversize block is kept: %v, %v", ok, err)
	}
}

func TestBytesOnDiskAreChecked(t *testing.T) {
	n := start(t, t.TempDir())
	_, c := post(t, "right")
	wrong, err := blocks.NewBlockWithCid([]byte("wrong"), c)
	if err != nil {
		t.Fatal(err)
	}
	if err := n.store.Put(t.Context(), wrong); err != nil {
		t.Fatal(err)
	}
	if doc, err := n.Get(t.Context(), c); err == nil {
		t.Fatalf("Get gives %q", doc)
	}
}

func TestGatewayFetchesNothingForStrangers(t *testing.T) {
	a, b := start(t, t.TempDir()), start(t, t.TempDir())
	doc, _ := post(t, "only on the first")
	c, err := a.Put(t.Context(), doc)
	if err != nil {
		t.Fatal(err)
	}
	connected(t, b, a)
	r, err := http.Get(b.Gateway() + "/ipfs/" + c.String() + "?format=raw")
	if err != nil {
		t.Fatal(err)
	}
	r.Body.Close()
	if r.StatusCode != 404 {
		t.Fatalf("the second node's gateway answers %d", r.StatusCode)
	}
	if got, err := b.Get(t.Context(), c); err != nil || !bytes.Equal(got, doc) {
		t.Fatalf("the node itself could have: %q, %v", got, err)
	}
}

func TestGatewayServesRawBlocksAndNothingElse(t *testing.T) {
	n := start(t, t.TempDir())
	doc, _ := post(t, "through the gateway")
	c, err := n.Put(t.Context(), doc)
	if err != nil {
		t.Fatal(err)
	}
	_, missing := post(t, "not kept")
	inline, _ := mh.Encode([]byte("inline"), mh.IDENTITY)
	for _, tc := range []struct {
		path   string
		status int
	}{
		{"/ipfs/" + c.String() + "?format=raw", 200},
		{"/ipfs/" + c.String() + "?format=car", 200},
		{"/ipfs/" + c.String(), 406}, // no deserialised answers: nothing here can be a page
		{"/ipfs/" + missing.String() + "?format=raw", 404},
		{"/ipfs/" + cid.NewCidV1(cid.Raw, inline).String() + "?format=raw", 404},
		{"/ipfs/nonsense?format=raw", 400},
		{"/ipns/example.org?format=raw", 404},
		{"/", 404},
	} {
		r, err := http.Get(n.Gateway() + tc.path)
		if err != nil {
			t.Fatal(err)
		}
		body, _ := io.ReadAll(r.Body)
		r.Body.Close()
		if r.StatusCode != tc.status {
			t.Errorf("%s: status %d (%.80s), want %d", tc.path, r.StatusCode, body, tc.status)
		}
		if strings.HasSuffix(tc.path, c.String()+"?format=raw") && !bytes.Equal(body, doc) {
			t.Errorf("%s: %q", tc.path, body)
		}
	}
}
