package main

import (
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/rand"
	"errors"
	"log/slog"
	"math/big"
	"net"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	"candor/contracts"
	"candor/graph"
	"candor/indexer/ipfs"
	devchain "candor/local/chain"
	"candor/web"
	"candor/zkcommit"
	registry "candor/zkcommit/chain"
	"candor/zkcommit/parts"

	"github.com/ethereum/go-ethereum/accounts/abi/bind/v2"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ipfs/go-cid"
	"github.com/prometheus/client_golang/prometheus"
)

// custodians are nodes of a chain that asks for two of them, and a publisher there.
type custodians struct {
	*lockbox
	chain  *devchain.Node
	keys   []*ecdsa.PrivateKey // of nodes
	at     contracts.Addresses
	calls  *registry.Client // the publisher's
	terms  contracts.Terms
	plugin graph.Hash
	date   time.Time
}

func newCustodians(t *testing.T) *custodians {
	t.Helper()
	publisher := must(crypto.GenerateKey())
	fund, keys := []graph.Address{crypto.PubkeyToAddress(publisher.PublicKey)}, []*ecdsa.PrivateKey{}
	for range 3 {
		k := must(crypto.GenerateKey())
		keys, fund = append(keys, k), append(fund, crypto.PubkeyToAddress(k.PublicKey))
	}
	chain, err := devchain.Start(devchain.Config{Dir: t.TempDir(), Fund: fund})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = chain.Close() })
	terms := contracts.DevelopmentTerms()
	terms.Registry.Custodians = 2
	at, err := contracts.DeployWith(t.Context(), bind.NewKeyedTransactor(publisher, big.NewInt(devchain.ID)), chain.Client(), terms)
	if err != nil {
		t.Fatal(err)
	}
	c := &custodians{lockbox: newLockbox(t), chain: chain, keys: keys, at: at, terms: terms, date: time.Now().Add(time.Hour).Truncate(time.Second),
		calls: registry.New(chain.Client(), big.NewInt(devchain.ID), at, publisher)}
	if c.plugin, err = c.calls.EnsurePlugin(t.Context(), "large", registry.Ranker); err != nil {
		t.Fatal(err)
	}
	return c
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// node starts a custodian with its own IPFS and front door.
func (c *custodians) node(t *testing.T, registered bool) (*custody, string) {
	t.Helper()
	dir, key := t.TempDir(), c.keys[0]
	c.keys = c.keys[1:]
	n := &node{dir: dir, log: slog.New(slog.DiscardHandler), keys: &keyring{node: key}, dates: c.ask}
	n.chainID, n.at = devchain.ID, c.at
	var err error
	if n.ipfs, err = ipfs.Open(t.Context(), ipfs.Config{Dir: dir + "/ipfs", Failed: func(err error) { t.Error(err) }}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = n.ipfs.Close() })
	kept, err := n.openCustody(c.calls, custodyOptions{mib: 1})
	if err != nil {
		t.Fatal(err)
	}
	if registered {
		if err := registry.New(c.chain.Client(), big.NewInt(devchain.ID), c.at, key).EnsureNode(t.Context(), graph.Hash{1}, ""); err != nil {
			t.Fatal(err)
		}
	}
	l := must(net.Listen("tcp", "127.0.0.1:0"))
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan error, 1)
	server := web.New(web.Config{Custody: kept, Log: http.NotFoundHandler(), Metrics: prometheus.NewRegistry(), Logger: n.log})
	go func() { done <- server.Serve(ctx, l) }()
	t.Cleanup(func() {
		stop()
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
	return kept, "http://" + l.Addr().String()
}

// large locks so many random bytes until the date.
func (c *custodians) large(t *testing.T, size int, opens time.Time) []byte {
	t.Helper()
	plain := make([]byte, size)
	_, _ = rand.Read(plain)
	locked, err := c.Lock(c.Round(opens), plain)
	if err != nil {
		t.Fatal(err)
	}
	return locked
}

func (c *custodians) keepers(nodes ...string) keepers {
	return keepers{domain: zkcommit.RegistryDomain(devchain.ID, graph.Address(c.at.Registry)), nodes: nodes}
}

func (c *custodians) model(commitment byte) registry.Model {
	return registry.Model{Plugin: c.plugin, Commitment: graph.Hash{commitment}, ShapeID: graph.Hash{2}, Manifest: must(parts.Name([]byte{commitment})), RevealBy: uint64(c.date.Unix())}
}

// A ciphertext that is too large for the chain goes to as many nodes as it asks for,
// and comes back from each.
func TestCustodiansKeepLargeCiphertexts(t *testing.T) {
	c := newCustodians(t)
	first, firstURL := c.node(t, true)
	second, secondURL := c.node(t, true)
	_, stranger := c.node(t, false)
	locked := c.large(t, 40_000, c.date)
	m := c.model(7)
	ask := func(nodes ...string) (registry.Pledge, error) {
		return pledge(t.Context(), c.calls, c.terms, m, locked, c.keepers(nodes...))
	}
	for says, nodes := range map[string][]string{
		"0 of 2 nodes keep it: name 2 more with --custodian": nil,
		"1 of 2 nodes keep it: name 1 more":                  {firstURL, firstURL},
		"is no other registered node":                        {firstURL, stranger},
		"does not answer":                                    {"http://127.0.0.1:1", firstURL},
	} {
		if _, err := ask(nodes...); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%v: %v, not %q", nodes, err, says)
		}
	}
	p, err := ask("http://127.0.0.1:1", secondURL, stranger, firstURL)
	if err != nil {
		t.Fatal(err)
	}
	version, err := c.calls.EnsurePledged(t.Context(), m, p)
	if err != nil || version != 1 {
		t.Fatalf("version %d, %v", version, err)
	}
	record, _, err := c.calls.Model(t.Context(), c.plugin, 1)
	if err != nil {
		t.Fatal(err)
	}
	sealed, known, err := c.calls.Sealed(t.Context(), record)
	if err != nil || !known || len(sealed.Custodians) != 2 {
		t.Fatalf("%+v, %v", sealed, err)
	}
	v := committed{plugin: registry.Plugin{ID: c.plugin, Slug: "large"}, model: record, sealed: sealed}
	for name, kept := range map[string]*custody{"first": first, "second": second} {
		if err := v.keepsPromise(t.Context(), c.Network, kept.blocks()); err != nil {
			t.Errorf("from the %s node: %v", name, err)
		}
		if !kept.names(sealed.CID) {
			t.Errorf("the %s node would throw it away", name)
		}
	}
	// What it signed, it knows after a restart, and it signs nothing twice.
	again, err := first.openCustody(c.calls, custodyOptions{mib: 1})
	if err != nil || !again.names(sealed.CID) || again.total(cid.Undef) != int64(len(locked)) {
		t.Fatalf("after a restart: %v", err)
	}
	old := zkcommit.Custody{Plugin: c.plugin, Commitment: m.Commitment, RevealBy: m.RevealBy}
	word, _, err := again.Keep(t.Context(), old, locked, false, "")
	if err != nil || again.total(cid.Undef) != int64(len(locked)) || word.Node != crypto.PubkeyToAddress(first.keys.node.PublicKey) {
		t.Errorf("asked again: %+v, %v", word, err)
	}
}

