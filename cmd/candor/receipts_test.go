package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"candor/audit"
	"candor/graph"
	devchain "candor/local/chain"
	"candor/zkcommit"
	"candor/zkcommit/tlog"
	"candor/zkcommit/tlog/witness"
)

// TestReceiptsAreHeldAgainstTheLog follows receipts from a promise to the log, and to the
// chain when the node takes the run out again.
func TestReceiptsAreHeldAgainstTheLog(t *testing.T) {
	c := openCourt(t)
	l := c.newLiar(t, "receipts")
	dir := filepath.Join(t.TempDir(), "receipts")
	check := func(want int, words string, more ...string) {
		t.Helper()
		out, code := command(t, receiptsCommand(), append([]string{"check", "--dir", dir, "--rpc", c.dev.HTTP(), "--registry", c.at.Registry.Hex(), "--log", l.url}, more...)...)
		if code != want || !strings.Contains(out, words) {
			t.Fatalf("candor receipts check: exit %d, expected %d and %q: %s", code, want, words, out)
		}
	}
	keep := func(file, words string) {
		t.Helper()
		if out, code := command(t, receiptsCommand(), "keep", file, "--dir", dir); code != 0 || !strings.Contains(out, words) {
			t.Fatalf("candor receipts keep: exit %d: %s", code, out)
		}
	}
	first := l.run(t)
	kept := l.bundle(t, first, 3600)
	keep(kept, "kept  run "+first.ID().Hex())
	name := keptDir(dir).path(first.ID(), "receipt")
	before, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	keep(kept, "kept before")
	if after, err := os.ReadFile(name); err != nil || !bytes.Equal(before, after) {
		t.Errorf("a kept receipt is written anew: %v", err)
	}
	check(0, "PROMISED") // the log has no head at all
	l.logs(t, first.Bytes())
	check(0, "neither anchored nor witnessed")

	// A witness's word counts as an anchor does, a stranger's not.
	k, err := witness.NewKey("witness.example")
	if err != nil {
		t.Fatal(err)
	}
	w, err := witness.Open(t.TempDir(), k, []tlog.Verifier{l.log.Verifier()}, nil)
	if err != nil {
		t.Fatal(err)
	}
	cp, err := l.log.Checkpoint(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	line, err := w.Add(0, nil, cp.Note)
	if err != nil {
		t.Fatal(err)
	}
	l.head = append(bytes.Clone(cp.Note), line...)
	stranger, err := witness.NewKey("stranger.example")
	if err != nil {
		t.Fatal(err)
	}
	check(0, "PROMISED")
	check(0, "PROMISED", "--witness", stranger.String())
	check(0, "LOGGED", "--witness", k.String())
	check(0, "LOGGED", "--witness", k.String(), "--witness", stranger.String(), "--quorum", "1")
	l.head = nil

	second := l.run(t)
	keep(l.bundle(t, second, 3600), "number 1")
	l.logs(t, second.Bytes())
	l.anchors(t)
	check(0, "LOGGED    run "+second.ID().Hex())
	if out, code := command(t, receiptsCommand(), "list", "--dir", dir, "--json"); code != 0 || strings.Count(out, `"logged"`) != 2 {
		t.Errorf("candor receipts list: exit %d: %s", code, out)
	}

	// A run that was promised and left out, of which the log shows another.
	hidden := l.run(t)
	hidden.Served[2]++
	other := t.TempDir()
	if out, code := command(t, receiptsCommand(), "keep", l.bundle(t, hidden, 0), "--dir", other); code != 0 {
		t.Fatal(out)
	}
	l.logs(t, l.run(t).Bytes())
	l.anchors(t)
	out, code := command(t, receiptsCommand(), "check", "--dir", other, "--rpc", c.dev.HTTP(), "--registry", c.at.Registry.Hex(), "--log", l.url)
	if code != 1 || !strings.Contains(out, "BROKEN") || !strings.Contains(out, "another entry of number 2") {
		t.Errorf("exit %d: %s", code, out)
	}
	if x, err := readCase(keptDir(other).path(hidden.ID(), "evidence")); err != nil || x.Fault != audit.FaultTwoEntries {
		t.Errorf("%+v, %v", x, err)
	}

	// The node begins its log anew, and what was found in it is not there any more.
	l.open(t)
	r := l.run(t)
	r.Served[1]++
	l.logs(t, r.Bytes())
	check(1, "another entry there now")
	x := keptDir(dir).path(first.ID(), "evidence")
	l.convicts(t, x, audit.FaultFork)
	if out, code := command(t, receiptsCommand(), "list", "--dir", dir); code != 0 || !strings.Contains(out, "BROKEN    run "+first.ID().Hex()) {
		t.Errorf("candor receipts list: exit %d: %s", code, out)
	}
}

// TestTicketsAreHeldAgainstTheLog keeps what a page exported: receipts, and tickets of runs that
// were aborted, one of which the log ends and one of which it passes over.
func TestTicketsAreHeldAgainstTheLog(t *testing.T) {
	c := openCourt(t)
	l := c.newLiar(t, "aborts")
	domain := zkcommit.RunLogDomain(devchain.ID, c.at.RunLog)
	dir, export := filepath.Join(t.TempDir(), "receipts"), filepath.Join(t.TempDir(), "candor-receipts.jsonl")
	ticket := func(seq uint64, d zkcommit.Domain) *zkcommit.Ticket {
		k := &zkcommit.Ticket{Nonce: graph.Hash{byte(seq + 1)}, Node: l.address, Seq: seq, Block: 1, Time: 1_800_000_000 - 1_000_000_000, Delay: 60}
		if err := k.Sign(l.key, d); err != nil {
			t.Fatal(err)
		}
		return k
	}
	run := l.run(t)
	receipt := l.receipt(t, run)
	receipt.MergeDelay = 3600
	if err := receipt.Sign(l.key); err != nil {
		t.Fatal(err)
	}
	ended, passed, elsewhere := ticket(1, domain), ticket(2, domain), ticket(3, zkcommit.RunLogDomain(1, c.at.RunLog))
	var lines bytes.Buffer
	for _, k := range []keptReceipt{{Opening: graph.Hash{9}, Receipt: &receipt}, {Ticket: ended}, {Ticket: passed}, {Ticket: elsewhere}} {
		k.Version, k.Kept = keptVersion, 1_800_000_000
		doc, err := json.Marshal(k)
		if err != nil {
			t.Fatal(err)
		}
		lines.Write(append(doc, '\n'))
	}
	if err := os.WriteFile(export, lines.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	l.logs(t, run.Bytes())
	abort := &zkcommit.Abort{ChainID: devchain.ID, Registry: c.at.Registry, Node: l.address, Seq: 1, Previous: run.ID(), Ticket: ended.ID(), Reason: zkcommit.TimedOut}
	l.logs(t, abort.Bytes())
	l.logs(t, l.run(t).Bytes()) // of another block than the ticket's
	l.anchors(t)
	args := []string{"check", "--dir", dir, "--rpc", c.dev.HTTP(), "--registry", c.at.Registry.Hex(), "--log", l.url}
	out, code := command(t, receiptsCommand(), append(args, export)...)
	for _, want := range []string{"LOGGED    run " + run.ID().Hex(), "LOGGED    ticket " + ended.ID().Hex(), "BROKEN    ticket " + passed.ID().Hex() + ", number 2",
		"PROMISED  ticket " + elsewhere.ID().Hex(), "it binds nobody here"} {
		if code != 1 || !strings.Contains(out, want) {
			t.Errorf("exit %d, without %q: %s", code, want, out)
		}
	}
	if x, err := readCase(keptDir(dir).path(passed.ID(), "evidence")); err != nil || x.Fault != audit.FaultUnanswered || len(x.Tickets) != 1 {
		t.Errorf("%+v, %v", x, err)
	} else if _, err := x.Check(nil); err != nil {
		t.Error(err)
	}
	if err := os.WriteFile(export, append(lines.Bytes(), "{}"...), 0o600); err != nil {
		t.Fatal(err)
	}
	if out, code := command(t, receiptsCommand(), "keep", export, "--dir", dir); code != 2 || !strings.Contains(out, "number 5: this is no kept receipt") {
		t.Errorf("exit %d: %s", code, out)
	}
}

// The ticket of a run that was aborted is kept, whether the node refuses the page or shows another ranker's.
func TestTicketsOfAbortedRunsAreKept(t *testing.T) {
	k := zkcommit.Ticket{Node: graph.Address{5}, Seq: 7, Block: 1, Time: 1_800_000_000, Delay: 60, Signature: make([]byte, 65)}
	ticket, err := k.Encode()
	if err != nil {
		t.Fatal(err)
	}
	for answer, status := range map[string]int{
		`{"detail":"the run was aborted","ticket":%s}`:        http.StatusServiceUnavailable,
		`{"run":{},"fallback":{"ranker":"slow","ticket":%s}}`: http.StatusOK,
	} {
		s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			w.WriteHeader(status)
			fmt.Fprintf(w, answer, ticket)
		}))
		dir := t.TempDir()
		out, code := command(t, receiptsCommand(), "keep", "--node", s.URL, "--dir", dir)
		s.Close()
		if _, err := os.Stat(keptDir(dir).path(k.ID(), "ticket")); err != nil || code != 2 || !strings.Contains(out, "kept  ticket "+k.ID().Hex()) {
			t.Errorf("exit %d: %v: %s", code, err, out)
		}
	}
}

