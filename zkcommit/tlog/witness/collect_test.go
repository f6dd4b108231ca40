package witness

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/transparency-dev/tessera"
	"github.com/transparency-dev/tessera/storage/posix"

	"candor/zkcommit/tlog"
)

// served is a witness over HTTP.
func served(t testing.TB, k Key, logs ...tlog.Verifier) (Peer, *Witness) {
	t.Helper()
	w := open(t, t.TempDir(), k, logs...)
	s := httptest.NewServer(w.Handler())
	t.Cleanup(s.Close)
	return Peer{s.URL, k.Cosigner}, w
}

func collector(t testing.TB, l Log, peers ...Peer) *Collector {
	t.Helper()
	c, err := NewCollector(l, peers)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func step(t testing.TB, c *Collector) []byte {
	t.Helper()
	if err := c.Step(t.Context()); err != nil {
		t.Fatal(err)
	}
	return c.Checkpoint()
}

// A real log collects from two witnesses, as it grows and after either side restarts.
func TestCollecting(t *testing.T) {
	ctx := t.Context()
	l, err := tlog.Open(ctx, t.TempDir(), tlog.Options{Origin: origin, Seed: seed})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close(context.Background()) })
	k1, k2 := newTestKey(t), newTestKey(t)
	p1, w1 := served(t, k1, l.Verifier())
	p2, _ := served(t, k2, l.Verifier())
	c := collector(t, l, p1, p2)
	size := 0
	for round, n := range []int{1, 2, 300, 1, 40} {
		var entries [][]byte
		for i := range n {
			entries = append(entries, fmt.Appendf(nil, "run %d", size+i))
		}
		size += n
		if _, err := l.Append(ctx, entries...); err != nil {
			t.Fatal(err)
		}
		if _, err := l.Published(ctx, uint64(size)); err != nil {
			t.Fatal(err)
		}
		if round == 3 { // a node that begins anew knows no sizes
			c = collector(t, l, p1, p2)
		}
		cp := step(t, c)
		h, err := l.Verifier().Open(cp)
		if err != nil || h.Size != uint64(size) {
			t.Fatalf("a checkpoint of %d is shown, %v", h.Size, err)
		}
		for _, k := range []Key{k1, k2} {
			if _, err := k.Cosigned(cp); err != nil {
				t.Error(err)
			}
		}
		for _, s := range c.Standing() {
			if s.Size != uint64(size) || s.Trouble != "" || s.Time == 0 {
				t.Errorf("%+v", s)
			}
		}
	}
	if w1.Size(origin) != uint64(size) {
		t.Errorf("the witness has %d", w1.Size(origin))
	}
	rw := httptest.NewRecorder()
	c.Handler(l.Handler()).ServeHTTP(rw, httptest.NewRequest("GET", "http://node.example/checkpoint", nil))
	if !bytes.Equal(rw.Body.Bytes(), c.Checkpoint()) {
		t.Errorf("another checkpoint is served: %q", rw.Body)
	}
	rw = httptest.NewRecorder()
	c.Handler(l.Handler()).ServeHTTP(rw, httptest.NewRequest("GET", "http://node.example/tile/0/000", nil))
	if rw.Code != 200 {
		t.Errorf("tiles are not served: %d", rw.Code)
	}
}

