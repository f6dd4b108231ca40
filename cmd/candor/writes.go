package main

import (
	"context"

	"candor/graph"
	"candor/indexer"
	"candor/relay"
	"candor/web"
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