// A custodian takes what opens on its date and has a size that needs it, as long as
// there is room; what nobody committed makes room after a day.
func TestCustodiansRefuse(t *testing.T) {
	c := newCustodians(t)
	kept, _ := c.node(t, true)
	keep := func(commitment byte, date time.Time, locked []byte) error {
		_, _, err := kept.Keep(t.Context(), zkcommit.Custody{Plugin: c.plugin, Commitment: graph.Hash{commitment}, RevealBy: uint64(date.Unix())}, locked, false, "")
		return err
	}
	good := c.large(t, 600_000, c.date)
	for name, x := range map[string]struct {
		err  error
		says string
	}{
		"a small one":     {keep(1, c.date, c.large(t, 1000, c.date)), "the chain takes up to"},
		"a huge one":      {keep(1, c.date, bytes.Repeat([]byte{1}, parts.Size+1)), "send the list of its parts"},
		"another date":    {keep(1, c.date.Add(3*time.Hour), good), "breaks its promise"},
		"no ciphertext":   {keep(1, c.date, bytes.Repeat([]byte{1}, 50_000)), "breaks its promise"},
		"the end of time": {keep(1, time.Unix(1<<62, 0), good), "breaks its promise"},
	} {
		if ask := (*graph.ErrAsk)(nil); !errors.As(x.err, &ask) || !strings.Contains(x.err.Error(), x.says) {
			t.Errorf("%s: %v, not %q", name, x.err, x.says)
		}
	}
	if err := keep(1, c.date, good); err != nil {
		t.Fatal(err)
	}
	other := c.large(t, 600_000, c.date)
	if full := (*web.Refusal)(nil); !errors.As(keep(2, c.date, other), &full) || full.Status != http.StatusInsufficientStorage {
		t.Error("more is kept than there is room for")
	}
	for id, k := range kept.held {
		k.Since -= int64(25 * time.Hour / time.Second)
		kept.held[id] = k
	}
	if err := keep(2, c.date, other); err != nil {
		t.Errorf("what nobody committed makes no room: %v", err)
	}
	if files := must(os.ReadDir(kept.path(""))); len(files) != 1 || kept.total(cid.Undef) != int64(len(other)) {
		t.Errorf("%d files, %d bytes", len(files), kept.total(cid.Undef))
	}
	// What was committed stays, however full it is.
	m := c.model(2)
	word := must(kept.KeepOwn(t.Context(), zkcommit.Custody{Plugin: c.plugin, Commitment: m.Commitment, RevealBy: m.RevealBy}, other))
	if err := word.Check(kept.registryDomain()); err != nil {
		t.Error(err)
	}
	kept.versionOf = func(context.Context, graph.Hash, graph.Hash) (uint32, error) { return 1, nil }
	for id, k := range kept.held {
		k.Since -= int64(25 * time.Hour / time.Second)
		kept.held[id] = k
	}
	if full := (*web.Refusal)(nil); !errors.As(keep(3, c.date, good), &full) {
		t.Error("what was committed is thrown away")
	}
}
