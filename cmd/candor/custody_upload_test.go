package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"candor/graph"
	"candor/indexer/denylist"
	"candor/indexer/ipfs"
	devchain "candor/local/chain"
	"candor/web"
	"candor/zkcommit"
	registry "candor/zkcommit/chain"
	"candor/zkcommit/parts"
	"candor/zkcommit/timelock"

	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ipfs/go-cid"
)

const mebi = 1 << 20

// cut is a ciphertext with its parts.
func (c *custodians) cut(t *testing.T, size int, opens time.Time) (*parts.File, [][]byte) {
	t.Helper()
	f, blocks, err := parts.Cut(c.large(t, size, opens))
	if err != nil {
		t.Fatal(err)
	}
	return f, blocks
}

func (c *custodians) asks(commitment byte) zkcommit.Custody {
	return zkcommit.Custody{Plugin: c.plugin, Commitment: graph.Hash{commitment}, RevealBy: uint64(c.date.Unix())}
}

// A ciphertext of several blocks goes to its custodians in parts, each of which stays, and
// comes back whole from each, also after a restart.
func TestCiphertextsGoInParts(t *testing.T) {
	c := newCustodians(t)
	first, firstURL := c.node(t, true)
	second, secondURL := c.node(t, true)
	first.most, second.most = 8*mebi, 8*mebi
	locked := c.large(t, 3*mebi+77, c.date)
	m := c.model(7)
	p, err := pledge(t.Context(), c.calls, c.terms, m, locked, c.keepers(firstURL, secondURL))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.calls.EnsurePledged(t.Context(), m, p); err != nil {
		t.Fatal(err)
	}
	record, _, err := c.calls.Model(t.Context(), c.plugin, 1)
	if err != nil {
		t.Fatal(err)
	}
	sealed, _, err := c.calls.Sealed(t.Context(), record)
	if err != nil || sealed.CID.Prefix().Codec != cid.DagProtobuf {
		t.Fatalf("%+v, %v", sealed, err)
	}
	f, _, err := parts.Cut(locked)
	if err != nil {
		t.Fatal(err)
	}
	v := committed{plugin: registry.Plugin{ID: c.plugin, Slug: "large"}, model: record, sealed: sealed}
	for name, kept := range map[string]*custody{"first": first, "second": second} {
		b, err := v.ciphertext(t.Context(), kept.blocks(), false)
		if err != nil || !bytes.Equal(b, locked) {
			t.Errorf("from the %s node: %v", name, err)
		}
		again, err := kept.openCustody(c.calls, custodyOptions{mib: 8})
		if err != nil || again.total(cid.Undef) != int64(len(locked)) || len(kept.coming) > 0 {
			t.Fatalf("after a restart of the %s node: %v", name, err)
		}
		for _, k := range []*custody{kept, again} {
			for i, block := range append(f.Parts, f.Name) {
				if !k.names(block) {
					t.Errorf("the %s node would throw block %d away", name, i)
				}
			}
		}
		if files := must(os.ReadDir(kept.path(""))); len(files) != 1 {
			t.Errorf("%d files of one ciphertext", len(files))
		}
	}
	// A node that keeps nothing for others has it from those who do, and each block once.
	far, err := ipfs.Open(t.Context(), ipfs.Config{Dir: t.TempDir(), PrivateGateways: []string{first.ipfs.Gateway()}})
	if err != nil {
		t.Fatal(err)
	}
	defer far.Close()
	b, err := v.ciphertext(t.Context(), (&node{ipfs: far}).blocks(), false)
	if err != nil || !bytes.Equal(b, locked) {
		t.Errorf("at a node that keeps none: %v", err)
	}
	for i, block := range append(f.Parts, f.Name) {
		if _, err := far.Kept(t.Context(), block); err != nil {
			t.Errorf("block %d would be fetched again: %v", i, err)
		}
	}
	// Where the chain asks for nobody's word, somebody keeps it all the same.
	lax := c.terms
	lax.Registry.Custodians = 0
	if _, err := pledge(t.Context(), c.calls, lax, m, locked, c.keepers("http://127.0.0.1:1")); err == nil || !strings.Contains(err.Error(), "0 of 1 nodes keep it") {
		t.Errorf("nobody keeps it: %v", err)
	}
	if p, err := pledge(t.Context(), c.calls, lax, m, locked, c.keepers(firstURL)); err != nil || len(p.Custody) > 0 {
		t.Errorf("%d words that the chain does not ask for: %v", len(p.Custody), err)
	}
	// An auditor and candor reveal fetch read it from a gateway.
	b, err = v.ciphertext(t.Context(), fromGateway(first.ipfs.Gateway()), false)
	if err != nil || !bytes.Equal(b, locked) {
		t.Errorf("from a gateway: %v", err)
	}
	// Before the date its first part is enough, and the rest is not asked for.
	asked := 0
	one := func(ctx context.Context, c cid.Cid, limit int) ([]byte, error) {
		asked++
		return first.blocks()(ctx, c, limit)
	}
	if err := v.keepsPromise(t.Context(), c.Network, one); err != nil || asked != 2 {
		t.Errorf("%d blocks were asked for: %v", asked, err)
	}
	// What its name stands for is no file: that stays so, and is its publisher's fault.
	bad := v
	bad.sealed.CID = must(cid.V1Builder{Codec: cid.DagProtobuf, MhType: 0x12}.Sum([]byte{0x12, 0}))
	_, err = bad.ciphertext(t.Context(), func(context.Context, cid.Cid, int) ([]byte, error) { return []byte{0x12, 0}, nil }, false)
	if !errors.As(err, new(openError)) {
		t.Errorf("a name of nothing: %v", err)
	}
}

