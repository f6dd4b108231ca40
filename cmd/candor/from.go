package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/big"
	"os"
	"strings"
	"time"

	"candor/graph/embed"
	"candor/graph/snapshot"
	"candor/indexer/ipfs"
	"candor/zkcommit/tlog"

	"github.com/ipfs/go-cid"
	"github.com/spf13/cobra"
)

// fromOptions say what an empty index starts from.
type fromOptions struct {
	from, log, key string
	witnesses      []string
}

func (o *fromOptions) flags(c *cobra.Command) {
	f := c.Flags()
	f.StringVar(&o.from, "from-snapshot", "", "CID or CAR file to start an empty index from, instead of from the chain's first block")
	f.StringVar(&o.log, "snapshot-log", "", "URL of a log that must hold the snapshot, such as http://HOST/log/snapshots/")
	f.StringVar(&o.key, "snapshot-log-key", "", "key of that log, from somebody you trust")
	f.StringArrayVar(&o.witnesses, "snapshot-log-witness", nil, "key of a witness that must have cosigned that log's head; may be repeated")
}

func (o fromOptions) check() error {
	switch {
	case (o.log == "") != (o.key == ""):
		return errors.New("--snapshot-log and --snapshot-log-key go together: send both or none")
	case o.log != "" && o.from == "":
		return errors.New("--snapshot-log goes with --from-snapshot: say what to start from")
	case len(o.witnesses) > 0 && o.log == "":
		return errors.New("--snapshot-log-witness goes with --snapshot-log: name the log that it cosigns")
	}
	_, _, err := cosigners(o.witnesses, 0)
	return err
}

// source gives the blocks of a snapshot, at most limit bytes each.
type source func(c cid.Cid, limit int) ([]byte, error)

// startFrom fills an empty index with the snapshot that was named, once it is
// checked. What it cannot check it says.
func (n *node) startFrom(ctx context.Context, o fromOptions) error {
	if o.from == "" {
		return nil
	}
	if head, ok, err := n.mirror.Head(ctx); err != nil {
		return err
	} else if ok {
		n.log.Warn("the index is not empty and goes on: --from-snapshot is passed over", "block", head.Number)
		return nil
	}
	c, get, end, err := n.snapshotSource(ctx, o.from)
	if err != nil {
		return err
	}
	defer end()
	raw, err := get(c, snapshot.MaxRoot)
	if err != nil {
		return fmt.Errorf("the snapshot %s cannot be fetched: %w", c, err)
	}
	root, err := snapshot.ParseRoot(c, raw)
	if err != nil {
		return err
	}
	if err := n.fits(ctx, root); err != nil {
		return fmt.Errorf("the snapshot %s is refused: %w", c, err)
	}
	if o.log == "" {
		n.log.Warn("the snapshot is checked against no log: that its rows happened on the chain rests on who gave you its CID", "snapshot", c)
	} else if index, err := inLog(ctx, o, root.Entry(c)); err != nil {
		return fmt.Errorf("the snapshot %s is refused: %w", c, err)
	} else {
		n.log.Info("the log holds the snapshot", "log", o.log, "entry", index)
	}
	show, done := byteBar(os.Stderr, "loading", int64(root.Size))
	defer done()
	began := time.Now()
	r := snapshot.NewReader(root, embed.Text, func(c cid.Cid) ([]byte, error) {
		b, err := get(c, snapshot.ChunkSize)
		if err == nil {
			show(readBytes(&root, c))
		}
		return b, err
	})
	if err := n.mirror.Import(ctx, r); err != nil {
		return fmt.Errorf("the index does not start from %s: %w", c, err)
	}
	n.log.Info("the index starts from a snapshot", "snapshot", c, "block", root.Block.Number, "posts", root.Counts.Posts,
		"seconds", time.Since(began).Round(time.Millisecond).Seconds())
	return nil
}

