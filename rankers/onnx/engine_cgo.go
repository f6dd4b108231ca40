//go:build cgo

package onnx

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"sync"

	"candor/rankers/onnx/format"

	ort "github.com/yalue/onnxruntime_go"
)

// ErrNotBuilt is what a build without cgo answers; this one never does.
var ErrNotBuilt = errors.New("built without ONNX Runtime: build with CGO_ENABLED=1")

var loading struct {
	sync.Mutex
	library string
}

// Load loads the shared library, once in a process, and returns its version. CUDA needs
// the library's CUDA provider beside it.
func Load(library string) (version string, err error) {
	loading.Lock()
	defer loading.Unlock()
	if loading.library == "" {
		ort.SetSharedLibraryPath(library)
		// The runtime writes to standard error by itself; what matters comes back as errors.
		if err := ort.InitializeEnvironment(ort.WithLogLevelFatal()); err != nil {
			return "", fmt.Errorf("load ONNX Runtime: %w; run make onnxruntime, or name the library", err)
		}
		if err := ort.DisableTelemetry(); err != nil {
			return "", fmt.Errorf("load ONNX Runtime: %w", err)
		}
		loading.library = library
	} else if loading.library != library {
		return "", fmt.Errorf("ONNX Runtime is loaded from %s already", loading.library)
	}
	return ort.GetVersion(), nil
}

// session is a model in the runtime.
type session struct {
	ort     *ort.DynamicAdvancedSession
	float   bool // the input is float32
	ints    bool // the output is int32
	perRow  int  // elements of the output
	inWidth int
}

func openEngine(g *format.Graph, d Device, o Options) (e engine, err error) {
	if !ort.IsInitialized() {
		return nil, errors.New("ONNX Runtime is not loaded: call Load first")
	}
	options, err := ort.NewSessionOptions()
	if err != nil {
		return nil, err
	}
	defer options.Destroy()
	err = errors.Join(options.SetIntraOpNumThreads(o.Threads), options.SetInterOpNumThreads(1),
		options.SetLogSeverityLevel(ort.LoggingLevelFatal),
		// Threads that wait in a loop for the next run would take a core each.
		options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0"))
	if err == nil && d == CUDA {
		err = appendCUDA(options, o)
	}
	if err != nil {
		return nil, err
	}
	in, out := g.Inputs[0], g.Outputs[0]
	s, err := ort.NewDynamicAdvancedSessionWithONNXData(g.Bytes(), []string{in.Name}, []string{out.Name}, options)
	if err != nil {
		return nil, fmt.Errorf("load the model on %s: %w", d, err)
	}
	return &session{ort: s, float: in.Type == format.Float32, ints: out.Type == format.Int32, perRow: out.Row(), inWidth: in.Row()}, nil
}

func appendCUDA(options *ort.SessionOptions, o Options) error {
	cuda, err := ort.NewCUDAProviderOptions()
	if err != nil {
		return err
	}
	defer cuda.Destroy()
	set := map[string]string{"device_id": strconv.Itoa(o.Card), "use_tf32": "0", "arena_extend_strategy": "kSameAsRequested"}
	if o.TF32 {
		set["use_tf32"] = "1"
	}
	if o.Memory > 0 {
		set["gpu_mem_limit"] = strconv.FormatInt(o.Memory, 10)
	}
	if err := cuda.Update(set); err != nil {
		return err
	}
	if err := options.AppendExecutionProviderCUDA(cuda); err != nil {
		return err
	}
	// All of the model runs on the card or none of it.
	return options.AddSessionConfigEntry("session.disable_cpu_ep_fallback", "1")
}

func (s *session) run(ctx context.Context, rows []int8, n int) (out output, err error) {
	options, err := ort.NewRunOptions()
	if err != nil {
		return out, err
	}
	defer options.Destroy()
	// The runtime looks at this between two operations.
	ended := make(chan struct{})
	stop := context.AfterFunc(ctx, func() {
		defer close(ended)
		_ = options.Terminate() // fails only without options
	})
	defer func() {
		if !stop() {
			<-ended // the options must outlive the call above
		}
	}()
	shape := ort.NewShape(int64(n), int64(s.inWidth))
	var in ort.Value
	if s.float {
		in, err = ort.NewTensor(shape, widen(rows))
	} else {
		in, err = ort.NewTensor(shape, rows)
	}
	if err != nil {
		return out, err
	}
	defer in.Destroy()
	results := []ort.Value{nil}
	if err := s.ort.RunWithOptions([]ort.Value{in}, results, options); err != nil {
		if ctx.Err() != nil {
			return out, context.Cause(ctx)
		}
		return out, err
	}
	defer results[0].Destroy()
	// Copied: the tensor's memory is the runtime's.
	switch t := results[0].(type) {
	case *ort.Tensor[int32]:
		out.ints = append(out.ints, t.GetData()...)
	case *ort.Tensor[float32]:
		out.floats = append(out.floats, t.GetData()...)
	}
	if len(out.ints)+len(out.floats) != n*s.perRow || (out.ints != nil) != s.ints {
		return output{}, fmt.Errorf("the runtime gave %T of %d elements for %d rows", results[0], len(out.ints)+len(out.floats), n)
	}
	return out, nil
}

func widen(rows []int8) []float32 {
	f := make([]float32, len(rows))
	for i, x := range rows {
		f[i] = float32(x)
	}
	return f
}

func (s *session) close() { _ = s.ort.Destroy() } // fails only when called twice