// What is said to come counts before it comes, few come at once, and one of each network.
func TestUploadsAreBounded(t *testing.T) {
	c := newCustodians(t)
	kept, _ := c.node(t, true)
	kept.most = 7 * mebi
	begin := func(f *parts.File, place string) error {
		_, missing, err := kept.Keep(t.Context(), c.asks(1), f.List, true, place)
		if err == nil && len(missing) != len(f.Parts) {
			t.Errorf("%d parts are missing of %d", len(missing), len(f.Parts))
		}
		return err
	}
	var all []*parts.File
	for range 6 {
		f, _ := c.cut(t, mebi+1000, c.date)
		all = append(all, f)
	}
	long, _, err := parts.Cut(make([]byte, timelock.MaxCiphertext+1))
	if err != nil {
		t.Fatal(err)
	}
	if err := begin(long, "far"); err == nil || !strings.Contains(err.Error(), "larger ones of up to") {
		t.Errorf("too large: %v", err)
	}
	big, _ := c.cut(t, 6*mebi, c.date)
	if err := begin(all[0], "a"); err != nil {
		t.Fatal(err)
	}
	if err := begin(all[0], "a"); err != nil {
		t.Errorf("going on: %v", err)
	}
	if full := (*web.Refusal)(nil); !errors.As(begin(big, "b"), &full) || full.Status != http.StatusInsufficientStorage {
		t.Error("what is said to come does not count")
	}
	often := (*graph.ErrAsk)(nil)
	if err := begin(all[1], "a"); !errors.As(err, &often) || often.Retry == 0 {
		t.Errorf("a second one of a network: %v", err)
	}
	for i, place := range []string{"b", "c", "d"} {
		if err := begin(all[1+i], place); err != nil {
			t.Fatal(err)
		}
	}
	kept.most = 70 * mebi
	if err := begin(all[4], "e"); !errors.As(err, &often) || often.Retry == 0 || !strings.Contains(err.Error(), "as many as this node takes") {
		t.Errorf("a fifth at once: %v", err)
	}
	for _, u := range kept.coming {
		u.last = u.last.Add(-2 * uploadRest)
	}
	if err := begin(all[4], "a"); err != nil || len(kept.coming) != 1 {
		t.Errorf("what rests makes no room: %v", err)
	}
	if files := must(os.ReadDir(kept.path(""))); len(files) != 1 {
		t.Errorf("%d files of one upload", len(files))
	}
	again, err := kept.openCustody(c.calls, custodyOptions{mib: 8})
	if files := must(os.ReadDir(kept.path(""))); err != nil || len(files) > 0 || again.total(cid.Undef) > 0 {
		t.Errorf("%d files after a restart: %v", len(files), err)
	}
}

