package onnx

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"

	"candor/zkcommit"
)

// Wish is what one who serves a provable model would have it run on.
type Wish struct {
	Device  string // Go, CPU, CUDA or Auto
	Library string // file of ONNX Runtime; without one Auto is Go
	Card    int    // number of the CUDA card
	Threads int    // of the CPU for one run; 0 is one
	Batch   BatchOptions
	Log     func(line string) // hears, in one line each, why it is not as wished
}

// What a Wish may name beside the devices.
const (
	Go   Device = "go"   // the evaluator, which is always there
	Auto Device = "auto" // CUDA, else the CPU, else Go
)

// Known says whether a Wish may name the device.
func Known(device string) bool {
	d := Device(device)
	return d == Go || d == Auto || d == CPU || d == CUDA
}

// Served is a provable model that answers whatever becomes of card and runtime, with the
// evaluator's scores on every bit. Many may call it at once: what waits while the model runs
// goes into the next run together.
type Served struct {
	model   *zkcommit.Model
	session *Session // nil: Go from the beginning
	batch   *Batcher
	log     func(string)
	left    atomic.Bool // the runtime failed, and Go took over
}

// Serve opens a model as wished, or as near to it as can be. Close gives back what it holds.
func Serve(m *zkcommit.Model, w Wish) *Served {
	s := &Served{model: m, log: w.Log}
	if Device(w.Device) == Go || Device(w.Device) == Auto && w.Library == "" {
		return s
	}
	session, err := wished(m, w)
	if err != nil {
		s.log("ONNX Runtime is not used, pure Go ranks: " + line(err))
		return s
	}
	s.session, s.batch = session, NewBatcher(session, w.Batch)
	return s
}

// wished is the model in the runtime.
func wished(m *zkcommit.Model, w Wish) (*Session, error) {
	if w.Library == "" {
		return nil, errors.New("name its library's file")
	}
	if _, err := Load(w.Library); err != nil {
		return nil, err
	}
	device := CUDA // which falls back to the CPU, and says so
	if Device(w.Device) == CPU {
		device = CPU
	}
	most := w.Batch.Rows // memory that is short is noticed now
	return OpenModel(m, Options{Device: device, Card: w.Card, Threads: w.Threads, Warm: []int{1, min(64, most), min(1000, most), most}, Log: w.Log})
}

// Engine is what ranks at this moment, in words.
func (s *Served) Engine() string {
	if s.session == nil || s.left.Load() {
		return "pure Go"
	}
	return "ONNX Runtime, " + string(s.session.Device())
}

// Width is the number of int8 in a row.
func (s *Served) Width() int { return s.model.Shape.Inputs }

// Scores gives a score for each of the rows, which stand one behind the other and stay as
// they are.
func (s *Served) Scores(ctx context.Context, rows []int8) ([]int32, error) {
	if s.session == nil || s.left.Load() {
		return s.model.Evaluate(rows)
	}
	scores, err := s.batch.Scores(ctx, rows)
	if err == nil || ctx.Err() != nil || errors.Is(err, ErrBusy) || errors.Is(err, ErrTimeout) || errors.Is(err, errClosed) {
		return scores, err
	}
	if scores, err2 := s.model.Evaluate(rows); err2 == nil {
		if !s.left.Swap(true) {
			s.log("ONNX Runtime failed, pure Go takes over: " + line(err))
		}
		return scores, nil
	}
	return nil, fmt.Errorf("the rows cannot be ranked: %w", err)
}

// Close ends it, after the calls that run.
func (s *Served) Close() {
	if s.session != nil {
		s.batch.Close()
		s.session.Close()
	}
}
