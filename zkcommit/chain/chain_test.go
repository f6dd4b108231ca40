package chain_test

import (
	"context"
	"crypto/ecdsa"
	"math/big"
	"strings"
	"testing"

	"candor/contracts"
	"candor/graph"
	devchain "candor/local/chain"
	"candor/zkcommit"
	"candor/zkcommit/chain"
	"candor/zkcommit/tlog"

	"github.com/ethereum/go-ethereum/accounts/abi/bind/v2"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ipfs/go-cid"
)

var _ tlog.Anchorage = chain.Anchorage{}

var (
	ctx     = context.Background()
	chainID = big.NewInt(devchain.ID)
)

func key(name string) *ecdsa.PrivateKey {
	k, err := crypto.ToECDSA(crypto.Keccak256([]byte("chain test " + name)))
	if err != nil {
		panic(err)
	}
	return k
}

func address(k *ecdsa.PrivateKey) graph.Address { return crypto.PubkeyToAddress(k.PublicKey) }

type world struct {
	dev   *devchain.Node
	at    contracts.Addresses
	owner *chain.Client
	other *chain.Client
}

func newWorld(t *testing.T, development bool) *world {
	t.Helper()
	owner, other := key("owner"), key("other")
	dev, err := devchain.Start(devchain.Config{Dir: t.TempDir(), Fund: []graph.Address{address(owner), address(other)}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = dev.Close() })
	at, err := contracts.Deploy(ctx, bind.NewKeyedTransactor(owner, chainID), dev.Client(), development)
	if err != nil {
		t.Fatal(err)
	}
	return &world{dev: dev, at: at, owner: chain.New(dev.Client(), chainID, at, owner), other: chain.New(dev.Client(), chainID, at, other)}
}

// blocks is how many blocks f makes.
func (w *world) blocks(t *testing.T, f func()) uint64 {
	t.Helper()
	before, err := w.dev.Client().BlockNumber(ctx)
	if err != nil {
		t.Fatal(err)
	}
	f()
	after, err := w.dev.Client().BlockNumber(ctx)
	if err != nil {
		t.Fatal(err)
	}
	return after - before
}

func document(text string) cid.Cid {
	c, err := graph.DocumentCID([]byte(text))
	if err != nil {
		panic(err)
	}
	return c
}

func says(t *testing.T, what string, err error, words string) {
	t.Helper()
	if err == nil || !strings.Contains(err.Error(), words) {
		t.Errorf("%s: error %v, expected one that says %q", what, err, words)
	}
}

