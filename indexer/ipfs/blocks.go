package ipfs

import (
	"context"
	"fmt"

	blocks "github.com/ipfs/go-block-format"
	"github.com/ipfs/go-cid"
	format "github.com/ipfs/go-ipld-format"
)

// MaxBlock is the most bytes of a block that is neither a document nor part of a
// picture: those of a mirror's snapshots.
const MaxBlock = 1 << 20

// PutBlock keeps a block, once it is on disk. Errors: bytes that c does not name,
// or more than MaxBlock of them; ErrWithheld when the operator denies it.
func (n *Node) PutBlock(ctx context.Context, c cid.Cid, raw []byte) error {
	if len(raw) > MaxBlock {
		return fmt.Errorf("block %s has %d bytes: at most %d are kept", c, len(raw), MaxBlock)
	}
	got, err := c.Prefix().Sum(raw)
	if err != nil || !got.Equals(c) {
		return fmt.Errorf("the bytes for block %s are others", c)
	}
	if n.store.denied(c) {
		return fmt.Errorf("%w: %s", ErrWithheld, c)
	}
	n.marks.touch(c) // before it is looked for, so that the collector leaves it
	if has, err := n.store.Has(ctx, c); err != nil || has {
		return err
	}
	b, err := blocks.NewBlockWithCid(raw, c)
	if err != nil {
		return err
	}
	return n.keep(ctx, b)
}

// GetBlock gives a block of at most limit bytes, from disk or else from connected
// peers and gateways; it keeps nothing. The bytes are those that c names.
// Errors: as of Get.
func (n *Node) GetBlock(ctx context.Context, c cid.Cid, limit int) ([]byte, error) {
	b, err := n.local(ctx, c)
	if format.IsNotFound(err) {
		b, err = n.fetch(ctx, c, limit)
	}
	if err != nil {
		return nil, err
	}
	raw := b.RawData()
	if len(raw) > limit {
		return nil, fmt.Errorf("block %s has %d bytes: at most %d are taken", c, len(raw), limit)
	}
	if got, err := c.Prefix().Sum(raw); err != nil || !got.Equals(c) {
		return nil, fmt.Errorf("the bytes kept for %s are others: remove the block and fetch it again", c)
	}
	return raw, nil
}

// Kept is GetBlock for what is on disk here, whoever else has it.
func (n *Node) Kept(ctx context.Context, c cid.Cid) ([]byte, error) {
	b, err := n.local(ctx, c)
	if err != nil {
		return nil, err
	}
	return b.RawData(), nil
}
