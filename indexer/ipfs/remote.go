package ipfs

import (
	"context"
	"errors"
	"fmt"

	"candor/graph"

	"github.com/ipfs/go-cid"
)

// Remote is one trustless gateway that is asked for documents by who keeps none,
// such as an auditor.
type Remote struct{ gateway *gateway }

// NewRemote reads the gateway's URL. Whoever names it vouches for its address.
func NewRemote(url string) (*Remote, error) {
	g, err := newGateway(url, true, Config{})
	if err != nil {
		return nil, err
	}
	return &Remote{g}, nil
}

// Get gives the document that c names, whose bytes hash to it. Errors: ErrNotDocument
// when c can never name one, ErrUnavailable when the gateway does not have it, others
// when the gateway failed or lied.
func (r *Remote) Get(ctx context.Context, c cid.Cid) ([]byte, error) {
	if err := checkCID(c); err != nil {
		return nil, err
	}
	doc, err := r.gateway.ask(ctx, c, graph.MaxDocument)
	if g := (*gatewayError)(nil); errors.As(err, &g) && g.fault == noFault {
		return nil, fmt.Errorf("%w: %w", ErrUnavailable, err)
	}
	if err != nil {
		return nil, err
	}
	if got, err := graph.DocumentCID(doc); err != nil || !got.Equals(c) {
		return nil, failed(lied, "the gateway %s sends other bytes for %s", r.gateway.base, c)
	}
	return doc, nil
}
