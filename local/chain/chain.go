package chain

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/big"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/eth"
	"github.com/ethereum/go-ethereum/eth/catalyst"
	"github.com/ethereum/go-ethereum/eth/ethconfig"
	"github.com/ethereum/go-ethereum/eth/filters"
	"github.com/ethereum/go-ethereum/ethclient"
	"github.com/ethereum/go-ethereum/node"
	"github.com/ethereum/go-ethereum/p2p"
	"github.com/ethereum/go-ethereum/params"
	"github.com/ethereum/go-ethereum/rpc"
)

const (
	// ID is the chain's id.
	ID = 1337
	// GasLimit is a block's gas limit.
	GasLimit = 60_000_000
	// MaxAhead is how far block time may run ahead of the clock: so many seconds
	// are also how many blocks a burst gets at once, such as an import in which
	// each reply needs the block of what it answers.
	MaxAhead = 10 * time.Minute
)

// Config says where the chain lives.
type Config struct {
	Dir  string           // made when absent; one process at a time
	Port int              // of HTTP and WS on 127.0.0.1; 0 takes a free one
	Fund []common.Address // get a million ether each at genesis
	// Ahead is how far block time may run ahead of the clock before blocks wait for it;
	// MaxAhead for zero. For simulations, which Advance it.
	Ahead time.Duration
}

// Node is a running chain.
type Node struct {
	stack  *node.Node
	eth    *eth.Ethereum
	beacon *catalyst.SimulatedBeacon
	client *ethclient.Client
	ahead  time.Duration

	mining sync.Mutex // one block at a time
	stop   context.CancelFunc
	done   chan struct{}
}

// Start opens the chain in the directory, or begins one there, and mines. The
// accounts to fund are fixed when the chain begins: asking for others later is
// an error. go-ethereum's own log stays silent unless its default logger is set.
func Start(cfg Config) (*Node, error) {
	genesis, err := openGenesis(cfg)
	if err != nil {
		return nil, err
	}
	stack, err := node.New(nodeConfig(cfg))
	if errors.Is(err, node.ErrDatadirUsed) {
		return nil, fmt.Errorf("the chain in %s is in use: stop the other process first", cfg.Dir)
	} else if err != nil {
		return nil, fmt.Errorf("cannot open the chain in %s: %w", cfg.Dir, err)
	}
	n := &Node{stack: stack, ahead: cfg.Ahead, done: make(chan struct{})}
	if n.ahead == 0 {
		n.ahead = MaxAhead
	}
	if err := n.run(genesis); err != nil {
		return nil, fmt.Errorf("cannot start the chain in %s: %w", cfg.Dir, errors.Join(err, stack.Close()))
	}
	return n, nil
}

func (n *Node) run(genesis *core.Genesis) (err error) {
	if n.eth, err = eth.New(n.stack, ethConfig(genesis)); err != nil {
		return err
	}
	system := filters.NewFilterSystem(n.eth.APIBackend, filters.Config{LogCacheSize: 32})
	n.stack.RegisterAPIs([]rpc.API{{Namespace: "eth", Service: filters.NewFilterAPI(system)}})
	if n.beacon, err = catalyst.NewSimulatedBeacon(0, common.Address{}, n.eth); err != nil {
		return err
	}
	n.stack.RegisterLifecycle(n.beacon)
	if err := n.stack.Start(); err != nil {
		return err
	}
	n.client = ethclient.NewClient(n.stack.Attach())
	ctx, stop := context.WithCancel(context.Background())
	n.stop = stop
	waiting := make(chan core.NewTxsEvent, 64)
	sub := n.eth.TxPool().SubscribeTransactions(waiting, true)
	go func() {
		defer close(n.done)
		defer sub.Unsubscribe()
		n.mine(ctx, waiting)
	}()
	return nil
}

// mine makes a block whenever transactions wait, until ctx ends.
func (n *Node) mine(ctx context.Context, waiting <-chan core.NewTxsEvent) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-waiting:
		}
		for n.hasWork() {
			if !n.pace(ctx) {
				return
			}
			hash := n.Commit()
			block := n.eth.BlockChain().GetBlockByHash(hash)
			if block == nil || len(block.Transactions()) == 0 {
				break // what waits pays too little: empty blocks would not help it
			}
		}
	}
}

func (n *Node) hasWork() bool {
	executable, _ := n.eth.TxPool().Stats()
	return executable > 0
}

// pace waits while the next block's time would be too far ahead of the clock, but
// a second at most: a clock that was put back must not stop the chain.
func (n *Node) pace(ctx context.Context) bool {
	next := time.Unix(int64(n.eth.BlockChain().CurrentBlock().Time)+1, 0)
	wait := min(time.Until(next)-n.ahead, time.Second)
	if wait <= 0 {
		return ctx.Err() == nil
	}
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-timer.C:
		return true
	}
}

