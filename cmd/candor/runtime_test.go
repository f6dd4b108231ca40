package main

import (
	"go/parser"
	"go/token"
	"path/filepath"
	"strings"
	"testing"
)

// TestRuntimeIsTheWorkersAlone: ONNX Runtime reads models in candor worker and nowhere else: a
// node's process, which others' files come to, has no way to it.
func TestRuntimeIsTheWorkersAlone(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	users := 0
	for _, name := range files {
		f, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ImportsOnly)
		if err != nil {
			t.Fatal(err)
		}
		for _, i := range f.Imports {
			if strings.Trim(i.Path.Value, `"`) != "candor/rankers/onnx" {
				continue
			}
			if users++; !strings.Contains(name, "worker") {
				t.Errorf("%s imports ONNX Runtime, which candor worker alone may", name)
			}
		}
	}
	if users == 0 {
		t.Error("nothing imports ONNX Runtime: this test looks for another name")
	}
}
