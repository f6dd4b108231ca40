package main

import (
	"bytes"
	"context"
	"crypto/ecdsa"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"math/big"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"candor/audit"
	"candor/contracts"
	"candor/graph"
	devchain "candor/local/chain"
	"candor/zkcommit"
	registry "candor/zkcommit/chain"
	"candor/zkcommit/tlog"

	"github.com/ethereum/go-ethereum/accounts/abi/bind/v2"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/spf13/cobra"
	"golang.org/x/mod/sumdb/note"
)

// court is a chain that asks for bonds, a model on it, and a reader with a key file.
type court struct {
	dev     *devchain.Node
	at      contracts.Addresses
	genesis graph.Hash
	owner   *registry.Client
	plugin  graph.Hash
	model   registry.Model
	reader  string // key file
	readers *registry.Client
}

func keyOf(name string) *ecdsa.PrivateKey {
	k, err := crypto.ToECDSA(crypto.Keccak256([]byte("court " + name)))
	if err != nil {
		panic(err)
	}
	return k
}

var liars = []string{"gap", "gap-zero", "misplaced", "wrong-model", "two-heads", "fork", "two-entries", "unanswered", "answered", "two-tickets", "receipts", "aborts", "honest"}

func openCourt(t *testing.T) *court {
	t.Helper()
	fund := []graph.Address{crypto.PubkeyToAddress(keyOf("owner").PublicKey), crypto.PubkeyToAddress(keyOf("reader").PublicKey)}
	for _, name := range liars {
		fund = append(fund, crypto.PubkeyToAddress(keyOf(name).PublicKey))
	}
	dev, err := devchain.Start(devchain.Config{Dir: t.TempDir(), Fund: fund})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = dev.Close() })
	id := big.NewInt(devchain.ID)
	terms := contracts.DevelopmentTerms()
	terms.RunLog.MinBond, terms.RunLog.Stake, terms.RunLog.AnswerBlocks = big.NewInt(1000), big.NewInt(50), 4
	at, err := contracts.DeployWith(t.Context(), bind.NewKeyedTransactor(keyOf("owner"), id), dev.Client(), terms)
	if err != nil {
		t.Fatal(err)
	}
	first, err := dev.Client().HeaderByNumber(t.Context(), new(big.Int))
	if err != nil {
		t.Fatal(err)
	}
	c := &court{dev: dev, at: at, genesis: first.Hash(), owner: registry.New(dev.Client(), id, at, keyOf("owner")),
		readers: registry.New(dev.Client(), id, at, keyOf("reader")), reader: filepath.Join(t.TempDir(), "reader.key")}
	if err := os.WriteFile(c.reader, []byte(hex.EncodeToString(crypto.FromECDSA(keyOf("reader")))), 0o600); err != nil {
		t.Fatal(err)
	}
	if c.plugin, err = c.owner.EnsurePlugin(t.Context(), "latest", registry.Ranker); err != nil {
		t.Fatal(err)
	}
	manifest, err := graph.DocumentCID([]byte("manifest"))
	if err != nil {
		t.Fatal(err)
	}
	c.model = registry.Model{Plugin: c.plugin, Commitment: graph.Hash{8}, ShapeID: zkcommit.Provable.ID(), Manifest: manifest}
	if _, err := c.owner.EnsureModel(t.Context(), c.model); err != nil {
		t.Fatal(err)
	}
	return c
}

// liar is a node with a real log, which says what a test wants.
type liar struct {
	*court
	key     *ecdsa.PrivateKey
	address graph.Address
	calls   *registry.Client
	log     *tlog.Log
	origin  string
	url     string // of the log
	entries [][]byte
	head    []byte // that is served instead of the newest; nil: the newest
}

func (c *court) newLiar(t *testing.T, name string) *liar {
	t.Helper()
	key := keyOf(name)
	l := &liar{court: c, key: key, address: crypto.PubkeyToAddress(key.PublicKey)}
	l.calls = registry.New(c.dev.Client(), big.NewInt(devchain.ID), c.at, key)
	l.origin = originOf(l.address)
	l.open(t)
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/log/checkpoint" && l.head != nil {
			w.Write(l.head)
			return
		}
		if strings.HasPrefix(r.URL.Path, "/log/") {
			http.StripPrefix("/log", l.log.Handler()).ServeHTTP(w, r)
			return
		}
		w.WriteHeader(http.StatusBadRequest) // its runs are opened by their readers
	}))
	t.Cleanup(s.Close)
	l.url = s.URL + "/log/"
	if err := l.calls.EnsureNode(t.Context(), graph.Hash(l.log.Verifier().Key), s.URL); err != nil {
		t.Fatal(err)
	}
	if err := l.calls.EnsureBond(t.Context(), big.NewInt(5000)); err != nil {
		t.Fatal(err)
	}
	return l
}

