package ipfs

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/ipfs/go-cid"
)

// stage is a gateway that behaves otherwise for each CID.
type stage struct {
	*httptest.Server
	mu    sync.Mutex
	acts  map[string]http.HandlerFunc // by CID
	asked map[string]int
	other http.HandlerFunc // for all other CIDs
}

func newStage(t testing.TB, secure bool) *stage {
	s := &stage{acts: map[string]http.HandlerFunc{}, asked: map[string]int{}, other: http.NotFound}
	s.Server = httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		c := strings.TrimPrefix(r.URL.Path, "/ipfs/")
		s.mu.Lock()
		act, other := s.acts[c], s.other
		s.asked[c]++
		s.mu.Unlock()
		if act == nil {
			act = other
		}
		act(w, r)
	}))
	s.Config.ErrorLog = log.New(io.Discard, "", 0)
	if s.Start(); secure {
		s.Server.Close()
		u := httptest.NewUnstartedServer(s.Config.Handler)
		u.Config.ErrorLog = s.Config.ErrorLog
		u.StartTLS()
		s.Server = u
	}
	t.Cleanup(func() { s.CloseClientConnections(); s.Close() })
	return s
}

func (s *stage) set(c cid.Cid, act http.HandlerFunc) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.acts[c.String()] = act
}

func (s *stage) drop(c cid.Cid) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.acts, c.String())
}

func (s *stage) count(c cid.Cid) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.asked[c.String()]
}

// block answers as a good gateway does.
func block200(b []byte) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", rawType)
		w.Header().Set("Content-Length", strconv.Itoa(len(b)))
		_, _ = w.Write(b)
	}
}

func raw(w http.ResponseWriter) { w.Header().Set("Content-Type", rawType) }

// drip sends a piece every so often until the asker has had enough.
func drip(w http.ResponseWriter, r *http.Request, every time.Duration, piece []byte) {
	for {
		if _, err := w.Write(piece); err != nil {
			return
		}
		w.(http.Flusher).Flush()
		select {
		case <-r.Context().Done():
			return
		case <-time.After(every):
		}
	}
}

func silence(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }

// redirect sends the asker elsewhere.
func redirect(to string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Location", to)
		w.WriteHeader(http.StatusFound)
	}
}

var bomb = sync.OnceValue(func() []byte {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	zeros := make([]byte, 1<<20)
	for range 64 {
		_, _ = z.Write(zeros)
	}
	_ = z.Close()
	return b.Bytes()
})

func zipped(b []byte) []byte {
	var out bytes.Buffer
	z := gzip.NewWriter(&out)
	_, _ = z.Write(b)
	_ = z.Close()
	return out.Bytes()
}

// hijack writes these bytes in place of an answer.
func hijack(says []byte) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		c, _, err := w.(http.Hijacker).Hijack()
		if err != nil {
			return
		}
		defer c.Close()
		_, _ = c.Write(says)
	}
}

