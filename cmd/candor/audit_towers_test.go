package main

import (
	"bytes"
	"context"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"candor/audit/rebuild"
	"candor/graph"
	"candor/graph/embed"
	"candor/rankers/onnx/format"
	"candor/rankers/onnx/reference"
	"candor/rankers/tower"
	"candor/store/storetest"
	"candor/zkcommit"

	"github.com/ipfs/go-cid"
)

// TestRevealedTowersAreHeldToTheirVectors: a file that makes what was signed, up to one step,
// is clean; one that makes something else, or nothing, is found.
func TestRevealedTowersAreHeldToTheirVectors(t *testing.T) {
	file, err := os.ReadFile("../../examples/tower/tower.onnx")
	if err != nil {
		t.Fatal(err)
	}
	model, err := reference.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	state := rebuild.New(embed.Text, nil)
	texts := []string{"bread and books", "a canal in the fog", "nothing of that"}
	b := graph.Block{Number: 1, Hash: graph.Hash{1}, Time: 100}
	var events []graph.Event
	honest := map[cid.Cid][]int8{}
	for i, text := range texts {
		d := storetest.Text(text)
		events = append(events, graph.Event{ID: graph.Position{Block: 1, Log: uint32(i)}, BlockTime: 100, Action: graph.ActPost, Author: storetest.Person(1), CID: d.CID})
		if honest[d.CID], err = model.Vectors(context.Background(), tower.Tokens(text)); err != nil {
			t.Fatal(err)
		}
	}
	if err := state.Apply(b, events); err != nil {
		t.Fatal(err)
	}
	for _, text := range texts {
		d := storetest.Text(text)
		if err := state.Provide(d.CID, d.Bytes); err != nil {
			t.Fatal(err)
		}
	}
	first := slices.SortedFunc(maps.Keys(honest), func(a, b cid.Cid) int { return bytes.Compare(a.Bytes(), b.Bytes()) })[0]
	other, err := format.Parse(bytes.Clone(file), format.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	for i := range other.Consts {
		if c := &other.Consts[i]; c.Type == format.Float32 && len(c.Raw) > 1000 {
			clear(c.Raw[:len(c.Raw)/2])
		}
	}
	for name, x := range map[string]struct {
		file   []byte
		change func(v []int8) []int8 // of the first content's vector, as it was signed
		says   string
	}{
		"the very file":    {file, func(v []int8) []int8 { return v }, ""},
		"one step":         {file, func(v []int8) []int8 { v[3]--; return v }, ""},
		"two steps":        {file, func(v []int8) []int8 { v[3] -= 2; return v }, "another vector of the content " + first.String()},
		"a shorter vector": {file, func(v []int8) []int8 { return v[:31] }, "another vector"},
		"other weights":    {other.Bytes(), func(v []int8) []int8 { return v }, "another vector"},
		"no ONNX":          {[]byte("no model at all"), func(v []int8) []int8 { return v }, "cannot be run"},
	} {
		known := &rebuild.Tower{Vectors: map[cid.Cid]zkcommit.TowerVector{storetest.Text("of nobody's post").CID: {}}}
		for c, v := range honest {
			v = slices.Clone(v)
			if c == first {
				v = x.change(v)
			}
			known.Vectors[c] = zkcommit.TowerVector{Content: c, Vector: v}
		}
		checked, says := (&auditTowers{state: state}).again(context.Background(), known, &zkcommit.Tower{File: x.file}, graph.Hash{7})
		if (says == "") != (x.says == "") || !strings.Contains(says, x.says) || says == "" && checked != len(texts) {
			t.Errorf("%s: %d checked, %q", name, checked, says)
		}
	}
}
