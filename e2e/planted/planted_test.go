package planted

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"candor/internal/torture"
)

const root = "../.."

// TestPlantedBugsAreCaught tries a few of the bugs, others each time, and all of
// them in `make torture`. CANDOR_PLANTED chooses those whose name
// holds its text, or whose file's path begins with it.
func TestPlantedBugsAreCaught(t *testing.T) {
	all := bugs()
	if wanted := os.Getenv("CANDOR_PLANTED"); wanted != "" {
		kept := all[:0]
		for _, b := range all {
			if strings.Contains(b.name, wanted) || strings.HasPrefix(b.file, wanted) {
				kept = append(kept, b)
			}
		}
		all = kept
	} else {
		rng := rand.New(rand.NewPCG(torture.Seed(t), 1))
		rng.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
		all = all[:min(len(all), torture.Count(1, len(all)))]
	}
	if len(all) == 0 {
		t.Fatal("no bug was chosen")
	}
	work := t.TempDir()
	clean := map[string]string{} // test binaries without a bug
	passed := map[string]bool{}
	for i, b := range all {
		t.Run(b.name, func(t *testing.T) {
			if clean[b.pkg] == "" {
				clean[b.pkg] = build(t, b.pkg, filepath.Join(work, fmt.Sprintf("clean%d.test", i)), "")
			}
			if key := b.pkg + " " + b.test; !passed[key] {
				if out, err := try(t, clean[b.pkg], b); err != nil || !strings.Contains(out, "--- PASS: "+b.test+" (") {
					t.Fatalf("without the bug %s does not pass: %v\n%s", b.test, err, out)
				}
				passed[key] = true
			}
			binary := build(t, b.pkg, filepath.Join(work, "bug.test"), overlay(t, b))
			out, err := try(t, binary, b)
			if err == nil {
				t.Fatalf("%s in %s does not see that %s", b.test, b.pkg, b.name)
			}
			if !strings.Contains(out, "--- FAIL: "+b.test+" (") || dies.MatchString(out) {
				t.Fatalf("%s dies of the bug instead of seeing it: %v\n%s", b.test, err, out)
			}
		})
	}
	if !t.Failed() {
		torture.Say(t, "%d of %d planted bugs tried, each caught by its test", len(all), len(bugs()))
	}
}

// dies is what a test binary writes that ended without an assertion.
var dies = regexp.MustCompile(`(?m)^(panic: |fatal error: |SIG[A-Z]+: )`)

// build compiles the package's tests; a bug that does not compile is none.
func build(t *testing.T, pkg, binary, overlay string) string {
	t.Helper()
	args := []string{"test", "-c", "-o", binary}
	if overlay != "" {
		args = append(args, "-overlay", overlay)
	}
	cmd := exec.Command("go", append(args, "./"+pkg)...)
	cmd.Dir = root
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("the tests of %s do not compile: %v\n%s", pkg, err, out)
	}
	return binary
}

// overlay writes the file with the bug in it and says so to the compiler.
func overlay(t *testing.T, b bug) string {
	t.Helper()
	file, text, n := place(t, b)
	if n != 1 {
		t.Fatalf("what it changes stands %d times in %s: write the entry anew", n, b.file)
	}
	dir := t.TempDir()
	spoilt := filepath.Join(dir, filepath.Base(file))
	if err := os.WriteFile(spoilt, []byte(strings.Replace(text, b.old, b.new, 1)), 0o600); err != nil {
		t.Fatal(err)
	}
	words, err := json.Marshal(map[string]any{"Replace": map[string]string{file: spoilt}})
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "overlay.json")
	if err := os.WriteFile(path, words, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// place finds the file that the bug changes, and counts how often it could.
func place(t *testing.T, b bug) (file, text string, n int) {
	t.Helper()
	files := []string{filepath.Join(root, b.file)}
	if !strings.HasSuffix(b.file, ".go") {
		var err error
		if files, err = filepath.Glob(filepath.Join(root, b.file, "*.go")); err != nil {
			t.Fatal(err)
		}
	}
	for _, f := range files {
		if strings.HasSuffix(f, "_test.go") {
			continue
		}
		raw, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		if found := strings.Count(string(raw), b.old); found > 0 {
			n += found
			text = string(raw)
			if file, err = filepath.Abs(f); err != nil {
				t.Fatal(err)
			}
		}
	}
	return file, text, n
}

// try runs the bug's test in its package's directory. Property tests shrink
// briefly and leave no file behind.
func try(t *testing.T, binary string, b bug) (string, error) {
	t.Helper()
	args := []string{"-test.run", "^" + b.test + "$", "-test.v", "-test.timeout", "2m", "-test.count", "1"}
	if usesRapid(t, b.pkg) {
		args = append(args, "-rapid.nofailfile", "-rapid.shrinktime=10ms", "-rapid.seed=1")
	}
	cmd := exec.Command(binary, args...)
	cmd.Dir = filepath.Join(root, b.pkg)
	for _, v := range os.Environ() { // the bug is caught by the short form
		if !strings.HasPrefix(v, "CANDOR_") {
			cmd.Env = append(cmd.Env, v)
		}
	}
	cmd.WaitDelay = time.Second
	out, err := cmd.CombinedOutput()
	return string(out), err
}

// tests reads the package's test files.
func tests(t *testing.T, pkg string) (text string) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(root, pkg, "*_test.go"))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		text += string(b)
	}
	return text
}

func usesRapid(t *testing.T, pkg string) bool {
	t.Helper()
	text := tests(t, pkg)
	return strings.Contains(text, `"pgregory.net/rapid"`) || strings.Contains(text, `"candor/store/storetest"`)
}

// TestBugsFitTheCode finds entries that the code has outgrown, without running them.
func TestBugsFitTheCode(t *testing.T) {
	names := map[string]bool{}
	for _, b := range bugs() {
		if names[b.name] {
			t.Errorf("%q is there twice", b.name)
		}
		names[b.name] = true
		if _, _, n := place(t, b); n != 1 || b.old == b.new {
			t.Errorf("%q: what it changes stands %d times in %s: write the entry anew", b.name, n, b.file)
		}
		if !strings.Contains(tests(t, b.pkg), "func "+b.test+"(t *testing.T)") {
			t.Errorf("%q: %s has no %s", b.name, b.pkg, b.test)
		}
	}
}
