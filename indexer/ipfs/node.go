package ipfs

import (
	"context"
	"crypto/rand"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"github.com/cockroachdb/pebble/v2"
	"github.com/cockroachdb/pebble/v2/vfs"
	lru "github.com/hashicorp/golang-lru/v2"
	"github.com/ipfs/boxo/bitswap"
	"github.com/ipfs/boxo/bitswap/network/bsnet"
	"github.com/ipfs/boxo/blockstore"
	blocks "github.com/ipfs/go-block-format"
	"github.com/ipfs/go-cid"
	pebbleds "github.com/ipfs/go-ds-pebble"
	"github.com/libp2p/go-libp2p"
	"github.com/libp2p/go-libp2p/core/crypto"
	"github.com/libp2p/go-libp2p/core/host"
	"github.com/libp2p/go-libp2p/core/peer"
	"github.com/libp2p/go-libp2p/p2p/transport/tcp"
	mh "github.com/multiformats/go-multihash"
)

// Config says where a node keeps its blocks and where it listens.
type Config struct {
	Dir           string        // holds the blocks and the peer's key; made when absent
	Listen        string        // multiaddress; "" is /ip4/127.0.0.1/tcp/0
	GatewayListen string        // host:port; "" is 127.0.0.1:0
	Timeout       time.Duration // longest that Get asks others; 0 is 10 s
	Failed        func(error)   // hears, once, that the disk takes no more; may be nil

	// Gateways are URLs of trustless gateways that are asked besides peers.
	// Addresses outside the public internet are refused, but for those of
	// PrivateGateways, which the operator runs.
	Gateways, PrivateGateways []string
	// Denylist names what is never fetched, kept or served; nil is nothing.
	Denylist Denylist

	moment  time.Duration                                                // how long a block counts as fresh at a gateway
	resolve func(ctx context.Context, host string) ([]netip.Addr, error) // nil is the system's resolver
	roots   *x509.CertPool                                               // nil are the system's
	dialled func(to netip.AddrPort, refused bool)                        // hears every address that is dialled
	disk    vfs.FS                                                       // nil is the system's
}

// Denylist is what the operator withholds, as of now.
type Denylist interface {
	Holds(mh.Multihash) bool
	Hashes() []mh.Multihash
}

// Node is a running IPFS node. Its methods may be called from any goroutine.
type Node struct {
	timeout    time.Duration
	peers      *gateway // what is known of the connected peers as one source
	asked      []*gateway
	turn       atomic.Uint32                 // counts fetches
	lost       *lru.Cache[cid.Cid, struct{}] // what did not come when it was asked for
	deny       Denylist
	marks      *marks
	files      *attachments
	life       context.Context // ends with Close
	collecting sync.Mutex      // one round of the collector at a time
	gate       gater
	ds         *pebbleds.Datastore
	store      *guard
	host       host.Host
	swap       *bitswap.Bitswap
	gateway    *http.Server
	url        string
	stop       context.CancelFunc
	closing    sync.Once
	full       chan struct{} // closed when the disk takes no more
}

