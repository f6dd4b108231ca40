package e2e

import (
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"candor/local/broker"
	"candor/zkcommit"
	"candor/zkcommit/prover"
	"candor/zkcommit/timelock"
)

// small gives the node some posts, and makes the runs of four rankers at some blocks.
func small(t *testing.T, n *node, blocks int) (pages []page) {
	t.Helper()
	work := t.TempDir()
	file := filepath.Join(work, "h.jsonl")
	history(t, file, 0)
	if _, errs, code := run(t, "import", "jetstream", file, "--node", n.URL, "--key", filepath.Join(work, "importer.key")); code != 0 {
		t.Fatalf("import exits %d: %s", code, errs)
	}
	head := n.stats(t).Block
	for b := range blocks {
		for _, r := range rankers[:4] { // each run that is drawn twice costs seconds
			pages = append(pages, n.feed(t, fmt.Sprintf("ranker=%s&limit=3&block=%d", r, head-uint64(b))))
		}
	}
	return pages
}

func (n *node) proving(t *testing.T) (s prover.Status) {
	t.Helper()
	if _, err := n.get("/api/v1/proving", &s); err != nil {
		t.Fatal(err)
	}
	return s
}

func (n *node) runOf(t *testing.T, id string) (r runView) {
	t.Helper()
	if _, err := n.get("/api/v1/runs/"+id, &r); err != nil {
		t.Fatal(err)
	}
	return r
}

// ask asks for the proof of a page's run.
func (n *node) ask(t *testing.T, p page) (status int, body string) {
	t.Helper()
	res, err := http.Post(n.URL+"/api/v1/runs/"+p.Run.ID+"/proof?opening="+p.Run.Opening, "", nil)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res.StatusCode, string(b)
}

