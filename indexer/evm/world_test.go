package evm

import (
	"context"
	"crypto/ecdsa"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"log/slog"
	"math/big"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"candor/contracts"
	"candor/graph"
	"candor/indexer"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/eth/ethconfig"
	"github.com/ethereum/go-ethereum/ethclient/simulated"
	ethlog "github.com/ethereum/go-ethereum/log"
	"github.com/ethereum/go-ethereum/node"
	"github.com/ethereum/go-ethereum/params"
	"github.com/ethereum/go-ethereum/rpc"
	"github.com/ipfs/go-cid"
)

func TestMain(m *testing.M) {
	ethlog.SetDefault(ethlog.NewLogger(slog.DiscardHandler))
	log.SetOutput(io.Discard)
	os.Exit(m.Run())
}

// town is a simulated chain with SocialGraph on it and funded people.
type town struct {
	t     *testing.T
	sim   *simulated.Backend
	ipc   *rpc.Client
	graph *contracts.SocialGraph
	at    graph.Address
	keys  []*ecdsa.PrivateKey
	nonce []uint64
}

func newTown(t *testing.T, people int) *town {
	w := &town{t: t, graph: contracts.NewSocialGraph(), nonce: make([]uint64, people)}
	alloc := types.GenesisAlloc{}
	for range people {
		key, err := crypto.GenerateKey()
		if err != nil {
			t.Fatal(err)
		}
		w.keys = append(w.keys, key)
		alloc[crypto.PubkeyToAddress(key.PublicKey)] = types.Account{Balance: big.NewInt(params.Ether)}
	}
	dir, err := os.MkdirTemp("", "evm") // a socket's path must be short
	if err != nil {
		t.Fatal(err)
	}
	socket := filepath.Join(dir, "ipc")
	w.sim = simulated.NewBackend(alloc, func(n *node.Config, _ *ethconfig.Config) { n.IPCPath = socket })
	if w.ipc, err = rpc.DialIPC(t.Context(), socket); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { w.ipc.Close(); w.sim.Close(); os.RemoveAll(dir) })
	w.at = crypto.CreateAddress(w.person(0), 0)
	w.send(0, nil, w.deployment())
	w.sim.Commit()
	code, err := w.sim.Client().CodeAt(t.Context(), w.at, nil)
	if err != nil || len(code) == 0 {
		t.Fatalf("SocialGraph is not deployed: %v", err)
	}
	return w
}

// deployment is the transaction that puts SocialGraph on the chain.
func (w *town) deployment() []byte {
	return append(common.FromHex(contracts.SocialGraphMetaData.Bin), w.graph.PackConstructor(true)...)
}

func (w *town) person(i int) graph.Address { return crypto.PubkeyToAddress(w.keys[i].PublicKey) }

// call sends a transaction to SocialGraph; Commit mines it.
func (w *town) call(i int, data []byte) { w.t.Helper(); w.send(i, &w.at, data) }

func (w *town) send(i int, to *graph.Address, data []byte) {
	w.t.Helper()
	tx, err := types.SignNewTx(w.keys[i], types.LatestSignerForChainID(params.AllDevChainProtocolChanges.ChainID), &types.DynamicFeeTx{
		ChainID: params.AllDevChainProtocolChanges.ChainID, Nonce: w.nonce[i], To: to, Data: data, Gas: 3_000_000,
		GasFeeCap: big.NewInt(10 * params.GWei), GasTipCap: big.NewInt(params.GWei)})
	if err != nil {
		w.t.Fatal(err)
	}
	if err := w.sim.Client().SendTransaction(w.t.Context(), tx); err != nil {
		w.t.Fatal(err)
	}
	w.nonce[i]++
	// The pool takes it in its own time, and the next block only holds what was taken.
	who := crypto.PubkeyToAddress(w.keys[i].PublicKey)
	for end := time.Now().Add(10 * time.Second); ; time.Sleep(time.Millisecond) {
		next, err := w.sim.Client().PendingNonceAt(w.t.Context(), who)
		if err != nil || time.Now().After(end) {
			w.t.Fatalf("the pool is at %d of %d: %v", next, w.nonce[i], err)
		}
		if next >= w.nonce[i] {
			return
		}
	}
}

// client is a connection with subscriptions.
func (w *town) client() *rpc.Client { return w.ipc }

func (w *town) source() *Source {
	w.t.Helper()
	s, err := New(w.client(), Config{Contract: w.at})
	if err != nil {
		w.t.Fatal(err)
	}
	return s
}

