package ipfs

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"sync"
	"time"

	"candor/graph"

	lru "github.com/hashicorp/golang-lru/v2"
	"github.com/ipfs/boxo/ipld/merkledag"
	"github.com/ipfs/boxo/ipld/unixfs"
	"github.com/ipfs/boxo/ipld/unixfs/pb"
	blocks "github.com/ipfs/go-block-format"
	"github.com/ipfs/go-cid"
	format "github.com/ipfs/go-ipld-format"
	mh "github.com/multiformats/go-multihash"
)

const (
	chunk    = 256 << 10        // bytes of a leaf of the files made here; kubo's default
	fileTime = 60 * time.Second // longest that one file is fetched
	waiting  = 1024             // files that wait to be fetched; the collector finds the others again
)

// File is a file that is kept here.
type File struct {
	CID  cid.Cid
	Size int
	MIME string // by its bytes
}

// kinds are the media types that are taken and served. All are pictures that
// browsers draw without running anything in them; SVG is none.
var kinds = []string{"image/png", "image/jpeg", "image/gif", "image/webp"}

// sniff gives the media type that the first bytes of a file show, "" for one that
// is not taken.
func sniff(head []byte) string {
	if kind := http.DetectContentType(head[:min(len(head), 512)]); slices.Contains(kinds, kind) {
		return kind
	}
	return ""
}

// AddFile keeps a picture as a UnixFS file of raw leaves, once it is on disk.
// Errors: ErrNotFile when it is empty, larger than MaxFile or no picture;
// ErrWithheld when the operator denies it.
func (n *Node) AddFile(ctx context.Context, body []byte) (File, error) {
	f := File{Size: len(body), MIME: sniff(body)}
	switch {
	case len(body) == 0 || len(body) > MaxFile:
		return f, fmt.Errorf("%w: it has %d bytes: send 1 to %d", ErrNotFile, len(body), MaxFile)
	case f.MIME == "":
		return f, fmt.Errorf("%w: it is no picture that is taken: send PNG, JPEG, GIF or WebP", ErrNotFile)
	}
	bs, err := layout(body)
	if err != nil {
		return f, err
	}
	f.CID = bs[len(bs)-1].Cid()
	if err := n.keep(ctx, bs...); err != nil {
		return f, err
	}
	return f, nil
}

// layout cuts a file into blocks, the root last: the bytes are those that
// `ipfs add --cid-version=1` makes.
func layout(body []byte) ([]blocks.Block, error) {
	var bs []blocks.Block
	fs, root := unixfs.NewFSNode(pb.Data_File), merkledag.NodeWithData(nil)
	if err := root.SetCidBuilder(cid.V1Builder{Codec: cid.DagProtobuf, MhType: mh.SHA2_256}); err != nil {
		return nil, err
	}
	for part := range slices.Chunk(body, chunk) {
		leaf, err := merkledag.NewRawNodeWPrefix(part, cid.V1Builder{Codec: cid.Raw, MhType: mh.SHA2_256})
		if err != nil {
			return nil, err
		}
		bs = append(bs, leaf)
		fs.AddBlockSize(uint64(len(part)))
		if err := root.AddNodeLink("", leaf); err != nil {
			return nil, err
		}
	}
	if len(bs) == 1 {
		return bs, nil
	}
	data, err := fs.GetBytes()
	if err != nil {
		return nil, err
	}
	root.SetData(data)
	return append(bs, root), nil
}

// readFile reads a kept file in order, and gives its size. Error: it is not kept
// whole, or no file.
func (n *Node) readFile(ctx context.Context, root cid.Cid, want int, read func(b blocks.Block, part []byte) error) (int, error) {
	w := walker{get: func(ctx context.Context, c cid.Cid, limit int) (blocks.Block, error) {
		b, err := n.local(ctx, c)
		if err != nil {
			return nil, err
		}
		if len(b.RawData()) > limit {
			return nil, notFile(c, "has %d bytes: at most %d are taken", len(b.RawData()), limit)
		}
		got, err := c.Prefix().Sum(b.RawData())
		if err == nil && !got.Equals(c) {
			err = fmt.Errorf("the bytes kept for %s hash to %s: remove the block and fetch it again", c, got)
		}
		return b, err
	}, read: read}
	return w.walk(ctx, root, want)
}

// Stat gives a kept file's size and media type.
func (n *Node) Stat(ctx context.Context, root cid.Cid) (File, error) {
	f := File{CID: root}
	head := []byte{}
	size, err := n.readFile(ctx, root, -1, func(_ blocks.Block, part []byte) error {
		head = append(head, part[:min(len(part), 512-len(head))]...)
		return nil
	})
	f.Size, f.MIME = size, sniff(head)
	return f, err
}

