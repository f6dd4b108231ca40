package chain

import (
	"context"
	"crypto/ecdsa"
	"errors"
	"fmt"
	"math/big"
	"strings"
	"sync"
	"time"

	"candor/contracts"
	"candor/graph"

	"github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/accounts/abi/bind/v2"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/rpc"
)

// patience is how long a transaction may take to be mined.
const patience = time.Minute

// Backend is what a Client needs of a chain; *ethclient.Client is one.
type Backend interface {
	bind.ContractBackend
	contracts.Receipts
}

// Client calls the contracts, as one account if it has a key. Its methods may be
// called from many goroutines at once; no other client should send from the same
// account meanwhile.
type Client struct {
	backend  Backend
	at       contracts.Addresses
	opts     *bind.TransactOpts // nil: reads only
	block    *big.Int           // views are as of it; nil: the head
	registry *contracts.Registry
	runLog   *contracts.RunLog
	verifier *contracts.Verifier

	sending sync.Mutex // one transaction at a time, so that nonces do not collide
}

// New makes a client of the contracts at these addresses; with a nil key it only reads.
func New(backend Backend, chainID *big.Int, at contracts.Addresses, key *ecdsa.PrivateKey) *Client {
	c := &Client{backend: backend, at: at, registry: contracts.NewRegistry(), runLog: contracts.NewRunLog(),
		verifier: contracts.NewVerifier()}
	if key != nil {
		c.opts = bind.NewKeyedTransactor(key, chainID)
	}
	return c
}

// CircuitID is a circuit's name on the chain: keccak-256 of its name in proofs.
func CircuitID(circuit string) graph.Hash { return crypto.Keccak256Hash([]byte(circuit)) }

// Kind is what a plugin does. The numbers are the contract's.
type Kind uint8

// The kinds of plugins.
const (
	Ranker Kind = 1
	Filter Kind = 2
	Tower  Kind = 3
)

// EnsureNode registers the account as a node, or updates its record when the log
// key or the URL differ.
func (c *Client) EnsureNode(ctx context.Context, logKey graph.Hash, url string) error {
	if err := c.mayWrite(); err != nil {
		return err
	}
	n, known, err := c.Node(ctx, c.opts.From)
	if err != nil || known && n.LogKey == logKey && n.URL == url {
		return err
	}
	return c.transact(ctx, c.at.Registry, c.registry.PackRegisterNode(logKey, url))
}

// EnsurePlugin publishes a plugin of the account and returns its id.
func (c *Client) EnsurePlugin(ctx context.Context, slug string, kind Kind) (graph.Hash, error) {
	if err := c.mayWrite(); err != nil {
		return graph.Hash{}, err
	}
	id := graph.Keccak(c.opts.From[:], []byte(slug))
	p, known, err := c.Plugin(ctx, id)
	if err != nil {
		return id, err
	}
	if known {
		if p.Kind != kind {
			return id, fmt.Errorf("plugin %q is of kind %d on the chain, not %d: choose another slug", slug, p.Kind, kind)
		}
		return id, nil
	}
	return id, c.transact(ctx, c.at.Registry, c.registry.PackPublishPlugin(slug, uint8(kind)))
}

// EnsureModel commits the model as the next version of the account's plugin,
// unless the plugin has a version with this commitment already, and returns the
// version. A manifest is committed with its version: another one under the same
// commitment is an error. Model's Version and ActiveFrom are the chain's to say.
func (c *Client) EnsureModel(ctx context.Context, m Model) (uint32, error) {
	if err := c.mayWrite(); err != nil {
		return 0, err
	}
	version, err := c.VersionOf(ctx, m.Plugin, m.Commitment)
	if err != nil {
		return 0, err
	}
	if version != 0 {
		old, _, err := c.Model(ctx, m.Plugin, version)
		if err == nil && old.Manifest != m.Manifest {
			err = fmt.Errorf("version %d of plugin %s has another manifest on the chain: publish what changed as a new version", version, m.Plugin)
		}
		return version, err
	}
	if err := c.commit(ctx, m, Pledge{}); err != nil {
		return 0, err
	}
	return c.VersionOf(ctx, m.Plugin, m.Commitment)
}

