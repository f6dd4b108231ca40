package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"path/filepath"
	"time"

	"candor/feeds"
	"candor/graph"
	"candor/indexer"
	"candor/indexer/denylist"
	"candor/indexer/ipfs"
	"candor/local/beacon"
	"candor/relay"
	"candor/store/tables"
	"candor/zkcommit"
	registry "candor/zkcommit/chain"
	"candor/zkcommit/timelock"
	"candor/zkcommit/tlog"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"
	"golang.org/x/mod/sumdb/note"
)

// node is the all-in-one node: every real part, opened in the order in which
// they need each other and closed in the reverse.
type node struct {
	dir  string
	log  *slog.Logger
	keys *keyring
	ground
	final     feeds.Finality   // which blocks runs name
	calls     *registry.Client // signs as the node
	denied    *denylist.List
	ipfs      *ipfs.Node
	mirror    mirror
	ledger    *tables.Ledger
	index     *indexer.Indexer
	failed    chan error // why a part cannot go on
	relay     *relay.Relay
	runlog    *tlog.Log
	epochs    *tlog.Log
	snapshots *snapshots

	registered *registrations // of the built-in models
	disputed   disputes
	ceremonies ceremonyKeys // keys that ceremonies made

	beacon      *beacon.Beacon   // nil: drand's, or another outside
	dates       *timelock.Beacon // that models are locked to and opened with
	revealAfter time.Duration
	custody     *custody
	figures     *figures

	closers []func() error
}

func openNode(ctx context.Context, o upOptions, log *slog.Logger) (n *node, err error) {
	n = &node{dir: o.data, log: log, final: o.chain.finality(), registered: &registrations{dir: filepath.Join(o.data, "registrations")}, disputed: disputes{filepath.Join(o.data, "disputes")}, failed: make(chan error, 2)} // of the IPFS node and of the indexer
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
	n.figures = openFigures(filepath.Join(o.data, "rankers.json"), log)
	if n.keys, err = openKeys(filepath.Join(o.data, "keys")); err != nil {
		return n, err
	}
	for _, open := range []func(context.Context) error{
		func(ctx context.Context) error { return n.openIPFS(ctx, o.content) },
		func(ctx context.Context) error { return n.openChain(ctx, o.chain) },
		func(ctx context.Context) error { return n.openBeacon(ctx, o.beacon, o.reveal) },
		func(ctx context.Context) error { return n.openStores(ctx, o.database, o.vectors) },
		func(ctx context.Context) error { return n.startFrom(ctx, o.start) },
		func(ctx context.Context) error { return n.openIndex(ctx, o.index) }, n.openRelay, n.openLog, n.openEpochs, n.openSnapshots} {
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

// checkLedger refuses a ledger of another chain: its lane cannot go on here.
func (n *node) checkLedger(ctx context.Context) error {
	row, ok, err := n.ledger.LastRun(ctx, 0)
	if err != nil || !ok {
		return err
	}
	last, err := zkcommit.ParseRun(row.Run)
	switch {
	case errors.Is(err, zkcommit.ErrRunVersion):
		return fmt.Errorf("the ledger in %s holds runs of an earlier version, which this one cannot go on from: choose another data directory, and another database if one is named, and keep these for the program that made them", n.dir)
	case err != nil:
		return fmt.Errorf("the last run of the ledger in %s is damaged, restore it: %w", n.dir, err)
	}
	if last.Genesis != n.genesis {
		return fmt.Errorf("the ledger in %s has runs on the chain with genesis %s and here is %s: put that chain's directory back, or choose another data directory",
			n.dir, last.Genesis, n.genesis)
	}
	return nil
}

func (n *node) openRelay(context.Context) (err error) {
	n.relay, err = relay.New(relay.Config{Chain: n.client, Pins: n.ipfs, Files: filer{n.ipfs}, Manifest: checkManifest, ChainID: n.id(),
		Contract: n.at.SocialGraph, Key: n.keys.relayer, Development: n.development, Log: n.log})
	if err == nil {
		n.closers = append(n.closers, func() error { n.relay.Close(); return nil })
	}
	return err
}

// origin is the log's name. Development nodes have no domain; their address tells them apart.
func (n *node) origin() string {
	return originOf(crypto.PubkeyToAddress(n.keys.node.PublicKey))
}

// originOf is what a node's log of runs is called, on the chain too: a node has one.
func originOf(node graph.Address) string { return "candor.local/" + node.Hex() }

// openLog opens the log of runs. Its heads carry the account's signature too, which the
// contracts can check.
func (n *node) openLog(ctx context.Context) (err error) {
	account := zkcommit.Heads{Origin: n.origin(), Node: crypto.PubkeyToAddress(n.keys.node.PublicKey), Domain: zkcommit.RunLogDomain(n.chainID, n.at.RunLog)}
	n.runlog, err = tlog.Open(ctx, filepath.Join(n.dir, "log"), tlog.Options{Origin: n.origin(), Seed: n.keys.logSeed(), Also: []note.Signer{account.Signer(n.keys.node)}, Logger: n.log})
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
