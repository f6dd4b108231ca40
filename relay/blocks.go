package relay

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"candor/graph"
	"candor/internal/crashpoint"

	"github.com/ipfs/go-cid"
)

// BlockResult is what became of one document: its CID, or why it was refused.
type BlockResult struct {
	CID cid.Cid
	Err error
}

// Blocks checks documents of posts and profiles and pins them; the results are in
// their order. The same document may be sent again: it has the same CID.
func (r *Relay) Blocks(ctx context.Context, docs [][]byte) []BlockResult {
	out := make([]BlockResult, len(docs))
	for i, doc := range docs {
		out[i].CID, out[i].Err = r.block(ctx, doc)
	}
	return out
}

func (r *Relay) block(ctx context.Context, doc []byte) (cid.Cid, error) {
	if err := checkDocument(doc); err != nil {
		return cid.Undef, err
	}
	name, err := graph.DocumentCID(doc)
	if err != nil {
		return cid.Undef, err
	}
	if !r.cfg.Quota.TakeBlock(len(doc)) {
		return cid.Undef, errors.New("this relay keeps no more documents this hour: try later or elsewhere")
	}
	crashpoint.Here("relay.block.before-put")
	got, err := r.cfg.Pins.Put(ctx, doc)
	if err != nil {
		return cid.Undef, fmt.Errorf("the document could not be kept, try again: %w", err)
	}
	if !got.Equals(name) {
		return cid.Undef, fmt.Errorf("the document was kept as %s instead of %s: check the IPFS node", got, name)
	}
	crashpoint.Here("relay.block.after-put")
	return name, nil
}

func checkDocument(doc []byte) error {
	if len(doc) > graph.MaxDocument {
		return fmt.Errorf("the document has %d bytes: send at most %d", len(doc), graph.MaxDocument)
	}
	var kind struct {
		Type string `json:"$type"`
	}
	if err := json.Unmarshal(doc, &kind); err != nil {
		return fmt.Errorf("the document is no JSON map: %w", err)
	}
	var err error
	switch kind.Type {
	case graph.PostType:
		_, err = graph.ParsePost(doc)
	case graph.ProfileType:
		_, err = graph.ParseProfile(doc)
	default:
		err = fmt.Errorf("the document's $type is %q: send %q or %q", kind.Type, graph.PostType, graph.ProfileType)
	}
	return err
}
