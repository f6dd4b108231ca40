package parts

import (
	"bytes"
	"context"
	"errors"
	"math/rand/v2"
	"testing"

	"github.com/ipfs/boxo/ipld/merkledag"
	"github.com/ipfs/boxo/ipld/unixfs"
	"github.com/ipfs/boxo/ipld/unixfs/pb"
	"github.com/ipfs/go-cid"
	mh "github.com/multiformats/go-multihash"
)

func random(n int) []byte {
	b, r := make([]byte, n), rand.New(rand.NewPCG(uint64(n), 1))
	for i := range b {
		b[i] = byte(r.Uint32())
	}
	return b
}

// shelf holds blocks, and says what was asked for.
type shelf struct {
	blocks map[cid.Cid][]byte
	asked  []int // limits
}

func (s *shelf) get(_ context.Context, c cid.Cid, limit int) ([]byte, error) {
	s.asked = append(s.asked, limit)
	b, ok := s.blocks[c]
	if !ok {
		return nil, errors.New("nobody has it")
	}
	return b, nil
}

func shelve(t *testing.T, file []byte) (*shelf, *File) {
	t.Helper()
	f, blocks, err := Cut(file)
	if err != nil {
		t.Fatal(err)
	}
	s := &shelf{blocks: map[cid.Cid][]byte{}}
	for i, c := range f.Parts {
		s.blocks[c] = blocks[i]
	}
	if f.List != nil {
		s.blocks[f.Name] = f.List
	}
	return s, f
}

// put names a block that nothing here would make.
func (s *shelf) put(t *testing.T, codec uint64, b []byte) cid.Cid {
	t.Helper()
	c, err := sum(codec, b)
	if err != nil {
		t.Fatal(err)
	}
	s.blocks[c] = b
	return c
}

// Files of all sizes come back as they were, and have the names that UnixFS gives them.
func TestFilesComeBack(t *testing.T) {
	for _, n := range []int{1, 100, Size - 1, Size, Size + 1, 2 * Size, 2*Size + 1, 5*Size - 7} {
		file := random(n)
		s, f := shelve(t, file)
		got, err := Read(t.Context(), f.Name, n, s.get)
		if err != nil || !bytes.Equal(got, file) {
			t.Fatalf("%d bytes: %v", n, err)
		}
		if _, err := Read(t.Context(), f.Name, n-1, s.get); n > 1 && !errors.Is(err, ErrFile) {
			t.Errorf("%d bytes are taken where fewer are: %v", n, err)
		}
		if name, err := Name(file); err != nil || !name.Equals(f.Name) {
			t.Errorf("%d bytes have two names: %v", n, err)
		}
		if n <= Size {
			if f.List != nil || f.Name.Prefix().Codec != cid.Raw {
				t.Errorf("%d bytes are no raw block", n)
			}
			continue
		}
		fs, root := unixfs.NewFSNode(pb.Data_File), merkledag.NodeWithData(nil)
		if err := root.SetCidBuilder(cid.V1Builder{Codec: cid.DagProtobuf, MhType: mh.SHA2_256}); err != nil {
			t.Fatal(err)
		}
		for at := 0; at < n; at += Size {
			leaf, err := merkledag.NewRawNodeWPrefix(file[at:min(n, at+Size)], cid.V1Builder{Codec: cid.Raw, MhType: mh.SHA2_256})
			if err != nil {
				t.Fatal(err)
			}
			fs.AddBlockSize(uint64(len(leaf.RawData())))
			if err := root.AddNodeLink("", leaf); err != nil {
				t.Fatal(err)
			}
		}
		data, err := fs.GetBytes()
		if err != nil {
			t.Fatal(err)
		}
		root.SetData(data)
		if !bytes.Equal(root.RawData(), f.List) || !root.Cid().Equals(f.Name) {
			t.Errorf("%d bytes: UnixFS writes another list\n%x\n%x", n, root.RawData(), f.List)
		}
	}
	for _, n := range []int{0, Most*Size + 1} {
		if _, _, err := Cut(make([]byte, n)); !errors.Is(err, ErrFile) {
			t.Errorf("%d bytes are cut: %v", n, err)
		}
	}
	if f, _, err := Cut(make([]byte, Most*Size)); err != nil || len(f.List) > MaxList {
		t.Errorf("the longest list has %d bytes: %v", len(f.List), err)
	} else if again, err := Parse(f.List); err != nil || again.Size != f.Size {
		t.Errorf("the longest list is not read: %v", err)
	}
}

// What a list says of its size is known before a part is asked for, and each part is asked
// for by its own size.
func TestSizesAreBoundedBeforeFetching(t *testing.T) {
	s, f := shelve(t, random(3*Size+5))
	if _, err := Read(t.Context(), f.Name, 3*Size, s.get); !errors.Is(err, ErrFile) || len(s.asked) != 1 || s.asked[0] != MaxList {
		t.Errorf("asked for %v: %v", s.asked, err)
	}
	s.asked = nil
	if _, err := Read(t.Context(), f.Name, 4*Size, s.get); err != nil {
		t.Error(err)
	}
	if want := []int{MaxList, Size, Size, Size, 5}; len(s.asked) != len(want) || s.asked[4] != 5 {
		t.Errorf("asked for %v", s.asked)
	}
}

