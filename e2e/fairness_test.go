package e2e

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"candor/audit/fairness"
)

// TestAuditOfFairness tests the rankers of a node as it is: models that everybody may
// have are tried on what they really ranked, with an auditor's own lists.
func TestAuditOfFairness(t *testing.T) {
	n := town(t)
	var shown page
	for back := range 12 {
		block := n.stats(t).Block - uint64(3*back)
		for _, ranker := range []string{"latest", "network"} {
			shown = n.feed(t, fmt.Sprintf("ranker=%s&limit=20&block=%d", ranker, block))
		}
	}
	dir := t.TempDir()
	file := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	authors, groups := "# people\n\n", ""
	for i, item := range shown.Items {
		authors += item.Post.Author + "\n"
		groups += fmt.Sprintf("%s team %d\n", item.Post.Author, i%2)
	}
	args := []string{"--node", n.URL, "--authors", file("authors", authors), "--groups", file("groups", groups), "--words", file("words", "the\n"), "--out", dir}
	runs := n.stats(t).Runs
	eventually(t, time.Minute, "the log has the runs", func() bool {
		note := checkpoint(t, n)
		size, err := strconv.ParseUint(strings.SplitN(note, "\n", 3)[1], 10, 64)
		return err == nil && size >= runs
	})
	r, code := audited(t, args...)
	if i := slices.IndexFunc(r.Fairness, func(s *fairness.Section) bool { return s.Name == "Latest" }); code != 0 || i < 0 || r.Fairness[i].Runs < 12 {
		t.Fatalf("exit %d, %+v", code, r.Fairness)
	}
	for _, s := range r.Fairness {
		if s.Name == "Latest" && s.Verdict != fairness.NoSign {
			t.Errorf("the order of time is found unfair: %+v", s.Signs())
		}
		if (s.Name == "Latest" || s.Name == "Your network") && (len(s.Tests) < 6 || s.Declared == "" || s.Authors == 0 || s.Posts < 100) {
			t.Errorf("%s was hardly tested: %+v", s.Name, s)
		}
	}
	if !strings.Contains(strings.Join(r.Notes, "\n"), "tests of fairness had the texts of") {
		t.Errorf("nothing is said of the texts: %q", r.Notes)
	}
	page := string(must[[]byte](t)(os.ReadFile(filepath.Join(dir, "report.html"))))
	if !strings.Contains(page, "Is it fair?") || !strings.Contains(page, "<svg") || strings.Contains(page, "http") {
		t.Error("the page does not show the tests, or needs something beside it")
	}
	raw := must[[]byte](t)(os.ReadFile(filepath.Join(dir, "report.json")))
	if again, err := r.JSON(); err != nil || !bytes.Equal(raw, again) {
		t.Errorf("the report's file is not its JSON: %v", err)
	}
	// Signs count for the exit status only when they are asked for.
	want := 0
	if r.Unfair() {
		want = 1
	}
	out, errs, code := run(t, append([]string{"audit", "--fair"}, args...)...)
	if code != want || !strings.Contains(out, "fair   Latest version 1: no sign") {
		t.Errorf("--fair: exit %d, want %d: %s%s", code, want, out, errs)
	}
}
