package tlog

import (
	"errors"
	"testing"
)

// All gives the entries of a checkpoint's tree, and knows when they are those of another.
func TestAllIsTheSignedTree(t *testing.T) {
	l := openTest(t, t.TempDir())
	if _, err := l.Append(t.Context(), entries(0, 300)...); err != nil {
		t.Fatal(err)
	}
	head, err := l.Published(t.Context(), 300)
	if err != nil {
		t.Fatal(err)
	}
	n := uint64(0)
	count := func(i uint64, e []byte) error {
		if i != n || string(e) != string(entry(int(i))) {
			t.Fatalf("entry %d is %q", i, e)
		}
		n++
		return nil
	}
	if err := l.All(t.Context(), head, count); err != nil || n != 300 {
		t.Fatalf("%d entries: %v", n, err)
	}
	for _, size := range []uint64{256, 0} { // the root is that of 300
		n = 0
		if err := l.All(t.Context(), Checkpoint{Size: size, Root: head.Root}, count); !errors.Is(err, ErrTree) {
			t.Errorf("%d entries pass for the tree of 300: %v", size, err)
		}
	}
}
