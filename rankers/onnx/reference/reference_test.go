package reference

import (
	"context"
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"candor/rankers/onnx/format"
)

func open(t *testing.T, path string) *Model {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	g, err := format.Parse(b, format.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	m, err := New(g)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// Models that PyTorch exported give here what they gave there.
func TestPyTorch(t *testing.T) {
	dir := filepath.Join("..", "format", "testdata", "pytorch")
	b, err := os.ReadFile(filepath.Join(dir, "facts.json"))
	if err != nil {
		t.Fatal(err)
	}
	var facts struct {
		Tower struct {
			Rows [][]int8
			Out  [][]float64
		}
	}
	if err := json.Unmarshal(b, &facts); err != nil || len(facts.Tower.Rows) == 0 {
		t.Fatal(err)
	}
	for _, name := range []string{"tower-legacy.onnx", "tower-dynamo.onnx"} {
		got, err := open(t, filepath.Join(dir, name)).Floats(context.Background(), slices.Concat(facts.Tower.Rows...))
		if err != nil {
			t.Fatal(err)
		}
		for i, want := range slices.Concat(facts.Tower.Out...) {
			if math.Abs(float64(got[i])-want) > 1e-5 {
				t.Fatalf("%s: element %d is %g, PyTorch's %g", name, i, got[i], want)
			}
		}
	}
}

// A place that is not in the table is refused while it runs, since no reading can know it.
func TestGatherOfAPlaceThatIsNotThere(t *testing.T) {
	m := open(t, "../../../examples/tower/tower.onnx")
	row := make([]int8, m.Width())
	if _, err := m.Vectors(context.Background(), row); err != nil {
		t.Fatal(err)
	}
	table := m.consts[m.graph.Nodes[slices.IndexFunc(m.graph.Nodes, func(n format.Node) bool { return n.Op == "Gather" })].In[0]]
	table.dims[0] /= 2
	row[0] = 100
	if _, err := m.Vectors(context.Background(), row); err == nil || !strings.Contains(err.Error(), "a place that is not there") {
		t.Error(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := m.Vectors(ctx, row); err != context.Canceled {
		t.Error(err)
	}
}

func TestElement(t *testing.T) {
	nan := float32(math.NaN())
	for v, want := range map[float32]int8{0: 0, 1: 127, -1: -127, 9: 127, float32(math.Inf(-1)): -127, 0.5: 64, -0.5: -64} {
		if got, err := Element(v); err != nil || got != want {
			t.Errorf("%g is %d, not %d: %v", v, got, want, err)
		}
	}
	if _, err := Element(nan); err == nil {
		t.Error("no number is taken for one")
	}
}
