package main

import (
	"context"
	"crypto/ecdsa"
	"encoding/json"
	"errors"
	"fmt"

	"candor/graph"
	registry "candor/zkcommit/chain"
	"candor/zkcommit/timelock"
)

// place is the chain that a node follows, for whoever publishes there.
type place struct {
	calls *registry.Client
	facts placeFacts
	close func()
}

// placeFacts is what a publisher reads of /api/v1/chain.
type placeFacts struct {
	Contracts contractAddresses `json:"contracts"`
	RPC       string            `json:"rpc"`
	Beacon    struct {
		Endpoints []string      `json:"endpoints"`
		Info      timelock.Info `json:"info"`
	} `json:"beacon"`
}

// openPlace asks a node for its chain and opens that, with a key to write or without.
func openPlace(ctx context.Context, node string, key *ecdsa.PrivateKey) (*place, error) {
	b, err := fetch(ctx, node, "/api/v1/chain")
	if err != nil {
		return nil, err
	}
	p := &place{}
	if err := json.Unmarshal(b, &p.facts); err != nil || p.facts.Contracts.Registry == (graph.Address{}) {
		return nil, fmt.Errorf("the node at %s does not tell its chain: it is of another version", node)
	}
	if p.facts.RPC == "" {
		return nil, errors.New("the node tells no endpoint of its chain: its operator names one with candor up --public-rpc")
	}
	flags := placeFlags{rpc: p.facts.RPC, registry: p.facts.Contracts.Registry.Hex()}
	p.calls, p.close, err = flags.open(ctx, key)
	return p, err
}
