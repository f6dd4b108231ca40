package e2e

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"candor/graph"

	"github.com/ethereum/go-ethereum/ethclient"
	"github.com/ethereum/go-ethereum/rpc"
)

// anvilBinary is the pinned anvil, which the first to ask installs.
var anvilBinary = sync.OnceValues(func() (string, error) {
	find := func() (string, bool) {
		found, _ := filepath.Glob("anvil/node_modules/@foundry-rs/anvil-*/bin/anvil*")
		return strings.Join(found, ""), len(found) == 1
	}
	if path, ok := find(); ok {
		return path, nil
	}
	install := exec.Command("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
	install.Dir = "anvil"
	if out, err := install.CombinedOutput(); err != nil {
		return "", fmt.Errorf("npm ci: %w\n%s", err, out)
	}
	path, ok := find()
	if !ok {
		return "", errors.New("npm ci in e2e/anvil brought no anvil for this machine")
	}
	return path, nil
})

// anvil starts a chain of another make on a free port.
func anvil(t *testing.T, flags ...string) (url string, client *rpc.Client) {
	t.Helper()
	addr := must[string](t)(freePort())
	cmd := exec.Command(must[string](t)(anvilBinary()), append([]string{"--silent", "--port", addr[strings.LastIndex(addr, ":")+1:]}, flags...)...)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	})
	client = must[*rpc.Client](t)(rpc.Dial("http://" + addr))
	t.Cleanup(client.Close)
	eventually(t, 30*time.Second, "anvil answers", func() bool {
		var id string
		return client.Call(&id, "eth_chainId") == nil
	})
	return "http://" + addr, client
}

// fund gives an account a thousand ether.
func fund(t *testing.T, chain *rpc.Client, account string) {
	t.Helper()
	if err := chain.Call(nil, "anvil_setBalance", account, "0x3635c9adc5dea00000"); err != nil {
		t.Fatal(err)
	}
}

// endpoint answers for a chain, honestly until it is told to lie.
type endpoint struct {
	*httptest.Server
	lies  atomic.Bool
	spoke atomic.Int64
	lied  atomic.Int64
}

func newEndpoint(t *testing.T, target string) *endpoint {
	t.Helper()
	e := &endpoint{}
	e.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		e.spoke.Add(1)
		res, err := http.Post(target, "application/json", r.Body)
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadGateway)
			return
		}
		defer res.Body.Close()
		body, err := io.ReadAll(res.Body)
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadGateway)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write(e.told(body))
	}))
	t.Cleanup(e.Close)
	return e
}

// told leaves the last log out of every block's receipts while the endpoint lies.
func (e *endpoint) told(body []byte) []byte {
	if !e.lies.Load() {
		return body
	}
	one := bytes.HasPrefix(bytes.TrimSpace(body), []byte("{"))
	if one {
		body = append(append([]byte("["), body...), ']')
	}
	var answers []map[string]any
	if json.Unmarshal(body, &answers) != nil {
		return body
	}
	for _, a := range answers {
		receipts, _ := a["result"].([]any)
		for _, r := range receipts {
			r, ok := r.(map[string]any)
			if !ok {
				continue
			}
			if logs, _ := r["logs"].([]any); len(logs) > 0 {
				r["logs"] = logs[:len(logs)-1]
				e.lied.Add(1)
			}
		}
	}
	out, _ := json.Marshal(answers)
	if one {
		out = out[1 : len(out)-1]
	}
	return out
}

var accountName = regexp.MustCompile(`0x[0-9a-fA-F]{40}\b`)

