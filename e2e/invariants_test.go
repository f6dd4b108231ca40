package e2e

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestInvariantsNameTheirTests holds docs/invariants.md to its word: each line
// names tests that guard it, and each of them is there.
func TestInvariantsNameTheirTests(t *testing.T) {
	page, err := os.ReadFile("../docs/invariants.md")
	if err != nil {
		t.Fatal(err)
	}
	name := regexp.MustCompile("`([a-z0-9/]+)\\.(Test[A-Za-z0-9]+)`")
	lines := 0
	for line := range strings.Lines(string(page)) {
		if !strings.HasPrefix(line, "- ") {
			continue
		}
		lines++
		named := name.FindAllStringSubmatch(line, -1)
		if len(named) == 0 {
			t.Errorf("no test guards %q", line)
		}
		for _, n := range named {
			files, err := filepath.Glob(filepath.Join("..", n[1], "*_test.go"))
			if err != nil {
				t.Fatal(err)
			}
			found := false
			for _, f := range files {
				text, err := os.ReadFile(f)
				if err != nil {
					t.Fatal(err)
				}
				found = found || strings.Contains(string(text), "func "+n[2]+"(t *testing.T)")
			}
			if !found {
				t.Errorf("%s has no %s", n[1], n[2])
			}
		}
	}
	if lines < 20 || strings.Count(string(page), "\n") > 80 {
		t.Errorf("the page has %d invariants on %d lines: it is to be one page", lines, strings.Count(string(page), "\n"))
	}
}
