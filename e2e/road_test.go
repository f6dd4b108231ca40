package e2e

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"candor/graph"
	"candor/graph/embed"
	"candor/rankers/features"
	"candor/rankers/publish"
	"candor/zkcommit"
)

// draft makes a publisher's directory with a filled-in draft and a model that puts posts
// first which say what the topic says, by their embeddings, and long ones when its parameter
// is turned up from its default, 0; without a topic long posts.
func draft(t *testing.T, dir, slug, topic string) (model *zkcommit.Model) {
	t.Helper()
	if err := publish.New(dir, slug, map[bool]publish.Reads{true: publish.Embedding}[topic != ""]); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, publish.File)
	text := string(must[[]byte](t)(os.ReadFile(path)))
	for key, value := range map[string]string{"name": "First things", "description": "Some posts first.", "goal": "Show what matters.", "training": "None.", "licence": "CC0-1.0"} {
		text = strings.Replace(text, key+` = ""`, fmt.Sprintf("%s = %q", key, value), 1)
	}
	text = strings.Replace(strings.Replace(text, "personalised = true", "personalised = false", 1), `rule = "diverse/v1"`, `rule = "plain/v1"`, 1)
	if topic == "" {
		model = zkcommit.NewModel(zkcommit.Provable)
		model.Layers[0].Weights[features.TextLength] = 64
	} else {
		model = zkcommit.NewModel(zkcommit.Shape{Inputs: graph.Features + graph.EmbeddingDim, Hidden: [2]int{2}, Shift: [2]uint{8}})
		e := embed.Text(topic)
		copy(model.Layers[0].Weights[graph.Features:], e[:])
		// Its length counts more than all of that, for readers who ask for it.
		model.Layers[0].Weights[model.Shape.Inputs+features.TextLength], model.Layers[1].Weights[1] = 127, 127
		text += fmt.Sprintf("\n[[parameter]]\nname = \"length\"\nmeaning = \"How much long posts count\"\nleast = 0\nmost = 32\ndefault = 0\ncolumns = [%d]\n", features.TextLength)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	model.Layers[1].Weights[0] = 100
	if err := os.WriteFile(filepath.Join(dir, "model.bin"), model.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return model
}

// onChain is a ranker's standing by candor ranker status.
type onChain struct {
	Plugin, Slug string
	Versions     []struct {
		Version   uint32
		State     string
		Withdrawn uint64
	}
	Served *struct {
		ID, Slug string
		Guest    bool
		Serving  struct{ Pages, Asked, Failed, Checked, Missed uint64 }
		Proofs   struct{ Runs, Proven uint64 }
		Workers  []struct{ Operator, State string }
	}
}

func ranker(t *testing.T, v any, args ...string) {
	t.Helper()
	out, errs, code := run(t, append([]string{"ranker"}, args...)...)
	if code != 0 {
		t.Fatalf("ranker %v exits %d: %s", args, code, errs)
	}
	if err := json.Unmarshal([]byte(out), v); err != nil {
		t.Fatal(err, out)
	}
}

// killed runs a command that kills itself at a point.
func killed(t *testing.T, point string, args ...string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, binary, args...)
	cmd.Env = append(os.Environ(), "CANDOR_CRASH="+point)
	out, _ := cmd.CombinedOutput()
	if s := cmd.ProcessState.String(); !strings.Contains(s, "killed") || ctx.Err() != nil {
		t.Fatalf("%s was not reached (%s): %s", point, s, out)
	}
}

// notRun are the commands of the page that the test does not run: the first ones, since it
// has a binary and a node already, and those that fetch what a card needs.
var notRun = []string{"CGO_ENABLED=1 make build", "export PATH=", "candor up --data data", "pip install onnxruntime-gpu==", "export CANDOR_ONNXRUNTIME=", "export LD_LIBRARY_PATH="}