// hostileAnswers are what a gateway may do when it is asked for doc. trap is an
// address that must not be dialled.
func hostileAnswers(doc []byte, trap string) map[string]http.HandlerFunc {
	big := bytes.Repeat([]byte("x"), 1<<20)
	return map[string]http.HandlerFunc{
		"other bytes": block200([]byte(`{"$type":"candor.post/v1","text":"planted"}`)),
		"cut off": func(w http.ResponseWriter, _ *http.Request) {
			raw(w)
			w.Header().Set("Content-Length", strconv.Itoa(len(doc)))
			_, _ = w.Write(doc[:len(doc)/2])
		},
		"half":                   block200(doc[:len(doc)/2]),
		"one byte more":          block200(append(bytes.Clone(doc), '\n')),
		"nothing":                block200(nil),
		"oversize with a length": block200(big),
		"oversize without a length": func(w http.ResponseWriter, _ *http.Request) {
			raw(w)
			for range 8 {
				if _, err := w.Write(big); err != nil {
					return
				}
			}
		},
		"endless": func(w http.ResponseWriter, r *http.Request) {
			raw(w)
			for r.Context().Err() == nil {
				if _, err := w.Write(big[:32<<10]); err != nil {
					return
				}
			}
		},
		"slow drip": func(w http.ResponseWriter, r *http.Request) { raw(w); drip(w, r, 10*time.Millisecond, []byte("x")) },
		"silence":   silence,
		"silence after the head": func(w http.ResponseWriter, r *http.Request) {
			raw(w)
			w.WriteHeader(200)
			w.(http.Flusher).Flush()
			silence(w, r)
		},
		"a gzip bomb": func(w http.ResponseWriter, _ *http.Request) {
			raw(w)
			w.Header().Set("Content-Encoding", "gzip")
			_, _ = w.Write(bomb())
		},
		"the right bytes, zipped": func(w http.ResponseWriter, _ *http.Request) {
			raw(w)
			w.Header().Set("Content-Encoding", "gzip")
			_, _ = w.Write(zipped(doc))
		},
		"the right bytes as HTML": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/html")
			_, _ = w.Write(doc)
		},
		"the right bytes as a CAR": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/vnd.ipld.car")
			_, _ = w.Write(doc)
		},
		"the right bytes of no type": func(w http.ResponseWriter, _ *http.Request) { w.Header()["Content-Type"] = nil; _, _ = w.Write(doc) },
		"the right bytes as 206":     func(w http.ResponseWriter, _ *http.Request) { raw(w); w.WriteHeader(206); _, _ = w.Write(doc) },
		"the right bytes as 500":     func(w http.ResponseWriter, _ *http.Request) { raw(w); w.WriteHeader(500); _, _ = w.Write(doc) },
		"a pause of years": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Retry-After", "999999999")
			w.WriteHeader(429)
		},
		"a redirect to a private port":   redirect("http://" + trap + "/"),
		"a redirect to private TLS":      redirect("https://" + trap + "/"),
		"a redirect to a cloud's secret": redirect("http://169.254.169.254/latest/meta-data/"),
		"a redirect by a private name":   redirect("http://rebind.example:" + strings.Split(trap, ":")[1] + "/"),
		"a redirect to a file":           redirect("file:///etc/passwd"),
		"a redirect loop":                func(w http.ResponseWriter, r *http.Request) { redirect(r.URL.String())(w, r) },
		"huge headers": func(w http.ResponseWriter, _ *http.Request) {
			raw(w)
			w.Header().Set("X-Big", strings.Repeat("x", 256<<10))
			_, _ = w.Write(doc)
		},
		"endless headers": func(w http.ResponseWriter, _ *http.Request) {
			c, _, err := w.(http.Hijacker).Hijack()
			if err != nil {
				return
			}
			defer c.Close()
			_, err = c.Write([]byte("HTTP/1.1 200 OK\r\n"))
			for i := 0; err == nil; i++ {
				_, err = fmt.Fprintf(c, "X-%d: y\r\n", i)
			}
		},
		"endless early hints": func(w http.ResponseWriter, r *http.Request) {
			for range 10_000 {
				if r.Context().Err() != nil {
					return
				}
				w.WriteHeader(http.StatusEarlyHints)
			}
		},
		"no HTTP":           hijack([]byte("SSH-2.0-OpenSSH_9.9\r\n\x00\x01\x02")),
		"a closed line":     hijack(nil),
		"a negative length": hijack([]byte("HTTP/1.1 200 OK\r\nContent-Type: " + rawType + "\r\nContent-Length: -5\r\n\r\nhello")),
		"two lengths":       hijack([]byte("HTTP/1.1 200 OK\r\nContent-Type: " + rawType + "\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello!")),
		"bad chunks":        hijack([]byte("HTTP/1.1 200 OK\r\nContent-Type: " + rawType + "\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFF\r\nhello")),
	}
}

// hostileTLS are what a gateway with TLS may do besides.
func hostileTLS(trap string) map[string]http.HandlerFunc {
	return map[string]http.HandlerFunc{
		"a redirect loop by TLS":  func(w http.ResponseWriter, r *http.Request) { redirect("https://"+r.Host+r.URL.String())(w, r) },
		"a redirect out of TLS":   func(w http.ResponseWriter, r *http.Request) { redirect("http://"+r.Host+r.URL.String())(w, r) },
		"a redirect to a port":    redirect("https://" + trap + "/ipfs/"),
		"a redirect with a login": func(w http.ResponseWriter, r *http.Request) { redirect("https://a:b@"+r.Host+r.URL.String())(w, r) },
	}
}

