package chain

import (
	"context"
	"fmt"
	"math/big"

	"candor/graph"

	"github.com/ethereum/go-ethereum"
	"github.com/ipfs/go-cid"
)

// Node is a node's record.
type Node struct {
	Address   graph.Address
	LogKey    graph.Hash
	URL       string
	Since     uint64        // block
	Previous  graph.Address // whose successor it asked to be; it is when that one's Successor says so
	Successor graph.Address // set once it was rotated away: it speaks no more
}

// Plugin is a plugin's record.
type Plugin struct {
	ID        graph.Hash
	Publisher graph.Address
	Kind      Kind
	Slug      string
	Versions  uint32 // the newest version; 0 when it has no model yet
}

// Model is a version of a plugin's model.
type Model struct {
	Plugin     graph.Hash
	Version    uint32 // from 1
	Commitment graph.Hash
	ShapeID    graph.Hash
	DataRoot   graph.Hash
	Manifest   cid.Cid // undefined when its publisher gave what is no CID
	RevealBy   uint64  // seconds; 0: it has no secret
	ActiveFrom uint64  // block from which runs must use it
	Withdrawn  uint64  // block from which no run may use it; 0: not withdrawn
}

// Key is a verifying key's record.
type Key struct {
	Circuit     graph.Hash // CircuitID
	Hash        graph.Hash
	Development bool    // made without a ceremony: whoever made it can forge
	Transcript  cid.Cid // of the ceremony; undefined for development keys
	Since       uint64  // block
}

// Anchor is a log's head as its node anchored it.
type Anchor struct {
	OriginHash graph.Hash
	Size       uint64 // entries
	Root       graph.Hash
	Block      uint64     // of the anchor
	BlockHash  graph.Hash // of the block before it
}

// Node reads a node's record; known is false when there is none.
func (c *Client) Node(ctx context.Context, a graph.Address) (n Node, known bool, err error) {
	r, err := read(ctx, c, c.at.Registry, c.registry.PackNodes(a), c.registry.UnpackNodes)
	return Node{Address: a, LogKey: r.LogKey, URL: r.Url, Since: r.Since, Previous: r.Previous, Successor: r.Successor},
		r.Since != 0, err
}

// Plugin reads a plugin's record; known is false when there is none.
func (c *Client) Plugin(ctx context.Context, id graph.Hash) (p Plugin, known bool, err error) {
	r, err := read(ctx, c, c.at.Registry, c.registry.PackPlugins(id), c.registry.UnpackPlugins)
	return Plugin{ID: id, Publisher: r.Publisher, Kind: Kind(r.Kind), Slug: r.Slug, Versions: r.Versions},
		r.Publisher != (graph.Address{}), err
}

// Model reads a version's record; known is false when there is none.
func (c *Client) Model(ctx context.Context, plugin graph.Hash, version uint32) (m Model, known bool, err error) {
	r, err := read(ctx, c, c.at.Registry, c.registry.PackModels(plugin, version), c.registry.UnpackModels)
	if err != nil || r.Commitment == (graph.Hash{}) {
		return Model{}, false, err
	}
	m = Model{Plugin: plugin, Version: version, Commitment: r.Commitment, ShapeID: r.ShapeId, DataRoot: r.DataRoot,
		RevealBy: r.RevealBy, ActiveFrom: r.ActiveFrom, Withdrawn: r.WithdrawnAt}
	// The contract takes any bytes. What is no CID names no manifest and stays undefined:
	// an error would let one publisher stop whoever goes through all plugins.
	if name, err := cid.Cast(r.ManifestCid); err == nil {
		m.Manifest = name
	}
	return m, true, nil
}

// Active is the version that runs at the block must use: the newest that was
// active from it or before; known is false when there is none, or when that one
// was withdrawn by then.
func (c *Client) Active(ctx context.Context, plugin graph.Hash, block uint64) (m Model, known bool, err error) {
	p, known, err := c.Plugin(ctx, plugin)
	if err != nil || !known {
		return Model{}, false, err
	}
	for v := p.Versions; v > 0; v-- {
		if m, known, err = c.Model(ctx, plugin, v); err != nil {
			return Model{}, false, err
		} else if known && m.ActiveFrom <= block {
			if m.Withdrawn != 0 && block >= m.Withdrawn {
				return Model{}, false, nil
			}
			return m, true, nil
		}
	}
	return Model{}, false, nil
}

// VersionOf is the plugin's version with this commitment, 0 when there is none.
func (c *Client) VersionOf(ctx context.Context, plugin, commitment graph.Hash) (uint32, error) {
	return read(ctx, c, c.at.Registry, c.registry.PackVersionOf(plugin, commitment), c.registry.UnpackVersionOf)
}

