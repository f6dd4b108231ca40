package witness

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/transparency-dev/formats/log"
	"github.com/transparency-dev/merkle/rfc6962"
	"golang.org/x/mod/sumdb/note"
	"pgregory.net/rapid"

	"candor/zkcommit"
	"candor/zkcommit/tlog"
)

var seed = [32]byte{7}

const origin = "log.example/runs"

// paper is a log in memory, of whatever leaves a test says.
type paper struct {
	signer note.Signer
	key    tlog.Verifier
	leaves [][]byte
}

// Verifier implements Log.
func (l *paper) Verifier() tlog.Verifier { return l.key }

func newPaper(t testing.TB, origin string, leaves ...string) *paper {
	t.Helper()
	l := &paper{}
	s, v, err := tlog.Signer(origin, seed)
	if err != nil {
		t.Fatal(err)
	}
	l.signer, l.key = s, v
	l.add(leaves...)
	return l
}

func (l *paper) add(leaves ...string) {
	for _, s := range leaves {
		l.leaves = append(l.leaves, rfc6962.DefaultHasher.HashLeaf([]byte(s)))
	}
}

// rootOf is RFC 6962's tree hash, by its definition.
func rootOf(leaves [][]byte) []byte {
	switch len(leaves) {
	case 0:
		return rfc6962.DefaultHasher.EmptyRoot()
	case 1:
		return leaves[0]
	}
	k := split(len(leaves))
	return rfc6962.DefaultHasher.HashChildren(rootOf(leaves[:k]), rootOf(leaves[k:]))
}

func split(n int) int {
	k := 1
	for 2*k < n {
		k *= 2
	}
	return k
}

// path is the consistency proof from the first m leaves, by its definition.
func path(leaves [][]byte, m int, whole bool) [][]byte {
	if m == len(leaves) {
		if whole {
			return nil
		}
		return [][]byte{rootOf(leaves)}
	}
	if k := split(len(leaves)); m <= k {
		return append(path(leaves[:k], m, whole), rootOf(leaves[k:]))
	} else {
		return append(path(leaves[k:], m-k, false), rootOf(leaves[:k]))
	}
}

func (l *paper) checkpoint(t testing.TB, size int) []byte {
	t.Helper()
	return l.sign(t, log.Checkpoint{Origin: l.key.Origin, Size: uint64(size), Hash: rootOf(l.leaves[:size])}.Marshal())
}

