package sqlite_test

import (
	"slices"
	"testing"

	"candor/store/storetest"

	"github.com/ipfs/go-cid"
)

// TestNamed: a document is needed as long as a block of the window shows it, and
// one that was withdrawn before is another thing than one that was never named.
func TestNamed(t *testing.T) {
	post, name, another, never := storetest.Text("gone").CID, storetest.Name("gone").CID, storetest.Name("another").CID, storetest.Text("never").CID
	for blocks, want := range map[int][2][]cid.Cid{
		0:   {{post, name, another}, nil},
		255: {{post, name, another}, nil},
		256: {{another}, {post, name}},
		300: {{another}, {post, name}},
	} {
		dir := t.TempDir()
		storetest.Withdraw(t, openStore, dir, "gone", blocks)
		m := openMirror(t, dir)
		needed, withdrawn, err := m.Named(t.Context(), []cid.Cid{never, post, name, another})
		if err != nil {
			t.Fatal(err)
		}
		if !same(needed, want[0]) || !same(withdrawn, want[1]) {
			t.Errorf("after %d blocks %v are needed and %v withdrawn", blocks, needed, withdrawn)
		}
		if err := m.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

func same(a, b []cid.Cid) bool {
	order := func(a, b cid.Cid) int { return slices.Compare(a.Bytes(), b.Bytes()) }
	return slices.Equal(slices.SortedFunc(slices.Values(a), order), slices.SortedFunc(slices.Values(b), order))
}