// What witnesses may do is their affair: the good ones' cosignatures are shown in time,
// and nothing else is.
func TestBadWitnesses(t *testing.T) {
	l := newPaper(t, origin, "a", "b", "c")
	good := newTestKey(t)
	goodPeer, _ := served(t, good, l.key)
	away, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { away.Close() }) // it takes connections and never answers
	other := newTestKey(t)
	line, err := open(t, t.TempDir(), other, l.key).Add(0, nil, l.checkpoint(t, 3))
	if err != nil {
		t.Fatal(err)
	}
	old, err := open(t, t.TempDir(), other, l.key).Add(0, nil, l.checkpoint(t, 2))
	if err != nil {
		t.Fatal(err)
	}
	conflict := func(n int) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", sizeType)
			w.WriteHeader(http.StatusConflict)
			fmt.Fprintln(w, n)
		}
	}
	for name, x := range map[string]struct {
		url     string
		does    http.HandlerFunc
		trouble string
	}{
		"dead":                     {url: "http://127.0.0.1:1", trouble: "does not answer"},
		"silent":                   {url: "http://" + away.Addr().String(), trouble: "does not answer"},
		"refusing":                 {does: func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "no\nFOUND", 403) }, trouble: "answers 403"},
		"empty":                    {does: func(http.ResponseWriter, *http.Request) {}, trouble: "answers 200"},
		"a stranger's signature":   {does: func(w http.ResponseWriter, _ *http.Request) { w.Write(line) }, trouble: "no cosignature"},
		"another checkpoint's":     {does: func(w http.ResponseWriter, _ *http.Request) { w.Write(old) }, trouble: "no cosignature"},
		"endless":                  {does: func(w http.ResponseWriter, _ *http.Request) { io.Copy(w, endless{}) }, trouble: "no cosignature"},
		"a larger log":             {does: conflict(4), trouble: "the log lost some"},
		"always another size":      {does: conflict(2), trouble: "another size"},
		"the same size":            {does: conflict(0), trouble: "refuses the very size"},
		"sends its callers away":   {does: func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "http://127.0.0.1:1/", 307) }, trouble: "answers 307"},
		"a conflict without words": {does: func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(409) }, trouble: "answers 409"},
	} {
		t.Run(name, func(t *testing.T) {
			bad := Peer{x.url, newTestKey(t).Cosigner}
			if x.does != nil {
				s := httptest.NewServer(x.does)
				defer s.Close()
				bad.URL = s.URL
			}
			c := collector(t, l, bad, goodPeer)
			c.Patience = 10 * time.Second
			if name == "silent" {
				c.Patience = 100 * time.Millisecond
				for c.Standing()[1].Size == 0 { // a busy machine may be slower than that
					step(t, c)
					c.Patience *= 2
					c.peers[0].rests, c.peers[1].rests = time.Time{}, time.Time{}
				}
			}
			cp := step(t, c)
			if _, err := l.key.Open(cp); err != nil {
				t.Errorf("%q: %v", cp, err)
			}
			if _, err := good.Cosigned(cp); err != nil {
				t.Error(err)
			}
			if n := bytes.Count(cp, []byte("\n— ")); n != 2 {
				t.Errorf("%d signatures are shown: %q", n, cp)
			}
			if s := c.Standing()[0]; !strings.Contains(s.Trouble, x.trouble) || s.Size != 0 || strings.Contains(s.Trouble, "\n") {
				t.Errorf("%+v", s)
			}
			if c.peers[0].rests.IsZero() || step(t, c) == nil {
				t.Error("it does not rest")
			}
		})
	}
	if _, err := NewCollector(l, []Peer{goodPeer, goodPeer}); err == nil {
		t.Error("a witness counts twice")
	}
}

type endless struct{}

func (endless) Read(b []byte) (int, error) {
	for i := range b {
		b[i] = "— x "[i%len("— x ")]
	}
	return len(b), nil
}

// A witness that rests is not asked, and one that comes back is, though the log stands still.
func TestWitnessesRestAndComeBack(t *testing.T) {
	l := newPaper(t, origin, "a")
	k := newTestKey(t)
	p, w := served(t, k, l.key)
	var asked, down atomic.Int32
	down.Store(1)
	s := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		if asked.Add(1); down.Load() == 1 {
			rw.WriteHeader(http.StatusServiceUnavailable)
			return
		}
		w.Handler().ServeHTTP(rw, r)
	}))
	defer s.Close()
	p.URL = s.URL
	c := collector(t, l, p)
	now := time.Unix(1_800_000_000, 0)
	c.now = func() time.Time { return now }
	for range 5 {
		step(t, c)
	}
	if n := asked.Load(); n != 1 {
		t.Errorf("a witness that rests was asked %d times", n)
	}
	down.Store(0)
	now = now.Add(time.Hour)
	if _, err := k.Cosigned(step(t, c)); err != nil {
		t.Error(err)
	}
	step(t, c)
	if n := asked.Load(); n != 2 {
		t.Errorf("asked %d times", n)
	}
}

