package main

import (
	"net"
	"slices"
	"testing"
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
		got, err := (&accessOptions{}).access(5, a)
		if err != nil || !slices.Equal(got.Domains, want) || got.ChainID != 5 {
			t.Errorf("at %s browsers are at %q, want %q, %v", at, got.Domains, want, err)
		}
		if got, _ := (&accessOptions{domains: []string{"candor.example"}}).access(5, a); !slices.Equal(got.Domains, []string{"candor.example"}) {
			t.Errorf("what the operator names is %q", got.Domains)
		}
	}
	for _, o := range []accessOptions{{domains: []string{"https://candor.example"}}, {domains: []string{""}}, {proxies: []string{"10.0.0.1"}}} {
		if o.check() == nil {
			t.Errorf("%+v is taken", o)
		}
	}
}