// Two tickets of one number among what readers kept are evidence, one ticket twice is none.
func TestTicketsOfOneNumberAreFound(t *testing.T) {
	c := openCourt(t)
	l := c.newLiar(t, "two-tickets")
	l.logs(t, l.run(t).Bytes())
	var all []keptReceipt
	for i := range byte(3) {
		r := l.run(t)
		r.Served[0] = i
		k := zkcommit.Ticket{Nonce: graph.Hash{min(i, 1)}, Node: l.address, Seq: 1, Block: 1, Time: 1_800_000_000, Delay: 60}
		if err := k.Sign(l.key, zkcommit.RunLogDomain(devchain.ID, c.at.RunLog)); err != nil {
			t.Fatal(err)
		}
		receipt := l.receipt(t, r)
		all = append(all, keptReceipt{Version: keptVersion, Receipt: &receipt, Ticket: &k, Run: r.Bytes()})
	}
	dir := keptDir(t.TempDir())
	s, err := openLogOf(t.Context(), all, auditFlags{rpc: c.dev.HTTP(), registry: c.at.Registry.Hex(), log: l.url})
	if err != nil {
		t.Fatal(err)
	}
	defer s.chain.Trust.Close()
	p := s.promisesIn(dir)
	p.cases = s.cases(t.Context(), nil)
	states := make([]state, 3)
	for i := range all {
		states[i] = dir.stateOf(&all[i])
	}
	if err := p.tickets([]keptReceipt{all[1], all[2]}, states[1:]); err != nil || states[1].State != promised || states[2].State != promised {
		t.Fatalf("one ticket twice: %+v, %v", states, err)
	}
	if err := p.tickets(all, states); err != nil || states[0].State != promised || states[1].State != broken {
		t.Fatalf("%+v, %v", states, err)
	}
	if x, err := readCase(states[1].Evidence); err != nil || x.Fault != audit.FaultTwoTickets {
		t.Errorf("%+v, %v", x, err)
	} else if _, err := x.Check(s.chain); err != nil {
		t.Error(err)
	}
}

