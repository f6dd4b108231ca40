package ipfs

import (
	"errors"
	"fmt"

	"candor/graph"

	blocks "github.com/ipfs/go-block-format"
	"github.com/ipfs/go-cid"
	mh "github.com/multiformats/go-multihash"
)

// ErrNotDocument means that a CID, or the bytes behind it, can never be a
// document: asking again does not help.
var ErrNotDocument = errors.New("not a document")

// ErrUnavailable means that nobody served the document in time: ask again later.
var ErrUnavailable = errors.New("nobody serves the document")

// ErrWithheld means that the operator's denylist holds the content.
var ErrWithheld = errors.New("the operator withholds it")

// checkCID refuses what cannot name a document.
func checkCID(c cid.Cid) error {
	if !c.Defined() {
		return fmt.Errorf("%w: the CID is empty", ErrNotDocument)
	}
	p := c.Prefix()
	if p.Version != 1 || p.Codec != cid.DagJSON || p.MhType != mh.SHA2_256 || p.MhLength != 32 {
		return fmt.Errorf("%w: %s is no CIDv1 of dag-json by sha2-256", ErrNotDocument, c)
	}
	return nil
}

// checkBytes refuses bytes that are not those that c names, or too many of them.
func checkBytes(c cid.Cid, doc []byte) error {
	if err := checkSize(c, len(doc)); err != nil {
		return err
	}
	got, err := graph.DocumentCID(doc)
	if err != nil {
		return err
	}
	if !got.Equals(c) {
		return fmt.Errorf("the bytes kept for %s hash to %s: remove the block and fetch it again", c, got)
	}
	return nil
}

func checkSize(c cid.Cid, n int) error {
	if n > graph.MaxDocument {
		return fmt.Errorf("%w: %s has %d bytes, at most %d are taken", ErrNotDocument, c, n, graph.MaxDocument)
	}
	return nil
}

// block names a document. Errors: more than graph.MaxDocument bytes, or none.
func block(doc []byte) (blocks.Block, error) {
	if len(doc) == 0 || len(doc) > graph.MaxDocument {
		return nil, fmt.Errorf("%w: it has %d bytes: send 1 to %d", ErrNotDocument, len(doc), graph.MaxDocument)
	}
	c, err := graph.DocumentCID(doc)
	if err != nil {
		return nil, err
	}
	return blocks.NewBlockWithCid(doc, c)
}