// attachments fetches the files that documents name, in the background.
type attachments struct {
	lanes  lanes
	queue  chan attachment
	past   *lru.Cache[attachment, attempt] // files that did not come, or are bad
	mu     sync.Mutex
	asked  map[attachment]bool // queued or under way
	worked sync.WaitGroup
}

// attachment is a file as a document declares it. Another document may declare
// the same file otherwise: what is wrong there says nothing about this one.
type attachment struct {
	cid  cid.Cid
	size int
	mime string
}

type attempt struct {
	next  time.Time
	pause time.Duration
	bad   bool // it can never be one
}

func newAttachments() *attachments {
	past, _ := lru.New[attachment, attempt](1 << 14) // fails for sizes below 1 only
	return &attachments{lanes: newLanes(5*time.Second, 32, 32, 16), queue: make(chan attachment, waiting),
		past: past, asked: map[attachment]bool{}}
}

// media are the pictures that a document names and that may be kept.
func media(doc []byte) (out []attachment) {
	if !bytes.Contains(doc, []byte(`"media"`)) {
		return nil // most: parse no more than needed
	}
	p, err := graph.ParsePost(doc)
	if err != nil {
		return nil
	}
	for _, m := range p.Media {
		c, err := cid.Decode(m.CID)
		if err == nil && checkFileCID(c) == nil && m.Size <= MaxFile && slices.Contains(kinds, m.MIME) {
			out = append(out, attachment{c, int(m.Size), m.MIME})
		}
	}
	return out
}

// attached has the files of a document fetched.
func (n *Node) attached(doc []byte) {
	for _, a := range media(doc) {
		n.want(a, time.Now())
	}
}

// want queues a file, unless it is on its way, rests after a failure or the queue
// is full: then it is found missing again later.
func (n *Node) want(a attachment, now time.Time) {
	f := n.files
	if t, known := f.past.Get(a); n.store.denied(a.cid) || known && (t.bad || now.Before(t.next)) {
		return
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.asked[a] {
		return
	}
	select {
	case f.queue <- a:
		f.asked[a] = true
	default:
	}
}

// attend fetches queued files until ctx ends, as many at once as there are lanes for.
func (n *Node) attend(ctx context.Context) {
	f := n.files
	for range cap(f.lanes.fresh) + cap(f.lanes.slow) + cap(f.lanes.again) {
		f.worked.Go(func() {
			for {
				select {
				case <-ctx.Done():
					return
				case a := <-f.queue:
					n.attach(ctx, a)
				}
			}
		})
	}
}

func (n *Node) attach(ctx context.Context, a attachment) {
	f := n.files
	_, again := f.past.Get(a)
	err := f.lanes.do(ctx, again, func(ctx context.Context) error { return n.fetchFile(ctx, a) })
	f.mu.Lock()
	delete(f.asked, a)
	f.mu.Unlock()
	if err == nil {
		f.past.Remove(a)
	} else if ctx.Err() == nil {
		t, _ := f.past.Get(a)
		t.pause = min(max(2*t.pause, time.Second), time.Hour)
		t.next, t.bad = time.Now().Add(t.pause), errors.Is(err, ErrNotFile)
		f.past.Add(a, t)
	}
}

// fetchFile fetches what is missing of a file. Blocks are kept as they come, each
// checked. When the file turns out to be none, those that it brought are left to
// the collector: another file may consist of them too.
func (n *Node) fetchFile(ctx context.Context, a attachment) (err error) {
	ctx, cancel := context.WithTimeout(ctx, fileTime)
	defer cancel()
	var brought []string
	defer func() {
		if errors.Is(err, ErrNotFile) {
			err = errors.Join(err, n.marks.mark(context.WithoutCancel(ctx), brought, time.Now()))
		}
	}()
	var head []byte
	w := walker{get: func(ctx context.Context, c cid.Cid, limit int) (blocks.Block, error) {
		b, err := n.local(ctx, c)
		if err == nil || !format.IsNotFound(err) {
			return b, err
		}
		b, err = n.fetch(ctx, c, limit)
		if errors.Is(err, ErrNotDocument) { // proven too large
			err = notFile(c, "has more than %d bytes", limit)
		}
		if err == nil {
			brought = append(brought, string(c.Hash()))
			err = n.keep(ctx, b)
		}
		return b, err
	}, read: func(_ blocks.Block, part []byte) error {
		if len(head) == 0 && len(part) > 0 {
			if head = part[:min(len(part), 512)]; sniff(head) != a.mime {
				return notFile(a.cid, "is no %s", a.mime)
			}
		}
		return nil
	}}
	_, err = w.walk(ctx, a.cid, a.size)
	return err
}
