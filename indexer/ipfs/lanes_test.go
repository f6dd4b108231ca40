package ipfs

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
	"sync"
	"testing"
	"time"
)

// TestLanes: quick things pass however many hang, and what failed before waits for
// its like only.
func TestLanes(t *testing.T) {
	l := newLanes(10*time.Millisecond, 2, 2, 1)
	ctx, stop := context.WithCancel(t.Context())
	var wg sync.WaitGroup
	hang := func(ctx context.Context) error { <-ctx.Done(); return context.Cause(ctx) }
	given := make(chan error, 20)
	for range 20 {
		wg.Go(func() { given <- l.do(ctx, false, hang) })
	}
	wg.Go(func() { _ = l.do(ctx, true, hang) })
	for range 18 { // two of them stay among the slow
		select {
		case err := <-given:
			if !errors.Is(err, errSlow) {
				t.Errorf("one that hangs ends with %v", err)
			}
		case <-time.After(20 * time.Second):
			t.Fatal("those that hang keep the places of others")
		}
	}
	quick := func(context.Context) error { return nil }
	soon, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	for range 100 {
		if err := l.do(soon, false, quick); err != nil {
			t.Fatalf("a quick one: %v", err)
		}
	}
	short, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	if err := l.do(short, true, quick); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("beside one that failed before: %v", err)
	}
	stop()
	wg.Wait()
	if len(l.fresh)+len(l.slow)+len(l.again) > 0 {
		t.Error("places are not given back")
	}
}

func TestReadAll(t *testing.T) {
	for _, size := range []int{0, 1, 100, piece / 2, piece, piece + 1, 1 << 20} {
		b, err := readAll(bytes.NewReader(make([]byte, size)), 1<<20)
		if err != nil || len(b) != size {
			t.Errorf("%d bytes: %d, %v", size, len(b), err)
		}
	}
	for _, limit := range []int{0, 1, 1000, piece, 1 << 20} {
		r := &io.LimitedReader{R: endless{}, N: 1 << 30}
		if b, err := readAll(r, limit); err != nil || len(b) != limit+1 {
			t.Errorf("endless, up to %d: %d, %v", limit, len(b), err)
		}
	}
	reading.Add(mostReading)
	if _, err := readAll(endless{}, 1<<20); !errors.Is(err, errFull) {
		t.Errorf("beyond the memory: %v", err)
	}
	if b, err := readAll(bytes.NewReader(make([]byte, 16<<10)), 16<<10); err != nil || len(b) != 16<<10 {
		t.Errorf("a document waits for large blocks: %v", err)
	}
	reading.Add(-mostReading)
	if n := reading.Load(); n != 0 {
		t.Errorf("%d bytes are still counted", n)
	}
}

type endless struct{}

func (endless) Read(b []byte) (int, error) { return len(b), nil }

// TestRedirects: only the same host by TLS is followed, and not for long.
func TestRedirects(t *testing.T) {
	g, err := newGateway("https://gate.example:444", false, Config{})
	if err != nil {
		t.Fatal(err)
	}
	for to, follows := range map[string]bool{
		"https://gate.example:444/x": true, "http://gate.example:444/x": false, "https://gate.example/x": false,
		"https://other.example:444/x": false, "https://a:b@gate.example:444/x": false, "https://127.0.0.1:444/x": false,
		"https://bafy.gate.example:444/": false, "file:///etc/passwd": false,
	} {
		u, err := url.Parse(to)
		if err != nil {
			t.Fatal(err)
		}
		r := &http.Request{URL: u}
		if err := g.client.CheckRedirect(r, make([]*http.Request, 1)); (err == nil) != follows {
			t.Errorf("%s: %v", to, err)
		}
		if g.client.CheckRedirect(r, make([]*http.Request, maxRedirects+1)) == nil {
			t.Errorf("%s is followed without end", to)
		}
	}
}