// testPublishARankerPage runs the commands of docs/publish-a-ranker.md as they stand there,
// against a node that is up already. With CANDOR_CUDA set, beside CANDOR_ONNXRUNTIME, the
// page's ranker must run on a card.
func testPublishARankerPage(t *testing.T, n *node) {
	if _, err := exec.LookPath("python3"); err != nil {
		t.Skip("python3 is not here: the page's training is not tried")
	}
	text := string(must[[]byte](t)(os.ReadFile("../docs/publish-a-ranker.md")))
	work := t.TempDir()
	if err := os.Symlink(must[string](t)(filepath.Abs("../examples")), filepath.Join(work, "examples")); err != nil {
		t.Fatal(err)
	}
	bin := filepath.Dir(binary)
	if os.Getenv("CANDOR_CUDA") != "" {
		bin = t.TempDir()
		build := exec.Command("go", "build", "-o", bin, "../cmd/candor")
		build.Env = append(os.Environ(), "CGO_ENABLED=1")
		if out, err := build.CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, out)
		}
	}
	// The node of this test is elsewhere than the page's.
	here := strings.NewReplacer("http://127.0.0.1:8080", n.URL, "--data data", "--data "+n.Dir, " data/", " "+n.Dir+"/")
	blocks := strings.Split(text, "\n```")
	if len(blocks) < 21 || len(blocks)%2 == 0 {
		t.Fatalf("the page has %d ends of blocks", len(blocks)-1)
	}
	said, left := map[string]string{}, slices.Clone(notRun)
	var worker *lockedBuffer
	began := time.Now()
	for i := 1; i < len(blocks); i += 2 {
		kind, commands, _ := strings.Cut(blocks[i], "\n")
		for line := range strings.Lines(commands + "\n") {
			if kind != "sh" {
				if len(left) == 0 || !strings.HasPrefix(line, left[0]) {
					t.Fatalf("%q is run by no test: put it into a box that begins with ```sh", line)
				}
				left = left[1:]
				continue
			}
			ctx, cancel := context.WithTimeout(t.Context(), 6*time.Minute)
			env := append(os.Environ(), "PATH="+bin+string(os.PathListSeparator)+os.Getenv("PATH"))
			if line, goesOn := strings.CutSuffix(line, " &\n"); goesOn {
				worker = beside(t, work, env, "exec "+here.Replace(line))
				cancel()
				continue
			}
			cmd := exec.CommandContext(ctx, "bash", "-euc", here.Replace(line))
			cmd.Dir, cmd.Env = work, env
			out, err := cmd.CombinedOutput()
			cancel()
			if err != nil {
				t.Fatalf("%s%v: %s", line, err, out)
			}
			words := strings.Fields(line)
			said[strings.Join(words[:min(3, len(words))], " ")] = string(out)
			if strings.HasPrefix(line, "candor ranker ask") {
				eventually(t, time.Minute, "the run is counted", func() bool {
					var s onChain
					ranker(t, &s, "status", filepath.Join(work, "kindling"), "--node", n.URL, "--json")
					return s.Served != nil && s.Served.Proofs.Runs == 1 && s.Served.Proofs.Proven == 1
				})
			}
		}
	}
	took := time.Since(began)
	t.Logf("the page's commands took %.0f s, of the 15 minutes that it promises", took.Seconds())
	if took > 15*time.Minute || len(left) > 0 || worker == nil {
		t.Errorf("%v, and left are %v", took, left)
	}
	onCard := strings.Contains(worker.String(), "by ONNX Runtime, cuda")
	if os.Getenv("CANDOR_CUDA") != "" && !onCard || !onCard && strings.Count(worker.String(), " is not used, ") != 1 {
		t.Errorf("the worker runs on no card, and one line is to say why: %s", worker)
	}
	for command, want := range map[string]string{"candor ranker check": "READY   kindling", "candor ranker quantise": "by the float model's scores",
		"candor ranker publish": "PUBLISHED  version 1 of kindling", "candor ranker status": "operator   publisher, 1 workers", "candor ranker ask": "\nPROOF   proven, after", "candor ranker withdraw": "WITHDRAWN  version 1",
		"candor ranker try": "nothing was published", "candor eval --events": "kindling"} {
		if !strings.Contains(said[command], want) {
			t.Errorf("%s does not say %q: %s", command, want, said[command])
		}
	}
	for _, want := range []string{", 1 pages to readers since 20", "runs       1 in all, 1 proven", "answers    1 of 1 to readers; 0 failures"} {
		if !strings.Contains(said["candor ranker status"], want) {
			t.Errorf("the status does not say %q: %s", want, said["candor ranker status"])
		}
	}
	if !strings.Contains(said["candor ranker ask"], "\nVALID") {
		t.Errorf("the page's run is not valid: %s", said["candor ranker ask"])
	}
}

