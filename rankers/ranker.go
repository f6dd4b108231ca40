package rankers

import (
	"context"

	"candor/graph"
	"candor/zkcommit"
)

// Info is what a ranker says of itself to readers and on its manifest.
type Info struct {
	ID           string // slug
	Version      uint32
	Name         string               // at most 24 characters
	Description  string               // at most 300 characters
	Goal         string               // what it tries to do, in plain words
	Training     string               // where its weights come from
	Personalised bool                 // reads who the viewer is
	Rule         string               // selection rule applied to its order
	Schema       graph.Hash           // of the rows that it reads
	Parameters   []zkcommit.Parameter // that readers may tune
}

// Ranker orders posts. Its model may be secret and elsewhere.
type Ranker interface {
	Info() Info
	// Score gives a score for each row, in their order. It fails when the model
	// cannot be reached or is none.
	Score(ctx context.Context, rows []graph.Row) ([]graph.Score, error)
}

// Builtin is a ranker whose model is part of this program.
type Builtin struct {
	info  Info
	model *zkcommit.Model
}

// Info implements Ranker.
func (b *Builtin) Info() Info { return b.info }

// Score implements Ranker with the reference evaluator.
func (b *Builtin) Score(_ context.Context, rows []graph.Row) ([]graph.Score, error) {
	return b.model.Scores(rows)
}

// Model is what a manifest commits to and a proof is about. The caller must not change it.
func (b *Builtin) Model() *zkcommit.Model { return b.model }

// Fingerprint names the model: the SHA-256 of its canonical bytes, in hexadecimal.
func (b *Builtin) Fingerprint() string { return fingerprint(b.model) }
