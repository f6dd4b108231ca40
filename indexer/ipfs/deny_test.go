package ipfs

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"sync"
	"testing"
	"time"

	"github.com/ipfs/go-cid"
	mh "github.com/multiformats/go-multihash"
)

// denial is a denylist that tests change.
type denial struct {
	mu  sync.Mutex
	set map[string]bool
}

func (d *denial) deny(cs ...cid.Cid) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.set = map[string]bool{}
	for _, c := range cs {
		d.set[string(c.Hash())] = true
	}
}

func (d *denial) Holds(h mh.Multihash) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.set[string(h)]
}

func (d *denial) Hashes() (out []mh.Multihash) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for h := range d.set {
		out = append(out, mh.Multihash(h))
	}
	return out
}

// TestDeniedIsNeitherFetchedNorKeptNorServed follows a document through a
// denial, the change of the list and its end, with a peer and the gateway watching.
func TestDeniedIsNeitherFetchedNorKeptNorServed(t *testing.T) {
	d := &denial{}
	n, err := Open(t.Context(), Config{Dir: t.TempDir(), Timeout: 300 * time.Millisecond, Denylist: d})
	if err != nil {
		t.Fatal(err)
	}
	defer n.Close()
	other := start(t, t.TempDir())
	other.timeout = 300 * time.Millisecond
	connected(t, n, other)
	doc, c := post(t, "on both sides")
	if _, err := n.Put(t.Context(), doc); err != nil {
		t.Fatal(err)
	}
	raw := cid.NewCidV1(cid.Raw, c.Hash())
	served := func(c cid.Cid) bool {
		r, err := http.Get(n.Gateway() + "/ipfs/" + c.String() + "?format=raw")
		if err != nil {
			t.Fatal(err)
		}
		defer r.Body.Close()
		b, _ := io.ReadAll(r.Body)
		return r.StatusCode == 200 || bytes.Contains(b, doc)
	}
	if !served(c) || !served(raw) {
		t.Fatal("it is not served before the denial")
	}
	d.deny(c)
	if served(c) || served(raw) {
		t.Error("the gateway serves it")
	}
	if _, err := other.Get(t.Context(), c); !errors.Is(err, ErrUnavailable) {
		t.Errorf("a peer gets %v", err)
	}
	if _, err := n.Get(t.Context(), c); !errors.Is(err, ErrWithheld) {
		t.Errorf("Get gives %v", err)
	}
	if _, err := n.Put(t.Context(), doc); !errors.Is(err, ErrWithheld) {
		t.Errorf("Put gives %v", err)
	}
	if err := n.Withhold(t.Context()); err != nil {
		t.Fatal(err)
	}
	d.deny()
	if ok, err := n.store.Has(t.Context(), c); ok || err != nil {
		t.Errorf("it is still on disk: %v, %v", ok, err)
	}
	// What is denied is not asked for, whoever has it.
	if _, err := other.Put(t.Context(), doc); err != nil {
		t.Fatal(err)
	}
	d.deny(c)
	if _, err := n.Get(t.Context(), c); !errors.Is(err, ErrWithheld) {
		t.Errorf("Get gives %v", err)
	}
	d.deny()
	if got, err := n.Get(t.Context(), c); err != nil || !bytes.Equal(got, doc) {
		t.Errorf("after the denial Get gives %q, %v", got, err)
	}
}

// Of a denied file that is larger than pictures are the list goes at once, and the parts in
// the collector's next round.
func TestDeniedLargeFilesGoWhole(t *testing.T) {
	d := &denial{}
	n, err := Open(t.Context(), Config{Dir: t.TempDir(), Denylist: d})
	if err != nil {
		t.Fatal(err)
	}
	defer n.Close()
	body := make([]byte, MaxFile+3*chunk)
	for i := range body {
		body[i] = byte(i / chunk) // or all parts were one
	}
	bs, err := layout(body)
	if err != nil {
		t.Fatal(err)
	}
	for _, b := range bs {
		if err := n.PutBlock(t.Context(), b.Cid(), b.RawData()); err != nil {
			t.Fatal(err)
		}
	}
	root := bs[len(bs)-1].Cid()
	d.deny(root)
	if err := n.Withhold(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := n.PutBlock(t.Context(), root, bs[len(bs)-1].RawData()); !errors.Is(err, ErrWithheld) {
		t.Errorf("it is put again: %v", err)
	}
	if _, err := n.collect(t.Context(), collector(newNames()), time.Now()); err != nil {
		t.Fatal(err)
	}
	d.deny()
	for i, b := range bs {
		if ok, err := n.store.Has(t.Context(), b.Cid()); ok || err != nil {
			t.Errorf("block %d is still on disk: %v", i, err)
		}
	}
}
