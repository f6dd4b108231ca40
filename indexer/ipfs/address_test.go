package ipfs

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/libp2p/go-libp2p/core/peer"
	ma "github.com/multiformats/go-multiaddr"
)

func TestPublic(t *testing.T) {
	for _, s := range []string{"1.1.1.1", "8.8.8.8", "100.63.255.255", "100.128.0.0", "172.32.0.1", "223.255.255.254",
		"2606:4700:4700::1111", "2a00:1450:4001::1"} {
		if !public(netip.MustParseAddr(s)) {
			t.Errorf("%s is public", s)
		}
	}
	for _, s := range []string{"0.0.0.0", "0.1.2.3", "10.0.0.1", "100.64.0.1", "100.127.255.255", "127.0.0.1", "127.255.0.1",
		"169.254.169.254", "172.16.0.1", "172.31.255.255", "192.0.0.8", "192.0.2.1", "192.168.1.1", "192.88.99.1",
		"198.18.0.1", "198.51.100.1", "203.0.113.1", "224.0.0.1", "239.1.1.1", "240.0.0.1", "255.255.255.255",
		"::", "::1", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b::808:808", "64:ff9b:1::1",
		"100::1", "2001::1", "2001:10::1", "2001:db8::1", "2002:7f00:1::", "3fff::1", "5f00::1", "fc00::1", "fd12::1",
		"fe80::1", "fe80::1%eth0", "fec0::1", "ff02::1", "2606:4700::1%eth0"} {
		if public(netip.MustParseAddr(s)) {
			t.Errorf("%s is not public", s)
		}
	}
	if public(netip.Addr{}) {
		t.Error("no address is public")
	}
}

// trap is a listener that nobody may connect to.
func trap(t *testing.T) (addr netip.AddrPort) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	var mu sync.Mutex
	touched := 0
	done := make(chan struct{})
	go func() {
		defer close(done)
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			c.Close()
			mu.Lock()
			touched++
			mu.Unlock()
		}
	}()
	t.Cleanup(func() {
		l.Close()
		<-done
		if touched > 0 {
			t.Errorf("the trap was touched %d times", touched)
		}
	})
	return netip.MustParseAddrPort(l.Addr().String())
}

// TestNamesAreDialledAsChecked: a name is resolved once, and every answer counts.
func TestNamesAreDialledAsChecked(t *testing.T) {
	to := trap(t)
	answers, asked := map[string][]string{
		"private.example": {"127.0.0.1"}, "mixed.example": {"1.1.1.1", "127.0.0.1"}, "mapped.example": {"::ffff:127.0.0.1"},
		"nat64.example": {"64:ff9b::7f00:1"}, "nothing.example": {},
	}, map[string]int{}
	refused := 0
	d := &dialer{resolve: func(_ context.Context, host string) (out []netip.Addr, err error) {
		if asked[host]++; asked[host] > 1 {
			t.Errorf("%s is resolved again", host)
		}
		if answers[host] == nil {
			return nil, errors.New("no such host")
		}
		for _, a := range answers[host] {
			out = append(out, netip.MustParseAddr(a))
		}
		return out, nil
	}, dialled: func(a netip.AddrPort, no bool) {
		if no {
			refused++
		}
	}}
	port := strings.Split(to.String(), ":")[1]
	for _, host := range []string{"private.example", "mixed.example", "mapped.example", "nat64.example", "nothing.example", "unknown.example",
		"127.0.0.1", "[::1]", "[::ffff:127.0.0.1]", "169.254.169.254"} {
		c, err := d.dial(t.Context(), "tcp", host+":"+port)
		if err == nil {
			c.Close()
			t.Errorf("%s was dialled", host)
		}
		if asked := host != "nothing.example" && host != "unknown.example"; asked != errors.Is(err, errPrivate) {
			t.Errorf("%s: %v", host, err)
		}
	}
	if refused != 8 {
		t.Errorf("%d addresses were refused", refused)
	}
	// The operator's own gateway may be there, and nothing else.
	own := trap(t)
	d.only = "127.0.0.1:" + port
	if _, err := d.dial(t.Context(), "tcp", own.String()); !errors.Is(err, errPrivate) {
		t.Errorf("another port gives %v", err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	d.only = l.Addr().String()
	c, err := d.dial(t.Context(), "tcp", d.only)
	if err != nil {
		t.Fatal(err)
	}
	c.Close()
}

func TestGatewayURLs(t *testing.T) {
	for url, want := range map[string]string{
		"ftp://example.org": "no URL", "example.org": "no URL", "https://": "no URL", "https://a:b@example.org": "no URL",
		"https://example.org/?x=1": "no URL", "https://example.org/#x": "no URL", "http://127.0.0.1:80": "--gateway-private",
		"http://[::1]": "--gateway-private", "http://[::ffff:8.8.8.8]": "--gateway-private",
		"https://example.org": "", "https://1.1.1.1/path/": "",
	} {
		_, err := newGateway(url, false, Config{})
		if (err == nil) != (want == "") || err != nil && !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", url, err)
		}
	}
	if _, err := Open(t.Context(), Config{Dir: t.TempDir(), Gateways: []string{"http://10.0.0.1"}}); err == nil {
		t.Error("a node opened with a private gateway")
	}
}

// TestProxiesOfTheEnvironmentAreIgnored: a proxy would dial for us, unchecked.
func TestProxiesOfTheEnvironmentAreIgnored(t *testing.T) {
	g, err := newGateway("http://example.org", false, Config{})
	if err != nil {
		t.Fatal(err)
	}
	if g.client.Transport.(*http.Transport).Proxy != nil {
		t.Error("a proxy may be used")
	}
}

// TestPeerCannotSendTheHostAround: a peer tells where it listens by itself; when
// its connection is lost, the node must not dial what it said.
func TestPeerCannotSendTheHostAround(t *testing.T) {
	to := trap(t)
	l := newLiar(t, []byte("{}"))
	var mu sync.Mutex
	refused := map[netip.AddrPort]int{}
	n, err := Open(t.Context(), Config{Dir: t.TempDir(), Timeout: time.Second, dialled: func(a netip.AddrPort, no bool) {
		mu.Lock()
		defer mu.Unlock()
		if no {
			refused[a]++
		}
	}})
	if err != nil {
		t.Fatal(err)
	}
	defer n.Close()
	if err := n.Connect(t.Context(), l.address()); err != nil {
		t.Fatal(err)
	}
	trapped, err := ma.NewMultiaddr("/ip4/127.0.0.1/tcp/" + strings.Split(to.String(), ":")[1])
	if err != nil {
		t.Fatal(err)
	}
	n.host.Peerstore().AddAddr(l.host.ID(), trapped, time.Hour) // as identify does on the peer's word
	if err := n.host.Network().ClosePeer(l.host.ID()); err != nil {
		t.Fatal(err)
	}
	if err := n.host.Connect(t.Context(), peer.AddrInfo{ID: l.host.ID()}); err != nil {
		t.Fatalf("the told address is not dialled again: %v", err)
	}
	l.host.Close()
	_ = n.host.Network().ClosePeer(l.host.ID())
	if err := n.host.Connect(t.Context(), peer.AddrInfo{ID: l.host.ID()}); err == nil {
		t.Fatal("a closed peer is connected")
	}
	mu.Lock()
	defer mu.Unlock()
	if refused[to] == 0 {
		t.Fatalf("the trap's address was never considered: %v", refused)
	}
}
