package main

import (
	"context"
	"encoding/hex"
	"os"
	"time"

	"candor/graph"
	"candor/store/qdrant"
	"candor/store/scan"
	"candor/store/vectors"

	"github.com/ethereum/go-ethereum/crypto"
	"github.com/spf13/cobra"
)

// qdrantKey names the variable with Qdrant's API key: flags are seen by everyone
// on the machine.
const qdrantKey = "CANDOR_QDRANT_KEY"

// vectorOptions say where the index of vectors is.
type vectorOptions struct {
	qdrant      string
	approximate bool
	check       time.Duration
}

func (o *vectorOptions) flags(c *cobra.Command) {
	f := c.Flags()
	f.StringVar(&o.qdrant, "qdrant", "", "keep the vectors in the Qdrant whose gRPC port is at this URL (http://host:6334), not in this process; "+qdrantKey+" is its API key")
	f.BoolVar(&o.approximate, "qdrant-approximate", false, "let Qdrant search its graph: faster with millions of vectors, and it may miss some")
	f.DurationVar(&o.check, "qdrant-check", 5*time.Minute, "how often all that Qdrant holds is read and compared with the mirror; 0 for at the start and after errors only")
}

// openVectors opens the index of vectors, and says where those of towers are. Each data
// directory has collections of its own, named by the node's key.
func (n *node) openVectors(ctx context.Context, o vectorOptions) (vectors.Index, vectors.Spaces, error) {
	if o.qdrant == "" {
		return scan.New(), vectors.Spaces{Open: func(context.Context, graph.Hash) (vectors.Index, error) { return scan.New(), nil }}, nil
	}
	address := crypto.PubkeyToAddress(n.keys.node.PublicKey)
	x, err := qdrant.Open(ctx, qdrant.Config{URL: o.qdrant, APIKey: os.Getenv(qdrantKey), Approximate: o.approximate,
		Collection: "candor-" + hex.EncodeToString(address[:8])})
	if err != nil {
		return nil, vectors.Spaces{}, err
	}
	n.closers = append(n.closers, x.Close)
	return x, vectors.Spaces{Retain: x.Retain, Open: func(ctx context.Context, tower graph.Hash) (vectors.Index, error) { return x.Space(ctx, tower) }}, nil
}

// watchVectors compares the index of vectors with the mirror from time to time;
// one that differs is repaired, or not read.
func (n *node) watchVectors(ctx context.Context, every time.Duration) {
	if every <= 0 {
		return
	}
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		if err := n.mirror.CheckVectors(ctx); err != nil && ctx.Err() == nil {
			n.log.Error("the index of vectors could not be repaired and is not read", "err", err, "again in", every)
		}
	}
}
