package onnx

import (
	"context"
	"fmt"

	"candor/graph"
	"candor/rankers"
)

// Ranker is a model of graph.Features inputs behind a Batcher, as feeds ask for one.
type Ranker struct {
	info  rankers.Info
	batch *Batcher
}

var _ rankers.Ranker = (*Ranker)(nil)

// NewRanker makes a ranker of a batcher, which stays the caller's to close.
func NewRanker(info rankers.Info, b *Batcher) (*Ranker, error) {
	if w := b.model.Width(); w != graph.Features {
		return nil, fmt.Errorf("ranker %s reads rows of %d, where feeds give %d features", info.ID, w, graph.Features)
	}
	return &Ranker{info, b}, nil
}

// Info implements rankers.Ranker.
func (r *Ranker) Info() rankers.Info { return r.info }

// Score implements rankers.Ranker.
func (r *Ranker) Score(ctx context.Context, rows []graph.FeatureVector) ([]graph.Score, error) {
	flat := make([]int8, 0, len(rows)*graph.Features)
	for i := range rows {
		flat = append(flat, rows[i][:]...)
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