// Every Ensure called twice makes one transaction.
func TestEnsureMayBeCalledAgain(t *testing.T) {
	w := newWorld(t, true)
	model := chain.Model{Commitment: graph.Hash{1}, ShapeID: graph.Hash{2}, DataRoot: graph.Hash{3}, Manifest: document("m")}
	vk := chain.Key{Circuit: chain.CircuitID("digest"), Hash: graph.Hash{4}, Development: true}
	for name, ensure := range map[string]func() error{
		"node":   func() error { return w.owner.EnsureNode(ctx, graph.Hash{5}, "http://a") },
		"key":    func() error { return w.owner.EnsureKey(ctx, vk) },
		"plugin": func() error { _, err := w.other.EnsurePlugin(ctx, "latest", chain.Ranker); return err },
	} {
		made := w.blocks(t, func() {
			for range 2 {
				if err := ensure(); err != nil {
					t.Fatalf("%s: %v", name, err)
				}
			}
		})
		if made != 1 {
			t.Errorf("%s: %d transactions, not 1", name, made)
		}
	}
	id := zkcommit.PluginID(address(key("other")), "latest")
	model.Plugin = id
	for range 2 {
		if v, err := w.other.EnsureModel(ctx, model); err != nil || v != 1 {
			t.Fatalf("model: version %d, %v", v, err)
		}
	}
	reworded := model
	reworded.Manifest = document("other words")
	_, err := w.other.EnsureModel(ctx, reworded)
	says(t, "a manifest reworded in silence", err, "new version")
	first, _, err := w.owner.Model(ctx, id, 1)
	if err != nil {
		t.Fatal(err)
	}
	second := model
	second.Commitment = graph.Hash{7}
	if v, err := w.other.EnsureModel(ctx, second); err != nil || v != 2 {
		t.Fatalf("second model: version %d, %v", v, err)
	}

	want := model
	want.Version, want.ActiveFrom = 1, first.ActiveFrom
	if first != want || first.ActiveFrom == 0 {
		t.Errorf("the chain has %+v, expected %+v", first, want)
	}
	if m, known, err := w.owner.Active(ctx, id, first.ActiveFrom); err != nil || !known || m.Version != 1 {
		t.Errorf("active when only version 1 was there: %+v %v %v", m, known, err)
	}
	if m, known, err := w.owner.Active(ctx, id, first.ActiveFrom+100); err != nil || !known || m.Version != 2 {
		t.Errorf("active at the end: %+v %v %v", m, known, err)
	}
	if _, known, err := w.owner.Active(ctx, id, first.ActiveFrom-1); err != nil || known {
		t.Errorf("active before the first version: %v %v", known, err)
	}
	nodes, err := w.other.Nodes(ctx)
	if err != nil || len(nodes) != 1 || nodes[0].Address != address(key("owner")) || nodes[0].URL != "http://a" {
		t.Errorf("nodes: %+v %v", nodes, err)
	}
	plugins, err := w.other.Plugins(ctx)
	if err != nil || len(plugins) != 1 || plugins[0] != (chain.Plugin{ID: id, Publisher: address(key("other")), Kind: chain.Ranker, Slug: "latest", Versions: 2}) {
		t.Errorf("plugins: %+v %v", plugins, err)
	}
	keys, err := w.other.Keys(ctx)
	if err != nil || len(keys) != 1 || keys[0].Hash != vk.Hash || !keys[0].Development || keys[0].Since == 0 {
		t.Errorf("keys: %+v %v", keys, err)
	}
	if err := w.owner.EnsureNode(ctx, graph.Hash{5}, "http://b"); err != nil {
		t.Fatal(err)
	}
	if n, known, err := w.owner.Node(ctx, address(key("owner"))); err != nil || !known || n.URL != "http://b" {
		t.Errorf("a node that moved: %+v %v", n, err)
	}
}

func TestTheChainRefuses(t *testing.T) {
	w := newWorld(t, true)
	vk := chain.Key{Circuit: graph.Hash{1}, Hash: graph.Hash{4}, Development: true}
	if err := w.owner.EnsureKey(ctx, vk); err != nil {
		t.Fatal(err)
	}
	plugin, err := w.owner.EnsurePlugin(ctx, "latest", chain.Ranker)
	if err != nil {
		t.Fatal(err)
	}
	says(t, "a stranger's key", w.other.EnsureKey(ctx, chain.Key{Circuit: graph.Hash{1}, Hash: graph.Hash{5}, Development: true}), "NotOwner")
	other := vk
	other.Development, other.Transcript = false, document("t")
	says(t, "a key made anew", w.owner.EnsureKey(ctx, other), "never changed")
	says(t, "a key without ceremony", w.owner.EnsureKey(ctx, chain.Key{Circuit: graph.Hash{1}, Hash: graph.Hash{6}}), "TranscriptNeeded")
	_, err = w.other.EnsureModel(ctx, chain.Model{Plugin: plugin, Commitment: graph.Hash{1}, Manifest: document("m")})
	says(t, "a stranger's model", err, "NotPublisher")
	_, err = w.owner.EnsureModel(ctx, chain.Model{Plugin: plugin, Commitment: graph.Hash{1}})
	says(t, "a model without manifest", err, "BadCid")
	_, err = w.owner.EnsurePlugin(ctx, "Not a slug", chain.Ranker)
	says(t, "a bad slug", err, "BadSlug")
	_, err = w.owner.EnsurePlugin(ctx, "fine", 4)
	says(t, "a bad kind", err, "BadKind")
	_, err = w.owner.EnsurePlugin(ctx, "latest", chain.Filter)
	says(t, "another kind", err, "another slug")
	says(t, "an anchor by no node", w.other.Anchor(ctx, "log", 1, graph.Hash{1}), "NotNode")
	says(t, "a client without key", chain.New(w.dev.Client(), chainID, w.at, nil).EnsureNode(ctx, graph.Hash{1}, ""), "no key")
	says(t, "an account without funds", chain.New(w.dev.Client(), chainID, w.at, key("poor")).EnsureNode(ctx, graph.Hash{1}, ""), "funds")
	wrong := w.at
	wrong.Registry = graph.Address{1}
	_, _, err = chain.New(w.dev.Client(), chainID, wrong, nil).Node(ctx, graph.Address{})
	says(t, "a wrong address", err, "no such contract")
}

