package format

import (
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// What PyTorch's exporters write is read, and computes what PyTorch computed.
func TestPyTorch(t *testing.T) {
	dir := filepath.Join("testdata", "pytorch")
	read := func(name string) []byte {
		b, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	var facts struct {
		MLP struct {
			Rows [][]int8
			Out  [][]float64
		}
		Clipped struct {
			Rows [][]int8
			Out  []float64
		}
	}
	if err := json.Unmarshal(read("facts.json"), &facts); err != nil {
		t.Fatal(err)
	}
	near := func(name string, got, want float64) {
		if math.Abs(got-want) > 1e-5 {
			t.Errorf("%s gives %g, PyTorch %g", name, got, want)
		}
	}
	for _, by := range []string{"legacy", "dynamo"} {
		for _, model := range []string{"mlp", "clipped", "tower"} {
			name := model + "-" + by + ".onnx"
			g, err := Parse(read(name), Limits{})
			if err != nil {
				t.Errorf("%s: %v", name, err)
				continue
			}
			if model == "tower" {
				if g.Inputs[0].Row() != 384 || g.Outputs[0].Row() != 16 || g.Work < 100_000 {
					t.Errorf("%s: %v to %v in %d steps", name, g.Inputs, g.Outputs, g.Work)
				}
				continue
			}
			m, err := g.MLP()
			if err != nil {
				t.Errorf("%s: %v", name, err)
				continue
			}
			if model == "mlp" {
				for i, row := range facts.MLP.Rows {
					near(name, m.Score(row), facts.MLP.Out[i][0])
				}
			} else {
				for i, row := range facts.Clipped.Rows {
					near(name, 1/(1+math.Exp(-m.Score(row))), facts.Clipped.Out[i])
				}
			}
		}
	}
	if len(facts.MLP.Rows) == 0 || len(facts.Clipped.Rows) == 0 {
		t.Error("facts.json holds no rows")
	}
	if _, err := Parse(read("encoder-legacy.onnx"), Limits{}); err == nil || !strings.Contains(err.Error(), "mixes rows") {
		t.Errorf("a layer that moves rows behind tokens: %v", err)
	}
}
