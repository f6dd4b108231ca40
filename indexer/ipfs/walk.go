package ipfs

import (
	"cmp"
	"context"
	"errors"
	"fmt"

	"github.com/ipfs/boxo/ipld/merkledag"
	"github.com/ipfs/boxo/ipld/unixfs"
	"github.com/ipfs/boxo/ipld/unixfs/pb"
	blocks "github.com/ipfs/go-block-format"
	"github.com/ipfs/go-cid"
	mh "github.com/multiformats/go-multihash"
	"google.golang.org/protobuf/encoding/protowire"
)

// Limits on files.
const (
	MaxFile  = 8 << 20
	maxBlock = 1<<20 + 4<<10 // a chunk of a mebibyte in its wrapping
	maxVisit = 512           // blocks of one file, repeated ones counted as often as they are read
	maxDepth = 4
	maxLinks = 1024
)

// ErrNotFile means that a CID, or what is behind it, can never be an attachment:
// asking again does not help.
var ErrNotFile = errors.New("not a file")

func notFile(c cid.Cid, format string, args ...any) error {
	return fmt.Errorf("%w: %s %s", ErrNotFile, c, fmt.Sprintf(format, args...))
}

// checkFileCID refuses what cannot name a block of a file.
func checkFileCID(c cid.Cid) error {
	if !c.Defined() {
		return fmt.Errorf("%w: the CID is empty", ErrNotFile)
	}
	p := c.Prefix()
	if p.Version != 1 || p.Codec != cid.Raw && p.Codec != cid.DagProtobuf || p.MhType != mh.SHA2_256 || p.MhLength != 32 {
		return notFile(c, "is no CIDv1 of raw bytes or dag-pb by sha2-256")
	}
	return nil
}

// walker reads a UnixFS file in order. Everything that a block declares about
// those below it is checked against a limit before any of them is asked for, and
// against the truth when it is there.
type walker struct {
	// get gives a block of at most limit bytes whose bytes hash to c.
	get func(ctx context.Context, c cid.Cid, limit int) (blocks.Block, error)
	// read hears each block and the part of the file in it, in the file's order.
	read   func(b blocks.Block, part []byte) error
	most   int // bytes of the file; 0 is MaxFile
	visits int
}

// walk reads the file at root, of exactly want bytes unless want is negative, and
// gives its size.
func (w *walker) walk(ctx context.Context, root cid.Cid, want int) (size int, err error) {
	return w.node(ctx, root, want, 0)
}

func (w *walker) node(ctx context.Context, c cid.Cid, want, depth int) (int, error) {
	if err := checkFileCID(c); err != nil {
		return 0, err
	}
	if w.visits++; w.visits > maxVisit {
		return 0, notFile(c, "is among more than %d blocks", maxVisit)
	}
	if depth > maxDepth {
		return 0, notFile(c, "lies deeper than %d levels", maxDepth)
	}
	limit := maxBlock
	if c.Prefix().Codec == cid.Raw && want >= 0 {
		limit = min(want, maxBlock)
	}
	b, err := w.get(ctx, c, limit)
	if err != nil {
		return 0, err
	}
	part, links, sizes, err := decode(b)
	if err != nil {
		return 0, err
	}
	size := len(part)
	for _, s := range sizes {
		size += s // at most MaxFile each, and maxLinks of them
	}
	switch {
	case want >= 0 && size != want:
		return 0, notFile(c, "has %d bytes where %d are declared", size, want)
	case size > cmp.Or(w.most, MaxFile):
		return 0, notFile(c, "has %d bytes: at most %d are taken", size, cmp.Or(w.most, MaxFile))
	}
	if err := w.read(b, part); err != nil {
		return 0, err
	}
	for i, l := range links {
		if _, err := w.node(ctx, l, sizes[i], depth+1); err != nil {
			return 0, err
		}
	}
	return size, nil
}

// decode gives what a block holds of the file itself, and its links with the
// bytes of the file that lie behind each.
func decode(b blocks.Block) (part []byte, links []cid.Cid, sizes []int, err error) {
	c, raw := b.Cid(), b.RawData()
	if c.Prefix().Codec == cid.Raw {
		return raw, nil, nil, nil
	}
	// Decoders take memory for each link and size: count before.
	if n := count(raw, 2); n < 0 || n > maxLinks {
		return nil, nil, nil, notFile(c, "is no dag-pb of at most %d links", maxLinks)
	}
	node, err := merkledag.DecodeProtobuf(raw)
	if err != nil {
		return nil, nil, nil, notFile(c, "is no dag-pb")
	}
	if n := count(node.Data(), 4); n < 0 || n > maxLinks {
		return nil, nil, nil, notFile(c, "is no UnixFS node of at most %d parts", maxLinks)
	}
	fs, err := unixfs.FSNodeFromBytes(node.Data())
	if err != nil {
		return nil, nil, nil, notFile(c, "is no UnixFS node")
	}
	if k := fs.Type(); k != pb.Data_File && k != pb.Data_Raw {
		return nil, nil, nil, notFile(c, "is a UnixFS %s", k)
	}
	if len(node.Links()) != fs.NumChildren() || len(node.Links()) > 0 && len(fs.Data()) > 0 {
		return nil, nil, nil, notFile(c, "has %d links and declares %d parts", len(node.Links()), fs.NumChildren())
	}
	total := uint64(len(fs.Data()))
	for i, l := range node.Links() {
		s := fs.BlockSize(i)
		if s == 0 || s > MaxFile || l.Name != "" {
			return nil, nil, nil, notFile(c, "declares a part of %d bytes, or names it", s)
		}
		total += s
		links, sizes = append(links, l.Cid), append(sizes, int(s))
	}
	if fs.FileSize() != total {
		return nil, nil, nil, notFile(c, "declares %d bytes and its parts %d", fs.FileSize(), total)
	}
	return fs.Data(), links, sizes, nil
}

// count is how often a field stands in a protobuf message, each number of a
// packed field counted by its last byte; negative when it is no such message.
func count(b []byte, field protowire.Number) (n int) {
	for len(b) > 0 {
		num, kind, k := protowire.ConsumeTag(b)
		if k < 0 {
			return k
		}
		v := protowire.ConsumeFieldValue(num, kind, b[k:])
		if v < 0 {
			return v
		}
		if num == field {
			if n++; kind == protowire.BytesType {
				packed, _ := protowire.ConsumeBytes(b[k:])
				for _, x := range packed {
					if field == 4 && x < 0x80 {
						n++
					}
				}
			}
		}
		b = b[k+v:]
	}
	return n
}