// tessera's own client takes our cosignatures: two implementations of one protocol.
func TestTesseraTakesOurCosignatures(t *testing.T) {
	ctx := t.Context()
	s, v, err := tlog.Signer(origin, seed)
	if err != nil {
		t.Fatal(err)
	}
	k := newTestKey(t)
	p, w := served(t, k, v)
	u, err := url.Parse(p.URL)
	if err != nil {
		t.Fatal(err)
	}
	tw, err := tessera.NewWitness(k.String(), u)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	driver, err := posix.New(ctx, posix.Config{Path: dir})
	if err != nil {
		t.Fatal(err)
	}
	opts := tessera.NewAppendOptions().WithCheckpointSigner(s).WithBatching(4, 20*time.Millisecond).WithCheckpointInterval(100*time.Millisecond).
		WithWitnesses(tessera.NewWitnessGroup(1, tw), &tessera.WitnessOptions{Timeout: 30 * time.Second})
	a, stop, _, err := tessera.NewAppender(context.Background(), driver, opts)
	if err != nil {
		t.Fatal(err)
	}
	for i := range 12 {
		if _, err := a.Add(ctx, tessera.NewEntry(fmt.Appendf(nil, "entry %d", i)))(); err != nil {
			t.Fatal(err)
		}
	}
	if err := stop(ctx); err != nil {
		t.Fatal(err)
	}
	cp, err := os.ReadFile(filepath.Join(dir, "checkpoint"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := k.Cosigned(cp); err != nil || w.Size(origin) != 12 {
		t.Errorf("%v, %d cosigned: %q", err, w.Size(origin), cp)
	}
}

// TestMain is also the witness that the crash test kills.
func TestMain(m *testing.M) {
	dir := os.Getenv("WITNESS_CHILD")
	if dir == "" {
		os.Exit(m.Run())
	}
	if err := child(dir); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func child(dir string) error {
	text, err := os.ReadFile(filepath.Join(dir, "key"))
	if err != nil {
		return err
	}
	k, err := ParseKey(string(text))
	if err != nil {
		return err
	}
	_, v, err := tlog.Signer(origin, seed)
	if err != nil {
		return err
	}
	w, err := Open(filepath.Join(dir, "data"), k, []tlog.Verifier{v}, nil)
	if err != nil {
		return err
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	fmt.Println(l.Addr())
	return http.Serve(l, w.Handler())
}

// TestKilledWitness kills a witness with SIGKILL between what it keeps and what it
// answers, and at random moments: it never has less than it cosigned.
func TestKilledWitness(t *testing.T) {
	dir := t.TempDir()
	k := newTestKey(t)
	if err := os.WriteFile(filepath.Join(dir, "key"), []byte(k.Secret()), 0o600); err != nil {
		t.Fatal(err)
	}
	l := newPaper(t, origin)
	for i := range 200 {
		l.add(fmt.Sprint(i))
	}
	got := uint64(0) // the largest size whose cosignature came
	size := 0
	for life := range 6 {
		cmd := exec.Command(os.Args[0])
		point := ""
		if life < 2 {
			point = fmt.Sprintf("witness.before-answer:%d", 1+life*3)
		}
		cmd.Env = append(os.Environ(), "WITNESS_CHILD="+dir, "CANDOR_CRASH="+point)
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		cmd.Stderr = os.Stderr
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		addr, err := bufio.NewReader(out).ReadString('\n')
		if err != nil {
			t.Fatalf("the witness does not start again: %v", err)
		}
		p := Peer{"http://" + strings.TrimSpace(addr), k.Cosigner}
		c := collector(t, l, p)
		if point == "" {
			time.AfterFunc(time.Duration(20+rand.IntN(80))*time.Millisecond, func() { cmd.Process.Kill() })
		}
		for size < len(l.leaves) {
			size++
			cp, err := l.key.Open(l.checkpoint(t, size))
			if err != nil {
				t.Fatal(err)
			}
			a := c.ask(t.Context(), p, got, cp)
			if a.err != nil {
				if strings.Contains(a.err.Error(), "the log lost some") {
					size++ // it had kept what it did not answer
					continue
				}
				break
			}
			if _, err := k.Cosigned(append(bytes.Clone(cp.Note), a.line...)); err != nil {
				t.Fatal(err)
			}
			got = cp.Size
		}
		cmd.Process.Kill()
		_ = cmd.Wait() // it was killed
		w := open(t, filepath.Join(dir, "data"), k, l.key)
		if w.Size(origin) < got {
			t.Fatalf("life %d: the witness cosigned %d entries and remembers %d", life, got, w.Size(origin))
		}
		if life < 2 && w.Size(origin) == got {
			t.Fatalf("life %d: the crash point was not passed", life)
		}
		size = int(w.Size(origin))
	}
	if got == 0 {
		t.Fatal("nothing was cosigned")
	}
}
