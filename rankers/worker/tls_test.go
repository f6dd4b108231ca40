package worker

import (
	"bytes"
	"context"
	"crypto/tls"
	"log/slog"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"candor/internal/pinned"
	"candor/local/broker"

	"github.com/nats-io/nats.go"
)

// certificate is one that was made at that time.
func certificate(t *testing.T, made time.Time) *tls.Certificate {
	t.Helper()
	file, err := pinned.New("node", made)
	if err != nil {
		t.Fatal(err)
	}
	c, err := pinned.Read(file)
	if err != nil {
		t.Fatal(err)
	}
	return &c
}

// said is a log that can be read while it is written.
type said struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *said) Write(b []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(b)
}

func (s *said) has(what string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return strings.Contains(s.b.String(), what)
}

// TestEncrypted: a worker talks to the server of the pinned certificate, whatever its dates,
// and tells its password to no other; who does not encrypt is not let in.
func TestEncrypted(t *testing.T) {
	t.Parallel()
	old := certificate(t, time.Unix(0, 0)) // whose dates ended long ago
	r := newRigWith(t, old)
	p := r.pool(1, false)
	stop := r.serve("north", &long{})
	r.ready(p, 1)
	if err := stop(); err != nil {
		t.Fatal(err)
	}

	// Another server at the same address, which would take any password.
	asked := make(chan string, 10)
	other, err := broker.Start(broker.Config{Dir: t.TempDir(), Secret: [32]byte{8}, Node: nodeName(r.node), Logger: quiet, Certificate: certificate(t, time.Now()),
		Guest: func(user, password string) (broker.Rights, bool) { asked <- password; return r.guest(user, password) }})
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	c := r.credentials("north")
	c.URL = pinned.URL(other.Addr().String(), pinned.Pin(*old)).String()
	var log said
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() {
		s := &Server{Credentials: c, Scorer: &long{}, Name: "north-1", Capacity: 1, Log: slog.New(slog.NewTextHandler(&log, nil))}
		done <- s.Run(ctx)
	}()
	eventually(t, func() bool { return log.has("another certificate than the pinned one") || len(asked) > 0 })
	cancel()
	<-done
	if python, err := exec.LookPath("python3"); err == nil {
		doc, err := c.Encode()
		if err != nil {
			t.Fatal(err)
		}
		file := filepath.Join(t.TempDir(), "credentials.json")
		if err := os.WriteFile(file, doc, 0o600); err != nil {
			t.Fatal(err)
		}
		out, err := exec.Command(python, "../../examples/worker-python/worker.py", file).CombinedOutput()
		if err == nil || !strings.Contains(string(out), "another certificate than the pinned one") {
			t.Errorf("in Python: %v: %s", err, out)
		}
	}
	if len(asked) != 0 {
		t.Error("a server with another certificate was told a password")
	}

	// Without encryption there is no answer but the server's greeting.
	good := r.credentials("north")
	plain, err := net.Dial("tcp", r.broker.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer plain.Close()
	_ = plain.SetDeadline(time.Now().Add(time.Minute))
	if _, err := plain.Write([]byte(`CONNECT {"user":"` + good.User + `","pass":"` + good.Password + "\"}\r\nPING\r\n")); err != nil {
		t.Fatal(err)
	}
	var got bytes.Buffer
	_, _ = got.ReadFrom(plain) // until the server ends it
	if !strings.HasPrefix(got.String(), "INFO ") || strings.Contains(got.String(), "PONG") {
		t.Errorf("without encryption: %q", got.String())
	}
	if _, err := nats.Connect("nats://"+r.broker.Addr().String(), nats.UserInfo(good.User, good.Password)); err == nil {
		t.Error("a client that knows no certificate believes any")
	}
}

// TestDowngrades: credentials with a pin are good for an encrypted connection alone.
func TestDowngrades(t *testing.T) {
	t.Parallel()
	r := newRig(t) // which does not encrypt
	c := r.credentials("north")
	c.URL = pinned.URL(r.broker.Addr().String(), pinned.Pin(*certificate(t, time.Now()))).String()
	at, err := c.Jobs()
	if err != nil {
		t.Fatal(err)
	}
	var log said
	nc, err := dial(at, "test", slog.New(slog.NewTextHandler(&log, nil)))
	if err != nil {
		t.Fatal(err)
	}
	defer nc.Close()
	eventually(t, func() bool { return log.has("secure connection not available") })
	if nc.IsConnected() {
		t.Error("it talks without encryption")
	}
	for _, bad := range []string{"nats://127.0.0.1:1?pin=" + strings.Repeat("0", 64), "tls://127.0.0.1:1?pin=00", "tls://127.0.0.1:1?pin=", "tls://127.0.0.1:1?other=1",
		"tls://127.0.0.1:1?pin=" + strings.Repeat("0", 64) + "&pin=" + strings.Repeat("1", 64)} {
		if nc, err := dial(bad, "test", quiet); err == nil {
			nc.Close()
			t.Errorf("%s is taken", bad)
		}
	}
	if _, err := broker.Start(broker.Config{Dir: t.TempDir(), Host: "0.0.0.0", Node: "aa", Logger: quiet}); err == nil {
		t.Error("a broker is open to other machines and does not encrypt")
	}
}
