package parts

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"

	"github.com/ipfs/go-cid"
	mh "github.com/multiformats/go-multihash"
)

const (
	// Size is the most bytes of a part, and the bytes of all but the last.
	Size = 1 << 20
	// Most is the most parts of a file.
	Most = 66
	// MaxList is the most bytes of the block that lists them.
	MaxList = Most*(linkSize+4) + 32

	linkSize = 50 // at most: of a link with its length
	nameSize = 36 // of a CID
)

// ErrFile means that a name, or the list behind it, can never be a file within the limits:
// asking again does not help.
var ErrFile = errors.New("it is no file of parts")

// Get gives the block that c names, of at most limit bytes. They are checked here.
type Get func(ctx context.Context, c cid.Cid, limit int) ([]byte, error)

// File is a file as its name lists it.
type File struct {
	Name  cid.Cid
	Parts []cid.Cid
	List  []byte // the block that lists the parts; nil when the file is its one part
	Size  int    // of the whole; -1: it is one part that was not seen
}

// Cut names a file, of at least one byte. The blocks are its parts, and share its memory.
func Cut(file []byte) (f *File, blocks [][]byte, err error) {
	if len(file) == 0 || len(file) > Most*Size {
		return nil, nil, fmt.Errorf("%w: it has %d bytes, and 1 to %d are cut", ErrFile, len(file), Most*Size)
	}
	f = &File{Size: len(file)}
	for rest := file; len(rest) > 0; {
		n := min(len(rest), Size)
		blocks = append(blocks, rest[:n])
		c, err := sum(cid.Raw, rest[:n])
		if err != nil {
			return nil, nil, err
		}
		f.Parts, rest = append(f.Parts, c), rest[n:]
	}
	if len(f.Parts) == 1 {
		f.Name = f.Parts[0]
		return f, blocks, nil
	}
	f.List = list(f.Parts, f.Size)
	f.Name, err = sum(cid.DagProtobuf, f.List)
	return f, blocks, err
}

// Name is the CID of a file, of at least one byte.
func Name(file []byte) (cid.Cid, error) {
	f, _, err := Cut(file)
	if err != nil {
		return cid.Undef, err
	}
	return f.Name, nil
}

func sum(codec uint64, block []byte) (cid.Cid, error) {
	return cid.V1Builder{Codec: codec, MhType: mh.SHA2_256}.Sum(block)
}

// list is the block that lists parts: the links, then the UnixFS node with their sizes.
func list(parts []cid.Cid, size int) []byte {
	var b []byte
	data := []byte{0x08, 2, 0x18} // a file, of so many bytes
	data = binary.AppendUvarint(data, uint64(size))
	for i, c := range parts {
		n := uint64(partSize(i, size))
		link := append([]byte{0x0a, nameSize}, c.Bytes()...)
		link = binary.AppendUvarint(append(link, 0x12, 0, 0x18), n) // without a name
		b = append(binary.AppendUvarint(append(b, 0x12), uint64(len(link))), link...)
		data = binary.AppendUvarint(append(data, 0x20), n)
	}
	return append(binary.AppendUvarint(append(b, 0x0a), uint64(len(data))), data...)
}

func partSize(i, size int) int { return min(Size, size-i*Size) }

// PartSize is the exact size of a part.
func (f *File) PartSize(i int) int { return partSize(i, f.Size) }

// Parse reads the block that lists a file's parts, in its one spelling.
func Parse(block []byte) (*File, error) {
	if len(block) > MaxList {
		return nil, fmt.Errorf("%w: the list of its parts has %d bytes, and %d are read", ErrFile, len(block), MaxList)
	}
	f := &File{List: block}
	rest := block
	for len(rest) > 2 && rest[0] == 0x12 {
		n := int(rest[1])
		if len(rest) < 2+n || n < 2+nameSize || len(f.Parts) == Most {
			return nil, fmt.Errorf("%w: the list of its parts is cut off, or of more than %d", ErrFile, Most)
		}
		c, err := cid.Cast(rest[4 : 4+nameSize])
		if err != nil || !named(c, cid.Raw) {
			return nil, fmt.Errorf("%w: part %d is no raw block by sha2-256", ErrFile, len(f.Parts)+1)
		}
		f.Parts, rest = append(f.Parts, c), rest[2+n:]
	}
	f.Size = said(rest, len(f.Parts))
	if f.Size == 0 || !bytes.Equal(list(f.Parts, f.Size), block) {
		return nil, fmt.Errorf("%w: its list is not that of 2 to %d parts of %d bytes, the last one shorter", ErrFile, Most, Size)
	}
	var err error
	f.Name, err = sum(cid.DagProtobuf, block)
	return f, err
}

