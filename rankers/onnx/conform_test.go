//go:build cgo

package onnx

import (
	"context"
	"encoding/json"
	"errors"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"candor/graph"
	"candor/internal/torture"
	"candor/rankers"
	"candor/rankers/features"
	"candor/rankers/onnx/format"
	"candor/rankers/onnx/reference"
	"candor/zkcommit"
)

// library loads ONNX Runtime, or leaves the test out and says how to have it.
func library(t testing.TB) string {
	t.Helper()
	path := os.Getenv("CANDOR_ONNXRUNTIME")
	if path == "" {
		path = "../../.cache/onnxruntime/libonnxruntime.so.1"
		if _, err := os.Stat(path); err != nil {
			t.Skip("ONNX Runtime is not here: run make onnxruntime, or name its library in CANDOR_ONNXRUNTIME")
		}
	}
	path, err := filepath.Abs(path)
	if err != nil {
		t.Fatal(err)
	}
	version, err := Load(path)
	if err != nil {
		t.Fatal(err)
	}
	return version
}

// The evaluator and ONNX Runtime agree on every bit, whatever the provable model and rows.
func TestConformance(t *testing.T) {
	version := library(t)
	seed := torture.Seed(t)
	models := torture.Count(120, 3000)
	different := map[int32]bool{}
	for i := range models {
		r := rand.New(rand.NewPCG(seed, uint64(i)))
		s := shapes[i%len(shapes)]
		if i%4 == 3 { // any other shape
			s = zkcommit.Shape{Inputs: 1 + r.IntN(zkcommit.MaxInputs), Hidden: [2]int{1 + r.IntN(64), r.IntN(3) * r.IntN(40)}, Shift: [2]uint{10}}
			if s.Hidden[1] > 0 {
				s.Shift[1] = uint(7 + r.IntN(5))
			}
		}
		m := drawModel(r, s, i/3%kinds)
		rows := drawRows(r, m, r.IntN(kinds), 64+r.IntN(64))
		want, err := m.Evaluate(rows)
		if err != nil {
			t.Fatal(err)
		}
		session, err := OpenModel(m, Options{Threads: 1 + i%2})
		if err != nil {
			t.Fatalf("model %d of shape %s: %v", i, s, err)
		}
		got, err := session.Scores(context.Background(), rows)
		session.Close()
		if err != nil || !slices.Equal(got, want) {
			t.Fatalf("model %d of shape %s: ONNX Runtime differs from the evaluator (%v)", i, s, err)
		}
		for _, v := range want {
			different[v] = true
		}
	}
	if len(different) < models {
		t.Errorf("only %d different scores were compared", len(different))
	}
	torture.Say(t, "ONNX Runtime %s on the CPU and the evaluator agree on %d models", version, models)
}

// A model exported wrongly is noticed before the first request.
func TestOpenChecksTheModel(t *testing.T) {
	library(t)
	m := drawModel(rand.New(rand.NewPCG(1, 2)), shapes[0], 4)
	g, err := format.Export(m)
	if err != nil {
		t.Fatal(err)
	}
	other := drawModel(rand.New(rand.NewPCG(1, 2)), shapes[0], 4)
	other.Layers[0].Bias[3] ^= 64
	other.Layers[1].Weights[3] = 100
	_, err = open(g, Options{}, other, openEngine)
	if err == nil || !strings.Contains(err.Error(), "differ") {
		t.Errorf("another model's file opens: %v", err)
	}
}

// Without a card the CPU takes over, and one line says so.
func TestNoCard(t *testing.T) {
	library(t)
	if os.Getenv("CANDOR_CUDA") != "" {
		t.Skip("there is a card: TestCUDA tries its failures")
	}
	var lines []string
	m := drawModel(rand.New(rand.NewPCG(1, 2)), shapes[0], 4)
	s, err := OpenModel(m, Options{Device: CUDA, Warm: []int{1, 64}, Log: func(l string) { lines = append(lines, l) }})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if s.Device() != CPU || len(lines) != 1 || strings.Contains(lines[0], "\n") || !strings.Contains(lines[0], "the CPU takes over") {
		t.Errorf("on %s, said %q", s.Device(), lines)
	}
	if _, err := s.Scores(context.Background(), make([]int8, 640)); err != nil {
		t.Error(err)
	}
}

