package tlog

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

var testOptions = Options{Origin: "candor.example/log", Seed: [32]byte{1, 2, 3}}

func openTest(t testing.TB, dir string) *Log {
	t.Helper()
	l, err := Open(t.Context(), dir, testOptions)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close(context.Background()) })
	return l
}

func entry(i int) []byte { return fmt.Appendf(nil, "run %d of the lane", i) }

func entries(from, to int) (e [][]byte) {
	for i := from; i < to; i++ {
		e = append(e, entry(i))
	}
	return e
}

func TestAppendReadProve(t *testing.T) {
	ctx, dir := t.Context(), t.TempDir()
	l := openTest(t, dir)
	srv := httptest.NewServer(http.StripPrefix("/log", l.Handler()))
	defer srv.Close()
	far := Remote(srv.URL+"/log", l.Verifier(), nil)

	size := 0
	var older []Checkpoint
	for _, n := range []int{1, 2, 300, 1, 212} {
		first, err := l.Append(ctx, entries(size, size+n)...)
		if err != nil || first != uint64(size) {
			t.Fatalf("Append gives %d, %v; want %d", first, err, size)
		}
		size += n
		start := time.Now()
		if _, err := l.Published(ctx, uint64(size)); err != nil {
			t.Fatal(err)
		}
		if d := time.Since(start); d > 2*time.Second {
			t.Errorf("the checkpoint came after %v", d)
		}
		cp, err := far.Checkpoint(ctx)
		if err != nil || cp.Size != uint64(size) {
			t.Fatalf("the remote checkpoint has %d entries, %v; want %d", cp.Size, err, size)
		}
		for _, old := range older {
			path, err := far.Consistency(ctx, old.Size, cp.Size)
			if err != nil {
				t.Fatal(err)
			}
			if err := cp.Extends(old, path); err != nil {
				t.Error(err)
			}
			if old.Size < cp.Size {
				old.Root[0] ^= 1
				if cp.Extends(old, path) == nil {
					t.Errorf("a checkpoint of another tree of %d is extended", old.Size)
				}
			}
		}
		older = append(older, cp)
	}
	cp := older[len(older)-1]
	for _, i := range []int{0, 1, 255, 256, 302, 511, 515} {
		for name, r := range map[string]*Reader{"local": l.Reader, "remote": far} {
			e, err := r.Entry(ctx, uint64(i), cp.Size)
			if err != nil || !bytes.Equal(e, entry(i)) {
				t.Fatalf("%s entry %d is %q, %v", name, i, e, err)
			}
			path, err := r.Inclusion(ctx, uint64(i), cp.Size)
			if err != nil {
				t.Fatal(err)
			}
			if err := cp.Includes(uint64(i), e, path); err != nil {
				t.Error(err)
			}
			if cp.Includes(uint64(i), entry(i+1), path) == nil || cp.Includes(uint64(i)^1, e, path) == nil {
				t.Errorf("another entry or index than %d is included, too", i)
			}
			path[0][0] ^= 1
			if cp.Includes(uint64(i), e, path) == nil {
				t.Errorf("entry %d is included by a wrong path", i)
			}
		}
	}
	if _, err := far.Entry(ctx, cp.Size, cp.Size); err == nil {
		t.Error("an entry after the end can be read")
	}
}

func TestReopenKeepsEntriesAndOwner(t *testing.T) {
	ctx, dir := t.Context(), t.TempDir()
	l := openTest(t, dir)
	if _, err := l.Append(ctx, entries(0, 3)...); err != nil {
		t.Fatal(err)
	}
	if err := l.Close(ctx); err != nil {
		t.Fatal(err)
	}
	if _, err := l.Append(ctx, entry(3)); err == nil {
		t.Error("a closed log takes entries")
	}
	for name, o := range map[string]Options{
		"another key":    {Origin: testOptions.Origin, Seed: [32]byte{9}},
		"another origin": {Origin: "elsewhere.example/log", Seed: testOptions.Seed},
	} {
		if _, err := Open(ctx, dir, o); err == nil {
			t.Errorf("the log opens with %s", name)
		}
	}
	again := openTest(t, dir)
	if n, err := again.Size(ctx); err != nil || n != 3 {
		t.Fatalf("the log has %d entries, %v; want 3", n, err)
	}
	if first, err := again.Append(ctx, entry(3)); err != nil || first != 3 {
		t.Fatalf("Append gives %d, %v; want 3", first, err)
	}
}

