package snapshot

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	"github.com/ipfs/go-cid"
)

// A CAR of a snapshot is version 1 with one root: the root's block first, then the
// chunks in their order. Source: https://ipld.io/specs/transport/car/carv1/

// carHead is the header's DAG-CBOR, {"roots": [CID], "version": 1}, around the CID.
var (
	carHead = []byte("\x3b\xa2\x65roots\x81\xd8\x2a\x58\x26\x00")
	carTail = []byte("\x67version\x01")
)

// Bytes of the CIDs of the two kinds of blocks.
const (
	rootCID  = 37
	chunkCID = 36
)

// WriteCAR writes a root, such as a snapshot's, and its raw chunks as a CAR; get
// gives the blocks.
func WriteCAR(w io.Writer, c cid.Cid, chunks []cid.Cid, get func(cid.Cid) ([]byte, error)) error {
	if len(c.Bytes()) != rootCID {
		return fmt.Errorf("%s is no CID of a root in dag-json", c)
	}
	if _, err := w.Write(bytes.Join([][]byte{carHead, c.Bytes(), carTail}, nil)); err != nil {
		return err
	}
	for _, b := range append([]cid.Cid{c}, chunks...) {
		raw, err := get(b)
		if err != nil {
			return fmt.Errorf("read block %s: %w", b, err)
		}
		head := binary.AppendUvarint(nil, uint64(len(b.Bytes())+len(raw)))
		for _, part := range [][]byte{head, b.Bytes(), raw} {
			if _, err := w.Write(part); err != nil {
				return err
			}
		}
	}
	return nil
}

// CAR is a CAR file whose blocks can be asked for. They are not checked against
// their CIDs: who asks does.
type CAR struct {
	Root   cid.Cid
	file   io.ReaderAt
	blocks map[cid.Cid]extent
}

type extent struct {
	at   int64
	size int
}

// File is an open file.
type File interface {
	io.ReaderAt
	io.ReadSeeker
}

// OpenCAR finds the blocks in a CAR with one root, in whatever order they come.
func OpenCAR(file File) (*CAR, error) {
	c := &CAR{file: file, blocks: map[cid.Cid]extent{}}
	in := bufio.NewReaderSize(file, 4<<10)
	head := make([]byte, len(carHead)+rootCID+len(carTail))
	if _, err := io.ReadFull(in, head); err != nil {
		return nil, fmt.Errorf("the file is no CAR with one root: %w", err)
	}
	root, err := cid.Cast(head[len(carHead) : len(carHead)+rootCID])
	if err != nil || !bytes.HasPrefix(head, carHead) || !bytes.HasSuffix(head, carTail) {
		return nil, errors.New("the file is no CAR of version 1 with one root: candor snapshot --out writes such")
	}
	c.Root = root
	for at := int64(len(head)); ; {
		size, err := binary.ReadUvarint(in)
		if err == io.EOF {
			return c, nil
		} else if err != nil {
			return nil, fmt.Errorf("the CAR is cut off or damaged at byte %d: %w", at, err)
		}
		if size <= chunkCID || size > rootCID+ChunkSize || len(c.blocks) > MaxChunks {
			return nil, fmt.Errorf("the CAR's block at byte %d has %d bytes, or is one too many: %d blocks of %d are allowed", at, size, MaxChunks+1, ChunkSize)
		}
		at += int64(len(binary.AppendUvarint(nil, size)))
		raw, _ := in.Peek(int(min(size, rootCID))) // shorter at the file's end
		n, name, err := cid.CidFromBytes(raw)
		if err != nil {
			return nil, fmt.Errorf("the CAR has a block at byte %d that no CID of a snapshot names: %w", at, err)
		}
		if _, err := in.Discard(n); err != nil {
			return nil, err
		}
		at += int64(n)
		rest := int(size) - n
		c.blocks[name] = extent{at, rest}
		if at, err = skip(file, in, at, rest); err != nil {
			return nil, err
		}
	}
}

// skip goes behind the block.
func skip(file File, in *bufio.Reader, at int64, size int) (int64, error) {
	at += int64(size)
	if size <= in.Buffered() {
		_, err := in.Discard(size)
		return at, err
	}
	end, err := file.Seek(0, io.SeekEnd)
	if err == nil && at > end {
		err = fmt.Errorf("the CAR is cut off: a block of it would end at byte %d of %d", at, end)
	}
	if err == nil {
		_, err = file.Seek(at, io.SeekStart)
	}
	in.Reset(file)
	return at, err
}

// Get is the block of that name, at most limit bytes.
func (c *CAR) Get(name cid.Cid, limit int) ([]byte, error) {
	e, ok := c.blocks[name]
	if !ok {
		return nil, fmt.Errorf("the CAR has no block %s", name)
	}
	if e.size > limit {
		return nil, fmt.Errorf("the CAR's block %s has %d bytes: at most %d are read", name, e.size, limit)
	}
	raw := make([]byte, e.size)
	_, err := c.file.ReadAt(raw, e.at)
	return raw, err
}