// A worker's model answers many at once by the runtime, to the evaluator's bits, with one
// line where there is no card and none where nobody asked for one.
func TestServe(t *testing.T) {
	library(t)
	for _, device := range []string{"cpu", "cuda"} {
		if device == "cuda" && os.Getenv("CANDOR_CUDA") != "" {
			continue
		}
		var lines []string
		m := drawModel(rand.New(rand.NewPCG(8, 8)), shapes[1], 4)
		s := Serve(m, Wish{Device: device, Library: loading.library, Batch: BatchOptions{Rows: 300, Queue: 64, Timeout: time.Minute}, Log: func(l string) { lines = append(lines, l) }})
		if s.Engine() != "ONNX Runtime, cpu" {
			t.Errorf("%s: by %s", device, s.Engine())
		}
		if n := len(lines); n > 1 || (n == 1) != (device == "cuda") {
			t.Errorf("%s: said %q", device, lines)
		}
		var all sync.WaitGroup
		for i := range 40 {
			all.Go(func() {
				r := rand.New(rand.NewPCG(9, uint64(i)))
				rows := drawRows(r, m, i%kinds, 1+r.IntN(100))
				want, err := m.Evaluate(rows)
				if err != nil {
					t.Error(err)
				}
				got, err := s.Scores(context.Background(), rows)
				if err != nil || !slices.Equal(got, want) {
					t.Errorf("%s, request %d: it differs from the evaluator (%v)", device, i, err)
				}
			})
		}
		all.Wait()
		if s.left.Load() {
			t.Errorf("%s: the runtime failed: %q", device, lines)
		}
		s.Close()
	}
}

