package e2e

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"candor/audit"

	"github.com/rogpeppe/go-internal/testscript"
)

// TestCommands runs the scripts in testdata over the real binary.
func TestCommands(t *testing.T) {
	examples := must[string](t)(filepath.Abs("../examples"))
	testscript.Run(t, testscript.Params{Dir: "testdata", Setup: func(e *testscript.Env) error {
		e.Setenv("EXAMPLES", examples)
		e.Setenv("BUNDLE", must[string](t)(filepath.Abs("../zkcommit/verify/testdata/bundle.json")))
		e.Setenv("PATH", filepath.Dir(binary)+string(os.PathListSeparator)+e.Getenv("PATH"))
		return nil
	}})
}

// TestDocumentedCommands holds the README and docs to flags and subcommands that exist.
func TestDocumentedCommands(t *testing.T) {
	uses := regexp.MustCompile(`(?m)^(?:bin/)?candor ([a-z]+(?: (?:key|once|keep|verify|jetstream|status|invite|list|fetch|submit|export|reports|new|quantise|check|try|publish|ask|withdraw|transfer))?)([^\n|]*)`)
	inline := regexp.MustCompile("`candor ([a-z]+(?: (?:key|once|keep|verify|jetstream|status|invite|list|fetch|submit|export|reports|new|quantise|check|try|publish|ask|withdraw|transfer))?)([^`]*)`")
	flags := regexp.MustCompile(`--[a-z][a-z-]*`)
	seen := 0
	files := append(must[[]string](t)(filepath.Glob("../docs/*.md")), "../README.md")
	for _, f := range files {
		text := string(must[[]byte](t)(os.ReadFile(f)))
		for _, m := range append(uses.FindAllStringSubmatch(text, -1), inline.FindAllStringSubmatch(text, -1)...) {
			seen++
			help, _, code := run(t, append(strings.Fields(m[1]), "--help")...)
			if code != 0 || !strings.Contains(help, "Usage:") {
				t.Errorf("%s: candor %s is no command", f, m[1])
			}
			for _, flag := range flags.FindAllString(m[2], -1) {
				if !strings.Contains(help, flag) {
					t.Errorf("%s: candor %s has no flag %s", f, m[1], flag)
				}
			}
		}
	}
	if seen < 5 {
		t.Errorf("only %d commands were found in the docs", seen)
	}
	for _, f := range files {
		link := regexp.MustCompile(`\]\(([^)#]+)\)|!\[[^\]]*\]\(([^)]+)\)`)
		for _, m := range link.FindAllStringSubmatch(string(must[[]byte](t)(os.ReadFile(f))), -1) {
			if to := m[1] + m[2]; !strings.Contains(to, "://") {
				if _, err := os.Stat(filepath.Join(filepath.Dir(f), to)); err != nil {
					t.Errorf("%s links %s, which is not there", f, to)
				}
			}
		}
	}
}

// TestAuditWalk runs the commands of docs/audit.md, exactly those, against a node, and
// says of each what it must say: from a URL to a verdict that others can compare.
func TestAuditWalk(t *testing.T) {
	page := string(must[[]byte](t)(os.ReadFile("../docs/audit.md")))
	script := string(must[[]byte](t)(os.ReadFile("testdata/audit/walk.txt")))
	var told, done []string
	for _, block := range regexp.MustCompile("(?s)```\n(.*?)```").FindAllStringSubmatch(page, -1) {
		told = append(told, strings.Split(strings.TrimSpace(block[1]), "\n")...)
	}
	for _, line := range strings.Split(script, "\n") {
		if c, ok := strings.CutPrefix(line, "exec "); ok {
			done = append(done, c)
		} else if strings.HasPrefix(line, "cmp ") { // as testscript has it, too
			done = append(done, line)
		}
	}
	if len(told) < 5 || !slices.Equal(told, done) {
		t.Fatalf("docs/audit.md has the commands\n%s\nand the script runs\n%s", strings.Join(told, "\n"), strings.Join(done, "\n"))
	}
	n := town(t)
	n.feed(t, "ranker=hybrid&limit=5")
	var facts chainFacts
	if _, err := n.get("/api/v1/chain", &facts); err != nil {
		t.Fatal(err)
	}
	eventually(t, 3*time.Minute, "all that is logged is proven and anchored", func() bool {
		var p struct{ Total struct{ Waiting uint64 } }
		if _, err := n.get("/api/v1/proving", &p); err != nil || p.Total.Waiting > 0 {
			return false
		}
		out, _, code := run(t, "audit", "--node", n.URL, "--json")
		var r audit.Report
		return code == 0 && json.Unmarshal([]byte(out), &r) == nil && r.Shares["anchors"].Checked > 0 && r.Log.Size == n.stats(t).Runs
	})
	testscript.Run(t, testscript.Params{Dir: "testdata/audit", Setup: func(e *testscript.Env) error {
		e.Setenv("PATH", filepath.Dir(binary)+string(os.PathListSeparator)+e.Getenv("PATH"))
		for name, value := range map[string]string{"NODE": n.URL, "RPC": facts.RPC, "REGISTRY": facts.Contracts.Registry.Hex(), "IPFS": facts.IPFS,
			"KEY": filepath.Join(n.Dir, "keys", "publisher.key")} {
			e.Setenv(name, value)
		}
		return nil
	}})
}