// Parts are those that the list names, the first one first; the word comes after the last.
func TestTheWordComesLast(t *testing.T) {
	c := newCustodians(t)
	kept, _ := c.node(t, true)
	kept.most = 8 * mebi
	f, blocks := c.cut(t, 2*mebi+5, c.date)
	spoilt := bytes.Clone(blocks[1])
	spoilt[0] ^= 1
	list := func(ask zkcommit.Custody) (zkcommit.Custody, []int, error) {
		return kept.Keep(t.Context(), ask, f.List, true, "here")
	}
	part := func(i int, b []byte) error { return kept.Part(t.Context(), f.Name, i, b) }
	if err := part(0, blocks[0]); err == nil {
		t.Error("a part of what nobody announced is taken")
	}
	late := c.asks(1)
	late.RevealBy += 3 * 3600
	if _, _, err := list(late); err != nil {
		t.Fatal(err)
	}
	if err := part(0, blocks[0]); err == nil || !strings.Contains(err.Error(), "breaks its promise") || len(kept.coming) > 0 {
		t.Errorf("one that opens too early: %v", err)
	}
	if _, _, err := list(c.asks(1)); err != nil {
		t.Fatal(err)
	}
	for name, x := range map[string]struct {
		i    int
		b    []byte
		says string
	}{
		"not the first": {1, blocks[1], "part 0 comes first"},
		"none":          {-1, blocks[0], "they are 0 to 2"},
		"one too many":  {3, blocks[0], "they are 0 to 2"},
		"another":       {0, spoilt, "another one than the list names"},
		"a short one":   {0, blocks[0][1:], "the list says"},
	} {
		if err := part(x.i, x.b); err == nil || !strings.Contains(err.Error(), x.says) {
			t.Errorf("%s: %v, not %q", name, err, x.says)
		}
	}
	for i, b := range blocks {
		if err := part(i, b); err != nil {
			t.Fatal(err)
		}
		if err := part(i, b); err != nil {
			t.Errorf("sent again: %v", err)
		}
		_, err := kept.ipfs.Kept(t.Context(), f.Parts[i])
		if err == nil {
			t.Error("parts are on IPFS before all are there")
		}
		word, missing, err := list(c.asks(1))
		if i < len(blocks)-1 {
			if err != nil || len(missing) != len(blocks)-1-i || word.Signature != nil {
				t.Fatalf("after part %d: %v are missing, %v", i, missing, err)
			}
		} else if err != nil || len(missing) > 0 || word.Check(kept.registryDomain()) != nil {
			t.Fatalf("all are there: %v are missing, %v", missing, err)
		}
	}
	got, err := parts.Read(t.Context(), f.Name, f.Size, kept.blocks())
	if err != nil || len(got) != f.Size {
		t.Error(err)
	}
	// What cannot be kept whole is not kept, nor signed for.
	other, more := c.cut(t, mebi+5, c.date)
	ask := c.asks(2)
	ask.Ciphertext = other.Name
	_, err = kept.take(t.Context(), ask, other, func(i int) ([]byte, error) {
		if i == 1 {
			return nil, errors.New("the disk is gone")
		}
		return more[i], nil
	})
	if files := must(os.ReadDir(kept.path(""))); err == nil || len(files) != 1 || kept.names(other.Parts[0]) {
		t.Errorf("%d files, %v", len(files), err)
	}
}

