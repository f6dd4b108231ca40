package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math/big"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"candor/contracts"
	"candor/feeds"
	"candor/graph"
	"candor/indexer/evm"
	"candor/local/chain"

	"github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/accounts/abi/bind/v2"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/ethclient"
	"github.com/ethereum/go-ethereum/params"
	"github.com/spf13/cobra"
)

// chainOptions say which chain the node is on: its own for development, or one
// outside that it reaches through endpoints.
type chainOptions struct {
	port      int
	rpc       []string
	contracts string
	public    string
	depth     uint64
	interval  uint64
	bond      string // ether
}

func (o *chainOptions) flags(c *cobra.Command) {
	f := c.Flags()
	f.IntVar(&o.port, "chain-port", 0, "port of the development chain's JSON-RPC on 127.0.0.1; 0 takes a free one")
	f.StringArrayVar(&o.rpc, "rpc", nil, "JSON-RPC endpoint (http, https, ws, wss) of an EVM chain to follow instead of a development chain; repeat it for others to turn to when one fails or lies")
	f.StringVar(&o.contracts, "contracts", "", "file that candor deploy wrote, for the first start with --rpc")
	f.StringVar(&o.public, "public-rpc", "", "JSON-RPC endpoint to tell readers of; without one it is the first --rpc that holds no password, path or query")
	f.Uint64Var(&o.depth, "finality-depth", 0, "blocks behind the chain's head at which runs are made")
	f.StringVar(&o.bond, "bond", "", "ether that this node deposits as its bond, up to this sum; it loses them when it is shown to have lied")
	f.Uint64Var(&o.interval, "block-interval", 1, "runs are made at multiples of so many blocks only")
}

func (o chainOptions) check() error {
	if _, err := ether(o.bond); err != nil {
		return fmt.Errorf("--bond %q is no sum of ether: send a number such as 5 or 0.25", o.bond)
	}
	switch {
	case o.port < 0 || o.port > 65535:
		return fmt.Errorf("--chain-port %d is no port: send 0 to 65535", o.port)
	case len(o.rpc) == 0 && (o.contracts != "" || o.public != ""):
		return errors.New("--contracts and --public-rpc go with --rpc: name the chain's endpoints")
	case len(o.rpc) > 0 && o.port != 0:
		return errors.New("--chain-port is the development chain's and --rpc names another chain: send one of them")
	case o.interval == 0 || o.depth+o.interval > graph.History/2:
		return fmt.Errorf("--finality-depth and --block-interval must be at most %d together, and the interval at least 1: the index keeps the newest %d blocks", graph.History/2, graph.History)
	}
	return nil
}

// finality is what runs of this node name.
func (o chainOptions) finality() feeds.Finality {
	return feeds.Finality{Interval: max(o.interval, 1), Depth: o.depth, MergeDelay: mergeDelay}
}

// ground is the chain that the node stands on.
type ground struct {
	chain       *chain.Node // nil when the chain is outside
	client      *ethclient.Client
	source      *evm.Source
	chainID     uint64
	genesis     graph.Hash
	at          contracts.Addresses
	development bool   // development keys and imported profiles are taken
	from        uint64 // the contracts are in no earlier block
	rpc         string // told to readers
}

func (g *ground) id() *big.Int { return new(big.Int).SetUint64(g.chainID) }

// where names the chain to the user.
func (g *ground) where() string {
	if g.chain != nil {
		return "development chain at " + g.rpc
	}
	return fmt.Sprintf("chain %d", g.chainID)
}

func (n *node) openChain(ctx context.Context, o chainOptions) error {
	if len(o.rpc) > 0 {
		return n.openOutside(ctx, o)
	}
	if _, err := os.Stat(keptDeployment(n.dir)); err == nil {
		return fmt.Errorf("the data in %s are of a chain outside: name its endpoints with --rpc, or choose another data directory", n.dir)
	}
	return n.openInside(ctx, o.port)
}

// openInside starts the development chain with the contracts on it.
func (n *node) openInside(ctx context.Context, port int) (err error) {
	n.chain, err = chain.Start(chain.Config{Dir: filepath.Join(n.dir, "chain"), Port: port, Fund: account(n.keys)})
	if errors.Is(err, syscall.EADDRINUSE) {
		return fmt.Errorf("port %d is taken: choose another with --chain-port", port)
	} else if err != nil {
		return err
	}
	n.closers = append(n.closers, n.chain.Close)
	n.client, n.chainID, n.development, n.rpc = n.chain.Client(), chain.ID, true, n.chain.HTTP()
	n.at, err = contracts.Deploy(ctx, bind.NewKeyedTransactor(n.keys.node, n.id()), n.client, true)
	if err != nil {
		return err
	}
	first, err := n.client.HeaderByNumber(ctx, new(big.Int))
	if err != nil {
		return fmt.Errorf("the chain does not tell its first block: %w", err)
	}
	n.genesis = first.Hash()
	return n.openSource([]string{n.chain.WS()}, 100*time.Millisecond)
}

func (n *node) openSource(urls []string, poll time.Duration) (err error) {
	n.source, err = evm.Dial(urls, evm.Config{Contract: n.at.SocialGraph, Genesis: n.genesis, ChainID: n.chainID, Poll: poll, Log: n.log})
	if err == nil {
		n.closers = append(n.closers, func() error { n.source.Close(); return nil })
	}
	return err
}

