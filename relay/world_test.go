package relay_test

import (
	"context"
	"crypto/ecdsa"
	"fmt"
	"math/big"
	"sync"
	"testing"
	"time"

	"candor/contracts"
	"candor/graph"
	"candor/local/chain"
	"candor/relay"

	"github.com/ethereum/go-ethereum/accounts/abi/bind/v2"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ipfs/go-cid"
)

// world is a chain with the contracts and a relay on it.
type world struct {
	t     testing.TB
	chain *chain.Node
	at    contracts.Addresses
	relay *relay.Relay
	pins  *pins
}

var chainID = big.NewInt(chain.ID)

func newWorld(t testing.TB, change func(*relay.Config)) *world {
	t.Helper()
	payer := key("payer")
	node, err := chain.Start(chain.Config{Dir: t.TempDir(), Fund: []graph.Address{address(payer)}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = node.Close() })
	at, err := contracts.Deploy(context.Background(), bind.NewKeyedTransactor(payer, chainID), node.Client(), true)
	if err != nil {
		t.Fatal(err)
	}
	w := &world{t: t, chain: node, at: at, pins: &pins{kept: map[string][]byte{}}}
	cfg := relay.Config{Chain: node.Client(), Pins: w.pins, ChainID: chainID, Contract: at.SocialGraph,
		Key: payer, Development: true}
	if change != nil {
		change(&cfg)
	}
	if w.relay, err = relay.New(cfg); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(w.relay.Close)
	return w
}

func key(name string) *ecdsa.PrivateKey {
	k, err := crypto.ToECDSA(crypto.Keccak256([]byte("relay test " + name)))
	if err != nil {
		panic(err)
	}
	return k
}

func address(k *ecdsa.PrivateKey) graph.Address { return crypto.PubkeyToAddress(k.PublicKey) }

// document is some text's CID.
func document(text string) cid.Cid {
	_, c, err := graph.PostContent{Text: text}.Encode()
	if err != nil {
		panic(err)
	}
	return c
}

func later() uint64 { return uint64(time.Now().Add(10 * time.Minute).Unix()) }

func (w *world) sign(k *ecdsa.PrivateKey, in graph.Intent) relay.SignedIntent {
	w.t.Helper()
	in.Author = address(k)
	if in.Deadline == 0 {
		in.Deadline = later()
	}
	sig, err := relay.Sign(in, chainID, w.at.SocialGraph, k)
	if err != nil {
		w.t.Fatal(err)
	}
	return relay.SignedIntent{Intent: in, Signature: sig}
}

func (w *world) submit(all ...relay.SignedIntent) []relay.Result {
	return w.relay.Submit(context.Background(), all)
}

func post(nonce uint64) graph.Intent {
	return graph.Intent{Action: graph.ActPost, Nonce: nonce, Time: 1, CID: document(fmt.Sprint("post ", nonce)).Bytes()}
}

// pins keeps documents in memory.
type pins struct {
	mu   sync.Mutex
	kept map[string][]byte
	err  error
}

func (p *pins) PutMany(_ context.Context, docs [][]byte) (ids []cid.Cid, err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.err != nil {
		return nil, p.err
	}
	for _, doc := range docs {
		c, err := graph.DocumentCID(doc)
		if err != nil {
			return nil, err
		}
		p.kept[c.KeyString()] = doc
		ids = append(ids, c)
	}
	return ids, nil
}
