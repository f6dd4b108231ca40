package e2e

import (
	"net/http"
	"os"
	"os/exec"
	"strings"
	"testing"
)

// TestBrowser drives the web client in real Chromium, against the town's node.
func TestBrowser(t *testing.T) {
	n := town(t)
	finder := exec.Command("browser/chromium.sh")
	var why strings.Builder
	finder.Stderr = &why
	path, err := finder.Output()
	if err != nil {
		t.Fatal(why.String())
	}
	if _, err := os.Stat("browser/node_modules/playwright-core"); err != nil {
		install := exec.Command("npm", "ci", "--no-audit", "--no-fund", "--loglevel=error")
		install.Dir = "browser"
		if out, err := install.CombinedOutput(); err != nil {
			t.Fatalf("npm ci: %v\n%s", err, out)
		}
	}
	res, err := http.Get(n.URL + "/")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(readAll(t, res), "<script") {
		t.Fatal("the binary holds no web client: run make client first")
	}
	tests := exec.Command("node", "--test", "--test-reporter=spec", "feed.test.mjs")
	tests.Dir = "browser"
	tests.Env = append(os.Environ(), "CANDOR_URL="+n.URL, "CHROMIUM="+strings.TrimSpace(string(path)))
	out, err := tests.CombinedOutput()
	t.Logf("%s", out)
	if err != nil {
		t.Fatal("the browser tests failed")
	}
}
