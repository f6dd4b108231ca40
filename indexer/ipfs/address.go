package ipfs

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"sync"
	"syscall"
	"time"

	"github.com/libp2p/go-libp2p/core/control"
	"github.com/libp2p/go-libp2p/core/network"
	"github.com/libp2p/go-libp2p/core/peer"
	ma "github.com/multiformats/go-multiaddr"
	manet "github.com/multiformats/go-multiaddr/net"
)

// errPrivate means that an address is not one of the public internet.
var errPrivate = errors.New("not an address of the public internet")

// reserved are the ranges within the unicast space that no stranger may send the
// node to. Source: the IANA special-purpose address registries.
var reserved = prefixes("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
	"192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16",
	"192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/3",
	"2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20")

// global is the IPv6 space that is given out at all: loopback, unique local, link
// local, multicast, IPv4-mapped and NAT64 addresses all lie outside of it.
var global = netip.MustParsePrefix("2000::/3")

func prefixes(ss ...string) []netip.Prefix {
	out := make([]netip.Prefix, len(ss))
	for i, s := range ss {
		out[i] = netip.MustParsePrefix(s)
	}
	return out
}

// public reports whether the address may be dialled on a stranger's word.
func public(a netip.Addr) bool {
	if !a.IsValid() || a.Zone() != "" || a.Is6() && !global.Contains(a) {
		return false
	}
	for _, p := range reserved {
		if p.Contains(a) {
			return false
		}
	}
	return true
}

// dialer connects to public addresses only, and to exactly the address that was
// checked: a name is resolved once, and one private address among its answers
// refuses it whole.
type dialer struct {
	only    string // the one host:port that may be private; "" is none
	resolve func(ctx context.Context, host string) ([]netip.Addr, error)
	dialled func(a netip.AddrPort, refused bool) // hears every address before it is used; may be nil
}

const connectTime = 5 * time.Second

func resolve(ctx context.Context, host string) ([]netip.Addr, error) {
	return net.DefaultResolver.LookupNetIP(ctx, "ip", host)
}

func (d *dialer) dial(ctx context.Context, _, addr string) (net.Conn, error) {
	host, service, err := net.SplitHostPort(addr)
	if err != nil {
		return nil, err
	}
	port, err := net.DefaultResolver.LookupPort(ctx, "tcp", service)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, connectTime)
	defer cancel()
	var ips []netip.Addr
	if ip, err := netip.ParseAddr(host); err == nil {
		ips = []netip.Addr{ip}
	} else if ips, err = d.resolve(ctx, host); err != nil {
		return nil, err
	} else {
		for i := range ips {
			ips[i] = ips[i].Unmap() // resolvers write IPv4 so
		}
	}
	for _, ip := range ips {
		refused := addr != d.only && !public(ip)
		if d.dialled != nil {
			d.dialled(netip.AddrPortFrom(ip, uint16(port)), refused)
		}
		if refused {
			return nil, fmt.Errorf("%s is at %s: %w", host, ip, errPrivate)
		}
	}
	err = fmt.Errorf("%s has no address", host)
	for _, ip := range ips {
		to := netip.AddrPortFrom(ip, uint16(port))
		own := net.Dialer{Control: func(_, address string, _ syscall.RawConn) error {
			if address != to.String() {
				return fmt.Errorf("the system dials %s instead of %s", address, to)
			}
			return nil
		}}
		var c net.Conn
		if c, err = own.DialContext(ctx, "tcp", to.String()); err == nil {
			return c, nil
		}
	}
	return nil, err
}

// gater lets the host dial the addresses that the operator gave for a peer, and
// public ones. A peer says by itself where it listens, and must not send the node
// into its operator's network when the connection is to be made again.
type gater struct {
	dialled func(a netip.AddrPort, refused bool) // as dialer's
	mu      sync.Mutex
	told    map[peer.ID][]ma.Multiaddr
}

func (g *gater) tell(p peer.AddrInfo) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.told == nil {
		g.told = map[peer.ID][]ma.Multiaddr{}
	}
	g.told[p.ID] = append(g.told[p.ID], p.Addrs...)
}

// InterceptAddrDial implements connmgr.ConnectionGater.
func (g *gater) InterceptAddrDial(p peer.ID, a ma.Multiaddr) bool {
	g.mu.Lock()
	allowed := ma.Contains(g.told[p], a)
	g.mu.Unlock()
	na, err := manet.ToNetAddr(a)
	if err != nil {
		return allowed
	}
	to, err := netip.ParseAddrPort(na.String())
	allowed = allowed || err == nil && public(to.Addr())
	if g.dialled != nil {
		g.dialled(to, !allowed)
	}
	return allowed
}

// InterceptPeerDial implements connmgr.ConnectionGater.
func (g *gater) InterceptPeerDial(peer.ID) bool { return true }

// InterceptAccept implements connmgr.ConnectionGater.
func (g *gater) InterceptAccept(network.ConnMultiaddrs) bool { return true }

// InterceptSecured implements connmgr.ConnectionGater.
func (g *gater) InterceptSecured(network.Direction, peer.ID, network.ConnMultiaddrs) bool {
	return true
}

// InterceptUpgraded implements connmgr.ConnectionGater.
func (g *gater) InterceptUpgraded(network.Conn) (bool, control.DisconnectReason) { return true, 0 }
