package snapshot

import (
	"fmt"

	"github.com/ipfs/go-cid"

	"candor/graph"
)

// Write makes the snapshot of the rows that each gives to its argument, and gives
// its blocks to put as they fill, the root last. The rows are checked as a Reader
// checks them, so that no mirror writes what nobody would take; embed makes the
// embedding of a text. put must not keep the bytes.
func Write(of Of, block graph.Block, embed func(string) graph.Embedding,
	each func(take func(Row) error) error, put func(c cid.Cid, block []byte) error) (Root, cid.Cid, error) {
	k := newChecker(block, embed)
	root := Root{Type: RootType, Chunks: []Link{}, ChainID: of.ChainID, Genesis: of.Genesis, Contract: of.Contract, Schema: of.Schema,
		Block: Header{Hash: block.Hash, Number: block.Number, Parent: block.Parent, Time: block.Time}}
	chunk := make([]byte, 0, 2*ChunkSize)
	cut := func(n int) error {
		if len(root.Chunks) == MaxChunks {
			return fmt.Errorf("the snapshot has more than %d chunks of %d bytes: this Candor writes no larger one", MaxChunks, ChunkSize)
		}
		c := name(cid.Raw, chunk[:n])
		if err := put(c, chunk[:n]); err != nil {
			return err
		}
		root.Chunks, root.Size = append(root.Chunks, Link{c}), root.Size+uint64(n)
		chunk = append(chunk[:0], chunk[n:]...)
		return nil
	}
	err := each(func(row Row) error {
		row, err := k.take(row)
		if err != nil {
			return err
		}
		chunk = encode(chunk, row)
		for len(chunk) > ChunkSize {
			if err := cut(ChunkSize); err != nil {
				return err
			}
		}
		return nil
	})
	if err == nil && len(chunk) > 0 {
		err = cut(len(chunk))
	}
	if err == nil {
		root.Counts = k.counts
		root.MirrorRoot, err = k.end()
	}
	if err != nil {
		return Root{}, cid.Undef, fmt.Errorf("write the snapshot of block %d: %w", block.Number, err)
	}
	raw, c, err := root.Encode()
	if err != nil {
		return Root{}, cid.Undef, fmt.Errorf("write the snapshot of block %d: %w", block.Number, err)
	}
	return root, c, put(c, raw)
}
