package main

import (
	"fmt"
	"os"
	"testing"

	"candor/zkcommit"
)

// Each version of each plugin has a salt of its own, which stays: what is revealed of
// one opens no other.
func TestSaltsAreOfOneVersion(t *testing.T) {
	n := &node{dir: t.TempDir()}
	of := map[zkcommit.Salt]string{}
	for range 2 {
		for _, slug := range []string{"a", "a-1", "b"} {
			for _, version := range []uint32{1, 2, 11, 21} {
				salt, err := n.salt(slug, version)
				if err != nil {
					t.Fatal(err)
				}
				who := fmt.Sprintf("version %d of %s", version, slug)
				if other, ok := of[salt]; ok && other != who {
					t.Errorf("%s has the salt of %s", who, other)
				}
				of[salt] = who
				if info, err := os.Stat(saltFile(n.dir, slug, version)); err != nil || info.Mode().Perm()&0o077 != 0 {
					t.Errorf("the salt's file is open to others: %v, %v", info.Mode(), err)
				}
			}
		}
	}
	if len(of) != 12 {
		t.Errorf("12 versions have %d salts: they do not stay", len(of))
	}
}
