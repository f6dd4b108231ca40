package e2e

import (
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
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