func TestAnchorsOnlyGrow(t *testing.T) {
	w := newWorld(t, true)
	if err := w.owner.EnsureNode(ctx, graph.Hash{1}, ""); err != nil {
		t.Fatal(err)
	}
	place := chain.Anchorage{Client: w.owner, Origin: "log"}
	if size, err := place.Anchored(ctx); err != nil || size != 0 {
		t.Fatalf("%d %v", size, err)
	}
	if made := w.blocks(t, func() {
		for range 2 {
			if err := place.Anchor(ctx, 5, graph.Hash{5}); err != nil {
				t.Fatal(err)
			}
		}
	}); made != 1 {
		t.Errorf("one anchor took %d transactions", made)
	}
	says(t, "a smaller anchor", place.Anchor(ctx, 4, graph.Hash{4}), "cannot follow")
	says(t, "another root", place.Anchor(ctx, 5, graph.Hash{6}), "cannot follow")
	if err := place.Anchor(ctx, 6, graph.Hash{6}); err != nil {
		t.Fatal(err)
	}
	a, known, err := w.other.Latest(ctx, address(key("owner")))
	if err != nil || !known || a.Size != 6 || a.Root != (graph.Hash{6}) {
		t.Fatalf("%+v %v %v", a, known, err)
	}
	before, err := w.dev.Client().HeaderByNumber(ctx, new(big.Int).SetUint64(a.Block-1))
	if err != nil || before.Hash() != a.BlockHash {
		t.Errorf("the anchor names block %s, not the one before it: %v", a.BlockHash, err)
	}
	if size, err := (chain.Anchorage{Client: w.owner, Origin: "another"}).Anchored(ctx); err != nil || size != 0 {
		t.Errorf("another log: %d %v", size, err)
	}
}

