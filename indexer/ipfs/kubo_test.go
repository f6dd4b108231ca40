package ipfs

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/ipfs/go-cid"
)

// kubo is a daemon of the most used implementation of IPFS, built from e2e/kubo.
type kubo struct {
	t    *testing.T
	bin  string
	repo string
}

func startKubo(t *testing.T) *kubo {
	t.Helper()
	k := &kubo{t: t, bin: os.Getenv("CANDOR_KUBO"), repo: filepath.Join(t.TempDir(), "repo")}
	if k.bin == "" {
		t.Skip("make test-kubo builds kubo and runs this test")
	}
	k.run(nil, "init", "--profile=test")
	daemon := k.command("daemon")
	var log bytes.Buffer
	daemon.Stdout, daemon.Stderr = &log, &log
	if err := daemon.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = daemon.Process.Signal(os.Interrupt)
		_ = daemon.Wait()
		if t.Failed() {
			t.Logf("kubo: %s", &log)
		}
	})
	for end := time.Now().Add(60 * time.Second); ; time.Sleep(50 * time.Millisecond) {
		if _, err := os.Stat(filepath.Join(k.repo, "gateway")); err == nil {
			return k
		}
		if time.Now().After(end) {
			t.Fatal("kubo does not start")
		}
	}
}

func (k *kubo) command(args ...string) *exec.Cmd {
	c := exec.Command(k.bin, args...)
	c.Env = append(os.Environ(), "IPFS_PATH="+k.repo, "IPFS_TELEMETRY=off", "GOLOG_LOG_LEVEL=error")
	return c
}

func (k *kubo) run(in []byte, args ...string) []byte {
	k.t.Helper()
	c := k.command(args...)
	c.Stdin = bytes.NewReader(in)
	var said bytes.Buffer
	c.Stderr = &said
	out, err := c.Output()
	if err != nil {
		k.t.Fatalf("ipfs %s: %v: %s", strings.Join(args, " "), err, &said)
	}
	return out
}

func (k *kubo) line(in []byte, args ...string) string {
	return strings.TrimSpace(string(k.run(in, args...)))
}

// TestKubo exchanges documents and pictures with kubo, both ways over bitswap and
// through its gateway.
func TestKubo(t *testing.T) {
	k := startKubo(t)
	addr := strings.Fields(k.line(nil, "id", "-f", "<addrs>"))[0]
	gateway, err := os.ReadFile(filepath.Join(k.repo, "gateway"))
	if err != nil {
		t.Fatal(err)
	}
	put := func(text string) ([]byte, cid.Cid) {
		doc, c := post(t, text)
		if got := k.line(doc, "block", "put", "--cid-codec=dag-json"); got != c.String() {
			t.Fatalf("kubo names it %s, not %s", got, c)
		}
		return doc, c
	}
	add := func(seed uint64) File {
		body := photo(700_001, seed)
		bs, err := layout(body)
		if err != nil {
			t.Fatal(err)
		}
		f := File{bs[len(bs)-1].Cid(), len(body), "image/png"}
		if got := k.line(body, "add", "-Q", "--cid-version=1", "--chunker=size-262144"); got != f.CID.String() {
			t.Fatalf("kubo names it %s, not %s", got, f.CID)
		}
		return f
	}
	for way, cfg := range map[string]Config{
		"bitswap": {},
		"gateway": {PrivateGateways: []string{strings.TrimSpace(string(gateway))}},
	} {
		t.Run(way, func(t *testing.T) {
			cfg.Dir, cfg.Timeout = t.TempDir(), 20*time.Second
			n, err := Open(t.Context(), cfg)
			if err != nil {
				t.Fatal(err)
			}
			defer n.Close()
			if way == "bitswap" {
				if err := n.Connect(t.Context(), addr); err != nil {
					t.Fatal(err)
				}
			}
			doc, c := put("from kubo by " + way)
			if got, err := n.Get(t.Context(), c); err != nil || !bytes.Equal(got, doc) {
				t.Fatalf("%q, %v", got, err)
			}
			f := add(uint64(len(way)) + uint64(way[0]))
			withPicture, c := postWith(t, f)
			if got := k.line(withPicture, "block", "put", "--cid-codec=dag-json"); got != c.String() {
				t.Fatalf("kubo names it %s, not %s", got, c)
			}
			if _, err := n.Get(t.Context(), c); err != nil {
				t.Fatal(err)
			}
			eventually(t, "the picture's arrival", func() bool { s, err := n.Stat(t.Context(), f.CID); return err == nil && s == f })
			if way != "bitswap" {
				return
			}
			ours, c := post(t, "to kubo")
			if _, err := n.Put(t.Context(), ours); err != nil {
				t.Fatal(err)
			}
			if got := k.run(nil, "block", "get", "--timeout=20s", c.String()); !bytes.Equal(got, ours) {
				t.Fatalf("kubo gets %q", got)
			}
			body := photo(300_000, 77)
			mine, err := n.AddFile(t.Context(), body)
			if err != nil {
				t.Fatal(err)
			}
			if got := k.run(nil, "cat", "--timeout=20s", mine.CID.String()); !bytes.Equal(got, body) {
				t.Fatalf("kubo gets %d bytes", len(got))
			}
		})
	}
}