// TestSampledProving: a node that promises a sample proves what the chance after
// the anchor picks, as anyone can compute again, proves the drawn ones of them a second
// time, and what readers ask for within their quota; and shows it.
func TestSampledProving(t *testing.T) {
	t.Parallel() // it waits for most of its time
	dir := t.TempDir()
	n, err := launchWith(dir, "none", []string{"--prove", "sampled:0.3", "--prove-asked-total", "2", "--cross-check", "0.6"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(n.stop)
	if err := n.waitReady(60 * time.Second); err != nil {
		t.Fatal(err)
	}
	pages := small(t, n, 4)
	eventually(t, 3*time.Minute, "all is drawn and what was drawn is proven", func() bool {
		s := n.proving(t)
		return s.Total.Runs >= uint64(len(pages)) && s.Total.Undrawn == 0 && s.Total.Owed == 0
	})
	s := n.proving(t)
	if len(s.Epochs) != 1 || s.Epochs[0].Rate != 3_000 || s.Epochs[0].Index != 0 || s.Mode != zkcommit.ProveSampled || len(s.Draws) == 0 || s.Total.Failed != 0 {
		t.Fatalf("proving stands at %+v", s)
	}
	if res, err := http.Get(n.URL + "/log/epochs/checkpoint"); err != nil || res.StatusCode != 200 {
		t.Errorf("the log of epochs: %v, %v", res, err)
	}
	var out []page
	for _, p := range pages {
		r := n.runOf(t, p.Run.ID)
		if p.Run.Posts == 0 { // nothing is to be proved, whatever is drawn
			if r.Proof != "sampled-out" {
				t.Errorf("run %d of no post is %q", r.Seq, r.Proof)
			}
			continue
		}
		var under *zkcommit.Draw // the oldest draw whose anchor holds the run
		for i := range s.Draws {
			if s.Draws[i].Size > r.Seq {
				under = &s.Draws[i]
			}
		}
		if under == nil {
			t.Fatalf("run %d is under no draw: %+v", r.Seq, s.Draws)
		}
		want := "sampled-out"
		if under.Drawn(r.Seq, 3_000) {
			want = "proven"
		}
		if r.Proof != want {
			t.Errorf("run %d of %d posts is %q, want %q", r.Seq, p.Run.Posts, r.Proof, want)
		}
		if r.Proof == "sampled-out" {
			out = append(out, p)
		}
	}
	checkDraws(t, n, s.Draws)
	if len(out) < 3 {
		t.Fatalf("only %d of %d runs are sampled out", len(out), len(pages))
	}
	for i, want := range []int{202, 202, 429} {
		if status, body := n.ask(t, out[i]); status != want {
			t.Errorf("wish %d: %d %s, want %d", i, status, body, want)
		}
	}
	if status, _ := n.ask(t, out[0]); status != 202 && status != 200 {
		t.Errorf("a wish repeated: %d", status)
	}
	eventually(t, time.Minute, "what was asked for is proven", func() bool {
		return n.runOf(t, out[0].Run.ID).Proof == "proven" && n.runOf(t, out[1].Run.ID).Proof == "proven"
	})
	if r := n.runOf(t, out[2].Run.ID); r.Proof != "sampled-out" {
		t.Errorf("beyond the quota the run is %q", r.Proof)
	}
	provenTwice(t, n, pages, s.Draws)
	eventually(t, 10*time.Second, "the figures show it", func() bool {
		s := n.proving(t)
		return s.Total.Owed == 0 && s.Total.Proven >= 2 && s.Crosses.Owed == 0
	})
	text, errs, code := run(t, "prover", "status", "--node", n.URL, "--json")
	var told prover.Status
	if err := json.Unmarshal([]byte(text), &told); code != 0 || err != nil || told.Total.Proven < 2 || told.Share <= 0 || told.Share >= 1 {
		t.Errorf("prover status exits %d: %s%s", code, text, errs)
	}
	if text, errs, code = run(t, "prover", "status", "--node", n.URL); code != 0 || !strings.Contains(text, "30 % of the runs are drawn") {
		t.Errorf("prover status exits %d: %s%s", code, text, errs)
	}
	metrics, err := http.Get(n.URL + "/metrics")
	if err != nil {
		t.Fatal(err)
	}
	defer metrics.Body.Close()
	b, _ := io.ReadAll(metrics.Body)
	for _, name := range []string{"candor_proofs_waiting 0", "candor_proofs_rate 0.3", `candor_proofs_total{state="proven"}`, "candor_proofs_share 0.",
		"candor_cross_check_rate 0.6", "candor_cross_checks_waiting 0", "candor_cross_checks_differ 0"} {
		if !strings.Contains(string(b), name) {
			t.Errorf("the metrics do not say %s", name)
		}
	}
}

// checkDraws makes the draws' chance again, as anyone can: from the time that the chain
// gives their block, and the signature of the round which that time fixes.
func checkDraws(t *testing.T, n *node, all []zkcommit.Draw) {
	t.Helper()
	var facts chainFacts
	if _, err := n.get("/api/v1/chain", &facts); err != nil {
		t.Fatal(err)
	}
	network, err := timelock.NewNetwork(facts.Beacon.Info)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range all {
		at := blockTime(t, facts.RPC, d.Block)
		signature, err := hex.DecodeString(d.Signature)
		if err != nil {
			t.Fatal(err)
		}
		value, err := network.Chance(network.DrawRound(at), signature)
		if err != nil || value != d.Beacon || d.Network != network.Hash() || d.Time != at {
			t.Errorf("the draw %+v under block %d of second %d is another's: %v", d, d.Block, at, err)
		}
	}
}

// blockTime asks the chain itself.
func blockTime(t *testing.T, rpc string, number uint64) (seconds uint64) {
	t.Helper()
	res, err := http.Post(rpc, "application/json", strings.NewReader(fmt.Sprintf(
		`{"jsonrpc":"2.0","id":1,"method":"eth_getBlockByNumber","params":["0x%x",false]}`, number)))
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	var answer struct{ Result struct{ Timestamp string } }
	if err := json.NewDecoder(res.Body).Decode(&answer); err != nil {
		t.Fatal(err)
	}
	if seconds, err = strconv.ParseUint(answer.Result.Timestamp, 0, 64); err != nil {
		t.Fatal(err)
	}
	return seconds
}

// provenTwice: of the proven runs those have a dispute proof that the draws pick, and no
// others; candor verify checks both.
func provenTwice(t *testing.T, n *node, pages []page, draws []zkcommit.Draw) {
	t.Helper()
	for _, p := range pages {
		r := n.runOf(t, p.Run.ID)
		if r.Proof != "proven" {
			continue
		}
		var under *zkcommit.Draw
		for i := range draws {
			if draws[i].Size > r.Seq {
				under = &draws[i]
			}
		}
		drawn := under.Crossed(r.Seq, 6_000)
		var f zkcommit.Finding
		check := func() bool {
			out, errs, code := run(t, "verify", "--json", "--node", n.URL, p.Run.ID)
			if err := json.Unmarshal([]byte(out), &f); code != 0 || err != nil {
				t.Fatalf("candor verify exits %d: %s%s", code, out, errs)
			}
			return slices.Contains(f.Proofs, zkcommit.DigestProof)
		}
		if drawn {
			eventually(t, 10*time.Minute, "what was drawn is proven twice", check)
		} else if check() {
			t.Errorf("run %d is not drawn and is proven twice", r.Seq)
		}
		if !slices.Contains(f.Proofs, zkcommit.RunProof) {
			t.Errorf("of run %d hold the proofs %v", r.Seq, f.Proofs)
		}
	}
	if s := n.proving(t); s.Crosses.Differ != 0 || s.Crosses.Unfit != 0 || s.Cross != 0.6 {
		t.Errorf("the cross-checks stand at %+v", s.Crosses)
	}
}

// TestProverProcess: a process beside the node proves for it, is killed at work,
// the broker loses all that it keeps, and still every run is proven.
func TestProverProcess(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	start := func(more ...string) *node {
		t.Helper()
		n, err := launchWith(dir, "none", append(more, "--prove-cores", "0"))
		if err != nil {
			t.Fatal(err)
		}
		if err := n.waitReady(60 * time.Second); err != nil {
			t.Fatal(err)
		}
		return n
	}
	worker := func() (*exec.Cmd, *lockedBuffer) {
		t.Helper()
		out := &lockedBuffer{}
		c := exec.Command(binary, "prover", "--data", dir, "--cores", "1")
		c.Stdout, c.Stderr = out, out
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		return c, out
	}
	n := start()
	pages := small(t, n, 2)
	eventually(t, 3*time.Minute, "the node has its keys", func() bool { return strings.Contains(n.out.String(), "the prover is ready") })
	eventually(t, time.Minute, "the runs are counted", func() bool { return n.proving(t).Total.Owed > 0 })
	if s := n.proving(t); s.Total.Proven != 0 {
		t.Fatalf("without a prover it stands at %+v", s)
	}
	c, _ := worker()
	eventually(t, 2*time.Minute, "a job is in work", func() bool { return n.proving(t).InWork > 0 })
	_ = c.Process.Signal(syscall.SIGKILL)
	_ = c.Wait()
	n.kill() // and with it the broker
	if err := os.RemoveAll(filepath.Join(dir, "broker")); err != nil {
		t.Fatal(err)
	}
	// From now on the broker is outside; it loses all while the node runs.
	kept := filepath.Join(t.TempDir(), "outside")
	outside := func(port int) *broker.Server {
		t.Helper()
		b, err := broker.Start(broker.Config{Dir: kept, Port: port, Secret: [32]byte{1}, Node: "00", Logger: slog.New(slog.DiscardHandler)})
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	b := outside(0)
	at, err := url.Parse(b.URL())
	if err != nil {
		t.Fatal(err)
	}
	n = start("--nats", at.String())
	defer func() { n.kill() }()
	eventually(t, time.Minute, "jobs hang on the board", func() bool { return n.proving(t).OnBoard > 0 })
	if err := errors.Join(b.Close(), os.RemoveAll(kept)); err != nil {
		t.Fatal(err)
	}
	port, err := strconv.Atoi(at.Port())
	if err != nil {
		t.Fatal(err)
	}
	b = outside(port)
	defer b.Close()
	c, out := worker()
	eventually(t, 3*time.Minute, "all runs are proven", func() bool { return n.proving(t).Total.Owed == 0 })
	for _, p := range pages {
		want := "proven"
		if p.Run.Posts == 0 {
			want = "sampled-out"
		}
		if r := n.runOf(t, p.Run.ID); r.Proof != want {
			t.Errorf("run %d of %d posts is %q", r.Seq, p.Run.Posts, r.Proof)
		}
	}
	_ = c.Process.Signal(syscall.SIGTERM)
	if err := c.Wait(); err != nil {
		t.Errorf("the prover does not end well: %v\n%s", err, out)
	}
	n.kill()
	n = start()
	invite, errs, code := run(t, "prover", "invite", pages[0].Run.Commitment, "--data", dir)
	if code != 0 || !strings.HasPrefix(invite, "nats://"+pages[0].Run.Commitment[2:]+":") {
		t.Errorf("prover invite exits %d: %s%s", code, invite, errs)
	}
	for _, args := range [][]string{{"prover", "--data", t.TempDir()}, {"prover", "--data", dir, "--only", "nobody"}, {"prover", "--data", dir, "--cores", "0"}, {"prover", "invite", "x"}} {
		if _, errs, code := run(t, args...); code != 2 || strings.Count(errs, "\n") != 1 {
			t.Errorf("%v exits %d: %s", args, code, errs)
		}
	}
}
