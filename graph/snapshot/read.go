package snapshot

import (
	"bufio"
	"errors"
	"fmt"
	"io"

	"github.com/ipfs/go-cid"

	"candor/graph"
)

// Reader reads the rows of a snapshot and checks them.
type Reader struct {
	root Root
	c    *checker
	p    parser
	in   *chunks
	end  error // what Next says from now on
}

// NewReader reads the snapshot of the root. chunk fetches a chunk, from anybody;
// embed makes the embedding of a text.
func NewReader(root Root, embed func(string) graph.Embedding, chunk func(c cid.Cid) ([]byte, error)) *Reader {
	in := &chunks{links: root.Chunks, size: root.Size, get: chunk}
	return &Reader{root: root, c: newChecker(root.At(), embed), p: parser{r: bufio.NewReaderSize(in, 64<<10)}, in: in}
}

// Root is what the snapshot says of itself.
func (r *Reader) Root() Root { return r.root }

// Read is how many bytes were fetched so far.
func (r *Reader) Read() uint64 { return r.in.done }

// Next is the next row. io.EOF says that there are no more and that all of them
// are what the root says; whoever did not see it has seen nothing that counts.
// After any error there are no more rows.
func (r *Reader) Next() (Row, error) {
	if r.end != nil {
		return nil, r.end
	}
	row, err := r.next()
	if err != nil {
		r.end = err
		return nil, err
	}
	return row, nil
}

func (r *Reader) next() (Row, error) {
	row, err := r.p.row()
	if err == nil {
		row, err = r.c.take(row)
	}
	if errors.Is(err, io.EOF) {
		if err = r.finish(); err == nil {
			return nil, io.EOF
		}
	}
	if err != nil {
		return nil, fmt.Errorf("the snapshot of block %d is refused: %w", r.root.Block.Number, err)
	}
	return row, nil
}

func (r *Reader) finish() error {
	mirrorRoot, err := r.c.end()
	switch {
	case err != nil:
		return err
	case r.c.counts != r.root.Counts:
		return errors.New("it has other numbers of rows than its root says")
	case mirrorRoot != r.root.MirrorRoot:
		return fmt.Errorf("the mirror root over its posts is %s and its root says %s", mirrorRoot, r.root.MirrorRoot)
	}
	return nil
}

// chunks is the stream of the rows.
type chunks struct {
	links []Link
	size  uint64
	done  uint64
	rest  []byte
	get   func(cid.Cid) ([]byte, error)
}

func (c *chunks) Read(b []byte) (int, error) {
	for len(c.rest) == 0 {
		if len(c.links) == 0 {
			return 0, io.EOF
		}
		want := min(c.size-c.done, ChunkSize)
		link := c.links[0].Cid
		raw, err := c.get(link)
		switch {
		case err != nil:
			return 0, fmt.Errorf("fetch chunk %s: %w", link, noEOF(err))
		case uint64(len(raw)) != want:
			return 0, fmt.Errorf("chunk %s has %d bytes and the root says %d", link, len(raw), want)
		case !name(cid.Raw, raw).Equals(link):
			return 0, fmt.Errorf("the bytes that came for chunk %s are others", link)
		}
		c.links, c.rest, c.done = c.links[1:], raw, c.done+want
	}
	n := copy(b, c.rest)
	c.rest = c.rest[n:]
	return n, nil
}

// noEOF keeps a source that ends early from ending the rows well.
func noEOF(err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return fmt.Errorf("the source ends early (%v)", err) // no %w: see above
	}
	return err
}