// Commit makes a block of what waits, an empty one when nothing does, and returns
// the head's hash. The chain does so by itself when transactions wait; others call
// it for an empty block.
func (n *Node) Commit() common.Hash {
	n.mining.Lock()
	defer n.mining.Unlock()
	hash := n.beacon.Commit()
	_ = n.eth.TxPool().Sync() // else what was just mined still counts as waiting
	// A killed process loses nothing without this; a power cut would.
	_ = n.eth.ChainDb().SyncKeyValue()
	return hash
}

// Advance makes an empty block that much later than the head. It is refused while
// transactions wait. For simulations.
func (n *Node) Advance(d time.Duration) error {
	n.mining.Lock()
	defer n.mining.Unlock()
	return n.beacon.AdjustTime(d)
}

// Fork puts the head back to the block, so that the next one begins another
// branch. It is refused while transactions wait. Clients see the reorganisation
// with the next Commit. For tests.
func (n *Node) Fork(parent common.Hash) error {
	n.mining.Lock()
	defer n.mining.Unlock()
	return n.beacon.Fork(parent)
}

// HTTP is the URL of the JSON-RPC over HTTP.
func (n *Node) HTTP() string { return n.stack.HTTPEndpoint() }

// WS is the URL of the JSON-RPC over WebSocket.
func (n *Node) WS() string { return n.stack.WSEndpoint() }

// Client speaks to the chain without a socket; it lives until Close.
func (n *Node) Client() *ethclient.Client { return n.client }

// Close stops mining and serving, and closes the files.
func (n *Node) Close() error {
	n.stop()
	<-n.done
	n.client.Close()
	return n.stack.Close()
}

func nodeConfig(cfg Config) *node.Config {
	c := node.DefaultConfig
	c.Name = "chain"
	c.DataDir = cfg.Dir
	// LevelDB hands each write to the system before it returns. Pebble keeps the
	// newest in the process for a moment: a client could see a block that
	// `kill -9` then takes back.
	c.DBEngine = "leveldb"
	c.P2P = p2p.Config{NoDiscovery: true, NoDial: true}
	c.HTTPHost, c.HTTPPort = "127.0.0.1", cfg.Port
	c.HTTPModules = []string{"eth", "net", "web3"}
	c.HTTPCors = []string{"*"} // pages read the chain; it holds no account
	c.WSHost, c.WSPort = "127.0.0.1", cfg.Port
	c.WSModules = c.HTTPModules
	c.WSOrigins = []string{"*"}
	c.IPCPath = ""
	c.UseLightweightKDF = true
	return &c
}

func ethConfig(genesis *core.Genesis) *ethconfig.Config {
	c := ethconfig.Defaults
	c.NetworkId = ID
	c.Genesis = genesis
	c.SyncMode = ethconfig.FullSync
	c.StateScheme = "hash" // with NoPruning: each block's state is on disk with it
	c.NoPruning = true
	c.TransactionHistory = 0 // all
	c.TxPool.NoLocals = true
	c.TxPool.Journal = "" // who sent a transaction that was not mined sends it again
	c.TxPool.AccountSlots = 256
	c.Miner.GasCeil = GasLimit
	c.DatabaseCache, c.TrieCleanCache, c.TrieDirtyCache, c.SnapshotCache = 64, 32, 32, 32
	return &c
}

// openGenesis reads the genesis that the chain in the directory began with, or
// writes a new one. Its time makes each chain's genesis hash its own.
func openGenesis(cfg Config) (*core.Genesis, error) {
	file := filepath.Join(cfg.Dir, "genesis.json")
	raw, err := os.ReadFile(file)
	if errors.Is(err, os.ErrNotExist) {
		return newGenesis(cfg, file)
	} else if err != nil {
		return nil, fmt.Errorf("cannot read the chain's genesis: %w", err)
	}
	g := new(core.Genesis)
	if err := json.Unmarshal(raw, g); err != nil {
		return nil, fmt.Errorf("%s is no genesis: restore it or choose another data directory: %w", file, err)
	}
	for _, a := range cfg.Fund {
		if _, ok := g.Alloc[a]; !ok {
			return nil, fmt.Errorf("the chain in %s began without funds for %s: restore that data directory's keys, or choose another", cfg.Dir, a)
		}
	}
	return g, nil
}

func newGenesis(cfg Config, file string) (*core.Genesis, error) {
	g := core.DeveloperGenesisBlock(GasLimit, nil)
	g.Config.BogotaTime = nil // a fork that is still being made
	g.Timestamp = uint64(time.Now().Unix())
	million := new(big.Int).Mul(big.NewInt(1_000_000), big.NewInt(params.Ether))
	for _, a := range cfg.Fund {
		g.Alloc[a] = types.Account{Balance: million}
	}
	raw, err := json.MarshalIndent(g, "", " ")
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(cfg.Dir, 0o700); err != nil {
		return nil, fmt.Errorf("cannot make the chain's directory: %w", err)
	}
	if err := keep(file, raw); err != nil {
		return nil, fmt.Errorf("cannot write the chain's genesis: %w", err)
	}
	return g, nil
}

// keep writes beside, syncs and renames, so that a power cut leaves a whole file
// or none.
func keep(file string, raw []byte) error {
	f, err := os.OpenFile(file+".new", os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(raw)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	return os.Rename(file+".new", file)
}
