package main

import (
	"net"
	"slices"
	"testing"

	"candor/feeds"
)

func TestDomainsOfTheListener(t *testing.T) {
	for at, want := range map[string][]string{
		"127.0.0.1:8080":   {"127.0.0.1:8080", "localhost:8080"},
		"0.0.0.0:8080":     {"127.0.0.1:8080", "localhost:8080"},
		"[::]:8080":        {"127.0.0.1:8080", "localhost:8080"},
		"[::1]:8080":       {"127.0.0.1:8080", "localhost:8080", "[::1]:8080"},
		"192.0.2.1:80":     {"192.0.2.1"},
		"[2001:db8::1]:80": {"[2001:db8::1]"},
	} {
		a, err := net.ResolveTCPAddr("tcp", at)
		if err != nil {
			t.Fatal(err)
		}
		got, err := (&accessOptions{}).access(5, a, feeds.Asks{})
		if err != nil || !slices.Equal(got.Domains, want) || got.ChainID != 5 {
			t.Errorf("at %s browsers are at %q, want %q, %v", at, got.Domains, want, err)
		}
		if got, _ := (&accessOptions{domains: []string{"candor.example"}}).access(5, a, feeds.Asks{}); !slices.Equal(got.Domains, []string{"candor.example"}) {
			t.Errorf("what the operator names is %q", got.Domains)
		}
	}
	for _, o := range []accessOptions{{domains: []string{"https://candor.example"}}, {domains: []string{""}}, {proxies: []string{"10.0.0.1"}}, {asks: -1}, {anonymous: 2_000_000}} {
		if o.check() == nil {
			t.Errorf("%+v is taken", o)
		}
	}
}

func TestBoundsOfAskers(t *testing.T) {
	for _, c := range []struct {
		anonymous   int
		development bool
		want        uint64
	}{{-1, false, 600}, {-1, true, 36_000}, {0, false, 0}, {7, true, 7}} {
		o := accessOptions{asks: 9, anonymous: c.anonymous}
		if got := o.bounds(c.development); got != (feeds.Asks{Reader: 9, Place: c.want}) {
			t.Errorf("%+v: %+v", c, got)
		}
	}
}
