package e2e

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"candor/graph"
	"candor/rankers/features"
	"candor/rankers/onnx/reference"
	"candor/rankers/publish"
	"candor/rankers/tower"
	"candor/zkcommit"
	"candor/zkcommit/parts"

	"github.com/ipfs/go-cid"
)

// filled writes a draft with what it needs, and more by key.
func filled(t *testing.T, dir, slug string, reads publish.Reads, more map[string]string) {
	t.Helper()
	if err := publish.New(dir, slug, reads); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, publish.File)
	text := string(must[[]byte](t)(os.ReadFile(path)))
	for key, value := range map[string]string{"name": "First things", "description": "Some posts first.", "goal": "Show what matters.", "training": "None.", "licence": "CC0-1.0"} {
		text = strings.Replace(text, key+` = ""`, fmt.Sprintf("%s = %q", key, value), 1)
	}
	for old, now := range more {
		if !strings.Contains(text, old) {
			t.Fatalf("the draft has no %s", old)
		}
		text = strings.Replace(text, old, now, 1)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// testTowers: a tower is published and locked to its date, and a ranker over it. Before the
// tower's worker is there pages come all the same, from rows without vectors; then the
// ranker orders by the vectors, its runs are proven and verified, an auditor makes their rows
// again from what the tower's delegate signed, and, once the tower is public, the vectors from its file. The
// tower is of some MiB, so that it comes and goes in parts.
func testTowers(t *testing.T, n *node) {
	work := t.TempDir()
	fund := filepath.Join(n.Dir, "keys", "publisher.key")
	spire, head := filepath.Join(work, "spire"), filepath.Join(work, "head")
	filled(t, spire, "spire", publish.Tokens, map[string]string{`reveal_after = "720h"`: `reveal_after = "30s"`})
	draw := exec.Command("go", "run", "../examples/tower", "-layers", "3", "-wide", "128", "-heads", "4", "-to", filepath.Join(spire, "tower.onnx"))
	if out, err := draw.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	file := must[[]byte](t)(os.ReadFile(filepath.Join(spire, "tower.onnx")))
	if len(file) < 2*parts.Size {
		t.Fatalf("a tower of %d bytes is none of parts", len(file))
	}
	if out, errs, code := run(t, "ranker", "check", spire, "--node", n.URL); code != 0 || !strings.Contains(out, "READY   spire: a tower of shape 256x32") {
		t.Fatalf("check exits %d: %s%s", code, out, errs)
	}
	var made struct {
		Plugin, HandOver, Parcel string
		RevealBy                 int64
	}
	ranker(t, &made, "publish", spire, "--node", n.URL, "--fund", fund, "--data", n.Dir, "--json")
	if text := string(must[[]byte](t)(os.ReadFile(made.HandOver))); !strings.HasPrefix(text, "{") {
		t.Fatal("the node is handed the tower itself")
	}

	plain := must[*reference.Model](t)(reference.Open(file))
	vector := func(text string) graph.Embedding {
		return tower.Pad(must[[]int8](t)(plain.Vectors(context.Background(), tower.Tokens(text))))
	}
	topic := vector("When did the light come back?")
	filled(t, head, "head", publish.Vectors, map[string]string{`tower = ""`: fmt.Sprintf("tower = %q", made.Plugin+"/1"),
		"personalised = true": "personalised = false", `rule = "diverse/v1"`: `rule = "plain/v1"`})
	model := zkcommit.NewModel(zkcommit.Shape{Inputs: graph.Features + graph.EmbeddingDim, Hidden: [2]int{2}, Shift: [2]uint{12}})
	copy(model.Layers[0].Weights[graph.Features:], topic[:])
	model.Layers[1].Weights[0] = 100
	if err := os.WriteFile(filepath.Join(head, "model.bin"), model.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	var done struct{ Plugin string }
	ranker(t, &done, "publish", head, "--node", n.URL, "--fund", fund, "--data", n.Dir, "--wait", "0", "--json")
	eventually(t, 4*time.Minute, "the ranker is served", func() bool { // its keys are made first
		status, _ := n.get("/api/v1/feed?limit=1&ranker="+done.Plugin, &page{})
		return status == http.StatusOK
	})
	if p := n.feed(t, "limit=20&ranker="+done.Plugin); p.Run.Ranker != done.Plugin {
		t.Fatalf("without a worker of its tower: %+v", p.Run)
	}

	beside(t, ".", os.Environ(), "exec "+binary+" worker "+spire+" --node "+n.URL+" --device go")
	type item struct {
		ID, Assurance string
		Vectors       int
	}
	stands := func() (x item) {
		var l struct{ Items []item }
		if _, err := n.get("/api/v1/towers", &l); err != nil {
			t.Fatal(err)
		}
		for _, i := range l.Items {
			if i.ID == made.Plugin+"/1" {
				x = i
			}
		}
		return x
	}
	posts := int(n.stats(t).Posts)
	var p page
	eventually(t, time.Minute, "the ranker reads vectors", func() bool {
		if stands().Vectors == 0 {
			return false
		}
		p = n.feed(t, "limit=20&ranker="+done.Plugin)
		var b struct{ Features []string }
		if _, err := n.get("/api/v1/runs/"+p.Run.ID+"/bundle?opening="+p.Run.Opening, &b); err != nil {
			t.Fatal(err)
		}
		return len(b.Features) > 0 && strings.Trim(b.Features[0][2+2*graph.Features:], "0") != ""
	})
	if x := stands(); x.Assurance != "committed" || x.Vectors > posts {
		t.Errorf("%+v of %d posts", x, posts)
	}
	about := func(i int) int32 {
		v := vector(p.Items[i].Post.Text)
		return zkcommit.Activate(v.Dot(&topic) >> 12)
	}
	for i := range p.Items[1:] {
		if about(i) < about(i+1) {
			t.Errorf("%q (%d) stands before %q (%d)", p.Items[i].Post.Text, about(i), p.Items[i+1].Post.Text, about(i+1))
		}
	}
	if about(0) == about(len(p.Items)-1) {
		t.Error("the vectors say nothing of these posts")
	}
	var near struct{ Items []struct{ ID, Text string } }
	eventually(t, time.Minute, "the tower's vectors are in the index", func() bool {
		status, _ := n.get("/api/v1/posts/"+p.Items[0].ID+"/similar?tower="+made.Plugin+"/1", &near)
		return status == http.StatusOK && len(near.Items) > 1
	})
	first, closer := vector(p.Items[0].Post.Text), int32(1<<31-1)
	for _, x := range near.Items {
		v := vector(x.Text)
		if d := first.Dot(&v); x.ID == p.Items[0].ID || d > closer {
			t.Errorf("%q (%d) is listed behind what is farther (%d)", x.Text, d, closer)
		} else {
			closer = d
		}
	}
	var tried struct {
		Own     struct{ Top []struct{ Text string } }
		Posts   int
		Lacking int
	}
	ranker(t, &tried, "try", head, "--node", n.URL, "--json")
	if tried.Lacking != 0 || len(tried.Own.Top) == 0 || tried.Own.Top[0].Text != p.Items[0].Post.Text {
		t.Errorf("a trial of the ranker says %+v, and its page begins with %q", tried, p.Items[0].Post.Text)
	}
	rows := filepath.Join(work, "rows.csv")
	if out, errs, code := run(t, "features", "export", "--node", n.URL, "--tower", made.Plugin+"/1", "--viewers", "0", "--out", rows); code != 0 {
		t.Fatalf("export exits %d: %s%s", code, out, errs)
	}
	lines := strings.Split(strings.TrimSpace(string(must[[]byte](t)(os.ReadFile(rows)))), "\n")
	if len(lines) != 1+tried.Posts {
		t.Errorf("%d rows of %d posts", len(lines)-1, tried.Posts)
	}
	for _, line := range lines[1:] {
		cells := strings.Split(line, ",")
		if behind := cells[len(cells)-graph.EmbeddingDim:]; strings.Trim(strings.Join(behind[:32], ""), "0") == "" || strings.Trim(strings.Join(behind[32:], ""), "0") != "" {
			t.Errorf("behind the features of a row stands %v", behind[:40])
		}
	}
	eventually(t, 3*time.Minute, "the run is proven", func() bool { return n.runOf(t, p.Run.ID).Proof == "proven" })
	var doc json.RawMessage
	if _, err := n.get("/api/v1/runs/"+p.Run.ID+"/bundle?opening="+p.Run.Opening, &doc); err != nil {
		t.Fatal(err)
	}
	b, err := zkcommit.ParseBundle(doc)
	if err != nil || !replays(t, model, b) || b.Manifest.Manifest.FeatureSchema != features.Towered() {
		t.Fatalf("the run is not the model's order (%v)", err)
	}
	if out, errs, code := run(t, "verify", "--node", n.URL, p.Run.ID); code != 0 {
		t.Fatalf("verify exits %d: %s %s", code, out, errs)
	}
	eventually(t, time.Minute, "the run is logged", func() bool { return n.runOf(t, p.Run.ID).LogIndex >= 0 })
	said := func(what string) bool {
		r, code := audited(t, "--node", n.URL, "--plugin", done.Plugin)
		if x := r.Shares["rebuilt"]; code != 0 || !r.Clean() || x.Checked != x.Of || x.Of < 1 {
			t.Fatalf("an audit of the ranker exits %d: %+v, %+v, %v", code, r.Findings, x, r.Notes)
		}
		return strings.Contains(strings.Join(r.Notes, "\n"), what)
	}
	if !said("rows hold zeros") {
		t.Error("the audit says nothing of rows without vectors")
	}
	eventually(t, 2*time.Minute, "the tower is public and its vectors are made again", func() bool {
		return time.Now().Unix() > made.RevealBy && said("vectors that the node serves were made again")
	})
	opens(t, n, spire, made.Plugin, file)
	if _, errs, code := run(t, "ranker", "withdraw", head, "--node", n.URL, "--yes"); code != 0 {
		t.Fatal(errs)
	}
	eventually(t, time.Minute, "the ranker ranks no more", func() bool {
		status, _ := n.get("/api/v1/feed?limit=1&ranker="+done.Plugin, &page{})
		return status == http.StatusNotFound
	})
}

// opens: whoever likes opens the tower that is due, its publisher frees its bond, and one
// without a date is served from its publication on.
func opens(t *testing.T, n *node, spire, plugin string, file []byte) {
	var facts chainFacts
	if _, err := n.get("/api/v1/chain", &facts); err != nil {
		t.Fatal(err)
	}
	at := []string{"--rpc", facts.RPC, "--registry", facts.Contracts.Registry.Hex(), "--plugin"}
	fetch := func(plugin string, more ...string) {
		t.Helper()
		out := filepath.Join(t.TempDir(), "tower.reveal")
		args := append(append([]string{"reveal", "fetch", "--out", out, "--ipfs", facts.IPFS}, at...), plugin)
		if said, errs, code := run(t, append(args, more...)...); code != 0 || !strings.Contains(said, "OPENED") {
			t.Fatalf("fetch exits %d: %s", code, errs)
		}
		if got := must[*zkcommit.Tower](t)(zkcommit.ParseTower(must[[]byte](t)(os.ReadFile(out)))); !bytes.Equal(got.File, file) {
			t.Error("what opens is another file")
		}
		if len(more) == 2 && more[0] == "--beacon" {
			args := append(append([]string{"reveal", "submit", out, "--key", filepath.Join(spire, "secrets", "publisher.key")}, at...), plugin)
			if said, errs, code := run(t, args...); code != 0 || !strings.Contains(said, "unchecked") {
				t.Errorf("submit exits %d: %s%s", code, said, errs)
			}
		}
	}
	fetch(plugin, "--beacon", facts.Beacon.Endpoints[0])
	served := n.reveals(t)["spire/1"]
	if served.State != "public" || served.Document != nil {
		t.Errorf("the node says %+v", served)
	}
	document := must[[]byte](t)(parts.Read(t.Context(), must[cid.Cid](t)(cid.Decode(served.CID)), zkcommit.MaxTower, blocksOf(facts.IPFS)))
	if !bytes.HasSuffix(document, file) {
		t.Error("the node serves another document")
	}

	glass := filepath.Join(t.TempDir(), "glass")
	filled(t, glass, "glass", publish.Tokens, map[string]string{`reveal_after = "720h"`: `reveal_after = "0s"`})
	if err := os.WriteFile(filepath.Join(glass, "tower.onnx"), file, 0o600); err != nil {
		t.Fatal(err)
	}
	var made struct{ Plugin string }
	ranker(t, &made, "publish", glass, "--node", n.URL, "--fund", filepath.Join(n.Dir, "keys", "publisher.key"), "--json")
	eventually(t, 20*time.Second, "the node names its document", func() bool { return n.reveals(t)["glass/1"].CID != "" })
	fetch(made.Plugin, "--node", n.URL)
}

// blocksOf gets blocks from a gateway.
func blocksOf(gateway string) parts.Get {
	return func(ctx context.Context, c cid.Cid, limit int) ([]byte, error) {
		req, err := http.NewRequestWithContext(ctx, http.MethodGet, gateway+"/ipfs/"+c.String()+"?format=raw", nil)
		if err != nil {
			return nil, err
		}
		res, err := http.DefaultClient.Do(req)
		if err != nil {
			return nil, err
		}
		defer res.Body.Close()
		return io.ReadAll(io.LimitReader(res.Body, int64(limit)+1))
	}
}
