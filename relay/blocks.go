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

// Blocks checks documents of posts, profiles and plugins' manifests and pins them all at once; the
// results are in their order. The same document may be sent again: it has the
// same CID. An error says that nothing was kept, for no fault of the documents.
func (r *Relay) Blocks(ctx context.Context, docs [][]byte) ([]BlockResult, error) {
	out := make([]BlockResult, len(docs))
	var good [][]byte
	var places []int
	for i, doc := range docs {
		if out[i].CID, out[i].Err = r.admitBlock(doc); out[i].Err == nil {
			good, places = append(good, doc), append(places, i)
		}
	}
	if len(good) == 0 {
		return out, nil
	}
	crashpoint.Here("relay.block.before-put")
	names, err := r.cfg.Pins.PutMany(ctx, good)
	if err == nil && len(names) != len(good) {
		err = fmt.Errorf("it has kept %d of %d", len(names), len(good))
	}
	if err != nil {
		return nil, fmt.Errorf("the IPFS node did not keep the documents: %w", err)
	}
	for j, i := range places {
		if !names[j].Equals(out[i].CID) {
			return nil, fmt.Errorf("the IPFS node kept a document as %s that is %s", names[j], out[i].CID)
		}
	}
	crashpoint.Here("relay.block.after-put")
	return out, nil
}

func (r *Relay) admitBlock(doc []byte) (cid.Cid, error) {
	if err := r.checkDocument(doc); err != nil {
		return cid.Undef, err
	}
	name, err := graph.DocumentCID(doc)
	if err == nil && !r.cfg.Quota.TakeBlock(len(doc)) {
		err = errors.New("this relay keeps no more documents this hour: try later or elsewhere")
	}
	return name, err
}

func (r *Relay) checkDocument(doc []byte) error {
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
	case "":
		if r.cfg.Manifest != nil {
			return r.cfg.Manifest(doc)
		}
		fallthrough
	default:
		err = fmt.Errorf("the document's $type is %q: send %q or %q", kind.Type, graph.PostType, graph.ProfileType)
	}
	return err
}