// TestOutsideChain follows a chain of another make over two endpoints, of which
// one lies and then dies.
func TestOutsideChain(t *testing.T) {
	t.Parallel()
	url, chain := anvil(t)
	dir := t.TempDir()
	contracts := filepath.Join(dir, "contracts.json")
	deploy := []string{"deploy", "--rpc", url, "--key", filepath.Join(dir, "data", "keys", "node.key"), "--out", contracts, "--development"}

	_, why, code := run(t, deploy...)
	poor := accountName.FindString(why)
	if code != 2 || poor == "" || !strings.Contains(why, "has no funds on the chain 31337: send it some and start this again") || strings.Count(why, "\n") != 1 {
		t.Fatalf("a deployment without funds ends with %d: %s", code, why)
	}
	fund(t, chain, poor)
	if out, why, code := run(t, deploy...); code != 0 || !strings.Contains(out, "on the chain 31337 from block 1") {
		t.Fatalf("the deployment ends with %d: %s%s", code, out, why)
	}
	if _, why, code := run(t, deploy...); code != 0 {
		t.Fatalf("the same deployment again ends with %d: %s", code, why)
	}

	first, second := newEndpoint(t, url), newEndpoint(t, url)
	start := func(data string, flags ...string) (*node, error) {
		n, err := launchWith(filepath.Join(dir, data), "none", flags)
		if err == nil {
			t.Cleanup(n.stop)
			err = n.waitReady(60 * time.Second)
		}
		return n, err
	}
	both := []string{"--rpc", first.URL, "--rpc", second.URL, "--contracts", contracts}
	_, err := start("data", both...)
	if err == nil || !strings.Contains(err.Error(), "this node has no funds on the chain 31337: send some to ") {
		t.Fatalf("a node without funds: %v", err)
	}
	wanted := accountName.FindAllString(err.Error(), -1)
	if len(wanted) != 2 { // the node's own paid for the contracts
		t.Fatalf("a node without funds asks for %v: %v", wanted, err)
	}
	for _, a := range wanted {
		fund(t, chain, a)
	}
	n, err := start("data", both...)
	if err != nil {
		t.Fatal(err)
	}

	a := newAuthor(t, n)
	if a.chainID != 31337 {
		t.Errorf("the node says that it is on the chain %d", a.chainID)
	}
	says := func(text string) string { return a.says(graph.PostContent{Text: text}, graph.Ref{}).ID.String() }
	shows := func(n *node, id, text string) page {
		t.Helper()
		p := n.feed(t, "ranker=latest")
		if len(p.Items) == 0 || p.Items[0].ID != id || p.Items[0].Post.Text != text {
			t.Fatalf("the feed is %+v, not %q first", p.Items, text)
		}
		return p
	}
	honest := shows(n, says("Both endpoints are honest."), "Both endpoints are honest.")
	eventually(t, 90*time.Second, "the run is proven", func() bool {
		var v runView
		_, err := n.get("/api/v1/runs/"+honest.Run.ID, &v)
		return err == nil && v.Proof == "proven"
	})
	if out, why, code := run(t, "verify", "--node", n.URL, honest.Run.ID, "--opening", honest.Run.Opening); code != 0 {
		t.Errorf("verify over the outside chain ends with %d: %s%s", code, out, why)
	}

	first.lies.Store(true)
	shows(n, says("One endpoint lies."), "One endpoint lies.")
	if first.lied.Load() == 0 {
		t.Fatal("the lie was never told")
	}
	accused := regexp.MustCompile(`an RPC endpoint lied[^\n]*` + regexp.QuoteMeta(first.URL) + `[^\n]*a log is missing`)
	if log := n.out.String(); !accused.MatchString(log) || !regexp.MustCompile(`another RPC endpoint is asked[^\n]*`+regexp.QuoteMeta(second.URL)).MatchString(log) ||
		strings.Count(log, "lied") != strings.Count(log, first.URL+" (number 1)\" error") {
		t.Fatalf("the liar, and it alone, is not named and left:\n%s", log)
	}
	spoke := first.spoke.Load()
	first.Close()
	last := says("One endpoint is dead.")
	p := shows(n, last, "One endpoint is dead.")
	if len(p.Items) != 3 || first.spoke.Load() != spoke {
		t.Errorf("%d posts of 3 are there, the liar was asked %d times more", len(p.Items), first.spoke.Load()-spoke)
	}
	var other runView
	if _, err := n.get("/api/v1/runs/"+p.Run.ID, &other); err != nil {
		t.Error(err)
	}
	n.stop()

	// Started anew with a dead one first, and two blocks behind the head.
	if n, err = start("data", append(both, "--finality-depth", "2")...); err != nil {
		t.Fatal(err)
	}
	a.n = n
	head := func() uint64 { return must[uint64](t)(ethclient.NewClient(chain).BlockNumber(context.Background())) }
	eventually(t, 10*time.Second, "runs name the block two behind the head", func() bool {
		before := head()
		got := n.stats(t).Block
		return got == before-2 && head() == before
	})
	deep := says("Not deep enough yet.")
	at := must[graph.PostID](t)(graph.ParsePosition(deep)).Block
	p = n.feed(t, "ranker=latest") // an anchor may have made a block meanwhile
	if now := head(); p.Run.Block+2 > now || p.Run.Block < at && p.Items[0].ID == deep {
		t.Errorf("a run at block %d, with the head at %d, begins with the post %s: %s", p.Run.Block, now, deep, p.Items[0].ID)
	}
	for range 2 {
		if err := chain.Call(nil, "evm_mine"); err != nil {
			t.Fatal(err)
		}
	}
	eventually(t, 20*time.Second, "the post is deep enough", func() bool {
		p := n.feed(t, "ranker=latest")
		return len(p.Items) == 4 && p.Items[0].ID == deep
	})
	n.stop()

	with := func(change func(map[string]any)) []string {
		return []string{"--rpc", url, "--contracts", edited(t, contracts, change)}
	}
	for name, bad := range map[string]struct {
		flags []string
		why   string
	}{
		"without endpoints":    {nil, "are of a chain outside: name its endpoints with --rpc"},
		"without its own file": {[]string{"--rpc", first.URL}, "no endpoint answers for the chain 31337"},
		"no endpoint at all":   {[]string{"--contracts", contracts}, "go with --rpc"},
		"another graph":        {with(func(m map[string]any) { m["block"] = 2 }), "which differ from those named"},
		"another id":           {with(func(m map[string]any) { m["chainId"] = 1 }), "it is on another chain: its id is 31337, not 1"},
		"another genesis":      {with(func(m map[string]any) { m["genesis"] = graph.Hash{1} }), "it is on another chain: its first block is"},
		"no graph there": {with(func(m map[string]any) { m["contracts"].(map[string]any)["runLog"] = graph.Address{1} }),
			"there is no RunLog at 0x01"},
		"not for development": {with(func(m map[string]any) { m["development"] = false }), "is not as the deployment says"},
		"half a file":         {with(func(m map[string]any) { delete(m, "genesis") }), "is no whole candor/deployment/v1"},
		"more than it knows":  {with(func(m map[string]any) { m["extra"] = 1 }), "is no deployment"},
	} {
		_, err := start("data", bad.flags...)
		if err == nil || !strings.Contains(err.Error(), bad.why) {
			t.Errorf("%s: %v, expected %q", name, err, bad.why)
		}
	}
}

