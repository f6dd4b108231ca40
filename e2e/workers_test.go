package e2e

import (
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"candor/rankers/features"
)

// testWorkers: three operators serve a ranker that promises no proofs, two of them in
// Python. What the two answer alike is served and called replicated; the third, whose model
// is another, is named and cut off; and what nobody answers comes from the fallback. The node
// is open to other machines, so all of them encrypt.
func testWorkers(t *testing.T, n *node) {
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("python3 is not here: no worker in Python is tried")
	}
	dir := filepath.Join(t.TempDir(), "three")
	draft(t, dir, "three", "")
	path := filepath.Join(dir, "ranker.toml")
	text := strings.Replace(string(must[[]byte](t)(os.ReadFile(path))), "unproven = false", "unproven = true", 1)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	var done struct{ Plugin, Parcel, HandOver string }
	ranker(t, &done, "publish", dir, "--node", n.URL, "--fund", filepath.Join(n.Dir, "keys", "publisher.key"), "--data", n.Dir, "--worker", "--json")
	var s onChain
	status := func() onChain {
		s = onChain{}
		ranker(t, &s, "status", dir, "--node", n.URL, "--json")
		return s
	}
	if status().Served != nil {
		t.Error("it is served without a worker")
	}
	credentials := func(operator string) string {
		file := filepath.Join(t.TempDir(), operator+".json")
		if _, errs, code := run(t, "worker", "permit", dir, "--node", n.URL, "--operator", operator, "--out", file); code != 0 {
			t.Fatal(errs)
		}
		if !strings.Contains(string(must[[]byte](t)(os.ReadFile(file))), `"url": "tls://127.0.0.1:`) {
			t.Error("the credentials lead to no encrypted connection")
		}
		return file
	}
	for _, operator := range []string{"north", "south"} {
		beside(t, ".", os.Environ(), "exec "+python+" ../examples/worker-python/worker.py "+credentials(operator))
	}
	states := func() map[string]string {
		all := map[string]string{}
		if status().Served != nil {
			for _, w := range s.Served.Workers {
				all[w.Operator] = w.State
			}
		}
		return all
	}
	eventually(t, time.Minute, "both are there", func() bool { x := states(); return x["north"] == "ready" && x["south"] == "ready" })
	p := n.feed(t, "limit=20&ranker="+done.Plugin)
	if p.Run.Ranker != done.Plugin || p.Run.Assurance != "replicated" || p.Run.Proof != "sampled-out" {
		t.Fatalf("%+v", p.Run)
	}
	for i := range p.Items[1:] {
		if len(p.Items[i].Post.Text) < len(p.Items[i+1].Post.Text) {
			t.Errorf("%q stands before %q", p.Items[i].Post.Text, p.Items[i+1].Post.Text)
		}
	}
	res, err := http.Post(n.URL+"/api/v1/runs/"+p.Run.ID+"/proof?opening="+p.Run.Opening, "", nil)
	if err != nil {
		t.Fatal(err)
	}
	res.Body.Close()
	if res.StatusCode != http.StatusConflict {
		t.Errorf("a proof that nobody promised can be asked for: %s", res.Status)
	}

	beside(t, ".", os.Environ(), "exec "+binary+" worker "+done.Parcel+" --credentials "+credentials("east")+" --device go")
	eventually(t, time.Minute, "the third is there", func() bool { return states()["east"] == "ready" })
	eventually(t, time.Minute, "the odd one out is cut off", func() bool {
		p := n.feed(t, "limit=3&ranker="+done.Plugin)
		if p.Run.Ranker != done.Plugin || p.Run.Assurance != "replicated" {
			t.Fatalf("with an odd one among three: %+v", p.Run)
		}
		return states()["east"] == "cut-off"
	})
	if x := states(); x["north"] != "ready" || x["south"] != "ready" {
		t.Errorf("%v", x)
	}
	if found, err := filepath.Glob(filepath.Join(n.Dir, "workers", "cut-off", "*-east.json")); err != nil || len(found) != 1 {
		t.Errorf("that one was cut off is not kept: %v %v", found, err)
	}
}

