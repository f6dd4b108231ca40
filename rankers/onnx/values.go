package onnx

import (
	"context"
	"errors"
	"fmt"
	"math"

	"candor/rankers/onnx/reference"
)

// scoreOne is the float that becomes the score 1: a score has sixteen bits behind the
// point.
const scoreOne = 1 << 16

// Scores runs a model that gives one number a row. An int32 is the score as it is; a
// float32 v becomes v·2^16, rounded to the nearest even, at most ±2^30.
func (s *Session) Scores(ctx context.Context, rows []int8) ([]int32, error) {
	if n := s.graph.Outputs[0].Row(); n != 1 {
		return nil, fmt.Errorf("the model gives %d numbers for a row, where a ranker gives one", n)
	}
	out, err := s.run(ctx, rows)
	if err != nil || out.floats == nil {
		return out.ints, err
	}
	scores := make([]int32, len(out.floats))
	for i, v := range out.floats {
		if scores[i], err = score(v); err != nil {
			return nil, err
		}
	}
	return scores, nil
}

func score(v float32) (int32, error) {
	if v != v {
		return 0, errors.New("the model gave a score that is no number")
	}
	return int32(max(-1<<30, min(math.RoundToEven(float64(v)*scoreOne), 1<<30))), nil
}

// Floats runs a model that gives float32, as it gives them: for measurements only, since
// devices differ.
func (s *Session) Floats(ctx context.Context, rows []int8) ([]float32, error) {
	out, err := s.run(ctx, rows)
	if err == nil && out.floats == nil && len(rows) > 0 {
		err = errors.New("the model gives integers")
	}
	return out.floats, err
}

// Vectors runs a tower: each element of its float32 output becomes an int8 by
// reference.Element.
func (s *Session) Vectors(ctx context.Context, rows []int8) ([]int8, error) {
	floats, err := s.Floats(ctx, rows)
	if err != nil {
		return nil, err
	}
	v := make([]int8, len(floats))
	for i, f := range floats {
		if v[i], err = reference.Element(f); err != nil {
			return nil, err
		}
	}
	return v, nil
}