// beside runs a command until the test ends, and ends it as an operator would.
func beside(t *testing.T, dir string, env []string, line string) *lockedBuffer {
	t.Helper()
	says := &lockedBuffer{}
	cmd := exec.Command("bash", "-euc", line)
	cmd.Dir, cmd.Env, cmd.Stdout, cmd.Stderr = dir, env, says, says
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := errors.Join(cmd.Process.Signal(syscall.SIGTERM), cmd.Wait()); err != nil {
			t.Errorf("%s: %v: %s", line, err, says)
		}
	})
	return says
}

// TestPublishersRoad: a stranger's ranker, whose publication is killed at every step and
// goes on, is one version of one plugin; a node serves it from its parcel by the plugin's
// id, orders by its model, which reads the posts' embeddings, proves its runs, which an
// auditor makes again, and shows how it answers; a stranger's "hybrid"
// takes no built-in ranker's place; demands are answered though the model is at its worker's
// alone; and what is withdrawn ranks no more, while its runs can
// still be checked.
func TestPublishersRoad(t *testing.T) {
	t.Parallel()
	n := must[*node](t)(launchWith(filepath.Join(t.TempDir(), "data"), "none", []string{"--workers", "0.0.0.0:0", "--bond", "1", "--cross-check", "1"})) // so they come encrypted
	t.Cleanup(n.stop)
	if err := n.waitReady(time.Minute); err != nil {
		t.Fatal(err)
	}
	small(t, n, 0)
	demand := testKept(t, n)
	t.Run("page", func(t *testing.T) { testPublishARankerPage(t, n) })
	t.Run("workers", func(t *testing.T) { testWorkers(t, n) })
	t.Run("towers", func(t *testing.T) { testTowers(t, n) })
	dir, topic := filepath.Join(t.TempDir(), "topic"), "When did the light come back?"
	model := draft(t, dir, "hybrid", topic)
	var tried struct {
		Own struct{ Top []struct{ ID string } }
	}
	ranker(t, &tried, "try", dir, "--node", n.URL, "--json")
	var named struct{ Features []struct{ Name string } }
	if _, err := n.get("/api/v1/schemas/"+features.Wide().Hex(), &named); err != nil || len(named.Features) != 448 || named.Features[447].Name != "embedding_383" {
		t.Errorf("the node names %d places of a wide row (%v)", len(named.Features), err)
	}
	live := filepath.Join(t.TempDir(), "live.csv")
	if out, errs, code := run(t, "features", "export", "--node", n.URL, "--viewers", "0", "--embedding", "--out", live); code != 0 || !strings.Contains(out, "3 rows written") {
		t.Errorf("rows of the node with embeddings: exit %d, %s%s", code, out, errs)
	}
	args := []string{"ranker", "publish", dir, "--node", n.URL, "--fund", filepath.Join(n.Dir, "keys", "publisher.key")}
	for _, point := range []string{"publish.planned", "publish.pinned", "publish.named", "publish.committed", "publish.packed"} {
		killed(t, point, args...)
	}
	var done struct {
		Plugin, Commitment, Manifest, Parcel string
		Version                              uint32
		Served                               bool
	}
	ranker(t, &done, append(args[1:], "--data", n.Dir, "--json")...)
	if done.Version != 1 || !done.Served {
		t.Fatalf("%+v", done)
	}
	var s onChain
	ranker(t, &s, "status", dir, "--node", n.URL, "--json")
	if len(s.Versions) != 1 || s.Versions[0].State != "locked" || s.Served == nil || !s.Served.Guest || s.Plugin != done.Plugin {
		t.Fatalf("%+v", s)
	}

	p := n.feed(t, "limit=20&ranker="+done.Plugin)
	if p.Run.Commitment != done.Commitment || p.Run.Ranker != done.Plugin || len(p.Items) < 3 {
		t.Fatalf("%+v", p.Run)
	}
	about := func(i int) int32 {
		e, f := embed.Text(topic), embed.Text(p.Items[i].Post.Text)
		return zkcommit.Activate(e.Dot(&f) >> 8)
	}
	for i := range p.Items[1:] {
		if about(i) < about(i+1) || p.Items[i].ID != tried.Own.Top[i].ID {
			t.Errorf("%q stands before %q, and at first %s", p.Items[i].Post.Text, p.Items[i+1].Post.Text, tried.Own.Top[i].ID)
		}
	}
	if about(0) == about(len(p.Items)-1) {
		t.Error("the embeddings say nothing of these posts")
	}
	if own := n.feed(t, "limit=3&ranker=hybrid"); own.Run.Commitment == done.Commitment || own.Run.Ranker != "hybrid" {
		t.Error("a stranger's hybrid takes the built-in one's place")
	}
	eventually(t, 90*time.Second, "the run is proven", func() bool { return n.runOf(t, p.Run.ID).Proof == "proven" })
	var doc json.RawMessage
	if _, err := n.get("/api/v1/runs/"+p.Run.ID+"/bundle?opening="+p.Run.Opening, &doc); err != nil {
		t.Fatal(err)
	}
	b, err := zkcommit.ParseBundle(doc)
	if err != nil || !replays(t, model, b) || len(b.Features[0]) != graph.Features+graph.EmbeddingDim {
		t.Fatalf("the run is not the model's order (%v)", err)
	}
	if out, errs, code := run(t, "verify", "--node", n.URL, p.Run.ID); code != 0 {
		t.Fatalf("verify exits %d: %s %s", code, out, errs)
	}
	eventually(t, time.Minute, "the run is logged", func() bool { return n.runOf(t, p.Run.ID).LogIndex >= 0 })
	r, code := audited(t, "--node", n.URL, "--plugin", done.Plugin)
	if made := r.Shares["rebuilt"]; code != 0 || !r.Clean() || made.Checked != 1 || made.Of != 1 {
		t.Errorf("an audit of the guest exits %d: %+v, %+v", code, r.Findings, made)
	}
	ranker(t, &s, "status", dir, "--node", n.URL, "--json")
	if x := s.Served.Serving; x.Pages != 1 || x.Asked != 1 || x.Failed != 0 {
		t.Errorf("%+v", x)
	}
	eventually(t, 30*time.Second, "the node asks it of its own accord", func() bool {
		ranker(t, &s, "status", dir, "--node", n.URL, "--json")
		return s.Served.Serving.Checked > 0 && s.Served.Serving.Missed == 0 && s.Served.Serving.Asked == 1
	})
	t.Run("sandbox", func(t *testing.T) { testShutIn(t, n, done.Plugin) })
	t.Run("transfer", func(t *testing.T) { testHandedOn(t, n, dir, done.Plugin) })

	if _, errs, code := run(t, "ranker", "withdraw", dir, "--node", n.URL); code != 2 || !strings.Contains(errs, "--yes") {
		t.Errorf("a withdrawal unasked: %d, %s", code, errs)
	}
	for range 2 { // twice is once
		if _, errs, code := run(t, "ranker", "withdraw", dir, "--node", n.URL, "--yes"); code != 0 {
			t.Fatal(errs)
		}
	}
	eventually(t, 30*time.Second, "the node lets it go", func() bool {
		status, _ := n.get("/api/v1/feed?limit=1&ranker="+done.Plugin, &page{})
		return status == http.StatusNotFound
	})
	var after onChain
	eventually(t, 30*time.Second, "the node lists it no more", func() bool {
		after = onChain{}
		ranker(t, &after, "status", dir, "--node", n.URL, "--json")
		return after.Served == nil
	})
	if len(after.Versions) != 1 || after.Versions[0].Withdrawn == 0 {
		t.Errorf("%+v", after)
	}
	if _, errs, code := run(t, "verify", "--node", n.URL, p.Run.ID); code != 0 {
		t.Errorf("its runs cannot be checked any more: %s", errs)
	}
	demand()
}