// Key reads a verifying key's record; known is false when it is not in the table.
func (c *Client) Key(ctx context.Context, hash graph.Hash) (k Key, known bool, err error) {
	r, err := read(ctx, c, c.at.Registry, c.registry.PackKeys(hash), c.registry.UnpackKeys)
	if err != nil || r.Since == 0 {
		return Key{}, false, err
	}
	k = Key{Circuit: r.Circuit, Hash: hash, Development: r.Development, Since: r.Since}
	if len(r.TranscriptCid) > 0 {
		if k.Transcript, err = cid.Cast(r.TranscriptCid); err != nil {
			return Key{}, false, fmt.Errorf("key %s names no readable transcript: do not trust it: %w", hash, err)
		}
	}
	return k, true, nil
}

// Latest is the node's newest anchor, of whichever log.
func (c *Client) Latest(ctx context.Context, node graph.Address) (a Anchor, known bool, err error) {
	r, err := read(ctx, c, c.at.RunLog, c.runLog.PackLatest(node), c.runLog.UnpackLatest)
	return Anchor{OriginHash: r.OriginHash, Size: r.Size, Root: r.Root, Block: r.BlockNumber, BlockHash: r.BlockHash},
		r.Size != 0, err
}

// LatestOf is the newest anchor of one of the node's logs.
func (c *Client) LatestOf(ctx context.Context, node graph.Address, origin string) (a Anchor, known bool, err error) {
	r, err := read(ctx, c, c.at.RunLog, c.runLog.PackLatestOf(node, originHash(origin)), c.runLog.UnpackLatestOf)
	return Anchor{OriginHash: r.OriginHash, Size: r.Size, Root: r.Root, Block: r.BlockNumber, BlockHash: r.BlockHash},
		r.Size != 0, err
}

// Nodes lists all nodes in the order in which they came, those rotated away too.
func (c *Client) Nodes(ctx context.Context) ([]Node, error) {
	return list(ctx, c, c.registry.PackNodeCount(), c.registry.UnpackNodeCount,
		c.registry.PackNodeAt, c.registry.UnpackNodeAt, c.Node)
}

// Plugins lists all plugins in the order in which they came.
func (c *Client) Plugins(ctx context.Context) ([]Plugin, error) {
	return list(ctx, c, c.registry.PackPluginCount(), c.registry.UnpackPluginCount,
		c.registry.PackPluginAt, unpackHash(c.registry.UnpackPluginAt), c.Plugin)
}

// Keys lists all verifying keys in the order in which they came.
func (c *Client) Keys(ctx context.Context) ([]Key, error) {
	return list(ctx, c, c.registry.PackKeyCount(), c.registry.UnpackKeyCount,
		c.registry.PackKeyAt, unpackHash(c.registry.UnpackKeyAt), c.Key)
}

func unpackHash(unpack func([]byte) ([32]byte, error)) func([]byte) (graph.Hash, error) {
	return func(raw []byte) (graph.Hash, error) { return unpack(raw) }
}

// list walks one of the Registry's enumerations.
func list[ID, Record any](ctx context.Context, c *Client, count []byte, unpackCount func([]byte) (*big.Int, error),
	at func(*big.Int) []byte, unpackAt func([]byte) (ID, error),
	record func(context.Context, ID) (Record, bool, error)) (all []Record, err error) {
	n, err := read(ctx, c, c.at.Registry, count, unpackCount)
	if err != nil {
		return nil, err
	}
	for i := int64(0); n.IsInt64() && i < n.Int64(); i++ {
		id, err := read(ctx, c, c.at.Registry, at(big.NewInt(i)), unpackAt)
		if err != nil {
			return nil, err
		}
		r, known, err := record(ctx, id)
		if err != nil {
			return nil, err
		}
		if known {
			all = append(all, r)
		}
	}
	return all, nil
}

// read calls a view, at the client's block or at the head.
func read[T any](ctx context.Context, c *Client, to graph.Address, data []byte, unpack func([]byte) (T, error)) (out T, err error) {
	raw, err := c.backend.CallContract(ctx, ethereum.CallMsg{To: &to, Data: data}, c.block)
	if err != nil {
		return out, fmt.Errorf("the chain does not answer, check the RPC endpoint: %w", err)
	}
	if len(raw) == 0 {
		return out, fmt.Errorf("there is no such contract at %s: check the address and the chain", to)
	}
	if out, err = unpack(raw); err != nil {
		return out, fmt.Errorf("the contract at %s is another one: check the address: %w", to, err)
	}
	return out, nil
}
