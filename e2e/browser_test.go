package e2e

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"candor/graph"
)

// picture publishes a post of a picture that the node has and one that nobody has.
func picture(t *testing.T, n *node) string {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, 320, 200))
	for x := range 320 {
		for y := range 200 {
			img.Set(x, y, color.RGBA{uint8(x / 2), uint8(y), 160, 255})
		}
	}
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	var file struct {
		CID, MIME string
		Size      uint64
	}
	if err := n.post("/api/v1/files", "image/png", b.Bytes(), &file); err != nil {
		t.Fatal(err)
	}
	_, nowhere := document(t, "no picture at all")
	id := newAuthor(t, n).says(graph.PostContent{Text: "Two pictures.", Media: []graph.Media{
		{Alt: "A square, seen from above", CID: file.CID, MIME: file.MIME, Size: file.Size, Width: 320, Height: 200},
		{Alt: "Words for a picture that is nowhere", CID: nowhere.String(), MIME: "image/png", Size: 9},
	}}, graph.Ref{})
	return id.ID.String()
}

// chromium is the path of a browser, with what drives it installed.
func chromium(t *testing.T) string {
	t.Helper()
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
	return strings.TrimSpace(string(path))
}

// TestBrowserVerifiesAThousand checks the run proof of 1,024 posts of 448 features in
// real Chromium. The goal is 150 ms on two free cores; others may use them, too.
func TestBrowserVerifiesAThousand(t *testing.T) {
	browser := chromium(t)
	wasm := filepath.Join(t.TempDir(), "verify.wasm")
	build := exec.Command("go", "test", "-c", "-o", wasm, "../zkcommit/verify")
	build.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm", "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	root := must[[]byte](t)(exec.Command("go", "env", "GOROOT").Output())
	measure := exec.Command("node", "thousand.mjs", wasm, filepath.Join(strings.TrimSpace(string(root)), "lib", "wasm", "wasm_exec.js"), "-test.run=Thousand", "-test.v")
	measure.Dir, measure.Env = "browser", append(os.Environ(), "CHROMIUM="+browser)
	out, err := measure.CombinedOutput()
	t.Logf("%s", out)
	if err != nil {
		t.Fatal(err)
	}
	var took, digest float64
	_, line, _ := strings.Cut(string(out), "of 448 features: ")
	if _, err := fmt.Sscanf(line, "proof %f ms, rows digest %f ms", &took, &digest); err != nil {
		t.Fatal(err)
	}
	if took > 600 {
		t.Errorf("Chromium checks the proof in %.0f ms, far from 150", took)
	}
}

// TestBrowser drives the web client in real Chromium, against the town's node.
func TestBrowser(t *testing.T) {
	n := town(t)
	browser := chromium(t)
	res, err := http.Get(n.URL + "/")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(readAll(t, res), "<script") {
		t.Fatal("the binary holds no web client: run make client first")
	}
	tests := exec.Command("node", "--test", "--test-reporter=spec", "feed.test.mjs", "people.test.mjs", "pictures.test.mjs", "audit.test.mjs", "towers.test.mjs")
	tests.Dir = "browser"
	tests.Env = append(os.Environ(), "CANDOR_URL="+n.URL, "CANDOR_PICTURE="+picture(t, n), "CHROMIUM="+browser)
	out, err := tests.CombinedOutput()
	t.Logf("%s", out)
	if err != nil {
		t.Fatal("the browser tests failed")
	}
}
