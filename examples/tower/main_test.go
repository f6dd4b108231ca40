package main

import (
	"bytes"
	"context"
	"os"
	"testing"

	"candor/rankers/onnx/reference"
	"candor/rankers/tower"
)

// The file beside this one is the one that the command writes, and posts that share words
// get vectors nearer to each other than posts that do not.
func TestFile(t *testing.T) {
	want, err := build(small)
	if err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile("tower.onnx")
	if err != nil || !bytes.Equal(got, want) {
		t.Fatalf("tower.onnx is another: go run ./examples/tower: %v", err)
	}
	m, err := reference.Open(got)
	if err != nil {
		t.Fatal(err)
	}
	vector := func(text string) []int8 {
		v, err := m.Vectors(context.Background(), tower.Tokens(text))
		if err != nil || int64(len(v)) != small.out {
			t.Fatal(err)
		}
		return v
	}
	far := func(a, b []int8) (n int) {
		for i := range a {
			d := int(a[i]) - int(b[i])
			n += d * d
		}
		return n
	}
	bread := vector("the bakery at the corner sells rye bread again")
	near, other := far(bread, vector("rye bread at the bakery again")), far(bread, vector("election results come in tonight"))
	if near == 0 || near*2 > other {
		t.Errorf("a text of the same words is %d away, another %d", near, other)
	}
}

// A transformer as large as a real small one, of 42 MB, is within what auditors run. A row of
// it takes a second, so that it is not run here.
func TestLargeTower(t *testing.T) {
	file, err := build(size{layers: 6, wide: 384, heads: 6, inner: 1536, out: 384})
	if err != nil || len(file) < 40<<20 {
		t.Fatalf("%d bytes: %v", len(file), err)
	}
	m, err := reference.Open(file)
	if err != nil || m.Outputs() != 384 || m.Graph().Work < 1<<29 {
		t.Errorf("%d steps: %v", m.Graph().Work, err)
	}
	if _, err := build(size{layers: 1, wide: 10, heads: 3, inner: 1, out: 1}); err == nil {
		t.Error("heads that do not divide the words are built")
	}
}