// TestGatewayServesAPost is the good way that the hostile ones leave.
func TestGatewayServesAPost(t *testing.T) {
	for _, secure := range []bool{false, true} {
		s := newStage(t, secure)
		cfg := Config{Dir: t.TempDir(), PrivateGateways: []string{s.URL}}
		if secure {
			cfg.roots = s.Client().Transport.(*http.Transport).TLSClientConfig.RootCAs
		}
		n, err := Open(t.Context(), cfg)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { n.Close() })
		doc, c := post(t, fmt.Sprint("from a gateway ", secure))
		s.set(c, func(w http.ResponseWriter, r *http.Request) {
			if r.URL.RawQuery != "format=raw" || r.Header.Get("Accept") != rawType || r.Header.Get("Accept-Encoding") != "identity" {
				t.Errorf("it is asked %s with %v", r.URL, r.Header)
			}
			if secure && r.URL.Query().Get("again") == "" && s.count(c) == 1 {
				redirect("https://"+r.Host+r.URL.String())(w, r)
				return
			}
			block200(doc)(w, r)
		})
		if got, err := n.Get(t.Context(), c); err != nil || !bytes.Equal(got, doc) {
			t.Fatalf("%q, %v", got, err)
		}
		s.drop(c)
		if got, err := n.Get(t.Context(), c); err != nil || !bytes.Equal(got, doc) {
			t.Fatalf("kept: %q, %v", got, err)
		}
	}
}

// TestGatewaysAreHedged: one that is silent costs a moment, one that lies or
// fails is left alone for a while, and what a publisher can bring about counts
// against no gateway.
func TestGatewaysAreHedged(t *testing.T) {
	bad, good := newStage(t, false), newStage(t, false)
	n, err := Open(t.Context(), Config{Dir: t.TempDir(), Timeout: 2 * time.Second, PrivateGateways: []string{bad.URL, good.URL}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { n.Close() })
	i := 0
	fetch := func(what string) time.Duration {
		t.Helper()
		i++
		doc, c := post(t, fmt.Sprint("hedged ", i))
		good.set(c, block200(doc))
		began := time.Now()
		if got, err := n.Get(t.Context(), c); err != nil || !bytes.Equal(got, doc) {
			t.Fatalf("%s: %q, %v", what, got, err)
		}
		return time.Since(began)
	}
	behave := func(f http.HandlerFunc) {
		bad.mu.Lock()
		defer bad.mu.Unlock()
		bad.other = f
	}
	behave(silence)
	if d := fetch("silent"); d < hedge/2 || d > time.Second {
		t.Errorf("beside a silent gateway it took %s", d)
	}
	for range 30 {
		fetch("silent again")
	}
	_, usual := n.asked[0].state()
	if _, best := n.asked[1].state(); usual <= best {
		t.Errorf("the silent one is ranked first: %s, %s", usual, best)
	}
	restful := func(want bool, what string) {
		t.Helper()
		if rest, _ := n.asked[0].state(); time.Now().Before(rest) != want {
			t.Errorf("%s: the gateway rests until %s", what, rest)
		}
	}
	for name, f := range map[string]http.HandlerFunc{"silence": silence, "404": http.NotFound,
		"504":      func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(504) },
		"oversize": block200(make([]byte, 1<<20))} {
		behave(f)
		for range 5 {
			_, c := post(t, fmt.Sprint(name, i))
			i++
			ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
			_, err := n.ask(ctx, n.asked[0], c, 16<<10, false)
			cancel()
			if err == nil {
				t.Fatal("it came")
			}
		}
		restful(false, name)
	}
	behave(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(500) })
	for k := range 3 {
		restful(false, fmt.Sprint("500 the time ", k))
		_, c := post(t, fmt.Sprint("500", k))
		_, _ = n.ask(t.Context(), n.asked[0], c, 16<<10, false)
	}
	restful(true, "500 three times")
	n.asked[0].mu.Lock()
	n.asked[0].rest, n.asked[0].faults = time.Time{}, 0
	n.asked[0].mu.Unlock()
	behave(block200([]byte("a lie")))
	_, c := post(t, "lied about")
	if _, err := n.ask(t.Context(), n.asked[0], c, 16<<10, false); err == nil {
		t.Fatal("a lie is taken")
	}
	restful(true, "a lie")
	asked := bad.count(c)
	fetch("beside a liar")
	if bad.count(c) != asked {
		t.Error("a liar is asked again at once")
	}
}