// A tower without a date is handed over as it is, once it is on the chain, and is what was
// committed.
func TestTowersWithoutADateAreServed(t *testing.T) {
	c := newCustodians(t)
	kept, url := c.node(t, true)
	kept.most = 8 * mebi
	tower := &zkcommit.Tower{File: bytes.Repeat([]byte("weights"), 200_000)}
	commitment := must(tower.Commitment())
	hand := func(document []byte) (cid.Cid, error) {
		f, blocks, err := parts.Cut(document)
		if err != nil {
			t.Fatal(err)
		}
		_, err = c.keepers().ask(t.Context(), url, zkcommit.Custody{Plugin: c.plugin, Commitment: commitment, Ciphertext: f.Name}, f, blocks)
		return f.Name, err
	}
	if _, err := hand(tower.Bytes()); err == nil || !strings.Contains(err.Error(), "commit first") {
		t.Errorf("before it is on the chain: %v", err)
	}
	version, err := c.calls.EnsureModel(t.Context(), registry.Model{Plugin: c.plugin, Commitment: commitment, ShapeID: graph.Hash{2}, Manifest: must(parts.Name([]byte("m")))})
	if err != nil {
		t.Fatal(err)
	}
	other := &zkcommit.Tower{Salt: [32]byte{1}, File: tower.File}
	if _, err := hand(other.Bytes()); err == nil || !strings.Contains(err.Error(), "not the tower that was committed") {
		t.Errorf("another one: %v", err)
	}
	name, err := hand(tower.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	// A version with a date is no open one.
	m := c.model(9)
	if _, err := c.calls.EnsurePledged(t.Context(), m, registry.Pledge{Bond: c.terms.Registry.MinBond, Ciphertext: c.large(t, 100, c.date)}); err != nil {
		t.Fatal(err)
	}
	f, blocks, _ := parts.Cut([]byte("x"))
	_, err = c.keepers().ask(t.Context(), url, zkcommit.Custody{Plugin: c.plugin, Commitment: m.Commitment, Ciphertext: f.Name}, f, blocks)
	if err == nil || !strings.Contains(err.Error(), "names a date") {
		t.Errorf("a version with a date: %v", err)
	}
	// It makes room for others after a month.
	kept.most = 2 * mebi
	locked := c.large(t, 900_000, c.date)
	keep := func() error { _, err := kept.KeepOwn(t.Context(), c.asks(3), locked); return err }
	if full := (*web.Refusal)(nil); !errors.As(keep(), &full) {
		t.Error("it makes room at once")
	}
	kept.custody = kept
	r := &reveals{node: kept.node, at: map[versionOf]*seen{}}
	r.note(versionOf{c.plugin, version}, &seen{Reveal: web.Reveal{Plugin: c.plugin, Version: version, Commitment: commitment, State: "open"}})
	shown, ok, err := r.Reveal(t.Context(), c.plugin, version)
	if err != nil || !ok || shown.CID != name.String() || shown.Document != nil {
		t.Fatalf("%+v, %v", shown, err)
	}
	got, err := parts.Read(t.Context(), name, zkcommit.MaxTower, fromGateway(kept.ipfs.Gateway()))
	if err != nil || sha256.Sum256(got) != commitment {
		t.Errorf("what is served: %v", err)
	}
	for id, k := range kept.held {
		k.Since -= int64((publicTime + time.Hour).Seconds())
		kept.held[id] = k
	}
	if err := keep(); err != nil {
		t.Errorf("it makes no room: %v", err)
	}
	if _, ok := kept.public(c.plugin, commitment); ok {
		t.Error("what made room is named")
	}
}

// The largest tower is locked, has parts for IPFS, and opens.
func TestLargestTower(t *testing.T) {
	c := newLockbox(t)
	tower := (&zkcommit.Tower{File: make([]byte, zkcommit.MaxTowerFile)}).Bytes()
	at := time.Now().Add(-time.Hour)
	locked, err := c.Lock(c.Round(at), tower)
	if err != nil || len(locked) > timelock.MaxCiphertext {
		t.Fatalf("%d bytes: %v", len(locked), err)
	}
	f, _, err := parts.Cut(locked)
	if err != nil || len(f.Parts) != 65 {
		t.Fatalf("%d parts: %v", len(f.Parts), err)
	}
	if got, err := c.ask.OpenDue(t.Context(), locked); err != nil || !bytes.Equal(got, tower) {
		t.Errorf("it does not open: %v", err)
	}
	if _, err := c.Lock(1, make([]byte, timelock.MaxPlain+1)); err == nil {
		t.Error("more is locked than opens")
	}
}

// What became public stays on IPFS with each of its blocks, and a document of more than one
// is in no answer.
func TestPublicTowersStay(t *testing.T) {
	c := newCustodians(t)
	kept, _ := c.node(t, false)
	document := (&zkcommit.Tower{File: bytes.Repeat([]byte("weights"), 400_000)}).Bytes()
	r := &reveals{node: kept.node, at: map[versionOf]*seen{}, held: keptBlocks{}}
	name, err := r.keep(t.Context(), committed{plugin: registry.Plugin{ID: c.plugin}, model: registry.Model{Version: 1}}, document)
	if err != nil {
		t.Fatal(err)
	}
	f, _, err := parts.Cut(document)
	if err != nil || !name.Equals(f.Name) || len(f.Parts) != 3 {
		t.Fatal(err)
	}
	for i, block := range append(f.Parts, name) {
		if !r.held.needed(block, r.withholds) {
			t.Errorf("the collector may take block %d", i)
		}
	}
	// What the operator withholds is nobody's to keep.
	deny := filepath.Join(t.TempDir(), "deny")
	if err := os.WriteFile(deny, []byte(name.String()+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	r.denied = must(denylist.Open(deny, r.log))
	for i, block := range append(f.Parts, name) {
		if r.held.needed(block, r.withholds) {
			t.Errorf("withheld, block %d stays", i)
		}
	}
	got, err := parts.Read(t.Context(), name, len(document), func(ctx context.Context, c cid.Cid, _ int) ([]byte, error) { return kept.ipfs.Kept(ctx, c) })
	if err != nil || !bytes.Equal(got, document) {
		t.Error(err)
	}
}

// Who goes on with a publication sends the ciphertext of before, of which nodes may have
// parts, if it still keeps the promise.
func TestTheSameCiphertextIsSentAgain(t *testing.T) {
	c := newLockbox(t)
	k := keepers{locked: filepath.Join(t.TempDir(), "locked")}
	tower := &zkcommit.Tower{File: bytes.Repeat([]byte("weights"), 10_000)}
	date := uint64(time.Now().Add(time.Hour).Unix())
	first := must(k.lock(c.Network, date, tower))
	if again := must(k.lock(c.Network, date, tower)); !bytes.Equal(again, first) {
		t.Error("another ciphertext is sent")
	}
	if later := must(k.lock(c.Network, date+7200, tower)); bytes.Equal(later, first) || c.Network.CheckPromise(later, time.Unix(int64(date+7200), 0)) != nil {
		t.Error("one that opens too early is sent")
	}
	kept := must(os.ReadFile(k.locked))
	kept[len(kept)-100] ^= 1
	if err := os.WriteFile(k.locked, kept, 0o600); err != nil {
		t.Fatal(err)
	}
	if again := must(k.lock(c.Network, date+7200, tower)); bytes.Equal(again[:1000], kept[:1000]) {
		t.Error("a spoilt one is sent")
	}
}

const custodyChild = "CUSTODY_CHILD"

// A node that is killed while it keeps a ciphertext has signed for it and has it all, or
// has not signed.
func TestKilledWhileKeeping(t *testing.T) {
	if dir := os.Getenv(custodyChild); dir != "" {
		if err := keepIn(dir); err != nil {
			t.Fatal(err)
		}
		return
	}
	c := newCustodians(t)
	locked := c.large(t, 2*mebi+5, c.date)
	f, _, err := parts.Cut(locked)
	if err != nil {
		t.Fatal(err)
	}
	for point, whole := range map[string]bool{"custody.part:2": false, "custody.before-word": false, "custody.after-word": true} {
		dir := t.TempDir()
		ask := c.asks(1)
		for name, b := range map[string][]byte{"locked": locked, "info": must(json.Marshal(c.Network.Info())), "ask": must(json.Marshal(ask))} {
			if err := os.WriteFile(filepath.Join(dir, name), b, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		cmd := exec.Command(os.Args[0], "-test.run=^TestKilledWhileKeeping$")
		cmd.Env = append(os.Environ(), custodyChild+"="+dir, "CANDOR_CRASH="+point)
		if out, err := cmd.CombinedOutput(); err == nil || !strings.Contains(err.Error(), "killed") {
			t.Fatalf("at %s it was not killed: %v %s", point, err, out)
		}
		n, kept, err := openIn(dir)
		if err != nil {
			t.Fatal(err)
		}
		files := must(os.ReadDir(kept.path("")))
		got, err := parts.Read(t.Context(), f.Name, f.Size, func(ctx context.Context, c cid.Cid, _ int) ([]byte, error) { return n.ipfs.Kept(ctx, c) })
		if signed := len(kept.held) == 1; signed != whole || len(files) != len(kept.held) || signed && (err != nil || !bytes.Equal(got, locked)) {
			t.Errorf("killed at %s it holds %d, of %d files: %v", point, len(kept.held), len(files), err)
		}
		if err := n.ipfs.Close(); err != nil {
			t.Error(err)
		}
	}
}

// openIn is a custodian without a chain.
func openIn(dir string) (*node, *custody, error) {
	var info timelock.Info
	b, err := os.ReadFile(filepath.Join(dir, "info"))
	if err == nil {
		err = json.Unmarshal(b, &info)
	}
	if err != nil {
		return nil, nil, err
	}
	network, err := timelock.NewNetwork(info)
	if err != nil {
		return nil, nil, err
	}
	key, err := crypto.GenerateKey()
	if err != nil {
		return nil, nil, err
	}
	n := &node{dir: dir, log: slog.New(slog.DiscardHandler), keys: &keyring{node: key}, dates: &timelock.Beacon{Network: network}}
	n.chainID = devchain.ID
	if n.ipfs, err = ipfs.Open(context.Background(), ipfs.Config{Dir: filepath.Join(dir, "ipfs")}); err != nil {
		return nil, nil, err
	}
	kept, err := n.openCustody(&registry.Client{}, custodyOptions{mib: 8})
	return n, kept, err
}

func keepIn(dir string) error {
	n, kept, err := openIn(dir)
	if err != nil {
		return err
	}
	defer n.ipfs.Close()
	locked, err := os.ReadFile(filepath.Join(dir, "locked"))
	if err != nil {
		return err
	}
	b, err := os.ReadFile(filepath.Join(dir, "ask"))
	if err != nil {
		return err
	}
	var ask zkcommit.Custody
	if err := json.Unmarshal(b, &ask); err != nil {
		return err
	}
	if _, err := kept.KeepOwn(context.Background(), ask, locked); err != nil {
		return err
	}
	return fmt.Errorf("it was not killed")
}
