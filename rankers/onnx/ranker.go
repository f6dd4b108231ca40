package onnx

import (
	"context"
	"fmt"

	"candor/graph"
	"candor/rankers"
	"candor/rankers/features"
)

// Ranker is a model behind a Batcher, as feeds ask for one.
type Ranker struct {
	info  rankers.Info
	batch *Batcher
}

var _ rankers.Ranker = (*Ranker)(nil)

// NewRanker makes a ranker of a batcher, which stays the caller's to close, for rows of
// the info's schema.
func NewRanker(info rankers.Info, b *Batcher) (*Ranker, error) {
	width, err := features.Width(info.Schema)
	if err != nil {
		return nil, fmt.Errorf("ranker %s: %w", info.ID, err)
	}
	if w := b.model.Width(); w != width {
		return nil, fmt.Errorf("ranker %s reads rows of %d, where those of its schema have %d", info.ID, w, width)
	}
	return &Ranker{info, b}, nil
}

// Info implements rankers.Ranker.
func (r *Ranker) Info() rankers.Info { return r.info }

// Score implements rankers.Ranker.
func (r *Ranker) Score(ctx context.Context, rows []graph.Row) ([]graph.Score, error) {
	width := r.batch.model.Width()
	flat := make([]int8, 0, len(rows)*width)
	for _, row := range rows {
		if len(row) != width {
			return nil, fmt.Errorf("ranker %s reads rows of %d, and got one of %d", r.info.ID, width, len(row))
		}
		flat = append(flat, row...)
	}
	ints, err := r.batch.Scores(ctx, flat)
	if err != nil {
		return nil, fmt.Errorf("ranker %s: %w", r.info.ID, err)
	}
	scores := make([]graph.Score, len(ints))
	for i, s := range ints {
		scores[i] = graph.Score(s)
	}
	return scores, nil
}
