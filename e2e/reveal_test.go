package e2e

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math/big"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"candor/audit"
	"candor/contracts"
	"candor/graph"
	devchain "candor/local/chain"
	"candor/zkcommit"
	"candor/zkcommit/chain"
	"candor/zkcommit/timelock"

	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/ethclient"
	"github.com/ipfs/go-cid"
)

// revealView is a committed model in the API's words.
type revealView struct {
	Plugin                          graph.Hash
	Version                         uint32
	Commitment                      graph.Hash
	Slug, State, Says, OnChain, CID string
	RevealBy                        int64
	Document                        []byte
}

// reveals are the node's, by slug and version.
func (n *node) reveals(t *testing.T) map[string]revealView {
	t.Helper()
	var l struct{ Items []revealView }
	if _, err := n.get("/api/v1/reveals", &l); err != nil {
		t.Fatal(err)
	}
	all := map[string]revealView{}
	for _, r := range l.Items {
		all[fmt.Sprintf("%s/%d", r.Slug, r.Version)] = r
	}
	return all
}

// facts of /api/v1/chain that these tests need.
type chainFacts struct {
	RPC, IPFS string
	Contracts contracts.Addresses
	Beacon    struct {
		Endpoints []string
		Info      timelock.Info
	}
}

// lie publishes a plugin whose versions break their promise, each in a way of its
// own: another model, a round too late, another network, no ciphertext at all. The fifth
// keeps it. Their publisher is never seen again.
func lie(t *testing.T, n *node, facts chainFacts, date time.Time) (plugin graph.Hash) {
	t.Helper()
	ctx := t.Context()
	c := must[*ethclient.Client](t)(ethclient.Dial(facts.RPC))
	defer c.Close()
	key, err := crypto.LoadECDSA(filepath.Join(n.Dir, "keys", "relayer.key"))
	if err != nil {
		t.Fatal(err)
	}
	calls := chain.New(c, big.NewInt(devchain.ID), facts.Contracts, key)
	if plugin, err = calls.EnsurePlugin(ctx, "liar", chain.Ranker); err != nil {
		t.Fatal(err)
	}
	network := must[*timelock.Network](t)(timelock.NewNetwork(facts.Beacon.Info))
	quicknet := must[*timelock.Network](t)(timelock.NewNetwork(timelock.Quicknet))
	secret := &zkcommit.Reveal{Model: zkcommit.NewModel(zkcommit.Provable)}
	another := &zkcommit.Reveal{Model: zkcommit.NewModel(zkcommit.Provable), Salt: zkcommit.NewSalt([32]byte{1})}
	lock := func(on *timelock.Network, at time.Time, b []byte) []byte {
		return must[[]byte](t)(on.Lock(on.Round(at), b))
	}
	for i := range 5 {
		secret.Salt[31] = byte(i) // each version commits to another value
		sealed := [][]byte{
			lock(network, date, another.Bytes()),
			lock(network, date.Add(time.Hour), secret.Bytes()),
			lock(quicknet, date, secret.Bytes()),
			[]byte("nothing that was ever locked"),
			lock(network, date, secret.Bytes()),
		}[i]
		m := chain.Model{Plugin: plugin, Commitment: must[graph.Hash](t)(secret.Commitment()), ShapeID: zkcommit.Provable.ID(), RevealBy: uint64(date.Unix()),
			Manifest: must[cid.Cid](t)(graph.DocumentCID([]byte("{}")))}
		if _, err := calls.EnsurePledged(ctx, m, chain.Pledge{Bond: new(big.Int), Ciphertext: sealed}); err != nil {
			t.Fatal(err)
		}
	}
	return plugin
}

// replays ranks a bundle's posts by the model and says whether the order is the run's.
func replays(t *testing.T, m *zkcommit.Model, b *zkcommit.Bundle) bool {
	t.Helper()
	var rows []int8
	for _, line := range b.Features {
		for _, v := range line {
			rows = append(rows, int8(v))
		}
	}
	scores, err := m.Evaluate(rows)
	if err != nil {
		t.Fatal(err)
	}
	as := make([]graph.Score, len(scores))
	for i, s := range scores {
		as[i] = graph.Score(s)
	}
	for rank, i := range zkcommit.Order(b.Ranked, as) {
		if i != rank {
			return false
		}
	}
	return true
}

