package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/big"
	"net"
	"path/filepath"
	"syscall"

	"candor/contracts"
	"candor/graph"
	"candor/indexer"
	"candor/indexer/denylist"
	"candor/indexer/evm"
	"candor/indexer/ipfs"
	"candor/local/chain"
	"candor/relay"
	"candor/store/tables"
	"candor/zkcommit"
	registry "candor/zkcommit/chain"
	"candor/zkcommit/tlog"

	"github.com/ethereum/go-ethereum/accounts/abi/bind/v2"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"
)

// node is the all-in-one node: every real part, opened in the order in which
// they need each other and closed in the reverse.
type node struct {
	dir       string
	log       *slog.Logger
	keys      *keyring
	chain     *chain.Node
	at        contracts.Addresses
	genesis   graph.Hash
	calls     *registry.Client // signs as the node
	denied    *denylist.List
	ipfs      *ipfs.Node
	mirror    mirror
	ledger    *tables.Ledger
	source    *evm.Source
	index     *indexer.Indexer
	failed    chan error // why a part cannot go on
	relay     *relay.Relay
	runlog    *tlog.Log
	snapshots *snapshots

	closers []func() error
}

func openNode(ctx context.Context, o upOptions, log *slog.Logger) (n *node, err error) {
	n = &node{dir: o.data, log: log, failed: make(chan error, 2)} // of the IPFS node and of the indexer
	defer func() {
		if err != nil {
			n.close()
		}
	}()
	lock, err := lockDir(o.data)
	if err != nil {
		return n, err
	}
	n.closers = append(n.closers, lock.Close)
	if n.keys, err = openKeys(filepath.Join(o.data, "keys")); err != nil {
		return n, err
	}
	for _, open := range []func(context.Context) error{
		func(ctx context.Context) error { return n.openIPFS(ctx, o.content) },
		func(ctx context.Context) error { return n.openChain(ctx, o.chainPort) },
		func(ctx context.Context) error { return n.openStores(ctx, o.database, o.vectors) },
		func(ctx context.Context) error { return n.startFrom(ctx, o.start) },
		func(ctx context.Context) error { return n.openIndex(ctx, o.index) }, n.openRelay, n.openLog, n.openSnapshots} {
		if err = open(ctx); err != nil {
			return n, err
		}
	}
	return n, nil
}

// close ends the parts; all get their turn, whatever fails.
func (n *node) close() {
	for i := len(n.closers) - 1; i >= 0; i-- {
		if err := n.closers[i](); err != nil {
			n.log.Error("a part did not close well", "err", err)
		}
	}
	n.closers = nil
}

func account(k *keyring) []common.Address {
	return []common.Address{crypto.PubkeyToAddress(k.node.PublicKey), crypto.PubkeyToAddress(k.relayer.PublicKey),
		crypto.PubkeyToAddress(k.publisher.PublicKey)}
}

func (n *node) openChain(ctx context.Context, port int) (err error) {
	n.chain, err = chain.Start(chain.Config{Dir: filepath.Join(n.dir, "chain"), Port: port, Fund: account(n.keys)})
	if errors.Is(err, syscall.EADDRINUSE) {
		return fmt.Errorf("port %d is taken: choose another with --chain-port", port)
	} else if err != nil {
		return err
	}
	n.closers = append(n.closers, n.chain.Close)
	client := n.chain.Client()
	n.at, err = contracts.Deploy(ctx, bind.NewKeyedTransactor(n.keys.node, big.NewInt(chain.ID)), client, true)
	if err != nil {
		return err
	}
	first, err := client.HeaderByNumber(ctx, new(big.Int))
	if err != nil {
		return fmt.Errorf("the chain does not tell its first block: %w", err)
	}
	n.genesis = first.Hash()
	return nil
}

// checkLedger refuses a ledger of another chain: its lane cannot go on here.
func (n *node) checkLedger(ctx context.Context) error {
	row, ok, err := n.ledger.LastRun(ctx, 0)
	if err != nil || !ok {
		return err
	}
	last, err := zkcommit.ParseRun(row.Run)
	if err != nil {
		return fmt.Errorf("the last run of the ledger in %s is damaged, restore it: %w", n.dir, err)
	}
	if last.Genesis != n.genesis {
		return fmt.Errorf("the ledger in %s has runs on the chain with genesis %s and here is %s: put that chain's directory back, or choose another data directory",
			n.dir, last.Genesis, n.genesis)
	}
	return nil
}

func (n *node) openRelay(context.Context) (err error) {
	n.relay, err = relay.New(relay.Config{Chain: n.chain.Client(), Pins: n.ipfs, Files: filer{n.ipfs}, ChainID: big.NewInt(chain.ID),
		Contract: n.at.SocialGraph, Key: n.keys.relayer, Development: true})
	if err == nil {
		n.closers = append(n.closers, func() error { n.relay.Close(); return nil })
	}
	return err
}

// origin is the log's name. Development nodes have no domain; their address tells them apart.
func (n *node) origin() string {
	return "candor.local/" + crypto.PubkeyToAddress(n.keys.node.PublicKey).Hex()
}

func (n *node) openLog(ctx context.Context) (err error) {
	n.runlog, err = tlog.Open(ctx, filepath.Join(n.dir, "log"), tlog.Options{Origin: n.origin(), Seed: n.keys.logSeed(), Logger: n.log})
	if err == nil {
		n.closers = append(n.closers, func() error { return n.runlog.Close(context.Background()) })
	}
	return err
}

// listen claims the address before anything slow happens.
func listen(addr string) (net.Listener, error) {
	l, err := net.Listen("tcp", addr)
	if err != nil {
		return nil, fmt.Errorf("cannot listen on %s: choose another address with --listen", addr)
	}
	return l, nil
}
