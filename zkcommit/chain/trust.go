package chain

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/big"
	neturl "net/url"
	"slices"
	"sync"
	"time"

	"candor/contracts"
	"candor/graph"
	"candor/zkcommit"

	"github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/ethclient"
	"github.com/ipfs/go-cid"
)

// Anchorage is the place on the chain where the account's log with this origin is
// anchored: what zkcommit/tlog anchors to.
type Anchorage struct {
	Client *Client
	Origin string
}

// Anchored is the size of the log at its last anchor, 0 when there is none.
func (a Anchorage) Anchored(ctx context.Context) (uint64, error) {
	if err := a.Client.mayWrite(); err != nil {
		return 0, err
	}
	last, _, err := a.Client.LatestOf(ctx, a.Client.opts.From, a.Origin)
	return last.Size, err
}

// Anchor records the head and returns once that is mined.
func (a Anchorage) Anchor(ctx context.Context, size uint64, root graph.Hash) error {
	return a.Client.Anchor(ctx, a.Origin, size, root)
}

// Trust is a chain as a verifier's root of trust: it answers from an RPC endpoint that
// the verifier chose. It asks for nothing twice, so that ten thousand runs of a hundred
// models cost a few hundred questions, and may be used by many goroutines at once.
type Trust struct {
	ctx      context.Context
	client   *Client
	newest   *Client // never of an older block
	rpc      *ethclient.Client
	chainID  uint64
	genesis  graph.Hash
	registry graph.Address

	mu     sync.Mutex
	blocks map[uint64]header
	models map[graph.Hash][]Model // versions of a plugin
	keys   map[graph.Hash]keyRecord
	nodes  map[graph.Address]bool
	failed error
}

// header is a block's; none for one that the chain does not have.
type header struct {
	hash graph.Hash
	time uint64 // seconds
	is   bool
}

type keyRecord struct{ known, development bool }

// askTime is how long an endpoint may take for one answer.
const askTime = 10 * time.Second

// Failed is the first question that the endpoint did not answer. What a check then said
// of the chain is about the endpoint, and nobody's fault.
func (t *Trust) Failed() error {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.failed
}

// look is the record under the key, asked for once.
func look[K comparable, R any](t *Trust, at *map[K]R, key K, ask func(context.Context) (R, error)) (r R, err error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if r, ok := (*at)[key]; ok {
		return r, nil
	}
	ctx, cancel := context.WithTimeout(t.ctx, askTime)
	defer cancel()
	if r, err = ask(ctx); err != nil {
		if t.failed == nil {
			t.failed = err
		}
		return r, err
	}
	if *at == nil {
		*at = map[K]R{}
	}
	(*at)[key] = r
	return r, nil
}

var _ zkcommit.Chain = (*Trust)(nil)

// OpenTrust connects to the endpoint (http, https, ws or wss) and reads which
// chain it is. Questions end with ctx, and after 10 s each.
func OpenTrust(ctx context.Context, url string, registry graph.Address) (*Trust, error) {
	// A node may have named the endpoint: none may be a file or this process's input.
	if u, err := neturl.Parse(url); err != nil || u.Host == "" || !slices.Contains([]string{"http", "https", "ws", "wss"}, u.Scheme) {
		return nil, fmt.Errorf("%.80q is no URL of a chain's JSON-RPC: send one such as http://127.0.0.1:8545", url)
	}
	dial, cancel := context.WithTimeout(ctx, askTime)
	defer cancel()
	c, err := ethclient.DialContext(dial, url)
	if err != nil {
		return nil, fmt.Errorf("cannot reach a chain at %s: send the URL of its JSON-RPC: %w", url, err)
	}
	id, err := c.ChainID(dial)
	if err == nil && !id.IsUint64() {
		err = fmt.Errorf("its id %s is too large", id)
	}
	if err != nil {
		c.Close()
		return nil, fmt.Errorf("there is no chain at %s: send the URL of its JSON-RPC: %w", url, err)
	}
	first, err := c.HeaderByNumber(dial, new(big.Int))
	if err != nil {
		c.Close()
		return nil, fmt.Errorf("the chain at %s does not tell its first block: %w", url, err)
	}
	client := New(c, id, contracts.Addresses{Registry: registry}, nil)
	return &Trust{ctx: ctx, rpc: c, client: client, newest: client,
		chainID: id.Uint64(), genesis: first.Hash(), registry: registry}, nil
}