// startBeacon runs the beacon of a data directory alone.
func startBeacon(t *testing.T, dir string) (url string) {
	t.Helper()
	addr := must[string](t)(freePort())
	cmd := exec.Command(binary, "beacon", "--data", dir, "--listen", addr)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Signal(os.Interrupt); _ = cmd.Wait() })
	eventually(t, 20*time.Second, "the beacon answers", func() bool {
		_, err := timelock.Fetch(t.Context(), nil, "http://"+addr)
		return err == nil
	})
	return "http://" + addr
}

// TestModelsBecomePublic: a secret model opens on its date and not before, from the
// chain and the beacon alone, when node and publisher are gone; it gives the order of
// each run that was made with it; who locked anything else is named; and a node that is
// there opens it by itself and puts it on the chain.
func TestModelsBecomePublic(t *testing.T) {
	t.Parallel() // it waits for most of its time
	dir := filepath.Join(t.TempDir(), "data")
	n, err := launchWith(dir, "none", []string{"--reveal-after", "45s", "--prove", "off"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { n.stop() })
	if err := n.waitReady(60 * time.Second); err != nil {
		t.Fatal(err)
	}
	var facts chainFacts
	if _, err := n.get("/api/v1/chain", &facts); err != nil {
		t.Fatal(err)
	}
	var hybrid revealView
	eventually(t, 20*time.Second, "the node has seen its own models", func() bool { hybrid = n.reveals(t)["hybrid/1"]; return hybrid.State == "locked" })
	date := time.Unix(hybrid.RevealBy, 0)
	liar := lie(t, n, facts, date)
	var bundles []*zkcommit.Bundle
	for _, p := range small(t, n, 2) {
		if p.Run.Ranker != "hybrid" || p.Run.Posts < 2 {
			continue
		}
		res := must[*http.Response](t)(http.Get(n.URL + "/api/v1/runs/" + p.Run.ID + "/bundle"))
		b := must[*zkcommit.Bundle](t)(zkcommit.ParseBundle(must[[]byte](t)(io.ReadAll(res.Body))))
		res.Body.Close()
		bundles = append(bundles, b)
	}
	if len(bundles) == 0 {
		t.Fatal("there is no run of hybrid to replay")
	}
	eventually(t, 20*time.Second, "the node has seen all that is committed", func() bool { return n.reveals(t)["liar/5"].State != "" })
	before := n.reveals(t)
	if time.Now().After(date) {
		t.Fatal("the machine is too slow for this test: its models are public already")
	}
	for name, want := range map[string][2]string{
		"hybrid/1": {"locked", ""}, "latest/1": {"open", ""}, "liar/1": {"locked", ""}, "liar/2": {"broken", "must between"},
		"liar/3": {"broken", "is for the network"}, "liar/4": {"broken", "no timelock ciphertext"}, "liar/5": {"locked", ""},
	} {
		r := before[name]
		if r.State != want[0] || !strings.Contains(r.Says, want[1]) || want[1] == "" && r.Says != "" {
			t.Errorf("before the date %s is %s and the node says %q", name, r.State, r.Says)
		}
	}
	get := func(n *node, r revealView) (v revealView) {
		t.Helper()
		if _, err := n.get(fmt.Sprintf("/api/v1/reveals/%s/%d", r.Plugin, r.Version), &v); err != nil {
			t.Fatal(err)
		}
		return v
	}
	if get(n, hybrid).Document != nil {
		t.Error("the node serves the model before its date")
	}
	open := must[*zkcommit.Reveal](t)(zkcommit.ParseReveal(get(n, before["latest/1"]).Document))
	if err := open.Opens(before["latest/1"].Commitment); err != nil {
		t.Errorf("the document of a model without secret: %v", err)
	}

	// Node and publisher are gone, with all that they knew: chain and beacon remain.
	n.kill()
	if err := os.Rename(dir, dir+"-gone"); err != nil {
		t.Fatal(err)
	}
	rest := t.TempDir()
	for _, part := range []string{"chain", "beacon"} {
		if err := os.CopyFS(filepath.Join(rest, part), os.DirFS(filepath.Join(dir+"-gone", part))); err != nil {
			t.Fatal(err)
		}
	}
	alone := must[*devchain.Node](t)(devchain.Start(devchain.Config{Dir: filepath.Join(rest, "chain")}))
	t.Cleanup(func() { _ = alone.Close() })
	beacon := startBeacon(t, rest)
	file := filepath.Join(rest, "hybrid.reveal")
	fetch := func(plugin graph.Hash, version int) (string, int) {
		t.Helper()
		_, errs, code := run(t, "reveal", "fetch", "--rpc", alone.HTTP(), "--registry", facts.Contracts.Registry.Hex(), "--plugin", plugin.Hex(),
			"--version", fmt.Sprint(version), "--beacon", beacon, "--out", file)
		return errs, code
	}
	if errs, code := fetch(hybrid.Plugin, 1); time.Now().Before(date) {
		if _, err := os.Stat(file); err == nil || code != 1 || !strings.Contains(errs, "is locked until "+date.UTC().Format(time.DateTime)) || strings.Count(errs, "\n") != 1 {
			t.Errorf("before its date, fetch exits %d: %s", code, errs)
		}
	} else {
		t.Log("the date came before it could be asked for too early")
	}
	time.Sleep(time.Until(date) + time.Second)
	if errs, code := fetch(hybrid.Plugin, 1); code != 0 {
		t.Fatalf("on its date, fetch exits %d: %s", code, errs)
	}
	document := must[[]byte](t)(os.ReadFile(file))
	tell := false
	opened := must[*zkcommit.Reveal](t)(zkcommit.ParseReveal(document))
	for _, b := range bundles {
		r := must[*zkcommit.Run](t)(zkcommit.ParseRun(b.Run))
		if err := opened.Opens(r.Commitment); err != nil {
			t.Errorf("the run %s: %v", r.ID(), err)
		}
		if !replays(t, opened.Model, b) {
			t.Errorf("the revealed model ranks the posts of run %s otherwise", r.ID())
		}
		tell = tell || !replays(t, open.Model, b)
	}
	if !tell {
		t.Error("another model gives the same orders: these runs tell nothing")
	}
	if err := os.Remove(file); err != nil {
		t.Fatal(err)
	}
	// So does the model of a publisher that was nobody's node.
	if errs, code := fetch(liar, 5); code != 0 {
		t.Errorf("a model whose publisher and node are gone: fetch exits %d: %s", code, errs)
	} else if err := os.Remove(file); err != nil {
		t.Fatal(err)
	}
	for version, says := range map[int]string{1: "another model than the committed one", 4: "no timelock ciphertext"} {
		if errs, code := fetch(liar, version); code != 1 || !strings.Contains(errs, says) || strings.Count(errs, "\n") != 1 {
			t.Errorf("the liar's version %d: fetch exits %d: %s", version, code, errs)
		}
	}
	if errs, code := fetch(liar, 3); code != 2 || !strings.Contains(errs, "is locked to the network") {
		t.Errorf("with another network's beacon, fetch exits %d: %s", code, errs)
	}
	if _, err := os.Stat(file); err == nil {
		t.Error("what is not the committed model is written")
	}
	if err := alone.Close(); err != nil {
		t.Fatal(err)
	}

	// A node that comes back opens what is due, keeps it on IPFS and serves it.
	if n, err = launchWith(dir+"-gone", "none", []string{"--prove", "off"}); err != nil {
		t.Fatal(err)
	}
	if err := n.waitReady(60 * time.Second); err != nil {
		t.Fatal(err)
	}
	eventually(t, 30*time.Second, "the node opens what is due", func() bool {
		all := n.reveals(t)
		return all["hybrid/1"].State == "public" && all["liar/1"].State == "broken" && strings.Contains(all["liar/1"].Says, "another model") &&
			all["liar/5"].State == "public" // its publisher is gone, and a node is there
	})
	served := get(n, hybrid)
	if !bytes.Equal(served.Document, document) {
		t.Error("the node serves another document than the one that opened")
	}
	if _, err := n.get("/api/v1/chain", &facts); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	req := must[*http.Request](t)(http.NewRequestWithContext(ctx, http.MethodGet, facts.IPFS+"/ipfs/"+served.CID+"?format=raw", nil))
	res := must[*http.Response](t)(http.DefaultClient.Do(req))
	defer res.Body.Close()
	if b := must[[]byte](t)(io.ReadAll(res.Body)); !bytes.Equal(b, document) {
		t.Errorf("IPFS has %d other bytes under the document's name", len(b))
	}
	// An audit replays each run. What is wrong with a plugin that the node never used is
	// its publisher's fault, for whoever asks about that.
	r, code := audited(t, "--node", n.URL)
	if x := r.Shares["replays"]; code != 0 || !r.Clean() || x.Checked < uint64(len(bundles)) || x.Checked != x.Of {
		t.Errorf("the audit exits %d, finds %+v and replayed %d of %d runs", code, r.Findings, x.Checked, x.Of)
	}
	lies := []string{"another model", "must between", "no timelock ciphertext"}
	for _, says := range lies {
		if !slices.ContainsFunc(r.Notes, func(n string) bool { return strings.Contains(n, says) && strings.Contains(n, liar.Hex()[:10]) }) {
			t.Errorf("the audit does not note %q: %q", says, r.Notes)
		}
	}
	about, code := audited(t, "--node", n.URL, "--plugin", liar.Hex())
	if code != 1 || !slices.Equal(about.Rules(), []audit.Rule{audit.RuleReveal}) {
		t.Errorf("an audit of the liar exits %d and finds %v", code, about.Rules())
	}
	for _, says := range lies {
		if !slices.ContainsFunc(about.Findings, func(f audit.Finding) bool {
			return strings.Contains(f.Says, says) && strings.Contains(f.Says, liar.Hex()[:10])
		}) {
			t.Errorf("the audit of the liar does not find %q: %+v", says, about.Findings)
		}
	}
	for _, m := range r.Models {
		if m.Plugin == hybrid.Plugin && (m.State != "revealed" || m.Replayed == 0) {
			t.Errorf("the audit calls the opened model %s, with %d runs replayed", m.State, m.Replayed)
		}
	}
	n.submits(t, facts, document)
}

// submits puts the document on the chain by the command.
func (n *node) submits(t *testing.T, facts chainFacts, document []byte) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "model")
	if err := os.WriteFile(file, document, 0o600); err != nil {
		t.Fatal(err)
	}
	at := []string{"--rpc", facts.RPC, "--registry", facts.Contracts.Registry.Hex()}
	if _, errs, code := run(t, append([]string{"reveal", "submit", file, "--data", n.Dir}, at...)...); code != 0 {
		t.Fatalf("submit exits %d: %s", code, errs)
	}
	out, errs, code := run(t, append([]string{"reveal", "list", "--json"}, at...)...)
	var all []struct {
		Slug, State, OnChain string
		Version              int
	}
	if err := json.Unmarshal([]byte(out), &all); err != nil || code != 0 {
		t.Fatalf("list exits %d: %s %v", code, errs, err)
	}
	states := map[string]string{}
	for _, l := range all {
		states[fmt.Sprintf("%s/%d", l.Slug, l.Version)] = l.State + " " + l.OnChain
	}
	for name, want := range map[string]string{"hybrid/1": "public checked", "latest/1": "open none", "liar/1": "due due"} {
		if states[name] != want {
			t.Errorf("%s is %q, expected %q", name, states[name], want)
		}
	}
	eventually(t, 20*time.Second, "the node sees that the chain took it", func() bool { return n.reveals(t)["hybrid/1"].OnChain == "checked" })
}

