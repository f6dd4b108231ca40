package e2e

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

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
	uses := regexp.MustCompile(`(?m)^(?:bin/)?candor ([a-z]+(?: (?:key|once|keep|verify|jetstream|status|invite|list|fetch|submit|export|new|quantise|check|try|publish|withdraw))?)([^\n|]*)`)
	inline := regexp.MustCompile("`candor ([a-z]+(?: (?:key|once|keep|verify|jetstream|status|invite|list|fetch|submit|export|new|quantise|check|try|publish|withdraw))?)([^`]*)`")
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
