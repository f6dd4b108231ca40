package main

import (
	"context"
	"crypto/ecdsa"
	"encoding/json"
	"errors"
	"fmt"
	"math/big"
	"time"

	"candor/contracts"
	"candor/graph"
	"candor/web"
	registry "candor/zkcommit/chain"
	"candor/zkcommit/timelock"

	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/ethclient"
	"github.com/ethereum/go-ethereum/params"
)

// wallet is an account with its key.
type wallet struct {
	key     *ecdsa.PrivateKey
	address graph.Address
}

// openWallet reads the key of an account, or makes one.
func openWallet(path string) (w wallet, err error) {
	s, err := secret(path)
	if err != nil {
		return w, err
	}
	if w.key, err = crypto.ToECDSA(s[:]); err != nil {
		return w, fmt.Errorf("%s holds no usable key: put the right file back", path)
	}
	w.address = crypto.PubkeyToAddress(w.key.PublicKey)
	return w, nil
}

// place is the chain that a node follows, for whoever publishes there.
type place struct {
	calls  *registry.Client
	client *ethclient.Client
	facts  placeFacts
	close  func()
}

// placeFacts is what a publisher reads of /api/v1/chain.
type placeFacts struct {
	ChainID   uint64            `json:"chainId"`
	Contracts contractAddresses `json:"contracts"`
	RPC       string            `json:"rpc"`
	Beacon    struct {
		Endpoints []string      `json:"endpoints"`
		Info      timelock.Info `json:"info"`
	} `json:"beacon"`
}

// openPlace asks a node for its chain and opens that, with a key to write or without.
func openPlace(ctx context.Context, node string, key *ecdsa.PrivateKey) (*place, error) {
	b, err := fetch(ctx, node, "/api/v1/chain")
	if err != nil {
		return nil, err
	}
	p := &place{}
	if err := json.Unmarshal(b, &p.facts); err != nil || p.facts.Contracts.Registry == (graph.Address{}) {
		return nil, fmt.Errorf("the node at %s does not tell its chain: it is of another version", node)
	}
	if p.facts.RPC == "" {
		return nil, errors.New("the node tells no endpoint of its chain: its operator names one with candor up --public-rpc")
	}
	flags := placeFlags{rpc: p.facts.RPC, registry: p.facts.Contracts.Registry.Hex()}
	calls, done, err := flags.open(ctx, key)
	if err != nil {
		return nil, err
	}
	client, err := ethclient.DialContext(ctx, p.facts.RPC)
	if err != nil {
		done()
		return nil, fmt.Errorf("the chain's endpoint cannot be used: %w", bare(err))
	}
	p.calls, p.client, p.close = calls, client, func() { client.Close(); done() }
	return p, nil
}

// now is the later one of the clock and the chain's head: a burst of blocks runs ahead.
func (p *place) now(ctx context.Context) (time.Time, error) {
	head, err := p.client.HeaderByNumber(ctx, nil)
	if err != nil {
		return time.Time{}, fmt.Errorf("the chain does not answer: %w", bare(err))
	}
	now := time.Now()
	if t := time.Unix(int64(head.Time), 0); t.After(now) {
		now = t
	}
	return now, nil
}

// publishGas bounds what naming a plugin and committing a version cost, its ciphertext included.
const publishGas = 4_000_000

// funded sees to it that an account has what it is about to spend: gas and a bond. What it
// lacks comes from the account in the key file, if there is one.
func (p *place) funded(ctx context.Context, who graph.Address, bond *big.Int, from string) error {
	price, err := p.client.SuggestGasPrice(ctx)
	if err != nil {
		return fmt.Errorf("the chain tells no price of gas: %w", bare(err))
	}
	need := new(big.Int).Mul(price, big.NewInt(2*publishGas))
	need.Add(need, bond)
	has, err := p.client.BalanceAt(ctx, who, nil)
	if err != nil {
		return fmt.Errorf("the chain does not tell what %s has: %w", who, bare(err))
	}
	if has.Cmp(need) >= 0 {
		return nil
	}
	lacks := new(big.Int).Sub(need, has)
	if from == "" {
		return fmt.Errorf("the publisher %s lacks %s ether for gas and bond: send it that much and start this again (on a development chain --fund names a key of the node's, such as data/keys/publisher.key)", who, inEther(lacks))
	}
	payer, err := openWallet(from)
	if err != nil {
		return err
	}
	return p.send(ctx, payer, who, lacks)
}

func inEther(wei *big.Int) string {
	return new(big.Float).Quo(new(big.Float).SetInt(wei), big.NewFloat(params.Ether)).Text('f', 6)
}

// send pays wei, and returns once that is mined.
func (p *place) send(ctx context.Context, from wallet, to graph.Address, wei *big.Int) error {
	id, err := p.client.ChainID(ctx)
	if err != nil {
		return fmt.Errorf("the chain does not answer: %w", bare(err))
	}
	nonce, err := p.client.PendingNonceAt(ctx, from.address)
	if err != nil {
		return fmt.Errorf("the chain does not tell what %s has sent: %w", from.address, bare(err))
	}
	price, err := p.client.SuggestGasPrice(ctx)
	if err != nil {
		return fmt.Errorf("the chain tells no price of gas: %w", bare(err))
	}
	tx, err := types.SignNewTx(from.key, types.LatestSignerForChainID(id), &types.LegacyTx{Nonce: nonce, GasPrice: price.Mul(price, big.NewInt(2)),
		Gas: params.TxGas, To: &to, Value: wei})
	if err == nil {
		err = p.client.SendTransaction(ctx, tx)
	}
	if err != nil {
		return fmt.Errorf("%s cannot send %s ether to the publisher: %w", from.address, inEther(wei), bare(err))
	}
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	receipt, err := contracts.Mined(ctx, p.client, tx.Hash())
	if err != nil || receipt.Status != types.ReceiptStatusSuccessful {
		return fmt.Errorf("what %s sent to the publisher did not arrive: start this again", from.address)
	}
	return nil
}

// findRanker is a node's ranker by its id; nil when it does not serve it.
func findRanker(ctx context.Context, node, id string) (*web.Plugin, error) {
	for cursor := ""; ; {
		b, err := fetch(ctx, node, "/api/v1/rankers?limit=100&cursor="+cursor)
		if err != nil {
			return nil, err
		}
		var l struct {
			Items  []web.Plugin
			Cursor string
		}
		if err := json.Unmarshal(b, &l); err != nil {
			return nil, fmt.Errorf("the node at %s lists no rankers that can be read: it is of another version", node)
		}
		for i := range l.Items {
			if l.Items[i].ID == id {
				return &l.Items[i], nil
			}
		}
		if cursor = l.Cursor; cursor == "" {
			return nil, nil
		}
	}
}
