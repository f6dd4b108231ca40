package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"candor/internal/pinned"
)

// TestWorkersCertificate: a node that other machines reach has one certificate, the same
// after each start, and one that only this machine reaches has none.
func TestWorkersCertificate(t *testing.T) {
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "keys"), 0o700); err != nil {
		t.Fatal(err)
	}
	for _, at := range []string{"", "127.0.0.1:4222", "localhost:4222", "[::1]:0"} {
		if c, err := (&workerOptions{listen: at}).certificate(dir, "00"); c != nil || err != nil {
			t.Errorf("%q: %v %v", at, c, err)
		}
	}
	pin := ""
	for _, at := range []string{"0.0.0.0:4222", ":4222", "[::]:0", "192.0.2.1:1", "node.example:4222"} {
		c, err := (&workerOptions{listen: at}).certificate(dir, "00")
		if err != nil || c == nil {
			t.Fatalf("%q: %v %v", at, c, err)
		}
		if pin != "" && pinned.Pin(*c) != pin {
			t.Errorf("%q: another certificate than before", at)
		}
		pin = pinned.Pin(*c)
	}
	file := filepath.Join(dir, "keys", "workers.pem")
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v %v", info, err)
	}
	if err := os.WriteFile(file, []byte("spoilt"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := (&workerOptions{listen: ":1"}).certificate(dir, "00"); err == nil || !strings.Contains(err.Error(), "workers.pem") {
		t.Errorf("a spoilt file: %v", err)
	}
}

// TestReachedFrom: a node's word of where workers come in keeps its pin, and gets the node's
// host where it names none.
func TestReachedFrom(t *testing.T) {
	for _, c := range []struct{ node, says, want string }{
		{"https://node.example", "tls://0.0.0.0:4222?pin=00", "tls://node.example:4222?pin=00"},
		{"http://127.0.0.1:8080", "nats://127.0.0.1:4222", "nats://127.0.0.1:4222"},
		{"https://node.example", "tls://192.0.2.1:4222?pin=00", "tls://192.0.2.1:4222?pin=00"},
		{"https://node.example", "nats://127.0.0.1:4222", ""},
		{"https://node.example", "", ""},
	} {
		got, err := reachedFrom(c.node, c.says)
		if got != c.want || (err == nil) != (c.want != "") {
			t.Errorf("%+v: %q (%v)", c, got, err)
		}
	}
}
