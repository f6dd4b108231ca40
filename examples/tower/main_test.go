package main

import (
	"bytes"
	"context"
	"os"
	"testing"

	"candor/rankers/onnx/format"
	"candor/rankers/onnx/reference"
	"candor/rankers/tower"
)

// The file beside this one is the one that the command writes, and posts that share words
// get vectors nearer to each other than posts that do not.
func TestFile(t *testing.T) {
	want, err := build()
	if err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile("tower.onnx")
	if err != nil || !bytes.Equal(got, want) {
		t.Fatalf("tower.onnx is another: go run ./examples/tower: %v", err)
	}
	g, err := format.Parse(got, format.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	m, err := reference.New(g)
	if err != nil {
		t.Fatal(err)
	}
	vector := func(text string) []int8 {
		v, err := m.Vectors(context.Background(), tower.Tokens(text))
		if err != nil || len(v) != out {
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