// EnsureKey adds a verifying key to the chain's table; the account must be the
// Registry's owner. A key that stands there otherwise is an error.
func (c *Client) EnsureKey(ctx context.Context, k Key) error {
	if err := c.mayWrite(); err != nil {
		return err
	}
	old, known, err := c.Key(ctx, k.Hash)
	if err != nil {
		return err
	}
	if known {
		if old.Circuit != k.Circuit || old.Development != k.Development {
			return fmt.Errorf("key %s stands in the chain's table for another circuit or purpose: keys are never changed", k.Hash)
		}
		return nil
	}
	return c.transact(ctx, c.at.Registry, c.registry.PackAddKey(k.Circuit, k.Hash, k.Development, k.Transcript.Bytes()))
}

// Anchor records the head of one of the account's logs, with its size in entries.
// An anchor that stands there already is no error; a smaller one than the last is.
func (c *Client) Anchor(ctx context.Context, origin string, size uint64, root graph.Hash) error {
	if err := c.mayWrite(); err != nil {
		return err
	}
	last, known, err := c.LatestOf(ctx, c.opts.From, origin)
	if err != nil {
		return err
	}
	if known && last.Size == size && last.Root == root {
		return nil
	}
	if known && last.Size >= size {
		return fmt.Errorf("the chain holds a checkpoint of %d entries with root %s: one of %d with root %s cannot follow it",
			last.Size, last.Root, size, root)
	}
	return c.transact(ctx, c.at.RunLog, c.runLog.PackAnchor(originHash(origin), size, root))
}

func originHash(origin string) graph.Hash { return crypto.Keccak256Hash([]byte(origin)) }

// Account is the account that the client writes as; it must have a key.
func (c *Client) Account() graph.Address { return c.opts.From }

func (c *Client) mayWrite() error {
	if c.opts == nil {
		return errors.New("this client has no key and cannot write to the chain: give it one")
	}
	return nil
}

func (c *Client) transact(ctx context.Context, to graph.Address, data []byte) error {
	return c.pay(ctx, to, data, nil)
}

// pay sends a transaction with a value, and returns once it is mined.
func (c *Client) pay(ctx context.Context, to graph.Address, data []byte, value *big.Int) error {
	c.sending.Lock()
	defer c.sending.Unlock()
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	opts := *c.opts
	opts.Context = ctx
	opts.Value = value
	// Estimating the gas runs the call, so a refusal shows here, before it costs
	// anything. The estimate is for a block that is not the one that will be: what an
	// anchor stores of it costs more than nothing, hence the margin.
	gas, err := c.backend.EstimateGas(ctx, ethereum.CallMsg{From: opts.From, To: &to, Data: data, Value: value})
	if err != nil {
		return c.explain(err)
	}
	opts.GasLimit = gas + gas/4 + 50_000
	tx, err := bind.Transact(c.registry.Instance(c.backend, to), &opts, data)
	if err != nil {
		return c.explain(err)
	}
	receipt, err := contracts.Mined(ctx, c.backend, tx.Hash())
	if err != nil {
		return fmt.Errorf("transaction %s is not mined yet, try again later: %w", tx.Hash(), err)
	}
	if receipt.Status != types.ReceiptStatusSuccessful {
		return fmt.Errorf("transaction %s was reverted: what it builds on changed meanwhile, try again", tx.Hash())
	}
	return nil
}

// explain turns a revert into the name of the contract's error.
func (c *Client) explain(err error) error {
	var data rpc.DataError
	if errors.As(err, &data) {
		if text, ok := data.ErrorData().(string); ok {
			if raw, bad := hexutil.Decode(text); bad == nil {
				for _, unpack := range []func([]byte) (any, error){c.registry.UnpackError, c.runLog.UnpackError, c.verifier.UnpackError} {
					if known, bad := unpack(raw); bad == nil {
						name := fmt.Sprintf("%T", known)
						for _, contract := range []string{"Registry", "RunLog", "Verifier"} {
							name = strings.TrimPrefix(name, "*contracts."+contract)
						}
						return refusal{c.opts.From, name}
					}
				}
			}
		}
	}
	return fmt.Errorf("the chain did not take the transaction, check that %s has funds: %w", c.opts.From, err)
}

// refusal is a custom error with which a contract reverted a call.
type refusal struct {
	from graph.Address
	name string
}

func (r refusal) Error() string {
	return fmt.Sprintf("the contract refuses the call from %s (%s): see contracts/src for what it wants", r.from, r.name)
}