// Open starts the node: blocks of earlier runs and the peer's identity are those
// in cfg.Dir. Errors: the directory is in use or cannot be written, an address
// is taken. ctx bounds the start only; Close ends the node.
func Open(ctx context.Context, cfg Config) (_ *Node, err error) {
	if cfg.Listen == "" {
		cfg.Listen = "/ip4/127.0.0.1/tcp/0"
	}
	if cfg.GatewayListen == "" {
		cfg.GatewayListen = "127.0.0.1:0"
	}
	if cfg.Timeout == 0 {
		cfg.Timeout = 10 * time.Second
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if err := os.MkdirAll(cfg.Dir, 0o700); err != nil {
		return nil, fmt.Errorf("make the IPFS directory: %w", err)
	}
	key, err := identity(filepath.Join(cfg.Dir, "peer.key"))
	if err != nil {
		return nil, err
	}
	asked, err := gateways(cfg)
	if err != nil {
		return nil, err
	}
	life, stop := context.WithCancel(context.WithoutCancel(ctx))
	n := &Node{timeout: cfg.Timeout, peers: &gateway{usual: 50 * time.Millisecond}, asked: asked, deny: cfg.Denylist, files: newAttachments(), life: life, stop: stop, full: make(chan struct{})}
	n.gate.dialled = cfg.dialled
	n.lost, _ = lru.New[cid.Cid, struct{}](1 << 16) // fails for sizes below 1 only
	defer func() {
		if err != nil {
			err = errors.Join(err, n.Close())
		}
	}()
	// The default is not to sync, and an acknowledged document must outlive a
	// power cut: the chain may name it a moment later.
	n.ds, err = pebbleds.NewDatastore(filepath.Join(cfg.Dir, "blocks"),
		pebbleds.WithPebbleOpts(&pebble.Options{FS: cfg.disk, EventListener: n.listener(cfg.Failed)}), pebbleds.WithPebbleWriteOptions(pebble.Sync))
	if err != nil {
		return nil, fmt.Errorf("open the blocks in %s (does another process use them?): %w", cfg.Dir, err)
	}
	n.store = &guard{Blockstore: blockstore.NewBlockstore(n.ds), deny: cfg.Denylist}
	if n.marks, err = openMarks(ctx, n.ds); err != nil {
		return nil, err
	}
	if err = n.Withhold(ctx); err != nil {
		return nil, err
	}
	n.host, err = libp2p.New(libp2p.Identity(key), libp2p.ListenAddrStrings(cfg.Listen),
		libp2p.Transport(tcp.NewTCPTransport), libp2p.DisableRelay(), libp2p.DisableMetrics(),
		libp2p.UserAgent("candor"), libp2p.ConnectionGater(&n.gate))
	if err != nil {
		return nil, fmt.Errorf("listen for peers on %s: %w", cfg.Listen, err)
	}
	// Without a router nobody is asked but the peers that are connected.
	n.swap = bitswap.New(life, bsnet.NewFromIpfsHost(n.host), nil, n.store)
	if err = n.serveGateway(cfg.GatewayListen); err != nil {
		return nil, err
	}
	n.attend(life)
	return n, nil
}

// listener tells of the first write that failed. Pebble tries again without a
// pause and would say so thousands of times a second.
func (n *Node) listener(failed func(error)) *pebble.EventListener {
	var once sync.Once
	return &pebble.EventListener{BackgroundError: func(err error) {
		once.Do(func() {
			close(n.full)
			if failed != nil {
				failed(fmt.Errorf("the IPFS blocks cannot be written: %w", err))
			}
		})
	}}
}

// Put keeps a document and gives its CID, once it is on disk. The bytes are not
// interpreted. Error: ErrNotDocument when there are none or more than
// graph.MaxDocument.
func (n *Node) Put(ctx context.Context, doc []byte) (cid.Cid, error) {
	ids, err := n.PutMany(ctx, [][]byte{doc})
	if err != nil {
		return cid.Undef, err
	}
	return ids[0], nil
}

// PutMany keeps documents with one sync to disk for all of them, and gives their
// CIDs in the same order. It keeps all or none.
func (n *Node) PutMany(ctx context.Context, docs [][]byte) ([]cid.Cid, error) {
	bs, ids := make([]blocks.Block, len(docs)), make([]cid.Cid, len(docs))
	for i, doc := range docs {
		b, err := block(doc)
		if err != nil {
			return nil, fmt.Errorf("document %d: %w", i, err)
		}
		bs[i], ids[i] = b, b.Cid()
	}
	return ids, n.keep(ctx, bs...)
}

// keep writes blocks to disk and tells the peers who asked for them.
func (n *Node) keep(ctx context.Context, bs ...blocks.Block) error {
	if len(bs) == 0 {
		return nil
	}
	for _, b := range bs {
		n.marks.touch(b.Cid())
	}
	if err := n.store.PutMany(ctx, bs); err != nil {
		return fmt.Errorf("write documents to disk: %w", err)
	}
	return n.swap.NotifyNewBlocks(ctx, bs...)
}

// Connect joins the peer at a multiaddress that ends in /p2p/ID.
func (n *Node) Connect(ctx context.Context, addr string) error {
	info, err := peer.AddrInfoFromString(addr)
	if err != nil {
		return fmt.Errorf("%q names no peer: give a multiaddress that ends in /p2p/ and its id: %w", addr, err)
	}
	n.gate.tell(*info)
	return n.host.Connect(ctx, *info)
}

// Addrs are the node's multiaddresses, each with its id, as Connect takes them.
func (n *Node) Addrs() []string {
	out := make([]string, 0, len(n.host.Addrs()))
	for _, a := range n.host.Addrs() {
		out = append(out, a.String()+"/p2p/"+n.host.ID().String())
	}
	return out
}

// Close stops the node and flushes its blocks. A second call does nothing.
func (n *Node) Close() (err error) {
	n.closing.Do(func() {
		var errs []error
		n.stop()
		n.files.worked.Wait()
		n.collecting.Lock() // wait for a round under way
		defer n.collecting.Unlock()
		if n.gateway != nil {
			errs = append(errs, n.gateway.Close())
		}
		if n.swap != nil {
			errs = append(errs, n.swap.Close())
		}
		if n.host != nil {
			errs = append(errs, n.host.Close())
		}
		if n.ds != nil {
			n.store.shut()
			errs = append(errs, n.closeBlocks())
		}
		err = errors.Join(errs...)
	})
	return err
}

// closeBlocks flushes the blocks and closes their files, but does not wait for
// room on a full disk: what was acknowledged is in the write-ahead log.
func (n *Node) closeBlocks() error {
	done := make(chan error, 1)
	go func() { done <- n.ds.Close() }()
	select {
	case err := <-done:
		return err
	case <-n.full:
		return errors.New("the IPFS blocks were not flushed: make room on the disk")
	}
}

// identity reads the peer's key, or makes one: a peer that came back must be the
// one that others know.
func identity(path string) (crypto.PrivKey, error) {
	raw, err := os.ReadFile(path)
	if err == nil {
		key, err := crypto.UnmarshalPrivateKey(raw)
		if err != nil {
			return nil, fmt.Errorf("%s is no peer key: remove it to get a new identity: %w", path, err)
		}
		return key, nil
	}
	if !errors.Is(err, os.ErrNotExist) {
		return nil, err
	}
	key, _, err := crypto.GenerateEd25519Key(rand.Reader)
	if err != nil {
		return nil, err
	}
	if raw, err = crypto.MarshalPrivateKey(key); err != nil {
		return nil, err
	}
	return key, writeKey(path, raw)
}

// writeKey writes and syncs beside path and renames, so that a crash leaves no half key.
func writeKey(path string, raw []byte) error {
	f, err := os.OpenFile(path+".new", os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return fmt.Errorf("write the peer's key: %w", err)
	}
	_, err = f.Write(raw)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return fmt.Errorf("write the peer's key: %w", err)
	}
	return os.Rename(path+".new", path)
}

func listen(addr string) (net.Listener, error) {
	l, err := net.Listen("tcp", addr)
	if err != nil {
		return nil, fmt.Errorf("listen for the IPFS gateway on %s: %w", addr, err)
	}
	return l, nil
}
