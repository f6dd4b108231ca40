package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"candor/graph"
	"candor/rankers/tower"
	"candor/zkcommit"

	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ipfs/go-cid"
)

// toldTower is a tower as a node serves it, for whoever has not its file. Its publisher is
// bound by its name; which version its commitment is of, is the node's word.
type toldTower struct {
	node, id   string
	publisher  graph.Address
	commitment graph.Hash
}

// findTower looks for PLUGIN/VERSION among the towers of a node.
func findTower(ctx context.Context, node, id string) (*toldTower, error) {
	raw, err := fetch(ctx, node, "/api/v1/towers")
	if err != nil {
		return nil, err
	}
	var l struct {
		Items []struct {
			ID, Slug   string
			Publisher  graph.Address
			Commitment graph.Hash
		}
	}
	if err := json.Unmarshal(raw, &l); err != nil {
		return nil, fmt.Errorf("the node at %s lists no towers that can be read: it is of another version", node)
	}
	for _, t := range l.Items {
		plugin, _, _ := strings.Cut(t.ID, "/")
		if !strings.EqualFold(t.ID, id) {
			continue
		}
		if !strings.EqualFold(zkcommit.PluginID(t.Publisher, t.Slug).Hex(), plugin) {
			return nil, fmt.Errorf("the node at %s names another publisher of the tower %s than its name does: ask another node", node, id)
		}
		return &toldTower{node, t.ID, t.Publisher, t.Commitment}, nil
	}
	return nil, fmt.Errorf("the node at %s serves no tower %.90q: GET /api/v1/towers lists those that it serves", node, id)
}

// someContents is how many a node is asked for at once.
const someContents = 30

// vectors are what the tower made of the texts, by their contents, as far as runs at the
// block read it. Each must be signed by delegates of the tower's publisher for these words.
func (t *toldTower) vectors(ctx context.Context, texts map[cid.Cid]string, block uint64) (map[cid.Cid]graph.Embedding, error) {
	out := map[cid.Cid]graph.Embedding{}
	for some := range slices.Chunk(slices.Collect(maps.Keys(texts)), someContents) {
		names := make([]string, len(some))
		for i, c := range some {
			names[i] = c.String()
		}
		raw, err := fetch(ctx, t.node, "/api/v1/towers/"+t.id+"/vectors?content="+strings.Join(names, ","))
		if err != nil {
			return nil, err
		}
		all, _, err := parseVectors(raw, t.commitment)
		if err != nil {
			return nil, fmt.Errorf("the node at %s: %w", t.node, err)
		}
		for _, v := range all {
			text, asked := texts[v.Content]
			if !asked || len(v.Words) == 0 || len(v.Vector) > graph.EmbeddingDim {
				return nil, fmt.Errorf("the node at %s serves a vector of the content %s that nobody asked for or signed", t.node, v.Content)
			}
			for _, w := range v.Words {
				if err := w.Check(t.commitment, t.publisher, tower.Tokens(text), v.Vector); err != nil {
					return nil, fmt.Errorf("the vector that the node at %s serves of the content %s does not hold: %w", t.node, v.Content, err)
				}
			}
			if v.From <= block {
				out[v.Content] = tower.Pad(v.Vector)
			}
		}
	}
	return out, nil
}

// parseVectors reads a page of a node's list of a tower's vectors.
func parseVectors(raw []byte, commitment graph.Hash) (all []zkcommit.TowerVector, cursor string, err error) {
	var page struct {
		Items []struct {
			Content string
			From    uint64
			Vector  hexutil.Bytes
			Words   []zkcommit.VectorWord
		}
		Cursor string
	}
	if err := json.Unmarshal(raw, &page); err != nil {
		return nil, "", fmt.Errorf("its list of vectors cannot be read: %w", err)
	}
	for _, x := range page.Items {
		c, err := cid.Decode(x.Content)
		if err != nil {
			return nil, "", errors.New("its list of vectors names a content that is none")
		}
		v := zkcommit.TowerVector{Tower: commitment, Content: c, From: x.From, Vector: make([]int8, len(x.Vector)), Words: x.Words}
		for i, b := range x.Vector {
			v.Vector[i] = int8(b)
		}
		all = append(all, v)
	}
	if len(page.Items) == 0 && page.Cursor != "" {
		return nil, "", errors.New("its list of vectors has an empty page with another behind it")
	}
	return all, page.Cursor, nil
}
