package ipfs

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/ipfs/go-cid"
	mh "github.com/multiformats/go-multihash"
)

// TestLargeBlocks keeps a block that is no document, fetches it by another node
// up to the limit it names, and refuses bytes that are others.
func TestLargeBlocks(t *testing.T) {
	a, b := start(t, t.TempDir()), start(t, t.TempDir())
	raw := bytes.Repeat([]byte("candor "), MaxBlock/7)
	c, err := cid.Prefix{Version: 1, Codec: cid.Raw, MhType: mh.SHA2_256, MhLength: 32}.Sum(raw)
	if err != nil {
		t.Fatal(err)
	}
	if err := a.PutBlock(t.Context(), c, raw[1:]); err == nil || !strings.Contains(err.Error(), "are others") {
		t.Errorf("other bytes are kept: %v", err)
	}
	if err := a.PutBlock(t.Context(), c, make([]byte, MaxBlock+1)); err == nil || !strings.Contains(err.Error(), "at most") {
		t.Errorf("too many bytes are kept: %v", err)
	}
	if err := a.PutBlock(t.Context(), c, raw); err != nil {
		t.Fatal(err)
	}
	connected(t, a, b)
	for _, n := range []*Node{a, b} {
		if got, err := n.GetBlock(t.Context(), c, MaxBlock); err != nil || !bytes.Equal(got, raw) {
			t.Errorf("%d bytes come, %v", len(got), err)
		}
		if _, err := n.GetBlock(t.Context(), c, len(raw)-1); err == nil || !strings.Contains(err.Error(), "at most") && !errors.Is(err, ErrNotDocument) {
			t.Errorf("more bytes than asked for come: %v", err)
		}
	}
	if has, err := b.store.Has(t.Context(), c); has || err != nil {
		t.Errorf("what was fetched is kept: %v, %v", has, err)
	}
}
