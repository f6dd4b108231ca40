package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"runtime"
	"slices"

	"candor/rankers/onnx"
	"candor/zkcommit"
)

// ranked is what scoring 1,000 posts came to: medians, in milliseconds of processor time
// on one core, from rows of int8 to scores.
type ranked struct {
	Shape   string   `json:"shape"`
	Go      float64  `json:"go_ms_1000"`
	GoWall  float64  `json:"go_wall_ms_1000"`
	Plain   float64  `json:"go_plain_loops_ms_1000"`
	Runtime *float64 `json:"onnxruntime_ms_1000"` // null: not at hand
	CUDA    *float64 `json:"cuda_wall_ms_1000"`   // null: no card
}

// benchRank measures the evaluator beside ONNX Runtime, one thread each, and a card where
// CANDOR_CUDA is set; then, on all cores, requests through a worker beside calls in process.
func benchRank() error {
	runtime.GOMAXPROCS(1)
	version, err := onnx.Load(os.Getenv("CANDOR_ONNXRUNTIME"))
	if err != nil {
		fmt.Fprintln(os.Stderr, "ONNX Runtime is left out:", err)
	}
	var all []ranked
	for _, s := range []zkcommit.Shape{
		{Inputs: 64, Hidden: [2]int{32}, Shift: [2]uint{6}},
		{Inputs: 64, Hidden: [2]int{64, 32}, Shift: [2]uint{7, 7}},
		{Inputs: 448, Hidden: [2]int{64}, Shift: [2]uint{9}},
	} {
		r, err := rankOne(s, version != "")
		if err != nil {
			return fmt.Errorf("1,000 posts under %s: %w", s, err)
		}
		fmt.Fprintf(os.Stderr, "1,000 × %s: %.2f ms in Go, %.2f ms by plain loops\n", r.Shape, r.Go, r.Plain)
		all = append(all, r)
	}
	out := map[string]any{"bench": "rank", "cores": 1, "posts": 1000, "go_ms_1000_small": all[1].Go, "go_ms_1000_embed": all[2].Go, "runs": all}
	if version != "" {
		out["onnxruntime"] = version
		out["ratio_onnxruntime"] = all[2].Go / *all[2].Runtime
		out["ratio_onnxruntime_small"] = all[1].Go / *all[1].Runtime
	}
	m, _ := anyModel(workerShape)
	err = throughWorker(m, onnx.Go, "", out)
	if err == nil && version != "" {
		err = throughWorker(m, onnx.Auto, "_onnxruntime", out)
	}
	if err != nil {
		return fmt.Errorf("requests through a worker: %w", err)
	}
	return json.NewEncoder(os.Stdout).Encode(out)
}

// anyModel has weights by chance, always the same, as what r draws next.
func anyModel(s zkcommit.Shape) (m *zkcommit.Model, r *rand.Rand) {
	r = rand.New(rand.NewPCG(1, uint64(s.Inputs)))
	m = zkcommit.NewModel(s)
	for _, layer := range m.Layers {
		for i := range layer.Weights {
			layer.Weights[i] = int8(r.Uint32())
		}
		for i := range layer.Bias {
			layer.Bias[i] = int16(r.Uint32())
		}
	}
	return m, r
}

func rankOne(s zkcommit.Shape, withRuntime bool) (ranked, error) {
	out := ranked{Shape: s.String()}
	m, r := anyModel(s)
	rows := make([]int8, 1000*s.Inputs)
	for i := range rows {
		rows[i] = int8(r.Uint32())
	}
	want, err := m.Plain(rows)
	if err != nil {
		return out, err
	}
	const times = 60
	call := func(score func([]int8) ([]int32, error)) (wall, cpu float64, err error) {
		return median(times, func() error {
			got, err := score(rows)
			if err == nil && !slices.Equal(got, want) {
				err = errors.New("the scores differ from the reference's")
			}
			return err
		})
	}
	if out.GoWall, out.Go, err = call(m.Evaluate); err != nil {
		return out, err
	}
	if _, out.Plain, err = call(m.Plain); err != nil || !withRuntime {
		return out, err
	}
	devices := []onnx.Device{onnx.CPU}
	if os.Getenv("CANDOR_CUDA") != "" {
		devices = append(devices, onnx.CUDA)
	}
	for _, d := range devices {
		session, err := onnx.OpenModel(m, onnx.Options{Device: d, Log: func(l string) { fmt.Fprintln(os.Stderr, l) }})
		if err != nil {
			return out, err
		}
		wall, cpu, err := call(func(rows []int8) ([]int32, error) { return session.Scores(context.Background(), rows) })
		if on := session.Device(); on == onnx.CUDA {
			out.CUDA = &wall
		} else if d == onnx.CPU {
			out.Runtime = &cpu
		}
		session.Close()
		if err != nil {
			return out, err
		}
	}
	return out, nil
}