func TestAppendRefuses(t *testing.T) {
	l := openTest(t, t.TempDir())
	for name, e := range map[string][]byte{"empty": {}, "huge": make([]byte, MaxEntry+1)} {
		if _, err := l.Append(t.Context(), entry(0), e); err == nil {
			t.Errorf("an %s entry is appended", name)
		}
	}
	if n, _ := l.Size(t.Context()); n != 0 {
		t.Errorf("a refused append left %d entries", n)
	}
	if _, err := Open(t.Context(), t.TempDir(), Options{Origin: "two words"}); err == nil {
		t.Error("an origin with a space is taken")
	}
}

func TestServedPaths(t *testing.T) {
	l := openTest(t, t.TempDir())
	if _, err := l.Append(t.Context(), entries(0, 2)...); err != nil {
		t.Fatal(err)
	}
	if _, err := l.Published(t.Context(), 2); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]int{
		"/checkpoint":                        200,
		"/tile/0/000.p/2":                    200,
		"/tile/entries/000.p/2":              200,
		"/tile/entries/000.p/3":              404,
		"/tile/0/000":                        404,
		"/":                                  404,
		"/checkpoint/":                       404,
		"/.state/treeState":                  404,
		"/tile/../.state/treeState":          404,
		"/tile/entries/../../.state/version": 404,
		"/tile/entries/x000/../000.p/2":      404,
		"/tile/64/000":                       404,
		"/tile/0/000.p/256":                  404,
		"/tile/0/000.p/0":                    404,
		"/tile/0/000.p/02":                   404,
		"//checkpoint":                       404,
	} {
		w := httptest.NewRecorder()
		l.Handler().ServeHTTP(w, httptest.NewRequest("GET", "http://node.example"+path, nil))
		if w.Code != want {
			t.Errorf("GET %s answers %d, want %d", path, w.Code, want)
		}
	}
	w := httptest.NewRecorder()
	l.Handler().ServeHTTP(w, httptest.NewRequest("POST", "http://node.example/checkpoint", strings.NewReader("x")))
	if w.Code != http.StatusMethodNotAllowed {
		t.Errorf("POST answers %d", w.Code)
	}
}

func TestVerifiersAreReadAsWritten(t *testing.T) {
	l := openTest(t, t.TempDir())
	key := l.Verifier().String()
	v, err := ParseVerifier(key)
	if err != nil || v.String() != key || v.Origin != testOptions.Origin {
		t.Fatalf("%s reads as %+v, %v", key, v, err)
	}
	for _, bad := range []string{"", "x", key + "x", key + "+", " " + key, strings.Replace(key, "log+", "other+", 1),
		key[:len(key)-4] + "AAA=", strings.Replace(key, "+", "-", 1)} {
		if _, err := ParseVerifier(bad); err == nil {
			t.Errorf("%q is read as a key", bad)
		}
	}
}

func TestCheckpointTampered(t *testing.T) {
	l := openTest(t, t.TempDir())
	if _, err := l.Append(t.Context(), entries(0, 5)...); err != nil {
		t.Fatal(err)
	}
	cp, err := l.Published(t.Context(), 5)
	if err != nil {
		t.Fatal(err)
	}
	v := l.Verifier()
	rapid.Check(t, func(t *rapid.T) {
		raw := bytes.Clone(cp.Note)
		i := rapid.IntRange(0, len(raw)-1).Draw(t, "byte")
		raw[i] ^= byte(rapid.IntRange(1, 255).Draw(t, "flip"))
		// Base64 leaves unused bits at its end; only what reads the same may pass.
		if got, err := v.Open(raw); err == nil && (got.Size != cp.Size || got.Root != cp.Root) {
			t.Fatalf("a checkpoint with byte %d changed is valid: %q", i, raw)
		}
	})
	if _, err := (Verifier{Origin: v.Origin}).Open(cp.Note); err == nil {
		t.Error("a verifier without a key opens checkpoints")
	}
}

func TestRemoteLimits(t *testing.T) {
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, "checkpoint") {
			w.Write(make([]byte, maxCheckpoint+1))
			return
		}
		b := make([]byte, 1<<20)
		for range maxBundle/len(b) + 2 {
			if _, err := w.Write(b); err != nil {
				return
			}
		}
	}))
	defer srv.Close()
	r := Remote(srv.URL, Verifier{Origin: "x", Key: make([]byte, 32)}, nil)
	if _, err := r.Checkpoint(t.Context()); err == nil {
		t.Error("an oversized checkpoint is read")
	}
	if _, err := r.Entry(t.Context(), 0, 1); err == nil || !strings.Contains(err.Error(), "larger") {
		t.Errorf("an oversized bundle gives %v", err)
	}
}