func TestTrustAsksTheChosenChain(t *testing.T) {
	w := newWorld(t, true)
	if err := w.owner.EnsureNode(ctx, graph.Hash{1}, ""); err != nil {
		t.Fatal(err)
	}
	if err := w.owner.EnsureKey(ctx, chain.Key{Circuit: graph.Hash{1}, Hash: graph.Hash{4}, Development: true}); err != nil {
		t.Fatal(err)
	}
	plugin, err := w.owner.EnsurePlugin(ctx, "latest", chain.Ranker)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.owner.EnsureModel(ctx, chain.Model{Plugin: plugin, Commitment: graph.Hash{8}, ShapeID: graph.Hash{9}, Manifest: document("m")}); err != nil {
		t.Fatal(err)
	}
	trust, err := chain.OpenTrust(ctx, w.dev.HTTP(), w.at.Registry)
	if err != nil {
		t.Fatal(err)
	}
	defer trust.Close()
	genesis, err := w.dev.Client().HeaderByNumber(ctx, new(big.Int))
	if err != nil {
		t.Fatal(err)
	}
	if id, g, r := trust.Identity(); id != devchain.ID || g != genesis.Hash() || r != w.at.Registry {
		t.Errorf("identity %d %s %s", id, g, r)
	}
	at, _, err := w.owner.Model(ctx, plugin, 1)
	if err != nil {
		t.Fatal(err)
	}
	if c, s, m, err := trust.Model(plugin, 1, at.ActiveFrom); err != nil || c != (graph.Hash{8}) || s != (graph.Hash{9}) || m != document("m") {
		t.Errorf("model %s %s %s %v", c, s, m, err)
	}
	_, _, _, err = trust.Model(plugin, 2, at.ActiveFrom)
	says(t, "a version that is not there", err, "not version 2")
	_, _, _, err = trust.Model(plugin, 1, at.ActiveFrom-1)
	says(t, "a block before the model", err, "no version of plugin")
	if h, err := trust.BlockHash(0); err != nil || h != genesis.Hash() {
		t.Errorf("block 0 is %s: %v", h, err)
	}
	_, err = trust.BlockHash(1 << 40)
	says(t, "a block to come", err, "does not give block")
	_, err = trust.BlockHash(1 << 63)
	says(t, "a block that no endpoint can be asked for", err, "does not give block")
	if known, dev, err := trust.Key(graph.Hash{4}); err != nil || !known || !dev {
		t.Errorf("key %v %v %v", known, dev, err)
	}
	if known, _, err := trust.Key(graph.Hash{5}); err != nil || known {
		t.Errorf("unknown key %v %v", known, err)
	}
	for a, want := range map[graph.Address]bool{address(key("owner")): true, address(key("other")): false} {
		if got, err := trust.Node(a); err != nil || got != want {
			t.Errorf("node %s: %v %v", a, got, err)
		}
	}
	if err := trust.Failed(); err != nil {
		t.Errorf("what is not on the chain counts as a question without an answer: %v", err)
	}
	away, cancel := context.WithCancel(ctx)
	if trust, err = chain.OpenTrust(away, w.dev.HTTP(), w.at.Registry); err != nil {
		t.Fatal(err)
	}
	defer trust.Close()
	cancel() // from now on nothing can be asked
	if _, err := trust.Node(address(key("owner"))); err == nil || trust.Failed() == nil {
		t.Errorf("a question without an answer is not told from an answer: %v", err)
	}
	for _, at := range []string{"", "stdio", "/tmp/node.ipc", "file:///etc/passwd", "http:", "://"} {
		_, err = chain.OpenTrust(ctx, at, w.at.Registry)
		says(t, "an endpoint that is no URL", err, "is no URL of a chain's JSON-RPC")
	}
	asked, err := chain.OpenAuditing(ctx, w.dev.HTTP(), w.at.Registry)
	if err != nil {
		t.Fatal(err)
	}
	defer asked.Trust.Close()
	book, err := asked.Book(ctx, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, number := range []uint64{book.Block + 1, 1 << 40, 1 << 63, 1<<64 - 1} {
		if h, known, err := book.BlockHash(number); err != nil || known {
			t.Errorf("block %d is %s: %v", number, h, err)
		}
	}
	before := at.ActiveFrom - 1 // as it stood then, there is no model
	if book, err = asked.Book(ctx, &before); err != nil {
		t.Fatal(err)
	}
	if _, _, _, known, err := book.Active(plugin, at.ActiveFrom); err != nil || known {
		t.Errorf("the chain as it stood knows a model that came later: %v", err)
	}
	if _, known, err := book.BlockHash(at.ActiveFrom); err != nil || known {
		t.Errorf("the chain as it stood knows a block that came later: %v", err)
	}
	first := uint64(0)
	if book, err = asked.Book(ctx, &first); err != nil {
		t.Fatal(err)
	}
	if known, dev, err := book.Key(graph.Hash{4}); err != nil || !known || !dev {
		t.Errorf("a key that came after the book's block is %v %v %v, and proofs may rest on it", known, dev, err)
	}
	_, err = chain.OpenTrust(ctx, "http://127.0.0.1:1", w.at.Registry)
	says(t, "no chain there", err, "http://127.0.0.1:1")
}

func TestDevelopmentKeysStayOnDevelopmentChains(t *testing.T) {
	w := newWorld(t, false)
	says(t, "a development key", w.owner.EnsureKey(ctx, chain.Key{Circuit: graph.Hash{1}, Hash: graph.Hash{4}, Development: true}), "DevelopmentRefused")
	k := chain.Key{Circuit: graph.Hash{1}, Hash: graph.Hash{5}, Transcript: document("ceremony")}
	if err := w.owner.EnsureKey(ctx, k); err != nil {
		t.Fatal(err)
	}
	got, known, err := w.other.Key(ctx, k.Hash)
	if k.Since = got.Since; err != nil || !known || got != k {
		t.Errorf("%+v %v %v, expected %+v", got, known, err, k)
	}
}