// Trees that another hand made: deep, wide, lying about sizes, in other spellings or codecs.
// Each is refused for good, before any part of it is asked for but what lies of its size.
func TestHostileTrees(t *testing.T) {
	s, f := shelve(t, random(2*Size+9))
	parts := f.Parts
	link := func(p []cid.Cid, size int) []byte { return list(p, size) }
	wide := make([]cid.Cid, Most+1)
	for i := range wide {
		wide[i] = parts[0]
	}
	deep := append([]cid.Cid{f.Name}, parts[1:]...) // a list among the parts
	v0 := bytes.Replace(link(parts, f.Size), parts[1].Bytes(), append([]byte{1, 0x55, 0x13, 0x20}, parts[1].Bytes()[4:]...), 1)
	for name, x := range map[string]struct {
		block []byte
		asks  int
	}{
		"deep":                  {link(deep, f.Size), 1},
		"wide":                  {link(wide, len(wide)*Size), 1},
		"one part":              {link(parts[:1], 9), 1},
		"no parts":              {link(nil, 0), 1},
		"another hash":          {v0, 1},
		"nothing":               {[]byte{}, 1},
		"a tail":                {append(bytes.Clone(f.List), 0), 1},
		"cut off":               {f.List[:len(f.List)-1], 1},
		"links alone":           {f.List[:2*46], 1},
		"more than there is":    {link(parts, 3*Size), 4},
		"less than there is":    {link(parts, 2*Size+8), 4},
		"fewer than parts hold": {link(parts, Size), 1},
		"the end of numbers":    {append(bytes.Clone(f.List[:3*46]), 0x0a, 13, 8, 2, 0x18, 255, 255, 255, 255, 255, 255, 255, 255, 255, 1), 1},
		"too long":              {append(link(wide[:Most], Most*Size), make([]byte, 2*MaxList)...), 1},
		"a directory":           {bytes.Replace(f.List, []byte{8, 2, 0x18}, []byte{8, 1, 0x18}, 1), 1},
		"a named link":          {bytes.Replace(f.List, []byte{0x12, 0, 0x18}, []byte{0x12, 1, 'a'}, 1), 1},
		"long numbers":          {bytes.Replace(f.List, []byte{0x0a, 36}, []byte{0x0a, 164, 0}, 1), 1},
	} {
		s.asked = nil
		root := s.put(t, cid.DagProtobuf, x.block)
		_, err := Read(t.Context(), root, 2*Most*Size, s.get)
		if !errors.Is(err, ErrFile) || len(s.asked) > x.asks {
			t.Errorf("%s: %v, and %d blocks were asked for", name, err, len(s.asked))
		}
	}
	for name, c := range map[string]cid.Cid{
		"json":     s.put(t, cid.DagJSON, []byte("{}")),
		"identity": cid.NewCidV1(cid.Raw, must(mh.Sum([]byte("x"), mh.IDENTITY, -1))),
		"v0":       cid.NewCidV0(must(mh.Sum(f.List, mh.SHA2_256, -1))),
		"nothing":  {},
	} {
		if s.asked = nil; true {
			_, err := Read(t.Context(), c, Most*Size, s.get)
			if !errors.Is(err, ErrFile) || len(s.asked) > 0 {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// A block that is missing, or is another one than its name says, is nobody's fault for
// good: it is asked for again.
func TestBlocksAreChecked(t *testing.T) {
	file := random(2*Size + 9)
	for i := range 4 {
		for _, gone := range []bool{true, false} {
			s, f := shelve(t, file)
			c := f.Name
			if i < 3 {
				c = f.Parts[i]
			}
			if s.blocks[c] = bytes.Clone(s.blocks[c]); gone {
				delete(s.blocks, c)
			} else {
				s.blocks[c][5] ^= 1
			}
			if b, err := Read(t.Context(), f.Name, len(file), s.get); err == nil || errors.Is(err, ErrFile) || b != nil {
				t.Errorf("block %d, gone %v: %v", i, gone, err)
			}
		}
	}
	s, f := shelve(t, file[:50])
	s.blocks[f.Name] = file[:49]
	if _, err := Read(t.Context(), f.Name, 50, s.get); err == nil || errors.Is(err, ErrFile) {
		t.Errorf("one part: %v", err)
	}
}

func FuzzParse(f *testing.F) {
	for _, n := range []int{Size + 1, 3 * Size} {
		cut, _, err := Cut(make([]byte, n))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(cut.List)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		x, err := Parse(b)
		if err == nil && (!bytes.Equal(list(x.Parts, x.Size), b) || len(x.Parts) > Most || x.Size > Most*Size) {
			t.Fatalf("%d parts, %d bytes", len(x.Parts), x.Size)
		}
	})
}
