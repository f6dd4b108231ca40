package tlog

import (
	"encoding/json"
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"candor/graph"
)

var update = flag.Bool("update", false, "write the golden vectors anew")

// goldenLog is a small log for readers in other languages: its key, its files, and what
// must come out of them.
const goldenLog = "testdata/log.json"

func TestGoldenLog(t *testing.T) {
	ctx, dir := t.Context(), t.TempDir()
	l := openTest(t, dir)
	var older []map[string]any
	for _, size := range []int{1, 3, 200, 256, 260} {
		n, err := l.Size(ctx)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := l.Append(ctx, entries(int(n), size)...); err != nil {
			t.Fatal(err)
		}
		cp, err := l.Published(ctx, uint64(size))
		if err != nil {
			t.Fatal(err)
		}
		path, err := l.Inclusion(ctx, uint64(size)/2, uint64(size))
		if err != nil {
			t.Fatal(err)
		}
		hashes := []graph.Hash{}
		for _, h := range path {
			hashes = append(hashes, graph.Hash(h))
		}
		older = append(older, map[string]any{"size": size, "root": cp.Root, "path": hashes})
	}
	files := map[string][]byte{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		name, _ := filepath.Rel(dir, path)
		if err != nil || d.IsDir() || name != "checkpoint" && !served.MatchString("/"+filepath.ToSlash(name)) {
			return err
		}
		// Of the partial tiles those of the newest head.
		if _, width, partial := strings.Cut(name, ".p/"); partial && width != "4" && width != "1" {
			return nil
		}
		files[filepath.ToSlash(name)], err = os.ReadFile(path)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	got, err := json.MarshalIndent(map[string]any{"key": l.Verifier().String(), "files": files, "trees": older}, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile(goldenLog, append(got, '\n'), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(goldenLog)
	if err != nil {
		t.Fatal(err)
	}
	if string(want) != string(got)+"\n" {
		t.Error("a log is laid out, hashed or signed in another way than it was")
	}
}