// Close ends the connection.
func (t *Trust) Close() { t.rpc.Close() }

// Identity says which chain and which Registry it is.
func (t *Trust) Identity() (chainID uint64, genesis graph.Hash, registry graph.Address) {
	return t.chainID, t.genesis, t.registry
}

// versions are the plugin's, all of them.
func (t *Trust) versions(plugin graph.Hash) ([]Model, error) {
	return look(t, &t.models, plugin, func(ctx context.Context) (all []Model, err error) {
		p, known, err := t.client.Plugin(ctx, plugin)
		for v := uint32(1); err == nil && known && v <= p.Versions; v++ {
			var m Model
			if m, _, err = t.client.Model(ctx, plugin, v); err == nil {
				all = append(all, m)
			}
		}
		return all, err
	})
}

// active is the version that runs at the block must use: see Client.Active.
func (t *Trust) active(plugin graph.Hash, block uint64) (m Model, known bool, err error) {
	all, err := t.versions(plugin)
	for _, m := range slices.Backward(all) {
		if m.ActiveFrom <= block {
			return m, m.Withdrawn == 0 || block < m.Withdrawn, err
		}
	}
	return m, false, err
}

// Model is what a version of a plugin committed to, and the name of its manifest;
// it fails when that version was not the active one at the block.
func (t *Trust) Model(plugin graph.Hash, version uint32, block uint64) (commitment, shape graph.Hash, manifest cid.Cid, err error) {
	m, known, err := t.active(plugin, block)
	switch {
	case err != nil:
	case !known:
		err = fmt.Errorf("the Registry at %s knows no version of plugin %s at block %d", t.registry, plugin, block)
	case m.Version != version:
		err = fmt.Errorf("version %d of plugin %s was active at block %d, not version %d", m.Version, plugin, block, version)
	}
	return m.Commitment, m.ShapeID, m.Manifest, err
}

// Header is the hash and the time, in seconds, of the block of that number; known is
// false where the chain has none.
func (t *Trust) Header(number uint64) (hash graph.Hash, seconds uint64, known bool, err error) {
	if number > math.MaxInt64 || t.client.block != nil && number > t.client.block.Uint64() {
		return graph.Hash{}, 0, false, nil // endpoints do not even take the question
	}
	h, err := look(t, &t.blocks, number, func(ctx context.Context) (header, error) {
		h, err := t.rpc.HeaderByNumber(ctx, new(big.Int).SetUint64(number))
		if errors.Is(err, ethereum.NotFound) {
			return header{}, nil
		}
		if err != nil {
			return header{}, fmt.Errorf("the chain does not give block %d: %w", number, err)
		}
		return header{h.Hash(), h.Time, true}, nil
	})
	return h.hash, h.time, h.is, err
}

// BlockHash is the hash of the chain's block of that number.
func (t *Trust) BlockHash(number uint64) (graph.Hash, error) {
	hash, _, known, err := t.Header(number)
	if err == nil && !known {
		err = fmt.Errorf("the chain does not give block %d: it has none", number)
	}
	return hash, err
}

// Key says whether the key is in the chain's table, and whether as a development key.
// It asks the newest block, in a Book too: keys are only ever added, and a run from
// before the book's block may have been proven after it, under a newer key.
func (t *Trust) Key(hash graph.Hash) (known, development bool, err error) {
	r, err := look(t, &t.keys, hash, func(ctx context.Context) (keyRecord, error) {
		k, known, err := t.newest.Key(ctx, hash)
		return keyRecord{known, k.Development}, err
	})
	return r.known, r.development, err
}

// Node says whether the address is registered as a node, or was before its key
// was rotated.
func (t *Trust) Node(node graph.Address) (registered bool, err error) {
	return look(t, &t.nodes, node, func(ctx context.Context) (bool, error) {
		_, known, err := t.client.Node(ctx, node)
		return known, err
	})
}
