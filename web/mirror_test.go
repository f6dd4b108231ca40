package web

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"candor/graph"
	"candor/graph/embed/embedtest"
	"candor/graph/fold"
)

// statuses are those of an entry, by their names in the API.
var statuses = map[string]graph.Status{"present": graph.Present, "unavailable": graph.Unavailable, "withheld": graph.Withheld, "removed": graph.Removed}

// read is the proof that an answer holds.
func (m mirrorProof) read() graph.MirrorProof {
	return graph.MirrorProof{Entry: graph.MirrorEntry{ID: m.Entry.ID, Status: statuses[m.Entry.Status], Embedding: m.Entry.Embedding},
		Index: m.Index, Entries: m.Count, Path: m.Proof}
}

func proofPath(at interface{ Block() graph.Block }, id graph.PostID) string {
	return fmt.Sprintf("/api/v1/mirror/%d/%s", at.Block().Number, id)
}

// TestMirrorProofs reads the entry of every post from its words in JSON alone, and
// proves it.
func TestMirrorProofs(t *testing.T) {
	w := embedtest.New(t)
	var ids []graph.PostID
	for i := range 6 {
		ids = append(ids, w.Post(i, strings.Repeat("Hello. ", i+1)))
	}
	ids = append(ids, w.Missing(1))
	w.Withhold(ids[2], false)
	snap := w.Snapshot()
	s := server(t, nil)
	s.Mirror = mirror{snap}
	root, err := snap.MirrorRoot()
	if err != nil {
		t.Fatal(err)
	}
	for i, id := range ids {
		status, body, _ := ask(t, s, "GET", proofPath(snap, id), "", "")
		var m mirrorProof
		d := json.NewDecoder(strings.NewReader(body))
		d.DisallowUnknownFields()
		if err := d.Decode(&m); err != nil || status != 200 {
			t.Fatalf("%s: %d %s", id, status, body)
		}
		if m.Root != root || m.Block != snap.Block().Number || m.BlockHash != snap.Block().Hash || m.Index != uint64(i) || m.Count != 7 || m.Entry.ID != id {
			t.Errorf("%s: %s", id, body)
		}
		if err := m.read().Verify(root); err != nil {
			t.Errorf("%s: %v", id, err)
		}
		want := graph.Present
		switch i {
		case 2:
			want = graph.Withheld
		case 6:
			want = graph.Unavailable
		}
		if got := statuses[m.Entry.Status]; got != want || (m.Entry.Embedding == graph.Hash{}) != (want != graph.Present) {
			t.Errorf("%s is %s with the embedding %s, want %s", id, m.Entry.Status, m.Entry.Embedding, want)
		}
		// Nothing in it may be another.
		for b := range m.Root {
			lie := m.read()
			lie.Entry.Embedding[b] ^= 1
			if lie.Verify(root) == nil {
				t.Errorf("%s: byte %d of the embedding's digest may be another", id, b)
			}
		}
	}
}

// A mirror of one post has a path that is an empty list, never null.
func TestTheOnlyPostHasAnEmptyPath(t *testing.T) {
	w := embedtest.New(t)
	id := w.Post(1, "Hello.")
	s, snap := server(t, nil), w.Snapshot()
	s.Mirror = mirror{snap}
	if status, body, _ := ask(t, s, "GET", proofPath(snap, id), "", ""); status != 200 || !strings.Contains(body, `"proof":[]`) {
		t.Errorf("%d %s", status, body)
	}
}

// wrong is a snapshot whose mirror does not fit its root.
type wrong struct {
	*fold.Snapshot
	change func(*graph.MirrorProof)
	err    error
}

func (w wrong) MirrorProof(id graph.PostID) (graph.MirrorProof, error) {
	p, err := w.Snapshot.MirrorProof(id)
	w.change(&p)
	return p, errors.Join(err, w.err)
}

// What does not prove anything is not served, and the operator hears of it.
func TestNoMirrorProofThatProvesNothing(t *testing.T) {
	w := embedtest.New(t)
	id, other := w.Post(1, "Hello."), w.Post(2, "Goodbye.")
	snap := w.Snapshot()
	for name, c := range map[string]struct {
		change func(*graph.MirrorProof)
		err    error
		status int
		said   string
	}{
		"as it is":       {func(*graph.MirrorProof) {}, nil, 200, ""},
		"another status": {func(p *graph.MirrorProof) { p.Entry.Status = graph.Removed }, nil, 500, "not under the mirror root"},
		"another post": {func(p *graph.MirrorProof) {
			*p, _ = snap.MirrorProof(other)
		}, nil, 500, "is of post"},
		"reorganised": {func(*graph.MirrorProof) {}, graph.Later("the chain was reorganised: ask again"), 503, ""},
	} {
		var log bytes.Buffer
		s := server(t, nil)
		s.Mirror, s.Logger = mirror{wrong{snap, c.change, c.err}}, slog.New(slog.NewTextHandler(&log, nil))
		status, body, _ := ask(t, s, "GET", proofPath(snap, id), "", "")
		if status != c.status || status == 500 && strings.Contains(body, "mirror") || !strings.Contains(log.String(), c.said) {
			t.Errorf("%s: %d %s, and the log says %q", name, status, body, log.String())
		}
	}
}

// slow is a snapshot whose proofs take as long as the test likes.
type slow struct {
	*fold.Snapshot
	begun   chan<- struct{}
	release <-chan struct{}
}

func (s slow) MirrorProof(id graph.PostID) (graph.MirrorProof, error) {
	s.begun <- struct{}{}
	<-s.release
	return s.Snapshot.MirrorProof(id)
}

// However many ask at once, few proofs are made at a time; those who wait get
// theirs, or hear that the node is busy.
func TestMirrorProofsWait(t *testing.T) {
	const askers = atOnce + 4
	w := embedtest.New(t)
	id := w.Post(1, "Hello.")
	begun, release, answers := make(chan struct{}, askers), make(chan struct{}), make(chan int, askers)
	s := server(t, nil)
	snap := w.Snapshot()
	s.Mirror = mirror{slow{snap, begun, release}}
	get := func() {
		res, err := s.app.Test(httptest.NewRequest(http.MethodGet, proofPath(snap, id), nil), -1)
		if err != nil {
			answers <- 0
			return
		}
		res.Body.Close()
		answers <- res.StatusCode
	}
	for range askers {
		go get()
	}
	for range atOnce {
		select {
		case <-begun:
		case status := <-answers:
			t.Fatalf("one is answered before its proof is made: %d", status)
		}
	}
	select {
	case <-begun:
		t.Errorf("more than %d proofs are made at once", atOnce)
	case <-time.After(200 * time.Millisecond):
	}
	close(release)
	for range askers {
		if status := <-answers; status != http.StatusOK {
			t.Errorf("one who waited got %d", status)
		}
	}
	// And who would wait for ever is told.
	for range atOnce {
		s.proving <- struct{}{}
	}
	ctx, stop := context.WithCancel(context.Background())
	s.life = ctx
	time.AfterFunc(50*time.Millisecond, stop)
	if get(); <-answers != http.StatusServiceUnavailable {
		t.Error("who waited in vain is not told that the node is busy")
	}
}
