package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"candor/graph"
	"candor/rankers/onnx/reference"
	"candor/rankers/publish"
	"candor/rankers/tower"
	"candor/zkcommit"
)

// TestEvalOverATower: a ranker over a tower is judged by what the tower's file makes of the
// posts; a tower that sees what is liked makes it good, and without the file nothing is judged.
func TestEvalOverATower(t *testing.T) {
	file, err := os.ReadFile("../../examples/tower/tower.onnx")
	if err != nil {
		t.Fatal(err)
	}
	spire, err := reference.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	vector := func(text string) graph.Embedding {
		v, err := spire.Vectors(t.Context(), tower.Tokens(text))
		if err != nil {
			t.Fatal(err)
		}
		return tower.Pad(v)
	}
	liked, other := "lanterns over the harbour", "the bus is late again"
	model := zkcommit.NewModel(zkcommit.Shape{Inputs: graph.Features + graph.EmbeddingDim, Hidden: [2]int{2}, Shift: [2]uint{8}})
	a, b := vector(liked), vector(other)
	for i := range a {
		model.Layers[0].Weights[graph.Features+i] = int8((int(a[i]) - int(b[i])) / 2)
	}
	model.Layers[1].Weights[0] = 100
	dir := t.TempDir()
	draft := func(name, over string) string {
		t.Helper()
		at := filepath.Join(dir, name)
		if err := publish.New(at, name, publish.Vectors); err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(at, publish.File)
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		text = bytes.Replace(text, []byte(`tower = ""`), fmt.Appendf(nil, "tower = %q", over), 1)
		for name, b := range map[string][]byte{path: text, filepath.Join(at, "model.bin"): model.Bytes()} {
			if err := os.WriteFile(name, b, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		return at
	}
	var events strings.Builder
	line := func(i int, did, collection, rkey, record string) {
		fmt.Fprintf(&events, `{"did":%q,"time_us":%d,"kind":"commit","commit":{"operation":"create","collection":%q,"rkey":%q,"record":%s}}`+"\n", did, 1_450_000_000_000_000+int64(i)*600_000_000, collection, rkey, record)
	}
	for i := range 500 {
		did, rkey, text := fmt.Sprintf("did:example:a%d", i%7), fmt.Sprint("p", i), other
		if i%9 == 4 {
			text = liked
		}
		line(i, did, "app.bsky.feed.post", rkey, fmt.Sprintf(`{"text":%q}`, text))
		if i%9 == 4 {
			line(i, "did:example:reader", "app.bsky.feed.like", fmt.Sprint("l", i), fmt.Sprintf(`{"subject":{"uri":"at://%s/app.bsky.feed.post/%s"}}`, did, rkey))
		}
	}
	history, onnx := filepath.Join(dir, "events.jsonl"), filepath.Join(dir, "tower.onnx")
	for name, b := range map[string][]byte{history: []byte(events.String()), onnx: file} {
		if err := os.WriteFile(name, b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	head := draft("head", "0x"+strings.Repeat("5c", 32)+"/1")
	eval := func(args ...string) ([]byte, error) {
		var out bytes.Buffer
		c := evalCommand()
		c.SetArgs(append([]string{"--events", history, "--json"}, args...))
		c.SetOut(&out)
		c.SetErr(&out)
		err := c.ExecuteContext(t.Context())
		return out.Bytes(), err
	}
	out, err := eval("--ranker", head, "--tower", onnx)
	if err != nil {
		t.Fatal(err)
	}
	var r struct {
		Rankers map[string]struct{ NDCG10 float64 }
	}
	if err := json.Unmarshal(out, &r); err != nil || r.Rankers["head"].NDCG10 < 0.999 {
		t.Errorf("a ranker whose tower sees what is liked: %+v, %v", r.Rankers["head"], err)
	}
	for says, args := range map[string][]string{
		"name the tower's file with --tower": {"--ranker", head},
		"name one with --ranker":             {"--tower", onnx},
		"is no tower":                        {"--ranker", head, "--tower", history},
		"read two towers":                    {"--ranker", head, "--ranker", draft("other", "0x"+strings.Repeat("5d", 32)+"/1"), "--tower", onnx},
	} {
		if _, err := eval(args...); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%q is not said of %v: %v", says, args, err)
		}
	}
}