// openOutside turns to the endpoints, and makes sure that the chain and the
// contracts are those that are meant and that this node's accounts can pay.
func (n *node) openOutside(ctx context.Context, o chainOptions) error {
	file := o.contracts
	if file == "" {
		file = keptDeployment(n.dir)
		if _, err := os.Stat(file); errors.Is(err, fs.ErrNotExist) {
			return errors.New("--rpc needs --contracts at the first start: name the file that candor deploy wrote")
		}
	}
	d, err := readDeployment(file)
	if err != nil {
		return err
	}
	n.chainID, n.genesis, n.at, n.development, n.from = d.ChainID, d.Genesis, contracts.Addresses(d.Contracts), d.Development, d.Block
	n.rpc = o.told()
	if n.rpc == "" {
		n.log.Warn("readers are told of no JSON-RPC endpoint, as those named may hold keys: tell them one with --public-rpc")
	}
	// Others' endpoints are asked no more often than their blocks need.
	if err := n.openSource(o.rpc, 500*time.Millisecond); err != nil {
		return err
	}
	asking, err := n.source.Client()
	if err != nil {
		return err
	}
	n.client = ethclient.NewClient(asking)
	if _, err := n.source.Head(ctx); err != nil {
		return fmt.Errorf("no endpoint answers for the chain %d of %s, check --rpc and --contracts: %w", d.ChainID, file, err)
	}
	if err := checkContracts(ctx, n.client, d); err != nil {
		return err
	}
	if err := keepDeployment(n.dir, d); err != nil {
		return err
	}
	return n.funded(ctx)
}

// told is the endpoint that readers are told of.
func (o chainOptions) told() string {
	if o.public != "" {
		return o.public
	}
	for _, raw := range o.rpc {
		u, err := url.Parse(raw)
		if err == nil && u.User == nil && u.RawQuery == "" && strings.Trim(u.Path, "/") == "" && strings.HasPrefix(u.Scheme, "http") {
			return raw
		}
	}
	return ""
}

// funded makes sure that the accounts that this node sends from have something.
func (n *node) funded(ctx context.Context) error {
	var poor []string
	for i, does := range []string{"registers the node and anchors its logs", "pays for readers' intents", "publishes rankers and filters"} {
		a := account(n.keys)[i]
		balance, err := n.client.BalanceAt(ctx, a, nil)
		if err != nil {
			return fmt.Errorf("the chain does not tell what %s has: %w", a, err)
		}
		if balance.Sign() == 0 {
			poor = append(poor, fmt.Sprintf("%s (%s)", a, does))
		}
	}
	if len(poor) > 0 {
		return fmt.Errorf("this node has no funds on the chain %d: send some to %s, then start it again", n.chainID, strings.Join(poor, " and "))
	}
	return nil
}

// mayProve says whether proofs can be made on this chain. Keys without a ceremony
// are taken on development chains only, and put there by the Registry's owner.
func (n *node) mayProve(ctx context.Context) (bool, error) {
	if in, err := n.entered(ctx); err != nil || in {
		return in, err
	}
	if !n.development {
		n.log.Warn("runs are not proved: this is no development chain, so it takes no development keys; name a ceremony's with --ceremony")
		return false, nil
	}
	registry := contracts.NewRegistry()
	raw, err := call(ctx, n.client, n.at.Registry, registry.PackOwner())
	if err != nil {
		return false, fmt.Errorf("the chain does not tell who owns the Registry: %w", err)
	}
	owner, err := registry.UnpackOwner(raw)
	if err != nil {
		return false, fmt.Errorf("there is no Registry at %s: %w", n.at.Registry, err)
	}
	if me := crypto.PubkeyToAddress(n.keys.node.PublicKey); owner != me {
		n.log.Warn("runs are not proved: only the Registry's owner adds verifying keys, and that is another account than this node's; deploy with this node's key to have them proved",
			"owner", owner, "node", me, "key", filepath.Join(n.dir, "keys", "node.key"))
		return false, nil
	}
	return true, nil
}

func call(ctx context.Context, client *ethclient.Client, at graph.Address, data []byte) ([]byte, error) {
	return client.CallContract(ctx, ethereum.CallMsg{To: &at, Data: data}, nil)
}

// bare takes the address out of an error of a connection: it may hold a key.
func bare(err error) error {
	var u *url.Error
	if errors.As(err, &u) {
		return u.Err
	}
	return err
}

// ether reads a sum of ether, as wei; nothing is none.
func ether(s string) (*big.Int, error) {
	if s == "" {
		return new(big.Int), nil
	}
	if strings.Trim(s, "0123456789.") != "" || len(s) > 30 {
		return nil, errors.New("digits and a point are expected")
	}
	sum, ok := new(big.Rat).SetString(s)
	if ok {
		sum.Mul(sum, new(big.Rat).SetInt64(params.Ether))
	}
	if !ok || !sum.IsInt() {
		return nil, errors.New("it is no whole number of wei")
	}
	return sum.Num(), nil
}

// deposit fills the node's bond up to a sum of ether.
func (n *node) deposit(ctx context.Context, sum string) error {
	wei, err := ether(sum)
	if err != nil || wei.Sign() == 0 {
		return err
	}
	if err := n.calls.EnsureBond(ctx, wei); err != nil {
		return fmt.Errorf("the bond of %s ether is not deposited: %w", sum, err)
	}
	return nil
}
