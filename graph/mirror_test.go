package graph

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func mirrorOf(n int) []MirrorEntry {
	entries := make([]MirrorEntry, n)
	for i := range entries {
		entries[i] = MirrorEntry{ID: Position{Block: uint64(i + 1)}, Status: Present, Embedding: Hash{byte(i), byte(i >> 8)}}
	}
	return entries
}

// TestMirrorProofs proves every entry of mirrors of every size, and nothing else by
// the same proof: not at another place, not of another entry, not under another
// root, and not by another path.
func TestMirrorProofs(t *testing.T) {
	for n := range 66 {
		entries := mirrorOf(n)
		root := MirrorRoot(entries)
		if ProveMirror(entries, uint64(n)) != nil {
			t.Fatalf("an entry behind the last of %d has a proof", n)
		}
		for i := range entries {
			p := ProveMirror(entries, uint64(i))
			if err := p.Verify(root); err != nil {
				t.Fatalf("entry %d of %d: %v", i, n, err)
			}
			if err := p.Verify(MirrorRoot(entries[:n-1])); err == nil || !strings.Contains(err.Error(), "not under the mirror root") {
				t.Fatalf("entry %d of %d is proven under another root: %v", i, n, err)
			}
			for j := range n + 2 {
				if lie := *p; j != i {
					if lie.Index = uint64(j); lie.Verify(root) == nil {
						t.Fatalf("entry %d of %d is proven at place %d", i, n, j)
					}
				}
				if lie := *p; j != n {
					if lie.Entries = uint64(j); lie.Verify(root) == nil {
						t.Fatalf("entry %d of %d is proven among %d", i, n, j)
					}
				}
			}
		}
	}
}

// TestMirrorProofIsRFC6962 holds a path against one written down by hand, for the
// tree of RFC 6962, section 2.1.3: the third and the last of seven leaves.
func TestMirrorProofIsRFC6962(t *testing.T) {
	e := mirrorOf(7)
	l := func(i int) Hash { return e[i].Leaf() }
	g, h, i, j := MirrorNode(l(0), l(1)), MirrorNode(l(2), l(3)), MirrorNode(l(4), l(5)), l(6)
	k, right := MirrorNode(g, h), MirrorNode(i, j)
	for _, c := range []struct {
		index uint64
		path  []Hash
	}{{0, []Hash{l(1), h, right}}, {3, []Hash{l(2), g, right}}, {4, []Hash{l(5), j, k}}, {6, []Hash{i, k}}} {
		if p := ProveMirror(e, c.index); !slices.Equal(p.Path, c.path) {
			t.Errorf("leaf %d has the path %v, want %v", c.index, p.Path, c.path)
		}
	}
	if got := SealMirror(7, MirrorNode(k, right)); got != MirrorRoot(e) {
		t.Errorf("the tree is %s, want %s", MirrorRoot(e), got)
	}
}

// TestMirrorProofMalformed: a path of a length that its place has not is no proof,
// whatever root it is held against.
func TestMirrorProofMalformed(t *testing.T) {
	entries := mirrorOf(11)
	good := ProveMirror(entries, 5)
	lone := ProveMirror(entries[:1], 0)
	for name, p := range map[string]MirrorProof{
		"no entries":            {Entry: entries[0]},
		"the place behind":      {Entry: entries[0], Index: 11, Entries: 11, Path: good.Path},
		"the largest place":     {Entry: entries[0], Index: 1<<64 - 1, Entries: 11, Path: good.Path},
		"no path":               {Entry: good.Entry, Index: 5, Entries: 11},
		"a short path":          {Entry: good.Entry, Index: 5, Entries: 11, Path: good.Path[:3]},
		"its first hash gone":   {Entry: good.Entry, Index: 5, Entries: 11, Path: good.Path[1:]},
		"a long path":           {Entry: good.Entry, Index: 5, Entries: 11, Path: append(slices.Clone(good.Path), Hash{})},
		"a very long path":      {Entry: good.Entry, Index: 5, Entries: 11, Path: make([]Hash, 1<<20)},
		"a path of a lone leaf": {Entry: lone.Entry, Entries: 1, Path: []Hash{{}}},
		"one too many for any":  {Entry: lone.Entry, Entries: 1<<64 - 1, Path: make([]Hash, 64)},
		"the right edge's":      {Entry: entries[10], Index: 10, Entries: 11, Path: good.Path},
	} {
		root, err := p.Root()
		if err == nil || root != (Hash{}) || !strings.Contains(err.Error(), "ask for the proof again") {
			t.Errorf("%s: the root is %s, %v", name, root, err)
		}
		if p.Verify(MirrorRoot(entries)) == nil || p.Verify(Hash{}) == nil {
			t.Errorf("%s: it proves", name)
		}
	}
	// The most entries that a path can reach are walked at once.
	if _, err := (MirrorProof{Entries: 1 << 63, Path: make([]Hash, 63)}).Root(); err != nil {
		t.Error(err)
	}
}

// TestMirrorProofSeesEverything changes one bit of anything in a proof.
func TestMirrorProofSeesEverything(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 200).Draw(t, "entries")
		entries := mirrorOf(n)
		root := MirrorRoot(entries)
		if n == 0 {
			if ProveMirror(entries, 0) != nil {
				t.Fatal("an empty mirror proves something")
			}
			return
		}
		i := rapid.IntRange(0, n-1).Draw(t, "proven")
		p := ProveMirror(entries, uint64(i))
		if err := p.Verify(root); err != nil {
			t.Fatal(err)
		}
		bit := byte(1) << rapid.IntRange(0, 7).Draw(t, "bit")
		byteAt := rapid.IntRange(0, 31).Draw(t, "byte")
		lies := map[string]func(*MirrorProof){
			"status":    func(p *MirrorProof) { p.Entry.Status ^= Status(bit) },
			"embedding": func(p *MirrorProof) { p.Entry.Embedding[byteAt] ^= bit },
			"block":     func(p *MirrorProof) { p.Entry.ID.Block ^= uint64(bit) },
			"tx":        func(p *MirrorProof) { p.Entry.ID.Tx ^= uint32(bit) },
			"log":       func(p *MirrorProof) { p.Entry.ID.Log ^= uint32(bit) },
			"place":     func(p *MirrorProof) { p.Index ^= uint64(bit) },
			"entries":   func(p *MirrorProof) { p.Entries ^= uint64(bit) },
			"other":     func(p *MirrorProof) { p.Entry = entries[(i+1)%n]; p.Entry.ID.Block += uint64(1 / n) },
			"length":    func(p *MirrorProof) { p.Path = append(p.Path, root) },
		}
		for k := range p.Path {
			lies[fmt.Sprint("hash ", k)] = func(p *MirrorProof) { p.Path[k][byteAt] ^= bit }
		}
		if len(p.Path) > 1 {
			lies["order"] = func(p *MirrorProof) { p.Path[0], p.Path[1] = p.Path[1], p.Path[0] }
		}
		for name, change := range lies {
			lie := *p
			lie.Path = slices.Clone(p.Path)
			if change(&lie); lie.Verify(root) == nil {
				t.Fatalf("the proof of entry %d of %d may have another %s", i, n, name)
			}
		}
	})
}