// open begins a log of the node's, without a word of any earlier one.
func (l *liar) open(t *testing.T) {
	t.Helper()
	heads := zkcommit.Heads{Origin: l.origin, Node: l.address, Domain: zkcommit.RunLogDomain(devchain.ID, l.at.RunLog)}
	log, err := tlog.Open(t.Context(), t.TempDir(), tlog.Options{Origin: l.origin, Seed: [32]byte{l.address[0], 1}, Also: []note.Signer{heads.Signer(l.key)}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { log.Close(context.Background()) })
	l.log, l.entries = log, nil
}

// run is the node's next run as it should be.
func (l *liar) run(t *testing.T) *zkcommit.Run {
	t.Helper()
	head, err := l.dev.Client().HeaderByNumber(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	r := &zkcommit.Run{ChainID: devchain.ID, Genesis: l.genesis, Registry: l.at.Registry, Node: l.address, Plugin: l.plugin, Version: 1, Seq: uint64(len(l.entries)),
		Block: head.Number.Uint64(), BlockHash: head.Hash(), Time: uint64(time.Now().Unix()) / 60 * 60, Commitment: l.model.Commitment, Shape: l.model.ShapeID}
	if n := len(l.entries); n > 0 {
		r.Previous = audit.EntryID(l.entries[n-1])
	}
	return r
}

func (l *liar) logs(t *testing.T, entries ...[]byte) {
	t.Helper()
	if _, err := l.log.Append(t.Context(), entries...); err != nil {
		t.Fatal(err)
	}
	l.entries = append(l.entries, entries...)
	if _, err := l.log.Published(t.Context(), uint64(len(l.entries))); err != nil {
		t.Fatal(err)
	}
}

func (l *liar) anchors(t *testing.T) {
	t.Helper()
	cp, err := l.log.Checkpoint(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := l.calls.Anchor(t.Context(), l.origin, cp.Size, cp.Root); err != nil {
		t.Fatal(err)
	}
}

// receipt is the node's for a run, whose merge delay is over.
func (l *liar) receipt(t *testing.T, r *zkcommit.Run) zkcommit.Receipt {
	t.Helper()
	c := zkcommit.Receipt{Run: r.ID(), Node: r.Node, Lane: r.Lane, Seq: r.Seq, Time: r.Time, MergeDelay: 1}
	if err := c.Sign(l.key); err != nil {
		t.Fatal(err)
	}
	return c
}

// bundle is what a reader kept of the run, in a file; delay is the receipt's, 0 for one
// that is over.
func (l *liar) bundle(t *testing.T, r *zkcommit.Run, delay uint32) string {
	t.Helper()
	doc, err := os.ReadFile("../../zkcommit/verify/testdata/bundle.json")
	if err != nil {
		t.Fatal(err)
	}
	b, err := zkcommit.ParseBundle(doc)
	if err != nil {
		t.Fatal(err)
	}
	b.Run, b.Receipt = r.Bytes(), l.receipt(t, r)
	if delay > 0 {
		b.Receipt.MergeDelay = delay
		if err := b.Receipt.Sign(l.key); err != nil {
			t.Fatal(err)
		}
	}
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	if err := e.Encode(b); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "kept.json")
	if err := os.WriteFile(path, out.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// command runs a command of the binary in this process.
func command(t *testing.T, c *cobra.Command, args ...string) (out string, code int) {
	t.Helper()
	var o, e bytes.Buffer
	c.SetOut(&o)
	c.SetErr(&e)
	c.SetArgs(args)
	c.SilenceErrors, c.SilenceUsage = true, true
	err := c.ExecuteContext(t.Context())
	var status exit
	switch {
	case errors.As(err, &status):
		return o.String(), status.code
	case err != nil:
		return o.String() + err.Error(), 2
	}
	return o.String(), 0
}

// audited audits the node as anyone would, and gives the evidence that came of it.
func (l *liar) audited(t *testing.T, receipts ...string) (files []string) {
	t.Helper()
	dir := t.TempDir()
	args := []string{"--rpc", l.dev.HTTP(), "--registry", l.at.Registry.Hex(), "--log", l.url, "--out", dir}
	for _, r := range receipts {
		args = append(args, "--receipt", r)
	}
	if out, code := command(t, auditCommand(), args...); code != 1 {
		t.Fatalf("candor audit: exit %d: %s", code, out)
	}
	files, err := filepath.Glob(filepath.Join(dir, "evidence-*.json"))
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// convicts checks the file, with and without the chain, and brings it there.
func (l *liar) convicts(t *testing.T, file string, fault audit.NodeFault) {
	t.Helper()
	x, err := readCase(file)
	if err != nil {
		t.Fatal(err)
	}
	if x.Fault != fault || x.Node != l.address {
		t.Fatalf("the evidence is of %s by %s", x.Fault, x.Node)
	}
	for _, more := range [][]string{nil, {"--rpc", l.dev.HTTP()}} {
		if out, code := command(t, evidenceCommand(), append([]string{"verify", file}, more...)...); code != 0 || !strings.Contains(out, "HOLDS  "+string(fault)) {
			t.Fatalf("candor evidence verify %v: exit %d: %s", more, code, out)
		}
	}
	before, err := l.readers.Owed(t.Context(), crypto.PubkeyToAddress(keyOf("reader").PublicKey))
	if err != nil {
		t.Fatal(err)
	}
	out, code := command(t, evidenceCommand(), "submit", file, "--rpc", l.dev.HTTP(), "--key", l.reader)
	if code != 0 || !strings.Contains(out, "TAKEN") {
		t.Fatalf("candor evidence submit: exit %d: %s", code, out)
	}
	b, err := l.readers.Bond(t.Context(), l.address)
	if err != nil || b.Amount.Sign() != 0 || b.Fallen != (fault != audit.FaultUnanswered) {
		t.Errorf("the bond is %+v, %v", b, err)
	}
	after, err := l.readers.Owed(t.Context(), crypto.PubkeyToAddress(keyOf("reader").PublicKey))
	if err != nil || after.Cmp(before) <= 0 {
		t.Errorf("who showed it is owed %s after %s, %v", after, before, err)
	}
}

func only(t *testing.T, files []string, fault audit.NodeFault) string {
	t.Helper()
	for _, f := range files {
		if strings.HasSuffix(f, "-"+string(fault)+".json") {
			return f
		}
	}
	t.Fatalf("no evidence of %s among %v", fault, files)
	return ""
}

// blocks makes blocks until the test is over, as other people's transactions would.
func (c *court) blocks(t *testing.T) (stop func()) {
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() {
		defer close(done)
		for i := byte(1); ctx.Err() == nil && i < 250; i++ {
			if err := c.owner.EnsureKey(ctx, registry.Key{Circuit: graph.Hash{1}, Hash: graph.Hash{i, byte(time.Now().UnixNano())}, Development: true}); err != nil && ctx.Err() == nil {
				t.Error(err)
				return
			}
			time.Sleep(20 * time.Millisecond)
		}
	}()
	return func() { cancel(); <-done }
}

// TestEachFaultCostsTheBond walks from each fault that the contract knows, by what an
// auditor or a reader finds and a file of evidence, to the node's bond, on a real chain.
func TestEachFaultCostsTheBond(t *testing.T) {
	c := openCourt(t)
	t.Run("gap", func(t *testing.T) {
		l := c.newLiar(t, "gap")
		l.logs(t, l.run(t).Bytes())
		l.logs(t, l.run(t).Bytes())
		r := l.run(t)
		r.Previous = audit.EntryID(l.entries[0])
		l.logs(t, r.Bytes())
		l.anchors(t)
		l.convicts(t, only(t, l.audited(t), audit.FaultGap), audit.FaultGap)
	})
	t.Run("a gap without a predecessor, under a signed head", func(t *testing.T) {
		l := c.newLiar(t, "gap-zero")
		l.logs(t, l.run(t).Bytes())
		r := l.run(t)
		r.Previous = graph.Hash{}
		l.logs(t, r.Bytes())
		l.convicts(t, only(t, l.audited(t), audit.FaultGap), audit.FaultGap)
	})
	t.Run("misplaced", func(t *testing.T) {
		l := c.newLiar(t, "misplaced")
		l.logs(t, l.run(t).Bytes())
		r := l.run(t)
		r.Seq = 7
		l.logs(t, r.Bytes())
		l.anchors(t)
		l.convicts(t, only(t, l.audited(t), audit.FaultMisplaced), audit.FaultMisplaced)
	})
	t.Run("wrong model", func(t *testing.T) {
		l := c.newLiar(t, "wrong-model")
		r := l.run(t)
		r.Commitment[5]++
		l.logs(t, r.Bytes())
		l.convicts(t, only(t, l.audited(t), audit.FaultWrongModel), audit.FaultWrongModel)
	})
	t.Run("two heads", func(t *testing.T) {
		l := c.newLiar(t, "two-heads")
		l.logs(t, l.run(t).Bytes())
		if err := l.calls.Anchor(t.Context(), l.origin, 1, graph.Hash{9}); err != nil {
			t.Fatal(err)
		}
		l.convicts(t, only(t, l.audited(t), audit.FaultTwoHeads), audit.FaultTwoHeads)
	})
	t.Run("two entries", func(t *testing.T) {
		l := c.newLiar(t, "two-entries")
		hidden := l.run(t)
		hidden.Served[3]++
		kept := l.bundle(t, hidden, 0)
		l.logs(t, l.run(t).Bytes())
		l.anchors(t)
		l.convicts(t, only(t, l.audited(t, kept), audit.FaultTwoEntries), audit.FaultTwoEntries)
	})
	t.Run("unanswered", func(t *testing.T) {
		l := c.newLiar(t, "unanswered")
		l.logs(t, l.run(t).Bytes())
		hidden := l.run(t)
		hidden.Time -= 120
		kept := l.bundle(t, hidden, 0)
		file := only(t, l.audited(t, kept), audit.FaultUnanswered)
		defer c.blocks(t)()
		l.convicts(t, file, audit.FaultUnanswered)
	})
	t.Run("two tickets", func(t *testing.T) {
		l := c.newLiar(t, "two-tickets")
		x := &audit.Case{Version: audit.CaseVersion, Fault: audit.FaultTwoTickets, ChainID: devchain.ID, Registry: c.at.Registry, RunLog: c.at.RunLog, Node: l.address, Origin: l.origin}
		for nonce := range byte(2) {
			k := zkcommit.Ticket{Nonce: graph.Hash{nonce}, Node: l.address, Seq: 4, Block: 1, Time: 1_800_000_000, Delay: 60}
			if err := k.Sign(l.key, zkcommit.RunLogDomain(devchain.ID, c.at.RunLog)); err != nil {
				t.Fatal(err)
			}
			x.Tickets = append(x.Tickets, k)
		}
		l.convicts(t, l.file(t, x), audit.FaultTwoTickets)
	})
	t.Run("an honest node that is demanded", func(t *testing.T) {
		l := c.newLiar(t, "answered")
		run := l.run(t)
		run.Time -= 120
		l.logs(t, run.Bytes())
		l.anchors(t)
		r := l.receipt(t, run)
		file := l.file(t, &audit.Case{Version: audit.CaseVersion, Fault: audit.FaultUnanswered, ChainID: devchain.ID, Registry: c.at.Registry, RunLog: c.at.RunLog, Node: l.address, Origin: l.origin, Receipt: &r})
		go func() {
			for t.Context().Err() == nil {
				if _, open, err := l.calls.Waiting(t.Context(), registry.Inclusion, r.Run, l.address, 0, 0); err == nil && open {
					if err := l.calls.AnswerInclusion(t.Context(), run.Bytes(), l.origin, 1, nil); err != nil {
						t.Error(err)
					}
					return
				}
				time.Sleep(50 * time.Millisecond)
			}
		}()
		if out, code := command(t, evidenceCommand(), "submit", file, "--rpc", c.dev.HTTP(), "--key", c.reader); code != 1 || !strings.Contains(out, "ANSWERED") {
			t.Errorf("exit %d: %s", code, out)
		}
		if b, err := l.calls.Bond(t.Context(), l.address); err != nil || b.Amount.Int64() != 5050 {
			t.Errorf("%+v %v", b, err)
		}
	})
	t.Run("evidence that does not hold goes nowhere", func(t *testing.T) {
		l := c.newLiar(t, "honest")
		l.logs(t, l.run(t).Bytes())
		l.logs(t, l.run(t).Bytes())
		l.anchors(t)
		cp, err := l.log.Checkpoint(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		about := audit.Case{Version: audit.CaseVersion, ChainID: devchain.ID, Registry: c.at.Registry, RunLog: c.at.RunLog, Node: l.address, Origin: l.origin}
		for name, x := range map[string]func(*audit.Case){
			"an active model": func(x *audit.Case) { x.Fault, x.Entries = audit.FaultWrongModel, []audit.CaseEntry{l.entry(t, 0, cp)} },
			"a head that nobody anchored": func(x *audit.Case) {
				x.Fault, x.Heads = audit.FaultTwoHeads, []audit.CaseHead{{Size: 2, Root: cp.Root}, {Size: 2, Root: graph.Hash{1}}}
			},
			"a run behind its predecessor": func(x *audit.Case) {
				x.Fault, x.Entries, x.Previous = audit.FaultGap, []audit.CaseEntry{l.entry(t, 1, cp)}, l.entries[0]
			},
			"an entry at its place": func(x *audit.Case) { x.Fault, x.Entries = audit.FaultMisplaced, []audit.CaseEntry{l.entry(t, 1, cp)} },
		} {
			k := about
			x(&k)
			file := l.file(t, &k)
			if out, code := command(t, evidenceCommand(), "submit", file, "--rpc", c.dev.HTTP(), "--key", c.reader); code != 1 || !strings.Contains(out, "DOES NOT HOLD") {
				t.Errorf("%s: exit %d: %s", name, code, out)
			}
			if out, code := command(t, evidenceCommand(), "verify", file, "--rpc", c.dev.HTTP(), "--json"); code != 1 || !strings.Contains(out, `"holds":false`) && !strings.Contains(out, `"holds": false`) {
				t.Errorf("%s: exit %d: %s", name, code, out)
			}
			// The contract agrees.
			err := c.readers.Submit(t.Context(), callOf(c.readers, &k))
			if err == nil {
				t.Errorf("%s: the contract takes it", name)
			}
		}
		other := about
		other.RunLog = graph.Address{1}
		other.Fault, other.Heads = audit.FaultTwoHeads, []audit.CaseHead{{Size: 1, Root: cp.Root}, {Size: 1, Root: graph.Hash{1}}}
		if out, code := command(t, evidenceCommand(), "verify", l.file(t, &other), "--rpc", c.dev.HTTP()); code != 2 || !strings.Contains(out, "another with --rpc") {
			t.Errorf("another contract: exit %d: %s", code, out)
		}
	})
}

// entry is an entry of the log with its path to the anchored head.
func (l *liar) entry(t *testing.T, index uint64, cp tlog.Checkpoint) audit.CaseEntry {
	t.Helper()
	path, err := logSource{t.Context(), l.log.Reader, cp.Size}.Path(index, cp.Size)
	if err != nil {
		t.Fatal(err)
	}
	return audit.CaseEntry{Entry: l.entries[index], Index: index, Head: &audit.CaseHead{Size: cp.Size, Root: cp.Root}, Path: path}
}

func (l *liar) file(t *testing.T, x *audit.Case) string {
	t.Helper()
	doc, err := x.JSON()
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), fmt.Sprintf("%s.json", x.Fault))
	if err := os.WriteFile(path, doc, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// Files that the browser's code made (web/client/test/evidence.test.mjs holds it to them) prove the
// faults that they name, and none of their letters is free.
func TestEvidenceOfTheBrowser(t *testing.T) {
	files, err := filepath.Glob("../../web/client/test/evidence/*.json")
	if err != nil || len(files) < 10 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	faults := map[audit.NodeFault]bool{}
	for _, name := range files {
		x, err := readCase(name)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		faults[x.Fault] = true
		if out, code := command(t, evidenceCommand(), "verify", name); code != 0 || !strings.Contains(out, "HOLDS  "+string(x.Fault)+" by node "+x.Node.Hex()) {
			t.Errorf("%s: exit %d: %s", name, code, out)
		}
		doc, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		bad := filepath.Join(t.TempDir(), "bad.json")
		node := strings.ToLower(x.Node.Hex()[2:])
		if err := os.WriteFile(bad, bytes.ReplaceAll(doc, []byte(node), []byte(strings.Repeat("5", 40))), 0o600); err != nil {
			t.Fatal(err)
		}
		if out, code := command(t, evidenceCommand(), "verify", bad); code != 1 || !strings.Contains(out, "DOES NOT HOLD") {
			t.Errorf("%s of another node: exit %d: %s", name, code, out)
		}
	}
	for _, f := range []audit.NodeFault{audit.FaultUnanswered, audit.FaultTwoHeads, audit.FaultTwoEntries, audit.FaultMisplaced, audit.FaultTwoTickets} {
		if !faults[f] {
			t.Errorf("the browser shows no %s", f)
		}
	}
}

// What the browser exports, the command keeps.
func TestExportOfTheBrowser(t *testing.T) {
	dir := t.TempDir()
	out, code := command(t, receiptsCommand(), "keep", "../../web/client/test/evidence/receipts.jsonl", "--dir", dir)
	if code != 0 || !strings.Contains(out, "kept  run 0x") || !strings.Contains(out, "kept  ticket 0x") {
		t.Fatalf("exit %d: %s", code, out)
	}
	if out, code := command(t, receiptsCommand(), "list", "--dir", dir); code != 0 || strings.Count(out, "PROMISED") != 2 {
		t.Errorf("exit %d: %s", code, out)
	}
}
