package onnx

import (
	"context"
	"fmt"

	"candor/rankers/onnx/reference"
)

// ServedTower is a tower, in ONNX Runtime or by the reference. It stays with what it began
// with, but for a card that fails: operators are compared on every bit, and runtimes differ
// in the last.
type ServedTower struct {
	plain   *reference.Model
	session *Session // nil: the reference runs it
}

// ServeTower opens a tower's file as wished, or by the reference, which says why.
func ServeTower(file []byte, w Wish) (*ServedTower, error) {
	plain, err := reference.Open(file)
	if err != nil {
		return nil, fmt.Errorf("the tower's file: %w", err)
	}
	s := &ServedTower{plain: plain}
	if Device(w.Device) == Go || Device(w.Device) == Auto && w.Library == "" {
		return s, nil
	}
	device := CUDA // which falls back to the CPU, and says so
	if Device(w.Device) == CPU {
		device = CPU
	}
	if _, err = Load(w.Library); err == nil {
		s.session, err = Open(plain.Graph(), Options{Device: device, Card: w.Card, Threads: w.Threads, Warm: []int{1, 64}, Log: w.Log})
	}
	if err != nil {
		w.Log("ONNX Runtime is not used, the reference in pure Go runs the tower: " + line(err))
	}
	return s, nil
}

// Engine is what runs it at this moment, in words.
func (s *ServedTower) Engine() string {
	if s.session == nil {
		return "pure Go"
	}
	return "ONNX Runtime, " + string(s.session.Device())
}

// Width is the number of int8 in a row of tokens.
func (s *ServedTower) Width() int { return s.plain.Width() }

// Scores gives the numbers of each row's vector, one behind the other.
func (s *ServedTower) Scores(ctx context.Context, rows []int8) ([]int32, error) {
	run := s.plain.Vectors
	if s.session != nil {
		run = s.session.Vectors
	}
	v, err := run(ctx, rows)
	out := make([]int32, len(v))
	for i, x := range v {
		out[i] = int32(x)
	}
	return out, err
}

// Close ends it, after the calls that run.
func (s *ServedTower) Close() {
	if s.session != nil {
		s.session.Close()
	}
}