// readBytes is how far the chunk's end is in the rows.
func readBytes(root *snapshot.Root, c cid.Cid) uint64 {
	for i, l := range root.Chunks {
		if l.Equals(c) {
			return min(uint64(i+1)*snapshot.ChunkSize, root.Size)
		}
	}
	return 0
}

// snapshotSource is the file, or else the node's own blocks, its peers and gateways.
func (n *node) snapshotSource(ctx context.Context, from string) (cid.Cid, source, func(), error) {
	c, err := cid.Decode(from)
	if err == nil && !strings.HasSuffix(from, ".car") {
		return c, func(c cid.Cid, limit int) (b []byte, err error) {
			for range 5 { // each as long as the IPFS node waits
				if b, err = n.ipfs.GetBlock(ctx, c, limit); !errors.Is(err, ipfs.ErrUnavailable) {
					return b, err
				}
			}
			return nil, err
		}, func() {}, nil
	}
	f, err := os.Open(from)
	if err != nil {
		return c, nil, nil, fmt.Errorf("%s is neither a CID nor a CAR file that can be read: send --from-snapshot one", from)
	}
	car, err := snapshot.OpenCAR(f)
	if err != nil {
		f.Close()
		return c, nil, nil, fmt.Errorf("read %s: %w", from, err)
	}
	return car.Root, car.Get, func() { f.Close() }, nil
}

// fits makes sure that the snapshot is of this node's world and that its block is
// on the chain that the node follows.
func (n *node) fits(ctx context.Context, root snapshot.Root) error {
	mine, its := n.of(), root.Of()
	switch {
	case its.ChainID != mine.ChainID || its.Genesis != mine.Genesis:
		return fmt.Errorf("it is of the chain %d with genesis %s and here is %d with %s", its.ChainID, its.Genesis, mine.ChainID, mine.Genesis)
	case its.Contract != mine.Contract:
		return fmt.Errorf("it is of the contract %s and here is %s", its.Contract, mine.Contract)
	case its.Schema != mine.Schema:
		return fmt.Errorf("its embeddings have schema %s and here is %s", its.Schema, mine.Schema)
	}
	b := root.Block
	h, err := n.client.HeaderByNumber(ctx, new(big.Int).SetUint64(b.Number))
	if err != nil {
		return fmt.Errorf("the chain does not tell its block %d: %w", b.Number, err)
	}
	if h.Hash() != b.Hash || h.ParentHash != b.Parent || h.Time != b.Time {
		return fmt.Errorf("it is of block %d %s and the chain has %s there", b.Number, b.Hash, h.Hash())
	}
	return nil
}

// maxLogged is how many entries of a log are looked through.
const maxLogged = 100_000

// inLog finds the entry in the log, newest first, and checks that the checkpoint
// that the key signed and all witnesses cosigned commits to it.
func inLog(ctx context.Context, o fromOptions, entry []byte) (uint64, error) {
	v, err := tlog.ParseVerifier(o.key)
	if err != nil {
		return 0, err
	}
	log := tlog.Remote(o.log, v, nil)
	head, err := log.Checkpoint(ctx)
	if err != nil {
		return 0, err
	}
	s := &subject{}
	if s.named, s.quorum, err = cosigners(o.witnesses, 0); err != nil {
		return 0, err
	}
	if head, err = s.witnessedHead(ctx, log, head); err != nil {
		return 0, err
	}
	if n := cosigned(head.Note, s.named); n < s.quorum {
		return 0, fmt.Errorf("the head of the log at %s is cosigned by %d of the %d witnesses that must have: it may not be what others are shown", o.log, n, s.quorum)
	}
	for i := head.Size; i > 0 && head.Size-i < maxLogged; i-- {
		got, err := log.Entry(ctx, i-1, head.Size)
		if err != nil {
			return 0, err
		}
		if !bytes.Equal(got, entry) {
			continue
		}
		path, err := log.Inclusion(ctx, i-1, head.Size)
		if err != nil {
			return 0, err
		}
		return i - 1, head.Includes(i-1, entry, path)
	}
	return 0, fmt.Errorf("the log at %s does not hold it", o.log)
}