// TestNodeRevealsItsOwn: on its date a node puts its own model on the chain, which
// checks it, and so owes nothing.
func TestNodeRevealsItsOwn(t *testing.T) {
	t.Parallel()
	n, err := launchWith(t.TempDir(), "none", []string{"--reveal-after", "45s"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(n.stop)
	if err := n.waitReady(60 * time.Second); err != nil {
		t.Fatal(err)
	}
	eventually(t, 3*time.Minute, "the chain took the node's model", func() bool {
		r := n.reveals(t)["hybrid/1"]
		return r.State == "public" && r.OnChain == "checked" && time.Now().Unix() >= r.RevealBy
	})
	var facts chainFacts
	if _, err := n.get("/api/v1/chain", &facts); err != nil {
		t.Fatal(err)
	}
	c := must[*ethclient.Client](t)(ethclient.Dial(facts.RPC))
	defer c.Close()
	r := n.reveals(t)["hybrid/1"]
	calls := chain.New(c, big.NewInt(devchain.ID), facts.Contracts, nil)
	if s, _, err := calls.Standing(t.Context(), r.Plugin, 1); err != nil || s.Reveal != chain.RevealChecked {
		t.Errorf("on the chain it stands at %+v: %v", s, err)
	}
	p, _, err := calls.Plugin(t.Context(), r.Plugin)
	if err != nil {
		t.Fatal(err)
	}
	if plugin, _, owes, err := calls.FirstDue(t.Context(), p.Publisher); err != nil || owes {
		t.Errorf("the publisher still owes %s: %v", plugin, err)
	}
}