// Files that somebody changed are not believed, and receipts that bind nobody not kept.
func TestKeptReceiptsAreSigned(t *testing.T) {
	doc, err := os.ReadFile("../../zkcommit/verify/testdata/bundle.json")
	if err != nil {
		t.Fatal(err)
	}
	good := filepath.Join(t.TempDir(), "bundle.json")
	if err := os.WriteFile(good, doc, 0o600); err != nil {
		t.Fatal(err)
	}
	b, err := zkcommit.ParseBundle(doc)
	if err != nil {
		t.Fatal(err)
	}
	bad := filepath.Join(t.TempDir(), "bad.json")
	last := b.Receipt.Signature[63]
	b.Receipt.Signature[63] ^= 1
	changed := bytes.Replace(doc, []byte(hexOf(append(bytes.Clone(b.Receipt.Signature[:63]), last, b.Receipt.Signature[64]))), []byte(hexOf(b.Receipt.Signature)), 1)
	if bytes.Equal(changed, doc) {
		t.Fatal("the signature is not in the bundle as it is written here")
	}
	if err := os.WriteFile(bad, changed, 0o600); err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if out, code := command(t, receiptsCommand(), "keep", bad, "--dir", dir); code != 2 || !strings.Contains(out, "binds nobody") {
		t.Errorf("a forged receipt: exit %d: %s", code, out)
	}
	if out, code := command(t, receiptsCommand(), "keep", good, "--dir", dir); code != 0 {
		t.Fatalf("exit %d: %s", code, out)
	}
	names, err := filepath.Glob(filepath.Join(dir, "*.receipt.json"))
	if err != nil || len(names) != 1 {
		t.Fatal(names, err)
	}
	kept, err := os.ReadFile(names[0])
	if err != nil {
		t.Fatal(err)
	}
	for name, bad := range map[string][]byte{
		"cut off":       kept[:len(kept)/2],
		"another delay": bytes.Replace(kept, []byte(`"mergeDelay": 60`), []byte(`"mergeDelay": 61`), 1),
		"more fields":   bytes.Replace(kept, []byte(`"version"`), []byte(`"more": 1, "version"`), 1),
	} {
		if bytes.Equal(bad, kept) {
			t.Fatalf("%s: nothing changed in %s", name, kept)
		}
		if _, err := parseKept(bad); err == nil {
			t.Errorf("a kept receipt with %s is believed", name)
		}
	}
	// Of a node that gave no bundle there is the receipt alone.
	at := bytes.Index(kept, []byte(",\n  \"run\":"))
	alone := append(bytes.Clone(kept[:at]), "\n}\n"...)
	if _, err := parseKept(alone); err != nil {
		t.Errorf("a receipt alone: %v: %s", err, alone)
	}
	if _, err := parseKept(bytes.Replace(alone, []byte(`"mergeDelay": 60`), []byte(`"mergeDelay": 61`), 1)); err == nil {
		t.Error("a receipt alone that nobody signed is believed")
	}
	if err := os.Rename(names[0], filepath.Join(dir, strings.Repeat("0", 64)+".receipt.json")); err != nil {
		t.Fatal(err)
	}
	if _, err := keptDir(dir).all(); err == nil {
		t.Error("a receipt under another run's name is believed")
	}
}

func hexOf(b []byte) string {
	const digits = "0123456789abcdef"
	s := "0x"
	for _, c := range b {
		s += string(digits[c>>4]) + string(digits[c&15])
	}
	return s
}

func FuzzKept(f *testing.F) {
	f.Add([]byte(`{"version":"candor/kept/v1"}`))
	export, err := os.ReadFile("../../web/client/test/evidence/receipts.jsonl")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(export)
	f.Fuzz(func(t *testing.T, doc []byte) {
		all, err := parseExport(doc)
		if err != nil {
			return
		}
		dir := keptDir(t.TempDir())
		ids := map[graph.Hash]bool{}
		for _, k := range all {
			if k.Receipt != nil && k.Receipt.Signed() != nil {
				t.Errorf("a receipt that nobody signed is read: %s", doc)
			}
			k.keeps(nil)
			ids[k.id()] = true
			if err := keepReceipt(io.Discard, dir, k); err != nil {
				t.Errorf("%s cannot be kept: %v", doc, err)
			}
		}
		if again, err := dir.all(); err != nil || len(again) != len(ids) {
			t.Errorf("%d of %d that were kept are read again: %v: %s", len(again), len(ids), err, doc)
		}
	})
}
