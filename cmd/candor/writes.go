package main

import (
	"context"
	"errors"

	"candor/graph"
	"candor/indexer"
	"candor/indexer/ipfs"
	"candor/relay"
	"candor/web"
	"candor/zkcommit"

	"github.com/ipfs/go-cid"
)

// writes carries content and intents from the front door to the relay. It
// answers once the index shows what was mined, so that a client reads its own
// writes.
type writes struct {
	relay *relay.Relay
	index *indexer.Indexer
}

// Blocks implements web.Writes.
func (w writes) Blocks(ctx context.Context, docs [][]byte) ([]web.BlockResult, error) {
	kept, err := w.relay.Blocks(ctx, docs)
	if err != nil {
		return nil, err
	}
	out := make([]web.BlockResult, len(docs))
	for i, r := range kept {
		if r.Err != nil {
			out[i].Error = r.Err.Error()
		} else {
			out[i].CID = r.CID.String()
		}
	}
	return out, nil
}

// File implements web.Writes.
func (w writes) File(ctx context.Context, mime string, body []byte) (web.File, error) {
	c, kind, err := w.relay.File(ctx, body)
	switch {
	case errors.Is(err, ipfs.ErrNotFile):
		return web.File{}, graph.Malformed("%s", err)
	case errors.Is(err, ipfs.ErrWithheld):
		return web.File{}, graph.Malformed("the operator of this node withholds this file: send it elsewhere")
	case errors.Is(err, relay.ErrNoQuota):
		return web.File{}, graph.Later("%s", err)
	case err != nil:
		return web.File{}, err
	case kind != mime:
		return web.File{}, graph.Malformed("the file is %s and the content type says %s: send the type that it has", kind, mime)
	}
	return web.File{CID: c.String(), Size: len(body), MIME: kind}, nil
}

// checkManifest admits a plugin's signed manifest to the relay.
func checkManifest(doc []byte) error {
	_, _, err := zkcommit.ParseManifest(doc)
	return err
}

// filer keeps the relay's files on the IPFS node.
type filer struct{ *ipfs.Node }

// AddFile implements relay.Filer.
func (f filer) AddFile(ctx context.Context, body []byte) (cid.Cid, string, error) {
	kept, err := f.Node.AddFile(ctx, body)
	return kept.CID, kept.MIME, err
}

// Intents implements web.Writes.
func (w writes) Intents(ctx context.Context, body []byte) (any, error) {
	signed, err := relay.DecodeIntents(body)
	if err != nil {
		return nil, graph.Malformed("%s", err)
	}
	results := w.relay.Submit(ctx, signed)
	var last uint64
	for _, r := range results {
		last = max(last, r.ID.Block)
	}
	if last > 0 {
		if err := w.index.Synced(ctx, last); err != nil {
			return nil, err
		}
	}
	return results, nil
}

// Nonce implements web.Writes.
func (w writes) Nonce(ctx context.Context, author graph.Address) (uint64, error) {
	return w.relay.Nonce(ctx, author)
}
