package e2e

import (
	"bufio"
	"encoding/json"
	"io"
	"net/http"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"candor/audit"
	"candor/zkcommit"
)

// witnessing starts a witness of the logs.
func witnessing(t *testing.T, dir, addr string, logKeys ...string) *exec.Cmd {
	t.Helper()
	cmd := exec.Command(binary, "witness", "--data", dir, "--listen", addr)
	for _, k := range logKeys {
		cmd.Args = append(cmd.Args, "--log", k)
	}
	out, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { cmd.Process.Kill(); _ = cmd.Wait() })
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil || !strings.Contains(line, "The witness is at") {
		t.Fatalf("the witness says %q, %v", line, err)
	}
	go io.Copy(io.Discard, out)
	return cmd
}

// TestWitnessedNode has a node's logs witnessed, by a real witness that is killed and comes
// back beside one that is never there: pages leave all the same, auditors see who cosigned,
// and a reader's receipts go from promised to logged.
func TestWitnessedNode(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "witness")
	text, errs, code := run(t, "witness", "key", "--data", dir, "--name", "witness.example")
	if code != 0 {
		t.Fatal(errs)
	}
	key := strings.TrimSpace(text)
	cosigner, err := zkcommit.ParseCosigner(key)
	if err != nil {
		t.Fatal(err)
	}
	dead, errs, code := run(t, "witness", "key", "--data", filepath.Join(t.TempDir(), "dead"))
	if code != 0 {
		t.Fatal(errs)
	}
	dead = strings.TrimSpace(dead)
	addr, err := freePort()
	if err != nil {
		t.Fatal(err)
	}
	n, err := launchWith(filepath.Join(t.TempDir(), "node"), "none",
		[]string{"--witness", "http://" + addr + "=" + key, "--witness", "http://127.0.0.1:1=" + dead, "--prove", "off", "--reveal-after", "0"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(n.stop)
	if err := n.waitReady(60 * time.Second); err != nil {
		t.Fatal(err)
	}
	kept := filepath.Join(t.TempDir(), "receipts")
	keep := func() {
		t.Helper()
		if out, errs, code := run(t, "receipts", "keep", "--node", n.URL, "--ranker", "latest", "--dir", kept); code != 0 || !strings.Contains(out, "kept") || errs != "" {
			t.Fatalf("candor receipts keep: exit %d: %s%s", code, out, errs)
		}
	}
	keep() // though no witness is there
	var facts struct {
		LogKey, EpochLogKey, SnapshotLogKey, RPC string
		Contracts                                struct{ Registry string }
		Witnesses                                []struct {
			Log, Name, Key, Trouble string
			Size                    uint64
		}
	}
	standing := func() {
		if _, err := n.get("/api/v1/chain", &facts); err != nil {
			t.Fatal(err)
		}
	}
	standing()
	w := witnessing(t, dir, addr, facts.LogKey, facts.EpochLogKey, facts.SnapshotLogKey)
	cosigned := func() bool {
		_, err := cosigner.Cosigned([]byte(checkpoint(t, n)))
		return err == nil
	}
	eventually(t, time.Minute, "the head is cosigned", cosigned)
	eventually(t, time.Minute, "the node says who cosigned", func() bool {
		standing()
		all := facts.Witnesses // two of each log
		return len(all) == 6 && all[0].Size > 0 && all[0].Key == key && all[1].Trouble != "" && all[2].Log == all[0].Log+"/epochs" && all[2].Size > 0
	})
	res, err := http.Get(n.URL + "/metrics")
	if err != nil {
		t.Fatal(err)
	}
	metrics, err := io.ReadAll(res.Body)
	res.Body.Close()
	if err != nil || !strings.Contains(string(metrics), `candor_witnessed_size{log="`+facts.Witnesses[0].Log+`",witness="witness.example"} `) {
		t.Errorf("the metrics do not name the witness: %v", err)
	}

	// Killed, and back: the log went on meanwhile, and the witness goes on from what it knew.
	if err := w.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = w.Wait() // it was killed
	n.feed(t, "ranker=hybrid&limit=5")
	witnessing(t, dir, addr, facts.LogKey, facts.EpochLogKey, facts.SnapshotLogKey)
	eventually(t, 2*time.Minute, "the newer head is cosigned", func() bool {
		return strings.SplitN(checkpoint(t, n), "\n", 3)[1] == "2" && cosigned()
	})

	eventually(t, time.Minute, "the head is anchored", func() bool {
		r, _ := audited(t, "--node", n.URL)
		return r.Shares["anchors"].Of > 0
	})
	r, code := audited(t, "--rpc", facts.RPC, "--registry", facts.Contracts.Registry, "--log", n.URL+"/log/", "--witness", key)
	if one := (audit.Share{Checked: 1, Of: 1}); code != 0 || r.Shares[audit.OfRuns] != one || r.Shares[audit.OfEpochs] != one {
		t.Errorf("exit %d: %+v, %+v", code, r.Shares, r.Findings)
	}
	if r, code := audited(t, "--node", n.URL, "--witness", key, "--witness", dead, "--quorum", "1"); code != 0 || r.Shares[audit.OfRuns].Checked != 1 || r.Shares[audit.OfRuns].Of != 2 {
		t.Errorf("exit %d: %+v, %+v", code, r.Shares, r.Findings)
	}
	if r, code := audited(t, "--node", n.URL, "--witness", key, "--witness", dead); code != 1 || !slices.Equal(slices.Compact(r.Rules()), []audit.Rule{audit.RuleWitness}) || len(r.Findings) != 2 {
		t.Errorf("exit %d: %+v, %+v", code, r.Shares, r.Findings)
	}

	check := []string{"receipts", "check", "--dir", kept, "--rpc", facts.RPC, "--registry", facts.Contracts.Registry, "--log", n.URL + "/log/"}
	if out, errs, code := run(t, append(check, "--json", "--witness", key)...); code != 0 || !strings.Contains(out, `"logged"`) {
		t.Errorf("candor receipts check: exit %d: %s%s", code, out, errs)
	}
	files, err := filepath.Glob(filepath.Join(kept, "*.bundle.json"))
	if err != nil || len(files) != 1 {
		t.Fatalf("%v, %v", files, err)
	}
	if out, errs, code := run(t, "verify", files[0]); code == 2 {
		t.Errorf("the kept bundle cannot be verified: %s%s", out, errs)
	}
	if _, errs, code := run(t, "snapshot", "--data", n.Dir); code != 0 {
		t.Fatalf("candor snapshot: exit %d: %s", code, errs)
	}
	hand := filepath.Join(t.TempDir(), "hand")
	for _, log := range []struct {
		at, key    string
		signatures int // the log's, the account's on that of runs, the node's witness's and ours
	}{{"/log/", facts.LogKey, 4}, {"/log/epochs/", facts.EpochLogKey, 3}, {"/log/snapshots/", facts.SnapshotLogKey, 3}} {
		eventually(t, time.Minute, log.at+" is cosigned", func() bool {
			_, err := cosigner.Cosigned([]byte(readAll(t, must[*http.Response](t)(http.Get(n.URL+log.at+"checkpoint")))))
			return err == nil
		})
		if out, errs, code := run(t, "witness", "once", n.URL+log.at, "--data", hand, "--log", log.key); code != 0 || strings.Count(out, "\n— ") != log.signatures {
			t.Errorf("candor witness once of %s: exit %d: %s%s", log.at, code, out, errs)
		}
	}
	var x struct{ Receipts []struct{ State string } }
	if out, errs, code := run(t, "receipts", "list", "--dir", kept, "--json"); code != 0 || json.Unmarshal([]byte(out), &x) != nil || len(x.Receipts) != 1 || x.Receipts[0].State != "logged" {
		t.Errorf("candor receipts list: exit %d: %s%s", code, out, errs)
	}
}