// Models that are not provable run too; a run that is given up ends.
func TestTower(t *testing.T) {
	library(t)
	g, err := tower(rand.New(rand.NewPCG(3, 4)), 2)
	if err != nil {
		t.Fatal(err)
	}
	s, err := Open(g, Options{Warm: []int{1}})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	rows := make([]int8, 4*s.Width())
	r := rand.New(rand.NewPCG(5, 6))
	for i := range rows {
		rows[i] = drawn(r, 0)
	}
	all, err := s.Vectors(context.Background(), rows)
	if err != nil || len(all) != 4*towerOut {
		t.Fatalf("%d elements: %v", len(all), err)
	}
	if n := len(slices.Compact(slices.Sorted(slices.Values(all)))); n < 20 {
		t.Errorf("the vectors hold %d different values only", n)
	}
	// No row sees another: alone it gives the same vector up to one step of rounding.
	one, err := s.Vectors(context.Background(), rows[s.Width():2*s.Width()])
	if err != nil {
		t.Fatal(err)
	}
	for i, v := range one {
		if d := int(v) - int(all[towerOut+i]); d < -1 || d > 1 {
			t.Fatalf("element %d is %d alone and %d in company", i, v, all[towerOut+i])
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := s.Vectors(ctx, make([]int8, 512*s.Width())); !errors.Is(err, context.Canceled) {
		t.Errorf("a run that was given up says %v", err)
	}
	if _, err := s.Scores(context.Background(), rows); err == nil {
		t.Error("a vector is taken for a score")
	}
}

// The rankers that ship give the same scores here as in the node, and so does one that reads
// embeddings; none takes the other's rows.
func TestRankersInTheRuntime(t *testing.T) {
	library(t)
	r := rand.New(rand.NewPCG(11, 11))
	same := func(info, other rankers.Info, m *zkcommit.Model) {
		s, err := OpenModel(m, Options{})
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		batch := NewBatcher(s, BatchOptions{})
		defer batch.Close()
		here, err := NewRanker(info, batch)
		if err != nil {
			t.Fatal(err)
		}
		rows := make([]graph.Row, 300)
		for i := range rows {
			rows[i] = make(graph.Row, m.Shape.Inputs)
			for k := range rows[i] {
				rows[i][k] = drawn(r, i%kinds)
			}
		}
		want, _ := m.Scores(rows)
		got, err := here.Score(t.Context(), rows)
		if err != nil || !slices.Equal(got, want) || !reflect.DeepEqual(here.Info(), info) {
			t.Errorf("%s scores otherwise (%v)", info.ID, err)
		}
		width, _ := features.Width(other.Schema)
		if _, err := here.Score(t.Context(), append(rows, make(graph.Row, width))); err == nil {
			t.Errorf("%s takes a row of %d", info.ID, width)
		}
		if _, err := NewRanker(other, batch); err == nil {
			t.Errorf("%s is one of rows of %d", info.ID, width)
		}
	}
	wide := rankers.Info{ID: "wide", Schema: features.Wide()}
	for _, b := range rankers.Catalogue() {
		same(b.Info(), wide, b.Model())
	}
	same(wide, rankers.Catalogue()[0].Info(), drawModel(r, zkcommit.Shape{Inputs: 448, Hidden: [2]int{64}, Shift: [2]uint{9}}, 4))
}

// What is read as a perceptron computes what the runtime does with the file.
func TestPerceptronIsTheRuntime(t *testing.T) {
	library(t)
	for i := range 40 {
		r := rand.New(rand.NewPCG(12, uint64(i)))
		const d = 10
		b := &builder{r: r, g: &format.Graph{Opset: 17,
			Inputs:  []format.Value{{Name: "x", Type: format.Float32, Dims: []int64{format.Batch, d}}},
			Outputs: []format.Value{{Name: "y", Type: format.Float32, Dims: []int64{format.Batch, 1}}}}}
		vector := func(n int64) string {
			return b.floats([]int64{n}, func(int) float32 { return float32(0.5 + r.Float64()) })
		}
		x := b.op([]string{"Sub", "Add"}[i%2], nil, "x", vector(d))
		x = b.op([]string{"Div", "Mul"}[i/2%2], nil, x, vector(1))
		wide := int64(d)
		for range 1 + i/4%2 {
			if i%3 == 0 {
				w := b.floats([]int64{7, wide}, func(int) float32 { return float32(r.NormFloat64()) })
				x = b.op("Gemm", []format.Attr{{Name: "transB", Kind: format.AttrInt, I: 1}, {Name: "alpha", Kind: format.AttrFloat, F: 0.5}, {Name: "beta", Kind: format.AttrFloat, F: 2}}, x, w, vector(7))
			} else {
				x = b.op("Mul", nil, vector(7), b.dense(x, wide, 7))
			}
			x, wide = b.op("Relu", nil, x), 7
			if i%5 == 0 {
				x = b.op("Clip", nil, x, "", b.floats(nil, func(int) float32 { return 6 }))
			}
		}
		x = b.op("Flatten", nil, b.dense(x, 7, 1))
		b.g.Nodes = append(b.g.Nodes, format.Node{Op: "Identity", In: []string{x}, Out: []string{"y"}})
		g, err := format.Parse(b.g.Bytes(), format.Limits{})
		if err != nil {
			t.Fatal(err)
		}
		m, err := g.MLP()
		if err != nil {
			t.Fatal(err)
		}
		s, err := Open(g, Options{})
		if err != nil {
			t.Fatal(err)
		}
		rows := make([]int8, 50*d)
		for k := range rows {
			rows[k] = drawn(r, 4)
		}
		got, err := s.Floats(context.Background(), rows)
		if err != nil {
			t.Fatal(err)
		}
		for k, v := range got {
			if want := m.Score(rows[k*d : (k+1)*d]); math.Abs(float64(v)-want) > 1e-4*(1+math.Abs(want)) {
				t.Fatalf("model %d, row %d: the runtime gives %g, the perceptron %g", i, k, v, want)
			}
		}
		s.Close()
	}
}

// A tower that PyTorch exported gives here what it gave there.
func TestPyTorchTower(t *testing.T) {
	library(t)
	dir := filepath.Join("format", "testdata", "pytorch")
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
		b, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		g, err := format.Parse(b, format.Limits{})
		if err != nil {
			t.Fatal(err)
		}
		s, err := Open(g, Options{})
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		got, err := s.Floats(context.Background(), slices.Concat(facts.Tower.Rows...))
		if err != nil {
			t.Fatal(err)
		}
		for i, want := range slices.Concat(facts.Tower.Out...) {
			if math.Abs(float64(got[i])-want) > 1e-5 {
				t.Fatalf("%s: element %d is %g, PyTorch's %g", name, i, got[i], want)
			}
		}
		s.Close()
	}
}

// Many may ask one session, through a batcher, and each gets its own answer.
func TestBatcherOverSession(t *testing.T) {
	library(t)
	r := rand.New(rand.NewPCG(7, 8))
	m := drawModel(r, shapes[1], 4)
	s, err := OpenModel(m, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	b := NewBatcher(s, BatchOptions{})
	defer b.Close()
	var wait sync.WaitGroup
	for i := range 16 {
		rows := drawRows(rand.New(rand.NewPCG(9, uint64(i))), m, 0, 1+i*7)
		wait.Go(func() {
			for range 20 {
				want, _ := m.Evaluate(rows)
				got, err := b.Scores(context.Background(), rows)
				if err != nil || !slices.Equal(got, want) {
					t.Errorf("asker %d: %v", i, err)
					return
				}
			}
		})
	}
	wait.Wait()
}

// The example's tower gives the same vectors here as the reference, up to one step of
// rounding: the tolerance of audits.
func TestExampleTower(t *testing.T) {
	library(t)
	b, err := os.ReadFile("../../examples/tower/tower.onnx")
	if err != nil {
		t.Fatal(err)
	}
	g, err := format.Parse(b, format.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	s, err := Open(g, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	plain, err := reference.New(g)
	if err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(torture.Seed(t), 1))
	rows := make([]int8, torture.Count(200, 20_000)*s.Width())
	for i := range rows {
		rows[i] = int8(r.IntN(128)) // places with no word among them
	}
	got, err := s.Vectors(context.Background(), rows)
	if err != nil {
		t.Fatal(err)
	}
	want, err := plain.Vectors(context.Background(), rows)
	if err != nil {
		t.Fatal(err)
	}
	steps := 0
	for i, v := range got {
		if d := int(v) - int(want[i]); d < -1 || d > 1 {
			t.Fatalf("element %d is %d, the reference's %d", i, v, want[i])
		} else if d != 0 {
			steps++
		}
	}
	t.Logf("%d of %d elements differ by one step", steps, len(got))
}
