package denylist

import (
	"bytes"
	"context"
	"crypto/sha256"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"candor/graph"

	"github.com/ipfs/go-cid"
	mh "github.com/multiformats/go-multihash"
)

func doc(t *testing.T, text string) cid.Cid {
	t.Helper()
	c, err := graph.DocumentCID([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestParse(t *testing.T) {
	a, b := doc(t, "a"), doc(t, "b")
	old := cid.NewCidV0(b.Hash())
	inline, _ := mh.Encode([]byte("x"), mh.IDENTITY)
	sum := sha256.Sum256([]byte("x"))
	entries, err := Parse([]byte("# ours\n\n" + a.String() + "\tcourt order 7 of 2026  \r\n  " + old.String() + "\n" + a.String() + " again\n"))
	if err != nil || len(entries) != 2 {
		t.Fatalf("%v, %v", entries, err)
	}
	reasons := map[string]string{}
	for _, e := range entries {
		reasons[e.CID.String()] = e.Reason
	}
	if reasons[a.String()] != "court order 7 of 2026" || reasons[old.String()] != "" {
		t.Errorf("%v", reasons)
	}
	for name, tc := range map[string]struct{ text, want string }{
		"no CID":     {a.String() + "\nnonsense\n", `line 2 begins with "nonsense"`},
		"a path":     {"/ipfs/" + a.String(), "line 1 begins with"},
		"a hash":     {graph.Hash(sum).String(), "line 1 begins with"},
		"identity":   {cid.NewCidV1(cid.Raw, inline).String(), "line 1 names an identity CID"},
		"not UTF-8":  {"# \xff\n", "line 1 is not UTF-8"},
		"long words": {"\n" + a.String() + " " + strings.Repeat("x", maxReason+1), "line 2 has a reason of 301 bytes"},
	} {
		if _, err := Parse([]byte(tc.text)); err == nil || !strings.Contains(err.Error(), tc.want) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestDeniedInEveryForm: other versions and codecs of the same bytes are denied
// too, and the mirror gets the form that posts have.
func TestDeniedInEveryForm(t *testing.T) {
	c, other := doc(t, "a"), doc(t, "c")
	path := filepath.Join(t.TempDir(), "deny")
	list := cid.NewCidV0(c.Hash()).String() + "\n" + cid.NewCidV1(cid.Raw, other.Hash()).String()
	if err := os.WriteFile(path, []byte(list), 0o600); err != nil {
		t.Fatal(err)
	}
	l, err := Open(path, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	if !l.Holds(c.Hash()) || !l.Holds(other.Hash()) || l.Holds(doc(t, "b").Hash()) {
		t.Error("the wrong hashes are denied")
	}
	if d := l.Documents(); len(d) != 2 || !slices.ContainsFunc(d, c.Equals) || !slices.ContainsFunc(d, other.Equals) {
		t.Errorf("%v", d)
	}
}

func TestReload(t *testing.T) {
	a, b := doc(t, "a"), doc(t, "b")
	path := filepath.Join(t.TempDir(), "deny")
	at := time.Unix(1_700_000_000, 0)
	write := func(text string) {
		t.Helper()
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		at = at.Add(time.Second)
		if err := os.Chtimes(path, at, at); err != nil {
			t.Fatal(err)
		}
	}
	var told bytes.Buffer
	log := slog.New(slog.NewTextHandler(&told, nil))
	if _, err := Open(path, log); err == nil || !strings.Contains(err.Error(), "name a text file") {
		t.Fatalf("a list that is not there gives %v", err)
	}
	write("broken")
	if _, err := Open(path, log); err == nil || !strings.Contains(err.Error(), "line 1") {
		t.Fatalf("a bad list gives %v", err)
	}
	write(a.String())
	l, err := Open(path, log)
	if err != nil {
		t.Fatal(err)
	}
	changes := 0
	l.Changed(func() { changes++ })
	holds := func(what string, wantA, wantB bool, wantChanges int) {
		t.Helper()
		l.Reload()
		if l.Holds(a.Hash()) != wantA || l.Holds(b.Hash()) != wantB || changes != wantChanges {
			t.Errorf("%s: a %v, b %v, %d changes", what, l.Holds(a.Hash()), l.Holds(b.Hash()), changes)
		}
	}
	holds("unchanged", true, false, 0)
	write(b.String() + " spam")
	holds("changed", false, true, 1)
	write(a.String() + "\n" + "oops")
	holds("a bad line", false, true, 1)
	holds("a bad line, seen again", false, true, 1)
	if n := strings.Count(told.String(), "line 2"); n != 1 {
		t.Errorf("it is told %d times: %s", n, &told)
	}
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	holds("gone", false, true, 1)
	write("")
	holds("empty", false, false, 2)

	ctx, stop := context.WithCancel(t.Context())
	done := make(chan struct{})
	changed := make(chan struct{})
	l.Changed(func() { close(changed) })
	go func() { defer close(done); l.Watch(ctx, time.Millisecond) }()
	write(a.String())
	<-changed
	stop()
	<-done
	if !l.Holds(a.Hash()) {
		t.Error("Watch did not take the change over")
	}
}

func TestNoList(t *testing.T) {
	l, err := Open("", slog.New(slog.DiscardHandler))
	if err != nil || l.Holds(doc(t, "a").Hash()) || len(l.Entries()) != 0 {
		t.Fatalf("%v", err)
	}
	l.Watch(t.Context(), time.Hour) // returns at once
}

func FuzzParse(f *testing.F) {
	f.Add([]byte("# x\nbafkreib \xff"))
	f.Fuzz(func(t *testing.T, b []byte) {
		entries, err := Parse(b)
		if err != nil {
			return
		}
		for i, e := range entries {
			if !e.CID.Defined() || len(e.Reason) > maxReason || i > 0 && bytes.Compare(entries[i-1].CID.Hash(), e.CID.Hash()) >= 0 {
				t.Fatalf("entry %d of %q", i, b)
			}
		}
	})
}