func (w *town) head() graph.Block {
	w.t.Helper()
	b, err := w.source().Head(w.t.Context())
	if err != nil {
		w.t.Fatal(err)
	}
	return b
}

func (w *town) receipts(hash graph.Hash) []*types.Receipt {
	w.t.Helper()
	var out []*types.Receipt
	if err := w.client().Call(&out, "eth_getBlockReceipts", hash); err != nil {
		w.t.Fatal(err)
	}
	return out
}

func name(text string) (cid.Cid, []byte) {
	c, err := graph.DocumentCID([]byte(text))
	if err != nil {
		panic(err)
	}
	return c, c.Bytes()
}

// proxy is an HTTP endpoint over the town's chain whose answers a test alters:
// by call, or as the bytes of the whole response.
type proxy struct {
	mu    sync.Mutex
	calls int
	alter func(method string, result json.RawMessage) (json.RawMessage, error)
	whole func(w http.ResponseWriter, body []byte)
}

type message struct {
	Version string            `json:"jsonrpc"`
	ID      json.RawMessage   `json:"id"`
	Method  string            `json:"method,omitempty"`
	Params  []json.RawMessage `json:"params,omitempty"`
	Result  json.RawMessage   `json:"result,omitempty"`
	Error   any               `json:"error,omitempty"`
}

func (w *town) proxied(p *proxy) *Source {
	w.t.Helper()
	upstream := w.client()
	one := func(ctx context.Context, m message) message {
		args := make([]any, len(m.Params))
		for i := range args {
			args[i] = m.Params[i]
		}
		out := message{Version: "2.0", ID: m.ID}
		err := upstream.CallContext(ctx, &out.Result, m.Method, args...)
		p.mu.Lock()
		defer p.mu.Unlock()
		p.calls++
		if err == nil && p.alter != nil {
			out.Result, err = p.alter(m.Method, out.Result)
		}
		if err != nil {
			out.Result, out.Error = nil, map[string]any{"code": -32000, "message": err.Error()}
		}
		return out
	}
	srv := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		var answer any
		var batch []message
		if json.Unmarshal(body, &batch) == nil {
			out := make([]message, len(batch))
			for i, m := range batch {
				out[i] = one(r.Context(), m)
			}
			answer = out
		} else {
			var m message
			if err := json.Unmarshal(body, &m); err != nil {
				panic(err)
			}
			answer = one(r.Context(), m)
		}
		raw, err := json.Marshal(answer)
		if err != nil {
			panic(err)
		}
		rw.Header().Set("Content-Type", "application/json")
		if p.whole != nil {
			p.whole(rw, raw)
			return
		}
		rw.Write(raw)
	}))
	w.t.Cleanup(srv.Close)
	s, err := Dial([]string{srv.URL}, Config{Contract: w.at, Pause: -1, Distrust: -1})
	if err != nil {
		w.t.Fatal(err)
	}
	w.t.Cleanup(s.Close)
	return s
}

// shelf has every document that was put on it, at any time: the index asks by itself.
type shelf struct{ docs sync.Map } // []byte by CID

func (s *shelf) put(c cid.Cid, doc []byte) { s.docs.Store(c, doc) }

func (s *shelf) Get(_ context.Context, c cid.Cid) ([]byte, error) {
	if doc, ok := s.docs.Load(c); ok {
		return doc.([]byte), nil
	}
	return nil, fmt.Errorf("nobody has %s", c)
}

// pages is a mirror that keeps the batches.
type pages struct {
	mu      sync.Mutex
	batches []graph.Batch
}

var _ indexer.Mirror = (*pages)(nil)

func (p *pages) Head(context.Context) (b graph.Block, ok bool, err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if n := len(p.batches); n > 0 {
		return p.batches[n-1].Block, true, nil
	}
	return b, false, nil
}

func (p *pages) Block(_ context.Context, n uint64) (b graph.Block, ok bool, err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, x := range p.batches {
		if x.Block.Number == n {
			return x.Block, true, nil
		}
	}
	return b, false, nil
}

func (p *pages) Commit(_ context.Context, b graph.Batch) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if n := len(p.batches); n > 0 && p.batches[n-1].Block.Hash != b.Block.Parent {
		return fmt.Errorf("block %d does not follow", b.Block.Number)
	}
	p.batches = append(p.batches, b)
	return nil
}

func (p *pages) Rollback(_ context.Context, n uint64) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	for len(p.batches) > 0 && p.batches[len(p.batches)-1].Block.Number > n {
		p.batches = p.batches[:len(p.batches)-1]
	}
	return nil
}

func (p *pages) Missing(context.Context, int) ([]cid.Cid, error) { return nil, nil }
