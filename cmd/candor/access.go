package main

import (
	"fmt"
	"net"
	"net/netip"
	"strings"

	"candor/feeds"
	"candor/web"
	"candor/zkcommit"

	"github.com/spf13/cobra"
)

// accessOptions say how readers reach this node.
type accessOptions struct {
	domains []string
	proxies []string

	asks, anonymous int // new runs of a ranker in an hour; 0: no bound; anonymous below 0: as the chain is
}

// How many new runs of one ranker those of a network get in an hour who did not sign in.
// On a development chain there is nobody to keep a secret from.
const (
	anonymousAsks   = 600
	developmentAsks = 36_000
)

func (o *accessOptions) flags(c *cobra.Command) {
	f := c.Flags()
	f.StringArrayVar(&o.domains, "domain", nil, "host, with its port unless it is the usual one, under which browsers reach this node, such as candor.example: readers sign in there; may be repeated; by default the address of --listen")
	f.IntVar(&o.asks, "asks-hour", 120, "new runs of one ranker that a reader who signed in gets in an hour; 0: no bound. A run that is there costs nothing")
	f.IntVar(&o.anonymous, "anonymous-asks-hour", -1, fmt.Sprintf("the same for all others of a network (IPv4 /24, IPv6 /48) together; 0: no bound (default %d, on a development chain %d)", anonymousAsks, developmentAsks))
	f.StringArrayVar(&o.proxies, "proxy", nil, "network of proxies in front of this node, such as 10.0.0.0/8, whose X-Forwarded-For says where an asker is; may be repeated")
}

func (o *accessOptions) check() error {
	for _, d := range o.domains {
		if d == "" || strings.ContainsAny(d, "/@?# ") || len(d) > 255 {
			return fmt.Errorf("--domain %.60q is no host: send one such as candor.example or 127.0.0.1:8080", d)
		}
	}
	if o.asks < 0 || o.asks > zkcommit.MaxCharge || o.anonymous > zkcommit.MaxCharge {
		return fmt.Errorf("--asks-hour and --anonymous-asks-hour are 0 to %d: send others", zkcommit.MaxCharge)
	}
	_, err := o.networks()
	return err
}

// bounds are those of askers on the chain.
func (o *accessOptions) bounds(development bool) feeds.Asks {
	a := feeds.Asks{Reader: uint64(o.asks), Place: uint64(max(o.anonymous, 0))}
	if o.anonymous < 0 {
		if a.Place = anonymousAsks; development {
			a.Place = developmentAsks
		}
	}
	return a
}

func (o *accessOptions) networks() (out []netip.Prefix, err error) {
	for _, p := range o.proxies {
		n, err := netip.ParsePrefix(p)
		if err != nil {
			return nil, fmt.Errorf("--proxy %.60q is no network: send one such as 10.0.0.0/8", p)
		}
		out = append(out, n.Masked())
	}
	return out, nil
}

// access is who may sign in at the node that listens there.
func (o *accessOptions) access(chain uint64, at net.Addr, asks feeds.Asks) (a web.Access, err error) {
	a = web.Access{ChainID: chain, Domains: o.domains, AsksHour: asks.Reader, AnonymousAsksHour: asks.Place}
	if a.Proxies, err = o.networks(); err != nil || len(a.Domains) > 0 {
		return a, err
	}
	host, port, err := net.SplitHostPort(at.String())
	if err != nil {
		return a, err
	}
	hosts := []string{host}
	if ip, err := netip.ParseAddr(host); err == nil && (ip.IsUnspecified() || ip.IsLoopback()) {
		hosts = []string{"127.0.0.1", "localhost"}
		if ip.IsLoopback() && host != "127.0.0.1" {
			hosts = append(hosts, host)
		}
	}
	for _, h := range hosts {
		a.Domains = append(a.Domains, strings.TrimSuffix(net.JoinHostPort(h, port), ":80"))
	}
	return a, nil
}