// TestOutsideChainIsTheOneMeant has one endpoint on another chain of the same id,
// and the contracts of a chain that is not for development.
func TestOutsideChainIsTheOneMeant(t *testing.T) {
	t.Parallel()
	url, chain := anvil(t, "--timestamp", "1700000000")
	stranger, _ := anvil(t, "--timestamp", "1700000001")
	dir := t.TempDir()
	contracts, key := filepath.Join(dir, "contracts.json"), filepath.Join(dir, "deployer.key")
	deploy := []string{"deploy", "--rpc", url, "--key", key, "--out", contracts}
	_, why, _ := run(t, deploy...)
	fund(t, chain, accountName.FindString(why))
	if _, why, code := run(t, deploy...); code != 0 {
		t.Fatal(why)
	}
	flags := []string{"--rpc", stranger, "--rpc", url, "--contracts", contracts}
	n, err := launchWith(filepath.Join(dir, "data"), "none", flags)
	if err == nil {
		err = n.waitReady(30 * time.Second)
	}
	why = fmt.Sprint(err)
	for _, a := range accountName.FindAllString(why, -1) {
		fund(t, chain, a)
	}
	n, err = launchWith(filepath.Join(dir, "data"), "none", flags)
	if err == nil {
		t.Cleanup(n.stop)
		err = n.waitReady(60 * time.Second)
	}
	if err != nil {
		t.Fatal(err)
	}
	a := newAuthor(t, n)
	id := a.says(graph.PostContent{Text: "On the chain that is meant."}, graph.Ref{}).ID.String()
	if p := n.feed(t, "ranker=latest"); len(p.Items) != 1 || p.Items[0].ID != id {
		t.Errorf("the feed is %+v", p.Items)
	}
	log := n.out.String()
	if !regexp.MustCompile(`lied[^\n]*` + regexp.QuoteMeta(stranger) + `[^\n]*it is on another chain: its first block is`).MatchString(log) {
		t.Errorf("the endpoint on another chain is not named:\n%s", log)
	}
	if !strings.Contains(log, "runs are not proved: this is no development chain, so it takes no development keys") || strings.Contains(log, "the prover is ready") {
		t.Errorf("it is not said that there are no proofs:\n%s", log)
	}
	doc, c := document(t, "no profile, but who looks")
	a.stores(doc)
	if r := a.send(a.sign(a.intent(graph.Intent{Action: graph.ActProfile, CID: c.Bytes(), Imported: true})))[0]; r.State != "refused" || !strings.Contains(r.Error, "development chains only") {
		t.Errorf("an imported profile is %+v", r)
	}
	// What is left does not pay for a transaction.
	relayer := accountName.FindAllString(why, -1)[1]
	if err := chain.Call(nil, "anvil_setBalance", relayer, "0x1"); err != nil {
		t.Fatal(err)
	}
	doc, c = document(t, "Nobody pays for this.")
	a.stores(doc)
	if r := a.send(a.sign(a.intent(graph.Intent{Action: graph.ActPost, CID: c.Bytes()})))[0]; r.State != "refused" || !strings.Contains(r.Error, relayer+" has run out of funds: ask this node's operator") {
		t.Errorf("an intent that nobody pays for is %+v", r)
	}
	eventually(t, 20*time.Second, "the operator is told that the relay is poor", func() bool {
		return strings.Contains(n.out.String(), "too little left to pay for intents: send it funds")
	})
	n.stop()
	n, err = launchWith(filepath.Join(dir, "data"), "demo", flags)
	if err == nil {
		fund(t, chain, relayer)
		err = n.waitReady(30 * time.Second)
	}
	if err == nil || !strings.Contains(err.Error(), "which only development chains take: send --seed none") {
		t.Errorf("a sample town off a development chain: %v", err)
	}
}

// edited is a copy of the deployment with a change.
func edited(t *testing.T, file string, change func(map[string]any)) string {
	t.Helper()
	var m map[string]any
	if err := json.Unmarshal(must[[]byte](t)(os.ReadFile(file)), &m); err != nil {
		t.Fatal(err)
	}
	change(m)
	out := filepath.Join(t.TempDir(), "contracts.json")
	if err := os.WriteFile(out, must[[]byte](t)(json.Marshal(m)), 0o600); err != nil {
		t.Fatal(err)
	}
	return out
}
