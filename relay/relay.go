package relay

import (
	"context"
	"crypto/ecdsa"
	"fmt"
	"log/slog"
	"math/big"
	"sync"
	"time"

	"candor/contracts"
	"candor/graph"

	"github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ipfs/go-cid"
)

// Chain is what a relay needs of its chain; *ethclient.Client is one.
type Chain interface {
	CallContract(ctx context.Context, call ethereum.CallMsg, block *big.Int) ([]byte, error)
	HeaderByNumber(ctx context.Context, number *big.Int) (*types.Header, error)
	PendingNonceAt(ctx context.Context, account graph.Address) (uint64, error)
	SendTransaction(ctx context.Context, tx *types.Transaction) error
	TransactionReceipt(ctx context.Context, tx graph.Hash) (*types.Receipt, error)
}

// Pinner keeps dag-json documents on IPFS, all or none, and names them in their order.
type Pinner interface {
	PutMany(ctx context.Context, docs [][]byte) ([]cid.Cid, error)
}

// Config says for which contract a relay works and who pays.
type Config struct {
	Chain Chain
	Pins  Pinner
	Files Filer // nil: this relay keeps no files
	// Manifest checks a plugin's signed manifest, which has no $type of its own; nil: this
	// relay keeps none.
	Manifest func(doc []byte) error
	ChainID  *big.Int
	Contract graph.Address     // SocialGraph
	Key      *ecdsa.PrivateKey // pays the gas; nothing else may send from this account meanwhile
	// Development says that imported profiles are taken; it must be the contract's own word.
	Development bool
	Quota       Quota         // nil: Unlimited on development chains, else NewHourly
	Wait        time.Duration // how long Submit waits for its transactions; 0 means 10 s
	Tip         *big.Int      // wei a gas for whoever makes the block; nil means 1 gwei
	Log         *slog.Logger  // hears when the account has no funds; nil: nobody does
}

// Relay carries intents and documents. Its methods may be called from many
// goroutines at once.
type Relay struct {
	cfg    Config
	from   graph.Address
	signer types.Signer
	abi    *contracts.SocialGraph

	// admission guards authors: while it is held, nobody else decides about nonces.
	admission sync.Mutex
	authors   map[graph.Address]*flight

	queue   chan []*parcel
	slots   chan struct{} // one for each transaction in flight
	stop    context.CancelFunc
	closing <-chan struct{}
	work    sync.WaitGroup
}

// New makes a relay and starts its sender.
func New(cfg Config) (*Relay, error) {
	if cfg.Chain == nil || cfg.Pins == nil || cfg.ChainID == nil || cfg.Key == nil || cfg.Contract == (graph.Address{}) {
		return nil, fmt.Errorf("a relay needs a chain with its id, a contract, a pinner and a key")
	}
	if cfg.Quota == nil {
		cfg.Quota = NewHourly()
		if cfg.Development {
			cfg.Quota = Unlimited{}
		}
	}
	if cfg.Wait == 0 {
		cfg.Wait = 10 * time.Second
	}
	if cfg.Tip == nil {
		cfg.Tip = big.NewInt(1e9)
	}
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	ctx, stop := context.WithCancel(context.Background())
	r := &Relay{
		cfg:     cfg,
		from:    crypto.PubkeyToAddress(cfg.Key.PublicKey),
		signer:  types.LatestSignerForChainID(cfg.ChainID),
		abi:     contracts.NewSocialGraph(),
		authors: map[graph.Address]*flight{},
		queue:   make(chan []*parcel, 64),
		slots:   make(chan struct{}, maxInFlight),
		stop:    stop,
		closing: ctx.Done(),
	}
	r.work.Go(func() { r.send(ctx) })
	return r, nil
}

// Close stops sending. What was sent may still be mined.
func (r *Relay) Close() {
	r.stop()
	r.work.Wait()
}

// Nonce is the number that the author's next intent must carry, counting what
// this relay has in flight.
func (r *Relay) Nonce(ctx context.Context, author graph.Address) (uint64, error) {
	r.admission.Lock()
	defer r.admission.Unlock()
	if f := r.authors[author]; f != nil {
		return f.next, nil
	}
	return r.chainNonce(ctx, author)
}

func (r *Relay) chainNonce(ctx context.Context, author graph.Address) (uint64, error) {
	raw, err := r.cfg.Chain.CallContract(ctx, ethereum.CallMsg{To: &r.cfg.Contract, Data: r.abi.PackNonces(author)}, nil)
	if err != nil {
		return 0, fmt.Errorf("the chain does not tell the author's nonce, try again: %w", err)
	}
	n, err := r.abi.UnpackNonces(raw)
	if err != nil {
		return 0, fmt.Errorf("there is no SocialGraph at %s: check the contract's address: %w", r.cfg.Contract, err)
	}
	return n, nil
}
