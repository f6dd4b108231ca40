package e2e

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"candor/audit"
)

// before stands in front of a node and may change what it answers.
func before(t *testing.T, n *node, lie func(path string, body []byte) (int, []byte)) string {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		res, err := http.Get(n.URL + r.URL.RequestURI())
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
		code := res.StatusCode
		if code == http.StatusOK {
			code, body = lie(r.URL.Path, body)
		}
		w.WriteHeader(code)
		w.Write(body)
	}))
	t.Cleanup(s.Close)
	return s.URL
}

func audited(t *testing.T, args ...string) (r audit.Report, code int) {
	t.Helper()
	out, errs, code := run(t, append([]string{"audit", "--json"}, args...)...)
	if code == 2 {
		t.Fatalf("candor audit %s: %s", strings.Join(args, " "), errs)
	}
	if err := json.Unmarshal([]byte(out), &r); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	return r, code
}

// TestAudit audits a node as it is, over the real binary, and behind a front that
// lies: an honest one is clean, each lie has its name.
func TestAudit(t *testing.T) {
	n := town(t)
	for _, q := range []string{"ranker=latest&limit=5", "ranker=hybrid&limit=5"} {
		n.feed(t, q)
	}
	var facts struct {
		RPC       string
		Contracts struct{ Registry string }
	}
	if _, err := n.get("/api/v1/chain", &facts); err != nil {
		t.Fatal(err)
	}
	old := ""
	eventually(t, time.Minute, "the log's head is anchored", func() bool {
		if _, errs, code := run(t, "audit", "--node", n.URL); code == 2 && strings.Contains(errs, "the log is empty") {
			return false
		}
		r, code := audited(t, "--node", n.URL)
		old = checkpoint(t, n)
		return code == 0 && r.Shares["anchors"].Checked > 0 && r.Shares["openings"].Checked >= 2
	})
	dir := t.TempDir()
	own, code := audited(t, "--rpc", facts.RPC, "--log", n.URL+"/log/", "--registry", facts.Contracts.Registry, "--out", dir)
	if code != 0 || !own.Clean() {
		t.Fatalf("an honest node is found at fault: %+v", own.Findings)
	}
	if own.Shares["entries"].Checked != own.Log.Size || own.Log.Size == 0 {
		t.Errorf("%d of %d entries were read", own.Shares["entries"].Checked, own.Log.Size)
	}
	raw := must[[]byte](t)(os.ReadFile(filepath.Join(dir, "report.json")))
	again, err := own.JSON()
	if err != nil || !bytes.Equal(raw, again) {
		t.Errorf("the report's file is not its JSON: %v", err)
	}
	page := string(must[[]byte](t)(os.ReadFile(filepath.Join(dir, "report.html"))))
	if !strings.Contains(page, "Nothing was found") || strings.Contains(page, "<script") || strings.Contains(page, "http") {
		t.Errorf("the page is not self-contained or does not say what was found:\n%s", page)
	}

	for name, x := range map[string]struct {
		lie  func(path string, body []byte) (int, []byte)
		want audit.Rule
	}{
		"a changed entry": {func(path string, body []byte) (int, []byte) {
			if strings.HasPrefix(path, "/log/tile/entries/") {
				body[2+100]++ // inside the first run
			}
			return 200, body
		}, audit.RuleCheckpoint},
		"another run's bundle": {func(path string, body []byte) (int, []byte) {
			if strings.HasSuffix(path, "/bundle") {
				return 200, other(t, n, path)
			}
			return 200, body
		}, audit.RuleBundle},
		"a changed bundle": {func(path string, body []byte) (int, []byte) {
			if strings.HasSuffix(path, "/bundle") {
				return 200, bytes.Replace(body, []byte(`"served":[`), []byte(`"served":[],"extra":[`), 1)
			}
			return 200, body
		}, audit.RuleBundle},
	} {
		r, code := audited(t, "--rpc", facts.RPC, "--registry", facts.Contracts.Registry, "--node", before(t, n, x.lie))
		if code != 1 || !slices.Contains(r.Rules(), x.want) {
			t.Errorf("%s: exit %d, found %v", name, code, r.Rules())
		}
	}

	// A node that shows an older head than one that it anchored since.
	sizeOf := func(note string) string { return strings.SplitN(note, "\n", 3)[1] }
	eventually(t, time.Minute, "a newer head is anchored", func() bool {
		n.feed(t, "ranker=latest&limit=5")
		r, _ := audited(t, "--node", n.URL)
		return sizeOf(checkpoint(t, n)) != sizeOf(old) && r.Shares["anchors"].Of > own.Shares["anchors"].Of
	})
	r, code := audited(t, "--rpc", facts.RPC, "--registry", facts.Contracts.Registry, "--node", before(t, n, func(path string, body []byte) (int, []byte) {
		if path == "/log/checkpoint" {
			return 200, []byte(old)
		}
		return 200, body
	}))
	if code != 1 || !slices.Contains(r.Rules(), audit.RuleEquivocates) {
		t.Errorf("an older head: exit %d, found %v", code, r.Rules())
	}
	if _, errs, code := run(t, "audit", "--node", before(t, n, func(path string, body []byte) (int, []byte) {
		if path == "/log/checkpoint" {
			lines := strings.SplitN(string(body), "\n", 4)
			lines[2] = base64.StdEncoding.EncodeToString(make([]byte, 32)) // another root
			body = []byte(strings.Join(lines, "\n"))
		}
		return 200, body
	})); code != 2 || !strings.Contains(errs, "does not carry the signature") {
		t.Errorf("a forged head: exit %d: %s", code, errs)
	}
}

func checkpoint(t *testing.T, n *node) string {
	t.Helper()
	return readAll(t, must[*http.Response](t)(http.Get(n.URL+"/log/checkpoint")))
}

// other is the bundle of another run than the one of the path.
func other(t *testing.T, n *node, path string) []byte {
	t.Helper()
	var runs struct{ Items []struct{ ID string } }
	if _, err := n.get("/api/v1/runs?limit=20", &runs); err != nil {
		t.Fatal(err)
	}
	for _, r := range runs.Items {
		if strings.Contains(path, r.ID) {
			continue
		}
		if res := must[*http.Response](t)(http.Get(n.URL + "/api/v1/runs/" + r.ID + "/bundle")); res.StatusCode == http.StatusOK {
			return []byte(readAll(t, res))
		}
	}
	t.Fatal("there is no other public run")
	return nil
}