func (l *paper) sign(t testing.TB, text []byte) []byte {
	t.Helper()
	b, err := note.Sign(&note.Note{Text: string(text)}, l.signer)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// Checkpoint and Consistency implement Log.
func (l *paper) Checkpoint(context.Context) (tlog.Checkpoint, error) {
	raw, err := note.Sign(&note.Note{Text: string(log.Checkpoint{Origin: l.key.Origin, Size: uint64(len(l.leaves)), Hash: rootOf(l.leaves)}.Marshal())}, l.signer)
	if err != nil {
		return tlog.Checkpoint{}, err
	}
	return l.key.Open(raw)
}

func (l *paper) Consistency(_ context.Context, from, to uint64) ([][]byte, error) {
	return path(l.leaves[:to], int(from), true), nil
}

func newTestKey(t testing.TB) Key {
	t.Helper()
	k, err := NewKey("witness.example/w1")
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func open(t testing.TB, dir string, k Key, logs ...tlog.Verifier) *Witness {
	t.Helper()
	w, err := Open(dir, k, logs, func(s string) { t.Log(s) })
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// post sends a request as it stands.
func post(t testing.TB, w *Witness, body []byte) *httptest.ResponseRecorder {
	t.Helper()
	rw := httptest.NewRecorder()
	w.Handler().ServeHTTP(rw, httptest.NewRequest("POST", "http://witness.example/add-checkpoint", bytes.NewReader(body)))
	return rw
}

// Each answer that the protocol names, and what the witness remembers afterwards.
func TestAnswers(t *testing.T) {
	l := newPaper(t, origin, "a", "b", "c", "d", "e", "f", "g")
	fork := newPaper(t, origin, "a", "b", "C", "d", "e", "f", "g")
	stranger := newPaper(t, "stranger.example/log", "a")
	k := newTestKey(t)
	w := open(t, t.TempDir(), k, l.key)
	forged := append(bytes.Clone(l.checkpoint(t, 5)[:len(l.checkpoint(t, 5))-8]), []byte("AAAAAA=\n")...)
	foreign := bytes.Replace(l.checkpoint(t, 5), []byte("— "+origin), []byte("— other.example/log"), 1)
	twice := append(l.checkpoint(t, 5), l.checkpoint(t, 5)[bytes.Index(l.checkpoint(t, 5), []byte("— ")):]...)
	text := func(s string) []byte { return l.sign(t, []byte(origin+"\n"+s)) }
	root := base64.StdEncoding.EncodeToString(rootOf(l.leaves[:5]))
	for _, x := range []struct {
		name string
		old  uint64
		path [][]byte
		cp   []byte
		want int
		size uint64 // remembered afterwards
	}{
		{"an unknown log", 0, nil, stranger.checkpoint(t, 1), 404, 0},
		{"no signature of the log's key", 0, nil, foreign, 403, 0},
		{"a forged signature", 0, nil, forged, 403, 0},
		{"no note", 0, nil, []byte(origin + "\n5\n" + root + "\n"), 400, 0},
		{"no size", 0, nil, text("five\n" + root + "\n"), 400, 0},
		{"a size with a zero before it", 0, nil, text("05\n" + root + "\n"), 400, 0},
		{"a short root", 0, nil, text("5\nAAAA\n"), 400, 0},
		{"an old size above the new", 6, nil, l.checkpoint(t, 5), 400, 0},
		{"an old size that was not cosigned", 2, path(l.leaves[:5], 2, true), l.checkpoint(t, 5), 409, 0},
		{"a proof from the empty tree", 0, [][]byte{rootOf(l.leaves[:1])}, l.checkpoint(t, 5), 422, 0},
		{"an empty tree with a root", 0, nil, text("0\n" + root + "\n"), 422, 0},
		{"an empty tree", 0, nil, l.checkpoint(t, 0), 200, 0},
		{"a first tree", 0, nil, l.checkpoint(t, 3), 200, 3},
		{"the same again", 3, nil, l.checkpoint(t, 3), 200, 3},
		{"the same with a proof", 3, [][]byte{rootOf(l.leaves[:1])}, l.checkpoint(t, 3), 422, 3},
		{"a fork of one size", 3, nil, fork.checkpoint(t, 3), 422, 3},
		{"a smaller tree", 2, nil, l.checkpoint(t, 2), 409, 3},
		{"from the beginning again", 0, nil, l.checkpoint(t, 5), 409, 3},
		{"growth without a proof", 3, nil, l.checkpoint(t, 5), 422, 3},
		{"growth by a wrong proof", 3, path(l.leaves[:6], 3, true), l.checkpoint(t, 5), 422, 3},
		{"growth of a fork", 3, path(fork.leaves[:5], 3, true), fork.checkpoint(t, 5), 422, 3},
		{"growth", 3, path(l.leaves[:5], 3, true), l.checkpoint(t, 5), 200, 5},
		{"lines behind the root", 5, path(l.leaves[:7], 5, true), text("7\n" + base64.StdEncoding.EncodeToString(rootOf(l.leaves)) + "\nmore\n"), 200, 7},
		{"signed twice by one key", 5, nil, twice, 409, 7},
	} {
		rw := post(t, w, request{x.old, x.path, x.cp}.bytes())
		if rw.Code != x.want || w.Size(origin) != x.size {
			t.Errorf("%s: answers %d and remembers %d, expected %d and %d: %s", x.name, rw.Code, w.Size(origin), x.want, x.size, rw.Body)
			continue
		}
		switch rw.Code {
		case 200:
			if at, err := k.Cosigned(append(bytes.Clone(x.cp), rw.Body.Bytes()...)); err != nil || time.Since(time.Unix(int64(at), 0)).Abs() > time.Hour {
				t.Errorf("%s: the cosignature does not hold: %v, of %d", x.name, err, at)
			}
		case 409:
			if got := rw.Body.String(); got != fmt.Sprintf("%d\n", x.size) || rw.Header().Get("Content-Type") != "text/x.tlog.size" {
				t.Errorf("%s: the conflict says %q, %v", x.name, got, rw.Header())
			}
		}
	}
	kept, err := os.ReadFile(filepath.Join(w.logs[origin].dir, "fork"))
	if err != nil || !bytes.Equal(kept, fork.checkpoint(t, 3)) {
		t.Errorf("the proof of two trees is not kept: %q, %v", kept, err)
	}
}

func TestMalformedRequests(t *testing.T) {
	l := newPaper(t, origin, "a", "b")
	w := open(t, t.TempDir(), newTestKey(t), l.key)
	cp := string(l.checkpoint(t, 2))
	h := base64.StdEncoding.EncodeToString(make([]byte, 32))
	for name, body := range map[string]string{
		"nothing": "", "no old size": "\n\n" + cp, "old size first": "old\n\n" + cp, "a negative size": "old -1\n\n" + cp,
		"two spellings of a size": "old 00\n\n" + cp, "a size with a sign": "old +0\n\n" + cp, "a size too large": "old 18446744073709551616\n\n" + cp,
		"carriage returns": "old 0\r\n\r\n" + cp, "no empty line": "old 0\n" + cp,
		"a hash with a space": "old 0\n" + h + " \n\n" + cp, "a short hash": "old 0\nAAAA\n\n" + cp,
		"a hash in two lines": "old 0\n" + h[:20] + "\r" + h[20:] + "\n\n" + cp,
		"too many hashes":     "old 0\n" + strings.Repeat(h+"\n", maxPath+1) + "\n" + cp,
	} {
		if rw := post(t, w, []byte(body)); rw.Code != 400 && rw.Code != 404 {
			t.Errorf("%s: answers %d %s", name, rw.Code, rw.Body)
		}
		if w.Size(origin) != 0 {
			t.Fatalf("%s was cosigned", name)
		}
	}
	if rw := post(t, w, make([]byte, maxRequest+1)); rw.Code != http.StatusRequestEntityTooLarge {
		t.Errorf("a huge request: answers %d", rw.Code)
	}
	rw := httptest.NewRecorder()
	w.Handler().ServeHTTP(rw, httptest.NewRequest("GET", "http://witness.example/add-checkpoint", nil))
	if rw.Code == 200 {
		t.Error("a checkpoint is added by GET")
	}
}

// What a monitor gets is what was cosigned, with both signatures, after a restart too.
func TestMonitorsSeeWhatWasCosigned(t *testing.T) {
	l := newPaper(t, origin, "a", "b", "c")
	k, dir := newTestKey(t), t.TempDir()
	w := open(t, dir, k, l.key)
	get := func(w *Witness, origin string) *httptest.ResponseRecorder {
		rw := httptest.NewRecorder()
		w.Handler().ServeHTTP(rw, httptest.NewRequest("GET", fmt.Sprintf("http://witness.example/%x/checkpoint", sha256.Sum256([]byte(origin))), nil))
		return rw
	}
	if rw := get(w, origin); rw.Code != 404 {
		t.Errorf("before the first: %d", rw.Code)
	}
	// A line of the log's own that the witness cannot read stays, a stranger's goes.
	mine := "— " + origin + " " + base64.StdEncoding.EncodeToString([]byte("\xff\xff\xff\xffsecond signature")) + "\n"
	theirs := "— stranger.example " + base64.StdEncoding.EncodeToString([]byte("\xfe\xff\xff\xffanything")) + "\n"
	if rw := post(t, w, request{0, nil, append(l.checkpoint(t, 2), mine+theirs...)}.bytes()); rw.Code != 200 {
		t.Fatal(rw.Code, rw.Body)
	}
	for name, w := range map[string]*Witness{"at once": w, "after a restart": open(t, dir, k, l.key)} {
		cp := get(w, origin).Body.Bytes()
		h, err := l.key.Open(cp)
		if err != nil || h.Size != 2 || !bytes.Contains(cp, []byte(mine)) || bytes.Contains(cp, []byte("stranger")) {
			t.Errorf("%s: %q, %v", name, cp, err)
		}
		if _, err := k.Cosigned(cp); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if get(w, "another.example/log").Code != 404 {
			t.Errorf("%s: a log that it does not know is served", name)
		}
	}
	// What it remembers binds it after a restart.
	w = open(t, dir, k, l.key)
	if rw := post(t, w, request{0, nil, l.checkpoint(t, 3)}.bytes()); rw.Code != 409 {
		t.Errorf("a witness begins anew after a restart: %d", rw.Code)
	}
}

// A witness does not go on from what it cannot have written.
func TestDamagedMemoryStopsIt(t *testing.T) {
	l := newPaper(t, origin, "a", "b", "c")
	k := newTestKey(t)
	for name, spoil := range map[string]func(dir string, kept []byte) []byte{
		"emptied":                 func(_ string, b []byte) []byte { return nil },
		"cut off":                 func(_ string, b []byte) []byte { return b[:len(b)/2] },
		"rolled back by the log":  func(_ string, b []byte) []byte { return l.checkpoint(t, 1) },
		"another witness's":       func(dir string, b []byte) []byte { return cosigned(t, l, 2) },
		"of another log, renamed": func(dir string, b []byte) []byte { return cosigned(t, newPaper(t, "x.example", "a", "b"), 2) },
	} {
		dir := t.TempDir()
		w := open(t, dir, k, l.key)
		if _, err := w.Add(0, nil, l.checkpoint(t, 2)); err != nil {
			t.Fatal(err)
		}
		path := w.logs[origin].path()
		kept, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, spoil(dir, kept), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := Open(dir, k, []tlog.Verifier{l.key}, nil); err == nil {
			t.Errorf("a memory %s is believed", name)
		}
	}
	other := l.key
	other.Key = bytes.Repeat([]byte{1}, 32)
	if _, err := Open(t.TempDir(), k, []tlog.Verifier{l.key, other}, nil); err == nil {
		t.Error("a log has two keys")
	}
}

func cosigned(t *testing.T, l *paper, size int) []byte {
	w := open(t, t.TempDir(), newTestKey(t), l.key)
	if _, err := w.Add(0, nil, l.checkpoint(t, size)); err != nil {
		t.Fatal(err)
	}
	return w.logs[l.key.Origin].note
}

// Of two histories that are sent at the same moment one is cosigned, whatever happens.
func TestOneOfTwoHistories(t *testing.T) {
	for range 20 {
		a, b := newPaper(t, origin, "a", "b"), newPaper(t, origin, "a", "B", "c")
		w := open(t, t.TempDir(), newTestKey(t), a.key)
		var done sync.WaitGroup
		var taken [2]bool
		for i, l := range []*paper{a, b} {
			done.Go(func() {
				_, err := w.Add(0, nil, l.checkpoint(t, len(l.leaves)))
				taken[i] = err == nil
				if no := (Refusal{}); err != nil && (!errors.As(err, &no) || no.Status != 409) {
					t.Error(err)
				}
			})
		}
		done.Wait()
		if taken[0] == taken[1] {
			t.Fatalf("cosigned: %v", taken)
		}
	}
}

// However a log grows and whoever lies: what a witness cosigned is one history.
func TestCosignedTreesAreOneHistory(t *testing.T) {
	k := newTestKey(t)
	rapid.Check(t, func(t *rapid.T) {
		logs := []*paper{{}, {}}
		for i := range logs {
			s, v, err := tlog.Signer(origin, seed)
			if err != nil {
				t.Fatal(err)
			}
			logs[i].signer, logs[i].key = s, v
		}
		common := rapid.IntRange(0, 6).Draw(t, "common")
		for i := range 24 {
			logs[0].add(fmt.Sprint("leaf ", i))
			if i < common {
				logs[1].add(fmt.Sprint("leaf ", i))
			} else {
				logs[1].add(fmt.Sprint("other ", i))
			}
		}
		dir, err := os.MkdirTemp("", "witness")
		if err != nil {
			t.Fatal(err)
		}
		defer os.RemoveAll(dir)
		w, err := Open(dir, k, []tlog.Verifier{logs[0].key}, nil)
		if err != nil {
			t.Fatal(err)
		}
		var signed [2]int // the largest size of each history
		for range rapid.IntRange(1, 12).Draw(t, "requests") {
			i := rapid.IntRange(0, 1).Draw(t, "history")
			size := rapid.IntRange(0, 24).Draw(t, "size")
			old := rapid.SampledFrom([]int{int(w.Size(origin)), size, 0}).Draw(t, "old")
			var p [][]byte
			if old > 0 && old <= size {
				p = path(logs[i].leaves[:size], old, true)
			}
			n, err := note.Sign(&note.Note{Text: string(log.Checkpoint{Origin: origin, Size: uint64(size), Hash: rootOf(logs[i].leaves[:size])}.Marshal())}, logs[i].signer)
			if err != nil {
				t.Fatal(err)
			}
			before := w.Size(origin)
			if _, err := w.Add(uint64(old), p, n); err == nil {
				if uint64(size) < before {
					t.Fatalf("a tree of %d is cosigned after one of %d", size, before)
				}
				signed[i] = max(signed[i], size)
			}
		}
		if signed[0] > common && signed[1] > common {
			t.Fatalf("two histories are cosigned, of %d and %d entries, that part after %d", signed[0], signed[1], common)
		}
	})
}

func FuzzRequest(f *testing.F) {
	l := newPaper(f, origin, "a", "b", "c")
	f.Add(request{1, path(l.leaves, 1, true), l.checkpoint(f, 3)}.bytes())
	f.Add([]byte("old 0\n\nx"))
	w := open(f, f.TempDir(), newTestKey(f), l.key)
	f.Fuzz(func(t *testing.T, b []byte) {
		if q, err := parseRequest(b); err == nil && !bytes.Equal(q.bytes(), b) {
			t.Errorf("%q is read as %q", b, q.bytes())
		}
		if rw := post(t, w, b); rw.Code >= 500 {
			t.Errorf("%q answers %d", b, rw.Code)
		}
	})
}

func TestKeysAreReadAsWritten(t *testing.T) {
	k := newTestKey(t)
	again, err := ParseKey(k.Secret())
	if err != nil || again.String() != k.String() {
		t.Fatalf("%v, %v", again, err)
	}
	c, err := zkcommit.ParseCosigner(k.String())
	if err != nil || c.String() != k.String() {
		t.Fatalf("%v, %v", c, err)
	}
	if p, err := ParsePeer("https://witness.example/=" + k.String()); err != nil || p.URL != "https://witness.example" || p.String() != k.String() {
		t.Errorf("%+v, %v", p, err)
	}
	l := newPaper(t, origin)
	for _, bad := range []string{"", "x", k.String() + "=", " " + k.String(), strings.Replace(k.String(), "w1+", "w2+", 1), l.key.String(), k.Secret()} {
		if _, err := zkcommit.ParseCosigner(bad); err == nil {
			t.Errorf("%q is read as a witness's key", bad)
		}
		if _, err := ParsePeer("https://witness.example=" + bad); err == nil {
			t.Errorf("%q is read as a witness's key", bad)
		}
	}
	for _, bad := range []string{"", k.String(), k.Secret() + "A", strings.Replace(k.Secret(), "w1+", "w2+", 1)} {
		if _, err := ParseKey(bad); err == nil {
			t.Errorf("%q is read as a secret key", bad)
		}
	}
	for _, bad := range []string{k.String(), "ftp://x=" + k.String(), "witness.example=" + k.String()} {
		if _, err := ParsePeer(bad); err == nil {
			t.Errorf("%q is read as a witness", bad)
		}
	}
	if _, err := NewKey("two words"); err == nil {
		t.Error("a name has a space")
	}
	if k, err := NewKey(""); err != nil || !strings.HasPrefix(k.Name, "candor.local/witness/") {
		t.Errorf("%v, %v", k.Name, err)
	}
}