// testKept: a ranker whose model never leaves its publisher's machine is tuned and proven as
// any other. What it returns sees a reader's own run proved twice, and demands its proof on the
// chain, of the node that has not the model: the worker makes it, and never gets the opening.
func testKept(t *testing.T, n *node) (demand func()) {
	dir := filepath.Join(t.TempDir(), "kept")
	draft(t, dir, "kept", "")
	if err := lendKeys(dir); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "ranker.toml")
	tuned := fmt.Sprintf("\n[[parameter]]\nname = \"length\"\nmeaning = \"how much long posts count\"\nleast = 0\nmost = 32\ndefault = 16\ncolumns = [%d]\n", features.TextLength)
	if err := os.WriteFile(path, append(must[[]byte](t)(os.ReadFile(path)), tuned...), 0o600); err != nil {
		t.Fatal(err)
	}
	var done struct{ Plugin string }
	ranker(t, &done, "publish", dir, "--node", n.URL, "--fund", filepath.Join(n.Dir, "keys", "publisher.key"), "--data", n.Dir, "--worker", "--json")
	beside(t, ".", os.Environ(), "exec "+binary+" worker "+dir+" --node "+n.URL+" --device go")
	eventually(t, 3*time.Minute, "the worker serves and its model is registered", func() bool {
		var s onChain
		ranker(t, &s, "status", dir, "--node", n.URL, "--json")
		return s.Served != nil
	})
	p := n.feed(t, "limit=20&ranker="+done.Plugin)
	untuned := n.feed(t, "limit=20&param.length=0&ranker="+done.Plugin)
	newest := n.feed(t, "limit=20&ranker=latest")
	if p.Run.Ranker != done.Plugin || untuned.Run.Ranker != done.Plugin || len(p.Items) < 3 || len(untuned.Items) != len(newest.Items) {
		t.Fatalf("%+v, %+v", p.Run, untuned.Run)
	}
	long := true
	for i := range p.Items {
		if i > 0 && len(p.Items[i-1].Post.Text) < len(p.Items[i].Post.Text) {
			t.Errorf("%q stands before %q", p.Items[i-1].Post.Text, p.Items[i].Post.Text)
		}
		long = long && untuned.Items[i].ID == p.Items[i].ID
		if untuned.Items[i].ID != newest.Items[i].ID {
			t.Errorf("where length counts nothing %s stands at %d, and the newest there is %s", untuned.Items[i].ID, i, newest.Items[i].ID)
		}
	}
	if long {
		t.Error("these posts stand in the same order however the ranker is tuned")
	}
	for _, id := range []string{p.Run.ID, untuned.Run.ID} {
		eventually(t, 2*time.Minute, "a worker's run is proven", func() bool { return n.runOf(t, id).Proof == "proven" })
	}
	if out, errs, code := run(t, "verify", "--node", n.URL, untuned.Run.ID); code != 0 {
		t.Errorf("a tuned run of a worker: verify exits %d: %s%s", code, out, errs)
	}
	a := newAuthor(t, n)
	var own page
	if _, _, err := a.signsIn().asks("/api/v1/feed?limit=20&ranker="+done.Plugin+"&viewer="+a.address().Hex(), &own); err != nil || own.Run.Public || own.Run.Ranker != done.Plugin {
		t.Fatalf("a reader's own run is %+v (%v)", own.Run, err)
	}
	eventually(t, 2*time.Minute, "a reader's own run is proven", func() bool { return n.runOf(t, own.Run.ID).Proof == "proven" })
	return func() {
		eventually(t, 5*time.Minute, "a reader's own run that was drawn is proved twice", func() bool {
			out, _, code := run(t, "verify", "--json", "--node", n.URL, own.Run.ID, "--opening", own.Run.Opening)
			return code == 0 && strings.Contains(out, `"name": "dispute"`)
		})
		pay := append([]string{"demand", "--node", n.URL, own.Run.ID, "--opening", own.Run.Opening}, n.payer(t)...)
		var out, errs string
		var code int
		eventually(t, 3*time.Minute, "the promise is due", func() bool {
			out, errs, code = run(t, pay...)
			return !strings.Contains(errs, "BadTime")
		})
		if code != 0 || !strings.Contains(out, "answered") {
			t.Fatalf("a demand for a proof under a worker's model: exit %d: %s%s\n%s", code, out, errs, n.out)
		}
		if out, errs, code := run(t, "verify", "--json", "--node", n.URL, own.Run.ID, "--opening", own.Run.Opening); code != 0 || !strings.Contains(out, `"name": "dispute"`) {
			t.Errorf("its run has no dispute proof: exit %d: %s%s", code, out, errs)
		}
	}
}

// payer are the flags of commands that write to the node's chain.
func (n *node) payer(t *testing.T) []string {
	t.Helper()
	var facts struct {
		RPC       string
		Contracts struct{ Registry string }
	}
	if _, err := n.get("/api/v1/chain", &facts); err != nil {
		t.Fatal(err)
	}
	return []string{"--rpc", facts.RPC, "--registry", facts.Contracts.Registry, "--key", filepath.Join(n.Dir, "keys", "publisher.key")}
}