// said is the size that stands behind the links, if so many parts can have it; else 0.
func said(rest []byte, parts int) int {
	if len(rest) == 0 || parts < 2 {
		return 0
	}
	_, n := binary.Uvarint(rest[1:])
	if n <= 0 || len(rest) < 1+n+3 {
		return 0
	}
	size, _ := binary.Uvarint(rest[1+n+3:])
	if size <= uint64(parts-1)*Size || size > uint64(parts)*Size {
		return 0
	}
	return int(size)
}

// named says whether a CID names a block of that kind.
func named(c cid.Cid, codec uint64) bool {
	p := c.Prefix()
	return p.Version == 1 && p.Codec == codec && p.MhType == mh.SHA2_256 && p.MhLength == 32
}

// Open reads what a file's name says of it: that it is one part, or a list of them, of at
// most limit bytes together.
func Open(ctx context.Context, name cid.Cid, limit int, get Get) (*File, error) {
	switch {
	case !name.Defined():
		return nil, fmt.Errorf("%w: it has no name", ErrFile)
	case named(name, cid.Raw):
		return &File{Name: name, Parts: []cid.Cid{name}, Size: -1}, nil
	case !named(name, cid.DagProtobuf):
		return nil, fmt.Errorf("%w: %s is no CIDv1 of raw bytes or dag-pb by sha2-256", ErrFile, name)
	}
	block, err := checked(ctx, name, MaxList, get)
	if err != nil {
		return nil, err
	}
	f, err := Parse(block)
	if err == nil && f.Size > limit {
		err = fmt.Errorf("%w: it has %d bytes, and at most %d are taken", ErrFile, f.Size, limit)
	}
	return f, err
}

// checked is a block whose bytes are those that c names.
func checked(ctx context.Context, c cid.Cid, limit int, get Get) ([]byte, error) {
	b, err := get(ctx, c, limit)
	if err != nil {
		return nil, err
	}
	if got, err := c.Prefix().Sum(b); err != nil || !got.Equals(c) {
		return nil, fmt.Errorf("what came for %s is something else", c)
	}
	if len(b) > limit {
		return nil, fmt.Errorf("%w: %s has %d bytes, and at most %d are taken", ErrFile, c, len(b), limit)
	}
	return b, nil
}

// Part is one of its parts.
func (f *File) Part(ctx context.Context, i int, get Get) ([]byte, error) {
	if f.Size < 0 {
		return checked(ctx, f.Name, Size, get)
	}
	b, err := checked(ctx, f.Parts[i], f.PartSize(i), get)
	if err == nil && len(b) != f.PartSize(i) {
		err = fmt.Errorf("%w: part %d has %d bytes where %d are listed", ErrFile, i+1, len(b), f.PartSize(i))
	}
	return b, err
}

// Bytes are the whole file.
func (f *File) Bytes(ctx context.Context, get Get) ([]byte, error) {
	if len(f.Parts) == 1 {
		return f.Part(ctx, 0, get)
	}
	var b []byte // grows with what came, not with what is listed
	for i := range f.Parts {
		part, err := f.Part(ctx, i, get)
		if err != nil {
			return nil, err
		}
		if i == 1 {
			b = append(make([]byte, 0, f.Size), b...)
		}
		b = append(b, part...)
	}
	return b, nil
}

// Read is the file that name stands for, of at most limit bytes.
func Read(ctx context.Context, name cid.Cid, limit int, get Get) ([]byte, error) {
	f, err := Open(ctx, name, limit, get)
	if err != nil {
		return nil, err
	}
	b, err := f.Bytes(ctx, get)
	if err == nil && len(b) > limit {
		err = fmt.Errorf("%w: it has %d bytes, and at most %d are taken", ErrFile, len(b), limit)
	}
	return b, err
}
