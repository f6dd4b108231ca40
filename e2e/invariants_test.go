package e2e

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestInvariantsNameTheirTests holds the pages of invariants to their word: each line
// names tests that guard it, and each of them is there.
func TestInvariantsNameTheirTests(t *testing.T) {
	for _, name := range []string{"invariants", "invariants-runs"} {
		page, err := os.ReadFile("../docs/" + name + ".md")
		if err != nil {
			t.Fatal(err)
		}
		lines := 0
		for line := range strings.Lines(string(page)) {
			if !strings.HasPrefix(line, "- ") {
				continue
			}
			lines++
			if namedTests(t, line) == 0 {
				t.Errorf("no test guards %q", line)
			}
		}
		if lines < 20 || strings.Count(string(page), "\n") > 120 {
			t.Errorf("%s has %d invariants on %d lines: it is to be two pages at most", name, lines, strings.Count(string(page), "\n"))
		}
	}
}

// TestThreatsNameTheirTests holds docs/threats.md to its word: each attack that was to be
// thought of has a row, each row names tests that show it, and each of them is there.
func TestThreatsNameTheirTests(t *testing.T) {
	page, err := os.ReadFile("../docs/threats.md")
	if err != nil {
		t.Fatal(err)
	}
	rows := map[string]bool{}
	attack := regexp.MustCompile(`^\| \*\*([^*]+)\*\*`)
	for line := range strings.Lines(string(page)) {
		if a := attack.FindStringSubmatch(line); a != nil {
			rows[a[1]] = true
			if namedTests(t, line) == 0 {
				t.Errorf("no test shows %q", a[1])
			}
		}
	}
	for _, a := range []string{"Non-reveal", "Wrong reveal", "Commit many and show one", "Equivocation", "Hidden runs", "Chosen inputs", "Omitted candidates",
		"Replay under another viewer", "Log rewrite", "Node and publisher together", "Extraction", "Ties chosen by block proposers", "Demands for proofs as an attack"} {
		if !rows[a] {
			t.Errorf("the page has no row for %q", a)
		}
	}
}

var namedTest = regexp.MustCompile("`([a-z0-9/]+)\\.(Test[A-Za-z0-9]+)`")

// namedTests says how many tests the line names; each must be there.
func namedTests(t *testing.T, line string) int {
	t.Helper()
	named := namedTest.FindAllStringSubmatch(line, -1)
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
	return len(named)
}
